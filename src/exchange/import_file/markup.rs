//! Tables in markup: web pages, which many programs call `.xls`; the XML spreadsheets of Excel 2003; and those of LibreOffice (`.ods`,
//! `.fods`). Only rows and cells are read; scripts, styles and formulas are not.

use super::MAX_TEXT;
use super::csv::Cells;
use super::sheet::{MAX_CELLS, MAX_COLUMNS, Sheet};
use crate::error::Error;

/// Whether a text is markup with a table.
pub(crate) fn is_markup(start: &[u8]) -> bool {
    let text = String::from_utf8_lossy(start).to_lowercase();
    let begins = text.trim_start_matches(['\u{feff}', '\u{fffd}']).trim_start().starts_with('<');
    begins
        && ["<table", "<html", "<!doctype html", "<workbook", ":workbook", "office:document"]
            .iter()
            .any(|mark| text.contains(mark))
}

/// The tables in a text, each as a sheet.
///
/// # Errors
/// The text has no table, or one that is too large.
pub(super) fn read_tables(text: &str) -> Result<Vec<Sheet>, Error> {
    let mut reader = TableReader::default();
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        reader.text(rest.get(..at).unwrap_or_default());
        rest = rest.get(at..).unwrap_or_default();
        if let Some(after) = rest.strip_prefix("<!--") {
            rest = after.split_once("-->").map_or("", |(_, after)| after);
        } else if let Some(after) = rest.strip_prefix("<![CDATA[") {
            let (inside, after) = after.split_once("]]>").unwrap_or((after, ""));
            reader.raw_text(inside);
            rest = after;
        } else {
            let end = tag_end(rest);
            let tag = Tag::new(rest.get(1..end).unwrap_or_default());
            rest = rest.get(end + 1..).unwrap_or_default();
            if matches!(tag.name.as_str(), "script" | "style") && !tag.closes {
                let closing = format!("</{}", tag.name);
                let at = rest.to_ascii_lowercase().find(&closing).unwrap_or(rest.len());
                rest = rest.get(at..).unwrap_or_default();
                continue;
            }
            reader.tag(&tag)?;
        }
    }
    reader.end_row()?;
    reader.end_table();
    match reader.sheets.is_empty() {
        true => Err(Error::data("this page has no table with rows; save the list as CSV or .xlsx")),
        false => Ok(reader.sheets),
    }
}

/// The position of the `>` that ends a tag, outside quotes.
fn tag_end(text: &str) -> usize {
    let mut quote = None;
    for (at, byte) in text.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return at,
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), byte) if open == byte => quote = None,
            _ => {}
        }
    }
    text.len()
}

/// A tag without its namespace.
struct Tag<'t> {
    name: String,
    closes: bool,
    is_empty: bool,
    rest: &'t str,
}

impl<'t> Tag<'t> {
    fn new(text: &'t str) -> Tag<'t> {
        let closes = text.starts_with('/');
        let inner = text.trim_start_matches('/');
        let end = inner.find(|c: char| c.is_whitespace() || c == '/').unwrap_or(inner.len());
        let (name, rest) = inner.split_at(end);
        let name = name.rsplit(':').next().unwrap_or_default().to_ascii_lowercase();
        Tag { name, closes, is_empty: text.ends_with('/'), rest }
    }

    /// The value of an attribute, by its name without a namespace.
    fn attribute(&self, wanted: &str) -> Option<String> {
        let mut rest = self.rest;
        while let Some((before, after)) = rest.split_once('=') {
            let name = before.split_whitespace().last().unwrap_or_default();
            let name = name.rsplit(':').next().unwrap_or_default();
            let after = after.trim_start();
            let (value, behind) = match after.chars().next() {
                Some(quote @ ('"' | '\'')) => {
                    let inside = after.get(1..).unwrap_or_default();
                    inside.split_once(quote).unwrap_or((inside, ""))
                }
                _ => after.split_once(char::is_whitespace).unwrap_or((after, "")),
            };
            if name.eq_ignore_ascii_case(wanted) {
                return Some(decode(value));
            }
            rest = behind;
        }
        None
    }

    fn number(&self, wanted: &str) -> Option<usize> {
        self.attribute(wanted)?.trim().parse().ok()
    }
}

#[derive(Default)]
struct TableReader {
    sheets: Vec<Sheet>,
    name: Option<String>,
    /// How many tables are open.
    depth: usize,
    rows: Vec<Cells>,
    /// The number of the row before this one.
    number: usize,
    row: Option<Row>,
    cell: Option<Cell>,
    cells: usize,
}

struct Row {
    cells: Vec<String>,
    repeats: usize,
}

struct Cell {
    text: String,
    repeats: usize,
    /// How many columns after its own it covers.
    covered: usize,
    /// Whether the text of the cell is in its attributes.
    is_fixed: bool,
}

impl TableReader {
    fn text(&mut self, text: &str) {
        if self.cell.is_some() {
            self.raw_text(&decode(text));
        }
    }

    fn raw_text(&mut self, text: &str) {
        if let Some(cell) = self.cell.as_mut().filter(|cell| !cell.is_fixed && cell.text.len() <= MAX_TEXT) {
            cell.text += &text.replace(['\n', '\r', '\t', '\u{a0}'], " ");
        }
    }

    fn tag(&mut self, tag: &Tag<'_>) -> Result<(), Error> {
        match (tag.name.as_str(), tag.closes) {
            ("worksheet", false) => self.name = tag.attribute("name"),
            ("table", false) => {
                self.depth += 1;
                if self.depth == 1 {
                    self.name = tag.attribute("name").or_else(|| self.name.take());
                    (self.rows, self.number) = (Vec::new(), 0);
                }
            }
            ("table", true) => {
                self.depth = self.depth.saturating_sub(1);
                if self.depth == 0 {
                    self.end_row()?;
                    self.end_table();
                }
            }
            _ if self.depth > 1 => {}
            ("tr" | "row" | "table-row", false) => {
                self.end_row()?;
                if let Some(number) = tag.number("index") {
                    self.number = number.saturating_sub(1);
                }
                let repeats = tag.number("number-rows-repeated").unwrap_or(1);
                self.row = Some(Row { cells: Vec::new(), repeats });
                if tag.is_empty {
                    self.end_row()?;
                }
            }
            ("tr" | "row" | "table-row", true) => self.end_row()?,
            ("td" | "th" | "cell" | "table-cell" | "covered-table-cell", false) if self.row.is_some() => {
                self.end_cell()?;
                self.begin_cell(tag)?;
            }
            ("td" | "th" | "cell" | "table-cell" | "covered-table-cell", true) => self.end_cell()?,
            ("br" | "line-break", _) | ("p" | "div" | "li", true) => {
                if let Some(cell) = self.cell.as_mut().filter(|cell| !cell.is_fixed) {
                    cell.text.push('\n');
                }
            }
            // An annotation beside a cell is not its text.
            ("annotation", false) if !tag.is_empty => {
                if let Some(cell) = self.cell.as_mut() {
                    cell.is_fixed = true;
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn begin_cell(&mut self, tag: &Tag<'_>) -> Result<(), Error> {
        if let (Some(index), Some(row)) = (tag.number("index"), self.row.as_mut())
            && index > row.cells.len() + 1
        {
            if index > MAX_COLUMNS {
                return Err(too_large());
            }
            row.cells.resize(index - 1, String::new());
        }
        let repeats = tag.number("number-columns-repeated").unwrap_or(1);
        let covered = tag.number("colspan").map(|wide| wide.saturating_sub(1)).or_else(|| tag.number("mergeacross"));
        // A day, and a number that the sheet shows rounded, are in an attribute.
        let fixed = match tag.attribute("value-type").as_deref() {
            Some("date") => tag.attribute("date-value"),
            Some("float" | "currency") => tag.attribute("value"),
            _ => None,
        };
        let is_fixed = fixed.is_some();
        let covered = covered.unwrap_or_default();
        self.cell = Some(Cell { text: fixed.unwrap_or_default(), repeats, covered, is_fixed });
        if tag.is_empty { self.end_cell() } else { Ok(()) }
    }

    fn end_cell(&mut self) -> Result<(), Error> {
        let Some(cell) = self.cell.take() else { return Ok(()) };
        let Some(row) = self.row.as_mut() else { return Ok(()) };
        let lines: Vec<String> = cell
            .text
            .lines()
            .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
            .filter(|line| !line.is_empty())
            .collect();
        let text = lines.join("\n");
        if text.len() > MAX_TEXT {
            return Err(Error::data(format!(
                "row {} has a cell with more than {MAX_TEXT} bytes, which no record can hold",
                self.number + 1
            )));
        }
        // Empty cells to the end of the sheet say nothing.
        let repeats =
            if text.is_empty() { cell.repeats.min(MAX_COLUMNS.saturating_sub(row.cells.len())) } else { cell.repeats };
        if row.cells.len() + repeats > MAX_COLUMNS {
            return Err(too_large());
        }
        row.cells.extend(std::iter::repeat_n(text, repeats));
        // The columns that a wide cell covers are empty.
        row.cells.resize(row.cells.len().saturating_add(cell.covered).min(MAX_COLUMNS), String::new());
        Ok(())
    }

    fn end_row(&mut self) -> Result<(), Error> {
        self.end_cell()?;
        let Some(mut row) = self.row.take() else { return Ok(()) };
        while row.cells.last().is_some_and(String::is_empty) {
            row.cells.pop();
        }
        if row.cells.is_empty() {
            self.number = self.number.saturating_add(row.repeats);
            return Ok(());
        }
        self.cells = self.cells.saturating_add(row.cells.len().saturating_mul(row.repeats));
        if self.cells > MAX_CELLS {
            return Err(too_large());
        }
        for _ in 0..row.repeats {
            self.number += 1;
            self.rows.push(Cells { number: self.number, cells: row.cells.clone() });
        }
        Ok(())
    }

    fn end_table(&mut self) {
        let rows = std::mem::take(&mut self.rows);
        let name = self.name.take();
        if !rows.is_empty() {
            let name = name.unwrap_or_else(|| format!("Table {}", self.sheets.len() + 1));
            self.sheets.push(Sheet::new(name, rows));
        }
    }
}

fn too_large() -> Error {
    Error::data(format!(
        "this table has more than {MAX_COLUMNS} columns or {MAX_CELLS} cells; delete what you do not want to import"
    ))
}

/// A text with its entities as letters.
fn decode(text: &str) -> String {
    const NAMES: [(&str, char); 34] = [
        ("amp", '&'),
        ("lt", '<'),
        ("gt", '>'),
        ("quot", '"'),
        ("apos", '\''),
        ("nbsp", ' '),
        ("aacute", 'á'),
        ("eacute", 'é'),
        ("iacute", 'í'),
        ("oacute", 'ó'),
        ("uacute", 'ú'),
        ("ntilde", 'ñ'),
        ("Ntilde", 'Ñ'),
        ("Aacute", 'Á'),
        ("Eacute", 'É'),
        ("agrave", 'à'),
        ("egrave", 'è'),
        ("ecirc", 'ê'),
        ("ccedil", 'ç'),
        ("auml", 'ä'),
        ("ouml", 'ö'),
        ("uuml", 'ü'),
        ("Auml", 'Ä'),
        ("Ouml", 'Ö'),
        ("Uuml", 'Ü'),
        ("szlig", 'ß'),
        ("aring", 'å'),
        ("oslash", 'ø'),
        ("ndash", '–'),
        ("mdash", '—'),
        ("rsquo", '’'),
        ("lsquo", '‘'),
        ("euro", '€'),
        ("copy", '©'),
    ];
    let mut decoded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        decoded += rest.get(..at).unwrap_or_default();
        let after = rest.get(at + 1..).unwrap_or_default();
        let entity = after.split_once(';').filter(|(name, _)| name.len() <= 10).and_then(|(name, behind)| {
            let code = name.strip_prefix('#').and_then(|code| match code.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok(),
                None => code.parse().ok(),
            });
            let named = || NAMES.iter().find(|(known, _)| *known == name).map(|(_, letter)| *letter);
            Some((code.and_then(char::from_u32).or_else(named)?, behind))
        });
        match entity {
            Some((letter, behind)) => {
                decoded.push(letter);
                rest = behind;
            }
            None => {
                decoded.push('&');
                rest = after;
            }
        }
    }
    decoded + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The name of a sheet, and its rows with their numbers.
    type Read = (String, Vec<(usize, Vec<String>)>);

    fn rows(text: &str) -> Vec<Read> {
        let sheets = read_tables(text).unwrap();
        sheets
            .iter()
            .map(|sheet| (sheet.name.clone(), sheet.rows().iter().map(|row| (row.number, row.cells.clone())).collect()))
            .collect()
    }

    fn expected(name: &str, rows: &[(usize, &[&str])]) -> Read {
        (
            name.to_owned(),
            rows.iter()
                .map(|(number, cells)| (*number, cells.iter().map(|cell| (*cell).to_owned()).collect()))
                .collect(),
        )
    }

    #[test]
    fn tables_of_web_pages_and_xml_spreadsheets_are_read() {
        let html = "<html><head><style>td > p {}</style></head><body><!-- <table> --><TABLE border=1>\n<tr><th>Name<th colspan=2>E-mail\n\
                    <tr><td>Jos&eacute; &amp; <b>Co</b></td><td><a href='mailto:x'>x@example.org</a><br>y@example.org<td>z</tr></table></body>";
        assert_eq!(
            rows(html),
            [expected(
                "Table 1",
                &[(1, &["Name", "E-mail"]), (2, &["José & Co", "x@example.org\ny@example.org", "z"])]
            )]
        );
        let xml = "<?xml version=\"1.0\"?><Workbook xmlns:ss=\"u\"><Worksheet ss:Name=\"People\"><Table><Row><Cell><Data ss:Type=\"String\">Name</Data></Cell>\
                   <Cell ss:Index=\"3\"><Data>Phone</Data></Cell></Row><Row ss:Index=\"4\"><Cell><Data>Ana</Data></Cell></Row></Table></Worksheet></Workbook>";
        assert_eq!(rows(xml), [expected("People", &[(1, &["Name", "", "Phone"]), (4, &["Ana"])])]);
        let ods = "<office:document-content><table:table table:name=\"L\"><table:table-row><table:table-cell office:value-type=\"string\"><text:p>Name</text:p></table:table-cell>\
                   <table:table-cell table:number-columns-repeated=\"2\"/><table:table-cell office:value-type=\"date\" office:date-value=\"2026-03-01\"><text:p>03/01/26</text:p></table:table-cell>\
                   <table:table-cell table:number-columns-repeated=\"16380\"/></table:table-row><table:table-row table:number-rows-repeated=\"3\"><table:table-cell/></table:table-row>\
                   <table:table-row><table:table-cell><office:annotation><text:p>aside</text:p></office:annotation></table:table-cell><table:table-cell><text:p>B</text:p></table:table-cell></table:table-row></table:table></office:document-content>";
        assert_eq!(rows(ods), [expected("L", &[(1, &["Name", "", "", "2026-03-01"]), (5, &["", "B"])])]);
    }

    #[test]
    fn tables_that_would_fill_the_memory_are_refused() {
        for table in [
            "<table><tr number-rows-repeated=\"99999999999\"><td>x</td></tr></table>",
            "<table><tr><table-cell number-columns-repeated=\"99999999\">x</table-cell></tr></table>",
            "<table><tr><cell index=\"99999999\">x</cell></tr></table>",
            "<p>no table</p>",
        ] {
            assert!(read_tables(table).is_err(), "{table}");
        }
        assert!(is_markup(b"\xef\xbb\xbf<html><table>") && !is_markup(b"Name,<b>\n"));
    }
}
