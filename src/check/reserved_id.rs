//! `reserved-id`: a file or a folder has a name that Windows cannot store: that of a device, such as `con` or `aux`, or for a
//! folder one that ends with a dot or has a colon in it.

use super::{Check, Example, ExampleFile, Group, Run};
use crate::finding::{Severity, name};

/// The check.
pub static CHECK: Check = Check {
    name: name::RESERVED_ID,
    severity: Severity::Error,
    group: Group::Structure,
    what: "A file or a folder of records has a name that Windows cannot store: that of a device, such as `con` or `aux`; \
        or for a folder, one that ends with a dot or a space, or has one of `< > : \" | ? *` or a backslash in it.",
    why: "Nobody with Windows could check the repository out.",
    fix: "Give the file or the folder another name, as the message proposes.",
    policy: &[],
    bad: Example::of(&[
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
    ]),
    good: Example::of(&[ExampleFile::new(
        "goals/auxiliary-entrance.toml",
        r##"name = "Auxiliary entrance"
"##,
    )]),
    run: Run::WhileReading,
};
