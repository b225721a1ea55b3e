//! Writes one file, after checking that it may be written.

use super::beside::{name_beside, replace, write_beside};
use crate::error::Error;
use crate::source::disk::Disk;
use crate::source::{FileChange, LedgerPath};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Where a change writes: a link stays a link, and what it leads to is written.
fn place_of(disk: &Disk, change: &FileChange) -> Result<PathBuf, Error> {
    let named = disk.locate(&change.path);
    if change.before.is_none() || change.after.is_none() {
        return Ok(named);
    }
    fs::canonicalize(&named).map_err(|error| Error::of_system(format!("cannot find {}", change.path), error))
}

/// Makes sure that a change can be written: the file is inside the ledger and not protected, and if `compare` says so, its text is
/// the one that the change was made from. [`Staged::commit`] compares it in any case.
///
/// # Errors
/// The reason why it cannot be written.
pub(super) fn prepare(disk: &Disk, change: &FileChange, compare: bool) -> Result<(), Error> {
    let path = &change.path;
    let place = place_of(disk, change)?;
    real_folder(disk, change, &place)?;
    match &change.before {
        None if fs::symlink_metadata(&place).is_ok() => {
            return Err(Error::environment(format!("{path} already exists, so nothing was written; try again")));
        }
        None => {}
        Some(before) => {
            let cannot = |error| Error::of_system(format!("{path} cannot be written"), error);
            if fs::metadata(&place).map_err(cannot)?.permissions().readonly() {
                return Err(Error::environment(format!("{path} is write-protected")));
            }
            if compare && !disk.still_says(path, &place, before).map_err(cannot)? {
                return Err(Error::environment(format!(
                    "someone else changed {path} in the meantime, so nothing was written; try again"
                )));
            }
        }
    }
    Ok(())
}

/// Removes the temporary file that an interrupted change left beside a file.
pub(super) fn clear(disk: &Disk, change: &FileChange) {
    let place = place_of(disk, change).unwrap_or_else(|_| disk.locate(&change.path));
    let _ = fs::remove_file(place.with_file_name(name_beside(&place)));
}

/// A file that is ready to change: its new text is beside it.
#[derive(Debug)]
pub(super) struct Staged<'c> {
    disk: &'c Disk,
    change: &'c FileChange,
    place: PathBuf,
    /// The folder that it is in, without links: who puts a link in its place must not lead the change elsewhere.
    folder: PathBuf,
    new: Option<tempfile::NamedTempFile>,
}

/// Writes the new text beside its place, a new file with the permissions of the one that it was; [`flush_all`] makes sure that it is on disk.
///
/// # Errors
/// Errors of the operating system.
pub(super) fn stage<'c>(
    disk: &'c Disk,
    change: &'c FileChange,
    moved_from: Option<&LedgerPath>,
) -> Result<Staged<'c>, Error> {
    let place = place_of(disk, change)?;
    let cannot = |error| Error::of_system(format!("{} cannot be written", change.path), error);
    let new = match (&change.before, &change.after) {
        (_, None) => None,
        (None, Some(text)) => {
            real_folder(disk, change, &place)?;
            if let Some(folder) = place.parent() {
                fs::create_dir_all(folder).map_err(cannot)?;
            }
            real_folder(disk, change, &place)?;
            let old = moved_from.and_then(|path| fs::metadata(disk.locate(path)).ok());
            Some(write_beside(&place, text.as_bytes(), old.map(|old| old.permissions())).map_err(cannot)?)
        }
        (Some(_), Some(text)) => {
            real_folder(disk, change, &place)?;
            let permissions = fs::metadata(&place).map_err(cannot)?.permissions();
            Some(write_beside(&place, text.as_bytes(), Some(permissions)).map_err(cannot)?)
        }
    };
    let folder = real_folder(disk, change, &place)?;
    Ok(Staged { disk, change, place, folder, new })
}

/// The folder of a place without links, or where it is still to be made, the nearest above it.
///
/// # Errors
/// If it is outside the ledger.
fn real_folder(disk: &Disk, change: &FileChange, place: &Path) -> Result<PathBuf, Error> {
    let path = &change.path;
    let root = fs::canonicalize(disk.root())
        .map_err(|error| Error::of_system(format!("cannot find {}", disk.root().display()), error))?;
    let folder = place.parent().ok_or_else(|| Error::environment(format!("{path} is not a file")))?;
    let known = folder.ancestors().find_map(|folder| fs::canonicalize(folder).ok());
    match known.filter(|folder| folder.starts_with(&root)) {
        Some(folder) => Ok(folder),
        None => Err(Error::environment(format!("{path} is a link to a place outside the ledger"))),
    }
}

/// Makes sure that staged texts are on disk, many at a time: each waits for the disk, and together they wait once.
///
/// # Errors
/// Errors of the operating system.
pub(super) fn flush_all(staged: &[Staged<'_>]) -> Result<(), Error> {
    const AT_ONCE: usize = 16;
    let flush = |some: &[Staged<'_>]| -> Result<(), Error> {
        for one in some {
            if let Some(new) = &one.new {
                new.as_file()
                    .sync_all()
                    .map_err(|error| Error::of_system(format!("cannot write {}", one.change.path), error))?;
            }
        }
        Ok(())
    };
    if staged.len() == 1 {
        return flush(staged);
    }
    std::thread::scope(|scope| {
        let parts = staged.chunks(staged.len().div_ceil(AT_ONCE).max(1));
        let threads: Vec<_> = parts.map(|part| scope.spawn(move || flush(part))).collect();
        let stopped = || Err(Error::internal("writing was interrupted"));
        threads.into_iter().try_for_each(|thread| thread.join().unwrap_or_else(|_| stopped()))
    })
}

impl Staged<'_> {
    /// The new text takes the place of the old one, whole; or the file goes.
    ///
    /// # Errors
    /// If the file says something else by now, and what the system says.
    pub(super) fn commit(self) -> Result<(), Error> {
        let path = &self.change.path;
        let goes = self.new.is_none();
        let cannot = |error| {
            let what = if goes { format!("cannot remove {path}") } else { format!("{path} cannot be written") };
            Error::of_system(what, error)
        };
        let folder = self.place.parent().and_then(|folder| fs::canonicalize(folder).ok());
        if folder.is_none_or(|folder| folder != self.folder) {
            return Err(Error::environment(format!(
                "someone else replaced the folder of {path} in the meantime; try again"
            )));
        }
        // Again, since writing took a moment.
        if let Some(before) = &self.change.before
            && !self.disk.still_says(path, &self.place, before).map_err(cannot)?
        {
            return Err(Error::environment(format!(
                "someone else changed {path} in the meantime, so it was not written; try again"
            )));
        }
        match (self.new, &self.change.before) {
            (None, _) => fs::remove_file(&self.place),
            (Some(new), None) => new.persist_noclobber(&self.place).map(drop).map_err(|error| error.error),
            (Some(new), Some(_)) => new.persist(&self.place).map(drop).map_err(|error| error.error),
        }
        .map_err(cannot)
    }
}

/// A file at the root of the ledger that is not a record.
///
/// # Errors
/// Errors of the operating system.
pub(super) fn put_at_root(disk: &Disk, name: &str, text: &str) -> Result<(), Error> {
    let place = disk.root().join(name);
    replace(&place, text.as_bytes(), None).map_err(|error| Error::of_system(format!("cannot write {name}"), error))?;
    flush(disk.root());
    Ok(())
}

/// Removes such a file.
///
/// # Errors
/// Errors of the operating system.
pub(super) fn remove_from_root(disk: &Disk, name: &str) -> Result<(), Error> {
    let gone = fs::remove_file(disk.root().join(name));
    gone.map_err(|error| Error::of_system(format!("cannot remove {name}"), error))?;
    flush(disk.root());
    Ok(())
}

/// Makes sure that what was renamed in the folders of these files stays so.
pub(super) fn flush_folders(disk: &Disk, files: &[&FileChange]) {
    let folder = |path: &LedgerPath| disk.locate(path).parent().map(Path::to_path_buf);
    for folder in files.iter().filter_map(|change| folder(&change.path)).collect::<BTreeSet<_>>() {
        flush(&folder);
    }
}

fn flush(folder: &Path) {
    if let Ok(folder) = fs::File::open(folder) {
        // Not every system can flush a folder, and the files themselves are written.
        let _ = folder.sync_all();
    }
}
