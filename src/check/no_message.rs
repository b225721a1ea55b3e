//! `no-message`: an adopted goal has no message.

use super::command::set_or;
use super::{AGREED_GOAL, Check, Context, Example, ExampleFile, Group, Run};
use crate::finding::{CheckName, Finding, Severity};
use crate::practice::Practice;
use crate::record::AnyRecord;

/// The check.
pub(super) static CHECK: Check = Check {
    name: CheckName::new("no-message"),
    severity: Severity::Note,
    group: Group::Practice(Practice::SingleMessage),
    policy: &[],
    run: Run::Ledger(run),
    what: "An adopted goal has no message.",
    why: "Without a sentence that everyone agreed on, each member makes up its own, and outsiders hear many \
        voices.",
    fix: "In `message`, write the one short sentence that every member can repeat.",
    bad: BAD,
    good: GOOD,
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for goal in context.as_of.adopted_goals().filter(|goal| goal.message.is_none()) {
        let message = format!("\u{201c}{}\u{201d} has been adopted but has no message", goal.name());
        let help = "in `message`, write the one short sentence that every member can repeat";
        let help = set_or(context.as_of, goal, &["message"], help);
        findings.push(context.absent(&CHECK, goal, message, help));
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
