//! A change proven before it is written: the changed ledger is read as it will be, and it may have no error that the ledger
//! did not have before.

use super::edited::edited;
use super::order::Order;
use super::{Edit, Refusal};
use crate::check::{Context, Reported, judge};
use crate::finding::{CheckName, Severity};
use crate::kind::{Kind, RecordKey};
use crate::ledger::{Ledger, load};
use crate::source::{ChangeSet, FileChange, LedgerPath, Listed, Listing, MAX_FILE_BYTES, Source, Unreadable};
use chrono::NaiveDate;
use std::collections::HashMap;

/// A change, and the ledger as it will be.
#[derive(Debug)]
pub struct Planned {
    /// The change.
    pub changes: ChangeSet,
    /// The ledger with it.
    pub ledger: Ledger,
}

/// What is asked of a changed ledger.
#[derive(Debug, Clone, Copy, Default)]
pub struct Proof<'a> {
    /// Checks whose errors are meant to follow.
    pub expected: &'a [CheckName],
    /// New errors are let pass.
    pub force: bool,
}

/// A source with some files as they will be.
struct Changed<'s> {
    base: &'s dyn Source,
    files: HashMap<&'s LedgerPath, &'s FileChange>,
}

impl Source for Changed<'_> {
    fn label(&self) -> String {
        self.base.label()
    }

    fn list(&self) -> Result<Listing, std::io::Error> {
        let mut listing = self.base.list()?;
        listing.records.retain(|listed| self.files.get(&listed.path).is_none_or(|file| file.after.is_some()));
        let new = self.files.values().filter(|file| file.before.is_none() && file.after.is_some());
        let new =
            new.filter(|file| Kind::of_folder(file.path.top()).is_some() && file.path.as_str().ends_with(".toml"));
        listing.records.extend(new.map(|file| Listed { path: file.path.clone(), trouble: None }));
        listing.records.sort_by(|a, b| a.path.cmp(&b.path));
        listing.records.dedup_by(|a, b| a.path == b.path);
        Ok(listing)
    }

    fn read(&self, path: &LedgerPath) -> Result<String, Unreadable> {
        match self.files.get(path) {
            Some(file) => file.after.clone().ok_or(Unreadable::Missing),
            None => self.base.read(path),
        }
    }
}

/// Refuses to go by what a record says where its file has mistakes, so that something in it may not have been read.
///
/// # Errors
/// Where it has.
pub fn refuse_mistakes(ledger: &Ledger, path: &LedgerPath) -> Result<(), Refusal> {
    if ledger.findings.iter().any(|finding| !finding.softened && finding.path == *path) {
        return Err(Refusal::new(format!("{path} has mistakes, so nothing was written; `coalition check` names them")));
    }
    Ok(())
}

/// The change of one record's file by some edits, proven on its data.
///
/// # Errors
/// Where the file cannot be edited: its path, the line, and why.
pub fn record_change(ledger: &Ledger, record: &RecordKey, edits: &[Edit]) -> Result<FileChange, Refusal> {
    let not_found = || Refusal::new(format!("there is no {record}"));
    let path = ledger.find(record.kind, &record.id).ok_or_else(not_found)?.path();
    let before = ledger.texts.get(path).ok_or_else(not_found)?.clone();
    let after = edited(&before, edits, &Order::of(record.kind))
        .map_err(|refusal| Refusal::new(format!("{path}: {refusal}")))?;
    Ok(FileChange { path: path.clone(), before: Some(before), after: Some(after) })
}

/// Proves that a change adds no error to the ledger, except of the checks that are expected.
///
/// # Errors
/// The errors that would be new, each with its place; or why the ledger cannot be read.
pub fn plan(
    source: &dyn Source,
    ledger: &Ledger,
    today: NaiveDate,
    changes: ChangeSet,
    proof: Proof<'_>,
) -> Result<Planned, Refusal> {
    let too_large = |text: &String| text.len() as u64 > MAX_FILE_BYTES;
    if let Some(file) = changes.files.iter().find(|file| file.after.as_ref().is_some_and(too_large)) {
        let told = format!("{} would have more than {MAX_FILE_BYTES} bytes, and could not be read again", file.path);
        return Err(Refusal::new(told));
    }
    let files = changes.files.iter().map(|file| (&file.path, file)).collect();
    let changed = load(&Changed { base: source, files })
        .map_err(|error| Refusal::new(format!("the ledger cannot be read: {error}")))?;
    if !proof.force {
        let told = new_errors(ledger, &changed, today, proof.expected);
        if !told.is_empty() {
            let list: String = told.iter().map(|told| format!("\n  {told}")).collect();
            return Err(Refusal::new(format!("nothing was written, since the ledger would have new errors:{list}")));
        }
    }
    Ok(Planned { changes, ledger: changed })
}

/// The errors that only the changed ledger has, in words.
fn new_errors(before: &Ledger, after: &Ledger, today: NaiveDate, expected: &[CheckName]) -> Vec<String> {
    let errors = |ledger: &Ledger| -> Vec<Reported> {
        let verdict = judge(&Context::new(ledger, today));
        verdict.reported.into_iter().filter(|reported| reported.severity == Severity::Error).collect()
    };
    let key = |reported: &Reported| {
        let finding = &reported.finding;
        (finding.check, finding.path.clone(), finding.message.clone())
    };
    let found = errors(after);
    if found.is_empty() {
        return Vec::new();
    }
    let mut known: HashMap<_, usize> = HashMap::new();
    for reported in errors(before) {
        *known.entry(key(&reported)).or_default() += 1;
    }
    let mut is_new = |reported: &Reported| match known.get_mut(&key(reported)) {
        Some(left) if *left > 0 => {
            *left -= 1;
            false
        }
        _ => !expected.contains(&reported.finding.check),
    };
    let new = found.into_iter().filter(|reported| is_new(reported));
    new.map(|reported| {
        let finding = &reported.finding;
        format!("{}, line {}: {} ({})", finding.path, reported.start.line, finding.message, finding.check)
    })
    .collect()
}
