//! ◦ The commits of a repository, each with the ledger that it held, to follow one record or some figures through them.

use super::past::{CommitWithLedger, LedgerTree};
use super::revision::local;
use super::{Repository, Revision, unreadable};
use crate::error::Error;
use crate::kind::{Kind, RecordKey, SIGNATURES};
use crate::source::LedgerPath;
use crate::source::commit_message::CommitMessage;
use crate::source::past::{Cut, TrailCommit};
use gix::ObjectId;
use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;

/// The files of a record, with what each of them holds.
type FilesOfRecord = Rc<Vec<(String, ObjectId)>>;

/// How deep the folders of a kind are in each other.
const DEPTH: usize = 16;

/// The commits of a repository up to the newest one, with the ledger in each.
pub(crate) struct Trail {
    inner: gix::ThreadSafeRepository,
    label: String,
    commits: Vec<TrailCommit>,
    /// The id of each commit, and the tree of its ledger.
    trees: Vec<(ObjectId, LedgerTree)>,
    cut: Option<Cut>,
    /// The files of a record in a folder of this content.
    found: RefCell<HashMap<(ObjectId, String), FilesOfRecord>>,
}

impl Repository {
    /// The commits up to the newest one. There are none if the newest one holds no ledger here.
    ///
    /// # Errors
    /// Why the commits cannot be read.
    pub(crate) fn trail(&self) -> Result<Trail, Error> {
        let (found, cut) = self.ledger_trees()?;
        let mut place: HashMap<ObjectId, usize> = HashMap::with_capacity(found.len());
        let mut trees = Vec::with_capacity(found.len());
        let mut commits = Vec::with_capacity(found.len());
        let commit = |place: &HashMap<ObjectId, usize>, (id, node, _): &CommitWithLedger| {
            let parents: Vec<usize> = node.parents.iter().filter_map(|parent| place.get(parent).copied()).collect();
            let is_whole = node.is_whole(parents.len());
            TrailCommit { id: id.to_string(), day: node.day, parents, is_whole }
        };
        for (at, found) in found.iter().enumerate() {
            commits.push(commit(&place, found));
            place.insert(found.0, at);
            trees.push((found.0, found.2));
        }
        Ok(Trail {
            inner: self.inner.clone(),
            label: self.label.clone(),
            commits,
            trees,
            cut,
            found: RefCell::default(),
        })
    }
}

impl Trail {
    /// The commits, each after those before it; the last one is the newest.
    pub(crate) fn commits(&self) -> &[TrailCommit] {
        &self.commits
    }

    /// Why not all that the commits held is known, where that is so.
    pub(crate) fn cut(&self) -> Option<Cut> {
        self.cut
    }

    /// The ledger at a commit; `None` if it held none.
    pub(crate) fn revision(&self, at: usize) -> Option<Revision> {
        let (id, LedgerTree::Of(tree)) = self.trees.get(at)? else { return None };
        let day = self.commits.get(at)?.day;
        Some(Revision::new(self.inner.clone(), *tree, id.to_string(), day, self.label.clone()))
    }

    /// What the author of a commit said about it.
    ///
    /// # Errors
    /// Why the commit cannot be read.
    pub(crate) fn message(&self, at: usize) -> Result<CommitMessage, Error> {
        let Some((id, _)) = self.trees.get(at) else { return Ok(CommitMessage::default()) };
        local(&self.inner, |repository| {
            let commit = repository.find_commit(*id).map_err(|error| unreadable(repository, &id.to_string(), error))?;
            let author = commit.author().map(|author| author.name.to_string()).unwrap_or_default();
            Ok(CommitMessage::parse(&author, &commit.message_raw_sloppy().to_string()))
        })
    }

    /// The newest commit that is in the history of both, where two lines of commits were merged; `None` if there is none.
    pub(crate) fn base(&self, one: usize, other: usize) -> Option<usize> {
        let id = |at: usize| self.trees.get(at).map(|(id, _)| *id);
        let base = local(&self.inner, |repository| {
            repository.merge_base(id(one)?, id(other)?).ok().flatten().map(|id| id.detach())
        })?;
        self.trees.iter().rposition(|(id, _)| *id == base)
    }

    /// The files that say what a record is, at a commit: its own, and of an agreement all signatures and texts beside it. `None` if
    /// the clone lacks folders that may hold some.
    pub(crate) fn files_of(&self, at: usize, key: &RecordKey) -> Option<Vec<(String, ObjectId)>> {
        let tree = match self.trees.get(at)? {
            (_, LedgerTree::Of(tree)) => *tree,
            (_, LedgerTree::None) => return Some(Vec::new()),
            (_, LedgerTree::Missing) => return None,
        };
        local(&self.inner, |repository| {
            let ledger = repository.find_tree(tree).ok()?;
            let folder = |name: &str| ledger.find_entry(name).filter(|entry| entry.mode().is_tree());
            let mut files = Vec::new();
            if let Some(folder) = folder(key.kind.folder()) {
                files.extend(self.files_in(repository, folder.object_id(), key)?.iter().cloned());
            }
            if let Some(folder) = folder(SIGNATURES).filter(|_| key.kind == Kind::Agreement) {
                let signatures = repository.find_tree(folder.object_id()).ok()?;
                // Ids compare without regard to case.
                let is_own = |name: &[u8]| std::str::from_utf8(name).is_ok_and(|name| name.to_lowercase() == *key.id);
                let own = signatures.iter().flatten().filter(|entry| is_own(entry.filename()));
                files.extend(own.map(|entry| (SIGNATURES.to_owned(), entry.object_id())));
            }
            Some(files)
        })
    }

    /// The files of a record in the folder of its kind.
    fn files_in(&self, repository: &gix::Repository, folder: ObjectId, key: &RecordKey) -> Option<FilesOfRecord> {
        let known = (folder, key.to_string());
        if let Some(files) = self.found.borrow().get(&known) {
            return Some(Rc::clone(files));
        }
        let is_one = |name: &str| match name.strip_suffix(".toml") {
            Some(stem) => stem.to_lowercase() == *key.id,
            // The text of an agreement may be in a file beside it.
            None => key.kind == Kind::Agreement,
        };
        let mut files = Vec::new();
        collect(repository, folder, key.kind.folder(), 0, &mut |path, name, id| {
            if is_one(name) {
                files.push((path.to_owned(), id));
            }
        })?;
        let files = Rc::new(files);
        self.found.borrow_mut().insert(known, Rc::clone(&files));
        Some(files)
    }

    /// The files of records that one commit holds and another one does not, neither there nor in another folder of their kind.
    pub(crate) fn gone(&self, earlier: usize, later: usize) -> Vec<LedgerPath> {
        let tree = |at: usize| self.trees.get(at).map(|(_, tree)| *tree);
        let (Some(LedgerTree::Of(earlier)), later) = (tree(earlier), tree(later)) else { return Vec::new() };
        let later = match later {
            Some(LedgerTree::Of(later)) => later,
            // Where the whole ledger is gone, so is each of its records.
            Some(LedgerTree::None) => ObjectId::empty_tree(earlier.kind()),
            Some(LedgerTree::Missing) | None => return Vec::new(),
        };
        if earlier == later {
            return Vec::new();
        }
        local(&self.inner, |repository| {
            let (Ok(earlier), Ok(later)) = (repository.find_tree(earlier), repository.find_tree(later)) else {
                return Vec::new();
            };
            let mut gone = Vec::new();
            for kind in Kind::ALL {
                let folder = |tree: &gix::Tree<'_>| {
                    tree.find_entry(kind.folder()).filter(|entry| entry.mode().is_tree()).map(|entry| entry.object_id())
                };
                let (was, is) = (folder(&earlier), folder(&later));
                let Some(was) = was.filter(|was| is != Some(*was)) else { continue };
                let mut stays = BTreeSet::new();
                if let Some(is) = is {
                    let known = collect(repository, is, kind.folder(), 0, &mut |_, name, _| {
                        stays.insert(name.to_owned());
                    });
                    if known.is_none() {
                        continue;
                    }
                }
                // What the clone lacks was not there to be found.
                let _ = collect(repository, was, kind.folder(), 0, &mut |path, name, _| {
                    if name.ends_with(".toml") && !stays.contains(name) {
                        gone.push(LedgerPath::new(path));
                    }
                });
            }
            gone
        })
    }
}

/// Calls `take` with the path, the name and the content of each file in a folder. `None` if the clone lacks some of the folders.
fn collect(
    repository: &gix::Repository,
    folder: ObjectId,
    path: &str,
    depth: usize,
    take: &mut dyn FnMut(&str, &str, ObjectId),
) -> Option<()> {
    let tree = repository.find_tree(folder).ok()?;
    for entry in tree.iter().flatten() {
        let Ok(name) = std::str::from_utf8(entry.filename()) else { continue };
        let inside = format!("{path}/{name}");
        if !entry.mode().is_tree() {
            take(&inside, name, entry.object_id());
        } else if depth < DEPTH {
            collect(repository, entry.object_id(), &inside, depth + 1, take)?;
        }
    }
    Some(())
}
