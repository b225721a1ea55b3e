//! `no-backup-representative`: a current member does not have two different current people, a representative and a
//! backup.

use super::command::set_or;
use super::{Change, Check, Context, Example, ExampleFile, Group, Run, finding};
use crate::finding::{CheckName, Finding, Severity};
use crate::practice::{Practice, representation};
use crate::record::AnyRecord;

/// The check.
pub(super) static CHECK: Check = Check {
    name: CheckName::new("no-backup-representative"),
    severity: Severity::Warning,
    group: Group::Practice(Practice::OpenCommunication),
    policy: &["settling_days"],
    run: Run::Ledger(run),
    what: "A current member does not have two different current people as its representative and its backup. The check \
        skips members of the classification `individual`, those who joined at most `settling_days` ago, and those with \
        no one to name besides a current representative.",
    why: "When the one person who knows the coalition gets sick or changes jobs, the member goes silent and loses its \
        vote. A second person costs nothing.",
    fix: "Ask the member whom to call when its representative is away, and enter that person’s id in \
        `backup_representative`.",
    bad: BAD,
    good: GOOD,
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for member in representation::members_to_represent(context.as_of) {
        let Some(gap) = representation::gap(context.as_of, member) else { continue };
        let message = format!("{} {}", member.name(), gap.problem);
        let help = "name two current people, one in `representative` and one in `backup_representative`";
        let lacking: Vec<&str> = [
            ("representative", member.representative.is_none()),
            ("backup_representative", member.backup_representative.is_none()),
        ]
        .into_iter()
        .filter_map(|(field, is_lacking)| is_lacking.then_some(field))
        .collect();
        let help = if lacking.is_empty() { help.to_owned() } else { set_or(context.as_of, member, &lacking, help) };
        findings.push(match gap.span {
            Some(span) => finding(&CHECK, member, span, message, help),
            None => context.absent(&CHECK, member, message, help),
        });
    }
}

const BAD: Example = Example::of(&[ExampleFile::new(
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
)]);

const GOOD: Example = BAD.change(&[Change::Add {
    below: r#"representative = "ben-okoro""#,
    lines: r#"backup_representative = "dana-reyes""#,
}]);
