//! The journal: a change of several files as it is kept on disk while it is written, so that an interrupted change can be completed
//! or undone.

use super::{ChangeSet, FileChange, LedgerPath, ROOT_FILE};
use crate::kind::is_ledger_folder;
use serde_json::{Value, json};

/// The journal at the root of a ledger: a change of several files that is being written.
pub(crate) const JOURNAL: &str = ".coalition-journal";

/// The version of the journal's format.
const FORMAT: u64 = 1;

const REMARK: &str =
    "# A change of several files is being written, or stopped halfway: `coalition check` says how far it got.\n";

/// What stands where the journal of a change is kept.
#[derive(Debug)]
pub enum Journal {
    /// No journal.
    None,
    /// The journal of this change.
    Change(ChangeSet),
    /// A file that is not a valid journal, with the reason.
    Foreign(&'static str),
}

/// A change that stopped halfway: which files are written, which are not, and which someone has changed since.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Unfinished {
    /// The command.
    pub what: String,
    /// Files that are written.
    pub done: Vec<LedgerPath>,
    /// Files that are not written yet.
    pub left: Vec<LedgerPath>,
    /// Files with another text.
    pub other: Vec<LedgerPath>,
}

impl Unfinished {
    /// Whether the change is neither complete nor undone.
    pub fn is_half_done(&self) -> bool {
        !self.other.is_empty() || (!self.done.is_empty() && !self.left.is_empty())
    }
}

impl ChangeSet {
    /// The change as it is kept on disk: a comment for people, then one JSON object a line, the last one an end mark.
    pub fn journal(&self) -> String {
        let files = self.files.iter().filter(|file| !file.is_empty());
        let line =
            |file: &FileChange| json!({ "path": file.path.as_str(), "before": file.before, "after": file.after });
        let head = json!({ "coalition_journal": FORMAT, "what": self.what });
        let lines = std::iter::once(head).chain(files.map(line)).chain([json!({ "end": true })]);
        REMARK.to_owned() + &lines.map(|line| line.to_string() + "\n").collect::<String>()
    }

    /// The change in a journal; `None` if it is not whole.
    pub fn of_journal(text: &str) -> Option<ChangeSet> {
        let lines = text.lines().filter(|line| !line.starts_with('#'));
        let lines: Vec<Value> = lines.map(|line| serde_json::from_str(line).ok()).collect::<Option<_>>()?;
        let [head, files @ .., end] = lines.as_slice() else { return None };
        if head.get("coalition_journal")?.as_u64()? != FORMAT || !end.get("end")?.as_bool()? {
            return None;
        }
        let text_of = |value: &Value| value.as_str().map(str::to_owned);
        let file = |line: &Value| {
            let path = LedgerPath::new(line.get("path")?.as_str()?);
            is_of_ledger(&path).then(|| FileChange {
                path,
                before: line.get("before").and_then(text_of),
                after: line.get("after").and_then(text_of),
            })
        };
        let files = files.iter().map(file).collect::<Option<_>>()?;
        Some(ChangeSet { what: head.get("what")?.as_str()?.to_owned(), files })
    }

    /// How far the change has come, where `read` gives what a file says now.
    pub fn progress(&self, read: impl Fn(&LedgerPath) -> Option<Vec<u8>>) -> Unfinished {
        let mut progress = Unfinished { what: self.what.clone(), ..Unfinished::default() };
        for file in &self.files {
            let now = read(&file.path);
            let says = |text: &Option<String>| text.as_ref().map(String::as_bytes) == now.as_deref();
            let group = match (says(&file.after), says(&file.before)) {
                (true, _) => &mut progress.done,
                (false, true) => &mut progress.left,
                (false, false) => &mut progress.other,
            };
            group.push(file.path.clone());
        }
        progress
    }
}

/// Whether a path is one that a change of a ledger can be about: the root file, or a file in a folder of records. A journal
/// comes with a clone, so it is believed no further than that.
fn is_of_ledger(path: &LedgerPath) -> bool {
    let is_plain = |part: &str| !part.is_empty() && !part.starts_with('.') && !part.contains(['\\', ':']);
    let is_record = path.depth() > 0 && is_ledger_folder(path.top()) && path.as_str().ends_with(".toml");
    path.as_str() == ROOT_FILE || (is_record && path.as_str().split('/').all(is_plain))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change() -> ChangeSet {
        let file = |path: &str, before: Option<&str>, after: Option<&str>| FileChange {
            path: LedgerPath::new(path),
            before: before.map(str::to_owned),
            after: after.map(str::to_owned),
        };
        let files = vec![
            file("members/a.toml", Some("name = \"A\"\r\n"), None),
            file("members/b.toml", None, Some("name = \"A\"\r\n")),
            file("goals/c.toml", Some("x = \"a\"\n"), Some("x = \"b \u{2028}\"\n")),
            file("signatures/charter/a.toml", None, Some("[[signatures]]\n")),
        ];
        ChangeSet { what: "rename member/a to member/b".to_owned(), files }
    }

    #[test]
    fn a_journal_is_read_as_it_was_written_and_half_of_one_is_none() {
        let journal = change().journal();
        assert_eq!(ChangeSet::of_journal(&journal), Some(change()));
        for end in 0..journal.len() - 1 {
            if let Some(half) = journal.get(..end) {
                assert_eq!(ChangeSet::of_journal(half), None, "{half}");
            }
        }
        for path in [
            "../c.toml",
            ".git/config",
            "goals/../../c.toml",
            "goals/.c.toml",
            "C:/c.toml",
            "goals/c.md",
            "x/c.toml",
            "/c.toml",
            "signatures/.charter/c.toml",
            "signatures/charter/c.txt",
            "signed/charter/c.toml",
        ] {
            assert_eq!(ChangeSet::of_journal(&journal.replace("goals/c.toml", path)), None, "{path}");
        }
    }

    #[test]
    fn progress_tells_each_file_apart() {
        let now = |path: &LedgerPath| match path.as_str() {
            "members/b.toml" => Some(b"name = \"A\"\r\n".to_vec()),
            "goals/c.toml" => Some(b"x = \"a\"\n".to_vec()),
            _ => Some(b"edited".to_vec()),
        };
        let progress = change().progress(now);
        assert_eq!(progress.done, [LedgerPath::new("members/b.toml")]);
        assert_eq!(progress.left, [LedgerPath::new("goals/c.toml")]);
        assert_eq!(progress.other, [LedgerPath::new("members/a.toml"), LedgerPath::new("signatures/charter/a.toml")]);
        assert!(progress.is_half_done());
    }
}
