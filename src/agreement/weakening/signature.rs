//! New signatures that rest on the change itself, and withdrawals that are gone.

use super::{DutyChange, WeakeningReason};
use crate::agreement::proof::{fingerprint, signing_key};
use crate::agreement::signatory::may_sign;
use crate::agreement::{Flaw, JudgedSignature};
use crate::ledger::SignatureId;
use crate::record::policy::SshSignatures;
use crate::record::value::{AdvocateId, RecordId};
use crate::record::{Agreement, AnyRecord, Member, Record};
use crate::source::Span;
use std::collections::HashMap;

impl DutyChange<'_> {
    /// A withdrawal of a member that no entry holds anymore, or that the change makes count for nothing.
    pub(super) fn of_withdrawals(
        &self,
        before: &[JudgedSignature<'_>],
        after: &[JudgedSignature<'_>],
        now: &Record<Agreement>,
        reasons: &mut Vec<WeakeningReason>,
    ) {
        let day = |judged: &JudgedSignature<'_>| judged.signature.withdrawn.as_ref().map(|day| day.value);
        let last = |signed: &[JudgedSignature<'_>]| signed.iter().filter_map(day).max();
        let Some(withdrawn) = last(before).filter(|day| *day <= self.today) else { return };
        // Whoever has signed again since is bound by that.
        let signed_again = after
            .iter()
            .any(|judged| judged.counts() && judged.signature.date.as_ref().is_some_and(|date| date.value > withdrawn));
        if signed_again {
            return;
        }
        if last(after).filter(|still| *still <= self.today).is_none() {
            reasons.push(super::in_record(now, None, false, format!("its withdrawal dated {withdrawn} is gone")));
            return;
        }
        let counted = before.iter().filter(|judged| self.signing.flaw_of_withdrawal(judged.entry).is_none());
        let Some(counted) = counted.filter_map(day).max() else { return };
        let void = |judged: &&JudgedSignature<'_>| {
            day(judged) == Some(counted) && self.signing_after.flaw_of_withdrawal(judged.entry).is_some()
        };
        if let Some(judged) = after.iter().find(void).filter(|_| after.iter().any(JudgedSignature::counts)) {
            let flaw = self.signing_after.flaw_of_withdrawal(judged.entry);
            let why = flaw.map(|flaw| format!(", because {flaw}")).unwrap_or_default();
            let text = format!("its withdrawal dated {counted} no longer counts{why}");
            reasons.push(super::in_record(now, None, false, text));
        }
    }

    /// New signatures of a member that rest on what is new as well.
    pub(super) fn of_new_signatures(
        &self,
        before: &[JudgedSignature<'_>],
        after: &[JudgedSignature<'_>],
        now: &Record<Agreement>,
        was: &Record<Member>,
        reasons: &mut Vec<WeakeningReason>,
    ) {
        let armor = |judged: &JudgedSignature<'_>| {
            judged.signature.signature.as_ref().map(|armor| armor.split_whitespace().collect::<String>())
        };
        let known = before.iter();
        let known: Vec<(SignatureId, Option<String>)> =
            known.filter_map(|judged| Some((SignatureId::of(judged.signature)?, armor(judged)))).collect();
        let is_known = |judged: &JudgedSignature<'_>| {
            let proof = armor(judged);
            let same = |(id, before): &(SignatureId, Option<String>)| {
                let (signature, terms) = (judged.signature, judged.signature.terms.as_ref());
                // A proof that is taken away is judged by itself; one that is new rests on its key.
                let is_same_proof = proof.is_none() || proof == *before;
                is_same_proof
                    && terms.is_some_and(|terms| terms.value == id.terms)
                    && signature.date.as_ref().is_some_and(|date| date.value == id.date)
                    && signature
                        .by
                        .as_ref()
                        .is_some_and(|by| self.advocates_before(by.as_str()).contains(&id.by.as_str()))
            };
            known.iter().any(same)
        };
        self.of_revived(before, after, now, reasons);
        for judged in after.iter().filter(|judged| judged.counts() && !is_known(judged)) {
            let is_mild = !self.requires_proofs();
            for text in self.new_grounds(was, judged) {
                reasons.push(WeakeningReason {
                    is_mild,
                    is_ground: true,
                    path: judged.entry.path.clone(),
                    span: judged.signature.by.as_ref().map_or(Span::START, |by| by.span),
                    record: Some(now.key().clone()),
                    text,
                });
            }
        }
    }

    /// Signatures that were there and did not count, and count now by what other records say.
    fn of_revived(
        &self,
        before: &[JudgedSignature<'_>],
        after: &[JudgedSignature<'_>],
        now: &Record<Agreement>,
        reasons: &mut Vec<WeakeningReason>,
    ) {
        if before.iter().any(JudgedSignature::counts) || !reasons.is_empty() {
            return;
        }
        let text = |judged: &JudgedSignature<'_>| {
            let signature = judged.signature;
            Some((
                signature.date.as_ref()?.value,
                signature.terms.as_ref()?.value.clone(),
                signature.signature.is_some(),
            ))
        };
        for judged in after.iter().filter(|judged| judged.counts()) {
            let Some(signed_text) = text(judged) else { continue };
            let was =
                before.iter().find(|was| text(was).as_ref() == Some(&signed_text)).and_then(|was| was.flaw.as_ref());
            let why = match was {
                Some(Flaw::Unauthorized) => "the person who signed could not sign for it then".to_owned(),
                Some(Flaw::EarlierMembership { left }) => format!("the member had left on {left}"),
                Some(Flaw::Backdated { words, .. }) => format!("the text was written only on {words}"),
                Some(Flaw::Replaced { on }) => format!("the version had been replaced on {on}"),
                Some(Flaw::Withdrawn { on, .. }) => format!("it had been withdrawn on {on}"),
                _ => continue,
            };
            reasons.push(WeakeningReason {
                is_mild: !self.requires_proofs(),
                is_ground: false,
                path: judged.entry.path.clone(),
                span: judged.signature.date.as_ref().map_or(Span::START, |date| date.span),
                record: Some(now.key().clone()),
                text: format!(
                    "its signature dated {} counts now, but did not before this change: {why}",
                    signed_text.0
                ),
            });
        }
    }

    /// What a signature rests on that the ledger before the change does not have.
    fn new_grounds(&self, was: &Record<Member>, judged: &JudgedSignature<'_>) -> Vec<String> {
        let signature = judged.signature;
        let (Some(by), Some(date)) = (&signature.by, &signature.date) else { return Vec::new() };
        let name = self.after.name_of(&by.value);
        let mut grounds = Vec::new();
        let before = self.advocates_before(by.as_str()).into_iter().map(AdvocateId::new).collect::<Vec<_>>();
        let could = |id: &&AdvocateId| may_sign(self.before, was, id, date.value);
        if !before.iter().any(|id| could(&id)) {
            grounds.push(format!("{name}, who signs for it, could not before this change"));
        }
        match &signature.signature {
            Some(armor) => {
                let key = signing_key(armor);
                // Where several records became one, the key of one proves nothing for another.
                let counts = |id: &AdvocateId| {
                    let advocate = self.before.advocates.get(id);
                    let keys = advocate.map(|advocate| advocate.keys.as_slice()).unwrap_or_default();
                    keys.iter().any(|entry| {
                        let from = entry.valid_from.as_ref().is_none_or(|from| from.value <= date.value);
                        let until = entry.valid_until.as_ref().is_none_or(|until| date.value <= until.value);
                        from && until && key.is_some() && fingerprint(entry) == key
                    })
                };
                let mut able = before.iter().filter(could).peekable();
                let is_known = match able.peek() {
                    Some(_) => able.any(counts),
                    None => before.iter().any(counts),
                };
                if !is_known {
                    grounds.push(format!("the key of {name} that proves it was not in the ledger before this change"));
                }
            }
            None => {
                let required = self.before.policy().ssh_signatures() == SshSignatures::Required;
                if required {
                    grounds.push("it has no SSH signature, and the policy required one before this change".to_owned());
                }
            }
        }
        grounds
    }
}

/// The signatures of one member.
pub(super) fn signatures_of<'s, 'l>(
    signed: &'s HashMap<&'l str, Vec<JudgedSignature<'l>>>,
    member: &Record<Member>,
) -> &'s [JudgedSignature<'l>] {
    signed.get(&*member.key.id).map(Vec::as_slice).unwrap_or_default()
}
