//! The entries of a nested file: a list at the top, a list under a name, or a table of tables by id.

use super::{FileRow, ImportFile, MAX_DEPTH, MAX_TEXT};
use crate::error::Error;
use serde_json::{Map, Value};

/// Common keys of lists of records, in addition to the name of the kind.
const LISTS: [&str; 7] = ["records", "entries", "items", "rows", "data", "results", "list"];

/// Which list of a file is meant, if it has several.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Lists<'l> {
    /// The names that a list of these records usually has.
    pub known: &'l [&'l str],
    /// The path of the one that the command line names, with dots.
    pub chosen: Option<&'l str>,
}

impl<'l, const N: usize> From<&'l [&'l str; N]> for Lists<'l> {
    fn from(known: &'l [&'l str; N]) -> Lists<'l> {
        Lists { known, chosen: None }
    }
}

/// The entries of a value. Of several lists, one named in `lists` counts.
///
/// # Errors
/// There are no entries, or it is unclear which list is meant.
pub(super) fn read(value: Value, lists: Lists<'_>) -> Result<ImportFile, Error> {
    let rows = match (value, lists.chosen) {
        (value, Some(chosen)) => chosen_entries(value, chosen)?,
        (Value::Array(items), None) => entries(items)?,
        (Value::Object(fields), None) => within(fields, lists.known)?,
        _ => return Err(Error::data("this file contains a single value; it must be a list of entries")),
    };
    if rows.is_empty() {
        return Err(Error::data("this file has no entries"));
    }
    for row in &rows {
        row.values.values().try_for_each(|value| check_size(value, 1, &row.place))?;
    }
    Ok(ImportFile { rows, ..ImportFile::default() })
}

/// The entries of the list with this path.
fn chosen_entries(value: Value, chosen: &str) -> Result<Vec<FileRow>, Error> {
    let mut found = Vec::new();
    list_paths(&value, "", 1, &mut found);
    // A name alone is enough where only one list has it.
    let names: Vec<&String> = found.iter().filter(|path| path.rsplit('.').next() == Some(chosen)).collect();
    let path = match (found.iter().find(|path| *path == chosen), names.as_slice()) {
        (Some(path), _) => path,
        (None, [path]) => path,
        _ => {
            let help = if found.is_empty() {
                "this file has none".to_owned()
            } else {
                format!("the lists are {}", found.join(", "))
            };
            return Err(Error::usage(format!("there is no list \"{chosen}\"; {help}")));
        }
    };
    let mut at = value;
    for key in path.split('.') {
        at = match at {
            Value::Object(mut fields) => fields.remove(key).unwrap_or_default(),
            _ => Value::Null,
        };
    }
    match at {
        Value::Array(items) => entries(items),
        _ => Ok(Vec::new()),
    }
}

/// The paths of all lists of entries in a value that are not in a list themselves.
fn list_paths(value: &Value, prefix: &str, depth: usize, found: &mut Vec<String>) {
    const MOST: usize = 40;
    let Value::Object(fields) = value else { return };
    for (key, value) in fields.iter().filter(|(key, _)| !key.contains('.')) {
        let path = if prefix.is_empty() { key.clone() } else { format!("{prefix}.{key}") };
        if is_list(value) && found.len() < MOST {
            found.push(path);
        } else if depth < 6 {
            list_paths(value, &path, depth + 1, found);
        }
    }
}

/// Whether a value is a list of entries.
fn is_list(value: &Value) -> bool {
    value.as_array().is_some_and(|items| !items.is_empty() && items.iter().all(Value::is_object))
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

/// The entries of a table: a list in it, its tables with their keys as ids, or the table itself.
fn within(mut fields: Map<String, Value>, lists: &[&str]) -> Result<Vec<FileRow>, Error> {
    let is_list = |value: &Value| value.as_array().is_some_and(|items| items.iter().all(Value::is_object));
    let named = lists.iter().chain(&LISTS).find(|name| fields.get(**name).is_some_and(is_list));
    let found: Vec<String> = match named {
        Some(name) => vec![(*name).to_owned()],
        None => fields.iter().filter(|(_, value)| is_list(value)).map(|(key, _)| key.clone()).collect(),
    };
    // A record may have a list of its own, such as contact details.
    let is_scalar = |value: &Value| !value.is_array() && !value.is_object();
    let is_record = named.is_none() && NAMES.iter().any(|name| fields.get(*name).is_some_and(is_scalar));
    if is_record {
        return entries(vec![Value::Object(fields)]);
    }
    if let [list] = found.as_slice() {
        return match fields.remove(list) {
            Some(Value::Array(items)) => entries(items),
            _ => Ok(Vec::new()),
        };
    }
    // Tables that only hold lists wrap them.
    let wraps = |value: &Value| {
        value.as_object().is_some_and(|inner| inner.values().any(is_list) && !inner.values().any(is_scalar))
    };
    let mut paths = Vec::new();
    let whole = Value::Object(fields);
    list_paths(&whole, "", 1, &mut paths);
    let Value::Object(fields) = whole else { return Ok(Vec::new()) };
    let is_wrapped = found.is_empty() && fields.values().any(wraps) && !paths.is_empty();
    if let ([path], true) = (paths.as_slice(), is_wrapped) {
        return chosen_entries(Value::Object(fields), path);
    }
    if !is_wrapped && found.is_empty() && !fields.is_empty() && fields.values().all(Value::is_object) {
        let rows = fields.into_iter().filter_map(|(key, value)| match value {
            Value::Object(mut values) => {
                values.entry("id").or_insert_with(|| Value::from(key.as_str()));
                Some(FileRow { place: format!("entry {key}"), values, ..FileRow::default() })
            }
            _ => None,
        });
        return Ok(rows.collect());
    }
    Err(Error::data(match paths.as_slice() {
        [] => "this file has no list of entries".to_owned(),
        [first, ..] => {
            format!("this file has several lists ({}); choose one, such as --list {first}", paths.join(", "))
        }
    }))
}

/// Fields that only a record has.
const NAMES: [&str; 6] = ["name", "Name", "full_name", "first_name", "email", "FN"];

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
