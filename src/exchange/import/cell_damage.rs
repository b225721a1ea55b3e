//! Damage of a cell: lost or garbled letters, and invisible characters.

use super::column::ColumnTarget;
use crate::exchange::damaged_text::{describe_garbled, describe_hidden, trim_edges};
use serde_json::Value;

/// Why a value is damaged, if it is: lost or garbled letters, or invisible characters. Entries with fields of their own may contain
/// prose, where invisible characters are allowed.
pub(super) fn describe_damage(target: &ColumnTarget, value: &Value) -> Option<String> {
    match value {
        Value::String(text) if target.is_prose() => describe_garbled(text),
        Value::String(text) => {
            // Each part of a list has its own edges.
            let parts = text.split(|c| target.takes_several() && [';', '|', ',', '\n'].contains(&c));
            let mut parts = parts.map(trim_edges);
            describe_garbled(text).or_else(|| parts.find_map(|part| describe_hidden(part, is_contact(target))))
        }
        Value::Array(items) => items.iter().find_map(|item| describe_damage(target, item)),
        Value::Object(fields) => fields.values().flat_map(texts).find_map(describe_garbled),
        _ => None,
    }
}

/// Whether a column holds contact details, which are addresses.
fn is_contact(target: &ColumnTarget) -> bool {
    matches!(target, ColumnTarget::Contact(heading) if heading.detail != "address")
        || matches!(target, ColumnTarget::AnyContact(_))
}

/// All texts in a value.
fn texts(value: &Value) -> Box<dyn Iterator<Item = &str> + '_> {
    match value {
        Value::String(text) => Box::new(std::iter::once(text.as_str())),
        Value::Array(items) => Box::new(items.iter().flat_map(texts)),
        Value::Object(fields) => Box::new(fields.values().flat_map(texts)),
        _ => Box::new(std::iter::empty()),
    }
}
