//! The tables of a ledger with their rows: the same for CSV and for SQLite.

use super::columns::{Column, Entry, Holds, LISTED, Sheet, sheets_of};
use super::outgoing::{Departing, Outgoing};
use crate::kind::Kind;
use crate::record::field::Shape;
use serde_json::Value;

/// A table with its rows.
#[derive(Debug)]
pub struct Filled {
    /// The table.
    pub sheet: Sheet,
    /// The rows, each with a cell for each column.
    pub rows: Vec<Vec<Option<Value>>>,
    /// Whether each column has a value in every row and must have one. A ledger with mistakes may lack what is required, and
    /// nothing is promised that does not hold.
    pub required: Vec<bool>,
}

/// Hands on the tables of what leaves a ledger one by one, the empty ones too. A reference to a record that is not there is
/// left out, so that every key leads somewhere. `step` is called for each record.
///
/// # Errors
/// What `take` says.
pub fn each_table<E>(
    outgoing: &Outgoing<'_>,
    step: &mut dyn FnMut(),
    take: &mut dyn FnMut(Filled) -> Result<(), E>,
) -> Result<(), E> {
    for kind in Kind::ALL {
        let records = outgoing.records_of(kind, step);
        for sheet in sheets_of(kind, &outgoing.audience) {
            take(filled(sheet, &records, outgoing))?;
        }
    }
    Ok(())
}

fn filled(sheet: Sheet, records: &[Departing], outgoing: &Outgoing<'_>) -> Filled {
    let mut rows = Vec::new();
    for record in records {
        for (at, entry) in sheet.entries(&record.fields).into_iter().enumerate() {
            let cell = |column: &Column| match &column.holds {
                Holds::Id | Holds::Owner(_) => Some(Value::from(record.id.as_str())),
                Holds::Folder => record.folder.as_deref().map(Value::from),
                Holds::Number => Some(Value::from(at + 1)),
                Holds::Field { path, .. } => value(column, entry.at(path)?, entry, outgoing),
            };
            let row: Vec<Option<Value>> = sheet.columns.iter().map(cell).collect();
            // An entry that is nothing but a reference that leads nowhere is no row.
            let is_lost = sheet.columns.iter().zip(&row).any(|(column, cell)| is_whole(column) && cell.is_none());
            if !is_lost {
                rows.push(row);
            }
        }
    }
    let holds = |at: usize| rows.iter().all(|row| row.get(at).is_some_and(Option::is_some));
    let required = sheet.columns.iter().enumerate().map(|(at, column)| column.is_required() && holds(at)).collect();
    Filled { sheet, rows, required }
}

/// Whether the column holds the whole entry of a list.
fn is_whole(column: &Column) -> bool {
    matches!(&column.holds, Holds::Field { path, .. } if path.is_empty())
}

fn value(column: &Column, value: &Value, entry: Entry<'_>, outgoing: &Outgoing<'_>) -> Option<Value> {
    if let Some(kind) = column.reference() {
        let id = value.as_str()?;
        return outgoing.has(kind, id).then(|| Value::from(id));
    }
    let Holds::Field { field, .. } = &column.holds else { return None };
    let has_words = matches!((field.shape)(), Shape::Requirement | Shape::Eligible);
    match value {
        Value::Array(_) if has_words && matches!(entry, Entry::Record(_)) => Some(Value::from(LISTED)),
        Value::Object(_) if has_words => Some(Value::from(value.to_string())),
        other => Some(other.clone()),
    }
}
