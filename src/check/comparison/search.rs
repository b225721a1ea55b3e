//! The search for the step of the main branch that weakened something.

use super::{ReasonScope, Weakened, compare, reasons};
use crate::agreement::reopen;
use crate::ledger::Ledger;
use chrono::NaiveDate;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// The search for the step that weakened something.
pub(super) struct StepSearch<'s> {
    before: &'s Ledger,
    today: NaiveDate,
    step: &'s mut dyn FnMut(usize) -> Option<(String, Ledger)>,
    /// The name of each step that was looked at, with what is weaker after it.
    known: Vec<Option<(String, Vec<String>)>>,
    /// The reasons that were given before a step.
    reasons: HashMap<usize, Arc<HashSet<String>>>,
}

impl<'s> StepSearch<'s> {
    /// A search among `count` steps since an earlier ledger; `step` gives the ledger after each, and the name of the commit.
    pub(super) fn new(
        before: &'s Ledger,
        today: NaiveDate,
        count: usize,
        step: &'s mut dyn FnMut(usize) -> Option<(String, Ledger)>,
    ) -> StepSearch<'s> {
        StepSearch { before, today, step, known: vec![None; count], reasons: HashMap::new() }
    }

    /// The ledger after a step.
    pub(super) fn ledger_after(&mut self, at: usize) -> Option<Ledger> {
        (self.step)(at).map(|(_, ledger)| ledger)
    }

    /// The first step after which it is so: what has come stays, or it would not be so now.
    pub(super) fn first_with(&mut self, one: &Weakened) -> Option<usize> {
        let (mut low, mut high) = (0, self.known.len());
        while low < high {
            let middle = low + (high - low) / 2;
            let Some(slot) = self.known.get_mut(middle) else { break };
            if slot.is_none() {
                *slot = (self.step)(middle).map(|(commit, then)| {
                    let parts = [ReasonScope::Lasting, ReasonScope::Grounds];
                    let found = parts.into_iter().flat_map(|part| compare(self.before, &then, self.today, part));
                    (commit, found.map(|one| one.message).collect())
                });
            }
            let is_there = slot.as_ref().is_some_and(|(_, found)| found.contains(&one.message));
            if is_there { high = middle } else { low = middle + 1 }
        }
        (low < self.known.len()).then_some(low)
    }

    /// The reasons that the ledger before a step gives.
    pub(super) fn reasons_before(&mut self, at: usize) -> Arc<HashSet<String>> {
        if let Some(known) = self.reasons.get(&at) {
            return Arc::clone(known);
        }
        let given = match at.checked_sub(1) {
            None => reasons(self.before).collect(),
            Some(earlier) => (self.step)(earlier).map(|(_, then)| reasons(&then).collect()).unwrap_or_default(),
        };
        let given = Arc::new(given);
        self.reasons.insert(at, Arc::clone(&given));
        given
    }

    /// What one step weakened, and what is still weaker than it was right before it.
    pub(super) fn lasting_of_step(&mut self, at: usize, after: &Ledger) -> Vec<Weakened> {
        let earlier = match at.checked_sub(1) {
            // The ends were compared already.
            None => return Vec::new(),
            Some(earlier) => self.ledger_after(earlier),
        };
        let (Some(mut earlier), Some((commit, then))) = (earlier, (self.step)(at)) else { return Vec::new() };
        let found = compare(&earlier, &then, self.today, ReasonScope::Lasting);
        if found.is_empty() {
            return found;
        }
        reopen(&mut earlier, after, self.today);
        let still = compare(&earlier, after, self.today, ReasonScope::Lasting);
        let lasts = still.into_iter().filter(|one| found.iter().any(|other| other.key == one.key));
        lasts.map(|one| Weakened { commit: Some(commit.clone()), ..one }).collect()
    }

    /// The name of the commit of a step that was looked at.
    pub(super) fn commit_at(&self, at: usize) -> Option<String> {
        self.known.get(at).and_then(|slot| Some(slot.as_ref()?.0.clone()))
    }
}
