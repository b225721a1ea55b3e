//! A contribution in words: who gave it, and how much it was.

use super::Named;
use crate::document::words;
use crate::ledger::Ledger;
use crate::record::Contribution;
use rust_decimal::Decimal;

/// Who gave it: the member, or where none is named the person.
pub(super) fn giver(ledger: &Ledger, contribution: &Contribution) -> Option<Named> {
    Named::at(ledger, &contribution.member).or_else(|| Named::at(ledger, &contribution.advocate))
}

/// The currency of its amount.
pub(super) fn currency<'l>(ledger: &'l Ledger, contribution: &'l Contribution) -> &'l str {
    contribution.currency.as_ref().map_or(ledger.root.currency(), |currency| currency.as_str())
}

/// Whether its amount is what it would have cost, and no money was given.
pub(super) fn is_in_kind(contribution: &Contribution) -> bool {
    contribution.in_kind.as_ref().is_some_and(|in_kind| in_kind.value)
}

/// How much it was, in money and hours.
pub(super) fn size(ledger: &Ledger, contribution: &Contribution) -> Option<String> {
    let currency = currency(ledger, contribution);
    let money = contribution.amount.as_ref().map(|amount| words::money(amount.0, currency));
    let money = money.map(|money| if is_in_kind(contribution) { format!("worth {money}") } else { money });
    let hours = contribution.hours.as_ref().map(|hours| hours_in_words(hours.0));
    let parts: Vec<String> = money.into_iter().chain(hours).collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// Hours of work: `1 hour`, `22.5 hours`.
pub(super) fn hours_in_words(hours: Decimal) -> String {
    format!("{} {}", words::number(hours), if hours == Decimal::ONE { "hour" } else { "hours" })
}
