//! `conflict-marker`: a file contains conflict markers: git could not combine two changes, and someone has to choose.

use super::{Check, Example, ExampleFile, Group, Run};
use crate::finding::{Severity, name};

/// The check.
pub(super) static CHECK: Check = Check {
    name: name::CONFLICT_MARKER,
    severity: Severity::Error,
    group: Group::Structure,
    policy: &[],
    run: Run::WhileReading,
    what: "A file contains conflict markers: git could not combine two changes, and someone has to choose.",
    why: "Until someone chooses, the file says two things at once, and neither is certain.",
    fix: "Run `coalition resolve`, which merges what fits together and lists what is left to decide. Then keep the \
        correct lines, and delete the lines that start with `<<<<<<<`, `=======` and `>>>>>>>`.",
    bad: BAD,
    good: GOOD,
};

const BAD: Example = Example::of(&[ExampleFile::new(
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
)]);

const GOOD: Example = Example::of(&[ExampleFile::new(
    "members/alder-friends.toml",
    r##"name = "Friends of the Alder Library"
classification = "friends-group"
joined = 2026-05-20
representative = "ana-lopez"
"##,
)]);
