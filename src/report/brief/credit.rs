//! Credit to give: what was contributed and not thanked for yet.

use super::{Scope, shortened};
use crate::document::{Item, Line, Section, words};
use crate::practice::fair_credit::{self, Gift};
use crate::report::{Named, gift};
use chrono::NaiveDate;
use serde::Serialize;

/// A contribution that nobody was thanked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Contribution {
    /// The contribution.
    pub contribution: Named,
    /// When it was given.
    pub date: NaiveDate,
    /// Who gave it.
    pub giver: Option<Named>,
    /// How much it was.
    pub size: Option<String>,
    /// The same as figures.
    #[serde(flatten)]
    pub figures: gift::Size,
}

/// What was not thanked for, the oldest first.
pub(super) fn uncredited(scope: &Scope<'_>) -> Vec<Contribution> {
    fair_credit::uncredited(scope.here).map(|given| of(scope, &given)).collect()
}

fn of(scope: &Scope<'_>, given: &Gift<'_>) -> Contribution {
    let contribution = given.contribution;
    Contribution {
        contribution: Named::record(contribution),
        date: given.date,
        giver: gift::giver(scope.ledger, contribution),
        size: gift::size(scope.ledger, contribution),
        figures: gift::Size::of(scope.ledger, contribution),
    }
}

pub(super) fn section(contributions: &[Contribution], today: NaiveDate) -> Section {
    let mut section = Section::new("Thanks to give");
    section.list(shortened(contributions, |contribution| {
        let giver = contribution.giver.as_ref().map_or("Somebody", |giver| &giver.name);
        let size = contribution.size.as_ref().map(|size| format!(" ({size})")).unwrap_or_default();
        let distance = words::distance(contribution.date, today);
        Item::new(Line::new().strong(giver).plain(format!(": {}{size}, {distance}", contribution.contribution.name)))
    }));
    section
}
