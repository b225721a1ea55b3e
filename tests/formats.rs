//! The formats in which CI services and editors take findings, read back by readers that are not ours.

use crate::ledger::{Answer, repository, run_in};
use serde_json::Value;
use std::collections::BTreeSet;

fn check(arguments: &[&str]) -> Answer {
    run_in(&repository("examples/riverton"), &[&["check"], arguments].concat())
}

/// The findings as they are for scripts: the check with its severity.
fn findings() -> Vec<Value> {
    let answer: Value = serde_json::from_str(&check(&["--format", "json"]).stdout).unwrap();
    answer["findings"].as_array().unwrap().clone()
}

#[test]
fn sarif_says_what_the_json_says() {
    let answer = check(&["--format", "sarif"]);
    assert_eq!(answer.status, 1);
    let log: Value = serde_json::from_str(&answer.stdout).unwrap();
    let run = &log["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    assert_eq!(rules.len(), coalition::internal::check::ALL.len());
    let results = run["results"].as_array().unwrap();
    let expected = findings();
    assert_eq!(results.len(), expected.len());
    for (result, finding) in results.iter().zip(&expected) {
        assert_eq!(result["ruleId"], finding["check"]);
        assert_eq!(rules[usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap()]["id"], finding["check"]);
        let place = &result["locations"][0]["physicalLocation"];
        let file = place["artifactLocation"]["uri"].as_str().unwrap();
        assert!(file.ends_with(finding["file"].as_str().unwrap()));
        assert_eq!(place["region"]["startLine"], finding["line"]);
        assert_eq!(place["region"]["startColumn"], finding["column"]);
    }
}

#[test]
fn gitlab_gets_a_fingerprint_for_each_finding() {
    let report: Value = serde_json::from_str(&check(&["--format", "gitlab"]).stdout).unwrap();
    let issues = report.as_array().unwrap();
    let expected = findings();
    assert_eq!(issues.len(), expected.len());
    for (issue, finding) in issues.iter().zip(&expected) {
        assert_eq!(issue["check_name"], finding["check"]);
        assert_eq!(issue["location"]["lines"]["begin"], finding["line"]);
        assert!(["info", "minor", "major", "critical", "blocker"].contains(&issue["severity"].as_str().unwrap()));
    }
    let fingerprints: BTreeSet<&str> = issues.iter().map(|issue| issue["fingerprint"].as_str().unwrap()).collect();
    assert_eq!(fingerprints.len(), issues.len());
}

#[test]
fn junit_fails_the_checks_that_fail_the_run() {
    let errors: BTreeSet<String> = findings()
        .iter()
        .filter(|finding| finding["severity"] == "error")
        .map(|finding| finding["check"].as_str().unwrap().to_owned())
        .collect();
    let failed = |arguments: &[&str]| -> BTreeSet<String> {
        let answer = check(&[&["--format", "junit"], arguments].concat());
        let report = quick_junit::Report::deserialize_from_str(&answer.stdout).unwrap();
        let cases = report.test_suites.iter().flat_map(|suite| &suite.test_cases);
        let failed = cases.filter(|case| matches!(case.status, quick_junit::TestCaseStatus::NonSuccess { .. }));
        failed.map(|case| case.name.to_string()).collect()
    };
    assert_eq!(failed(&[]), errors);
    assert!(failed(&["--deny", "warning"]).len() > errors.len());
}

#[test]
fn what_people_wrote_ends_no_format() {
    let ledger = crate::ledger::Ledger::of_three();
    ledger.put("goals/odd.toml", "name = \"]]></x><y a='&\\\"\"\nadopted = 2026-13-01\nunknown\u{1b} = 1\n");
    for format in ["sarif", "gitlab"] {
        serde_json::from_str::<Value>(&ledger.run(&["check", "--format", format]).stdout).unwrap();
    }
    let junit = ledger.run(&["check", "--format", "junit"]).stdout;
    assert!(quick_junit::Report::deserialize_from_str(&junit).is_ok() && !junit.contains('\u{1b}'), "{junit}");
}

#[test]
fn the_matrix_is_a_table_for_spreadsheets() {
    let answer = run_in(&repository("examples/riverton"), &["verify", "--format", "csv"]);
    let mut reader = csv::Reader::from_reader(answer.stdout.as_bytes());
    let columns: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    assert_eq!(columns[..4], ["member", "name", "agreement", "state"]);
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let required = rows.iter().filter(|row| &row[4] == "true").count();
    let lacking = rows.iter().filter(|row| &row[4] == "true" && &row[3] != "signed").count();
    assert_eq!((required, lacking, &rows[0][0]), (23, 2, "ferry-street-merchants"));
    assert_eq!(answer.status, 1);
}
