//! Signatures that name their member or a person by an earlier id: one that was on its way while the record was
//! renamed. They are under the id that the record has now.

use super::Ledger;
use crate::finding::{Finding, name};
use crate::kind::{Kind, RecordKey};
use crate::record::agreement::Signature;
use crate::record::value::{AdvocateId, At, MemberId, RecordId};
use crate::source::{LedgerPath, Span};
use std::collections::HashMap;

/// A place that names a record by an id that it had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormerReference {
    /// The file.
    pub path: LedgerPath,
    /// Where it stands; the beginning of the file where its own place says it.
    pub span: Span,
    /// The field.
    pub field: &'static str,
    /// The agreement that was signed.
    pub agreement: RecordKey,
    /// The earlier id.
    pub was: RecordKey,
    /// The record.
    pub now: RecordKey,
}

/// The records by the ids that they say they had, where no record has the id now and only one had it.
struct FormerIds(HashMap<RecordKey, Option<RecordKey>>);

impl FormerIds {
    fn of(ledger: &Ledger) -> FormerIds {
        let mut ids: HashMap<RecordKey, Option<RecordKey>> = HashMap::new();
        for record in [Kind::Member, Kind::Advocate].into_iter().flat_map(|kind| ledger.records_of(kind)) {
            let now = record.key();
            for id in &record.common().other_ids {
                let was = RecordKey::new(now.kind, &id.value.trim().to_lowercase());
                if ledger.find(was.kind, &was.id).is_some() || ledger.unread.contains(&was) {
                    continue;
                }
                let known = ids.entry(was).or_insert_with(|| Some(now.clone()));
                if known.as_ref() != Some(now) {
                    *known = None;
                }
            }
        }
        FormerIds(ids)
    }

    /// The record that had an id, and its id.
    fn now<I: RecordId>(&self, id: &I) -> Option<(RecordKey, &RecordKey)> {
        let was = id.key();
        let now = self.0.get(&was)?.as_ref()?;
        Some((was, now))
    }
}

/// Lets signatures that name a member or a person by an id that it had name it by the one it has. The places are kept in
/// [`Ledger::former_references`], so that a check can report them.
pub(super) fn follow_renames(ledger: &mut Ledger) {
    let ids = FormerIds::of(ledger);
    if ids.0.is_empty() {
        return;
    }
    let mut found = Vec::new();
    for record in ledger.agreements.iter_mut() {
        let (path, agreement) = (record.path.clone(), record.key.clone());
        for entry in &mut record.body.signatures {
            if let Some((was, now)) = entry.value.member.as_ref().and_then(|member| ids.now(&member.value)) {
                let now = now.clone();
                let span = entry.value.member.as_ref().map_or(Span::START, |member| member.span);
                found.push(reference(&path, span, "member", &agreement, was, &now));
                entry.value.member = Some(At { value: MemberId::new(&now.id), span });
            }
            follow_people(&ids, &mut entry.value, &path, &agreement, &mut found);
        }
    }
    for file in ledger.signature_files.iter_mut() {
        if let Some((was, now)) = ids.now(&file.member) {
            let member = MemberId::new(&now.id);
            found.push(reference(&file.path, Span::START, "member", &file.agreement, was, now));
            for entry in &mut file.body.signatures {
                entry.value.member = Some(At { value: member.clone(), span: Span::START });
            }
            file.member = member;
        }
        for entry in &mut file.body.signatures {
            follow_people(&ids, &mut entry.value, &file.path, &file.agreement, &mut found);
        }
    }
    ledger.former_references = found;
}

/// Ids that a member or a person had and another one has now: what names them, such as a signature that is still on its way, would
/// mean either.
pub(super) fn find_taken_ids(ledger: &Ledger) -> Vec<Finding> {
    let mut found = Vec::new();
    for record in [Kind::Member, Kind::Advocate].into_iter().flat_map(|kind| ledger.records_of(kind)) {
        let key = record.key();
        let ids = record.common().other_ids.iter().map(|id| id.value.trim());
        let holders = ids.filter_map(|id| ledger.find(key.kind, id)).filter(|holder| holder.key() != key);
        found.extend(holders.map(|holder| {
            let id = &holder.key().id;
            let message = format!("`{id}` is a former id of {}, as its `other_ids` say", record.path());
            let help =
                "give this record another id: if an id means two records, it is unclear whose signatures they are";
            Finding::new(name::DUPLICATE_ID, holder.path(), Span::START, message, help)
                .with_record(holder.key().clone())
        }));
    }
    found
}

fn follow_people(
    ids: &FormerIds,
    signature: &mut Signature,
    path: &LedgerPath,
    agreement: &RecordKey,
    found: &mut Vec<FormerReference>,
) {
    for (field, by) in [("by", &mut signature.by), ("withdrawn_by", &mut signature.withdrawn_by)] {
        let Some(by) = by else { continue };
        if let Some((was, now)) = ids.now(&by.value) {
            found.push(reference(path, by.span, field, agreement, was, now));
            by.value = AdvocateId::new(&now.id);
        }
    }
}

fn reference(
    path: &LedgerPath,
    span: Span,
    field: &'static str,
    agreement: &RecordKey,
    was: RecordKey,
    now: &RecordKey,
) -> FormerReference {
    FormerReference { path: path.clone(), span, field, agreement: agreement.clone(), was, now: now.clone() }
}
