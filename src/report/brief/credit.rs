//! Credit to give: what was contributed and not thanked for yet.

use super::changes::{giver, size};
use super::{Scope, shortened};
use crate::document::{Item, Line, Section, words};
use crate::record::{self, Record};
use crate::report::Named;
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
}

/// What was not thanked for, the oldest first.
pub(super) fn uncredited(scope: &Scope<'_>) -> Vec<Contribution> {
    let mut uncredited: Vec<Contribution> =
        scope.ledger.contributions.iter().filter_map(|contribution| of(scope, contribution)).collect();
    uncredited.sort_by(|a, b| (a.date, &a.contribution).cmp(&(b.date, &b.contribution)));
    uncredited
}

fn of(scope: &Scope<'_>, contribution: &Record<record::Contribution>) -> Option<Contribution> {
    let date = contribution.date.as_ref().map(|date| date.value).filter(|date| *date <= scope.today)?;
    let thanked = contribution.acknowledgements.iter().any(|thanks| scope.may_have_come(&thanks.date));
    (!thanked).then(|| Contribution {
        contribution: Named::record(contribution),
        date,
        giver: giver(scope, contribution),
        size: size(scope, contribution),
    })
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
