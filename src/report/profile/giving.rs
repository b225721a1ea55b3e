//! What was given, and where thanks were said for it.

use super::circle::ProfileSubject;
use super::{day, first_items};
use crate::document::{Item, Line, Section, words};
use crate::record::Contribution;
use crate::record::contribution::ContributionKind;
use crate::record::value::{Amount, Number};
use crate::report::{Named, gift};
use chrono::NaiveDate;
use serde::Serialize;

/// Something that was given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct GiftRow {
    /// The contribution.
    pub contribution: Named,
    /// What sort it is.
    pub kind: Option<ContributionKind>,
    /// When.
    pub date: NaiveDate,
    /// The person who gave it.
    pub by: Option<Named>,
    /// How much it was, in words.
    #[serde(skip)]
    pub size: Option<String>,
    /// How many hours of work.
    pub hours: Option<Number>,
    /// How much money, or what it would have cost.
    pub amount: Option<Amount>,
    /// The currency of the amount.
    pub currency: Option<String>,
    /// Whether the amount is the worth of a gift in kind.
    pub in_kind: bool,
    /// Where thanks were said, the first first.
    pub thanks: Vec<ThanksRow>,
}

/// A word of thanks.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub(super) struct ThanksRow {
    /// When.
    pub date: Option<NaiveDate>,
    /// Where.
    pub place: Option<String>,
}

/// What was given, the newest first.
pub(super) fn gifts(circle: &ProfileSubject<'_>) -> Vec<GiftRow> {
    let given = circle.ledger.contributions.iter().filter(|gift| circle.acts(&gift.member, &gift.advocate));
    let mut gifts: Vec<GiftRow> = given
        .filter_map(|gift| Some(GiftRow::of(circle, gift, Named::record(gift), circle.as_of.past(&gift.date)?)))
        .collect();
    gifts.sort_by(|a, b| b.date.cmp(&a.date).then_with(|| a.contribution.cmp(&b.contribution)));
    gifts
}

impl GiftRow {
    fn of(circle: &ProfileSubject<'_>, given: &Contribution, contribution: Named, date: NaiveDate) -> GiftRow {
        let said = given.acknowledgements.iter().filter(|thanks| circle.as_of.may_have_come(&thanks.date));
        let mut thanks: Vec<ThanksRow> = said
            .map(|thanks| ThanksRow {
                date: thanks.date.as_ref().map(|date| date.value),
                place: thanks.r#where.as_ref().map(|place| place.value.clone()),
            })
            .collect();
        thanks.sort();
        GiftRow {
            contribution,
            kind: given.kind.as_ref().map(|kind| kind.value),
            date,
            by: Named::at(circle.ledger, &given.advocate),
            hours: given.hours.as_ref().map(|hours| hours.value),
            amount: given.amount.as_ref().map(|amount| amount.value),
            currency: given.amount.as_ref().map(|_| gift::currency(circle.ledger, given).to_owned()),
            in_kind: given.is_in_kind(),
            size: gift::size(circle.ledger, given),
            thanks,
        }
    }
}

/// Says what was given.
pub(super) fn section(gifts: &[GiftRow], today: NaiveDate) -> Section {
    let mut section = Section::new("What they gave");
    section.list(first_items(gifts, "list contributions", |gift| {
        let size = gift.size.as_ref().map(|size| format!(", {size}")).unwrap_or_default();
        let line = Line::new().strong(&gift.contribution.name).plain(format!("{size}, {}", day(gift.date, today)));
        Item::new(line).with(thanks(gift, today))
    }));
    section
}

fn thanks(gift: &GiftRow, today: NaiveDate) -> String {
    let place = |thanks: &ThanksRow| match (&thanks.place, thanks.date) {
        (Some(place), Some(date)) => format!("{place}, {}", words::near_day(date, today)),
        (Some(place), None) => place.clone(),
        (None, Some(date)) => words::near_day(date, today),
        (None, None) => "on an unknown date".to_owned(),
    };
    match gift.thanks.as_slice() {
        [] => "No one has thanked them yet".to_owned(),
        thanks => format!("Thanked: {}", thanks.iter().map(place).collect::<Vec<_>>().join("; ")),
    }
}
