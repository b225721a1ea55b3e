//! Former ids of members and people: a signature given under a former id still counts.

use crate::kind::RecordKey;
use crate::ledger::{Ledger, SignatureId};
use crate::record::AnyRecord;
use crate::record::agreement::Signature;
use std::collections::HashSet;

/// How many earlier ids of a record are tried: each takes as long as reading many records, and no one is renamed that
/// often.
const TRIED: usize = 16;

/// The former ids that a record lists, without those that another record has now and those that the commits contradict.
/// Ids found in a commit come first, so that made-up ones do not crowd them out.
pub(super) fn former_ids<'l>(ledger: &'l Ledger, record: &'l dyn AnyRecord) -> impl Iterator<Item = &'l str> {
    let now = record.key();
    let is_its_own = move |id: &&str| {
        let old = RecordKey::new(now.kind, id);
        ledger.find(old.kind, &old.id).is_none() && ledger.evidence.was_renamed(&old, now)
    };
    // What the commits call a rename is one, also when the record does not say so anymore.
    let renamed = ledger.evidence.renames.iter().filter(move |(_, new)| new == now);
    let mut renamed: Vec<&str> = renamed.map(|(old, _)| &*old.id).filter(is_its_own).collect();
    renamed.sort_unstable();
    let was_held = move |id: &&str| ledger.evidence.records.contains_key(&RecordKey::new(now.kind, id));
    let ids = record.common().other_ids.iter().map(|id| id.value.as_str()).filter(is_its_own);
    let (held, others): (Vec<_>, Vec<_>) = ids.partition(was_held);
    let mut seen = HashSet::new();
    held.into_iter().chain(renamed).chain(others).filter(move |id| seen.insert(id.to_ascii_lowercase())).take(TRIED)
}

/// What a signature is, and was before its member or whoever signed got another id.
pub(super) fn identities(ledger: &Ledger, signature: &Signature) -> Vec<SignatureId> {
    let Some(current) = SignatureId::of(signature) else { return Vec::new() };
    let mut identities = vec![current.clone()];
    let members: Vec<&str> =
        ledger.members.find(&current.member).into_iter().flat_map(|member| former_ids(ledger, member)).collect();
    let people: Vec<&str> =
        ledger.advocates.find(&current.by).into_iter().flat_map(|by| former_ids(ledger, by)).collect();
    for member in std::iter::once(current.member.as_str()).chain(members) {
        for by in std::iter::once(current.by.as_str()).chain(people.iter().copied()) {
            identities.push(SignatureId { member: member.to_owned(), by: by.to_owned(), ..current.clone() });
        }
    }
    identities
}
