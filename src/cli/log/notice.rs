//! What the checks say of the lines that were just written. Where they are content, nothing.

use crate::check::{Context, judge};
use crate::edit::{FileChange, Planned};
use crate::finding::Severity;
use chrono::NaiveDate;
use similar::{ChangeTag, TextDiff};
use std::collections::{BTreeMap, BTreeSet};

/// More is left to `coalition check`.
const MANY: usize = 3;

/// The findings at new lines, from warnings up.
pub fn notice(planned: &Planned, today: NaiveDate) -> String {
    let new: BTreeMap<_, _> = planned.changes.files.iter().map(|file| (&file.path, new_lines(file))).collect();
    let verdict = judge(&Context::new(&planned.ledger, today)).without_echoes();
    let is_new = |path, line: u64| new.get(path).is_some_and(|lines: &BTreeSet<u64>| lines.contains(&line));
    let told: Vec<String> = verdict
        .reported
        .iter()
        .filter(|reported| reported.severity >= Severity::Warning)
        .filter(|reported| is_new(&reported.finding.path, reported.start.line as u64))
        .map(|reported| {
            let finding = &reported.finding;
            format!("  {}, line {}: {} ({})", finding.path, reported.start.line, finding.message, finding.check)
        })
        .collect();
    match told.as_slice() {
        [] => String::new(),
        several => {
            let shown: Vec<&str> = several.iter().take(MANY).map(String::as_str).collect();
            format!("\n`coalition check` says of it:\n{}\n", shown.join("\n"))
        }
    }
}

/// The numbers of the lines that a change brings, from 1.
fn new_lines(file: &FileChange) -> BTreeSet<u64> {
    let (before, after) = (file.before.as_deref().unwrap_or_default(), file.after.as_deref().unwrap_or_default());
    let diff = TextDiff::from_lines(before, after);
    let inserted = diff.iter_all_changes().filter(|change| change.tag() == ChangeTag::Insert);
    inserted.filter_map(|change| Some(change.new_index()? as u64 + 1)).collect()
}
