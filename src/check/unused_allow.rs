//! `unused-allow`: a record accepts a finding that does not exist.

use super::acceptance::Acceptance;
use super::{Check, Example, ExampleFile, Group, Run};
use crate::finding::{CheckName, Finding, Severity};

/// The check.
pub(super) static CHECK: Check = Check {
    name: CheckName::new("unused-allow"),
    severity: Severity::Warning,
    group: Group::Structure,
    policy: &[],
    run: Run::WhileJudging,
    what: "A record accepts a finding that does not exist.",
    why: "Someone fixed that problem, or it never existed. If the exception stays, it hides the next problem.",
    fix: "Delete the `[[allow]]` entry, or move it to the record that has the finding.",
    bad: BAD,
    good: GOOD,
};

/// The finding on an exception that matches nothing.
pub(super) fn finding(acceptance: &Acceptance<'_>) -> Finding {
    let message = format!("this entry accepts `{}`, but the record has no such finding", acceptance.check);
    acceptance.finding(CHECK.name, acceptance.check_span, message, "delete this [[allow]] entry")
}

const BAD: Example = Example::of(&[ExampleFile::new(
    "members/alder-friends.toml",
    r##"name = "Friends of the Alder Library"
classification = "friends-group"
joined = 2026-05-20
representative = "ana-lopez"

[[allow]]
check = "future-date"  # <-- here
because = "the calendar was wrong"
"##,
)]);

const GOOD: Example = Example::of(&[ExampleFile::new(
    "members/alder-friends.toml",
    r##"name = "Friends of the Alder Library"
classification = "friends-group"
joined = 2026-05-20
representative = "ana-lopez"

[[allow]]
check = "future-date"
because = "the visit is planned, and logged early"

[[contacts]]
date = 2026-07-01
"##,
)]);
