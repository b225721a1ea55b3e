//! Versions of an agreement through time, and whether it binds.

use crate::record::Agreement;
use crate::record::agreement::Amendment;
use chrono::NaiveDate;

/// The version that is current on a day: the record's, or where its amendment is dated later the one before.
pub fn current_version(agreement: &Agreement, on: NaiveDate) -> u32 {
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

/// Whether an agreement had been written by a day: its first version, where an amendment dates that, is not later.
pub fn is_written(agreement: &Agreement, on: NaiveDate) -> bool {
    let first = amendment_of(agreement, 1).and_then(|first| first.date.as_ref());
    first.is_none_or(|first| first.value <= on)
}

/// The amendment that made a version.
pub fn amendment_of(agreement: &Agreement, version: u32) -> Option<&Amendment> {
    let amendments = agreement.amendments.iter().map(|amendment| &amendment.value);
    amendments.into_iter().find(|amendment| amendment.version.as_ref().is_some_and(|own| own.value == version))
}

/// Whether an agreement binds, or is about to: it is written, has not ended and not expired.
pub fn is_in_force(agreement: &Agreement, on: NaiveDate) -> bool {
    is_written(agreement, on) && !has_ended(agreement, on) && !has_expired(agreement, on)
}

/// Whether it was ended before its time.
pub fn has_ended(agreement: &Agreement, on: NaiveDate) -> bool {
    agreement.ended.as_ref().is_some_and(|ended| ended.value <= on)
}

/// Whether the last day on which it binds has passed.
pub fn has_expired(agreement: &Agreement, on: NaiveDate) -> bool {
    agreement.expires.as_ref().is_some_and(|expires| expires.value < on)
}

/// The amendments after a version that ask for new signatures, up to the version that is current on a day, the earliest
/// first.
pub fn resigning(agreement: &Agreement, after: u32, on: NaiveDate) -> Vec<&Amendment> {
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

/// The last day on which signatures before an amendment stand: its `sign_by`, else its date.
pub fn lapse_day(amendment: &Amendment) -> Option<NaiveDate> {
    amendment.sign_by.as_ref().or(amendment.date.as_ref()).map(|date| date.value)
}
