//! `expired-allow`: a record accepts a finding until a date that has passed.

use super::acceptance::Acceptance;
use super::{Check, Example, ExampleFile, Group, Run};
use crate::finding::{CheckName, Finding, Severity};

/// The check.
pub static CHECK: Check = Check {
    name: CheckName::new("expired-allow"),
    severity: Severity::Error,
    group: Group::Structure,
    what: "A record accepts a finding until a date that has passed.",
    why: "The exception was good until a date that has passed. The finding itself is reported again too.",
    fix: "Fix the problem and delete the exception, or agree on a later `until` and a reason that still holds.",
    policy: &[],
    bad: Example::of(&[ExampleFile::new(
        "members/alder-friends.toml",
        r##"name = "Friends of the Alder Library"
classification = "friends-group"
joined = 2026-05-20
representative = "ana-lopez"

[[allow]]
check = "future-date"
because = "the visit is fixed, and noted early"
until = 2026-05-31  # <-- here
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
until = 2026-12-31

[[contacts]]
date = 2026-07-01
"##,
    )]),
    run: Run::WhileJudging,
};

/// The finding that the time of an acceptance has passed.
pub fn finding(acceptance: &Acceptance<'_>) -> Finding {
    let message = format!("this exception for `{}` has expired", acceptance.check);
    let help = "fix the problem and delete the exception, or set a later `until`";
    acceptance.finding(CHECK.name, acceptance.until_span, message, help)
}
