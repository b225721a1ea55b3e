//! The file of the rows that `--skip-bad` left out, in the format of the import file, so that they can be fixed there and imported.

use super::super::output_file;
use super::input::{Input, ReadFile};
use crate::exchange::cell::neutralize;
use crate::exchange::import::LEFT_OUT_COLUMNS;
use crate::exchange::import_file::FileFormat;
use crate::exchange::incoming::Problem;
use anyhow::Result;
use serde_json::{Map, Value};
use std::collections::HashMap;
use std::path::{Path, PathBuf};

/// Writes the rows with mistakes to a file beside the import file, one for each. Nothing is overwritten. Returns the names of the
/// files.
///
/// # Errors
/// Errors of the operating system.
pub(super) fn write(input: &Input, left_out: &[Problem]) -> Result<Vec<String>> {
    let mut names = Vec::new();
    for read in &input.files {
        let rows = reasons(input, read, left_out);
        if rows.is_empty() {
            continue;
        }
        let (ending, bytes) = match read.format {
            FileFormat::Csv | FileFormat::Xlsx => ("csv", table(read, &rows)?),
            FileFormat::VCard => ("vcf", cards(read, &rows)),
            _ => ("json", entries(read, &rows)?),
        };
        names.push(write_beside(&read.path, ending, &bytes)?);
    }
    Ok(names)
}

/// The rows of one file that were left out, by place, each with the reasons why.
fn reasons(input: &Input, read: &ReadFile, left_out: &[Problem]) -> HashMap<String, String> {
    let mut rows: HashMap<String, String> = HashMap::new();
    let places: HashMap<&str, &[String]> =
        input.places.iter().map(|(place, rows)| (place.as_str(), rows.as_slice())).collect();
    for problem in left_out {
        let one = [problem.place.clone()];
        let several = places.get(problem.place.as_str()).copied().unwrap_or(&one);
        let reason = match &problem.column {
            Some(column) => format!("{column}: {}", problem.reason),
            None => problem.reason.clone(),
        };
        for place in several.iter().filter_map(|place| place.strip_prefix(&read.prefix)) {
            let reasons = rows.entry(place.to_owned()).or_default();
            if reasons.is_empty() {
                reasons.clone_from(&reason);
            } else if !reasons.contains(&reason) {
                *reasons += &format!("; {reason}");
            }
        }
    }
    rows
}

fn reason_of<'r>(rows: &'r HashMap<String, String>, place: &str) -> Option<&'r str> {
    rows.get(place).map(String::as_str)
}

/// A table with the same headings, and two columns for the row and the reason.
fn table(read: &ReadFile, rows: &HashMap<String, String>) -> Result<Vec<u8>> {
    let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(vec![0xef, 0xbb, 0xbf]);
    writer.write_record(read.file.columns.iter().map(String::as_str).chain(LEFT_OUT_COLUMNS))?;
    for row in &read.file.rows {
        let Some(reason) = reason_of(rows, &row.place) else { continue };
        let cell = |column: &String| match row.values.get(column) {
            Some(Value::String(text)) => neutralize(text.clone()),
            Some(other) => other.to_string(),
            None => String::new(),
        };
        let end = [row.place.clone(), neutralize(reason.to_owned())];
        writer.write_record(read.file.columns.iter().map(cell).chain(end))?;
    }
    // What did not fit the headings cannot be put under them.
    for fault in read.file.faults.iter().filter(|fault| reason_of(rows, &fault.place).is_some()) {
        let width = read.file.columns.len();
        let mut cells: Vec<String> = fault.cells.iter().take(width).cloned().map(neutralize).collect();
        cells.resize(width, String::new());
        let more = fault.cells.get(width..).unwrap_or_default();
        let reason = if more.is_empty() {
            fault.reason.clone()
        } else {
            format!("{}; more: {}", fault.reason, more.join(" | "))
        };
        cells.extend([fault.place.clone(), neutralize(reason)]);
        writer.write_record(cells)?;
    }
    Ok(writer.into_inner()?)
}

fn cards(read: &ReadFile, rows: &HashMap<String, String>) -> Vec<u8> {
    let of_row = |row: &&crate::exchange::import_file::FileRow| reason_of(rows, &row.place).is_some();
    read.file.rows.iter().filter(of_row).map(|row| row.source.as_str()).collect::<String>().into_bytes()
}

fn entries(read: &ReadFile, rows: &HashMap<String, String>) -> Result<Vec<u8>> {
    let mut entries: Vec<Map<String, Value>> = Vec::new();
    for row in &read.file.rows {
        let Some(reason) = reason_of(rows, &row.place) else { continue };
        let mut values = if row.typed.is_empty() { row.values.clone() } else { row.typed.clone() };
        let [place_key, reason_key] = LEFT_OUT_COLUMNS;
        values.insert(place_key.to_owned(), Value::from(row.place.as_str()));
        values.insert(reason_key.to_owned(), Value::from(reason));
        entries.push(values);
    }
    let mut bytes = serde_json::to_vec_pretty(&entries)?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// Writes `contacts.left-out.csv` beside `contacts.csv`, or the same with the next free number.
fn write_beside(path: &Path, ending: &str, bytes: &[u8]) -> Result<String> {
    const MOST: usize = 1000;
    let stem = if path == Path::new("-") {
        "import".into()
    } else {
        path.file_stem().unwrap_or(path.as_os_str()).to_string_lossy()
    };
    let folder = if path == Path::new("-") { Path::new("") } else { path.parent().unwrap_or(Path::new("")) };
    // The same file again, after a row was fixed, makes no longer names.
    let stem = stem.split(".left-out").next().unwrap_or(&stem).to_owned();
    for number in 1..MOST {
        let number = if number == 1 { String::new() } else { format!("-{number}") };
        let place: PathBuf = folder.join(format!("{stem}.left-out{number}.{ending}"));
        if output_file::write_new(&place, bytes)? {
            return Ok(place.display().to_string());
        }
    }
    stop!(
        environment,
        "there are already {MOST} files with left-out rows beside {}; delete the old ones",
        path.display()
    )
}
