//! Who has no name for others: people who have not agreed to be listed, and those who are members in person.

use crate::kind::{Kind, RecordKey};
use crate::ledger::Ledger;
use crate::record::advocate::Role;
use crate::record::member::{Classification, Stage};
use crate::record::value::RecordId;
use crate::record::{Advocate, AnyRecord, Member, Record};
use chrono::NaiveDate;
use sha2::{Digest as _, Sha256};
use std::collections::{BTreeMap, BTreeSet};

/// How the id of a record begins that must not tell a name. No id of a ledger has an underscore.
pub const UNLISTED: &str = "unlisted_";
/// What such a record is called in a table.
pub const NOT_LISTED: &str = "Not listed";

/// The records by which people have agreed to be listed, or not: those of today, whatever day the rest is read as of.
#[derive(Debug, Clone, Copy)]
pub struct Consents<'l> {
    ledger: &'l Ledger,
    /// Another ledger that must say so too.
    other: Option<&'l Ledger>,
    today: NaiveDate,
}

impl<'l> Consents<'l> {
    /// Those of a ledger, on the day on which somebody reads what leaves.
    pub fn of(ledger: &'l Ledger, today: NaiveDate) -> Consents<'l> {
        Consents { ledger, other: None, today }
    }

    /// Those that another ledger has too: of two, nobody knows which holds what a person said last.
    pub fn and(self, other: &'l Ledger) -> Consents<'l> {
        Consents { other: Some(other), ..self }
    }

    /// The day on which somebody reads what leaves.
    pub fn today(&self) -> NaiveDate {
        self.today
    }

    /// Whether the person with this id has agreed to be listed. Who has no record any more cannot be asked, and has not; who was
    /// renamed since is found by the earlier id.
    pub fn is_listed(&self, id: &str) -> bool {
        self.all(id, |advocate| advocate.is_listed(self.today))
    }

    /// Whether the person with this id has agreed to be quoted, likewise.
    pub fn is_quoted(&self, id: &str) -> bool {
        self.all(id, |advocate| advocate.is_quoted(self.today))
    }

    /// Whether a person has agreed to something in each of the ledgers.
    fn all(&self, id: &str, agrees: impl Fn(&Advocate) -> bool) -> bool {
        let mut ledgers = std::iter::once(self.ledger).chain(self.other);
        ledgers.all(|ledger| person(ledger, id).is_some_and(|advocate| agrees(advocate)))
    }
}

/// The person with this id, or who had it before.
fn person<'l>(ledger: &'l Ledger, id: &str) -> Option<&'l Record<Advocate>> {
    let renamed = |advocate: &&Record<Advocate>| advocate.common.other_ids.iter().any(|other| other.as_str() == id);
    ledger.advocates.find(id).or_else(|| ledger.advocates.iter().find(renamed))
}

/// The records of people who have no name for others, each with the id that stands for its own.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Unlisted {
    ids: BTreeMap<RecordKey, String>,
    /// The members in person who have not agreed to be quoted.
    unquoted: BTreeSet<RecordKey>,
}

impl Unlisted {
    /// Those of a ledger. Their numbers follow what others may know of them, and tell nothing of their names.
    pub fn of(ledger: &Ledger, consents: &Consents<'_>) -> Unlisted {
        let people = ledger.advocates.iter().filter(|advocate| !consents.is_listed(&advocate.key.id));
        let people = people.map(|advocate| (place_of_person(ledger, advocate), &advocate.key));
        let members =
            ledger.members.iter().filter(|member| is_person(member) && !is_listed_in_person(member, consents));
        let members = members.map(|member| (place_of_member(member), &member.key));
        let mut places: Vec<(Place, &RecordKey)> = people.chain(members).collect();
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

    /// Whether others may read what a member said in its own words. An organization speaks to be heard; a member in person is quoted
    /// with consent.
    pub fn may_be_quoted(&self, member: &RecordKey) -> bool {
        !self.unquoted.contains(member)
    }

    /// Whether a record is of somebody without a name.
    pub fn has(&self, key: &RecordKey) -> bool {
        self.ids.contains_key(key)
    }

    /// The id that stands for the own one of a record without a name.
    pub fn id_of(&self, key: &RecordKey) -> Option<&str> {
        self.ids.get(key).map(String::as_str)
    }

    /// The records, each with the id that stands for its own.
    pub fn iter(&self) -> impl Iterator<Item = (&RecordKey, &str)> {
        self.ids.iter().map(|(key, id)| (key, id.as_str()))
    }

    /// How many people there are among them; members in person not counted.
    pub fn people(&self) -> usize {
        self.ids.keys().filter(|key| key.kind == Kind::Advocate).count()
    }

    /// What others hear in place of the name of a record without one: `a trustee from Friends of Millbrook`.
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

/// What a member in person is called who has no name.
const IN_PERSON: &str = "an individual member";

/// Whether others know of a member: prospects are nobody's business.
fn is_public(member: &Member, today: NaiveDate) -> bool {
    matches!(member.stage(today), Stage::Joined | Stage::Left)
}

/// The part that a person plays, in place of a name.
pub fn part_of(advocate: &Advocate) -> &'static str {
    match advocate.role.as_ref().map(|role| role.value) {
        Some(Role::Friend) => "a friend of the library",
        Some(Role::Staff) => "a member of staff",
        Some(Role::Trustee) => "a trustee",
        Some(Role::Volunteer) => "a volunteer",
        Some(Role::Partner) => "a partner",
        Some(Role::Student) => "a student",
        Some(Role::Notable) => "a local notable",
        Some(Role::Consultant) => "a consultant",
        Some(Role::Other) | None => "an advocate",
    }
}

/// Whether a member is a person, or may be one, as a mistake in its file hides what it is.
fn is_person(member: &Record<Member>) -> bool {
    member.is_closed() || member.classification.as_ref().is_some_and(|own| own.value == Classification::Individual)
}

/// Who is a member in person is a person: the consent of the representative decides.
fn is_listed_in_person(member: &Member, consents: &Consents<'_>) -> bool {
    member.representative.as_ref().is_some_and(|id| consents.is_listed(id.as_str()))
}

/// Where a record stands among those without names: by what others may know of it, and where that is the same by a digest of its
/// id, whose order is not that of the alphabet.
type Place = (String, String, Option<NaiveDate>, Vec<u8>);

fn place_of_person(ledger: &Ledger, advocate: &Record<Advocate>) -> Place {
    let member = advocate.member.as_ref().and_then(|id| ledger.members.get(id));
    // Of a member in person the id would tell a name.
    let member = member.filter(|member| !is_person(member)).map_or("", |member| &*member.key.id);
    (member.to_owned(), part_of(advocate).to_owned(), None, digest(&advocate.key))
}

fn place_of_member(member: &Record<Member>) -> Place {
    (String::new(), String::new(), member.joined.as_ref().map(|joined| joined.value), digest(&member.key))
}

fn digest(key: &RecordKey) -> Vec<u8> {
    Sha256::digest(key.to_string()).to_vec()
}
