//! Contributions: what members and people give, and where the coalition thanked them.

use super::table::table;
use super::value::{AdvocateId, Amount, CampaignId, Currency, GoalId, List, MemberId, Number, Opt, Url, choices};
use crate::parse::Reader;
use chrono::NaiveDate;
use rust_decimal::Decimal;

choices! {
    /// What was given.
    pub enum ContributionKind {
        Volunteers = "volunteers": "Volunteers",
        MeetingSpace = "meeting-space": "Meeting space",
        Funding = "funding": "Funding",
        Copying = "copying": "Copying",
        Publicity = "publicity": "Publicity",
        StaffTime = "staff-time": "Staff time",
        Expertise = "expertise": "Expertise",
        Data = "data": "Data",
        Equipment = "equipment": "Equipment",
        Food = "food": "Food",
        Connections = "connections": "Connections",
        Other = "other": "Other help",
    }
}

table! {
    /// Something that a member or a person gave. Each has a file in `contributions/`.
    pub struct Contribution as "a contribution" {
        /// The member who gave it.
        member: Opt<MemberId> = "\"millbrook-friends\"",
        /// The person who gave it.
        advocate: Opt<AdvocateId> = "\"tom-okafor\"",
        /// What was given.
        [required] kind: Opt<ContributionKind> = "\"meeting-space\"",
        /// The date of the contribution.
        [required, past] date: Opt<NaiveDate> = "2026-03-10",
        /// Hours of work.
        hours: Opt<Number> = "6.5",
        /// The amount of money, or what the gift would have cost.
        amount: Opt<Amount> = "\"250.00\"",
        /// The currency, if different from the coalition's.
        currency: Opt<Currency> = "\"USD\"",
        /// Whether the amount is the value of an in-kind gift, not money. Default: `false` for `funding`, `true` for all
        /// other kinds.
        in_kind: Opt<bool> = "true",
        /// The goal it served.
        goal: Opt<GoalId> = "\"evening-hours\"",
        /// The campaign it served.
        campaign: Opt<CampaignId> = "\"save-sunday-hours\"",
        /// Where and when the coalition said thank you.
        acknowledgements: List<Acknowledgement> = "[[acknowledgements]]\ndate = 2026-03-20\nwhere = \"newsletter\"",
    }
    also hours_are_positive;
}

impl Contribution {
    /// Whether its amount is the worth of a gift in kind, and no money: as it says, otherwise for all kinds but
    /// funding.
    pub fn is_in_kind(&self) -> bool {
        let is_funding = self.kind.as_ref().is_some_and(|kind| kind.value == ContributionKind::Funding);
        self.in_kind.as_ref().map_or(!is_funding, |in_kind| in_kind.value)
    }
}

fn hours_are_positive(contribution: &Contribution, reader: &mut Reader<'_>) {
    if let Some(hours) = contribution.hours.as_ref().filter(|hours| hours.0 < Decimal::ZERO) {
        reader.invalid(hours.span, format!("`hours` is {}, but cannot be less than 0", hours.value), "write 0 or more");
    }
}

table! {
    /// A thank-you for a contribution.
    pub struct Acknowledgement as "an acknowledgement" {
        /// The date of the thank-you.
        [required, past] date: Opt<NaiveDate> = "2026-03-20",
        /// Where the coalition said or printed the thanks.
        r#where: Opt<String> = "\"March newsletter\"",
        /// The web address where it can be read.
        url: Opt<Url> = "\"https://example.org/newsletter/3\"",
    }
    keyed by (date, r#where);
}
