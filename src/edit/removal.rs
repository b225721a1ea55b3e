//! Removes a record, unless something refers to it.

use crate::agreement::{SignatureJudge, has_ended};
use crate::document::words::quote;
use crate::error::Error;
use crate::kind::{Kind, RecordKey};
use crate::ledger::{Ledger, MemberSignatures, Mention};
use crate::record::AnyRecord;
use crate::record::value::RecordId;
use crate::source::{ChangeSet, FileChange, LedgerPath, LineIndex};
use chrono::NaiveDate;

/// The change that removes a record.
///
/// # Errors
/// If others refer to it, unless forced: all of them, with their places.
pub(crate) fn plan_removal(
    ledger: &Ledger,
    record: &dyn AnyRecord,
    today: NaiveDate,
    force: bool,
) -> Result<ChangeSet, Error> {
    let key = record.key();
    let path = record.path();
    refuse_if_signed(ledger, key, today)?;
    let mentions: Vec<_> = ledger.mentions_of(key).into_iter().filter(|mention| mention.from != *key).collect();
    // The signatures on an agreement go with it; those of a member stand for what it promised.
    let (own_files, files): (Vec<_>, Vec<_>) =
        signature_files(ledger, key).into_iter().partition(|_| key.kind == Kind::Agreement);
    if (!mentions.is_empty() || !files.is_empty()) && !force {
        fn place<'m>(ledger: &Ledger, mention: &'m Mention) -> Option<(&'m LedgerPath, usize, String)> {
            let text = ledger.texts.get(&mention.path)?;
            let line = LineIndex::new(text).position(mention.span.range().start).line;
            let message = format!("\n  {}:{line}: `{}` of {}", mention.path, mention.field.join("."), mention.from);
            Some((&mention.path, line, message))
        }
        let mut places: Vec<_> = mentions.iter().filter_map(|mention| place(ledger, mention)).collect();
        places.extend(files.iter().map(|path| (path, 1, format!("\n  {path}: the signatures of {key}"))));
        places.sort();
        let count = mentions.len() + files.len();
        let places: String = places.into_iter().map(|(_, _, place)| place).collect();
        let count = if count == 1 { "1 place refers".to_owned() } else { format!("{count} places refer") };
        return Err(Error::refused(format!("{count} to {key}, so it was not removed:{places}\n{}", suggest(key.kind))));
    }
    let before = ledger.texts.get(path).cloned();
    let mut gone = vec![FileChange { path: path.clone(), before, after: None }];
    gone.extend(own_files.into_iter().chain(files).map(|path| {
        let before = ledger.texts.get(&path).cloned();
        FileChange { path, before, after: None }
    }));
    Ok(ChangeSet { what: format!("remove {key}"), files: gone })
}

/// The files that hold signatures on an agreement, or those of a member.
fn signature_files(ledger: &Ledger, key: &RecordKey) -> Vec<LedgerPath> {
    let is_own = |file: &&MemberSignatures| file.agreement == *key || file.member.key() == *key;
    ledger.signature_files.iter().filter(is_own).map(|file| file.path.clone()).collect()
}

/// Refuses to remove an agreement with signatures that count: it should end, not vanish.
fn refuse_if_signed(ledger: &Ledger, key: &RecordKey, today: NaiveDate) -> Result<(), Error> {
    let Some(agreement) = ledger.agreements.find(&key.id).filter(|agreement| agreement.key == *key) else {
        return Ok(());
    };
    let registry = SignatureJudge::new(ledger, today);
    let counting = registry.judge_all(agreement).filter(|judged| judged.counts()).count();
    if counting == 0 || has_ended(agreement, today) {
        return Ok(());
    }
    let signatures =
        if counting == 1 { "1 signature counts".to_owned() } else { format!("{counting} signatures count") };
    Err(Error::refused(format!(
        "{signatures} on {}, so it was not removed. If the agreement is over, keep its record: coalition set {key} ended=today",
        quote(agreement.name())
    )))
}

/// What to do instead of removing a record of this kind.
fn suggest(kind: Kind) -> &'static str {
    match kind {
        Kind::Member => "If a member leaves, keep its record: `coalition set member/ID left=today`.",
        Kind::Advocate | Kind::Official => "If someone leaves, keep the record: `coalition set RECORD end_date=today`.",
        Kind::Goal => "If a goal is dropped, keep its record: `coalition set goal/ID dropped=today dropped_because=…`.",
        Kind::Agreement => "If an agreement is over, keep its record: `coalition set agreement/ID ended=today`.",
        _ => "Change those first.",
    }
}
