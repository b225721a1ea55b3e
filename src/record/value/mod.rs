//! The types of fields: how each is read from TOML, what is reported if it is wrong, and how schemas and documentation
//! describe it.

mod choice;
mod free;
mod number;
mod reference;
mod text;

pub(crate) use choice::choices;
pub(crate) use choice::{Choices, read as read_choice};
pub(crate) use free::{EXACT, Free, escape_key, escape_keys, unescape_key};
#[cfg(feature = "cli")]
pub(crate) use free::{escape_pointer, exact, json, moment};
pub(crate) use number::{Amount, CountOrShare, Month, Number, Share};
pub use reference::{AdvocateId, MemberId};
pub(crate) use reference::{
    AgreementId, CampaignId, CommitteeId, ContributionId, DecisionId, GoalId, MeetingId, OfficialId, RecordId,
    RequestId,
};
pub use text::Digest;
pub(crate) use text::{Currency, FilePath, Prose, Slug, TimeZone, Url};
pub(crate) use text::{is_host, is_url};

use super::field::{Field, Leaf, Shape, Visitor};
use crate::parse::{Reader, TomlItem, span_of};
use crate::source::Span;
use chrono::{NaiveDate, NaiveTime};
use serde::{Serialize, Serializer};
use std::collections::HashSet;
use std::hash::Hash;
use std::ops::Deref;
use toml::de::DeValue;

/// A value with the place it was read from. It has no equality of its own: compare values, not places.
#[derive(Debug, Clone, Copy, Default)]
pub struct At<T> {
    /// The value.
    pub value: T,
    /// Its bytes in the record's file; of a table, its heading.
    pub span: Span,
}

impl<T> Deref for At<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T: Serialize> Serialize for At<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.value.serialize(serializer)
    }
}

/// A field with at most one value.
pub(crate) type Opt<T> = Option<At<T>>;

/// A field with a list of values.
pub(crate) type List<T> = Vec<At<T>>;

/// The entries of a list, each once: of equal ones the first.
pub(crate) fn distinct<T: Eq + Hash>(list: &[At<T>]) -> impl Iterator<Item = &At<T>> {
    let mut seen = HashSet::new();
    list.iter().filter(move |entry| seen.insert(&entry.value))
}

/// A type that a field's value can have.
pub trait Value: Sized + Serialize {
    /// What schema and docs say of it.
    fn shape() -> Shape;

    /// Reads it; `None` if a finding was made instead.
    fn read(item: TomlItem<'_>, reader: &mut Reader<'_>) -> Option<Self>;

    /// Shows it to a visitor.
    fn visit<'a>(&'a self, field: &'static Field, span: Span, visitor: &mut dyn Visitor<'a>) {
        visitor.leaf(field, span, Leaf::Written);
    }
}

impl Value for NaiveDate {
    fn shape() -> Shape {
        Shape::Date
    }

    fn read(item: TomlItem<'_>, reader: &mut Reader<'_>) -> Option<NaiveDate> {
        if let DeValue::Datetime(datetime) = item.get_ref()
            && let (Some(date), None) = (datetime.date, datetime.time)
        {
            let day = NaiveDate::from_ymd_opt(date.year.into(), date.month.into(), date.day.into());
            return existing(day, item, reader, "date", "write year, month and day like 2025-03-01");
        }
        reader.wrong_type(item, "a date");
        None
    }

    fn visit<'a>(&'a self, field: &'static Field, span: Span, visitor: &mut dyn Visitor<'a>) {
        visitor.leaf(field, span, Leaf::Date(*self));
    }
}

/// A date or a time that TOML lets pass, if the calendar and the clock have it too; the rest, like a leap second, is reported.
fn existing<T>(found: Option<T>, item: TomlItem<'_>, reader: &mut Reader<'_>, kind: &str, help: &str) -> Option<T> {
    if found.is_none() {
        let span = span_of(item);
        let message = format!("`{}` is not a {kind} that exists", reader.source(span));
        reader.invalid(span, message, help);
    }
    found
}

impl Value for NaiveTime {
    fn shape() -> Shape {
        Shape::Time
    }

    fn read(item: TomlItem<'_>, reader: &mut Reader<'_>) -> Option<NaiveTime> {
        if let DeValue::Datetime(datetime) = item.get_ref()
            && let (None, Some(time)) = (datetime.date, datetime.time)
        {
            let second = time.second.unwrap_or(0);
            let time = NaiveTime::from_hms_opt(time.hour.into(), time.minute.into(), second.into());
            return existing(time, item, reader, "time", "write a time from 00:00:00 to 23:59:59");
        }
        reader.wrong_type(item, "a time of day");
        None
    }
}

impl Value for bool {
    fn shape() -> Shape {
        Shape::Boolean
    }

    fn read(item: TomlItem<'_>, reader: &mut Reader<'_>) -> Option<bool> {
        let value = item.get_ref().as_bool();
        if value.is_none() {
            reader.wrong_type(item, "true or false");
        }
        value
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::with_document;
    use crate::source::LedgerPath;

    /// What a value is read as, and what is said of it.
    fn read<T: Value>(value: &str) -> (Option<T>, Vec<String>) {
        let (text, path) = (format!("x = {value}\n"), LedgerPath::new("x.toml"));
        let mut findings = Vec::new();
        let (read, found) = with_document(&text, &path, &|_, _| None, &mut findings, |document| {
            let mut reader = Reader::new(&path, &text, document, None);
            (T::read(&document.table["x"], &mut reader), reader.findings)
        });
        let said = |finding: crate::finding::Finding| format!("{}: {}", finding.check, finding.message);
        (read, findings.into_iter().chain(found).map(said).collect())
    }

    #[test]
    fn a_time_that_the_clock_lacks_is_told() {
        let found = vec!["invalid-value: `18:30:60` is not a time that exists".to_owned()];
        assert_eq!(read::<NaiveTime>("18:30:60"), (None, found));
        assert_eq!(read::<NaiveTime>("18:30"), (NaiveTime::from_hms_opt(18, 30, 0), Vec::new()));
        assert_eq!(read::<NaiveDate>("0000-01-01"), (NaiveDate::from_ymd_opt(0, 1, 1), Vec::new()));
    }
}
