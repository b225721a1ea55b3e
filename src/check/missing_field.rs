//! `missing-field`: a record lacks a field that every record of its kind needs, or an agreement has no text to sign.

use super::{Check, Example, ExampleFile, Group, Run};
use crate::finding::{Severity, name};

/// The check.
pub(super) static CHECK: Check = Check {
    name: name::MISSING_FIELD,
    severity: Severity::Error,
    group: Group::Structure,
    policy: &[],
    run: Run::WhileReading,
    what: "A record lacks a field that every record of its kind needs, or an agreement has no text to sign.",
    why: "Reports and checks rely on it: a member without a classification is missing from every count.",
    fix: "Add the line that the message suggests, with your own value.",
    bad: BAD,
    good: GOOD,
};

const BAD: Example = Example::of(&[ExampleFile::new(
    "goals/evening-hours.toml",
    r##"# A goal with a step that has no name.
name = "Evening hours"

[[milestones]]  # <-- here
due = 2026-09-01
"##,
)]);

const GOOD: Example = Example::of(&[ExampleFile::new(
    "goals/evening-hours.toml",
    r##"name = "Evening hours"

[[milestones]]
name = "Survey of shift workers"
due = 2026-09-01
"##,
)]);
