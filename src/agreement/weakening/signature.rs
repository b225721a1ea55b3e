//! What new signatures rest on, and which withdrawals are gone.

use super::{Change, Pair, Reason};
use crate::agreement::Judged;
use crate::agreement::proof::{fingerprint, signing_key};
use crate::agreement::signatory::may_sign;
use crate::ledger::{Ledger, SignatureId};
use crate::record::policy::SshSignatures;
use crate::record::value::{AdvocateId, RecordId};
use crate::record::{Agreement, AnyRecord, Member, Record};
use crate::source::Span;
use std::collections::HashMap;

impl Change<'_> {
    /// A withdrawal of a member that no entry holds any more.
    pub(super) fn of_withdrawals(
        &self,
        pair: &Pair<'_>,
        now: &Record<Agreement>,
        was: &Record<Member>,
        member: &Record<Member>,
        reasons: &mut Vec<Reason>,
    ) {
        let (before, after) = (own(&pair.before, was), own(&pair.after, member));
        let last = |signed: &[Judged<'_>]| {
            signed.iter().filter_map(|judged| Some(judged.signature.withdrawn.as_ref()?.value)).max()
        };
        let Some(withdrawn) = last(before) else { return };
        let still = last(after).filter(|still| *still <= self.today);
        // Whoever has signed again since is bound by that.
        let signed_again = after
            .iter()
            .any(|judged| judged.counts() && judged.signature.date.as_ref().is_some_and(|date| date.value > withdrawn));
        if still.is_none() && withdrawn <= self.today && !signed_again {
            reasons.push(super::in_record(now, None, false, format!("its withdrawal of {withdrawn} is gone")));
        }
    }

    /// New signatures of a member that rest on what is new as well.
    pub(super) fn of_new_signatures(
        &self,
        pair: &Pair<'_>,
        now: &Record<Agreement>,
        was: &Record<Member>,
        member: &Record<Member>,
        reasons: &mut Vec<Reason>,
    ) {
        let armor = |judged: &Judged<'_>| {
            judged.signature.signature.as_ref().map(|armor| armor.split_whitespace().collect::<String>())
        };
        let known = own(&pair.before, was).iter();
        let known: Vec<(SignatureId, Option<String>)> =
            known.filter_map(|judged| Some((SignatureId::of(judged.signature)?, armor(judged)))).collect();
        let is_known = |judged: &Judged<'_>| {
            let proof = armor(judged);
            let same = |(id, before): &(SignatureId, Option<String>)| {
                let (signature, terms) = (judged.signature, judged.signature.terms.as_ref());
                // A proof that is taken away is judged by itself; one that is new rests on its key.
                let is_same_proof = proof.is_none() || proof == *before;
                is_same_proof
                    && terms.is_some_and(|terms| terms.value == id.terms)
                    && signature.date.as_ref().is_some_and(|date| date.value == id.date)
                    && signature.by.as_ref().is_some_and(|by| self.advocate_before(by.as_str()) == id.by)
            };
            known.iter().any(same)
        };
        let own = own(&pair.after, member).iter();
        for judged in own.filter(|judged| judged.counts() && !is_known(judged)) {
            let is_mild = !self.requires_proofs();
            for text in self.new_grounds(was, judged) {
                reasons.push(Reason {
                    is_mild,
                    path: judged.entry.path.clone(),
                    span: judged.signature.by.as_ref().map_or(Span::START, |by| by.span),
                    record: Some(now.key().clone()),
                    text,
                });
            }
        }
    }

    /// What a signature rests on that the ledger before the change does not have.
    fn new_grounds(&self, was: &Record<Member>, judged: &Judged<'_>) -> Vec<String> {
        let signature = judged.signature;
        let (Some(by), Some(date)) = (&signature.by, &signature.date) else { return Vec::new() };
        let before = AdvocateId::new(self.advocate_before(by.as_str()));
        let name = self.after.name_of(&by.value);
        let mut grounds = Vec::new();
        if !may_sign(self.before, was, &before, date.value) {
            grounds.push(format!("{name}, who signs for it, could not before this change"));
        }
        match &signature.signature {
            Some(armor) => {
                let key = signing_key(armor);
                let counts = |ledger: &Ledger| {
                    let keys =
                        ledger.advocates.get(&before).map(|advocate| advocate.keys.as_slice()).unwrap_or_default();
                    keys.iter().any(|entry| {
                        let from = entry.valid_from.as_ref().is_none_or(|from| from.value <= date.value);
                        let until = entry.valid_until.as_ref().is_none_or(|until| date.value <= until.value);
                        from && until && key.is_some() && fingerprint(entry) == key
                    })
                };
                if !counts(self.before) {
                    grounds.push(format!("the key of {name} that proves it was not in the ledger before this change"));
                }
            }
            None => {
                let required = self.before.policy().ssh_signatures() == SshSignatures::Required;
                if required {
                    grounds.push("it has no proof, and proofs were required before this change".to_owned());
                }
            }
        }
        grounds
    }
}

/// The signatures of one member.
fn own<'s, 'l>(signed: &'s HashMap<&'l str, Vec<Judged<'l>>>, member: &Record<Member>) -> &'s [Judged<'l>] {
    signed.get(&*member.key.id).map(Vec::as_slice).unwrap_or_default()
}
