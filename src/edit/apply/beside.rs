//! ◦ A new text in a temporary file beside its target, so that the target is never half written: the text is written
//! and flushed there, then renamed. The next run overwrites what an interrupted run left.

use std::ffi::OsString;
use std::fs;
use std::io::{Error, ErrorKind, Write};
use std::path::Path;

/// The ending of a new text while it is beside its place.
const BESIDE: &str = ".new";

/// The name of a new text while it is beside its place.
pub(crate) fn name_beside(place: &Path) -> OsString {
    let mut name = OsString::from(".");
    name.push(place.file_name().unwrap_or_default());
    name.push(BESIDE);
    name
}

/// Whether a file is a new text that an interrupted run left beside its place.
pub(crate) fn is_left_behind(name: &str) -> bool {
    name.starts_with('.') && name.ends_with(BESIDE) && name.len() > BESIDE.len() + 1
}

/// The new text beside its place, with these permissions or those of a new file; it goes when it is let go of before it has its
/// place. What has its name already was left behind, and is removed, never followed.
///
/// # Errors
/// Errors of the operating system.
pub(crate) fn write_beside(
    place: &Path,
    bytes: &[u8],
    permissions: Option<fs::Permissions>,
) -> Result<tempfile::NamedTempFile, Error> {
    let folder = place.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let name = name_beside(place);
    let make = || {
        let mut builder = tempfile::Builder::new();
        builder.prefix(&name).suffix("").rand_bytes(0);
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        builder.tempfile_in(folder)
    };
    let mut new = make().or_else(|error| {
        if error.kind() != ErrorKind::AlreadyExists {
            return Err(error);
        }
        fs::remove_file(folder.join(&name))?;
        make()
    })?;
    new.write_all(bytes)?;
    if let Some(permissions) = permissions {
        new.as_file().set_permissions(permissions)?;
    }
    Ok(new)
}

/// Writes a whole file, or nothing: the new text takes the place of the old one when it is on disk.
///
/// # Errors
/// Errors of the operating system.
pub(crate) fn replace(place: &Path, bytes: &[u8], permissions: Option<fs::Permissions>) -> Result<(), Error> {
    let new = write_beside(place, bytes, permissions)?;
    new.as_file().sync_all()?;
    new.persist(place).map(|_| ()).map_err(|error| error.error)
}
