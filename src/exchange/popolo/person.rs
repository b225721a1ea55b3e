//! People: officials, and advocates.

use super::file::{File, PopoloEntry};
use super::membership::{add_office, add_work, is_office};
use super::part::{fields, insert_filled};
use crate::exchange::incoming::Incoming;
use crate::kind::Kind;
use serde_json::Value;
use std::collections::BTreeSet;

/// A person as a record.
pub(super) fn record<'v>(
    file: &File<'v>,
    person: &'v PopoloEntry,
    at: usize,
    kind: Option<Kind>,
    ignored: &mut BTreeSet<String>,
) -> Incoming {
    let memberships = file.memberships(person);
    let holds_office = || memberships.iter().any(|membership| is_office(file, membership));
    let kind = kind.unwrap_or_else(|| if holds_office() { Kind::Official } else { Kind::Advocate });
    let mut fields = fields(person, "persons", ignored);
    let notes_on_dates = match kind {
        Kind::Official => add_office(file, &memberships, &mut fields),
        _ => add_work(file, &memberships, &mut fields),
    };
    let notes: Vec<&str> = fields
        .get("notes")
        .and_then(Value::as_str)
        .into_iter()
        .chain(notes_on_dates.iter().map(String::as_str))
        .collect();
    let notes = notes.join("\n");
    insert_filled(&mut fields, "notes", Value::from(notes));
    let whole = Value::Object(person.clone()).to_string();
    Incoming { fields, whole, ..Incoming::new(format!("persons, entry {}", at + 1), kind) }
}
