//! What the commits of a repository say about a signature, the text of an agreement or a key: which commit added it,
//! whether its key came with it, and whether an old state has come back.

mod additions;
mod facts;
mod file_difference;
mod fold;
mod main_line;
mod step;
#[cfg(test)]
mod tests;
mod track;

use crate::error::Error;
use crate::kind::{Kind, SIGNATURES};
use crate::ledger::{DayEvidence, InForce, Ledger, PastWithdrawal, SignatureId, WordsSince};
use crate::record::advocate::PublicKey;
use crate::record::agreement::Signature;
use crate::record::value::Digest;
use crate::source::past::{CommitSource, Cut, Snapshot, Snapshots};
use chrono::NaiveDate;
use facts::Validity;
use fold::{FoldedHistory, fold};
use serde::Serialize;
use std::collections::{BTreeSet, HashMap, HashSet};

/// A commit, as it is shown.
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

/// The terms of a version of an agreement as the last commit held them: those with the digest that pins it, where it is
/// known; `None` if no commit did.
///
/// # Errors
/// Why the commits cannot be read.
pub(crate) fn terms_of_version(
    past: &dyn CommitSource,
    agreement: &str,
    version: u32,
    pin: Option<&Digest>,
) -> Result<Option<String>, Error> {
    let mut snapshots = past.snapshots(&[Kind::Agreement.folder()])?;
    let elsewhere = words_elsewhere(past, &snapshots, agreement);
    if !elsewhere.is_empty() {
        let tops = std::iter::once(Kind::Agreement.folder()).chain(elsewhere.iter().map(String::as_str));
        snapshots = past.snapshots(&tops.collect::<Vec<_>>())?;
    }
    let mut seen = HashSet::new();
    for commit in snapshots.commits.iter().rev() {
        let files = commit.files.all().into_iter();
        for (path, blob) in files.filter(|(path, _)| path.stem().eq_ignore_ascii_case(agreement)) {
            let Some(text) = past.read(&blob) else { continue };
            let words_in = facts::words_in(path, &text);
            let words = words_in.as_ref().and_then(|words_in| commit.files.get(words_in));
            if !seen.insert((blob, words)) {
                continue;
            }
            let words = words.and_then(|words| past.read(&words));
            let terms = facts::terms_of(path, &text, words_in.as_ref().zip(words.as_deref()));
            let is_meant = |(of, terms): &(u32, String)| {
                *of == version && pin.is_none_or(|pin| crate::agreement::digest(terms) == *pin)
            };
            if let Some((_, terms)) = terms.filter(is_meant) {
                return Ok(Some(terms));
            }
        }
    }
    Ok(None)
}

/// The folders beside that of the agreements, and files at the root, in which an agreement kept its words.
fn words_elsewhere(past: &dyn CommitSource, snapshots: &Snapshots, agreement: &str) -> BTreeSet<String> {
    let files = snapshots.commits.iter().flat_map(|commit| commit.files.all());
    let of_agreement: HashSet<_> = files.filter(|(path, _)| path.stem().eq_ignore_ascii_case(agreement)).collect();
    let words_in = of_agreement.into_iter().filter_map(|(path, blob)| facts::words_in(path, &past.read(&blob)?));
    words_in.map(|path| path.top().to_owned()).filter(|top| top != Kind::Agreement.folder()).collect()
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
    kept: FoldedHistory,
    /// Why not all that the commits held was looked at, where that is so.
    pub cut: Option<Cut>,
}

impl History {
    /// What the commits say about a ledger as it is now, as of a day; `None` if it has neither agreements nor keys, so
    /// that nothing can be asked.
    ///
    /// # Errors
    /// Why the commits cannot be read.
    pub fn of(past: &dyn CommitSource, ledger: &Ledger, today: NaiveDate) -> Result<Option<History>, Error> {
        let has_keys = ledger.advocates.iter().any(|advocate| !advocate.keys.is_empty());
        let has_agreements = ledger.agreements.iter().next().is_some();
        if !has_agreements && !has_keys {
            return Ok(None);
        }
        let mut folders = vec![Kind::Advocate.folder()];
        if has_agreements {
            folders.extend([Kind::Agreement.folder(), Kind::Member.folder(), SIGNATURES]);
        }
        let mut tops: BTreeSet<String> = folders.into_iter().map(str::to_owned).collect();
        tops.extend(ledger.agreements.iter().filter_map(|agreement| {
            let words_in = agreement.path.beside(agreement.text_file.as_ref()?)?;
            Some(words_in.top().to_owned())
        }));
        let (snapshots, kept) = loop {
            let snapshots = past.snapshots(&tops.iter().map(String::as_str).collect::<Vec<_>>())?;
            let (kept, words_in) = fold(past, &snapshots, today);
            // An agreement may have kept its words elsewhere in the past. All agreements are read by now, so this ends.
            let count = tops.len();
            tops.extend(words_in);
            if !has_agreements || tops.len() == count {
                break (snapshots, kept);
            }
        };
        let commit =
            |commit: &Snapshot| Commit { id: commit.id.clone(), date: commit.day, author: commit.author.clone() };
        Ok(Some(History {
            commits: snapshots.commits.iter().map(commit).collect(),
            cut: snapshots.cut.max(kept.is_too_large.then_some(Cut::TooLarge)),
            kept,
        }))
    }

    /// How many commits were looked at.
    pub fn looked_at(&self) -> usize {
        self.commits.len()
    }

    /// The commit that first added a signature, if one did and it can be known.
    pub fn added(&self, signature: &Signature) -> Option<&Commit> {
        let at = self.kept.added.get(&SignatureId::of(signature)?)?;
        self.commits.get((*at)?)
    }

    /// What the commits say of signatures, to judge them by.
    pub fn evidence(&self) -> DayEvidence {
        let kept = &self.kept;
        let commit = |at: usize| self.commits.get(at);
        let day = |at: &usize| kept.days.get(*at).copied();
        let name = |at: usize| commit(at).map_or_else(String::new, |commit| commit.short().to_owned());
        let first: HashMap<String, NaiveDate> =
            kept.first.iter().filter_map(|(id, at)| Some((id.clone(), day(at)?))).collect();
        let words_of = |(id, words): (&String, &HashMap<Digest, usize>)| {
            let first = kept.first.get(id);
            let since = words.iter().filter_map(|(digest, at)| {
                let came_with_agreement = first == Some(at);
                let came_later = came_with_agreement && kept.later.contains(id);
                let since = WordsSince { day: day(at)?, came_with_agreement, came_later };
                Some((digest.clone(), since))
            });
            (id.clone(), since.collect())
        };
        let in_force = kept.in_force.iter();
        let withdrawals = kept.withdrawals.iter();
        let self_added = kept.self_added.iter();
        let keys = kept.last.keys.iter().filter(|(_, track)| !track.now.is_empty());
        DayEvidence {
            is_there: true,
            words: kept.words.iter().map(words_of).collect(),
            first,
            in_force: in_force
                .map(|(place, (date, at))| (place.clone(), InForce { date: *date, commit: name(*at) }))
                .collect(),
            withdrawals: withdrawals
                .map(|(place, days)| {
                    let past = days.iter().rev().map(|((date, _), (entry, at))| PastWithdrawal {
                        date: *date,
                        entry: entry.clone(),
                        commit: name(*at),
                    });
                    (place.clone(), past.collect())
                })
                .collect(),
            left: kept.left.clone(),
            withdrawers: kept.withdrawers.clone(),
            named: kept.named.clone(),
            authorized: kept.authorized.clone(),
            terms_in_force: HashMap::new(),
            committed: kept.added.keys().cloned().collect(),
            keyed: kept.keyed.clone(),
            late: kept.late.clone(),
            renames: kept.renames.clone(),
            records: kept.records.clone(),
            keys: keys.map(|(place, _)| place.clone()).collect(),
            self_added: self_added.filter_map(|(id, at)| Some((id.clone(), commit((*at)?)?.to_string()))).collect(),
        }
    }

    /// When these terms of an agreement stood before, if weightier ones have stood since.
    pub fn rolled_back(&self, agreement: &str, version: u32, terms: &Digest) -> Option<Return<'_>> {
        let (first, left) = self.kept.last.words.get(agreement)?.state_left_behind(&(version, terms.clone()))?;
        self.returned(first, left)
    }

    /// When a key of an advocate stood like this before, if it has been taken back since.
    pub fn revived(&self, advocate: &str, key: &PublicKey) -> Option<Return<'_>> {
        let validity = Validity {
            from: key.valid_from.as_ref().map(|date| date.value),
            until: key.valid_until.as_ref().map(|date| date.value),
        };
        let place = (advocate.to_owned(), crate::agreement::fingerprint(key)?);
        let (first, left) = self.kept.last.keys.get(&place)?.state_left_behind(&validity)?;
        self.returned(first, left)
    }

    fn returned(&self, first: usize, left: usize) -> Option<Return<'_>> {
        Some(Return { first: self.commits.get(first)?, left: self.commits.get(left)? })
    }
}
