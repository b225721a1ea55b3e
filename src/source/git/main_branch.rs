//! ◦ Where a change request leaves the main branch.

use super::past::MAX_COMMITS;
use crate::source::past::Snapshot;
use gix::ObjectId;
use std::collections::{HashMap, HashSet};

/// The names under which the main branch may be found, the first that is there wins: as the service has it, then as this clone
/// has it.
const MAIN_BRANCHES: [&str; 5] = [
    "refs/remotes/origin/HEAD",
    "refs/remotes/origin/main",
    "refs/remotes/origin/master",
    "refs/heads/main",
    "refs/heads/master",
];

/// The last commit of the main branch that the newest commit builds on, where it is not on that branch itself.
pub(super) fn main_base(
    repository: &gix::Repository,
    head: ObjectId,
    place: &HashMap<ObjectId, usize>,
    commits: &[Snapshot],
) -> Option<usize> {
    let tip = MAIN_BRANCHES.iter().find_map(|name| {
        let mut found = repository.try_find_reference(*name).ok().flatten()?;
        found.peel_to_id().ok().map(|id| id.detach())
    })?;
    if tip == head {
        return None;
    }
    // The commits of the main branch, as far as they are known here.
    let mut on_main = vec![false; commits.len()];
    let mut next: Vec<ObjectId> = vec![tip];
    let mut seen = HashSet::new();
    while let Some(id) = next.pop() {
        if !seen.insert(id) {
            continue;
        }
        match place.get(&id) {
            Some(at) => mark(&mut on_main, commits, *at),
            // What only the main branch holds was not read for this history.
            None => next.extend(
                repository
                    .find_commit(id)
                    .ok()
                    .into_iter()
                    .flat_map(|commit| commit.parent_ids().map(|parent| parent.detach()).collect::<Vec<_>>()),
            ),
        }
        if seen.len() > MAX_COMMITS {
            return None;
        }
    }
    let head = place.get(&head)?;
    if on_main.get(*head).copied().unwrap_or_default() {
        return None;
    }
    on_main.iter().rposition(|is_on| *is_on)
}

/// Marks a commit and all before it.
fn mark(on_main: &mut [bool], commits: &[Snapshot], at: usize) {
    let mut next = vec![at];
    while let Some(at) = next.pop() {
        match on_main.get_mut(at) {
            Some(is_on) if !*is_on => *is_on = true,
            _ => continue,
        }
        next.extend(commits.get(at).into_iter().flat_map(|commit| commit.parents.iter().copied()));
    }
}
