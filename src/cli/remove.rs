//! `coalition remove`: a record that was never meant to be there.

use super::answer::{CommandOutput, Format};
use super::invocation::Invocation;
use super::set::EditOptions;
use super::transaction::Transaction;
use crate::edit::{plan_removal, refuse_unread_references};
use crate::lookup::find_record;
use anyhow::Result;
use clap::Args;

/// Remove a record, unless something refers to it
///
/// When something ends, keep its record and set the date it ended. `remove` prints the lines it removes, so that nothing is
/// lost.
#[derive(Debug, Args)]
pub(super) struct Remove {
    /// The record: `kind/id` or just the id
    record: String,
    #[command(flatten)]
    how: EditOptions,
}

impl Remove {
    /// Removes the record.
    pub(super) fn run(self, invocation: &Invocation) -> Result<CommandOutput> {
        Format::among(invocation.format, &[Format::Text])?;
        self.remove(invocation).map(CommandOutput::yes)
    }

    fn remove(&self, invocation: &Invocation) -> Result<String> {
        let transaction = Transaction::begin(invocation, "remove", self.how.dry_run)?.with_history(invocation);
        let record = find_record(&transaction.ledger, &self.record)?;
        if !self.how.force {
            refuse_unread_references(&transaction.ledger, record.key())?;
        }
        let changes = plan_removal(&transaction.ledger, record, invocation.today, self.how.force)?;
        let planned = transaction.plan(invocation, changes, self.how.tolerance())?;
        transaction.write(&planned)
    }
}
