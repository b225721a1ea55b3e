//! `no-backup-representative`: a member has nobody who stands in for its representative.

use super::{Check, Context, Example, ExampleFile, Group, Run, finding};
use crate::finding::{CheckName, Finding, Severity};
use crate::practice::{Practice, representation};
use crate::record::AnyRecord;

/// The check.
pub static CHECK: Check = Check {
    name: CheckName::new("no-backup-representative"),
    severity: Severity::Warning,
    group: Group::Practice(Practice::OpenCommunication),
    what: "A current member does not have two different people who serve, one to represent it and one to stand in. Not asked \
        are members of the classification `individual`, those that joined at most `settling_days` ago, and those where nobody \
        else is there: a representative who serves is named, and no other advocate of that member serves.",
    why: "When the one person who knows what the coalition is about falls ill or changes jobs, the member falls silent, and \
        its vote with it. A second person costs nothing.",
    fix: "Ask the member whom to call when its representative is away, and name that advocate under `backup_representative`.",
    policy: &["settling_days"],
    bad: Example::of(&[ExampleFile::new(
        "members/birch-library.toml",
        r##"name = "Birch Public Library"  # <-- here
classification = "library"
joined = 2025-01-15
representative = "ben-okoro"
interests = ["evening-hours"]

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
    for member in representation::represented(context.here) {
        let Some(gap) = representation::gap(context.here, member) else { continue };
        let message = format!("{} {}", member.name(), gap.problem);
        let help = "name two people who serve, one under `representative`, one under `backup_representative`";
        findings.push(match gap.span {
            Some(span) => finding(&CHECK, member, span, message, help),
            None => context.absent(&CHECK, member, message, help),
        });
    }
}
