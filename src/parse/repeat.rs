//! Entries that appear twice in a list, letter for letter.

use super::{TomlItem, span_of};
use crate::kind::RecordKey;
use crate::source::{LedgerPath, Span};
use std::collections::HashMap;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use toml::Spanned;
use toml::de::DeValue;

/// An entry that is in a list a second time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repeat {
    /// The file.
    pub path: LedgerPath,
    /// The record that it holds.
    pub record: Option<RecordKey>,
    /// The field whose list it is.
    pub field: &'static str,
    /// The second entry.
    pub span: Span,
}

/// The places of the entries that are in a list a second time.
pub(super) fn repeats<'a>(items: impl ExactSizeIterator<Item = TomlItem<'a>>) -> Vec<Span> {
    if items.len() < 2 {
        return Vec::new();
    }
    let mut seen: HashMap<u64, Vec<TomlItem<'a>>> = HashMap::new();
    let mut again = Vec::new();
    for item in items {
        let alike = seen.entry(hash_of(item.get_ref())).or_default();
        if alike.iter().any(|first| is_same(first.get_ref(), item.get_ref())) {
            again.push(span_of(item));
        } else {
            alike.push(item);
        }
    }
    again
}

/// A number that equal values have in common, wherever they are.
fn hash_of(value: &DeValue<'_>) -> u64 {
    let mut hasher = DefaultHasher::new();
    hash_value(value, &mut hasher);
    hasher.finish()
}

/// One hasher for a whole entry: there are many entries, and most are in their list once. The keys of a table come
/// sorted.
fn hash_value(value: &DeValue<'_>, hasher: &mut DefaultHasher) {
    match value {
        DeValue::String(text) => text.hash(hasher),
        DeValue::Integer(number) => number.as_str().hash(hasher),
        DeValue::Float(number) => number.as_str().hash(hasher),
        DeValue::Boolean(flag) => flag.hash(hasher),
        DeValue::Datetime(time) => {
            let date = time.date.map(|date| (date.year, date.month, date.day));
            (date, time.time.map(|time| (time.hour, time.minute, time.second, time.nanosecond))).hash(hasher);
        }
        DeValue::Array(items) => items.iter().for_each(|item| hash_value(item.get_ref(), hasher)),
        DeValue::Table(table) => table.iter().for_each(|(key, value)| {
            key.get_ref().hash(hasher);
            hash_value(value.get_ref(), hasher);
        }),
    }
}

fn is_same(one: &DeValue<'_>, other: &DeValue<'_>) -> bool {
    match (one, other) {
        (DeValue::String(one), DeValue::String(other)) => one == other,
        (DeValue::Integer(one), DeValue::Integer(other)) => {
            (one.as_str(), one.radix()) == (other.as_str(), other.radix())
        }
        (DeValue::Float(one), DeValue::Float(other)) => one.as_str() == other.as_str(),
        (DeValue::Boolean(one), DeValue::Boolean(other)) => one == other,
        (DeValue::Datetime(one), DeValue::Datetime(other)) => one == other,
        (DeValue::Array(one), DeValue::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other.iter()).all(|(a, b)| is_same(a.get_ref(), b.get_ref()))
        }
        (DeValue::Table(one), DeValue::Table(other)) => {
            let has = |(key, value): (&Spanned<_>, &Spanned<DeValue<'_>>)| {
                other.get(key).is_some_and(|theirs| is_same(value.get_ref(), theirs.get_ref()))
            };
            one.len() == other.len() && one.iter().all(has)
        }
        _ => false,
    }
}
