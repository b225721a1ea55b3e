//! People: officials, and advocates.

use super::file::{Entry, File};
use super::membership::{is_office, office, work};
use super::part::{fields, put};
use crate::exchange::incoming::Incoming;
use crate::kind::Kind;
use serde_json::Value;
use std::collections::BTreeSet;

/// A person as a record.
pub fn record<'v>(
    file: &File<'v>,
    person: &'v Entry,
    at: usize,
    kind: Option<Kind>,
    left: &mut BTreeSet<String>,
) -> Incoming {
    let memberships = file.memberships(person);
    let sits = || memberships.iter().any(|membership| is_office(file, membership));
    let kind = kind.unwrap_or_else(|| if sits() { Kind::Official } else { Kind::Advocate });
    let mut fields = fields(person, "persons", left);
    let told = match kind {
        Kind::Official => office(file, &memberships, &mut fields),
        _ => work(file, &memberships, &mut fields),
    };
    let notes: Vec<&str> =
        fields.get("notes").and_then(Value::as_str).into_iter().chain(told.iter().map(String::as_str)).collect();
    let notes = notes.join("\n");
    put(&mut fields, "notes", Value::from(notes));
    let whole = Value::Object(person.clone()).to_string();
    Incoming { fields, whole, ..Incoming::new(format!("persons, entry {}", at + 1), kind) }
}
