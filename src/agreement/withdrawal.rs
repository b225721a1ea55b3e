//! Withdrawals: what a member takes back, and whether the withdrawal counts itself.

use super::proof::Disproof;
use super::proving::prove_by_any_id;
use super::standing::{Flaw, Place, Registry, is_to_come, place_of};
use super::statement::Statement;
use crate::ledger::Entry;
use crate::record::policy::SshSignatures;
use crate::record::value::{MemberId, RecordId};
use crate::record::{Agreement, Record};
use chrono::NaiveDate;
use std::collections::HashMap;

/// A withdrawal that takes back what its member signed before.
#[derive(Debug, Clone, Copy)]
pub(super) struct Withdrawal {
    pub date: NaiveDate,
    /// The place of its entry among those of the agreement, so that what follows on the same day stands.
    pub place: usize,
}

impl<'l> Registry<'l> {
    /// Whether a signature was withdrawn: it or a later one of the same member, on its day or later.
    pub(super) fn withdrawn(
        &self,
        agreement: &'l Record<Agreement>,
        entry: Entry<'l>,
        member: &'l MemberId,
        signed: NaiveDate,
    ) -> Option<Flaw> {
        let place = self.places.get(&place_of(entry)).copied().unwrap_or_default();
        let withdrawals = self.withdrawals.get(&(&*agreement.key.id, member)).map(Vec::as_slice).unwrap_or_default();
        let taken = |one: &&Withdrawal| signed < one.date || (signed == one.date && place <= one.place);
        if let Some(one) = withdrawals.iter().filter(taken).max_by_key(|one| one.date) {
            return Some(Flaw::Withdrawn { on: one.date, gone_since: None });
        }
        // One that a commit held and no file holds any more.
        if self.ledger.evidence.withdrawals.is_empty() {
            return None;
        }
        let key = (agreement.key.id.to_string(), member.as_str().to_owned());
        let past = self.ledger.evidence.withdrawals.get(&key).filter(|_| withdrawals.is_empty())?;
        let needs_proof = self.ledger.policy().ssh_signatures() == SshSignatures::Required;
        let holds = signed <= past.date && past.date <= self.today && (past.is_signed || !needs_proof);
        holds.then(|| Flaw::Withdrawn { on: past.date, gone_since: Some(past.commit.clone()) })
    }

    /// Why a withdrawal counts for nothing, where it does: its proof is needed and missing, or wrong.
    pub fn flaw_of_withdrawal(&self, entry: Entry<'l>) -> Option<Option<&Disproof>> {
        self.unproven_withdrawals.get(&place_of(entry)).map(Option::as_ref)
    }

    /// The withdrawals whose proof is needed and missing, or there and wrong.
    pub(super) fn find_unproven_withdrawals(&self) -> HashMap<Place<'l>, Option<Disproof>> {
        let is_required = self.ledger.policy().ssh_signatures() == SshSignatures::Required;
        let mut unproven = HashMap::new();
        for agreement in &self.ledger.agreements {
            for entry in self.ledger.signatures_of(agreement).filter(|entry| entry.signature.withdrawn.is_some()) {
                let signature = entry.signature;
                let Some(armor) = &signature.withdrawn_signature else {
                    if is_required {
                        unproven.insert(place_of(entry), None);
                    }
                    continue;
                };
                let by = signature.withdrawn_by.as_ref().or(signature.by.as_ref());
                let by = by.and_then(|by| self.ledger.advocates.get(by));
                let version = self.version_of(agreement, signature);
                let statement = Statement::of_withdrawal(agreement, signature, version);
                let disproof = match (by, statement) {
                    (Some(by), Some(statement)) => prove_by_any_id(self.ledger, by, &statement, armor).err(),
                    _ => Some(Disproof::NoKey),
                };
                if let Some(disproof) = disproof {
                    unproven.insert(place_of(entry), Some(disproof));
                }
            }
        }
        unproven
    }

    /// The withdrawals of each member by agreement, up to a day; those whose proof is missing are none.
    pub(super) fn find_withdrawals(&self) -> HashMap<(&'l str, &'l MemberId), Vec<Withdrawal>> {
        let mut withdrawals: HashMap<_, Vec<Withdrawal>> = HashMap::new();
        for agreement in &self.ledger.agreements {
            for (place, entry) in self.ledger.signatures_of(agreement).enumerate() {
                let signature = &entry.signature.value;
                let (Some(member), Some(withdrawn)) = (&signature.member, &signature.withdrawn) else { continue };
                if is_to_come(withdrawn.value, self.today) || self.unproven_withdrawals.contains_key(&place_of(entry)) {
                    continue;
                }
                let one = Withdrawal { date: withdrawn.value, place };
                withdrawals.entry((&*agreement.key.id, &member.value)).or_default().push(one);
            }
        }
        withdrawals
    }
}
