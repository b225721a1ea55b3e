//! `no-deputy`: an emergency committee has nobody who stands in for the chair.

use super::committee_without_chair::unless_seats;
use super::no_emergency_committee::READY;
use super::{Check, Context, Example, ExampleFile, Group, Run};
use crate::finding::{CheckName, Finding, Severity};
use crate::practice::Practice;
use crate::practice::emergency_response::{committees, has_deputy};
use crate::practice::structure::is_deputy;
use crate::record::AnyRecord;

/// The check.
pub static CHECK: Check = Check {
    name: CheckName::new("no-deputy"),
    severity: Severity::Warning,
    group: Group::Practice(Practice::EmergencyResponse),
    what: "An emergency committee has no deputy for its chair: another person who serves, with a seat as \
        `deputy`, `vice-chair`, `deputy-chair` or `co-chair`. Where all are co-chairs, the first of them is the chair.",
    why: "An emergency does not wait until the chair is back from holiday.",
    fix: "Choose a deputy, and add a `[[seats]]` with role = \"deputy\" and the `advocate`.",
    policy: &[],
    bad: Example::of(&[ExampleFile::new(
        "committees/emergency.toml",
        r##"name = "Emergency committee"  # <-- here
purpose = "Answers within the hour when a library is about to be closed."
emergency = true
powers = "May answer the press and call the members to a hearing."
last_drill = 2026-02-21

[[seats]]
role = "chair"
advocate = "ben-okoro"
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
    )]),
    good: Example::of(&[ExampleFile::new("committees/emergency.toml", READY)]),
    run: Run::Ledger(run),
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for committee in committees(context.here).into_iter().filter(|committee| !has_deputy(context.here, committee)) {
        let message = format!("{} has nobody who stands in for the chair", committee.name());
        let help = "choose a deputy, and add `[[seats]]` with role = \"deputy\" and the advocate";
        let finding = context.absent(&CHECK, committee, message, help);
        findings.push(unless_seats(context, committee, is_deputy, finding));
    }
}
