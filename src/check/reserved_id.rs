//! `reserved-id`: a file or a folder of records has a name that Windows cannot store: a device name, such as `con` or
//! `aux`; or for a folder, one that ends with a dot or a space, or contains one of `< > : " | ? *` or a backslash.

use super::{Check, Example, ExampleFile, Group, Run};
use crate::finding::{Severity, name};

/// The check.
pub(super) static CHECK: Check = Check {
    name: name::RESERVED_ID,
    severity: Severity::Error,
    group: Group::Structure,
    policy: &[],
    run: Run::WhileReading,
    what: "A file or a folder of records has a name that Windows cannot store: a reserved name, such as `con` or \
        `aux`. For a folder, it can also be a name that ends with a dot or a space, or contains one of `< > : \" | ? \
        *` or a backslash.",
    why: "No one on Windows could check out the repository.",
    fix: "Rename the file or the folder as the message suggests.",
    bad: BAD,
    good: GOOD,
};

const BAD: Example = Example::of(&[
    ExampleFile::new(
        "goals/aux.toml",
        r##"name = "Auxiliary entrance"  # <-- here
"##,
    ),
    ExampleFile::new(
        "goals/phase 2./doors.toml",
        r##"name = "Doors"  # <-- here
"##,
    ),
]);

const GOOD: Example = Example::of(&[ExampleFile::new(
    "goals/auxiliary-entrance.toml",
    r##"name = "Auxiliary entrance"
"##,
)]);
