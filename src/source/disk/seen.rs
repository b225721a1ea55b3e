//! What files said when they were read, so that a writer sees without opening them again that they say it still.

use crate::source::LedgerPath;
use std::collections::HashMap;
use std::fs::Metadata;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, SystemTime};

/// The files that were read from one folder.
#[derive(Debug, Default)]
pub(super) struct SeenFiles(Mutex<HashMap<LedgerPath, SeenFile>>);

/// A file as it was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct SeenFile {
    stamp: Stamp,
    /// The hash of what it said.
    hash: u64,
}

/// What the system says of a file, and changes with every write to it: also where the file is as long as before and someone has set
/// its modification time back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stamp {
    device: u64,
    inode: u64,
    bytes: u64,
    /// When the system last changed anything about it: seconds and nanoseconds since 1970.
    changed: (i64, i64),
}

impl SeenFiles {
    /// Remembers that a file said this, by what the system said of it before it was read. At `now`, the file must have been left
    /// alone for long enough that a later write cannot bear the same time.
    pub(super) fn remember(&self, path: &LedgerPath, about: &Metadata, bytes: &[u8], now: SystemTime) {
        let stamp = Stamp::of(about).filter(|stamp| stamp.is_settled(now));
        let mut files = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match stamp {
            Some(stamp) => drop(files.insert(path.clone(), SeenFile { stamp, hash: hash(bytes) })),
            None => drop(files.remove(path)),
        }
    }

    /// Whether a file is known to say this still, by what the system says of it now. `false` means that it has to be read.
    pub(super) fn vouch_for(&self, path: &LedgerPath, about: &Metadata, bytes: &[u8]) -> bool {
        let files = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let seen = files.get(path).copied();
        drop(files);
        seen.is_some_and(|seen| Stamp::of(about) == Some(seen.stamp) && hash(bytes) == seen.hash)
    }
}

fn hash(bytes: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    bytes.hash(&mut hasher);
    hasher.finish()
}

impl Stamp {
    /// `None` where the system keeps no time that every write changes.
    #[cfg(unix)]
    fn of(about: &Metadata) -> Option<Stamp> {
        use std::os::unix::fs::MetadataExt as _;
        let changed = (about.ctime(), about.ctime_nsec());
        Some(Stamp { device: about.dev(), inode: about.ino(), bytes: about.len(), changed })
    }

    #[cfg(not(unix))]
    fn of(_: &Metadata) -> Option<Stamp> {
        None
    }

    /// Whether a write after `now` has another time. Systems tick: two writes within a tick, of a hundredth of a second at most
    /// or of two seconds where times are whole seconds, bear the same time.
    fn is_settled(&self, now: SystemTime) -> bool {
        let (seconds, nanoseconds) = self.changed;
        let tick = if nanoseconds == 0 { Duration::from_secs(3) } else { Duration::from_millis(100) };
        let (Ok(seconds), Ok(nanoseconds)) = (u64::try_from(seconds), u32::try_from(nanoseconds)) else {
            return false;
        };
        let changed = SystemTime::UNIX_EPOCH.checked_add(Duration::new(seconds, nanoseconds));
        changed.and_then(|changed| now.duration_since(changed).ok()).is_some_and(|age| age >= tick)
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn only_a_file_that_no_one_touched_is_vouched_for() {
        let folder = tempfile::tempdir().unwrap();
        let (place, path) = (folder.path().join("a.toml"), LedgerPath::new("a.toml"));
        let about = || fs::metadata(&place).unwrap();
        fs::write(&place, "one").unwrap();
        let (seen, later) = (SeenFiles::default(), SystemTime::now() + Duration::from_secs(5));
        assert!(!seen.vouch_for(&path, &about(), b"one"), "it was never read");
        seen.remember(&path, &about(), b"one", later);
        assert!(seen.vouch_for(&path, &about(), b"one"));
        assert!(!seen.vouch_for(&path, &about(), b"two"), "it did not say this when it was read");
        // Another file with the same text and times, and the same file written again with a time that was set back.
        let times = about().modified().unwrap();
        fs::write(folder.path().join("b"), "one").unwrap();
        fs::File::options().append(true).open(folder.path().join("b")).unwrap().set_modified(times).unwrap();
        assert!(!seen.vouch_for(&path, &fs::metadata(folder.path().join("b")).unwrap(), b"one"));
        std::thread::sleep(Duration::from_millis(30));
        fs::write(&place, "two").unwrap();
        fs::File::options().append(true).open(&place).unwrap().set_modified(times).unwrap();
        assert!(!seen.vouch_for(&path, &about(), b"one"));
    }

    #[test]
    fn what_was_written_just_now_is_not_remembered() {
        let folder = tempfile::tempdir().unwrap();
        let (place, path) = (folder.path().join("a.toml"), LedgerPath::new("a.toml"));
        fs::write(&place, "one").unwrap();
        let about = fs::metadata(&place).unwrap();
        let seen = SeenFiles::default();
        seen.remember(&path, &about, b"one", SystemTime::now() + Duration::from_secs(5));
        // Read again within the tick of a write: what was remembered before counts no more.
        seen.remember(&path, &about, b"one", about.modified().unwrap());
        assert!(!seen.vouch_for(&path, &about, b"one"));
        let at = |seconds, nanoseconds| Stamp { device: 1, inode: 1, bytes: 1, changed: (seconds, nanoseconds) };
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000);
        assert!(at(999, 800_000_000).is_settled(now) && !at(999, 950_000_000).is_settled(now));
        assert!(at(997, 0).is_settled(now) && !at(998, 0).is_settled(now), "whole seconds");
        assert!(!at(1_001, 5).is_settled(now) && !at(-1, 5).is_settled(now));
    }
}
