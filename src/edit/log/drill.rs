//! Logs an emergency drill of a committee.

use super::LogEntry;
use crate::document::words::format_date;
use crate::edit::{Edit, Literal};
use crate::record::{AnyRecord, Committee, Record};
use chrono::NaiveDate;

/// The day of the last drill; an earlier day than the one that is there changes nothing.
pub(crate) fn drill(committee: &Record<Committee>, date: NaiveDate) -> LogEntry {
    let name = committee.name();
    if let Some(last) = committee.last_drill.as_ref().filter(|last| last.value > date) {
        return LogEntry::nothing(format!("{name} already had a later drill, on {}", format_date(last.value)));
    }
    let mut message = format!("{name} had a drill on {}.", format_date(date));
    if !committee.emergency.as_ref().is_some_and(|emergency| emergency.value) {
        message += " It is not an emergency committee: its record does not say `emergency = true`.";
    }
    LogEntry::of(&committee.key, vec![Edit::set("last_drill", Literal::Date(date))], message)
}
