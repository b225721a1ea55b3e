//! ◦ The contents of a ledger in the commits of a repository. Follows all parents of merges.

use super::bound::{Bound, Met};
use super::main_branch::main_base;
use super::moved::{find_ledger, moved_over};
use super::revision::{local, text};
use super::{Repository, commit_time, git_error, is_partial, ledger_in, ledger_tree};
use crate::error::Error;
use crate::source::past::{CommitSource, Cut, Snapshot, Snapshots};
use crate::source::{Blob, Files, Folder, LedgerPath};
use chrono::NaiveDate;
use gix::ObjectId;
use rayon::prelude::*;
use std::collections::{BinaryHeap, HashMap, HashSet};
use std::sync::Arc;

/// How many commits are looked at, the newest ones.
pub(crate) const MAX_COMMITS: usize = 100_000;

/// How many commits a core looks into before it takes others.
const CHUNK: usize = 128;

/// A folder of a ledger, or a file at its root.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Top {
    id: ObjectId,
    is_file: bool,
}

/// The folders of a ledger in a commit.
enum Folders {
    /// The tree of the ledger, and the folders that were asked for, each where it is there.
    Of(ObjectId, Vec<Option<Top>>),
    /// The commit holds no ledger.
    None,
    /// No one can say: the clone does not have them.
    Missing,
}

/// What a commit holds.
struct Held {
    ledger: Folders,
    /// The names of all that is at the root of the repository, and of the folders among them.
    root: Arc<RootNames>,
}

/// The names at the root of a repository.
#[derive(Default, PartialEq, Eq)]
struct RootNames {
    all: Vec<u8>,
    folders: Vec<u8>,
}

/// A commit as git has it.
pub(super) struct CommitNode {
    second: i64,
    pub(super) day: NaiveDate,
    author: String,
    tree: ObjectId,
    pub(super) parents: Vec<ObjectId>,
    shallow: bool,
}

impl CommitNode {
    /// Whether all of its parents are among those that were found.
    pub(super) fn is_whole(&self, found: usize) -> bool {
        !self.shallow && found == self.parents.len()
    }
}

/// The tree of a ledger in a commit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LedgerTree {
    /// Its id.
    Of(ObjectId),
    /// The commit holds no ledger.
    None,
    /// No one can say: the clone lacks it.
    Missing,
}

/// A commit with the tree of its ledger.
pub(super) type CommitWithLedger = (ObjectId, CommitNode, LedgerTree);

/// The commits up to the newest one, each after those before it, with the folders of the ledger in each.
struct CommitWalk {
    head: ObjectId,
    order: Vec<(ObjectId, CommitNode)>,
    folders: Vec<Folders>,
    /// Why commits are left out.
    cut: Option<Cut>,
}

impl CommitSource for Repository {
    fn snapshots(&self, folders: &[&str]) -> Result<Snapshots, Error> {
        let Some(CommitWalk { head, order, folders: trees, cut }) = self.walk_commits(folders)? else {
            return Ok(Snapshots::default());
        };
        let repository = self.inner.to_thread_local();
        let mut files = Trees::new(&repository, folders);
        let mut commits: Vec<Snapshot> = Vec::with_capacity(order.len());
        let mut place: HashMap<ObjectId, usize> = HashMap::with_capacity(order.len());
        for ((id, commit), tree) in order.into_iter().zip(trees) {
            let parents: Vec<usize> = commit.parents.iter().filter_map(|parent| place.get(parent).copied()).collect();
            let whole = commit.is_whole(parents.len());
            place.insert(id, commits.len());
            commits.push(Snapshot {
                id: id.to_string(),
                day: commit.day,
                author: commit.author,
                parents,
                whole,
                holds: matches!(tree, Folders::Of(..)),
                files: match tree {
                    Folders::Of(_, folders) => files.of(folders),
                    Folders::None => Files::default(),
                    Folders::Missing => {
                        files.lacks = true;
                        Files::default()
                    }
                },
            });
        }
        let leaves = main_base(&repository, head, self.target, &place, &commits);
        let (bases, main) = leaves.map_or((Vec::new(), None), |leaves| (leaves.bases, leaves.main));
        let cut = cut.max(files.lacks.then_some(Cut::Partial)).max(files.is_beyond.then_some(Cut::TooLarge));
        Ok(Snapshots { commits, bases, main, cut })
    }

    fn read(&self, blob: &Blob) -> Option<String> {
        local(&self.inner, |repository| {
            let id = blob.0.get(..repository.object_hash().len_in_bytes())?;
            text(repository, ObjectId::try_from(id).ok()?).ok()
        })
    }
}

impl Repository {
    /// The commits up to the newest one, with these folders of the ledger. `None` if there is no commit, or the newest one holds no
    /// ledger here: then none of the others is looked at.
    fn walk_commits(&self, folders: &[&str]) -> Result<Option<CommitWalk>, Error> {
        let repository = self.inner.to_thread_local();
        self.refuse_unread_branches(&repository)?;
        let look = |error: gix::Error| git_error("the newest commit cannot be read", error);
        if self.tip.is_none() && repository.head().map_err(look)?.is_unborn() {
            return Ok(None);
        }
        let head = match self.tip {
            Some(tip) => tip,
            None => repository.head_id().map_err(look)?.detach(),
        };
        let commit = repository.find_commit(head).map_err(look)?;
        let head_tree = commit.tree_id().map_err(look)?.detach();
        if ledger_tree(&repository, head_tree, &self.folder).map_err(look)?.is_none() {
            return Ok(None);
        }
        let (mut found, cut) = collect(&repository, head)?;
        let order: Vec<(ObjectId, CommitNode)> =
            parents_first(&found).into_iter().filter_map(|id| found.remove_entry(&id)).collect();
        let mut held: Vec<Held> =
            order.par_chunks(CHUNK).flat_map_iter(|commits| self.held_by(commits, folders)).collect();
        self.follow_moves(&order, folders, &mut held);
        Ok(Some(CommitWalk { head, order, folders: held.into_iter().map(|held| held.ledger).collect(), cut }))
    }

    /// The commits up to the newest one, each with the tree of the ledger it held, and why not all are known.
    pub(super) fn ledger_trees(&self) -> Result<(Vec<CommitWithLedger>, Option<Cut>), Error> {
        let Some(CommitWalk { order, folders, cut, .. }) = self.walk_commits(&[])? else {
            return Ok((Vec::new(), None));
        };
        let lacks = folders.iter().any(|folders| matches!(folders, Folders::Missing));
        let tree = |folders: Folders| match folders {
            Folders::Of(tree, _) => LedgerTree::Of(tree),
            Folders::None => LedgerTree::None,
            Folders::Missing => LedgerTree::Missing,
        };
        let commits = order.into_iter().zip(folders).map(|((id, commit), folders)| (id, commit, tree(folders)));
        Ok((commits.collect(), cut.max(lacks.then_some(Cut::Partial))))
    }

    /// What each of these commits holds.
    fn held_by(&self, commits: &[(ObjectId, CommitNode)], folders: &[&str]) -> Vec<Held> {
        let repository = self.inner.to_thread_local();
        let mut last: Arc<RootNames> = Arc::default();
        let mut of_commit = |(_, commit): &(ObjectId, CommitNode)| {
            let root = repository.find_tree(commit.tree);
            if let Ok(root) = &root {
                let names = RootNames::of(root);
                if *last != names {
                    last = Arc::new(names);
                }
            }
            let ledger = match root.and_then(|root| ledger_in(&repository, root, &self.folder)) {
                Ok(Some(tree)) => Folders::Of(tree.id, inside(&tree, folders)),
                Ok(None) => Folders::None,
                Err(_) => Folders::Missing,
            };
            Held { ledger, root: Arc::clone(&last) }
        };
        // Git packs the newest tree whole and older ones as changes to it: backwards, each is built on the one just read.
        let mut held: Vec<_> = commits.iter().rev().map(&mut of_commit).collect();
        held.reverse();
        held
    }

    /// Finds the ledger in commits before one that moved it to where it is now: what they held is its history too.
    fn follow_moves(&self, order: &[(ObjectId, CommitNode)], folders: &[&str], held: &mut [Held]) {
        let repository = self.inner.to_thread_local();
        let place: HashMap<ObjectId, usize> = order.iter().enumerate().map(|(at, (id, _))| (*id, at)).collect();
        let mut lay: Vec<Option<String>> =
            held.iter().map(|held| matches!(held.ledger, Folders::Of(..)).then(|| self.folder.clone())).collect();
        for (at, (_, commit)) in order.iter().enumerate().rev() {
            let Some(folder) = lay.get(at).cloned().flatten() else { continue };
            let ledger_id = || Some(ledger_tree(&repository, commit.tree, &folder).ok()??.id);
            for parent in commit.parents.iter().filter_map(|parent| place.get(parent).copied()) {
                let Some((_, before)) = order.get(parent) else { continue };
                let (Some(then), Some(now)) = (held.get(parent), held.get(at)) else { continue };
                let moved = match then.ledger {
                    Folders::None => {
                        ledger_id().and_then(|ledger_id| find_ledger(&repository, before.tree, &folder, ledger_id))
                    }
                    // A ledger that is gone may have been moved over another one, such as an archive.
                    Folders::Of(..) if then.root.has_folder_that_is_gone_in(&now.root) => ledger_id()
                        .and_then(|ledger_id| moved_over(&repository, before.tree, commit.tree, &folder, ledger_id)),
                    _ => None,
                };
                let Some((tree, folder)) = moved else { continue };
                let Ok(tree) = repository.find_tree(tree) else { continue };
                if let (Some(held), Some(lay)) = (held.get_mut(parent), lay.get_mut(parent)) {
                    held.ledger = Folders::Of(tree.id, inside(&tree, folders));
                    *lay = Some(folder);
                }
            }
        }
    }
}

impl RootNames {
    fn of(root: &gix::Tree<'_>) -> RootNames {
        let mut names = RootNames::default();
        for entry in root.iter().flatten() {
            let of_kind = entry.mode().is_tree().then_some(&mut names.folders);
            for names in [Some(&mut names.all), of_kind].into_iter().flatten() {
                names.extend_from_slice(entry.filename());
                names.push(0);
            }
        }
        names
    }

    /// Whether a later commit holds nothing under the name of one of these folders.
    fn has_folder_that_is_gone_in(&self, later: &RootNames) -> bool {
        let is_nul = |byte: &u8| *byte == 0;
        self != later && {
            let later: HashSet<&[u8]> = later.all.split(is_nul).collect();
            self.folders.split(is_nul).any(|name| !later.contains(name))
        }
    }
}

/// The folders of a ledger and the files at its root, each where it is there.
fn inside(ledger: &gix::Tree<'_>, folders: &[&str]) -> Vec<Option<Top>> {
    let folder = |name: &&str| {
        let entry = ledger.find_entry(*name)?;
        let is_file = entry.mode().is_blob();
        (is_file || entry.mode().is_tree()).then(|| Top { id: entry.object_id(), is_file })
    };
    folders.iter().map(folder).collect()
}

/// Reads commits from the newest to older ones, and says why some are left out.
fn collect(
    repository: &gix::Repository,
    head: ObjectId,
) -> Result<(HashMap<ObjectId, CommitNode>, Option<Cut>), Error> {
    let shallow = repository.shallow_commits().ok().flatten();
    let is_shallow = |id: &ObjectId| shallow.as_ref().is_some_and(|shallow| shallow.contains(id));
    let mut found: HashMap<ObjectId, CommitNode> = HashMap::new();
    let mut seen: HashSet<ObjectId> = HashSet::from([head]);
    let mut next: BinaryHeap<(i64, ObjectId)> = BinaryHeap::new();
    let mut cut = None;
    let first = read(repository, head, is_shallow(&head))?;
    next.push((first.second, head));
    let mut read_already = HashMap::from([(head, first)]);
    while let Some((_, id)) = next.pop() {
        let Some(commit) = read_already.remove(&id) else { continue };
        cut = cut.max(commit.shallow.then_some(Cut::Shallow));
        if found.len() == MAX_COMMITS {
            cut = cut.max(Some(Cut::TooMany));
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

fn read(repository: &gix::Repository, id: ObjectId, shallow: bool) -> Result<CommitNode, Error> {
    let look = |error: gix::Error| git_error(format!("the commit {id} cannot be read"), error);
    let commit = repository.find_commit(id).map_err(look)?;
    let (day, second) = commit_time(&commit)?;
    let author = commit.author().map(|author| author.name.to_string()).unwrap_or_default();
    let parents = if shallow { Vec::new() } else { commit.parent_ids().map(|parent| parent.detach()).collect() };
    Ok(CommitNode { second, day, author, tree: commit.tree_id().map_err(look)?.detach(), parents, shallow })
}

/// The commits with each after those before it; where git leaves the order open, by time and then by id.
fn parents_first(found: &HashMap<ObjectId, CommitNode>) -> Vec<ObjectId> {
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

/// The files of trees. Each folder is read once, and shared by all commits that hold it as it is.
struct Trees<'r> {
    repository: &'r gix::Repository,
    names: &'r [&'r str],
    by_folders: HashMap<Vec<Option<Top>>, Files>,
    /// The folders that were read, by their content and their path, each with how many folders and files are in it.
    known: HashMap<(ObjectId, String), (Arc<Folder>, Met)>,
    /// In a partial clone, the files that were looked for already.
    sought: Option<HashSet<ObjectId>>,
    /// Whether something that a commit holds is not in the clone.
    lacks: bool,
    /// Whether a commit holds more than is walked.
    is_beyond: bool,
}

impl<'r> Trees<'r> {
    fn new(repository: &'r gix::Repository, names: &'r [&'r str]) -> Trees<'r> {
        let sought = is_partial(repository).then(HashSet::new);
        let (by_folders, known) = (HashMap::new(), HashMap::new());
        Trees { repository, names, by_folders, known, sought, lacks: false, is_beyond: false }
    }

    fn of(&mut self, tops: Vec<Option<Top>>) -> Files {
        if let Some(known) = self.by_folders.get(&tops) {
            return known.clone();
        }
        let (mut files, mut folders) = (Vec::new(), Vec::new());
        let mut bound = Bound::default();
        for (name, top) in self.names.iter().zip(&tops) {
            match top {
                Some(Top { id, is_file: true }) => files.extend(self.file(name, *id)),
                Some(Top { id, is_file: false }) => {
                    folders.push((Box::from(*name), self.folder(name, *id, &mut bound)));
                }
                None => {}
            }
        }
        self.is_beyond |= bound.is_beyond();
        let files = Files::new(Folder::new(files, folders));
        self.by_folders.insert(tops, files.clone());
        files
    }

    fn folder(&mut self, path: &str, id: ObjectId, bound: &mut Bound) -> Arc<Folder> {
        let place = (id, path.to_owned());
        if let Some((folder, met)) = self.known.get(&place)
            && bound.adds(*met)
        {
            return Arc::clone(folder);
        }
        let before = bound.met();
        if !bound.enters(id, path.split('/').count()) {
            return Arc::default();
        }
        let Ok(tree) = self.repository.find_tree(id) else {
            self.lacks = true;
            return Arc::default();
        };
        let (mut files, mut folders) = (Vec::new(), Vec::new());
        for entry in tree.iter().flatten() {
            let Ok(name) = std::str::from_utf8(entry.filename()) else { continue };
            if name.starts_with('.') {
                continue;
            }
            let path = format!("{path}/{name}");
            if entry.mode().is_tree() {
                folders.push((Box::from(name), self.folder(&path, entry.object_id(), bound)));
            } else if entry.mode().is_blob() && bound.takes_file() {
                files.extend(self.file(&path, entry.object_id()));
            }
        }
        let folder = Arc::new(Folder::new(files, folders));
        // What was cut off is not all that the folder holds.
        if !bound.is_beyond() {
            self.known.insert(place, (Arc::clone(&folder), bound.met().since(before)));
        }
        folder
    }

    fn file(&mut self, path: &str, id: ObjectId) -> Option<(LedgerPath, Blob)> {
        let mut blob = [0; 32];
        blob.get_mut(..id.as_bytes().len())?.copy_from_slice(id.as_bytes());
        if let Some(sought) = &mut self.sought
            && sought.insert(id)
        {
            self.lacks |= !self.repository.has_object(id);
        }
        Some((LedgerPath::new(path), Blob(blob)))
    }
}
