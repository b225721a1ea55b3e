//! Of whom an agreement is required, and by when.

use super::version::{amendment_of, current_version, is_in_force, lapse_day, resigning};
use crate::ledger::Ledger;
use crate::record::agreement::Requirement;
use crate::record::value::{At, RecordId};
use crate::record::{Agreement, Member, Record};
use chrono::{Days, NaiveDate};
use std::collections::HashSet;

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
