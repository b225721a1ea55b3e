//! `check --since REV` where the request and its target have merged each other's lines, so that they share several last commits;
//! and ledgers that are gone from a repository.

use crate::history::{commit, git};
use crate::ledger::{Ledger, run_in};
use crate::sign::{CEDAR, CHARTER, text};
use crate::since::{CEDAR_RECORD, DAY, signed, weakened};
use std::fs;

/// Two lines that merged each other: `main` has the change of `first` and that of `second`, and `change` has both too. The commits
/// that the two share last are the tips of `first` and `second`.
fn parted(first: &dyn Fn(&Ledger), second: &dyn Fn(&Ledger)) -> Ledger {
    let ledger = signed();
    let on = |arguments: &[&str]| drop(git(ledger.path(), DAY, arguments));
    on(&["switch", "-q", "-c", "first", "main"]);
    first(&ledger);
    commit(ledger.path(), DAY);
    on(&["switch", "-q", "-c", "second", "main"]);
    second(&ledger);
    commit(ledger.path(), DAY);
    on(&["switch", "-q", "main"]);
    on(&["merge", "-q", "--no-ff", "-m", "first", "first"]);
    on(&["merge", "-q", "--no-ff", "-m", "second", "second"]);
    on(&["switch", "-q", "-C", "change", "second"]);
    on(&["merge", "-q", "--no-ff", "-m", "both", "first"]);
    let shared = git(ledger.path(), DAY, &["merge-base", "--all", "main", "change"]);
    assert_eq!(shared.lines().count(), 2, "{shared}");
    ledger
}

fn join(ledger: &Ledger) {
    let record = text(ledger, CEDAR_RECORD).replace("Cedar School", "Dogwood Club").replace("\"cam\"", "\"dee\"");
    ledger.put("members/dogwood-club.toml", &record.replace("2025-01-15", "2026-11-05"));
    ledger.put("advocates/dee.toml", "name = \"Dee Roe\"\nmember = \"dogwood-club\"\nrole = \"staff\"\n");
}

#[test]
fn a_duty_that_one_of_several_shared_commits_had_is_missed() {
    let comment = |ledger: &Ledger| ledger.append("members/alder-friends.toml", "# nothing\n");
    let ledger = parted(&join, &comment);
    assert_eq!(weakened(&ledger), [], "both lines alone weaken nothing");
    fs::remove_file(ledger.path().join("members/dogwood-club.toml")).unwrap();
    fs::remove_file(ledger.path().join("advocates/dee.toml")).unwrap();
    let found = weakened(&ledger);
    assert!(found.len() == 1 && found[0].0 == "error", "{found:?}");
    assert!(found[0].2.contains("the member's record, members/dogwood-club.toml, is gone"), "{found:?}");
}

#[test]
fn what_the_target_has_done_itself_is_not_held_against_a_request() {
    let comment = |ledger: &Ledger| ledger.append("members/alder-friends.toml", "# nothing\n");
    let narrow = |ledger: &Ledger| ledger.replace(CHARTER, "effective", "required_of = [\"cedar-school\"]\neffective");
    let ledger = parted(&narrow, &comment);
    assert_eq!(weakened(&ledger), [], "main has narrowed the charter, not the request");
    ledger.replace(CHARTER, "[\"cedar-school\"]", "[]");
    assert_eq!(weakened(&ledger).len(), 1, "of the last one the request itself");
}

#[test]
fn a_key_and_its_signature_that_reached_the_target_one_after_the_other_do_not_vouch_for_themselves() {
    let (_folder, path, public) = crate::ssh::key(&["-t", "ed25519"]);
    let ledger = signed();
    ledger.append("coalition.toml", "\n[policy]\nssh_signatures = \"required\"\n");
    let on = |arguments: &[&str]| drop(git(ledger.path(), DAY, arguments));
    on(&["switch", "-q", "main"]);
    commit(ledger.path(), DAY);
    on(&["switch", "-q", "-c", "other"]);
    ledger.append("members/alder-friends.toml", "# nothing\n");
    commit(ledger.path(), "2026-11-11");
    on(&["switch", "-q", "main"]);
    ledger.append("advocates/cam.toml", &format!("\n[[keys]]\nkey = \"{public}\"\nvalid_from = 2026-01-01\n"));
    commit(ledger.path(), DAY);
    fs::remove_file(ledger.path().join(CEDAR)).unwrap();
    let sign = ["sign", "charter", "--member", "cedar-school", "--yes", "--ssh-key", &path, "--date", DAY];
    assert_eq!(ledger.run(&sign).status, 0);
    commit(ledger.path(), DAY);
    on(&["switch", "-q", "-C", "change", "other"]);
    on(&["merge", "-q", "--no-ff", "-m", "main", "main"]);
    on(&["switch", "-q", "main"]);
    on(&["merge", "-q", "--no-ff", "-m", "other", "other"]);
    on(&["switch", "-q", "change"]);
    let found = weakened(&ledger);
    assert_eq!(found, []);
    let found = ledger.findings(&["--since", "main", "--only", "self-added-key"]);
    assert!(found.iter().all(|one| one.0 != "self-added-key"), "{found:?}");
}

fn move_ledger(ledger: &Ledger, from: &str, to: &str) {
    fs::create_dir_all(ledger.path().join(to)).unwrap();
    for name in ["members", "advocates", "agreements", "signatures", "coalition.toml"] {
        fs::rename(ledger.path().join(from).join(name), ledger.path().join(to).join(name)).unwrap();
    }
}

fn copy_ledger(ledger: &Ledger, from: &str, to: &str) {
    for entry in walkdir::WalkDir::new(ledger.path().join(from)).into_iter().map(Result::unwrap) {
        let inside = entry.path().strip_prefix(ledger.path().join(from)).unwrap().to_str().unwrap().to_owned();
        if entry.file_type().is_file() {
            ledger.put(&format!("{to}/{inside}"), &fs::read_to_string(entry.path()).unwrap());
        }
    }
}

/// The ledger in a folder `ledger`, with a copy of it in `archive`, on a branch of its own.
fn with_archive() -> Ledger {
    let ledger = signed();
    git(ledger.path(), DAY, &["switch", "-q", "main"]);
    move_ledger(&ledger, ".", "ledger");
    copy_ledger(&ledger, "ledger", "archive");
    commit(ledger.path(), DAY);
    ledger
}

/// What a request makes weaker, seen from a folder: severity and message.
fn weaker_in(ledger: &Ledger, folder: &str) -> Vec<(String, String)> {
    commit(ledger.path(), "2026-11-21");
    let check = ["check", "--since", "main", "--only", "weakened-gate", "--format", "json"];
    let answer = run_in(&ledger.path().join(folder), &check);
    let json: serde_json::Value = serde_json::from_str(&answer.stdout).unwrap();
    let findings = json["findings"].as_array().unwrap().iter().filter(|found| found["check"] == "weakened-gate");
    let text = |found: &serde_json::Value, key: &str| found[key].as_str().unwrap().to_owned();
    findings.map(|found| (text(found, "severity"), text(found, "message"))).collect()
}

#[test]
fn an_archive_does_not_take_the_place_of_a_ledger_unseen() {
    let ledger = with_archive();
    let withdraw =
        ["withdraw", "charter", "--member", "cedar-school", "--because", "no", "--yes", "--date", "2026-11-09"];
    assert_eq!(run_in(&ledger.path().join("ledger"), &withdraw).status, 0);
    commit(ledger.path(), DAY);
    git(ledger.path(), DAY, &["switch", "-q", "-C", "change"]);
    fs::remove_dir_all(ledger.path().join("ledger")).unwrap();
    ledger.append("archive/members/alder-friends.toml", "# goes on here\n");
    let found = weaker_in(&ledger, "archive");
    assert!(found.len() == 1 && found[0].0 == "error", "{found:?}");
    assert!(found[0].1.contains("the ledger in ledger is gone from the repository"), "{found:?}");
    // On the main branch it is said for a month.
    let check = ["check", "--only", "weakened-gate", "--format", "json", "--today", "2026-12-14"];
    let answer = run_in(&ledger.path().join("archive"), &check);
    assert!(answer.status == 0 && answer.stdout.contains("the ledger in ledger is gone"), "{}", answer.stdout);
}

#[test]
fn a_copy_that_says_the_same_and_a_ledger_that_moves_are_not_missed() {
    let ledger = with_archive();
    git(ledger.path(), DAY, &["switch", "-q", "-C", "change"]);
    fs::remove_dir_all(ledger.path().join("archive")).unwrap();
    assert_eq!(weaker_in(&ledger, "ledger"), []);
    git(ledger.path(), DAY, &["switch", "-q", "-C", "next", "main"]);
    ledger.append("archive/members/alder-friends.toml", "website = \"https://example.org\"\n");
    commit(ledger.path(), DAY);
    git(ledger.path(), DAY, &["switch", "-q", "main"]);
    git(ledger.path(), DAY, &["merge", "-q", "--ff-only", "next"]);
    git(ledger.path(), DAY, &["switch", "-q", "-C", "change"]);
    move_ledger(&ledger, "archive", "old/archive");
    fs::remove_dir_all(ledger.path().join("archive")).unwrap();
    assert_eq!(weaker_in(&ledger, "ledger"), [], "the other ledger only moved");
}

#[test]
fn the_ledger_of_another_coalition_that_is_gone_is_a_warning() {
    let ledger = signed();
    git(ledger.path(), DAY, &["switch", "-q", "main"]);
    move_ledger(&ledger, ".", "ledger");
    ledger.put("other/coalition.toml", "name = \"Other\"\n");
    ledger.put("other/members/elm.toml", "name = \"Elm\"\nclassification = \"civic-group\"\njoined = 2026-01-01\n");
    commit(ledger.path(), DAY);
    git(ledger.path(), DAY, &["switch", "-q", "-C", "change"]);
    fs::remove_dir_all(ledger.path().join("other")).unwrap();
    let found = weaker_in(&ledger, "ledger");
    assert!(found.len() == 1 && found[0].0 == "warning" && found[0].1.contains("in other is gone"), "{found:?}");
}

/// Requires the charter of these alone, with a reason or without.
fn narrow(ledger: &Ledger, members: &[&str], because: Option<&str>) {
    let kept: String = text(ledger, CHARTER)
        .lines()
        .filter(|line| !line.starts_with("required_of"))
        .map(|line| {
            if line.starts_with("effective") {
                format!("required_of = {members:?}\n{line}\n")
            } else {
                format!("{line}\n")
            }
        })
        .collect();
    let allow = |because: &str| {
        format!("\n[[allow]]\ncheck = \"weakened-gate\"\nbecause = \"{because}\"\nuntil = 2026-12-31\n")
    };
    ledger.put(CHARTER, &(kept + &because.map(allow).unwrap_or_default()));
}

#[test]
fn a_reason_accepts_no_later_step_of_main() {
    let ledger = signed();
    git(ledger.path(), DAY, &["switch", "-q", "main"]);
    narrow(&ledger, &["alder-friends", "birch-library"], Some("the assembly released the school"));
    commit(ledger.path(), "2026-11-12");
    let said = |day: &str| {
        let answer = ledger.run(&["check", "--only", "weakened-gate", "--today", day]);
        let lines = answer.stdout.lines().filter(|line| line.starts_with("warning[weakened-gate]")).map(str::to_owned);
        (lines.collect::<Vec<_>>(), answer.stdout.contains("Accepted changes that weaken a requirement: "))
    };
    assert_eq!(said("2026-11-13"), (Vec::new(), true), "one duty is gone, and two are none of all members any more");
    narrow(&ledger, &["alder-friends"], None);
    ledger.append(
        CHARTER,
        "\n[[allow]]\ncheck = \"weakened-gate\"\nbecause = \"the assembly released the school\"\nuntil = 2026-12-31\n",
    );
    commit(ledger.path(), "2026-11-14");
    let (warnings, is_accepted) = said("2026-11-15");
    assert!(warnings.len() == 1 && warnings[0].contains("BIRCH LIBRARY no longer has to sign"), "{warnings:?}");
    assert!(is_accepted, "what the reason was for stays accepted");
}

#[test]
fn a_reason_that_the_target_holds_was_given_for_another_change() {
    let ledger = signed();
    let on = |arguments: &[&str]| drop(git(ledger.path(), DAY, arguments));
    narrow(&ledger, &["alder-friends", "birch-library"], Some("the assembly released the school"));
    let first = weakened(&ledger);
    assert!(first.iter().all(|one| one.0 != "error"), "{first:?}");
    // It lands as one new commit, and the next request is made on top of the old one.
    on(&["switch", "-q", "main"]);
    on(&["merge", "-q", "--squash", "change"]);
    commit(ledger.path(), DAY);
    on(&["switch", "-q", "change"]);
    let again = weakened(&ledger);
    assert!(again.iter().all(|one| one.0 != "error"), "the target has it already: {again:?}");
    let lines = text(&ledger, CHARTER).replace("[\"alder-friends\", \"birch-library\"]", "[\"alder-friends\"]");
    ledger.put(CHARTER, &lines);
    let found = weakened(&ledger);
    let errors: Vec<_> = found.iter().filter(|one| one.0 == "error").collect();
    assert!(errors.len() == 1 && errors[0].2.contains("BIRCH LIBRARY no longer has to sign"), "{found:?}");
}

#[test]
fn what_the_target_requires_by_now_judges_too() {
    let (_folder, path, public) = crate::ssh::key(&["-t", "ed25519"]);
    let ledger = signed();
    let on = |arguments: &[&str]| drop(git(ledger.path(), DAY, arguments));
    fs::remove_file(ledger.path().join(CEDAR)).unwrap();
    commit(ledger.path(), DAY);
    on(&["switch", "-q", "main"]);
    on(&["merge", "-q", "--ff-only", "change"]);
    on(&["switch", "-q", "change"]);
    ledger.append("advocates/cam.toml", &format!("\n[[keys]]\nkey = \"{public}\"\nvalid_from = 2026-01-01\n"));
    let sign = ["sign", "charter", "--member", "cedar-school", "--yes", "--ssh-key", &path, "--date", DAY];
    assert_eq!(ledger.run(&sign).status, 0);
    let vouches = |found: &[(String, String, String)]| {
        let finding = found.iter().find(|one| one.2.contains("the key of cam Z that proves it was not in the ledger"));
        finding.map(|one| one.0.clone())
    };
    let found = weakened(&ledger);
    assert_eq!(vouches(&found).as_deref(), Some("warning"), "{found:?}");
    on(&["switch", "-q", "main"]);
    ledger.append("coalition.toml", "\n[policy]\nssh_signatures = \"required\"\n");
    commit(ledger.path(), DAY);
    on(&["switch", "-q", "change"]);
    let found = weakened(&ledger);
    assert_eq!(vouches(&found).as_deref(), Some("error"), "{found:?}");
}

#[test]
fn a_key_that_reached_the_target_as_another_commit_vouches_for_a_stacked_request() {
    let (_folder, path, public) = crate::ssh::key(&["-t", "ed25519"]);
    let ledger = signed();
    let on = |arguments: &[&str]| drop(git(ledger.path(), DAY, arguments));
    fs::remove_file(ledger.path().join(CEDAR)).unwrap();
    ledger.append("coalition.toml", "\n[policy]\nssh_signatures = \"required\"\n");
    commit(ledger.path(), DAY);
    on(&["switch", "-q", "main"]);
    on(&["merge", "-q", "--ff-only", "change"]);
    on(&["switch", "-q", "change"]);
    ledger.append("advocates/cam.toml", &format!("\n[[keys]]\nkey = \"{public}\"\nvalid_from = 2026-01-01\n"));
    commit(ledger.path(), "2026-11-11");
    let sign = ["sign", "charter", "--member", "cedar-school", "--yes", "--ssh-key", &path, "--date", "2026-11-12"];
    assert_eq!(ledger.run(&sign).status, 0);
    commit(ledger.path(), "2026-11-12");
    let found = || {
        let only = "weakened-gate,self-added-key";
        ledger.findings(&["--since", "main", "--only", only]).into_iter().map(|one| one.0).collect::<Vec<_>>()
    };
    assert_eq!(found(), ["weakened-gate", "self-added-key"], "both in one request");
    on(&["switch", "-q", "main"]);
    on(&["merge", "-q", "--squash", "change~1"]);
    commit(ledger.path(), "2026-11-12");
    on(&["switch", "-q", "change"]);
    assert_eq!(found(), Vec::<String>::new(), "main holds the key by now");
}
