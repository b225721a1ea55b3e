//! Entries of lists that come with their first field: `actions.3.what=…` where the list has two makes the third.

use crate::edit::literal::Literal;
use crate::edit::page::PathStep;
use crate::edit::splice::dotted;
use crate::error::Error;
use crate::record::value::escape_key;
use serde_json::{Map, Value};

/// A list, and the way from a new entry of it to a value.
type NewEntry = (Vec<PathStep>, Vec<PathStep>);

/// The list that a place makes longer by one entry, and the way from the new entry to the value; `None` if every entry on the
/// way is there.
///
/// # Errors
/// If the entry is further on than the next one.
pub(super) fn new_entry(place: &[PathStep], tree: &Value) -> Result<Option<NewEntry>, Error> {
    for (nth, step) in place.iter().enumerate() {
        let PathStep::At(at) = step else { continue };
        let (list, rest) = place.split_at(nth);
        let count = super::value_at(tree, list).and_then(Value::as_array).map_or(0, Vec::len);
        if *at == count {
            return Ok(Some((list.to_vec(), rest.get(1..).unwrap_or_default().to_vec())));
        }
        if *at > count {
            return Err(no_such_entry(list, *at, count));
        }
    }
    Ok(None)
}

fn no_such_entry(list: &[PathStep], at: usize, count: usize) -> Error {
    let list = dotted(list);
    let has = match count {
        0 => "has no entries".to_owned(),
        1 => "has 1 entry".to_owned(),
        count => format!("has {count} entries"),
    };
    Error::refused(format!("`{list}` {has}, so there is no {list}.{}; a new one is {list}.{}", at + 1, count + 1))
}

/// A new entry that holds a value and nothing else.
///
/// # Errors
/// If the way to the value leads through a list that begins elsewhere than at its first entry.
pub(super) fn wrap(rest: &[PathStep], value: Literal) -> Result<Literal, Error> {
    match rest.split_first() {
        None => Ok(value),
        Some((PathStep::Key(key), rest)) => Ok(Literal::Table(vec![(key.clone(), wrap(rest, value)?)])),
        Some((PathStep::At(0), rest)) => Ok(Literal::List(vec![wrap(rest, value)?])),
        Some((PathStep::At(at), _)) => {
            Err(Error::refused(format!("a new list begins with its first entry, not with entry {}", at + 1)))
        }
    }
}

/// Puts a value at a place in the fields of a record that is still to be made; tables and entries on the way are made.
///
/// # Errors
/// If an entry is further on than the next one.
pub(super) fn put(
    fields: &mut Map<String, Value>,
    place: &[PathStep],
    is_free: bool,
    value: Value,
) -> Result<(), Error> {
    let Some((PathStep::Key(key), rest)) = place.split_first() else { return Ok(()) };
    let key = if is_free { escape_key(key).into_owned() } else { key.clone() };
    let target = fields.entry(key).or_insert(Value::Null);
    put_in(target, rest, is_free, value, place)
}

fn put_in(target: &mut Value, rest: &[PathStep], is_free: bool, value: Value, place: &[PathStep]) -> Result<(), Error> {
    match rest.split_first() {
        None => *target = value,
        Some((PathStep::Key(key), inner)) => {
            if target.is_null() {
                *target = Value::Object(Map::new());
            }
            let key = if is_free { escape_key(key).into_owned() } else { key.clone() };
            if let Some(fields) = target.as_object_mut() {
                return put_in(fields.entry(key).or_insert(Value::Null), inner, is_free, value, place);
            }
        }
        Some((PathStep::At(at), inner)) => {
            if target.is_null() {
                *target = Value::Array(Vec::new());
            }
            if let Some(items) = target.as_array_mut() {
                if *at > items.len() {
                    let list = place.get(..place.len() - rest.len()).unwrap_or_default();
                    return Err(no_such_entry(list, *at, items.len()));
                }
                if *at == items.len() {
                    items.push(Value::Null);
                }
                if let Some(item) = items.get_mut(*at) {
                    return put_in(item, inner, is_free, value, place);
                }
            }
        }
    }
    Ok(())
}
