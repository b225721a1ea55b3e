//! `thin-endorsement`: a goal was adopted that fewer current members support than the policy asks for.

use super::{AGREED_GOAL, Check, Context, Example, ExampleFile, Group, Run};
use crate::document::words::{counted, form};
use crate::finding::{CheckName, Finding, Severity};
use crate::practice::Practice;
use crate::practice::unifying_issues::{Words, threshold};
use crate::record::AnyRecord;

/// The check.
pub static CHECK: Check = Check {
    name: CheckName::new("thin-endorsement"),
    severity: Severity::Warning,
    group: Group::Practice(Practice::UnifyingIssues),
    what: "A goal was adopted that fewer current members support than `goal_endorsers` asks for: that number, or that share of \
        the current members, rounded up. A member supports it whose last word by date is `support`; whoever agreed to the \
        decision that adopted the goal said so on that day. That decision names the goal, was adopted, and is the last one \
        made by the day on which the goal was adopted.",
    why: "An official counts who stands behind a demand. A goal that unites has the support of several members \
        in writing, not only the silence of the others.",
    fix: "Ask the members that have not said where they stand, and note each answer with `coalition log \
        position`, or with its date under `[[positions]]`.",
    policy: &["goal_endorsers"],
    bad: Example::of(&[ExampleFile::new(
        "goals/evening-hours.toml",
        r##"name = "Evening hours"  # <-- here
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

[[positions]]
member = "birch-library"
option = "support"
date = 2026-04-20
"##,
    )]),
    good: Example::of(&[ExampleFile::new("goals/evening-hours.toml", AGREED_GOAL)]),
    run: Run::Ledger(run),
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let needed = threshold(context.here).endorsers;
    let members = context.here.current_members().count();
    let words = Words::of(context.here);
    for goal in context.here.adopted_goals() {
        let endorsements = words.endorsements(goal);
        if endorsements < needed {
            let message = format!(
                "\u{201c}{}\u{201d} is supported by {endorsements} of {}; at least {needed} {} asked for",
                goal.name(),
                counted(members, "current member", "current members"),
                form(needed, "is", "are")
            );
            let help = "ask those that have not said where they stand, and write their answers under `[[positions]]`";
            findings.push(context.absent(&CHECK, goal, message, help));
        }
    }
}
