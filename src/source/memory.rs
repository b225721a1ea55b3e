//! A ledger held in memory: for the examples of the checks and for tests.

use super::survey::{self, Survey};
use super::{ChangeSet, JOURNAL, LedgerPath, Listing, Source, Thing, Unfinished, Unreadable, decode};
use std::collections::BTreeMap;

/// The files of a ledger in memory, for [`load`](crate::load): `Memory::new([(path, text), …])`.
#[derive(Debug, Clone, Default)]
pub struct Memory {
    files: BTreeMap<String, Vec<u8>>,
}

impl Memory {
    /// A ledger of these files; a later one with the same path replaces an earlier.
    pub fn new<'a>(files: impl IntoIterator<Item = (&'a str, impl AsRef<[u8]>)>) -> Memory {
        let files = files.into_iter().map(|(path, bytes)| (path.to_owned(), bytes.as_ref().to_vec()));
        Memory { files: files.collect() }
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

impl Memory {
    /// Whether the folders above a file are looked into.
    fn enters(&self, path: &str) -> bool {
        path.match_indices('/').all(|(end, _)| {
            let folder = LedgerPath::new(&path[..end]);
            let beside = |file: &str| self.files.contains_key(&folder.with_name(file));
            !survey::built_beside(&folder).is_some_and(beside)
        })
    }
}

impl Source for Memory {
    fn label(&self) -> String {
        "memory".to_owned()
    }

    fn list(&self) -> Result<Listing, std::io::Error> {
        let mut survey = Survey::default();
        for path in self.files.keys().filter(|path| self.enters(path)) {
            survey.add(LedgerPath::new(path.as_str()), Thing::File);
        }
        let mut listing = survey.finish();
        let journal = self.files.get(JOURNAL).and_then(|bytes| ChangeSet::of_journal(std::str::from_utf8(bytes).ok()?));
        let progress = journal.map(|change| change.progress(|path| self.files.get(path.as_str()).cloned()));
        listing.unfinished = progress.filter(Unfinished::is_half_done);
        Ok(listing)
    }

    fn read(&self, path: &LedgerPath) -> Result<String, Unreadable> {
        decode(self.files.get(path.as_str()).cloned().ok_or(Unreadable::Missing)?)
    }
}
