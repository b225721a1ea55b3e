//! `coalition remove`: a record that was never meant to be there.

use super::answer::{CommandOutput, Format};
use super::invocation::Invocation;
use super::set::{EditOptions, subject};
use super::transaction::Transaction;
use crate::document::words::shell_word;
use crate::edit::entry::remove_entry;
use crate::edit::{ChangeSet, FileChange, keep_past, plan_removal, refuse_other_terms, refuse_unread_references};
use crate::error::Error;
use crate::lookup::find_record;
use crate::output::visible_text;
use anyhow::Result;
use clap::Args;

/// Remove a record that nothing refers to, or an entry from a list
///
/// When something ends, keep its record and set the date it ended. `remove` prints the lines it removes, so that nothing is
/// lost.
#[derive(Debug, Args)]
pub(super) struct Remove {
    /// The record: `kind/id` or just the id
    record: String,
    /// A list of the record, to remove one of its entries instead of the record
    list: Option<String>,
    /// The entry: its number, counting from 1, or its words
    entry: Vec<String>,
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
        if let Some(list) = &self.list {
            return self.remove_entry(invocation, list);
        }
        let transaction = Transaction::begin(invocation, "remove", self.how.dry_run)?.with_history(invocation);
        let record = find_record(&transaction.ledger, &self.record)?;
        if !self.how.force {
            refuse_unread_references(&transaction.ledger, record.key())?;
        }
        let changes = plan_removal(&transaction.ledger, record, invocation.today, self.how.force)?;
        let paths: Vec<String> = changes.files.iter().map(|file| file.path.to_string()).collect();
        let planned = transaction.plan(invocation, changes, self.how.tolerance())?;
        let mut output = transaction.write(&planned)?;
        if !self.how.dry_run && !invocation.quiet && invocation.has_commits() {
            let paths: Vec<String> = paths.iter().map(|path| shell_word(path)).collect();
            output += &visible_text(&format!(
                "\nIf it was committed before, git still has it. The next commit records the removal: `git rm {}`, then \
                 `git commit`.\n",
                paths.join(" ")
            ));
        }
        Ok(output)
    }

    /// Removes an entry of a list.
    fn remove_entry(&self, invocation: &Invocation, list: &str) -> Result<String> {
        // As `set` counts them: `agenda.2`.
        let numbered = list.rsplit_once('.').filter(|(_, number)| number.parse::<usize>().is_ok());
        let (list, entry) = match numbered.filter(|_| self.entry.is_empty()) {
            Some((list, number)) => (list, number.to_owned()),
            None => (list, self.entry.join(" ")),
        };
        if entry.is_empty() {
            let record = shell_word(&self.record);
            return Err(Error::usage(format!("say which entry of `{list}`, by its number or its words"))
                .with_hint(format!("coalition remove {record} {list} 1"))
                .with_hint(format!("`coalition show {record}` prints the entries with their numbers"))
                .into());
        }
        let transaction = Transaction::begin(invocation, "remove", self.how.dry_run)?.with_history(invocation);
        let ledger = &transaction.ledger;
        let (path, order) = subject(ledger, &self.record)?;
        let before = ledger.texts.get(&path).ok_or_else(|| Error::refused(format!("{path} cannot be read")))?.clone();
        let after = remove_entry(&before, &order, list, &entry)?;
        let change = FileChange { path, before: Some(before), after: Some(after) };
        let change = keep_past(ledger, change, invocation.today)?;
        refuse_other_terms(ledger, &change)?;
        let changes = ChangeSet::one(format!("remove {} {list}", self.record), change);
        let planned = transaction.plan(invocation, changes, self.how.tolerance())?;
        transaction.write(&planned)
    }
}
