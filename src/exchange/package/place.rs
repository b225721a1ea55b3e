//! What an export does to its folder: which files it writes, removes, and must not touch.

use super::super::columns::sheets;
use super::super::jsonl;
use super::descriptor::{DESCRIPTOR, MARK, digest};
use super::{ENDING, PackageFile};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// The files of an earlier export in a folder, with their digests.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EarlierExport {
    files: BTreeMap<String, String>,
}

impl EarlierExport {
    /// Reads the description in a folder, if an export wrote it. Only files that an export can write count, because a description may
    /// come from anywhere.
    pub fn of(descriptor: &[u8]) -> Option<EarlierExport> {
        let package: Value = serde_json::from_slice(descriptor).ok()?;
        package.get(MARK)?;
        let known: BTreeSet<String> = export_file_names().collect();
        let resources = package.get("resources")?.as_array()?;
        let file = |resource: &Value| {
            let path = resource.get("path")?.as_str()?;
            Some((path.to_owned(), resource.get("hash")?.as_str()?.to_owned()))
        };
        Some(EarlierExport {
            files: resources.iter().filter_map(file).filter(|(path, _)| known.contains(path)).collect(),
        })
    }

    /// The files other than the description.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }
}

/// The names of all files that an export can write, except the description.
fn export_file_names() -> impl Iterator<Item = String> {
    let sheets = sheets().into_iter();
    sheets.flat_map(|sheet| [ENDING, jsonl::ENDING].map(|ending| format!("{}.{ending}", sheet.name)))
}

/// What to do in a folder.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Placement {
    /// The files to write, the description last.
    pub write: Vec<PackageFile>,
    /// The files of an earlier export to remove.
    pub remove: Vec<String>,
    /// How many files are up to date.
    pub unchanged: usize,
}

/// A file that an export would destroy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlaceConflict {
    /// Its name.
    pub name: String,
    /// Why it must not be touched.
    pub reason: ConflictReason,
}

/// Why a file must not be touched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ConflictReason {
    /// No export wrote it.
    NotOurs,
    /// It has changed since the export.
    Changed,
}

impl fmt::Display for PlaceConflict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.reason {
            ConflictReason::NotOurs => write!(f, "{} already exists, and no export wrote it", self.name),
            ConflictReason::Changed => write!(f, "{} has changed since it was exported", self.name),
        }
    }
}

impl Placement {
    /// Decides what to do, given the existing files among those to write or remove. `force` overwrites files that no export wrote or
    /// that have changed.
    ///
    /// # Errors
    /// Files would be destroyed.
    pub fn new(
        files: Vec<PackageFile>,
        existing: &BTreeMap<String, Vec<u8>>,
        force: bool,
    ) -> Result<Placement, Vec<PlaceConflict>> {
        let description = existing.get(DESCRIPTOR);
        let earlier = description.and_then(|bytes| EarlierExport::of(bytes));
        let is_ours = earlier.is_some();
        let earlier = earlier.unwrap_or_default();
        // Why a file must be left alone, if it must.
        let reason = |name: &str, bytes: &[u8]| match earlier.files.get(name) {
            _ if name == DESCRIPTOR => (!is_ours).then_some(ConflictReason::NotOurs),
            None => Some(ConflictReason::NotOurs),
            Some(hash) => (*hash != digest(bytes)).then_some(ConflictReason::Changed),
        };
        let (mut placement, mut conflicts) = (Placement::default(), Vec::new());
        let wanted: BTreeSet<String> = files.iter().map(|file| file.name.clone()).collect();
        for file in files {
            match existing.get(&file.name) {
                Some(bytes) if *bytes == file.bytes => placement.unchanged += 1,
                Some(bytes) => match reason(&file.name, bytes) {
                    Some(reason) if !force => conflicts.push(PlaceConflict { name: file.name, reason }),
                    _ => placement.write.push(file),
                },
                None => placement.write.push(file),
            }
        }
        for name in earlier.names().filter(|name| !wanted.contains(*name)) {
            match existing.get(name).map(|bytes| reason(name, bytes)) {
                Some(Some(reason)) if !force => conflicts.push(PlaceConflict { name: name.to_owned(), reason }),
                Some(_) => placement.remove.push(name.to_owned()),
                None => {}
            }
        }
        if conflicts.is_empty() { Ok(placement) } else { Err(conflicts) }
    }
}
