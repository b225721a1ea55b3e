//! What somebody said at a meeting that they would do: done since, and still open.

use super::{Scope, shortened};
use crate::document::{Item, Line, Section, words};
use crate::practice::meetings;
use crate::record::meeting;
use crate::record::{Meeting, Record};
use crate::report::Named;
use chrono::NaiveDate;
use serde::Serialize;

/// Something that somebody said they would do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Action {
    /// What.
    pub what: String,
    /// Who.
    pub owner: Option<Named>,
    /// The day by which it should be done.
    pub due: Option<NaiveDate>,
    /// The day it was done.
    pub done: Option<NaiveDate>,
    /// The meeting at which it was said.
    pub meeting: Named,
    /// The day of that meeting.
    pub said: NaiveDate,
    /// The goal it serves.
    pub goal: Option<Named>,
}

/// All actions of meetings that were held.
fn actions<'l>(scope: &'l Scope<'_>) -> impl Iterator<Item = (&'l meeting::Action, Action)> {
    let all = meetings::actions(scope.here);
    all.filter_map(|(meeting, action)| Some((&action.value, of(scope, meeting, action)?)))
}

fn of(scope: &Scope<'_>, meeting: &Record<Meeting>, action: &meeting::Action) -> Option<Action> {
    let owner = match scope.has_come(&action.done) {
        true => Named::at(scope.ledger, &action.owner),
        false => Named::serving(scope.here, &action.owner),
    };
    Some(Action {
        what: meetings::words(action)?.to_owned(),
        owner,
        due: action.due.as_ref().map(|due| due.value),
        done: action.done.as_ref().map(|done| done.value).filter(|done| *done <= scope.today),
        meeting: Named::record(meeting),
        said: meeting.date.as_ref()?.value,
        goal: Named::at(scope.ledger, &action.goal),
    })
}

/// What was done since, the first done first.
pub(super) fn done(scope: &Scope<'_>) -> Vec<Action> {
    let done = actions(scope).filter(|(action, _)| scope.news(&action.done).is_some());
    let mut done: Vec<Action> = done.map(|(_, action)| action).collect();
    done.sort_by(|a, b| (a.done, &a.what).cmp(&(b.done, &b.what)));
    done
}

/// What is open, the first due first, what is due at no time last.
pub(super) fn open(scope: &Scope<'_>) -> Vec<Action> {
    let open = actions(scope).filter(|(action, _)| !scope.has_come(&action.done));
    let mut open: Vec<Action> = open.map(|(_, action)| action).collect();
    open.sort_by(|a, b| (a.due.is_none(), a.due, a.said, &a.what).cmp(&(b.due.is_none(), b.due, b.said, &b.what)));
    open
}

pub(super) fn done_title(actions: &[Action]) -> String {
    format!("{} done:", words::capitalized(&words::count(actions.len(), "action", "actions")))
}

pub(super) fn done_items(actions: &[Action]) -> Vec<Item> {
    shortened(actions, |action| {
        let owner = action.owner.as_ref().map(|owner| format!(" ({})", owner.name)).unwrap_or_default();
        Item::new(format!("{}{owner}", action.what))
    })
}

pub(super) fn section(actions: &[Action], today: NaiveDate) -> Section {
    let mut section = Section::new("Open actions");
    section.list(shortened(actions, |action| Item::new(action.what.as_str()).with(about(action, today))));
    section
}

fn about(action: &Action, today: NaiveDate) -> Line {
    let owner = action.owner.as_ref().map_or("Nobody yet", |owner| owner.name.as_str());
    let line = match action.due {
        Some(due) if due < today => Line::new()
            .strong(format!("Overdue by {}", words::days((today - due).num_days())))
            .plain(format!(": {owner}, due {}", words::near_day(due, today))),
        Some(due) => format!("{owner}, due {} ({})", words::near_day(due, today), words::distance(due, today)).into(),
        None => owner.into(),
    };
    let goal = action.goal.as_ref().map(|goal| format!(", for {}", words::quoted(&goal.name))).unwrap_or_default();
    line.plain(format!("; from {}{goal}", words::near_day(action.said, today)))
}
