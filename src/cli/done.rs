//! `coalition done`: an action, a milestone or a follow-up was done.

use super::answer::{CommandOutput, Format};
use super::invocation::Invocation;
use super::log::LogOptions;
use crate::edit::done::mark_done;
use crate::lookup::find_record;
use anyhow::Result;
use clap::Args;

/// Mark an action, a milestone or a follow-up as done
///
/// Finds the item by its words, among those that are still open.
///
/// Example: coalition done "Order flyers"
#[derive(Debug, Args)]
pub(super) struct Done {
    /// The words, or some of them; the record may come first
    #[arg(required = true)]
    words: Vec<String>,
    /// The record that it belongs to, if several match
    #[arg(long, value_name = "RECORD")]
    of: Option<String>,
    /// The date [default: today]
    #[arg(long, value_name = "DATE")]
    date: Option<String>,
    #[command(flatten)]
    how: LogOptions,
}

impl Done {
    /// Marks it.
    pub(super) fn run(self, invocation: &Invocation) -> Result<CommandOutput> {
        Format::among(invocation.format, &[Format::Text])?;
        let date = self.how.day(invocation, self.date.as_ref())?;
        let words = self.words.join(" ");
        let written = self.how.write_entry(invocation, "done", |ledger| {
            let of = self.of.as_ref().map(|of| find_record(ledger, of)).transpose()?;
            let done = mark_done(ledger, &words, of.map(|record| record.key()), date, invocation.today);
            // The record may be named first: `done july-meeting "Order flyers"`.
            if let (Err(_), None, [record, rest @ ..]) = (&done, of, self.words.as_slice())
                && !rest.is_empty()
                && let Ok(record) = find_record(ledger, record)
            {
                return Ok(mark_done(ledger, &rest.join(" "), Some(record.key()), date, invocation.today)?);
            }
            Ok(done?)
        });
        written.map(CommandOutput::yes)
    }
}
