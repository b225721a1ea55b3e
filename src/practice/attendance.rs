//! Who was at a meeting: those in the list of attendance, and whoever was in the chair. A chair with an entry that says
//! `regrets` was not there.

use crate::ledger::Ledger;
use crate::record::Meeting;
use crate::record::value::{AdvocateId, At, MemberId, RecordId};
use std::collections::BTreeSet;

/// The people who were at a meeting and have a record.
pub(crate) fn people_at(meeting: &Meeting) -> impl Iterator<Item = &AdvocateId> {
    let came = meeting.attendance.iter().filter(|entry| entry.was_there());
    came.filter_map(|entry| entry.advocate.as_ref()).chain(presiding(meeting)).map(|person| &person.value)
}

/// The members on whose behalf someone was at a meeting, each once; whoever was in the chair was there for
/// the own member too.
pub(crate) fn members_at<'l>(ledger: &'l Ledger, meeting: &'l Meeting) -> BTreeSet<&'l str> {
    let came = meeting.attendance.iter().filter(|entry| entry.was_there());
    let came = came.filter_map(|entry| ledger.on_behalf_of(&entry.member, &entry.advocate));
    let chair = presiding(meeting).and_then(|chair| ledger.advocates.get(&chair.value));
    let of_chair = chair.and_then(|chair| chair.member.as_ref()).map(|member| &member.value);
    came.chain(of_chair).map(MemberId::as_str).collect()
}

/// The members that sent regrets for a meeting.
pub(crate) fn members_with_regrets<'l>(ledger: &'l Ledger, meeting: &'l Meeting) -> BTreeSet<&'l str> {
    let regrets = meeting.attendance.iter().filter(|entry| !entry.was_there());
    regrets.filter_map(|entry| ledger.on_behalf_of(&entry.member, &entry.advocate)).map(MemberId::as_str).collect()
}

/// Who was in the chair, unless the list of attendance says that this person sent regrets.
fn presiding(meeting: &Meeting) -> Option<&At<AdvocateId>> {
    meeting.chair.as_ref().filter(|chair| {
        let of_chair = |person: &At<AdvocateId>| person.value == chair.value;
        !meeting.attendance.iter().any(|entry| entry.advocate.as_ref().is_some_and(of_chair) && !entry.was_there())
    })
}
