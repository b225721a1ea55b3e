//! A part of a ledger: the files that are wanted of it, with its root file. What one record says is read from a few files,
//! however large the ledger is.

use super::{LedgerPath, Listing, Source, Unreadable};
use std::io;

/// A source with only the records that `keep` names.
pub(crate) struct Part<'s> {
    /// The whole.
    pub source: &'s dyn Source,
    /// Which records are kept.
    pub keep: &'s (dyn Fn(&LedgerPath) -> bool + Sync),
}

impl Source for Part<'_> {
    fn label(&self) -> String {
        self.source.label()
    }

    fn list(&self) -> Result<Listing, io::Error> {
        let mut records = self.source.list()?.records;
        records.retain(|listed| (self.keep)(&listed.path));
        Ok(Listing { records, ..Listing::default() })
    }

    fn read(&self, path: &LedgerPath) -> Result<String, Unreadable> {
        self.source.read(path)
    }
}
