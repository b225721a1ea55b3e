//! `coalition edit`: opens a record in the person's editor.

use super::answer::{CommandOutput, Format};
use super::editor::Draft;
use super::invocation::Invocation;
use super::set::{EditOptions, subject};
use super::transaction::Transaction;
use crate::edit::{ChangeSet, EditForm, FileChange, keep_past};
use crate::error::Error;
use anyhow::Result;
use clap::Args;

/// Edit a record in your editor; save only if it adds no errors
///
/// Below the record's own fields, the editor shows each field that it does not have yet, as a comment; the command
/// does not save lines that are still comments. Uses the editor in VISUAL or EDITOR. If the command cannot save the text, it keeps the text
/// in another file and names that file.
#[derive(Debug, Args)]
pub(super) struct EditCommand {
    /// The record: `kind/id` or just the id; `coalition` for coalition.toml
    record: String,
    #[command(flatten)]
    how: EditOptions,
}

impl EditCommand {
    /// Opens the record.
    pub(super) fn run(self, invocation: &Invocation) -> Result<CommandOutput> {
        Format::among(invocation.format, &[Format::Text])?;
        self.edit(invocation).map(CommandOutput::yes)
    }

    fn edit(&self, invocation: &Invocation) -> Result<String> {
        let reading = Transaction::begin(invocation, "edit", true)?;
        let (path, order) = subject(&reading.ledger, &self.record)?;
        let before = reading.ledger.texts.get(&path).cloned();
        let before = before.ok_or_else(|| Error::refused(format!("{path} is not a readable text file")))?;
        let draft = Draft::new(path.file_name(), EditForm::new(&before, &order))?;
        draft.edit(invocation, |after| {
            let change = FileChange { path: path.clone(), before: Some(before.clone()), after: Some(after) };
            self.write(invocation, change)
        })
    }

    fn write(&self, invocation: &Invocation, change: FileChange) -> Result<String> {
        // While the editor was open, no one was kept from writing.
        let transaction = Transaction::begin(invocation, "edit", self.how.dry_run)?.with_history(invocation);
        let change = keep_past(&transaction.ledger, change, invocation.today)?;
        let planned = transaction.plan(
            invocation,
            ChangeSet::one(format!("edit {}", self.record), change),
            self.how.tolerance(),
        )?;
        transaction.write(&planned)
    }
}
