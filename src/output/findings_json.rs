//! Findings for scripts: one JSON object whose keys are part of the contract with them.

use crate::check::{Gate, Reported, Verdict};
use crate::finding::Severity;
use crate::ledger::Ledger;
use chrono::NaiveDate;
use serde_json::{Value, json};

/// The answer of `check` as data.
pub fn json(ledger: &Ledger, today: NaiveDate, verdict: &Verdict, gate: &Gate) -> Value {
    let findings: Vec<Value> = verdict.reported.iter().map(Reported::data).collect();
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
            "accepted": verdict.accepted.len(),
        },
        "gate": gate.data(),
    })
}
