//! Changes of records, computed as text: one entry added, one line added, one value replaced, and every other byte as it
//! was. A [`Change`] is proven on the whole ledger before anybody may write it; only [`apply`] writes.

pub mod amend;
pub mod apply;
mod change;
mod draft;
mod literal;
mod plan;
pub mod progress;
pub mod sign;
mod splice;
#[cfg(test)]
mod tests;
mod tree;
mod typed;
pub mod withdraw;

pub use change::{ChangeSet, FileChange};
pub use draft::draft;
pub use literal::{Literal, bare};
pub use plan::{Change, Planned, plan};
pub use typed::typed;

use serde_json::{Map, Value};
use std::fmt;

/// What is to change in one record: said once, carried out on the text and on the data, and the two must agree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Edit {
    /// A new entry `[[list]]` at the end of the file.
    Append {
        /// The list.
        list: &'static str,
        /// Its lines.
        fields: Vec<(&'static str, Literal)>,
    },
    /// A field of an entry that is there: its value replaced, or a line added after the entry's last one.
    Put {
        /// The list.
        list: &'static str,
        /// Which entry, from 0.
        at: usize,
        /// The field.
        key: &'static str,
        /// Its new value.
        value: Literal,
    },
    /// A field of the record itself: its value replaced, or a line added below `name`.
    Set {
        /// The field.
        key: &'static str,
        /// Its new value.
        value: Literal,
    },
}

impl Edit {
    /// The heading under which its lines stand, with a mark where others stand before them, and the lines.
    fn lines(&self) -> (String, String) {
        let line = |key: &str, value: &Literal| format!("{key} = {}\n", value.toml("\n"));
        match self {
            Edit::Append { list, fields } => {
                (format!("[[{list}]]\n"), fields.iter().map(|(key, value)| line(key, value)).collect())
            }
            Edit::Put { list, key, value, .. } => (format!("[[{list}]]\n\u{2026}\n"), line(key, value)),
            Edit::Set { key, value } => (String::new(), line(key, value)),
        }
    }

    /// The same change on the data of the record.
    fn on_data(&self, record: &mut Map<String, Value>) {
        match self {
            Edit::Append { list, fields } => {
                let entry = fields.iter().map(|(key, value)| ((*key).to_owned(), value.json())).collect();
                if let Value::Array(entries) = record.entry(*list).or_insert_with(|| Value::Array(Vec::new())) {
                    entries.push(Value::Object(entry));
                }
            }
            Edit::Put { list, at, key, value } => {
                let entry = record.get_mut(*list).and_then(|entries| entries.get_mut(*at));
                if let Some(entry) = entry.and_then(Value::as_object_mut) {
                    entry.insert((*key).to_owned(), value.json());
                }
            }
            Edit::Set { key, value } => {
                record.insert((*key).to_owned(), value.json());
            }
        }
    }
}

/// Why a change is not made, for people: whole sentences, with what helps. Nothing has been written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal(String);

impl Refusal {
    /// A refusal for this reason.
    pub fn new(reason: impl Into<String>) -> Refusal {
        Refusal(reason.into())
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Refusal {}
