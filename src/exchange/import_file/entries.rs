//! The entries of a nested file: a list at the top, a list under a name, or a table of tables by id.

use super::{FileRow, ImportFile, MAX_DEPTH, MAX_TEXT};
use crate::error::Error;
use serde_json::{Map, Value};

/// Common keys of lists of records, in addition to the name of the kind.
const LISTS: [&str; 7] = ["records", "entries", "items", "rows", "data", "results", "list"];

/// The entries of a value. Of several lists, one named in `lists` counts.
///
/// # Errors
/// There are no entries, or it is unclear which list is meant.
pub(super) fn read(value: Value, lists: &[&str]) -> Result<ImportFile, Error> {
    let rows = match value {
        Value::Array(items) => entries(items)?,
        Value::Object(fields) => within(fields, lists)?,
        _ => return Err(Error::data("this file contains a single value; it must be a list of entries")),
    };
    if rows.is_empty() {
        return Err(Error::data("this file has no entries"));
    }
    for row in &rows {
        row.values.values().try_for_each(|value| check_size(value, 1, &row.place))?;
    }
    Ok(ImportFile { columns: Vec::new(), rows })
}

fn entries(items: Vec<Value>) -> Result<Vec<FileRow>, Error> {
    let rows = items.into_iter().enumerate().map(|(at, item)| {
        let place = format!("entry {}", at + 1);
        match item {
            Value::Object(values) => Ok(FileRow { place, values, ..FileRow::default() }),
            _ => Err(Error::data(format!("{place} is a single value; it must be a table with named fields"))),
        }
    });
    rows.collect()
}

/// The entries of a table: a list in it, or its tables with their keys as ids.
fn within(mut fields: Map<String, Value>, lists: &[&str]) -> Result<Vec<FileRow>, Error> {
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
                Some(FileRow { place: format!("entry {key}"), values, ..FileRow::default() })
            }
            _ => None,
        });
        return Ok(rows.collect());
    }
    let message = match found.len() {
        0 => "this file has no list of entries".to_owned(),
        _ => format!(
            "this file has several lists ({}); rename the right one to {}",
            found.join(", "),
            lists.join(" or ")
        ),
    };
    Err(Error::data(message))
}

/// Refuses values that are nested too deep or too long for a record.
fn check_size(value: &Value, depth: usize, place: &str) -> Result<(), Error> {
    match value {
        _ if depth > MAX_DEPTH => Err(Error::data(format!("{place} nests values more than {MAX_DEPTH} levels deep"))),
        Value::String(text) if text.len() > MAX_TEXT => {
            Err(Error::data(format!("{place} has a value of more than {MAX_TEXT} bytes, which no record can hold")))
        }
        Value::Array(items) => items.iter().try_for_each(|item| check_size(item, depth + 1, place)),
        Value::Object(fields) => fields.values().try_for_each(|item| check_size(item, depth + 1, place)),
        _ => Ok(()),
    }
}
