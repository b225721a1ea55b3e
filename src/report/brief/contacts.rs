//! The contacts that were made, by whom and with whom, and those that someone was to make.

use super::{Scope, first_items};
use crate::document::{Item, Section, words};
use crate::parse::collation::by_place;
use crate::practice::calls::{self, PlannedCall};
use crate::practice::personal_contact;
use crate::record::common::Channel;
use crate::report::excerpt::names;
use crate::report::{Named, last_contact};
use chrono::NaiveDate;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// The calls of one person that are named; the rest is counted.
const CALLS: usize = 8;

/// What one person did to keep in touch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct BriefContacts {
    /// Who; absent where no one wrote it down.
    pub by: Option<Named>,
    /// The contacts, the first first.
    pub contacts: Vec<ContactMade>,
}

/// A contact that was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct ContactMade {
    /// When.
    pub date: NaiveDate,
    /// With whom.
    pub with: Named,
    /// How.
    pub channel: Option<Channel>,
    /// What was said, if private fields may be shown.
    pub summary: Option<String>,
}

/// A contact that someone was to make.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct FollowUpRow {
    /// By which day.
    pub due: NaiveDate,
    /// With whom.
    pub with: Named,
    /// Who was to.
    pub by: Option<Named>,
}

/// Who should call, and whom.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct CallerSummary {
    /// Who; absent where no one is named.
    pub caller: Option<Named>,
    /// Whom, the longest overdue first.
    pub contacts: Vec<Overdue>,
}

/// Someone with whom a contact is overdue: a person, a member, an official.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Overdue {
    /// With whom.
    pub with: Named,
    /// The day of the last contact, or from which it counts.
    pub since: NaiveDate,
    /// The days that have passed.
    pub days: i64,
    /// The days that are allowed.
    pub limit: i64,
    /// Whether there was a contact at all.
    pub contacted: bool,
}

/// The contacts made since, by who made them, the busiest first.
pub(super) fn list_contacts(scope: &Scope<'_>) -> Vec<BriefContacts> {
    let mut by_person: BTreeMap<Option<Named>, Vec<ContactMade>> = BTreeMap::new();
    for made in personal_contact::all_made(scope.as_of).filter(|made| scope.is_news(made.date.value)) {
        by_person.entry(Named::at(scope.ledger, &made.contact.by)).or_default().push(ContactMade {
            date: made.date.value,
            with: Named::any(made.with),
            channel: made.contact.channel.as_ref().map(|channel| channel.value),
            summary: last_contact::summary(&scope.request, made.contact),
        });
    }
    let mut contacts: Vec<BriefContacts> =
        by_person.into_iter().map(|(by, contacts)| BriefContacts { by, contacts }).collect();
    for person in &mut contacts {
        person.contacts.sort_by(|a, b| (a.date, &a.with).cmp(&(b.date, &b.with)));
    }
    contacts.sort_by(|a, b| b.contacts.len().cmp(&a.contacts.len()).then_with(|| by_place(name(&a.by), name(&b.by))));
    contacts
}

fn name(by: &Option<Named>) -> &str {
    by.as_ref().map_or("Someone", |by| by.name.as_str())
}

/// The follow-ups that no one has made, the first due first.
pub(super) fn list_follow_ups(scope: &Scope<'_>) -> Vec<FollowUpRow> {
    let open = personal_contact::follow_ups(scope.as_of).into_iter().map(|promise| FollowUpRow {
        due: promise.due.value,
        with: Named::any(promise.with),
        by: promise.by.map(|by| Named::of(scope.ledger, &by.value)),
    });
    let mut open: Vec<FollowUpRow> = open.collect();
    open.sort_by(|a, b| (a.due, &a.with).cmp(&(b.due, &b.with)));
    open
}

/// Who has not been in touch for too long, by who should call; promises are shown as follow-ups.
pub(super) fn list_overdue(scope: &Scope<'_>) -> Vec<CallerSummary> {
    let mut overdue = calls::calls(scope.as_of, 0);
    overdue.retain(|call| call.wait.is_some_and(|wait| wait.is_over()));
    let callers = calls::by_caller(overdue).into_iter().map(|(caller, calls)| CallerSummary {
        caller: caller.map(Named::record),
        contacts: calls.iter().filter_map(Overdue::of).collect(),
    });
    callers.collect()
}

impl Overdue {
    fn of(call: &PlannedCall<'_>) -> Option<Overdue> {
        let wait = call.wait?;
        Some(Overdue {
            with: Named::any(call.whom),
            since: wait.since,
            days: wait.days,
            limit: wait.limit,
            contacted: call.last.is_some(),
        })
    }
}

/// Who made how many; and with whom and what was said, if private fields may be shown.
pub(super) fn add_contacts_made(section: &mut Section, contacts: &[BriefContacts]) {
    let total: usize = contacts.iter().map(|person| person.contacts.len()).sum();
    let title = words::capitalize(&words::count(total, "contact", "contacts"));
    let has_summary = |contact: &ContactMade| contact.summary.is_some();
    if contacts.iter().flat_map(|person| &person.contacts).any(has_summary) {
        section.titled_list(format!("{title} made:"), describe_contacts(contacts));
    } else if total > 0 {
        let people: Vec<String> = contacts.iter().map(by_whom).collect();
        section.paragraph(format!("{title} made, by {}.", words::list(&people)));
    }
}

fn by_whom(person: &BriefContacts) -> String {
    match person.contacts.len() {
        1 => name(&person.by).to_owned(),
        several => format!("{} ({several})", name(&person.by)),
    }
}

fn describe_contacts(contacts: &[BriefContacts]) -> Vec<Item> {
    first_items(contacts, "list contacts", |person| {
        let mut whom: Vec<&str> = person.contacts.iter().map(|contact| contact.with.name.as_str()).collect();
        whom.dedup();
        let item = Item::new(format!("{}: {}", name(&person.by), words::list(&whom)));
        person.contacts.iter().fold(item, |item, contact| item.with(describe_contact(contact)))
    })
}

fn describe_contact(contact: &ContactMade) -> String {
    let Some(summary) = &contact.summary else { return String::new() };
    format!("{}, {}: {summary}", words::short_day(contact.date), contact.with.name)
}

pub(super) fn write_contacts(follow_ups: &[FollowUpRow], callers: &[CallerSummary], today: NaiveDate) -> Section {
    let mut section = Section::new("Contacts to make");
    let overdue: Vec<&FollowUpRow> = follow_ups.iter().filter(|follow_up| follow_up.due < today).collect();
    section.list(first_items(&overdue, "report contacts", |follow_up| {
        let due = format!("{} ({})", words::near_day(follow_up.due, today), words::distance(follow_up.due, today));
        Item::new(format!("{} promised to get back to {} by {due}", name(&follow_up.by), follow_up.with.name))
    }));
    let promised: BTreeSet<&Named> = overdue.iter().map(|follow_up| &follow_up.with).collect();
    let describe_caller = |caller: &CallerSummary| {
        let others = caller.contacts.iter().filter(|contact| !promised.contains(&contact.with));
        let describe = |contact: &Overdue| match contact.contacted {
            true => format!("{} ({})", contact.with.name, words::days(contact.days)),
            false => format!("{} (never)", contact.with.name),
        };
        let whom: Vec<String> = others.map(describe).collect();
        let whom: Vec<&str> = whom.iter().map(String::as_str).collect();
        let by = caller.caller.as_ref().map_or("No one is assigned to call", |caller| caller.name.as_str());
        (!whom.is_empty()).then(|| format!("{by}: {}", names(&whom, CALLS)))
    };
    let lines: Vec<String> = callers.iter().filter_map(describe_caller).collect();
    section.titled_list(
        "Too long without contact, grouped by who should call:",
        first_items(&lines, "report contacts", |line| Item::new(line.as_str())),
    );
    section
}
