//! `conflict-marker`: a file holds the marks that git leaves where two changes meet and somebody has to choose.

use super::{Check, Example, ExampleFile, Group, Run};
use crate::finding::{Severity, name};

/// The check.
pub static CHECK: Check = Check {
    name: name::CONFLICT_MARKER,
    severity: Severity::Error,
    group: Group::Structure,
    what: "A file holds the marks that git leaves where two changes meet and somebody has to choose.",
    why: "Until somebody chooses, the file says two things at once, and nothing in it is certain.",
    fix: "Keep the lines that are right, and remove the lines that start with `<<<<<<<`, `=======` and \
        `>>>>>>>`.",
    policy: &[],
    bad: Example::of(&[ExampleFile::new(
        "members/alder-friends.toml",
        r##"name = "Friends of the Alder Library"
<<<<<<< ours  # <-- here
classification = "friends-group"
=======
classification = "nonprofit"
>>>>>>> theirs
joined = 2026-05-20
representative = "ana-lopez"
"##,
    )]),
    good: Example::of(&[ExampleFile::new(
        "members/alder-friends.toml",
        r##"name = "Friends of the Alder Library"
classification = "friends-group"
joined = 2026-05-20
representative = "ana-lopez"
"##,
    )]),
    run: Run::WhileReading,
};
