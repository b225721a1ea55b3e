//! The last contacts.

use super::{Waiting, day};
use crate::document::{Item, Section, words};
use crate::practice::personal_contact::{Made, follow_ups};
use crate::practice::signs::ContactSign;
use crate::record::AnyRecord;
use crate::report::{LastContact, Named, ReportRequest};
use chrono::NaiveDate;
use serde::Serialize;

/// The contacts that are shown.
const CONTACTS: usize = 5;

/// The last contacts with someone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct ContactLog {
    /// How many contacts there were in all.
    pub count: usize,
    /// The last ones, the newest first.
    pub latest: Vec<LastContact>,
    /// The last time that they were heard of, in whatever way.
    pub last_heard: Option<LastContact>,
    /// How long ago that was.
    pub waiting: Option<Waiting>,
    /// What was promised and is open.
    pub promise: Option<Promise>,
    /// With whom: of a member, others are its people.
    #[serde(skip)]
    pub with: Named,
}

/// A promise to get back to them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Promise {
    /// By which day.
    pub due: NaiveDate,
    /// Who promised.
    pub by: Option<Named>,
}

impl ContactLog {
    pub(super) fn of(
        request: &ReportRequest<'_>,
        with: &dyn AnyRecord,
        mut log: Vec<Made<'_>>,
        heard: Option<ContactSign<'_>>,
        waiting: Option<Waiting>,
    ) -> ContactLog {
        let as_of = request.as_of();
        log.sort_by_key(|made| std::cmp::Reverse(made.date.value));
        let promise = follow_ups(as_of).into_iter().find(|promise| promise.with.key() == with.key());
        ContactLog {
            count: log.len(),
            latest: log
                .iter()
                .take(CONTACTS)
                .map(|made| LastContact::of(request, ContactSign::of_contact(*made)))
                .collect(),
            last_heard: heard.map(|sign| LastContact::of(request, sign)),
            waiting,
            with: Named::any(with),
            promise: promise.map(|promise| Promise {
                due: promise.due.value,
                by: promise.by.map(|by| Named::of(request.ledger, &by.value)),
            }),
        }
    }

    /// Says the last contacts.
    pub(super) fn section(&self, today: NaiveDate) -> Section {
        let mut section = Section::new("Last contacts");
        section.list(self.latest.iter().map(|contact| {
            let is_with_them = contact.told_by == self.with;
            let words = if is_with_them { contact.words(today) } else { contact.words_with(today) };
            Item::new(words).with(contact.summary_line())
        }));
        if let Some(waiting) = self.waiting.filter(|waiting| waiting.overdue) {
            let (days, limit) = (words::days(waiting.days), waiting.limit);
            section.paragraph(format!("No contact in {days} (limit {limit})."));
        } else if let Some(heard) = self.last_heard.as_ref().filter(|heard| !self.latest.contains(heard)) {
            section.paragraph(format!("Last heard from: {}.", heard.words_with(today)));
        }
        if self.count > self.latest.len() {
            section
                .paragraph(format!("{} in all.", words::capitalize(&words::count(self.count, "contact", "contacts"))));
        }
        if let Some(promise) = &self.promise {
            let by = promise.by.as_ref().map_or("Someone", |by| by.name.as_str());
            section.paragraph(format!("{by} promised to get back to them by {}.", day(promise.due, today)));
        }
        section
    }
}
