//! `late-goal-development`: a campaign opened before its goal was adopted.

use super::{AGREED_GOAL, Check, Context, Example, ExampleFile, Group, Run, finding};
use crate::document::words::days;
use crate::finding::{CheckName, Finding, Severity};
use crate::practice::Practice;
use crate::practice::unifying_issues::{EarlyCalls, early_calls};
use crate::record::AnyRecord;

/// The check.
pub(super) static CHECK: Check = Check {
    name: CheckName::new("late-goal-development"),
    severity: Severity::Note,
    group: Group::Practice(Practice::UnifyingIssues),
    policy: &[],
    run: Run::Ledger(run),
    what: "A campaign opened before its goal was adopted. The check looks at proposed and adopted goals. For adopted \
        goals, it reports only campaigns that opened in the last 365 days.",
    why: "People who are asked to act on a goal that members are still debating cannot explain it. \
        And members who first hear of a goal from a flyer feel passed over.",
    fix: "Agree on the goal first: work it out with the members, set `adopted`, and then open the campaign. If it \
        is too late for that, accept the finding with `[[allow]]` and a reason.",
    bad: BAD,
    good: GOOD,
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for EarlyCalls { goal, campaigns } in early_calls(context.as_of) {
        let Some((opened, campaign)) = campaigns.first() else { continue };
        let adopted = context.as_of.past(&goal.adopted);
        let agreed = match adopted {
            Some(day) => {
                let early = days((day - *opened).num_days());
                format!("{early} before \u{201c}{}\u{201d} was adopted on {day}", goal.name())
            }
            None => format!("but \u{201c}{}\u{201d} has not been adopted yet", goal.name()),
        };
        let message = format!("\u{201c}{}\u{201d} opened on {opened}, {agreed}", campaign.name());
        let help = "agree on the goal first, and open the campaign after it is adopted";
        let agreed_on = goal.adopted.as_ref().filter(|_| adopted.is_some()).or(goal.proposed.as_ref());
        let finding = match agreed_on {
            Some(date) => finding(&CHECK, goal, date.span, message, help),
            None => context.absent(&CHECK, goal, message, help),
        };
        findings
            .push(campaigns.iter().fold(finding, |finding, (_, campaign)| finding.with_about(campaign.key.clone())));
    }
}

const BAD: Example = Example::of(&[
    ExampleFile::new(
        "goals/evening-hours.toml",
        r##"name = "Evening hours"
proposed = 2026-04-01
adopted = 2026-05-20  # <-- here
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
date = 2026-05-20

[[positions]]
member = "alder-friends"
option = "support"
date = 2026-05-26
"##,
    ),
    ExampleFile::new(
        "campaigns/evening-call.toml",
        r##"name = "A call for evening hours"
goal = "evening-hours"
audience = ["public"]
message = "Open when people are free."
opens = 2026-05-01
closes = 2026-05-31
outcome = "The board put two evenings into its draft budget."
"##,
    ),
]);

const GOOD: Example = Example::of(&[
    ExampleFile::new("goals/evening-hours.toml", AGREED_GOAL),
    ExampleFile::new(
        "campaigns/evening-call.toml",
        r##"name = "A call for evening hours"
goal = "evening-hours"
audience = ["public"]
message = "Open when people are free."
opens = 2026-05-01
closes = 2026-05-31
outcome = "The board put two evenings into its draft budget."
"##,
    ),
]);
