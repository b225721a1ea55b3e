//! `coalition add`: an entry in a list of a record.

use super::answer::{CommandOutput, Format};
use super::file_value::read_values;
use super::invocation::Invocation;
use super::set::{EditOptions, subject};
use super::transaction::{Transaction, notice};
use crate::edit::entry::add_entry;
use crate::edit::interpret::Interpreter;
use crate::edit::{ChangeSet, FileChange, keep_past, refuse_other_terms};
use crate::error::Error;
use crate::output::visible_text;
use anyhow::Result;
use clap::Args;

/// Add an entry to a list in a record
///
/// The list is one that `coalition show` prints, such as agenda, actions, seats, watch, milestones or tags. Give the fields of the
/// entry; for a list of words, the words.
///
/// Example: coalition add december-meeting agenda item="Sunday opening" lead="Ben Okoro" minutes=20
#[derive(Debug, Args)]
pub(super) struct Add {
    /// The record: its id, its name or a part of its name; `coalition` for coalition.toml
    record: String,
    /// The list
    list: String,
    /// The fields of the entry
    #[arg(required = true, value_name = "FIELD=VALUE")]
    values: Vec<String>,
    #[command(flatten)]
    how: EditOptions,
}

impl Add {
    /// Adds the entry.
    pub(super) fn run(self, invocation: &Invocation) -> Result<CommandOutput> {
        Format::among(invocation.format, &[Format::Text])?;
        self.add(invocation).map(CommandOutput::yes)
    }

    fn add(&self, invocation: &Invocation) -> Result<String> {
        let values = read_values(&self.values)?;
        let transaction = Transaction::begin(invocation, "add", self.how.dry_run)?.with_history(invocation);
        let ledger = &transaction.ledger;
        let (path, order) = subject(ledger, &self.record)?;
        let before = ledger.texts.get(&path).ok_or_else(|| Error::refused(format!("{path} cannot be read")))?.clone();
        let interpreter = Interpreter { ledger: Some(ledger), today: invocation.today };
        let after = add_entry(&before, &order, &self.list, &values, &interpreter)?;
        let change = FileChange { path, before: Some(before), after: Some(after) };
        let change = keep_past(ledger, change, invocation.today)?;
        refuse_other_terms(ledger, &change)?;
        let changes = ChangeSet::one(format!("add {} {}", self.record, self.list), change);
        let planned = transaction.plan(invocation, changes, self.how.tolerance())?;
        let mut output = transaction.write(&planned)?;
        if !planned.changes.is_empty() && !self.how.dry_run && !invocation.quiet {
            output += &visible_text(&notice(&planned));
        }
        Ok(output)
    }
}
