//! One record in the commits of its repository: what each commit changed in it, the newest first. It is followed through other
//! ids, other files and other folders of the ledger. A merge is reported only for what no other commit says.

mod merge;
mod search;
mod view;

use super::{Difference, Request, compare_records, renames};
use crate::error::Error;
use crate::kind::{Kind, RecordKey};
use crate::ledger::Ledger;
use crate::source::LedgerPath;
use crate::source::commit_message::CommitMessage;
use crate::source::past::TrailCommit;
use chrono::NaiveDate;
use merge::{Side, tell_merge};
pub(crate) use search::find_in_past;

/// The path of a file, and something that tells its content apart from others.
pub(crate) type RecordFile = (String, String);

/// The ledgers of the past, commit by commit.
pub(crate) trait PastLedgers {
    /// The commits, each after those before it; the last one is the newest.
    fn commits(&self) -> &[TrailCommit];

    /// The files that say what a record is at a commit, with something that tells their contents apart; there are none if the
    /// record is not there. `None` if no one can say, because the clone lacks what the commit held.
    fn files_of(&self, at: usize, key: &RecordKey) -> Option<Vec<RecordFile>>;

    /// The files of records that one commit holds and another one does not.
    fn gone(&self, earlier: usize, later: usize) -> Vec<LedgerPath>;

    /// The ledger at a commit; with `keep`, only these records of it.
    ///
    /// # Errors
    /// Why it cannot be read.
    fn ledger(&self, at: usize, keep: Option<&(dyn Fn(&LedgerPath) -> bool + Sync)>) -> Result<Ledger, Error>;

    /// The text of a file at a commit.
    fn text(&self, at: usize, path: &LedgerPath) -> Option<String>;

    /// The last commit that the lines of two commits share.
    fn base(&self, one: usize, other: usize) -> Option<usize>;

    /// What a commit says in words.
    ///
    /// # Errors
    /// Why it cannot be read.
    fn message(&self, at: usize) -> Result<CommitMessage, Error>;
}

/// What happened to a record, the newest first.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct RecordHistory {
    /// The record, by the id that it has now, or had last.
    pub record: RecordKey,
    /// What people call it.
    pub name: String,
    /// What the files say that is not committed.
    pub uncommitted: Option<Difference>,
    /// The commits that changed it.
    pub steps: Vec<RecordStep>,
    /// Why the commits before are not known, in a sentence.
    pub cut: Option<String>,
    /// Whether values that are private are shown, and the addresses of those whom a commit names.
    pub private: bool,
}

/// A commit that changed a record.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct RecordStep {
    /// The id of the commit.
    pub commit: String,
    /// The day on which it was committed, in UTC.
    pub day: NaiveDate,
    /// What it says in words.
    pub message: CommitMessage,
    /// Whether it merges lines of commits.
    pub is_merge: bool,
    /// What it changed, or why that cannot be said.
    pub change: Result<Difference, String>,
}

/// How a record is followed.
#[derive(Clone, Copy)]
pub(crate) struct Following<'f> {
    past: &'f dyn PastLedgers,
    today: NaiveDate,
    private: bool,
}

/// Follows a record through the commits. `present` is the ledger as the files are, where they may hold more than the newest commit.
///
/// # Errors
/// Why the commits cannot be read.
pub(crate) fn follow(
    past: &dyn PastLedgers,
    present: Option<&Ledger>,
    (record, name): (&RecordKey, &str),
    today: NaiveDate,
    private: bool,
) -> Result<RecordHistory, Error> {
    let following = Following { past, today, private };
    let commits = past.commits();
    let mut keys: Vec<Option<RecordKey>> = vec![None; commits.len()];
    let mut history = RecordHistory {
        record: record.clone(),
        name: name.to_owned(),
        uncommitted: None,
        steps: Vec::new(),
        cut: None,
        private,
    };
    let mut newest_key = record.clone();
    if let Some(present) = present {
        let newest = commits.len().checked_sub(1).map(|newest| past.ledger(newest, None)).transpose()?;
        // Before the first commit, everything is new.
        let before = newest.unwrap_or_default();
        newest_key = find_before(&before, present, record);
        history.uncommitted = Some(following.compare(&before, present, record)).filter(|found| !found.is_empty());
    }
    if let Some(last) = keys.last_mut() {
        *last = Some(newest_key);
    }
    for (at, commit) in commits.iter().enumerate().rev() {
        let Some(key) = keys.get(at).cloned().flatten() else { continue };
        let mut sides = Vec::new();
        for parent in &commit.parents {
            let key_before = match keys.get(*parent).cloned().flatten() {
                Some(known) => known,
                None => following.key_before(*parent, at, &key),
            };
            if let Some(slot) = keys.get_mut(*parent) {
                *slot = Some(key_before.clone());
            }
            sides.push(Side { at: *parent, key: key_before });
        }
        // Before the oldest commit of a shallow clone, no one knows.
        let is_known = |at: usize, key: &RecordKey| past.files_of(at, key).is_some();
        if !commit.is_whole || !is_known(at, &key) || !sides.iter().all(|side| is_known(side.at, &side.key)) {
            continue;
        }
        let is_merge = sides.len() > 1;
        let change = match sides.as_slice() {
            [] => following.change(None, at, &key),
            [side] => following.change(Some(side), at, &key),
            _ => tell_merge(&following, &sides, at, &key),
        };
        let change = match change {
            Ok(None) => continue,
            Ok(Some(difference)) => Ok(difference),
            Err(error) => Err(error.to_string()),
        };
        let message = past.message(at)?;
        history.steps.push(RecordStep { commit: commit.id.clone(), day: commit.day, message, is_merge, change });
    }
    Ok(history)
}

impl Following<'_> {
    /// The key that a record had before a commit.
    fn key_before(&self, parent: usize, at: usize, key: &RecordKey) -> RecordKey {
        let is_gone = |at: usize, key: &RecordKey| self.past.files_of(at, key).is_some_and(|files| files.is_empty());
        if !is_gone(parent, key) || is_gone(at, key) {
            return key.clone();
        }
        // New in this commit: perhaps it had another id.
        let is_of_kind = |path: &LedgerPath| path.top() == key.kind.folder();
        let read = |at: usize| self.past.ledger(at, Some(&is_of_kind)).ok();
        match (read(parent), read(at)) {
            (Some(before), Some(after)) => find_before(&before, &after, key),
            _ => key.clone(),
        }
    }

    /// The files of a record at a commit.
    ///
    /// # Errors
    /// That the clone lacks what the commit held.
    fn files_of(&self, at: usize, key: &RecordKey) -> Result<Vec<RecordFile>, Error> {
        let lacks = || Error::environment("this clone lacks what one of the merged commits held");
        self.past.files_of(at, key).ok_or_else(lacks)
    }

    /// What a commit changed in a record, compared with a commit before it, or with nothing. `None` if it changed nothing.
    ///
    /// # Errors
    /// Why one of the two cannot be read.
    fn change(&self, before: Option<&Side>, at: usize, key: &RecordKey) -> Result<Option<Difference>, Error> {
        let files = self.files_of(at, key)?;
        let files_before = before.map(|side| self.files_of(side.at, &side.key)).transpose()?.unwrap_or_default();
        if files == files_before {
            return Ok(None);
        }
        let found = self.compare_commits(before.map(|side| side.at), at, (&files_before, &files), key)?;
        Ok((!found.is_empty()).then_some(found))
    }

    fn compare_commits(
        &self,
        before: Option<usize>,
        at: usize,
        files: (&[RecordFile], &[RecordFile]),
        key: &RecordKey,
    ) -> Result<Difference, Error> {
        // Whose signatures count depends on much; everything else, on the record and on the names of what it refers to.
        if key.kind == Kind::Agreement {
            let earlier = before.map(|before| self.past.ledger(before, None)).transpose()?.unwrap_or_default();
            return Ok(self.compare(&earlier, &self.past.ledger(at, None)?, key));
        }
        let texts = |at: usize, files: &[RecordFile]| -> String {
            files.iter().filter_map(|(path, _)| self.past.text(at, &LedgerPath::new(path.as_str()))).collect()
        };
        let mut said = texts(at, files.1);
        let mut own: Vec<&str> = files.1.iter().map(|(path, _)| path.as_str()).collect();
        if let Some(before) = before {
            said.push_str(&texts(before, files.0));
            own.extend(files.0.iter().map(|(path, _)| path.as_str()));
        }
        let said = said.to_lowercase();
        let words: std::collections::HashSet<&str> =
            said.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-')).filter(|word| !word.is_empty()).collect();
        let keep = |path: &LedgerPath| {
            let stem = path.file_name().strip_suffix(".toml").unwrap_or_default().to_lowercase();
            own.contains(&path.as_str()) || words.contains(stem.as_str())
        };
        let earlier = before.map(|before| self.past.ledger(before, Some(&keep))).transpose()?.unwrap_or_default();
        Ok(self.compare(&earlier, &self.past.ledger(at, Some(&keep))?, key))
    }

    fn compare(&self, before: &Ledger, after: &Ledger, key: &RecordKey) -> Difference {
        let about = [key.clone()];
        let (today, private) = (self.today, self.private);
        compare_records(&Request { before, after, today, private, about: &about }).0
    }
}

/// The key that a record of a later ledger had in an earlier one.
fn find_before(before: &Ledger, after: &Ledger, key: &RecordKey) -> RecordKey {
    let renames = renames(before, after);
    renames.into_iter().find(|(_, now)| now == key).map_or_else(|| key.clone(), |(was, _)| was)
}
