//! `unused-allow`: a record accepts a finding that does not exist.

use super::acceptance::Acceptance;
use super::{Check, Example, ExampleFile, Group, Run};
use crate::finding::{CheckName, Finding, Severity};

/// The check.
pub static CHECK: Check = Check {
    name: CheckName::new("unused-allow"),
    severity: Severity::Warning,
    group: Group::Structure,
    what: "A record accepts a finding that does not exist.",
    why: "What it once excused has been fixed or never existed. Left there, it would hide the next one.",
    fix: "Remove the `[[allow]]` entry, or put it in the record where the finding is.",
    policy: &[],
    bad: Example::of(&[ExampleFile::new(
        "members/alder-friends.toml",
        r##"name = "Friends of the Alder Library"
classification = "friends-group"
joined = 2026-05-20
representative = "ana-lopez"

[[allow]]
check = "future-date"  # <-- here
because = "the calendar was wrong"
"##,
    )]),
    good: Example::of(&[ExampleFile::new(
        "members/alder-friends.toml",
        r##"name = "Friends of the Alder Library"
classification = "friends-group"
joined = 2026-05-20
representative = "ana-lopez"

[[allow]]
check = "future-date"
because = "the visit is fixed, and noted early"

[[contacts]]
date = 2026-07-01
"##,
    )]),
    run: Run::WhileJudging,
};

/// The finding on an accepted finding that matches nothing.
pub fn finding(acceptance: &Acceptance<'_>) -> Finding {
    let message = format!("this accepts `{}`, but there is no such finding in this record", acceptance.check);
    acceptance.finding(CHECK.name, acceptance.check_span, message, "remove this [[allow]] entry")
}
