//! `coalition log contribution`: something that was given.

use super::LogOptions;
use super::choice::parse_choice;
use crate::cli::invocation::Invocation;
use crate::cli::lookup::find_optional;
use crate::disclosure::{Consents, Unlisted};
use crate::edit::log::contribution::{NewContribution, contribution};
use anyhow::{Result, bail};
use clap::Args;

/// Log a contribution from a member or a person
#[derive(Debug, Args)]
pub(super) struct LogContribution {
    /// What was given: volunteers, meeting-space, funding, copying, publicity, staff-time, expertise, data, equipment,
    /// food, connections or other
    kind: String,
    /// The name [default: made from the facts, without names of people who have not agreed to be listed]
    name: Option<String>,
    /// The member who gave it
    #[arg(long, value_name = "MEMBER")]
    member: Option<String>,
    /// The person who gave it
    #[arg(long, value_name = "ADVOCATE")]
    advocate: Option<String>,
    /// The date [default: today]
    #[arg(long, value_name = "DATE")]
    date: Option<String>,
    /// Hours of work
    #[arg(long, value_name = "NUMBER", allow_negative_numbers = true)]
    hours: Option<String>,
    /// The amount of money, or what the gift would have cost
    #[arg(long, value_name = "NUMBER", allow_negative_numbers = true)]
    amount: Option<String>,
    /// The currency [default: the coalition's]
    #[arg(long, value_name = "CODE", requires = "amount")]
    currency: Option<String>,
    /// The amount is the value of a gift in kind, not money
    #[arg(long, requires = "amount")]
    in_kind: bool,
    /// The goal it served
    #[arg(long, value_name = "GOAL")]
    goal: Option<String>,
    /// The campaign it served
    #[arg(long, value_name = "CAMPAIGN")]
    campaign: Option<String>,
    #[command(flatten)]
    how: LogOptions,
}

impl LogContribution {
    /// Logs it.
    pub(super) fn log(&self, invocation: &Invocation) -> Result<String> {
        let kind = parse_choice(&self.kind, "the kind of a contribution")?;
        let date = self.how.day(invocation, self.date.as_ref())?;
        if self.member.is_none() && self.advocate.is_none() {
            bail!("say who gave it, with --member MEMBER, --advocate ADVOCATE or both");
        }
        let name = self.name.as_deref().map(str::trim).filter(|name| !name.is_empty());
        self.how.write_entry(invocation, "log contribution", |ledger| {
            let unlisted = Unlisted::of(ledger, &Consents::of(ledger, invocation.day_of_consent()));
            let given = NewContribution {
                kind,
                member: find_optional(ledger, self.member.as_ref())?,
                advocate: find_optional(ledger, self.advocate.as_ref())?,
                date,
                hours: self.hours.as_deref(),
                amount: self.amount.as_deref(),
                currency: self.currency.as_deref(),
                in_kind: self.in_kind,
                goal: find_optional(ledger, self.goal.as_ref())?,
                campaign: find_optional(ledger, self.campaign.as_ref())?,
                name,
                unlisted: &unlisted,
            };
            Ok(contribution(ledger, &given, self.how.force)?)
        })
    }
}
