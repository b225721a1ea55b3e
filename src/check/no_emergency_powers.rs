//! `no-emergency-powers`: an emergency committee does not say what it may decide on its own.

use super::command::set_or;
use super::no_emergency_committee::READY;
use super::{Check, Context, Example, ExampleFile, Group, Run};
use crate::finding::{CheckName, Finding, Severity};
use crate::practice::Practice;
use crate::practice::emergency_response::{committees, has_powers};
use crate::record::AnyRecord;

/// The check.
pub(super) static CHECK: Check = Check {
    name: CheckName::new("no-emergency-powers"),
    severity: Severity::Note,
    group: Group::Practice(Practice::EmergencyResponse),
    policy: &[],
    run: Run::Ledger(run),
    what: "An emergency committee does not say what it may decide on its own.",
    why: "In an emergency, a committee that has to ask for permission acts too late; one that acts without a mandate surprises its members.",
    fix: "Agree on what the committee may do without asking, and on what it may not, and write it in `powers`.",
    bad: BAD,
    good: GOOD,
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for committee in committees(context.as_of).into_iter().filter(|committee| !has_powers(committee)) {
        let message = format!("{} does not say what it may decide on its own", committee.name());
        let help = "in `powers`, say what it may do without asking, and what it may not";
        let help = set_or(context.as_of, committee, &["powers"], help);
        findings.push(context.absent(&CHECK, committee, message, help));
    }
}

const BAD: Example = Example::of(&[ExampleFile::new(
    "committees/emergency.toml",
    r##"name = "Emergency committee"  # <-- here
purpose = "Answers within the hour when a library is about to be closed."
emergency = true
last_drill = 2026-02-21

[[seats]]
role = "chair"
advocate = "ben-okoro"
on_behalf_of = "birch-library"
start_date = 2025-07-01
end_date = 2026-12-31

[[seats]]
role = "deputy"
advocate = "dana-reyes"
on_behalf_of = "birch-library"
start_date = 2025-07-01
end_date = 2026-12-31

[[watch]]
advocate = "ben-okoro"
days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
from = 08:00:00
to = 20:00:00

[[watch]]
advocate = "dana-reyes"
days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
from = 20:00:00
to = 08:00:00
"##,
)]);

const GOOD: Example = Example::of(&[ExampleFile::new("committees/emergency.toml", READY)]);
