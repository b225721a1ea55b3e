//! The main line of a history: the commits that follow the first parent from the newest one, where each step is one change that
//! was reviewed as a whole. What came on a side line counts with the merge that brought it.

use super::fold::State;
use crate::source::past::Snapshots;
use std::sync::Arc;

/// Which commits are on the main line, and since where a change request is open.
#[derive(Debug, Default)]
pub(super) struct MainLine {
    is_on: Vec<bool>,
    /// The last commit of the main branch that the newest one builds on, where the newest one is not on that branch itself:
    /// all commits after it are one change.
    base: Option<usize>,
    base_state: Option<Arc<State>>,
}

impl MainLine {
    pub fn of(snapshots: &Snapshots) -> MainLine {
        let mut is_on = vec![false; snapshots.commits.len()];
        let mut next = snapshots.commits.len().checked_sub(1);
        while let Some(at) = next {
            if let Some(is_on) = is_on.get_mut(at) {
                *is_on = true;
            }
            next = snapshots.commits.get(at).and_then(|commit| commit.parents.first().copied());
        }
        MainLine { is_on, base: snapshots.base, base_state: None }
    }

    /// Whether a commit is a step of the main line, or of the change request that is open.
    pub fn holds(&self, at: usize) -> bool {
        self.is_on.get(at).copied().unwrap_or_default()
    }

    /// The commit that a step is compared with: the one before it, or the one before the whole request.
    pub fn before(&self, at: usize, first_parent: Option<usize>) -> Option<usize> {
        match self.base {
            Some(base) if base < at => Some(base),
            _ => first_parent,
        }
    }

    /// Keeps the state of the commit that later ones are compared with.
    pub fn remember(&mut self, at: usize, state: &Arc<State>) {
        if self.base == Some(at) {
            self.base_state = Some(Arc::clone(state));
        }
    }

    /// The state at the commit that a step is compared with.
    pub fn state<'s>(&'s self, before: usize, lines: &'s [Arc<State>]) -> Option<&'s Arc<State>> {
        if self.base == Some(before) { self.base_state.as_ref() } else { lines.first() }
    }
}
