//! The record that a word meant in the past, where it means none now: one that was removed, or that had this id.

use super::{PastLedgers, find_before};
use crate::error::Error;
use crate::kind::RecordKey;
use crate::lookup::find_record;
use crate::source::LedgerPath;

/// How many ids a record is followed through.
const MOST_IDS: usize = 20;

/// The record that a word meant last, with the name that it had then. `None` if no commit has had one.
///
/// # Errors
/// That it means several records of those that were removed together.
pub(crate) fn find_in_past(past: &dyn PastLedgers, word: &str) -> Result<Option<(RecordKey, String)>, Error> {
    let Some((mut at, mut key, mut name)) = find_removed(past, word, 0)? else { return Ok(None) };
    for _ in 0..MOST_IDS {
        let Some((now, now_name)) = renamed(past, at, &key) else { break };
        (key, name) = (now, now_name);
        match find_removed(past, &key.to_string(), at)? {
            Some((later, ..)) if later > at => at = later,
            _ => break,
        }
    }
    Ok(Some((key, name)))
}

/// The newest commit after `since` that removed a record which a word means, with the record and its name.
fn find_removed(past: &dyn PastLedgers, word: &str, since: usize) -> Result<Option<(usize, RecordKey, String)>, Error> {
    for (at, commit) in past.commits().iter().enumerate().skip(since).rev() {
        for parent in &commit.parents {
            let gone = past.gone(*parent, at);
            if gone.is_empty() {
                continue;
            }
            let keep = |path: &LedgerPath| gone.contains(path);
            let Ok(ledger) = past.ledger(*parent, Some(&keep)) else { continue };
            match find_record(&ledger, word) {
                Ok(record) => return Ok(Some((at, record.key().clone(), record.name().to_owned()))),
                Err(_) => continue,
            }
        }
    }
    Ok(None)
}

/// The id and the name that a record has after the commit that took it away under this id.
fn renamed(past: &dyn PastLedgers, at: usize, key: &RecordKey) -> Option<(RecordKey, String)> {
    let parents = &past.commits().get(at)?.parents;
    let parent = *parents.iter().find(|parent| past.files_of(**parent, key).is_some_and(|files| !files.is_empty()))?;
    let is_of_kind = |path: &LedgerPath| path.top() == key.kind.folder();
    let (before, after) = (past.ledger(parent, Some(&is_of_kind)).ok()?, past.ledger(at, Some(&is_of_kind)).ok()?);
    let record = after.records_of(key.kind).find(|record| find_before(&before, &after, record.key()) == *key)?;
    (record.key() != key).then(|| (record.key().clone(), record.name().to_owned()))
}
