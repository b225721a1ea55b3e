//! `dates-out-of-order`: two dates of a record contradict each other: a member that left before it joined, a term that ends before it begins.

use super::{Check, Example, ExampleFile, Group, Run};
use crate::finding::{Severity, name};

/// The check.
pub static CHECK: Check = Check {
    name: name::DATES_OUT_OF_ORDER,
    severity: Severity::Error,
    group: Group::Structure,
    what: "Two dates of a record contradict each other: a member that left before it joined, a term that ends \
        before it begins.",
    why: "Stages and terms follow from dates, so one wrong year makes a member vanish from the gate.",
    fix: "Correct the date that is wrong.",
    policy: &[],
    bad: Example::of(&[ExampleFile::new(
        "advocates/cleo-park.toml",
        r##"name = "Cleo Park"
start_date = 2026-06-01
end_date = 2026-05-31  # <-- here
"##,
    )]),
    good: Example::of(&[ExampleFile::new(
        "advocates/cleo-park.toml",
        r##"name = "Cleo Park"
start_date = 2026-06-01
end_date = 2027-05-31
"##,
    )]),
    run: Run::WhileReading,
};
