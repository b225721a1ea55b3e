//! Reads a package: complete records, their lists in order, and the original values of their cells.

use super::super::columns::{Column, ColumnContent, LISTED, TableSpec, sheets};
use super::super::damaged_text::trim_edges;
use super::super::date_format::DateFormat;
use super::super::import_file::{CellLines, check_quotes, separator};
use super::super::incoming::{Incoming, Problem};
use super::super::jsonl;
use super::super::outgoing::{is_unlisted, remove_unlisted};
use super::PackageFile;
use super::descriptor::{DESCRIPTOR, MARK};
use super::table::value;
use crate::error::Error;
use crate::kind::Kind;
use crate::parse::suggest::nearest;
use crate::record::field::{Field, Shape};
use crate::record::fields_of;
use csv::StringRecord;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// The byte order mark that spreadsheets put in front of UTF-8.
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";
/// How many bytes are enough to detect the separator from the headings.
const HEAD: usize = 64 * 1024;

/// The files that a description names, to be read from its folder before [`read`].
///
/// # Errors
/// The description is not valid, or names a file in another folder.
pub fn file_names(description: &[u8]) -> Result<Vec<String>, Error> {
    Ok(resources(description)?.into_iter().map(|resource| resource.path).collect())
}

/// A file that a description names.
struct Resource {
    name: String,
    path: String,
    is_lines: bool,
}

fn resources(description: &[u8]) -> Result<Vec<Resource>, Error> {
    let description = description.strip_prefix(BYTE_ORDER_MARK).unwrap_or(description);
    let package: Value = serde_json::from_slice(description)
        .map_err(|error| Error::data(format!("{DESCRIPTOR} is not JSON: {error}")))?;
    let resources = package.get("resources").and_then(Value::as_array);
    let resources = resources.ok_or_else(|| Error::data(format!("{DESCRIPTOR} has no `resources`")))?;
    let resource = |resource: &Value| {
        let text = |key: &str| resource.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
        let (name, path) = (text("name"), text("path"));
        if path.is_empty() || path.starts_with('.') || path.contains(['/', '\\', ':']) {
            return Err(Error::data(format!("{DESCRIPTOR}: the file of the table `{name}` is not in the same folder")));
        }
        let is_lines = path.rsplit_once('.').is_some_and(|(_, ending)| ending == jsonl::ENDING);
        Ok(Resource { name, path, is_lines })
    };
    resources.iter().map(resource).collect()
}

/// The records of a package, by kind and then in the order of their rows. Unknown columns become fields, so that reading the records
/// reports them. Skips people without a name.
///
/// # Errors
/// The files are not a package, or a row belongs to no record.
pub fn read(files: &[PackageFile], date_format: &DateFormat) -> Result<Package, Error> {
    let mut records = records(files, date_format)?;
    let problems = std::mem::take(&mut records.problems);
    Ok(Package { records: records.finish(), problems })
}

/// The contents of a package.
#[derive(Debug, Default)]
pub struct Package {
    /// Its records.
    pub records: Vec<Incoming>,
    /// Cells that do not fit their column.
    pub problems: Vec<Problem>,
}

/// Refuses a package that lacks required fields because it was exported without private ones.
///
/// # Errors
/// The files are not a package, or a row lacks a required field.
pub fn require_restorable(files: &[PackageFile]) -> Result<(), Error> {
    let description = files.iter().find(|file| file.name == DESCRIPTOR);
    let description: Value = description.and_then(|file| serde_json::from_slice(&file.bytes).ok()).unwrap_or_default();
    if description.get(MARK).and_then(|mark| mark.get("private")) != Some(&Value::from(false)) {
        return Ok(());
    }
    match records(files, &DateFormat::default())?.incomplete_rows.as_slice() {
        [] => Ok(()),
        [(place, field), more @ ..] => {
            let more = if more.is_empty() {
                String::new()
            } else {
                format!(" and required fields in {} more rows", more.len())
            };
            Err(Error::data(format!(
                "this package was exported without --private, so it lacks `{field}` in {place}{more}; export it again with --private"
            )))
        }
    }
}

fn records<'s>(files: &[PackageFile], date_format: &'s DateFormat) -> Result<Records<'s>, Error> {
    let bytes = |name: &str| {
        let file = files.iter().find(|file| file.name == name);
        file.map(|file| file.bytes.as_slice()).ok_or_else(|| Error::data(format!("{name} is missing")))
    };
    let known = sheets();
    let mut tables: Vec<(usize, Resource)> = Vec::new();
    for resource in resources(bytes(DESCRIPTOR)?)? {
        let Some(at) = known.iter().position(|sheet| sheet.name == resource.name) else {
            let near = nearest(&resource.name, known.iter().map(|sheet| sheet.name.as_str()));
            let help = near.map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
            return Err(Error::data(format!("{DESCRIPTOR}: a ledger has no table `{}`{help}", resource.name)));
        };
        tables.push((at, resource));
    }
    // Each kind comes before its lists, so that each entry finds its record.
    tables.sort_by_key(|(at, _)| *at);
    let mut records = Records {
        date_format,
        records: Vec::new(),
        by_id: BTreeMap::new(),
        incomplete_rows: Vec::new(),
        problems: Vec::new(),
    };
    for (at, Resource { path, is_lines, .. }) in tables {
        let (sheet, bytes) = (&known[at], bytes(&path)?);
        if is_lines && sheet.is_kind() {
            let text = std::str::from_utf8(bytes).map_err(|_| Error::data(format!("{path} is not UTF-8")))?;
            for record in jsonl::read(&path, Some(sheet.kind), text)? {
                if let Some(field) = missing_field(fields_of(record.kind), &record.fields) {
                    records.incomplete_rows.push((record.place.clone(), field));
                }
                records.add(record)?;
            }
        } else {
            records.read_table(sheet, &path, bytes)?;
        }
    }
    Ok(records)
}

/// The line, from 1, of the text that begins after the line ends at a byte.
fn line_of(text: &str, start: usize) -> usize {
    let start = start.min(text.len());
    let end = start + line_ends(text, start);
    1 + text.as_bytes().iter().take(end).filter(|byte| **byte == b'\n').count()
}

/// How many bytes of line ends there are at a byte.
fn line_ends(text: &str, start: usize) -> usize {
    let behind = text.as_bytes().iter().skip(start);
    behind.take_while(|byte| matches!(**byte, b'\n' | b'\r')).count()
}

/// Whether a field is required but may be missing from an export without private fields.
fn may_be_lost(field: &Field) -> bool {
    field.flags.required && (field.flags.private || matches!((field.shape)(), Shape::Reference(_)))
}

/// The first such field that is missing.
fn missing_field(known: impl Iterator<Item = &'static Field>, fields: &Map<String, Value>) -> Option<&'static str> {
    let mut missing = known.filter_map(|field| match ((field.shape)(), fields.get(field.name)) {
        (_, None) => may_be_lost(field).then_some(field.name),
        (Shape::Table(table), Some(Value::Object(inner))) => missing_field(table.fields.iter(), inner),
        (Shape::Table(table), Some(Value::Array(items))) => {
            items.iter().filter_map(Value::as_object).find_map(|inner| missing_field(table.fields.iter(), inner))
        }
        _ => None,
    });
    missing.next()
}

struct Records<'s> {
    date_format: &'s DateFormat,
    records: Vec<Incoming>,
    by_id: BTreeMap<(Kind, String), usize>,
    /// Rows that lack a required field, with the field.
    incomplete_rows: Vec<(String, &'static str)>,
    problems: Vec<Problem>,
}

impl Records<'_> {
    fn read_table(&mut self, sheet: &TableSpec, path: &str, bytes: &[u8]) -> Result<(), Error> {
        let bytes = bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes);
        // A spreadsheet may save it with semicolons.
        let head = bytes.get(..bytes.len().min(HEAD)).unwrap_or_default();
        let separator = separator(&String::from_utf8_lossy(head));
        let text = std::str::from_utf8(bytes).map_err(|_| Error::data(format!("{path} is not UTF-8")))?;
        let lines = text.replace("\r\n", "\n");
        check_quotes(&lines, separator, CellLines::Trusted).map_err(|error| error.within(path))?;
        let mut reader = csv::ReaderBuilder::new().delimiter(separator).from_reader(bytes);
        let line = |at: &csv::Position| line_of(text, usize::try_from(at.byte()).unwrap_or(usize::MAX));
        let unreadable = |error: csv::Error| {
            let row = error.position().map_or_else(String::new, |at| format!(", line {}", line(at)));
            Error::data(format!("{path}{row} cannot be read: {error}"))
        };
        let names = reader.headers().map_err(unreadable)?.clone();
        let columns: Vec<(&str, Option<&Column>)> =
            names.iter().map(|name| (name, sheet.columns.iter().find(|column| column.name == name))).collect();
        let mut entries: BTreeMap<(usize, i64), Vec<Value>> = BTreeMap::new();
        let (mut counted, mut lines_before) = (0, 1);
        for row in reader.records() {
            let row = row.map_err(unreadable)?;
            // Spreadsheets often leave empty rows.
            if row.iter().all(|cell| trim_edges(cell).is_empty()) {
                continue;
            }
            // Counting continues from the previous row, so that a long table is counted only once.
            let start = row.position().map_or(0, |at| usize::try_from(at.byte()).unwrap_or(usize::MAX));
            lines_before += line_of(text.get(counted..).unwrap_or_default(), start.saturating_sub(counted)) - 1;
            counted = start + line_ends(text, start);
            let place = format!("{path}, line {lines_before}");
            let PackageRow { id, number, folder, whole, fields, invalid_cells } =
                PackageRow::new(&columns, &row, self.date_format);
            let id = id.ok_or_else(|| Error::data(format!("{place} does not name its {}", sheet.kind)))?;
            if is_unlisted(&id) {
                continue;
            }
            let is_there = |field: &Field| fields.get(field.name).is_some_and(|v| !v.as_str().is_some_and(is_unlisted));
            let incomplete_rows = sheet.columns.iter().find_map(|column| match &column.holds {
                ColumnContent::Field { path, field } if path.len() == 1 && may_be_lost(field) && !is_there(field) => {
                    Some(field.name)
                }
                _ => None,
            });
            self.incomplete_rows.extend(incomplete_rows.map(|field| (place.clone(), field)));
            let mut invalid_fields: Vec<String> = invalid_cells.iter().map(|(field, ..)| (*field).to_owned()).collect();
            for (_, column, reason) in invalid_cells {
                self.problems.push(Problem { place: place.clone(), column: Some(column), reason });
            }
            if sheet.is_kind() {
                self.add(Incoming {
                    id: Some(id),
                    fields,
                    invalid_fields,
                    folder,
                    ..Incoming::new(place, sheet.kind)
                })?;
                continue;
            }
            let Some(record) = self.by_id.get(&(sheet.kind, id.clone())) else {
                return Err(Error::data(format!("{place}: there is no {} `{id}` in the package", sheet.kind)));
            };
            let number = number.ok_or_else(|| Error::data(format!("{place} has no number")))?;
            let is_lost = whole.as_ref().and_then(Value::as_str).is_some_and(is_unlisted);
            if let Some(record) = self.records.get_mut(*record).filter(|_| !invalid_fields.is_empty()) {
                record.invalid_fields.append(&mut invalid_fields);
            }
            if !is_lost {
                let value = whole.unwrap_or(Value::Object(fields));
                let earlier = entries.entry((*record, number)).or_default();
                if earlier.iter().any(|earlier| *earlier != value) {
                    let of = format!("the {} `{id}`", sheet.kind);
                    let message = format!(
                        "{place}: an earlier row of {of} also has the number {number}, with different data; delete one of the two rows, or give a \
                         new entry an unused number"
                    );
                    return Err(Error::data(message));
                }
                earlier.push(value);
            }
        }
        for ((record, number), values) in entries {
            let Some(record) = self.records.get_mut(record) else { continue };
            for value in values {
                append(&mut record.fields, &sheet.path, value);
                record.numbers.push(&sheet.path, usize::try_from(number).unwrap_or_default());
            }
        }
        Ok(())
    }

    fn add(&mut self, record: Incoming) -> Result<(), Error> {
        let (kind, id) = (record.kind, record.id.clone().unwrap_or_default());
        if self.by_id.contains_key(&(kind, id.clone())) {
            return Err(Error::data(format!("{}: the {kind} `{id}` appears twice", record.place)));
        }
        self.by_id.insert((kind, id), self.records.len());
        self.records.push(record);
        Ok(())
    }

    fn finish(mut self) -> Vec<Incoming> {
        for record in &mut self.records {
            // If the table of the list has no rows, the list is empty.
            for field in fields_of(record.kind) {
                let has_words = matches!((field.shape)(), Shape::Requirement | Shape::Eligible);
                if let Some(value) = record.fields.get_mut(field.name).filter(|_| has_words)
                    && value.as_str() == Some(LISTED)
                {
                    *value = Value::Array(Vec::new());
                }
            }
            remove_unlisted(record.kind, &mut record.fields);
            let id = record.id.iter().map(|id| ("id".to_owned(), Value::from(id.as_str())));
            let whole = id.chain(record.fields.iter().map(|(name, value)| (name.clone(), value.clone())));
            record.whole = Value::Object(whole.collect()).to_string();
        }
        self.records
    }
}

/// The parts of one row.
struct PackageRow {
    id: Option<String>,
    number: Option<i64>,
    folder: Option<String>,
    /// The value of an entry that is a single value.
    whole: Option<Value>,
    fields: Map<String, Value>,
    /// Cells that do not fit their column: the field, the column, and the reason.
    invalid_cells: Vec<(&'static str, String, String)>,
}

impl PackageRow {
    fn new(columns: &[(&str, Option<&Column>)], cells: &StringRecord, date_format: &DateFormat) -> PackageRow {
        let mut row = PackageRow {
            id: None,
            number: None,
            folder: None,
            whole: None,
            fields: Map::new(),
            invalid_cells: Vec::new(),
        };
        for ((name, column), cell) in columns.iter().zip(cells) {
            let Some(column) = column else {
                if !cell.is_empty() {
                    row.fields.insert((*name).to_owned(), Value::from(super::super::cell::restore(cell)));
                }
                continue;
            };
            let value = match value(column, cell, date_format) {
                Ok(Some(value)) => value,
                Ok(None) => continue,
                Err(error) => {
                    if let ColumnContent::Field { path, .. } = &column.holds {
                        row.invalid_cells.push((
                            path.first().copied().unwrap_or_default(),
                            column.name.clone(),
                            error.to_string(),
                        ));
                    }
                    continue;
                }
            };
            match &column.holds {
                ColumnContent::Folder => row.folder = value.as_str().map(str::to_owned),
                ColumnContent::Id | ColumnContent::Owner(_) => row.id = value.as_str().map(str::to_owned),
                ColumnContent::Number => row.number = value.as_i64(),
                ColumnContent::Field { path, field } => {
                    let has_words = matches!((field.shape)(), Shape::Requirement | Shape::Eligible);
                    let value = match value.as_str().filter(|_| has_words && !path.is_empty()) {
                        Some(text) => serde_json::from_str(text).ok().filter(Value::is_object).unwrap_or(value),
                        None => value,
                    };
                    if path.is_empty() {
                        row.whole = Some(value);
                    } else {
                        insert_at(&mut row.fields, path, value);
                    }
                }
            }
        }
        row
    }
}

/// Puts a value at a path, and creates the tables on the way.
fn insert_at(fields: &mut Map<String, Value>, path: &[&'static str], value: Value) {
    let Some((last, above)) = path.split_last() else { return };
    if let Some(table) = table_at(fields, above) {
        table.insert((*last).to_owned(), value);
    }
}

/// Adds an entry to the list at a path, in place of a word such as `listed`.
fn append(fields: &mut Map<String, Value>, path: &[&'static str], value: Value) {
    let Some((last, above)) = path.split_last() else { return };
    let Some(table) = table_at(fields, above) else { return };
    match table.get_mut(*last) {
        Some(Value::Array(items)) => items.push(value),
        _ => {
            table.insert((*last).to_owned(), Value::Array(vec![value]));
        }
    }
}

fn table_at<'a>(fields: &'a mut Map<String, Value>, path: &[&'static str]) -> Option<&'a mut Map<String, Value>> {
    path.iter()
        .try_fold(fields, |table, name| table.entry(*name).or_insert_with(|| Value::Object(Map::new())).as_object_mut())
}
