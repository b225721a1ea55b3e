//! Whether a record says already what a row says. What else the record says does not matter, so that what a coalition adds
//! to its records stands in nobody's way.

use super::key::{BY_KEY, register_key};
use crate::kind::Kind;
use crate::ledger::Ledger;
use crate::parse::alike::{alike, composed, folded};
use crate::record::field::Shape;
use crate::record::fields_of;
use rust_decimal::Decimal;
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
        let is_same = |has: &Value| holds(ledger, shape.as_ref(), has, said) && !are_other_terms(kind, key, has, said);
        if !has.get(key).is_some_and(is_same) {
            return Err(key.clone());
        }
    }
    Ok(())
}

/// Whether a record is called so beside its name.
pub fn is_another_name(has: &Map<String, Value>, name: &Value) -> bool {
    let is_name = |other: &Value| other.as_str().map(alike) == name.as_str().map(alike);
    has.get("other_names").and_then(Value::as_array).is_some_and(|names| names.iter().any(is_name))
}

/// Whether two values are different words of an agreement. What is signed counts to the letter, but for the line ends of a file.
pub fn are_other_terms(kind: Kind, key: &str, has: &Value, said: &Value) -> bool {
    let words = |value: &Value| value.as_str().map(|text| text.replace("\r\n", "\n"));
    kind == Kind::Agreement && key == "text" && words(has) != words(said)
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
            let amount = |text: &str| text.trim().parse::<Decimal>().ok();
            let lines = |text: &str| composed(&text.replace("\r\n", "\n"));
            has == said
                || match shape {
                    Some(Shape::Reference(kind)) => refers(ledger, *kind, has, said),
                    Some(Shape::Prose) => lines(has) == lines(said),
                    // A spreadsheet takes zeros away: 250 is 250.00.
                    Some(Shape::Amount) => {
                        matches!((amount(has), amount(said)), (Some(has), Some(said)) if has == said)
                    }
                    _ => alike(has) == alike(said),
                }
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
    let name = ledger.find(kind, id).map(|record| folded(record.name()));
    id == called || name.is_some_and(|name| name == folded(called))
}
