//! `coalition log contribution`: something that was given.

use super::How;
use super::choice::chosen;
use crate::cli::invocation::Invocation;
use crate::cli::lookup::optional;
use crate::disclosure::{Consents, Unlisted};
use crate::edit::log::contribution::{Given, contribution};
use anyhow::{Result, bail};
use clap::Args;

/// Note something that a member or a person gave: a new record in contributions/
#[derive(Debug, Args)]
pub struct Contribution {
    /// What was given: volunteers, meeting-space, funding, copying, publicity, staff-time, expertise, data, equipment,
    /// food, connections or other
    kind: String,
    /// What to call it; made from the facts where it is not given, without the name of a person who has not agreed to be listed
    name: Option<String>,
    /// The member that gave it
    #[arg(long, value_name = "MEMBER")]
    member: Option<String>,
    /// The advocate who gave it
    #[arg(long, value_name = "ADVOCATE")]
    advocate: Option<String>,
    /// The day; today where none is given
    #[arg(long, value_name = "DATE")]
    date: Option<String>,
    /// How many hours of work
    #[arg(long, value_name = "NUMBER", allow_negative_numbers = true)]
    hours: Option<String>,
    /// The amount of money, or what it would have cost
    #[arg(long, value_name = "NUMBER", allow_negative_numbers = true)]
    amount: Option<String>,
    /// The currency, where it is not the coalition's
    #[arg(long, value_name = "CODE", requires = "amount")]
    currency: Option<String>,
    /// The amount is the worth of a gift in kind, not money
    #[arg(long, requires = "amount")]
    in_kind: bool,
    /// The goal it served
    #[arg(long, value_name = "GOAL")]
    goal: Option<String>,
    /// The campaign it served
    #[arg(long, value_name = "CAMPAIGN")]
    campaign: Option<String>,
    #[command(flatten)]
    how: How,
}

impl Contribution {
    /// Notes it.
    pub(super) fn noted(&self, invocation: &Invocation) -> Result<String> {
        let kind = chosen(&self.kind, "the kind of a contribution")?;
        let date = self.how.day(invocation, self.date.as_ref())?;
        if self.member.is_none() && self.advocate.is_none() {
            bail!("say who gave it, with --member MEMBER, --advocate ADVOCATE or both");
        }
        let name = self.name.as_deref().map(str::trim).filter(|name| !name.is_empty());
        self.how.note(invocation, "log contribution", |ledger| {
            let unlisted = Unlisted::of(ledger, &Consents::of(ledger, invocation.day_of_consent()));
            let given = Given {
                kind,
                member: optional(ledger, self.member.as_ref())?,
                advocate: optional(ledger, self.advocate.as_ref())?,
                date,
                hours: self.hours.as_deref(),
                amount: self.amount.as_deref(),
                currency: self.currency.as_deref(),
                in_kind: self.in_kind,
                goal: optional(ledger, self.goal.as_ref())?,
                campaign: optional(ledger, self.campaign.as_ref())?,
                name,
                unlisted: &unlisted,
            };
            Ok(contribution(ledger, &given, self.how.force)?)
        })
    }
}
