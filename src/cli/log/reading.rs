//! `coalition log reading`: a figure that was counted for a goal.

use super::LogOptions;
use crate::cli::invocation::Invocation;
use crate::cli::lookup::require_typed;
use crate::edit::log::reading::reading;
use crate::record::Goal;
use anyhow::Result;
use clap::Args;

/// Log a reading for a goal
///
/// A goal has one reading per day: a second one on the same day replaces the first.
#[derive(Debug, Args)]
pub(super) struct LogReading {
    /// The goal
    goal: String,
    /// The number, such as 4716 or 7.5
    #[arg(allow_negative_numbers = true)]
    value: String,
    /// The date [default: today]
    #[arg(long, value_name = "DATE")]
    date: Option<String>,
    #[command(flatten)]
    how: LogOptions,
}

impl LogReading {
    /// Logs it.
    pub(super) fn log(&self, invocation: &Invocation) -> Result<String> {
        let date = self.how.day(invocation, self.date.as_ref())?;
        self.how.write_entry(invocation, "log reading", |ledger| {
            Ok(reading(ledger, require_typed::<Goal>(ledger, &self.goal)?, &self.value, date)?)
        })
    }
}
