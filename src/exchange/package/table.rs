//! A table as CSV, and the value of a cell from its text.

use super::super::cell::{BYTE_ORDER_MARK, neutralize, restore};
use super::super::columns::{Column, Holds, Type};
use super::super::damaged_text::trim_edges;
use super::super::date_format::{Style, day};
use super::super::import_file::quoted;
use super::super::rows::Filled;
use super::PackageError;
use serde_json::Value;

/// A table as CSV in UTF-8, a line for each row below the names of the columns, behind a byte order mark where it is wanted.
pub(super) fn csv(table: &Filled, bom: bool) -> Result<Vec<u8>, PackageError> {
    let failed = |error: &dyn std::fmt::Display| {
        PackageError(format!("the table `{}` cannot be written as CSV: {error}", table.sheet.name))
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
        // A number may be negative, and text alone can be a formula.
        Some(Value::String(text)) if column.value_type() == Type::String => neutralize(text.clone()),
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    }
}

/// The value of a cell. What is not of the column's type stays text, for the reader of records to tell of; a date may come in the
/// form that a spreadsheet gave it.
///
/// # Errors
/// Why a cell with a date holds none.
pub(super) fn value(column: &Column, cell: &str, style: &Style) -> Result<Option<Value>, String> {
    let is_key = !matches!(column.holds, Holds::Field { .. }) || column.reference().is_some();
    let cell = if is_key || column.value_type() != Type::String { trim_edges(cell) } else { cell };
    if cell.is_empty() {
        return Ok(None);
    }
    let text = || Value::from(restore(cell));
    Ok(Some(match column.value_type() {
        Type::Integer => whole(cell).parse::<i64>().map_or_else(|_| text(), Value::from),
        Type::Number => match cell.parse::<i64>() {
            Ok(whole) => Value::from(whole),
            Err(_) => cell.parse::<f64>().ok().filter(|number| number.is_finite()).map_or_else(text, Value::from),
        },
        Type::Boolean => match cell {
            "true" | "TRUE" | "True" => Value::from(true),
            "false" | "FALSE" | "False" => Value::from(false),
            _ => text(),
        },
        Type::Array | Type::Object => serde_json::from_str(&quoted(cell)).unwrap_or_else(|_| text()),
        Type::Date => Value::from(day(restore(cell), style)?.to_string()),
        Type::String | Type::Amount | Type::Time => text(),
    }))
}

/// A whole number without the decimals `.0` or `.00` that a spreadsheet gave it.
fn whole(cell: &str) -> &str {
    cell.strip_suffix(".00").or_else(|| cell.strip_suffix(".0")).unwrap_or(cell)
}
