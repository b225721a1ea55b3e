//! Spreadsheets of Excel (`.xlsx`) and LibreOffice (`.ods`), and tables of web pages: each sheet as rows of text, as a person
//! sees them.

use super::csv::Cells;
use super::encoding;
use super::markup::{is_markup, read_tables};
use super::{MAX_BYTES, MAX_TEXT};
use crate::error::Error;
use calamine::{DataRef, ExcelDateTime, Reader as _, Xlsx};
use std::io::{Cursor, Read as _};

/// A sheet that is not empty.
#[derive(Debug)]
pub(crate) struct Sheet {
    /// Its name.
    pub name: String,
    /// Its rows that are not empty.
    rows: Vec<Cells>,
}

impl Sheet {
    /// A sheet with these rows.
    pub(super) fn new(name: String, rows: Vec<Cells>) -> Sheet {
        Sheet { name, rows }
    }

    /// Its rows that are not empty.
    pub(crate) fn rows(&self) -> &[Cells] {
        &self.rows
    }
}

/// The most columns of a sheet that are read.
pub(super) const MAX_COLUMNS: usize = 2000;

/// The most cells in all sheets.
pub(super) const MAX_CELLS: usize = 20_000_000;

/// Reads all sheets that are not empty, in their order.
///
/// # Errors
/// The file is not a spreadsheet, or too large.
pub(crate) fn read_sheets(bytes: &[u8]) -> Result<Vec<Sheet>, Error> {
    if bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        // What reads these stops the whole program at a damaged one.
        return Err(Error::data("this is a spreadsheet in an old Excel format; save it as .xlsx or as CSV"));
    }
    if is_markup(bytes.get(..bytes.len().min(4096)).unwrap_or_default()) {
        return read_tables(&encoding::text_of_page(bytes));
    }
    check_size(bytes)?;
    if let Some(content) = open_document(bytes)? {
        return read_tables(&content);
    }
    read_excel_sheets(bytes)
}

/// The content of a spreadsheet of LibreOffice, if the file is one.
fn open_document(bytes: &[u8]) -> Result<Option<String>, Error> {
    let broken = |_| {
        Error::data("this spreadsheet cannot be read; open it in LibreOffice, and save it again, or save it as CSV")
    };
    let Ok(mut archive) = zip::ZipArchive::new(Cursor::new(bytes)) else { return Ok(None) };
    let Ok(mut part) = archive.by_name("content.xml") else { return Ok(None) };
    let mut content = String::new();
    part.read_to_string(&mut content).map_err(broken)?;
    Ok(Some(content))
}

/// Reads the sheets of a spreadsheet of Excel since 2007.
fn read_excel_sheets(bytes: &[u8]) -> Result<Vec<Sheet>, Error> {
    let broken = |reason: &dyn std::fmt::Display| {
        Error::data(format!(
            "this spreadsheet cannot be read ({reason}); open it in Excel, and save it again, or save it as CSV"
        ))
    };
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| broken(&error))?;
    let names = book.sheet_names();
    let mut sheets = Vec::new();
    let mut total = 0;
    for name in names {
        // A sheet that is only a chart has no cells.
        let Ok(mut cells) = book.worksheet_cells_reader(&name) else { continue };
        let mut rows: Vec<Cells> = Vec::new();
        while let Some(cell) = cells.next_cell().map_err(|error| broken(&error))? {
            let (row, column) = cell.get_position();
            let text = cell_text(cell.get_value());
            if text.is_empty() {
                continue;
            }
            if text.len() > MAX_TEXT {
                return Err(Error::data(format!(
                    "row {} of sheet \"{name}\" has a cell with more than {MAX_TEXT} bytes, which no record can hold",
                    row + 1
                )));
            }
            total += 1;
            if column as usize >= MAX_COLUMNS || total > MAX_CELLS {
                return Err(Error::data(format!(
                    "sheet \"{name}\" has more than {MAX_COLUMNS} columns or {MAX_CELLS} cells; delete what you do \
                        not want to import"
                )));
            }
            let number = row as usize + 1;
            if rows.last().is_none_or(|last| last.number != number) {
                rows.push(Cells { number, cells: Vec::new() });
            }
            if let Some(last) = rows.last_mut() {
                if last.cells.len() <= column as usize {
                    last.cells.resize(column as usize + 1, String::new());
                }
                if let Some(place) = last.cells.get_mut(column as usize) {
                    *place = text;
                }
            }
        }
        if !rows.is_empty() {
            sheets.push(Sheet { name, rows });
        }
    }
    if sheets.is_empty() {
        return Err(Error::data("this spreadsheet is empty"));
    }
    Ok(sheets)
}

/// Refuses a file that would unpack to more than an import file may have.
fn check_size(bytes: &[u8]) -> Result<(), Error> {
    let broken =
        |_| Error::data("this is not an Excel spreadsheet (.xlsx), or it is cut off; save it again, or save it as CSV");
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(broken)?;
    let mut left = MAX_BYTES;
    for at in 0..archive.len() {
        let part = archive.by_index(at).map_err(broken)?;
        // The size that a part names may be wrong, so it is unpacked to count.
        let read =
            std::io::copy(&mut part.take(left + 1), &mut std::io::sink()).map_err(|error| broken(error.into()))?;
        left = left.checked_sub(read).ok_or_else(|| Error::data("this file is larger than 256 MiB; split it"))?;
    }
    if !["xl/workbook.xml", "xl/_rels/workbook.xml.rels", "content.xml"]
        .iter()
        .any(|part| archive.by_name(part).is_ok())
    {
        return Err(Error::data("this is not an Excel spreadsheet (.xlsx); save the sheet as .xlsx or as CSV"));
    }
    Ok(())
}

/// A cell as text: numbers without an exponent, dates as ISO dates.
fn cell_text(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Empty => String::new(),
        DataRef::String(text) => text.trim().to_owned(),
        DataRef::SharedString(text) => text.trim().to_owned(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::Bool(truth) => truth.to_string(),
        DataRef::DateTime(moment) => moment_text(moment).unwrap_or_else(|| moment.as_f64().to_string()),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::Error(error) => error.to_string(),
    }
}

/// A date, a time of day, or both.
fn moment_text(moment: &ExcelDateTime) -> Option<String> {
    let days = moment.as_f64();
    if !moment.is_datetime() || !(0.0..2_958_466.0).contains(&days) {
        return None;
    }
    let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
    let time = format!("{hour:02}:{minute:02}:{second:02}");
    Some(if days < 1.0 {
        time
    } else if (hour, minute, second) == (0, 0, 0) {
        format!("{year:04}-{month:02}-{day:02}")
    } else {
        format!("{year:04}-{month:02}-{day:02}T{time}")
    })
}
