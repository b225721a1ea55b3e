//! Values of any field in words: names for ids, labels for choices, dates as people say them.

use crate::document::words;
use crate::kind::Kind;
use crate::ledger::Ledger;
use crate::record::field::{Field, Shape};
use crate::record::value::{Opt, Prose};
use serde_json::Value;

/// A field's label for people: `contact_owner` becomes `Contact owner`.
pub(crate) fn label(field: &str) -> String {
    match field {
        "id" | "url" => field.to_uppercase(),
        _ => words::capitalize(&field.replace(['_', '.'], " ")),
    }
}

/// A word of the ledger as people read it: `evening-hours` becomes `evening hours`.
pub(super) fn spell_slug(word: &str) -> String {
    word.replace(['-', '_'], " ")
}

/// A text without the space around it. It is never empty: an empty text is reported when it is read, and left out.
pub(super) fn prose(text: &Opt<Prose>) -> Option<String> {
    text.as_ref().map(|text| text.trim().to_owned())
}

/// A value of a field in words; lists are joined. Tables are written field by field.
pub(crate) fn in_words(ledger: &Ledger, field: &Field, value: &Value) -> String {
    match value {
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(|item| one_in_words(ledger, field, item)).collect();
            match (field.shape)() {
                Shape::Table(_) => items.join(" \u{b7} "),
                _ => items.join(", "),
            }
        }
        value => one_in_words(ledger, field, value),
    }
}

fn one_in_words(ledger: &Ledger, field: &Field, value: &Value) -> String {
    match ((field.shape)(), value) {
        (Shape::Date, Value::String(text)) => text.parse().map_or_else(|_| text.clone(), words::format_date),
        (Shape::Time, Value::String(text)) => text.parse().map_or_else(|_| text.clone(), words::time),
        (Shape::Choice(choices), Value::String(word)) => {
            choices.iter().find(|choice| choice.word == word).map_or(word.as_str(), |choice| choice.label).to_owned()
        }
        (Shape::Reference(kind), Value::String(id)) => name(ledger, kind, id),
        (Shape::Eligible | Shape::Requirement, Value::String(word)) if word == "members" => "all members".to_owned(),
        (Shape::Eligible | Shape::Requirement, Value::String(id)) => name(ledger, Kind::Member, id),
        (Shape::Table(table), Value::Object(entry)) => {
            let (dates, others): (Vec<_>, Vec<_>) = table.fields.iter().partition(|inner| inner.name == "date");
            let parts: Vec<String> = dates
                .into_iter()
                .chain(others)
                .filter_map(|inner| Some((inner, entry.get(inner.name)?)))
                .map(|(inner, value)| part(ledger, inner, value))
                .collect();
            parts.join("; ")
        }
        (Shape::Digest, Value::String(text)) => shorten_digest(text),
        (_, Value::Bool(true)) => "yes".to_owned(),
        (_, Value::Bool(false)) => "no".to_owned(),
        (_, Value::String(text)) => text.clone(),
        (_, Value::Object(map)) => map
            .iter()
            .map(|(key, value)| format!("{}: {}", label(key), plain_words(value)))
            .collect::<Vec<_>>()
            .join("; "),
        (_, other) => other.to_string(),
    }
}

/// A field inside an entry. What dates or names the entry needs no label.
fn part(ledger: &Ledger, field: &Field, value: &Value) -> String {
    let words = in_words(ledger, field, value);
    match field.name {
        "date" | "name" | "option" | "type" | "value" | "channel" | "role" | "what" | "item" | "url" | "ask" => words,
        _ => format!("{}: {words}", field.name.replace('_', " ")),
    }
}

/// The first digits of a digest, by which people tell two apart.
fn shorten_digest(digest: &str) -> String {
    digest.get(..19).map_or_else(|| digest.to_owned(), |start| format!("{start}\u{2026}"))
}

fn plain_words(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn name(ledger: &Ledger, kind: Kind, id: &str) -> String {
    ledger.find(kind, id).map_or(id, |record| record.name()).to_owned()
}
