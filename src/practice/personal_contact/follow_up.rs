//! Promises to get back to someone who are still open.

use super::log::{contacts_made, logs};
use crate::kind::Kind;
use crate::ledger::AsOf;
use crate::practice::year_round;
use crate::record::common::Contact;
use crate::record::member::Stage;
use crate::record::value::{AdvocateId, At};
use crate::record::{AnyRecord, by_name};
use chrono::NaiveDate;

/// A promise to get back to someone.
#[derive(Clone, Copy)]
pub(crate) struct FollowUp<'l> {
    /// To whom: a member, an advocate, an official.
    pub with: &'l dyn AnyRecord,
    /// By which day.
    pub due: &'l At<NaiveDate>,
    /// Who made the contact at which it was promised.
    pub by: Option<&'l At<AdvocateId>>,
    /// The place of that contact in the record's list.
    pub at: usize,
}

impl FollowUp<'_> {
    /// Whether the day has passed.
    pub(crate) fn is_overdue(&self, today: NaiveDate) -> bool {
        self.due.value < today
    }
}

/// The promises that are open, the first due first. A contact on the promised day or later keeps a promise; an earlier one may be
/// about something else, so that someone must say that it did. No one has to get back to people who no longer serve, members who
/// left and officials out of office.
pub(crate) fn follow_ups(as_of: AsOf<'_>) -> Vec<FollowUp<'_>> {
    let parties = logs(as_of.ledger).filter(|(with, _)| is_party(as_of, *with));
    let mut open: Vec<FollowUp<'_>> = parties.flat_map(|(with, contacts)| open_with(as_of, with, contacts)).collect();
    open.sort_by(|a, b| a.due.value.cmp(&b.due.value).then_with(|| by_name(a.with, b.with)));
    open
}

/// The promises to one party that are open, in the order of its contacts.
fn open_with<'l>(as_of: AsOf<'l>, with: &'l dyn AnyRecord, contacts: &'l [At<Contact>]) -> Vec<FollowUp<'l>> {
    let last = contacts_made(as_of, with, contacts).map(|made| made.date.value).max();
    let open = contacts.iter().enumerate().filter_map(|(at, contact)| {
        let (made, due) = (as_of.past(&contact.date)?, contact.follow_up.as_ref()?);
        let is_kept = as_of.has_come(&contact.followed_up) || last.is_some_and(|last| last > made && last >= due.value);
        (!is_kept).then_some(FollowUp { with, due, by: contact.by.as_ref(), at })
    });
    open.collect()
}

/// Whether it is still someone to keep in touch with.
fn is_party(as_of: AsOf<'_>, with: &dyn AnyRecord) -> bool {
    let id = &*with.key().id;
    match with.key().kind {
        Kind::Advocate => as_of.ledger.advocates.find(id).is_some_and(|advocate| as_of.serves(advocate)),
        Kind::Member => as_of.ledger.members.find(id).is_some_and(|member| member.stage(as_of.today) != Stage::Left),
        Kind::Official => {
            as_of.ledger.officials.find(id).is_some_and(|official| year_round::in_office(as_of, official))
        }
        _ => false,
    }
}
