//! What is to become of files: computed whole before anything is written.

use crate::source::LedgerPath;

/// What is to become of one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileChange {
    /// The file.
    pub path: LedgerPath,
    /// What it says now; `None` where it is to be made.
    pub before: Option<String>,
    /// What it will say; `None` where it is to be removed.
    pub after: Option<String>,
}

impl FileChange {
    /// A file that is to be made.
    pub fn new_file(path: LedgerPath, text: String) -> FileChange {
        FileChange { path, before: None, after: Some(text) }
    }

    /// Whether nothing is to be done.
    pub fn is_empty(&self) -> bool {
        self.before == self.after
    }
}

/// What one command changes: all of it is written, or none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeSet {
    /// The command in words, for whoever finds it half done: `rename member/a to member/b`.
    pub what: String,
    /// The files, each once.
    pub files: Vec<FileChange>,
}
