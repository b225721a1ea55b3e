//! What new signatures rest on, and which withdrawals are gone.

use super::{Change, Reason};
use crate::agreement::Judged;
use crate::agreement::proof::{fingerprint, signing_key};
use crate::agreement::signatory::may_sign;
use crate::ledger::{Ledger, SignatureId};
use crate::record::policy::SshSignatures;
use crate::record::value::{AdvocateId, RecordId};
use crate::record::{Agreement, AnyRecord, Member, Record};
use crate::source::Span;

impl<'l> Change<'l> {
    /// A withdrawal of a member that no entry holds any more.
    pub(super) fn of_withdrawals(
        &self,
        agreement: &'l Record<Agreement>,
        now: &'l Record<Agreement>,
        was: &Record<Member>,
        member: &Record<Member>,
        reasons: &mut Vec<Reason>,
    ) {
        let last = |ledger: &'l Ledger, agreement: &'l Record<Agreement>, id: &str| {
            let entries = ledger.signatures_of(agreement).filter(|entry| of_member(entry.signature, id));
            entries.filter_map(|entry| Some(entry.signature.withdrawn.as_ref()?.value)).max()
        };
        let Some(withdrawn) = last(self.before, agreement, &was.key.id) else { return };
        let still = last(self.after, now, &member.key.id).filter(|still| *still <= self.today);
        // Whoever has signed again since is bound by that.
        let signed_again = self.signing_after.judge_all(now).any(|judged| {
            judged.counts()
                && of_member(judged.signature, &member.key.id)
                && judged.signature.date.as_ref().is_some_and(|date| date.value > withdrawn)
        });
        if still.is_none() && withdrawn <= self.today && !signed_again {
            reasons.push(super::in_record(now, None, false, format!("its withdrawal of {withdrawn} is gone")));
        }
    }

    /// New signatures of a member that rest on what is new as well.
    pub(super) fn of_new_signatures(
        &self,
        agreement: &'l Record<Agreement>,
        now: &'l Record<Agreement>,
        was: &Record<Member>,
        member: &Record<Member>,
        reasons: &mut Vec<Reason>,
    ) {
        let known: Vec<SignatureId> = self
            .before
            .signatures_of(agreement)
            .filter(|entry| of_member(entry.signature, &was.key.id))
            .filter_map(|entry| SignatureId::of(entry.signature))
            .collect();
        let is_known = |judged: &Judged<'_>| {
            let same = |id: &SignatureId| {
                let (signature, terms) = (judged.signature, judged.signature.terms.as_ref());
                terms.is_some_and(|terms| terms.value == id.terms)
                    && signature.date.as_ref().is_some_and(|date| date.value == id.date)
                    && signature.by.as_ref().is_some_and(|by| self.advocate_before(by.as_str()) == id.by)
            };
            known.iter().any(same)
        };
        let own = self.signing_after.judge_all(now).filter(|judged| of_member(judged.signature, &member.key.id));
        for judged in own.filter(|judged| judged.counts() && !is_known(judged)) {
            let is_mild = !self.requires_proofs();
            for text in self.new_grounds(was, &judged) {
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

fn of_member(signature: &crate::record::agreement::Signature, id: &str) -> bool {
    signature.member.as_ref().is_some_and(|member| member.as_str() == id)
}
