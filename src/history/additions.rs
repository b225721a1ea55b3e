//! Which commit first added a signature.

use super::facts::{ProofFact, SignatureFacts};
use super::fold::{Fold, Read, changed_files, signatures};
use crate::ledger::SignatureId;
use crate::source::past::{Files, Snapshot};
use std::collections::HashSet;

/// What makes a signature another one for its history: a member may have several entries, of which only one has a proof.
pub(super) type Added<'f> = (&'f SignatureId, Option<&'f ProofFact>);

impl Fold<'_> {
    /// Keeps which signatures a commit adds to what all those before it held.
    pub(super) fn keep_additions(&mut self, commit: &Snapshot, parents: &[&Snapshot], at: usize) {
        let (read, kept) = (&self.read, &mut self.kept);
        let empty = Files::new();
        let olds: Vec<&Files> =
            if parents.is_empty() { vec![&empty] } else { parents.iter().map(|parent| &*parent.files).collect() };
        let mut added: Option<HashSet<Added<'_>>> = None;
        for old in olds {
            let mut new = added_to(read, old, &commit.files);
            new.retain(|one| added.as_ref().is_none_or(|added| added.contains(one)));
            added = Some(new);
        }
        for (id, _) in added.unwrap_or_default() {
            kept.added.entry(id.clone()).or_insert(commit.whole.then_some(at));
        }
    }
}

/// The signatures in some files that others do not hold.
pub(super) fn added_to<'f>(read: &'f Read, old: &'f Files, new: &'f Files) -> HashSet<Added<'f>> {
    let of = |facts: &'f SignatureFacts| (&facts.id, facts.proof.as_ref());
    let before: HashSet<Added<'_>> = signatures(read, changed_files(old, new)).map(of).collect();
    signatures(read, changed_files(new, old)).map(of).filter(|one| !before.contains(one)).collect()
}
