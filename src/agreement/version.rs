//! The versions of an agreement over time, and whether it is in force.

use crate::ledger::Ledger;
use crate::record::agreement::Amendment;
use crate::record::value::{At, Digest};
use crate::record::{Agreement, Record};
use chrono::NaiveDate;

/// The version that is current on a day: the record's, or where its amendment is dated later the one before.
pub(crate) fn current_version(agreement: &Agreement, on: NaiveDate) -> u32 {
    let declared = agreement.version_number();
    let first_to_come = agreement
        .amendments
        .iter()
        .filter(|amendment| amendment.date.as_ref().is_some_and(|date| date.value > on))
        .filter_map(|amendment| amendment.version.as_ref().map(|version| version.value))
        .filter(|version| *version <= declared)
        .min();
    first_to_come.map_or(declared, |version| version.saturating_sub(1).max(1)).min(declared)
}

/// The first day of an agreement, where something dates it: the date of its first version, but no later than the day from
/// which it binds, its first signature and its first commit.
pub(crate) fn first_day(ledger: &Ledger, agreement: &Record<Agreement>) -> Option<NaiveDate> {
    let first = amendment_of(agreement, 1)?.date.as_ref()?.value;
    let binding = agreement.effective.as_ref().map(|effective| effective.value);
    let signed = first_signature(ledger, agreement);
    let committed = ledger.evidence.first.get(&*agreement.key.id).copied();
    [binding, signed, committed].into_iter().flatten().chain([first]).min()
}

/// The day of the first signature on an agreement.
pub(crate) fn first_signature(ledger: &Ledger, agreement: &Record<Agreement>) -> Option<NaiveDate> {
    ledger.signatures_of(agreement).filter_map(|entry| Some(entry.signature.date.as_ref()?.value)).min()
}

/// Whether an agreement had been written by a day. A date of its first version that is to come writes it out of no
/// one's duties.
pub(super) fn is_written(ledger: &Ledger, agreement: &Record<Agreement>, on: NaiveDate) -> bool {
    first_day(ledger, agreement).is_none_or(|first| first <= on)
}

/// The day on which a version was replaced: that of the next version that has a date.
pub(crate) fn replaced_on(agreement: &Agreement, version: u32) -> Option<NaiveDate> {
    let later = agreement.amendments.iter().filter_map(|amendment| {
        let number = amendment.version.as_ref()?.value;
        Some((number, amendment.date.as_ref()?.value)).filter(|(number, _)| *number > version)
    });
    later.min().map(|(_, date)| date)
}

/// The pin of a version: the digest that its amendment records.
pub(crate) fn pin_of(agreement: &Agreement, version: u32) -> Option<&At<Digest>> {
    amendment_of(agreement, version)?.terms.as_ref()
}

/// The amendment that made a version.
pub(crate) fn amendment_of(agreement: &Agreement, version: u32) -> Option<&Amendment> {
    Some(&agreement.amendments.get(amendment_at(agreement, version)?)?.value)
}

/// The place of the amendment that made a version in the list of them.
pub(crate) fn amendment_at(agreement: &Agreement, version: u32) -> Option<usize> {
    let is_of = |amendment: &At<Amendment>| amendment.version.as_ref().is_some_and(|at| at.value == version);
    agreement.amendments.iter().position(is_of)
}

/// Whether an agreement is in force or will be: it is written, has not ended and has not expired.
pub(crate) fn is_in_force(ledger: &Ledger, agreement: &Record<Agreement>, on: NaiveDate) -> bool {
    is_written(ledger, agreement, on) && !has_ended(agreement, on) && !has_expired(agreement, on)
}

/// Whether it has ended early.
pub(crate) fn has_ended(agreement: &Agreement, on: NaiveDate) -> bool {
    agreement.ended.as_ref().is_some_and(|ended| ended.value <= on)
}

/// Whether its last day in force has passed.
pub(crate) fn has_expired(agreement: &Agreement, on: NaiveDate) -> bool {
    agreement.expires.as_ref().is_some_and(|expires| expires.value < on)
}

/// The amendments after a version that ask for new signatures, up to the version that is current on a day, the earliest
/// first.
pub(crate) fn resigning(agreement: &Agreement, after: u32, on: NaiveDate) -> Vec<&Amendment> {
    let current = current_version(agreement, on);
    let mut amendments: Vec<&Amendment> = agreement
        .amendments
        .iter()
        .map(|amendment| &amendment.value)
        .filter(|amendment| amendment.resign.as_ref().is_some_and(|resign| resign.value))
        .filter(|amendment| {
            amendment.version.as_ref().is_some_and(|version| (after + 1..=current).contains(&version.value))
        })
        .filter(|amendment| amendment.date.as_ref().is_some_and(|date| date.value <= on))
        .collect();
    amendments.sort_by_key(|amendment| amendment.version.as_ref().map(|version| version.value));
    amendments
}

/// The last day on which signatures before an amendment count: its `sign_by`, otherwise its date.
pub(crate) fn lapse_day(amendment: &Amendment) -> Option<NaiveDate> {
    amendment.sign_by.as_ref().or(amendment.date.as_ref()).map(|date| date.value)
}
