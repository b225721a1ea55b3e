//! What a commit adds to those before it: signatures, and what they rest on.

use super::facts::{Facts, MemberFacts, Proof, SignatureFacts};
use super::fold::{Fold, Read, State, changed, signatures};
use crate::kind::Kind;
use crate::ledger::SignatureId;
use crate::source::LedgerPath;
use crate::source::past::{Files, Snapshot, Snapshots};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// What makes a signature another one for its history: a member may have several entries, of which only one has a proof.
type Added<'f> = (&'f SignatureId, Option<&'f Proof>);

impl Fold<'_> {
    /// Keeps which signatures a commit adds to what all those before it held, and whether they could be given.
    pub(super) fn keep_additions(&mut self, commit: &Snapshot, parents: &[&Snapshot], lines: &[Arc<State>], at: usize) {
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
        let added = added.unwrap_or_default();
        let of = |files: &Files| if added.is_empty() { HashMap::new() } else { members(read, files) };
        let (before, now): (Vec<_>, _) = (parents.iter().map(|parent| of(&parent.files)).collect(), of(&commit.files));
        for (id, proof) in added {
            kept.added.entry(id.clone()).or_insert(commit.whole.then_some(at));
            if was_named(&before, &now, id) {
                kept.authorized.insert(id.clone());
            }
            let has_key = |state: &Arc<State>| {
                let keys = state.keys.range((id.by.clone(), String::new())..);
                let mut own = keys.take_while(|((by, _), _)| *by == id.by);
                own.any(|(_, track)| track.now.iter().any(|validity| validity.holds(id.date)))
            };
            if proof.is_none() && lines.iter().any(has_key) {
                kept.keyed.insert(id.clone());
            }
        }
    }

    /// Keeps which proofs a whole change brings together with their keys: a step of the main line, or the request that is open.
    pub(super) fn keep_request(&mut self, snapshots: &Snapshots, commit: &Snapshot, lines: &[Arc<State>], at: usize) {
        if !self.line.holds(at) {
            return;
        }
        let before = self.line.before(at, commit.parents.first().copied());
        let old = before.and_then(|before| snapshots.commits.get(before));
        // Before the first commit that holds the ledger, nobody could vouch for anything.
        let comparable = commit.whole && old.is_some_and(|old| old.holds);
        let empty = Files::new();
        let files = old.map_or(&empty, |old| &old.files);
        let state = before.and_then(|before| self.line.state(before, lines));
        let mut found = Vec::new();
        for (id, proof) in added_to(&self.read, files, &commit.files) {
            let Some(proof) = proof else { continue };
            let vouched = !comparable || state.is_some_and(|state| vouches(state, proof, commit));
            found.push((id.clone(), vouched));
        }
        for (id, vouched) in found {
            let known = self.kept.self_added.entry(id).or_insert(Some(at));
            if vouched {
                *known = None;
            }
        }
    }

    /// Keeps what the changed files of a commit say that later ones may not undo.
    pub(super) fn keep_facts(&mut self, commit: &Snapshot, parents: &[&Snapshot], at: usize) {
        let empty = Files::new();
        let old = parents.first().map_or(&empty, |parent| &*parent.files);
        for (path, blob) in changed(&commit.files, old) {
            let facts = match self.read.get(&(path.clone(), blob)) {
                Some(Facts::Agreement(facts)) => {
                    for (version, date) in facts.amendments.iter().filter(|(_, date)| *date <= commit.day) {
                        let earliest = self.kept.in_force.entry((facts.id.clone(), *version)).or_insert((*date, at));
                        if date < &earliest.0 {
                            *earliest = (*date, at);
                        }
                    }
                    facts.signatures.as_slice()
                }
                Some(Facts::Signatures(facts)) => facts.as_slice(),
                Some(Facts::Member(facts)) => {
                    if let Some(left) = facts.left.filter(|left| *left <= commit.day) {
                        let id = path.stem().to_lowercase();
                        self.kept.left.entry(id).or_default().insert(left);
                    }
                    continue;
                }
                _ => continue,
            };
            for SignatureFacts { id, agreement, withdrawn, .. } in facts {
                let Some((date, is_signed)) = withdrawn else { continue };
                let place = (agreement.clone(), id.member.clone());
                let last = self.kept.withdrawals.entry(place).or_insert((*date, *is_signed, at));
                if date > &last.0 {
                    *last = (*date, *is_signed, at);
                }
            }
        }
    }
}

/// The signatures in some files that others do not hold.
fn added_to<'f>(read: &'f Read, old: &'f Files, new: &'f Files) -> HashSet<Added<'f>> {
    let of = |facts: &'f SignatureFacts| (&facts.id, facts.proof.as_ref());
    let before: HashSet<Added<'_>> = signatures(read, changed(old, new)).map(of).collect();
    signatures(read, changed(new, old)).map(of).filter(|one| !before.contains(one)).collect()
}

/// What the records of members say, by id.
type Members<'r> = HashMap<String, &'r MemberFacts>;

/// Whether the member of a new signature had named who signed as its signatory in a commit before this one; or has just
/// come with it, so that nobody else could be named.
fn was_named(before: &[Members<'_>], now: &Members<'_>, id: &SignatureId) -> bool {
    let names = |facts: &&MemberFacts| facts.signatories.contains(&id.by);
    let mut known = before.iter().filter_map(|members| members.get(&id.member)).peekable();
    if known.peek().is_none() {
        return now.get(&id.member).is_some_and(names);
    }
    known.any(names)
}

/// What the records of members say in some files.
fn members<'r>(read: &'r Read, files: &Files) -> Members<'r> {
    let of_members = files.iter().filter(|(path, _)| path.top() == Kind::Member.folder());
    let facts = of_members.filter_map(|(path, blob)| match read.get(&(path.clone(), *blob)) {
        Some(Facts::Member(facts)) => Some((path.stem().to_lowercase(), facts)),
        _ => None,
    });
    facts.collect()
}

/// Whether a state of before holds the key of a proof as one that counts: with that person, or with somebody whose
/// record is gone, because it was renamed.
fn vouches(state: &State, proof: &Proof, commit: &Snapshot) -> bool {
    let held = state.keys.iter().filter(|((_, key), _)| *key == proof.key);
    let counting = held.filter(|(_, track)| track.now.iter().any(|validity| validity.holds(proof.date)));
    let is_advocate = |path: &LedgerPath, id: &str| path.top() == Kind::Advocate.folder() && path.stem() == id;
    counting.map(|((by, _), _)| by).any(|by| *by == proof.by || !commit.files.keys().any(|path| is_advocate(path, by)))
}
