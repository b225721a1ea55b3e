//! The main line of a history: the commits that follow the first parent from the newest one of the main branch, where each step is
//! one change that was reviewed as a whole. What came on a side line counts with the merge that brought it, and a change request
//! that is still open counts as one step, from the main branch to its newest commit.

use super::fold::HistoryState;
use crate::source::past::{Snapshot, Snapshots};
use chrono::NaiveDate;
use std::collections::HashMap;
use std::sync::Arc;

/// Which commits are steps of the main line, and what each is compared with.
#[derive(Debug, Default)]
pub(super) struct MainLine {
    is_on: Vec<bool>,
    /// The last commits of the main branch that the newest one builds on, where the newest one is not on that branch itself:
    /// all commits after them are one change. Each with the step before it, where it came to the main branch by a merge that
    /// the newest one does not build on: both together are one step.
    bases: Vec<(usize, Option<usize>)>,
    /// The states of these.
    states: HashMap<usize, Arc<HistoryState>>,
    newest: Option<usize>,
    days: Vec<NaiveDate>,
}

/// What a step is compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct MainStep {
    /// The commit before it, if there is one.
    pub before: Option<usize>,
    /// Whether that is not the commit right before it: several commits make one step.
    pub is_jump: bool,
}

impl MainLine {
    /// Of a history as of a day. No commit is later, and none is earlier than one that it builds on and whose date can be
    /// right: a date says what the clock of a computer said.
    pub(super) fn of(snapshots: &Snapshots, today: NaiveDate) -> MainLine {
        let newest = snapshots.commits.len().checked_sub(1);
        let is_before = |base: &&usize| newest.is_some_and(|newest| **base < newest);
        let bases: Vec<usize> = snapshots.bases.iter().filter(is_before).copied().collect();
        let base = bases.last().copied();
        let mut is_on = vec![false; snapshots.commits.len()];
        let mut next = base.and(snapshots.main).or(base).or(newest);
        while let Some(at) = next {
            if let Some(is_on) = is_on.get_mut(at) {
                *is_on = true;
            }
            next = snapshots.commits.get(at).and_then(|commit| commit.parents.first().copied());
        }
        let step_before = |base: usize| {
            let is_aside = !is_on.get(base).copied().unwrap_or_default();
            (base, is_aside.then(|| newest_before(&snapshots.commits, base, &is_on)).flatten())
        };
        let bases = bases.into_iter().map(step_before).collect();
        let days = days(&snapshots.commits, today);
        MainLine { is_on, bases, states: HashMap::new(), newest, days }
    }

    /// What a commit is compared with, where it is a step.
    pub(super) fn step(&self, at: usize, commit: &Snapshot) -> Option<MainStep> {
        if self.is_on.get(at).copied().unwrap_or_default() {
            return Some(MainStep { before: commit.parents.first().copied(), is_jump: false });
        }
        if let Some((_, before)) = self.bases.iter().find(|(base, _)| *base == at) {
            return Some(MainStep { before: *before, is_jump: true });
        }
        let base = self.bases.last().map(|(base, _)| *base);
        (self.newest == Some(at)).then_some(MainStep { before: base, is_jump: true })
    }

    /// The day of a commit.
    pub(super) fn day(&self, at: usize) -> Option<NaiveDate> {
        self.days.get(at).copied()
    }

    /// The days of all commits.
    pub(super) fn into_days(self) -> Vec<NaiveDate> {
        self.days
    }

    /// Keeps the state of a commit that a later step is compared with.
    pub(super) fn remember(&mut self, at: usize, state: &Arc<HistoryState>) {
        if self.bases.iter().any(|(base, before)| *base == at || *before == Some(at)) {
            self.states.insert(at, Arc::clone(state));
        }
    }

    /// The states that a step of several commits is judged by: for the newest commit, of all that it shares with the main branch.
    pub(super) fn states_before(&self, at: usize, step: MainStep) -> Vec<Arc<HistoryState>> {
        let is_request = self.newest == Some(at) && step.before == self.bases.last().map(|(base, _)| *base);
        let before =
            if is_request { self.bases.iter().map(|(base, _)| *base).collect() } else { Vec::from_iter(step.before) };
        before.iter().filter_map(|at| self.states.get(at).cloned()).collect()
    }
}

/// The newest step of the main line that a commit builds on.
fn newest_before(commits: &[Snapshot], of: usize, is_on: &[bool]) -> Option<usize> {
    let mut seen = vec![false; of + 1];
    let mut next = vec![of];
    let mut newest = None;
    while let Some(at) = next.pop() {
        if is_on.get(at).copied().unwrap_or_default() {
            newest = newest.max(Some(at));
            continue;
        }
        let parents = commits.get(at).into_iter().flat_map(|commit| commit.parents.iter().copied());
        next.extend(parents.filter(|parent| seen.get_mut(*parent).is_some_and(|seen| !std::mem::replace(seen, true))));
    }
    newest
}

fn days(commits: &[Snapshot], today: NaiveDate) -> Vec<NaiveDate> {
    let mut days: Vec<NaiveDate> = Vec::with_capacity(commits.len());
    // A date that has not come yet is wrong, and says nothing about the commits that follow.
    let mut latest: Vec<Option<NaiveDate>> = Vec::with_capacity(commits.len());
    for commit in commits {
        let before = commit.parents.iter().filter_map(|parent| latest.get(*parent).copied().flatten()).max();
        let committed = commit.day.min(today);
        days.push(before.map_or(committed, |before| before.max(committed)));
        latest.push(before.max(Some(commit.day).filter(|day| *day <= today)));
    }
    days
}
