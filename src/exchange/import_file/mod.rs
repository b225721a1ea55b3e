//! An import file as it is on disk: CSV, Excel, vCard, YAML, JSON, JSON Lines or TOML become rows of values under the names of their columns.
//! Text stays as it is: a name like `0x5a`, `no` or `1e3` never becomes a number or a boolean.

mod csv;
mod encoding;
mod entries;
mod footer;
mod json;
mod markup;
mod sheet;
mod vcard;
mod yaml;

use crate::error::Error;
use crate::record::value::{escape_key, escape_pointer, exact, json as json_of};
pub(super) use csv::{CellLines, check_quotes, separator};
pub(crate) use csv::{FaultyRow, RawTable};
pub(crate) use encoding::{TextEncoding, text};
pub(crate) use entries::Lists;
pub(super) use json::quote_big_numbers;
pub(crate) use json::read as json;
pub(crate) use markup::is_markup;
use serde_json::{Map, Value};
pub(crate) use sheet::{Sheet, read_sheets};

/// The format of an import file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FileFormat {
    /// Cells between commas, semicolons or tabs, the first row with the names of the columns.
    Csv,
    /// YAML 1.2.
    Yaml,
    /// JSON.
    Json,
    /// One JSON object per line.
    JsonLines,
    /// TOML.
    Toml,
    /// A spreadsheet of Excel or LibreOffice, or a table of a web page.
    Xlsx,
    /// Address book cards.
    VCard,
}

impl FileFormat {
    /// The format by a file's extension, if it is known.
    pub(crate) fn of_name(name: &str) -> Option<FileFormat> {
        let (_, ending) = name.rsplit_once('.')?;
        Some(match ending.to_lowercase().as_str() {
            "csv" | "tsv" | "tab" | "txt" => FileFormat::Csv,
            "yaml" | "yml" => FileFormat::Yaml,
            "json" => FileFormat::Json,
            "jsonl" | "ndjson" => FileFormat::JsonLines,
            "toml" => FileFormat::Toml,
            "xlsx" | "xlsm" | "xltx" | "xls" | "xlt" | "ods" | "ots" | "fods" | "html" | "htm" | "xml" => {
                FileFormat::Xlsx
            }
            "vcf" | "vcard" => FileFormat::VCard,
            _ => return None,
        })
    }
}

/// Whether a file's extension is that of a spreadsheet that cannot be read.
pub(crate) fn is_spreadsheet(name: &str) -> bool {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase());
    ending.is_some_and(|ending| ["xlsb", "numbers"].contains(&ending.as_str()))
}

/// An import file.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct ImportFile {
    /// The names of the columns of a table; empty if each row names its own.
    pub columns: Vec<String>,
    /// The rows that are not empty.
    pub rows: Vec<FileRow>,
    /// The rows of a table that do not fit its headings, if [`Layout::keeps_faults`] asks for them.
    pub faults: Vec<FaultyRow>,
    /// Whether the file is an address book by its format (vCard).
    pub is_address_book: bool,
    /// Whether its ids are those of records, as in an export of this program.
    pub has_record_ids: bool,
    /// The rows that are no records: totals and what a program writes below a table.
    pub footers: Vec<(String, String)>,
}

/// One row of a table, or one entry of a list.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct FileRow {
    /// Its place, for people: `row 12`, `entry 3`, `line 7`.
    pub place: String,
    /// Its values by column.
    pub values: Map<String, Value>,
    /// The text of the row, for a format whose rows are texts of their own (vCard); otherwise empty.
    pub source: String,
    /// The folder of its record's file, if an export has it.
    pub folder: Option<String>,
    /// The same values as written, for a format that has types and text without quotes (YAML); otherwise empty. Tells `null` and `~` as
    /// names apart.
    pub spelled: Map<String, Value>,
    /// The same values with the types of that format, for values that no field has; otherwise empty.
    pub typed: Map<String, Value>,
    /// The TOML text of values that JSON cannot hold, such as dates; `null` for all others, or empty.
    pub exact: Map<String, Value>,
    /// Whether the file is TOML, with plain keys. In other formats, a table under `extra` is in its portable form.
    pub has_plain_keys: bool,
}

impl FileRow {
    /// The value of a column: by its name, or by a path of names and positions separated by dots. `-1` is the last entry of a list.
    pub(crate) fn value(&self, column: &str) -> Option<&Value> {
        value_at(&self.values, column)
    }

    /// The value of a column with the type that its format gives it.
    pub(crate) fn typed_value(&self, column: &str) -> Option<&Value> {
        value_at(if self.typed.is_empty() { &self.values } else { &self.typed }, column)
    }

    /// The values of a column that JSON cannot hold, as TOML writes them, by their paths from the column's value (JSON Pointers, RFC 6901).
    pub(crate) fn exact_values(&self, column: &str) -> Vec<(String, String)> {
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
                    self.texts_in(value, &format!("{path}/{}", escape_pointer(&key)), found);
                }
            }
            _ => {}
        }
    }

    /// How `null` is spelled in a column, if its value is null.
    pub(crate) fn null_spelling(&self, column: &str) -> Option<&str> {
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

/// The size limit of an import file, in bytes.
pub(crate) const MAX_BYTES: u64 = 256 * 1024 * 1024;

/// The size limit of one value, in bytes: half of that of a record.
const MAX_TEXT: usize = 1024 * 1024;

/// The limit on nesting.
const MAX_DEPTH: usize = 64;

/// How many rows with mistakes one message names.
const MOST_NAMED: usize = 10;

/// The end of a message that names only the first mistakes.
fn and_more(faults: usize) -> String {
    match faults.saturating_sub(MOST_NAMED) {
        0 => String::new(),
        more => format!(", and {more} more rows have mistakes"),
    }
}

/// The layout of a table, if it cannot be detected.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Layout {
    /// The character between cells.
    pub separator: Option<u8>,
    /// The row with the headings, from 1.
    pub heading_row: Option<usize>,
    /// How many rows at the top do not belong to the table.
    pub skip: usize,
    /// Whether rows that do not fit the headings are kept apart instead of refusing the file.
    pub keeps_faults: bool,
    /// Whether a second row of headings follows the first.
    pub has_sub_headings: bool,
}

/// Reads the text of an import file. If it has several lists, `lists` says which are meant. A table must have its headings in the
/// first row.
///
/// # Errors
/// The file cannot be read in this format; the message names the row.
pub(crate) fn read<'l>(text: &str, format: FileFormat, lists: impl Into<Lists<'l>>) -> Result<ImportFile, Error> {
    let lists = lists.into();
    match format {
        FileFormat::Csv => RawTable::of_text(text, &Layout::default()).read(&Layout::default(), None),
        FileFormat::Xlsx => Err(Error::data("this is text, not an Excel spreadsheet")),
        FileFormat::VCard => vcard::read(text),
        FileFormat::Yaml => yaml::read(text, lists),
        FileFormat::Json => entries::read(json::read(text)?, lists),
        FileFormat::JsonLines => json::read_lines(text),
        FileFormat::Toml => {
            let mut file = entries::read(toml(text, &|item, _| json_of(item.get_ref()))?, lists)?;
            // The same entries again; no scalar decides which they are.
            let exact = entries::read(toml(text, &toml_text)?, lists)?;
            for (row, exact) in file.rows.iter_mut().zip(exact.rows) {
                row.exact = exact.values;
                row.has_plain_keys = true;
            }
            Ok(file)
        }
    }
}

/// Converts a TOML value, given the whole text.
type OfToml<'f> = &'f dyn Fn(&toml::Spanned<toml::de::DeValue<'_>>, &str) -> Value;

fn toml(text: &str, value: OfToml<'_>) -> Result<Value, Error> {
    let table = toml::de::DeTable::parse(text).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start);
        let line = text.get(..at).unwrap_or_default().matches('\n').count() + 1;
        let reason = error.message().lines().collect::<Vec<_>>().join(", ");
        Error::data(format!("line {line} is not valid TOML: {reason}"))
    })?;
    let fields = table.get_ref().iter();
    Ok(Value::Object(fields.map(|(key, item)| (key.get_ref().to_string(), value(item, text))).collect()))
}

/// A TOML value with the text of each scalar that JSON cannot hold, and null for all others.
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
