//! A record as reports name it: for programs by kind and id, for people by name.

use crate::kind::{Kind, RecordKey};
use crate::ledger::{AsOf, Ledger};
use crate::parse::collation::by_place;
use crate::practice::charge;
use crate::practice::diversity::DissentPosition;
use crate::record::value::{AdvocateId, At, MemberId, RecordId};
use crate::record::{AnyRecord, Body, Record};
use serde::Serialize;
use std::cmp::Ordering;

/// A record with its name; where the record is unknown, its id stands for the name. Its order is the one in which people look
/// for names, so that no list that a reader sees is in the order of ids.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Named {
    /// Its kind, in the singular.
    pub kind: &'static str,
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
}

/// How many of a group are named; in a coalition of thousands, a list of everyone for every goal serves no one.
const NAMES: usize = 100;

/// A group of records: how many they are, and who.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub(crate) struct NamedGroup {
    /// How many they are.
    pub count: usize,
    /// They, by name; of more than a hundred the first hundred.
    pub members: Vec<Named>,
}

impl NamedGroup {
    /// A group of records that are in the order of their names already.
    pub(crate) fn of_sorted<B: Body>(records: &[&Record<B>]) -> NamedGroup {
        NamedGroup {
            count: records.len(),
            members: records.iter().take(NAMES).map(|record| Named::record(record)).collect(),
        }
    }
}

impl Named {
    /// The record with this id.
    pub(crate) fn of<I: RecordId>(ledger: &Ledger, id: &I) -> Named {
        Named { kind: I::KIND.singular(), id: id.as_str().to_owned(), name: ledger.name_of(id).to_owned() }
    }

    /// This record.
    pub(crate) fn record<B: Body>(record: &Record<B>) -> Named {
        Named { kind: B::KIND.singular(), id: record.key.id.to_string(), name: record.name().to_owned() }
    }

    /// This record, whatever its kind.
    pub(crate) fn any(record: &dyn AnyRecord) -> Named {
        let key = record.key();
        Named { kind: key.kind.singular(), id: key.id.to_string(), name: record.name().to_owned() }
    }

    /// What a position is about: a decision or a goal.
    pub(crate) fn subject(position: &DissentPosition<'_>) -> Named {
        let key = position.key;
        Named { kind: key.kind.singular(), id: key.id.to_string(), name: position.about.to_owned() }
    }

    /// The record that a field names, if it names one.
    pub(crate) fn at<I: RecordId>(ledger: &Ledger, field: &Option<At<I>>) -> Option<Named> {
        field.as_ref().map(|id| Named::of(ledger, &id.value))
    }

    /// The person that a field names, unless that person no longer serves.
    pub(crate) fn serving(as_of: AsOf<'_>, field: &Option<At<AdvocateId>>) -> Option<Named> {
        charge::person(as_of, field).map(|id| Named::of(as_of.ledger, &id.value))
    }

    /// The member that a field names, unless it has left or declined.
    pub(crate) fn staying(as_of: AsOf<'_>, field: &Option<At<MemberId>>) -> Option<Named> {
        charge::member(as_of, field).map(|id| Named::of(as_of.ledger, &id.value))
    }

    /// The key of the record.
    pub(crate) fn key(&self) -> RecordKey {
        let kind = Kind::ALL.into_iter().find(|kind| kind.singular() == self.kind);
        RecordKey::new(kind.unwrap_or(Kind::Member), &self.id)
    }

    /// These in the order of their names.
    pub(crate) fn sort_names(several: impl IntoIterator<Item = Named>) -> Vec<Named> {
        let mut several: Vec<Named> = several.into_iter().collect();
        several.sort();
        several
    }

    /// The names of several.
    pub(crate) fn names(several: &[Named]) -> Vec<&str> {
        several.iter().map(|named| named.name.as_str()).collect()
    }
}

impl Ord for Named {
    /// Without regard to capitals and accents, with numbers by their size; records of one name by kind and id.
    fn cmp(&self, other: &Named) -> Ordering {
        by_place(&self.name, &other.name).then_with(|| (self.kind, &self.id).cmp(&(other.kind, &other.id)))
    }
}

impl PartialOrd for Named {
    fn partial_cmp(&self, other: &Named) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
