//! Changes of records that are there: what a row says and the record does not. Lists only grow, but for entries that the register
//! numbers, and nothing else is touched.

use super::said::{are_other_terms, holds, is_another_name};
use crate::edit::{Edit, Literal, Step, below, exact_values, free_value, typed};
use crate::exchange::incoming::Numbers;
use crate::kind::Kind;
use crate::ledger::Ledger;
use crate::record::field::{Field, Shape};
use crate::record::fields_of;
use crate::record::value::{EXACT, unescape_key};
use serde_json::{Map, Value, json};

/// The edits after which a record says all that is said, both with the table under `extra` in its portable form. An entry of a list with
/// a number is the one that stands there.
pub fn edits(
    ledger: &Ledger,
    kind: Kind,
    has: &Map<String, Value>,
    said: &Map<String, Value>,
    numbers: &Numbers,
) -> Vec<Edit> {
    let mut changes = Changes { ledger, numbers, edits: Vec::new() };
    for (key, said) in said {
        // A record that is called so beside its name keeps both.
        let is_kept = key == "name" && is_another_name(has, said);
        if let Some(field) = fields_of(kind).find(|field| field.name == key && !is_kept) {
            let place = vec![Step::Key(key.clone())];
            if has.get(key).is_some_and(|has| are_other_terms(kind, key, has, said)) {
                changes.edits.extend(typed(field, said).map(|value| Edit::Set { place, value }));
                continue;
            }
            changes.add(field, place, has.get(key), said);
        }
    }
    changes.edits
}

struct Changes<'l> {
    ledger: &'l Ledger,
    numbers: &'l Numbers,
    edits: Vec<Edit>,
}

impl Changes<'_> {
    fn add(&mut self, field: &Field, place: Vec<Step>, has: Option<&Value>, said: &Value) {
        let shape = (field.shape)();
        match (has, said) {
            (Some(has), said) if holds(self.ledger, Some(&shape), has, &without_exact(said)) => {}
            (Some(Value::Array(items)), Value::Array(more)) => self.entries(field, &place, items, more),
            (Some(Value::Object(old)), Value::Object(new)) => self.table(field, &place, old, new),
            (_, said) => self.edits.extend(typed(field, said).map(|value| Edit::Set { place, value })),
        }
    }

    /// The entries of a list: each that is numbered is changed where it stands, and the others are added.
    fn entries(&mut self, field: &Field, list: &[Step], items: &[Value], more: &[Value]) {
        let (ledger, shape) = (self.ledger, (field.shape)());
        let says = |has: &Value, said: &Value| holds(ledger, Some(&shape), has, said);
        let path: Vec<&str> = list
            .iter()
            .filter_map(|step| match step {
                Step::Key(key) => Some(key.as_str()),
                Step::At(_) => None,
            })
            .collect();
        let numbers = self.numbers.of(&path, more.len());
        for (at, said) in more.iter().enumerate() {
            if items.iter().any(|has| says(has, said)) {
                continue;
            }
            let position = numbers.and_then(|numbers| numbers.get(at)?.checked_sub(1));
            // An entry that another row repeats whole has moved, and is not the one that is meant.
            let old = position
                .and_then(|position| items.get(position))
                .filter(|old| !more.iter().any(|said| says(old, said)));
            match (position, old, said) {
                (Some(position), Some(Value::Object(old)), Value::Object(new)) => {
                    self.table(field, &with(list, Step::At(position)), old, new);
                }
                (Some(position), Some(_), said) => {
                    let place = with(list, Step::At(position));
                    self.edits.extend(entry(field, said).map(|value| Edit::Set { place, value }));
                }
                _ => self.edits.extend(entry(field, said).map(|value| Edit::Append { list: list.to_vec(), value })),
            }
        }
    }

    fn table(&mut self, field: &Field, place: &[Step], old: &Map<String, Value>, new: &Map<String, Value>) {
        let Shape::Table(table) = (field.shape)() else {
            let plain = |table: &Map<String, Value>| table.iter().filter(|(key, _)| *key != EXACT).map(own).collect();
            return self.free_table(place, "", &plain(old), &plain(new), exact_values(new));
        };
        for (key, said) in new {
            if let Some(inner) = table.field(key) {
                self.add(inner, with(place, Step::Key(key.clone())), old.get(key), said);
            }
        }
    }

    /// A table with keys of the coalition's own, in its portable form, to which `path` leads: what stands in it and is not said stays.
    fn free_table(
        &mut self,
        place: &[Step],
        path: &str,
        old: &Map<String, Value>,
        new: &Map<String, Value>,
        exact: Option<&Map<String, Value>>,
    ) {
        for (key, said) in new {
            let place = with(place, Step::Key(unescape_key(key).to_owned()));
            let path = below(path, key);
            match (old.get(key), said) {
                (Some(has), said) if holds(self.ledger, None, has, said) => {}
                (Some(Value::Object(old)), Value::Object(new)) => self.free_table(&place, &path, old, new, exact),
                (Some(Value::Array(items)), Value::Array(more)) => {
                    for (at, said) in more.iter().enumerate() {
                        if !items.iter().any(|has| holds(self.ledger, None, has, said)) {
                            let value = free_value(said, &below(&path, &at.to_string()), exact);
                            self.edits.extend(value.map(|value| Edit::Append { list: place.clone(), value }));
                        }
                    }
                }
                (_, said) => {
                    self.edits.extend(free_value(said, &path, exact).map(|value| Edit::Set { place, value }));
                }
            }
        }
    }
}

fn own((key, value): (&String, &Value)) -> (String, Value) {
    (key.clone(), value.clone())
}

/// A table of one's own without the forms in which TOML writes its values.
fn without_exact(said: &Value) -> Value {
    let mut plain = said.clone();
    if let Value::Object(fields) = &mut plain {
        fields.shift_remove(EXACT);
    }
    plain
}

/// One entry of a list as it is written.
fn entry(field: &Field, said: &Value) -> Option<Literal> {
    match typed(field, &json!([said]))? {
        Literal::List(mut values) => values.pop(),
        other => Some(other),
    }
}

fn with(place: &[Step], step: Step) -> Vec<Step> {
    place.iter().cloned().chain([step]).collect()
}
