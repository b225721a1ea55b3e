//! `reserved-id`: a file has a name that Windows keeps for devices, such as `con` or `aux`.

use super::{Check, Example, ExampleFile, Group, Run};
use crate::finding::{Severity, name};

/// The check.
pub static CHECK: Check = Check {
    name: name::RESERVED_ID,
    severity: Severity::Error,
    group: Group::Structure,
    what: "A file has a name that Windows keeps for devices, such as `con` or `aux`.",
    why: "Nobody with Windows could check the repository out.",
    fix: "Give the file a longer name.",
    policy: &[],
    bad: Example::of(&[ExampleFile::new(
        "goals/aux.toml",
        r##"name = "Auxiliary entrance"  # <-- here
"##,
    )]),
    good: Example::of(&[ExampleFile::new(
        "goals/auxiliary-entrance.toml",
        r##"name = "Auxiliary entrance"
"##,
    )]),
    run: Run::WhileReading,
};
