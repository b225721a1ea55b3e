//! Findings as a Code Quality report of GitLab, which shows them in a merge request: the part of the Code Climate format
//! that GitLab reads.

use super::fingerprint::fingerprints;
use super::visible;
use crate::check::Verdict;
use crate::finding::Severity;
use crate::ledger::Ledger;
use serde_json::{Value, json};

/// The report. `prefix` leads from the repository's root to the ledger and is empty or ends with `/`.
pub fn report(ledger: &Ledger, verdict: &Verdict, prefix: &str) -> Value {
    let findings = verdict.reported.iter().zip(fingerprints(ledger, verdict));
    findings
        .map(|(reported, fingerprint)| {
            let finding = &reported.finding;
            json!({
                "description": visible(&format!("{}: {}", finding.message, finding.help)),
                "check_name": finding.check,
                "fingerprint": fingerprint,
                "severity": severity(reported.severity),
                "location": {
                    "path": format!("{prefix}{}", finding.path),
                    "lines": { "begin": reported.start.line, "end": reported.end.line.max(reported.start.line) },
                },
            })
        })
        .collect()
}

const fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "major",
        Severity::Warning => "minor",
        Severity::Note => "info",
    }
}
