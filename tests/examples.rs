//! The two example ledgers: one in which all is well, and one that has lived.

use crate::ledger::{TODAY, repository, run_in};
use serde_json::Value;

fn run(example: &str, arguments: &[&str]) -> crate::ledger::Answer {
    run_in(&repository("examples").join(example), arguments)
}

fn json(example: &str, arguments: &[&str]) -> Value {
    serde_json::from_str(&run(example, arguments).stdout).unwrap()
}

#[test]
fn the_minimal_ledger_is_well() {
    let answer = run("minimal", &["check", "--deny", "note"]);
    let gate = "Required signatures: 2 of 2 are valid (2 members, 1 agreement). As of November 22, 2026 (set by \
                COALITION_TODAY), ledger examples/minimal.\n";
    assert_eq!((answer.status, answer.stdout), (0, format!("All is well: 8 records in 9 files.\n{gate}")));
    assert_eq!(run("minimal", &["verify"]).status, 0);
}

#[test]
fn riverton_has_the_faults_it_is_meant_to_have() {
    let answer = json("riverton", &["check", "--format", "json"]);
    let findings = answer["findings"].as_array().unwrap().iter();
    let found: Vec<(&str, &str, &str)> = findings
        .map(|f| (f["check"].as_str().unwrap(), f["record"].as_str().unwrap_or("-"), f["severity"].as_str().unwrap()))
        .collect();
    let expected = [
        ("unconsented-listing", "advocate/anthony-brevard", "note"),
        ("overdue-contact", "advocate/anthony-brevard", "warning"),
        ("idle-notable", "advocate/beatrice-lowell", "note"),
        ("overdue-contact", "advocate/beatrice-lowell", "warning"),
        ("overdue-follow-up", "advocate/thuy-nguyen-carter", "warning"),
        ("overdue-contact", "advocate/walter-abernethy", "warning"),
        ("unsigned-agreement", "agreement/charter", "error"),
        ("agreement-expiring", "agreement/student-card-data", "warning"),
        ("missing-sector", "-", "warning"),
        ("vacant-seat", "committee/advocacy", "warning"),
        ("uncovered-hours", "committee/emergency", "warning"),
        ("expiring-term", "committee/steering", "note"),
        ("uncredited-contribution", "contribution/courthouse-sound-system", "warning"),
        ("uncredited-contribution", "contribution/first-sunday-pastries", "warning"),
        ("rushed-decision", "decision/digital-navigators-goal", "warning"),
        ("thin-endorsement", "goal/bookmobile-river-stops", "warning"),
        ("stale-goal", "goal/bookmobile-river-stops", "warning"),
        ("overdue-milestone", "goal/bookmobile-river-stops", "warning"),
        ("long-message", "goal/digital-navigators", "warning"),
        ("overdue-action", "meeting/2026-11-03-regular", "warning"),
        ("overdue-follow-up", "member/friends-bookmobile", "warning"),
        ("dominant-member", "member/friends-riverton", "warning"),
        ("one-way-support", "member/alder-literacy", "note"),
        ("one-way-support", "member/eastbank-neighbors", "note"),
        ("overdue-follow-up", "member/ferry-street-merchants", "warning"),
        ("expired-allow", "member/ferry-street-merchants", "error"),
        ("unserved-member", "member/local-417", "warning"),
        ("overdue-follow-up", "member/local-417", "warning"),
        ("contested-turf", "member/riverton-schools", "warning"),
        ("neglected-official", "official/kimberly-oyelaran", "warning"),
        ("neglected-official", "official/thomas-brandvold", "warning"),
        ("overdue-follow-up", "official/thomas-brandvold", "warning"),
        ("unanswered-request", "request/levee-road-crossing", "warning"),
        ("stale-signature", "agreement/shared-space-memorandum", "error"),
    ];
    assert_eq!(found, expected);
    assert_eq!(answer["today"], TODAY);
    assert_eq!(
        answer["summary"],
        serde_json::json!({"files": 120, "records": 96, "errors": 3, "warnings": 26, "notes": 5, "accepted": 1})
    );
    assert_eq!(run("riverton", &["check"]).status, 1);
}

#[test]
fn the_matrix_of_riverton_names_the_two_that_are_missing() {
    let answer = json("riverton", &["verify", "--format", "json"]);
    assert_eq!(answer["complete"], false);
    let state = |member: &str, agreement: &str| {
        let members = answer["members"].as_array().unwrap();
        let member = members.iter().find(|row| row["id"] == member).unwrap();
        member["cells"][agreement]["state"].as_str().unwrap().to_owned()
    };
    assert_eq!(state("ferry-street-merchants", "charter"), "missing");
    assert_eq!(state("riverton-interfaith", "shared-space-memorandum"), "stale");
    assert_eq!(state("riverton-schools", "student-card-data"), "signed");
    let counting: u64 = answer["agreements"].as_array().unwrap().iter().map(|a| a["counting"].as_u64().unwrap()).sum();
    let required: u64 = answer["agreements"].as_array().unwrap().iter().map(|a| a["required"].as_u64().unwrap()).sum();
    assert_eq!((counting, required), (21, 23));
}

/// Words that only the files speak; a report says them for people.
const FILE_WORDS: [&str; 12] = [
    "friends-riverton",
    "rosa-delgado",
    "true",
    "false",
    "in_person",
    "in-person",
    "friends-group",
    "stand-aside",
    "shared-space-memorandum",
    "null",
    "[]",
    "2026-",
];

#[test]
fn reports_speak_to_people() {
    for arguments in [&["report"] as &[&str], &["report", "signatures"], &["report", "--format", "markdown"]] {
        let page = run("riverton", arguments).stdout;
        assert!(page.lines().count() > 40, "{arguments:?}");
        for word in FILE_WORDS {
            assert!(!page.contains(word), "{arguments:?} says {word}");
        }
        let lines: Vec<&str> = page.lines().collect();
        for pair in lines.windows(3) {
            let is_heading = pair[1].len() > 2 && pair[1].chars().all(|c| c == '-');
            assert!(!is_heading || !pair[2].is_empty(), "{} is empty in {arguments:?}", pair[0]);
        }
    }
}

#[test]
fn the_same_call_twice_gives_the_same_bytes() {
    for arguments in [
        &["check"] as &[&str],
        &["check", "--format", "json"],
        &["report"],
        &["report", "--format", "yaml"],
        &["report", "signatures", "--format", "json"],
        &["list", "advocates", "--format", "csv", "--private"],
        &["show", "member/tobias-renner", "--format", "json"],
        &["verify"],
        &["schema", "goal"],
    ] {
        let first = run("riverton", arguments);
        let second = run_in(
            &repository("examples/riverton/members"),
            &[arguments, &["--today", TODAY, "--color", "auto"]].concat(),
        );
        assert!(!first.stdout.is_empty() && first.stderr.is_empty(), "{arguments:?}: {}", first.stderr);
        // What set the ledger and the day is said where something did.
        let plain = |text: &str| {
            let text = text.replace(" (set by --ledger)", "").replace(" (set by --today)", "");
            let text = text.replace(" (set by COALITION_TODAY)", "").replace("\"COALITION_TODAY\"", "null");
            text.replace("\"--ledger\"", "null").replace("\"--today\"", "null")
        };
        assert_eq!((plain(&first.stdout), first.status), (plain(&second.stdout), second.status), "{arguments:?}");
    }
}

#[test]
fn today_moves_the_report_through_time() {
    let brief = |today: &str| run("riverton", &["report", "--today", today]).stdout;
    assert!(brief("2026-11-22").contains("Tuesday, December 1, 2026"));
    let earlier = brief("2025-12-01");
    assert!(earlier.contains("Monday, December 1, 2025") && !earlier.contains("Digital navigators at three counters"));
    let before = run("riverton", &["verify", "--today", "2024-10-01"]);
    assert_eq!(before.status, 1, "nobody had joined");
}

/// The files of a folder with their text, by their path.
fn texts(folder: &std::path::Path) -> std::collections::BTreeMap<String, String> {
    let entries = walkdir::WalkDir::new(folder).into_iter().filter_map(Result::ok);
    let files = entries.filter(|entry| entry.file_type().is_file());
    files
        .map(|entry| {
            let path = entry.path().strip_prefix(folder).unwrap().to_str().unwrap().replace('\\', "/");
            (path, std::fs::read_to_string(entry.path()).unwrap().replace("\r\n", "\n"))
        })
        .collect()
}

#[test]
fn the_pages_of_riverton_are_current() {
    let committed = repository("examples/riverton/docs");
    let made = tempfile::tempdir().unwrap();
    let to = made.path().join("docs");
    let answer = run("riverton", &["render", "--output", to.to_str().unwrap()]);
    assert_eq!(answer.status, 0, "{}", answer.stderr);
    let made = texts(&to);
    assert!(made.len() > 50, "{}", made.len());
    if std::env::var_os("BLESS").is_some() {
        let _ = std::fs::remove_dir_all(&committed);
        for (path, text) in &made {
            let place = committed.join(path);
            std::fs::create_dir_all(place.parent().unwrap()).unwrap();
            std::fs::write(place, text).unwrap();
        }
    }
    assert!(texts(&committed) == made, "examples/riverton/docs is not current; `BLESS=1 cargo test` writes it again");
}
