//! Ordinary days that were red once.

use super::*;

const GREEN: (i32, i32, i32) = (0, 0, 0);

#[test]
fn an_agreement_that_ran_out_is_renewed() {
    let ledger = all_signed();
    after(&ledger, CHARTER, "effective", "expires = 2026-06-10\n");
    let signed = digest(&ledger, "charter");
    let lines: String = text(&ledger, CHARTER)
        .lines()
        .map(|line| if line.starts_with("terms = ") { format!("terms = \"{signed}\"\n") } else { format!("{line}\n") })
        .collect();
    ledger.put(CHARTER, &lines);
    land(&ledger, BEFORE);
    let answer = run_on(&ledger, TODAY, &["check", "--only", "agreement-expired"]);
    assert!(answer.stdout.contains("--renew"), "the help names the way: {}", answer.stdout);
    done(&ledger, TODAY, &["amend", "charter", "--summary", "Renewed", "--renew", "--expires", "2027-06-30"]);
    let verdict = judge(&ledger);
    assert_eq!(verdict.statuses(), GREEN, "{verdict:?}");
}

#[test]
fn a_version_that_is_forgotten_is_asked_for() {
    let ledger = all_signed();
    done(&ledger, BEFORE, &["amend", "charter", "--summary", "A", "--resign", "--sign-by", "2026-07-10"]);
    ledger.replace(CHARTER, "Nobody pays", "Everybody pays");
    land(&ledger, BEFORE);
    sign(&ledger, "charter", "cedar", "2026-06-10", "");
    let verdict = judge(&ledger);
    let answer = run_on(&ledger, TODAY, &["check"]);
    assert!(answer.stdout.contains("version = 2"), "the help says what to write: {}", answer.stdout);
    assert!(!verdict.says("error", "duplicate-entry", ""), "{verdict:?}");
    let written = text(&ledger, CHARTER).replace("date = 2026-06-10\n", "date = 2026-06-10\nversion = 2\n");
    ledger.put(CHARTER, &written);
    assert_eq!(judge(&ledger).statuses(), GREEN);
}

#[test]
fn a_version_of_next_month_shows_both_texts() {
    let ledger = all_signed();
    let amend =
        ["amend", "charter", "--summary", "Dues", "--resign", "--sign-by", "2026-08-01", "--date", "2026-07-01"];
    done(&ledger, TODAY, &amend);
    ledger.replace(CHARTER, "Nobody pays", "Everybody pays");
    let verdict = judge(&ledger);
    assert_eq!(verdict.statuses(), GREEN, "{verdict:?}");
    let record =
        "name = \"Member dove\"\nclassification = \"nonprofit\"\njoined = 2026-05-01\nrepresentative = \"p-dove\"\n";
    ledger.put("members/dove.toml", record);
    ledger.put("advocates/p-dove.toml", "name = \"Person dove\"\nmember = \"dove\"\n");
    for member in ["dove", "alder"] {
        done(&ledger, TODAY, &["sign", "charter", "--member", member, "--yes"]);
    }
    let verdict = judge(&ledger);
    assert_eq!(verdict.statuses(), GREEN, "{verdict:?}");
    assert_eq!(judge_on(&ledger, "2026-07-02").statuses(), GREEN, "there is time to sign the new version");
    let verdict = judge_on(&ledger, "2026-08-02");
    assert_eq!((verdict.main.0, verdict.verify), (1, 1), "birch and cedar have not: {verdict:?}");
    let missing = verdict.main.1.iter().filter(|one| one.starts_with("error unsigned-agreement")).count();
    assert_eq!(missing, 2, "{verdict:?}");
}

#[test]
fn a_signature_of_tomorrow_counts() {
    let ledger = begun();
    sign(&ledger, "charter", "cedar", "2026-06-16", "");
    assert_eq!(judge(&ledger).statuses(), GREEN, "it is tomorrow in Auckland");
    let ledger = begun();
    sign(&ledger, "charter", "cedar", "2026-06-17", "");
    assert_eq!(judge(&ledger).statuses(), (1, 1, 1), "and the day after tomorrow nowhere");
}

#[test]
fn a_new_member_has_time() {
    let ledger = all_signed();
    let record =
        "name = \"Member dove\"\nclassification = \"nonprofit\"\njoined = 2026-06-10\nrepresentative = \"p-dove\"\n";
    ledger.put("members/dove.toml", record);
    ledger.put("advocates/p-dove.toml", "name = \"Person dove\"\nmember = \"dove\"\n");
    let verdict = judge(&ledger);
    assert_eq!(verdict.statuses(), GREEN, "{verdict:?}");
    assert!(verdict.gate.contains("Still to sign: 1 (by July 10, 2026)"), "{}", verdict.gate);
    assert_eq!(run_on(&ledger, "2026-07-11", &["verify"]).status, 1);
}

#[test]
fn a_withdrawal_without_a_proof_takes_no_proven_signature_back() {
    let (ledger, _) = all_proven();
    ledger.append(CHARTER, "withdrawn = 2026-06-01\nwithdrawn_because = \"no\"\n");
    let verdict = judge(&ledger);
    assert_eq!((verdict.main.0, verdict.verify), (0, 0), "{verdict:?}");
    assert!(verdict.says("warning", "invalid-signature", "withdraw"), "and it is said: {verdict:?}");
}

#[test]
fn a_member_with_proofs_is_renamed() {
    let (ledger, _) = all_proven();
    done(&ledger, TODAY, &["rename", "member/cedar", "cedar-house"]);
    let verdict = judge(&ledger);
    assert_eq!(verdict.statuses(), GREEN, "{verdict:?}");
    assert!(verdict.gate.contains("5 of 5 are valid"), "{}", verdict.gate);
}

#[test]
fn git_filters_give_one_answer_on_disk_and_by_revision() {
    let ledger = all_signed();
    let words = "text = \"\"\"\nWe meet monthly and speak with one voice.\nNobody pays dues.\n\"\"\"";
    ledger.replace(CHARTER, words, "text_file = \"charter.md\"");
    ledger.put("agreements/charter.md", "We meet. $Id$\n");
    ledger.put(".gitattributes", "*.md ident\n");
    let signed = digest(&ledger, "charter");
    let lines: String = text(&ledger, CHARTER)
        .lines()
        .map(|line| if line.starts_with("terms = ") { format!("terms = \"{signed}\"\n") } else { format!("{line}\n") })
        .collect();
    ledger.put(CHARTER, &lines);
    land(&ledger, CHANGED);
    let folder = tempfile::tempdir().unwrap();
    git(folder.path(), CHANGED, &["clone", "-q", "-b", "main", ledger.path().to_str().unwrap(), "clone"]);
    let clone = folder.path().join("clone");
    let text = fs::read_to_string(clone.join("agreements/charter.md")).unwrap();
    assert!(text.starts_with("We meet. $Id: "), "git has written into the words: {text}");
    let statuses = [&["check"][..], &["verify"], &["check", "--at", "HEAD"]]
        .map(|command| run_in(&clone, &[command, &["--today", TODAY]].concat()).status);
    assert_eq!(statuses, [0, 0, 0]);
}

#[test]
fn two_signers_on_two_branches_do_not_conflict() {
    let ledger = unsigned();
    ledger.replace("agreements/mou.toml", "[\"alder\", \"birch\"]", "[]");
    start(&ledger, BEFORE);
    for member in MEMBERS {
        git(ledger.path(), CHANGED, &["switch", "-q", "-c", member, "main"]);
        done(&ledger, TODAY, &["sign", "charter", "--member", member, "--yes"]);
        commit(ledger.path(), CHANGED);
    }
    git(ledger.path(), CHANGED, &["switch", "-q", "change"]);
    for member in MEMBERS {
        git(ledger.path(), CHANGED, &["merge", "-q", "--no-ff", "-m", "x", member]);
    }
    let verdict = judge(&ledger);
    assert_eq!(verdict.statuses(), GREEN, "{verdict:?}");
    assert!(verdict.gate.contains("3 of 3 are valid"), "{}", verdict.gate);
}

#[test]
fn blanks_at_line_ends_are_reported_before_anybody_signs_them() {
    let ledger = unsigned();
    ledger.replace(CHARTER, "one voice.\n", "one voice.  \n");
    start(&ledger, BEFORE);
    let before = run_on(&ledger, TODAY, &["check", "--format", "json"]);
    let found = findings(&before);
    assert!(found.iter().any(|one| one.contains("ends with spaces")), "{found:?}");
    let signing = run_on(&ledger, TODAY, &["sign", "charter", "--member", "alder", "--yes"]);
    assert!((signing.stdout + &signing.stderr).contains("ends with spaces"), "and where somebody signs");
    // What was signed with them is what was signed: without them it is another text, and the starter's settings leave them alone.
    let trimmed = text(&ledger, CHARTER).replace("voice.  \n", "voice.\n");
    ledger.put(CHARTER, &trimmed);
    let found = findings(&run_on(&ledger, TODAY, &["check", "--format", "json"]));
    assert!(found.iter().any(|one| one.starts_with("error stale-signature")), "{found:?}");
    let new = Ledger::empty();
    assert_eq!(new.run(&["init", "new", "--name", "N"]).status, 0);
    let settings = text(&new, "new/.editorconfig");
    let of_agreements = settings.split("[agreements").nth(1).unwrap_or_default();
    assert!(of_agreements.contains("trim_trailing_whitespace = false"), "{settings}");
}

#[test]
fn withdrawn_and_signed_again_on_one_day_counts() {
    let ledger = all_signed();
    done(&ledger, TODAY, &["withdraw", "charter", "--member", "cedar", "--because", "x", "--yes"]);
    done(&ledger, TODAY, &["sign", "charter", "--member", "cedar", "--yes"]);
    let verdict = judge(&ledger);
    assert_eq!(verdict.statuses(), GREEN, "{verdict:?}");
}

#[test]
fn a_member_that_left_and_joined_again_keeps_both_days() {
    let ledger = all_signed();
    ledger.replace(CEDAR, "joined = 2025-01-15", "joined = 2026-06-01\nleft = 2025-12-31");
    let verdict = judge(&ledger);
    assert_eq!((verdict.main.0, verdict.verify), (0, 0), "{verdict:?}");
    assert!(!verdict.says("error", "dates-out-of-order", ""), "{verdict:?}");
    assert!(verdict.gate.contains("Still to sign: 1 (by July 1, 2026)"), "{}", verdict.gate);
}

#[test]
fn a_change_of_representative_voids_nothing() {
    let ledger = all_signed();
    let person = "name = \"Quin cedar\"\nmember = \"cedar\"\nstart_date = 2026-06-01\n";
    ledger.put("advocates/q-cedar.toml", person);
    ledger.replace(CEDAR, "\"p-cedar\"", "\"q-cedar\"");
    let verdict = judge(&ledger);
    assert_eq!(verdict.statuses(), GREEN, "{verdict:?}");
    assert!(verdict.gate.contains("5 of 5 are valid"), "{}", verdict.gate);
    let errors: Vec<_> = verdict.on_agreements().into_iter().filter(|one| one.starts_with("error")).collect();
    assert!(errors.is_empty(), "{errors:?}");
}
