//! Whether the date of a signature is possible: no one can sign a text before it is written.

use super::proof::{fingerprint, signing_key};
use super::signatory::end_of_office;
use super::standing::{Flaw, SignatureJudge};
use super::timeline::amendment_of;
use crate::record::agreement::Signature;
use crate::record::value::At;
use crate::record::{Agreement, Member, Record};
use chrono::{Days, NaiveDate};

impl SignatureJudge<'_> {
    /// The day since when the text of a signature has existed, if the signature is dated earlier, and whether that day
    /// is certain.
    fn words_after(&self, agreement: &Record<Agreement>, signature: &Signature) -> Option<(NaiveDate, bool)> {
        let (signed, terms) = (signature.date.as_ref()?.value, &signature.terms.as_ref()?.value);
        let version = self.version_of(agreement, signature);
        let amendment = amendment_of(agreement, version);
        let day = |date: Option<&At<NaiveDate>>| date.map(|date| date.value);
        let begun = day(amendment.and_then(|amendment| amendment.begun.as_ref()));
        let stated = day(amendment.and_then(|amendment| amendment.date.as_ref()).or(agreement.effective.as_ref()));
        let known = self.ledger.evidence.words.get(&*agreement.key.id).and_then(|words| words.get(terms));
        let (since, is_sure) = match known {
            Some(known) if !known.came_with_agreement => (Some(known.day), true),
            // No one proves with a key what was to come: only a whole ledger that is brought holds older words and proofs.
            Some(known) if known.came_later && signature.signature.is_some() => (Some(known.day), false),
            // The words may be older than the repository, and the record says how old they are.
            Some(known) => (begun.or(stated.map(|stated| stated.min(known.day))), begun.is_some()),
            None => (begun, true),
        };
        // Where the signer lives, it may be tomorrow.
        since.filter(|since| signed < *since - Days::new(1)).map(|since| (since, is_sure))
    }

    /// Whether a signature is dated before its text was written, as far as anyone knows.
    pub fn is_backdated(&self, agreement: &Record<Agreement>, signature: &Signature) -> Option<NaiveDate> {
        self.words_after(agreement, signature).filter(|(_, is_sure)| *is_sure).map(|(since, _)| since)
    }

    pub(super) fn flaw_of_date(
        &self,
        agreement: &Record<Agreement>,
        member: &Record<Member>,
        signature: &Signature,
    ) -> Option<Flaw> {
        let (words, _) = self.words_after(agreement, signature)?;
        // Paper says what no key can; beside a key it says nothing about when that was used.
        if signature.evidence.is_some() && signature.signature.is_none() {
            return None;
        }
        let (by, signed) = (&signature.by.as_ref()?.value, signature.date.as_ref()?.value);
        let office = end_of_office(self.ledger, member, by, signed);
        let key = signature.signature.as_ref().and_then(|armor| {
            let key = signing_key(armor)?;
            let keys = self.ledger.advocates.get(by)?.keys.iter();
            let same_key = keys.filter(|entry| fingerprint(entry).is_some_and(|same_key| same_key == key));
            same_key.filter_map(|entry| Some(entry.valid_until.as_ref()?.value)).filter(|until| *until >= signed).min()
        });
        let ended = office.into_iter().chain(key).min().filter(|ended| *ended < words)?;
        Some(Flaw::Backdated { words, ended })
    }
}
