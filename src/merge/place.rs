//! Where something is in a record, said so that three versions of the record mean the same thing by it: an entry of a list is
//! named by what it is, not by its number.

use crate::edit::PathStep;
use crate::record::entry_key::{EntryId, tell_words_apart};
use crate::record::field::{Field, Shape};
use serde_json::{Map, Value};
use std::collections::HashMap;

/// One step on the way to a value.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Step {
    /// Into the table under a key, or to the value there.
    Key(String),
    /// To an entry of a list.
    Entry(EntryId),
}

/// The steps from the record to something in it.
pub(super) type Place = Vec<Step>;

/// One of three versions of something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    /// What both sides started from.
    Base,
    /// The version that is to be changed.
    Ours,
    /// The version whose changes are to come in.
    Theirs,
}

/// Three versions of one thing.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Trio<T> {
    /// What both sides started from.
    pub base: T,
    /// Our version.
    pub ours: T,
    /// Their version.
    pub theirs: T,
}

impl<T> Trio<T> {
    /// The version of a side.
    pub(super) fn of(&self, side: Side) -> &T {
        match side {
            Side::Base => &self.base,
            Side::Ours => &self.ours,
            Side::Theirs => &self.theirs,
        }
    }

    /// The same of each version.
    pub(super) fn map<'t, U>(&'t self, mut one: impl FnMut(&'t T) -> U) -> Trio<U> {
        Trio { base: one(&self.base), ours: one(&self.ours), theirs: one(&self.theirs) }
    }
}

/// The field of a table that the field above it holds.
pub(super) fn field_in(above: Option<&'static Field>, key: &str) -> Option<&'static Field> {
    match above.map(|field| (field.shape)()) {
        Some(Shape::Table(table)) => table.field(key),
        _ => None,
    }
}

/// The entries of every list of tables in three versions of a record, kept apart.
#[derive(Debug, Default)]
pub(super) struct EntryIds(HashMap<Place, Trio<Vec<EntryId>>>);

impl EntryIds {
    /// Tells the entries apart, in all tables and entries.
    pub(super) fn new(versions: &Trio<Map<String, Value>>, find: &dyn Fn(&str) -> Option<&'static Field>) -> EntryIds {
        let mut ids = EntryIds::default();
        ids.add_table(&mut Vec::new(), &versions.map(Some), find);
        ids
    }

    fn add_table(
        &mut self,
        place: &mut Place,
        versions: &Trio<Option<&Map<String, Value>>>,
        find: &dyn Fn(&str) -> Option<&'static Field>,
    ) {
        let mut keys: Vec<&String> = Vec::new();
        for version in [versions.base, versions.ours, versions.theirs].into_iter().flatten() {
            keys.extend(version.keys());
        }
        keys.sort_unstable();
        keys.dedup();
        for key in keys {
            let values = versions.map(|version| version.and_then(|version| version.get(key)));
            place.push(Step::Key(key.clone()));
            self.add_value(place, &values, find(key));
            place.pop();
        }
    }

    fn add_value(&mut self, place: &mut Place, values: &Trio<Option<&Value>>, field: Option<&'static Field>) {
        let find = |key: &str| field_in(field, key);
        let tables = values.map(|value| value.and_then(Value::as_object));
        if [tables.base, tables.ours, tables.theirs].iter().any(Option::is_some) {
            self.add_table(place, &tables, &find);
        }
        let lists = values.map(|value| value.and_then(Value::as_array).map_or(&[][..], Vec::as_slice));
        let has_tables = |list: &[Value]| list.iter().any(Value::is_object);
        if ![lists.base, lists.ours, lists.theirs].into_iter().any(has_tables) {
            return;
        }
        let versions = [lists.base, lists.ours, lists.theirs];
        let key = match field.map(|field| (field.shape)()) {
            Some(Shape::Table(table)) => table.key,
            _ => None,
        };
        let mut told = match key {
            Some(key) => key.tell_apart(&versions),
            None => tell_words_apart(&versions),
        }
        .into_iter();
        let mut next = || told.next().unwrap_or_default();
        let ids = Trio { base: next(), ours: next(), theirs: next() };
        let mut seen: HashMap<&EntryId, Trio<Option<&Value>>> = HashMap::new();
        for (id, entry) in ids.base.iter().zip(lists.base) {
            seen.entry(id).or_default().base = Some(entry);
        }
        for (id, entry) in ids.ours.iter().zip(lists.ours) {
            seen.entry(id).or_default().ours = Some(entry);
        }
        for (id, entry) in ids.theirs.iter().zip(lists.theirs) {
            seen.entry(id).or_default().theirs = Some(entry);
        }
        for (id, entries) in seen {
            let tables = entries.map(|entry| entry.and_then(Value::as_object));
            let holds_lists =
                |table: &Map<String, Value>| table.values().any(|value| value.is_array() || value.is_object());
            if [tables.base, tables.ours, tables.theirs].into_iter().flatten().any(holds_lists) {
                place.push(Step::Entry(id.clone()));
                self.add_table(place, &tables, &find);
                place.pop();
            }
        }
        self.0.insert(place.clone(), ids);
    }

    /// The ids of the entries of a list in one version.
    pub(super) fn of(&self, list: &Place, side: Side) -> &[EntryId] {
        self.0.get(list).map_or(&[], |ids| ids.of(side).as_slice())
    }

    /// The place that a place in one version means.
    pub(super) fn place(&self, side: Side, steps: &[PathStep]) -> Option<Place> {
        let mut place = Place::new();
        for step in steps {
            let next = match step {
                PathStep::Key(key) => Step::Key(key.clone()),
                PathStep::At(at) => Step::Entry(self.of(&place, side).get(*at)?.clone()),
            };
            place.push(next);
        }
        Some(place)
    }
}
