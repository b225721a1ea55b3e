//! The credit: what was given and by whom, what no one was thanked for yet, and a text with which to thank.

mod draft;
mod view;

pub(crate) use draft::{ThanksDraft, gift_words};

use super::{Concern, Named, Report, ReportOutput, ReportRequest, ReportRun, answer, gift};
use crate::ledger::YEAR;
use crate::parse::collation::SortKey;
use crate::practice::fair_credit::{self, Gift};
use crate::record::contribution::ContributionKind;
use crate::record::value::{Amount, Choices, Number};
use chrono::{Days, NaiveDate};
use rust_decimal::Decimal;
use serde::Serialize;
use std::collections::BTreeMap;

/// The report.
pub(crate) static REPORT: Report =
    Report { name: "credit", about: "who gave what, and whom to thank", run: ReportRun::Ledger(run) };

fn run(request: &ReportRequest<'_>) -> ReportOutput {
    let credit = Credit::of(request);
    let document = view::document(request, &credit);
    answer(&REPORT, request, &credit, document)
}

/// What was given, and the thanks for it. Of one member, all figures count what that member gave.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Credit {
    /// The first day of the period.
    pub since: NaiveDate,
    /// All that was given in that time.
    pub total: Sums,
    /// For how many of these contributions thanks were given.
    pub acknowledged: usize,
    /// The same by giver, in the order of their names.
    pub givers: Vec<GiftsByKind>,
    /// The same by kind.
    pub kinds: Vec<OfKind>,
    /// All that no one was thanked for yet, of any time, the oldest first.
    pub uncredited: Vec<Uncredited>,
    /// The members who should have been thanked for something by now and never were, in the order of their names.
    pub never_credited: Vec<Named>,
    /// The days within which thanks are due.
    pub credit_days: i64,
    /// How many of those that no one was thanked for name no one who gave them.
    pub without_giver: usize,
    /// A text that thanks everyone who is named for all that no one was thanked for yet.
    pub draft: Option<ThanksDraft>,
}

/// What contributions come to. Money and gifts in kind are never added up with one another, nor are currencies.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Sums {
    /// How many there are.
    pub contributions: usize,
    /// The hours of work.
    pub hours: Number,
    /// Money, by currency.
    pub money: Vec<Money>,
    /// What gifts in kind would have cost, by currency.
    pub in_kind: Vec<Money>,
}

/// A sum of money.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Money {
    /// The currency.
    pub currency: String,
    /// The sum.
    pub amount: Amount,
}

/// What one giver gave.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct GiftsByKind {
    /// The member, or the person who belongs to none; absent where no one wrote it down.
    pub giver: Option<Named>,
    /// What it comes to.
    #[serde(flatten)]
    pub sums: Sums,
}

/// What was given of one kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct OfKind {
    /// The kind; absent where no one wrote it down.
    pub kind: Option<ContributionKind>,
    /// What it comes to.
    #[serde(flatten)]
    pub sums: Sums,
}

/// A contribution that no one was thanked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Uncredited {
    /// The contribution.
    pub contribution: Named,
    /// Who gave it.
    pub giver: Option<Named>,
    /// When.
    pub date: NaiveDate,
    /// How many days ago.
    pub days: i64,
    /// Whether thanks are overdue.
    pub late: bool,
}

impl Credit {
    /// Computes the credit.
    pub(crate) fn of(request: &ReportRequest<'_>) -> Credit {
        let (as_of, concern) = (request.as_of(), Concern::of(request));
        let year_ago = request.today.checked_sub_days(Days::new(YEAR.unsigned_abs()));
        let since = request.since.or(year_ago).unwrap_or(request.today);
        let is_meant = |given: &Gift<'_>| {
            concern.is_everything() || giver(request, given).is_some_and(|giver| concern.is_own(&giver))
        };
        let gifts: Vec<Gift<'_>> = fair_credit::gifts(as_of).into_iter().filter(is_meant).collect();
        let of_period: Vec<&Gift<'_>> = gifts.iter().filter(|given| given.date >= since).collect();
        let mut givers: BTreeMap<Option<(SortKey, Named)>, Vec<&Gift<'_>>> = BTreeMap::new();
        let mut kinds: BTreeMap<Option<usize>, Vec<&Gift<'_>>> = BTreeMap::new();
        for given in &of_period {
            let giver = giver(request, given).map(|giver| (SortKey::of(&giver.name), giver));
            givers.entry(giver).or_default().push(given);
            let kind = given.contribution.kind.as_ref().map(|kind| kind.value.index());
            kinds.entry(kind).or_default().push(given);
        }
        let sums = |gifts: &[&Gift<'_>]| Sums::of(request, gifts);
        let never = fair_credit::givers(as_of).into_iter().filter(fair_credit::Giver::was_never_thanked);
        let mut never_credited: Vec<Named> =
            never.map(|giver| Named::record(giver.member)).filter(|member| concern.is_own(member)).collect();
        never_credited.sort();
        Credit {
            since,
            total: sums(&of_period),
            acknowledged: of_period.iter().filter(|given| given.is_thanked).count(),
            givers: givers
                .into_iter()
                .map(|(giver, gifts)| GiftsByKind { giver: giver.map(|(_, giver)| giver), sums: sums(&gifts) })
                .collect(),
            kinds: kinds
                .into_iter()
                .map(|(kind, gifts)| OfKind {
                    kind: kind.and_then(|kind| ContributionKind::ALL.get(kind).copied()),
                    sums: sums(&gifts),
                })
                .collect(),
            uncredited: gifts
                .iter()
                .filter(|given| !given.is_thanked)
                .map(|given| Uncredited {
                    contribution: Named::record(given.contribution),
                    giver: giver(request, given),
                    date: given.date,
                    days: as_of.days_since(given.date),
                    late: given.is_late(as_of),
                })
                .collect(),
            never_credited,
            credit_days: as_of.policy().credit_days(),
            without_giver: gifts.iter().filter(|given| !given.is_thanked && giver(request, given).is_none()).count(),
            draft: ThanksDraft::of(request, &gifts),
        }
    }
}

/// The member who gave something, or the person who belongs to none.
fn giver(request: &ReportRequest<'_>, given: &Gift<'_>) -> Option<Named> {
    given.member.map(Named::record).or_else(|| gift::giver(request.ledger, given.contribution))
}

impl Sums {
    fn of(request: &ReportRequest<'_>, gifts: &[&Gift<'_>]) -> Sums {
        let mut hours = Decimal::ZERO;
        let mut money: [BTreeMap<&str, Decimal>; 2] = Default::default();
        for contribution in gifts.iter().map(|given| &given.contribution.body) {
            hours = hours.saturating_add(contribution.hours.as_ref().map(|hours| hours.0).unwrap_or_default());
            let Some(amount) = &contribution.amount else { continue };
            let [cash, in_kind] = &mut money;
            let sums = if contribution.is_in_kind() { in_kind } else { cash };
            let sum = sums.entry(gift::currency(request.ledger, contribution)).or_default();
            *sum = sum.saturating_add(amount.0);
        }
        let [money, in_kind] = money.map(|sums| {
            let sum = |(currency, amount): (&str, _)| Money { currency: currency.to_owned(), amount: Amount(amount) };
            sums.into_iter().map(sum).collect()
        });
        Sums { contributions: gifts.len(), hours: Number(hours), money, in_kind }
    }
}

#[cfg(test)]
mod tests;
