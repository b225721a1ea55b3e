//! `coalition log`: what accrues while a coalition works, each as an entry in the record that it belongs to.

mod attendance;
mod contact;
mod contribution;
mod drill;
mod choice;
mod notice;
mod position;
mod reading;

use super::answer::{CommandOutput, Format};
use super::invocation::{self, Invocation};
use super::transaction::Transaction;
use crate::document::words::capitalize;
use crate::edit::apply::written_path;
use crate::edit::log::{LogEntry, happened};
use crate::edit::{ChangeSet, Tolerance, record_change};
use crate::ledger::Ledger;
use crate::output::visible_text;
use anyhow::Result;
use chrono::NaiveDate;
use clap::{Args, Subcommand};

/// Log a contact, contribution, attendance, position, reading or drill
///
/// Adds an entry to the record it belongs to; a contribution becomes a record of its own. There are no prompts. Name records by
/// id, or by name in quotes.
#[derive(Debug, Args)]
pub(super) struct Log {
    #[command(subcommand)]
    what: LogEvent,
}

#[derive(Debug, Subcommand)]
enum LogEvent {
    Contact(contact::LogContact),
    Contribution(contribution::LogContribution),
    Attendance(attendance::LogAttendance),
    Position(position::LogPosition),
    Reading(reading::LogReading),
    Drill(drill::LogDrill),
}

/// How it is written.
#[derive(Debug, Args)]
struct LogOptions {
    /// Show what would be written, and write nothing
    #[arg(long)]
    dry_run: bool,
    /// Write even if this adds errors or the date is in the future
    #[arg(long)]
    force: bool,
}

impl Log {
    /// Logs it.
    pub(super) fn run(self, invocation: &Invocation) -> Result<CommandOutput> {
        Format::among(invocation.format, &[Format::Text])?;
        let text = match self.what {
            LogEvent::Contact(contact) => contact.log(invocation),
            LogEvent::Contribution(contribution) => contribution.log(invocation),
            LogEvent::Attendance(attendance) => attendance.log(invocation),
            LogEvent::Position(position) => position.log(invocation),
            LogEvent::Reading(reading) => reading.log(invocation),
            LogEvent::Drill(drill) => drill.log(invocation),
        };
        text.map(CommandOutput::yes)
    }
}

impl LogOptions {
    /// The day of the entry: today if none is given.
    fn day(&self, invocation: &Invocation, date: Option<&String>) -> Result<NaiveDate> {
        let date = date.map_or(Ok(invocation.today), |text| invocation::parse_date(text, "--date"))?;
        Ok(happened(date, invocation.today, self.force)?)
    }

    /// Writes the entry, and returns what was written.
    fn write_entry(
        &self,
        invocation: &Invocation,
        command: &str,
        entry: impl FnOnce(&Ledger) -> Result<LogEntry>,
    ) -> Result<String> {
        let transaction = Transaction::begin(invocation, command, self.dry_run)?;
        let entry = entry(&transaction.ledger)?;
        if entry.new.is_none() && entry.records.iter().all(|(_, edits)| edits.is_empty()) {
            let why = if entry.message.is_empty() { "the record already says this" } else { &entry.message };
            return Ok(visible_text(&format!("No change: {}.", why.trim_end_matches('.'))));
        }
        let mut files: Vec<_> = entry.new.into_iter().collect();
        let mut written = Vec::new();
        for (key, edits) in &entry.records {
            let change = record_change(&transaction.ledger, key, edits)?;
            // Two records may be links to one file, which gets one entry.
            let place = written_path(&transaction.disk, &change.path)?;
            if !written.contains(&place) {
                written.push(place);
                files.push(change);
            }
        }
        let changes = ChangeSet { what: command.to_owned(), files };
        let planned = transaction.plan(invocation, changes, Tolerance { all: self.force, ..Tolerance::NONE })?;
        let mut output = transaction.write(&planned)?;
        if !planned.changes.is_empty() && !self.dry_run {
            output += &visible_text(&format!("\n{}", capitalize(&entry.message)));
            if !invocation.quiet {
                output += &visible_text(&notice::notice(&planned));
            }
        }
        Ok(output)
    }
}

/// A date that is an option.
fn day(text: Option<&String>, option: &str) -> Result<Option<NaiveDate>> {
    text.map(|text| invocation::parse_date(text, option)).transpose()
}

/// Text without spaces around it, with plain line breaks.
fn tidy(text: &str) -> String {
    text.replace("\r\n", "\n").trim().to_owned()
}
