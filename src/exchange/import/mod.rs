//! Records from import files: which column holds which field, what each row becomes, and which record it is. Everything is computed first. If any
//! row is wrong, every mistake is reported by row and nothing is written.

mod column;
mod identity;
mod plan;
mod reference;
mod row;
#[cfg(test)]
mod tests;
mod value;

pub(crate) use column::{ColumnOptions, ColumnTarget, Mapping, list_columns, map_columns, read_record_ids};
pub(crate) use identity::RowOutcome;
pub(crate) use plan::{ImportOptions, ImportPlan, PlannedRow, plan};
pub(crate) use row::{ImportRows, read_rows};
