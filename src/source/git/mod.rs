//! ◦ A ledger in a git repository, read only: no checkout, no hook, no program that its configuration names, no
//! network. [`Revision`] is the ledger as it was at a commit; the repository itself says what the commits before held.

mod bound;
mod checkout;
mod compared;
mod main_branch;
mod moved;
mod past;
mod revision;
#[cfg(feature = "cli")]
mod trail;
mod unmerged;

use crate::error::Error;
pub(crate) use checkout::GitCheckout;
pub(crate) use compared::{LedgerStep, LedgerThen};
pub use revision::Revision;
#[cfg(feature = "cli")]
pub(crate) use trail::Trail;
#[cfg(feature = "cli")]
pub(crate) use unmerged::{CloneSettings, UnmergedFile, clone_settings, conflict_style, unmerged_files};

use super::ROOT_FILE;
use chrono::{DateTime, NaiveDate};
use gix::ObjectId;
use std::fmt;
use std::path::{Path, PathBuf};

fn git_error(what: impl fmt::Display, error: impl std::error::Error) -> Error {
    // What lies deepest says what happened; of several lines, the first does.
    let mut reason = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        reason = error.to_string();
        cause = error.source();
    }
    Error::environment(format!("{what}: {}", reason.lines().next().unwrap_or_default().trim_end_matches('.')))
}

/// A git repository, seen from a folder in it.
#[derive(Clone)]
pub struct Repository {
    inner: gix::ThreadSafeRepository,
    /// The folder inside the repository, with slashes; empty at its root.
    folder: String,
    /// The folder as people know it.
    label: String,
    /// The last commit of the history; the checked-out one where none is named.
    tip: Option<ObjectId>,
    /// A commit of the main branch that the user named.
    target: Option<ObjectId>,
}

impl fmt::Debug for Repository {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Repository").field("folder", &self.folder).field("label", &self.label).finish()
    }
}

impl Repository {
    /// The repository that holds a folder; `None` if none does.
    ///
    /// # Errors
    /// Why a repository that is there cannot be opened.
    pub fn around(folder: &Path) -> Result<Option<Repository>, Error> {
        let folder = folder.canonicalize().map_err(|error| git_error(folder.display(), error))?;
        // Only the repository's own configuration is parsed, nothing that it includes, and nothing of it is run.
        let careful = || gix::open::Options::isolated().strict_config(false);
        let trust = gix::sec::trust::Mapping { full: careful(), reduced: careful() };
        let inner = match gix::ThreadSafeRepository::discover_opts(&folder, Default::default(), trust) {
            Ok(inner) => inner,
            Err(error) => {
                let marked = folder.ancestors().any(|above| above.join(".git").symlink_metadata().is_ok());
                return if marked { Err(git_error("the git repository cannot be opened", error)) } else { Ok(None) };
            }
        };
        let label = folder.display().to_string();
        let root = inner.to_thread_local().workdir().and_then(|root| root.canonicalize().ok());
        let inside = root.and_then(|root| folder.strip_prefix(root).ok().map(Path::to_path_buf)).unwrap_or_default();
        Ok(Some(Repository { inner, folder: with_slashes(&inside), label, tip: None, target: None }))
    }

    /// The same repository with its history up to a revision.
    ///
    /// # Errors
    /// Why there is no such commit.
    pub fn up_to(&self, name: &str) -> Result<Repository, Error> {
        let tip = commit_of(&self.inner.to_thread_local(), name)?;
        Ok(Repository { tip: Some(tip), ..self.clone() })
    }

    /// The same repository, in which this revision is on the main branch: where a change request goes to.
    ///
    /// # Errors
    /// Why there is no such commit.
    pub fn toward(&self, name: &str) -> Result<Repository, Error> {
        let target = commit_of(&self.inner.to_thread_local(), name)?;
        Ok(Repository { target: Some(target), ..self.clone() })
    }

    /// The folder it is seen from, inside the repository, with slashes; empty at its root.
    pub fn folder(&self) -> &str {
        &self.folder
    }

    /// Refuses to look for commits where git keeps its branches in a form that cannot be read: they would seem not to be there.
    fn refuse_unread_branches(&self, repository: &gix::Repository) -> Result<(), Error> {
        let form = repository.config_snapshot().string("extensions.refStorage");
        match form.filter(|form| *form != "files") {
            Some(form) => Err(Error::environment(format!(
                "the git repository stores its branches as `{form}`, which this program cannot read"
            ))
            .with_hint("`git refs migrate --ref-format=files` changes that")),
            None => Ok(()),
        }
    }

    /// The ledger as it was at a revision: a branch, a tag, a commit, what `git rev-parse` makes one of, or a day,
    /// which means the last commit on the main line by the end of that day. With `upward`, the ledger may also be in a
    /// folder above.
    ///
    /// # Errors
    /// Why there is no such commit, or that it holds no ledger.
    pub fn revision(&self, name: &str, upward: bool) -> Result<Revision, Error> {
        let repository = self.inner.to_thread_local();
        self.refuse_unread_branches(&repository)?;
        let id = commit_of(&repository, name)?;
        let commit = repository.find_commit(id).map_err(|error| unreadable(&repository, name, error))?;
        let (day, _) = commit_time(&commit)?;
        let root = commit.tree_id().map_err(|error| unreadable(&repository, name, error))?.detach();
        let mut folder = Some(self.folder.as_str());
        while let Some(place) = folder {
            let tree = ledger_tree(&repository, root, place).map_err(|error| unreadable(&repository, name, error))?;
            if let Some(tree) = tree {
                let label = if place.len() == self.folder.len() { self.label.clone() } else { self.above(place) };
                return Ok(Revision::new(self.inner.clone(), tree.id, id.to_string(), day, label));
            }
            folder = match place.rsplit_once('/') {
                _ if !upward || place.is_empty() => None,
                Some((above, _)) => Some(above),
                None => Some(""),
            };
        }
        if let Some((tree, before)) = self.moved_from(&repository, root) {
            let label = PathBuf::from(self.above("")).join(before).display().to_string();
            return Ok(Revision::new(self.inner.clone(), tree, id.to_string(), day, label));
        }
        let place = if self.folder.is_empty() { "here".to_owned() } else { format!("in {}", self.folder) };
        Err(Error::environment(format!("{name} has no ledger: there was no {ROOT_FILE} {place} then")))
    }

    /// The ledger in another folder of an earlier tree, from which this one was moved: the one that is most like it, in a folder
    /// that holds none today.
    fn moved_from(&self, repository: &gix::Repository, root: ObjectId) -> Option<(ObjectId, String)> {
        let now = repository.head_commit().ok()?.tree_id().ok()?.detach();
        let current_tree = ledger_tree(repository, now, &self.folder).ok()?.map_or(now, |tree| tree.id);
        let (tree, before) = moved::find_ledger(repository, root, &self.folder, current_tree)?;
        let stays = ledger_tree(repository, now, &before).ok()?.is_some();
        (!stays).then_some((tree, before))
    }

    /// The label of a folder above this one.
    fn above(&self, place: &str) -> String {
        let depth = |path: &str| path.split('/').filter(|part| !part.is_empty()).count();
        let steps = depth(&self.folder) - depth(place);
        let label = PathBuf::from(&self.label);
        label.ancestors().nth(steps).unwrap_or(&label).display().to_string()
    }
}

fn with_slashes(path: &Path) -> String {
    let parts: Vec<_> = path.iter().map(|part| part.to_string_lossy()).collect();
    parts.join("/")
}

fn unreadable(repository: &gix::Repository, name: &str, error: gix::Error) -> Error {
    if repository.is_shallow().unwrap_or(false) {
        return too_shallow(name);
    }
    if is_partial(repository) {
        return Error::environment(format!("{name} is incomplete in this clone, which is a partial clone"))
            .with_hint(PARTIAL_HELP);
    }
    git_error(format!("{name} cannot be read"), error)
}

fn too_shallow(name: &str) -> Error {
    Error::environment(format!("{name}: this clone is shallow, so the commit may not be in it"))
        .with_hint("`git fetch --unshallow` fetches the rest")
}

/// The commit that a name means.
fn commit_of(repository: &gix::Repository, name: &str) -> Result<ObjectId, Error> {
    if name.is_empty() {
        return Err(Error::usage("name a revision"));
    }
    if repository.head().is_ok_and(|head| head.is_unborn()) && (name == "HEAD" || name == "@") {
        return Err(Error::environment("the git repository has no commits yet"));
    }
    if let Ok(day) = name.parse::<NaiveDate>()
        && day.to_string() == name
        && repository.try_find_reference(name).ok().flatten().is_none()
    {
        return commit_by(repository, day);
    }
    reaches_back(repository, name)?;
    refuse_namesakes(repository, name)?;
    let unknown = |error: gix::Error| {
        if repository.is_shallow().unwrap_or(false) {
            return too_shallow(name);
        }
        if error.to_string().contains("ambiguous") {
            return Error::environment(format!("{name} could be more than one commit; write more digits of its id"));
        }
        let hint =
            if name.contains("@{") { "; a date, such as 2026-03-01, works without the log of this clone" } else { "" };
        Error::environment(format!("{name} is not a branch, tag or commit of this git repository{hint}"))
    };
    let object = repository.rev_parse_single(name).map_err(unknown)?.object();
    let object = object.map_err(|error| unreadable(repository, name, error))?;
    let commit = object
        .peel_to_commit()
        .map_err(|_| Error::environment(format!("{name} is not a commit, but a folder or a file")))?;
    Ok(commit.id)
}

/// Refuses a name that a branch and a tag share and that means two commits: git takes the tag, and whoever may push tags could so
/// choose what a change is compared with.
fn refuse_namesakes(repository: &gix::Repository, name: &str) -> Result<(), Error> {
    let plain = name.split(['^', '~', ':', '@']).next().unwrap_or(name);
    let full = ["refs/tags", "refs/heads", "refs/remotes"].map(|space| format!("{space}/{plain}"));
    let found = full.iter().filter_map(|full| {
        let mut reference = repository.try_find_reference(full.as_str()).ok().flatten()?;
        Some((full, reference.peel_to_id().ok()?.detach()))
    });
    let found: Vec<_> = found.collect();
    match found.as_slice() {
        [(one, first), .., (other, last)] if first != last => {
            Err(Error::environment(format!("{plain} could be {one} or {other}; write the full name, such as {other}")))
        }
        _ => Ok(()),
    }
}

/// Refuses a day of a reflog that begins later: git would take its first entry, which is another day.
fn reaches_back(repository: &gix::Repository, name: &str) -> Result<(), Error> {
    let Some((reference, rest)) = name.split_once("@{") else { return Ok(()) };
    let Some((wanted, _)) = rest.split_once('}') else { return Ok(()) };
    let Ok(time) = gix::date::parse(wanted, None) else { return Ok(()) };
    if wanted.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-') && wanted.parse::<NaiveDate>().is_err() {
        return Ok(());
    }
    let found = if reference.is_empty() || reference == "HEAD" {
        repository.head().ok().and_then(|head| head.try_into_referent())
    } else {
        repository.find_reference(reference).ok()
    };
    let begins = found.and_then(|found| {
        let mut log = found.log_iter();
        let first = log.all().ok().flatten()?.next()?.ok()?;
        first.signature.time().ok().map(|time| time.seconds)
    });
    match begins {
        Some(begins) if begins <= time.seconds => Ok(()),
        _ => Err(Error::environment(format!(
            "{name}: the log of this clone does not reach back that far; a date, such as 2026-03-01, works without it"
        ))),
    }
}

/// The last commit on the first-parent line of HEAD by the end of a day.
fn commit_by(repository: &gix::Repository, day: NaiveDate) -> Result<ObjectId, Error> {
    let head = repository.head_id().map_err(|_| Error::environment("the git repository has no commits yet"))?;
    newest_by(repository, head.detach(), day)?.map_err(|oldest| {
        let oldest = oldest.map(|oldest| format!("; the first one is dated {oldest}")).unwrap_or_default();
        Error::environment(format!("no commit was made by the end of {day}{oldest}"))
    })
}

/// The last commit on the first-parent line of a commit by the end of a day; if there is none, the day of the oldest one.
///
/// # Errors
/// That the commits cannot be read, or do not reach back that far in this clone.
fn newest_by(
    repository: &gix::Repository,
    head: ObjectId,
    day: NaiveDate,
) -> Result<Result<ObjectId, Option<NaiveDate>>, Error> {
    let name = day.to_string();
    let mut next = Some(head);
    let mut oldest = None;
    while let Some(id) = next {
        let commit = repository.find_commit(id).map_err(|error| unreadable(repository, &name, error))?;
        let (committed, _) = commit_time(&commit)?;
        if committed <= day {
            return Ok(Ok(id));
        }
        oldest = Some(committed);
        next = commit.parent_ids().next().map(|parent| parent.detach());
        if next.is_some() && is_shallow(repository, id) {
            return Err(too_shallow(&name));
        }
    }
    Ok(Err(oldest))
}

/// Whether the commits before this one were left out of the clone.
fn is_shallow(repository: &gix::Repository, id: ObjectId) -> bool {
    repository.shallow_commits().ok().flatten().is_some_and(|cut| cut.contains(&id))
}

/// The day of a commit in UTC, and its second.
fn commit_time(commit: &gix::Commit<'_>) -> Result<(NaiveDate, i64), Error> {
    let time = commit.time().map_err(|error| git_error(format!("the commit {} has no date", commit.id), error))?;
    let day = DateTime::from_timestamp(time.seconds, 0).map(|time| time.date_naive());
    Ok((day.unwrap_or_default(), time.seconds))
}

/// What brings what a partial clone left out.
const PARTIAL_HELP: &str = "`git fetch --refetch --no-filter` fetches the rest";

/// Whether the clone leaves out objects that git fetches once it needs them. This program fetches nothing.
fn is_partial(repository: &gix::Repository) -> bool {
    let packs = std::fs::read_dir(repository.common_dir().join("objects/pack")).into_iter().flatten().flatten();
    packs.map(|pack| pack.path()).any(|pack| pack.extension().is_some_and(|ending| ending == "promisor"))
}

/// The tree of a folder that holds a ledger; `None` if it holds none.
///
/// # Errors
/// That a tree on the way is not in the clone, so that no one can say.
fn ledger_tree<'r>(
    repository: &'r gix::Repository,
    root: ObjectId,
    folder: &str,
) -> Result<Option<gix::Tree<'r>>, gix::Error> {
    ledger_in(repository, repository.find_tree(root)?, folder)
}

/// The same from the root tree itself.
fn ledger_in<'r>(
    repository: &'r gix::Repository,
    root: gix::Tree<'r>,
    folder: &str,
) -> Result<Option<gix::Tree<'r>>, gix::Error> {
    let mut tree = root;
    for part in folder.split('/').filter(|part| !part.is_empty()) {
        let entry = tree.find_entry(part).filter(|entry| entry.mode().is_tree());
        let Some(id) = entry.map(|entry| entry.object_id()) else { return Ok(None) };
        tree = repository.find_tree(id)?;
    }
    let is_ledger = |entry: gix::object::tree::EntryRef<'_, '_>| entry.mode().is_blob() || entry.mode().is_link();
    Ok(tree.find_entry(ROOT_FILE).is_some_and(is_ledger).then_some(tree))
}
