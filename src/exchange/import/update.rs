//! Changes of records that are there: what a row says and the record does not. Lists only grow, and nothing else is touched.

use super::said::{holds, is_another_name};
use crate::edit::{Edit, Literal, Step, typed};
use crate::kind::Kind;
use crate::ledger::Ledger;
use crate::record::field::{Field, Shape};
use crate::record::fields_of;
use serde_json::{Map, Value, json};

/// The edits after which a record says all that is said.
pub fn edits(ledger: &Ledger, kind: Kind, has: &Map<String, Value>, said: &Map<String, Value>) -> Vec<Edit> {
    let mut edits = Vec::new();
    for (key, said) in said {
        // A record that is called so beside its name keeps both.
        let is_kept = key == "name" && is_another_name(has, said);
        if let Some(field) = fields_of(kind).find(|field| field.name == key && !is_kept) {
            let place = vec![Step::Key(key.clone())];
            add(ledger, field, place, has.get(key), said, &mut edits);
        }
    }
    edits
}

fn add(ledger: &Ledger, field: &Field, place: Vec<Step>, has: Option<&Value>, said: &Value, edits: &mut Vec<Edit>) {
    let shape = (field.shape)();
    let inside = |key: &str| place.iter().cloned().chain([Step::Key(key.to_owned())]).collect::<Vec<_>>();
    match (has, said) {
        (Some(has), said) if holds(ledger, Some(&shape), has, said) => {}
        (Some(Value::Array(items)), Value::Array(more)) => {
            let new = more.iter().filter(|said| !items.iter().any(|has| holds(ledger, Some(&shape), has, said)));
            for item in new {
                if let Some(Literal::List(values)) = typed(field, &json!([item])) {
                    edits.extend(values.into_iter().map(|value| Edit::Append { list: place.clone(), value }));
                }
            }
        }
        (Some(Value::Object(old)), Value::Object(new)) => {
            for (key, said) in new {
                match &shape {
                    Shape::Table(table) => {
                        if let Some(inner) = table.field(key) {
                            add(ledger, inner, inside(key), old.get(key), said, edits);
                        }
                    }
                    _ if old.get(key) == Some(said) => {}
                    _ => {
                        if let Some(Literal::Table(fields)) = typed(field, &json!({ key.as_str(): said })) {
                            edits.extend(
                                fields.into_iter().map(|(key, value)| Edit::Set { place: inside(&key), value }),
                            );
                        }
                    }
                }
            }
        }
        (_, said) => edits.extend(typed(field, said).map(|value| Edit::Set { place, value })),
    }
}
