//! Which commit first added a signature.

use super::facts::{ProofFact, SignatureFacts};
use super::file_difference::FileDifference;
use super::fold::{Fold, Read, signatures};
use crate::ledger::SignatureId;
use crate::source::past::Snapshot;
use std::collections::HashSet;

/// What makes a signature another one for its history: a member may have several entries, of which only one has a proof.
pub(super) type Added<'f> = (&'f SignatureId, Option<&'f ProofFact>);

impl Fold<'_> {
    /// Keeps which signatures a commit adds to what all those before it held.
    pub(super) fn keep_additions(&mut self, commit: &Snapshot, differences: &[FileDifference<'_>], at: usize) {
        let (read, kept) = (&self.read, &mut self.kept);
        let mut added: Option<HashSet<Added<'_>>> = None;
        for difference in differences {
            let mut new = added_to(read, difference);
            new.retain(|one| added.as_ref().is_none_or(|added| added.contains(one)));
            added = Some(new);
        }
        for (id, _) in added.unwrap_or_default() {
            kept.added.entry(id.clone()).or_insert(commit.whole.then_some(at));
        }
    }
}

/// The signatures in the newer files that the older ones do not hold.
pub(super) fn added_to<'f>(read: &'f Read, difference: &FileDifference<'_>) -> HashSet<Added<'f>> {
    let of = |facts: &'f SignatureFacts| (&facts.id, facts.proof.as_ref());
    let before: HashSet<Added<'_>> = signatures(read, &difference.old).map(of).collect();
    signatures(read, &difference.new).map(of).filter(|one| !before.contains(one)).collect()
}
