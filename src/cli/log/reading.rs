//! `coalition log reading`: a figure that was counted for a goal.

use super::How;
use crate::cli::invocation::Invocation;
use crate::cli::lookup::typed;
use crate::edit::log::reading::reading;
use crate::record::Goal;
use anyhow::Result;
use clap::Args;

/// Log a reading for a goal
///
/// A goal has one reading per day: a second one on the same day replaces the first.
#[derive(Debug, Args)]
pub struct Reading {
    /// The goal
    goal: String,
    /// The number, such as 4716 or 7.5
    #[arg(allow_negative_numbers = true)]
    value: String,
    /// The date [default: today]
    #[arg(long, value_name = "DATE")]
    date: Option<String>,
    #[command(flatten)]
    how: How,
}

impl Reading {
    /// Logs it.
    pub(super) fn noted(&self, invocation: &Invocation) -> Result<String> {
        let date = self.how.day(invocation, self.date.as_ref())?;
        self.how.note(invocation, "log reading", |ledger| {
            Ok(reading(ledger, typed::<Goal>(ledger, &self.goal)?, &self.value, date)?)
        })
    }
}
