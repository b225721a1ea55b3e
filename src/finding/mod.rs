//! A [`Finding`] is plain data that every later layer may raise: what is wrong, where, and what to do. `check` decides
//! how bad it is and whether a record accepts it; `output` prints it.

mod fix;
mod level;
pub(crate) mod name;

#[cfg(feature = "cli")]
pub(crate) use fix::apply_text_edits;
pub use fix::{Fix, TextEdit};
pub(crate) use level::Level;
pub use name::CheckName;

use crate::error::Error;
use crate::kind::{Kind, RecordKey};
use crate::source::{LedgerPath, Span, without_private_keys};
use serde::Serialize;
use std::fmt;
use std::str::FromStr;

/// How bad a finding is. The order is from mild to bad.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing.
    Note,
    /// Should be fixed.
    Warning,
    /// Must be fixed; `check` fails.
    Error,
}

impl Severity {
    /// All severities, from bad to mild.
    pub const ALL: [Severity; 3] = [Severity::Error, Severity::Warning, Severity::Note];

    /// The word for it, in data and in `coalition.toml`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Severity::Note => "note",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Severity {
    type Err = Error;

    fn from_str(word: &str) -> Result<Severity, Error> {
        Severity::ALL
            .into_iter()
            .find(|severity| severity.as_str() == word)
            .ok_or_else(|| Error::usage(format!("`{word}` is not a severity; write error, warning or note")))
    }
}

/// A finding that says more closely what another says too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Narrower {
    /// Its check.
    pub check: CheckName,
    /// The file it is in.
    pub path: LedgerPath,
    /// The bytes it is about; none where any of that check in the file will do.
    pub span: Option<Span>,
}

/// One thing that is wrong, at one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The check that found it.
    pub check: CheckName,
    /// The file it is in.
    pub path: LedgerPath,
    /// The bytes it is about.
    pub span: Span,
    /// The record that the file holds, if it holds one.
    pub record: Option<RecordKey>,
    /// Other records that it concerns; an `allow` in one of them accepts it too.
    pub about: Vec<RecordKey>,
    /// Files whose mistakes may be the cause: if those are reported, this would only repeat them.
    pub because_of: Vec<LedgerPath>,
    /// Kinds of records whose files' mistakes may be all there is to it.
    pub because_of_kinds: Vec<Kind>,
    /// Narrower findings that together say the same: with all of them reported, at least as bad, this one only repeats them.
    pub unless: Vec<Narrower>,
    /// Not yet as bad as the check says: reported one step milder than an error.
    pub softened: bool,
    /// It is about something that decides who must sign, who may sign, or whether a signature counts.
    pub duty: bool,
    /// Nothing lowers, accepts or hides it.
    pub fixed: bool,
    /// It is about the file as a whole, and its sentences quote nothing that the file holds.
    pub of_whole_file: bool,
    /// The kind of a record that the file names and the ledger does not have: who has no record has not agreed to be named.
    pub missing: Option<Kind>,
    /// What is wrong, in one sentence without a final stop.
    pub message: String,
    /// One way out, in the imperative.
    pub help: String,
    /// What `help` says as a change of the file, where a program can make it.
    pub fix: Option<Fix>,
}

impl Finding {
    /// A finding at a place; the record and what else it concerns are added by the `with` methods. No sentence of a
    /// finding shows a private key.
    pub fn new(
        check: CheckName,
        path: &LedgerPath,
        span: Span,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Finding {
        Finding {
            check,
            path: path.clone(),
            span,
            record: None,
            about: Vec::new(),
            because_of: Vec::new(),
            because_of_kinds: Vec::new(),
            unless: Vec::new(),
            softened: false,
            duty: false,
            fixed: false,
            of_whole_file: false,
            missing: None,
            message: without_private_keys(&message.into()).into_owned(),
            help: without_private_keys(&help.into()).into_owned(),
            fix: None,
        }
    }

    /// The same, in the file of this record.
    pub fn with_record(mut self, record: RecordKey) -> Finding {
        self.record = Some(record);
        self
    }

    /// The same, about a record of this kind that the ledger does not have.
    pub fn of_missing(mut self, kind: Kind) -> Finding {
        self.missing = Some(kind);
        self
    }

    /// The same, concerning also this record.
    pub fn with_about(mut self, record: RecordKey) -> Finding {
        self.about.push(record);
        self
    }

    /// The same, perhaps only because of mistakes in this file.
    pub fn because_of(mut self, path: &LedgerPath) -> Finding {
        self.because_of.push(path.clone());
        self
    }

    /// The same, needless where this narrower finding, and all others that are named so, are reported.
    pub fn unless(mut self, check: CheckName, path: &LedgerPath, span: Option<Span>) -> Finding {
        self.unless.push(Narrower { check, path: path.clone(), span });
        self
    }

    /// The same, about something that decides a duty to sign.
    pub fn on_duty(mut self) -> Finding {
        self.duty = true;
        self
    }

    /// The same, with a change that corrects it.
    pub fn with_fix(mut self, fix: impl Into<Option<Fix>>) -> Finding {
        self.fix = fix.into();
        self
    }

    /// The same, which no setting, exception or option takes away.
    pub fn fix(mut self) -> Finding {
        self.fixed = true;
        self
    }

    /// The same, about the file as a whole: its sentences quote nothing that the file holds.
    pub fn about_whole_file(mut self) -> Finding {
        self.of_whole_file = true;
        self
    }

    /// The same, at most a warning.
    pub fn soften(mut self) -> Finding {
        self.softened = true;
        self
    }
}
