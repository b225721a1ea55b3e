//! Findings as SARIF 2.1.0 (OASIS), the format in which code hosts and editors take the results of checks. Its rules are
//! the checks, in their own words.

use super::fingerprint::fingerprints;
use super::visible;
use crate::check::{ALL, Check, Gate, Reported, Verdict};
use crate::finding::{Severity, TextEdit};
use crate::ledger::Ledger;
use crate::source::{LedgerPath, LineColumn};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// The log of one run. `prefix` leads from the repository's root to the ledger and is empty or ends with `/`.
pub fn log(ledger: &Ledger, verdict: &Verdict, prefix: &str, gate: &Gate) -> Value {
    let results: Vec<Value> = verdict
        .reported
        .iter()
        .zip(fingerprints(ledger, verdict))
        .map(|(reported, fingerprint)| {
            let finding = &reported.finding;
            let rule = ALL.iter().position(|check| check.name == finding.check);
            let (start, end) = (reported.start, reported.end.max(reported.start));
            let mut result = json!({
                "ruleId": finding.check,
                "ruleIndex": rule.map_or(-1, |rule| i64::try_from(rule).unwrap_or(-1)),
                "level": level(reported.severity),
                "message": { "text": escape_message(&format!("{}. To fix it: {}.", finding.message, finding.help)) },
                "locations": [{
                    "physicalLocation": {
                        "artifactLocation": { "uri": uri(&format!("{prefix}{}", finding.path)), "uriBaseId": "%SRCROOT%" },
                        "region": {
                            "startLine": start.line,
                            "startColumn": start.column,
                            "endLine": end.line,
                            "endColumn": end.column,
                        },
                    },
                }],
                "partialFingerprints": { "coalition/v1": fingerprint },
            });
            if let Some(fix) = fix(reported, prefix) {
                result["fixes"] = json!([fix]);
            }
            result
        })
        .collect();
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {
                "driver": {
                    "name": "coalition",
                    "semanticVersion": env!("CARGO_PKG_VERSION"),
                    "rules": ALL.iter().map(|check| rule(check)).collect::<Vec<_>>(),
                },
            },
            "columnKind": "unicodeCodePoints",
            "results": results,
            "properties": { "gate": gate.data() },
        }],
    })
}

/// The fix of a finding (SARIF 2.1.0, section 3.55); only a certain one, since programs offer it as ready to apply.
fn fix(reported: &Reported, prefix: &str) -> Option<Value> {
    let fix = reported.finding.fix.as_ref().filter(|fix| fix.safe)?;
    let replacements = |path: &LedgerPath| -> Vec<Value> {
        let edits = fix.edits.iter().zip(&reported.fix_places).filter(|(edit, _)| edit.path == *path);
        let replacement = |(edit, (start, end)): (&TextEdit, &(LineColumn, LineColumn))| {
            json!({
                "deletedRegion": {
                    "startLine": start.line,
                    "startColumn": start.column,
                    "endLine": end.line,
                    "endColumn": end.column,
                },
                "insertedContent": { "text": edit.text },
            })
        };
        edits.map(replacement).collect()
    };
    let paths: BTreeSet<&LedgerPath> = fix.edits.iter().map(|edit| &edit.path).collect();
    let change = |path: &LedgerPath| {
        json!({
            "artifactLocation": { "uri": uri(&format!("{prefix}{path}")), "uriBaseId": "%SRCROOT%" },
            "replacements": replacements(path),
        })
    };
    let changes: Vec<Value> = paths.into_iter().map(change).collect();
    Some(json!({ "description": { "text": escape_message(&fix.title) }, "artifactChanges": changes }))
}

fn rule(check: &Check) -> Value {
    json!({
        "id": check.name,
        "shortDescription": { "text": escape_message(check.what) },
        "fullDescription": { "text": escape_message(check.why) },
        "help": { "text": escape_message(check.fix) },
        "defaultConfiguration": { "level": level(check.severity), "enabled": true },
        "properties": { "tags": [check.group.title()] },
    })
}

const fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

/// A plain text message, in which braces are doubled, since they hold places for arguments (SARIF 2.1.0, section 3.11.5), and
/// the brackets of what would be a link have a backslash (section 3.11.6).
fn escape_message(text: &str) -> String {
    let braces = visible(text).replace('{', "{{").replace('}', "}}");
    if braces.contains("](") { braces.replace('[', "\\[").replace(']', "\\]") } else { braces }
}

/// A path as a relative reference (RFC 3986): everything but unreserved characters and slashes is written by its bytes.
fn uri(path: &str) -> String {
    use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
    const KEPT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');
    utf8_percent_encode(path, KEPT).to_string()
}

#[cfg(test)]
mod tests {
    use super::{escape_message, uri};

    #[test]
    fn a_message_has_no_links_and_no_places_for_arguments() {
        assert_eq!(escape_message("`[a](b)` and {0}"), "`\\[a\\](b)` and {{0}}");
        assert_eq!(escape_message("[[contacts]] and [a] (b)"), "[[contacts]] and [a] (b)");
    }

    #[test]
    fn a_path_is_a_relative_reference() {
        assert_eq!(uri("goals/Evening Hours.toml"), "goals/Evening%20Hours.toml");
        assert_eq!(uri("members/é:1.toml"), "members/%C3%A9%3A1.toml");
    }
}
