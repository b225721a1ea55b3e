//! Records from import files: which column holds which field, what each row becomes, and which record it is. Computed whole
//! before anything is written; whatever is wrong is told by row, and then nothing is.

mod column;
mod identity;
mod plan;
mod reference;
mod row;
#[cfg(test)]
mod tests;
mod value;

pub use column::{ColumnOptions, Mapping, Target, list_columns, map_columns, read_record_ids};
pub use identity::{Fate, id_of};
pub use plan::{ImportPlan, Options, Outcome, plan};
pub use row::{Rows, read_rows};
