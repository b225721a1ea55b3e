//! `unstated-interests`: a current member does not say what it needs for itself.

use super::{Check, Context, Example, ExampleFile, Group, Run};
use crate::finding::{CheckName, Finding, Severity};
use crate::practice::Practice;
use crate::practice::self_interest::unstated;
use crate::record::AnyRecord;

/// The check.
pub static CHECK: Check = Check {
    name: CheckName::new("unstated-interests"),
    severity: Severity::Note,
    group: Group::Practice(Practice::SelfInterest),
    what: "A current member does not say what it needs for itself.",
    why: "Nobody stays in a coalition for the others’ sake alone. Who knows what each member hopes for can \
        choose goals from which each takes something home.",
    fix: "Ask the member what would make this worth its time, and write it in a few words under `interests`. \
        Goals use the same words under `serves`.",
    policy: &["note_settling_days"],
    bad: Example::of(&[ExampleFile::new(
        "members/birch-library.toml",
        r##"name = "Birch Public Library"  # <-- here
classification = "library"
joined = 2025-01-15
representative = "ben-okoro"
backup_representative = "dana-reyes"

[process]
approver = "the director"
lead_days = 14
"##,
    )]),
    good: Example::of(&[ExampleFile::new(
        "members/birch-library.toml",
        r##"name = "Birch Public Library"
classification = "library"
joined = 2025-01-15
representative = "ben-okoro"
backup_representative = "dana-reyes"
interests = ["evening-hours"]

[process]
approver = "the director"
lead_days = 14
"##,
    )]),
    run: Run::Ledger(run),
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for member in unstated(context.here) {
        let message = format!("{} does not say what it needs for itself", member.name());
        let help = "ask it what it hopes for, and write that in a word or two under `interests`";
        findings.push(context.absent(&CHECK, member, message, help));
    }
}
