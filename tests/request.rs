//! `check --since REV` on what a request brings for later: new duties, times in which no one is bound, and what is told of the main
//! branch afterwards.

use crate::history::{commit, git};
use crate::ledger::Ledger;
use crate::sign::{CEDAR, CHARTER, text};
use crate::since::{CEDAR_RECORD, DAY, signed, weakened};
use std::fs;

#[test]
fn of_two_members_that_become_one_only_one_goes_on() {
    let ledger = signed();
    fs::remove_file(ledger.path().join(CEDAR_RECORD)).unwrap();
    fs::remove_file(ledger.path().join(CEDAR)).unwrap();
    fs::rename(ledger.path().join("members/birch-library.toml"), ledger.path().join("members/both.toml")).unwrap();
    ledger.append("members/both.toml", "other_ids = [\"birch-library\", \"cedar-school\"]\n");
    let old = ledger.path().join("signatures/charter/birch-library.toml");
    fs::rename(old, ledger.path().join("signatures/charter/both.toml")).unwrap();
    let found = weakened(&ledger);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(
        found[0].0 == "error" && found[0].2.contains("the member's record, members/cedar-school.toml"),
        "{found:?}"
    );
}

#[test]
fn a_duty_that_is_new_is_not_met_by_what_came_with_it() {
    for (required, expected) in [(false, "warning"), (true, "error")] {
        let ledger = Ledger::of_three();
        let (_folder, path, public) = crate::ssh::key(&["-t", "ed25519"]);
        if required {
            ledger.append("coalition.toml", "\n[policy]\nssh_signatures = \"required\"\n");
        }
        ledger.append("advocates/ana.toml", &format!("\n[[keys]]\nkey = \"{public}\"\nvalid_from = 2026-01-01\n"));
        git(ledger.path(), DAY, &["init", "-q", "-b", "main"]);
        commit(ledger.path(), DAY);
        git(ledger.path(), DAY, &["switch", "-q", "-c", "change"]);
        let dues = text(&ledger, CHARTER).replace("\"members\"", "[\"cedar-school\"]").replace("Charter", "Dues");
        ledger.put("agreements/dues.toml", &dues);
        ledger.replace(CEDAR_RECORD, "\"cam\"", "\"ana\"");
        let sign = ["sign", "dues", "--member", "cedar-school", "--yes", "--ssh-key", &path];
        assert_eq!(ledger.run(&sign).status, 0);
        let found = weakened(&ledger);
        let actual = found.iter().filter(|one| one.2.contains("ana Z, who signs for it, could not before this change"));
        let actual: Vec<_> = actual.collect();
        assert!(actual.len() == 1 && actual[0].0 == expected && actual[0].2.contains("Dues"), "{found:?}");
    }
}

#[test]
fn a_stricter_policy_makes_no_withdrawal_void_unseen() {
    let ledger = Ledger::of_three();
    let (_folder, path, public) = crate::ssh::key(&["-t", "ed25519"]);
    ledger.append("advocates/cam.toml", &format!("\n[[keys]]\nkey = \"{public}\"\nvalid_from = 2026-01-01\n"));
    let sign = ["sign", "charter", "--member", "cedar-school", "--yes", "--ssh-key", &path, "--date", "2026-11-01"];
    assert_eq!(ledger.run(&sign).status, 0);
    ledger.append(CEDAR, "withdrawn = 2026-11-05\n");
    git(ledger.path(), DAY, &["init", "-q", "-b", "main"]);
    commit(ledger.path(), DAY);
    git(ledger.path(), DAY, &["switch", "-q", "-c", "change"]);
    ledger.append("coalition.toml", "\n[policy]\nssh_signatures = \"required\"\n");
    let found = weakened(&ledger);
    let is_told = |one: &&(String, String, String)| one.2.contains("its withdrawal dated 2026-11-05 no longer counts");
    assert!(found.iter().find(is_told).is_some_and(|one| one.0 == "error"), "{found:?}");
}

#[test]
fn what_is_moved_beside_a_stricter_setting_is_told() {
    let later = |more: &str| {
        let ledger = signed();
        ledger.replace(CHARTER, "effective = 2025-02-01", "effective = 2025-02-01\nsign_by = 2028-12-01");
        ledger.append("coalition.toml", more);
        weakened(&ledger)
    };
    for more in ["", "\n[policy]\nsign_days = 29\n", "\n[policy]\nsign_days = 31\n"] {
        let found = later(more);
        let due = found.iter().filter(|one| one.2.contains("it is now due by 2028-12-01"));
        assert_eq!(due.count(), 3, "{more}: {found:?}");
    }
}

#[test]
fn who_is_said_to_have_signed_for_a_member_is_told_where_it_has_not_signed() {
    let former = "\n[[former_signatories]]\nadvocate = \"ben\"\nsince = 2026-01-01\nuntil = 2026-06-01\n";
    let ledger = signed();
    ledger.put("advocates/cora.toml", "name = \"Cora Z\"\nmember = \"cedar-school\"\n");
    ledger.append(CEDAR_RECORD, &former.replace("ben", "cora"));
    assert_eq!(weakened(&ledger), [], "it has signed, and Cora is of the school");
    let ledger = signed();
    git(ledger.path(), DAY, &["switch", "-q", "main"]);
    fs::remove_file(ledger.path().join(CEDAR)).unwrap();
    ledger.append(CEDAR_RECORD, &former.replace("ben", "cam"));
    commit(ledger.path(), DAY);
    git(ledger.path(), DAY, &["switch", "-q", "-C", "change"]);
    ledger.append(CEDAR_RECORD, former);
    let found = weakened(&ledger);
    assert!(found.len() == 1 && found[0].0 == "warning" && found[0].2.contains("could sign for it"), "{found:?}");
    ledger.replace(CEDAR_RECORD, former, "");
    ledger.replace(CEDAR_RECORD, "until = 2026-06-01", "until = 2026-07-01");
    let found = weakened(&ledger);
    assert_eq!(found, [], "it is the representative today, and could be on any day");
}

#[test]
fn a_ledger_that_lost_its_last_agreement_is_compared_too() {
    let ledger = signed();
    git(ledger.path(), DAY, &["switch", "-q", "main"]);
    fs::remove_dir_all(ledger.path().join("agreements")).unwrap();
    fs::remove_dir_all(ledger.path().join("signatures")).unwrap();
    commit(ledger.path(), "2026-11-11");
    assert_eq!(ledger.findings(&["--only", "weakened-gate"]).len(), 3, "each of the three duties is gone");
}

#[test]
fn a_version_that_is_lowered_is_told_and_leaves_a_doubt() {
    let ledger = signed();
    git(ledger.path(), DAY, &["switch", "-q", "main"]);
    let amend =
        ["amend", "charter", "--summary", "Dues", "--resign", "--sign-by", "2026-11-12", "--today", "2026-11-05"];
    assert_eq!(ledger.run(&amend).status, 0);
    ledger.replace(CHARTER, "monthly", "weekly");
    assert_eq!(ledger.run(&["amend", "charter", "--pin", "--today", "2026-11-05"]).status, 0);
    commit(ledger.path(), DAY);
    git(ledger.path(), DAY, &["switch", "-q", "-C", "change"]);
    ledger.replace(CHARTER, "weekly", "monthly");
    let whole = text(&ledger, CHARTER);
    let (before, amendments) = whole.split_once("[[amendments]]").unwrap();
    ledger.put(CHARTER, &format!("{}[[amendments]]{amendments}", before.replace("version = 2\n", "")));
    let allow = "\n[[allow]]\ncheck = \"invalid-value\"\nbecause = \"x\"\nuntil = 2027-01-31\n";
    ledger.append(CHARTER, allow);
    ledger.append("coalition.toml", "invalid-value = \"off\"\n");
    let found = weakened(&ledger);
    assert!(found.iter().any(|one| one.0 == "error" && one.2.contains("its version is now 1, and was 2")), "{found:?}");
    assert_eq!(ledger.run(&["check"]).status, 1, "nobody can say which text is in force");
    assert_eq!(ledger.run(&["verify"]).status, 1);
}

#[test]
fn what_is_done_in_two_requests_is_told_in_the_first() {
    let unsigned = || {
        let ledger = signed();
        git(ledger.path(), DAY, &["switch", "-q", "main"]);
        fs::remove_file(ledger.path().join(CEDAR)).unwrap();
        ledger.append("advocates/cam.toml", "end_date = 2026-01-31\n");
        let (_folder, _, public) = crate::ssh::key(&["-t", "ed25519"]);
        ledger.append("advocates/cam.toml", &format!("\n[[keys]]\nkey = \"{public}\"\n"));
        ledger.append(CEDAR_RECORD, "\n[[earlier_memberships]]\njoined = 2023-01-01\nleft = 2024-06-30\n");
        commit(ledger.path(), DAY);
        git(ledger.path(), DAY, &["switch", "-q", "-C", "change"]);
        ledger
    };
    type Change = fn(&Ledger);
    let changes: [(&str, &str, Change); 4] = [
        ("warning", "who may sign for it, was not current before this change", |l| {
            l.replace("advocates/cam.toml", "end_date = 2026-01-31\n", "");
        }),
        ("warning", "a key of cam, who may sign for it, is gone", |l| {
            let record = text(l, "advocates/cam.toml");
            l.put("advocates/cam.toml", record.split("\n[[keys]]").next().unwrap());
        }),
        ("error", "it is required of fewer members", |l| {
            l.replace(CHARTER, "effective", "ended = 2026-11-10\nrequired_of = [\"alder-friends\"]\neffective");
        }),
        ("error", "`joined` moved from 2025-01-15 to 2026-11-09", |l| {
            l.replace(CEDAR_RECORD, "joined = 2025-01-15", "joined = 2026-11-09");
        }),
    ];
    for (severity, fact, change) in changes {
        let ledger = unsigned();
        change(&ledger);
        let found = weakened(&ledger);
        let is_told = found.iter().any(|one| one.0 == severity && one.2.contains(fact));
        assert!(is_told, "{fact}: {found:?}");
    }
}

#[test]
fn a_command_says_what_a_change_request_would_be_refused_for() {
    let ledger = signed();
    let answer = ledger.run(&["set", "agreement/charter", "required_of=nobody", "--dry-run"]);
    let fact = "CEDAR SCHOOL no longer has to sign “Charter”: it is required of fewer members";
    assert!(answer.status == 0 && answer.stdout.contains(fact), "{}", answer.stdout);
    let answer = ledger.run(&["set", "agreement/charter", "sign_by=2026-12-01", "--dry-run"]);
    assert!(!answer.stdout.contains("--since"), "a warning alone: {}", answer.stdout);
    for (field, way) in
        [("name=Charta", "coalition amend charter"), ("effective=2025-03-01", "coalition amend charter")]
    {
        let answer = ledger.run(&["set", "agreement/charter", field]);
        let fact = "is part of what members have signed";
        assert!(answer.status == 1 && answer.stdout.contains(fact) && answer.stdout.contains(way), "{}", answer.stdout);
    }
}

#[test]
fn a_request_begins_where_the_user_says_whatever_this_clone_calls_main() {
    let ledger = Ledger::of_three();
    ledger.append("coalition.toml", "\n[policy]\nssh_signatures = \"required\"\n");
    let (_folder, path, public) = crate::ssh::key(&["-t", "ed25519"]);
    git(ledger.path(), DAY, &["init", "-q", "-b", "main"]);
    let base = commit(ledger.path(), DAY);
    ledger.append("advocates/cam.toml", &format!("\n[[keys]]\nkey = \"{public}\"\n"));
    commit(ledger.path(), DAY);
    git(ledger.path(), DAY, &["update-ref", "refs/remotes/origin/main", "HEAD"]);
    let sign = ["sign", "charter", "--member", "cedar-school", "--yes", "--ssh-key", &path];
    assert_eq!(ledger.run(&sign).status, 0);
    commit(ledger.path(), DAY);
    let found = ledger.findings(&["--since", base.trim(), "--only", "self-added-key"]);
    assert_eq!(found.len(), 1, "a copy whose own main holds the key already");
}

#[test]
fn nothing_changes_unseen_while_nobody_is_bound() {
    type Change = fn(&Ledger);
    let windows: [(&str, Change, Change); 3] = [
        (
            "required of fewer",
            |l| l.replace(CHARTER, "effective", "ended = 2026-11-10\neffective"),
            |l| {
                l.replace(CHARTER, "ended = 2026-11-10\n", "required_of = [\"alder-friends\"]\n");
            },
        ),
        (
            "due by 2028-01-01",
            |l| l.replace(CHARTER, "effective", "ended = 2026-11-10\neffective"),
            |l| {
                l.replace(CHARTER, "ended = 2026-11-10\n", "sign_by = 2028-01-01\n");
            },
        ),
        (
            "`classification` has changed",
            |l| l.append(CEDAR_RECORD, "left = 2026-11-10\n"),
            |l| {
                l.replace(CEDAR_RECORD, "left = 2026-11-10\n", "");
                l.replace(CEDAR_RECORD, "\"other\"", "\"media\"");
            },
        ),
    ];
    for (fact, close, open) in windows {
        let ledger = signed();
        ledger.replace(CHARTER, "effective", "required_of = { classification = [\"other\"] }\neffective");
        if fact.starts_with("required") {
            ledger.replace(CHARTER, "required_of = { classification = [\"other\"] }\n", "");
        }
        close(&ledger);
        git(ledger.path(), DAY, &["switch", "-q", "main"]);
        commit(ledger.path(), DAY);
        git(ledger.path(), DAY, &["switch", "-q", "-C", "change"]);
        open(&ledger);
        let found = weakened(&ledger);
        assert!(found.iter().any(|one| one.2.contains(fact)), "{fact}: {found:?}");
    }
}

#[test]
fn a_signature_that_did_not_count_is_told_when_it_does() {
    for (required, expected) in [(false, "warning"), (true, "error")] {
        let ledger = Ledger::of_three();
        let (_folder, path, public) = crate::ssh::key(&["-t", "ed25519"]);
        ledger.append("advocates/cam.toml", &format!("\n[[keys]]\nkey = \"{public}\"\nvalid_from = 2026-01-01\n"));
        let sign = ["sign", "charter", "--member", "cedar-school", "--yes", "--ssh-key", &path, "--date", "2026-02-12"];
        assert_eq!(ledger.run(&sign).status, 0);
        ledger.replace("advocates/cam.toml", "name", "end_date = 2026-01-31\nname");
        if required {
            ledger.append("coalition.toml", "\n[policy]\nssh_signatures = \"required\"\n");
        }
        git(ledger.path(), DAY, &["init", "-q", "-b", "main"]);
        commit(ledger.path(), DAY);
        git(ledger.path(), DAY, &["switch", "-q", "-c", "change"]);
        ledger.replace("advocates/cam.toml", "2026-01-31", "2026-03-01");
        let found = weakened(&ledger);
        let fact = "its signature dated 2026-02-12 counts now, but did not before this change";
        assert!(found.iter().any(|one| one.0 == expected && one.2.contains(fact)), "{found:?}");
    }
}

#[test]
fn a_key_and_then_a_signature_are_no_weakening_of_the_main_branch() {
    let ledger = Ledger::of_three();
    let (_folder, path, public) = crate::ssh::key(&["-t", "ed25519"]);
    git(ledger.path(), "2026-10-01", &["init", "-q", "-b", "main"]);
    commit(ledger.path(), "2026-10-01");
    ledger.append("advocates/cam.toml", &format!("\n[[keys]]\nkey = \"{public}\"\n"));
    commit(ledger.path(), "2026-11-10");
    let sign = ["sign", "charter", "--member", "cedar-school", "--yes", "--ssh-key", &path];
    assert_eq!(ledger.run(&sign).status, 0);
    let whole = [text(&ledger, CEDAR), text(&ledger, "advocates/cam.toml")];
    commit(ledger.path(), "2026-11-12");
    assert_eq!(ledger.findings(&["--only", "weakened-gate"]), []);
    // Both in one step are.
    git(ledger.path(), "2026-11-12", &["reset", "-q", "--hard", "HEAD~2"]);
    ledger.put("signatures/charter/cedar-school.toml", &whole[0]);
    ledger.put("advocates/cam.toml", &whole[1]);
    commit(ledger.path(), "2026-11-12");
    assert_eq!(ledger.findings(&["--only", "weakened-gate"]).len(), 1);
}

#[test]
fn a_reason_for_a_change_that_is_past_may_run_out() {
    let ledger = signed();
    let allow = "\n[[allow]]\ncheck = \"weakened-gate\"\nbecause = \"decided\"\nuntil = 2026-11-12\n";
    ledger.append(CEDAR_RECORD, allow);
    assert_eq!(ledger.findings(&["--only", "expired-allow,unused-allow", "--today", "2026-11-20"]), []);
}

#[test]
fn a_ledger_that_is_moved_over_an_archive_is_compared_with_itself() {
    let ledger = signed();
    git(ledger.path(), DAY, &["switch", "-q", "main"]);
    let move_to = |from: &str, to: &str| {
        fs::create_dir_all(ledger.path().join(to)).unwrap();
        for name in ["members", "advocates", "agreements", "signatures", "coalition.toml"] {
            fs::rename(ledger.path().join(from).join(name), ledger.path().join(to).join(name)).unwrap();
        }
    };
    move_to(".", "ledger");
    for path in
        ["coalition.toml", "members/alder-friends.toml", "members/birch-library.toml", CEDAR_RECORD, CHARTER, CEDAR]
    {
        ledger.put(&format!("l2/{path}"), &text(&ledger, &format!("ledger/{path}")));
    }
    commit(ledger.path(), DAY);
    let inside = |folder: &str, arguments: &[&str]| crate::ledger::run_in(&ledger.path().join(folder), arguments);
    let withdraw =
        ["withdraw", "charter", "--member", "cedar-school", "--because", "no", "--yes", "--date", "2026-11-09"];
    assert_eq!(inside("ledger", &withdraw).status, 0);
    commit(ledger.path(), DAY);
    git(ledger.path(), DAY, &["switch", "-q", "-C", "change"]);
    fs::remove_dir_all(ledger.path().join("l2")).unwrap();
    move_to("ledger", "l2");
    fs::remove_dir_all(ledger.path().join("ledger")).unwrap();
    let path = format!("l2/{CEDAR}");
    let kept: String =
        text(&ledger, &path).lines().filter(|line| !line.starts_with("withdrawn")).map(|l| format!("{l}\n")).collect();
    ledger.put(&path, &kept);
    commit(ledger.path(), "2026-11-11");
    let answer = inside("l2", &["check", "--since", "main", "--only", "weakened-gate,unsigned-agreement"]);
    assert!(
        answer.status == 1 && answer.stdout.contains("its withdrawal dated 2026-11-09 is gone"),
        "{}",
        answer.stdout
    );
    let answer = inside("l2", &["check", "--only", "unsigned-agreement"]);
    assert!(answer.status == 1 && answer.stdout.contains("is no longer in any file"), "{}", answer.stdout);
}
