//! `invalid-toml`: a file cannot be read as TOML, because a quote, a bracket or an equals sign is missing or extra.

use super::{Check, Example, ExampleFile, Group, Run};
use crate::finding::{Severity, name};

/// The check.
pub static CHECK: Check = Check {
    name: name::INVALID_TOML,
    severity: Severity::Error,
    group: Group::Structure,
    what: "A file cannot be read as TOML, because a quote, a bracket or an equals sign is missing or extra.",
    why: "What the program cannot read it cannot check: a member with a broken file could miss its signature \
        unseen.",
    fix: "Go to the line that is named and compare it with a line that works: the name of a field, `=`, and \
        the value, with text in straight double quotes.",
    policy: &[],
    bad: Example::of(&[ExampleFile::new(
        "members/alder-friends.toml",
        r##"name = "Friends of the Alder Library"
classification = "friends-group"
joined = 2025-01-15
representative = ana-lopez  # <-- here
areas = ["Alder", "East Alder"]
"##,
    )]),
    good: Example::of(&[ExampleFile::new(
        "members/alder-friends.toml",
        r##"name = "Friends of the Alder Library"
classification = "friends-group"
joined = 2026-05-20
representative = "ana-lopez"
areas = ["Alder", "East Alder"]
"##,
    )]),
    run: Run::WhileReading,
};
