//! What the commits of a repository say about a signature, the words of an agreement or a key: which commit added it,
//! whether its key came with it, whether it stood aside for something newer and has come back.

mod facts;
mod fold;
#[cfg(test)]
mod tests;
mod track;

use crate::kind::Kind;
use crate::ledger::Ledger;
use crate::record::advocate::PublicKey;
use crate::record::agreement::Signature;
use crate::record::value::Digest;
use crate::source::past::{Cut, Past, Snapshot};
use chrono::NaiveDate;
use facts::{Proof, SignatureId, Validity};
use fold::{Kept, fold};
use serde::Serialize;

/// A commit, as it is told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Commit {
    /// Its id, in full.
    pub id: String,
    /// The day on which it was committed, in UTC.
    pub date: NaiveDate,
    /// Who wrote it.
    pub author: String,
}

impl Commit {
    /// The id as people write it.
    pub fn short(&self) -> &str {
        self.id.get(..SHORT).unwrap_or(&self.id)
    }
}

impl std::fmt::Display for Commit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} of {} by {}", self.short(), self.date, self.author)
    }
}

/// How much of an id is shown.
const SHORT: usize = 10;

/// A state that was left behind and stands again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Return<'h> {
    /// The commit at which it first stood there.
    pub first: &'h Commit,
    /// The commit at which something else took its place.
    pub left: &'h Commit,
}

/// What the commits say.
#[derive(Debug, Default)]
pub struct History {
    commits: Vec<Commit>,
    kept: Kept,
    /// Why not all that the commits held was looked at, where that is so.
    pub cut: Option<Cut>,
}

impl History {
    /// What the commits say about a ledger as it stands now; `None` where it has neither agreements nor keys, so that
    /// nothing can be asked.
    ///
    /// # Errors
    /// Why the commits cannot be read, in words.
    pub fn of(past: &dyn Past, ledger: &Ledger) -> Result<Option<History>, String> {
        let has_keys = ledger.advocates.iter().any(|advocate| !advocate.keys.is_empty());
        let has_agreements = ledger.agreements.iter().next().is_some();
        let mut folders = Vec::new();
        if has_agreements {
            folders.push(Kind::Agreement.folder());
        }
        if has_keys {
            folders.push(Kind::Advocate.folder());
        }
        if folders.is_empty() {
            return Ok(None);
        }
        let snapshots = past.snapshots(&folders)?;
        let commit =
            |commit: &Snapshot| Commit { id: commit.id.clone(), date: commit.day, author: commit.author.clone() };
        Ok(Some(History {
            commits: snapshots.commits.iter().map(commit).collect(),
            cut: snapshots.cut,
            kept: fold(past, &snapshots),
        }))
    }

    /// How many commits were looked at.
    pub fn looked_at(&self) -> usize {
        self.commits.len()
    }

    /// The commit that first added a signature, where one did and it can be known.
    pub fn added(&self, signature: &Signature) -> Option<&Commit> {
        let at = self.kept.added.get(&SignatureId::of(signature)?)?;
        self.commits.get((*at)?)
    }

    /// The commit that added an SSH signature, where no commit before it held its key as one that counts.
    pub fn self_added(&self, signature: &Signature) -> Option<&Commit> {
        let at = self.kept.self_added.get(&Proof::of(signature)?)?;
        self.commits.get((*at)?)
    }

    /// When these terms of an agreement stood before, if weightier ones have stood since.
    pub fn rolled_back(&self, agreement: &str, version: u32, terms: &Digest) -> Option<Return<'_>> {
        let (first, left) = self.kept.last.words.get(agreement)?.left(&(version, terms.clone()))?;
        self.returned(first, left)
    }

    /// When a key of an advocate stood like this before, if it has been taken back since.
    pub fn revived(&self, advocate: &str, key: &PublicKey) -> Option<Return<'_>> {
        let validity = Validity {
            from: key.valid_from.as_ref().map(|date| date.value),
            until: key.valid_until.as_ref().map(|date| date.value),
        };
        let place = (advocate.to_owned(), crate::agreement::fingerprint(key)?);
        let (first, left) = self.kept.last.keys.get(&place)?.left(&validity)?;
        self.returned(first, left)
    }

    fn returned(&self, first: usize, left: usize) -> Option<Return<'_>> {
        Some(Return { first: self.commits.get(first)?, left: self.commits.get(left)? })
    }
}
