//! A change proven before it is written: the changed text is read as the ledger would read it, and only what was meant may
//! be different.

use super::splice::spliced;
use super::{Edit, Refusal};
use crate::check::{Context, Reported, judge};
use crate::finding::{CheckName, Severity};
use crate::kind::RecordKey;
use crate::ledger::{Ledger, load};
use crate::source::{LedgerPath, Listing, MAX_FILE_BYTES, Source, Unreadable};
use chrono::NaiveDate;
use serde_json::{Map, Value};
use std::collections::HashMap;

/// The text of one file before and after.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The file.
    pub path: LedgerPath,
    /// What it says now.
    pub before: String,
    /// What it will say.
    pub after: String,
}

/// A change, and the ledger as it will be.
#[derive(Debug)]
pub struct Planned {
    /// The change.
    pub change: Change,
    /// The lines that are new.
    pub lines: String,
    /// The ledger with it.
    pub ledger: Ledger,
}

/// A source with one file as it will be.
struct Changed<'s> {
    base: &'s dyn Source,
    change: &'s Change,
}

impl Source for Changed<'_> {
    fn label(&self) -> String {
        self.base.label()
    }

    fn list(&self) -> Result<Listing, std::io::Error> {
        self.base.list()
    }

    fn read(&self, path: &LedgerPath) -> Result<String, Unreadable> {
        if *path == self.change.path { Ok(self.change.after.clone()) } else { self.base.read(path) }
    }
}

/// Makes changes in the text of one record, and proves that they do what was meant and nothing else: the record read
/// again differs in these fields alone, and no error is new in the ledger, except of the checks that `expected` names.
///
/// # Errors
/// Why the change cannot be made or must not be.
pub fn plan(
    source: &dyn Source,
    ledger: &Ledger,
    today: NaiveDate,
    record: &RecordKey,
    edits: &[Edit],
    expected: &[CheckName],
) -> Result<Planned, Refusal> {
    let not_found = || Refusal::new(format!("there is no {record}"));
    let old = ledger.find(record.kind, &record.id).ok_or_else(not_found)?;
    let before = ledger.texts.get(old.path()).ok_or_else(not_found)?.clone();
    let mistaken =
        ledger.findings.iter().filter(|finding| !finding.softened).any(|finding| finding.path == *old.path());
    if mistaken {
        let told = format!("{} has mistakes, so nothing was written; `coalition check` names them", old.path());
        return Err(Refusal::new(told));
    }
    let in_file = |refusal: Refusal| Refusal::new(format!("{}: {refusal}", old.path()));
    let mut after = before.clone();
    let mut meant = old.to_json();
    for edit in edits {
        after = spliced(&after, edit).map_err(in_file)?;
        edit.on_data(&mut meant);
    }
    if after.len() as u64 > MAX_FILE_BYTES {
        let told = format!("{} would have more than {MAX_FILE_BYTES} bytes, and could not be read again", old.path());
        return Err(Refusal::new(told));
    }
    let change = Change { path: old.path().clone(), before, after };
    let changed = load(&Changed { base: source, change: &change })
        .map_err(|error| Refusal::new(format!("the ledger cannot be read: {error}")))?;
    let told = new_errors(ledger, &changed, today, expected);
    if !told.is_empty() {
        let list: String = told.iter().map(|told| format!("\n  {told}")).collect();
        return Err(Refusal::new(format!("nothing was written, since the ledger would have new errors:{list}")));
    }
    let new = changed.find(record.kind, &record.id).map(|record| record.to_json()).unwrap_or_default();
    if with_plain_line_ends(new) != with_plain_line_ends(meant) {
        return Err(Refusal::new(format!(
            "{}: the change would touch more than was meant, so nothing was written; make it by hand, and `coalition check` \
             looks at it",
            change.path
        )));
    }
    Ok(Planned { change, lines: lines(edits), ledger: changed })
}

/// The lines of all edits, those of one entry under one heading.
fn lines(edits: &[Edit]) -> String {
    let mut lines = String::new();
    let mut before: Option<&Edit> = None;
    for edit in edits {
        let (heading, own) = edit.lines();
        let goes_on = match (before, edit) {
            (Some(Edit::Put { list, at, .. }), Edit::Put { list: other_list, at: other, .. }) => {
                list == other_list && at == other
            }
            _ => false,
        };
        if !goes_on {
            lines += if before.is_some() { "\n" } else { "" };
            lines += &heading;
        }
        lines += &own;
        before = Some(edit);
    }
    lines
}

/// Text of several lines has the line ends of its file, and those mean nothing.
fn with_plain_line_ends(record: Map<String, Value>) -> Value {
    fn plain(value: Value) -> Value {
        match value {
            Value::String(text) => Value::String(text.replace("\r\n", "\n")),
            Value::Array(items) => Value::Array(items.into_iter().map(plain).collect()),
            Value::Object(fields) => {
                Value::Object(fields.into_iter().map(|(key, value)| (key, plain(value))).collect())
            }
            other => other,
        }
    }
    plain(Value::Object(record))
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
    let new = errors(after).into_iter().filter(|reported| is_new(reported));
    new.map(|reported| {
        let finding = &reported.finding;
        format!("{}, line {}: {} ({})", finding.path, reported.start.line, finding.message, finding.check)
    })
    .collect()
}
