//! A contribution in words: who gave it, and how much it was.

use super::Named;
use crate::document::words;
use crate::ledger::Ledger;
use crate::record::Contribution;
use crate::record::value::{Amount, Number};
use rust_decimal::Decimal;
use serde::Serialize;

/// Who gave it: the member, or where none is named the person.
pub(super) fn giver(ledger: &Ledger, contribution: &Contribution) -> Option<Named> {
    Named::at(ledger, &contribution.member).or_else(|| Named::at(ledger, &contribution.advocate))
}

/// The currency of its amount.
pub(super) fn currency<'l>(ledger: &'l Ledger, contribution: &'l Contribution) -> &'l str {
    contribution.currency.as_ref().map_or(ledger.root.currency(), |currency| currency.as_str())
}

/// How much it was, as figures.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub(crate) struct Size {
    /// How many hours of work.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hours: Option<Number>,
    /// How much money, or what it would have cost.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amount: Option<Amount>,
    /// The currency of the amount.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub currency: Option<String>,
    /// Whether the amount is the worth of a gift in kind.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub in_kind: Option<bool>,
}

impl Size {
    /// The figures of a contribution.
    pub(super) fn of(ledger: &Ledger, contribution: &Contribution) -> Size {
        let amount = contribution.amount.as_ref().map(|amount| amount.value);
        Size {
            hours: contribution.hours.as_ref().map(|hours| hours.value),
            amount,
            currency: amount.map(|_| currency(ledger, contribution).to_owned()),
            in_kind: amount.map(|_| contribution.is_in_kind()),
        }
    }
}

/// How much it was, in money and hours.
pub(super) fn size(ledger: &Ledger, contribution: &Contribution) -> Option<String> {
    let currency = currency(ledger, contribution);
    let money = contribution.amount.as_ref().map(|amount| words::money(amount.0, currency));
    let money = money.map(|money| if contribution.is_in_kind() { format!("worth {money}") } else { money });
    let hours = contribution.hours.as_ref().map(|hours| hours_in_words(hours.0));
    let parts: Vec<String> = money.into_iter().chain(hours).collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// The name of a gift beside the name of its giver, whom the usual name of a gift names too.
pub(super) fn name_beside<'n>(name: &'n str, giver: &str) -> &'n str {
    let parted = name.strip_suffix(giver).and_then(|rest| rest.strip_suffix(" from "));
    parted.filter(|rest| !giver.is_empty() && !rest.is_empty()).unwrap_or(name)
}

/// Hours of work: `1 hour`, `22.5 hours`.
pub(super) fn hours_in_words(hours: Decimal) -> String {
    format!("{} {}", words::number(hours), if hours == Decimal::ONE { "hour" } else { "hours" })
}
