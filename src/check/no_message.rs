//! `no-message`: a goal was adopted that has no message.

use super::{AGREED_GOAL, Check, Context, Example, ExampleFile, Group, Run};
use crate::finding::{CheckName, Finding, Severity};
use crate::practice::Practice;
use crate::record::AnyRecord;

/// The check.
pub static CHECK: Check = Check {
    name: CheckName::new("no-message"),
    severity: Severity::Note,
    group: Group::Practice(Practice::SingleMessage),
    what: "A goal was adopted that has no message.",
    why: "Without a sentence that all agreed on, each member finds its own, and what is heard outside is many \
        voices.",
    fix: "Write under `message` the one short sentence that every member can repeat.",
    policy: &[],
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
    )]),
    good: Example::of(&[ExampleFile::new("goals/evening-hours.toml", AGREED_GOAL)]),
    run: Run::Ledger(run),
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for goal in context.here.adopted_goals().filter(|goal| goal.message.is_none()) {
        let message = format!("\u{201c}{}\u{201d} is adopted and has no message yet", goal.name());
        let help = "write under `message` the one short sentence that every member can repeat";
        findings.push(context.absent(&CHECK, goal, message, help));
    }
}
