//! A ledger as it was, as others may read it today: what was public then and is not any more stays.

use crate::ledger::Ledger;
use crate::parse::alike::folded;
use crate::record::common::ContactDetail;
use crate::record::{AnyRecord, Body, Record};
use chrono::NaiveDate;

/// Takes from a ledger of before what others may not have by the ledger of now: contact details, minutes and what stands under
/// `[extra]`. Where a record is not there any more, nobody can say, and it stays.
pub fn hold_to(ledger: &mut Ledger, now: &Ledger, today: NaiveDate) {
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
        let of_now = now.meetings.find(&meeting.key.id).filter(|meeting| !meeting.is_closed());
        let published = of_now.and_then(|meeting| meeting.minutes_published.as_ref());
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

/// Marks the contact details that the record of now does not open as ones that stay.
fn close<B: Body>(now: &Ledger, today: NaiveDate, record: &mut Record<B>) {
    let key = record.key.clone();
    let renamed = |other: &&dyn AnyRecord| other.common().other_ids.iter().any(|id| id.eq_ignore_ascii_case(&key.id));
    let of_now = now.find(key.kind, &key.id).or_else(|| now.records_of(key.kind).find(renamed));
    let office = key.kind == crate::kind::Kind::Official;
    let said = |detail: &ContactDetail| detail.value.as_ref().map(|value| folded(&value.value));
    let open: Vec<_> = of_now
        .iter()
        .flat_map(|now| now.details())
        .filter(|detail| detail.leaves(office, today))
        .map(|one| said(one))
        .collect();
    for detail in record.body.details_mut() {
        if !open.contains(&said(detail)) {
            detail.value.flawed = true;
        }
    }
}
