//! `unanchored-goal`: a proposed or adopted goal does not say what the community needs.

use super::command::set_or;
use super::{Check, Context, Example, ExampleFile, Group, Run};
use crate::finding::{CheckName, Finding, Severity};
use crate::practice::Practice;
use crate::practice::lost_focus::has_need;
use crate::record::AnyRecord;

/// The check.
pub(super) static CHECK: Check = Check {
    name: CheckName::new("unanchored-goal"),
    severity: Severity::Warning,
    group: Group::Practice(Practice::LostFocus),
    policy: &[],
    run: Run::Ledger(run),
    what: "A proposed or adopted goal does not say what the community needs.",
    why: "A goal that only the members want convinces no one. Strangers understand a need when the people who have it \
        put it in their own words.",
    fix: "In `community_need`, say who needs what, preferably with a figure or a quotation.",
    bad: BAD,
    good: GOOD,
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for goal in context.as_of.live_goals().filter(|goal| !has_need(goal)) {
        let message = format!("\u{201c}{}\u{201d} does not say what the community needs", goal.name());
        let help = set_or(context.as_of, goal, &["community_need"], "in `community_need`, say who needs what");
        findings.push(context.absent(&CHECK, goal, message, help));
    }
}

const BAD: Example = Example::of(&[ExampleFile::new(
    "goals/evening-hours.toml",
    r##"name = "Evening hours"  # <-- here
proposed = 2026-06-01
"##,
)]);

const GOOD: Example = Example::of(&[ExampleFile::new(
    "goals/evening-hours.toml",
    r##"name = "Evening hours"
proposed = 2026-06-01
community_need = "Shift workers cannot reach the branch before it closes."
serves = ["evening-hours"]
"##,
)]);
