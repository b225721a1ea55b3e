//! `invalid-toml`: a file cannot be read as TOML, because a quote, a bracket or an equals sign is missing or extra.

use super::{Change, Check, Example, ExampleFile, Group, Run};
use crate::finding::{Severity, name};

/// The check.
pub(super) static CHECK: Check = Check {
    name: name::INVALID_TOML,
    severity: Severity::Error,
    group: Group::Structure,
    policy: &[],
    run: Run::WhileReading,
    what: "The program cannot read a file as TOML, because a quote, a bracket or an equals sign is missing or extra.",
    why: "The program cannot check what it cannot read: in a broken file, a missing signature would go unnoticed.",
    fix: "Go to the line that the message names and compare it with a correct one: the name of a field, `=`, and the \
        value, with straight double quotes around text.",
    bad: BAD,
    good: GOOD,
};

const BAD: Example = Example::of(&[ExampleFile::new(
    "members/alder-friends.toml",
    r##"name = "Friends of the Alder Library"
classification = "friends-group"
joined = 2025-01-15
representative = ana-lopez  # <-- here
areas = ["Alder", "East Alder"]
"##,
)]);

const GOOD: Example = BAD.change(&[Change::Replace(
    r#"joined = 2025-01-15
representative = ana-lopez"#,
    r#"joined = 2026-05-20
representative = "ana-lopez""#,
)]);
