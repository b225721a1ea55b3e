//! ◦ Files that commands write outside of the records: reports, pages, tables, schemas, the files of a new ledger. A file stands
//! beside its place first and is then moved there, so that it is never half written. Links in a ledger or a repository are not
//! followed: whoever can commit one could lead the program to any file.

pub(super) use crate::edit::apply::beside::is_left_behind;

use crate::edit::apply::beside::{name_beside, replace, write_beside};
use crate::source::ROOT_FILE;
use anyhow::{Context as _, Result};
use std::fs;
use std::io::{ErrorKind, Write as _};
use std::path::{Component, Path, PathBuf};

/// What marks the root of a repository or of a ledger.
const ROOT_MARKS: [&str; 2] = [".git", ROOT_FILE];

/// Writes a whole file, or nothing. What is not a regular file, such as a pipe, is written to.
///
/// # Errors
/// What the system says; where the file is write-protected, and where a link in a ledger or a repository leads to it.
pub(super) fn write(place: &Path, bytes: &[u8]) -> Result<()> {
    let failed = || format!("{} cannot be written", place.display());
    let place = &real_place(place)?;
    match fs::metadata(place) {
        Ok(about) if !about.is_file() && !about.is_dir() => {
            let mut file = fs::File::options().write(true).open(place).with_context(failed)?;
            return file.write_all(bytes).with_context(failed);
        }
        Ok(about) if about.permissions().readonly() => stop!(environment, "{} is write-protected", place.display()),
        _ => {}
    }
    let permissions = fs::metadata(place).ok().map(|old| old.permissions());
    replace(place, bytes, permissions).with_context(failed)
}

/// Writes a whole file where nothing is yet, and the folders that lead there; `false` where something is.
///
/// # Errors
/// Errors of the operating system, and if a link in a ledger or a repository leads to the place.
pub(super) fn write_new(place: &Path, bytes: &[u8]) -> Result<bool> {
    let failed = || format!("{} cannot be written", place.display());
    if fs::symlink_metadata(place).is_ok() {
        return Ok(false);
    }
    if let Some(folder) = place.parent() {
        make_folder(folder)?;
    }
    let place = real_place(place)?;
    let new = write_beside(&place, bytes, None).with_context(failed)?;
    new.as_file().sync_all().with_context(failed)?;
    match new.persist_noclobber(&place) {
        Ok(_) => Ok(true),
        Err(error) if error.error.kind() == ErrorKind::AlreadyExists => Ok(false),
        Err(error) => Err(error.error).with_context(failed),
    }
}

/// Makes a folder and those that lead to it.
///
/// # Errors
/// Errors of the operating system, and if a link in a ledger or a repository leads to it.
pub(super) fn make_folder(folder: &Path) -> Result<()> {
    fs::create_dir_all(real_place(folder)?).with_context(|| format!("cannot create the folder {}", folder.display()))
}

/// Removes a file, or the link that is there.
///
/// # Errors
/// What the system says but for a file that is not there, and where a link in a ledger or a repository leads to its folder.
pub(super) fn remove(place: &Path) -> Result<()> {
    let failed = || format!("{} cannot be removed", place.display());
    let (Some(folder), Some(name)) = (place.parent(), place.file_name()) else { return Ok(()) };
    match fs::remove_file(real_place(folder)?.join(name)) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error).with_context(failed),
        _ => Ok(()),
    }
}

/// Removes what an interrupted run left beside a file that stays as it is.
pub(super) fn clear_beside(place: &Path) {
    let beside = place.with_file_name(name_beside(place));
    if fs::symlink_metadata(&beside).is_ok_and(|about| !about.is_dir()) {
        let _ = remove(&beside);
    }
}

/// A place without the links that lead to it, and without `..`.
///
/// # Errors
/// A link on the way that is in a ledger or a repository.
pub(super) fn real_place(place: &Path) -> Result<PathBuf> {
    let place = if place.as_os_str().is_empty() { Path::new(".") } else { place };
    let whole = std::path::absolute(place).with_context(|| format!("cannot resolve {}", place.display()))?;
    let mut real = PathBuf::new();
    for part in whole.components() {
        match part {
            Component::ParentDir => {
                real.pop();
                continue;
            }
            Component::CurDir => continue,
            part => real.push(part),
        }
        if !fs::symlink_metadata(&real).is_ok_and(|about| about.is_symlink()) {
            continue;
        }
        let folder = real.parent().unwrap_or(&real).to_owned();
        if folder.ancestors().any(|above| ROOT_MARKS.iter().any(|mark| above.join(mark).exists())) {
            stop!(
                environment,
                "{} is a link, and links in a ledger or a repository are not followed; remove it, or give the path it \
                 points to",
                real.display()
            );
        }
        real = match fs::canonicalize(&real) {
            Ok(target) => target,
            // An inherited pipe has no path of its own.
            Err(_) if fs::metadata(&real).is_ok() => real,
            // A broken link stands for the target that will be created.
            Err(_) => folder.join(fs::read_link(&real).with_context(|| format!("cannot read {}", real.display()))?),
        };
    }
    Ok(real)
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
    fn links_elsewhere_stay_and_protected_files_are_left() {
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

    #[cfg(unix)]
    #[test]
    fn no_link_in_a_ledger_or_a_repository_is_followed() {
        use std::os::unix::fs::symlink;
        for mark in ROOT_MARKS {
            let folder = tempfile::tempdir().unwrap();
            let (inside, outside) = (folder.path().join("ledger"), folder.path().join("outside"));
            fs::create_dir_all(inside.join("docs/deep")).unwrap();
            fs::create_dir_all(&outside).unwrap();
            fs::write(inside.join(mark), "").unwrap();
            fs::write(outside.join("old.txt"), "old").unwrap();
            fs::write(inside.join("record.toml"), "old").unwrap();
            symlink(outside.join("old.txt"), inside.join("docs/deep/file.txt")).unwrap();
            symlink(outside.join("new.txt"), inside.join("docs/deep/new.txt")).unwrap();
            symlink("../../record.toml", inside.join("docs/deep/near.txt")).unwrap();
            symlink(&outside, inside.join("docs/folder")).unwrap();
            symlink("/dev/null", inside.join("docs/null")).unwrap();
            for link in
                ["deep/file.txt", "deep/new.txt", "deep/near.txt", "folder/old.txt", "folder/more/x.txt", "null"]
            {
                let error = write(&inside.join("docs").join(link), b"new").unwrap_err();
                assert!(error.to_string().contains("is a link"), "{link}: {error}");
            }
            assert!(make_folder(&inside.join("docs/folder/more")).is_err());
            assert!(write_new(&inside.join("docs/folder/x.txt"), b"new").is_err());
            assert!(remove(&inside.join("docs/folder/old.txt")).is_err());
            assert_eq!(fs::read_dir(&outside).unwrap().count(), 1);
            assert_eq!(fs::read_to_string(outside.join("old.txt")).unwrap(), "old");
            assert_eq!(fs::read_to_string(inside.join("record.toml")).unwrap(), "old");
            // What leads into the ledger from elsewhere is someone's own.
            symlink(&inside, folder.path().join("way")).unwrap();
            let way = folder.path().join("way/docs/../docs/deep/plain.txt");
            assert!(write_new(&way, b"new").unwrap() && !write_new(&way, b"newer").unwrap());
            assert_eq!(fs::read_to_string(inside.join("docs/deep/plain.txt")).unwrap(), "new");
            // A link itself is removed, and not what it leads to.
            remove(&inside.join("docs/deep/file.txt")).unwrap();
            assert!(outside.join("old.txt").exists() && !inside.join("docs/deep/file.txt").exists());
        }
    }
}
