//! `coalition edit`: opens a record in the person's editor.

use super::answer::{Answer, Format, is_refusal};
use super::aside;
use super::confirm::ask_yes_or_no;
use super::editor::Draft;
use super::invocation::Invocation;
use super::set::{How, subject};
use super::transaction::Transaction;
use crate::edit::{ChangeSet, FileChange, with_past};
use crate::error::Error;
use crate::output::visible_text;
use anyhow::Result;
use clap::Args;

/// Edit a record in your editor; save only if it adds no errors
///
/// Uses the editor in VISUAL or EDITOR. If the text cannot be saved, it is kept in another file, and the answer names it.
#[derive(Debug, Args)]
pub struct Edit {
    /// The record: `kind/id` or just the id; `coalition` for coalition.toml
    record: String,
    #[command(flatten)]
    how: How,
}

impl Edit {
    /// Opens the record.
    pub fn run(self, invocation: &Invocation) -> Result<Answer> {
        Format::among(invocation.format, &[Format::Text])?;
        self.edited(invocation).map(Answer::yes)
    }

    fn edited(&self, invocation: &Invocation) -> Result<String> {
        let reading = Transaction::begin(invocation, "edit", true)?;
        let (path, _) = subject(&reading.ledger, &self.record)?;
        let before = reading.ledger.texts.get(&path).cloned();
        let before = before.ok_or_else(|| Error::refused(format!("{path} is not a readable text file")))?;
        let draft = Draft::new(path.file_name(), &before)?;
        loop {
            let after = match draft.edited() {
                Ok(after) => after,
                Err(reason) => return Err(draft.unread(&before, reason)),
            };
            let change = FileChange { path: path.clone(), before: Some(before.clone()), after: Some(after) };
            match self.written(invocation, change) {
                Ok(told) => return Ok(told),
                Err(reason) if is_refusal(&reason) && invocation.can_ask() => {
                    aside::print(&(visible_text(&reason.to_string()) + "\n"));
                    aside::print(&format!("Your text is saved in {}\n", draft.place().display()));
                    if !ask_yes_or_no("Open it again?").unwrap_or(false) {
                        return Err(draft.kept(&reason));
                    }
                }
                Err(reason) => return Err(draft.kept(&reason)),
            }
        }
    }

    fn written(&self, invocation: &Invocation, change: FileChange) -> Result<String> {
        // While the editor was open, no one was kept from writing.
        let transaction = Transaction::begin(invocation, "edit", self.how.dry_run)?.with_history(invocation);
        let change = with_past(&transaction.ledger, change, invocation.today)?;
        let planned =
            transaction.plan(invocation, ChangeSet::one(format!("edit {}", self.record), change), self.how.proof())?;
        transaction.write(&planned)
    }
}
