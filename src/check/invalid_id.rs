//! `invalid-id`: the name of a record's file is no id: ids are made of a-z, 0-9 and single hyphens, and the file ends in `.toml`.

use super::{Check, Example, ExampleFile, Group, Run};
use crate::finding::{Severity, name};

/// The check.
pub static CHECK: Check = Check {
    name: name::INVALID_ID,
    severity: Severity::Error,
    group: Group::Structure,
    what: "The name of a record's file is no id: ids are made of a-z, 0-9 and single hyphens, and the file ends \
        in `.toml`.",
    why: "The file name is how other records refer to this one; capitals, spaces and accents come out \
        differently on every system.",
    fix: "Rename the file as the message proposes.",
    policy: &[],
    bad: Example::of(&[ExampleFile::new(
        "goals/Evening Hours.toml",
        r##"name = "Evening hours"  # <-- here
"##,
    )]),
    good: Example::of(&[ExampleFile::new(
        "goals/evening-hours.toml",
        r##"name = "Evening hours"
"##,
    )]),
    run: Run::WhileReading,
};
