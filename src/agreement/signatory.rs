//! Who may sign for a member on a day.

use super::former_ids::identities;
use crate::ledger::{Ledger, NamedTime};
use crate::record::agreement::Signature;
use crate::record::value::AdvocateId;
use crate::record::{Member, Record};
use chrono::NaiveDate;

/// Whether it is unknown who may sign for a member: it names no one, or a person without a record.
pub(crate) fn has_unclear_signatories(ledger: &Ledger, member: &Member) -> bool {
    let named = member.signatory_ids();
    named.is_empty() || named.into_iter().any(|id| ledger.advocates.get(id).is_none())
}

/// Whether an advocate may sign for a member on a day: among its signatories, or its representative where it names
/// none, or among its former signatories on that day; and in service on that day.
pub(crate) fn may_sign(ledger: &Ledger, member: &Member, by: &AdvocateId, on: NaiveDate) -> bool {
    let is_named = member.signatory_ids().contains(&by) || member.could_sign(by, on);
    is_named && serves(ledger, by, on)
}

/// Whether a signature was given by someone who could sign for the member then: by what the records say, or by what
/// they said in the commit before the one that brought the signature.
pub(crate) fn was_authorized(ledger: &Ledger, member: &Record<Member>, signature: &Signature) -> bool {
    let (Some(by), Some(date)) = (&signature.by, &signature.date) else { return false };
    let by_history = || {
        identities(ledger, signature).iter().any(|id| {
            let times = ledger.evidence.named.get(&(id.member.clone(), id.by.clone()));
            let mut times = times.into_iter().flatten();
            // A member may name someone else before a signature of its earlier signatory is merged.
            let was_named = |time: &NamedTime| {
                time.from.is_none_or(|from| from <= date.value) && time.until.is_some_and(|until| date.value <= until)
            };
            ledger.evidence.authorized.contains(id) || times.any(was_named)
        })
    };
    may_sign(ledger, member, by, date.value) || (by_history() && serves(ledger, by, date.value))
}

fn serves(ledger: &Ledger, by: &AdvocateId, on: NaiveDate) -> bool {
    ledger.advocates.get(by).is_some_and(|advocate| advocate.serves(on))
}

/// The day on which the office that a signature rests on ended, if it did: the end of the person's service, or of the
/// time in which the person could sign for the member.
pub(crate) fn end_of_office(ledger: &Ledger, member: &Member, by: &AdvocateId, on: NaiveDate) -> Option<NaiveDate> {
    let service = ledger.advocates.get(by).and_then(|advocate| advocate.end_date.as_ref()).map(|end| end.value);
    let former = member.former_signatories.iter().filter(|former| {
        former.advocate.as_ref().is_some_and(|advocate| advocate.value == *by)
            && former.since.as_ref().is_none_or(|since| since.value <= on)
    });
    let former = former.filter_map(|former| Some(former.until.as_ref()?.value)).filter(|until| *until >= on).max();
    let former = former.filter(|_| !member.signatory_ids().contains(&by));
    service.into_iter().chain(former).min()
}
