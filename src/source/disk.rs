//! ◦ A ledger in a folder on disk. Links are followed only to files inside the ledger; pipes and devices are never
//! opened; files above the size limit are never read.

mod seen;

#[cfg(feature = "git")]
use super::git::GitCheckout;
use super::survey::{self, Survey};
use super::{
    ChangeSet, GitState, JOURNAL, Journal, LOCK, LedgerPath, Listing, MAX_FILE_BYTES, ROOT_FILE, Source, Thing,
    Unfinished, Unreadable, decode,
};
use seen::SeenFiles;
use std::fs;
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use std::time::SystemTime;
use walkdir::{DirEntry, WalkDir};

/// The name under which git keeps a repository.
const GIT: &str = ".git";

/// The largest journal, in bytes: it has the old and the new text of each file of a change.
const MAX_JOURNAL_BYTES: u64 = 1 << 30;

/// What git says of a folder, in a build that does not ask it: nothing.
#[cfg(not(feature = "git"))]
#[derive(Debug)]
enum GitCheckout {}

#[cfg(not(feature = "git"))]
impl GitCheckout {
    fn of(_: &Path) -> Option<GitCheckout> {
        None
    }

    fn complete(&self, _: &mut Listing) {
        match *self {}
    }

    fn git_states(&self, _: &[LedgerPath]) -> Vec<GitState> {
        match *self {}
    }
}

/// A folder with a `coalition.toml`.
#[derive(Debug, Clone)]
pub struct Disk {
    root: PathBuf,
    /// What git knows about the folder, filled on first use.
    checkout: OnceLock<Option<Arc<GitCheckout>>>,
    /// What the files said that were read, if that is remembered.
    seen: Option<Arc<SeenFiles>>,
}

impl Disk {
    /// The ledger in this folder. Nothing is read yet.
    pub fn new(root: impl Into<PathBuf>) -> Disk {
        Disk { root: root.into(), checkout: OnceLock::new(), seen: None }
    }

    /// The same folder, which remembers what the files said that are read from now on, so that [`Disk::still_says`] need not read them
    /// again.
    pub(crate) fn with_memory(self) -> Disk {
        Disk { seen: Some(Arc::default()), ..self }
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

    /// What git says of the folder; `None` outside git, and where git cannot be read, which the history says.
    fn checkout(&self) -> Option<&GitCheckout> {
        self.checkout.get_or_init(|| GitCheckout::of(&self.root).map(Arc::new)).as_deref()
    }

    /// Where a path of the ledger is on disk.
    pub fn locate(&self, path: &LedgerPath) -> PathBuf {
        self.root.join(path.as_str())
    }

    /// The change in the journal, if there is one.
    pub fn journal(&self) -> Journal {
        let place = self.root.join(JOURNAL);
        // A journal comes with a clone: a link is not followed, nothing is waited for, and no memory is filled.
        let about = match fs::symlink_metadata(&place) {
            Ok(about) => about,
            Err(_) => return Journal::None,
        };
        if !about.is_file() {
            return Journal::Foreign("is not a regular file");
        }
        if about.len() > MAX_JOURNAL_BYTES {
            return Journal::Foreign("is larger than this program ever writes it");
        }
        let bytes = fs::File::open(&place).and_then(|file| {
            let mut bytes = Vec::new();
            file.take(MAX_JOURNAL_BYTES).read_to_end(&mut bytes).map(|_| bytes)
        });
        let text = bytes.ok().and_then(|bytes| String::from_utf8(bytes).ok());
        match text.as_deref().map(ChangeSet::of_journal) {
            Some(Some(change)) => Journal::Change(change),
            _ => Journal::Foreign("is not in the form that this program writes"),
        }
    }

    /// How far the change in the journal has come.
    pub fn unfinished(&self) -> Option<Unfinished> {
        let Journal::Change(change) = self.journal() else { return None };
        Some(change.progress(|path| self.content(path)))
    }

    /// The text of a file now; `None` if it is not a file or too large to be in a ledger.
    pub fn content(&self, path: &LedgerPath) -> Option<Vec<u8>> {
        let place = self.locate(path);
        let about = fs::metadata(&place).ok()?;
        (about.is_file() && about.len() <= MAX_FILE_BYTES).then(|| fs::read(place).ok())?
    }

    /// Whether a file says exactly this now. `place` is where `path` leads to. What this folder remembers of the file is enough, if no one
    /// has touched it since; otherwise it is read.
    ///
    /// # Errors
    /// Errors of the operating system.
    pub(crate) fn still_says(&self, path: &LedgerPath, place: &Path, text: &str) -> Result<bool, io::Error> {
        if let Some(seen) = &self.seen
            && seen.vouch_for(path, &fs::metadata(place)?, text.as_bytes())
        {
            return Ok(true);
        }
        let (about, now) = (fs::metadata(place)?, SystemTime::now());
        let says = about.len() == text.len() as u64 && fs::read(place)? == text.as_bytes();
        if let Some(seen) = &self.seen
            && says
        {
            seen.remember(path, &about, text.as_bytes(), now);
        }
        Ok(says)
    }

    /// Whether a folder is looked into: `.git`, what programs fill, and other repositories are not.
    fn enters(&self, entry: &DirEntry) -> bool {
        if entry.depth() == 0 || !entry.file_type().is_dir() {
            return true;
        }
        let (folder, _) = self.relative(entry.path());
        let built = survey::built_beside(&folder).is_some_and(|file| entry.path().with_file_name(file).exists());
        let apart = || survey::ends_at_repository(&folder) && entry.path().join(GIT).symlink_metadata().is_ok();
        folder.file_name() != GIT && !built && !apart()
    }

    fn add(&self, entry: &DirEntry, survey: &mut Survey) {
        let (path, is_whole) = self.relative(entry.path());
        let kind = entry.file_type();
        if kind.is_dir() || path.as_str().is_empty() {
            return;
        }
        if !is_whole {
            survey.add_trouble(path, Unreadable::NameNotUtf8);
            return;
        }
        let leads_to_folder = || fs::metadata(entry.path()).is_ok_and(|target| target.is_dir());
        match () {
            () if kind.is_file() => survey.add(path, Thing::File),
            () if !kind.is_symlink() => survey.add(path, Thing::Special),
            () if leads_to_folder() => survey.add(path, Thing::LinkToFolder),
            () => {
                let target = self.follow(&path).ok().and_then(|target| self.inside(&target));
                survey.add_link(path, target);
            }
        }
    }

    /// The path in the ledger of a place that has no links above it.
    fn inside(&self, place: &Path) -> Option<LedgerPath> {
        let root = fs::canonicalize(&self.root).ok()?;
        let parts: Vec<_> = place.strip_prefix(root).ok()?.iter().map(|part| part.to_string_lossy()).collect();
        Some(LedgerPath::new(parts.join("/")))
    }

    /// The path inside the ledger, and whether it could be written as text without loss.
    fn relative(&self, path: &Path) -> (LedgerPath, bool) {
        let inside = path.strip_prefix(&self.root).unwrap_or(path);
        let whole = inside.to_str().is_some();
        let parts: Vec<_> = inside.iter().map(|part| part.to_string_lossy()).collect();
        (LedgerPath::new(parts.join("/")), whole)
    }

    /// Follows a link from this path, unless it leaves the ledger or leads to what is hidden in it.
    fn follow(&self, path: &LedgerPath) -> Result<PathBuf, Unreadable> {
        let place = self.locate(path);
        match fs::canonicalize(&place) {
            Ok(target) => {
                let inside = self.inside(&target).ok_or(Unreadable::LeavesLedger)?;
                let is_hidden = inside.is_hidden() && !path.is_hidden();
                if is_hidden { Err(Unreadable::LeadsToHidden) } else { Ok(target) }
            }
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
        fs::read_dir(&self.root)?;
        let mut survey = Survey::default();
        for entry in WalkDir::new(&self.root).into_iter().filter_entry(|entry| self.enters(entry)) {
            match entry {
                Ok(entry) => self.add(&entry, &mut survey),
                Err(error) => {
                    let place = error.path().unwrap_or(&self.root).to_owned();
                    let trouble = error.into_io_error().map_or(Unreadable::BrokenLink, unreadable);
                    survey.add_trouble(self.relative(&place).0, trouble);
                }
            }
        }
        let mut listing = survey.finish();
        if let Some(checkout) = self.checkout() {
            checkout.complete(&mut listing);
        }
        match self.journal() {
            Journal::None => {}
            Journal::Change(change) => {
                let progress = change.progress(|path| self.content(path));
                listing.unfinished = Some(progress).filter(Unfinished::is_half_done);
            }
            Journal::Foreign(fault) => listing.journal_fault = Some(fault),
        }
        Ok(listing)
    }

    fn git_states(&self, paths: &[LedgerPath]) -> Vec<GitState> {
        let unknown = || vec![GitState { tracked: true, ..GitState::default() }; paths.len()];
        self.checkout().map_or_else(unknown, |checkout| checkout.git_states(paths))
    }

    fn is_being_changed(&self) -> bool {
        let Ok(lock) = fs::File::open(self.root.join(LOCK)) else { return false };
        matches!(lock.try_lock_shared(), Err(fs::TryLockError::WouldBlock))
    }

    fn read(&self, path: &LedgerPath) -> Result<String, Unreadable> {
        let mut place = self.locate(path);
        // A regular file below plain folders is the common case and needs no canonical path.
        let plain = path
            .as_str()
            .match_indices('/')
            .map(|(at, _)| &path.as_str()[..at])
            .all(|folder| fs::symlink_metadata(self.root.join(folder)).is_ok_and(|folder| folder.is_dir()));
        let mut about = fs::symlink_metadata(&place).map_err(unreadable)?;
        if !plain || about.is_symlink() {
            place = self.follow(path)?;
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
        let before = self.seen.as_ref().map(|seen| (seen, file.metadata(), SystemTime::now()));
        file.take(MAX_FILE_BYTES + 1).read_to_end(&mut bytes).map_err(unreadable)?;
        if let Some((seen, Ok(about), now)) = before {
            seen.remember(path, &about, &bytes, now);
        }
        decode(bytes)
    }
}

fn unreadable(error: io::Error) -> Unreadable {
    match error.kind() {
        ErrorKind::PermissionDenied => Unreadable::NoPermission,
        ErrorKind::NotFound => Unreadable::Missing,
        _ => Unreadable::Other(error.to_string()),
    }
}
