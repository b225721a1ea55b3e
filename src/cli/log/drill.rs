//! `coalition log drill`: a committee tried out an emergency.

use super::How;
use crate::cli::invocation::Invocation;
use crate::cli::lookup::typed;
use crate::edit::log::drill::drill;
use crate::record::Committee;
use anyhow::Result;
use clap::Args;

/// Log an emergency drill of a committee
#[derive(Debug, Args)]
pub struct Drill {
    /// The committee
    committee: String,
    /// The date [default: today]
    #[arg(long, value_name = "DATE")]
    date: Option<String>,
    #[command(flatten)]
    how: How,
}

impl Drill {
    /// Logs it.
    pub(super) fn noted(&self, invocation: &Invocation) -> Result<String> {
        let date = self.how.day(invocation, self.date.as_ref())?;
        self.how.note(invocation, "log drill", |ledger| Ok(drill(typed::<Committee>(ledger, &self.committee)?, date)))
    }
}
