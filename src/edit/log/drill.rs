//! Logs an emergency drill of a committee.

use super::Entry;
use crate::document::words::day;
use crate::edit::{Edit, Literal};
use crate::record::{AnyRecord, Committee, Record};
use chrono::NaiveDate;

/// The day of the last drill; an earlier day than the one that is there changes nothing.
pub fn drill(committee: &Record<Committee>, date: NaiveDate) -> Entry {
    let name = committee.name();
    if let Some(last) = committee.last_drill.as_ref().filter(|last| last.value > date) {
        return Entry::nothing(format!("{name} has had a later drill, on {}", day(last.value)));
    }
    let mut told = format!("{name} had a drill on {}.", day(date));
    if !committee.emergency.as_ref().is_some_and(|emergency| emergency.value) {
        told += " It is not an emergency committee: its record does not say `emergency = true`.";
    }
    Entry::of(&committee.key, vec![Edit::set("last_drill", Literal::Date(date))], told)
}
