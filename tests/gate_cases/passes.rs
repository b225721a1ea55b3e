//! What passed once and must not.

use super::*;

const RED: (i32, i32, i32) = (1, 1, 1);

/// Amends the charter and changes its words.
fn amend(ledger: &Ledger, today: &str, more: &[&str], change: (&str, &str)) {
    done(ledger, today, &[&["amend", "charter", "--summary", "x"], more].concat());
    ledger.replace(CHARTER, change.0, change.1);
}

#[test]
fn words_of_a_version_that_nobody_signed_do_not_float() {
    let ledger = all_signed();
    amend(&ledger, TODAY, &[], ("Nobody pays dues", "Nobody pays any dues"));
    done(&ledger, TODAY, &["amend", "charter", "--pin"]);
    let typo = judge(&ledger);
    assert_eq!(typo.statuses(), (0, 0, 0), "{typo:?}");
    ledger.replace(CHARTER, "Nobody pays any dues", "Everybody pays 10,000 a month");
    let verdict = judge(&ledger);
    assert_eq!(verdict.request.0, 1, "{verdict:?}");
    assert_eq!(verdict.main.0, 1, "{verdict:?}");
    assert!(verdict.says("error", "unpinned-terms", "version 2"), "{verdict:?}");
}

#[test]
fn a_version_that_lets_signatures_stand_without_a_pin_is_an_error() {
    let ledger = all_signed();
    amend(&ledger, TODAY, &[], ("Nobody pays dues", "Nobody pays any dues"));
    let verdict = judge(&ledger);
    assert_eq!((verdict.request.0, verdict.main.0), (1, 1), "{verdict:?}");
    assert!(verdict.says("error", "unpinned-terms", "nothing pins the text of version 2"), "{verdict:?}");
}

#[test]
fn a_pin_of_the_first_version_that_differs_from_its_words_is_an_error() {
    let ledger = all_signed();
    ledger
        .append(CHARTER, &format!("\n[[amendments]]\nversion = 1\ndate = 2025-01-15\nterms = \"sha256:{:064}\"\n", 7));
    let verdict = judge(&ledger);
    assert_eq!((verdict.request.0, verdict.main.0), (1, 1), "{verdict:?}");
    assert!(verdict.says("error", "unpinned-terms", "version 1"), "{verdict:?}");
}

#[test]
fn a_first_version_of_the_future_lifts_no_duty() {
    let ledger = begun();
    ledger.append(CHARTER, "\n[[amendments]]\nversion = 1\ndate = 2099-01-01\n");
    let verdict = judge(&ledger);
    assert_eq!(verdict.statuses(), RED, "{verdict:?}");
    assert!(verdict.says("error", "unsigned-agreement", "Member cedar has not signed"), "{verdict:?}");
}

#[test]
fn an_amendment_that_is_moved_into_the_future_lifts_no_duty() {
    let ledger = all_signed();
    amend(&ledger, "2026-01-01", &["--resign", "--sign-by", "2026-03-01"], ("Nobody pays dues", "Everybody pays dues"));
    land(&ledger, BEFORE);
    ledger.replace(CHARTER, "date = 2026-01-01", "date = 2099-01-01");
    ledger.replace(CHARTER, "sign_by = 2026-03-01", "sign_by = 2099-03-01");
    let verdict = judge(&ledger);
    assert_eq!((verdict.request.0, verdict.main.0), (1, 1), "{verdict:?}");
    assert!(verdict.says("error", "weakened-gate", "2099-01-01"), "{verdict:?}");
}

#[test]
fn a_key_that_has_ended_signs_no_words_of_later() {
    let (ledger, cedar) = all_proven();
    amend(&ledger, BEFORE, &["--resign", "--sign-by", "2026-06-10"], ("Nobody pays", "Everybody pays"));
    after(&ledger, "advocates/p-cedar.toml", "valid_from", "valid_until = 2025-12-31\n");
    land(&ledger, BEFORE);
    prove(&ledger, "charter", "cedar", "2025-12-30", 2, &cedar);
    let verdict = judge(&ledger);
    assert_eq!(verdict.statuses(), RED, "{verdict:?}");
    assert!(verdict.says("error", "backdated-signature", "2025-12-30"), "{verdict:?}");
}

#[test]
fn a_member_that_joined_later_signs_no_version_that_was_replaced() {
    let ledger = all_signed();
    let first = digest(&ledger, "charter");
    amend(&ledger, "2026-03-01", &[], ("Nobody pays", "Everybody pays"));
    done(&ledger, "2026-03-01", &["amend", "charter", "--pin"]);
    let record =
        "name = \"Member dove\"\nclassification = \"nonprofit\"\njoined = 2026-05-01\nrepresentative = \"p-dove\"\n";
    ledger.put("members/dove.toml", record);
    ledger.put("advocates/p-dove.toml", "name = \"Person dove\"\nmember = \"dove\"\n");
    land(&ledger, BEFORE);
    ledger.append(CHARTER, &entry("dove", "2026-05-10", "version = 1\n", &first));
    let verdict = judge(&ledger);
    assert_eq!(verdict.statuses(), RED, "{verdict:?}");
    assert!(verdict.says("error", "unsigned-agreement", "Member dove"), "{verdict:?}");
}

#[test]
fn a_withdrawal_of_a_later_version_takes_back_the_earlier_one() {
    let ledger = all_signed();
    amend(&ledger, "2026-02-01", &["--date", "2026-02-01"], ("Nobody pays dues", "Nobody pays any dues"));
    done(&ledger, "2026-02-01", &["amend", "charter", "--pin"]);
    let more = "version = 2\nwithdrawn = 2026-03-01\nwithdrawn_because = \"we object\"\n";
    sign(&ledger, "charter", "cedar", "2026-02-10", more);
    let verdict = judge(&ledger);
    assert_eq!(verdict.statuses(), RED, "{verdict:?}");
    assert!(verdict.says("error", "unsigned-agreement", "Member cedar withdrew its signature"), "{verdict:?}");
}

#[test]
fn a_withdrawal_that_is_deleted_is_found() {
    let ledger = all_signed();
    let withdrawn = "withdrawn = 2026-03-01\nwithdrawn_because = \"no\"\n";
    ledger.append(CHARTER, withdrawn);
    let first = judge(&ledger);
    assert_eq!(first.main.0, 1, "{first:?}");
    without(&ledger, CHARTER, &["withdrawn"]);
    let verdict = judge(&ledger);
    assert_eq!(verdict.statuses(), RED, "{verdict:?}");
    assert!(verdict.says("error", "unsigned-agreement", "is no longer in any file"), "{verdict:?}");
    assert!(verdict.says("error", "weakened-gate", "its withdrawal dated 2026-03-01 is gone"), "{verdict:?}");
}

#[test]
fn two_branches_that_amend_alike_conflict_or_are_red() {
    for pin in [false, true] {
        let ledger = all_signed();
        let words = "One.\n\nTwo.\n\nThree.\n\nFour.";
        ledger.replace(CHARTER, "We meet monthly and speak with one voice.\nNobody pays dues.", words);
        let (old, new) = (text(&ledger, CHARTER), digest(&ledger, "charter"));
        let signed: String = old
            .lines()
            .map(|line| if line.starts_with("terms = ") { format!("terms = \"{new}\"\n") } else { format!("{line}\n") })
            .collect();
        ledger.put(CHARTER, &signed);
        land(&ledger, BEFORE);
        for (branch, change) in [("a", ("One.", "Uno.")), ("b", ("Four.", "Vier."))] {
            git(ledger.path(), CHANGED, &["switch", "-q", "-C", branch, "main"]);
            amend(&ledger, TODAY, &[], change);
            if pin {
                done(&ledger, TODAY, &["amend", "charter", "--pin"]);
            }
            commit(ledger.path(), CHANGED);
        }
        let merge = std::process::Command::new("git")
            .args(["-c", "user.name=x", "-c", "user.email=x@example.org", "merge", "-q", "-m", "x", "a"])
            .current_dir(ledger.path())
            .output()
            .unwrap();
        if merge.status.success() {
            let check = run_on(&ledger, TODAY, &["check", "--format", "json"]);
            let found = findings(&check);
            assert_eq!(check.status, 1, "{found:?}");
            assert!(found.iter().any(|one| one.starts_with("error unpinned-terms")), "{found:?}");
        } else {
            assert!(pin, "only two pins are two texts of one line");
        }
    }
}

#[test]
fn who_cannot_be_read_is_no_member_that_left() {
    let settings = "\n[checks]\nunknown-field = \"off\"\n";
    let allow = "\n[[allow]]\ncheck = \"unknown-field\"\nbecause = \"x\"\nuntil = 2027-01-01\n";
    for (path, more, check) in [
        ("coalition.toml", "", "unknown-field"),
        ("coalition.toml", settings, "unsigned-agreement"),
        (CEDAR, allow, "unsigned-agreement"),
    ] {
        let ledger = begun();
        ledger.replace(CEDAR, "joined", "jioned");
        ledger.append(path, more);
        let verdict = judge(&ledger);
        assert_eq!(verdict.statuses(), RED, "{more}: {verdict:?}");
        let part = if check == "unknown-field" { "`jioned`" } else { "until this is fixed" };
        assert!(verdict.says("error", check, part), "{more}: {verdict:?}");
        assert!(verdict.gate.contains("Not certain: 1 entry leaves"), "{}", verdict.gate);
    }
}

#[test]
fn a_key_and_its_signature_in_two_commits_of_a_request_vouch_for_themselves() {
    let (ledger, _) = proven();
    let mallory = Signer::new(&["-t", "ed25519"]);
    add_key(&ledger, "cedar", &mallory, "2020-01-01");
    commit(ledger.path(), "2026-06-02");
    prove(&ledger, "charter", "cedar", "2025-01-25", 1, &mallory);
    let verdict = judge(&ledger);
    assert_eq!((verdict.request.0, verdict.main.0), (1, 1), "{verdict:?}");
    assert!(
        verdict.says("error", "self-added-key", "p-cedar") || verdict.says("error", "self-added-key", "Person cedar")
    );
    assert!(verdict.says("error", "weakened-gate", "the key of Person cedar"), "{verdict:?}");
}

#[test]
fn a_record_where_nobody_reads_is_a_doubt() {
    type Change = fn(&Ledger);
    let changes: [Change; 3] = [
        |ledger| hide(ledger, CHARTER, "agreements/.charter.toml"),
        |ledger| {
            hide(ledger, CEDAR, "archive/2025/members/old/cedar.toml");
            without(ledger, "advocates/p-cedar.toml", &["member"]);
        },
        |ledger| {
            ledger.put("archive/coalition.toml", "name = \"Old\"\n");
            hide(ledger, CEDAR, "archive/members/cedar.toml");
            without(ledger, "advocates/p-cedar.toml", &["member"]);
        },
    ];
    for change in changes {
        let ledger = begun();
        change(&ledger);
        let verdict = judge(&ledger);
        assert_eq!(verdict.statuses(), RED, "{verdict:?}");
        assert!(verdict.says("error", "unknown-folder", "is not read"), "{verdict:?}");
    }
}

fn hide(ledger: &Ledger, from: &str, to: &str) {
    ledger.put(to, &text(ledger, from));
    fs::remove_file(ledger.path().join(from)).unwrap();
}

#[test]
fn words_inside_of_git_are_refused() {
    let ledger = all_signed();
    let words = "text = \"\"\"\nWe meet monthly and speak with one voice.\nNobody pays dues.\n\"\"\"";
    ledger.replace(CHARTER, words, "text_file = \"../.git/x.md\"");
    fs::write(ledger.path().join(".git/x.md"), "We meet monthly and speak with one voice.\nNobody pays dues.\n")
        .unwrap();
    let verdict = judge(&ledger);
    assert_eq!(verdict.statuses(), RED, "{verdict:?}");
    assert!(verdict.says("error", "invalid-value", ".git"), "{verdict:?}");
    assert_eq!(run_on(&ledger, TODAY, &["check", "--at", "HEAD"]).status, 1);
}
