//! The history judges steps of the main branch: what only a commit in between held decides nothing, and what the main branch held
//! is not forgotten.

use crate::history::{commit, git};
use crate::ledger::Ledger;
use crate::proof::Signer;
use crate::sign::{CEDAR, CHARTER, state, text};
use crate::ssh::key;
use std::fs;

const CAM: &str = "advocates/cam.toml";
const CEDAR_RECORD: &str = "members/cedar-school.toml";
const REQUIRED: &str = "\n[policy]\nssh_signatures = \"required\"\n";
const SIGN: [&str; 5] = ["sign", "charter", "--yes", "--member", "cedar-school"];

/// A repository of three members who have signed nothing, with a branch checked out beside main.
fn begun(change: impl Fn(&Ledger)) -> Ledger {
    let ledger = Ledger::of_three();
    change(&ledger);
    git(ledger.path(), "2026-01-01", &["init", "-q", "-b", "main"]);
    commit(ledger.path(), "2026-01-01");
    branch(&ledger);
    ledger
}

fn branch(ledger: &Ledger) {
    git(ledger.path(), "2026-01-01", &["switch", "-q", "-C", "change"]);
}

/// Brings the branch to main as one step.
fn merge(ledger: &Ledger, day: &str) {
    git(ledger.path(), day, &["switch", "-q", "main"]);
    git(ledger.path(), day, &["merge", "-q", "--no-ff", "-m", "x", "change"]);
    branch(ledger);
}

fn run(ledger: &Ledger, arguments: &[&str]) {
    let answer = ledger.run(arguments);
    assert_eq!(answer.status, 0, "{arguments:?}: {}{}", answer.stdout, answer.stderr);
}

fn without(ledger: &Ledger, path: &str, start: &str) {
    let kept: String =
        text(ledger, path).lines().filter(|line| !line.starts_with(start)).map(|line| format!("{line}\n")).collect();
    ledger.put(path, &kept);
}

fn entry(ledger: &Ledger, by: &str, date: &str) -> String {
    let digest = ledger.run(&["terms", "charter", "--digest"]).stdout;
    format!("[[signatures]]\nby = \"{by}\"\ndate = {date}\nterms = \"{}\"\n", digest.trim())
}

fn keys(public: &str) -> String {
    format!("\n[[keys]]\nkey = \"{public}\"\nvalid_from = 2025-01-15\n")
}

#[test]
fn a_key_and_its_signature_come_together_over_several_commits_and_merges() {
    let ledger = begun(|_| ());
    let (_folder, path, public) = key(&["-t", "ed25519"]);
    ledger.append(CAM, &keys(&public));
    commit(ledger.path(), "2026-02-01");
    run(&ledger, &[&SIGN[..], &["--ssh-key", &path]].concat());
    commit(ledger.path(), "2026-02-02");
    let read = |ledger: &Ledger| ledger.findings(&["--only", "self-added-key"]).len();
    assert_eq!(read(&ledger), 1, "in two commits of one branch");
    git(ledger.path(), "2026-02-03", &["switch", "-q", "main"]);
    ledger.append("members/alder-friends.toml", "# later\n");
    commit(ledger.path(), "2026-02-03");
    git(ledger.path(), "2026-02-04", &["switch", "-q", "change"]);
    git(ledger.path(), "2026-02-04", &["merge", "-q", "--no-ff", "-m", "x", "main"]);
    assert_eq!(read(&ledger), 1, "with main merged into the branch");
    merge(&ledger, "2026-02-05");
    assert_eq!(read(&ledger), 1, "and after the merge");
}

#[test]
fn a_proof_that_came_with_its_key_can_be_given_again() {
    let ledger = begun(|ledger| ledger.append("coalition.toml", REQUIRED));
    let (_folder, path, public) = key(&["-t", "ed25519"]);
    ledger.append(CAM, &keys(&public));
    run(&ledger, &[&SIGN[..], &["--ssh-key", &path, "--date", "2026-02-01"]].concat());
    commit(ledger.path(), "2026-02-01");
    merge(&ledger, "2026-02-02");
    assert_eq!(ledger.findings(&["--only", "self-added-key"]).len(), 1);
    run(&ledger, &[&SIGN[..], &["--ssh-key", &path, "--date", "2026-02-03"]].concat());
    commit(ledger.path(), "2026-02-03");
    assert_eq!(text(&ledger, CEDAR).matches("[[signatures]]").count(), 2);
    assert_eq!(ledger.findings(&["--only", "self-added-key,duplicate-entry"]), [], "the key stood on main before");
}

#[test]
fn a_key_that_moves_to_another_person_vouches_for_nothing() {
    let (_folder, path, public) = key(&["-t", "ed25519"]);
    let ledger = begun(|ledger| {
        ledger.append("coalition.toml", REQUIRED);
        ledger.put("advocates/mallory.toml", &format!("name = \"Mallory\"\n{}", keys(&public)));
    });
    fs::remove_file(ledger.path().join("advocates/mallory.toml")).unwrap();
    ledger.append(CAM, &keys(&public));
    run(&ledger, &[&SIGN[..], &["--ssh-key", &path]].concat());
    commit(ledger.path(), "2026-02-01");
    assert_eq!(ledger.findings(&["--only", "self-added-key"]).len(), 1);
}

#[test]
fn a_key_that_stood_on_main_is_used_whatever_a_branch_does_with_it() {
    let (_folder, _, public) = key(&["-t", "ed25519"]);
    let ledger = begun(|ledger| ledger.append(CAM, &keys(&public)));
    let with_key = text(&ledger, CAM);
    let without_key = with_key.split("[[keys]]").next().unwrap().to_owned();
    ledger.put(CAM, &without_key);
    commit(ledger.path(), "2026-02-01");
    ledger.put(CEDAR, &entry(&ledger, "cam", "2026-02-01"));
    commit(ledger.path(), "2026-02-02");
    assert_eq!(state(&ledger, "cedar-school", &[]), "missing", "the key is gone, and stood on main");
    ledger.put(CAM, &with_key);
    commit(ledger.path(), "2026-02-03");
    assert_eq!(state(&ledger, "cedar-school", &[]), "missing", "and came back");
}

#[test]
fn a_day_before_the_first_key_is_said_where_the_key_was_there_first() {
    let (_folder, _, public) = key(&["-t", "ed25519"]);
    let ledger = begun(|ledger| ledger.append(CAM, &keys(&public).replace("2025-01-15", "2026-01-10")));
    let warnings = |date: &str, more: &str| {
        ledger.put(CEDAR, &format!("{}{more}", entry(&ledger, "cam", date)));
        commit(ledger.path(), "2026-02-01");
        assert_eq!(ledger.run(&["check", "--only", "unproven-signature"]).status, 0);
        ledger.findings(&["--only", "unproven-signature"]).len()
    };
    assert_eq!(warnings("2026-01-09", ""), 1);
    assert_eq!(state(&ledger, "cedar-school", &[]), "signed");
    assert_eq!(warnings("2026-01-08", "evidence = \"scans/cedar.pdf\"\n"), 0, "there is a paper");
}

#[test]
fn who_was_named_only_in_between_cannot_have_signed() {
    let ledger = begun(|ledger| ledger.put("advocates/mallory.toml", "name = \"Mallory\"\n"));
    let before = text(&ledger, CEDAR_RECORD);
    ledger.append(CEDAR_RECORD, "signatories = [\"mallory\"]\n");
    commit(ledger.path(), "2026-02-01");
    ledger.put(CEDAR, &entry(&ledger, "mallory", "2026-02-01"));
    commit(ledger.path(), "2026-02-02");
    ledger.put(CEDAR_RECORD, &before);
    commit(ledger.path(), "2026-02-03");
    assert_eq!(state(&ledger, "cedar-school", &[]), "missing");
    merge(&ledger, "2026-02-04");
    assert_eq!(state(&ledger, "cedar-school", &[]), "missing");
}

#[test]
fn who_could_sign_is_remembered_when_somebody_is_renamed() {
    let ledger = begun(|_| ());
    run(&ledger, &[&SIGN[..], &["--date", "2026-02-01"]].concat());
    commit(ledger.path(), "2026-02-01");
    merge(&ledger, "2026-02-02");
    ledger.replace(CEDAR_RECORD, "representative = \"cam\"", "representative = \"ana\"");
    commit(ledger.path(), "2026-03-01");
    merge(&ledger, "2026-03-02");
    assert_eq!(state(&ledger, "cedar-school", &[]), "signed", "cam was named before");
    run(&ledger, &["rename", "member/cedar-school", "cedar"]);
    run(&ledger, &["rename", "advocate/cam", "cameron"]);
    assert_eq!(state(&ledger, "cedar", &[]), "signed", "not committed yet");
    commit(ledger.path(), "2026-04-01");
    assert_eq!(state(&ledger, "cedar", &[]), "signed");
    merge(&ledger, "2026-04-02");
    assert_eq!(state(&ledger, "cedar", &[]), "signed");
}

#[test]
fn a_slip_in_a_branch_that_main_never_held_decides_nothing() {
    let ledger = begun(|_| ());
    run(&ledger, &[&SIGN[..], &["--date", "2026-02-01"]].concat());
    commit(ledger.path(), "2026-02-01");
    merge(&ledger, "2026-02-02");
    let signed = text(&ledger, CEDAR);
    ledger.append(CEDAR, "withdrawn = 2026-03-01\n");
    commit(ledger.path(), "2026-03-01");
    ledger.put(CEDAR, &signed);
    commit(ledger.path(), "2026-03-02");
    assert_eq!(state(&ledger, "cedar-school", &[]), "signed");
    merge(&ledger, "2026-03-03");
    assert_eq!(state(&ledger, "cedar-school", &[]), "signed");
    let before = text(&ledger, CHARTER);
    ledger.append(CHARTER, "\n[[amendments]]\nversion = 1\ndate = 2025-02-01\n");
    commit(ledger.path(), "2026-04-01");
    ledger.put(CHARTER, &before);
    commit(ledger.path(), "2026-04-02");
    assert_eq!(ledger.findings(&["--only", "weakened-gate"]), []);
}

#[test]
fn an_earlier_withdrawal_does_not_hide_a_later_one_that_is_gone() {
    let ledger = begun(|_| ());
    let withdraw = ["withdraw", "charter", "--yes", "--member", "cedar-school", "--because", "x", "--date"];
    for (sign, withdrawn) in [("2026-02-01", "2026-02-10"), ("2026-03-01", "2026-03-10")] {
        run(&ledger, &[&SIGN[..], &["--date", sign]].concat());
        run(&ledger, &[&withdraw[..], &[withdrawn]].concat());
        commit(ledger.path(), withdrawn);
        merge(&ledger, withdrawn);
    }
    let (kept, _) =
        text(&ledger, CEDAR).split_once("withdrawn = 2026-03-10").map(|(a, b)| (a.to_owned(), b.to_owned())).unwrap();
    ledger.put(CEDAR, &kept);
    commit(ledger.path(), "2026-03-11");
    assert_eq!(state(&ledger, "cedar-school", &[]), "withdrawn");
    ledger.append(CEDAR, "withdrawn = 2099-03-10\n");
    commit(ledger.path(), "2026-03-12");
    assert_eq!(state(&ledger, "cedar-school", &[]), "withdrawn", "nor does a day to come");
    run(&ledger, &["rename", "member/cedar-school", "cedar"]);
    commit(ledger.path(), "2026-03-13");
    assert_eq!(state(&ledger, "cedar", &[]), "withdrawn", "nor another id");
}

#[test]
fn a_withdrawn_entry_may_be_tidied_away_once_the_member_has_signed_again() {
    let ledger = begun(|_| ());
    run(&ledger, &[&SIGN[..], &["--date", "2026-02-01"]].concat());
    let withdraw = ["withdraw", "charter", "--yes", "--member", "cedar-school", "--because", "x", "--date"];
    run(&ledger, &[&withdraw[..], &["2026-03-01"]].concat());
    commit(ledger.path(), "2026-03-01");
    merge(&ledger, "2026-03-01");
    ledger.put(CEDAR, &entry(&ledger, "cam", "2026-03-01"));
    commit(ledger.path(), "2026-03-02");
    assert_eq!(state(&ledger, "cedar-school", &[]), "signed", "on the same day, by an entry of its own");
}

#[test]
fn who_left_and_is_back_signs_again_however_it_is_written() {
    let ledger = begun(|_| ());
    run(&ledger, &[&SIGN[..], &["--date", "2026-02-01"]].concat());
    commit(ledger.path(), "2026-02-01");
    merge(&ledger, "2026-02-02");
    ledger.append(CEDAR_RECORD, "left = 2026-03-01\n");
    commit(ledger.path(), "2026-03-02");
    merge(&ledger, "2026-03-02");
    without(&ledger, CEDAR_RECORD, "left");
    commit(ledger.path(), "2026-03-09");
    assert_eq!(state(&ledger, "cedar-school", &[]), "signed", "a slip that was mended within the month");
    git(ledger.path(), "2026-03-09", &["reset", "-q", "--hard", "main"]);
    without(&ledger, CEDAR_RECORD, "left");
    commit(ledger.path(), "2026-08-01");
    assert_eq!(state(&ledger, "cedar-school", &[]), "stale", "the line is deleted");
    ledger.append(CEDAR_RECORD, "left = 2099-03-01\n");
    commit(ledger.path(), "2026-08-02");
    assert_eq!(state(&ledger, "cedar-school", &[]), "stale", "the day is moved");
}

#[test]
fn words_are_as_old_as_the_step_that_brought_them_whatever_its_date_says() {
    let ledger = begun(|ledger| ledger.append(CAM, "end_date = 2026-02-15\n"));
    run(&ledger, &["amend", "charter", "--summary", "New", "--resign", "--date", "2026-02-10"]);
    without(&ledger, CHARTER, "begun");
    ledger.replace(CHARTER, "monthly", "weekly");
    run(&ledger, &["amend", "charter", "--pin"]);
    let amended = text(&ledger, CHARTER);
    git(ledger.path(), "2026-01-01", &["reset", "-q", "--hard", "main"]);
    ledger.append("members/alder-friends.toml", "# later\n");
    commit(ledger.path(), "2026-03-01");
    merge(&ledger, "2026-03-01");
    ledger.put(CHARTER, &amended);
    ledger.put(CEDAR, &format!("{}version = 2\n", entry(&ledger, "cam", "2026-02-12")));
    commit(ledger.path(), "2026-02-12");
    assert_eq!(state(&ledger, "cedar-school", &[]), "missing", "nobody signs words before they stand");
}

#[test]
fn a_backlog_in_the_commit_after_the_first_is_not_judged() {
    let ledger = Ledger::of_three();
    let charter = text(&ledger, CHARTER);
    fs::remove_file(ledger.path().join(CHARTER)).unwrap();
    git(ledger.path(), "2026-01-01", &["init", "-q", "-b", "main"]);
    commit(ledger.path(), "2026-01-01");
    let (_folder, path, public) = key(&["-t", "ed25519"]);
    ledger.put(CHARTER, &charter);
    ledger.append(CAM, &keys(&public));
    run(&ledger, &[&SIGN[..], &["--ssh-key", &path]].concat());
    commit(ledger.path(), "2026-01-02");
    assert_eq!(ledger.findings(&["--only", "self-added-key"]), []);
}

#[test]
fn a_signature_older_than_a_key_stands_when_it_is_restored_or_renamed() {
    let (_folder, _, public) = key(&["-t", "ed25519"]);
    let ledger = begun(|_| ());
    ledger.put(CEDAR, &entry(&ledger, "cam", "2026-02-01"));
    commit(ledger.path(), "2026-02-01");
    merge(&ledger, "2026-02-02");
    // The key is said to be older than the signature, and came to the ledger later.
    ledger.append(CAM, &keys(&public));
    commit(ledger.path(), "2026-03-01");
    merge(&ledger, "2026-03-02");
    assert_eq!(state(&ledger, "cedar-school", &[]), "signed");
    let signed = text(&ledger, CEDAR);
    fs::remove_file(ledger.path().join(CEDAR)).unwrap();
    commit(ledger.path(), "2026-04-01");
    merge(&ledger, "2026-04-01");
    ledger.put(CEDAR, &signed);
    commit(ledger.path(), "2026-04-02");
    assert_eq!(state(&ledger, "cedar-school", &[]), "signed", "in the request");
    merge(&ledger, "2026-04-02");
    assert_eq!(state(&ledger, "cedar-school", &[]), "signed", "on main");
    run(&ledger, &["rename", "member/cedar-school", "cedar"]);
    run(&ledger, &["rename", "advocate/cam", "cameron"]);
    assert_eq!(state(&ledger, "cedar", &[]), "signed", "renamed");
    commit(ledger.path(), "2026-05-01");
    assert_eq!(state(&ledger, "cedar", &[]), "signed");
    merge(&ledger, "2026-05-02");
    assert_eq!(state(&ledger, "cedar", &[]), "signed");
}

#[test]
fn who_gets_another_id_keeps_the_duty_to_prove() {
    let (_folder, _, public) = key(&["-t", "ed25519"]);
    let ledger = begun(|ledger| ledger.append(CAM, &keys(&public)));
    run(&ledger, &["rename", "advocate/cam", "cameron"]);
    ledger.put(CEDAR, &entry(&ledger, "cameron", "2026-02-01"));
    assert_eq!(state(&ledger, "cedar-school", &[]), "missing", "not committed yet");
    commit(ledger.path(), "2026-02-01");
    assert_eq!(state(&ledger, "cedar-school", &[]), "missing", "in the request");
    merge(&ledger, "2026-02-02");
    assert_eq!(state(&ledger, "cedar-school", &[]), "missing", "on main");
}

#[test]
fn words_that_stand_elsewhere_in_the_ledger_have_a_history_too() {
    let signer = Signer::new(&["-t", "ed25519"]);
    let path = signer.path("key").to_str().unwrap().to_owned();
    for place in ["texts/charter.md", "charter.md"] {
        let ledger = begun(|ledger| {
            ledger.append("coalition.toml", REQUIRED);
            let inside = "text = \"\"\"\nWe meet monthly and speak with one voice.\n\"\"\"\n";
            ledger.replace(CHARTER, inside, &format!("text_file = \"../{place}\"\n"));
            ledger.put(place, "We meet monthly and speak with one voice.\n");
            ledger.append(CAM, &keys(&signer.public));
        });
        run(&ledger, &[&SIGN[..], &["--ssh-key", &path, "--date", "2026-01-10"]].concat());
        commit(ledger.path(), "2026-01-10");
        assert_eq!(ledger.findings(&["--only", "self-added-key"]), [], "{place}: the key was there before");
        merge(&ledger, "2026-01-11");
        // The key is lost and ends; then the words change, and everyone signs again.
        ledger.append(CAM, "valid_until = 2026-02-01\n");
        commit(ledger.path(), "2026-02-01");
        merge(&ledger, "2026-02-02");
        run(
            &ledger,
            &["amend", "charter", "--summary", "Dues", "--resign", "--sign-by", "2026-03-31", "--today", "2026-03-01"],
        );
        ledger.put(place, "We meet weekly and speak with one voice.\n");
        run(&ledger, &["amend", "charter", "--pin", "--today", "2026-03-01"]);
        ledger.replace(CHARTER, "begun = 2026-03-01\n", "");
        commit(ledger.path(), "2026-03-01");
        merge(&ledger, "2026-03-02");
        let digest = ledger.run(&["terms", "charter", "--digest"]).stdout.trim().to_owned();
        let statement = format!(
            "coalition-signature v1\nagreement: charter\nversion: 2\nterms: {digest}\nmember: cedar-school\nby: cam\ndate: 2026-01-20\n"
        );
        let armor = signer.sign(&statement, "coalition-agreement");
        ledger.append(
            CEDAR,
            &format!(
                "\n[[signatures]]\nby = \"cam\"\ndate = 2026-01-20\nversion = 2\nterms = \"{digest}\"\nsignature = \"\"\"\n{armor}\"\"\"\n"
            ),
        );
        assert_ne!(
            state(&ledger, "cedar-school", &[]),
            "signed",
            "{place}: dated before the words, by a key that ended"
        );
    }
}

#[test]
fn a_request_is_one_step_from_the_branch_it_goes_to() {
    let (_folder, path, public) = key(&["-t", "ed25519"]);
    let ledger = Ledger::of_three();
    ledger.append("coalition.toml", REQUIRED);
    git(ledger.path(), "2026-01-01", &["init", "-q", "-b", "trunk"]);
    commit(ledger.path(), "2026-01-01");
    git(ledger.path(), "2026-01-01", &["switch", "-q", "-c", "change"]);
    ledger.append(CAM, &keys(&public));
    commit(ledger.path(), "2026-02-01");
    run(&ledger, &[&SIGN[..], &["--ssh-key", &path]].concat());
    commit(ledger.path(), "2026-02-02");
    let found = ledger.findings(&["--since", "trunk", "--only", "self-added-key"]);
    assert_eq!(found.len(), 1, "the branch is called neither main nor master");
}

#[test]
fn a_copy_of_a_repository_that_fell_behind_makes_no_request_of_what_was_merged() {
    let (_folder, path, public) = key(&["-t", "ed25519"]);
    let ledger = begun(|ledger| ledger.append("coalition.toml", REQUIRED));
    git(ledger.path(), "2026-01-01", &["update-ref", "refs/remotes/origin/main", "main"]);
    ledger.append(CAM, &keys(&public));
    commit(ledger.path(), "2026-02-01");
    merge(&ledger, "2026-02-01");
    run(&ledger, &[&SIGN[..], &["--ssh-key", &path]].concat());
    commit(ledger.path(), "2026-02-02");
    merge(&ledger, "2026-02-02");
    let read = |arguments: &[&str]| ledger.findings(&[&["--only", "self-added-key"], arguments].concat()).len();
    assert_eq!(read(&[]), 1, "nobody knows that this is the main branch");
    assert_eq!(read(&["--since", "main"]), 0);
    git(ledger.path(), "2026-01-01", &["update-ref", "refs/remotes/upstream/main", "main"]);
    assert_eq!(read(&[]), 0);
    ledger.append("members/alder-friends.toml", "# later\n");
    commit(ledger.path(), "2026-02-03");
    assert_eq!(read(&[]), 0);
}

#[test]
fn who_left_signs_again_whatever_became_of_the_record() {
    let begin = || {
        let ledger = begun(|_| ());
        run(&ledger, &[&SIGN[..], &["--date", "2026-02-01"]].concat());
        commit(ledger.path(), "2026-02-01");
        merge(&ledger, "2026-02-02");
        ledger
    };
    // Announced before its day, which has come.
    let ledger = begin();
    ledger.append(CEDAR_RECORD, "left = 2026-05-01\n");
    commit(ledger.path(), "2026-04-10");
    merge(&ledger, "2026-04-10");
    without(&ledger, CEDAR_RECORD, "left");
    commit(ledger.path(), "2026-08-01");
    assert_eq!(state(&ledger, "cedar-school", &[]), "stale", "the announced day is deleted");
    ledger.replace(CEDAR_RECORD, "joined = 2025-01-15", "joined = 2026-05-20");
    commit(ledger.path(), "2026-08-02");
    assert_eq!(state(&ledger, "cedar-school", &[]), "stale", "or it joins anew over it");
    // Leaving and joining came in one request.
    let earlier = "\n[[earlier_memberships]]\njoined = 2025-01-15\nleft = 2026-05-01\n";
    let ledger = begin();
    let kept = text(&ledger, CEDAR_RECORD).replace("joined = 2025-01-15", "joined = 2026-06-01");
    ledger.put(CEDAR_RECORD, &format!("{kept}{earlier}"));
    commit(ledger.path(), "2026-06-01");
    merge(&ledger, "2026-06-01");
    ledger.put(CEDAR_RECORD, &kept);
    commit(ledger.path(), "2026-08-01");
    assert_eq!(state(&ledger, "cedar-school", &[]), "stale");
    // Made-up ids do not push the true one out.
    ledger.put(CEDAR_RECORD, &format!("{kept}{earlier}"));
    run(&ledger, &["rename", "member/cedar-school", "cedar"]);
    let made_up: String = (0..16).map(|number| format!("\"c-{number}\", ")).collect();
    ledger.replace("members/cedar.toml", "other_ids = [", &format!("other_ids = [{made_up}"));
    commit(ledger.path(), "2026-08-02");
    merge(&ledger, "2026-08-02");
    let without_it = text(&ledger, "members/cedar.toml").replace(earlier, "");
    ledger.put("members/cedar.toml", &without_it);
    commit(ledger.path(), "2026-09-20");
    assert_eq!(state(&ledger, "cedar", &[]), "stale");
    // A wrong day of long ago that was taken back the next day was a slip.
    let ledger = begin();
    ledger.append(CEDAR_RECORD, "left = 2026-03-01\n");
    commit(ledger.path(), "2026-11-01");
    merge(&ledger, "2026-11-01");
    without(&ledger, CEDAR_RECORD, "left");
    commit(ledger.path(), "2026-11-02");
    merge(&ledger, "2026-11-02");
    assert_eq!(state(&ledger, "cedar-school", &[]), "signed");
}

#[test]
fn a_withdrawal_stands_when_somebody_else_speaks_for_the_member() {
    let (_folder, path, public) = key(&["-t", "ed25519"]);
    let ledger = begun(|ledger| ledger.append("advocates/ana.toml", &keys(&public)));
    run(&ledger, &[&SIGN[..], &["--date", "2026-02-01"]].concat());
    commit(ledger.path(), "2026-02-01");
    merge(&ledger, "2026-02-01");
    ledger.replace(CEDAR_RECORD, "\"cam\"", "\"ana\"");
    commit(ledger.path(), "2026-03-01");
    merge(&ledger, "2026-03-01");
    let withdraw = ["withdraw", "charter", "--yes", "--member", "cedar-school", "--because", "x", "--by"];
    let stranger = ledger.run(&[&withdraw[..], &["ben"]].concat());
    assert!(stranger.status == 1 && stranger.stdout.contains("ben Z cannot withdraw for"), "{}", stranger.stdout);
    run(&ledger, &[&withdraw[..], &["ana", "--date", "2026-04-01", "--ssh-key", &path]].concat());
    commit(ledger.path(), "2026-04-01");
    merge(&ledger, "2026-04-01");
    ledger.replace(CEDAR_RECORD, "\"ana\"", "\"ben\"");
    commit(ledger.path(), "2026-05-01");
    assert_eq!(state(&ledger, "cedar-school", &[]), "withdrawn");
    // Typed by hand for a stranger, it counts for nothing.
    run(&ledger, &["sign", "charter", "--yes", "--member", "birch-library"]);
    ledger.append("signatures/charter/birch-library.toml", "withdrawn = 2026-11-22\nwithdrawn_by = \"ana\"\n");
    assert_eq!(state(&ledger, "birch-library", &[]), "signed");
}

#[test]
fn nobody_proves_with_an_ended_key_an_agreement_that_came_later() {
    let signer = Signer::new(&["-t", "ed25519"]);
    let ledger = begun(|ledger| ledger.append(CAM, &keys(&signer.public)));
    ledger.append(CAM, "valid_until = 2026-06-01\n");
    commit(ledger.path(), "2026-06-01");
    merge(&ledger, "2026-06-01");
    let dues = text(&ledger, CHARTER).replace("\"members\"", "[\"cedar-school\"]").replace("Charter", "Dues");
    ledger.put("agreements/dues.toml", &dues);
    let digest = ledger.run(&["terms", "dues", "--digest"]).stdout.trim().to_owned();
    let statement = format!(
        "coalition-signature v1\nagreement: dues\nversion: 1\nterms: {digest}\nmember: cedar-school\nby: cam\ndate: 2026-05-01\n"
    );
    let armor = signer.sign(&statement, "coalition-agreement");
    let entry = format!(
        "[[signatures]]\nby = \"cam\"\ndate = 2026-05-01\nversion = 1\nterms = \"{digest}\"\nsignature = \"\"\"\n{armor}\"\"\"\n"
    );
    ledger.put("signatures/dues/cedar-school.toml", &entry);
    commit(ledger.path(), "2026-11-10");
    assert_eq!(ledger.findings(&["--only", "backdated-signature"]).len(), 1);
    assert_eq!(ledger.run(&["check"]).status, 1);
}

#[test]
fn a_request_on_the_tip_of_a_merged_branch_is_judged_by_that_tip() {
    let ledger = begun(|_| ());
    run(&ledger, &[&SIGN[..], &["--date", "2026-01-10"]].concat());
    commit(ledger.path(), "2026-01-10");
    merge(&ledger, "2026-01-10");
    // The branch withdraws by mistake, and takes that back; another branch begins at its tip.
    let signed = text(&ledger, CEDAR);
    ledger.append(CEDAR, "withdrawn = 2026-02-01\n");
    commit(ledger.path(), "2026-02-01");
    ledger.put(CEDAR, &signed);
    ledger.append("members/alder-friends.toml", "# first\n");
    commit(ledger.path(), "2026-02-02");
    git(ledger.path(), "2026-02-02", &["branch", "stacked"]);
    merge(&ledger, "2026-02-03");
    git(ledger.path(), "2026-02-03", &["switch", "-q", "stacked"]);
    ledger.append("members/birch-library.toml", "# second\n");
    commit(ledger.path(), "2026-02-04");
    assert_eq!(state(&ledger, "cedar-school", &[]), "signed", "main never held the withdrawal");
    assert_eq!(ledger.run(&["check", "--since", "main"]).status, ledger.run(&["check"]).status);
}

#[test]
fn another_representative_may_be_named_before_a_signature_is_merged() {
    let ledger = begun(|_| ());
    git(ledger.path(), "2026-03-01", &["switch", "-q", "-c", "signing"]);
    run(&ledger, &[&SIGN[..], &["--date", "2026-03-01"]].concat());
    commit(ledger.path(), "2026-03-01");
    git(ledger.path(), "2026-03-02", &["switch", "-q", "main"]);
    ledger.replace(CEDAR_RECORD, "\"cam\"", "\"ben\"");
    commit(ledger.path(), "2026-03-02");
    git(ledger.path(), "2026-03-03", &["merge", "-q", "--no-ff", "-m", "x", "signing"]);
    assert_eq!(state(&ledger, "cedar-school", &[]), "signed", "cam was named on that day");
    ledger.replace(CEDAR, "2026-03-01", "2026-03-03");
    commit(ledger.path(), "2026-03-04");
    assert_ne!(state(&ledger, "cedar-school", &[]), "signed", "and on no later one");
}

#[test]
fn the_line_of_a_withdrawal_stays_with_its_entry() {
    let ledger = begun(|_| ());
    run(&ledger, &[&SIGN[..], &["--date", "2026-02-01"]].concat());
    ledger.append(CEDAR, "withdrawn = 2026-02-01\n");
    commit(ledger.path(), "2026-02-01");
    merge(&ledger, "2026-02-01");
    assert_eq!(state(&ledger, "cedar-school", &[]), "withdrawn");
    let entry = text(&ledger, CEDAR).replace("withdrawn = 2026-02-01\n", "");
    let above = entry.replace("date = 2026-02-01", "date = 2026-01-20");
    ledger.put(CEDAR, &format!("{above}withdrawn = 2026-02-01\n\n{entry}"));
    commit(ledger.path(), "2026-03-01");
    assert_eq!(state(&ledger, "cedar-school", &[]), "withdrawn", "it was moved to an entry above");
    // An entry of someone who may not sign withdraws nothing.
    let ledger = begun(|_| ());
    run(&ledger, &[&SIGN[..], &["--date", "2026-02-01"]].concat());
    let entry = text(&ledger, CEDAR);
    let other = entry.replace("by = \"cam\"", "by = \"ana\"").replace("2026-02-01", "2026-02-05");
    ledger.put(CEDAR, &format!("{entry}\n{other}withdrawn = 2026-02-06\n"));
    assert_eq!(state(&ledger, "cedar-school", &[]), "signed");
}

#[test]
fn what_the_commits_call_a_rename_is_one() {
    let ledger = begun(|_| ());
    run(&ledger, &[&SIGN[..], &["--date", "2026-01-10"]].concat());
    commit(ledger.path(), "2026-01-10");
    merge(&ledger, "2026-01-10");
    ledger.append(CEDAR_RECORD, "left = 2026-02-01\n");
    commit(ledger.path(), "2026-02-01");
    merge(&ledger, "2026-02-01");
    without(&ledger, CEDAR_RECORD, "left");
    ledger.replace(CEDAR_RECORD, "joined = 2025-01-15", "joined = 2026-04-01");
    run(&ledger, &["rename", "member/cedar-school", "cedar", "--force"]);
    commit(ledger.path(), "2026-04-01");
    merge(&ledger, "2026-04-01");
    without(&ledger, "members/cedar.toml", "other_ids");
    commit(ledger.path(), "2026-04-02");
    assert_eq!(state(&ledger, "cedar", &[]), "stale", "it left, and has not signed since");
}
