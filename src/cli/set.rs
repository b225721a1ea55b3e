//! `coalition set`: fields of a record.

use super::answer::{CommandOutput, Format};
use super::file_value::read_values;
use super::invocation::Invocation;
use super::transaction::Transaction;
use crate::document::words::shell_word;
use crate::edit::interpret::Interpreter;
use crate::edit::{
    Assignment, ChangeSet, FileChange, Order, Tolerance, TypedCommand, apply_edits, keep_past, refuse_other_terms,
    refuse_unclear_leaving,
};
use crate::error::Error;
use crate::error::ErrorKind;
use crate::finding::CheckName;
use crate::ledger::Ledger;
use crate::lookup::find_record;
use crate::source::{LedgerPath, ROOT_FILE};
use anyhow::Result;
use clap::Args;

/// Set fields of a record
///
/// `FIELD=VALUE` sets a field, `FIELD+=VALUE` adds to a list, `FIELD-=VALUE` removes from it, and `FIELD=` removes the
/// field. Use dots for fields inside tables and numbers for entries of lists: `process.lead_days=21`,
/// `actions.2.done=today`; the number after the last entry makes a new one. `phone=`, `email=` and `address=` are contact details.
/// Write dates, times and amounts the way people do: `joined="March 3"`. A long text comes from a file or from standard
/// input: `minutes=@notes.md`, `minutes=@-`. The coalition itself is the record `coalition`.
#[derive(Debug, Args)]
pub(super) struct Set {
    /// The record: its id, its name or a part of its name; `coalition` for coalition.toml
    record: String,
    /// What to set
    #[arg(required = true, value_name = "FIELD=VALUE")]
    assignments: Vec<String>,
    #[command(flatten)]
    how: EditOptions,
}

/// How a change is made.
#[derive(Debug, Args)]
pub(super) struct EditOptions {
    /// Show what would change, and write nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Write even if this adds errors
    #[arg(long)]
    pub force: bool,
}

impl EditOptions {
    /// What is asked of the changed ledger.
    pub(super) fn tolerance(&self) -> Tolerance<'static> {
        // That someone has not signed yet is not a mistake of the change.
        const EXPECTED: &[CheckName] = &[CheckName::new("unsigned-agreement")];
        Tolerance { all: self.force, checks: EXPECTED }
    }
}

impl Set {
    /// Sets the fields.
    pub(super) fn run(self, invocation: &Invocation) -> Result<CommandOutput> {
        Format::among(invocation.format, &[Format::Text])?;
        self.set(invocation).map(CommandOutput::yes)
    }

    fn set(&self, invocation: &Invocation) -> Result<String> {
        let assignments = read_values(&self.assignments)?;
        let transaction = Transaction::begin(invocation, "set", self.how.dry_run)?.with_history(invocation);
        let (path, order) = subject(&transaction.ledger, &self.record)?;
        let interpreter = Interpreter { ledger: Some(&transaction.ledger), today: invocation.today };
        let record = shell_word(&self.record);
        let typed = TypedCommand { command: &format!("set {record}"), record: &record };
        let assignments = Assignment::parse_all(&assignments, &order, &interpreter, typed)
            .map_err(|error| error.with_kind(ErrorKind::Usage))?;
        let change = apply_assignments(&transaction.ledger, &path, &order, &assignments)?;
        refuse_unclear_leaving(&transaction.ledger, &change)?;
        let change = keep_past(&transaction.ledger, change, invocation.today)?;
        refuse_other_terms(&transaction.ledger, &change)?;
        let planned = transaction.plan(
            invocation,
            ChangeSet::one(format!("set {}", self.record), change),
            self.how.tolerance(),
        )?;
        transaction.write(&planned)
    }
}

/// The file that is meant by a word, and the order of its fields.
pub(super) fn subject(ledger: &Ledger, word: &str) -> Result<(LedgerPath, Order)> {
    if word == "coalition" || word == ROOT_FILE {
        return Ok((LedgerPath::new(ROOT_FILE), Order::of_root()));
    }
    let record = find_record(ledger, word).map_err(|error| match Order::of_root().field(&[word.into()]) {
        Some(field) => {
            error.with_hint(format!("`{0}` is a field of the coalition: coalition set coalition {0}=…", field.name))
        }
        None => error,
    })?;
    Ok((record.path().clone(), Order::of(record.key().kind)))
}

fn apply_assignments(
    ledger: &Ledger,
    path: &LedgerPath,
    order: &Order,
    assignments: &[Assignment],
) -> Result<FileChange> {
    let before = ledger.texts.get(path).ok_or_else(|| Error::refused(format!("{path} cannot be read")))?;
    let in_file = |refusal: Error| refusal.with_kind(ErrorKind::Refused).within(path);
    let mut after = before.clone();
    for assignment in assignments {
        let edits = assignment.edits(&after).map_err(in_file)?;
        after = apply_edits(&after, &edits, order).map_err(in_file)?;
    }
    Ok(FileChange { path: path.clone(), before: Some(before.clone()), after: Some(after) })
}
