//! `committee-without-chair`: a committee has nobody in the chair who serves today.

use super::{Check, Context, Example, ExampleFile, Group, Run};
use crate::finding::{CheckName, Finding, Severity};
use crate::practice::Practice;
use crate::practice::structure::has_chair;
use crate::record::AnyRecord;

/// The check.
pub static CHECK: Check = Check {
    name: CheckName::new("committee-without-chair"),
    severity: Severity::Warning,
    group: Group::Practice(Practice::Structure),
    what: "A committee has nobody in the chair who serves today.",
    why: "Without somebody in the chair nobody calls the meeting, and the committee is a list of names.",
    fix: "Choose a chair, and add a `[[seats]]` with role = \"chair\" and the `advocate`.",
    policy: &[],
    bad: Example::of(&[ExampleFile::new(
        "committees/steering.toml",
        r##"name = "Steering committee"  # <-- here
purpose = "Prepares the meetings and keeps the books."

[[seats]]
role = "secretary"
advocate = "dana-reyes"
on_behalf_of = "birch-library"
start_date = 2026-01-01
"##,
    )]),
    good: Example::of(&[ExampleFile::new(
        "committees/steering.toml",
        r##"name = "Steering committee"
purpose = "Prepares the meetings and keeps the books."

[[seats]]
role = "chair"
advocate = "ben-okoro"
on_behalf_of = "birch-library"
start_date = 2025-07-01
end_date = 2026-12-31

[[seats]]
role = "secretary"
advocate = "dana-reyes"
on_behalf_of = "birch-library"
start_date = 2026-01-01
"##,
    )]),
    run: Run::Ledger(run),
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for committee in context.ledger.committees.iter().filter(|committee| !has_chair(context.here, committee)) {
        let message = format!("{} has nobody in the chair", committee.name());
        let help = "choose a chair, and add `[[seats]]` with role = \"chair\" and the advocate";
        findings.push(context.absent(&CHECK, committee, message, help));
    }
}
