//! `invalid-id`: the name of a record’s file is not an id: ids consist of a-z, 0-9 and single hyphens, and the file
//! ends in `.toml`.

use super::{Check, Example, ExampleFile, Group, Run};
use crate::finding::{Severity, name};

/// The check.
pub(super) static CHECK: Check = Check {
    name: name::INVALID_ID,
    severity: Severity::Error,
    group: Group::Structure,
    policy: &[],
    run: Run::WhileReading,
    what: "The name of a record’s file is not an id: ids consist of a-z, 0-9 and single hyphens, and the file ends \
        in `.toml`. Or the name says that the file is a copy of another record.",
    why: "Other records refer to this one by its file name, and capitals, spaces and accents differ from system to \
        system.",
    fix: "Rename the file as the message suggests.",
    bad: BAD,
    good: GOOD,
};

const BAD: Example = Example::of(&[ExampleFile::new(
    "goals/Evening Hours.toml",
    r##"name = "Evening hours"  # <-- here
"##,
)]);

const GOOD: Example = Example::of(&[ExampleFile::new(
    "goals/evening-hours.toml",
    r##"name = "Evening hours"
"##,
)]);
