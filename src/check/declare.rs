//! How a check is declared: a struct of words, examples and a function.

use super::{Context, Example};
use crate::finding::{CheckName, Finding, Severity};
use crate::practice::Practice;

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
