//! `coalition log position`: a member's position on a goal or a decision.

use super::choice::choice;
use super::{LogOptions, day, tidy};
use crate::cli::invocation::Invocation;
use crate::cli::lookup::{require_by_word, require_typed};
use crate::edit::log::position::{Matter, NewPosition, position};
use crate::kind::Kind;
use crate::ledger::Ledger;
use crate::record::{Decision, Goal, Member};
use anyhow::Result;
use clap::Args;

/// Log a member's position on a goal or a decision
///
/// A member has one position on each: a new one replaces the old one, which git keeps. If the position does not change,
/// neither does its date.
#[derive(Debug, Args)]
pub(super) struct LogPosition {
    /// The goal or the decision
    record: String,
    /// The member
    #[arg(long, value_name = "MEMBER")]
    member: String,
    /// The position: on a goal support, neutral or oppose; on a decision agree, abstain, stand-aside, object or block
    #[arg(long)]
    option: String,
    /// The date [default: today]
    #[arg(long, value_name = "DATE")]
    date: Option<String>,
    /// The reason; "" removes the one in the record
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
    /// What the coalition changed or promised in response; "" removes it
    #[arg(long, value_name = "TEXT")]
    accommodation: Option<String>,
    /// The date to revisit it
    #[arg(long, value_name = "DATE")]
    revisit: Option<String>,
    #[command(flatten)]
    how: LogOptions,
}

impl LogPosition {
    /// Logs it.
    pub(super) fn log(&self, invocation: &Invocation) -> Result<String> {
        let date = self.date.as_ref().map(|_| self.how.day(invocation, self.date.as_ref())).transpose()?;
        let revisit = day(self.revisit.as_ref(), "--revisit")?;
        let (reason, accommodation) = (self.reason.as_deref().map(tidy), self.accommodation.as_deref().map(tidy));
        self.how.write_entry(invocation, "log position", |ledger| {
            let matter = self.matter(ledger)?;
            let stated = NewPosition {
                member: require_typed::<Member>(ledger, &self.member)?,
                option: choice(matter.options(), &self.option, "--option")?,
                date,
                reason: reason.as_deref(),
                accommodation: accommodation.as_deref(),
                revisit,
            };
            Ok(position(ledger, invocation.today, matter, &stated, self.how.force)?)
        })
    }

    fn matter<'l>(&self, ledger: &'l Ledger) -> Result<Matter<'l>> {
        let key = require_by_word(ledger, &[Kind::Goal, Kind::Decision], &self.record)?.key();
        let full = key.to_string();
        Ok(match key.kind {
            Kind::Goal => Matter::Goal(require_typed::<Goal>(ledger, &full)?),
            _ => Matter::Decision(require_typed::<Decision>(ledger, &full)?),
        })
    }
}
