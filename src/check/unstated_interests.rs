//! `unstated-interests`: a current member does not say what it needs for itself.

use super::command::set_or;
use super::{Change, Check, Context, Example, ExampleFile, Group, Run};
use crate::finding::{CheckName, Finding, Severity};
use crate::practice::Practice;
use crate::practice::self_interest::members_without_interests;
use crate::record::AnyRecord;

/// The check.
pub(super) static CHECK: Check = Check {
    name: CheckName::new("unstated-interests"),
    severity: Severity::Note,
    group: Group::Practice(Practice::SelfInterest),
    policy: &["note_settling_days"],
    run: Run::Ledger(run),
    what: "A current member does not say what it needs for itself.",
    why: "No one stays in a coalition only for others. If you know what each member hopes for, you can choose goals \
        that give each of them something.",
    fix: "Ask the member what would make this worth its time, and write it in a few words in `interests`. Goals \
        use the same words in `serves`.",
    bad: BAD,
    good: GOOD,
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for member in members_without_interests(context.as_of) {
        let message = format!("{} does not say what it needs for itself", member.name());
        let help = "in `interests`, say in a few words what it hopes for";
        let help = set_or(context.as_of, member, &["interests"], help);
        findings.push(context.absent(&CHECK, member, message, help));
    }
}

const BAD: Example = Example::of(&[ExampleFile::new(
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
)]);

const GOOD: Example = BAD.change(&[Change::Add {
    below: r#"backup_representative = "dana-reyes""#,
    lines: r#"interests = ["evening-hours"]"#,
}]);
