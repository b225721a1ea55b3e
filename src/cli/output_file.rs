//! ◦ A file that a command writes: beside its place first, then moved there, so that it is never half written.

pub use crate::edit::apply::beside::is_left_behind;

use crate::edit::apply::beside::{name_beside, replace};
use anyhow::{Context as _, Result, bail};
use std::fs;
use std::io::Write as _;
use std::path::Path;

/// Writes a whole file, or nothing. What is no plain file, such as a pipe, is written to; a link stays a link.
///
/// # Errors
/// What the system says; and where the file is write-protected.
pub fn write(place: &Path, bytes: &[u8]) -> Result<()> {
    let failed = || format!("{} cannot be written", place.display());
    let place = match fs::metadata(place) {
        Ok(about) if !about.is_file() && !about.is_dir() => {
            let mut file = fs::File::options().write(true).open(place).with_context(failed)?;
            return file.write_all(bytes).with_context(failed);
        }
        Ok(about) if about.permissions().readonly() => bail!("{} is write-protected", place.display()),
        Ok(_) => fs::canonicalize(place).with_context(failed)?,
        // A broken link gets the file it names.
        Err(_) if fs::symlink_metadata(place).is_ok() => return fs::write(place, bytes).with_context(failed),
        Err(_) => place.to_owned(),
    };
    let permissions = fs::metadata(&place).ok().map(|old| old.permissions());
    replace(&place, bytes, permissions).with_context(failed)
}

/// Takes away what an interrupted run left beside a file that stays as it is.
pub fn clear_beside(place: &Path) {
    let beside = place.with_file_name(name_beside(place));
    if fs::symlink_metadata(&beside).is_ok_and(|about| !about.is_dir()) {
        let _ = fs::remove_file(beside);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_written_whole_and_nothing_is_left_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("brief.txt");
        let read = || fs::read_to_string(&place).unwrap();
        write(&place, b"one").unwrap();
        assert_eq!(read(), "one");
        // What an interrupted run left is written over, also where it is a link.
        fs::write(folder.path().join(".brief.txt.new"), "half").unwrap();
        write(&place, b"two").unwrap();
        assert_eq!(read(), "two");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        assert!(is_left_behind(".brief.txt.new") && !is_left_behind(".new") && !is_left_behind("brief.new"));
    }

    #[cfg(unix)]
    #[test]
    fn links_stay_and_protected_files_are_left() {
        let folder = tempfile::tempdir().unwrap();
        let (place, link) = (folder.path().join("real.txt"), folder.path().join("link.txt"));
        fs::write(&place, "old").unwrap();
        std::os::unix::fs::symlink("real.txt", &link).unwrap();
        let outside = folder.path().join("outside");
        std::os::unix::fs::symlink(&outside, folder.path().join(".real.txt.new")).unwrap();
        write(&link, b"new").unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::read_to_string(&place).unwrap(), "new");
        assert!(!outside.exists(), "a link beside it is not followed");
        let mut permissions = fs::metadata(&place).unwrap().permissions();
        permissions.set_readonly(true);
        fs::set_permissions(&place, permissions).unwrap();
        assert!(write(&place, b"newer").is_err());
    }
}
