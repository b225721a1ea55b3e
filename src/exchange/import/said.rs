//! Whether a record says already what a row says. What else the record says does not matter, so that what a coalition adds
//! to its records stands in nobody's way.

use super::key::{BY_KEY, register_key};
use crate::kind::Kind;
use crate::ledger::Ledger;
use crate::record::field::Shape;
use crate::record::fields_of;
use serde_json::{Map, Value};

/// Whether a record has all that is said.
///
/// # Errors
/// The first field in which it differs.
pub fn says(ledger: &Ledger, kind: Kind, has: &Map<String, Value>, said: &Map<String, Value>) -> Result<(), String> {
    for (key, said) in said {
        if key == "name" && is_another_name(has, said) {
            continue;
        }
        let shape = fields_of(kind).find(|field| field.name == key).map(|field| (field.shape)());
        if !has.get(key).is_some_and(|has| holds(ledger, shape.as_ref(), has, said)) {
            return Err(key.clone());
        }
    }
    Ok(())
}

/// Whether a record is called so beside its name.
pub fn is_another_name(has: &Map<String, Value>, name: &Value) -> bool {
    has.get("other_names").and_then(Value::as_array).is_some_and(|names| names.contains(name))
}

/// Whether a value says what another one says.
pub fn holds(ledger: &Ledger, shape: Option<&Shape>, has: &Value, said: &Value) -> bool {
    match (has, said) {
        (Value::Object(has), Value::Object(said)) => said.iter().all(|(key, said)| {
            let inner = match shape {
                Some(Shape::Table(table)) => table.field(key).map(|field| (field.shape)()),
                _ => None,
            };
            has.get(key).is_some_and(|has| holds(ledger, inner.as_ref(), has, said))
        }),
        (Value::Array(has), Value::Array(said)) => {
            said.iter().all(|said| has.iter().any(|has| holds(ledger, shape, has, said)))
        }
        (Value::String(has), Value::String(said)) => {
            has == said
                || has.replace("\r\n", "\n") == said.replace("\r\n", "\n")
                || matches!(shape, Some(Shape::Reference(kind)) if refers(ledger, *kind, has, said))
        }
        (has, said) => has == said,
    }
}

/// Whether an id is that of the record which a register calls by its name.
fn refers(ledger: &Ledger, kind: Kind, id: &str, called: &str) -> bool {
    if let Some(key) = called.strip_prefix(BY_KEY) {
        let json = ledger.find(kind, id).map(|record| record.to_json());
        return json.as_ref().and_then(register_key).is_some_and(|own| own.eq_ignore_ascii_case(key));
    }
    let name = ledger.find(kind, id).map(|record| record.name().to_lowercase());
    id == called || name.is_some_and(|name| name == called.to_lowercase())
}
