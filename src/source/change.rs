//! A change of files, computed completely before anything is written.

use super::LedgerPath;

/// A change of one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileChange {
    /// The file.
    pub path: LedgerPath,
    /// The text before; `None` if the change creates the file.
    pub before: Option<String>,
    /// The text after; `None` if the change removes the file.
    pub after: Option<String>,
}

impl FileChange {
    /// A change that creates a file.
    pub fn new_file(path: LedgerPath, text: String) -> FileChange {
        FileChange { path, before: None, after: Some(text) }
    }

    /// Whether before and after are the same.
    pub fn is_empty(&self) -> bool {
        self.before == self.after
    }

    /// The change that undoes this one.
    pub fn undone(self) -> FileChange {
        FileChange { path: self.path, before: self.after, after: self.before }
    }
}

/// All files that one command changes: all are written, or none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeSet {
    /// The command, to show if it is interrupted: `rename member/a to member/b`.
    pub what: String,
    /// The changed files, each once.
    pub files: Vec<FileChange>,
}

impl ChangeSet {
    /// The change of one file.
    pub fn one(what: impl Into<String>, file: FileChange) -> ChangeSet {
        ChangeSet { what: what.into(), files: vec![file] }
    }

    /// Whether nothing is to be done.
    pub fn is_empty(&self) -> bool {
        self.files.iter().all(FileChange::is_empty)
    }
}
