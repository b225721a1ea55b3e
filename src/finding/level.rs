//! What a ledger sets for a check: report its findings with a severity, or not at all.

use super::Severity;
use crate::error::Error;
use serde::{Serialize, Serializer};
use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

/// What a ledger sets for a check, from mild to bad. A finding has a [`Severity`]; only a setting can say `off`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// The check reports nothing.
    Off,
    /// The check reports its findings with this severity.
    Report(Severity),
}

impl Level {
    /// All levels, from bad to mild.
    pub const ALL: [Level; 4] =
        [Level::Report(Severity::Error), Level::Report(Severity::Warning), Level::Report(Severity::Note), Level::Off];

    /// The word for it, as in `coalition.toml`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Level::Off => "off",
            Level::Report(severity) => severity.as_str(),
        }
    }

    /// The severity of the findings; none if they are not reported.
    pub const fn severity(self) -> Option<Severity> {
        match self {
            Level::Off => None,
            Level::Report(severity) => Some(severity),
        }
    }
}

impl From<Severity> for Level {
    fn from(severity: Severity) -> Level {
        Level::Report(severity)
    }
}

impl PartialEq<Severity> for Level {
    fn eq(&self, severity: &Severity) -> bool {
        *self == Level::Report(*severity)
    }
}

impl PartialOrd<Severity> for Level {
    fn partial_cmp(&self, severity: &Severity) -> Option<Ordering> {
        Some(self.cmp(&Level::Report(*severity)))
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for Level {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl FromStr for Level {
    type Err = Error;

    fn from_str(word: &str) -> Result<Level, Error> {
        let level = Level::ALL.into_iter().find(|level| level.as_str() == word);
        level.ok_or_else(|| Error::usage(format!("`{word}` is not a severity; write error, warning, note or off")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_level_reads_back_from_its_word() {
        for level in Level::ALL {
            assert_eq!(level.as_str().parse(), Ok(level));
        }
        assert_eq!(Level::ALL.map(Level::as_str), ["error", "warning", "note", "off"]);
        assert!("loud".parse::<Level>().is_err());
    }

    #[test]
    fn a_severity_cannot_be_off() {
        assert!("off".parse::<Severity>().is_err());
        assert_eq!(Level::Off.severity(), None);
        assert!(Level::Off < Severity::Note && Level::from(Severity::Error) == Severity::Error);
    }
}
