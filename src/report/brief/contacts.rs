//! The contacts that were made, by whom and with whom, and those that somebody was to make.

use super::{Scope, shortened};
use crate::document::{Item, Section, words};
use crate::record::common::Contact;
use crate::record::value::{At, Choices};
use crate::report::Named;
use chrono::NaiveDate;
use serde::Serialize;
use std::collections::BTreeMap;

/// What one person did to keep in touch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Contacts {
    /// Who; absent where nobody wrote it down.
    pub by: Option<Named>,
    /// The contacts, the first first.
    pub contacts: Vec<ContactMade>,
}

/// A contact that was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ContactMade {
    /// When.
    pub date: NaiveDate,
    /// With whom.
    pub with: Named,
    /// How.
    pub channel: Option<&'static str>,
    /// What was said, where private things may be told.
    pub summary: Option<String>,
}

/// A contact that somebody was to make.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FollowUp {
    /// By which day.
    pub due: NaiveDate,
    /// With whom.
    pub with: Named,
    /// Who was to.
    pub by: Option<Named>,
}

/// Everybody whom contacts are made with, and the log.
fn logs<'l>(scope: &'l Scope<'_>) -> impl Iterator<Item = (Named, &'l [At<Contact>])> {
    let ledger = scope.ledger;
    let members = ledger.members.iter().map(|record| (Named::record(record), record.contacts.as_slice()));
    let advocates = ledger.advocates.iter().map(|record| (Named::record(record), record.contacts.as_slice()));
    let officials = ledger.officials.iter().map(|record| (Named::record(record), record.contacts.as_slice()));
    members.chain(advocates).chain(officials).filter(|(_, contacts)| !contacts.is_empty())
}

/// The contacts made since, by who made them, the busiest first.
pub(super) fn contacts(scope: &Scope<'_>) -> Vec<Contacts> {
    let mut by_person: BTreeMap<Option<Named>, Vec<ContactMade>> = BTreeMap::new();
    for (with, log) in logs(scope) {
        for contact in log {
            let Some(date) = scope.news(&contact.date) else { continue };
            let summary = contact.summary.as_ref().filter(|_| scope.request.private);
            by_person.entry(Named::at(scope.ledger, &contact.by)).or_default().push(ContactMade {
                date,
                with: with.clone(),
                channel: contact.channel.as_ref().map(|channel| channel.label()),
                summary: summary.map(|summary| summary.trim().to_owned()),
            });
        }
    }
    let mut contacts: Vec<Contacts> = by_person.into_iter().map(|(by, contacts)| Contacts { by, contacts }).collect();
    for person in &mut contacts {
        person.contacts.sort_by(|a, b| (a.date, &a.with).cmp(&(b.date, &b.with)));
    }
    contacts.sort_by(|a, b| b.contacts.len().cmp(&a.contacts.len()).then_with(|| name(&a.by).cmp(name(&b.by))));
    contacts
}

fn name(by: &Option<Named>) -> &str {
    by.as_ref().map_or("Somebody", |by| by.name.as_str())
}

/// The follow-ups that nobody has made, the first due first. Any later contact with the same one makes them.
pub(super) fn follow_ups(scope: &Scope<'_>) -> Vec<FollowUp> {
    let mut open: Vec<FollowUp> = logs(scope).filter_map(|(with, log)| follow_up(scope, with, log)).collect();
    open.sort_by(|a, b| (a.due, &a.with).cmp(&(b.due, &b.with)));
    open
}

/// What the last contact that was made asks for next.
fn follow_up(scope: &Scope<'_>, with: Named, log: &[At<Contact>]) -> Option<FollowUp> {
    let made = log.iter().filter(|contact| scope.has_come(&contact.date));
    let last = made.max_by_key(|contact| contact.date.as_ref().map(|date| date.value))?;
    Some(FollowUp { due: last.follow_up.as_ref()?.value, with, by: Named::at(scope.ledger, &last.by) })
}

/// Who made how many; and with whom and what was said, where private things may be told.
pub(super) fn add_to(section: &mut Section, contacts: &[Contacts]) {
    let total: usize = contacts.iter().map(|person| person.contacts.len()).sum();
    let title = words::capitalized(&words::count(total, "contact", "contacts"));
    let told = |contact: &ContactMade| contact.summary.is_some();
    if contacts.iter().flat_map(|person| &person.contacts).any(told) {
        section.titled_list(format!("{title} made:"), items(contacts));
    } else if total > 0 {
        let people: Vec<String> = contacts.iter().map(by_whom).collect();
        section.paragraph(format!("{title} made, by {}.", words::list(&people)));
    }
}

fn by_whom(person: &Contacts) -> String {
    match person.contacts.len() {
        1 => name(&person.by).to_owned(),
        several => format!("{} ({several})", name(&person.by)),
    }
}

fn items(contacts: &[Contacts]) -> Vec<Item> {
    shortened(contacts, |person| {
        let mut whom: Vec<&str> = person.contacts.iter().map(|contact| contact.with.name.as_str()).collect();
        whom.dedup();
        let item = Item::new(format!("{}: {}", name(&person.by), words::list(&whom)));
        person.contacts.iter().fold(item, |item, contact| item.with(summary(contact)))
    })
}

fn summary(contact: &ContactMade) -> String {
    let Some(summary) = &contact.summary else { return String::new() };
    format!("{}, {}: {summary}", words::short_day(contact.date), contact.with.name)
}

pub(super) fn section(follow_ups: &[FollowUp], today: NaiveDate) -> Section {
    let mut section = Section::new("People to get back to");
    let overdue: Vec<&FollowUp> = follow_ups.iter().filter(|follow_up| follow_up.due < today).collect();
    section.list(shortened(&overdue, |follow_up| {
        let due = format!("{} ({})", words::near_day(follow_up.due, today), words::distance(follow_up.due, today));
        Item::new(format!("{} was to get back to {} by {due}", name(&follow_up.by), follow_up.with.name))
    }));
    section
}
