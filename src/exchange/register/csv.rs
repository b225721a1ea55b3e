//! Registers from spreadsheets: cells between commas, semicolons or tabs. Rows are counted as a spreadsheet counts them: the
//! headings are row 1, an empty row is one, and a cell with line breaks makes none.

use super::cells::{Lines, look_through, separator};
use super::{Layout, NAMED, Register, Row, Unusable, and_more};
use crate::exchange::cell::restored;
use crate::exchange::import::trimmed;
use serde_json::{Map, Value};
use std::collections::HashSet;

/// Reads a table.
///
/// # Errors
/// What is wrong with it, and in which rows.
pub fn read(text: &str, layout: &Layout) -> Result<Register, Unusable> {
    let hint = text.lines().next().and_then(|line| line.strip_prefix("sep=")).filter(|rest| rest.len() == 1);
    let hinted = layout.separator.or_else(|| hint?.bytes().next());
    let first = usize::from(hint.is_some());
    let mut table = Rows::new(text, hinted.unwrap_or_else(|| separator(text)));
    let is_heading = |row: &Cells| match layout.heading_row {
        Some(named) => row.number == named,
        None => row.number > first && !row.is_empty(),
    };
    let width = Rows::new(text, table.separator).find(is_heading);
    look_through(text, table.separator, Lines::MayBeRows(width.map_or(0, |row| row.cells.len())))?;
    let Some(first) = table.find(is_heading).filter(|row| !row.is_empty()) else {
        return Err(Unusable(match layout.heading_row {
            Some(row) => format!("row {row} is empty, so it has no headings"),
            None => "this file is empty".to_owned(),
        }));
    };
    let mut columns = headings(&first)?;
    let (mut rows, mut faults) = (Vec::new(), Vec::new());
    for row in table.filter(|row| !row.is_empty()) {
        if row.cells.len() != columns.len() {
            faults.push((Fault::Ragged, format!("row {} has {} cells", row.number, row.cells.len())));
        } else if columns.len() > 1 && is_same(&row, &first) {
            faults.push((Fault::Headings, format!("row {} repeats the headings", row.number)));
        } else {
            match values(&columns, &row) {
                Ok(values) => rows.push(Row { place: format!("row {}", row.number), values, ..Row::default() }),
                Err(fault) => faults.push((Fault::Nameless, fault)),
            }
        }
    }
    if !faults.is_empty() {
        return Err(told(&faults, columns.len(), first.number));
    }
    if rows.is_empty() {
        return Err(Unusable("this file has headings and no rows".to_owned()));
    }
    columns.retain(|column| !column.is_empty());
    Ok(Register { columns, rows })
}

/// One row as it stands.
struct Cells {
    number: usize,
    cells: Vec<String>,
}

impl Cells {
    fn is_empty(&self) -> bool {
        self.cells.iter().all(|cell| trimmed(cell).is_empty())
    }
}

/// The rows of a text with their numbers, as a spreadsheet counts them.
struct Rows<'t> {
    text: &'t str,
    separator: u8,
    reader: csv::Reader<&'t [u8]>,
    number: usize,
}

impl<'t> Rows<'t> {
    fn new(text: &'t str, separator: u8) -> Rows<'t> {
        let mut builder = csv::ReaderBuilder::new();
        builder.has_headers(false).flexible(true).delimiter(separator).terminator(csv::Terminator::Any(b'\n'));
        Rows { text, separator, reader: builder.from_reader(text.as_bytes()), number: 0 }
    }
}

impl Iterator for Rows<'_> {
    type Item = Cells;

    fn next(&mut self) -> Option<Cells> {
        let from = self.reader.position().byte() as usize;
        let blank = self.text.get(from..).unwrap_or_default().bytes().take_while(|byte| *byte == b'\n').count();
        self.number += blank + 1;
        let mut record = csv::StringRecord::new();
        // Rows of any length of a text in memory can be read.
        let is_there = self.reader.read_record(&mut record).unwrap_or(false);
        is_there.then(|| Cells { number: self.number, cells: record.iter().map(str::to_owned).collect() })
    }
}

/// The names of the columns.
fn headings(row: &Cells) -> Result<Vec<String>, Unusable> {
    let plain = |cell: &String| trimmed(cell).split_whitespace().collect::<Vec<_>>().join(" ");
    let columns: Vec<String> = row.cells.iter().map(plain).collect();
    let mut seen = HashSet::new();
    if let Some(twice) = columns.iter().find(|column| !column.is_empty() && !seen.insert(column.as_str())) {
        return Err(Unusable(format!("row {} names two columns \"{twice}\"; give each a name of its own", row.number)));
    }
    Ok(columns)
}

/// The cells of a row under the names of their columns.
fn values(columns: &[String], row: &Cells) -> Result<Map<String, Value>, String> {
    let mut values = Map::new();
    for (at, (column, cell)) in columns.iter().zip(&row.cells).enumerate() {
        let inner = cell.trim_matches([' ', '\n', '\t']);
        // An apostrophe that hides a formula is seen through spaces; other spaces are for the field to judge.
        let text = if restored(cell) == cell && restored(inner) != inner { restored(inner) } else { restored(cell) };
        if column.is_empty() && !trimmed(cell).is_empty() {
            return Err(format!("row {} has something in column {}, which has no heading", row.number, at + 1));
        }
        if !column.is_empty() {
            values.insert(column.clone(), Value::from(text));
        }
    }
    Ok(values)
}

/// What can be wrong with a row of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fault {
    /// It has more or fewer cells than there are columns.
    Ragged,
    /// It is the headings again, as in two files that were put together.
    Headings,
    /// It has a cell without a heading.
    Nameless,
}

fn told(faults: &[(Fault, String)], columns: usize, heading_row: usize) -> Unusable {
    let named: Vec<&str> = faults.iter().take(NAMED).map(|(_, fault)| fault.as_str()).collect();
    let helps = [
        (
            Fault::Ragged,
            "put a cell in quotes that has a separator or a line break in it; if the headings are in another row, --heading-row N",
        ),
        (Fault::Headings, "delete that row"),
        (Fault::Nameless, "give each column a heading"),
    ];
    let helps = helps.iter().filter(|(of, _)| faults.iter().any(|(fault, _)| fault == of)).map(|(_, help)| *help);
    Unusable(format!(
        "the headings in row {heading_row} name {columns} columns, but {}{}; {}",
        named.join(", "),
        and_more(faults.len()),
        helps.collect::<Vec<_>>().join("; ")
    ))
}

/// Whether two rows have the same cells.
fn is_same(row: &Cells, other: &Cells) -> bool {
    row.cells.iter().map(|cell| trimmed(cell)).eq(other.cells.iter().map(|cell| trimmed(cell)))
}
