//! A ledger held in memory: for the examples of the checks and for tests.

use super::{
    ChangeSet, JOURNAL, LedgerPath, Listed, Listing, Source, Unfinished, Unreadable, decode, is_stray_file,
    meant_as_record,
};
use crate::kind::is_ledger_folder;
use std::collections::BTreeMap;

/// Files by path.
#[derive(Debug, Clone, Default)]
pub struct Memory {
    files: BTreeMap<String, Vec<u8>>,
}

impl Memory {
    /// A ledger of these files; a later one with the same path replaces an earlier.
    pub fn new<'a>(files: impl IntoIterator<Item = (&'a str, &'a [u8])>) -> Memory {
        Memory { files: files.into_iter().map(|(path, bytes)| (path.to_owned(), bytes.to_vec())).collect() }
    }

    /// Adds or replaces one file.
    pub fn put(&mut self, path: &str, bytes: &[u8]) {
        self.files.insert(path.to_owned(), bytes.to_vec());
    }

    /// The files with their bytes, by path.
    pub fn files(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.files.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice()))
    }

    /// Removes one file, if it is there.
    pub fn remove(&mut self, path: &str) {
        self.files.remove(path);
    }
}

impl Source for Memory {
    fn label(&self) -> String {
        "memory".to_owned()
    }

    fn list(&self) -> Result<Listing, std::io::Error> {
        let mut listing = Listing::default();
        let journal = self.files.get(JOURNAL).and_then(|bytes| ChangeSet::of_journal(std::str::from_utf8(bytes).ok()?));
        let progress = journal.map(|change| change.progress(|path| self.files.get(path.as_str()).cloned()));
        listing.unfinished = progress.filter(Unfinished::is_half_done);
        for path in self.files.keys().map(|path| LedgerPath::new(path.as_str())) {
            if path.depth() == 0 && is_stray_file(path.as_str()) {
                listing.strays.push(path);
                continue;
            }
            if path.depth() == 0 || !meant_as_record(path.file_name()) {
                continue;
            }
            if is_ledger_folder(path.top()) {
                listing.records.push(Listed { path, trouble: None });
            } else if listing.strays.last().is_none_or(|last| last.as_str() != path.top()) {
                listing.strays.push(LedgerPath::new(path.top()));
            }
        }
        Ok(listing)
    }

    fn read(&self, path: &LedgerPath) -> Result<String, Unreadable> {
        decode(self.files.get(path.as_str()).cloned().ok_or(Unreadable::Missing)?)
    }
}
