//! `wrong-type`: a value is of another type than its field: text where a date belongs, one word where a list belongs.

use super::{Check, Example, ExampleFile, Group, Run};
use crate::finding::{Severity, name};

/// The check.
pub static CHECK: Check = Check {
    name: name::WRONG_TYPE,
    severity: Severity::Error,
    group: Group::Structure,
    what: "A value is of another type than its field: text where a date belongs, one word where a list belongs.",
    why: "A date in quotes is text, and text is not compared with other dates; the record would be left out of \
        every deadline.",
    fix: "Write the value as the message shows: dates and numbers without quotes, text with them, lists in \
        brackets.",
    policy: &[],
    bad: Example::of(&[ExampleFile::new(
        "members/alder-friends.toml",
        r##"name = "Friends of the Alder Library"
classification = "friends-group"
joined = "2026-05-20"  # <-- here
representative = "ana-lopez"
signatories = "ana-lopez"  # <-- here

[process]
lead_days = "21"  # <-- here
"##,
    )]),
    good: Example::of(&[ExampleFile::new(
        "members/alder-friends.toml",
        r##"name = "Friends of the Alder Library"
classification = "friends-group"
joined = 2026-05-20
representative = "ana-lopez"
signatories = ["ana-lopez"]

[process]
lead_days = 21
"##,
    )]),
    run: Run::WhileReading,
};
