//! `coalition resolve`: merges records that git could not merge, after the fact.

use super::answer::{CommandOutput, Format};
use super::aside;
use super::invocation::Invocation;
use super::merge_driver::{name_in, style_of};
use crate::document::words::count;
use crate::edit::apply::{self, WriteLock, apply, unwatched};
use crate::finding::name;
use crate::kind::Kind;
use crate::ledger::load;
use crate::merge::marked::{MarkedFile, take_apart};
use crate::merge::{Marking, Outcome, Versions, is_record, merge};
use crate::output::visible_text;
use crate::source::disk::Disk;
use crate::source::git::{UnmergedFile, conflict_style, unmerged_files};
use crate::source::{ChangeSet, FileChange, LedgerPath};
use anyhow::Result;
use clap::Args;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Merge records that git left in conflict, and list what is left to decide
///
/// Reads the conflict markers in the files, and the versions of both sides that git kept. Writes the files and nothing else: `git add` says
/// that a file is done.
#[derive(Debug, Args)]
pub(super) struct Resolve {
    /// The files [default: all records in conflict]
    paths: Vec<PathBuf>,
    /// Show what would be written, without writing it
    #[arg(long)]
    dry_run: bool,
}

/// What became of a file.
enum Resolved {
    /// Its text without a conflict.
    Whole(Vec<u8>),
    /// Its text with the conflicts that are left, and those in words.
    Partly(Vec<u8>, Vec<String>),
    /// Nothing, and why.
    Left(String),
    /// It has no conflict anymore.
    Settled,
}

impl Resolve {
    /// Merges the files.
    pub(super) fn run(self, invocation: &Invocation) -> Result<CommandOutput> {
        Format::among(invocation.format, &[Format::Text])?;
        invocation.refuse_revision("resolve")?;
        let disk = invocation.disk()?;
        let lock = if self.dry_run { None } else { Some(WriteLock::take(&disk)?) };
        if let Some(lock) = &lock {
            apply::begin(&disk, lock)?;
        }
        let unmerged = unmerged_files(disk.root())?;
        let paths = self.files(&disk, &unmerged)?;
        if paths.is_empty() {
            return Ok(CommandOutput::yes("No records are in conflict.\n"));
        }
        let mut changes = Vec::new();
        let (mut done, mut settled, mut left) = (Vec::new(), Vec::new(), Vec::new());
        for path in paths {
            let now = disk.content(&path);
            let resolved = resolve_file(&disk, &path, now.as_deref(), unmerged.get(&path));
            let (bytes, is_whole) = match resolved {
                Resolved::Settled => {
                    settled.push(path);
                    continue;
                }
                Resolved::Left(why) => {
                    left.push(format!("{path}: {why}"));
                    continue;
                }
                Resolved::Whole(bytes) => (bytes, true),
                Resolved::Partly(bytes, collisions) => {
                    left.extend(collisions.iter().map(|words| format!("{path}: {words}")));
                    (bytes, false)
                }
            };
            let texts = (now.map(String::from_utf8), String::from_utf8(bytes));
            let (Some(Ok(before)), Ok(after)) = texts else {
                left.push(format!("{path}: it is not UTF-8 text; choose one of its versions with git"));
                continue;
            };
            if is_whole {
                done.push(path.clone());
            }
            changes.push(FileChange { path, before: Some(before), after: Some(after) });
        }
        changes.retain(|change| !change.is_empty());
        let changes = ChangeSet { what: "resolve".to_owned(), files: changes };
        if let Some(lock) = &lock
            && !changes.is_empty()
        {
            apply(&disk, lock, &changes, &mut unwatched)?;
            aside::remember_change();
        }
        let mut text = String::new();
        if self.dry_run {
            text += "Nothing was written. The change would be:\n\n";
            text += &changes.describe();
        }
        Ok(CommandOutput::given(left.is_empty(), visible_text(&(text + &describe(&done, &settled, &left)))))
    }

    /// The files to look at.
    fn files(&self, disk: &Disk, unmerged: &BTreeMap<LedgerPath, UnmergedFile>) -> Result<Vec<LedgerPath>> {
        if !self.paths.is_empty() {
            return self.paths.iter().map(|path| path_in(disk, path)).collect();
        }
        let mut paths: BTreeSet<LedgerPath> = unmerged.keys().filter(|path| is_record(path)).cloned().collect();
        let marked = load(disk)?.findings.into_iter().filter(|finding| finding.check == name::CONFLICT_MARKER);
        paths.extend(marked.map(|finding| finding.path).filter(is_record));
        Ok(paths.into_iter().collect())
    }
}

/// The path in the ledger of a file that is named on the command line.
fn path_in(disk: &Disk, path: &Path) -> Result<LedgerPath> {
    let places = [path.to_path_buf(), disk.root().join(path)];
    let root = disk.root().canonicalize()?;
    let inside = places.iter().filter_map(|place| place.canonicalize().ok()).find_map(|place| {
        let parts: Option<Vec<&str>> = place.strip_prefix(&root).ok()?.iter().map(|part| part.to_str()).collect();
        Some(LedgerPath::new(parts?.join("/")))
    });
    match inside {
        Some(path) if is_record(&path) => Ok(path),
        Some(path) => stop!(usage, "{path} is not a record; choose the right lines by hand, and `git add` it"),
        None => stop!(usage, "{} is not a file of this ledger", path.display()),
    }
}

/// Merges what is known of a file in conflict.
fn resolve_file(disk: &Disk, path: &LedgerPath, now: Option<&[u8]>, stages: Option<&UnmergedFile>) -> Resolved {
    let add = format!("`git add {path}`");
    let Some(now) = now else {
        let why = "the file is missing, because one side removed it and the other changed it; bring it back or remove \
            it with git";
        return Resolved::Left(why.to_owned());
    };
    let labels = take_apart(now).map(|file| file.labels);
    let versions = match (take_apart(now), stages) {
        // The index knows what both sides started from; markers may show less of it.
        (Some(MarkedFile { ours, theirs, .. }), Some(stages)) => {
            (stages.base.clone().unwrap_or_default(), ours, theirs)
        }
        (Some(MarkedFile { ours, base: Some(base), theirs, .. }), None) => (base, ours, theirs),
        (Some(_), None) => {
            return Resolved::Left(
                "the markers do not show what both sides started from, and git does not know it either; choose the right \
                 lines by hand"
                    .to_owned(),
            );
        }
        (None, Some(UnmergedFile { base, ours: Some(ours), theirs: Some(theirs) })) if is_alike(now, ours) => {
            (base.clone().unwrap_or_default(), ours.clone(), theirs.clone())
        }
        (None, Some(UnmergedFile { ours: None, .. } | UnmergedFile { theirs: None, .. })) => {
            return Resolved::Left(format!(
                "one side removed it and the other changed it; keep it with {add}, or remove it with `git rm {path}`"
            ));
        }
        (None, _) if has_marker(now) => {
            return Resolved::Left("its conflict markers are not complete; choose the right lines by hand".to_owned());
        }
        (None, _) => return Resolved::Settled,
    };
    let (ours, theirs) = labels.unwrap_or_default();
    let label = |label: String, usual: &str| if label.is_empty() { usual.to_owned() } else { label };
    let marking = Marking {
        style: style_of(conflict_style(disk.root()).as_deref()),
        ours: label(ours, "ours").into(),
        theirs: label(theirs, "theirs").into(),
        ..Marking::default()
    };
    let name_of = |kind: Kind, id: &str| name_in(disk.root(), kind, id);
    let (base, ours, theirs) = &versions;
    match merge(Some(path), Versions { base, ours, theirs }, None, &marking, &name_of) {
        Outcome::Merged(bytes) => Resolved::Whole(bytes),
        Outcome::Conflict { bytes, collisions } if !collisions.is_empty() => Resolved::Partly(bytes, collisions),
        Outcome::Conflict { .. } => Resolved::Left(
            "it cannot be merged as a record; choose the right lines by hand, then run `coalition check`".to_owned(),
        ),
    }
}

/// Whether two texts differ at most in how their lines end, which git may change when it writes a file.
fn is_alike(one: &[u8], other: &[u8]) -> bool {
    let plain = |bytes: &[u8]| bytes.iter().copied().filter(|byte| *byte != b'\r').collect::<Vec<u8>>();
    one == other || plain(one) == plain(other)
}

fn has_marker(bytes: &[u8]) -> bool {
    bytes.split(|byte| *byte == b'\n').any(|line| line.starts_with(b"<<<<<<< ") || line.starts_with(b">>>>>>> "))
}

/// What was done and what is left, in words.
fn describe(done: &[LedgerPath], settled: &[LedgerPath], left: &[String]) -> String {
    let mut text = String::new();
    let list = |paths: &[LedgerPath]| paths.iter().map(|path| format!("  {path}\n")).collect::<String>();
    if !done.is_empty() {
        text += &format!(
            "Merged {}; look at the result, then `git add` it:\n{}",
            count(done.len(), "record", "records"),
            list(done)
        );
    }
    if !settled.is_empty() {
        text += &format!("No conflicts are left; run `git add` to mark these files as done:\n{}", list(settled));
    }
    if !left.is_empty() {
        text += "Left to decide:\n";
        text += &left.iter().map(|one| format!("  {one}\n")).collect::<String>();
    }
    text
}
