//! Personal contact with every advocate: what a ledger shows of it.

mod follow_up;
mod log;
#[cfg(test)]
mod tests;

pub(crate) use follow_up::{FollowUp, follow_ups};
pub(crate) use log::{LastMade, Made, all_made, contacts_made, days_of_people, last, logs};

use super::signs::{ContactSign, LastSat};
use super::wait::{Wait, start};
use super::{Evidence, with_time_left};
use crate::ledger::AsOf;
use crate::record::{Advocate, Record};
use chrono::NaiveDate;

/// A person with the last contact.
#[derive(Clone, Copy)]
pub(crate) struct InTouch<'l> {
    /// The person.
    pub advocate: &'l Record<Advocate>,
    /// The last contact with or by the person, or the last meeting where the person was.
    pub last: Option<ContactSign<'l>>,
    /// How long ago that was; unknown where there was none and nothing says since when there could have been.
    pub wait: Option<Wait>,
}

impl InTouch<'_> {
    /// Whether something can be said: there was a contact, or should have been by now.
    pub(crate) fn is_judged(&self) -> bool {
        self.wait.is_some() && (self.last.is_some() || self.is_overdue())
    }

    /// Whether a contact is overdue.
    pub(crate) fn is_overdue(&self) -> bool {
        self.wait.is_some_and(|wait| wait.is_over())
    }
}

/// The people who serve, with the last contact of each, in path order.
pub(crate) fn people(as_of: AsOf<'_>) -> Vec<InTouch<'_>> {
    let made = LastMade::of(as_of);
    let sat = LastSat::of(as_of);
    as_of
        .serving_advocates()
        .map(|advocate| {
            let contact = made.with_or_by(as_of, advocate).map(ContactSign::of_contact);
            // Of a contact and a meeting on one day, the contact tells more.
            let last = match (contact, sat.of_person(&advocate.key)) {
                (Some(contact), Some(sat)) if sat.date > contact.date => Some(sat),
                (None, sat) => sat,
                (contact, _) => contact,
            };
            let limit =
                advocate.contact_days.as_ref().map_or(as_of.policy().contact_days(), |days| i64::from(days.value));
            let wait = Wait::since_contact(as_of, last.map(|last| last.date), start_of(as_of, advocate), limit);
            InTouch { advocate, last, wait }
        })
        .collect()
}

/// The day from which a person could have been contacted: the own first day, else the day on which the person's
/// organization joined, was invited or was thought of.
pub(crate) fn start_of(as_of: AsOf<'_>, advocate: &Advocate) -> Option<NaiveDate> {
    let member = as_of.member_of(advocate);
    let of_member = member.and_then(|member| {
        [&member.joined, &member.invited, &member.identified].into_iter().find(|date| as_of.has_come(date))
    });
    match of_member {
        Some(date) if advocate.start_date.is_none() => start(as_of, date),
        _ => start(as_of, &advocate.start_date),
    }
}

/// Who keeps in touch with a person.
#[derive(Clone, Copy)]
pub(crate) enum Keeper<'l> {
    /// Someone who serves.
    Serving(&'l Record<Advocate>),
    /// Someone who does not serve.
    Gone(&'l Record<Advocate>),
    /// The person alone.
    Themself,
    /// Someone of whom there is no record. That is a mistake of its own.
    Unknown,
    /// No one.
    Nobody,
}

/// Who keeps in touch with a person.
pub(crate) fn keeper<'l>(as_of: AsOf<'l>, advocate: &Record<Advocate>) -> Keeper<'l> {
    let Some(owner) = &advocate.contact_owner else { return Keeper::Nobody };
    match as_of.ledger.advocates.get(owner) {
        None => Keeper::Unknown,
        Some(owner) if owner.key == advocate.key => Keeper::Themself,
        Some(owner) if as_of.serves(owner) => Keeper::Serving(owner),
        Some(owner) => Keeper::Gone(owner),
    }
}

/// Whether someone keeps in touch with a person, as far as the ledger can tell.
pub(crate) fn is_kept(as_of: AsOf<'_>, advocate: &Record<Advocate>) -> bool {
    matches!(keeper(as_of, advocate), Keeper::Serving(_) | Keeper::Unknown)
}

/// The people with whom no one keeps in touch, in path order; who is new is given time.
pub(crate) fn unkept(as_of: AsOf<'_>) -> impl Iterator<Item = &Record<Advocate>> {
    as_of
        .serving_advocates()
        .filter(move |advocate| !as_of.is_new_advocate_for_notes(advocate) && !is_kept(as_of, advocate))
}

/// The figures of the scorecard.
pub(crate) fn evidence(as_of: AsOf<'_>) -> Evidence {
    let people = people(as_of);
    let judged: Vec<_> = people.iter().filter(|one| one.is_judged()).collect();
    let in_touch = judged.iter().filter(|one| !one.is_overdue()).count();
    let settled = || as_of.serving_advocates().filter(|advocate| !as_of.is_new_advocate_for_notes(advocate));
    let kept = settled().filter(|advocate| is_kept(as_of, advocate)).count();
    let promises = follow_ups(as_of);
    let in_time = promises.iter().filter(|one| !one.is_overdue(as_of.today)).count();
    Evidence::default()
        .part_of(
            "advocates_in_touch",
            in_touch,
            judged.len(),
            ["person was", "people were"],
            &format!("contacted recently enough{}", with_time_left(people.len() - judged.len())),
        )
        .part_that(
            "advocates_with_contact_owner",
            kept,
            settled().count(),
            ["person", "people"],
            ["has someone assigned to stay in touch", "have someone assigned to stay in touch"],
        )
        .part_of(
            "follow_ups_in_time",
            in_time,
            promises.len(),
            ["promised follow-up", "promised follow-ups"],
            "can still be made in time",
        )
}
