//! `expired-allow`: an exception has expired: a record accepts a finding until a date that has passed.

use super::acceptance::Acceptance;
use super::{Check, Example, ExampleFile, Group, Run};
use crate::finding::{CheckName, Finding, Severity};

/// The check.
pub(super) static CHECK: Check = Check {
    name: CheckName::new("expired-allow"),
    severity: Severity::Error,
    group: Group::Structure,
    policy: &[],
    run: Run::WhileJudging,
    what: "An exception has expired: a record accepts a finding until a date that has passed.",
    why: "The exception no longer applies, so the check reports the finding again.",
    fix: "Fix the problem and delete the exception, or agree on a later `until` and a reason that still holds.",
    bad: BAD,
    good: GOOD,
};

/// The finding on an exception that has expired.
pub(super) fn finding(acceptance: &Acceptance<'_>) -> Finding {
    let message = format!("this exception for `{}` has expired", acceptance.check);
    let help = "fix the problem and delete the exception, or set a later `until`";
    acceptance.finding(CHECK.name, acceptance.until_span, message, help)
}

const BAD: Example = Example::of(&[ExampleFile::new(
    "members/alder-friends.toml",
    r##"name = "Friends of the Alder Library"
classification = "friends-group"
joined = 2026-05-20
representative = "ana-lopez"

[[allow]]
check = "future-date"
because = "the visit is planned, and logged early"
until = 2026-05-31  # <-- here
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
until = 2026-12-31

[[contacts]]
date = 2026-07-01
"##,
)]);
