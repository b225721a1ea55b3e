//! What the checks say of what was just written. Where they are content, nothing.

use crate::check::{Reported, Verdict};
use crate::edit::{FileChange, PlannedChange};
use crate::finding::Severity;
use similar::{ChangeTag, TextDiff};
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// More is left to `coalition check`.
const MANY: usize = 3;

/// What the checks say, from warnings up, that they did not say before: at lines that are new, or of a file in which they had
/// found no such thing. If only the numbers in a message changed, nothing has come up.
pub(super) fn notice(planned: &PlannedChange) -> String {
    let reported = |verdict: &Verdict| verdict.clone().without_echoes().reported;
    let new: BTreeMap<_, _> = planned.changes.files.iter().map(|file| (&file.path, new_lines(file))).collect();
    let is_at_new_line = |reported: &Reported| {
        new.get(&reported.finding.path).is_some_and(|lines| lines.contains(&(reported.start.line as u64)))
    };
    let key = |reported: &Reported| (reported.finding.check, reported.finding.path.clone());
    let known: HashSet<_> = reported(&planned.before).iter().map(key).collect();
    let output: Vec<String> = reported(&planned.after)
        .iter()
        .filter(|reported| reported.severity >= Severity::Warning)
        .filter(|reported| is_at_new_line(reported) || !known.contains(&key(reported)))
        .map(|reported| {
            let finding = &reported.finding;
            format!("  {}, line {}: {} ({})", finding.path, reported.start.line, finding.message, finding.check)
        })
        .collect();
    match output.as_slice() {
        [] => String::new(),
        several => {
            let shown: Vec<&str> = several.iter().take(MANY).map(String::as_str).collect();
            format!("\n`coalition check` reports:\n{}\n", shown.join("\n"))
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
