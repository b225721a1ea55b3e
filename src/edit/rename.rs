//! Changes the id of a record: renames its file and updates every reference in every file.

use super::page::text_at;
use super::{Edit, Literal, Order, apply_edits};
use crate::agreement::SignatureJudge;
use crate::error::Error;
use crate::kind::{Kind, RecordKey, SIGNATURES};
use crate::ledger::{Ledger, MemberSignatures};
use crate::parse::suggest::is_slug;
use crate::record::AnyRecord;
use crate::record::value::RecordId;
use crate::source::{ChangeSet, FileChange, LedgerPath, Span};
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// The change that gives a record another id.
///
/// # Errors
/// If another record has the id, or if this one has it already.
pub(crate) fn plan_rename(ledger: &Ledger, record: &dyn AnyRecord, new: &str) -> Result<ChangeSet, Error> {
    let key = record.key();
    let new_key = RecordKey::new(key.kind, new);
    let path = record.path();
    let target = with_stem(path, new);
    if new_key != *key && (ledger.find(key.kind, new).is_some() || ledger.unread.contains(&new_key)) {
        return Err(Error::refused(format!("there is already {} `{new}`", key.kind.with_article())));
    }
    if target == *path {
        return Err(Error::refused(format!("{key} already has that id")));
    }
    let mut places: BTreeMap<&LedgerPath, Vec<Span>> = BTreeMap::new();
    let mentions = ledger.mentions_of(key);
    for mention in &mentions {
        places.entry(&mention.path).or_default().push(mention.span);
    }
    let mut files = Vec::new();
    let moved = signature_files(ledger, key, new);
    for (file, spans) in &places {
        let Some(before) = ledger.texts.get(*file) else { continue };
        if *file != path && !moved.iter().any(|(from, _)| from == *file) {
            let after = update_references(before, spans, new);
            files.push(FileChange { path: (*file).clone(), before: Some(before.clone()), after: Some(after) });
        }
    }
    for (from, to) in moved {
        let Some(before) = ledger.texts.get(&from) else { continue };
        let after = places.get(&from).map_or_else(|| before.clone(), |spans| update_references(before, spans, new));
        files.push(FileChange::new_file(to, after));
        files.push(FileChange { path: from, before: Some(before.clone()), after: None });
    }
    let before = ledger.texts.get(path).ok_or_else(|| Error::refused(format!("{path} cannot be read")))?;
    let renamed = places.get(path).map_or_else(|| before.clone(), |spans| update_references(before, spans, new));
    let renamed = with_former_id(record, renamed)?;
    files.insert(0, FileChange::new_file(target, renamed));
    files.push(FileChange { path: path.clone(), before: Some(before.clone()), after: None });
    Ok(ChangeSet { what: format!("rename {key} to {new}"), files })
}

/// The signature files whose place names the record, with the place that they get.
fn signature_files(ledger: &Ledger, key: &RecordKey, new: &str) -> Vec<(LedgerPath, LedgerPath)> {
    let files = ledger.signature_files.iter();
    let of_agreement = |file: &MemberSignatures| {
        let member = file.path.file_name();
        (file.agreement == *key).then(|| LedgerPath::new(format!("{SIGNATURES}/{new}/{member}")))
    };
    // A file under an id that the member had stays where it is.
    let is_own = |file: &MemberSignatures| {
        file.member.key() == *key && RecordKey::new(key.kind, &file.path.stem().to_lowercase()) == *key
    };
    let of_member = |file: &MemberSignatures| is_own(file).then(|| with_stem(&file.path, new));
    let place = |file: &MemberSignatures| match key.kind {
        Kind::Agreement => of_agreement(file),
        Kind::Member => of_member(file),
        _ => None,
    };
    files.filter_map(|file| Some((file.path.clone(), place(file)?))).collect()
}

/// The text of a record with the id that it has so far under `other_ids`: what was signed under it can be proven by it.
fn with_former_id(record: &dyn AnyRecord, text: String) -> Result<String, Error> {
    let key = record.key();
    let is_known = record.common().other_ids.iter().any(|id| *id.value == *key.id);
    if is_known || !matches!(key.kind, Kind::Member | Kind::Advocate) || !is_slug(&key.id) {
        return Ok(text);
    }
    let ids = record.common().other_ids.iter().map(|id| Literal::Text(id.value.to_string()));
    let ids = ids.chain([Literal::Text(key.id.to_string())]).collect();
    apply_edits(&text, &[Edit::set("other_ids", Literal::List(ids))], &Order::of(key.kind))
}

/// The path of a file with another name in the same folder.
fn with_stem(path: &LedgerPath, stem: &str) -> LedgerPath {
    let folder = path.as_str().rsplit_once('/').map_or("", |(folder, _)| folder);
    LedgerPath::new(if folder.is_empty() { format!("{stem}.toml") } else { format!("{folder}/{stem}.toml") })
}

/// A text in which the values at these places are another id, in the quotes that they had.
fn update_references(text: &str, spans: &[Span], id: &str) -> String {
    let mut spans: Vec<Span> = spans.to_vec();
    spans.sort();
    spans.dedup();
    let mut after = text.to_owned();
    for span in spans.iter().rev() {
        let range = span.range();
        let old = text_at(text, range.clone());
        let quotes = ["\"\"\"", "'''", "\"", "'"].into_iter().find(|quotes| old.starts_with(quotes)).unwrap_or("\"");
        after.replace_range(range, &format!("{quotes}{id}{quotes}"));
    }
    after
}

/// Verifies that a rename loses nothing: the ledger has as many references, none to the old id, and as many signatures
/// that count, because terms and SSH signatures cover ids.
///
/// # Errors
/// The references or signatures that would be lost.
pub(crate) fn require_complete_rename(
    before: &Ledger,
    after: &Ledger,
    key: &RecordKey,
    new: &str,
    today: NaiveDate,
) -> Result<(), Error> {
    let new = RecordKey::new(key.kind, new);
    let (was, is) = (before.mentions_of(key).len(), after.mentions_of(&new).len());
    // Ids that differ by case alone are one.
    if was != is || (new != *key && !after.mentions_of(key).is_empty()) {
        return Err(Error::refused(format!(
            "only {is} of {was} references to {key} could be updated, so nothing was written; `coalition check` says \
             what is wrong with the others"
        )));
    }
    let lost = count_counting_signatures(before, today).saturating_sub(count_counting_signatures(after, today));
    if lost > 0 {
        let signatures = if lost == 1 { "1 signature".to_owned() } else { format!("{lost} signatures") };
        let why = if key.kind == Kind::Agreement {
            "the signed terms contain the agreement's id"
        } else {
            "the SSH signatures cover the ids of the member and the person"
        };
        return Err(Error::refused(format!(
            "{signatures} would no longer count, because {why}; keep the id, or use --force and ask members to sign again"
        )));
    }
    Ok(())
}

/// The number of signatures that count.
fn count_counting_signatures(ledger: &Ledger, today: NaiveDate) -> usize {
    let registry = SignatureJudge::new(ledger, today);
    let judged = ledger.agreements.iter().flat_map(|agreement| registry.judge_all(agreement));
    judged.filter(|judged| judged.counts()).count()
}
