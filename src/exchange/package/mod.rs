//! A ledger as a Data Package (<https://datapackage.org>): a `datapackage.json` that says what is where, and a CSV file for
//! each table, with types, keys and references between them. Readers of version 1 and of version 2 of the standard take it.

mod descriptor;
mod place;
mod read;
mod table;
#[cfg(test)]
mod tests;

#[cfg(feature = "sqlite")]
pub(super) use descriptor::coalition;
pub use descriptor::{DESCRIPTOR, described};
pub use place::{Conflict, Earlier, Placement, Reason};
pub use read::{Package, file_names, read, restorable};

use super::outgoing::Outgoing;
use super::rows::{Filled, each_table};
use std::fmt;

/// The ending of a table's file.
pub const ENDING: &str = "csv";

/// One file of an export.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackageFile {
    /// Its name; all files of an export lie in one folder.
    pub name: String,
    /// What it holds.
    pub bytes: Vec<u8>,
}

impl PackageFile {
    /// What it holds, as text.
    pub fn into_text(self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }
}

/// What cannot be read or written, for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackageError(pub String);

impl fmt::Display for PackageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for PackageError {}

/// The files of a package, the description last: the tables of all kinds, so that every reference has a table to lead to,
/// and those of lists that have entries. `step` is called for each record.
///
/// # Errors
/// A table that cannot be written as CSV.
pub fn files(outgoing: &Outgoing<'_>, step: &mut dyn FnMut()) -> Result<Vec<PackageFile>, PackageError> {
    let (mut files, mut resources) = (Vec::new(), Vec::new());
    each_table(outgoing, step, &mut |table: Filled| {
        if table.sheet.is_kind() || !table.rows.is_empty() {
            let file = PackageFile {
                name: format!("{}.{ENDING}", table.sheet.name),
                bytes: table::csv(&table, outgoing.bom)?,
            };
            resources.push(descriptor::table_resource(&table, &file));
            files.push(file);
        }
        Ok(())
    })?;
    files.push(descriptor::package(outgoing.ledger, &outgoing.audience, resources));
    Ok(files)
}
