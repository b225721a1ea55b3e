//! Positions that the coalition promised to look at again, with what it did in answer.

use super::{Scope, shortened};
use crate::document::{Item, Line, Section, words};
use crate::practice::diversity::{Position, revisits};
use crate::report::Named;
use crate::report::decisions::stance_on;
use chrono::NaiveDate;
use serde::Serialize;

/// A position to look at again, mostly an objection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Objection {
    /// The day on which to look at it again.
    pub revisit: NaiveDate,
    /// The member.
    pub member: Named,
    /// What it does: it objects, blocks, stands aside, opposes.
    pub stance: &'static str,
    /// The decision or the goal.
    pub about: Named,
    /// Why.
    pub reason: Option<String>,
    /// What was changed or promised in answer.
    pub accommodation: Option<String>,
}

/// The positions whose day has passed or is near, the first day first.
pub(super) fn objections(scope: &Scope<'_>) -> Vec<Objection> {
    let mut objections: Vec<Objection> =
        revisits(scope.here).iter().filter_map(|position| objection(scope, position)).collect();
    objections.sort_by(|a, b| (a.revisit, &a.about, &a.member).cmp(&(b.revisit, &b.about, &b.member)));
    objections
}

fn objection(scope: &Scope<'_>, position: &Position<'_>) -> Option<Objection> {
    Some(Objection {
        revisit: position.revisit.map(|revisit| revisit.value).filter(|day| scope.is_due(*day))?,
        member: Named::of(scope.ledger, position.member),
        stance: position.stance,
        about: Named::subject(position),
        reason: position.reason.map(str::to_owned),
        accommodation: position.accommodation.map(str::to_owned),
    })
}

pub(super) fn section(objections: &[Objection], today: NaiveDate) -> Section {
    let mut section = Section::new("To look at again");
    section.list(shortened(objections, |objection| item(objection, today)));
    section
}

fn item(objection: &Objection, today: NaiveDate) -> Item {
    let day = format!("{} ({})", words::near_day(objection.revisit, today), words::distance(objection.revisit, today));
    let stance = stance_on(objection.stance, &objection.about.name);
    let line = Line::new().strong(&objection.member.name).plain(format!(" {stance}, due {day}"));
    let below = match (&objection.accommodation, &objection.reason) {
        (Some(answer), _) => format!("Answer: {answer}"),
        (None, Some(reason)) => format!("Not answered yet: {reason}"),
        (None, None) => "Not answered yet".to_owned(),
    };
    Item::new(line).with(below)
}
