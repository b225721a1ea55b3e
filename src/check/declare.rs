//! How a check is declared: a struct of words, examples and a function.

use super::Context;
use crate::finding::{CheckName, Finding, Severity};
use crate::practice::Practice;
use crate::source::memory::Memory;
use crate::source::past::Versions;

/// One check, with everything that people read about it.
pub struct Check {
    /// Its name, after the mistake. It never changes.
    pub name: CheckName,
    /// How bad a finding is unless `coalition.toml` says otherwise.
    pub severity: Severity,
    /// The group it belongs to.
    pub group: Group,
    /// The thresholds under `[policy]` that it uses.
    pub policy: &'static [&'static str],
    /// When and how it runs.
    pub run: Run,
    /// What it looks for, in one sentence.
    pub what: &'static str,
    /// Why that matters.
    pub why: &'static str,
    /// How to fix it.
    pub fix: &'static str,
    /// A ledger in which it fires, at the lines that end with `MARK` and nowhere else.
    pub bad: Example,
    /// The same without the mistake: no check reports anything.
    pub good: Example,
}

/// What a check belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// The form of the files.
    Structure,
    /// Agreements and signatures.
    Agreements,
    /// A practice of good coalitions, or a danger to them.
    Practice(Practice),
}

impl Group {
    /// A heading for its checks.
    pub const fn title(self) -> &'static str {
        match self {
            Group::Structure => "File format",
            Group::Agreements => "Agreements and signatures",
            Group::Practice(practice) => practice.name(),
        }
    }

    /// The practice that its checks are about. Agreements are one; the form of the files is not.
    pub const fn practice(self) -> Option<Practice> {
        match self {
            Group::Structure => None,
            Group::Agreements => Some(Practice::FormalAgreements),
            Group::Practice(practice) => Some(practice),
        }
    }
}

/// Whether no setting changes the severity of a check: without it, the check would pass without looking at anything.
pub(crate) fn is_fixed(name: &str) -> bool {
    ["empty-ledger", "unsigned-agreement", "unpinned-terms", "weakened-gate"].contains(&name)
}

/// Where the findings of a check may be accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exceptions {
    /// In any record that they concern.
    Anywhere,
    /// In any record that they concern, until a day within a year.
    ForAYear,
    /// In the record of the member, until a day within a year.
    OfMemberForAYear,
    /// Nowhere.
    Never,
}

/// Where the findings of a check may be accepted.
pub(crate) fn exceptions(name: &str) -> Exceptions {
    match name {
        "empty-ledger" | "unpinned-terms" => Exceptions::Never,
        "unsigned-agreement" => Exceptions::OfMemberForAYear,
        "weakened-gate" => Exceptions::ForAYear,
        _ => Exceptions::Anywhere,
    }
}

/// When a check does its work.
pub enum Run {
    /// While a file is read.
    WhileReading,
    /// Over the whole ledger.
    Ledger(fn(&Context<'_>, &mut Vec<Finding>)),
    /// While the findings of the other checks are judged.
    WhileJudging,
}

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
        Example { today: TODAY, files, without: &[], before: &[] }
    }

    /// The same after these commits.
    pub const fn after(self, before: &'static [&'static [ExampleFile]]) -> Example {
        Example { before, ..self }
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
        for file in self.files {
            ledger.put(file.path, file.bytes);
        }
        ledger
    }

    /// The places that are marked: path and line.
    pub fn marks(&self) -> Vec<(&'static str, usize)> {
        let mut marks = Vec::new();
        for file in self.files {
            for (at, line) in String::from_utf8_lossy(file.bytes).lines().enumerate() {
                if line.trim_end().ends_with(MARK) {
                    marks.push((file.path, at + 1));
                }
            }
        }
        marks
    }
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
