//! A ledger as a Data Package (<https://datapackage.org>): `datapackage.json` describes it, and each table is a CSV
//! file, with types, keys and references. Readers of version 1 and version 2 of the standard accept it.

mod descriptor;
mod place;
mod read;
mod table;
#[cfg(test)]
mod tests;

#[cfg(feature = "sqlite")]
pub(super) use descriptor::coalition;
pub use descriptor::{DESCRIPTOR, add_descriptor};
pub use place::{EarlierExport, Placement};
pub use read::{Package, file_names, read, require_restorable};

use super::outgoing::Outgoing;
use super::rows::{TableData, each_table};
use crate::error::Error;

/// The extension of a table's file.
pub const ENDING: &str = "csv";

/// One file of an export.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackageFile {
    /// Its name; all files of an export are in one folder.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

impl PackageFile {
    /// What it holds, as text.
    pub fn into_text(self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }
}

/// The files of a package, the description last: tables of all kinds, so that every reference has a target table, and of lists with
/// entries. `step` is called for each record.
///
/// # Errors
/// A table cannot be written as CSV.
pub fn files(outgoing: &Outgoing<'_>, step: &mut dyn FnMut()) -> Result<Vec<PackageFile>, Error> {
    let (mut files, mut resources) = (Vec::new(), Vec::new());
    each_table(outgoing, step, &mut |table: TableData| {
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
