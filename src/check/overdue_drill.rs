//! `overdue-drill`: an emergency committee has not held a drill within the number of days that `drill_days` sets.

use super::no_emergency_committee::READY;
use super::{Check, Context, Example, ExampleFile, Group, Run, finding};
use crate::finding::{CheckName, Finding, Severity};
use crate::practice::Practice;
use crate::practice::emergency_response::{Drill, committees};
use crate::practice::wait::Wait;
use crate::record::AnyRecord;

/// The check.
pub(super) static CHECK: Check = Check {
    name: CheckName::new("overdue-drill"),
    severity: Severity::Warning,
    group: Group::Practice(Practice::EmergencyResponse),
    policy: &["drill_days"],
    run: Run::Ledger(run),
    what: "An emergency committee has not held a drill in the last `drill_days` days. If it has never held one, \
        counting starts on the committee’s `start_date` or, without one, on the founding date. It never starts before \
        the founding.",
    why: "Phone numbers change, and so do the people who answer. An hour’s drill finds out before it matters.",
    fix: "Call everyone on the list one evening and see who answers. Then log the drill with `coalition log drill`, or \
        set `last_drill`.",
    bad: BAD,
    good: GOOD,
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let (as_of, limit) = (context.as_of, context.policy.drill_days());
    for committee in committees(as_of) {
        let drill = Drill::of(as_of, committee);
        if !drill.is_overdue(as_of) {
            continue;
        }
        let name = committee.name();
        let help = format!(
            "call everyone on the list one evening, and log it with `coalition log drill {}`",
            committee.key.id
        );
        findings.push(match (drill.last, &committee.last_drill) {
            (Some(last), Some(place)) => {
                let message = format!("{name} has not held a drill {}", Wait::new(as_of, last, limit).words());
                finding(&CHECK, committee, place.span, message, help)
            }
            _ => {
                let wait = drill.since.map(|since| Wait::new(as_of, since, limit).words_since());
                let message = format!("{name} has not held a drill {}", wait.unwrap_or_default());
                context.absent(&CHECK, committee, message, help)
            }
        });
    }
}

const BAD: Example = Example::of(&[ExampleFile::new(
    "committees/emergency.toml",
    r##"name = "Emergency committee"
purpose = "Answers within the hour when a library is about to be closed."
emergency = true
powers = "May answer the press and call the members to a hearing."
last_drill = 2025-03-01  # <-- here

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
