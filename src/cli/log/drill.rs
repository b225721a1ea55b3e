//! `coalition log drill`: a committee tried out an emergency.

use super::LogOptions;
use crate::cli::invocation::Invocation;
use crate::cli::lookup::require_typed;
use crate::edit::log::drill::drill;
use crate::record::Committee;
use anyhow::Result;
use clap::Args;

/// Log an emergency drill of a committee
#[derive(Debug, Args)]
pub(super) struct LogDrill {
    /// The committee
    committee: String,
    /// The date [default: today]
    #[arg(long, value_name = "DATE")]
    date: Option<String>,
    #[command(flatten)]
    how: LogOptions,
}

impl LogDrill {
    /// Logs it.
    pub(super) fn log(&self, invocation: &Invocation) -> Result<String> {
        let date = self.how.day(invocation, self.date.as_ref())?;
        self.how.write_entry(invocation, "log drill", |ledger| {
            Ok(drill(require_typed::<Committee>(ledger, &self.committee)?, date))
        })
    }
}
