//! One change of a ledger by a command: the ledger is read under the lock, the change planned on it, and written. Commands that
//! write all go through here.

use super::aside;
use super::invocation::{Invocation, read_ledger};
use crate::edit::apply::{self, WriteLock, WriteWatch, apply, unwatched};
use crate::edit::{ChangeSet, PlannedChange, Tolerance, describe_error, plan};
use crate::ledger::Ledger;
use crate::output::visible_text;
use crate::source::disk::Disk;
use anyhow::Result;

/// A ledger that is about to be changed. It is read after the lock was taken, so that no one changes it in between.
#[derive(Debug)]
pub(super) struct Transaction {
    /// Where it is.
    pub disk: Disk,
    /// As it stands.
    pub ledger: Ledger,
    /// The lock; `None` if nothing is to be written.
    lock: Option<WriteLock>,
}

impl Transaction {
    /// Begins to change the ledger; with `dry_run`, only shows what would be changed.
    pub(super) fn begin(invocation: &Invocation, command: &str, dry_run: bool) -> Result<Transaction> {
        invocation.refuse_revision(command)?;
        // What it reads, it need not open again to see that no one has changed it when it writes.
        let disk = invocation.disk()?.with_memory();
        let lock = if dry_run { None } else { Some(WriteLock::take(&disk)?) };
        if let Some(lock) = &lock {
            apply::begin(&disk, lock)?;
        }
        let ledger = read_ledger(&disk)?;
        Ok(Transaction { disk, ledger, lock })
    }

    /// The same ledger with what the commits say of its signatures, for commands that judge them.
    pub(super) fn with_history(mut self, invocation: &Invocation) -> Transaction {
        invocation.add_evidence(&mut self.ledger, false, None);
        self
    }

    /// Plans a change of this ledger, whatever errors it brings.
    pub(super) fn preview(&self, invocation: &Invocation, changes: ChangeSet) -> Result<PlannedChange> {
        Ok(plan(&self.disk, &self.ledger, invocation.today, changes)?)
    }

    /// Plans a change of this ledger that brings no new errors but those that are tolerated.
    pub(super) fn plan(
        &self,
        invocation: &Invocation,
        changes: ChangeSet,
        tolerance: Tolerance<'_>,
    ) -> Result<PlannedChange> {
        Ok(self.preview(invocation, changes)?.tolerate(tolerance)?)
    }

    /// Writes a planned change, and describes which lines it changes.
    pub(super) fn write(&self, planned: &PlannedChange) -> Result<String> {
        self.write_with_watch(planned, &mut unwatched)
    }

    /// The same, with a watcher that hears how many files are done.
    pub(super) fn write_with_watch(&self, planned: &PlannedChange, watch: WriteWatch<'_>) -> Result<String> {
        if planned.changes.is_empty() {
            return Ok("No change: the record already says this.\n".to_owned());
        }
        let description = describe(planned);
        match &self.lock {
            None => Ok(format!("Nothing was written. The change would be:\n\n{description}")),
            Some(lock) => {
                apply(&self.disk, lock, &planned.changes, watch)?;
                aside::remember_change();
                Ok(description)
            }
        }
    }
}

/// The lines that a change adds and removes, and what `check` will say of it.
fn describe(planned: &PlannedChange) -> String {
    let list = |messages: &[String]| -> String {
        let lines: String = messages.iter().map(|message| format!("  {message}\n")).collect();
        visible_text(&lines)
    };
    let mut text = visible_text(&planned.changes.describe());
    let errors: Vec<String> = planned.new_errors.iter().map(describe_error).collect();
    if !errors.is_empty() {
        text += &format!("\nAfter this change, `coalition check` will report:\n{}", list(&errors));
    }
    if !planned.weakens.is_empty() {
        text += &format!(
            "\n`coalition check --since` refuses this in a change request, unless the record says why \
             (`coalition explain weakened-gate`):\n{}",
            list(&planned.weakens)
        );
    }
    text
}
