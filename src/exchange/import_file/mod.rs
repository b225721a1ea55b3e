//! An import file as it is on disk: CSV, YAML, JSON, JSON Lines or TOML become rows of values under the names of their columns.
//! What is text stays as it is written: a name `0x5a`, `no` or `1e3` is never taken for a number or a truth.

mod csv;
mod entries;
mod json;
mod yaml;

use crate::record::value::{escape_key, exact, json as json_of, pointed};
pub(super) use csv::{Lines, look_through, separator};
pub(super) use json::quoted;
pub use json::read as json;
use serde_json::{Map, Value};
use std::fmt;

/// What an import file is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Cells between commas, semicolons or tabs, the first row with the names of the columns.
    Csv,
    /// YAML 1.2.
    Yaml,
    /// JSON.
    Json,
    /// A JSON object a line.
    JsonLines,
    /// TOML.
    Toml,
}

impl Format {
    /// The format that the ending of a file's name tells.
    pub fn of_name(name: &str) -> Option<Format> {
        let (_, ending) = name.rsplit_once('.')?;
        Some(match ending.to_lowercase().as_str() {
            "csv" | "tsv" | "tab" | "txt" => Format::Csv,
            "yaml" | "yml" => Format::Yaml,
            "json" => Format::Json,
            "jsonl" | "ndjson" => Format::JsonLines,
            "toml" => Format::Toml,
            _ => return None,
        })
    }
}

/// Whether the ending of a file's name is that of a spreadsheet program.
pub fn is_spreadsheet(name: &str) -> bool {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase());
    ending.is_some_and(|ending| ["xlsx", "xls", "xlsm", "xlsb", "ods", "fods", "numbers"].contains(&ending.as_str()))
}

/// An import file.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ImportFile {
    /// The names of the columns of a table; empty where each row names its own.
    pub columns: Vec<String>,
    /// The rows with something in them.
    pub rows: Vec<Row>,
}

/// One row of a table, or one entry of a list.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Row {
    /// Where it stands, for people: `row 12`, `entry 3`, `line 7`.
    pub place: String,
    /// Its values under the names of their columns.
    pub values: Map<String, Value>,
    /// The folder in which the file of its record stood, where an export says so.
    pub folder: Option<String>,
    /// The same values as a format spells them that has types and does not quote all text; empty otherwise. `null` and `~` are
    /// names in the column of names.
    pub spelled: Map<String, Value>,
    /// The same values with the types of that format, for what has no field to say them; empty otherwise.
    pub typed: Map<String, Value>,
    /// Of those that JSON cannot hold, such as dates, the text that TOML has for them; `null` for all others, or empty.
    pub exact: Map<String, Value>,
    /// Whether the file is TOML, whose keys are what they are. Elsewhere a table under `extra` is in its portable form.
    pub has_plain_keys: bool,
}

impl Row {
    /// The value of a column: one of that name, or a path of names and positions with dots between them. `-1` is the last
    /// of a list.
    pub fn value(&self, column: &str) -> Option<&Value> {
        value_at(&self.values, column)
    }

    /// The value of a column with the type that its format gives it.
    pub fn typed_value(&self, column: &str) -> Option<&Value> {
        value_at(if self.typed.is_empty() { &self.values } else { &self.typed }, column)
    }

    /// The values of a column that JSON cannot hold, as TOML writes them, by the paths that lead to them from the column's value
    /// (JSON Pointers, RFC 6901).
    pub fn exact_values(&self, column: &str) -> Vec<(String, String)> {
        let mut found = Vec::new();
        if let Some(value) = value_at(&self.exact, column) {
            self.texts_in(value, "", &mut found);
        }
        found
    }

    fn texts_in(&self, value: &Value, path: &str, found: &mut Vec<(String, String)>) {
        match value {
            Value::String(text) => found.push((path.to_owned(), text.clone())),
            Value::Array(items) => {
                items.iter().enumerate().for_each(|(at, item)| self.texts_in(item, &format!("{path}/{at}"), found));
            }
            Value::Object(fields) => {
                for (key, value) in fields {
                    let key = if self.has_plain_keys { escape_key(key) } else { key.as_str().into() };
                    self.texts_in(value, &format!("{path}/{}", pointed(&key)), found);
                }
            }
            _ => {}
        }
    }

    /// How nothing is spelled in a column, where it is.
    pub fn nothing(&self, column: &str) -> Option<&str> {
        self.value(column).filter(|value| value.is_null())?;
        value_at(&self.spelled, column)?.as_str().filter(|text| !text.is_empty())
    }
}

fn value_at<'v>(values: &'v Map<String, Value>, column: &str) -> Option<&'v Value> {
    if let Some(value) = values.get(column) {
        return Some(value);
    }
    let (first, rest) = column.split_once('.')?;
    rest.split('.').try_fold(values.get(first)?, |value, part| match value {
        Value::Object(fields) => fields.get(part),
        Value::Array(items) => match part.parse::<i64>() {
            Ok(at) if at < 0 => items.len().checked_sub(at.unsigned_abs() as usize).and_then(|at| items.get(at)),
            Ok(at) => items.get(at as usize),
            Err(_) => None,
        },
        _ => None,
    })
}

/// Why a file cannot be taken for an import file, for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unusable(pub String);

impl fmt::Display for Unusable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Unusable {}

/// The largest import file that is read, in bytes.
pub const MOST_BYTES: u64 = 256 * 1024 * 1024;

/// The longest text of one value, in bytes: half of what a record may hold.
const LONGEST: usize = 1024 * 1024;

/// How deep values lie in each other at most.
const DEEPEST: usize = 64;

/// How many rows with a fault are named in one sentence.
const NAMED: usize = 10;

/// How a sentence ends that names the first of some faults.
fn and_more(faults: usize) -> String {
    match faults.saturating_sub(NAMED) {
        0 => String::new(),
        more => format!(", and {more} more rows are wrong"),
    }
}

/// How a table is laid out, where it does not show.
#[derive(Debug, Clone, Copy, Default)]
pub struct Layout {
    /// What stands between cells.
    pub separator: Option<u8>,
    /// The row that has the headings, from 1.
    pub heading_row: Option<usize>,
}

/// Reads a table that is laid out in this way.
///
/// # Errors
/// Where the file is no such table: what is wrong, and in which rows.
pub fn read_table(bytes: &[u8], layout: &Layout) -> Result<ImportFile, Unusable> {
    csv::read(&text(bytes)?, layout)
}

/// Reads an import file. `list` names the lists in which entries are looked for where a file holds several.
///
/// # Errors
/// Where the file is no import file of this format: what is wrong, and in which row.
pub fn read(bytes: &[u8], format: Format, lists: &[&str]) -> Result<ImportFile, Unusable> {
    let text = text(bytes)?;
    match format {
        Format::Csv => csv::read(&text, &Layout::default()),
        Format::Yaml => yaml::read(&text, lists),
        Format::Json => entries::read(json::read(&text)?, lists),
        Format::JsonLines => json::read_lines(&text),
        Format::Toml => {
            let mut file = entries::read(toml(&text, &|item, _| json_of(item.get_ref()))?, lists)?;
            // The same entries again: which they are depends on no scalar.
            let exact = entries::read(toml(&text, &toml_text)?, lists)?;
            for (row, exact) in file.rows.iter_mut().zip(exact.rows) {
                row.exact = exact.values;
                row.has_plain_keys = true;
            }
            Ok(file)
        }
    }
}

/// The text of a file, with plain line ends.
///
/// # Errors
/// Where it is no text in UTF-8: what it looks like, and how to save it again.
pub fn text(bytes: &[u8]) -> Result<String, Unusable> {
    let fail = |what: &str| Err(Unusable(what.to_owned()));
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        return fail("this is the file of a spreadsheet program; save the sheet as CSV with the encoding UTF-8");
    }
    let zeros = bytes.iter().take(1000).filter(|byte| **byte == 0).count();
    if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") || zeros > 100 {
        return fail("this file is in UTF-16; save it again with the encoding UTF-8");
    }
    let line = |at: usize| bytes.iter().take(at).filter(|byte| **byte == b'\n').count() + 1;
    if let Some(at) = bytes.iter().position(|byte| *byte == 0) {
        return Err(Unusable(format!("line {} holds a NUL byte, which no text has; save the file again", line(at))));
    }
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let line = line(error.valid_up_to());
        Unusable(format!("line {line} is not UTF-8 text; save the file again with the encoding UTF-8"))
    })?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    Ok(if text.contains('\n') { text.replace("\r\n", "\n") } else { text.replace('\r', "\n") })
}

/// What a value of TOML in a text becomes.
type OfToml<'f> = &'f dyn Fn(&toml::Spanned<toml::de::DeValue<'_>>, &str) -> Value;

fn toml(text: &str, value: OfToml<'_>) -> Result<Value, Unusable> {
    let table = toml::de::DeTable::parse(text).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start);
        let line = text.get(..at).unwrap_or_default().matches('\n').count() + 1;
        let reason = error.message().lines().collect::<Vec<_>>().join(", ");
        Unusable(format!("line {line} is not TOML as it stands: {reason}"))
    })?;
    let fields = table.get_ref().iter();
    Ok(Value::Object(fields.map(|(key, item)| (key.get_ref().to_string(), value(item, text))).collect()))
}

/// A value of TOML with the text of each scalar that JSON cannot hold, and nothing in place of all others.
fn toml_text(item: &toml::Spanned<toml::de::DeValue<'_>>, text: &str) -> Value {
    use toml::de::DeValue;
    match item.get_ref() {
        DeValue::Array(items) => items.iter().map(|item| toml_text(item, text)).collect(),
        DeValue::Table(fields) => {
            let fields = fields.iter().map(|(key, item)| (key.get_ref().to_string(), toml_text(item, text)));
            Value::Object(fields.collect())
        }
        _ => exact(item, &|item| text.get(item.span()).unwrap_or_default()).remove("").map_or(Value::Null, Value::from),
    }
}

#[cfg(test)]
mod tests;
