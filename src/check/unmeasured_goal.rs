//! `unmeasured-goal`: an adopted goal does not say how to measure progress, or how far it should go.

use super::command::set_or;
use super::{AGREED_GOAL, Check, Context, Example, ExampleFile, Group, Run, finding};
use crate::finding::{CheckName, Finding, Severity};
use crate::practice::Practice;
use crate::practice::lost_focus::{MissingMeasure, missing_measure};
use crate::record::AnyRecord;

/// The check.
pub(super) static CHECK: Check = Check {
    name: CheckName::new("unmeasured-goal"),
    severity: Severity::Note,
    group: Group::Practice(Practice::LostFocus),
    policy: &[],
    run: Run::Ledger(run),
    what: "An adopted goal does not say how to measure progress, or has no target.",
    why: "People talk about what they measure. A figure shows them that their work makes a difference, or shows in \
        time that it does not.",
    fix: "Agree on one figure you can actually count. Write its `unit`, the `baseline` at the start and the `target` \
        under `[measure]`.",
    bad: BAD,
    good: GOOD,
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for goal in context.as_of.adopted_goals() {
        let name = goal.name();
        findings.extend(missing_measure(goal).map(|lacking| match lacking {
            MissingMeasure::NoMeasure => {
                let message = format!("\u{201c}{name}\u{201d} does not say how to measure progress");
                let help = "write the `unit`, `baseline` and `target` of one figure under `[measure]`";
                let help = set_or(context.as_of, goal, &["measure.unit", "measure.baseline", "measure.target"], help);
                context.absent(&CHECK, goal, message, help)
            }
            MissingMeasure::NoTarget(measure) => {
                let message = format!("the measure of \u{201c}{name}\u{201d} has no target");
                let help = set_or(context.as_of, goal, &["measure.target"], "enter the figure to reach in `target`");
                finding(&CHECK, goal, measure.span, message, help).because_of(&goal.path)
            }
        }));
    }
}

const BAD: Example = Example::of(&[
    ExampleFile::new(
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

[measure]  # <-- here
unit = "evening hours a week"
baseline = 4

[[positions]]
member = "birch-library"
option = "support"
date = 2026-04-20

[[positions]]
member = "alder-friends"
option = "support"
date = 2026-05-26
"##,
    ),
    ExampleFile::new(
        "goals/children.toml",
        r##"name = "A room for children"  # <-- here
adopted = 2026-05-01
"##,
    ),
]);

const GOOD: Example = Example::of(&[ExampleFile::new("goals/evening-hours.toml", AGREED_GOAL)]);
