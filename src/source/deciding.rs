//! The part of a ledger that decides who must sign and who has signed: enough to compare requirements, and faster to
//! read.

use super::{LedgerPath, Listing, Source, Unreadable};
use crate::kind::is_deciding_folder;
use std::io;

/// A source without the records of kinds that decide nothing about signatures.
pub(crate) struct Deciding<'s>(pub &'s dyn Source);

impl Source for Deciding<'_> {
    fn label(&self) -> String {
        self.0.label()
    }

    fn list(&self) -> Result<Listing, io::Error> {
        let mut records = self.0.list()?.records;
        records.retain(|listed| is_deciding_folder(listed.path.top()));
        Ok(Listing { records, ..Listing::default() })
    }

    fn read(&self, path: &LedgerPath) -> Result<String, Unreadable> {
        self.0.read(path)
    }
}
