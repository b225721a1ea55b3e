//! Records of one name, found by what they say, so that a thousand libraries of one name are not compared with each other.

use crate::kind::Kind;
use crate::record::field::Shape;
use crate::record::fields_of;
use serde_json::{Map, Value};
use std::collections::HashMap;

/// Which records of a family say what.
#[derive(Debug, Default)]
pub struct Family<'l> {
    by_word: HashMap<(&'static str, String), Vec<&'l str>>,
    all: Vec<&'l str>,
}

impl<'l> Family<'l> {
    /// The records of a family.
    pub fn new<'j>(kind: Kind, members: impl Iterator<Item = (&'l str, &'j Map<String, Value>)>) -> Family<'l> {
        let mut family = Family::default();
        for (id, json) in members {
            family.all.push(id);
            for word in words(kind, json) {
                family.by_word.entry(word).or_default().push(id);
            }
        }
        family
    }

    /// The fewest records among which those that say all this must be.
    pub fn candidates(&self, kind: Kind, said: &Map<String, Value>) -> &[&'l str] {
        let of_word = |word| self.by_word.get(&word).map_or(&[][..], Vec::as_slice);
        words(kind, said).map(of_word).min_by_key(|ids| ids.len()).unwrap_or(&self.all)
    }
}

/// The words by which a record is found: those that a row and a record write alike, or do not mean the same.
fn words(kind: Kind, json: &Map<String, Value>) -> impl Iterator<Item = (&'static str, String)> {
    fields_of(kind).flat_map(move |field| {
        let is_alike = !matches!((field.shape)(), Shape::Reference(_) | Shape::Prose | Shape::Free);
        let value = json.get(field.name).filter(|_| is_alike);
        let items: Vec<String> = match value {
            Some(Value::String(text)) => vec![text.clone()],
            Some(Value::Array(items)) => items
                .iter()
                .filter_map(|item| item.as_str().or_else(|| item.get("value")?.as_str()))
                .map(str::to_owned)
                .collect(),
            _ => Vec::new(),
        };
        items.into_iter().map(move |item| (field.name, item))
    })
}
