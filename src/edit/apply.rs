//! ◦ Writes a change: a new file beside the old one, flushed, then renamed over it, so that whoever reads sees all of the old
//! text or all of the new one.

use super::Change;
use crate::source::disk::Disk;
use anyhow::{Context as _, Result, bail};
use std::ffi::OsStr;
use std::fs;
use std::io::{ErrorKind, Write};
use std::path::Path;
use std::time::Duration;

/// Writes a change to disk.
///
/// # Errors
/// Where the file no longer says what it said when the change was computed, and what the system says.
pub fn apply(disk: &Disk, change: &Change) -> Result<()> {
    let named = disk.locate(&change.path);
    // A link stays a link: what it leads to is written.
    let place = fs::canonicalize(&named).with_context(|| format!("{} cannot be found", change.path))?;
    let root = fs::canonicalize(disk.root()).with_context(|| format!("{} cannot be found", disk.root().display()))?;
    let (Some(folder), Some(name)) = (place.parent(), place.file_name()) else {
        bail!("{} is not a file", change.path)
    };
    if !place.starts_with(&root) {
        bail!("{} is a link to a place outside the ledger", change.path);
    }
    // The name is always the same, so that of two who write at once only one gets it.
    let mut prefix = std::ffi::OsString::from(".");
    prefix.push(name);
    let make = || tempfile::Builder::new().prefix(&prefix).suffix(".new").rand_bytes(0).tempfile_in(folder);
    let made = make().or_else(|error| if clear_away(folder, &prefix) { make() } else { Err(error) });
    let mut new = match made {
        Ok(new) => new,
        Err(error) if error.kind() == ErrorKind::AlreadyExists => bail!(
            "{} is being changed by another program; if none is running, remove {}.new beside it",
            change.path,
            prefix.to_string_lossy()
        ),
        Err(error) => return Err(error).with_context(|| format!("{} cannot be written", change.path)),
    };
    let cannot = || format!("{} cannot be written", change.path);
    let about = fs::metadata(&place).with_context(cannot)?;
    if about.permissions().readonly() {
        bail!("{} is write-protected", change.path);
    }
    if fs::read(&place).with_context(cannot)? != change.before.as_bytes() {
        bail!("{} was changed by somebody else in the meantime, so nothing was written; try again", change.path);
    }
    new.write_all(change.after.as_bytes()).with_context(cannot)?;
    new.as_file().set_permissions(about.permissions()).with_context(cannot)?;
    new.as_file().sync_all().with_context(cannot)?;
    new.persist(&place).map_err(|error| error.error).with_context(cannot)?;
    if let Ok(folder) = fs::File::open(folder) {
        // Not every system can flush a folder, and the file itself is written.
        let _ = folder.sync_all();
    }
    Ok(())
}

/// How old the file of a change is that nobody works on any more: a change takes a fraction of a second.
const LEFT_BEHIND: Duration = Duration::from_secs(20);

/// Removes what a change left behind that was interrupted. Whether there was such a thing.
fn clear_away(folder: &Path, prefix: &OsStr) -> bool {
    let mut name = prefix.to_owned();
    name.push(".new");
    let left = folder.join(name);
    let changed = fs::symlink_metadata(&left).and_then(|about| about.modified()).ok();
    let is_old = changed.and_then(|changed| changed.elapsed().ok()).is_some_and(|age| age > LEFT_BEHIND);
    is_old && fs::remove_file(left).is_ok()
}
