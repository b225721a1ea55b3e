//! What differs between two commits, file by file.

use crate::source::{File, Files, LedgerPath};
use std::collections::HashSet;

/// The files that differ between an older commit and a newer one.
#[derive(Debug, Default)]
pub(super) struct FileDifference<'f> {
    /// The files of the older one that the newer one does not hold as they are.
    pub old: Vec<File<'f>>,
    /// The files of the newer one that the older one does not hold as they are.
    pub new: Vec<File<'f>>,
}

impl<'f> FileDifference<'f> {
    /// Between the files of two commits; all files are new where none is older.
    pub(super) fn between(old: Option<&'f Files>, new: &'f Files) -> FileDifference<'f> {
        match old {
            Some(old) => FileDifference { old: old.changed_since(new), new: new.changed_since(old) },
            None => FileDifference { old: Vec::new(), new: new.all() },
        }
    }

    /// The files that only the older one holds.
    pub(super) fn gone(&self) -> Vec<File<'f>> {
        only(&self.old, &self.new)
    }

    /// The files that only the newer one holds.
    pub(super) fn added(&self) -> Vec<File<'f>> {
        only(&self.new, &self.old)
    }

    /// The paths of the files that differ, those of the newer one first.
    pub(super) fn paths(&self) -> impl Iterator<Item = &'f LedgerPath> {
        self.new.iter().chain(&self.old).map(|(path, _)| *path)
    }
}

fn only<'f>(files: &[File<'f>], others: &[File<'f>]) -> Vec<File<'f>> {
    let others: HashSet<&LedgerPath> = others.iter().map(|(path, _)| *path).collect();
    files.iter().filter(|(path, _)| !others.contains(path)).copied().collect()
}
