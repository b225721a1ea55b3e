//! `coalition remove`: a record that was never meant to be there.

use super::answer::{Answer, Format};
use super::invocation::Invocation;
use super::lookup::find_record;
use super::set::How;
use super::transaction::Transaction;
use crate::edit::{refuse_unread, removal};
use anyhow::Result;
use clap::Args;

/// Remove a record, unless something refers to it
///
/// When something ends, keep its record and set the day it ended. `remove` prints the lines it removes, so that nothing is
/// lost.
#[derive(Debug, Args)]
pub struct Remove {
    /// The record: `kind/id` or just the id
    record: String,
    #[command(flatten)]
    how: How,
}

impl Remove {
    /// Removes the record.
    pub fn run(self, invocation: &Invocation) -> Result<Answer> {
        Format::among(invocation.format, &[Format::Text])?;
        self.removed(invocation).map(Answer::yes)
    }

    fn removed(&self, invocation: &Invocation) -> Result<String> {
        let transaction = Transaction::begin(invocation, "remove", self.how.dry_run)?.with_history(invocation);
        let record = find_record(&transaction.ledger, &self.record)?;
        if !self.how.force {
            refuse_unread(&transaction.ledger, record.key())?;
        }
        let changes = removal(&transaction.ledger, record, invocation.today, self.how.force)?;
        let planned = transaction.plan(invocation, changes, self.how.proof())?;
        transaction.write(&planned)
    }
}
