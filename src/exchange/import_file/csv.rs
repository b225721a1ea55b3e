//! Import files from spreadsheets: cells separated by commas, semicolons or tabs. Rows are numbered as in a spreadsheet: empty rows
//! count, and line breaks inside a cell do not.

use super::{FileRow, ImportFile, Layout, MAX_TEXT, MOST_NAMED, and_more};
use crate::error::Error;
use crate::exchange::cell::restore;
use crate::exchange::damaged_text::trim_edges;
use serde_json::{Map, Value};
use std::collections::HashSet;

/// Reads a table.
///
/// # Errors
/// The table has mistakes; the message names the rows.
pub(super) fn read(text: &str, layout: &Layout) -> Result<ImportFile, Error> {
    let hint = text.lines().next().and_then(|line| line.strip_prefix("sep=")).filter(|rest| rest.len() == 1);
    let given = layout.separator.or_else(|| hint?.bytes().next());
    let first = usize::from(hint.is_some());
    let mut table = CsvRows::new(text, given.unwrap_or_else(|| separator(text)));
    let is_heading = |row: &Cells| match layout.heading_row {
        Some(named) => row.number == named,
        None => row.number > first && !row.is_empty(),
    };
    let width = CsvRows::new(text, table.separator).find(is_heading);
    check_quotes(text, table.separator, CellLines::MayBeRows(width.map_or(0, |row| row.cells.len())))?;
    let Some(first) = table.find(is_heading).filter(|row| !row.is_empty()) else {
        return Err(Error::data(match layout.heading_row {
            Some(row) => format!("row {row} is empty, so it has no headings"),
            None => "this file is empty".to_owned(),
        }));
    };
    let mut columns = headings(&first)?;
    let (mut rows, mut faults) = (Vec::new(), Vec::new());
    for row in table.filter(|row| !row.is_empty()) {
        if row.cells.len() != columns.len() {
            faults.push((CsvFault::Ragged, format!("row {} has {} cells", row.number, row.cells.len())));
        } else if columns.len() > 1 && is_same(&row, &first) {
            faults.push((CsvFault::Headings, format!("row {} repeats the headings", row.number)));
        } else {
            match values(&columns, &row) {
                Ok(values) => rows.push(FileRow { place: format!("row {}", row.number), values, ..FileRow::default() }),
                Err(fault) => faults.push((CsvFault::Nameless, fault)),
            }
        }
    }
    if !faults.is_empty() {
        return Err(describe_faults(&faults, columns.len(), first.number));
    }
    if rows.is_empty() {
        return Err(Error::data("this file has headings but no rows"));
    }
    columns.retain(|column| !column.is_empty());
    Ok(ImportFile { columns, rows })
}

/// One row as written.
struct Cells {
    number: usize,
    cells: Vec<String>,
}

impl Cells {
    fn is_empty(&self) -> bool {
        self.cells.iter().all(|cell| trim_edges(cell).is_empty())
    }
}

/// The rows of a text, numbered as in a spreadsheet.
struct CsvRows<'t> {
    text: &'t str,
    separator: u8,
    reader: csv::Reader<&'t [u8]>,
    number: usize,
}

impl<'t> CsvRows<'t> {
    fn new(text: &'t str, separator: u8) -> CsvRows<'t> {
        let mut builder = csv::ReaderBuilder::new();
        builder.has_headers(false).flexible(true).delimiter(separator).terminator(csv::Terminator::Any(b'\n'));
        CsvRows { text, separator, reader: builder.from_reader(text.as_bytes()), number: 0 }
    }
}

impl Iterator for CsvRows<'_> {
    type Item = Cells;

    fn next(&mut self) -> Option<Cells> {
        let from = self.reader.position().byte() as usize;
        let empty_lines = self.text.get(from..).unwrap_or_default().bytes().take_while(|byte| *byte == b'\n').count();
        self.number += empty_lines + 1;
        let mut record = csv::StringRecord::new();
        // Reading rows of any length from memory cannot fail.
        let is_there = self.reader.read_record(&mut record).unwrap_or(false);
        is_there.then(|| Cells { number: self.number, cells: record.iter().map(str::to_owned).collect() })
    }
}

/// The names of the columns.
fn headings(row: &Cells) -> Result<Vec<String>, Error> {
    let plain = |cell: &String| trim_edges(cell).split_whitespace().collect::<Vec<_>>().join(" ");
    let columns: Vec<String> = row.cells.iter().map(plain).collect();
    let mut seen = HashSet::new();
    if let Some(twice) = columns.iter().find(|column| !column.is_empty() && !seen.insert(column.as_str())) {
        return Err(Error::data(format!(
            "row {} has the heading \"{twice}\" twice; give each column its own",
            row.number
        )));
    }
    Ok(columns)
}

/// The cells of a row by column.
fn values(columns: &[String], row: &Cells) -> Result<Map<String, Value>, String> {
    let mut values = Map::new();
    for (at, (column, cell)) in columns.iter().zip(&row.cells).enumerate() {
        let inner = cell.trim_matches([' ', '\n', '\t']);
        // Spaces may surround the apostrophe that disarms a formula; other spaces are kept for the field to judge.
        let text = if restore(cell) == cell && restore(inner) != inner { restore(inner) } else { restore(cell) };
        if column.is_empty() && !trim_edges(cell).is_empty() {
            return Err(format!("row {} has a value in column {}, which has no heading", row.number, at + 1));
        }
        if !column.is_empty() {
            values.insert(column.clone(), Value::from(text));
        }
    }
    Ok(values)
}

/// What can be wrong with a row of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum CsvFault {
    /// It has more or fewer cells than there are headings.
    Ragged,
    /// It repeats the headings, as when two files were joined.
    Headings,
    /// It has a cell without a heading.
    Nameless,
}

fn describe_faults(faults: &[(CsvFault, String)], columns: usize, heading_row: usize) -> Error {
    let named: Vec<&str> = faults.iter().take(MOST_NAMED).map(|(_, fault)| fault.as_str()).collect();
    let helps = [
        (
            CsvFault::Ragged,
            "put quotes around each cell that contains a separator or a line break; if the headings are in another row, use --heading-row N",
        ),
        (CsvFault::Headings, "delete that row"),
        (CsvFault::Nameless, "give each column a heading"),
    ];
    let helps = helps.iter().filter(|(of, _)| faults.iter().any(|(fault, _)| fault == of)).map(|(_, help)| *help);
    Error::data(format!(
        "row {heading_row} has {columns} headings, but {}{}; {}",
        named.join(", "),
        and_more(faults.len()),
        helps.collect::<Vec<_>>().join("; ")
    ))
}

/// Whether two rows have the same cells.
fn is_same(row: &Cells, other: &Cells) -> bool {
    row.cells.iter().map(|cell| trim_edges(cell)).eq(other.cells.iter().map(|cell| trim_edges(cell)))
}

/// The separators that are detected, the most common first. Others must be named.
const SEPARATORS: [u8; 3] = [b',', b';', b'\t'];

/// The separator that appears most often in the first row, outside quotes.
pub(crate) fn separator(text: &str) -> u8 {
    let mut counts = [0usize; SEPARATORS.len()];
    let mut quoted = false;
    for byte in text.trim_start_matches('\n').bytes() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => break,
            _ if quoted => {}
            _ => {
                if let Some(at) = SEPARATORS.iter().position(|separator| *separator == byte) {
                    counts[at] += 1;
                }
            }
        }
    }
    let most = counts.iter().max().copied().unwrap_or_default();
    counts.iter().position(|count| *count == most).map_or(b',', |at| SEPARATORS[at])
}

/// How to judge lines inside a quoted cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CellLines {
    /// A line with as many cells as there are headings looks like a row that a stray quote swallowed.
    MayBeRows(usize),
    /// They belong to the cell: a program wrote the file and closed every quote.
    Trusted,
}

/// Checks the quotes in a table.
///
/// # Errors
/// A quote is never closed, closes before its cell ends or seems to swallow other rows, or a cell is too long; the message names the
/// rows.
pub(crate) fn check_quotes(text: &str, separator: u8, lines: CellLines) -> Result<(), Error> {
    let mut scan = QuoteScan { separator, lines, row: 1, column: 0, line: 1, has_bare: false, faults: Vec::new() };
    let mut rest = text;
    while !rest.is_empty() {
        rest = scan.cell(rest)?;
    }
    // A program that quotes every cell closes every quote.
    let has_bare = scan.has_bare;
    let faults: Vec<QuoteFault> = scan.faults.into_iter().filter(|fault| has_bare || !fault.is_guess).collect();
    if faults.is_empty() {
        return Ok(());
    }
    let named: Vec<&str> = faults.iter().take(MOST_NAMED).map(|fault| fault.message.as_str()).collect();
    let guess = if faults.iter().any(|fault| fault.is_guess) {
        "; if these lines belong to one cell, save the file with quotes around all cells"
    } else {
        ""
    };
    Err(Error::data(format!(
        "{}{}; close each quote (\") at the end of its cell, and double quotes that are part of the text (\"\"){guess}",
        named.join("; "),
        and_more(faults.len())
    )))
}

/// A mistake in the quotes of a row.
struct QuoteFault {
    row: usize,
    message: String,
    /// Whether it may be correct after all.
    is_guess: bool,
}

struct QuoteScan {
    separator: u8,
    lines: CellLines,
    row: usize,
    /// How many cells of the row come before this one.
    column: usize,
    line: usize,
    /// Whether any cell without quotes has text.
    has_bare: bool,
    faults: Vec<QuoteFault>,
}

impl QuoteScan {
    /// Checks one cell, and returns the text after it and its separator.
    fn cell<'t>(&mut self, text: &'t str) -> Result<&'t str, Error> {
        let Some(inner) = text.strip_prefix('"') else {
            let end = text.bytes().position(|byte| byte == self.separator || byte == b'\n').unwrap_or(text.len());
            self.check_length(end)?;
            self.has_bare |= !text.get(..end).unwrap_or_default().trim().is_empty();
            return Ok(self.after(text, end));
        };
        let Some(close) = closing_quote(inner) else {
            self.check_length(inner.len())?;
            return Err(Error::data(format!(
                "row {} opens a quote (\") that is never closed; the file may be cut off: close the quote, or save the file again",
                self.row
            )));
        };
        self.check_length(close)?;
        let content = inner.get(..close).unwrap_or_default();
        let behind = inner.get(close + 1..).unwrap_or_default();
        let end = behind.bytes().position(|byte| byte == self.separator || byte == b'\n').unwrap_or(behind.len());
        let between = behind.get(..end).unwrap_or_default();
        let (row, opened, breaks) = (self.row, self.line, content.matches('\n').count());
        let place = match breaks {
            0 => format!("line {opened}"),
            _ => format!("line {}, for a quote that opens on line {opened}", opened + breaks),
        };
        if !between.trim().is_empty() {
            self.fault(false, format!("row {row} has text after a closing quote ({place})"));
        } else if self.swallows_rows(content) {
            self.fault(
                true,
                format!("row {row} has a quote that closes lines later ({place}) and seems to swallow rows"),
            );
        }
        self.line += breaks;
        Ok(self.after(behind, end))
    }

    /// The text after the separator at this position; a line end begins a row.
    fn after<'t>(&mut self, text: &'t str, end: usize) -> &'t str {
        let breaks = text.as_bytes().get(end) == Some(&b'\n');
        self.row += usize::from(breaks);
        self.line += usize::from(breaks);
        self.column = if breaks { 0 } else { self.column + 1 };
        text.get(end + 1..).unwrap_or_default()
    }

    fn fault(&mut self, is_guess: bool, message: String) {
        // After a stray quote the rest of the row is out of step, so one mistake per row is enough.
        if self.faults.last().is_none_or(|last| last.row != self.row) {
            self.faults.push(QuoteFault { row: self.row, message, is_guess });
        }
    }

    fn check_length(&self, length: usize) -> Result<(), Error> {
        if length > MAX_TEXT {
            let row = self.row;
            let message = format!("row {row} has a cell with more than {MAX_TEXT} bytes, which no record can hold");
            return Err(Error::data(message));
        }
        Ok(())
    }

    /// Whether a line of the cell looks like a row, or its first line like the rest of one: as many cells as headings, and no separator
    /// followed by a space, as in a sentence.
    fn swallows_rows(&self, content: &str) -> bool {
        let CellLines::MayBeRows(width) = self.lines else { return false };
        let Some((first, others)) = content.split_once('\n') else { return false };
        let rest = width.saturating_sub(self.column);
        // An address or a salutation ends its first line with a separator.
        let is_prose = first.split(char::from(self.separator)).filter(|cell| !cell.trim().is_empty()).count() < 2;
        (rest > 1 && !is_prose && self.is_row(first, rest)) || others.split('\n').any(|line| self.is_row(line, width))
    }

    fn is_row(&self, line: &str, width: usize) -> bool {
        let separator = char::from(self.separator);
        let line = without_thousands(line, separator);
        let cells: Vec<&str> = line.split(separator).collect();
        let is_sentence = cells.iter().skip(1).any(|cell| cell.starts_with(' ') && !cell.trim().is_empty());
        let is_empty = cells.iter().all(|cell| cell.trim().is_empty());
        cells.len() == width && !is_sentence && !is_empty
    }
}

/// A line without the separators in numbers such as `10,000`.
fn without_thousands(line: &str, separator: char) -> String {
    let letters: Vec<char> = line.chars().collect();
    let is_digit = |at: usize| letters.get(at).is_some_and(char::is_ascii_digit);
    let is_number =
        |at: usize| at > 0 && is_digit(at - 1) && (1..=3).all(|step| is_digit(at + step)) && !is_digit(at + 4);
    let kept = letters.iter().enumerate().filter(|(at, letter)| **letter != separator || !is_number(*at));
    kept.map(|(_, letter)| letter).collect()
}

/// The position of the quote that closes a cell; a doubled quote does not.
fn closing_quote(inner: &str) -> Option<usize> {
    let bytes = inner.as_bytes();
    let mut from = 0;
    loop {
        let at = from + bytes.get(from..)?.iter().position(|byte| *byte == b'"')?;
        if bytes.get(at + 1) != Some(&b'"') {
            return Some(at);
        }
        from = at + 2;
    }
}
