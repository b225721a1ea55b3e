//! `thin-endorsement`: fewer current members support an adopted goal than `goal_endorsers` requires: that number, or
//! that share of the current members, rounded up.

use super::command::command_or;
use super::{AGREED_GOAL, Check, Context, Example, ExampleFile, Group, Run};
use crate::document::words::count_of;
use crate::finding::{CheckName, Finding, Severity};
use crate::practice::Practice;
use crate::practice::unifying_issues::{Words, attainable_threshold};
use crate::record::value::RecordId as _;
use crate::record::{AnyRecord, Member, Record};

/// The check.
pub(super) static CHECK: Check = Check {
    name: CheckName::new("thin-endorsement"),
    severity: Severity::Warning,
    group: Group::Practice(Practice::UnifyingIssues),
    policy: &["goal_endorsers"],
    run: Run::Ledger(run),
    what: "Fewer current members support an adopted goal than `goal_endorsers` requires: that number, or that share of \
        the current members, rounded up. A member supports a goal if its latest position is `support`, or if it agreed \
        to the decision that adopted the goal. That decision names the goal, was adopted, and is the last one made by \
        the date the goal was adopted.",
    why: "Officials look at who stands behind a demand. A goal that unites has the written support of several members, \
        not just the silence of the others.",
    fix: "Ask the members who have not stated a position, and log each answer with `coalition log position`, or add it \
        with its date under `[[positions]]`.",
    bad: BAD,
    good: GOOD,
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let needed = attainable_threshold(context.as_of).endorsers;
    let members = context.as_of.current_members().count();
    let words = Words::of(context.as_of);
    for goal in context.as_of.adopted_goals() {
        let endorsements = words.endorsements(goal);
        if endorsements < needed {
            let message = format!(
                "\u{201c}{}\u{201d} has the support of {endorsements} of {} (required: at least {needed})",
                goal.name(),
                count_of(members, "current member", "current members"),
            );
            // One that has said nothing yet, so that no position is replaced.
            let has_stated = |member: &Record<Member>| {
                goal.positions.iter().any(|one| one.member.as_ref().is_some_and(|id| id.as_str() == &*member.key.id))
            };
            let silent = context.as_of.current_members().find(|member| !has_stated(member));
            let member = silent.map_or_else(|| "ORGANIZATION".to_owned(), |member| member.key.id.to_string());
            let command = format!("log position {} --member {member} --option support", goal.key);
            let help = "record the answers of those who have not stated a position under `[[positions]]`";
            let help = command_or(&command, help);
            findings.push(context.absent(&CHECK, goal, message, help));
        }
    }
}

const BAD: Example = Example::of(&[ExampleFile::new(
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
)]);

const GOOD: Example = Example::of(&[ExampleFile::new("goals/evening-hours.toml", AGREED_GOAL)]);
