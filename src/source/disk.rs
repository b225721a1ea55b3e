//! ◦ A ledger in a folder on disk. Links are followed only to files inside the ledger; pipes and devices are never
//! opened; what is too large is never read.

use super::{
    ChangeSet, FOREIGN_FOLDERS, JOURNAL, LedgerPath, Listed, Listing, MAX_FILE_BYTES, ROOT_FILE, STRAY_DEPTH, Source,
    Unfinished, Unreadable, decode, is_stray_file, meant_as_record,
};
use crate::kind::is_ledger_folder;
use std::fs;
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};
use walkdir::{DirEntry, WalkDir};

/// A folder with a `coalition.toml`.
#[derive(Debug, Clone)]
pub struct Disk {
    root: PathBuf,
}

impl Disk {
    /// The ledger in this folder. Nothing is read yet.
    pub fn new(root: impl Into<PathBuf>) -> Disk {
        Disk { root: root.into() }
    }

    /// The ledger that holds `start`: the nearest folder upward with a `coalition.toml`.
    pub fn discover(start: &Path) -> Option<Disk> {
        let start = fs::canonicalize(start).ok()?;
        start.ancestors().find(|folder| folder.join(ROOT_FILE).is_file()).map(Disk::new)
    }

    /// The ledger's root folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Where a path of the ledger is on disk.
    pub fn locate(&self, path: &LedgerPath) -> PathBuf {
        self.root.join(path.as_str())
    }

    /// The change that the journal tells of, if there is one.
    pub fn journal(&self) -> Option<ChangeSet> {
        let bytes = fs::read(self.root.join(JOURNAL)).ok()?;
        ChangeSet::of_journal(std::str::from_utf8(&bytes).ok()?)
    }

    /// How far the change has come that the journal tells of.
    pub fn unfinished(&self) -> Option<Unfinished> {
        Some(self.journal()?.progress(|path| fs::read(self.locate(path)).ok()))
    }

    fn list_folder(&self, folder: &Path, records: &mut Vec<Listed>) {
        let walk = WalkDir::new(folder).sort_by_file_name().into_iter().filter_entry(|entry| !is_hidden(entry));
        for entry in walk {
            match entry {
                Ok(entry) => records.extend(self.judge(&entry)),
                Err(error) => {
                    let place = error.path().unwrap_or(folder).to_owned();
                    let trouble = error.into_io_error().map_or(Unreadable::BrokenLink, unreadable);
                    records.push(Listed { path: self.relative(&place).0, trouble: Some(trouble) });
                }
            }
        }
    }

    /// What an entry of a folder of records means: a record, a trouble, or nothing.
    fn judge(&self, entry: &DirEntry) -> Option<Listed> {
        let (path, whole_name) = self.relative(entry.path());
        let kind = entry.file_type();
        if kind.is_dir() {
            return None;
        }
        if !whole_name {
            return Some(Listed { path, trouble: Some(Unreadable::NameNotUtf8) });
        }
        let leads_to_folder = kind.is_symlink() && fs::metadata(entry.path()).is_ok_and(|target| target.is_dir());
        if !meant_as_record(path.file_name()) && !leads_to_folder {
            return None;
        }
        let trouble = if leads_to_folder {
            Some(Unreadable::LinkToFolder)
        } else if kind.is_symlink() || kind.is_file() {
            None
        } else {
            Some(Unreadable::NotAFile)
        };
        Some(Listed { path, trouble })
    }

    /// The path inside the ledger, and whether it could be written as text without loss.
    fn relative(&self, path: &Path) -> (LedgerPath, bool) {
        let inside = path.strip_prefix(&self.root).unwrap_or(path);
        let whole = inside.to_str().is_some();
        let parts: Vec<_> = inside.iter().map(|part| part.to_string_lossy()).collect();
        (LedgerPath::new(parts.join("/")), whole)
    }

    /// Follows a link, unless it leaves the ledger.
    fn resolve(&self, place: PathBuf) -> Result<PathBuf, Unreadable> {
        let root = fs::canonicalize(&self.root).map_err(unreadable)?;
        match fs::canonicalize(&place) {
            Ok(target) if target.starts_with(&root) => Ok(target),
            Ok(_) => Err(Unreadable::LeavesLedger),
            Err(error) if error.kind() == ErrorKind::NotFound && fs::symlink_metadata(&place).is_err() => {
                Err(Unreadable::Missing)
            }
            Err(error) if error.kind() == ErrorKind::PermissionDenied => Err(Unreadable::NoPermission),
            Err(_) => Err(Unreadable::BrokenLink),
        }
    }
}

impl Source for Disk {
    fn label(&self) -> String {
        self.root.display().to_string()
    }

    fn list(&self) -> Result<Listing, io::Error> {
        let mut listing = Listing::default();
        let mut folders: Vec<_> = fs::read_dir(&self.root)?.collect::<Result<_, _>>()?;
        folders.sort_by_key(fs::DirEntry::file_name);
        for folder in folders {
            let name = folder.file_name().to_string_lossy().into_owned();
            if is_ledger_folder(&name) && folder.file_type()?.is_symlink() {
                let path = LedgerPath::new(name);
                listing.records.push(Listed { path, trouble: Some(Unreadable::LinkToFolder) });
            } else if is_ledger_folder(&name) {
                self.list_folder(&folder.path(), &mut listing.records);
            } else if is_stray_file(&name) || (folder.file_type()?.is_dir() && is_stray(&folder.path(), &name)) {
                listing.strays.push(LedgerPath::new(name));
            }
        }
        listing.records.sort_by(|a, b| a.path.cmp(&b.path));
        listing.unfinished = self.unfinished().filter(Unfinished::is_half_done);
        Ok(listing)
    }

    fn read(&self, path: &LedgerPath) -> Result<String, Unreadable> {
        let mut place = self.locate(path);
        // A plain file below plain folders is the common case and needs no canonical path.
        let plain = path
            .as_str()
            .match_indices('/')
            .map(|(at, _)| &path.as_str()[..at])
            .all(|folder| fs::symlink_metadata(self.root.join(folder)).is_ok_and(|folder| folder.is_dir()));
        let mut about = fs::symlink_metadata(&place).map_err(unreadable)?;
        if !plain || about.is_symlink() {
            place = self.resolve(place)?;
            about = fs::metadata(&place).map_err(unreadable)?;
        }
        if !about.is_file() {
            return Err(Unreadable::NotAFile);
        }
        if about.len() > MAX_FILE_BYTES {
            return Err(Unreadable::TooLarge { bytes: about.len() });
        }
        let mut bytes = Vec::with_capacity(about.len() as usize);
        let file = fs::File::open(&place).map_err(unreadable)?;
        file.take(MAX_FILE_BYTES + 1).read_to_end(&mut bytes).map_err(unreadable)?;
        decode(bytes)
    }
}

fn is_hidden(entry: &DirEntry) -> bool {
    entry.depth() > 0 && entry.file_name().to_string_lossy().starts_with('.')
}

/// Whether a folder at the root holds TOML files that look meant for the ledger.
fn is_stray(folder: &Path, name: &str) -> bool {
    if name.starts_with('.') || FOREIGN_FOLDERS.contains(&name) {
        return false;
    }
    WalkDir::new(folder)
        .max_depth(STRAY_DEPTH)
        .into_iter()
        .filter_entry(|entry| !is_hidden(entry) && !entry.path().join(ROOT_FILE).is_file())
        .flatten()
        .any(|entry| entry.file_type().is_file() && meant_as_record(&entry.file_name().to_string_lossy()))
}

fn unreadable(error: io::Error) -> Unreadable {
    match error.kind() {
        ErrorKind::PermissionDenied => Unreadable::NoPermission,
        ErrorKind::NotFound => Unreadable::Missing,
        _ => Unreadable::Other(error.to_string()),
    }
}
