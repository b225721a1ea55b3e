//! `no-deputy`: an emergency committee has no deputy for its chair: another current person, with a seat as
//! `deputy`, `vice-chair`, `deputy-chair` or `co-chair`.

use super::command::{command_or, person};
use super::committee_without_chair::unless_seats;
use super::no_emergency_committee::READY;
use super::{Check, Context, Example, ExampleFile, Group, Run};
use crate::finding::{CheckName, Finding, Severity};
use crate::practice::Practice;
use crate::practice::emergency_response::{committees, has_deputy};
use crate::practice::structure::is_deputy;
use crate::record::AnyRecord;

/// The check.
pub(super) static CHECK: Check = Check {
    name: CheckName::new("no-deputy"),
    severity: Severity::Warning,
    group: Group::Practice(Practice::EmergencyResponse),
    policy: &[],
    run: Run::Ledger(run),
    what: "An emergency committee has no deputy for its chair. A deputy is another current person with a seat as \
        `deputy`, `vice-chair`, `deputy-chair` or `co-chair`. If all are co-chairs, the first one counts as the chair.",
    why: "An emergency does not wait until the chair is back from vacation.",
    fix: "Choose a deputy, and add a `[[seats]]` entry with role = \"deputy\" and the `advocate`.",
    bad: BAD,
    good: GOOD,
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for committee in committees(context.as_of).into_iter().filter(|committee| !has_deputy(context.as_of, committee)) {
        let message = format!("{} has no deputy for its chair", committee.name());
        let command = format!("add {} seats role=deputy advocate={}", committee.key, person(context.as_of));
        let help = command_or(&command, "add `[[seats]]` with role = \"deputy\" and `advocate`");
        let finding = context.absent(&CHECK, committee, message, help);
        findings.push(unless_seats(context, committee, is_deputy, finding));
    }
}

const BAD: Example = Example::of(&[ExampleFile::new(
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
)]);

const GOOD: Example = Example::of(&[ExampleFile::new("committees/emergency.toml", READY)]);
