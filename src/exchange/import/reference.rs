//! Resolves references to other records: by id, or by the name of a record in the ledger or in the same import.

use crate::error::Error;
use crate::exchange::incoming::{BY_SOURCE_ID, SOURCE_ID_KEY, quote};
use crate::kind::Kind;
use crate::ledger::Ledger;
use crate::parse::alike::{alike, fold, fold_accents};
use crate::parse::suggest::{is_slug, nearest};
use crate::record::field::{Field, Shape};
use crate::record::fields_of;
use serde_json::{Map, Value};
use std::collections::{HashMap, HashSet};

/// Finds the id of a record.
#[derive(Debug, Default)]
pub(super) struct Index {
    ids: HashSet<(Kind, String)>,
    by_name: HashMap<(Kind, String), Vec<String>>,
    /// The records by exact name.
    exactly: HashMap<(Kind, String), Vec<String>>,
    /// The names as people write them.
    names: HashMap<(Kind, String), String>,
    by_key: HashMap<(Kind, String), String>,
    /// Whether a word that is an id always means that record, as in a package.
    pub by_id: bool,
}

impl Index {
    /// The records of a ledger.
    pub(super) fn new(ledger: &Ledger) -> Index {
        let mut index = Index::default();
        for record in ledger.records() {
            index.add(record.key().kind, &record.key().id, record.name());
            if let Some(key) = record.common().extra.as_ref().and_then(|extra| extra.0.get(SOURCE_ID_KEY)?.as_str()) {
                index.add_key(record.key().kind, &record.key().id, key);
            }
        }
        index.ids.extend(ledger.unread.iter().map(|key| (key.kind, key.id.to_string())));
        index
    }

    /// Adds a record.
    pub(super) fn add(&mut self, kind: Kind, id: &str, name: &str) {
        if self.ids.insert((kind, id.to_owned())) {
            self.names.insert((kind, id.to_owned()), name.to_owned());
            self.exactly.entry((kind, alike(name))).or_default().push(id.to_owned());
            self.by_name.entry((kind, fold(name))).or_default().push(id.to_owned());
        }
    }

    /// Adds the ID that an import file gives a record.
    pub(super) fn add_key(&mut self, kind: Kind, id: &str, key: &str) {
        self.by_key.insert((kind, key.to_lowercase()), id.to_owned());
    }

    /// Replaces the names of other records with their ids. Returns the fields that could not be resolved, with reasons.
    pub(super) fn resolve(&self, kind: Kind, fields: &mut Map<String, Value>) -> Vec<(String, String)> {
        let mut problems = Vec::new();
        for field in fields_of(kind) {
            if let Some(value) = fields.get_mut(field.name) {
                self.walk(field, field.name, value, &mut problems);
            }
        }
        problems
    }

    fn walk(&self, field: &Field, path: &str, value: &mut Value, problems: &mut Vec<(String, String)>) {
        if let Value::Array(items) = value {
            items.iter_mut().for_each(|item| self.walk(field, path, item, problems));
            return;
        }
        match ((field.shape)(), value) {
            (Shape::Table(table), Value::Object(fields)) => {
                for inner in table.fields {
                    if let Some(value) = fields.get_mut(inner.name) {
                        self.walk(inner, &format!("{path}.{}", inner.name), value, problems);
                    }
                }
            }
            (Shape::Reference(kind), Value::String(text)) => match self.id(kind, text) {
                Ok(id) => *text = id,
                Err(error) => problems.push((path.to_owned(), error.to_string())),
            },
            _ => {}
        }
    }

    /// The record with this id or name, if there is one and no more.
    pub(super) fn find(&self, kind: Kind, reference: &str) -> Option<String> {
        self.id(kind, reference).ok()
    }

    /// The name of a record that differs from a reference only in accents or by a slip.
    fn near(&self, kind: Kind, reference: &str) -> Option<String> {
        const MOST: usize = 5000;
        let names = || self.by_name.keys().filter(|(of, _)| *of == kind).map(|(_, name)| name.as_str());
        let plain = fold_accents(reference);
        let mut found: Vec<&str> = names().filter(|name| fold_accents(name) == plain).collect();
        found.sort_unstable();
        if found.is_empty() && names().count() <= MOST {
            let mut sorted: Vec<&str> = names().collect();
            sorted.sort_unstable();
            found.extend(nearest(&plain, sorted));
        }
        let name = (kind, (*found.first()?).to_owned());
        let id = self.by_name.get(&name)?.first()?;
        self.names.get(&(kind, id.clone())).cloned()
    }

    fn id(&self, kind: Kind, reference: &str) -> Result<String, Error> {
        let reference = reference.trim();
        let lower = fold(reference);
        if let Some(key) = lower.strip_prefix(BY_SOURCE_ID) {
            let id = self.by_key.get(&(kind, key.to_owned())).cloned();
            return id.ok_or_else(|| {
                Error::data(format!("there is no {kind} with the ID {} in the import file", quote(key)))
            });
        }
        let as_id = (kind, reference.to_owned());
        if is_slug(reference) && self.ids.contains(&as_id) {
            let other = self.exactly.get(&as_id).into_iter().flatten().find(|id| *id != reference && !self.by_id);
            return match other {
                None => Ok(reference.to_owned()),
                Some(other) => Err(Error::data(format!(
                    "{} is the id of one {kind} and the name of another ({other}); write the name of the first or the id of the second",
                    quote(reference)
                ))),
            };
        }
        match self.by_name.get(&(kind, lower)).map(Vec::as_slice) {
            Some([id]) => Ok(id.clone()),
            Some(several) => {
                let ids = several.iter().take(5).cloned().collect::<Vec<_>>().join(", ");
                Err(Error::data(format!(
                    "several {} are called {} ({ids}); write the id of the right one",
                    kind.folder(),
                    quote(reference)
                )))
            }
            None if self.near(kind, reference).is_some() => {
                let near = self.near(kind, reference).unwrap_or_default();
                Err(Error::data(format!(
                    "there is no {kind} called {}; did you mean {}?",
                    quote(reference),
                    quote(&near)
                )))
            }
            None => {
                let by = if is_slug(reference) { "with the id or the name" } else { "called" };
                Err(Error::data(format!(
                    "there is no {kind} {by} {}; import the {} first, or leave this out",
                    quote(reference),
                    kind.folder()
                )))
            }
        }
    }
}
