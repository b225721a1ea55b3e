//! A ledger as others may read it: without names of people who are not listed. Their ids stay, because signatures depend on them, and
//! are replaced in the output ([`super::Concealment`]).

use super::unlisted::Unlisted;
use crate::kind::RecordKey;
use crate::ledger::Ledger;
use crate::record::agreement::Signature;
use crate::record::common::Common;
use crate::record::value::{AdvocateId, At, MemberId, Opt, RecordId};
use chrono::NaiveDate;

/// Replaces the name of a guest at a meeting, who has no record and so has not agreed to be named.
const GUEST: &str = "a guest";

/// Removes from a ledger the names of people who are not listed, and what identifies them.
pub(crate) fn veil(ledger: &mut Ledger, unlisted: &Unlisted, today: NaiveDate) {
    ledger.is_nameless = true;
    let words: Vec<(RecordKey, String)> =
        unlisted.iter().map(|(key, _)| (key.clone(), unlisted.words(ledger, key, today))).collect();
    let words_of =
        |key: &RecordKey| words.binary_search_by(|(other, _)| other.cmp(key)).ok().map(|at| words[at].1.clone());
    for advocate in ledger.advocates.iter_mut() {
        if let Some(words) = words_of(&advocate.key) {
            rename(&mut advocate.common, words);
            advocate.body.title = None;
            advocate.body.pronouns = None;
            advocate.body.contact_details.clear();
            advocate.body.notable = None;
        }
    }
    for member in ledger.members.iter_mut() {
        if let Some(words) = words_of(&member.key) {
            rename(&mut member.common, words);
            member.body.url = None;
            member.body.contact_details.clear();
        }
    }
    let is_unquoted =
        |member: &Opt<MemberId>| member.as_ref().is_some_and(|id| !unlisted.may_be_quoted(&id.value.key()));
    for goal in ledger.goals.iter_mut() {
        let unquoted = goal.body.positions.iter_mut().filter(|one| is_unquoted(&one.member));
        unquoted.for_each(|one| one.value.reason = None);
    }
    for decision in ledger.decisions.iter_mut() {
        let unquoted = decision.body.positions.iter_mut().filter(|one| is_unquoted(&one.member));
        unquoted.for_each(|one| one.value.reason = None);
    }
    for request in ledger.requests.iter_mut() {
        if is_unquoted(&request.member) {
            request.body.need = None;
            request.body.outcome = None;
        }
        let unquoted = request.body.responses.iter_mut().filter(|one| is_unquoted(&one.member));
        unquoted.for_each(|one| one.value.note = None);
    }
    let veil_signature = |signature: &mut Signature| {
        if is_of(unlisted, &signature.by) {
            signature.title = None;
        }
        if is_unquoted(&signature.member) {
            signature.withdrawn_because = None;
        }
    };
    for agreement in ledger.agreements.iter_mut() {
        agreement.body.signatures.iter_mut().for_each(|signature| veil_signature(&mut signature.value));
    }
    ledger.signature_files.each_entry(veil_signature);
    for meeting in ledger.meetings.iter_mut() {
        for guest in meeting.body.attendance.iter_mut().filter_map(|entry| entry.value.name.as_mut()) {
            GUEST.clone_into(&mut guest.value);
        }
    }
}

fn rename(common: &mut Common, words: String) {
    let span = common.name.as_ref().map_or(crate::source::Span::START, |name| name.span);
    common.name = Some(At { value: words, span });
    common.other_names.clear();
    common.links.clear();
    common.sources.clear();
}

fn is_of(unlisted: &Unlisted, by: &Option<At<AdvocateId>>) -> bool {
    by.as_ref().is_some_and(|by| unlisted.has(&by.value.key()))
}
