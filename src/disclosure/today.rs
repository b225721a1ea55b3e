//! An earlier ledger as others may read it today: what was public then but is private now stays private.

use crate::ledger::Ledger;
use crate::parse::alike::fold;
use crate::record::common::ContactDetail;
use crate::record::{AnyRecord, Body, Record};
use chrono::NaiveDate;

/// Makes private in an earlier ledger what the current one does not publish: contact details, minutes and `[extra]`. Details of a record
/// that no longer exists stay private too.
pub(crate) fn hold_to(ledger: &mut Ledger, now: &Ledger, today: NaiveDate) {
    for member in ledger.members.iter_mut() {
        close(now, today, member);
    }
    for person in ledger.advocates.iter_mut() {
        close(now, today, person);
    }
    for official in ledger.officials.iter_mut() {
        close(now, today, official);
    }
    for meeting in ledger.meetings.iter_mut() {
        let current = now.meetings.find(&meeting.key.id).filter(|meeting| !meeting.is_closed());
        let published = current.and_then(|meeting| meeting.minutes_published.as_ref());
        if published.is_none_or(|day| day.value > today) {
            meeting.body.minutes_published = None;
        }
    }
    if !now.root.publishes_extra()
        && let Some(render) = &mut ledger.root.coalition.render
    {
        render.value.extra = None;
    }
}

/// Marks contact details that the current record does not publish as private.
fn close<B: Body>(now: &Ledger, today: NaiveDate, record: &mut Record<B>) {
    let key = record.key.clone();
    let renamed = |other: &&dyn AnyRecord| other.common().other_ids.iter().any(|id| id.eq_ignore_ascii_case(&key.id));
    let current = now.find(key.kind, &key.id).or_else(|| now.records_of(key.kind).find(renamed));
    let office = key.kind == crate::kind::Kind::Official;
    let folded_value = |detail: &ContactDetail| detail.value.as_ref().map(|value| fold(&value.value));
    let open: Vec<_> = current
        .iter()
        .flat_map(|now| now.details())
        .filter(|detail| detail.leaves(office, today))
        .map(|one| folded_value(one))
        .collect();
    for detail in record.body.details_mut() {
        if !open.contains(&folded_value(detail)) {
            detail.value.flawed = true;
        }
    }
}
