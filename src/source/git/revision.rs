//! ◦ A ledger as it was at a commit. The rules are those of a folder on disk: links are followed only to files inside
//! the ledger, submodules are not entered, and files above the size limit are never read.

use super::bound::{BEYOND, Bound};
use super::{PARTIAL_HELP, is_partial};
use crate::source::survey::{self, Survey};
use crate::source::{LedgerPath, Listing, MAX_FILE_BYTES, Source, Thing, Unreadable, decode};
use chrono::NaiveDate;
use gix::ObjectId;
use gix::object::tree::EntryMode;
use std::cell::RefCell;
use std::collections::HashMap;
use std::fmt;
use std::io;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

/// How many links are followed one after the other.
const MAX_LINKS: usize = 40;

/// An entry of a folder: its name and whether that is whole, what it is, and its content.
#[derive(Debug, Clone)]
struct TreeEntry {
    name: String,
    whole: bool,
    mode: EntryMode,
    id: ObjectId,
}

/// A ledger as it was at a commit.
pub struct Revision {
    repository: gix::ThreadSafeRepository,
    /// The tree of the ledger's folder.
    tree: ObjectId,
    id: String,
    day: NaiveDate,
    label: String,
    /// What the listing has seen, by path, so that reading a file needs no search.
    seen: Mutex<HashMap<String, (EntryMode, ObjectId)>>,
    /// How many bytes were read.
    bytes: AtomicU64,
}

impl fmt::Debug for Revision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Revision").field("id", &self.id).field("label", &self.label).finish()
    }
}

/// What is found at the end of a path.
enum TreeItem {
    /// Its content, and where it is without links.
    File(ObjectId, LedgerPath),
    Folder,
    Other,
}

impl Revision {
    pub(super) fn new(
        repository: gix::ThreadSafeRepository,
        tree: ObjectId,
        id: String,
        day: NaiveDate,
        label: String,
    ) -> Revision {
        Revision { repository, tree, id, day, label, seen: Mutex::default(), bytes: AtomicU64::new(0) }
    }

    /// The id of the commit.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The day on which it was committed, in UTC.
    pub fn day(&self) -> NaiveDate {
        self.day
    }

    fn see(&self, path: String, entry: &TreeEntry) {
        if let Ok(mut seen) = self.seen.lock() {
            seen.insert(path, (entry.mode, entry.id));
        }
    }

    /// Adds the entries of a folder and of all folders below it that are looked into.
    fn walk(
        &self,
        repository: &gix::Repository,
        folder: &str,
        tree: ObjectId,
        survey: &mut Survey,
        bound: &mut Bound,
    ) -> io::Result<()> {
        let too_large = || io::Error::other(format!("the commit {} {BEYOND}", self.id));
        if !bound.enters(tree, folder.split('/').count()) {
            return Err(too_large());
        }
        let entries = entries(repository, tree).map_err(|error| match is_partial(repository) {
            true => io::Error::other(format!(
                "the folder {folder} is not in this clone, which is a partial clone; {PARTIAL_HELP}"
            )),
            false => io::Error::other(error.to_string()),
        })?;
        for entry in &entries {
            let path = if folder.is_empty() { entry.name.clone() } else { format!("{folder}/{}", entry.name) };
            let listed = LedgerPath::new(path.as_str());
            if entry.mode.is_tree() {
                let built = survey::built_beside(&listed);
                if !built.is_some_and(|file| entries.iter().any(|entry| entry.name == file)) {
                    self.walk(repository, &path, entry.id, survey, bound)?;
                }
            } else if !bound.takes_file() {
                return Err(too_large());
            } else if !entry.whole {
                survey.add_trouble(listed, Unreadable::NameNotUtf8);
            } else {
                self.see(path, entry);
                self.add(repository, listed, entry, survey);
            }
        }
        Ok(())
    }

    fn add(&self, repository: &gix::Repository, path: LedgerPath, entry: &TreeEntry, survey: &mut Survey) {
        if entry.mode.is_commit() {
            return survey.add(path, Thing::Submodule);
        }
        if !entry.mode.is_link() {
            return survey.add(path, Thing::File);
        }
        match self.find(repository, &path) {
            Ok(TreeItem::Folder) => survey.add(path, Thing::LinkToFolder),
            Ok(TreeItem::File(_, target)) => survey.add_link(path, Some(target)),
            _ => survey.add_link(path, None),
        }
    }

    /// The first record whose content was left out of a partial clone.
    fn missing(&self, repository: &gix::Repository, listing: &Listing) -> Option<LedgerPath> {
        if !is_partial(repository) {
            return None;
        }
        let seen = self.seen.lock().ok()?;
        let is_missing = |path: &LedgerPath| seen.get(path.as_str()).is_some_and(|(_, id)| !repository.has_object(id));
        listing.records.iter().map(|listed| &listed.path).find(|path| is_missing(path)).cloned()
    }

    /// What is at a path, with links followed inside the ledger.
    fn find(&self, repository: &gix::Repository, path: &LedgerPath) -> Result<TreeItem, Unreadable> {
        let mut rest: Vec<String> = path.as_str().rsplit('/').map(str::to_owned).collect();
        // The folders from the ledger's root to where the search is.
        let mut way: Vec<ObjectId> = vec![self.tree];
        let mut names: Vec<String> = Vec::new();
        let mut links = 0;
        while let Some(part) = rest.pop() {
            if part.is_empty() || part == "." {
                continue;
            }
            if part == ".." {
                way.pop();
                names.pop();
                if way.is_empty() {
                    return Err(Unreadable::LeavesLedger);
                }
                continue;
            }
            if links > 0 && LedgerPath::new(part.as_str()).is_hidden() && !path.is_hidden() {
                return Err(Unreadable::LeadsToHidden);
            }
            let missing = if links == 0 { Unreadable::Missing } else { Unreadable::BrokenLink };
            let folder = way.last().copied().unwrap_or(self.tree);
            let tree = repository.find_tree(folder).map_err(other)?;
            let Some(entry) = tree.find_entry(part.as_str()) else { return Err(missing) };
            let mode = entry.mode();
            if mode.is_tree() {
                way.push(entry.object_id());
                names.push(part);
            } else if mode.is_link() {
                links += 1;
                if links > MAX_LINKS {
                    return Err(Unreadable::BrokenLink);
                }
                let target = text(repository, entry.object_id())?;
                if target.starts_with('/') {
                    return Err(Unreadable::LeavesLedger);
                }
                rest.extend(target.rsplit('/').map(str::to_owned));
            } else if !rest.is_empty() {
                return Err(missing);
            } else {
                names.push(part);
                let target = LedgerPath::new(names.join("/"));
                return Ok(if mode.is_blob() { TreeItem::File(entry.object_id(), target) } else { TreeItem::Other });
            }
        }
        Ok(TreeItem::Folder)
    }
}

impl Source for Revision {
    fn label(&self) -> String {
        self.label.clone()
    }

    fn list(&self) -> Result<Listing, io::Error> {
        let repository = self.repository.to_thread_local();
        let mut survey = Survey::default();
        self.walk(&repository, "", self.tree, &mut survey, &mut Bound::default())?;
        let listing = survey.finish();
        if let Some(missing) = self.missing(&repository, &listing) {
            return Err(io::Error::other(format!(
                "{missing} is not in this clone, which is a partial clone; {PARTIAL_HELP}"
            )));
        }
        Ok(listing)
    }

    fn read(&self, path: &LedgerPath) -> Result<String, Unreadable> {
        let seen = self.seen.lock().ok().and_then(|seen| seen.get(path.as_str()).copied());
        local(&self.repository, |repository| {
            let id = match seen {
                Some((mode, id)) if mode.is_blob() => id,
                _ => match self.find(repository, path)? {
                    TreeItem::File(id, _) => id,
                    TreeItem::Folder | TreeItem::Other => return Err(Unreadable::NotAFile),
                },
            };
            let text = text(repository, id)?;
            let bytes = self.bytes.fetch_add(text.len() as u64, Ordering::Relaxed);
            if bytes > MOST_BYTES {
                return Err(Unreadable::Other("the commit has more files than a ledger can have".to_owned()));
            }
            Ok(text)
        })
    }
}

/// How many bytes are read of one commit: a small object can be at a million places.
pub(super) const MOST_BYTES: u64 = 4 << 30;

thread_local! {
    static OPEN: RefCell<Option<gix::Repository>> = const { RefCell::new(None) };
}

/// Runs with this thread's own handle on the repository, which keeps its caches from one file to the next.
pub(super) fn local<T>(repository: &gix::ThreadSafeRepository, run: impl FnOnce(&gix::Repository) -> T) -> T {
    OPEN.with_borrow_mut(|open| {
        let usable = open.take().filter(|open| open.path() == repository.path());
        run(open.insert(usable.unwrap_or_else(|| repository.to_thread_local())))
    })
}

/// The entries of a tree, in its order.
fn entries(repository: &gix::Repository, tree: ObjectId) -> Result<Vec<TreeEntry>, gix::Error> {
    let tree = repository.find_tree(tree)?;
    let entry = |entry: Result<gix::object::tree::EntryRef<'_, '_>, gix::Error>| {
        let entry = entry?;
        let name = entry.filename();
        Ok(TreeEntry {
            name: String::from_utf8_lossy(name).into_owned(),
            whole: std::str::from_utf8(name).is_ok(),
            mode: entry.mode(),
            id: entry.object_id(),
        })
    };
    tree.iter().map(entry).collect()
}

/// The text of a blob, if it is not too large.
pub(super) fn text(repository: &gix::Repository, id: ObjectId) -> Result<String, Unreadable> {
    let bytes = repository.find_header(id).map_err(other)?.size();
    if bytes > MAX_FILE_BYTES {
        return Err(Unreadable::TooLarge { bytes });
    }
    let mut blob = repository.find_blob(id).map_err(other)?;
    decode(blob.take_data())
}

fn other(error: gix::Error) -> Unreadable {
    Unreadable::Other(error.to_string().lines().next().unwrap_or_default().to_owned())
}
