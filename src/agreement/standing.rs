//! Which signatures count: each one judged, on its own and against what came after it.

use super::former_ids::former_ids;
use super::proof::Disproof;
use super::signatory::was_authorized;
use super::signed_text::{digest, terms};
use super::timeline::{has_ended, is_written, lapse_day, pin_of, replaced_on, resigning};
use super::withdrawal::{Withdrawal, WithdrawalFlaw};
use crate::ledger::{Leaving, Ledger, SignatureEntry};
use crate::record::agreement::Signature;
use crate::record::member::Stage;
use crate::record::value::{At, Digest, MemberId, RecordId};
use crate::record::{Agreement, Member, Record};
use crate::source::LedgerPath;
use chrono::{Days, NaiveDate};
use std::collections::HashMap;

/// Why a signature does not count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Flaw {
    /// It was withdrawn.
    Withdrawn {
        /// The date of the withdrawal.
        on: NaiveDate,
        /// The commit that held the withdrawal, where no entry holds it anymore.
        gone_since: Option<String>,
    },
    /// It is dated later than tomorrow.
    NotYet,
    /// The terms at its version are no longer what was signed, or nothing proves that they are.
    Stale {
        /// Whether the terms of its version are unknown, because the version is past and its digest was not recorded.
        unproven: bool,
    },
    /// Its digest belongs to another agreement or version.
    Foreign {
        /// The agreement and version it belongs to.
        belongs_to: String,
    },
    /// It is on a version that the agreement does not have yet.
    NoSuchVersion,
    /// The person who signed was not one of the member's signatories on that day.
    Unauthorized,
    /// The member left after signing, and has joined again since.
    EarlierMembership {
        /// The day on which it left.
        left: NaiveDate,
    },
    /// Its version had already been replaced on the day of the signature.
    Replaced {
        /// The day it was replaced.
        on: NaiveDate,
    },
    /// Its date is before the words stood anywhere, and what it rests on had ended when they did.
    Backdated {
        /// The day since when the text has existed.
        words: NaiveDate,
        /// When the key or the office ended.
        ended: NaiveDate,
    },
    /// A later amendment requires a new signature, and the last day to sign again has passed.
    Lapsed {
        /// The version that requires it.
        version: u32,
        /// The last day on which the old signature counted.
        on: NaiveDate,
    },
    /// Its SSH signature does not prove it.
    Disproved(Disproof),
    /// It has no SSH signature, but needs one.
    Unproven {
        /// Whether it is because whoever signed had a key on that day, and not because of the policy.
        has_key: bool,
    },
    /// A required field is missing.
    Incomplete,
}

/// A signature, judged.
#[derive(Debug, Clone)]
pub struct JudgedSignature<'l> {
    /// Where it stands.
    pub entry: SignatureEntry<'l>,
    /// The signature.
    pub signature: &'l At<Signature>,
    /// The version that was signed.
    pub version: u32,
    /// Why it does not count; `None` if it does.
    pub flaw: Option<Flaw>,
}

impl JudgedSignature<'_> {
    /// Whether it counts.
    pub fn counts(&self) -> bool {
        self.flaw.is_none()
    }

    /// How much it says beside others of the same member, for comparisons: one that counts most, then the highest version,
    /// then one with a proof, so that no later entry hides it, then the last day.
    pub fn rank(&self) -> impl Ord + use<> {
        let date = self.signature.date.as_ref().map(|date| date.value);
        let is_proven = self.counts() && self.signature.signature.is_some();
        (self.counts(), self.version, is_proven, date)
    }
}

/// How many days after its day of leaving a member may be said not to have left after all.
const SLIP_DAYS: i64 = 30;

/// Where a signature stands: the file and the first byte of its entry.
pub(super) type SignaturePlace<'l> = (&'l LedgerPath, usize);

/// All agreements of a ledger with their digests, to judge signatures by.
#[derive(Debug)]
pub struct SignatureJudge<'l> {
    pub(super) ledger: &'l Ledger,
    pub(super) today: NaiveDate,
    digests: HashMap<&'l str, Digest>,
    known: HashMap<Digest, String>,
    /// The SSH signatures that prove nothing.
    pub(super) disproved: HashMap<SignaturePlace<'l>, Disproof>,
    /// Withdrawals that do not count.
    pub(super) void_withdrawals: HashMap<SignaturePlace<'l>, WithdrawalFlaw>,
    pub(super) withdrawals: HashMap<(&'l str, &'l MemberId), Vec<Withdrawal<'l>>>,
    /// The place of each signature among those of its agreement.
    pub(super) places: HashMap<SignaturePlace<'l>, usize>,
}

impl<'l> SignatureJudge<'l> {
    /// Computes the digests of all agreements, to judge by as of a day.
    pub fn new(ledger: &'l Ledger, today: NaiveDate) -> SignatureJudge<'l> {
        let mut digests = HashMap::new();
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
                digests.insert(&*agreement.key.id, of_words);
            }
        }
        let mut registry = SignatureJudge {
            ledger,
            today,
            digests,
            known,
            disproved: HashMap::new(),
            void_withdrawals: HashMap::new(),
            withdrawals: HashMap::new(),
            places: HashMap::new(),
        };
        for agreement in &ledger.agreements {
            let places = ledger.signatures_of(agreement).enumerate();
            registry.places.extend(places.map(|(place, entry)| (place_of(entry), place)));
        }
        registry.disproved = registry.find_disproofs();
        registry.void_withdrawals = registry.find_void_withdrawals();
        registry.withdrawals = registry.find_withdrawals();
        registry
    }

    /// The digest that a signature on this version must carry, if it is known: computed from the words for the record's
    /// own version, if they can be read; recorded with its amendment for an earlier one.
    pub fn digest_of(&self, agreement: &Record<Agreement>, version: u32) -> Option<Digest> {
        if version == agreement.version_number() {
            return self.digests.get(&*agreement.key.id).cloned();
        }
        Some(pin_of(agreement, version)?.value.clone())
    }

    /// The version that was signed: the one that the entry names, otherwise the one whose digest it bears, otherwise
    /// the first.
    pub fn version_of(&self, agreement: &Record<Agreement>, signature: &Signature) -> u32 {
        if let Some(version) = &signature.version {
            return version.value;
        }
        let bears = |version: &u32| {
            let digest = self.digest_of(agreement, *version);
            digest.is_some() && digest.as_ref() == signature.terms.as_ref().map(|terms| &terms.value)
        };
        let recorded = agreement.amendments.iter().filter_map(|amendment| Some(amendment.version.as_ref()?.value));
        std::iter::once(agreement.version_number()).chain(recorded).find(bears).unwrap_or(1)
    }

    /// All signatures on an agreement, judged.
    pub fn judge_all(&self, agreement: &'l Record<Agreement>) -> impl Iterator<Item = JudgedSignature<'l>> {
        self.ledger.signatures_of(agreement).map(move |entry| self.judge(agreement, entry))
    }

    /// Judges one signature on an agreement.
    pub fn judge(&self, agreement: &'l Record<Agreement>, entry: SignatureEntry<'l>) -> JudgedSignature<'l> {
        let version = self.version_of(agreement, entry.signature);
        let flaw = self.flaw(agreement, entry, version);
        JudgedSignature { entry, signature: entry.signature, version, flaw }
    }

    fn flaw(&self, agreement: &'l Record<Agreement>, entry: SignatureEntry<'l>, version: u32) -> Option<Flaw> {
        let signature = entry.signature;
        let (Some(member), Some(_), Some(date)) = (&signature.member, &signature.by, &signature.date) else {
            return Some(Flaw::Incomplete);
        };
        if is_to_come(date.value, self.today) {
            return Some(Flaw::NotYet);
        }
        if let Some(flaw) = self.find_withdrawal(agreement, entry, member, date.value) {
            return Some(flaw);
        }
        if let Some(flaw) = self.flaw_of_digest(agreement, signature) {
            return Some(flaw);
        }
        let lapsed = resigning(agreement, version, self.today).into_iter().find_map(|amendment| {
            let on = lapse_day(amendment).filter(|day| *day < self.today)?;
            Some(Flaw::Lapsed { version: amendment.version.as_ref()?.value, on })
        });
        let Some(of) = self.ledger.members.get(member).filter(|of| was_authorized(self.ledger, of, signature)) else {
            return Some(Flaw::Unauthorized);
        };
        lapsed
            .or_else(|| self.flaw_of_membership(of, date.value))
            .or_else(|| {
                let joined = of.joined.as_ref().map(|joined| joined.value);
                // Where the signer lives, it may have been tomorrow.
                let is_later =
                    |on: &NaiveDate| date.value > *on + Days::new(1) || joined.is_some_and(|joined| joined > *on);
                Some(Flaw::Replaced { on: replaced_on(agreement, version).filter(is_later)? })
            })
            .or_else(|| self.flaw_of_date(agreement, of, signature))
            .or_else(|| self.flaw_of_proof(entry))
    }

    /// Whether the member left after it signed, and joined again: by its record, or by the commits where the record
    /// does not say so anymore. A day of leaving that was soon taken back was a slip.
    fn flaw_of_membership(&self, member: &'l Record<Member>, signed: NaiveDate) -> Option<Flaw> {
        let joined = member.joined.as_ref().map(|joined| joined.value);
        let ids = std::iter::once(&*member.key.id).chain(former_ids(self.ledger, member));
        let by_history = ids.filter_map(|id| self.ledger.evidence.left.get(id)).flatten();
        let stood = |(left, held): &(&NaiveDate, &Leaving)| {
            let days = held.until.unwrap_or(self.today) - held.since.max(**left);
            joined.is_some_and(|joined| **left < joined) || days.num_days() > SLIP_DAYS
        };
        let by_history = by_history.filter(stood).map(|(left, _)| *left);
        let left = member.left_before(self.today).into_iter().chain(by_history).max()?;
        (signed <= left && member.is_current(self.today)).then_some(Flaw::EarlierMembership { left })
    }

    /// What is wrong with the digest of a signature, whoever gave it.
    pub fn flaw_of_digest(&self, agreement: &Record<Agreement>, signature: &Signature) -> Option<Flaw> {
        let Some(signed) = &signature.terms else { return Some(Flaw::Incomplete) };
        let version = self.version_of(agreement, signature);
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
        // Where the text has changed, the version's own pin still holds what was signed.
        let is_own = pin_of(agreement, version).is_some_and(|pin| pin.value == signed.value);
        match self.known.get(&signed.value).filter(|_| !is_own) {
            Some(belongs_to) => Some(Flaw::Foreign { belongs_to: belongs_to.clone() }),
            None => Some(Flaw::Stale { unproven: expected.is_none() }),
        }
    }

    /// The signatures that someone relies on: on agreements that have not ended, not withdrawn, not of the future, of
    /// members who have not left, and not replaced by another of the same member that counts.
    pub fn standing_signatures(&self) -> impl Iterator<Item = (&'l Record<Agreement>, JudgedSignature<'l>)> {
        self.agreements().flat_map(move |agreement| {
            let judged: Vec<JudgedSignature<'l>> = self.judge_all(agreement).collect();
            let counting = counting_versions(&judged);
            let relied_on = judged.into_iter().filter(|judged| self.is_relied_on(judged, &counting));
            relied_on.map(move |judged| (agreement, judged)).collect::<Vec<_>>()
        })
    }

    fn is_relied_on(&self, judged: &JudgedSignature<'l>, counting: &HashMap<&'l MemberId, u32>) -> bool {
        let gone = matches!(judged.flaw, Some(Flaw::NotYet | Flaw::Withdrawn { .. } | Flaw::EarlierMembership { .. }));
        if gone {
            return false;
        }
        let Some(id) = &judged.signature.member else { return true };
        let replaced = counting
            .get(&id.value)
            .is_some_and(|counting| *counting > judged.version || (*counting == judged.version && !judged.counts()));
        let has_left = self.ledger.members.get(id).is_some_and(|member| member.stage(self.today) == Stage::Left);
        !has_left && !replaced
    }

    /// The agreements that are written and have not ended, in force or expired.
    pub fn agreements(&self) -> impl Iterator<Item = &'l Record<Agreement>> {
        let (ledger, today) = (self.ledger, self.today);
        let is_live =
            move |agreement: &&Record<Agreement>| is_written(ledger, agreement, today) && !has_ended(agreement, today);
        self.ledger.agreements.iter().filter(is_live)
    }
}

/// The highest version that each member has signed in a way that counts.
fn counting_versions<'l>(judged: &[JudgedSignature<'l>]) -> HashMap<&'l MemberId, u32> {
    let mut versions = HashMap::new();
    for judged in judged.iter().filter(|judged| judged.counts()) {
        if let Some(member) = &judged.signature.member {
            let highest = versions.entry(&member.value).or_insert(0);
            *highest = judged.version.max(*highest);
        }
    }
    versions
}

/// Whether a day has not come anywhere yet: where the signer lives it may be tomorrow.
pub(crate) fn is_to_come(day: NaiveDate, today: NaiveDate) -> bool {
    day > today.checked_add_days(Days::new(1)).unwrap_or(today)
}

pub(super) fn place_of(entry: SignatureEntry<'_>) -> SignaturePlace<'_> {
    (entry.path, entry.at)
}

/// The most relevant signature of a member today.
pub(crate) fn latest_signature<'l>(
    registry: &SignatureJudge<'l>,
    agreement: &'l Record<Agreement>,
    member: &Record<Member>,
) -> Option<JudgedSignature<'l>> {
    let is_own = |judged: &JudgedSignature<'_>| {
        judged.signature.member.as_ref().is_some_and(|id| id.as_str() == &*member.key.id)
    };
    registry.judge_all(agreement).filter(is_own).max_by_key(JudgedSignature::rank)
}
