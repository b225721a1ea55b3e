//! What they said at a meeting that they would do.

use super::circle::ProfileSubject;
use super::{day, first_items};
use crate::document::{Item, Line, Section};
use crate::practice::actions;
use crate::report::Named;
use chrono::NaiveDate;
use serde::Serialize;

/// Something that they said they would do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct AssignedAction {
    /// What.
    pub what: String,
    /// Who.
    pub owner: Option<Named>,
    /// The day by which it should be done.
    pub due: Option<NaiveDate>,
    /// The day it was done.
    pub done: Option<NaiveDate>,
    /// The meeting at which it was said, or the campaign.
    pub meeting: Named,
    /// The day of that meeting, or the first day of the campaign.
    pub said: NaiveDate,
}

/// The actions of meetings that were held, in the order in which they are due; what is due at no time comes last.
pub(super) fn actions(circle: &ProfileSubject<'_>) -> Vec<AssignedAction> {
    let assigned = actions::actions(circle.as_of).filter(|agreed| circle.has_person(&agreed.action.owner));
    let assigned = assigned.filter_map(|actions::AgreedAction { record, agreed, action }| {
        Some(AssignedAction {
            what: actions::words(action)?.to_owned(),
            owner: Named::at(circle.ledger, &action.owner),
            due: action.due.as_ref().map(|due| due.value),
            done: circle.as_of.past(&action.done),
            meeting: Named::any(record),
            said: agreed,
        })
    });
    let mut actions: Vec<AssignedAction> = assigned.collect();
    actions.sort_by(|a, b| {
        let key = |one: &AssignedAction| (one.due.is_none(), one.due, one.said);
        key(a).cmp(&key(b)).then_with(|| (&a.what, &a.meeting).cmp(&(&b.what, &b.meeting)))
    });
    actions
}

/// The actions that are open, and the number of those that were done in the last 365 days.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Actions {
    /// What is open, the first due first.
    pub open: Vec<AssignedAction>,
    /// What was done in the last 365 days, the newest first.
    pub done: Vec<AssignedAction>,
}

impl Actions {
    pub(super) fn of(circle: &ProfileSubject<'_>) -> Actions {
        let (mut done, open): (Vec<AssignedAction>, Vec<AssignedAction>) =
            actions(circle).into_iter().partition(|action| action.done.is_some());
        done.retain(|action| action.done.is_some_and(|done| circle.as_of.is_of_last_year(done)));
        done.sort_by(|a, b| b.done.cmp(&a.done).then_with(|| a.what.cmp(&b.what)));
        Actions { open, done }
    }

    /// Says what is open, and what was done.
    pub(super) fn section(&self, today: NaiveDate, name_owner: bool) -> Section {
        let mut section = Section::new("Their actions");
        let owner = |action: &AssignedAction| match &action.owner {
            Some(owner) if name_owner => format!(" ({})", owner.name),
            _ => String::new(),
        };
        let open = first_items(&self.open, "list actions open", |action| {
            let line = Line::new().plain(format!("{}{}", action.what, owner(action)));
            Item::new(match action.due {
                Some(due) if due < today => line.plain(", ").late(format!("was due {}", day(due, today))),
                Some(due) => line.plain(format!(", due {}", day(due, today))),
                None => line,
            })
        });
        section.titled_list("Still open:", open);
        let done = first_items(&self.done, "list actions done", |action| {
            let when = action.done.map(|done| format!(", {}", day(done, today))).unwrap_or_default();
            Item::new(format!("{}{}{when}", action.what, owner(action)))
        });
        section.titled_list("Done in the last year:", done);
        section
    }
}
