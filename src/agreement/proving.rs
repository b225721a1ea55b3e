//! Which signatures must be proven, and which proofs hold.

use super::former_ids::{former_ids, identities};
use super::proof::{Disproof, fingerprint, key_of, prove, signing_key};
use super::signed_text::Statement;
use super::standing::{Flaw, SignatureJudge, SignaturePlace, place_of};
use crate::ledger::{Ledger, SignatureEntry, SignatureId};
use crate::record::advocate::PublicKey;
use crate::record::agreement::Signature;
use crate::record::policy::SshSignatures;
use crate::record::{Advocate, Agreement, Record};
use rayon::prelude::*;
use std::collections::{HashMap, HashSet};

impl<'l> SignatureJudge<'l> {
    /// The flaw in the proof of a signature, if any; it does not depend on who signed or on which text.
    pub fn flaw_of_proof(&self, entry: SignatureEntry<'l>) -> Option<Flaw> {
        if entry.signature.signature.is_some() {
            return self.disproved.get(&place_of(entry)).map(|disproof| Flaw::Disproved(disproof.clone()));
        }
        if self.ledger.policy().ssh_signatures() == SshSignatures::Required {
            return Some(Flaw::Unproven { has_key: false });
        }
        let needs_proof = entry.signature.evidence.is_none() && self.had_key(entry.signature);
        needs_proof.then_some(Flaw::Unproven { has_key: true })
    }

    /// Whether whoever signed had a key in the ledger then that was valid on the day of the signature: by the history, where there
    /// is one, since a key that came later says nothing about what was signed before.
    pub fn had_key(&self, signature: &Signature) -> bool {
        let (Some(by), Some(date)) = (&signature.by, &signature.date) else { return false };
        let evidence = &self.ledger.evidence;
        let mut known =
            identities(self.ledger, signature).into_iter().filter(|id| evidence.committed.contains(id)).peekable();
        if known.peek().is_some() {
            return known.any(|id| evidence.keyed.contains(&id));
        }
        let Some(advocate) = self.ledger.advocates.get(by) else { return false };
        let ids: Vec<&str> = std::iter::once(&*advocate.key.id).chain(former_ids(self.ledger, advocate)).collect();
        let is_known = |key: &PublicKey| {
            let is_place =
                |id: &&str| fingerprint(key).is_some_and(|key| evidence.keys.contains(&((*id).to_owned(), key)));
            !evidence.is_there || ids.iter().any(is_place)
        };
        advocate.keys.iter().any(|key| {
            // Without a first day no one can say that it was there, unless the history does.
            let has_begun = key.valid_from.as_ref().map_or(evidence.is_there, |from| from.value <= date.value);
            let has_ended = key.valid_until.as_ref().is_some_and(|until| until.value < date.value);
            has_begun && !has_ended && key_of(key).is_some() && is_known(key)
        })
    }

    /// Whether a signature without a proof came after the first key of whoever signed, and bears a day before it.
    pub fn came_after_key(&self, signature: &Signature) -> bool {
        signature.signature.is_none()
            && identities(self.ledger, signature).iter().any(|id| self.ledger.evidence.late.contains(id))
    }

    /// The commit that added an SSH signature together with the key that proves it, if there is one.
    pub fn came_with_key(&self, signature: &Signature) -> Option<&'l str> {
        signature.signature.as_ref()?;
        let ids = identities(self.ledger, signature);
        ids.iter().find_map(|id| self.ledger.evidence.self_added.get(id)).map(String::as_str)
    }

    /// The SSH signatures of a ledger that prove nothing. Verified on all cores, because each takes as long as reading
    /// many records.
    pub(super) fn find_disproofs(&self) -> HashMap<SignaturePlace<'l>, Disproof> {
        let signatures: Vec<(&'l Record<Agreement>, SignatureEntry<'l>)> = self
            .ledger
            .agreements
            .iter()
            .flat_map(|agreement| self.ledger.signatures_of(agreement).map(move |entry| (agreement, entry)))
            .filter(|(_, entry)| entry.signature.signature.is_some())
            .collect();
        let judged = signatures.into_par_iter().filter_map(|(agreement, entry)| {
            let signature = entry.signature;
            let by = self.ledger.advocates.get(&signature.by.as_ref()?.value)?;
            let version = self.version_of(agreement, signature);
            let statement = Statement::of(agreement, signature, version)?;
            let disproof = prove_by_any_id(self.ledger, by, &statement, signature.signature.as_ref()?).err()?;
            Some((place_of(entry), disproof))
        });
        judged.collect()
    }
}

/// Whether an SSH signature proves a statement under the ids that the member and the person have, or under ids that they had.
pub(super) fn prove_by_any_id(
    ledger: &Ledger,
    by: &Record<Advocate>,
    statement: &Statement<'_>,
    armor: &str,
) -> Result<(), Disproof> {
    let by_current_id = prove(ledger, by, statement, armor);
    if by_current_id != Err(Disproof::OtherWords) {
        return by_current_id;
    }
    let former = former_statements(ledger, by, statement);
    if former.iter().any(|former| prove(ledger, by, former, armor).is_ok()) { Ok(()) } else { by_current_id }
}

/// How many statements under former ids are tried for one SSH signature: so many that two people and organizations with
/// three former ids each are covered, and so few that no one can stop a check with wrong signatures.
const TRIED: usize = 16;

/// A statement with the former ids of its member and of the person who signs.
fn former_statements<'s>(
    ledger: &'s Ledger,
    by: &'s Record<Advocate>,
    statement: &Statement<'s>,
) -> Vec<Statement<'s>> {
    let member = ledger.members.find(statement.member);
    let members: Vec<&str> = member.into_iter().flat_map(|member| former_ids(ledger, member)).collect();
    let people: Vec<&str> = former_ids(ledger, by).collect();
    let with = |member: &'s str, by: &'s str| Statement { member, by, ..statement.clone() };
    let alone = members.iter().map(|member| with(member, statement.by));
    let alone = alone.chain(people.iter().map(|by| with(statement.member, by)));
    let both = members.iter().flat_map(|member| people.iter().map(move |by| with(member, by)));
    alone.chain(both).take(TRIED).collect()
}

impl<'l> SignatureJudge<'l> {
    /// The statement that an SSH signature proves: under the ids of now, or under those of its day.
    pub fn proven_statement(&self, statement: Statement<'l>, armor: &str) -> Statement<'l> {
        let Some(by) = self.ledger.advocates.find(statement.by) else { return statement };
        if prove(self.ledger, by, &statement, armor) != Err(Disproof::OtherWords) {
            return statement;
        }
        let former = former_statements(self.ledger, by, &statement);
        former.into_iter().find(|former| prove(self.ledger, by, former, armor).is_ok()).unwrap_or(statement)
    }
}

/// The signatures of a ledger whose SSH keys another state of it holds as keys of whoever signed that count on that day.
pub(crate) fn vouched_by(ledger: &Ledger, other: &Ledger) -> HashSet<SignatureId> {
    let is_vouched = |signature: &Signature| {
        let (Some(by), Some(date), Some(armor)) = (&signature.by, &signature.date, &signature.signature) else {
            return false;
        };
        let (Some(key), Some(now)) = (signing_key(armor), ledger.advocates.get(&by.value)) else { return false };
        let ids = std::iter::once(&*now.key.id).chain(former_ids(ledger, now));
        let mut keys = ids.filter_map(|id| other.advocates.find(id)).flat_map(|advocate| &advocate.keys);
        keys.any(|entry| {
            let has_begun = entry.valid_from.as_ref().is_none_or(|from| from.value <= date.value);
            let has_ended = entry.valid_until.as_ref().is_some_and(|until| until.value < date.value);
            has_begun && !has_ended && fingerprint(entry).as_ref() == Some(&key)
        })
    };
    let entries = ledger.agreements.iter().flat_map(|agreement| ledger.signatures_of(agreement));
    let vouched = entries.map(|entry| &entry.signature.value).filter(|signature| is_vouched(signature));
    vouched.flat_map(|signature| identities(ledger, signature)).collect()
}
