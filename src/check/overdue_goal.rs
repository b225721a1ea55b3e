//! `overdue-goal`: a proposed or adopted goal was due on a day that has passed.

use super::{AGREED_GOAL, Check, Context, Example, ExampleFile, Group, Run, finding};
use crate::document::words::days;
use crate::finding::{CheckName, Finding, Severity};
use crate::practice::Practice;
use crate::practice::lost_focus::overdue;
use crate::record::AnyRecord;

/// The check.
pub(super) static CHECK: Check = Check {
    name: CheckName::new("overdue-goal"),
    severity: Severity::Warning,
    group: Group::Practice(Practice::LostFocus),
    policy: &[],
    run: Run::Ledger(run),
    what: "A proposed or adopted goal is past its due date.",
    why: "A date that passes in silence teaches everyone that dates do not matter. Say whether the goal was reached, \
        postponed or dropped.",
    fix: "If it was reached, enter the date in `met`. Otherwise agree on a new date with those who lead it and enter \
        it in `due`, or drop the goal: set `dropped` and give a reason.",
    bad: BAD,
    good: GOOD,
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for goal in context.as_of.live_goals() {
        let Some(due) = overdue(goal, context.today) else { continue };
        let ago = days(context.as_of.days_since(due.value));
        let message = format!("\u{201c}{}\u{201d} was due on {}, {ago} ago", goal.name(), due.value);
        let help = format!(
            "if it was reached, run `coalition set {} met=today`; otherwise agree on a new date and enter it in `due`, or \
             set `dropped` and give a reason",
            goal.key
        );
        findings.push(finding(&CHECK, goal, due.span, message, help).because_of(&goal.path));
    }
}

const BAD: Example = Example::of(&[ExampleFile::new(
    "goals/evening-hours.toml",
    r##"name = "Evening hours"
proposed = 2026-04-01
adopted = 2026-04-20
due = 2026-06-01  # <-- here
community_need = "Shift workers cannot reach the branch before it closes."
serves = ["evening-hours"]
proposed_by = ["birch-library"]
developed_by = ["birch-library", "alder-friends"]
message = "Open when people are free."

[measure]
unit = "evening hours a week"
baseline = 4
target = 16

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
