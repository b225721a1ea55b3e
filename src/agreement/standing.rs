//! Which signatures count: each one judged, on its own and against what came after it.

use super::proof::{Disproof, prove};
use super::statement::Statement;
use super::terms::{digest, terms};
use super::version::{amendment_of, has_ended, is_written, lapse_day, resigning};
use crate::ledger::Ledger;
use crate::record::agreement::Signature;
use crate::record::member::Stage;
use crate::record::policy::SshSignatures;
use crate::record::value::{AdvocateId, At, Digest, MemberId, Prose, RecordId};
use crate::record::{Advocate, Agreement, Member, Record};
use chrono::NaiveDate;
use rayon::prelude::*;
use std::collections::HashMap;

/// Why a signature does not count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Flaw {
    /// It was taken back.
    Withdrawn,
    /// Its date is still to come.
    NotYet,
    /// The terms at its version are no longer what was signed, or nothing proves that they are.
    Stale {
        /// Whether the terms of its version are unknown, because the version is past and its digest was not recorded.
        unproven: bool,
    },
    /// Its digest belongs to another agreement or version.
    Foreign {
        /// To which.
        belongs_to: String,
    },
    /// Its version is one that the agreement has not reached.
    NoSuchVersion,
    /// Whoever signed was not among the member's signatories on that day.
    Unauthorised,
    /// A later amendment asked for a new signature, and the time for that has passed.
    Lapsed {
        /// The version that asks for it.
        version: u32,
        /// The last day on which the old signature stood.
        on: NaiveDate,
    },
    /// Its SSH signature does not prove it.
    Disproved(Disproof),
    /// It has no SSH signature, and the coalition asks for one.
    Unproven,
    /// A field is missing that it cannot do without.
    Incomplete,
}

/// A signature with the judgement on it.
#[derive(Debug, Clone)]
pub struct Judged<'l> {
    /// The signature.
    pub signature: &'l At<Signature>,
    /// Why it does not count; `None` where it does.
    pub flaw: Option<Flaw>,
}

impl Judged<'_> {
    /// Whether it counts.
    pub fn counts(&self) -> bool {
        self.flaw.is_none()
    }

    /// How much it says beside others of the same member, for comparisons: one that counts most, then the highest version,
    /// then one with a proof, so that no later entry hides it, then the last day.
    pub fn weight(&self) -> impl Ord + use<> {
        let date = self.signature.date.as_ref().map(|date| date.value);
        let is_proven = self.counts() && self.signature.signature.is_some();
        (self.counts(), self.signature.version_number(), is_proven, date)
    }
}

/// All agreements of a ledger with their digests, to judge signatures by.
#[derive(Debug)]
pub struct Registry<'l> {
    pub(super) ledger: &'l Ledger,
    pub(super) today: NaiveDate,
    own: HashMap<&'l str, Digest>,
    known: HashMap<Digest, String>,
    /// The SSH signatures that prove nothing, by agreement and place.
    disproved: HashMap<(&'l str, usize), Disproof>,
    /// The last day on which a member took back its signature on a version of an agreement.
    withdrawals: HashMap<(&'l str, &'l MemberId, u32), NaiveDate>,
}

impl<'l> Registry<'l> {
    /// Computes the digests of all agreements, to judge by as of a day.
    pub fn new(ledger: &'l Ledger, today: NaiveDate) -> Registry<'l> {
        let mut own = HashMap::new();
        let mut known = HashMap::new();
        for agreement in &ledger.agreements {
            let of_words = digest(&terms(ledger, agreement));
            let label = |version: u32| format!("version {version} of {}", agreement.path);
            for amendment in &agreement.amendments {
                if let (Some(version), Some(recorded)) = (&amendment.version, &amendment.terms) {
                    known.entry(recorded.value.clone()).or_insert_with(|| label(version.value));
                }
            }
            if ledger.words_of(agreement).is_some() {
                known.insert(of_words.clone(), label(agreement.version_number()));
                own.insert(&*agreement.key.id, of_words);
            }
        }
        let (disproved, withdrawals) = (disproved(ledger), withdrawals(ledger, today));
        Registry { ledger, today, own, known, disproved, withdrawals }
    }

    /// The digest that a signature on this version must carry, if it is known: computed from the words for the record's
    /// own version, if they can be read; recorded with its amendment for an earlier one.
    pub fn digest_of(&self, agreement: &Record<Agreement>, version: u32) -> Option<Digest> {
        if version == agreement.version_number() {
            return self.own.get(&*agreement.key.id).cloned();
        }
        let recorded = amendment_of(agreement, version)?.terms.as_ref()?;
        Some(recorded.value.clone())
    }

    /// Judges one signature on an agreement.
    pub fn judge(&self, agreement: &'l Record<Agreement>, signature: &'l At<Signature>) -> Judged<'l> {
        Judged { signature, flaw: self.flaw(agreement, signature) }
    }

    fn flaw(&self, agreement: &Record<Agreement>, signature: &Signature) -> Option<Flaw> {
        let (Some(member), Some(by), Some(date)) = (&signature.member, &signature.by, &signature.date) else {
            return Some(Flaw::Incomplete);
        };
        if date.value > self.today {
            return Some(Flaw::NotYet);
        }
        if signature.is_withdrawn(self.today) || self.is_taken_back(agreement, member, signature, date.value) {
            return Some(Flaw::Withdrawn);
        }
        if let Some(flaw) = self.flaw_of_digest(agreement, signature) {
            return Some(flaw);
        }
        let lapsed = resigning(agreement, signature.version_number(), self.today).into_iter().find_map(|amendment| {
            let on = lapse_day(amendment).filter(|day| *day < self.today)?;
            Some(Flaw::Lapsed { version: amendment.version.as_ref()?.value, on })
        });
        let may_sign = self.ledger.members.get(member).is_some_and(|m| authorised(self.ledger, m, by, date.value));
        if may_sign { lapsed.or_else(|| self.flaw_of_proof(agreement, signature)) } else { Some(Flaw::Unauthorised) }
    }

    /// What is wrong with the proof of a signature, whoever gave it and whatever words it is on.
    pub fn flaw_of_proof(&self, agreement: &Record<Agreement>, signature: &Signature) -> Option<Flaw> {
        let Some(armor) = &signature.signature else {
            let required = self.ledger.policy().ssh_signatures() == SshSignatures::Required;
            return required.then_some(Flaw::Unproven);
        };
        let disproof = self.disproved.get(&(&*agreement.key.id, armor.span.range().start))?;
        Some(Flaw::Disproved(disproof.clone()))
    }

    /// Whether the member took back its signature on this version on this day or later.
    fn is_taken_back(
        &self,
        agreement: &Record<Agreement>,
        member: &MemberId,
        signature: &Signature,
        date: NaiveDate,
    ) -> bool {
        let withdrawn = self.withdrawals.get(&(&*agreement.key.id, member, signature.version_number()));
        withdrawn.is_some_and(|withdrawn| *withdrawn >= date)
    }

    /// What is wrong with the digest of a signature, whoever gave it.
    pub fn flaw_of_digest(&self, agreement: &Record<Agreement>, signature: &Signature) -> Option<Flaw> {
        let Some(signed) = &signature.terms else { return Some(Flaw::Incomplete) };
        let version = signature.version_number();
        if version == 0 || version > agreement.version_number() {
            return Some(match self.known.get(&signed.value) {
                Some(belongs_to) => Flaw::Foreign { belongs_to: belongs_to.clone() },
                None => Flaw::NoSuchVersion,
            });
        }
        let expected = self.digest_of(agreement, version);
        if expected.as_ref() == Some(&signed.value) {
            return None;
        }
        match self.known.get(&signed.value) {
            Some(belongs_to) => Some(Flaw::Foreign { belongs_to: belongs_to.clone() }),
            None => Some(Flaw::Stale { unproven: expected.is_none() }),
        }
    }

    /// The signatures that somebody relies on: on agreements that have not ended, not taken back, not of the future, of
    /// members that have not left, and not replaced by another of the same member that counts.
    pub fn standing_signatures(&self) -> impl Iterator<Item = (&'l Record<Agreement>, &'l At<Signature>)> {
        self.agreements().flat_map(move |agreement| {
            let counting = self.counting_versions(agreement);
            agreement
                .signatures
                .iter()
                .filter(move |signature| self.is_relied_on(agreement, signature, &counting))
                .map(move |signature| (agreement, signature))
        })
    }

    /// The highest version that each member has signed in a way that counts.
    fn counting_versions(&self, agreement: &'l Record<Agreement>) -> HashMap<&'l MemberId, u32> {
        let mut versions = HashMap::new();
        for signature in agreement.signatures.iter().filter(|signature| self.flaw(agreement, signature).is_none()) {
            if let Some(member) = &signature.member {
                let highest = versions.entry(&member.value).or_insert(0);
                *highest = signature.version_number().max(*highest);
            }
        }
        versions
    }

    fn is_relied_on(
        &self,
        agreement: &Record<Agreement>,
        signature: &Signature,
        counting: &HashMap<&MemberId, u32>,
    ) -> bool {
        let has_happened = signature.date.as_ref().is_none_or(|date| date.value <= self.today);
        if !has_happened || signature.is_withdrawn(self.today) {
            return false;
        }
        let Some(id) = &signature.member else { return true };
        let version = signature.version_number();
        let replaced = counting.get(&id.value).is_some_and(|counting| {
            *counting > version || (*counting == version && self.flaw(agreement, signature).is_some())
        });
        let has_left = self.ledger.members.get(id).is_some_and(|member| member.stage(self.today) == Stage::Left);
        !has_left && !replaced
    }

    /// The agreements that are written and have not ended, be they in force or expired.
    pub fn agreements(&self) -> impl Iterator<Item = &'l Record<Agreement>> {
        let today = self.today;
        self.ledger
            .agreements
            .iter()
            .filter(move |agreement| is_written(agreement, today) && !has_ended(agreement, today))
    }
}

/// The SSH signatures of a ledger that prove nothing, on all cores: each takes as long as reading many records.
fn disproved(ledger: &Ledger) -> HashMap<(&str, usize), Disproof> {
    let signatures: Vec<(&Record<Agreement>, &Signature, &At<Prose>)> = ledger
        .agreements
        .iter()
        .flat_map(|agreement| agreement.signatures.iter().map(move |signature| (agreement, &signature.value)))
        .filter_map(|(agreement, signature)| Some((agreement, signature, signature.signature.as_ref()?)))
        .collect();
    let judged = signatures.into_par_iter().filter_map(|(agreement, signature, armor)| {
        let by = ledger.advocates.get(&signature.by.as_ref()?.value)?;
        let statement = Statement::of(agreement, signature)?;
        let disproof = prove(ledger, by, &statement, armor).err()?;
        Some(((&*agreement.key.id, armor.span.range().start), disproof))
    });
    judged.collect()
}

/// The last day on which each member took back its signature on each version, up to a day.
fn withdrawals(ledger: &Ledger, today: NaiveDate) -> HashMap<(&str, &MemberId, u32), NaiveDate> {
    let mut withdrawals: HashMap<_, NaiveDate> = HashMap::new();
    for agreement in &ledger.agreements {
        for signature in agreement.signatures.iter().filter(|signature| signature.is_withdrawn(today)) {
            if let (Some(member), Some(withdrawn)) = (&signature.member, &signature.withdrawn) {
                let key = (&*agreement.key.id, &member.value, signature.version_number());
                let last = withdrawals.entry(key).or_insert(withdrawn.value);
                *last = withdrawn.value.max(*last);
            }
        }
    }
    withdrawals
}

/// Whether nobody knows who may sign for a member: it names no one, or someone who does not exist.
pub fn has_unclear_signatories(ledger: &Ledger, member: &Member) -> bool {
    let named = member.signatory_ids();
    named.is_empty() || named.into_iter().any(|id| ledger.advocates.get(id).is_none())
}

/// Whether an advocate may sign for a member on a day: among its signatories, or its representative where it names
/// none, and in service on that day.
pub fn authorised(ledger: &Ledger, member: &Member, by: &AdvocateId, on: NaiveDate) -> bool {
    let named = member.signatory_ids().contains(&by);
    named && ledger.advocates.get(by).is_some_and(|advocate: &Record<Advocate>| advocate.serves(on))
}

/// The signature of a member that says most today.
pub fn latest_signature<'l>(
    ledger: &'l Ledger,
    today: NaiveDate,
    agreement: &'l Record<Agreement>,
    member: &Record<Member>,
) -> Option<&'l At<Signature>> {
    let registry = Registry::new(ledger, today);
    let own = agreement
        .signatures
        .iter()
        .filter(|own| own.member.as_ref().is_some_and(|own| own.as_str() == &*member.key.id));
    own.max_by_key(|own| registry.judge(agreement, own).weight())
}
