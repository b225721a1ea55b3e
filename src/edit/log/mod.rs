//! Logs what happens while a coalition works: contacts, contributions, attendance, positions, progress measurements and
//! drills. Takes a ledger and the facts; returns the edits that record them, and a sentence about them.

pub(crate) mod attendance;
pub(crate) mod contact;
pub(crate) mod contribution;
pub(crate) mod drill;
pub(crate) mod position;
pub(crate) mod reading;
#[cfg(test)]
mod tests;

use super::tree::tree_of;
use super::{Edit, FileChange, Literal, literal_for};
use crate::error::Error;
use crate::kind::RecordKey;
use crate::ledger::Ledger;
use crate::record::field::Field;
use crate::record::value::Number;
use crate::source::LedgerPath;
use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde_json::Value;

/// What is to be noted.
#[derive(Debug, Default)]
pub(crate) struct LogEntry {
    /// The records that exist, and what is to change in each.
    pub records: Vec<(RecordKey, Vec<Edit>)>,
    /// Files that change as a whole: a new record, or one whose text was changed already.
    pub files: Vec<FileChange>,
    /// What was noted, in a sentence; where nothing is to be noted, why.
    pub message: String,
}

impl LogEntry {
    /// An entry in one record.
    fn of(record: &RecordKey, edits: Vec<Edit>, message: String) -> LogEntry {
        LogEntry { records: vec![(record.clone(), edits)], files: Vec::new(), message }
    }

    /// Several entries as one; those in one record are made one after the other.
    pub(crate) fn together(entries: Vec<LogEntry>) -> LogEntry {
        let mut all = LogEntry::default();
        let mut messages = Vec::new();
        for entry in entries {
            for (key, edits) in entry.records {
                match all.records.iter_mut().find(|(known, _)| *known == key) {
                    Some((_, known)) => known.extend(edits),
                    None => all.records.push((key, edits)),
                }
            }
            all.files.extend(entry.files);
            messages.push(entry.message);
        }
        LogEntry { message: messages.join("\n"), ..all }
    }

    /// Nothing, for a reason.
    fn nothing(message: String) -> LogEntry {
        LogEntry { message, ..LogEntry::default() }
    }
}

/// The day of something that has happened, which is not still to come.
///
/// # Errors
/// If it is, unless that is let pass.
pub(crate) fn happened(date: NaiveDate, today: NaiveDate, force: bool) -> Result<NaiveDate, Error> {
    if date > today && !force {
        return Err(Error::refused(format!(
            "{date} is in the future, and only the past can be logged; correct the date, or leave it out for today"
        )));
    }
    Ok(date)
}

/// A day on which to look at something again.
///
/// # Errors
/// If it is not later than the day on which it was looked at.
fn later(again: Option<NaiveDate>, date: NaiveDate, option: &str) -> Result<(), Error> {
    match again.filter(|again| *again <= date) {
        Some(again) => {
            Err(Error::refused(format!("{option} {again} must be later than {date}, the date of the entry")))
        }
        None => Ok(()),
    }
}

/// Makes sure that every entry of a list was read, so that the entries of the record are those of its file.
///
/// # Errors
/// If one was not.
fn all_read(ledger: &Ledger, path: &LedgerPath, list: &[&str], read: usize) -> Result<(), Error> {
    let tree = tree_of(ledger.texts.get(path).map_or("", String::as_str));
    let mut tree = Value::Object(tree.map_err(|refusal| Error::refused(format!("{path}: {refusal}")))?);
    let found = list.iter().try_fold(&mut tree, |tree, key| tree.get_mut(*key));
    let written = match found {
        Some(Value::Array(items)) => items.len(),
        Some(_) => usize::MAX,
        None => 0,
    };
    if written != read {
        let list = list.join(".");
        return Err(Error::refused(format!(
            "{path} has mistakes in `{list}`, so nothing was written; `coalition check` names them"
        )));
    }
    Ok(())
}

/// A number as it is counted with, and as it is written in its field.
///
/// # Errors
/// If it is none.
fn figure(field: Option<&'static Field>, text: &str) -> Result<(Number, Literal), Error> {
    let literal = field.and_then(|field| literal_for(field, &Value::from(text)));
    let written = literal.as_ref().map_or_else(String::new, |literal| literal.toml("\n"));
    match (written.parse::<Decimal>(), literal) {
        (Ok(figure), Some(literal)) => Ok((Number(figure), literal)),
        _ => Err(Error::refused(format!("`{text}` is not a number; write only digits, like 4716 or 7.5"))),
    }
}
