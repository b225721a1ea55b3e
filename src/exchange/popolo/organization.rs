//! Organizations: some may become members; others, such as parties, only explain the role of people.

use super::file::{File, PopoloEntry, text};
use super::part::{fields, insert_filled};
use crate::exchange::incoming::Incoming;
use crate::kind::Kind;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// Words in the classification of a party.
const PARTIES: [&str; 5] = ["party", "faction", "political group", "parliamentary group", "caucus"];

/// Words in the classification of a body that people are elected to.
const BODIES: [&str; 9] =
    ["legislature", "chamber", "parliament", "senate", "assembly", "council", "committee", "cabinet", "executive"];

/// Words in a classification, and our type of organization.
const WORDS: [(&str, &str); 24] = [
    ("friends", "friends-group"),
    ("library system", "library-system"),
    ("library", "library"),
    ("trustee", "trustee-board"),
    ("universit", "university"),
    ("college", "university"),
    ("school", "school"),
    ("foundation", "foundation"),
    ("non-profit", "nonprofit"),
    ("nonprofit", "nonprofit"),
    ("ngo", "nonprofit"),
    ("charity", "nonprofit"),
    ("company", "business"),
    ("corporation", "business"),
    ("business", "business"),
    ("union", "labor-union"),
    ("church", "faith-group"),
    ("faith", "faith-group"),
    ("relig", "faith-group"),
    ("newspaper", "media"),
    ("media", "media"),
    ("government", "government"),
    ("department", "government"),
    ("ministry", "government"),
];

fn classification(organization: &PopoloEntry) -> String {
    text(organization, "classification").unwrap_or_default().to_lowercase().replace(['_', '-'], " ")
}

/// Whether it is a party.
pub(super) fn is_party(organization: &PopoloEntry) -> bool {
    let is = classification(organization);
    PARTIES.iter().any(|word| is.contains(word))
}

/// Whether people are elected to it.
pub(super) fn is_body(organization: &PopoloEntry) -> bool {
    let is = classification(organization);
    BODIES.iter().any(|word| is.contains(word))
}

/// Whether it is a party or an elected body.
pub(super) fn is_context(organization: &PopoloEntry) -> bool {
    is_party(organization) || is_body(organization)
}

/// An organization as a member.
pub(super) fn member(
    file: &File<'_>,
    organization: &PopoloEntry,
    at: usize,
    ignored: &mut BTreeSet<String>,
) -> Incoming {
    let mut fields = fields(organization, "organizations", ignored);
    let is = text(organization, "classification").unwrap_or_default().to_lowercase();
    let word = WORDS.iter().find(|(part, _)| is.contains(part)).map_or("other", |(_, word)| word);
    insert_filled(&mut fields, "classification", Value::from(word));
    if let Some(area) = file.target("areas", organization, "area").and_then(|area| text(area, "name")) {
        insert_filled(&mut fields, "areas", json!([area]));
    }
    let whole = Value::Object(organization.clone()).to_string();
    Incoming { fields, whole, ..Incoming::new(format!("organizations, entry {}", at + 1), Kind::Member) }
}
