//! ◦ The files that git could not merge: what both sides and the commit before them say, as the index keeps it until someone
//! has chosen. Writes nothing.

use super::Repository;
use crate::error::Error;
use crate::source::LedgerPath;
use gix::bstr::ByteSlice;
use gix::index::entry::Stage;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// A file that git could not merge.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct UnmergedFile {
    /// What both sides started from; `None` if both added it.
    pub base: Option<Vec<u8>>,
    /// Ours; `None` if our side removed it.
    pub ours: Option<Vec<u8>>,
    /// Theirs; `None` if their side removed it.
    pub theirs: Option<Vec<u8>>,
}

/// The files of a ledger that git could not merge, by their paths in it; none outside of a repository.
///
/// # Errors
/// If the repository cannot be opened, or lacks one of the versions.
pub(crate) fn unmerged_files(folder: &Path) -> Result<BTreeMap<LedgerPath, UnmergedFile>, Error> {
    let mut files: BTreeMap<LedgerPath, UnmergedFile> = BTreeMap::new();
    let Some(around) = Repository::around(folder)? else { return Ok(files) };
    let local = around.inner.to_thread_local();
    let Ok(index) = gix::index::File::at(local.index_path(), local.object_hash(), true, Default::default()) else {
        return Ok(files);
    };
    let prefix = if around.folder.is_empty() { String::new() } else { format!("{}/", around.folder) };
    for entry in index.entries() {
        if entry.stage() == Stage::Unconflicted {
            continue;
        }
        let Some(path) = entry.path(&index).to_str().ok().and_then(|path| path.strip_prefix(prefix.as_str())) else {
            continue;
        };
        let object = local.find_object(entry.id).map_err(|error| super::unreadable(&local, path, error))?;
        let file = files.entry(LedgerPath::new(path)).or_default();
        let version = match entry.stage() {
            Stage::Base => &mut file.base,
            Stage::Ours => &mut file.ours,
            _ => &mut file.theirs,
        };
        *version = Some(object.data.clone());
    }
    Ok(files)
}

/// Where a clone keeps its own settings: its configuration, and the attributes that are not shared. Worktrees of one clone
/// share them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CloneSettings {
    /// The configuration.
    pub config: PathBuf,
    /// The attributes.
    pub attributes: PathBuf,
    /// The root of the working tree.
    pub root: Option<PathBuf>,
    /// The folder that was asked about inside the repository, with slashes; empty at its root.
    pub folder: String,
}

/// The settings of the clone around a folder; `None` outside of a repository.
///
/// # Errors
/// If the repository cannot be opened.
pub(crate) fn clone_settings(folder: &Path) -> Result<Option<CloneSettings>, Error> {
    let Some(around) = Repository::around(folder)? else { return Ok(None) };
    let local = around.inner.to_thread_local();
    let common = local.common_dir();
    Ok(Some(CloneSettings {
        config: common.join("config"),
        attributes: common.join("info").join("attributes"),
        root: local.workdir().map(Path::to_path_buf),
        folder: around.folder,
    }))
}

/// The style of conflicts that the configuration of a clone asks for, or that of the user; the files that they include are not
/// read.
pub(crate) fn conflict_style(folder: &Path) -> Option<String> {
    let around = Repository::around(folder).ok()??;
    let local = around.inner.to_thread_local();
    let key = "merge.conflictStyle";
    let of_clone = local.config_snapshot().string(key);
    let of_user = || gix::config::File::from_globals().ok()?.string(key).map(|value| value.to_string());
    of_clone.map(|value| value.to_string()).or_else(of_user)
}
