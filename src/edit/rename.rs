//! Another id for a record: its file gets the new name, and every reference in every file follows.

use super::Refusal;
use crate::agreement::Registry;
use crate::kind::{Kind, RecordKey};
use crate::ledger::Ledger;
use crate::record::AnyRecord;
use crate::source::{ChangeSet, FileChange, LedgerPath, Span};
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// The change that gives a record another id.
///
/// # Errors
/// Where the id is taken, or is the one that it has.
pub fn renaming(ledger: &Ledger, record: &dyn AnyRecord, new: &str) -> Result<ChangeSet, Refusal> {
    let key = record.key();
    let new_key = RecordKey::new(key.kind, new);
    let path = record.path();
    let target = with_stem(path, new);
    if new_key != *key && (ledger.find(key.kind, new).is_some() || ledger.unread.contains(&new_key)) {
        return Err(Refusal::new(format!("there is {} `{new}` already", key.kind.with_article())));
    }
    if target == *path {
        return Err(Refusal::new(format!("{key} has that id already")));
    }
    let mut places: BTreeMap<&LedgerPath, Vec<Span>> = BTreeMap::new();
    for mention in ledger.mentions_of(key) {
        if let Some(from) = ledger.find(mention.from.kind, &mention.from.id) {
            places.entry(from.path()).or_default().push(mention.span);
        }
    }
    let mut files = Vec::new();
    for (file, spans) in &places {
        let Some(before) = ledger.texts.get(*file) else { continue };
        let after = referring(before, spans, new);
        if *file != path {
            files.push(FileChange { path: (*file).clone(), before: Some(before.clone()), after: Some(after) });
        }
    }
    let before = ledger.texts.get(path).cloned().unwrap_or_default();
    let own = places.get(path).map_or_else(|| before.clone(), |spans| referring(&before, spans, new));
    files.insert(0, FileChange::new_file(target, own));
    files.push(FileChange { path: path.clone(), before: Some(before), after: None });
    Ok(ChangeSet { what: format!("rename {key} to {new}"), files })
}

/// The path of a file with another name in the same folder.
fn with_stem(path: &LedgerPath, stem: &str) -> LedgerPath {
    let folder = path.as_str().rsplit_once('/').map_or("", |(folder, _)| folder);
    LedgerPath::new(if folder.is_empty() { format!("{stem}.toml") } else { format!("{folder}/{stem}.toml") })
}

/// A text in which the values at these places are another id, in the quotes that they had.
fn referring(text: &str, spans: &[Span], id: &str) -> String {
    let mut spans: Vec<Span> = spans.to_vec();
    spans.sort();
    spans.dedup();
    let mut after = text.to_owned();
    for span in spans.iter().rev() {
        let range = span.range();
        let old = text.get(range.clone()).unwrap_or_default();
        let quotes = ["\"\"\"", "'''", "\"", "'"].into_iter().find(|quotes| old.starts_with(quotes)).unwrap_or("\"");
        after.replace_range(range, &format!("{quotes}{id}{quotes}"));
    }
    after
}

/// Proves that a renamed ledger says what it said: as many references, none to the old id, and as many signatures that
/// count, since terms and SSH signatures are made over ids.
///
/// # Errors
/// What would be lost.
pub fn prove_renamed(
    before: &Ledger,
    after: &Ledger,
    key: &RecordKey,
    new: &str,
    today: NaiveDate,
) -> Result<(), Refusal> {
    let new = RecordKey::new(key.kind, new);
    let (was, is) = (before.mentions_of(key).len(), after.mentions_of(&new).len());
    // Ids that differ by case alone are one.
    if was != is || (new != *key && !after.mentions_of(key).is_empty()) {
        return Err(Refusal::new(format!(
            "of {was} references to {key} only {is} would follow, so nothing was written; `coalition check` says what is \
             wrong with the others"
        )));
    }
    let lost = counting(before, today).saturating_sub(counting(after, today));
    if lost > 0 {
        let signatures = if lost == 1 { "1 signature".to_owned() } else { format!("{lost} signatures") };
        let why = if key.kind == Kind::Agreement {
            "the terms that were signed name the agreement by its id"
        } else {
            "what the key signed names the member and the person by their ids"
        };
        return Err(Refusal::new(format!(
            "{signatures} would not count any more, since {why}; keep the id, or use --force and have it signed again"
        )));
    }
    Ok(())
}

/// How many signatures count.
fn counting(ledger: &Ledger, today: NaiveDate) -> usize {
    let registry = Registry::new(ledger, today);
    let signatures =
        ledger.agreements.iter().flat_map(|agreement| agreement.signatures.iter().map(move |own| (agreement, own)));
    signatures.filter(|(agreement, signature)| registry.judge(agreement, signature).counts()).count()
}
