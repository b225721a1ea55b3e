//! A lock: one program writes to a ledger at a time, and the others wait.

use crate::error::Error;
use crate::source::LOCK;
use crate::source::disk::Disk;
use std::fs::{self, File, TryLockError};
use std::io::ErrorKind;
use std::path::PathBuf;
use std::thread::sleep;
use std::time::{Duration, Instant};

/// How long to wait for another writer.
const PATIENCE: Duration = Duration::from_secs(60);

/// The right to write to a ledger, until it is dropped.
#[derive(Debug)]
pub(crate) struct WriteLock {
    place: PathBuf,
    /// The open lock file; closing it releases the lock.
    _file: File,
}

impl WriteLock {
    /// Waits for the right to write.
    ///
    /// # Errors
    /// If another program does not let go of it, or the ledger cannot be written to.
    pub(crate) fn take(disk: &Disk) -> Result<WriteLock, Error> {
        let place = disk.root().join(LOCK);
        let begun = Instant::now();
        let mut pause = Duration::from_millis(2);
        loop {
            let cannot = |reason| Error::of_system(format!("{} cannot be written to", disk.root().display()), reason);
            // The lock of a program is a regular file: anything else came with the ledger, and may lead anywhere.
            if fs::symlink_metadata(&place).is_ok_and(|about| !about.is_file()) {
                let what = format!("{} is not a regular file, so the ledger cannot be locked", place.display());
                return Err(Error::environment(what).with_hint("remove it"));
            }
            let opened = File::options().create(true).truncate(false).write(true).open(&place);
            let file = match opened {
                Ok(file) => file,
                // On Windows, a file that is just being removed.
                Err(error) if error.kind() == ErrorKind::PermissionDenied && begun.elapsed().as_secs() < 1 => {
                    sleep(pause);
                    if fs::metadata(disk.root()).map_err(cannot)?.permissions().readonly() {
                        return Err(cannot(error));
                    }
                    continue;
                }
                Err(error) => return Err(cannot(error)),
            };
            match file.try_lock() {
                // The one before may have removed the file; then this is not the one that others see.
                Ok(()) if is_same(&file, &place) => return Ok(WriteLock { place, _file: file }),
                Ok(()) => continue,
                Err(TryLockError::WouldBlock) if begun.elapsed() < PATIENCE => {
                    sleep(pause);
                    pause = (pause * 2).min(Duration::from_millis(40));
                }
                Err(TryLockError::WouldBlock) => {
                    let what = format!("another program has been writing to {} for a minute", disk.root().display());
                    return Err(Error::environment(what).with_hint("try again when it is done"));
                }
                Err(TryLockError::Error(error)) => return Err(cannot(error)),
            }
        }
    }
}

impl Drop for WriteLock {
    fn drop(&mut self) {
        // While it is held, so that no one loses a lock that was just taken.
        let _ = fs::remove_file(&self.place);
    }
}

fn is_same(file: &File, place: &std::path::Path) -> bool {
    let held = file.try_clone().and_then(same_file::Handle::from_file);
    matches!((held, same_file::Handle::from_path(place)), (Ok(held), Ok(there)) if held == there)
}
