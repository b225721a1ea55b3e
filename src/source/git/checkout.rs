//! ◦ What git knows about a folder: which tracked files are missing, and how attributes change a file between a commit
//! and the folder. Writes nothing and runs no filter.

use super::Repository;
use crate::kind::is_ledger_folder;
use crate::source::survey::is_of_ledger;
use crate::source::{Absence, GitState, LedgerPath, Listing, MissingFiles};
use gix::bstr::{BStr, ByteSlice};
use gix::index::entry::{Flags, Mode, Stage};
use std::collections::{BTreeMap, HashSet};
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

/// The file in which attributes are given to the files of a folder.
const ATTRIBUTES: &str = ".gitattributes";

/// The attributes that change a text on its way between a commit and the folder, beyond the ends of its lines.
const CHANGING: [&str; 3] = ["ident", "filter", "working-tree-encoding"];

/// A folder as a repository tracks it.
pub(crate) struct GitCheckout {
    repository: gix::ThreadSafeRepository,
    index: gix::index::File,
    /// The ledger's folder inside the repository, empty or ending with a slash.
    prefix: String,
    /// The same on disk.
    root: PathBuf,
    /// Whether some attribute changes the text of files.
    changes: bool,
}

impl fmt::Debug for GitCheckout {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Checkout").field("root", &self.root).finish_non_exhaustive()
    }
}

impl GitCheckout {
    /// The folder of a ledger, where a repository tracks files in it.
    pub(crate) fn of(root: &Path) -> Option<GitCheckout> {
        let around = Repository::around(root).ok()??;
        let local = around.inner.to_thread_local();
        local.workdir()?;
        // What is read is not written back, so its checksum is not worth its time.
        let index = gix::index::File::at(local.index_path(), local.object_hash(), true, Default::default()).ok();
        let index = index.or_else(|| local.index_from_tree(&local.head_tree_id().ok()?).ok())?;
        let prefix = if around.folder.is_empty() { String::new() } else { format!("{}/", around.folder) };
        let mut checkout =
            GitCheckout { repository: around.inner, index, prefix, root: root.to_path_buf(), changes: false };
        checkout.changes = checkout.has_changing_attributes(&local);
        Some(checkout)
    }

    /// Adds to the listing of the folder what git says of it.
    pub(crate) fn complete(&self, listing: &mut Listing) {
        let there: HashSet<&str> = listing.records.iter().map(|listed| listed.path.as_str()).collect();
        let mut gaps: BTreeMap<Absence, Vec<LedgerPath>> = BTreeMap::new();
        for (path, mode, flags) in self.tracked_entries() {
            let Ok(text) = path.to_str() else { continue };
            if there.contains(text) {
                continue;
            }
            let path = LedgerPath::new(text.trim_end_matches('/'));
            if let Some(cause) = self.absence(&path, mode, flags) {
                gaps.entry(cause).or_default().push(path);
            }
        }
        listing.gaps = gaps.into_iter().map(|(cause, places)| MissingFiles { cause, places }).collect();
        let paths: Vec<LedgerPath> = listing.records.iter().map(|listed| listed.path.clone()).collect();
        let is_tracked =
            |path: &LedgerPath| self.index.entry_by_path(BStr::new(&format!("{}{path}", self.prefix))).is_some();
        let (tracked, own): (Vec<LedgerPath>, Vec<LedgerPath>) = paths.iter().cloned().partition(is_tracked);
        // A ledger of which git has nothing is kept elsewhere.
        if !tracked.is_empty() && !own.is_empty() {
            let states = self.git_states(&own);
            let ignored = own.into_iter().zip(states).filter(|(_, state)| state.ignored);
            listing.ignored = ignored.map(|(path, _)| path).collect();
        }
        if self.changes(&paths) {
            let states = self
                .git_states(&paths)
                .into_iter()
                .map(|state| state.filter.or(state.ident.then(|| "ident".to_owned())));
            listing.altered = paths.into_iter().zip(states).filter_map(|(path, by)| Some((path, by?))).collect();
        }
    }

    /// What git makes of these files.
    pub(crate) fn git_states(&self, paths: &[LedgerPath]) -> Vec<GitState> {
        let repository = self.repository.to_thread_local();
        let mut ignores = repository.excludes(&self.index, None, Default::default()).ok();
        let source = gix::worktree::stack::state::attributes::Source::WorktreeThenIdMapping;
        let mut attributes = repository.attributes_only(&self.index, source).ok().filter(|_| self.changes(paths));
        let mut found = attributes.as_ref().map(|stack| stack.selected_attribute_matches(CHANGING));
        let mut kept = |path: &LedgerPath| {
            let whole = format!("{}{path}", self.prefix);
            let name = BStr::new(&whole);
            let mut kept = GitState { tracked: self.index.entry_by_path(name).is_some(), ..GitState::default() };
            if !kept.tracked
                && let Some(stack) = &mut ignores
            {
                kept.ignored = stack.at_entry(name, None).is_ok_and(|place| place.is_excluded());
            }
            if let (Some(stack), Some(found)) = (&mut attributes, &mut found)
                && let Ok(place) = stack.at_entry(name, None)
            {
                place.matching_attributes(found);
                for one in found.iter_selected().filter(|one| is_on(one.assignment.state)) {
                    match one.assignment.name.as_str() {
                        "ident" => kept.ident = true,
                        _ => kept.filter = Some(one.assignment.to_string()),
                    }
                }
            }
            kept
        };
        paths.iter().map(&mut kept).collect()
    }

    /// The entries of the index in the ledger's folder, each path as seen from there. Where a merge is not finished, a file
    /// has several; those count as there.
    fn tracked_entries(&self) -> impl Iterator<Item = (&BStr, Mode, Flags)> {
        let backing = self.index.path_backing();
        let settled = self.index.entries().iter().filter(|entry| entry.stage() == Stage::Unconflicted);
        settled.filter_map(move |entry| {
            let inside = entry.path_in(backing).strip_prefix(self.prefix.as_bytes())?;
            Some((BStr::new(inside), entry.mode, entry.flags))
        })
    }

    /// Why a file that git tracks is not where it should be; `None` if it is, or where it is none of the ledger's.
    fn absence(&self, path: &LedgerPath, mode: Mode, flags: Flags) -> Option<Absence> {
        let place = self.root.join(path.as_str());
        if mode.is_submodule() {
            let is_fetched = place.join(".git").symlink_metadata().is_ok();
            return (is_ledger_folder(path.top()) && !is_fetched).then_some(Absence::Submodule);
        }
        let is_folder = mode.is_sparse() && is_ledger_folder(path.top());
        let is_gone = || is_of_ledger(path) && place.symlink_metadata().is_err();
        if !(is_folder || is_gone()) {
            return None;
        }
        let is_sparse = || self.repository.to_thread_local().config_snapshot().boolean("core.sparseCheckout");
        Some(if mode.is_sparse() || (flags.contains(Flags::SKIP_WORKTREE) && is_sparse() == Some(true)) {
            Absence::Sparse
        } else if flags.intersects(Flags::SKIP_WORKTREE | Flags::ASSUME_VALID) {
            Absence::Skipped
        } else {
            Absence::Removed
        })
    }

    /// Whether an attribute changes the text of some of these files, so that asking for each of them is worth its time.
    fn changes(&self, paths: &[LedgerPath]) -> bool {
        let mut folders: HashSet<&str> = HashSet::new();
        for path in paths.iter().map(LedgerPath::as_str) {
            folders.extend(path.match_indices('/').filter_map(|(end, _)| path.get(..end)));
        }
        self.changes || folders.iter().any(|folder| names_changing(&self.root.join(folder).join(ATTRIBUTES)))
    }

    /// Whether an attribute that is given above the ledger, for the whole repository, or where a sparse checkout hides it
    /// changes the text of files.
    fn has_changing_attributes(&self, repository: &gix::Repository) -> bool {
        let workdir = repository.workdir().unwrap_or(&self.root);
        let mut above = self.root.ancestors().take_while(|folder| folder.starts_with(workdir));
        if names_changing(&repository.common_dir().join("info/attributes"))
            || above.any(|folder| names_changing(&folder.join(ATTRIBUTES)))
        {
            return true;
        }
        let backing = self.index.path_backing();
        let mut left_out = self.index.entries().iter().filter(|entry| entry.flags.contains(Flags::SKIP_WORKTREE));
        left_out.any(|entry| {
            entry.path_in(backing).ends_with_str(ATTRIBUTES)
                && repository.find_blob(entry.id).is_ok_and(|blob| is_changing(&blob.data))
        })
    }
}

/// Whether a file gives attributes that change text.
fn names_changing(file: &Path) -> bool {
    fs::read(file).is_ok_and(|text| is_changing(&text))
}

fn is_changing(attributes: &[u8]) -> bool {
    CHANGING.iter().any(|name| attributes.contains_str(name))
}

/// Whether an attribute is given to a file, be it with a value.
fn is_on(state: gix::attrs::StateRef<'_>) -> bool {
    matches!(state, gix::attrs::StateRef::Set | gix::attrs::StateRef::Value(_))
}
