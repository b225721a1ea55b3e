//! ◦ Writes changes: each file to a temporary file beside it, flushed, then renamed over it, so that readers see all of
//! the old text or all of the new one. Changes of several files are written under a journal, so that one that stops
//! halfway can be completed or undone. Only one program writes to a ledger at a time.

pub(crate) mod beside;
mod file;
mod lock;
#[cfg(test)]
mod tests;

pub(crate) use lock::WriteLock;

use crate::error::Error;
use crate::source::disk::Disk;
use crate::source::{ChangeSet, FileChange, JOURNAL, Journal, LedgerPath, Unfinished};
use std::fs;
use std::ops::ControlFlow;
use std::path::Path;

/// Called before each step of a change that can be seen on disk, with how many files are done; `Break` stops there, as a
/// power cut would.
pub(crate) type WriteWatch<'w> = &'w mut dyn FnMut(usize) -> ControlFlow<()>;

/// A watch that lets everything pass.
pub(crate) fn unwatched(_: usize) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

/// Writes a change to disk: all of its files, or none.
///
/// # Errors
/// If a file no longer says what it said when the change was computed, where it must not be written, and what the
/// system says. Nothing has changed then; where it could not be taken back, the message says so.
pub(crate) fn apply(disk: &Disk, _lock: &WriteLock, changes: &ChangeSet, watch: WriteWatch<'_>) -> Result<(), Error> {
    let files: Vec<&FileChange> = changes.files.iter().filter(|file| !file.is_empty()).collect();
    // A single file is compared once, right before the new text takes its place. Of several, none is touched before all have been
    // compared.
    let is_single_edit = matches!(files.as_slice(), [one] if one.before.is_some() && one.after.is_some());
    for change in &files {
        file::prepare(disk, change, !is_single_edit)?;
    }
    match files.as_slice() {
        [] => Ok(()),
        [one] => write_all(disk, &[one], watch, &mut Vec::new()).map_err(Stop::error),
        several => {
            step(watch, 0).map_err(Stop::error)?;
            file::put_at_root(disk, JOURNAL, &changes.journal())?;
            let mut written = Vec::new();
            match write_all(disk, several, watch, &mut written) {
                Err(Stop::Failed(error)) => return Err(undo_written(disk, changes, &written, error)),
                stopped => stopped.map_err(Stop::error)?,
            }
            step(watch, several.len()).map_err(Stop::error)?;
            file::remove_from_root(disk, JOURNAL)
        }
    }
}

/// Why a change was not written to its end.
enum Stop {
    /// It could not be.
    Failed(Error),
    /// The watch stopped it: what is on disk is what an interruption leaves.
    Interrupted,
}

impl From<Error> for Stop {
    fn from(error: Error) -> Stop {
        Stop::Failed(error)
    }
}

impl Stop {
    fn error(self) -> Error {
        match self {
            Stop::Failed(error) => error,
            Stop::Interrupted => Error::environment("interrupted"),
        }
    }
}

fn step(watch: WriteWatch<'_>, done: usize) -> Result<(), Stop> {
    if watch(done).is_break() { Err(Stop::Interrupted) } else { Ok(()) }
}

/// The file that goes where a new one comes, if a file gets another name: the new one is for the same eyes.
fn moved_from<'c>(files: &[&'c FileChange], change: &FileChange) -> Option<&'c LedgerPath> {
    let mut gone = files.iter().filter(|file| file.after.is_none());
    let new = files.iter().filter(|file| file.before.is_none()).count();
    match (gone.next(), gone.next()) {
        (Some(gone), None) if new == 1 && change.before.is_none() => Some(&gone.path),
        _ => None,
    }
}

/// As many files as are staged at a time: each is open until it has its place.
const STAGED: usize = 256;

/// Writes files; those that are written are added to `written`, also where it stops halfway.
fn write_all(
    disk: &Disk,
    files: &[&FileChange],
    watch: WriteWatch<'_>,
    written: &mut Vec<LedgerPath>,
) -> Result<(), Stop> {
    for some in files.chunks(STAGED) {
        let staged = some.iter().map(|change| file::stage(disk, change, moved_from(files, change)));
        let staged = staged.collect::<Result<Vec<_>, Error>>()?;
        file::flush_all(&staged)?;
        for (one, change) in staged.into_iter().zip(some) {
            step(watch, written.len())?;
            one.commit()?;
            written.push(change.path.clone());
        }
    }
    file::flush_folders(disk, files);
    Ok(())
}

/// Undoes what was written of a change that could not be written whole.
fn undo_written(disk: &Disk, changes: &ChangeSet, written: &[LedgerPath], error: Error) -> Error {
    let undone = settle(disk, changes, true);
    // Whoever edited a file after it was written edited the new text, which is left alone; the journal then says so to `check`.
    let edited = undone.as_ref().map(|progress| {
        let edited = progress.other.iter().filter(|path| written.contains(path));
        edited.map(LedgerPath::as_str).collect::<Vec<_>>().join(", ")
    });
    if let Ok(edited) = edited
        && !edited.is_empty()
    {
        return error
            .within(format!("the change was undone, except in {edited}, which someone edited after it was written"))
            .with_hint("fix it by hand, then run `coalition recover --undo`");
    }
    match undone.and_then(|_| file::remove_from_root(disk, JOURNAL)) {
        Ok(()) => error.within("nothing was changed"),
        Err(second) => error
            .within(format!("the change stopped halfway and could not be undone ({})", second.message()))
            .with_hint("`coalition check` says how far it got"),
    }
}

/// Writes what is left of a change, or takes back what was written of it. Files that say neither are left alone.
fn settle(disk: &Disk, changes: &ChangeSet, undo: bool) -> Result<Unfinished, Error> {
    let wanted = if undo {
        ChangeSet { what: changes.what.clone(), files: changes.files.iter().cloned().map(FileChange::undone).collect() }
    } else {
        changes.clone()
    };
    let progress = wanted.progress(|path| disk.content(path));
    let left: Vec<&FileChange> = wanted.files.iter().filter(|file| progress.left.contains(&file.path)).collect();
    for change in &left {
        file::prepare(disk, change, true)?;
    }
    write_all(disk, &left, &mut unwatched, &mut Vec::new()).map_err(Stop::error)?;
    Ok(progress)
}

/// Completes a change that stopped halfway, or takes it back. What someone else has changed since is left alone, and
/// reported as [`Unfinished::other`]; [`Unfinished::left`] are the files that were written now. `None` if there is no
/// such change.
///
/// # Errors
/// Errors of the operating system.
pub(crate) fn recover(disk: &Disk, _lock: &WriteLock, undo: bool) -> Result<Option<Unfinished>, Error> {
    let changes = match disk.journal() {
        Journal::None => return Ok(None),
        Journal::Change(changes) => changes,
        Journal::Foreign(why) => return Err(foreign(why)),
    };
    let progress = settle(disk, &changes, undo)?;
    changes.files.iter().for_each(|change| file::clear(disk, change));
    file::remove_from_root(disk, JOURNAL)?;
    Ok(Some(progress))
}

/// What stands where the journal should is left alone: another version may need it.
fn foreign(why: &str) -> Error {
    Error::data(format!("{JOURNAL} {why}, so no one can tell whether a change stopped halfway"))
        .with_hint("if no other version of this program wrote it, remove it")
}

/// Makes sure that no change stands halfway before another one begins. A journal of a change that is wholly done, or was
/// never begun with, is cleared away.
///
/// # Errors
/// If one does.
pub(crate) fn begin(disk: &Disk, lock: &WriteLock) -> Result<(), Error> {
    // What is left of a journal that was never in place says nothing.
    let _ = fs::remove_file(disk.root().join(format!(".{JOURNAL}.new")));
    if let Journal::Foreign(why) = disk.journal() {
        return Err(foreign(why));
    }
    match disk.unfinished() {
        Some(change) if change.is_half_done() => Err(Error::environment(format!(
            "an earlier `{}` stopped halfway; finish or undo it before making other changes",
            change.what
        ))
        .with_hint("`coalition recover` completes it, and `coalition recover --undo` undoes it")),
        // Nothing was done: to take it back is to forget it.
        Some(change) if change.done.is_empty() => recover(disk, lock, true).map(|_| ()),
        _ => recover(disk, lock, false).map(|_| ()),
    }
}

/// The path inside the ledger of the file that a change of `path` really writes: a link leads to another one.
///
/// # Errors
/// If it is broken, or leads out of the ledger.
pub(crate) fn written_path(disk: &Disk, path: &LedgerPath) -> Result<LedgerPath, Error> {
    let find = |place: &Path, what: String| {
        fs::canonicalize(place).map_err(|error| Error::of_system(format!("cannot find {what}"), error))
    };
    let place = find(&disk.locate(path), path.to_string())?;
    let root = find(disk.root(), disk.root().display().to_string())?;
    let Ok(inside) = place.strip_prefix(&root) else {
        return Err(Error::environment(format!("{path} is a link to a place outside the ledger")));
    };
    let parts: Vec<_> = inside.iter().map(|part| part.to_string_lossy()).collect();
    Ok(LedgerPath::new(parts.join("/")))
}

/// The same for messages: if it is broken, the path itself.
pub(crate) fn behind_links(disk: &Disk, path: &LedgerPath) -> LedgerPath {
    written_path(disk, path).unwrap_or_else(|_| path.clone())
}
