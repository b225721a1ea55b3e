//! Promises to get back to someone who are still open.

use super::log::{last, logs};
use crate::kind::Kind;
use crate::ledger::AsOf;
use crate::practice::year_round;
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
}

impl FollowUp<'_> {
    /// Whether the day has passed.
    pub(crate) fn is_overdue(&self, today: NaiveDate) -> bool {
        self.due.value < today
    }
}

/// The promises that are open, the first due first: what the last contact asks for next. Any later contact with the same
/// one keeps the promise. No one has to get back to people who no longer serve, members who left and officials out of
/// office.
pub(crate) fn follow_ups(as_of: AsOf<'_>) -> Vec<FollowUp<'_>> {
    let mut open: Vec<FollowUp<'_>> = logs(as_of.ledger)
        .filter(|(with, _)| is_party(as_of, *with))
        .filter_map(|(with, contacts)| {
            let last = last(as_of, with, contacts)?;
            Some(FollowUp { with, due: last.contact.follow_up.as_ref()?, by: last.contact.by.as_ref() })
        })
        .collect();
    open.sort_by(|a, b| a.due.value.cmp(&b.due.value).then_with(|| by_name(a.with, b.with)));
    open
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
