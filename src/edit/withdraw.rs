//! Withdraws a signature: the entry stays, with the date and the reason.

use super::{ChangeSet, Edit, Literal, file_change};
use crate::agreement::{JudgedSignature, Purpose, SignatureJudge, Statement, is_to_come, may_sign};
use crate::check;
use crate::document::words::quote;
use crate::error::Error;
use crate::finding::CheckName;
use crate::ledger::Ledger;
use crate::record::value::{AdvocateId, RecordId};
use crate::record::{Advocate, Agreement, AnyRecord, Member, Record};
use chrono::NaiveDate;

/// A withdrawal that the member may make. It covers everything the member has signed of the agreement up to its date.
#[derive(Debug)]
pub(crate) struct PreparedWithdrawal<'l> {
    /// The agreement.
    pub agreement: &'l Record<Agreement>,
    /// The member.
    pub member: &'l Record<Member>,
    /// The person who withdraws for the member.
    pub by: &'l Record<Advocate>,
    /// The day.
    pub date: NaiveDate,
    /// The last signature that counts: its entry bears the withdrawal.
    signature: JudgedSignature<'l>,
}

/// The new errors to expect after a withdrawal, because the signature is then missing.
pub(crate) fn expected_errors() -> Vec<CheckName> {
    ["unsigned-agreement"].into_iter().filter_map(check::find).map(|check| check.name).collect()
}

/// The withdrawal of all signatures of a member on an agreement. By default, the person who signed withdraws.
///
/// # Errors
/// If no signature counts, or the day does not fit.
pub(crate) fn prepare_withdrawal<'l>(
    ledger: &'l Ledger,
    today: NaiveDate,
    agreement: &'l Record<Agreement>,
    member: &'l Record<Member>,
    by: Option<&'l Record<Advocate>>,
    date: NaiveDate,
) -> Result<PreparedWithdrawal<'l>, Error> {
    let name = member.name();
    if is_to_come(date, today) {
        return Err(Error::refused(format!("{date} is in the future; give the date the member withdrew")));
    }
    let registry = SignatureJudge::new(ledger, today);
    let is_own = |judged: &JudgedSignature<'_>| {
        judged.counts() && judged.signature.member.as_ref().is_some_and(|id| id.as_str() == &*member.key.id)
    };
    let day_of = |judged: &JudgedSignature<'_>| judged.signature.date.as_ref().map(|date| date.value);
    let counting = registry.judge_all(agreement).filter(is_own);
    // Of several on one day, the last in order: what is above it goes with it.
    let Some(signature) = counting.max_by_key(day_of) else {
        return Err(Error::refused(format!("{name} has no valid signature on {}", quote(agreement.name()))));
    };
    if let Some(signed) = day_of(&signature).filter(|signed| *signed > date) {
        return Err(Error::refused(format!(
            "{name} signed on {signed}, so it cannot withdraw that signature on {date}; give a later date with --date"
        )));
    }
    let signed_by = || signature.signature.by.as_ref().and_then(|by| ledger.advocates.get(by));
    let Some(by) = by.or_else(signed_by) else {
        return Err(Error::refused(format!("say who withdraws for {name}: --by ADVOCATE")));
    };
    let has_signed = signature.signature.by.as_ref().is_some_and(|signatory| signatory.as_str() == &*by.key.id);
    if !has_signed && !may_sign(ledger, member, &AdvocateId::new(&by.key.id), date) {
        let reason = "only the person who signed, or someone who may sign for the member on that day, can withdraw";
        return Err(Error::refused(format!("{} cannot withdraw for {name}: {reason}", by.name())));
    }
    Ok(PreparedWithdrawal { agreement, member, by, date, signature })
}

impl PreparedWithdrawal<'_> {
    /// What an SSH signature of it is made over; `None` if the entry lacks a field.
    pub(crate) fn statement(&self) -> Option<Statement<'_>> {
        let signed = Statement::of(self.agreement, self.signature.signature, self.signature.version)?;
        Some(Statement { purpose: Purpose::Withdrawal, by: &self.by.key.id, date: self.date, ..signed })
    }

    /// The change that withdraws: the day and the reason in the entry of the last signature.
    ///
    /// # Errors
    /// If the file cannot be edited.
    pub(crate) fn change(&self, ledger: &Ledger, because: &str, armor: Option<&str>) -> Result<ChangeSet, Error> {
        let at = self.signature.entry.at;
        let put = |key: &str, value: Literal| Edit::put("signatures", at, key, value);
        let mut edits = vec![put("withdrawn", Literal::Date(self.date))];
        let signed_by = self.signature.signature.by.as_ref();
        if signed_by.is_none_or(|by| by.as_str() != &*self.by.key.id) {
            edits.push(put("withdrawn_by", Literal::Text(self.by.key.id.to_string())));
        }
        edits.extend(armor.map(|armor| put("withdrawn_signature", Literal::Lines(armor.to_owned()))));
        edits.push(put("withdrawn_because", Literal::Text(because.to_owned())));
        Ok(ChangeSet::one("withdraw", file_change(ledger, self.signature.entry.path, &edits)?))
    }
}
