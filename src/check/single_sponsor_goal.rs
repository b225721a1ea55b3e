//! `single-sponsor-goal`: fewer members proposed or developed an adopted goal than the policy requires.

use super::{AGREED_GOAL, Check, Context, Example, ExampleFile, Group, Run, finding};
use crate::document::words::{count_of, list_names};
use crate::finding::{CheckName, Finding, Severity};
use crate::practice::Practice;
use crate::practice::unifying_issues::{attainable_threshold, developers};
use crate::record::AnyRecord;

/// The check.
pub(super) static CHECK: Check = Check {
    name: CheckName::new("single-sponsor-goal"),
    severity: Severity::Warning,
    group: Group::Practice(Practice::UnifyingIssues),
    policy: &["goal_developers"],
    run: Run::Ledger(run),
    what: "Fewer members proposed or developed an adopted goal than the policy requires.",
    why: "A goal that one member came up with alone stays that member’s goal. Those who helped shape it will also work \
        for it.",
    fix: "Sit down with another member who has a stake in it and go through the goal together. Then name both in \
        `developed_by`.",
    bad: BAD,
    good: GOOD,
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let needed = attainable_threshold(context.as_of).developers;
    for goal in context.as_of.adopted_goals() {
        let developers = developers(goal);
        if developers.len() >= needed {
            continue;
        }
        let names: Vec<&str> = developers.iter().map(|member| context.ledger.name_of(*member)).collect();
        let message = match names.as_slice() {
            [] => format!("\u{201c}{}\u{201d} does not say who developed it", goal.name()),
            names => format!(
                "\u{201c}{}\u{201d} was developed only by {} (required: at least {})",
                goal.name(),
                list_names(names),
                count_of(needed, "member", "members")
            ),
        };
        let help = format!(
            "go through it with another member who has a stake in it, and then run `coalition add {} developed_by \
             ORGANIZATION`",
            goal.key
        );
        let named = goal.developed_by.first().or(goal.proposed_by.first());
        findings.push(match named {
            Some(member) => finding(&CHECK, goal, member.span, message, help).because_of(&goal.path),
            None => context.absent(&CHECK, goal, message, help),
        });
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
developed_by = ["birch-library"]  # <-- here
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
