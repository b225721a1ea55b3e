//! A package read back: every record whole again, its lists in their order, its cells as they were meant.

use super::super::columns::{Column, Holds, LISTED, Sheet, sheets};
use super::super::damaged_text::trim_edges;
use super::super::date_format::Style;
use super::super::import_file::{Lines, look_through, separator};
use super::super::incoming::{Incoming, Problem};
use super::super::jsonl;
use super::super::outgoing::{forget_unlisted, is_unlisted};
use super::descriptor::{DESCRIPTOR, MARK};
use super::table::value;
use super::{PackageError, PackageFile};
use crate::kind::Kind;
use crate::parse::suggest::nearest;
use crate::record::field::{Field, Shape};
use crate::record::fields_of;
use csv::StringRecord;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// The byte order mark, which spreadsheets put in front of UTF-8.
const MARK_OF_ORDER: &[u8] = b"\xef\xbb\xbf";
/// In how many bytes the names of the columns are looked through for what stands between them.
const HEAD: usize = 64 * 1024;

/// The files that a package has beside its description, to be read from its folder before [`read`].
///
/// # Errors
/// What is no description of a package, and a file that does not lie beside it.
pub fn file_names(description: &[u8]) -> Result<Vec<String>, PackageError> {
    Ok(resources(description)?.into_iter().map(|resource| resource.path).collect())
}

/// A file of a package, as its description names it.
struct Resource {
    name: String,
    path: String,
    is_lines: bool,
}

fn resources(description: &[u8]) -> Result<Vec<Resource>, PackageError> {
    let description = description.strip_prefix(MARK_OF_ORDER).unwrap_or(description);
    let package: Value = serde_json::from_slice(description)
        .map_err(|error| PackageError(format!("{DESCRIPTOR} is not JSON: {error}")))?;
    let resources = package.get("resources").and_then(Value::as_array);
    let resources = resources.ok_or_else(|| PackageError(format!("{DESCRIPTOR} names no `resources`")))?;
    let resource = |resource: &Value| {
        let text = |key: &str| resource.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
        let (name, path) = (text("name"), text("path"));
        if path.is_empty() || path.starts_with('.') || path.contains(['/', '\\', ':']) {
            return Err(PackageError(format!("{DESCRIPTOR}: the table `{name}` is in no file beside it")));
        }
        let is_lines = path.rsplit_once('.').is_some_and(|(_, ending)| ending == jsonl::ENDING);
        Ok(Resource { name, path, is_lines })
    };
    resources.iter().map(resource).collect()
}

/// The records of a package, by kind and then in the order of their rows. Columns that no record has are kept as fields, so
/// that the reader of records tells of them. People without a name are passed over.
///
/// # Errors
/// What is no such package, and a row that belongs to no record.
pub fn read(files: &[PackageFile], style: &Style) -> Result<Package, PackageError> {
    let mut records = records(files, style)?;
    let problems = std::mem::take(&mut records.problems);
    Ok(Package { records: records.finish(), problems })
}

/// What a package holds.
#[derive(Debug, Default)]
pub struct Package {
    /// Its records.
    pub records: Vec<Incoming>,
    /// Cells that cannot be what their column holds.
    pub problems: Vec<Problem>,
}

/// Whether a package holds all that its records need. One that was exported without private fields may not.
///
/// # Errors
/// What is no such package, and the first row that cannot be made whole.
pub fn restorable(files: &[PackageFile]) -> Result<(), PackageError> {
    let description = files.iter().find(|file| file.name == DESCRIPTOR);
    let description: Value = description.and_then(|file| serde_json::from_slice(&file.bytes).ok()).unwrap_or_default();
    if description.get(MARK).and_then(|mark| mark.get("private")) != Some(&Value::from(false)) {
        return Ok(());
    }
    match records(files, &Style::default())?.lost.as_slice() {
        [] => Ok(()),
        [(place, field), more @ ..] => {
            let more = if more.is_empty() { String::new() } else { format!(", and {} more cannot either", more.len()) };
            Err(PackageError(format!(
                "this package was exported without --private, so `{field}` in {place} cannot be restored{more}; export it \
                 again with --private"
            )))
        }
    }
}

fn records<'s>(files: &[PackageFile], style: &'s Style) -> Result<Records<'s>, PackageError> {
    let bytes = |name: &str| {
        let file = files.iter().find(|file| file.name == name);
        file.map(|file| file.bytes.as_slice()).ok_or_else(|| PackageError(format!("{name} is missing")))
    };
    let known = sheets();
    let mut tables: Vec<(usize, Resource)> = Vec::new();
    for resource in resources(bytes(DESCRIPTOR)?)? {
        let Some(at) = known.iter().position(|sheet| sheet.name == resource.name) else {
            let near = nearest(&resource.name, known.iter().map(|sheet| sheet.name.as_str()));
            let help = near.map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
            return Err(PackageError(format!("{DESCRIPTOR}: a ledger has no table `{}`{help}", resource.name)));
        };
        tables.push((at, resource));
    }
    // Kinds come before their lists in the order of the sheets, so that each entry finds its record.
    tables.sort_by_key(|(at, _)| *at);
    let mut records =
        Records { style, records: Vec::new(), by_id: BTreeMap::new(), lost: Vec::new(), problems: Vec::new() };
    for (at, Resource { path, is_lines, .. }) in tables {
        let (sheet, bytes) = (&known[at], bytes(&path)?);
        if is_lines && sheet.is_kind() {
            let text = std::str::from_utf8(bytes).map_err(|_| PackageError(format!("{path} is not UTF-8")))?;
            for record in jsonl::read(&path, Some(sheet.kind), text)? {
                if let Some(field) = lacks(fields_of(record.kind), &record.fields) {
                    records.lost.push((record.place.clone(), field));
                }
                records.add(record)?;
            }
        } else {
            records.read_table(sheet, &path, bytes)?;
        }
    }
    Ok(records)
}

/// The line of a text on which what begins behind the line ends at a byte stands, counted from 1.
fn line_of(text: &str, start: usize) -> usize {
    let start = start.min(text.len());
    let end = start + line_ends(text, start);
    1 + text.as_bytes().iter().take(end).filter(|byte| **byte == b'\n').count()
}

/// How many bytes of line ends stand at a byte.
fn line_ends(text: &str, start: usize) -> usize {
    let behind = text.as_bytes().iter().skip(start);
    behind.take_while(|byte| matches!(**byte, b'\n' | b'\r')).count()
}

/// Whether an export without private fields may have taken a field away that its table needs.
fn may_be_lost(field: &Field) -> bool {
    field.flags.required && (field.flags.private || matches!((field.shape)(), Shape::Reference(_)))
}

/// The first such field that is not there.
fn lacks(known: impl Iterator<Item = &'static Field>, fields: &Map<String, Value>) -> Option<&'static str> {
    let mut missing = known.filter_map(|field| match ((field.shape)(), fields.get(field.name)) {
        (_, None) => may_be_lost(field).then_some(field.name),
        (Shape::Table(table), Some(Value::Object(inner))) => lacks(table.fields.iter(), inner),
        (Shape::Table(table), Some(Value::Array(items))) => {
            items.iter().filter_map(Value::as_object).find_map(|inner| lacks(table.fields.iter(), inner))
        }
        _ => None,
    });
    missing.next()
}

struct Records<'s> {
    style: &'s Style,
    records: Vec<Incoming>,
    by_id: BTreeMap<(Kind, String), usize>,
    /// Rows that lack what their table needs, and the field.
    lost: Vec<(String, &'static str)>,
    problems: Vec<Problem>,
}

impl Records<'_> {
    fn read_table(&mut self, sheet: &Sheet, path: &str, bytes: &[u8]) -> Result<(), PackageError> {
        let bytes = bytes.strip_prefix(MARK_OF_ORDER).unwrap_or(bytes);
        // A spreadsheet may have saved it with semicolons.
        let head = bytes.get(..bytes.len().min(HEAD)).unwrap_or_default();
        let separator = separator(&String::from_utf8_lossy(head));
        let text = std::str::from_utf8(bytes).map_err(|_| PackageError(format!("{path} is not UTF-8")))?;
        let lines = text.replace("\r\n", "\n");
        look_through(&lines, separator, Lines::Trusted).map_err(|told| PackageError(format!("{path}: {told}")))?;
        let mut reader = csv::ReaderBuilder::new().delimiter(separator).from_reader(bytes);
        let line = |at: &csv::Position| line_of(text, usize::try_from(at.byte()).unwrap_or(usize::MAX));
        let unreadable = |error: csv::Error| {
            let row = error.position().map_or_else(String::new, |at| format!(", line {}", line(at)));
            PackageError(format!("{path}{row} cannot be read: {error}"))
        };
        let names = reader.headers().map_err(unreadable)?.clone();
        let columns: Vec<(&str, Option<&Column>)> =
            names.iter().map(|name| (name, sheet.columns.iter().find(|column| column.name == name))).collect();
        let mut entries: BTreeMap<(usize, i64), Vec<Value>> = BTreeMap::new();
        let (mut counted, mut lines_before) = (0, 1);
        for row in reader.records() {
            let row = row.map_err(unreadable)?;
            // Spreadsheets leave empty rows behind.
            if row.iter().all(|cell| trim_edges(cell).is_empty()) {
                continue;
            }
            // Counted on from the row before, so that a long table is counted once.
            let start = row.position().map_or(0, |at| usize::try_from(at.byte()).unwrap_or(usize::MAX));
            lines_before += line_of(text.get(counted..).unwrap_or_default(), start.saturating_sub(counted)) - 1;
            counted = start + line_ends(text, start);
            let place = format!("{path}, line {lines_before}");
            let Row { id, number, folder, whole, fields, unfit } = Row::new(&columns, &row, self.style);
            let id = id.ok_or_else(|| PackageError(format!("{place} does not say which {} it is", sheet.kind)))?;
            if is_unlisted(&id) {
                continue;
            }
            let is_there = |field: &Field| fields.get(field.name).is_some_and(|v| !v.as_str().is_some_and(is_unlisted));
            let lost = sheet.columns.iter().find_map(|column| match &column.holds {
                Holds::Field { path, field } if path.len() == 1 && may_be_lost(field) && !is_there(field) => {
                    Some(field.name)
                }
                _ => None,
            });
            self.lost.extend(lost.map(|field| (place.clone(), field)));
            let mut mistaken: Vec<String> = unfit.iter().map(|(field, ..)| (*field).to_owned()).collect();
            for (_, column, reason) in unfit {
                self.problems.push(Problem { place: place.clone(), column: Some(column), reason });
            }
            if sheet.is_kind() {
                self.add(Incoming { id: Some(id), fields, mistaken, folder, ..Incoming::new(place, sheet.kind) })?;
                continue;
            }
            let Some(record) = self.by_id.get(&(sheet.kind, id.clone())) else {
                return Err(PackageError(format!("{place}: there is no {} `{id}` in the package", sheet.kind)));
            };
            let number = number.ok_or_else(|| PackageError(format!("{place} has no number")))?;
            let is_lost = whole.as_ref().and_then(Value::as_str).is_some_and(is_unlisted);
            if let Some(record) = self.records.get_mut(*record).filter(|_| !mistaken.is_empty()) {
                record.mistaken.append(&mut mistaken);
            }
            if !is_lost {
                let value = whole.unwrap_or(Value::Object(fields));
                let held = entries.entry((*record, number)).or_default();
                if held.iter().any(|held| *held != value) {
                    let of = format!("the {} `{id}`", sheet.kind);
                    let told = format!(
                        "{place}: an earlier row of {of} has the number {number} too, and different data; delete one of \
                         the two rows, or give a new entry a number that no other row of {of} has"
                    );
                    return Err(PackageError(told));
                }
                held.push(value);
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

    fn add(&mut self, record: Incoming) -> Result<(), PackageError> {
        let (kind, id) = (record.kind, record.id.clone().unwrap_or_default());
        if self.by_id.contains_key(&(kind, id.clone())) {
            return Err(PackageError(format!("{}: the {kind} `{id}` is there twice", record.place)));
        }
        self.by_id.insert((kind, id), self.records.len());
        self.records.push(record);
        Ok(())
    }

    fn finish(mut self) -> Vec<Incoming> {
        for record in &mut self.records {
            // What was listed elsewhere, and is not, was an empty list.
            for field in fields_of(record.kind) {
                let has_words = matches!((field.shape)(), Shape::Requirement | Shape::Eligible);
                if let Some(value) = record.fields.get_mut(field.name).filter(|_| has_words)
                    && value.as_str() == Some(LISTED)
                {
                    *value = Value::Array(Vec::new());
                }
            }
            forget_unlisted(record.kind, &mut record.fields);
            let id = record.id.iter().map(|id| ("id".to_owned(), Value::from(id.as_str())));
            let whole = id.chain(record.fields.iter().map(|(name, value)| (name.clone(), value.clone())));
            record.whole = Value::Object(whole.collect()).to_string();
        }
        self.records
    }
}

/// One row, taken apart.
struct Row {
    id: Option<String>,
    number: Option<i64>,
    folder: Option<String>,
    /// The value of an entry that is one value.
    whole: Option<Value>,
    fields: Map<String, Value>,
    /// Cells that are not what their column holds: the field of the record or the entry, the column, and why.
    unfit: Vec<(&'static str, String, String)>,
}

impl Row {
    fn new(columns: &[(&str, Option<&Column>)], cells: &StringRecord, style: &Style) -> Row {
        let mut row = Row { id: None, number: None, folder: None, whole: None, fields: Map::new(), unfit: Vec::new() };
        for ((name, column), cell) in columns.iter().zip(cells) {
            let Some(column) = column else {
                if !cell.is_empty() {
                    row.fields.insert((*name).to_owned(), Value::from(super::super::cell::restore(cell)));
                }
                continue;
            };
            let value = match value(column, cell, style) {
                Ok(Some(value)) => value,
                Ok(None) => continue,
                Err(reason) => {
                    if let Holds::Field { path, .. } = &column.holds {
                        row.unfit.push((path.first().copied().unwrap_or_default(), column.name.clone(), reason));
                    }
                    continue;
                }
            };
            match &column.holds {
                Holds::Folder => row.folder = value.as_str().map(str::to_owned),
                Holds::Id | Holds::Owner(_) => row.id = value.as_str().map(str::to_owned),
                Holds::Number => row.number = value.as_i64(),
                Holds::Field { path, field } => {
                    let has_words = matches!((field.shape)(), Shape::Requirement | Shape::Eligible);
                    let value = match value.as_str().filter(|_| has_words && !path.is_empty()) {
                        Some(text) => serde_json::from_str(text).ok().filter(Value::is_object).unwrap_or(value),
                        None => value,
                    };
                    if path.is_empty() {
                        row.whole = Some(value);
                    } else {
                        put(&mut row.fields, path, value);
                    }
                }
            }
        }
        row
    }
}

/// Puts a value at a path, and makes the tables that lead there.
fn put(fields: &mut Map<String, Value>, path: &[&'static str], value: Value) {
    let Some((last, above)) = path.split_last() else { return };
    if let Some(table) = table_at(fields, above) {
        table.insert((*last).to_owned(), value);
    }
}

/// Adds an entry to the list at a path. A list in words becomes one of ids.
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
