//! What concerns one member: itself, its people, and the records that name any of them.

use super::{Named, ReportRequest};
use crate::kind::{Kind, RecordKey};
use crate::ledger::AsOf;
use crate::record::field::Leaf;
use crate::record::{AnyRecord, Member, Record};
use std::collections::HashSet;

/// What a report is limited to: what concerns one member, or nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Concern(Option<Circle>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct Circle {
    /// The member and its people.
    belonging: HashSet<RecordKey>,
    /// The records that name any of them.
    touched: HashSet<RecordKey>,
}

impl Concern {
    /// What a request is limited to.
    pub(crate) fn of(request: &ReportRequest<'_>) -> Concern {
        Concern(request.member.map(|member| Circle::of(request.as_of(), member)))
    }

    /// Whether nothing is left out.
    pub(crate) fn is_everything(&self) -> bool {
        self.0.is_none()
    }

    /// Whether a record is the member's or one of its people, or nothing is left out.
    pub(crate) fn is_own(&self, named: &Named) -> bool {
        self.0.as_ref().is_none_or(|circle| has(&circle.belonging, named))
    }

    /// The same of a record by its key.
    pub(crate) fn is_own_key(&self, key: &RecordKey) -> bool {
        self.0.as_ref().is_none_or(|circle| circle.belonging.contains(key))
    }

    /// Whether a record concerns the member: its own, its people's, or one that names any of them.
    pub(crate) fn touches(&self, named: &Named) -> bool {
        self.0.as_ref().is_none_or(|circle| has(&circle.belonging, named) || has(&circle.touched, named))
    }

    /// The same of a record by its key.
    pub(crate) fn touches_key(&self, key: &RecordKey) -> bool {
        self.0.as_ref().is_none_or(|circle| circle.belonging.contains(key) || circle.touched.contains(key))
    }

    /// Whether a record is the member's or one of its people's, or something that any of them gave, asked for or works on. An
    /// agreement or a meeting that names it is not.
    pub(crate) fn works_on(&self, key: &RecordKey) -> bool {
        let is_work = matches!(key.kind, Kind::Goal | Kind::Campaign | Kind::Contribution | Kind::Request);
        self.is_own_key(key) || (is_work && self.touches_key(key))
    }
}

fn has(keys: &HashSet<RecordKey>, named: &Named) -> bool {
    keys.contains(&named.key())
}

impl Circle {
    fn of(as_of: AsOf<'_>, member: &Record<Member>) -> Circle {
        let belongs = |id: &str| id.eq_ignore_ascii_case(&member.key.id);
        let people = as_of.ledger.advocates.iter().filter(|advocate| {
            advocate
                .member
                .as_ref()
                .is_some_and(|belonging| belongs(crate::record::value::RecordId::as_str(&belonging.value)))
        });
        let mut belonging: HashSet<RecordKey> = people.map(|advocate| advocate.key.clone()).collect();
        belonging.insert(member.key.clone());
        let mut touched = HashSet::new();
        as_of.ledger.each_leaf(|record: &dyn AnyRecord, _, _, leaf| {
            if let Leaf::Reference(kind @ (Kind::Member | Kind::Advocate), id) = leaf
                && belonging.contains(&RecordKey::new(kind, id))
            {
                touched.insert(record.key().clone());
            }
        });
        Circle { belonging, touched }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::load;

    #[test]
    fn a_member_is_concerned_by_its_people_and_by_what_names_them() {
        let mut source = crate::check::base_ledger();
        source.put("goals/doors.toml", b"name = \"Doors\"\nowner = \"ana-lopez\"\n");
        source.put("goals/roofs.toml", b"name = \"Roofs\"\nlead = \"birch-library\"\n");
        let ledger = load(&source).unwrap();
        let whole = ReportRequest::new(&ledger, "2026-06-15".parse().unwrap());
        let request = ReportRequest { member: ledger.members.find("alder-friends"), ..whole };
        let (concern, everything) = (Concern::of(&request), Concern::of(&whole));
        let goal = |id| Named::record(ledger.goals.find(id).unwrap());
        let person = |id| Named::record(ledger.advocates.find(id).unwrap());
        assert!(concern.touches(&goal("doors")) && !concern.touches(&goal("roofs")));
        assert!(concern.is_own(&person("ana-lopez")) && !concern.is_own(&person("ben-okoro")));
        assert!(concern.touches(&person("ben-okoro")), "Ana keeps in touch with him");
        assert!(everything.is_everything() && everything.touches(&goal("roofs")));
    }
}
