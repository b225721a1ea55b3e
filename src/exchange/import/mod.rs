//! Records from registers: which column holds which field, what each row becomes, and which record it is. Computed whole
//! before anything is written; whatever is wrong is told by row, and then nothing is.

mod alias;
mod apart;
mod column;
mod family;
mod identity;
mod key;
mod outcome;
mod own;
mod plan;
mod problem;
mod reference;
mod row;
mod said;
mod seen;
mod signatures;
#[cfg(test)]
mod tests;
mod update;
mod value;

pub use column::{Mapping, Target, Wishes, listed, mapping};
pub use identity::{Fate, id_of};
pub use key::{BY_KEY, REGISTER_KEY};
pub use outcome::{Import, Outcome};
pub use own::own;
pub use plan::{Options, plan};
pub use problem::Problem;
pub use row::{Rows, incoming};
pub use seen::{harmed, trimmed};
pub use value::{Style, day, one_line};
