//! People without a name for others: those who have not agreed to be listed, including individual members.

use crate::kind::{Kind, RecordKey};
use crate::ledger::Ledger;
use crate::record::advocate::Role;
use crate::record::member::{Classification, Stage};
use crate::record::value::RecordId;
use crate::record::{Advocate, AnyRecord, Member, Record};
use chrono::NaiveDate;
use sha2::{Digest as _, Sha256};
use std::collections::{BTreeMap, BTreeSet};

/// The prefix of ids that replace those of unlisted people. No id in a ledger has an underscore.
pub(crate) const UNLISTED: &str = "unlisted_";
/// The name of such a record in a table.
pub(crate) const NOT_LISTED: &str = "Not listed";

/// The records that say who has agreed to be listed: those of today, even if the rest is of an earlier day.
#[derive(Debug, Clone, Copy)]
pub struct Consents<'l> {
    ledger: &'l Ledger,
    /// Another ledger that must agree.
    other: Option<&'l Ledger>,
    today: NaiveDate,
}

impl<'l> Consents<'l> {
    /// The consents in a ledger, on the day of publication.
    pub fn of(ledger: &'l Ledger, today: NaiveDate) -> Consents<'l> {
        Consents { ledger, other: None, today }
    }

    /// Only the consents that another ledger has too, if it is unclear which one is newer.
    pub fn and(self, other: &'l Ledger) -> Consents<'l> {
        Consents { other: Some(other), ..self }
    }

    /// The day of publication.
    pub fn today(&self) -> NaiveDate {
        self.today
    }

    /// Whether the person with this id has agreed to be listed. A person without a record has not; a renamed one is found by the earlier
    /// id.
    pub fn is_listed(&self, id: &str) -> bool {
        self.all(id, |advocate| advocate.is_listed(self.today))
    }

    /// Whether the person with this id has agreed to be quoted.
    pub fn is_quoted(&self, id: &str) -> bool {
        self.all(id, |advocate| advocate.is_quoted(self.today))
    }

    /// Whether a person has agreed to something in each of the ledgers.
    fn all(&self, id: &str, agrees: impl Fn(&Advocate) -> bool) -> bool {
        let mut ledgers = std::iter::once(self.ledger).chain(self.other);
        ledgers.all(|ledger| person(ledger, id).is_some_and(|advocate| agrees(advocate)))
    }
}

/// The person who has this id or had it earlier.
fn person<'l>(ledger: &'l Ledger, id: &str) -> Option<&'l Record<Advocate>> {
    let renamed = |advocate: &&Record<Advocate>| advocate.common.other_ids.iter().any(|other| other.as_str() == id);
    ledger.advocates.find(id).or_else(|| ledger.advocates.iter().find(renamed))
}

/// The records of people without a name for others, each with the id that replaces its own.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Unlisted {
    ids: BTreeMap<RecordKey, String>,
    /// The individual members who have not agreed to be quoted.
    unquoted: BTreeSet<RecordKey>,
}

impl Unlisted {
    /// The same for a reader who is this member: if it is a single person, it may read its own name.
    pub fn read_by(mut self, member: &Record<Member>) -> Unlisted {
        // With a mistake in its file, no one can say that it is one.
        if !member.is_closed() && is_person(member) {
            self.ids.remove(&member.key);
            if let Some(person) = &member.representative {
                self.ids.remove(&RecordKey::new(Kind::Advocate, person.as_str()));
            }
        }
        self
    }

    /// The unlisted people of a ledger. Their numbers follow public facts and reveal nothing about names.
    pub fn of(ledger: &Ledger, consents: &Consents<'_>) -> Unlisted {
        let people = ledger.advocates.iter().filter(|advocate| !consents.is_listed(&advocate.key.id));
        let people = people.map(|advocate| (place_of_person(ledger, advocate), &advocate.key));
        let members =
            ledger.members.iter().filter(|member| is_person(member) && !is_listed_in_person(member, consents));
        let members = members.map(|member| (place_of_member(member), &member.key));
        let mut places: Vec<(UnlistedOrder, &RecordKey)> = people.chain(members).collect();
        places.sort();
        let mut counts = BTreeMap::<Kind, usize>::new();
        let mut numbered = |key: &RecordKey| {
            let count = counts.entry(key.kind).or_default();
            loop {
                *count += 1;
                let number = format!("{UNLISTED}{count}");
                if ledger.find(key.kind, &number).is_none() {
                    return number;
                }
            }
        };
        let agrees = |member: &Member| member.representative.as_ref().is_some_and(|id| consents.is_quoted(id.as_str()));
        let unquoted = ledger.members.iter().filter(|member| is_person(member) && !agrees(member));
        Unlisted {
            ids: places.into_iter().map(|(_, key)| (key.clone(), numbered(key))).collect(),
            unquoted: unquoted.map(|member| member.key.clone()).collect(),
        }
    }

    /// Whether others may read quotes of a member. An organization may always be quoted; an individual member only with consent.
    pub fn may_be_quoted(&self, member: &RecordKey) -> bool {
        !self.unquoted.contains(member)
    }

    /// Whether a record is of a person without a name.
    pub fn has(&self, key: &RecordKey) -> bool {
        self.ids.contains_key(key)
    }

    /// The id that replaces that of a record without a name.
    pub fn id_of(&self, key: &RecordKey) -> Option<&str> {
        self.ids.get(key).map(String::as_str)
    }

    /// The records, each with the id that replaces its own.
    pub fn iter(&self) -> impl Iterator<Item = (&RecordKey, &str)> {
        self.ids.iter().map(|(key, id)| (key, id.as_str()))
    }

    /// How many of them are people; individual members do not count.
    pub fn people(&self) -> usize {
        self.ids.keys().filter(|key| key.kind == Kind::Advocate).count()
    }

    /// What replaces the name of such a record: `a trustee from Friends of Millbrook`.
    pub fn words(&self, ledger: &Ledger, key: &RecordKey, today: NaiveDate) -> String {
        let Some(advocate) = ledger.advocates.find(&key.id).filter(|_| key.kind == Kind::Advocate) else {
            return IN_PERSON.to_owned();
        };
        let part = part_of(advocate);
        match advocate.member.as_ref().and_then(|id| ledger.members.get(id)) {
            Some(member) if !self.has(&member.key) && is_public(member, today) => {
                format!("{part} from {}", member.name())
            }
            _ => part.to_owned(),
        }
    }
}

/// What replaces the name of an individual member.
const IN_PERSON: &str = "an individual member";

/// Whether a member is public: prospects are not.
fn is_public(member: &Member, today: NaiveDate) -> bool {
    matches!(member.stage(today), Stage::Joined | Stage::Left)
}

/// The role of a person, to replace the name.
pub(crate) fn part_of(advocate: &Advocate) -> &'static str {
    match advocate.role.as_ref().map(|role| role.value) {
        Some(Role::Friend) => "a friend of the library",
        Some(Role::Staff) => "a member of staff",
        Some(Role::Trustee) => "a trustee",
        Some(Role::Volunteer) => "a volunteer",
        Some(Role::Partner) => "a partner",
        Some(Role::Student) => "a student",
        Some(Role::Notable) => "a local notable",
        Some(Role::Consultant) => "a consultant",
        Some(Role::Other) | None => "a person",
    }
}

/// Whether a member is an individual, or may be one because a mistake in its file hides its type.
fn is_person(member: &Record<Member>) -> bool {
    member.is_closed()
        || member
            .classification
            .as_ref()
            .is_some_and(|classification| classification.value == Classification::Individual)
}

/// Whether an individual member is listed: the consent of the representative decides.
fn is_listed_in_person(member: &Member, consents: &Consents<'_>) -> bool {
    member.representative.as_ref().is_some_and(|id| consents.is_listed(id.as_str()))
}

/// The sort key of a record without a name: public facts, then a digest of its id, which has no alphabetical order.
type UnlistedOrder = (String, String, Option<NaiveDate>, Vec<u8>);

fn place_of_person(ledger: &Ledger, advocate: &Record<Advocate>) -> UnlistedOrder {
    let member = advocate.member.as_ref().and_then(|id| ledger.members.get(id));
    // The id of an individual member would reveal a name.
    let member = member.filter(|member| !is_person(member)).map_or("", |member| &*member.key.id);
    (member.to_owned(), part_of(advocate).to_owned(), None, digest(&advocate.key))
}

fn place_of_member(member: &Record<Member>) -> UnlistedOrder {
    (String::new(), String::new(), member.joined.as_ref().map(|joined| joined.value), digest(&member.key))
}

fn digest(key: &RecordKey) -> Vec<u8> {
    Sha256::digest(key.to_string()).to_vec()
}
