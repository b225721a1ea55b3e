//! ◦ A ledger as it was at a commit. What is listed and why something cannot be read are those of a folder on disk:
//! links are followed only to files inside the ledger, submodules are not entered, what is too large is never read.

use crate::kind::is_ledger_folder;
use crate::source::{
    FOREIGN_FOLDERS, LedgerPath, Listed, Listing, MAX_FILE_BYTES, ROOT_FILE, STRAY_DEPTH, Source, Unreadable, decode,
    is_stray_file, meant_as_record,
};
use chrono::NaiveDate;
use gix::ObjectId;
use gix::object::tree::EntryMode;
use std::cell::RefCell;
use std::collections::HashMap;
use std::fmt;
use std::io;
use std::sync::Mutex;

/// How many links are followed one after the other.
const MAX_LINKS: usize = 40;

/// An entry of a folder: its name and whether that is whole, what it is, and its content.
#[derive(Debug, Clone)]
struct Entry {
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
}

impl fmt::Debug for Revision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Revision").field("id", &self.id).field("label", &self.label).finish()
    }
}

/// What is found at the end of a path.
enum Found {
    File(ObjectId),
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
        Revision { repository, tree, id, day, label, seen: Mutex::default() }
    }

    /// The id of the commit.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The day on which it was committed, in UTC.
    pub fn day(&self) -> NaiveDate {
        self.day
    }

    fn see(&self, path: String, entry: &Entry) {
        if let Ok(mut seen) = self.seen.lock() {
            seen.insert(path, (entry.mode, entry.id));
        }
    }

    /// The places of a folder of records that hold something, with all folders below it.
    fn list_folder(&self, repository: &gix::Repository, folder: &str, tree: ObjectId, records: &mut Vec<Listed>) {
        let entries = match entries(repository, tree) {
            Ok(entries) => entries,
            Err(reason) => {
                records.push(Listed { path: LedgerPath::new(folder), trouble: Some(Unreadable::Other(reason)) });
                return;
            }
        };
        for entry in entries.into_iter().filter(|entry| !entry.name.starts_with('.')) {
            let path = format!("{folder}/{}", entry.name);
            if entry.mode.is_tree() {
                self.list_folder(repository, &path, entry.id, records);
            } else if !entry.mode.is_commit() {
                let listed = LedgerPath::new(path.as_str());
                if let Some(trouble) = self.judge(repository, &listed, &entry) {
                    self.see(path, &entry);
                    records.push(Listed { path: listed, trouble });
                }
            }
        }
    }

    /// What an entry of a folder of records means: `None` where it is no record.
    fn judge(&self, repository: &gix::Repository, path: &LedgerPath, entry: &Entry) -> Option<Option<Unreadable>> {
        if !entry.whole {
            return Some(Some(Unreadable::NameNotUtf8));
        }
        if entry.mode.is_link() && matches!(self.find(repository, path), Ok(Found::Folder)) {
            return Some(Some(Unreadable::LinkToFolder));
        }
        meant_as_record(&entry.name).then_some(None)
    }

    /// What stands at a path, with links followed inside the ledger.
    fn find(&self, repository: &gix::Repository, path: &LedgerPath) -> Result<Found, Unreadable> {
        let mut rest: Vec<String> = path.as_str().rsplit('/').map(str::to_owned).collect();
        // The folders from the ledger's root to where the search is.
        let mut way: Vec<ObjectId> = vec![self.tree];
        let mut links = 0;
        while let Some(part) = rest.pop() {
            if part.is_empty() || part == "." {
                continue;
            }
            if part == ".." {
                way.pop();
                if way.is_empty() {
                    return Err(Unreadable::LeavesLedger);
                }
                continue;
            }
            let missing = if links == 0 { Unreadable::Missing } else { Unreadable::BrokenLink };
            let here = way.last().copied().unwrap_or(self.tree);
            let tree = repository.find_tree(here).map_err(other)?;
            let Some(entry) = tree.find_entry(part.as_str()) else { return Err(missing) };
            let mode = entry.mode();
            if mode.is_tree() {
                way.push(entry.object_id());
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
                return Ok(if mode.is_blob() { Found::File(entry.object_id()) } else { Found::Other });
            }
        }
        Ok(Found::Folder)
    }
}

impl Source for Revision {
    fn label(&self) -> String {
        self.label.clone()
    }

    fn list(&self) -> Result<Listing, io::Error> {
        let repository = self.repository.to_thread_local();
        let mut listing = Listing::default();
        for entry in entries(&repository, self.tree).map_err(io::Error::other)? {
            let name = entry.name.as_str();
            let path = LedgerPath::new(name);
            match is_ledger_folder(name) {
                true if entry.mode.is_link() => {
                    listing.records.push(Listed { path, trouble: Some(Unreadable::LinkToFolder) });
                }
                true if entry.mode.is_tree() => {
                    self.list_folder(&repository, name, entry.id, &mut listing.records);
                }
                true => {}
                false if is_stray_file(name) => listing.strays.push(path),
                false if entry.mode.is_tree() && is_stray(&repository, &entry) => listing.strays.push(path),
                false => {}
            }
        }
        listing.strays.sort();
        listing.records.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(listing)
    }

    fn read(&self, path: &LedgerPath) -> Result<String, Unreadable> {
        let seen = self.seen.lock().ok().and_then(|seen| seen.get(path.as_str()).copied());
        local(&self.repository, |repository| {
            let id = match seen {
                Some((mode, id)) if mode.is_blob() => id,
                _ => match self.find(repository, path)? {
                    Found::File(id) => id,
                    Found::Folder | Found::Other => return Err(Unreadable::NotAFile),
                },
            };
            text(repository, id)
        })
    }
}

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
fn entries(repository: &gix::Repository, tree: ObjectId) -> Result<Vec<Entry>, String> {
    let tree = repository.find_tree(tree).map_err(|error| error.to_string())?;
    let entry = |entry: Result<gix::object::tree::EntryRef<'_, '_>, gix::Error>| {
        let entry = entry.map_err(|error| error.to_string())?;
        let name = entry.filename();
        Ok(Entry {
            name: String::from_utf8_lossy(name).into_owned(),
            whole: std::str::from_utf8(name).is_ok(),
            mode: entry.mode(),
            id: entry.object_id(),
        })
    };
    tree.iter().map(entry).collect()
}

/// Whether a folder at the root holds TOML files that look meant for the ledger.
fn is_stray(repository: &gix::Repository, folder: &Entry) -> bool {
    !folder.name.starts_with('.')
        && !FOREIGN_FOLDERS.contains(&folder.name.as_str())
        && holds_stray(repository, folder.id, STRAY_DEPTH)
}

fn holds_stray(repository: &gix::Repository, tree: ObjectId, depth: usize) -> bool {
    let entries = entries(repository, tree).unwrap_or_default();
    // A folder that is a ledger itself is no stray.
    if depth == 0 || entries.iter().any(|entry| entry.name == ROOT_FILE && !entry.mode.is_tree()) {
        return false;
    }
    entries.iter().filter(|entry| !entry.name.starts_with('.')).any(|entry| {
        (entry.mode.is_blob() && meant_as_record(&entry.name))
            || (entry.mode.is_tree() && holds_stray(repository, entry.id, depth - 1))
    })
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
