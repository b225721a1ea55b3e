//! `coalition rename`: another id for a record, in its file's name and wherever it is referred to.

use super::answer::{CommandOutput, Format};
use super::invocation::Invocation;
use super::set::EditOptions;
use super::transaction::Transaction;
use crate::edit::apply::behind_links;
use crate::edit::{plan_rename, refuse_unread_references, require_complete_rename};
use crate::error::Error;
use crate::lookup::find_record;
use crate::parse::suggest::{is_slug, slug};
use anyhow::Result;
use clap::Args;

/// Change a record's id, its file name and every reference to it
///
/// Changes all files or none. To change the name that people read, use `coalition set RECORD name=NAME`.
#[derive(Debug, Args)]
pub(super) struct Rename {
    /// The record: `kind/id` or just the id
    record: String,
    /// Its new id
    new_id: String,
    #[command(flatten)]
    how: EditOptions,
}

impl Rename {
    /// Renames the record.
    pub(super) fn run(self, invocation: &Invocation) -> Result<CommandOutput> {
        Format::among(invocation.format, &[Format::Text])?;
        self.rename(invocation).map(CommandOutput::yes)
    }

    fn rename(&self, invocation: &Invocation) -> Result<String> {
        let transaction = Transaction::begin(invocation, "rename", self.how.dry_run)?.with_history(invocation);
        let record = find_record(&transaction.ledger, &self.record)?;
        let key = record.key().clone();
        if behind_links(&transaction.disk, record.path()) != *record.path() {
            let output = format!("{} is a link; rename the file it points to by hand", record.path());
            return Err(Error::refused(output).into());
        }
        if !self.how.force {
            refuse_unread_references(&transaction.ledger, &key)?;
        }
        // `member/new` says no more than `new`.
        let new = match self.new_id.split_once('/') {
            Some((kind, id)) if kind.parse() == Ok(key.kind) => id.strip_suffix(".toml").unwrap_or(id),
            _ => &self.new_id,
        };
        if !is_slug(new) {
            let like = match slug(new) {
                good if good.is_empty() => String::new(),
                good => format!(", like `{good}`"),
            };
            stop!(usage, "`{new}` is not a valid id; use a-z, 0-9 and single hyphens{like}");
        }
        let changes = plan_rename(&transaction.ledger, record, new)?;
        let followed = changes.files.len().saturating_sub(2);
        let planned = transaction.preview(invocation, changes)?;
        if !self.how.force {
            require_complete_rename(&transaction.ledger, &planned.ledger, &key, new, invocation.today)?;
        }
        let planned = planned.tolerate(self.how.tolerance())?;
        let output = transaction.write(&planned)?;
        let others = match followed {
            0 => "No other file refers to it.".to_owned(),
            1 => "1 other file refers to it and changes too.".to_owned(),
            several => format!("{several} other files refer to it and change too."),
        };
        let is = if self.how.dry_run { "would be" } else { "is now" };
        Ok(format!("{output}\n{key} {is} {}/{new}. {others}\n", key.kind))
    }
}
