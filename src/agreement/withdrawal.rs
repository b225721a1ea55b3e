//! Withdrawals of signatures, and whether a withdrawal itself counts.

use super::former_ids::{former_ids, identities};
use super::proof::Disproof;
use super::proving::prove_by_any_id;
use super::signatory::{may_sign, was_authorized};
use super::signed_text::Statement;
use super::standing::{Flaw, SignatureJudge, SignaturePlace, is_to_come, place_of};
use crate::ledger::{PastWithdrawal, SignatureEntry, SignatureId, Withdrawer};
use crate::record::agreement::Signature;
use crate::record::policy::SshSignatures;
use crate::record::value::{MemberId, RecordId};
use crate::record::{Agreement, Record};
use chrono::NaiveDate;
use std::collections::HashMap;

/// A withdrawal of what its member signed before.
#[derive(Debug, Clone, Copy)]
pub(super) struct Withdrawal<'l> {
    pub date: NaiveDate,
    /// The place of its entry among those of the agreement, so that what follows on the same day stands.
    pub place: usize,
    /// The entry: below it, a proof of the same statement may be a copy.
    pub signature: &'l Signature,
}

/// Why a withdrawal does not count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WithdrawalFlaw {
    /// It has no SSH signature, but needs one.
    Unproven,
    /// Its SSH signature does not prove it.
    Disproved(Disproof),
    /// The person who withdrew could not sign for the member on that day.
    Unauthorized,
}

impl std::fmt::Display for WithdrawalFlaw {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            WithdrawalFlaw::Unproven => f.write_str("no SSH signature proves it"),
            WithdrawalFlaw::Disproved(disproof) => write!(f, "its SSH signature proves nothing, because {disproof}"),
            WithdrawalFlaw::Unauthorized => {
                f.write_str("the person who withdrew could not sign for the member on that day")
            }
        }
    }
}

impl<'l> SignatureJudge<'l> {
    /// Whether a signature was withdrawn: it or a later one of the same member, on its day or later.
    pub(super) fn find_withdrawal(
        &self,
        agreement: &'l Record<Agreement>,
        entry: SignatureEntry<'l>,
        member: &'l MemberId,
        signed: NaiveDate,
    ) -> Option<Flaw> {
        let place = self.places.get(&place_of(entry)).copied();
        debug_assert!(place.is_some(), "every signature of the ledger has its place");
        // Without one it is judged as if every withdrawal came after it.
        let place = place.unwrap_or_default();
        let withdrawals = self.withdrawals.get(&(&*agreement.key.id, member)).map(Vec::as_slice).unwrap_or_default();
        // A key that signs again on one day signs the same statement, so that no one can tell a new proof from a copy.
        let is_copy = |one: &Withdrawal<'_>| {
            let has_proof = entry.signature.signature.is_some() && one.signature.signature.is_some();
            has_proof && SignatureId::of(entry.signature) == SignatureId::of(one.signature)
        };
        let taken =
            |one: &&Withdrawal<'_>| signed < one.date || (signed == one.date && (place <= one.place || is_copy(one)));
        if let Some(one) = withdrawals.iter().filter(taken).max_by_key(|one| one.date) {
            return Some(Flaw::Withdrawn { on: one.date, gone_since: None });
        }
        // Those that a commit held and no entry holds anymore, nor a later one of the member.
        if self.ledger.evidence.withdrawals.is_empty() {
            return None;
        }
        let last = withdrawals.iter().map(|one| one.date).max();
        let of = self.ledger.members.get(member);
        let former = of.into_iter().flat_map(|of| former_ids(self.ledger, of));
        let ids = std::iter::once(member.as_str()).chain(former);
        let key = |id: &str| (agreement.key.id.to_string(), id.to_owned());
        let past = ids.filter_map(|id| self.ledger.evidence.withdrawals.get(&key(id))).flatten();
        let mut past = past.filter(|past| past.date <= self.today);
        let is_latest = |past: &PastWithdrawal| last.is_none_or(|last| last < past.date);
        let is_bearer = |past: &PastWithdrawal| {
            SignatureId::of(&past.entry).is_some_and(|of| identities(self.ledger, entry.signature).contains(&of))
        };
        // The line may have been moved to another entry; where its own still bears it, a later one stands.
        let bears = |past: &PastWithdrawal| {
            self.ledger.signatures_of(agreement).any(|other| {
                let on = other.signature.withdrawn.as_ref().map(|on| on.value);
                on == Some(past.date)
                    && SignatureId::of(&past.entry)
                        .is_some_and(|of| identities(self.ledger, other.signature).contains(&of))
            })
        };
        let takes = |past: &&PastWithdrawal| {
            let is_taken = (signed < past.date && is_latest(past))
                || (signed <= past.date && is_bearer(past) && (is_latest(past) || !bears(past)));
            is_taken && self.judge_withdrawal(agreement, &past.entry).is_none()
        };
        let past = past.find(takes)?;
        Some(Flaw::Withdrawn { on: past.date, gone_since: Some(past.commit.clone()) })
    }

    /// Why a withdrawal does not count; `None` if it counts.
    pub fn flaw_of_withdrawal(&self, entry: SignatureEntry<'l>) -> Option<&WithdrawalFlaw> {
        self.void_withdrawals.get(&place_of(entry))
    }

    /// The withdrawals that do not count.
    pub(super) fn find_void_withdrawals(&self) -> HashMap<SignaturePlace<'l>, WithdrawalFlaw> {
        let mut void = HashMap::new();
        for agreement in &self.ledger.agreements {
            for entry in self.ledger.signatures_of(agreement).filter(|entry| entry.signature.withdrawn.is_some()) {
                if let Some(flaw) = self.judge_withdrawal(agreement, entry.signature) {
                    void.insert(place_of(entry), flaw);
                }
            }
        }
        void
    }

    fn judge_withdrawal(&self, agreement: &Record<Agreement>, signature: &Signature) -> Option<WithdrawalFlaw> {
        let (Some(date), Some(member)) = (&signature.withdrawn, &signature.member) else { return None };
        // Whoever signed may take it back, also when someone else signs for the member by then.
        if let Some(by) = signature.withdrawn_by.as_ref()
            && signature.by.as_ref().is_none_or(|signatory| signatory.value != by.value)
            && !self.ledger.members.get(member).is_some_and(|of| may_sign(self.ledger, of, by, date.value))
            && !identities(self.ledger, signature).iter().any(|id| {
                let by = by.as_str().to_owned();
                self.ledger.evidence.withdrawers.contains(&Withdrawer { signature: id.clone(), by, on: date.value })
            })
        {
            return Some(WithdrawalFlaw::Unauthorized);
        }
        // An entry by anyone may bear the line: who signed could sign then, or may sign by now.
        if let (None, Some(by), Some(of)) = (&signature.withdrawn_by, &signature.by, self.ledger.members.get(member))
            && !was_authorized(self.ledger, of, signature)
            && !may_sign(self.ledger, of, by, date.value)
        {
            return Some(WithdrawalFlaw::Unauthorized);
        }
        let Some(armor) = &signature.withdrawn_signature else {
            let is_required = self.ledger.policy().ssh_signatures() == SshSignatures::Required;
            return is_required.then_some(WithdrawalFlaw::Unproven);
        };
        let by = signature.withdrawn_by.as_ref().or(signature.by.as_ref());
        let by = by.and_then(|by| self.ledger.advocates.get(by));
        let statement = Statement::of_withdrawal(agreement, signature, self.version_of(agreement, signature));
        let (Some(by), Some(statement)) = (by, statement) else {
            return Some(WithdrawalFlaw::Disproved(Disproof::NoKey));
        };
        prove_by_any_id(self.ledger, by, &statement, armor).err().map(WithdrawalFlaw::Disproved)
    }

    /// The withdrawals of each member by agreement, up to a day, without those that do not count.
    pub(super) fn find_withdrawals(&self) -> HashMap<(&'l str, &'l MemberId), Vec<Withdrawal<'l>>> {
        let mut withdrawals: HashMap<_, Vec<Withdrawal>> = HashMap::new();
        for agreement in &self.ledger.agreements {
            for (place, entry) in self.ledger.signatures_of(agreement).enumerate() {
                let signature = &entry.signature.value;
                let (Some(member), Some(withdrawn)) = (&signature.member, &signature.withdrawn) else { continue };
                if is_to_come(withdrawn.value, self.today) || self.void_withdrawals.contains_key(&place_of(entry)) {
                    continue;
                }
                let one = Withdrawal { date: withdrawn.value, place, signature };
                withdrawals.entry((&*agreement.key.id, &member.value)).or_default().push(one);
            }
        }
        withdrawals
    }
}
