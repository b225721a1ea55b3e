//! Writes a table as CSV, and reads the value of a cell.

use super::super::cell::{BYTE_ORDER_MARK, neutralize, restore};
use super::super::columns::{Column, ColumnContent, Type};
use super::super::damaged_text::trim_edges;
use super::super::date_format::{DateFormat, parse_day};
use super::super::import_file::quote_big_numbers;
use super::super::rows::TableData;
use crate::error::Error;
use serde_json::Value;

/// A table as CSV in UTF-8: the headings and the rows, after a byte order mark if `bom` is set.
pub(super) fn csv(table: &TableData, bom: bool) -> Result<Vec<u8>, Error> {
    let failed = |error: &dyn std::fmt::Display| {
        Error::data(format!("the table `{}` cannot be written as CSV: {error}", table.sheet.name))
    };
    let mark = if bom { BYTE_ORDER_MARK.to_string() } else { String::new() };
    let mut writer = csv::Writer::from_writer(mark.into_bytes());
    writer.write_record(table.sheet.columns.iter().map(|column| &column.name)).map_err(|error| failed(&error))?;
    for row in &table.rows {
        let cells = table.sheet.columns.iter().zip(row).map(|(column, value)| cell(column, value.as_ref()));
        writer.write_record(cells).map_err(|error| failed(&error))?;
    }
    writer.into_inner().map_err(|error| failed(&error))
}

fn cell(column: &Column, value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Null) => String::new(),
        // Only text can be a formula; a number may be negative.
        Some(Value::String(text)) if column.value_type() == Type::String => neutralize(text.clone()),
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    }
}

/// The value of a cell. A value of another type than the column's stays text, so that reading the record reports it. A date may be in
/// a spreadsheet's format.
///
/// # Errors
/// A cell in a date column is not a date.
pub(super) fn value(column: &Column, cell: &str, date_format: &DateFormat) -> Result<Option<Value>, Error> {
    let is_key = !matches!(column.holds, ColumnContent::Field { .. }) || column.reference().is_some();
    let cell = if is_key || column.value_type() != Type::String { trim_edges(cell) } else { cell };
    if cell.is_empty() {
        return Ok(None);
    }
    let text = || Value::from(restore(cell));
    Ok(Some(match column.value_type() {
        Type::Integer => trim_decimals(cell).parse::<i64>().map_or_else(|_| text(), Value::from),
        Type::Number => match cell.parse::<i64>() {
            Ok(number) => Value::from(number),
            Err(_) => cell.parse::<f64>().ok().filter(|number| number.is_finite()).map_or_else(text, Value::from),
        },
        Type::Boolean => match cell {
            "true" | "TRUE" | "True" => Value::from(true),
            "false" | "FALSE" | "False" => Value::from(false),
            _ => text(),
        },
        Type::Array | Type::Object => serde_json::from_str(&quote_big_numbers(cell)).unwrap_or_else(|_| text()),
        Type::Date => Value::from(parse_day(restore(cell), date_format)?.to_string()),
        Type::String | Type::Amount | Type::Time => text(),
    }))
}

/// A whole number without the `.0` or `.00` that a spreadsheet added.
fn trim_decimals(cell: &str) -> &str {
    cell.strip_suffix(".00").or_else(|| cell.strip_suffix(".0")).unwrap_or(cell)
}
