//! What the commits of a repository say about who signed what and when, as plain data. A ledger without a history has
//! none. `history` gathers it; `agreement` judges by it.

use crate::kind::RecordKey;
use crate::record::agreement::Signature;
use crate::record::value::{Digest, RecordId};
use chrono::NaiveDate;
use std::collections::{BTreeMap, HashMap, HashSet};

/// What makes a signature this one and no other, wherever it is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SignatureId {
    /// The member's id.
    pub member: String,
    /// The id of the advocate who signed.
    pub by: String,
    /// The digest that was signed, which is over agreement and version.
    pub terms: Digest,
    /// The day.
    pub date: NaiveDate,
}

impl DayEvidence {
    /// Whether a record had another id before, which it says itself: what the commits know may not contradict it. A commit gave it
    /// the one for the other; or no commit has yet, and the newest one holds the old id and not the new one; or no commit ever held
    /// the old one.
    pub fn was_renamed(&self, old: &RecordKey, new: &RecordKey) -> bool {
        if !self.is_there || self.renames.contains(&(old.clone(), new.clone())) || !self.records.contains_key(old) {
            return true;
        }
        let is_in_newest = |key: &RecordKey| self.records.get(key) == Some(&true);
        let was_newest = || self.renames.iter().any(|(from, to)| from == old && is_in_newest(to));
        !self.records.contains_key(new) && (is_in_newest(old) || was_newest())
    }
}

impl SignatureId {
    /// Of a signature that has all that makes it one.
    pub fn of(signature: &Signature) -> Option<SignatureId> {
        Some(SignatureId {
            member: signature.member.as_ref()?.as_str().to_owned(),
            by: signature.by.as_ref()?.as_str().to_owned(),
            terms: signature.terms.as_ref()?.value.clone(),
            date: signature.date.as_ref()?.value,
        })
    }
}

/// Since when the words of a version have stood in the repository.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WordsSince {
    /// The day of the commit that brought them, in UTC.
    pub day: NaiveDate,
    /// Whether that commit brought the agreement itself: then the words may be older than the repository.
    pub came_with_agreement: bool,
    /// Whether the ledger held other agreements before that commit.
    pub came_later: bool,
}

/// An amendment as it stood in a commit when it was in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InForce {
    /// Its date then.
    pub date: NaiveDate,
    /// The commit, as people name it.
    pub commit: String,
}

/// A withdrawal that some commit held.
#[derive(Debug, Clone)]
pub struct PastWithdrawal {
    /// Its day.
    pub date: NaiveDate,
    /// The entry that bore it.
    pub entry: Box<Signature>,
    /// The commit, as people name it.
    pub commit: String,
}

/// Someone who withdrew a signature.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Withdrawer {
    /// The signature.
    pub signature: SignatureId,
    /// The id of the advocate who withdrew it.
    pub by: String,
    /// The day.
    pub on: NaiveDate,
}

/// A time in which a member named someone as its signatory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NamedTime {
    /// The day of the commit that named them; `None` if it brought the member.
    pub from: Option<NaiveDate>,
    /// The day of the commit that no longer does; `None` if none is.
    pub until: Option<NaiveDate>,
}

/// A day on which a member had left, as commits held it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Leaving {
    /// The day of the first commit that said so.
    pub since: NaiveDate,
    /// The day since when no commit says so anymore, if none does.
    pub until: Option<NaiveDate>,
}

/// What the commits say.
#[derive(Debug, Clone, Default)]
pub struct DayEvidence {
    /// Whether there are commits that could be asked.
    pub is_there: bool,
    /// Since when each digest of an agreement has been that of its words, by agreement.
    pub words: HashMap<String, HashMap<Digest, WordsSince>>,
    /// The first commit of each agreement.
    pub first: HashMap<String, NaiveDate>,
    /// The earliest date that an amendment bore in a commit when it was in force, by agreement and version.
    pub in_force: HashMap<(String, u32), InForce>,
    /// The withdrawals of a member that some commit held, by agreement and member, the last ones first.
    pub withdrawals: HashMap<(String, String), Vec<PastWithdrawal>>,
    /// The days on which a member had left in some commit.
    pub left: HashMap<String, BTreeMap<NaiveDate, Leaving>>,
    /// Those who withdrew a signature of a member that named them as its signatory before.
    pub withdrawers: HashSet<Withdrawer>,
    /// The times in which a member named someone as its signatory on the main branch, by member and advocate.
    pub named: HashMap<(String, String), Vec<NamedTime>>,
    /// Signatures that came from someone whom the member named as its signatory before.
    pub authorized: HashSet<SignatureId>,
    /// Signatures that some commit holds.
    pub committed: HashSet<SignatureId>,
    /// Signatures without a proof that came after a key of whoever signed, valid on that day, had stood in the ledger.
    pub keyed: HashSet<SignatureId>,
    /// Signatures without a proof that came after the first key of whoever signed had stood in the ledger, and bear a day before it.
    pub late: HashSet<SignatureId>,
    /// The keys that the newest commit holds: the advocate's id and the fingerprint.
    pub keys: HashSet<(String, String)>,
    /// The terms in force of agreements whose record holds the text of a version to come, by agreement.
    pub terms_in_force: HashMap<String, String>,
    /// Members and advocates that got another id, by the old one and the new one.
    pub renames: HashSet<(RecordKey, RecordKey)>,
    /// The members and advocates of all commits, and whether the newest one holds them.
    pub records: HashMap<RecordKey, bool>,
    /// Signatures whose SSH signature came in the same change as the key that proves it, with the commit.
    pub self_added: HashMap<SignatureId, String>,
}
