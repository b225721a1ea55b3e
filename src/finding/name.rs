//! The names of checks. A name never changes, because people put it in their configuration. The names of findings
//! raised while reading are listed here; the others are with their check.

use serde::Serialize;
use std::fmt;

/// The name of a check, after the fault it finds: `missing-field`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct CheckName(&'static str);

impl CheckName {
    /// A name in lower case with hyphens.
    pub const fn new(name: &'static str) -> CheckName {
        CheckName(name)
    }

    /// The name as text.
    pub const fn as_str(self) -> &'static str {
        self.0
    }
}

impl fmt::Display for CheckName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

/// The file is not TOML.
pub(crate) const INVALID_TOML: CheckName = CheckName::new("invalid-toml");
/// The file cannot be read at all.
pub(crate) const UNREADABLE_FILE: CheckName = CheckName::new("unreadable-file");
/// The file holds the marks of an unfinished merge.
pub(crate) const CONFLICT_MARKER: CheckName = CheckName::new("conflict-marker");
/// A change of several files stopped halfway.
pub(crate) const UNFINISHED_CHANGE: CheckName = CheckName::new("unfinished-change");
/// A required field is not there.
pub(crate) const MISSING_FIELD: CheckName = CheckName::new("missing-field");
/// A key that the format does not know.
pub(crate) const UNKNOWN_FIELD: CheckName = CheckName::new("unknown-field");
/// A value of another type than the field's.
pub(crate) const WRONG_TYPE: CheckName = CheckName::new("wrong-type");
/// A value of the right type that is not valid.
pub(crate) const INVALID_VALUE: CheckName = CheckName::new("invalid-value");
/// A file name that is not an id.
pub(crate) const INVALID_ID: CheckName = CheckName::new("invalid-id");
/// A file name that Windows cannot store.
pub(crate) const RESERVED_ID: CheckName = CheckName::new("reserved-id");
/// Two files of one kind with one id.
pub(crate) const DUPLICATE_ID: CheckName = CheckName::new("duplicate-id");
/// A folder that holds TOML files which no one reads.
pub(crate) const UNKNOWN_FOLDER: CheckName = CheckName::new("unknown-folder");
/// Two dates in the wrong order.
pub(crate) const DATES_OUT_OF_ORDER: CheckName = CheckName::new("dates-out-of-order");
