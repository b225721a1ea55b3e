//! `check --since REV`: the rules before a change judge the change. What weakens the gate is an error, what may be meant well is a
//! warning, and what happens on ordinary days is neither.

use crate::history::{commit, git};
use crate::ledger::Ledger;
use crate::sign::{CEDAR, CHARTER, text};
use std::fs;

pub const CEDAR_RECORD: &str = "members/cedar-school.toml";
pub const DAY: &str = "2026-11-10";

/// A ledger of three members who have all signed, in a repository with one commit on main.
pub fn signed() -> Ledger {
    let ledger = Ledger::of_three();
    ledger.replace(CHARTER, "required_of = \"members\"\n", "");
    for member in ["alder-friends", "birch-library", "cedar-school"] {
        let sign = ["sign", "charter", "--yes", "--member", member, "--date", "2026-11-01"];
        assert_eq!(ledger.run(&sign).status, 0);
    }
    git(ledger.path(), DAY, &["init", "-q", "-b", "main"]);
    commit(ledger.path(), DAY);
    git(ledger.path(), DAY, &["switch", "-q", "-c", "change"]);
    ledger
}

/// The findings of `check --since main` on the gate: severity, file and message.
pub fn weakened(ledger: &Ledger) -> Vec<(String, String, String)> {
    commit(ledger.path(), "2026-11-11");
    let answer = ledger.run(&["check", "--since", "main", "--only", "weakened-gate", "--format", "json"]);
    assert_eq!(answer.stderr, "");
    let json: serde_json::Value = serde_json::from_str(&answer.stdout).unwrap();
    let findings = json["findings"].as_array().unwrap().iter().filter(|found| found["check"] == "weakened-gate");
    let text = |found: &serde_json::Value, key: &str| found[key].as_str().unwrap().to_owned();
    findings.map(|found| (text(found, "severity"), text(found, "file"), text(found, "message"))).collect()
}

/// The severity of what a change weakens, where it does; each finding has to name what has changed.
fn severity(change: impl Fn(&Ledger), fact: &str) -> Option<String> {
    let ledger = signed();
    change(&ledger);
    let found = weakened(&ledger);
    let worst = found.iter().map(|(severity, ..)| severity.clone()).min();
    let mut of_worst = found.iter().filter(|(severity, ..)| Some(severity) == worst.as_ref());
    assert!(of_worst.all(|(_, _, message)| message.contains(fact)), "{fact} is missing from {found:?}");
    worst
}

#[test]
fn what_a_broken_file_explains_is_not_said_again() {
    let ledger = signed();
    fs::write(ledger.path().join(CEDAR_RECORD), b"name = \"Caf\xe9\"\n").unwrap();
    commit(ledger.path(), "2026-11-11");
    let found = ledger.findings(&["--since", "main"]);
    let about = |check: &str| found.iter().filter(|(name, ..)| name == check).count();
    assert_eq!((about("unreadable-file"), about("weakened-gate")), (1, 0), "{found:?}");
    assert!(!weakened(&ledger).is_empty(), "where the file is not reported, what it takes away is");
}

#[test]
fn what_takes_a_duty_away_is_an_error() {
    type Change = fn(&Ledger);
    let changes: [(&str, Change); 16] = [
        ("is required of fewer members", |l| l.replace(CHARTER, "effective", "required_of = []\neffective")),
        ("is required of fewer members", |l| l.replace(CHARTER, "effective", "required_of = \"nobody\"\neffective")),
        ("the agreement's record", |l| {
            fs::remove_file(l.path().join(CHARTER)).unwrap();
            fs::remove_dir_all(l.path().join("signatures")).unwrap();
        }),
        ("the member's record", |l| {
            fs::remove_file(l.path().join(CEDAR_RECORD)).unwrap();
            fs::remove_file(l.path().join(CEDAR)).unwrap();
            fs::remove_file(l.path().join("advocates/cam.toml")).unwrap();
        }),
        ("its `joined` date is gone", |l| l.replace(CEDAR_RECORD, "joined = 2025-01-15\n", "")),
        ("`joined` is now 2026-12-01", |l| l.replace(CEDAR_RECORD, "2025-01-15", "2026-12-01")),
        ("`joined` moved from 2025-01-15 to 2026-11-01", |l| l.replace(CEDAR_RECORD, "2025-01-15", "2026-11-01")),
        ("the text of version 1, which is signed, has changed", |l| l.replace(CHARTER, "monthly", "weekly")),
        ("`stale-signature` is now off", |l| {
            let root = text(l, "coalition.toml").replace("[checks]\n", "[checks]\nstale-signature = \"off\"\n");
            l.put("coalition.toml", &root);
        }),
        ("have 400 days to sign (before: 30)", |l| l.append("coalition.toml", "\n[policy]\nsign_days = 400\n")),
        ("`unsigned-agreement` is accepted here until 2027-01-01", |l| {
            let allow = "\n[[allow]]\ncheck = \"unsigned-agreement\"\nbecause = \"x\"\nuntil = 2027-01-01\n";
            l.append(CEDAR_RECORD, allow);
        }),
        ("`stale-signature` is accepted here indefinitely", |l| {
            l.append(CHARTER, "\n[[allow]]\ncheck = \"stale-signature\"\nbecause = \"x\"\n");
        }),
        ("version 2 has a new text, but does not require anyone to sign it", |l| {
            assert_eq!(l.run(&["amend", "charter", "--summary", "Dues"]).status, 0);
            l.replace(CHARTER, "We meet monthly and speak with one voice.", "Everybody pays 10,000 dollars a month.");
            assert_eq!(l.run(&["amend", "charter", "--pin"]).status, 0);
        }),
        ("version 1 no longer requires", |l| l.replace(CHARTER, "monthly", "daily")),
        ("now begins later", |l| l.append(CHARTER, "\n[[amendments]]\nversion = 1\ndate = 2099-01-01\n")),
        ("", |l| {
            l.put("docs/decoy/coalition.toml", "name = \"Decoy\"\n");
            l.replace(CHARTER, "effective", "required_of = [\"alder-friends\"]\neffective");
        }),
    ];
    for (fact, change) in changes {
        let fact = match fact {
            // Dates of the first version cannot move a duty: it began with its first signature.
            "now begins later" => {
                assert_eq!(severity(change, ""), None);
                continue;
            }
            "version 1 no longer requires" => "the text of version 1",
            fact => fact,
        };
        assert_eq!(severity(change, fact).as_deref(), Some("error"), "{fact}");
    }
}

#[test]
fn what_happens_on_ordinary_days_is_a_warning_or_nothing() {
    type Change = fn(&Ledger);
    let mild: [(&str, Change); 7] = [
        ("it leaves on 2026-12-10", |l| l.append(CEDAR_RECORD, "left = 2026-12-10\n")),
        ("the agreement ends on 2026-12-10", |l| l.replace(CHARTER, "effective", "ended = 2026-12-10\neffective")),
        ("it is now required only of the listed members", |l| {
            let all = "required_of = [\"alder-friends\", \"birch-library\", \"cedar-school\"]\neffective";
            l.replace(CHARTER, "effective", all);
        }),
        ("`rolled-back-terms` is now off", |l| {
            let root = text(l, "coalition.toml").replace("[checks]\n", "[checks]\nrolled-back-terms = \"off\"\n");
            l.put("coalition.toml", &root);
        }),
        ("it is now due by 2099-01-01", |l| {
            let amend = ["amend", "charter", "--summary", "New", "--resign", "--sign-by", "2099-01-01"];
            assert_eq!(l.run(&amend).status, 0);
        }),
        ("it left on 2026-11-10", |l| l.append(CEDAR_RECORD, "left = 2026-11-10\n")),
        ("the agreement ended on 2026-11-10", |l| l.replace(CHARTER, "effective", "ended = 2026-11-10\neffective")),
    ];
    for (fact, change) in mild {
        assert_eq!(severity(change, fact).as_deref(), Some("warning"), "{fact}");
    }
    let ordinary: [Change; 7] = [
        |l| {
            assert_eq!(l.run(&["amend", "charter", "--summary", "Dues", "--resign"]).status, 0);
            l.replace(CHARTER, "We meet monthly and speak with one voice.", "Everybody pays 10 dollars a month.");
            assert_eq!(l.run(&["amend", "charter", "--pin"]).status, 0);
            assert_eq!(l.run(&["amend", "charter", "--summary", "A typo"]).status, 0);
            l.replace(CHARTER, "10 dollars", "ten dollars");
            assert_eq!(l.run(&["amend", "charter", "--pin"]).status, 0);
        },
        |l| l.append(CEDAR_RECORD, "url = \"https://cedar.example.org\"\n"),
        |l| {
            l.put("advocates/cora.toml", "name = \"Cora Z\"\nmember = \"cedar-school\"\n");
            assert_eq!(l.run(&["set", "cedar-school", "representative=cora"]).status, 0);
        },
        |l| assert_eq!(l.run(&["rename", "member/cedar-school", "cedar"]).status, 0),
        |l| {
            l.put(
                "members/dove.toml",
                "name = \"Dove\"\nclassification = \"other\"\njoined = 2026-11-05\nrepresentative = \"ana\"\n",
            );
            assert_eq!(l.run(&["sign", "charter", "--member", "dove", "--yes"]).status, 0);
        },
        |l| {
            assert_eq!(l.run(&["amend", "charter", "--summary", "A typo"]).status, 0);
            l.replace(CHARTER, "one voice", "one clear voice");
            assert_eq!(l.run(&["amend", "charter", "--pin"]).status, 0);
        },
        |l| {
            assert_eq!(l.run(&["amend", "charter", "--summary", "Dues", "--resign"]).status, 0);
            l.replace(CHARTER, "We meet monthly and speak with one voice.", "Everybody pays 10 dollars a month.");
        },
    ];
    for (at, change) in ordinary.into_iter().enumerate() {
        assert_eq!(severity(change, ""), None, "{at}");
    }
}

#[test]
fn a_signature_that_rests_on_what_came_with_it_is_said() {
    for required in [false, true] {
        let ledger = Ledger::of_three();
        let (_folder, path, public) = crate::ssh::key(&["-t", "ed25519"]);
        if required {
            ledger.append("coalition.toml", "\n[policy]\nssh_signatures = \"required\"\n");
        }
        git(ledger.path(), DAY, &["init", "-q", "-b", "main"]);
        commit(ledger.path(), DAY);
        git(ledger.path(), DAY, &["switch", "-q", "-c", "change"]);
        ledger.append("advocates/ana.toml", &format!("\n[[keys]]\nkey = \"{public}\"\nvalid_from = 2026-01-01\n"));
        ledger.replace(CEDAR_RECORD, "\"cam\"", "\"ana\"");
        commit(ledger.path(), DAY);
        let sign = ["sign", "charter", "--member", "cedar-school", "--yes", "--ssh-key", &path];
        let answer = ledger.run(&sign);
        assert_eq!(answer.status, 0, "{}", answer.stdout);
        let found = weakened(&ledger);
        let expected = if required { "error" } else { "warning" };
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(found[0].0, expected);
        for fact in ["could not before this change", "the key of ana Z that proves it was not in the ledger"] {
            assert!(found[0].2.contains(fact), "{found:?}");
        }
    }
}

#[test]
fn an_amendment_in_force_keeps_its_day_its_pin_and_its_question() {
    let amended = || {
        let ledger = signed();
        git(ledger.path(), DAY, &["switch", "-q", "main"]);
        let amend =
            ["amend", "charter", "--summary", "Dues", "--resign", "--sign-by", "2026-11-20", "--today", "2026-11-05"];
        assert_eq!(ledger.run(&amend).status, 0);
        ledger.replace(CHARTER, "monthly", "weekly");
        let pinned = ledger.run(&["amend", "charter", "--pin", "--today", "2026-11-05"]);
        assert_eq!(pinned.status, 0, "{}", pinned.stdout);
        commit(ledger.path(), DAY);
        git(ledger.path(), DAY, &["switch", "-q", "-C", "change"]);
        assert_eq!(ledger.run(&["check"]).status, 1, "nobody has signed version 2 in time");
        ledger
    };
    let changes: [(&str, &str, &str); 3] = [
        ("resign = true", "resign = false", "no longer requires new signatures"),
        ("date = 2026-11-05", "date = 2027-06-01", "had been in force since 2026-11-05, but is now dated 2027-06-01"),
        ("sign_by = 2026-11-20", "sign_by = 2027-11-20", "it is now due by 2027-11-20"),
    ];
    for (old, new, fact) in changes {
        let ledger = amended();
        let changed = text(&ledger, CHARTER).replace(old, new).replace("sign_by = 2026-11-20", "sign_by = 2027-11-20");
        ledger.put(CHARTER, &changed);
        let found = weakened(&ledger);
        assert!(found.iter().any(|(_, _, message)| message.contains(fact)), "{fact}: {found:?}");
        let expected = if old.starts_with("sign_by") { "warning" } else { "error" };
        assert!(found.iter().any(|(severity, ..)| severity == expected), "{found:?}");
    }
    let ledger = amended();
    ledger.replace(CHARTER, "date = 2026-11-05", "date = 2027-06-01");
    ledger.replace(CHARTER, "sign_by = 2026-11-20", "sign_by = 2027-07-01");
    commit(ledger.path(), "2026-11-12");
    assert_eq!(ledger.run(&["check"]).status, 1, "the history knows that it was in force, also without --since");
    let ledger = amended();
    let pinned = text(&ledger, CHARTER);
    let without: String =
        pinned.lines().filter(|line| !line.starts_with("terms")).map(|line| format!("{line}\n")).collect();
    ledger.put(CHARTER, &without);
    assert!(weakened(&ledger).iter().any(|(severity, _, message)| severity == "error" && message.contains("version")));
}

#[test]
fn a_reason_lets_an_error_stand_only_for_its_own_change() {
    let ledger = signed();
    let narrow = "required_of = [\"alder-friends\", \"birch-library\"]\neffective";
    ledger.replace(CHARTER, "effective", narrow);
    let allow = "\n[[allow]]\ncheck = \"weakened-gate\"\nbecause = \"decided on November 9\"\nuntil = 2027-01-31\n";
    ledger.append(CHARTER, allow);
    assert_eq!(weakened(&ledger), [], "the record that weakens says why");
    assert_eq!(ledger.run(&["check", "--since", "main"]).status, 0);
    git(ledger.path(), DAY, &["switch", "-q", "-C", "main"]);
    git(ledger.path(), DAY, &["switch", "-q", "-c", "second"]);
    ledger.replace(CHARTER, "\"alder-friends\", ", "");
    let found = weakened(&ledger);
    assert_eq!(found.iter().map(|one| one.0.as_str()).collect::<Vec<_>>(), ["error"], "the old reason is none for it");
    ledger.replace(CHARTER, "until = 2027-01-31", "until = 2027-02-01");
    ledger.replace(CHARTER, "decided on November 9", "Decided, on November 9!");
    assert_eq!(weakened(&ledger).len(), 1, "nor spelled otherwise or for longer");
    ledger.replace(CHARTER, "Decided, on November 9!", "decided on November 11");
    assert_eq!(weakened(&ledger), []);
    let answer = ledger.run(&["check", "--since", "main"]);
    assert!(
        answer.stdout.contains("Accepted changes that weaken a requirement: 1 (until February 1, 2027)."),
        "{}",
        answer.stdout
    );
}

#[test]
fn an_exception_is_new_only_where_it_says_more() {
    let ledger = signed();
    git(ledger.path(), DAY, &["switch", "-q", "main"]);
    let allow = "\n[[allow]]\ncheck = \"unsigned-agreement\"\nbecause = \"the board meets\"\nuntil = 2027-01-31\n";
    ledger.append(CEDAR_RECORD, allow);
    commit(ledger.path(), DAY);
    git(ledger.path(), DAY, &["switch", "-q", "-C", "change"]);
    ledger.replace(CEDAR_RECORD, "the board meets", "the board meets on December 9");
    ledger.replace(CEDAR_RECORD, "2027-01-31", "2026-12-31");
    assert_eq!(ledger.run(&["rename", "member/cedar-school", "cedar"]).status, 0);
    assert_eq!(weakened(&ledger), []);
    ledger.replace("members/cedar.toml", "2026-12-31", "2027-02-28");
    assert_eq!(weakened(&ledger).len(), 1);
}

#[test]
fn an_agreement_that_is_over_is_compared_too() {
    let ledger = signed();
    git(ledger.path(), DAY, &["switch", "-q", "main"]);
    ledger.replace(CHARTER, "effective", "expires = 2026-11-09\neffective");
    commit(ledger.path(), DAY);
    git(ledger.path(), DAY, &["switch", "-q", "-C", "change"]);
    ledger.append(CEDAR_RECORD, "url = \"https://cedar.example.org\"\n");
    assert_eq!(weakened(&ledger), [], "that it is over is nothing new");
    ledger.replace(CHARTER, "expires = 2026-11-09", "expires = 2027-11-09\nrequired_of = [\"alder-friends\"]");
    let found = weakened(&ledger);
    assert_eq!(found.iter().filter(|one| one.0 == "error").count(), 2, "{found:?}");
}

#[test]
fn a_version_to_come_keeps_its_question() {
    let ledger = signed();
    git(ledger.path(), DAY, &["switch", "-q", "main"]);
    let amend = ["amend", "charter", "--summary", "New", "--resign", "--date", "2026-12-20"];
    assert_eq!(ledger.run(&amend).status, 0);
    ledger.replace(CHARTER, "monthly", "weekly");
    assert_eq!(ledger.run(&["amend", "charter", "--pin"]).status, 0);
    commit(ledger.path(), DAY);
    git(ledger.path(), DAY, &["switch", "-q", "-C", "change"]);
    ledger.replace(CHARTER, "resign = true", "resign = false");
    assert!(weakened(&ledger).iter().any(|one| one.0 == "error" && one.2.contains("no longer requires")));
    ledger.replace(CHARTER, "resign = false", "resign = true");
    ledger.replace(CHARTER, "date = 2026-12-20", "date = 2099-12-20");
    assert!(weakened(&ledger).iter().all(|one| one.0 == "warning" && one.2.contains("now begins on 2099-12-20")));
}

#[test]
fn a_member_is_not_the_one_whose_id_it_claims_to_have_had() {
    let ledger = signed();
    fs::remove_file(ledger.path().join(CEDAR_RECORD)).unwrap();
    fs::remove_file(ledger.path().join(CEDAR)).unwrap();
    ledger.append("members/alder-friends.toml", "other_ids = [\"cedar-school\"]\n");
    let found = weakened(&ledger);
    assert!(found.iter().any(|one| one.0 == "error" && one.2.contains("the member's record")), "{found:?}");
}

#[test]
fn an_archive_beside_it_is_not_the_ledger_of_before() {
    let ledger = signed();
    git(ledger.path(), DAY, &["switch", "-q", "main"]);
    let move_to = |from: &str, to: &str| {
        fs::create_dir_all(ledger.path().join(to)).unwrap();
        for name in ["members", "advocates", "agreements", "signatures", "coalition.toml"] {
            fs::rename(ledger.path().join(from).join(name), ledger.path().join(to).join(name)).unwrap();
        }
    };
    let lenient = text(&ledger, CHARTER).replace("effective", "required_of = []\neffective");
    for member in ["alder-friends", "birch-library", "cedar-school"] {
        let path = format!("members/{member}.toml");
        ledger.put(&format!("archive/{path}"), &text(&ledger, &path));
    }
    ledger.put("archive/coalition.toml", &text(&ledger, "coalition.toml"));
    ledger.put("archive/agreements/charter.toml", &lenient);
    move_to(".", "ledger");
    commit(ledger.path(), DAY);
    git(ledger.path(), DAY, &["switch", "-q", "-C", "change"]);
    move_to("ledger", "work");
    ledger.replace("work/agreements/charter.toml", "effective", "required_of = []\neffective");
    commit(ledger.path(), "2026-11-11");
    let answer = crate::ledger::run_in(&ledger.path().join("work"), &["check", "--since", "main"]);
    assert!(answer.status == 1 && answer.stdout.contains("it is required of fewer members"), "{}", answer.stdout);
}

#[test]
fn what_a_withdrawal_says_cannot_be_deleted() {
    let ledger = signed();
    git(ledger.path(), DAY, &["switch", "-q", "main"]);
    let withdraw =
        ["withdraw", "charter", "--member", "cedar-school", "--because", "no", "--yes", "--date", "2026-11-05"];
    assert_eq!(ledger.run(&withdraw).status, 0);
    commit(ledger.path(), DAY);
    git(ledger.path(), DAY, &["switch", "-q", "-C", "change"]);
    let without: String = text(&ledger, CEDAR)
        .lines()
        .filter(|line| !line.starts_with("withdrawn"))
        .map(|line| format!("{line}\n"))
        .collect();
    ledger.put(CEDAR, &without);
    let found = weakened(&ledger);
    assert!(
        found.iter().any(|one| one.0 == "error" && one.2.contains("its withdrawal dated 2026-11-05 is gone")),
        "{found:?}"
    );
    assert_eq!((ledger.run(&["check"]).status, ledger.run(&["verify"]).status), (1, 1), "also without --since");
    assert_eq!(ledger.run(&["sign", "charter", "--member", "cedar-school", "--yes"]).status, 0, "it may sign again");
    assert_eq!(weakened(&ledger), []);
}

#[test]
fn the_ledger_before_is_found_where_it_lay() {
    let ledger = signed();
    for folder in ["members", "advocates", "agreements", "signatures", "coalition.toml"] {
        fs::create_dir_all(ledger.path().join("work/ledger")).unwrap();
        fs::rename(ledger.path().join(folder), ledger.path().join("work/ledger").join(folder)).unwrap();
    }
    commit(ledger.path(), "2026-11-11");
    let moved = |arguments: &[&str]| crate::ledger::run_in(&ledger.path().join("work/ledger"), arguments);
    assert_eq!(moved(&["check", "--since", "main"]).status, 0);
    let place = ledger.path().join("work/ledger").join(CEDAR_RECORD);
    let record = fs::read_to_string(&place).unwrap();
    fs::write(&place, record.replace("joined = 2025-01-15\n", "")).unwrap();
    let answer = moved(&["check", "--since", "main"]);
    assert!(answer.status == 1 && answer.stdout.contains("weakened-gate"), "{}", answer.stdout);
    for (since, fact) in [("", "needs a branch"), ("nowhere", "not a branch, tag or commit")] {
        let answer = moved(&["check", "--since", since]);
        assert!(answer.status == 2 && answer.stderr.contains(fact), "{}", answer.stderr);
    }
}

#[test]
fn a_move_of_the_ledger_hides_nothing_of_its_history() {
    let ledger = signed();
    git(ledger.path(), DAY, &["switch", "-q", "main"]);
    // Another ledger in the repository, with members of the same names.
    ledger.put("archive/coalition.toml", "name = \"Old\"\n");
    ledger.put("archive/members/alder-friends.toml", &text(&ledger, "members/alder-friends.toml"));
    let withdraw =
        ["withdraw", "charter", "--member", "cedar-school", "--because", "no", "--yes", "--date", "2026-11-05"];
    assert_eq!(ledger.run(&withdraw).status, 0);
    commit(ledger.path(), DAY);
    let without: String = text(&ledger, CEDAR)
        .lines()
        .filter(|line| !line.starts_with("withdrawn"))
        .map(|line| format!("{line}\n"))
        .collect();
    ledger.put(CEDAR, &without);
    let folder = ledger.path().join("work/ledger");
    fs::create_dir_all(&folder).unwrap();
    for name in ["members", "advocates", "agreements", "signatures", "coalition.toml"] {
        fs::rename(ledger.path().join(name), folder.join(name)).unwrap();
    }
    commit(ledger.path(), "2026-11-12");
    let answer = crate::ledger::run_in(&folder, &["check"]);
    assert_eq!(answer.status, 1, "{}", answer.stdout);
    assert!(answer.stdout.contains("withdrew its signature") && answer.stdout.contains("is no longer in any file"));
}

#[test]
fn on_the_main_branch_the_last_weeks_are_told_by_commit() {
    let ledger = signed();
    git(ledger.path(), DAY, &["switch", "-q", "main"]);
    ledger.append(CEDAR_RECORD, "tags = [\"x\"]\n");
    commit(ledger.path(), "2026-11-12");
    ledger.replace(CHARTER, "effective", "required_of = [\"alder-friends\", \"birch-library\"]\neffective");
    let id = commit(ledger.path(), "2026-11-14");
    ledger.append(CEDAR_RECORD, "url = \"https://cedar.example.org\"\n");
    commit(ledger.path(), "2026-11-16");
    let read = |today: &str| {
        let answer = ledger.run(&["check", "--today", today, "--format", "json"]);
        let json: serde_json::Value = serde_json::from_str(&answer.stdout).unwrap();
        let findings = json["findings"].as_array().unwrap().clone();
        findings.into_iter().filter(|found| found["check"] == "weakened-gate").collect::<Vec<_>>()
    };
    let found = read("2026-11-22");
    assert_eq!(found.len(), 3, "each duty: {found:?}");
    assert!(found.iter().all(|one| one["severity"] == "warning"));
    assert!(found.iter().all(|one| one["message"].as_str().unwrap().contains(&id[..10])), "{found:?}");
    commit(ledger.path(), "2026-01-01");
    assert_eq!(read("2026-11-22"), found, "a commit is not older than those before it");
    assert_eq!(read("2026-12-14").len(), 0, "after thirty days it is past");
    assert_eq!(ledger.run(&["check"]).status, 0);
}

#[test]
fn two_hundred_signers_on_two_hundred_branches_merge_without_a_conflict() {
    let ledger = Ledger::of_three();
    for at in 0..200 {
        ledger.put(
            &format!("members/m{at}.toml"),
            &format!("name = \"M {at}\"\nclassification = \"other\"\njoined = 2025-01-15\nrepresentative = \"ana\"\n"),
        );
    }
    for old in ["alder-friends", "birch-library", "cedar-school"] {
        ledger.append(&format!("members/{old}.toml"), "left = 2025-06-30\n");
    }
    git(ledger.path(), DAY, &["init", "-q", "-b", "main"]);
    commit(ledger.path(), DAY);
    let digest = ledger.run(&["terms", "charter", "--digest"]).stdout;
    for at in 0..200 {
        git(ledger.path(), DAY, &["switch", "-q", "-c", &format!("b{at}"), "main"]);
        let path = format!("signatures/charter/m{at}.toml");
        let entry =
            format!("[[signatures]]\nby = \"ana\"\ndate = 2026-11-01\nversion = 1\nterms = \"{}\"\n", digest.trim());
        ledger.put(&path, &entry);
        git(ledger.path(), DAY, &["add", "-A"]);
        git(ledger.path(), DAY, &["commit", "-qm", "sign"]);
    }
    git(ledger.path(), DAY, &["switch", "-q", "main"]);
    // In an order that is not theirs: 77 has no common divisor with 200.
    for at in 0..200 {
        git(ledger.path(), "2026-11-12", &["merge", "-q", "--no-edit", &format!("b{}", at * 77 % 200)]);
    }
    let answer = ledger.run(&["check"]);
    assert_eq!(answer.status, 0, "{}", answer.stdout);
    assert!(answer.stdout.contains("Required signatures: 200 of 200 are valid (200 members, 1 agreement)."));
}

#[test]
fn an_id_that_another_person_has_now_makes_nobody_a_signatory_unseen() {
    let swapped = |take: &dyn Fn(&Ledger)| {
        let ledger = Ledger::of_three();
        ledger.put("advocates/mal.toml", "name = \"Mal Z\"\nmember = \"alder-friends\"\n");
        git(ledger.path(), DAY, &["init", "-q", "-b", "main"]);
        commit(ledger.path(), DAY);
        git(ledger.path(), DAY, &["switch", "-q", "-c", "change"]);
        assert_eq!(ledger.run(&["rename", "advocate/cam", "cam-old"]).status, 0);
        ledger.replace(CEDAR_RECORD, "\"cam-old\"", "\"cam\"");
        take(&ledger);
        weakened(&ledger)
    };
    let renamed = |ledger: &Ledger| {
        fs::rename(ledger.path().join("advocates/mal.toml"), ledger.path().join("advocates/cam.toml")).unwrap();
        ledger.append("advocates/cam.toml", "other_ids = [\"mal\"]\n");
    };
    let new = |ledger: &Ledger| ledger.put("advocates/cam.toml", "name = \"New Z\"\nmember = \"cedar-school\"\n");
    for take in [&renamed as &dyn Fn(&Ledger), &new] {
        let found = swapped(take);
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].0 == "warning" && found[0].2.ends_with("someone else may now sign for it"), "{found:?}");
    }
}

#[test]
fn a_choice_of_members_that_grows_narrower_is_a_warning_though_it_fits_all_of_today() {
    let ledger = signed();
    let choose = |choice: &str| {
        let lines: String = text(&ledger, CHARTER)
            .lines()
            .filter(|line| !line.starts_with("required_of"))
            .map(|line| if line.starts_with("effective") { format!("{choice}{line}\n") } else { format!("{line}\n") })
            .collect();
        ledger.put(CHARTER, &lines);
        weakened(&ledger)
    };
    let all = "required_of = { classification = [\"other\", \"school\"] }\n";
    let found = choose(all);
    assert!(found.len() == 3 && found.iter().all(|one| one.0 == "warning"), "{found:?}");
    assert!(found[0].2.ends_with(
        "it is now required only of members of some classifications or sectors, and not of others that join later"
    ));
    git(ledger.path(), DAY, &["switch", "-q", "main"]);
    git(ledger.path(), DAY, &["merge", "-q", "--ff-only", "change"]);
    git(ledger.path(), DAY, &["switch", "-q", "change"]);
    assert_eq!(
        choose("required_of = { classification = [\"other\", \"school\", \"business\"] }\n"),
        [],
        "more of them"
    );
    assert_eq!(choose("required_of = \"members\"\n"), [], "all of them");
    let found = choose("required_of = { classification = [\"other\"] }\n");
    assert!(
        found.len() == 3 && found.iter().all(|one| one.0 == "warning" && one.2.contains("fewer classifications")),
        "{found:?}"
    );
    let found = choose(&all.replace(" }", ", sector = [\"education\"] }"));
    assert!(found.iter().all(|one| one.0 == "error"), "who has no sector has no duty any more: {found:?}");
}

#[test]
fn a_rename_that_is_taken_back_takes_nothing_away() {
    let (_folder, path, public) = crate::ssh::key(&["-t", "ed25519"]);
    let ledger = Ledger::of_three();
    ledger.append("coalition.toml", "\n[policy]\nssh_signatures = \"required\"\n");
    ledger.append("advocates/cam.toml", &format!("\n[[keys]]\nkey = \"{public}\"\nvalid_from = 2026-01-01\n"));
    git(ledger.path(), "2026-10-01", &["init", "-q", "-b", "main"]);
    commit(ledger.path(), "2026-10-01");
    let sign = ["sign", "charter", "--member", "cedar-school", "--yes", "--ssh-key", &path, "--date", "2026-10-02"];
    assert_eq!(ledger.run(&sign).status, 0);
    commit(ledger.path(), "2026-10-02");
    for rename in [["rename", "advocate/cam", "cameron"], ["rename", "member/cedar-school", "cedar"]] {
        assert_eq!(ledger.run(&rename).status, 0);
        commit(ledger.path(), DAY);
    }
    git(ledger.path(), DAY, &["switch", "-q", "-c", "change"]);
    git(ledger.path(), "2026-11-11", &["revert", "--no-edit", "HEAD", "HEAD~1"]);
    assert_eq!(weakened(&ledger), []);
    git(ledger.path(), "2026-11-11", &["switch", "-q", "main"]);
    git(ledger.path(), "2026-11-11", &["merge", "-q", "--no-ff", "-m", "x", "change"]);
    let checks = "rolled-back-terms,self-added-key,weakened-gate,invalid-signature";
    assert_eq!(ledger.findings(&["--only", checks]), [], "renamed, and back");
    assert_eq!(crate::sign::state(&ledger, "cedar-school", &[]), "signed");
}

#[test]
fn a_key_that_ends_after_it_signed_is_no_weakening_on_main_either() {
    let (_folder, path, public) = crate::ssh::key(&["-t", "ed25519"]);
    let ledger = Ledger::of_three();
    ledger.append("advocates/cam.toml", &format!("\n[[keys]]\nkey = \"{public}\"\nvalid_from = 2026-01-01\n"));
    git(ledger.path(), DAY, &["init", "-q", "-b", "main"]);
    commit(ledger.path(), DAY);
    let sign = ["sign", "charter", "--member", "cedar-school", "--yes", "--ssh-key", &path, "--date", DAY];
    assert_eq!(ledger.run(&sign).status, 0);
    commit(ledger.path(), "2026-11-11");
    ledger.append("advocates/cam.toml", "valid_until = 2026-11-12\n");
    commit(ledger.path(), "2026-11-13");
    assert_eq!(ledger.findings(&["--only", "weakened-gate"]), []);
}

#[test]
fn somebody_of_another_member_who_may_sign_next_is_seen_though_the_member_has_signed() {
    let ledger = signed();
    ledger.replace(CEDAR_RECORD, "\"cam\"", "\"ben\"");
    let found = weakened(&ledger);
    assert!(found.len() == 1 && found[0].0 == "warning", "{found:?}");
    assert!(found[0].2.ends_with("ben Z, who does not belong to this member, may now sign for it"), "{found:?}");
    let ledger = signed();
    ledger.append(CEDAR_RECORD, "\n[[former_signatories]]\nadvocate = \"ben\"\nuntil = 2026-06-30\n");
    let found = weakened(&ledger);
    assert!(
        found.len() == 1 && found[0].2.starts_with("the requirement that CEDAR SCHOOL"),
        "for an earlier time: {found:?}"
    );
    let ledger = signed();
    ledger.put("advocates/cora.toml", "name = \"Cora Z\"\nmember = \"cedar-school\"\n");
    ledger.replace(CEDAR_RECORD, "\"cam\"", "\"cora\"");
    assert_eq!(weakened(&ledger), [], "a new representative is an ordinary day");
}

#[test]
fn a_version_that_asks_again_before_the_last_one_was_signed_gives_more_time() {
    let ledger = signed();
    let on = |arguments: &[&str]| drop(git(ledger.path(), DAY, arguments));
    let amend = |sign_by: &str, from: &str, to: &str| {
        let amend = ["amend", "charter", "--summary", "Dues", "--resign", "--sign-by", sign_by];
        assert_eq!(ledger.run(&amend).status, 0);
        ledger.replace(CHARTER, from, to);
        assert_eq!(ledger.run(&["amend", "charter", "--pin"]).status, 0);
    };
    amend("2026-12-20", "monthly", "weekly");
    assert_eq!(weakened(&ledger), [], "a new version has a time of its own");
    on(&["switch", "-q", "main"]);
    on(&["merge", "-q", "--ff-only", "change"]);
    on(&["switch", "-q", "change"]);
    amend("2027-01-20", "weekly", "daily");
    let found = weakened(&ledger);
    assert!(found.len() == 3 && found.iter().all(|one| one.0 == "warning"), "{found:?}");
    assert!(found[0].2.ends_with("it is now due by 2027-01-20, and was due by 2026-12-20"), "{found:?}");
    // One that begins only later puts the day off as well.
    git(ledger.path(), DAY, &["reset", "-q", "--hard", "main"]);
    let amend = ["amend", "charter", "--summary", "x", "--resign", "--sign-by", "2027-01-20", "--date", "2026-12-10"];
    assert_eq!(ledger.run(&amend).status, 0);
    ledger.replace(CHARTER, "weekly", "daily");
    assert_eq!(ledger.run(&["amend", "charter", "--pin"]).status, 0);
    let found = weakened(&ledger);
    let part = "version 3 gives it until 2027-01-20 from 2026-12-10 on, but it is due by 2026-12-20";
    assert!(found.len() == 3 && found.iter().all(|one| one.0 == "warning" && one.2.ends_with(part)), "{found:?}");
}

#[test]
fn what_began_within_the_last_weeks_and_was_weakened_is_reported_on_main() {
    type Change = fn(&Ledger);
    let changes: [(&str, Change); 4] = [
        ("the member's record, members/cedar-school.toml, is gone", |l| {
            for path in [CEDAR_RECORD, CEDAR, "advocates/cam.toml"] {
                fs::remove_file(l.path().join(path)).unwrap();
            }
        }),
        ("`joined` moved from 2026-11-01 to 2026-11-15", |l| l.replace(CEDAR_RECORD, "2026-11-01", "2026-11-15")),
        ("it is required of fewer members", |l| {
            l.replace(CHARTER, "effective", "required_of = [\"alder-friends\", \"birch-library\"]\neffective");
        }),
        ("the text of version 1, which is signed, has changed", |l| l.replace(CHARTER, "monthly", "weekly")),
    ];
    for (part, change) in changes {
        let ledger = signed();
        git(ledger.path(), DAY, &["switch", "-q", "main"]);
        // The school is gone on the first day that is compared, and comes later.
        let (record, signature, person) =
            (text(&ledger, CEDAR_RECORD), text(&ledger, CEDAR), text(&ledger, "advocates/cam.toml"));
        for path in [CEDAR_RECORD, CEDAR, "advocates/cam.toml"] {
            fs::remove_file(ledger.path().join(path)).unwrap();
        }
        commit(ledger.path(), DAY);
        ledger.put(CEDAR_RECORD, &record.replace("2025-01-15", "2026-11-01"));
        ledger.put(CEDAR, &signature.replace("date = 2026-11-01", "date = 2026-11-19"));
        ledger.put("advocates/cam.toml", &person);
        commit(ledger.path(), "2026-11-19");
        change(&ledger);
        let id = commit(ledger.path(), "2026-11-20");
        let answer = ledger.run(&["check", "--only", "weakened-gate", "--format", "json", "--today", "2026-12-12"]);
        let json: serde_json::Value = serde_json::from_str(&answer.stdout).unwrap();
        let found: Vec<&str> =
            json["findings"].as_array().unwrap().iter().filter_map(|one| one["message"].as_str()).collect();
        let cedar = found.iter().find(|one| one.contains("CEDAR SCHOOL") && one.contains(part));
        assert!(cedar.is_some_and(|one| one.contains(&id[..10])), "{part}: {found:?}");
    }
}
