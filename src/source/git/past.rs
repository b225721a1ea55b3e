//! ◦ What the commits of a repository held of a ledger. Merges are followed to all sides.

use super::revision::{local, text};
use super::{Repository, failed, ledger_tree, when};
use crate::source::LedgerPath;
use crate::source::past::{Blob, Files, Past, Snapshot, Snapshots};
use chrono::NaiveDate;
use gix::ObjectId;
use rayon::prelude::*;
use std::collections::{BTreeMap, BinaryHeap, HashMap, HashSet};
use std::sync::Arc;

/// How many commits are looked at, the newest ones.
pub const MAX_COMMITS: usize = 10_000;

/// How many commits a core looks into before it takes others.
const CHUNK: usize = 128;

/// A commit as git has it.
struct Found {
    second: i64,
    day: NaiveDate,
    author: String,
    tree: ObjectId,
    parents: Vec<ObjectId>,
    shallow: bool,
}

impl Past for Repository {
    fn snapshots(&self, folders: &[&str]) -> Result<Snapshots, String> {
        let repository = self.inner.to_thread_local();
        let told = |error: gix::Error| failed("the newest commit cannot be read", error).to_string();
        if self.tip.is_none() && repository.head().map_err(told)?.is_unborn() {
            return Ok(Snapshots::default());
        }
        let head = match self.tip {
            Some(tip) => tip,
            None => repository.head_id().map_err(told)?.detach(),
        };
        // Where the newest commit holds no ledger here, none of the others is looked at.
        let commit = repository.find_commit(head).map_err(told)?;
        let head_tree = commit.tree_id().map_err(told)?.detach();
        if ledger_tree(&repository, head_tree, &self.folder).is_none() {
            return Ok(Snapshots::default());
        }
        let (found, cut) = collect(&repository, head)?;
        let order: Vec<(ObjectId, &Found)> =
            parents_first(&found).into_iter().filter_map(|id| Some((id, found.get(&id)?))).collect();
        let trees: Vec<Option<Vec<Option<ObjectId>>>> =
            order.par_chunks(CHUNK).flat_map_iter(|commits| self.folders_of(commits, folders)).collect();
        let mut files = Trees { repository: &repository, folders, by_folders: HashMap::new() };
        let mut commits: Vec<Snapshot> = Vec::with_capacity(order.len());
        let mut place: HashMap<ObjectId, usize> = HashMap::with_capacity(order.len());
        for ((id, commit), tree) in order.into_iter().zip(trees) {
            let parents: Vec<usize> = commit.parents.iter().filter_map(|parent| place.get(parent).copied()).collect();
            let whole = !commit.shallow && parents.len() == commit.parents.len();
            place.insert(id, commits.len());
            commits.push(Snapshot {
                id: id.to_string(),
                day: commit.day,
                author: commit.author.clone(),
                parents,
                whole,
                holds: tree.is_some(),
                files: tree.map(|tree| files.of(tree)).unwrap_or_default(),
            });
        }
        let base = main_base(&repository, head, &place, &commits);
        Ok(Snapshots { commits, base, cut })
    }

    fn read(&self, blob: &Blob) -> Option<String> {
        local(&self.inner, |repository| text(repository, ObjectId::from(blob.0)).ok())
    }
}

impl Repository {
    /// The folders of the ledger in each of these commits; `None` where one holds no ledger.
    fn folders_of(&self, commits: &[(ObjectId, &Found)], folders: &[&str]) -> Vec<Option<Vec<Option<ObjectId>>>> {
        let repository = self.inner.to_thread_local();
        let of_commit = |(_, commit): &(ObjectId, &Found)| {
            let tree = ledger_tree(&repository, commit.tree, &self.folder)?;
            let folder = |name: &&str| {
                let entry = tree.find_entry(*name)?;
                entry.mode().is_tree().then(|| entry.object_id())
            };
            Some(folders.iter().map(folder).collect())
        };
        // Git packs the newest tree whole and older ones as changes to it: backwards, each is built on the one just read.
        let mut folders: Vec<_> = commits.iter().rev().map(of_commit).collect();
        folders.reverse();
        folders
    }
}

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
fn main_base(
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
                repository.find_commit(id).ok().into_iter().flat_map(|commit| {
                    commit.parent_ids().map(|parent| parent.detach()).collect::<Vec<_>>()
                }),
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

/// Reads commits from the newest to older ones, and says whether some are left out.
fn collect(repository: &gix::Repository, head: ObjectId) -> Result<(HashMap<ObjectId, Found>, bool), String> {
    let shallow = repository.shallow_commits().ok().flatten();
    let is_shallow = |id: &ObjectId| shallow.as_ref().is_some_and(|shallow| shallow.contains(id));
    let mut found: HashMap<ObjectId, Found> = HashMap::new();
    let mut seen: HashSet<ObjectId> = HashSet::from([head]);
    let mut next: BinaryHeap<(i64, ObjectId)> = BinaryHeap::new();
    let mut cut = false;
    let first = read(repository, head, is_shallow(&head))?;
    next.push((first.second, head));
    let mut read_already = HashMap::from([(head, first)]);
    while let Some((_, id)) = next.pop() {
        let Some(commit) = read_already.remove(&id) else { continue };
        cut |= commit.shallow;
        if found.len() == MAX_COMMITS {
            cut = true;
            break;
        }
        for parent in &commit.parents {
            if seen.insert(*parent) {
                let parent_commit = read(repository, *parent, is_shallow(parent))?;
                next.push((parent_commit.second, *parent));
                read_already.insert(*parent, parent_commit);
            }
        }
        found.insert(id, commit);
    }
    Ok((found, cut))
}

fn read(repository: &gix::Repository, id: ObjectId, shallow: bool) -> Result<Found, String> {
    let told = |error: gix::Error| failed(format!("the commit {id} cannot be read"), error).to_string();
    let commit = repository.find_commit(id).map_err(told)?;
    let (day, second) = when(&commit).map_err(|error| error.to_string())?;
    let author = commit.author().map(|author| author.name.to_string()).unwrap_or_default();
    let parents = if shallow { Vec::new() } else { commit.parent_ids().map(|parent| parent.detach()).collect() };
    Ok(Found { second, day, author, tree: commit.tree_id().map_err(told)?.detach(), parents, shallow })
}

/// The commits with each after those before it; where git leaves the order open, by time and then by id.
fn parents_first(found: &HashMap<ObjectId, Found>) -> Vec<ObjectId> {
    let mut children: HashMap<ObjectId, Vec<ObjectId>> = HashMap::new();
    let mut waiting: HashMap<ObjectId, usize> = HashMap::new();
    for (id, commit) in found {
        let known: HashSet<&ObjectId> = commit.parents.iter().filter(|parent| found.contains_key(*parent)).collect();
        waiting.insert(*id, known.len());
        for parent in known {
            children.entry(*parent).or_default().push(*id);
        }
    }
    let ready = |id: &ObjectId| std::cmp::Reverse((found.get(id).map_or(0, |commit| commit.second), *id));
    let roots = waiting.iter().filter(|(_, count)| **count == 0).map(|(id, _)| ready(id));
    let mut next: BinaryHeap<_> = roots.collect();
    let mut order = Vec::with_capacity(found.len());
    while let Some(std::cmp::Reverse((_, id))) = next.pop() {
        order.push(id);
        for child in children.remove(&id).unwrap_or_default() {
            if let Some(count) = waiting.get_mut(&child) {
                *count -= 1;
                if *count == 0 {
                    next.push(ready(&child));
                }
            }
        }
    }
    order
}

/// The files of trees. Trees whose folders are the same share them.
struct Trees<'r> {
    repository: &'r gix::Repository,
    folders: &'r [&'r str],
    by_folders: HashMap<Vec<Option<ObjectId>>, Arc<Files>>,
}

impl Trees<'_> {
    fn of(&mut self, folders: Vec<Option<ObjectId>>) -> Arc<Files> {
        if let Some(known) = self.by_folders.get(&folders) {
            return Arc::clone(known);
        }
        let mut files = BTreeMap::new();
        for (name, id) in self.folders.iter().zip(&folders) {
            if let Some(id) = id {
                self.collect(name, *id, &mut files);
            }
        }
        let files = Arc::new(files);
        self.by_folders.insert(folders, Arc::clone(&files));
        files
    }

    fn collect(&self, folder: &str, id: ObjectId, files: &mut Files) {
        let Ok(tree) = self.repository.find_tree(id) else { return };
        for entry in tree.iter().flatten() {
            let Ok(name) = std::str::from_utf8(entry.filename()) else { continue };
            let path = format!("{folder}/{name}");
            if name.starts_with('.') {
                continue;
            }
            if entry.mode().is_tree() {
                self.collect(&path, entry.object_id(), files);
            } else if entry.mode().is_blob()
                && let Some(blob) = entry.object_id().as_bytes().first_chunk::<20>()
            {
                files.insert(LedgerPath::new(path), Blob(*blob));
            }
        }
    }
}
