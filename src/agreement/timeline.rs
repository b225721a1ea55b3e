//! An agreement over time: which version is current on a day, whether it is in force, of whom it is required and by when.

use crate::ledger::Ledger;
use crate::record::agreement::{Amendment, Requirement};
use crate::record::value::{At, Digest, RecordId};
use crate::record::{Agreement, Member, Record};
use chrono::{Days, NaiveDate};
use std::collections::HashSet;

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

/// The current members who must sign an agreement on a day, in path order. No one must sign an agreement that has
/// ended or expired.
pub(crate) fn required_members<'l>(
    ledger: &'l Ledger,
    agreement: &Record<Agreement>,
    on: NaiveDate,
) -> Vec<&'l Record<Member>> {
    if !is_in_force(ledger, agreement, on) {
        return Vec::new();
    }
    chosen_members(ledger, agreement, on)
}

/// The current members that the agreement's `required_of` selects, whether the agreement is in force or not.
pub(super) fn chosen_members<'l>(ledger: &'l Ledger, agreement: &Agreement, on: NaiveDate) -> Vec<&'l Record<Member>> {
    let requirement = agreement.required_of.as_ref().map_or(&Requirement::Members, |at| &at.value);
    let listed: HashSet<&str> = match requirement {
        Requirement::Listed(ids) => ids.iter().map(|id| id.as_str()).collect(),
        _ => HashSet::new(),
    };
    ledger
        .current_members(on)
        .filter(|member| match requirement {
            Requirement::Members => true,
            Requirement::Nobody => false,
            Requirement::Listed(_) => listed.contains(&*member.key.id),
            Requirement::Selected { classification, sector } => {
                let fits_classification = classification.is_empty()
                    || member.classification.as_ref().is_some_and(|value| classification.contains(&value.value));
                let fits_sector =
                    sector.is_empty() || member.sector.as_ref().is_some_and(|value| sector.contains(&value.value));
                fits_classification && fits_sector
            }
        })
        .collect()
}

/// The times that an agreement or its amendments give for signing by a day, from the day of the words to `sign_by`.
/// Once an amendment asks for new signatures, those of the amendments alone count. Where only the day from which it
/// binds is known and that is not earlier, no one knows since when its words were there.
pub(crate) fn signing_periods(agreement: &Agreement, on: NaiveDate) -> Vec<(NaiveDate, At<NaiveDate>)> {
    let amendments = resigning(agreement, 1, on);
    if !amendments.is_empty() {
        let periods = amendments.into_iter();
        return periods.filter_map(|period| Some((period.date.as_ref()?.value, period.sign_by?))).collect();
    }
    let first = amendment_of(agreement, 1).and_then(|first| first.date.as_ref()).map(|date| date.value);
    let binding = agreement.effective.as_ref().map(|effective| effective.value);
    let from = |to: NaiveDate| first.or_else(|| binding.filter(|binding| *binding < to));
    agreement.sign_by.iter().filter_map(|to| Some((from(to.value)?, *to))).collect()
}

/// The last day on which a member may sign: the agreement's `sign_by` (otherwise `effective`), or that of the last
/// amendment that asks for new signatures, or `sign_days` after it joined, whichever is later. `None` if nothing sets a
/// day.
pub(crate) fn deadline(ledger: &Ledger, agreement: &Agreement, member: &Member, on: NaiveDate) -> Option<NaiveDate> {
    deadline_within(ledger.policy().sign_days(), agreement, member, on)
}

/// The last day on which a member may sign, if new members have this many days.
pub(super) fn deadline_within(
    sign_days: i64,
    agreement: &Agreement,
    member: &Member,
    on: NaiveDate,
) -> Option<NaiveDate> {
    let deadline = common_deadline(agreement, on);
    let days = u64::try_from(sign_days).unwrap_or_default();
    let after_joining = member.joined.as_ref().and_then(|joined| joined.value.checked_add_days(Days::new(days)));
    deadline.max(after_joining)
}

/// The last day to sign for all who have been members since before: the agreement's own.
pub(crate) fn common_deadline(agreement: &Agreement, on: NaiveDate) -> Option<NaiveDate> {
    let current = current_version(agreement, on);
    let of_agreement = || agreement.sign_by.as_ref().or(agreement.effective.as_ref()).map(|date| date.value);
    match resigning(agreement, 1, on).last() {
        Some(amendment) => lapse_day(amendment),
        None if current < agreement.version_number() => {
            let of_version = amendment_of(agreement, current).and_then(|of_agreement| of_agreement.sign_by.as_ref());
            of_version.map(|date| date.value).or_else(of_agreement)
        }
        None => of_agreement(),
    }
}
