//! What sets records of one name apart, so that the gift of April is never taken for that of March.

use super::said::holds;
use crate::kind::Kind;
use crate::ledger::Ledger;
use crate::record::fields_of;
use serde_json::{Map, Value};
use std::collections::HashMap;

/// The fields by which records of one name are told apart, the day first: a gift of every month has one name and many dates, and so
/// have the meetings of a committee.
fn distinguishing(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Contribution => &["date", "member", "advocate"],
        Kind::Meeting => &["date", "committee"],
        Kind::Request => &["date", "member"],
        Kind::Decision => &["decided"],
        Kind::Campaign => &["opens"],
        _ => &[],
    }
}

/// Whether a row is about another record of the same name for certain: both say when or who, and not the same.
pub fn is_apart(ledger: &Ledger, kind: Kind, has: &Map<String, Value>, said: &Map<String, Value>) -> bool {
    distinguishing(kind).iter().any(|name| {
        let (Some(has), Some(said)) = (has.get(*name), said.get(*name)) else { return false };
        let shape = fields_of(kind).find(|field| field.name == *name).map(|field| (field.shape)());
        !holds(ledger, shape.as_ref(), has, said)
    })
}

/// The day of a record, where its kind is told apart by one.
pub fn day(kind: Kind, json: &Map<String, Value>) -> Option<&str> {
    json.get(*distinguishing(kind).first()?)?.as_str()
}

/// Records of one name by their days, so that years of a weekly gift are not compared with each other.
pub struct ByDay<T> {
    all: Vec<T>,
    of_day: HashMap<String, Vec<T>>,
}

/// Where records without a day stand among the others.
const NO_DAY: &str = "";

impl<T: Copy> ByDay<T> {
    /// The records, each with its day.
    pub fn new<'d>(records: impl Iterator<Item = (Option<&'d str>, T)>) -> ByDay<T> {
        let mut by_day = ByDay { all: Vec::new(), of_day: HashMap::new() };
        for (day, record) in records {
            by_day.all.push(record);
            by_day.of_day.entry(day.unwrap_or(NO_DAY).to_owned()).or_default().push(record);
        }
        by_day
    }

    /// Those that may be of this day: of the day, and without one. Without a day, all of them.
    pub fn near(&self, day: Option<&str>) -> impl Iterator<Item = T> + '_ {
        let of = |day: &str| self.of_day.get(day).map_or(&[][..], Vec::as_slice);
        let (dated, others) = match day {
            Some(day) => (of(day), of(NO_DAY)),
            None => (self.all.as_slice(), &[][..]),
        };
        dated.iter().chain(others).copied()
    }
}
