//! A change proven before it is written: the changed ledger is read as it will be, and it may have no error that the ledger
//! did not have before.

use super::create::signatures_opening;
use super::edited::edited;
use super::order::Order;
use super::{Edit, Refusal};
use crate::check::{Comparison, Context, Reported, judge};
use crate::finding::{CheckName, Severity, name};
use crate::kind::{RecordKey, is_ledger_folder};
use crate::ledger::{Ledger, load};
use crate::source::{ChangeSet, FileChange, Kept, LedgerPath, Listed, Listing, MAX_FILE_BYTES, Source, Unreadable};
use chrono::NaiveDate;
use std::collections::HashMap;

/// A change, and the ledger as it will be.
#[derive(Debug)]
pub struct Planned {
    /// The change.
    pub changes: ChangeSet,
    /// The ledger with it.
    pub ledger: Ledger,
    /// The new errors that it has then, in words: those that were expected.
    pub follows: Vec<String>,
    /// What it takes from the gate that needs a reason in a change request, in words.
    pub weakens: Vec<String>,
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

    fn is_being_written(&self) -> bool {
        self.base.is_being_written()
    }

    fn list(&self) -> Result<Listing, std::io::Error> {
        let mut listing = self.base.list()?;
        listing.records.retain(|listed| self.files.get(&listed.path).is_none_or(|file| file.after.is_some()));
        let new = self.files.values().filter(|file| file.before.is_none() && file.after.is_some());
        let new = new.filter(|file| is_ledger_folder(file.path.top()) && file.path.as_str().ends_with(".toml"));
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

    fn kept(&self, paths: &[LedgerPath]) -> Vec<Kept> {
        self.base.kept(paths)
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

/// Refuses to say that nothing else refers to a record where files cannot be read, or only in part, that may.
///
/// # Errors
/// Where there is such a file.
pub fn refuse_unread(ledger: &Ledger, record: &RecordKey) -> Result<(), Refusal> {
    let broken = [name::UNREADABLE_FILE, name::CONFLICT_MARKER, name::INVALID_TOML];
    let may_refer = |path: &LedgerPath| match ledger.texts.get(path) {
        Some(text) => ['"', '\''].iter().any(|q| text.to_lowercase().contains(&format!("{q}{}{q}", record.id))),
        None => true,
    };
    match ledger.findings.iter().find(|finding| broken.contains(&finding.check) && may_refer(&finding.path)) {
        Some(finding) => Err(Refusal::new(format!(
            "{} cannot be read as it stands, and may refer to {record}; fix it first (`coalition check` says how)",
            finding.path
        ))),
        None => Ok(()),
    }
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

/// The change of any file of the ledger by some edits, proven on its data; where there is no such file, it is made.
///
/// # Errors
/// Where the file cannot be edited: its path, the line, and why.
pub fn file_change(ledger: &Ledger, path: &LedgerPath, edits: &[Edit]) -> Result<FileChange, Refusal> {
    let before = ledger.texts.get(path).cloned();
    let opening = signatures_opening(ledger, path).map_or_else(String::new, |line| line + "\n");
    let after = edited(before.as_deref().unwrap_or(&opening), edits, &Order::of_path(path))
        .map_err(|refusal| Refusal::new(format!("{path}: {refusal}")))?;
    Ok(FileChange { path: path.clone(), before, after: Some(after) })
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
    let mut changed = load(&Changed { base: source, files })
        .map_err(|error| Refusal::new(format!("the ledger cannot be read: {error}")))?;
    changed.evidence = ledger.evidence.clone();
    let new = new_errors(ledger, &changed, today, &changes);
    let (expected, refused): (Vec<_>, Vec<_>) =
        new.into_iter().partition(|(check, _)| proof.force || proof.expected.contains(check));
    if !refused.is_empty() {
        let list: String = refused.iter().map(|(_, told)| format!("\n  {told}")).collect();
        return Err(Refusal::new(format!("Nothing was written, since the ledger would have new errors:{list}")));
    }
    let weakens = Comparison::of_request(ledger, &changed, today).grave_messages();
    let follows = expected.into_iter().map(|(_, told)| told).collect();
    Ok(Planned { changes, ledger: changed, follows, weakens })
}

/// The errors that only the changed ledger has, in words. One that is there in other words, since a name in it has changed,
/// is not new: then the file has as many of its check as before.
fn new_errors(before: &Ledger, after: &Ledger, today: NaiveDate, changes: &ChangeSet) -> Vec<(CheckName, String)> {
    let errors = |ledger: &Ledger| -> Vec<Reported> {
        let verdict = judge(&Context::new(ledger, today));
        verdict.reported.into_iter().filter(|reported| reported.severity == Severity::Error).collect()
    };
    let found = errors(after);
    if found.is_empty() {
        return Vec::new();
    }
    let known = errors(before);
    let moved = moved(changes);
    let file = |reported: &Reported| {
        let path = &reported.finding.path;
        (reported.finding.check, moved.iter().find(|(to, _)| *to == path).map_or(path, |(_, from)| *from).clone())
    };
    let count = |errors: &[Reported]| {
        let mut counts: HashMap<_, usize> = HashMap::new();
        for reported in errors {
            *counts.entry(file(reported)).or_default() += 1;
        }
        counts
    };
    let (was, is) = (count(&known), count(&found));
    let mut said: HashMap<_, usize> = HashMap::new();
    for reported in &known {
        *said.entry((file(reported), reported.finding.message.as_str())).or_default() += 1;
    }
    let mut new = Vec::new();
    for reported in &found {
        let key = file(reported);
        match said.get_mut(&(key.clone(), reported.finding.message.as_str())) {
            Some(left) if *left > 0 => *left -= 1,
            _ if is.get(&key) > was.get(&key) => {
                let finding = &reported.finding;
                let line = reported.start.line;
                let told =
                    format!("{}, line {line}: {} ({}); {}", finding.path, finding.message, finding.check, finding.help);
                new.push((finding.check, told));
            }
            _ => {}
        }
    }
    new
}

/// The file that a change gives another name: where to and where from.
fn moved(changes: &ChangeSet) -> Option<(&LedgerPath, &LedgerPath)> {
    let to = changes.files.iter().find(|file| file.before.is_none())?;
    let from = changes.files.iter().find(|file| file.after.is_none())?;
    Some((&to.path, &from.path))
}
