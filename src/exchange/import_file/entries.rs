//! The entries of a nested file: a list at the top, a list under a name, or a table of tables by id.

use super::{DEEPEST, ImportFile, LONGEST, Row, Unusable};
use serde_json::{Map, Value};

/// Names under which lists of records stand, beside that of their kind.
const LISTS: [&str; 7] = ["records", "entries", "items", "rows", "data", "results", "list"];

/// The entries of a value. Of several lists, one named in `lists` is taken.
///
/// # Errors
/// Where there are none, or it cannot be told which list is meant.
pub fn read(value: Value, lists: &[&str]) -> Result<ImportFile, Unusable> {
    let rows = match value {
        Value::Array(items) => entries(items)?,
        Value::Object(fields) => within(fields, lists)?,
        _ => return Err(Unusable("this file holds a single value, not a list of entries".to_owned())),
    };
    if rows.is_empty() {
        return Err(Unusable("this file has no entries".to_owned()));
    }
    for row in &rows {
        row.values
            .values()
            .try_for_each(|value| bounded(value, 1))
            .map_err(|told| Unusable(format!("{} {told}", row.place)))?;
    }
    Ok(ImportFile { columns: Vec::new(), rows })
}

fn entries(items: Vec<Value>) -> Result<Vec<Row>, Unusable> {
    let rows = items.into_iter().enumerate().map(|(at, item)| {
        let place = format!("entry {}", at + 1);
        match item {
            Value::Object(values) => Ok(Row { place, values, ..Row::default() }),
            _ => Err(Unusable(format!("{place} is a single value, where fields with names are expected"))),
        }
    });
    rows.collect()
}

/// The entries of a table: a list in it, or the tables in it with their keys as ids.
fn within(mut fields: Map<String, Value>, lists: &[&str]) -> Result<Vec<Row>, Unusable> {
    let is_list = |value: &Value| value.as_array().is_some_and(|items| items.iter().all(Value::is_object));
    let named = lists.iter().chain(&LISTS).find(|name| fields.get(**name).is_some_and(is_list));
    let found: Vec<String> = match named {
        Some(name) => vec![(*name).to_owned()],
        None => fields.iter().filter(|(_, value)| is_list(value)).map(|(key, _)| key.clone()).collect(),
    };
    if let [list] = found.as_slice() {
        return match fields.remove(list) {
            Some(Value::Array(items)) => entries(items),
            _ => Ok(Vec::new()),
        };
    }
    if found.is_empty() && !fields.is_empty() && fields.values().all(Value::is_object) {
        let rows = fields.into_iter().filter_map(|(key, value)| match value {
            Value::Object(mut values) => {
                values.entry("id").or_insert_with(|| Value::from(key.as_str()));
                Some(Row { place: format!("entry {key}"), values, ..Row::default() })
            }
            _ => None,
        });
        return Ok(rows.collect());
    }
    let told = match found.len() {
        0 => "this file has no list of entries".to_owned(),
        _ => format!(
            "this file has several lists ({}); put the right one under {}",
            found.join(", "),
            lists.join(" or ")
        ),
    };
    Err(Unusable(told))
}

/// Refuses what is nested too deep or too long for a record.
fn bounded(value: &Value, depth: usize) -> Result<(), String> {
    match value {
        _ if depth > DEEPEST => Err(format!("holds values in each other more than {DEEPEST} deep")),
        Value::String(text) if text.len() > LONGEST => {
            Err(format!("has a value with more than {LONGEST} bytes, which no record can hold"))
        }
        Value::Array(items) => items.iter().try_for_each(|item| bounded(item, depth + 1)),
        Value::Object(fields) => fields.values().try_for_each(|item| bounded(item, depth + 1)),
        _ => Ok(()),
    }
}
