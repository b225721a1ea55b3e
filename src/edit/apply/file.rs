//! One file: whether it may be written, and writing it.

use crate::source::disk::Disk;
use crate::source::{FileChange, LedgerPath};
use anyhow::{Context as _, Result, bail};
use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

/// Where a change writes: a link stays a link, and what it leads to is written.
fn place_of(disk: &Disk, change: &FileChange) -> Result<PathBuf> {
    let named = disk.locate(&change.path);
    if change.before.is_none() || change.after.is_none() {
        return Ok(named);
    }
    fs::canonicalize(&named).with_context(|| format!("{} cannot be found", change.path))
}

/// Makes sure that a change can be written: the file says what it said, is inside the ledger, and is not protected.
///
/// # Errors
/// Why it cannot.
pub fn prepare(disk: &Disk, change: &FileChange) -> Result<()> {
    let path = &change.path;
    let root = fs::canonicalize(disk.root()).with_context(|| format!("{} cannot be found", disk.root().display()))?;
    let place = place_of(disk, change)?;
    let folder = place.parent().with_context(|| format!("{path} is not a file"))?;
    let known = folder.ancestors().find_map(|folder| fs::canonicalize(folder).ok());
    if known.is_none_or(|folder| !folder.starts_with(&root)) {
        bail!("{path} is a link to a place outside the ledger");
    }
    match &change.before {
        None if fs::symlink_metadata(&place).is_ok() => {
            bail!("{path} is there already, so nothing was written; try again");
        }
        None => {}
        Some(before) => {
            let cannot = || format!("{path} cannot be written");
            if fs::metadata(&place).with_context(cannot)?.permissions().readonly() {
                bail!("{path} is write-protected");
            }
            if fs::read(&place).with_context(cannot)? != before.as_bytes() {
                bail!("{path} was changed by somebody else in the meantime, so nothing was written; try again");
            }
        }
    }
    Ok(())
}

/// Writes, makes or removes one file. It is there whole or not at all at any moment.
///
/// # Errors
/// What the system says.
pub fn write(disk: &Disk, change: &FileChange) -> Result<()> {
    let place = place_of(disk, change)?;
    let cannot = || format!("{} cannot be written", change.path);
    match (&change.before, &change.after) {
        (_, None) => fs::remove_file(&place).with_context(|| format!("{} cannot be removed", change.path)),
        (None, Some(text)) => {
            if let Some(folder) = place.parent() {
                fs::create_dir_all(folder).with_context(cannot)?;
            }
            staged(&place, text, None)
                .and_then(|new| new.persist_noclobber(&place).map_err(|error| error.error))
                .map(|_| ())
                .with_context(cannot)
        }
        (Some(before), Some(text)) => {
            let permissions = fs::metadata(&place).with_context(cannot)?.permissions();
            let new = staged(&place, text, Some(permissions)).with_context(cannot)?;
            // Again, since writing took a moment.
            if fs::read(&place).with_context(cannot)? != before.as_bytes() {
                bail!("{} was changed by somebody else in the meantime; try again", change.path);
            }
            new.persist(&place).map_err(|error| error.error).map(|_| ()).with_context(cannot)
        }
    }
}

/// A file at the root of the ledger that is no record.
///
/// # Errors
/// What the system says.
pub fn put_at_root(disk: &Disk, name: &str, text: &str) -> Result<()> {
    let place = disk.root().join(name);
    staged(&place, text, None)
        .and_then(|new| new.persist(&place).map_err(|error| error.error))
        .with_context(|| format!("{name} cannot be written"))?;
    flush(disk.root());
    Ok(())
}

/// Takes it away.
///
/// # Errors
/// What the system says.
pub fn remove_from_root(disk: &Disk, name: &str) -> Result<()> {
    fs::remove_file(disk.root().join(name)).with_context(|| format!("{name} cannot be removed"))?;
    flush(disk.root());
    Ok(())
}

/// The new text beside its place, on disk. Only one program writes at a time, so what has its name was left behind.
fn staged(
    place: &Path,
    text: &str,
    permissions: Option<fs::Permissions>,
) -> Result<tempfile::NamedTempFile, std::io::Error> {
    let folder = place.parent().unwrap_or(Path::new("."));
    let mut prefix = OsString::from(".");
    prefix.push(place.file_name().unwrap_or_default());
    let make = || {
        let mut builder = tempfile::Builder::new();
        builder.prefix(&prefix).suffix(".new").rand_bytes(0);
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        builder.tempfile_in(folder)
    };
    let mut new = make().or_else(|error| {
        if error.kind() != ErrorKind::AlreadyExists {
            return Err(error);
        }
        let mut left = prefix.clone();
        left.push(".new");
        fs::remove_file(folder.join(left))?;
        make()
    })?;
    new.write_all(text.as_bytes())?;
    if let Some(permissions) = permissions {
        new.as_file().set_permissions(permissions)?;
    }
    new.as_file().sync_all()?;
    Ok(new)
}

/// Makes sure that what was renamed in the folders of these files stays so.
pub fn flush_folders(disk: &Disk, files: &[&FileChange]) {
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
