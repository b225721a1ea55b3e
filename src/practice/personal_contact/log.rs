//! The contacts that were made: with whom, by whom, and which was the last.

use crate::kind::{Kind, RecordKey};
use crate::ledger::{AsOf, Ledger};
use crate::record::common::Contact;
use crate::record::value::{At, RecordId};
use crate::record::{Advocate, AnyRecord, Record};
use chrono::NaiveDate;
use std::collections::HashMap;

/// A contact that was made.
#[derive(Clone, Copy)]
pub(crate) struct Made<'l> {
    /// The day.
    pub date: &'l At<NaiveDate>,
    /// With whom: a member, an advocate, an official.
    pub with: &'l dyn AnyRecord,
    /// What was written down of it.
    pub contact: &'l Contact,
}

/// Everyone with whom contacts are made, and the contacts.
pub(crate) fn logs(ledger: &Ledger) -> impl Iterator<Item = (&dyn AnyRecord, &[At<Contact>])> {
    let members = ledger.members.iter().map(|record| (record as &dyn AnyRecord, record.contacts.as_slice()));
    let advocates = ledger.advocates.iter().map(|record| (record as &dyn AnyRecord, record.contacts.as_slice()));
    let officials = ledger.officials.iter().map(|record| (record as &dyn AnyRecord, record.contacts.as_slice()));
    members.chain(advocates).chain(officials)
}

/// The contacts of a record that were made by today, in the order of the file.
pub(crate) fn contacts_made<'l>(
    as_of: AsOf<'l>,
    with: &'l dyn AnyRecord,
    contacts: &'l [At<Contact>],
) -> impl Iterator<Item = Made<'l>> {
    contacts.iter().filter_map(move |contact| {
        let date = contact.date.as_ref().filter(|date| date.value <= as_of.today)?;
        Some(Made { date, with, contact })
    })
}

/// All contacts that were made by today.
pub(crate) fn all_made(as_of: AsOf<'_>) -> impl Iterator<Item = Made<'_>> {
    logs(as_of.ledger).flat_map(move |(with, contacts)| contacts_made(as_of, with, contacts))
}

/// The days of the contacts among us, by the id of everyone who took part: with whom it was, and who made it.
pub(crate) fn days_of_people(as_of: AsOf<'_>) -> HashMap<&str, Vec<NaiveDate>> {
    let mut days: HashMap<&str, Vec<NaiveDate>> = HashMap::new();
    for made in all_made(as_of).filter(|made| made.with.key().kind != Kind::Official) {
        let with = Some(made.with.key()).filter(|key| key.kind == Kind::Advocate).map(|key| &*key.id);
        let by = made.contact.by.as_ref().map(|by| by.value.as_str()).filter(|by| Some(*by) != with);
        for person in with.into_iter().chain(by) {
            days.entry(person).or_default().push(made.date.value);
        }
    }
    days
}

/// The last contact of a log; of several on one day the one that is written last.
pub(crate) fn last<'l>(as_of: AsOf<'l>, with: &'l dyn AnyRecord, contacts: &'l [At<Contact>]) -> Option<Made<'l>> {
    contacts_made(as_of, with, contacts).max_by_key(|made| made.date.value)
}

/// The last contacts that people made with members and with one another. A contact is mutual: whoever made it was in
/// touch too.
#[derive(Default)]
pub(crate) struct LastMade<'l>(HashMap<&'l str, Made<'l>>);

impl<'l> LastMade<'l> {
    /// Goes through all contacts once.
    pub(crate) fn of(as_of: AsOf<'l>) -> LastMade<'l> {
        let mut by: HashMap<&'l str, Made<'l>> = HashMap::new();
        let among_us = |made: &Made<'_>| made.with.key().kind != Kind::Official;
        for made in all_made(as_of).filter(among_us) {
            let Some(maker) = &made.contact.by else { continue };
            let last = by.entry(maker.value.as_str()).or_insert(made);
            if last.date.value < made.date.value {
                *last = made;
            }
        }
        LastMade(by)
    }

    /// The last contact that this person made.
    pub(crate) fn by(&self, advocate: &RecordKey) -> Option<Made<'l>> {
        self.0.get(&*advocate.id).copied()
    }

    /// The last contact with or by a person; of several on one day the one with them.
    pub(crate) fn with_or_by(&self, as_of: AsOf<'l>, advocate: &'l Record<Advocate>) -> Option<Made<'l>> {
        let with = last(as_of, advocate, &advocate.contacts);
        let by = self.by(&advocate.key);
        match (with, by) {
            (Some(with), Some(by)) if by.date.value > with.date.value => Some(by),
            (None, by) => by,
            (with, _) => with,
        }
    }
}
