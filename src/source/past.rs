//! What a ledger held in the course of its history, commit by commit, as plain data: [`super::git`] reads it from a
//! repository, [`Versions`] of states that are held in memory.

use super::memory::Memory;
use super::{Blob, Files, LedgerPath, ROOT_FILE};
use crate::error::Error;
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// A commit, with its contents in the requested folders.
#[derive(Debug, Clone)]
pub struct Snapshot {
    /// Its full id.
    pub id: String,
    /// The day on which it was committed, in UTC.
    pub day: NaiveDate,
    /// Who wrote it.
    pub author: String,
    /// The commits before it, as places in the list; each stands earlier.
    pub parents: Vec<usize>,
    /// Whether all commits right before it are in the list.
    pub whole: bool,
    /// Whether it holds the ledger.
    pub holds: bool,
    /// The files. Commits share the folders that they have in common.
    pub files: Files,
}

/// A commit in the past of a ledger, without what it held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TrailCommit {
    /// Its full id.
    pub id: String,
    /// The day on which it was committed, in UTC.
    pub day: NaiveDate,
    /// The commits before it, as places in the list; each stands earlier.
    pub parents: Vec<usize>,
    /// Whether all commits right before it are in the list.
    pub is_whole: bool,
}

/// A history of a ledger.
#[derive(Debug, Clone, Default)]
pub struct Snapshots {
    /// The commits, each after those before it; the last one is the newest.
    pub commits: Vec<Snapshot>,
    /// The last commits of the main branch that the newest one builds on, where the newest one is not on that branch: the
    /// commits after them are one change request. The newest one stands last.
    pub bases: Vec<usize>,
    /// The newest commit among these that the main branch reached as a step of its own, where the newest one is not on it.
    pub main: Option<usize>,
    /// Why not all that the commits held was looked at, where that is so.
    pub cut: Option<Cut>,
}

/// Why a history is not whole. The order is from mild to bad.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cut {
    /// There are too many commits, and the oldest were left out.
    TooMany,
    /// A commit holds more files, or all of them more bytes, than are examined.
    TooLarge,
    /// The clone is shallow: older commits were not fetched.
    Shallow,
    /// What some commits held is not in the clone: it is a partial one.
    Partial,
}

/// Where a history is read from.
pub trait CommitSource: Sync {
    /// The commits with the files in these folders of the ledger; a name may also be that of a file at its root.
    ///
    /// # Errors
    /// Why the history cannot be read.
    fn snapshots(&self, folders: &[&str]) -> Result<Snapshots, Error>;

    /// The text of a file, unless it is too large, is not text or is not there.
    fn read(&self, blob: &Blob) -> Option<String>;
}

/// States of a ledger, one after the other, as if each were a commit.
#[derive(Debug, Clone, Default)]
pub struct Versions {
    states: Vec<BTreeMap<LedgerPath, Blob>>,
    texts: Vec<String>,
}

impl Versions {
    /// These states, the oldest one first.
    pub fn new(states: &[Memory]) -> Versions {
        let mut versions = Versions::default();
        let mut known: BTreeMap<String, Blob> = BTreeMap::new();
        for state in states {
            let mut files = BTreeMap::new();
            for (path, bytes) in state.files() {
                let text = String::from_utf8_lossy(bytes).into_owned();
                let next = known.len() as u64;
                let blob = *known.entry(text.clone()).or_insert_with(|| {
                    versions.texts.push(text);
                    numbered_blob(next)
                });
                files.insert(LedgerPath::new(path), blob);
            }
            versions.states.push(files);
        }
        versions
    }
}

fn numbered_blob(number: u64) -> Blob {
    let mut id = [0; 32];
    id[..8].copy_from_slice(&number.to_be_bytes());
    Blob(id)
}

impl CommitSource for Versions {
    fn snapshots(&self, folders: &[&str]) -> Result<Snapshots, Error> {
        let snapshot = |(at, state): (usize, &BTreeMap<LedgerPath, Blob>)| {
            let in_folder = |path: &LedgerPath| folders.contains(&path.top());
            let files = state.iter().filter(|(path, _)| in_folder(path)).map(|(path, blob)| (path.clone(), *blob));
            Snapshot {
                id: format!("{:040x}", at + 1),
                day: NaiveDate::from_ymd_opt(2026, 1, 1).unwrap_or_default() + chrono::Days::new(at as u64),
                author: "Ana Lopez".to_owned(),
                parents: at.checked_sub(1).into_iter().collect(),
                whole: true,
                holds: state.contains_key(&LedgerPath::new(ROOT_FILE)),
                files: files.collect(),
            }
        };
        Ok(Snapshots {
            commits: self.states.iter().enumerate().map(snapshot).collect(),
            bases: Vec::new(),
            main: None,
            cut: None,
        })
    }

    fn read(&self, blob: &Blob) -> Option<String> {
        let number = blob.0.first_chunk::<8>().map(|bytes| u64::from_be_bytes(*bytes))?;
        self.texts.get(usize::try_from(number).ok()?).cloned()
    }
}
