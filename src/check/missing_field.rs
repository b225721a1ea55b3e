//! `missing-field`: a record lacks a field that every record of its kind needs, or an agreement has no words to sign.

use super::{Check, Example, ExampleFile, Group, Run};
use crate::finding::{Severity, name};

/// The check.
pub static CHECK: Check = Check {
    name: name::MISSING_FIELD,
    severity: Severity::Error,
    group: Group::Structure,
    what: "A record lacks a field that every record of its kind needs, or an agreement has no words to sign.",
    why: "Reports and checks rely on it: a member without a classification is in no count.",
    fix: "Add the line that the message proposes, with your own value.",
    policy: &[],
    bad: Example::of(&[ExampleFile::new(
        "goals/evening-hours.toml",
        r##"# A goal with a step that has no name.
name = "Evening hours"

[[milestones]]  # <-- here
due = 2026-09-01
"##,
    )]),
    good: Example::of(&[ExampleFile::new(
        "goals/evening-hours.toml",
        r##"name = "Evening hours"

[[milestones]]
name = "Survey of shift workers"
due = 2026-09-01
"##,
    )]),
    run: Run::WhileReading,
};
