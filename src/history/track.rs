//! The states of one place in the course of a history, such as the text of an agreement or a key.

use std::collections::BTreeMap;

/// States of one place. A state that was left behind for a weightier one should not come back in silence.
#[derive(Debug, Clone)]
pub(super) struct Track<S> {
    /// What is there now: one state, or the several entries of one key.
    pub now: Vec<S>,
    /// Every state that stood there, with the commit at which it was first outweighed.
    past: BTreeMap<S, PastState>,
}

/// A state of the past.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct PastState {
    /// The commit at which it first stood there.
    pub first: usize,
    /// The commit at which it was outweighed.
    pub left: Option<usize>,
}

impl<S> Default for Track<S> {
    fn default() -> Self {
        Track { now: Vec::new(), past: BTreeMap::new() }
    }
}

impl<S: Clone + Ord> Track<S> {
    /// Joins what another line of history knows of the place.
    pub(super) fn join(&mut self, other: &Track<S>) {
        for (state, theirs) in &other.past {
            let ours = self.past.entry(state.clone()).or_insert(*theirs);
            ours.first = ours.first.min(theirs.first);
            ours.left = match (ours.left, theirs.left) {
                (Some(ours), Some(theirs)) => Some(ours.min(theirs)),
                (ours, theirs) => ours.or(theirs),
            };
        }
        if self.now.is_empty() {
            self.now.clone_from(&other.now);
        }
    }

    /// A commit puts states here; what they outweigh is left behind.
    pub(super) fn arrive(&mut self, states: Vec<S>, commit: usize, outweighs: impl Fn(&S) -> bool) {
        for (past, known) in &mut self.past {
            if known.left.is_none() && !states.contains(past) && outweighs(past) {
                known.left = Some(commit);
            }
        }
        for state in &states {
            self.past.entry(state.clone()).or_insert(PastState { first: commit, left: None });
        }
        self.now = states;
    }

    /// What is known of a state that had been left behind.
    pub(super) fn state_left_behind(&self, state: &S) -> Option<(usize, usize)> {
        let past = self.past.get(state)?;
        Some((past.first, past.left?))
    }
}
