//! Import files from spreadsheets: cells separated by commas, semicolons, tabs or bars. Rows are numbered as in a spreadsheet: empty rows
//! count, and line breaks inside a cell do not.

use super::footer::{is_closing, is_total};
use super::{FileRow, ImportFile, Layout, MAX_TEXT, MOST_NAMED, and_more};
use crate::error::Error;
use crate::exchange::cell::restore;
use crate::exchange::damaged_text::trim_edges;
use crate::exchange::incoming::join_lines;
use serde_json::{Map, Value};
use std::borrow::Cow;
use std::collections::{BTreeMap, HashSet};

/// A table before its headings are known: a text with separators, or a sheet of a spreadsheet program.
#[derive(Debug, Clone, Copy)]
pub(crate) enum RawTable<'t> {
    /// Text, with the byte between cells.
    Text(&'t str, u8),
    /// The rows of a sheet.
    Sheet(&'t [Cells]),
}

impl<'t> RawTable<'t> {
    /// The table in a text. The separator is the one given, or the one that divides most rows alike.
    pub(crate) fn of_text(text: &'t str, layout: &Layout) -> RawTable<'t> {
        let given = layout.separator.or_else(|| separator_line(text));
        RawTable::Text(text, given.unwrap_or_else(|| find_separator(text)))
    }

    /// The rows that are not empty, without the line with which Excel names the separator.
    fn rows(&self, layout: &Layout) -> Box<dyn Iterator<Item = Cow<'t, Cells>> + 't> {
        let skip = layout.skip;
        match *self {
            RawTable::Text(text, separator) => {
                let first = skip.max(usize::from(separator_line(text).is_some()));
                Box::new(
                    CsvRows::new(text, separator)
                        .filter(move |row| row.number > first && !row.is_empty())
                        .map(Cow::Owned),
                )
            }
            RawTable::Sheet(rows) => {
                Box::new(rows.iter().filter(move |row| row.number > skip && !row.is_empty()).map(Cow::Borrowed))
            }
        }
    }

    /// The number and the headings of each of the first rows, as if it were the row with the headings.
    pub(crate) fn possible_headings(&self, layout: &Layout) -> Vec<(usize, Vec<String>)> {
        let mut rows = self.rows(layout).take(MAX_HEADING_ROWS);
        match layout.heading_row {
            Some(named) => {
                rows.find(|row| row.number == named).into_iter().map(|row| (named, headings(&row))).collect()
            }
            None => rows.map(|row| (row.number, headings(&row))).collect(),
        }
    }

    /// The headings of this row and the next together, if the next one may be a second row of headings.
    pub(crate) fn double_headings(&self, layout: &Layout, heading_row: Option<usize>) -> Option<Vec<String>> {
        let mut rows = self.rows(layout).skip_while(|row| heading_row.is_some_and(|named| row.number != named));
        let (upper, lower) = (rows.next()?, rows.next()?);
        may_be_lower_headings(&upper, &lower).then(|| headings(&merge_headings(&upper, &lower)))
    }

    /// Reads the table under the headings in this row.
    ///
    /// # Errors
    /// The table has mistakes; the message names the rows.
    pub(crate) fn read(&self, layout: &Layout, heading_row: Option<usize>) -> Result<ImportFile, Error> {
        let is_heading = |row: &Cow<'_, Cells>| heading_row.is_none_or(|named| row.number == named);
        let mut rows = self.rows(layout);
        let Some(first) = rows.find(is_heading) else {
            return Err(Error::data(match heading_row {
                Some(row) => format!("row {row} is empty, so it has no headings"),
                None if layout.skip > 0 => format!("there is nothing after row {}", layout.skip),
                None => "this file is empty".to_owned(),
            }));
        };
        if let RawTable::Text(text, separator) = *self {
            check_quotes(text, separator, CellLines::MayBeRows(first.cells.len()))?;
        }
        let mut columns = headings(&first);
        if layout.has_sub_headings
            && let Some(second) = rows.next()
        {
            columns = headings(&merge_headings(&first, &second));
        }
        let rows: Vec<Cow<'_, Cells>> = rows.collect();
        let is_full = |row: &Cow<'_, Cells>| {
            row.cells.iter().filter(|cell| !trim_edges(cell).is_empty()).count() > 1 && !is_total(row)
        };
        let end = rows.iter().rposition(is_full).map_or(0, |last| last + 1);
        let (mut read, mut faults, mut footers) = (Vec::new(), Vec::new(), Vec::new());
        for (at, row) in rows.iter().enumerate() {
            let more = row.cells.get(columns.len()..).unwrap_or_default();
            let is_sheet = matches!(self, RawTable::Sheet(_));
            let place = format!("row {}", row.number);
            if columns.len() > 1 {
                let text = || {
                    join_lines(
                        row.cells.iter().map(|cell| trim_edges(cell)).find(|cell| !cell.is_empty()).unwrap_or_default(),
                        " ",
                    )
                };
                if is_total(row) || (at >= end && end > 0 && is_closing(row)) {
                    footers.push((place, text()));
                    continue;
                }
                if is_same(row, &first) {
                    // What stands alone above them names the part of the list that they begin.
                    let above = at
                        .checked_sub(1)
                        .and_then(|above| rows.get(above))
                        .filter(|row| row.cells.iter().filter(|cell| !trim_edges(cell).is_empty()).count() == 1);
                    let above = above.map(|row| format!("row {}", row.number));
                    if let Some(title) = read.pop_if(|row: &mut FileRow| Some(&row.place) == above.as_ref()) {
                        let text = title.values.values().filter_map(Value::as_str).find(|text| !text.trim().is_empty());
                        footers.push((title.place.clone(), text.unwrap_or_default().to_owned()));
                    }
                    footers.push((place, "the headings again".to_owned()));
                    continue;
                }
            }
            let is_ragged =
                (row.cells.len() < columns.len() && !is_sheet) || more.iter().any(|cell| !trim_edges(cell).is_empty());
            if is_ragged {
                let reason = format!("row {} has {} cells", row.number, row.cells.len());
                faults.push(FaultyRow { place, reason, headings: columns.len(), cells: row.cells.clone() });
            } else {
                read.push(FileRow { place, values: values(&columns, row), ..FileRow::default() });
            }
        }
        if !faults.is_empty() && (!layout.keeps_faults || read.is_empty()) {
            return Err(describe_faults(&faults, columns.len(), first.number));
        }
        if read.is_empty() {
            return Err(Error::data("this file has headings but no rows"));
        }
        // A column that has neither a heading nor a value is a separator at the end of each line.
        columns.retain(|column| !is_unnamed(column) || read.iter().any(|row| has_text(row, column)));
        for row in &mut read {
            row.values.retain(|column, _| columns.contains(column) || !is_unnamed(column));
        }
        Ok(ImportFile { columns, rows: read, faults, footers, ..ImportFile::default() })
    }
}

fn has_text(row: &FileRow, column: &str) -> bool {
    row.values.get(column).and_then(Value::as_str).is_some_and(|text| !trim_edges(text).is_empty())
}

/// How many rows may stand above the headings.
const MAX_HEADING_ROWS: usize = 30;

/// The separator that the first line names, as Excel writes it: `sep=;`.
fn separator_line(text: &str) -> Option<u8> {
    text.lines().next()?.strip_prefix("sep=")?.as_bytes().first().copied()
}

/// One row as written.
#[derive(Debug, Clone)]
pub(crate) struct Cells {
    /// Its number in the spreadsheet, from 1.
    pub number: usize,
    /// Its cells.
    pub cells: Vec<String>,
}

impl Cells {
    fn is_empty(&self) -> bool {
        self.cells.iter().all(|cell| trim_edges(cell).is_empty())
    }
}

/// The rows of a text, numbered as in a spreadsheet.
struct CsvRows<'t> {
    text: &'t str,
    reader: csv::Reader<&'t [u8]>,
    number: usize,
}

impl<'t> CsvRows<'t> {
    fn new(text: &'t str, separator: u8) -> CsvRows<'t> {
        let mut builder = csv::ReaderBuilder::new();
        builder.has_headers(false).flexible(true).delimiter(separator).terminator(csv::Terminator::Any(b'\n'));
        CsvRows { text, reader: builder.from_reader(text.as_bytes()), number: 0 }
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

/// The start of the name of a column without a heading.
const UNNAMED: &str = "Column ";

/// Whether a column has no heading of its own.
fn is_unnamed(column: &str) -> bool {
    column.strip_prefix(UNNAMED).is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit()))
}

/// The names of the columns. The second column of the same name is `Phone (2)`; one without a name is called after its number.
fn headings(row: &Cells) -> Vec<String> {
    let mut seen = HashSet::new();
    let mut columns = Vec::with_capacity(row.cells.len());
    for (at, cell) in row.cells.iter().enumerate() {
        let plain = trim_edges(cell).split_whitespace().collect::<Vec<_>>().join(" ");
        let base = if plain.is_empty() { format!("{UNNAMED}{}", at + 1) } else { plain };
        let numbered = (2..).map(|number| format!("{base} ({number})"));
        let name = std::iter::once(base.clone()).chain(numbered).find(|name| !seen.contains(name)).unwrap_or(base);
        seen.insert(name.clone());
        columns.push(name);
    }
    columns
}

/// The cells of a row by column.
fn values(columns: &[String], row: &Cells) -> Map<String, Value> {
    let mut values = Map::new();
    for (at, column) in columns.iter().enumerate() {
        let cell = row.cells.get(at).map_or("", String::as_str);
        let inner = cell.trim_matches([' ', '\n', '\t']);
        // Spaces may surround the apostrophe that disarms a formula; other spaces are kept for the field to judge.
        let text = if restore(cell) == cell && restore(inner) != inner { restore(inner) } else { restore(cell) };
        values.insert(column.clone(), Value::from(text));
    }
    values
}

/// A row that does not fit the table: it has more or fewer cells than there are headings.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct FaultyRow {
    /// Its place: `row 12`.
    pub place: String,
    /// What is wrong.
    pub reason: String,
    /// How many headings there are.
    pub headings: usize,
    /// Its cells.
    pub cells: Vec<String>,
}

impl FaultyRow {
    /// What is wrong, and what helps, for a list of mistakes.
    pub(crate) fn describe(&self) -> String {
        format!(
            "has {} cells, but there are {} headings; put quotes around a cell that contains a separator or a line break",
            self.cells.len(),
            self.headings
        )
    }
}

fn describe_faults(faults: &[FaultyRow], columns: usize, heading_row: usize) -> Error {
    let named: Vec<&str> = faults.iter().take(MOST_NAMED).map(|row| row.reason.as_str()).collect();
    Error::data(format!(
        "row {heading_row} has {columns} headings, but {}{}; put quotes around each cell that contains a separator or a line break; if the \
         headings are in another row, use --heading-row N",
        named.join(", "),
        and_more(faults.len())
    ))
}

/// The headings in two rows: the upper one names groups of columns, and the lower one each column of a group.
pub(crate) fn merge_headings(upper: &Cells, lower: &Cells) -> Cells {
    // Under a question with one answer, the lower row says nothing.
    const ANSWERS: [&str; 4] = ["Response", "Open-Ended Response", "Answer", "Value"];
    let text = |row: &Cells, at: usize| row.cells.get(at).map(|cell| trim_edges(cell).to_owned()).unwrap_or_default();
    let width = upper.cells.len().max(lower.cells.len());
    let cell = |at: usize| match (text(upper, at), text(lower, at)) {
        (upper, lower) if lower.is_empty() || (!upper.is_empty() && ANSWERS.contains(&lower.as_str())) => upper,
        (_, lower) => lower,
    };
    Cells { number: upper.number, cells: (0..width).map(cell).collect() }
}

/// Whether a row may be the lower of two rows of headings: it names columns that the upper one does not, and holds no data.
fn may_be_lower_headings(upper: &Cells, lower: &Cells) -> bool {
    let is_empty = |row: &Cells, at: usize| row.cells.get(at).is_none_or(|cell| trim_edges(cell).is_empty());
    let width = upper.cells.len().max(lower.cells.len());
    let names_more = (0..width).any(|at| is_empty(upper, at) && !is_empty(lower, at));
    let has_data = |cell: &String| cell.contains('@') || cell.bytes().filter(u8::is_ascii_digit).count() > 4;
    lower.number == upper.number + 1 && names_more && !lower.cells.iter().any(has_data)
}

/// Whether two rows have the same cells.
fn is_same(row: &Cells, other: &Cells) -> bool {
    row.cells.iter().map(|cell| trim_edges(cell)).eq(other.cells.iter().map(|cell| trim_edges(cell)))
}

/// The separators that are detected, the most common first. Others must be named.
const SEPARATORS: [u8; 4] = *b",;\t|";

/// The separator that divides the most of the first rows into the same number of cells.
fn find_separator(text: &str) -> u8 {
    const SAMPLE: usize = 50;
    const SAMPLE_BYTES: usize = 256 * 1024;
    let end = (0..=text.len().min(SAMPLE_BYTES)).rev().find(|end| text.is_char_boundary(*end)).unwrap_or_default();
    let text = text.get(..end).unwrap_or_default();
    let mut best = (separator(text), (0, 0));
    for mark in SEPARATORS {
        let mut widths: BTreeMap<usize, usize> = BTreeMap::new();
        for row in CsvRows::new(text, mark).filter(|row| !row.is_empty()).take(SAMPLE) {
            *widths.entry(row.cells.len()).or_default() += 1;
        }
        let usual = widths.into_iter().filter(|(width, _)| *width > 1).map(|(width, rows)| (rows, width)).max();
        if let Some(usual) = usual.filter(|usual| *usual > best.1) {
            best = (mark, usual);
        }
    }
    best.0
}

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
                format!("row {row} has a quote that closes several lines later ({place}), so the cell seems to contain other rows"),
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
