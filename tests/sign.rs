//! Signing, taking back and amending with whole commands: which bytes are written, and what is refused.

use crate::ledger::{Answer, Ledger, TODAY};
use std::fs;
use std::path::PathBuf;

/// The agreement of the ledger of three.
pub const CHARTER: &str = "agreements/charter.toml";

/// The file for the signatures of one of its members.
pub const CEDAR: &str = "signatures/charter/cedar-school.toml";

/// A file of a ledger as it is.
pub fn text(ledger: &Ledger, path: &str) -> String {
    fs::read_to_string(ledger.path().join(path)).unwrap()
}

/// Every file with its bytes.
fn files(ledger: &Ledger) -> Vec<(PathBuf, Vec<u8>)> {
    let walk = walkdir::WalkDir::new(ledger.path()).sort_by_file_name().into_iter().map(|entry| entry.unwrap());
    walk.filter(|entry| entry.file_type().is_file())
        .map(|entry| (entry.path().to_owned(), fs::read(entry.path()).unwrap()))
        .collect()
}

/// How a member stands to the charter.
pub fn state(ledger: &Ledger, member: &str, arguments: &[&str]) -> String {
    let answer = ledger.run(&[&["verify", "--format", "json"], arguments].concat());
    let json: serde_json::Value = serde_json::from_str(&answer.stdout).unwrap();
    let row = json["members"].as_array().unwrap().iter().find(|row| row["id"] == member).unwrap().clone();
    row["cells"]["charter"]["state"].as_str().unwrap().to_owned()
}

fn sign(ledger: &Ledger, member: &str, more: &[&str]) -> Answer {
    ledger.run(&[&["sign", "charter", "--yes", "--member", member], more].concat())
}

/// Runs a command that must be refused: with exit 1, these words, and nothing written.
pub fn refused(ledger: &Ledger, arguments: &[&str], facts: &[&str]) {
    let before = files(ledger);
    let answer = ledger.run(arguments);
    assert_eq!(answer.status, 1, "{arguments:?}: {}{}", answer.stdout, answer.stderr);
    for fact in facts {
        assert!(answer.stdout.contains(fact), "{arguments:?}: {fact} is missing from\n{}", answer.stdout);
    }
    assert_eq!(files(ledger), before, "{arguments:?} wrote something");
}

#[test]
fn a_signature_stands_in_a_file_of_the_members_own_and_counts() {
    let ledger = Ledger::of_three();
    let before = files(&ledger);
    let digest = ledger.run(&["terms", "charter", "--digest"]).stdout;
    let answer = sign(&ledger, "cedar-school", &["--by", "cam", "--title", "Head \"of\" school"]);
    assert_eq!((answer.status, answer.stderr.as_str()), (0, ""), "{}", answer.stdout);
    let expected = format!(
        "[[signatures]]\nby = \"cam\"\ntitle = \"Head \\\"of\\\" school\"\ndate = {TODAY}\nversion = 1\nterms = \"{}\"\n",
        digest.trim()
    );
    assert!(answer.stdout.contains(&expected), "{}", answer.stdout);
    assert_eq!(text(&ledger, CEDAR), expected);
    let after = files(&ledger);
    assert!(before.iter().all(|file| after.contains(file)) && after.len() == before.len() + 1, "one file more");
    assert_eq!(state(&ledger, "cedar-school", &[]), "signed");
    assert_eq!(state(&ledger, "birch-library", &[]), "missing");
}

#[test]
fn a_signature_in_the_record_counts_just_the_same() {
    let ledger = Ledger::of_three();
    sign(&ledger, "cedar-school", &[]);
    let entry = text(&ledger, CEDAR).replace("[[signatures]]\n", "\n[[signatures]]\nmember = \"cedar-school\"\n");
    fs::remove_file(ledger.path().join(CEDAR)).unwrap();
    assert_eq!(state(&ledger, "cedar-school", &[]), "missing");
    ledger.append(CHARTER, &entry);
    assert_eq!(state(&ledger, "cedar-school", &[]), "signed");
    let again = sign(&ledger, "cedar-school", &[]);
    assert!(again.stdout.contains("No change") && !ledger.path().join(CEDAR).exists());
}

#[test]
fn the_gate_opens_when_all_have_signed() {
    let ledger = Ledger::of_three();
    for member in ["alder-friends", "birch-library", "cedar-school"] {
        assert_eq!(ledger.run(&["verify"]).status, 1);
        assert_eq!(sign(&ledger, member, &["--date", "2026-11-01"]).status, 0, "its only signatory signs");
    }
    assert_eq!((ledger.run(&["verify"]).status, ledger.run(&["check"]).status), (0, 0));
    let before = files(&ledger);
    let again = sign(&ledger, "cedar-school", &[]);
    assert_eq!(again.status, 0);
    assert!(again.stdout.contains("CEDAR SCHOOL has already signed version 1") && again.stdout.contains("No change"));
    assert_eq!(files(&ledger), before);
}

#[test]
fn who_may_not_sign_is_refused_and_told_who_may() {
    let ledger = Ledger::of_three();
    let sign = |more: &[&str], facts: &[&str]| {
        refused(&ledger, &[&["sign", "charter", "--yes", "--member", "cedar-school"], more].concat(), facts);
    };
    sign(&["--by", "ana"], &["ana Z may not sign for CEDAR SCHOOL", "cam Z", "--by cam"]);
    sign(&["--by", "cam", "--date", "2027-01-01"], &["2027-01-01 is in the future"]);
    ledger.append("advocates/cam.toml", "end_date = 2026-06-30\n");
    sign(&["--by", "cam"], &["cam Z", "not a current person on 2026-11-22"]);
    sign(&[], &["no one may sign for CEDAR SCHOOL"]);
    ledger.append("members/cedar-school.toml", "signatories = [\"ana\", \"ben\"]\n");
    sign(&[], &["say who signs", "ana Z (--by ana) or ben Z (--by ben)"]);
    sign(&["--by", "cam"], &["cam Z may not sign", "--by ana"]);
    ledger.append("members/cedar-school.toml", "left = 2026-10-01\n");
    sign(&["--by", "ana"], &["not a member on 2026-11-22", "members/cedar-school.toml"]);
    for (arguments, fact) in [
        (["sign", "charter", "--yes", "--member", "cedar-schol"], "did you mean `cedar-school`"),
        (["sign", "chartre", "--yes", "--member", "cedar-school"], "did you mean `charter`"),
    ] {
        let answer = ledger.run(&arguments);
        assert_eq!(answer.status, 2);
        assert!(answer.stderr.contains(fact), "{}", answer.stderr);
    }
}

#[test]
fn what_is_over_or_without_words_is_signed_by_nobody() {
    for (line, fact) in
        [("expires = 2026-11-21", "expired on 2026-11-21"), ("ended = 2026-11-22", "ended on 2026-11-22")]
    {
        let ledger = Ledger::of_three();
        ledger.append(CHARTER, &format!("{line}\n"));
        refused(&ledger, &["sign", "charter", "--yes", "--member", "cedar-school"], &[fact]);
    }
    let ledger = Ledger::of_three();
    ledger.append(CHARTER, "expires = 2026-11-22\n");
    assert_eq!(sign(&ledger, "cedar-school", &[]).status, 0, "the last day");
    let ledger = Ledger::of_three();
    ledger.replace(CHARTER, "text = \"\"\"\nWe meet monthly and speak with one voice.\n\"\"\"\n", "");
    refused(&ledger, &["sign", "charter", "--yes", "--member", "cedar-school"], &["cannot be read"]);
}

#[test]
fn off_a_terminal_nobody_is_asked_and_nothing_is_written() {
    let ledger = Ledger::of_three();
    let before = files(&ledger);
    let answer = ledger.run(&["sign", "charter", "--member", "cedar-school"]);
    assert_eq!((answer.status, answer.stdout.as_str()), (2, ""));
    assert!(answer.stderr.contains("--yes"), "{}", answer.stderr);
    assert_eq!(files(&ledger), before);
    sign(&ledger, "cedar-school", &[]);
    let before = files(&ledger);
    assert_eq!(ledger.run(&["withdraw", "charter", "--member", "cedar-school", "--because", "x"]).status, 2);
    assert_eq!(files(&ledger), before);
}

#[test]
fn a_checkout_with_other_line_ends_signs_the_same_words() {
    let ledger = Ledger::of_three();
    let digest = ledger.run(&["terms", "charter", "--digest"]).stdout;
    let windows = format!("\u{feff}{}", text(&ledger, CHARTER).trim_end().replace('\n', "\r\n"));
    ledger.put(CHARTER, &windows);
    assert_eq!(ledger.run(&["terms", "charter", "--digest"]).stdout, digest);
    ledger.put(CEDAR, "\u{feff}# ours\r\n");
    assert_eq!(sign(&ledger, "cedar-school", &[]).status, 0);
    let after = text(&ledger, CEDAR);
    assert!(after.starts_with("\u{feff}# ours\r\n") && !after.replace("\r\n", "").contains('\n'), "{after:?}");
    assert_eq!(text(&ledger, CHARTER), windows);
    assert_eq!(state(&ledger, "cedar-school", &[]), "signed");
    ledger.put(CHARTER, &windows.replace("\r\n", "\n"));
    ledger.put(CEDAR, &after.replace("\r\n", "\n"));
    assert_eq!(state(&ledger, "cedar-school", &[]), "signed", "and counts in a checkout with LF");
}

#[test]
fn a_comma_makes_it_stale_and_the_next_signature_stands_below_it() {
    let ledger = Ledger::of_three();
    sign(&ledger, "cedar-school", &["--date", "2026-11-01", "--title", "Head", "--evidence", "scan.pdf"]);
    ledger.replace(CHARTER, "monthly and", "monthly, and");
    assert_eq!(state(&ledger, "cedar-school", &[]), "stale");
    let before = text(&ledger, CEDAR);
    let answer = sign(&ledger, "cedar-school", &[]);
    assert_eq!(answer.status, 0, "{}", answer.stdout);
    assert!(
        answer.stdout.contains("earlier entry, dated November 1, 2026, does not count; it stays"),
        "{}",
        answer.stdout
    );
    let after = text(&ledger, CEDAR);
    let entry = after.strip_prefix(&before).unwrap();
    assert!(entry.starts_with(&format!("\n[[signatures]]\nby = \"cam\"\ndate = {TODAY}\n")));
    assert!(
        !entry.contains("title") && !entry.contains("evidence"),
        "what stood beside the old one is not said of the new"
    );
    assert_eq!(state(&ledger, "cedar-school", &[]), "signed");
    assert_eq!(ledger.findings(&["--only", "stale-signature"]), []);

    ledger.replace(CHARTER, "monthly, and", "monthly and");
    ledger.put(CEDAR, &before);
    assert_eq!(sign(&ledger, "cedar-school", &[]).stdout.matches("No change").count(), 1, "the old one counts again");
    ledger.put(CEDAR, &after);
    assert_eq!(state(&ledger, "cedar-school", &[]), "signed");
    let second = before.lines().count() + 2;
    let actual: Vec<_> =
        ledger.findings(&["--only", "duplicate-entry"]).into_iter().map(|found| (found.1, found.2)).collect();
    assert_eq!(actual, [(CEDAR.to_owned(), second as u64)], "and now the new one is one too many");
}

#[test]
fn two_signatures_on_the_same_words_are_one_too_many() {
    let ledger = Ledger::of_three();
    sign(&ledger, "cedar-school", &["--date", "2026-11-01"]);
    let once = text(&ledger, CEDAR);
    let entry = once.split_once("[[signatures]]").unwrap().1.to_owned();
    for (second, expected) in [
        (entry.clone(), true),
        (entry.replace("2026-11-01", "2026-11-02"), true),
        (entry.replace("\"cam\"", "\"ana\""), true),
        (entry.replace("terms = \"sha256:", "terms = \"sha256:00").replace("\"\n\n", "\"\n"), true),
        (entry.clone() + "withdrawn = 2026-11-10\n", false),
        (entry.replace("2026-11-01", "2026-12-01"), false),
    ] {
        // Cut to the length of a digest.
        let second = second.split('\n').map(|line| match line.strip_prefix("terms = ") {
            Some(digest) => format!("terms = {}\"", &digest[..72]),
            None => line.to_owned(),
        });
        let second = second.collect::<Vec<_>>().join("\n");
        ledger.put(CEDAR, &format!("{once}\n[[signatures]]{second}"));
        assert_eq!(!ledger.findings(&["--only", "duplicate-entry"]).is_empty(), expected, "{second}");
    }
}

#[test]
fn a_signature_that_is_moved_does_not_count() {
    let ledger = Ledger::of_three();
    ledger.put("agreements/pact.toml", &text(&ledger, CHARTER));
    sign(&ledger, "cedar-school", &[]);
    let signed = text(&ledger, CEDAR);
    ledger.put("signatures/pact/cedar-school.toml", &signed);
    let foreign = ledger.findings(&["--only", "foreign-signature"]);
    assert_eq!(foreign.len(), 1, "the same words, another agreement: {foreign:?}");
    assert_eq!(ledger.run(&["verify", "pact"]).status, 1);
    fs::remove_dir_all(ledger.path().join("signatures/pact")).unwrap();
    ledger.replace(CEDAR, "version = 1", "version = 2");
    assert_eq!(state(&ledger, "cedar-school", &[]), "stale", "another version");
    fs::remove_file(ledger.path().join(CEDAR)).unwrap();
    ledger.put("signatures/charter/birch-library.toml", &signed);
    assert_eq!(state(&ledger, "birch-library", &[]), "missing", "another member, whose signatory it is not");
}

#[test]
fn a_signature_is_withdrawn_with_its_day_and_reason() {
    let ledger = Ledger::of_three();
    let withdraw = ["withdraw", "charter", "--yes", "--member", "cedar-school", "--because", "The board \"voted\" no"];
    refused(&ledger, &withdraw, &["CEDAR SCHOOL has no valid signature"]);
    for member in ["alder-friends", "birch-library", "cedar-school"] {
        sign(&ledger, member, &["--date", "2026-11-01"]);
    }
    ledger.append(CEDAR, "# kept\n");
    let before = text(&ledger, CEDAR);
    refused(&ledger, &[&withdraw[..], &["--date", "2026-10-31"]].concat(), &["signed on 2026-11-01"]);
    refused(&ledger, &[&withdraw[..], &["--date", "2026-12-01"]].concat(), &["in the future"]);
    let answer = ledger.run(&withdraw);
    assert_eq!(answer.status, 0, "{}", answer.stdout);
    let lines = format!("withdrawn = {TODAY}\nwithdrawn_because = \"The board \\\"voted\\\" no\"\n");
    assert_eq!(text(&ledger, CEDAR), before.replace("# kept", &format!("{lines}# kept")));
    assert_eq!((state(&ledger, "cedar-school", &[]), ledger.run(&["verify"]).status), ("withdrawn".into(), 1));
    refused(&ledger, &withdraw, &["no valid signature"]);
    let again = sign(&ledger, "cedar-school", &[]);
    assert_eq!(again.status, 0, "on the same day, after it: {}", again.stdout);
    assert_eq!(state(&ledger, "cedar-school", &[]), "signed");
    assert_eq!(ledger.run(&["check"]).status, 0);
}

#[test]
fn a_withdrawal_takes_back_what_was_signed_in_any_version() {
    let ledger = Ledger::of_three();
    for member in ["alder-friends", "birch-library", "cedar-school"] {
        sign(&ledger, member, &["--date", "2026-11-01"]);
    }
    assert_eq!(ledger.run(&["amend", "charter", "--summary", "Weekly"]).status, 0);
    ledger.replace(CHARTER, "monthly", "weekly");
    assert_eq!(ledger.run(&["amend", "charter", "--pin"]).status, 0);
    assert_eq!(state(&ledger, "cedar-school", &[]), "signed", "the signature on version 1 stands");
    let digest = ledger.run(&["terms", "charter", "--digest"]).stdout;
    ledger.append(
        CEDAR,
        &format!(
            "\n[[signatures]]\nby = \"cam\"\ndate = 2026-11-22\nversion = 2\nterms = \"{}\"\nwithdrawn = 2026-11-22\n",
            digest.trim()
        ),
    );
    assert_eq!(state(&ledger, "cedar-school", &[]), "withdrawn", "with version 2 the first one goes as well");
}

#[test]
fn an_amendment_lets_old_signatures_stand_while_the_words_change() {
    let ledger = Ledger::of_three();
    for member in ["alder-friends", "birch-library", "cedar-school"] {
        sign(&ledger, member, &["--date", "2026-11-01"]);
    }
    let digest = ledger.run(&["terms", "charter", "--digest"]).stdout;
    let before = text(&ledger, CHARTER);
    let answer = ledger.run(&["amend", "charter", "--summary", "Weekly, not monthly"]);
    assert_eq!(answer.status, 0, "{}{}", answer.stdout, answer.stderr);
    let after = text(&ledger, CHARTER);
    let added = format!(
        "\n[[amendments]]\nversion = 1\ndate = 2025-02-01\nterms = \"{}\"\n\n[[amendments]]\nversion = 2\ndate = {TODAY}\nsummary = \
         \"Weekly, not monthly\"\nresign = false\nbegun = {TODAY}\n",
        digest.trim()
    );
    assert_eq!(after, before.replacen("name = \"Charter\"\n", "name = \"Charter\"\nversion = 2\n", 1) + &added);
    let statuses = || (ledger.run(&["check"]).status, ledger.run(&["verify"]).status);
    assert_eq!(statuses(), (1, 1), "nothing pins the text of version 2 yet");
    ledger.replace(CHARTER, "We meet monthly", "We meet weekly");
    assert_eq!(ledger.run(&["amend", "charter", "--pin"]).status, 0);
    assert_eq!(statuses(), (0, 0));
    let pinned = text(&ledger, CHARTER);
    ledger.replace(CHARTER, "We meet weekly", "We pay weekly");
    assert_eq!(statuses(), (1, 1), "nobody has signed version 2, and its text is pinned all the same");
    assert_eq!(ledger.findings(&["--only", "unpinned-terms"]).len(), 1);
    ledger.put(CHARTER, &pinned);
    let already = sign(&ledger, "cedar-school", &[]);
    assert!(
        already.status == 0 && already.stdout.contains("version 2 does not require a new one"),
        "{}",
        already.stdout
    );
    ledger.replace(CHARTER, "terms = \"sha256:", "terms = \"sha256:0000");
    assert_ne!(ledger.run(&["check"]).status, 0);
}

#[test]
fn where_the_signer_lives_it_may_be_tomorrow() {
    let ledger = Ledger::of_three();
    let sign =
        ["sign", "charter", "--yes", "--member", "cedar-school", "--today", "2026-11-20", "--date", "2026-11-21"];
    assert_eq!(ledger.run(&sign).status, 0, "signed in Auckland on the 21st");
    let amend = ["amend", "charter", "--summary", "weekly", "--today", "2026-11-20"];
    assert_eq!(ledger.run(&amend).status, 0, "amended in Honolulu an hour later, on the 20th");
    ledger.replace(CHARTER, "monthly", "weekly");
    assert_eq!(ledger.run(&["amend", "charter", "--pin", "--today", "2026-11-20"]).status, 0);
    assert_eq!(state(&ledger, "cedar-school", &["--today", "2026-11-20"]), "signed");
    ledger.replace(CEDAR, "date = 2026-11-21", "date = 2026-11-22");
    assert_eq!(state(&ledger, "cedar-school", &["--today", "2026-11-23"]), "stale", "two days after, it is too late");
}

#[test]
fn what_is_beside_the_signed_text_says_that_no_one_signed_it() {
    let ledger = Ledger::of_three();
    let add = ["add", "charter", "rights", "vote at meetings"];
    let before = ledger.run(&[&add[..], &["--dry-run"]].concat()).stdout;
    assert!(!before.contains("not part of the text"), "no one has signed yet: {before}");
    assert_eq!(sign(&ledger, "alder-friends", &["--date", "2026-11-01"]).status, 0);
    for arguments in
        [&add[..], &["set", "charter", "rights.1=speak at meetings"], &["remove", "charter", "rights", "1"]]
    {
        let answer = ledger.run(arguments);
        assert_eq!(answer.status, 0, "{arguments:?}: {}{}", answer.stdout, answer.stderr);
        for fact in ["`rights` is not part of the text that members signed", "no one has signed", "(version 1, Nov 1"] {
            assert!(answer.stdout.contains(fact), "{arguments:?}: {fact} is missing from {}", answer.stdout);
        }
    }
    assert!(!ledger.run(&["set", "charter", "kind=memorandum"]).stdout.contains("not part"), "it promises nothing");
    assert_eq!(state(&ledger, "alder-friends", &[]), "signed");
    assert_eq!(ledger.run(&["set", "charter", "rights="]).status, 0);
    let findings = ledger.run(&["check", "--only", "one-sided-agreement"]).stdout;
    assert!(findings.contains("not part of the signed text"), "{findings}");
    let forced = ledger.run(&["set", "charter", "text=We meet daily.", "--force"]).stdout;
    assert!(forced.contains("no longer count") && forced.contains("(version 1, Nov 1"), "{forced}");
}

#[test]
fn an_amendment_says_who_signed_which_version_and_changes_nothing_to_try_it() {
    let ledger = Ledger::of_three();
    let amend = ["amend", "charter", "--summary", "Weekly"];
    let unsigned = ledger.run(&[&amend[..], &["--dry-run"]].concat());
    assert!(unsigned.stdout.contains("No one has signed any version"), "{}", unsigned.stdout);
    assert_eq!(sign(&ledger, "alder-friends", &["--date", "2026-11-01"]).status, 0);
    let before = files(&ledger);
    let tried = ledger.run(&[&amend[..], &["--dry-run"]].concat());
    assert!(tried.status == 0 && tried.stdout.starts_with("Nothing was written."), "{}", tried.stdout);
    assert_eq!(files(&ledger), before);
    let member = ["--member", "birch-library", "--dry-run"];
    assert!(ledger.run(&[&["sign", "charter"][..], &member].concat()).stdout.starts_with("Nothing was written."));
    let withdraw = ["withdraw", "charter", "--member", "alder-friends", "--because", "x", "--dry-run"];
    assert!(ledger.run(&withdraw).stdout.starts_with("Nothing was written."));
    assert_eq!(files(&ledger), before);
    let answer = ledger.run(&amend).stdout;
    for fact in
        ["No one has signed version 2.", "count for version 2 too", "(version 1, Nov 1", "amendments.2.resign=yes"]
    {
        assert!(answer.contains(fact), "{fact} is missing from {answer}");
    }
    // The line that it prints works.
    let line = answer.lines().find(|line| line.contains("amendments.2.resign=yes")).unwrap();
    let command = line.split("coalition ").nth(1).unwrap();
    assert_eq!(ledger.run(&command.split(' ').collect::<Vec<_>>()).status, 0, "{command}");
    let verify = ledger.run(&["verify"]).stdout;
    assert!(verify.contains("signed, version 1 of 2, Nov 1"), "{verify}");
    // What only an earlier version was signed for may still change, before it is pinned.
    let renamed = ledger.run(&["set", "charter", "name=New charter"]);
    assert_eq!(renamed.status, 0, "{}{}", renamed.stdout, renamed.stderr);
}

#[test]
fn a_version_with_its_text_is_pinned_at_once() {
    let ledger = Ledger::of_three();
    for member in ["alder-friends", "birch-library", "cedar-school"] {
        sign(&ledger, member, &["--date", "2026-11-01"]);
    }
    ledger.put("new.md", "We meet weekly and speak with one voice.\n");
    let new = ledger.path().join("new.md").display().to_string();
    let answer = ledger.run(&["amend", "charter", "--summary", "Weekly", "--text", &new]);
    assert_eq!(answer.status, 0, "{}{}", answer.stdout, answer.stderr);
    assert_eq!((ledger.run(&["check"]).status, ledger.run(&["verify"]).status), (0, 0));
    let digest = ledger.run(&["terms", "charter", "--digest"]).stdout;
    assert_eq!(text(&ledger, CHARTER).matches(digest.trim()).count(), 1);
    assert!(ledger.run(&["terms", "charter"]).stdout.ends_with("\n\nWe meet weekly and speak with one voice.\n"));
}

#[test]
fn an_agreement_is_renewed_after_its_end_and_signatures_stand() {
    let ledger = Ledger::of_three();
    ledger.replace(CHARTER, "effective = 2025-02-01\n", "effective = 2025-02-01\nexpires = 2026-11-20\n");
    for member in ["alder-friends", "birch-library", "cedar-school"] {
        let early = ["--date", "2026-11-01", "--today", "2026-11-02"];
        assert_eq!(sign(&ledger, member, &early).status, 0);
    }
    assert_eq!((ledger.run(&["check"]).status, ledger.run(&["verify"]).status), (1, 1));
    refused(&ledger, &["amend", "charter", "--summary", "x"], &["has expired", "--renew --expires 2027-11-20"]);
    refused(&ledger, &["set", "charter", "expires=2027-11-20"], &["amend charter --renew --expires 2027-11-20"]);
    refused(&ledger, &["amend", "charter", "--renew", "--expires", "2026-11-21"], &["2026-11-21"]);
    let answer = ledger.run(&["amend", "charter", "--renew", "--expires", "2027-11-20"]);
    assert_eq!(answer.status, 0, "{}{}", answer.stdout, answer.stderr);
    assert_eq!((ledger.run(&["check"]).status, ledger.run(&["verify"]).status), (0, 0));
    assert!(text(&ledger, CHARTER).contains("expires = 2027-11-20\n"));
}

#[test]
fn an_amendment_that_asks_for_new_signatures_gives_time_for_them() {
    let ledger = Ledger::of_three();
    for member in ["alder-friends", "birch-library", "cedar-school"] {
        sign(&ledger, member, &["--date", "2026-11-01"]);
    }
    refused(
        &ledger,
        &["amend", "charter", "--summary", "x", "--resign", "--sign-by", "2026-11-21"],
        &["2026-11-21, is before the date of the amendment"],
    );
    assert_eq!(
        ledger.run(&["amend", "charter", "--summary", "x", "--sign-by", "2026-12-21"]).status,
        2,
        "without --resign"
    );
    let answer = ledger.run(&["amend", "charter", "--summary", "Weekly", "--resign"]);
    assert_eq!(answer.status, 0, "{}", answer.stdout);
    assert!(text(&ledger, CHARTER).contains("resign = true\nsign_by = 2026-12-22\n"), "thirty days");
    ledger.replace(CHARTER, "We meet monthly", "We meet weekly");
    assert_eq!(sign(&ledger, "alder-friends", &[]).status, 0, "it signs again");
    assert_eq!((ledger.run(&["check"]).status, ledger.run(&["verify"]).status), (0, 0));
    assert_eq!(state(&ledger, "birch-library", &["--today", "2026-12-22"]), "signed");
    assert_eq!(state(&ledger, "birch-library", &["--today", "2026-12-23"]), "stale");
    assert_eq!(state(&ledger, "alder-friends", &["--today", "2026-12-23"]), "signed");
    assert_eq!(ledger.run(&["verify", "--today", "2026-12-23"]).status, 1);
}

#[test]
fn words_that_changed_before_the_amendment_are_refused() {
    let ledger = Ledger::of_three();
    sign(&ledger, "alder-friends", &[]);
    ledger.replace(CHARTER, "monthly", "weekly");
    let amend = ["amend", "charter", "--summary", "Weekly"];
    refused(&ledger, &amend, &["has already changed", "Restore the text of version 1"]);
    ledger.replace(CHARTER, "weekly", "monthly");
    assert_eq!(ledger.run(&amend).status, 0);
    assert_eq!(ledger.run(&amend).status, 0, "a third version");
    assert_eq!(
        (
            text(&ledger, CHARTER).matches("[[amendments]]").count(),
            ledger.run(&["check", "--only", "stale-signature"]).status
        ),
        (3, 0)
    );
}

#[test]
fn the_git_commands_are_printed_and_not_run() {
    let ledger = Ledger::of_three();
    ledger.replace("members/cedar-school.toml", "CEDAR SCHOOL", "Cedar's $(touch x) `y`");
    let answer = sign(&ledger, "cedar-school", &["--git"]);
    for line in [
        "  git switch -c sign-charter-cedar-school\n",
        "  git add -- signatures/charter/cedar-school.toml\n",
        "  git commit -m 'Sign \u{201c}Charter\u{201d} for Cedar'\\''s $(touch x) `y`'\n",
        "  git push -u origin sign-charter-cedar-school\n",
    ] {
        assert!(answer.stdout.contains(line), "{line} is missing from\n{}", answer.stdout);
    }
    ledger.replace(
        CHARTER,
        "text = \"\"\"\nWe meet monthly and speak with one voice.\n\"\"\"\n",
        "text_file = \"its words.md\"\n",
    );
    ledger.put("agreements/its words.md", "We meet monthly and speak with one voice.\n");
    let amended = ledger.run(&["amend", "charter", "--summary", "Weekly", "--git"]).stdout;
    assert!(amended.contains("  git add -- agreements/charter.toml 'agreements/its words.md'\n"), "{amended}");
    assert!(!ledger.path().join(".git").exists());
}

#[test]
fn an_amendment_to_come_says_so_and_changes_nothing_yet() {
    let ledger = Ledger::of_three();
    for member in ["alder-friends", "birch-library", "cedar-school"] {
        sign(&ledger, member, &["--date", "2026-11-01"]);
    }
    let amend =
        ["amend", "charter", "--summary", "Weekly", "--date", "2027-01-01", "--resign", "--sign-by", "2027-01-31"];
    let answer = ledger.run(&amend);
    assert!(answer.status == 0 && answer.stdout.contains("becomes version 2 on January 1, 2027"), "{}", answer.stdout);
    ledger.replace(CHARTER, "We meet monthly", "We meet weekly");
    assert_eq!((ledger.run(&["check"]).status, ledger.run(&["verify"]).status), (0, 0));
    assert_eq!(sign(&ledger, "cedar-school", &[]).status, 0, "it may sign the new words already");
    assert_eq!(ledger.run(&["verify", "--today", "2027-01-31"]).status, 0);
    assert_eq!(state(&ledger, "birch-library", &["--today", "2027-02-01"]), "stale");
    assert_eq!(state(&ledger, "cedar-school", &["--today", "2027-02-01"]), "signed");
}

#[test]
fn of_several_who_sign_at_once_none_is_lost() {
    let ledger = Ledger::of_three();
    let members = ["alder-friends", "birch-library", "cedar-school"];
    let answers: Vec<Answer> = std::thread::scope(|scope| {
        let threads: Vec<_> = members.iter().map(|member| scope.spawn(|| sign(&ledger, member, &[]))).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    let written = answers.iter().filter(|answer| answer.status == 0).count();
    assert!(
        answers.iter().all(|answer| answer.status != 1) && written > 0,
        "whoever came too late is told to try again"
    );
    let signed = |member: &&&str| ledger.path().join(format!("signatures/charter/{member}.toml")).exists();
    assert_eq!(members.iter().filter(signed).count(), written);
    for (member, answer) in members.iter().zip(answers) {
        let expected = if answer.status == 0 { "signed" } else { "missing" };
        assert_eq!(state(&ledger, member, &[]), expected, "{}", answer.stderr);
    }
    assert_eq!(fs::read_dir(ledger.path().join("agreements")).unwrap().count(), 1);
}

#[test]
fn twenty_who_sign_at_once_have_all_signed() {
    let ledger = Ledger::of_three();
    for at in 0..20 {
        ledger.put(
            &format!("members/member-{at}.toml"),
            &format!("name = \"M {at}\"\nclassification = \"other\"\njoined = 2025-01-15\nrepresentative = \"ana\"\n"),
        );
    }
    let start = |at: usize| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_coalition"));
        command.arg("-C").arg(ledger.path()).args(["--today", TODAY, "sign", "charter", "--yes", "--member"]);
        command.arg(format!("member-{at}")).stdout(std::process::Stdio::null()).spawn().unwrap()
    };
    let signing: Vec<_> = (0..20).map(start).collect();
    for mut one in signing {
        assert!(one.wait().unwrap().success());
    }
    for at in 0..20 {
        assert_eq!(state(&ledger, &format!("member-{at}"), &[]), "signed");
    }
}

#[test]
fn a_member_may_leave_and_join_and_sign_as_often_as_it_likes() {
    let ledger = Ledger::of_three();
    let run = |arguments: &[&str]| {
        let answer = ledger.run(arguments);
        assert_eq!(answer.status, 0, "{arguments:?}: {}{}", answer.stdout, answer.stderr);
    };
    let sign = ["sign", "charter", "--yes", "--member", "cedar-school"];
    run(&[&sign[..], &["--date", "2025-01-20"]].concat());
    run(&["set", "cedar-school", "left=2026-05-01", "--today", "2026-05-01"]);
    run(&["set", "cedar-school", "joined=2026-09-01", "--today", "2026-09-01"]);
    run(&[&sign[..], &["--date", "2026-09-02", "--today", "2026-09-02"]].concat());
    run(&["set", "cedar-school", "left=2026-10-01", "--today", "2026-10-01"]);
    assert_eq!(ledger.findings(&["--only", "duplicate-entry"]), [], "each membership has its signature");
    run(&["set", "cedar-school", "joined=2026-11-01", "--today", "2026-11-01"]);
    assert_eq!(ledger.findings(&["--only", "duplicate-entry"]), []);
    run(&[&sign[..], &["--date", "2026-11-02"]].concat());
    assert_eq!(state(&ledger, "cedar-school", &[]), "signed");
}

#[test]
fn the_way_out_leads_to_a_signature_that_counts() {
    let ledger = Ledger::of_three();
    let help = |ledger: &Ledger| ledger.run(&["check", "--only", "unsigned-agreement", "--format", "json"]).stdout;
    assert!(help(&ledger).contains("or add to signatures/charter/cedar-school.toml"));
    ledger.append("coalition.toml", "\n[policy]\nssh_signatures = \"required\"\n");
    assert!(help(&ledger).contains("coalition sign charter --member cedar-school --ssh-key FILE"));
    assert!(!help(&ledger).contains("or add to"), "a typed entry would not count");
    // No one is asked to sign what the pin says is another text.
    let ledger = Ledger::of_three();
    assert_eq!(ledger.run(&["sign", "charter", "--yes", "--member", "alder-friends"]).status, 0);
    ledger.replace(CHARTER, "monthly", "weekly");
    let answer = help(&ledger);
    assert!(answer.contains("restore the text of version 1") && !answer.contains("coalition sign"), "{answer}");
    assert_eq!(ledger.findings(&["--only", "foreign-signature"]), [], "it belongs to this very version");
}

#[test]
fn words_in_a_file_whose_name_has_the_other_form_of_its_accents_are_signed_and_amended() {
    let ledger = Ledger::of_three();
    let (nfc, nfd) = ("Caf\u{e9}.md", "agreements/Cafe\u{301}.md");
    ledger.put(
        "agreements/pact.toml",
        &format!("name = \"Pact\"\neffective = 2025-02-01\nrequired_of = [\"cedar-school\"]\ntext_file = \"{nfc}\"\n"),
    );
    ledger.put(nfd, "We agree.\n");
    let sign = ledger.run(&["sign", "pact", "--member", "cedar-school", "--yes"]);
    assert_eq!(sign.status, 0, "{}{}", sign.stdout, sign.stderr);
    ledger.put("new.md", "We agree on more.\n");
    let text = ledger.path().join("new.md");
    let amend = ledger.run(&["amend", "pact", "--summary", "more", "--text", text.to_str().unwrap()]);
    assert_eq!(amend.status, 0, "{}{}", amend.stdout, amend.stderr);
    assert_eq!(std::fs::read_to_string(ledger.path().join(nfd)).unwrap(), "We agree on more.\n");
    assert!(!ledger.path().join("agreements").join(nfc).exists(), "no second file is made");
    assert!(ledger.run(&["terms", "pact"]).stdout.ends_with("\n\nWe agree on more.\n"));
}
