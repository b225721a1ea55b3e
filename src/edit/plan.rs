//! Plans a change before it is written: the ledger as it would be, and the verdicts before and after. Refuses a change
//! with new errors, unless they are tolerated.

use super::Edit;
use super::create::signatures_opening;
use super::edited::apply_edits;
use super::order::Order;
use super::signed::describe_signed;
use crate::check::{Comparison, Context, Reported, Verdict, judge};
use crate::error::Error;
use crate::finding::{CheckName, Finding, Severity, name};
use crate::kind::RecordKey;
use crate::ledger::{Ledger, load};
use crate::source::{ChangeSet, FileChange, LedgerPath, MAX_FILE_BYTES, Overlay, Source};
use chrono::NaiveDate;
use std::collections::HashMap;

/// A change, with the ledger as it would be.
#[derive(Debug)]
pub(crate) struct PlannedChange {
    /// The change.
    pub changes: ChangeSet,
    /// The ledger with it.
    pub ledger: Ledger,
    /// What the checks say of the ledger without it.
    pub before: Verdict,
    /// What the checks say of the ledger with it.
    pub after: Verdict,
    /// The errors that only the changed ledger has.
    pub new_errors: Vec<Reported>,
    /// What it weakens at the gate and must give a reason for in a change request, in words.
    pub weakens: Vec<String>,
    /// What it does to the signatures on agreements, in words.
    pub signatures: Vec<String>,
}

/// The new errors that a change may have.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Tolerance<'a> {
    /// Those of these checks.
    pub checks: &'a [CheckName],
    /// All of them.
    pub all: bool,
}

impl PlannedChange {
    /// The same change, where the command itself says what it brings and what it does to signatures.
    pub(crate) fn said_elsewhere(self) -> PlannedChange {
        PlannedChange { new_errors: Vec::new(), weakens: Vec::new(), signatures: Vec::new(), ..self }
    }

    /// The same change, if all its new errors are tolerated.
    ///
    /// # Errors
    /// The errors that are not tolerated, each with its place.
    pub(crate) fn tolerate(self, tolerance: Tolerance<'_>) -> Result<PlannedChange, Error> {
        let refused: String = self
            .new_errors
            .iter()
            .filter(|error| !tolerance.tolerates(error.finding.check))
            .map(|error| format!("\n  {}", describe_error(error)))
            .collect();
        if refused.is_empty() {
            return Ok(self);
        }
        Err(Error::refused(format!("Nothing was written, because the ledger would have new errors:{refused}")))
    }
}

/// An error in one line, with its place and what helps.
pub(crate) fn describe_error(error: &Reported) -> String {
    let Finding { path, message, check, help, .. } = &error.finding;
    format!("{path}, line {}: {message} ({check}); {help}", error.start.line)
}

impl<'a> Tolerance<'a> {
    /// No new error.
    pub(crate) const NONE: Tolerance<'static> = Tolerance { checks: &[], all: false };

    /// New errors of these checks.
    pub(crate) fn of(checks: &'a [CheckName]) -> Tolerance<'a> {
        Tolerance { checks, all: false }
    }

    fn tolerates(&self, check: CheckName) -> bool {
        self.all || self.checks.contains(&check)
    }
}

/// Refuses to rely on a record whose file has mistakes, because part of it may not have been read.
///
/// # Errors
/// If it has.
pub(crate) fn refuse_flawed_file(ledger: &Ledger, path: &LedgerPath) -> Result<(), Error> {
    if ledger.certainty.flawed_files().contains(path) {
        return Err(Error::refused(format!(
            "{path} has mistakes, so nothing was written; `coalition check` names them"
        )));
    }
    Ok(())
}

/// Refuses to conclude that nothing else refers to a record if some files were not read completely.
///
/// # Errors
/// If there is such a file.
pub(crate) fn refuse_unread_references(ledger: &Ledger, record: &RecordKey) -> Result<(), Error> {
    let may_refer = |path: &LedgerPath| match ledger.texts.get(path) {
        Some(text) => ['"', '\''].iter().any(|q| text.to_lowercase().contains(&format!("{q}{}{q}", record.id))),
        None => true,
    };
    match ledger.certainty.damage().iter().find(|finding| may_refer(&finding.path)) {
        Some(finding) => Err(Error::refused(format!(
            "{} cannot be read completely, and may refer to {record}; fix it first (`coalition check` says how)",
            finding.path
        ))),
        None => Ok(()),
    }
}

/// The change of one record's file by some edits, proven on its data.
///
/// # Errors
/// If the file cannot be edited: its path, the line, and why.
pub(crate) fn record_change(ledger: &Ledger, record: &RecordKey, edits: &[Edit]) -> Result<FileChange, Error> {
    let not_found = || Error::refused(format!("there is no {record}"));
    let path = ledger.find(record.kind, &record.id).ok_or_else(not_found)?.path();
    let before = ledger.texts.get(path).ok_or_else(not_found)?.clone();
    let after = apply_edits(&before, edits, &Order::of(record.kind))
        .map_err(|refusal| Error::refused(format!("{path}: {refusal}")))?;
    Ok(FileChange { path: path.clone(), before: Some(before), after: Some(after) })
}

/// The change of any file of the ledger by some edits, proven on its data; where there is no such file, it is made.
///
/// # Errors
/// If the file cannot be edited: its path, the line, and why.
pub(crate) fn file_change(ledger: &Ledger, path: &LedgerPath, edits: &[Edit]) -> Result<FileChange, Error> {
    let before = ledger.texts.get(path).cloned();
    let opening = signatures_opening(ledger, path).map_or_else(String::new, |line| line + "\n");
    let after = apply_edits(before.as_deref().unwrap_or(&opening), edits, &Order::of_path(path))
        .map_err(|refusal| Error::refused(format!("{path}: {refusal}")))?;
    Ok(FileChange { path: path.clone(), before, after: Some(after) })
}

/// The source of a ledger with these changes. What was read already is not read again, but for files that could not be read.
pub(crate) fn overlay<'l>(source: &'l dyn Source, ledger: &'l Ledger, changes: &'l [FileChange]) -> Overlay<'l> {
    let damaged = ledger.findings.iter().filter(|finding| finding.check == name::UNREADABLE_FILE);
    Overlay::new(source, &ledger.texts, damaged.map(|finding| &finding.path).collect(), changes)
}

/// Plans a change: reads the ledger as it would be, and judges it. `ledger` has been read from `source`, of which only files that
/// the change brings or that could not be read are read again.
///
/// # Errors
/// If a file would be too large, or the ledger cannot be read.
pub(crate) fn plan(
    source: &dyn Source,
    ledger: &Ledger,
    today: NaiveDate,
    changes: ChangeSet,
) -> Result<PlannedChange, Error> {
    let is_too_large = |text: &String| text.len() as u64 > MAX_FILE_BYTES;
    if let Some(file) = changes.files.iter().find(|file| file.after.as_ref().is_some_and(is_too_large)) {
        let message = format!("{} would be larger than the limit of {MAX_FILE_BYTES} bytes", file.path);
        return Err(Error::refused(message));
    }
    let mut changed = load(&overlay(source, ledger, &changes.files))
        .map_err(|error| Error::refused(format!("the ledger cannot be read: {error}")))?;
    changed.evidence = ledger.evidence.clone();
    let (before, after) = (judge(&Context::new(ledger, today)), judge(&Context::new(&changed, today)));
    let new_errors = new_errors(&before, &after, &changes);
    let weakens = weakens(ledger, &changed, today);
    let signatures = describe_signed(ledger, &changed, &changes, today);
    Ok(PlannedChange { changes, ledger: changed, before, after, new_errors, weakens, signatures })
}

/// What a ledger weakens at the gate of an earlier one and must give a reason for, in words.
pub(crate) fn weakens(before: &Ledger, after: &Ledger, today: NaiveDate) -> Vec<String> {
    Comparison::of_request(before, after, today).grave_messages()
}

/// The errors that only the changed ledger has. One that is there in other words, since a name in it has changed, is not new:
/// then the file has as many of its check as before.
fn new_errors(before: &Verdict, after: &Verdict, changes: &ChangeSet) -> Vec<Reported> {
    fn errors(verdict: &Verdict) -> impl Iterator<Item = &Reported> {
        verdict.reported.iter().filter(|reported| reported.severity == Severity::Error)
    }
    let moved = find_moved(changes);
    // The check and the file that had the error before the change.
    let origin = |reported: &Reported| {
        let path = &reported.finding.path;
        (reported.finding.check, moved.iter().find(|(to, _)| *to == path).map_or(path, |(_, from)| *from).clone())
    };
    let count = |verdict: &Verdict| {
        let mut counts: HashMap<_, usize> = HashMap::new();
        for reported in errors(verdict) {
            *counts.entry(origin(reported)).or_default() += 1;
        }
        counts
    };
    let (count_before, count_after) = (count(before), count(after));
    let mut known: HashMap<_, usize> = HashMap::new();
    for reported in errors(before) {
        *known.entry((origin(reported), reported.finding.message.as_str())).or_default() += 1;
    }
    let mut new = Vec::new();
    for reported in errors(after) {
        let key = origin(reported);
        match known.get_mut(&(key.clone(), reported.finding.message.as_str())) {
            Some(left) if *left > 0 => *left -= 1,
            _ if count_after.get(&key) > count_before.get(&key) => new.push(reported.clone()),
            _ => {}
        }
    }
    new
}

/// The file that a change renames: the new path and the old one.
fn find_moved(changes: &ChangeSet) -> Option<(&LedgerPath, &LedgerPath)> {
    let to = changes.files.iter().find(|file| file.before.is_none())?;
    let from = changes.files.iter().find(|file| file.after.is_none())?;
    Some((&to.path, &from.path))
}
