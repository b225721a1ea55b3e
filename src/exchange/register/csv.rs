//! Registers from spreadsheets: cells between commas, semicolons or tabs. Rows are counted as a spreadsheet counts them: the
//! headings are row 1, an empty row is one, and a cell with line breaks makes none.

use super::cells::{delimiter, look_through};
use super::{Register, Row, Unusable};
use crate::exchange::cell::restored;
use serde_json::{Map, Value};
use std::collections::{HashMap, HashSet};

/// How many rows of the wrong length are named.
const NAMED: usize = 10;

/// Reads a table.
///
/// # Errors
/// What is wrong with it, and in which row.
pub fn read(text: &str) -> Result<Register, Unusable> {
    let hint = text.lines().next().and_then(|line| line.strip_prefix("sep=")).filter(|rest| rest.len() == 1);
    let delimiter = hint.and_then(|hint| hint.bytes().next()).unwrap_or_else(|| delimiter(text));
    look_through(text, delimiter)?;
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .terminator(csv::Terminator::Any(b'\n'))
        .from_reader(text.as_bytes());
    let mut columns: Vec<String> = Vec::new();
    let (mut rows, mut ragged, mut number) = (Vec::new(), Vec::new(), 0usize);
    let mut record = csv::StringRecord::new();
    loop {
        let from = reader.position().byte() as usize;
        number += text.get(from..).unwrap_or_default().bytes().take_while(|byte| *byte == b'\n').count() + 1;
        match reader.read_record(&mut record) {
            Ok(true) => {}
            Ok(false) => break,
            Err(error) => return Err(Unusable(format!("row {number} cannot be read: {error}"))),
        }
        if number == 1 && hint.is_some() {
            continue;
        }
        if columns.is_empty() {
            columns = headings(&record, number)?;
            continue;
        }
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        if record.len() != columns.len() {
            ragged.push((number, record.len()));
            continue;
        }
        rows.push(row(&columns, &record, number)?);
    }
    if !ragged.is_empty() {
        return Err(told_ragged(&ragged, columns.len()));
    }
    if rows.is_empty() {
        let told = if columns.is_empty() { "this file is empty" } else { "this file has headings and no rows" };
        return Err(Unusable(told.to_owned()));
    }
    columns.retain(|column| !column.is_empty());
    Ok(Register { columns, rows })
}

/// The names of the columns.
fn headings(record: &csv::StringRecord, number: usize) -> Result<Vec<String>, Unusable> {
    let columns: Vec<String> =
        record.iter().map(|cell| cell.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
    let mut seen = HashSet::new();
    if let Some(twice) = columns.iter().find(|column| !column.is_empty() && !seen.insert(column.as_str())) {
        return Err(Unusable(format!("row {number} names two columns \"{twice}\"; give each a name of its own")));
    }
    Ok(columns)
}

fn row(columns: &[String], record: &csv::StringRecord, number: usize) -> Result<Row, Unusable> {
    let mut values = Map::new();
    for (at, (column, cell)) in columns.iter().zip(record).enumerate() {
        let inner = cell.trim_matches([' ', '\n', '\t']);
        // An apostrophe that hides a formula is seen through blanks; other blanks are for the field to judge.
        let cell = if restored(cell) == cell && restored(inner) != inner { restored(inner) } else { restored(cell) };
        if column.is_empty() && !cell.trim().is_empty() {
            let told = format!("row {number} has something in column {}, which has no heading; give it one", at + 1);
            return Err(Unusable(told));
        }
        if !column.is_empty() {
            values.insert(column.clone(), Value::from(cell));
        }
    }
    Ok(Row { place: format!("row {number}"), values, nothing: HashMap::new() })
}

fn told_ragged(ragged: &[(usize, usize)], columns: usize) -> Unusable {
    let named: Vec<String> =
        ragged.iter().take(NAMED).map(|(row, cells)| format!("row {row} has {cells} cells")).collect();
    let more = match ragged.len().saturating_sub(NAMED) {
        0 => String::new(),
        more => format!(", and {more} more rows are wrong"),
    };
    Unusable(format!(
        "the headings name {columns} columns, but {}{more}; put a cell in quotes that has a comma or a line break in it",
        named.join(", ")
    ))
}
