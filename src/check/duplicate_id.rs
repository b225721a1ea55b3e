//! `duplicate-id`: two files of one kind have the same id, in different folders or in different case, or one has an id that the
//! other had.

use super::{Check, Example, ExampleFile, Group, Run};
use crate::finding::{Severity, name};

/// The check.
pub static CHECK: Check = Check {
    name: name::DUPLICATE_ID,
    severity: Severity::Error,
    group: Group::Structure,
    what: "Two files of one kind have the same id, in different folders or in different case; or a member or a person has an id \
        that another one had.",
    why: "A reference would mean both, so neither can be relied on.",
    fix: "Give one of the two files another name; if both are the same record, keep one file.",
    policy: &[],
    bad: Example::of(&[
        ExampleFile::new(
            "goals/2025/evening-hours.toml",
            r##"name = "Evening hours, first try"
"##,
        ),
        ExampleFile::new(
            "goals/evening-hours.toml",
            r##"name = "Evening hours"  # <-- here
"##,
        ),
    ]),
    good: Example::of(&[
        ExampleFile::new(
            "goals/2025/evening-hours-2025.toml",
            r##"name = "Evening hours, first try"
"##,
        ),
        ExampleFile::new(
            "goals/evening-hours.toml",
            r##"name = "Evening hours"
"##,
        ),
    ]),
    run: Run::WhileReading,
};
