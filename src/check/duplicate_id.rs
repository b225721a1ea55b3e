//! `duplicate-id`: two files of one kind have the same id, in different folders or with different capitals; or a
//! member or a person has an id that another one used to have.

use super::{Check, Example, ExampleFile, Group, Run};
use crate::finding::{Severity, name};

/// The check.
pub(super) static CHECK: Check = Check {
    name: name::DUPLICATE_ID,
    severity: Severity::Error,
    group: Group::Structure,
    policy: &[],
    run: Run::WhileReading,
    what: "Two files of one kind have the same id, in different folders or with different capitals. Or a member or a \
        person has an id that used to belong to another one.",
    why: "A reference could mean either file, so you can rely on neither.",
    fix: "Rename one of the two files. If both are the same record, keep one file.",
    bad: BAD,
    good: GOOD,
};

const BAD: Example = Example::of(&[
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
]);

const GOOD: Example = Example::of(&[
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
]);
