//! Mistakes that people make when they write files: each is told at its place, all of them in one run.

use crate::ledger::Ledger;

/// A ledger of two, in which everything is well.
fn sound() -> Ledger {
    let ledger = Ledger::of_three();
    for (member, advocate) in [("alder-friends", "ana"), ("birch-library", "ben"), ("cedar-school", "cam")] {
        ledger.sign(member, advocate);
    }
    assert_eq!(ledger.findings(&[]), []);
    ledger
}

fn places(ledger: &Ledger, file: &str) -> Vec<(String, u64, u64)> {
    let findings = ledger.findings(&[]).into_iter().filter(|(_, path, ..)| path == file);
    findings.map(|(check, _, line, column)| (check, line, column)).collect()
}

fn expect(text: &str, expected: &[(&str, u64, u64)]) {
    let ledger = sound();
    ledger.put("members/dogwood.toml", text);
    let expected: Vec<_> = expected.iter().map(|(check, line, column)| ((*check).to_owned(), *line, *column)).collect();
    assert_eq!(places(&ledger, "members/dogwood.toml"), expected, "{text}");
}

#[test]
fn five_mistakes_are_five_findings() {
    expect(
        "name = \"Dogwood\"\nclassification = \"libary\"\njoind = 2026-11-20\nareas = \"north\"\nurl = \"dogwood\"\n\
         representative = \"anna\"\njoined = 2026-11-01\n",
        &[
            ("invalid-value", 2, 18),
            ("unknown-field", 3, 1),
            ("wrong-type", 4, 9),
            ("invalid-value", 5, 7),
            ("unresolved-reference", 6, 18),
        ],
    );
}

#[test]
fn the_count_of_fixes_is_what_the_fixes_are_and_errors_that_stay_fail() {
    let ledger = sound();
    // What the first fix brings up is fixed too, and what would leave the line wrong is not.
    ledger.put(
        "members/dogwood.toml",
        "name = “Dogwood”\nclasification = \"libary\"\njoined = \"2026-11-01\"\nareas = 1\n",
    );
    let check = ledger.run(&["check"]);
    let tried = ledger.run(&["check", "--fix", "--dry-run"]);
    assert_eq!((check.status, tried.status), (1, 1));
    let said = check.stdout.split("`coalition check --fix` corrects ").nth(1).unwrap();
    let said = said.split('.').next().unwrap();
    assert!(tried.stdout.contains(&format!("{said} would be fixed")), "{said}: {}", tried.stdout);
    let fixed = ledger.run(&["check", "--fix", "--yes"]);
    assert!(fixed.status == 1 && fixed.stdout.contains(&format!("{said} fixed; 1 error is left")), "{}", fixed.stdout);
    let again = ledger.run(&["check", "--fix", "--yes"]);
    assert!(again.status == 1 && again.stdout.contains("Nothing can be fixed"), "{}", again.stdout);
    ledger.replace("members/dogwood.toml", "areas = 1\n", "");
    ledger.put("members/dogwood.toml", "name = \"Dogwood\"\nclassification = \"library\"\nidentified = 2026-11-01\n");
    assert_eq!(ledger.run(&["check", "--fix", "--yes"]).status, 0, "nothing is wrong anymore");
}

#[test]
fn mistakes_of_form_do_not_hide_others() {
    expect(
        "name = \"Dogwood\nclassification = library\nidentified = 2026-02-30\nareas = [\"north\"\nurl = \"dogwood\"\n\
         [process\nlead_days = \"x\"\n",
        &[
            ("invalid-toml", 1, 8),
            ("invalid-toml", 2, 18),
            ("invalid-value", 3, 14),
            ("invalid-toml", 4, 9),
            ("invalid-value", 5, 7),
            ("invalid-toml", 6, 1),
            ("wrong-type", 7, 13),
        ],
    );
}

/// The checks that say something about the charter.
fn about_the_charter(ledger: &Ledger) -> Vec<String> {
    let findings = ledger.findings(&[]).into_iter().filter(|(_, file, ..)| file == "agreements/charter.toml");
    findings.map(|(check, ..)| check).collect()
}

#[test]
fn one_fault_of_an_agreement_does_not_hide_another() {
    let ledger = Ledger::of_three();
    ledger.sign("alder-friends", "ana");
    ledger.sign("birch-library", "ben");
    ledger.replace("agreements/charter.toml", "rights = [\"one vote each\"]\n", "");
    assert_eq!(about_the_charter(&ledger), ["one-sided-agreement", "unsigned-agreement"]);
    ledger.replace("agreements/charter.toml", "by = \"ben\"\n", "");
    let expected = ["one-sided-agreement", "unsigned-agreement", "missing-field"];
    assert_eq!(about_the_charter(&ledger), expected, "one has not signed, and one signature lacks its signatory");
}

#[test]
fn rights_that_cannot_be_read_are_told_once() {
    let ledger = sound();
    ledger.replace("agreements/charter.toml", "[\"one vote each\"]", "\"one vote each\"");
    assert_eq!(about_the_charter(&ledger), ["wrong-type"]);
}

#[test]
fn a_meeting_does_not_end_before_it_begins() {
    let ledger = sound();
    ledger.put("meetings/m.toml", "name = \"M\"\ndate = 2026-11-03\nstart_time = 19:00:00\nend_time = 18:00:00\n");
    let expected = ("dates-out-of-order".to_owned(), "meetings/m.toml".to_owned(), 4, 12);
    assert_eq!(ledger.findings(&[]), [expected]);
}

#[test]
fn a_field_under_a_heading_is_told_once() {
    expect(
        "name = \"Dogwood\"\n[process]\nlead_days = 3\nclassification = \"other\"\nareas = [\"x\", 5]\n",
        &[("unknown-field", 4, 1), ("unknown-field", 5, 1)],
    );
}

#[test]
fn a_file_that_cannot_be_read_is_not_said_to_be_missing() {
    let ledger = sound();
    std::fs::write(ledger.path().join("advocates/ana.toml"), b"name = \"An\xe1\"\n").unwrap();
    let checks: Vec<_> = ledger.findings(&[]).into_iter().map(|(check, file, ..)| (check, file)).collect();
    assert!(checks.contains(&("unreadable-file".to_owned(), "advocates/ana.toml".to_owned())), "{checks:?}");
    assert!(!checks.iter().any(|(check, _)| check == "unresolved-reference"), "{checks:?}");
}

#[test]
fn columns_count_characters() {
    expect("name = \"Ärztekammer\"\nclassification = \"other\"\nareas = [\"Süd\", 3]\n", &[("wrong-type", 3, 17)]);
}

#[test]
fn a_misspelled_member_gets_the_right_suggestion() {
    let ledger = sound();
    ledger.put("goals/hours.toml", "name = \"Hours\"\nlead = \"birch-libary\"\n");
    let answer = ledger.run(&["check"]);
    assert!(answer.stdout.contains("did you mean \"birch-library\" (BIRCH LIBRARY)?"), "{}", answer.stdout);
    ledger.put("goals/hours.toml", "name = \"Hours\"\nlead = \"Birch Library\"\n");
    let answer = ledger.run(&["check"]);
    assert!(answer.stdout.contains("write the id, not the name: \"birch-library\""), "{}", answer.stdout);
}

#[test]
fn a_broken_file_hides_nothing_in_the_others() {
    let ledger = sound();
    ledger.put("members/dogwood.toml", "<<<<<<< ours\nname = \"a\"\n=======\nname = \"b\"\n>>>>>>> theirs\n");
    ledger.put("goals/hours.toml", "name = \"Hours\"\nlead = \"nobody-here\"\n");
    let checks: Vec<_> = ledger.findings(&[]).into_iter().map(|(check, file, line, _)| (check, file, line)).collect();
    let expected = [("unresolved-reference", "goals/hours.toml", 2), ("conflict-marker", "members/dogwood.toml", 1)];
    assert_eq!(checks, expected.map(|(check, file, line)| (check.to_owned(), file.to_owned(), line)));
}

#[cfg(unix)]
#[test]
fn files_that_are_none_are_told_and_not_followed() {
    use std::os::unix::fs::symlink;
    let ledger = sound();
    let outside = tempfile::NamedTempFile::new().unwrap();
    std::fs::create_dir_all(ledger.path().join("goals")).unwrap();
    symlink(outside.path(), ledger.path().join("goals/out.toml")).unwrap();
    symlink("loop.toml", ledger.path().join("goals/loop.toml")).unwrap();
    symlink("../members", ledger.path().join("goals/members")).unwrap();
    symlink("../coalition.toml", ledger.path().join("goals/inside.toml")).unwrap();
    ledger.put("goals/large.toml", &"# x\n".repeat(600_000));
    std::fs::write(ledger.path().join("goals/latin.toml"), b"# one\nname = \"Caf\xe9\"\n").unwrap();
    let found: Vec<_> = ledger
        .findings(&["--only", "unreadable-file"])
        .into_iter()
        .map(|(_, file, line, column)| (file, line, column))
        .collect();
    let expected = [
        ("goals/large.toml", 1, 1),
        ("goals/latin.toml", 2, 12),
        ("goals/loop.toml", 1, 1),
        ("goals/members", 1, 1),
        ("goals/out.toml", 1, 1),
    ];
    assert_eq!(found, expected.map(|(file, line, column)| (file.to_owned(), line, column)));
}

#[test]
fn a_misspelled_option_is_refused() {
    let ledger = sound();
    for arguments in [
        &["check", "--only", "unsigned-agrement"] as &[&str],
        &["check", "--deny", "warnings"],
        &["check", "members/nobody.toml"],
        &["check", "--today", "2.11.2026"],
        &["check", "--today", "2026-2-31"],
        &["report", "--since", "2027-01-01"],
        &["report", "--output", "coalition.toml"],
        &["check", "--at", "HEAD"],
        &["check", "--format", "csv"],
        &["report", "breif"],
        &["show", "nobody"],
        &["list", "membres"],
        &["chekc"],
    ] {
        let answer = ledger.run(arguments);
        assert_eq!((answer.status, answer.stdout.as_str()), (2, ""), "{arguments:?}");
        assert!(!answer.stderr.is_empty(), "{arguments:?}");
    }
}

#[test]
fn annotations_point_at_the_line() {
    let ledger = Ledger::of_three();
    ledger.put("goals/hours.toml", "name = \"50%, or more\"\nlead = \"a::b,c\"\n");
    let answer = ledger.run(&["check", "--format", "github", "--only", "unresolved-reference"]);
    let expected = "::error file=goals/hours.toml,line=2,endLine=2,title=unresolved-reference,col=8,endColumn=16::`lead` \
                    refers to the member `a::b,c`, which has no record%0AHelp: write the id of an existing member: its \
                    file name without .toml\n";
    let gate = "::notice title=Required signatures::Required signatures: 0 of 3 are valid (3 members, 1 agreement). Only some findings are \
                shown. As of November 22, 2026 (set by COALITION_TODAY), ledger of “Alder County Library Coalition”.\n";
    assert_eq!(answer.stdout, format!("{expected}{gate}"));
}

#[test]
fn a_second_entry_hides_neither_a_block_nor_a_false_count() {
    let decision = |method: &str, option: &str, more: &str| {
        format!(
            "name = \"Hours\"\ntext = \"X\"\nproposed = 2026-01-05\ncloses = 2026-03-10\ndecided = 2026-03-10\nmethod = \"{method}\"\n\
             result = \"adopted\"\n[[positions]]\nmember = \"birch-library\"\noption = \"{option}\"\n{more}"
        )
    };
    let read = |text: &str| {
        let ledger = Ledger::of_three();
        ledger.put("coalition.toml", "name = \"Alder County Library Coalition\"\nfounded = 2025-01-15\n");
        ledger.put("decisions/hours.toml", text);
        ledger.findings(&[]).into_iter().map(|(check, ..)| check).collect::<Vec<_>>()
    };
    let twice = "[[positions]]\nmember = \"birch-library\"\noption = \"agree\"\n";
    let blocked = read(&decision("consensus", "block", twice));
    assert!(
        blocked.contains(&"false-consensus".to_owned()) && blocked.contains(&"duplicate-entry".to_owned()),
        "{blocked:?}"
    );
    let other = read(&decision("majority", "object", "color = \"blue\"\n"));
    assert!(other.contains(&"wrong-result".to_owned()) && other.contains(&"unknown-field".to_owned()), "{other:?}");
    let unknown =
        read(&decision("majority", "object", "[[positions]]\nmember = \"brich-library\"\noption = \"agree\"\n"));
    assert!(
        !unknown.contains(&"wrong-result".to_owned()),
        "the misspelled member may be all there is to it: {unknown:?}"
    );
}
