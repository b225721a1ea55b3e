//! Findings for scripts: one JSON object whose keys are part of the contract with them.

use crate::check::Verdict;
use crate::finding::Severity;
use crate::ledger::Ledger;
use chrono::NaiveDate;
use serde_json::{Value, json};

/// The answer of `check` as data.
pub fn json(ledger: &Ledger, today: NaiveDate, verdict: &Verdict) -> Value {
    let findings: Vec<Value> = verdict
        .reported
        .iter()
        .map(|reported| {
            let finding = &reported.finding;
            json!({
                "check": finding.check,
                "severity": reported.severity,
                "file": finding.path.as_str(),
                "line": reported.start.line,
                "column": reported.start.column,
                "end_line": reported.end.line,
                "end_column": reported.end.column,
                "record": finding.record.as_ref().map(ToString::to_string),
                "message": finding.message,
                "help": finding.help,
            })
        })
        .collect();
    json!({
        "format_version": 1,
        "ledger": ledger.label,
        "today": today,
        "findings": findings,
        "summary": {
            "files": ledger.file_count,
            "records": ledger.record_count(),
            "errors": verdict.count(Severity::Error),
            "warnings": verdict.count(Severity::Warning),
            "notes": verdict.count(Severity::Note),
        },
    })
}
