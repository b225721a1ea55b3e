//! The examples of checks: small ledgers, each laid over one that is right.

use crate::source::memory::Memory;
use crate::source::past::Versions;
use std::borrow::Cow;

/// Marks the end of a line of an example at which the check must fire.
pub const MARK: &str = "# <-- here";

/// A small ledger, laid over [`base_ledger`].
pub struct Example {
    /// The day to judge by, `YYYY-MM-DD`.
    pub today: &'static str,
    /// Files that are added or replaced.
    pub files: &'static [ExampleFile],
    /// Files of the base that are removed.
    pub without: &'static [&'static str],
    /// What earlier commits contained, the oldest first: each is the base with these files. Empty if history does not matter.
    pub before: &'static [&'static [ExampleFile]],
    /// What is different in these files.
    pub changes: &'static [Change],
}

/// A difference in one place of the files of an example.
pub enum Change {
    /// These words, which occur once in all of them, are those.
    Replace(&'static str, &'static str),
    /// Below these whole lines, which occur once in all of them, there are more.
    Add {
        /// The lines.
        below: &'static str,
        /// What is added.
        lines: &'static str,
    },
}

impl Change {
    /// A text with the change; `None` if the change is not about it.
    pub(super) fn apply(&self, text: &str) -> Option<String> {
        match self {
            Change::Replace(old, new) => {
                let (before, after) = text.split_once(old)?;
                Some(format!("{before}{new}{after}"))
            }
            Change::Add { below, lines } => {
                let (before, after) = text.split_once(below)?;
                Some(format!("{before}{below}\n{}{after}", lines.trim_end_matches('\n')))
            }
        }
    }
}

/// A file of an example.
pub struct ExampleFile {
    /// Its path in the ledger.
    pub path: &'static str,
    /// Its bytes, nearly always text.
    pub bytes: &'static [u8],
}

impl ExampleFile {
    /// A file with this text.
    pub const fn new(path: &'static str, text: &'static str) -> ExampleFile {
        ExampleFile { path, bytes: text.as_bytes() }
    }
}

/// The day on which most examples are judged.
pub(super) const TODAY: &str = "2026-06-15";

impl Example {
    /// These files over the base, judged by June 15, 2026.
    pub const fn of(files: &'static [ExampleFile]) -> Example {
        Example { today: TODAY, files, without: &[], before: &[], changes: &[] }
    }

    /// The same after these commits.
    pub const fn after(self, before: &'static [&'static [ExampleFile]]) -> Example {
        Example { before, ..self }
    }

    /// The same without marks and with these changes, which are all that makes a bad example a good one.
    pub const fn change(self, changes: &'static [Change]) -> Example {
        Example { changes, ..self }
    }

    /// The files as they are in the ledger, each with its path.
    pub fn files(&self) -> impl Iterator<Item = (&'static str, Cow<'static, [u8]>)> {
        self.files.iter().map(|file| (file.path, self.bytes_of(file)))
    }

    fn bytes_of(&self, file: &ExampleFile) -> Cow<'static, [u8]> {
        match std::str::from_utf8(file.bytes) {
            Ok(text) if !self.changes.is_empty() => {
                let text =
                    self.changes.iter().fold(without_marks(text), |text, change| change.apply(&text).unwrap_or(text));
                Cow::Owned(text.into_bytes())
            }
            _ => Cow::Borrowed(file.bytes),
        }
    }

    /// The ledgers of the earlier commits, the oldest first.
    pub fn states(&self) -> Vec<Memory> {
        let state = |files: &&[ExampleFile]| {
            let mut state = base_ledger();
            files.iter().for_each(|file| state.put(file.path, file.bytes));
            state
        };
        self.before.iter().map(state).collect()
    }

    /// The history of the example, its own files as the newest commit; `None` if history does not matter.
    pub fn past(&self) -> Option<Versions> {
        let mut states = self.states();
        states.push(self.ledger());
        (states.len() > 1).then(|| Versions::new(&states))
    }

    /// The whole ledger of the example.
    pub fn ledger(&self) -> Memory {
        let mut ledger = base_ledger();
        for path in self.without {
            ledger.remove(path);
        }
        for (path, bytes) in self.files() {
            ledger.put(path, &bytes);
        }
        ledger
    }

    /// The places that are marked: path and line.
    pub fn marks(&self) -> Vec<(&'static str, usize)> {
        let mut marks = Vec::new();
        for (path, bytes) in self.files() {
            for (at, line) in String::from_utf8_lossy(&bytes).lines().enumerate() {
                if line.trim_end().ends_with(MARK) {
                    marks.push((path, at + 1));
                }
            }
        }
        marks
    }
}

/// A text without the marks at the ends of its lines.
pub(super) fn without_marks(text: &str) -> String {
    let lines = text.split('\n').map(|line| line.strip_suffix(MARK).map_or(line, str::trim_end));
    lines.collect::<Vec<_>>().join("\n")
}

/// The charter of [`base_ledger`], signed by both members: the corrected state of many examples.
pub(crate) const SIGNED_CHARTER: &str = include_str!("base/agreements/charter.toml");

/// A goal that has everything it needs: the corrected state of many examples.
pub(crate) const AGREED_GOAL: &str = include_str!("example/evening-hours.toml");

/// A ledger of two members who have both signed a charter: the base of all examples. No check reports anything about it
/// on `TODAY`: one member has everything, and the other joined four weeks ago and still has time.
pub fn base_ledger() -> Memory {
    let files: [(&str, &str); 7] = [
        ("coalition.toml", include_str!("base/coalition.toml")),
        ("members/alder-friends.toml", include_str!("base/members/alder-friends.toml")),
        ("members/birch-library.toml", include_str!("base/members/birch-library.toml")),
        ("advocates/ana-lopez.toml", include_str!("base/advocates/ana-lopez.toml")),
        ("advocates/ben-okoro.toml", include_str!("base/advocates/ben-okoro.toml")),
        ("advocates/dana-reyes.toml", include_str!("base/advocates/dana-reyes.toml")),
        ("agreements/charter.toml", SIGNED_CHARTER),
    ];
    Memory::new(files.map(|(path, text)| (path, text.as_bytes())))
}
