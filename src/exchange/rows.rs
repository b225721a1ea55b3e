//! The tables of a ledger with their rows, for CSV and SQLite.

use super::columns::{Column, ColumnContent, ColumnEntry, LISTED, TableSpec, sheets_of};
use super::outgoing::{Outgoing, OutgoingRecord};
use crate::kind::Kind;
use crate::record::field::Shape;
use serde_json::Value;

/// A table with its rows.
#[derive(Debug)]
pub(crate) struct TableData {
    /// The table.
    pub sheet: TableSpec,
    /// The rows, with one cell for each column.
    pub rows: Vec<Vec<Option<Value>>>,
    /// For each column, whether it is required and has a value in every row. A ledger with mistakes may lack required values.
    pub required: Vec<bool>,
}

/// Calls `use_table` with each table of an export, including empty ones. References to missing records are left out, so that every
/// key has a target. `step` is called for each record.
///
/// # Errors
/// The error of `use_table`.
pub(crate) fn each_table<E>(
    outgoing: &Outgoing<'_>,
    step: &mut dyn FnMut(),
    use_table: &mut dyn FnMut(TableData) -> Result<(), E>,
) -> Result<(), E> {
    for kind in Kind::ALL {
        let records = outgoing.records_of(kind, step);
        for sheet in sheets_of(kind, &outgoing.audience) {
            use_table(fill_table(sheet, &records, outgoing))?;
        }
    }
    Ok(())
}

fn fill_table(sheet: TableSpec, records: &[OutgoingRecord], outgoing: &Outgoing<'_>) -> TableData {
    let mut rows = Vec::new();
    for record in records {
        for (at, entry) in sheet.entries(&record.fields).into_iter().enumerate() {
            let cell = |column: &Column| match &column.holds {
                ColumnContent::Id | ColumnContent::Owner(_) => Some(Value::from(record.id.as_str())),
                ColumnContent::Folder => record.folder.as_deref().map(Value::from),
                ColumnContent::Number => Some(Value::from(at + 1)),
                ColumnContent::Field { path, .. } => value(column, entry.at(path)?, entry, outgoing),
            };
            let row: Vec<Option<Value>> = sheet.columns.iter().map(cell).collect();
            // An entry that is only a broken reference has no row.
            let is_missing = sheet.columns.iter().zip(&row).any(|(column, cell)| is_whole(column) && cell.is_none());
            if !is_missing {
                rows.push(row);
            }
        }
    }
    let is_filled = |at: usize| rows.iter().all(|row| row.get(at).is_some_and(Option::is_some));
    let required = sheet.columns.iter().enumerate().map(|(at, column)| column.is_required() && is_filled(at)).collect();
    TableData { sheet, rows, required }
}

/// Whether the column contains a whole list entry.
fn is_whole(column: &Column) -> bool {
    matches!(&column.holds, ColumnContent::Field { path, .. } if path.is_empty())
}

fn value(column: &Column, value: &Value, entry: ColumnEntry<'_>, outgoing: &Outgoing<'_>) -> Option<Value> {
    if let Some(kind) = column.reference() {
        let id = value.as_str()?;
        return outgoing.has(kind, id).then(|| Value::from(id));
    }
    let ColumnContent::Field { field, .. } = &column.holds else { return None };
    let has_words = matches!((field.shape)(), Shape::Requirement | Shape::Eligible);
    match value {
        Value::Array(_) if has_words && matches!(entry, ColumnEntry::Record(_)) => Some(Value::from(LISTED)),
        Value::Object(_) if has_words => Some(Value::from(value.to_string())),
        other => Some(other.clone()),
    }
}
