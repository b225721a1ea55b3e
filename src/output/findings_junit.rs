//! Findings as a JUnit report, which every CI service can show: a test case for each check, failed where it found
//! something that fails the run.

use super::visible;
use crate::check::{ALL, Gate, Reported, Verdict};
use crate::finding::Severity;
use quick_junit::{NonSuccessKind, Property, Report, SerializeError, TestCase, TestCaseStatus, TestSuite};

/// The report. What is at least as bad as `failing` fails its case; the rest is output.
///
/// # Errors
/// None that is known: the report is written to memory.
pub fn report(verdict: &Verdict, failing: Severity, gate: &Gate) -> Result<String, SerializeError> {
    let mut suite = TestSuite::new("coalition check");
    suite.add_property(Property::new("gate", visible(&gate.sentence())));
    for check in ALL {
        let found: Vec<&Reported> =
            verdict.reported.iter().filter(|reported| reported.finding.check == check.name).collect();
        let (fatal, actual): (Vec<&Reported>, Vec<&Reported>) =
            found.into_iter().partition(|reported| reported.severity >= failing);
        let mut status = TestCaseStatus::success();
        if let Some(first) = fatal.first() {
            status = TestCaseStatus::non_success(NonSuccessKind::Failure);
            status
                .set_type(check.name.as_str())
                .set_message(visible(&first.finding.message))
                .set_description(lines(&fatal));
        }
        let mut case = TestCase::new(check.name.as_str(), status);
        case.set_classname("coalition");
        if !actual.is_empty() {
            case.set_system_out(lines(&actual));
        }
        suite.add_test_case(case);
    }
    let mut report = Report::new("coalition");
    report.add_test_suite(suite);
    // The schema of Jenkins knows no `skipped` on the root, and nothing is ever skipped.
    Ok(report.to_string()?.replacen(" skipped=\"0\"", "", 1))
}

/// A line for each finding: where, what, and what helps.
fn lines(found: &[&Reported]) -> String {
    let line = |reported: &&Reported| {
        let finding = &reported.finding;
        let place = format!("{}:{}:{}", visible(finding.path.as_str()), reported.start.line, reported.start.column);
        format!("{place}: {}; {}", visible(&finding.message), visible(&finding.help))
    };
    found.iter().map(line).collect::<Vec<_>>().join("\n")
}
