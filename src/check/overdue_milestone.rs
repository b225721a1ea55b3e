//! `overdue-milestone`: a milestone of a proposed or adopted goal is not done, and more than `milestone_days` have
//! passed since it was due.

use super::{AGREED_GOAL, Check, Context, Example, ExampleFile, Group, Run, finding};
use crate::document::words::{quote, shell_word};
use crate::finding::{CheckName, Finding, Severity};
use crate::practice::Practice;
use crate::practice::lost_focus::late_steps;
use crate::record::AnyRecord;

/// The check.
pub(super) static CHECK: Check = Check {
    name: CheckName::new("overdue-milestone"),
    severity: Severity::Warning,
    group: Group::Practice(Practice::LostFocus),
    policy: &["milestone_days"],
    run: Run::Ledger(run),
    what: "A milestone of a proposed or adopted goal is not done, and more than `milestone_days` have passed since it \
        was due.",
    why: "Goals are missed one milestone at a time. Someone who asks in the third month can still help; at the end \
        of the year, no one can.",
    fix: "If it is done, enter the date in `done`. Otherwise agree on a new date and enter it in `due`, or delete the \
        milestone from the goal.",
    bad: BAD,
    good: GOOD,
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for (goal, step, due) in late_steps(context.as_of) {
        let name = step.name.as_ref().map_or("a milestone", |name| name.as_str());
        let late = context.as_of.days_since(due.value);
        let limit = context.policy.milestone_days();
        let message = format!(
            "{}, a milestone of {}, is {late} days overdue (due {}, limit {limit})",
            quote(name),
            quote(goal.name()),
            due.value
        );
        let help = format!(
            "if it is done, run `coalition done {}`; otherwise agree on a new date and enter it in `due`, or delete the \
             milestone",
            shell_word(name)
        );
        findings.push(finding(&CHECK, goal, due.span, message, help).because_of(&goal.path));
    }
}

const BAD: Example = Example::of(&[ExampleFile::new(
    "goals/evening-hours.toml",
    r##"name = "Evening hours"
proposed = 2026-04-01
adopted = 2026-04-20
due = 2026-12-31
community_need = "Shift workers cannot reach the branch before it closes."
serves = ["evening-hours"]
proposed_by = ["birch-library"]
developed_by = ["birch-library", "alder-friends"]
message = "Open when people are free."

[measure]
unit = "evening hours a week"
baseline = 4
target = 16

[[milestones]]
name = "Survey of shift workers"
due = 2026-05-15  # <-- here

[[positions]]
member = "birch-library"
option = "support"
date = 2026-04-20

[[positions]]
member = "alder-friends"
option = "support"
date = 2026-05-26
"##,
)]);

const GOOD: Example = Example::of(&[ExampleFile::new("goals/evening-hours.toml", AGREED_GOAL)]);
