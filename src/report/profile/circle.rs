//! Whom a page is about: a member with its people, or one person.

use crate::ledger::{AsOf, Ledger};
use crate::practice::attendance;
use crate::record::value::{AdvocateId, MemberId, Opt, RecordId};
use crate::record::{Advocate, Meeting, Member, Record};
use std::collections::BTreeSet;

/// Whom a page is about. What is said of either is found in the same records.
pub(super) struct ProfileSubject<'l> {
    pub as_of: AsOf<'l>,
    pub ledger: &'l Ledger,
    member: Option<&'l Record<Member>>,
    people: BTreeSet<&'l str>,
}

impl<'l> ProfileSubject<'l> {
    /// A member with the people who belong to it.
    pub(super) fn of_member(as_of: AsOf<'l>, member: &'l Record<Member>) -> ProfileSubject<'l> {
        let belongs = |advocate: &&Record<Advocate>| {
            advocate.member.as_ref().is_some_and(|home| home.value.as_str() == &*member.key.id)
        };
        let people = as_of.ledger.advocates.iter().filter(belongs).map(|advocate| &*advocate.key.id).collect();
        ProfileSubject { as_of, ledger: as_of.ledger, member: Some(member), people }
    }

    /// One person alone.
    pub(super) fn of_advocate(as_of: AsOf<'l>, advocate: &'l Record<Advocate>) -> ProfileSubject<'l> {
        ProfileSubject { as_of, ledger: as_of.ledger, member: None, people: BTreeSet::from([&*advocate.key.id]) }
    }

    /// Whether a field names someone whom the page is about.
    pub(super) fn has_person(&self, person: &Opt<AdvocateId>) -> bool {
        person.as_ref().is_some_and(|person| self.people.contains(person.value.as_str()))
    }

    /// Whether a field names the member that the page is about.
    pub(super) fn has_member(&self, member: &Opt<MemberId>) -> bool {
        member.as_ref().is_some_and(|member| self.is_member(&member.value))
    }

    /// Whether this is the member that the page is about.
    pub(super) fn is_member(&self, member: &MemberId) -> bool {
        self.member.is_some_and(|subject| &*subject.key.id == member.as_str())
    }

    /// Whether someone was at a meeting for the member, or the person was.
    pub(super) fn was_at(&self, meeting: &Meeting) -> bool {
        match self.member {
            Some(member) => attendance::members_at(self.ledger, meeting).contains(&*member.key.id),
            None => attendance::people_at(meeting).any(|person| self.people.contains(person.as_str())),
        }
    }

    /// Whether a signature was given for the member, or by the person, that the page is about.
    pub(super) fn includes_signature(&self, member: &Opt<MemberId>, by: &Opt<AdvocateId>) -> bool {
        if self.member.is_some() { self.has_member(member) } else { self.has_person(by) }
    }

    /// Whether something was done for the member, or by the person, that the page is about.
    pub(super) fn acts(&self, member: &Opt<MemberId>, person: &Opt<AdvocateId>) -> bool {
        match self.member {
            Some(_) => self.ledger.on_behalf_of(member, person).is_some_and(|member| self.is_member(member)),
            None => self.has_person(person),
        }
    }
}
