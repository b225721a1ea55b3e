//! All records of a coalition at one time: loaded from a source, found by id, with what refers to what. A ledger loads
//! whatever state its files are in; what is wrong with them are findings.

mod as_of;
mod certainty;
mod collection;
mod evidence;
mod file_name;
mod gaps;
mod holding;
mod load;
mod mention;
mod private_keys;
pub(crate) mod query;
mod renamed;
mod signatures;
mod unread;

pub(crate) use as_of::{AsOf, YEAR};
pub(crate) use certainty::Certainty;
pub use collection::Collection;
pub(crate) use evidence::{
    DayEvidence, InForce, Leaving, NamedTime, PastWithdrawal, SignatureId, Withdrawer, WordsSince,
};
pub(crate) use file_name::is_reserved;
pub use load::load;
pub(crate) use mention::Mention;
pub(crate) use renamed::FormerReference;
pub(crate) use signatures::{MemberSignatures, SignatureEntry, SignatureFiles};
pub(crate) use unread::{Misplaced, meant_folder};

use crate::finding::Finding;
use crate::kind::{Kind, RecordKey, each_kind};
use crate::parse::Repeat;
use crate::record::coalition::Root;
use crate::record::field::{Field, Leaf, Visitor};
use crate::record::value::{AdvocateId, MemberId, Opt, RecordId};
use crate::record::{
    Advocate, Agreement, AnyRecord, Body, Campaign, Committee, Contribution, Decision, Goal, Meeting, Member, Official,
    Policy, Readers, Record, Request,
};
use crate::source::{LedgerPath, Span};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// A coalition's records.
#[derive(Debug, Default)]
pub struct Ledger {
    /// Where it was read from, for people.
    pub label: String,
    /// Whether an id stands for no one's name: that of a person whose record is not there may tell it.
    pub is_nameless: bool,
    /// What `coalition.toml` says.
    pub root: Root,
    /// Member organizations, and those that may become one.
    pub members: Collection<Member>,
    /// People.
    pub advocates: Collection<Advocate>,
    /// Goals.
    pub goals: Collection<Goal>,
    /// Agreements.
    pub agreements: Collection<Agreement>,
    /// Signatures that are in files of their own.
    pub signature_files: SignatureFiles,
    /// Meetings.
    pub meetings: Collection<Meeting>,
    /// Decisions.
    pub decisions: Collection<Decision>,
    /// Contributions.
    pub contributions: Collection<Contribution>,
    /// Committees.
    pub committees: Collection<Committee>,
    /// Officials.
    pub officials: Collection<Official>,
    /// Campaigns.
    pub campaigns: Collection<Campaign>,
    /// Requests for help.
    pub requests: Collection<Request>,
    /// What the commits say of its signatures, where they were asked.
    pub evidence: DayEvidence,
    /// What was found while reading, in path order.
    pub findings: Vec<Finding>,
    /// How much of the files was read.
    pub certainty: Certainty,
    /// Entries that are in a list twice, letter for letter, in path order.
    pub repeats: Vec<Repeat>,
    /// Places in signatures that name a member or a person by an id that it had.
    pub former_references: Vec<FormerReference>,
    /// Folders at the root that hold TOML files which no one reads.
    pub strays: Vec<LedgerPath>,
    /// Records in files that are not read, or that are read as another kind.
    pub(crate) misplaced: Vec<Misplaced>,
    /// Records whose file is there but could not be read.
    pub unread: BTreeSet<RecordKey>,
    /// Files that records name and that are stored with the other form of accents, by the path that the record writes.
    pub other_forms: BTreeMap<LedgerPath, LedgerPath>,
    /// The text of every file that was read, the attached ones too.
    pub texts: BTreeMap<LedgerPath, String>,
    /// How many record files there are, readable or not, with the root file.
    pub file_count: usize,
}

/// Finds the collection of a type of record in a ledger.
pub(crate) trait Stored: Body {
    /// The collection.
    fn collection(ledger: &Ledger) -> &Collection<Self>;
    /// The collection, to add to.
    fn collection_mut(ledger: &mut Ledger) -> &mut Collection<Self>;
}

macro_rules! stored {
    ($($body:ident($id:ident): $field:ident, $singular:literal, $with_article:literal $(, reached by $details:ident)?;)*) => {
        $(
            impl Stored for $body {
                fn collection(ledger: &Ledger) -> &Collection<Self> {
                    &ledger.$field
                }

                fn collection_mut(ledger: &mut Ledger) -> &mut Collection<Self> {
                    &mut ledger.$field
                }
            }
        )*

        impl Ledger {
            /// All records of a kind, in path order.
            pub fn records_of(&self, kind: Kind) -> Box<dyn Iterator<Item = &dyn AnyRecord> + '_> {
                match kind {
                    $(Kind::$body => Box::new(self.$field.iter().map(|record| record as &dyn AnyRecord)),)*
                }
            }

            /// The record of a kind with this id, in any case.
            pub fn find(&self, kind: Kind, id: &str) -> Option<&dyn AnyRecord> {
                match kind {
                    $(Kind::$body => self.$field.find(id).map(|record| record as &dyn AnyRecord),)*
                }
            }
        }
    };
}

each_kind!(stored);

impl Ledger {
    /// All records, by kind and then by path.
    pub fn records(&self) -> impl Iterator<Item = &dyn AnyRecord> {
        Kind::ALL.into_iter().flat_map(|kind| self.records_of(kind))
    }

    /// All records with their parts in files of their own, which have the keys of their records.
    pub fn parts(&self) -> impl Iterator<Item = &dyn AnyRecord> {
        self.records().chain(self.signature_files.iter().map(|file| file as &dyn AnyRecord))
    }

    /// Shows every value of every record, wherever it is.
    pub fn each_leaf(&self, mut see: impl FnMut(&dyn AnyRecord, &'static Field, Span, Leaf<'_>)) {
        for record in self.parts() {
            record.visit(&mut Leaves(|field, span, leaf| see(record, field, span, leaf)));
        }
    }

    /// The path under which a file is stored that a record names.
    pub fn stored_path(&self, place: LedgerPath) -> LedgerPath {
        self.other_forms.get(&place).cloned().unwrap_or(place)
    }

    /// How many records there are.
    pub fn record_count(&self) -> usize {
        Kind::ALL.into_iter().map(|kind| self.records_of(kind).count()).sum()
    }

    /// The name of a record, or its id where it is unknown or has no name.
    pub fn name_of<'a, I: RecordId>(&'a self, id: &'a I) -> &'a str {
        self.find(I::KIND, id.as_str()).map_or(self.lost_name(I::KIND, id.as_str()), AnyRecord::name)
    }

    /// The name of the record with this key, likewise.
    pub fn name_of_key<'a>(&'a self, key: &'a RecordKey) -> &'a str {
        self.find(key.kind, &key.id).map_or(self.lost_name(key.kind, &key.id), AnyRecord::name)
    }

    /// What to call a record that is not there.
    fn lost_name<'a>(&self, kind: Kind, id: &'a str) -> &'a str {
        match kind {
            Kind::Advocate if self.is_nameless => "a person",
            Kind::Member if self.is_nameless => "a member",
            _ => id,
        }
    }

    /// Where a member or a goal stands on a day, in one word; other kinds have no stages.
    pub fn stage_of(&self, key: &RecordKey, on: NaiveDate) -> Option<&'static str> {
        match key.kind {
            Kind::Member => self.members.find(&key.id).map(|member| member.stage(on).word()),
            Kind::Goal => self.goals.find(&key.id).map(|goal| goal.stage(on).word()),
            _ => None,
        }
    }

    /// Who reads what is shown or leaves on a day.
    pub fn audience(&self, today: NaiveDate, private: bool) -> Readers {
        Readers { private, extra: self.root.publishes_extra(), today }
    }

    /// The thresholds in force.
    pub fn policy(&self) -> &Policy {
        static DEFAULT: LazyLock<Policy> = LazyLock::new(Policy::default);
        self.root.policy.as_ref().map_or(&DEFAULT, |policy| &policy.value)
    }

    /// The members who have joined and not left by a day, in path order.
    pub fn current_members(&self, on: NaiveDate) -> impl Iterator<Item = &Record<Member>> {
        self.members.iter().filter(move |member| member.is_current(on))
    }

    /// The member on whose behalf someone came, gave or sits: the one that is named, otherwise the person's own.
    pub fn on_behalf_of<'a>(
        &'a self,
        member: &'a Opt<MemberId>,
        advocate: &'a Opt<AdvocateId>,
    ) -> Option<&'a MemberId> {
        let of_person = || self.advocates.get(&advocate.as_ref()?.value)?.member.as_ref();
        member.as_ref().or_else(of_person).map(|member| &member.value)
    }

    /// Whether some line of a file begins with this key, be its value readable or not.
    pub fn has_line(&self, path: &LedgerPath, key: &str) -> bool {
        let text = self.texts.get(path).map_or("", String::as_str);
        text.lines().any(|line| line.trim_start().starts_with(key))
    }

    /// The text of an agreement, from its record or from the file it names; `None` if there is none.
    pub fn words_of<'a>(&'a self, agreement: &'a Record<Agreement>) -> Option<&'a str> {
        match (&agreement.text, &agreement.text_file) {
            (Some(text), _) => Some(text.as_str()),
            (None, Some(file)) => self.texts.get(&agreement.path.beside(file)?).map(String::as_str),
            (None, None) => None,
        }
    }

    /// The minutes of a meeting, from its record or from the file it names; `None` if there are none.
    pub(crate) fn minutes_of<'a>(&'a self, meeting: &'a Record<Meeting>) -> Option<&'a str> {
        match (&meeting.minutes, &meeting.minutes_file) {
            (Some(minutes), _) => Some(minutes.as_str()),
            (None, Some(file)) => self.texts.get(&meeting.path.beside(file)?).map(String::as_str),
            (None, None) => None,
        }
    }
}

/// A visitor that sees values alone, wherever they are.
struct Leaves<F>(F);

impl<'a, F: FnMut(&'static Field, Span, Leaf<'a>)> Visitor<'a> for Leaves<F> {
    fn leaf(&mut self, field: &'static Field, span: Span, leaf: Leaf<'a>) {
        (self.0)(field, span, leaf);
    }
}
