//! What people and organizations have in common: names, contact details, links, IDs in other files.

use super::file::{PopoloEntry, entries_of, text};
use crate::exchange::incoming::{SOURCE_ID_KEY, join_lines};
use crate::record::common::is_email;
use crate::record::value::is_url;
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

/// The keys that are used, here or for memberships.
const USED_KEYS: [&str; 17] = [
    "id",
    "name",
    "given_name",
    "family_name",
    "other_names",
    "identifiers",
    "contact_details",
    "email",
    "links",
    "sources",
    "classification",
    "area",
    "area_id",
    "memberships",
    "posts",
    "sort_name",
    "parent_id",
];

/// The fields that people and organizations share.
pub(super) fn fields(entry: &PopoloEntry, list: &str, ignored: &mut BTreeSet<String>) -> Map<String, Value> {
    let mut fields = Map::new();
    let parts =
        || [text(entry, "given_name"), text(entry, "family_name")].into_iter().flatten().collect::<Vec<_>>().join(" ");
    let name = text(entry, "name").map_or_else(parts, |name| join_lines(name, " "));
    let mut others: Vec<String> = Vec::new();
    for other in
        entries_of(entry, "other_names").filter_map(|other| text(other, "name")).map(|other| join_lines(other, " "))
    {
        if other != name && !others.contains(&other) {
            others.push(other);
        }
    }
    insert_filled(&mut fields, "name", Value::from(name));
    insert_filled(&mut fields, "other_names", json!(others));
    let mut notes = Vec::new();
    for key in ["links", "sources"] {
        insert_filled(&mut fields, key, Value::Array(links(entry, key, &mut notes)));
    }
    insert_filled(&mut fields, "contact_details", Value::Array(details(entry)));
    insert_filled(&mut fields, "notes", Value::from(notes.join("\n")));
    let mut extra = Map::new();
    if let Some(id) = text(entry, "id") {
        extra.insert(SOURCE_ID_KEY.to_owned(), Value::from(id));
    }
    let mut numbers = Map::new();
    for number in entries_of(entry, "identifiers") {
        if let Some(identifier) = text(number, "identifier") {
            let scheme = text(number, "scheme").unwrap_or("identifier").to_owned();
            let identifier = Value::from(identifier);
            match numbers.get_mut(&scheme) {
                None => {
                    numbers.insert(scheme, identifier);
                }
                Some(Value::Array(several)) if several.contains(&identifier) => {}
                Some(Value::Array(several)) => several.push(identifier),
                Some(one) if *one == identifier => {}
                Some(one) => *one = json!([one.take(), identifier]),
            }
        }
    }
    insert_filled(&mut extra, "identifiers", Value::Object(numbers));
    insert_filled(&mut fields, "extra", Value::Object(extra));
    ignored.extend(entry.keys().filter(|key| !USED_KEYS.contains(&key.as_str())).map(|key| format!("{key} of {list}")));
    fields
}

/// Puts a value under a key, unless it is empty.
pub(super) fn insert_filled(fields: &mut Map<String, Value>, key: &str, value: Value) {
    let is_empty = match &value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(fields) => fields.is_empty(),
        _ => false,
    };
    if !is_empty {
        fields.insert(key.to_owned(), value);
    }
}

/// Valid links; others become notes.
fn links(entry: &PopoloEntry, key: &str, notes: &mut Vec<String>) -> Vec<Value> {
    let mut links: Vec<Value> = Vec::new();
    for link in entries_of(entry, key) {
        let Some(url) = text(link, "url") else { continue };
        let whole = url.split_whitespace().collect::<Vec<_>>().join("%20");
        if !is_url(&whole) {
            notes.push(format!("Link in the file: {}", join_lines(url, " ")));
            continue;
        }
        let mut new = Map::new();
        insert_filled(&mut new, "url", Value::from(whole));
        insert_filled(
            &mut new,
            "note",
            Value::from(text(link, "note").map(|note| join_lines(note, " ")).unwrap_or_default()),
        );
        if !links.contains(&Value::Object(new.clone())) {
            links.push(Value::Object(new));
        }
    }
    links
}

/// Contact details. A value that does not fit its type gets the type `other`.
fn details(entry: &PopoloEntry) -> Vec<Value> {
    let direct = text(entry, "email").map(|email| ("email", email, None));
    let listed = entries_of(entry, "contact_details").filter_map(|detail| {
        let note = text(detail, "note").or_else(|| text(detail, "label"));
        Some((text(detail, "type").unwrap_or("other"), text(detail, "value")?, note))
    });
    let mut details: Vec<Value> = Vec::new();
    for (kind, value, note) in direct.into_iter().chain(listed) {
        let value = join_lines(value.trim_start_matches("mailto:"), ", ");
        let word = word(kind);
        let fits = match word {
            "email" => is_email(&value),
            "url" => is_url(&value),
            "phone" | "mobile" | "fax" => value.contains(|c: char| c.is_ascii_digit()),
            _ => true,
        };
        let (word, kept) = if fits { (word, None) } else { ("other", Some(kind)) };
        let says_type = matches!(word, "social" | "other").then_some(kind);
        let note: Vec<&str> = note.into_iter().chain(kept.or(says_type)).collect();
        let mut new = Map::new();
        insert_filled(&mut new, "type", Value::from(word));
        insert_filled(&mut new, "value", Value::from(value));
        insert_filled(&mut new, "note", Value::from(join_lines(&note.join(", "), " ")));
        if !details.contains(&Value::Object(new.clone())) {
            details.push(Value::Object(new));
        }
    }
    details
}

/// Our word for a type of contact detail.
fn word(kind: &str) -> &'static str {
    match kind.to_lowercase().as_str() {
        "email" | "e-mail" => "email",
        "phone" | "voice" | "tel" | "telephone" => "phone",
        "cell" | "mobile" => "mobile",
        "fax" => "fax",
        "address" | "postal address" => "address",
        "url" | "website" | "web" => "url",
        "twitter" | "facebook" | "instagram" | "mastodon" | "youtube" | "social" => "social",
        _ => "other",
    }
}
