//! ◦ Where a change request leaves the main branch.

use super::past::MAX_COMMITS;
use crate::source::past::Snapshot;
use gix::ObjectId;
use std::collections::{HashMap, HashSet};

/// The names of the main branch on a service, the first that is there wins. In a clone of one's own copy of a repository,
/// `upstream` is by custom the one that the copy was made of.
const ON_SERVICES: [[&str; 3]; 2] = [
    ["refs/remotes/origin/HEAD", "refs/remotes/origin/main", "refs/remotes/origin/master"],
    ["refs/remotes/upstream/HEAD", "refs/remotes/upstream/main", "refs/remotes/upstream/master"],
];

/// The names of the main branch in a clone that knows no service.
const IN_CLONE: [&str; 2] = ["refs/heads/main", "refs/heads/master"];

/// Where a change request leaves the main branch.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Leaves {
    /// The last commits that the main branch holds too, the newest one last. Each may be on a side line that was merged
    /// since; there are several where each of the two merged the other's line.
    pub bases: Vec<usize>,
    /// The newest commit of the request that the main branch reached as a step of its own.
    pub main: Option<usize>,
}

/// Where the newest commit leaves the main branch, if it is not on that branch itself. `target` is on it, where the user named the
/// branch that a change request goes to; otherwise it is looked for. Where several commits may be the newest of the main branch,
/// the last one that the newest commit builds on: one of them may not have been fetched for long.
pub(super) fn main_base(
    repository: &gix::Repository,
    head: ObjectId,
    target: Option<ObjectId>,
    place: &HashMap<ObjectId, usize>,
    commits: &[Snapshot],
) -> Option<Leaves> {
    let first = |names: &[&str]| {
        names.iter().find_map(|name| {
            let mut found = repository.try_find_reference(*name).ok().flatten()?;
            found.peel_to_id().ok().map(|id| id.detach())
        })
    };
    let on_services = || ON_SERVICES.iter().filter_map(|names| first(names)).collect::<Vec<_>>();
    let mut tips = target.map_or_else(on_services, |target| vec![target]);
    if tips.is_empty() {
        tips.extend(first(&IN_CLONE));
    }
    let head = place.get(&head)?;
    let mut last = None;
    for tip in tips {
        let on_main = on_branch(repository, tip, place, commits)?;
        if on_main.get(*head).copied().unwrap_or_default() {
            return None;
        }
        let mut bases = last_on(&on_main, commits);
        // The newest one decides which of several branches is the main one.
        bases.reverse();
        let leaves = (!bases.is_empty()).then(|| Leaves { bases, main: newest_step(repository, tip, place) });
        last = last.max(leaves);
    }
    last.map(|mut leaves| {
        leaves.bases.reverse();
        leaves
    })
}

/// The commits on a branch that no other commit on it builds on.
fn last_on(on_branch: &[bool], commits: &[Snapshot]) -> Vec<usize> {
    let mut is_last = on_branch.to_vec();
    for (commit, _) in commits.iter().zip(on_branch).filter(|(_, is_on)| **is_on) {
        for parent in &commit.parents {
            if let Some(is_last) = is_last.get_mut(*parent) {
                *is_last = false;
            }
        }
    }
    is_last.iter().enumerate().filter(|(_, is_last)| **is_last).map(|(at, _)| at).collect()
}

/// The first commit on the first-parent line of a branch that is among those of a history.
fn newest_step(repository: &gix::Repository, tip: ObjectId, place: &HashMap<ObjectId, usize>) -> Option<usize> {
    let mut next = Some(tip);
    for _ in 0..MAX_COMMITS {
        let id = next?;
        if let Some(at) = place.get(&id) {
            return Some(*at);
        }
        next = repository.find_commit(id).ok()?.parent_ids().next().map(|parent| parent.detach());
    }
    None
}

/// Which commits of a history a branch holds; `None` if there are too many.
fn on_branch(
    repository: &gix::Repository,
    tip: ObjectId,
    place: &HashMap<ObjectId, usize>,
    commits: &[Snapshot],
) -> Option<Vec<bool>> {
    let mut on_branch = vec![false; commits.len()];
    let mut next = vec![tip];
    let mut seen = HashSet::new();
    while let Some(id) = next.pop() {
        if !seen.insert(id) {
            continue;
        }
        match place.get(&id) {
            Some(at) => mark(&mut on_branch, commits, *at),
            // What only the branch holds was not read for this history.
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
    Some(on_branch)
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
