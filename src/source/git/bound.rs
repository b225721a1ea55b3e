//! Limits on walking the tree of a commit. A few objects can name a billion paths, which clone in a moment but would
//! take forever to walk; a real ledger stays far below these limits.

use gix::ObjectId;
use std::collections::HashMap;

/// How many folders may be in each other.
const MOST_DEPTH: usize = 64;

/// How many files one walk may meet.
const MOST_FILES: usize = 1_000_000;

/// How many folders one walk may enter.
const MOST_FOLDERS: usize = 200_000;

/// How many times one walk may enter folders of the same content: those of people are seldom alike.
const MOST_ALIKE: usize = 1_000;

/// What is said of a commit beyond them.
pub(super) const BEYOND: &str = "has more folders and files than a ledger can have, so not all of it was read";

/// What a walk has met so far.
#[derive(Debug, Default)]
pub(super) struct Bound {
    files: usize,
    folders: usize,
    alike: HashMap<ObjectId, usize>,
    is_beyond: bool,
}

/// How many folders and files are somewhere.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Met {
    folders: usize,
    files: usize,
}

impl Met {
    /// What was met after another point of the same walk.
    pub(super) fn since(self, before: Met) -> Met {
        Met { folders: self.folders - before.folders, files: self.files - before.files }
    }
}

impl Bound {
    /// Whether a folder may be entered.
    pub(super) fn enters(&mut self, folder: ObjectId, depth: usize) -> bool {
        self.folders += 1;
        let alike = self.alike.entry(folder).or_default();
        *alike += 1;
        self.is_beyond |= depth > MOST_DEPTH || self.folders > MOST_FOLDERS || *alike > MOST_ALIKE;
        !self.is_beyond
    }

    /// Whether a file may be taken.
    pub(super) fn takes_file(&mut self) -> bool {
        self.files += 1;
        self.is_beyond |= self.files > MOST_FILES;
        !self.is_beyond
    }

    /// How many folders and files it has met.
    pub(super) fn met(&self) -> Met {
        Met { folders: self.folders, files: self.files }
    }

    /// Whether what an earlier walk met in a folder may be added.
    pub(super) fn adds(&mut self, met: Met) -> bool {
        self.folders += met.folders;
        self.files += met.files;
        self.is_beyond |= self.folders > MOST_FOLDERS || self.files > MOST_FILES;
        !self.is_beyond
    }

    /// Whether the walk met more than it may.
    pub(super) fn is_beyond(&self) -> bool {
        self.is_beyond
    }
}
