//! `wrong-type`: a value has a different type from its field: text where a date belongs, or one word where a list
//! belongs.

use super::{Check, Example, ExampleFile, Group, Run};
use crate::finding::{Severity, name};

/// The check.
pub(super) static CHECK: Check = Check {
    name: name::WRONG_TYPE,
    severity: Severity::Error,
    group: Group::Structure,
    policy: &[],
    run: Run::WhileReading,
    what: "A value has a different type from its field: text where a date belongs, or one word where a list \
        belongs.",
    why: "A date in quotes is text, and the program cannot compare text with dates. The record would be missing from \
        every deadline.",
    fix: "Write the value as the message shows: dates and numbers without quotes, text with them, lists in \
        brackets.",
    bad: BAD,
    good: GOOD,
};

const BAD: Example = Example::of(&[ExampleFile::new(
    "members/alder-friends.toml",
    r##"name = "Friends of the Alder Library"
classification = "friends-group"
joined = "2026-05-20"  # <-- here
representative = "ana-lopez"
signatories = "ana-lopez"  # <-- here

[process]
lead_days = "21"  # <-- here
"##,
)]);

const GOOD: Example = Example::of(&[ExampleFile::new(
    "members/alder-friends.toml",
    r##"name = "Friends of the Alder Library"
classification = "friends-group"
joined = 2026-05-20
representative = "ana-lopez"
signatories = ["ana-lopez"]

[process]
lead_days = 21
"##,
)]);
