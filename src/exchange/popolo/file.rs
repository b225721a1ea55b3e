//! The lists of a Popolo file, and lookup in them.

use super::super::damaged_text::trim_edges;
use crate::error::Error;
use serde_json::{Map, Value};
use std::collections::HashMap;

/// One entry of a list.
pub(super) type PopoloEntry = Map<String, Value>;

/// A file with its lists.
pub(super) struct File<'v> {
    /// People.
    pub persons: Vec<&'v PopoloEntry>,
    /// Organizations.
    pub organizations: Vec<&'v PopoloEntry>,
    memberships: HashMap<&'v str, Vec<&'v PopoloEntry>>,
    by_id: HashMap<(&'static str, &'v str), &'v PopoloEntry>,
}

/// The lists with entries that memberships refer to.
const LISTS: [&str; 5] = ["persons", "organizations", "posts", "areas", "events"];

impl<'v> File<'v> {
    /// Reads the lists.
    pub(super) fn new(value: &'v Value) -> Result<File<'v>, Error> {
        let Value::Object(lists) = value else {
            return Err(Error::data(
                "this is not a Popolo file: it must be an object with `persons`, `organizations` and `memberships`",
            ));
        };
        let mut by_id = HashMap::new();
        for list in LISTS {
            for entry in entries(lists, list)? {
                if let Some(id) = text(entry, "id") {
                    by_id.entry((list, id)).or_insert(entry);
                }
            }
        }
        let persons = entries(lists, "persons")?;
        let organizations = entries(lists, "organizations")?;
        let mut memberships: HashMap<&str, Vec<&PopoloEntry>> = HashMap::new();
        for membership in entries(lists, "memberships")? {
            if let Some(person) = text(membership, "person_id") {
                memberships.entry(person).or_default().push(membership);
            }
        }
        for person in &persons {
            if let Some(id) = text(person, "id") {
                memberships.entry(id).or_default().extend(entries_of(person, "memberships"));
            }
        }
        Ok(File { persons, organizations, memberships, by_id })
    }

    /// The memberships of a person.
    pub(super) fn memberships(&self, person: &'v PopoloEntry) -> Vec<&'v PopoloEntry> {
        text(person, "id").and_then(|id| self.memberships.get(id)).cloned().unwrap_or_default()
    }

    /// The entry that another one refers to: by an id under `key_id`, or directly under `key`.
    pub(super) fn target(&self, list: &'static str, entry: &'v PopoloEntry, key: &str) -> Option<&'v PopoloEntry> {
        let by_id = || self.by_id.get(&(list, text(entry, &format!("{key}_id"))?)).copied();
        by_id().or_else(|| entry.get(key)?.as_object())
    }
}

/// The entries of a list.
fn entries<'v>(lists: &'v Map<String, Value>, name: &str) -> Result<Vec<&'v PopoloEntry>, Error> {
    match lists.get(name) {
        None | Some(Value::Null) => Ok(Vec::new()),
        Some(Value::Array(items)) => {
            let entry = |(at, item): (usize, &'v Value)| {
                item.as_object().ok_or_else(|| Error::data(format!("{name}, entry {} is not an object", at + 1)))
            };
            items.iter().enumerate().map(entry).collect()
        }
        Some(_) => Err(Error::data(format!("`{name}` must be a list"))),
    }
}

/// The objects in a list inside an entry.
pub(super) fn entries_of<'v>(entry: &'v PopoloEntry, name: &str) -> impl Iterator<Item = &'v PopoloEntry> {
    entry.get(name).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_object)
}

/// A text of an entry, if it is not empty.
pub(super) fn text<'v>(entry: &'v PopoloEntry, key: &str) -> Option<&'v str> {
    entry.get(key)?.as_str().map(trim_edges).filter(|text| !text.is_empty())
}
