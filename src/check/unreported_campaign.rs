//! `unreported-campaign`: the last day of a campaign has passed, and nobody has written down what came of it.

use super::{AGREED_GOAL, Check, Context, Example, ExampleFile, Group, Run, finding};
use crate::document::words::days;
use crate::finding::{CheckName, Finding, Severity};
use crate::practice::Practice;
use crate::practice::call_to_action::{due, is_reported};
use crate::record::AnyRecord;

/// The check.
pub static CHECK: Check = Check {
    name: CheckName::new("unreported-campaign"),
    severity: Severity::Warning,
    group: Group::Practice(Practice::CallToAction),
    what: "More than `outcome_days` have passed since the last day of a campaign, and nobody has written down what came of it.",
    why: "People who called or wrote want to know whether it helped, and the next campaign can learn from it. \
        Also what did not work is worth a sentence.",
    fix: "Write under `outcome` in a sentence or two what came of it, and thank those who took part. Figures \
        go under `reach` and `responses`.",
    policy: &["outcome_days"],
    bad: Example::of(&[
        ExampleFile::new("goals/evening-hours.toml", AGREED_GOAL),
        ExampleFile::new(
            "campaigns/evening-call.toml",
            r##"name = "A call for evening hours"
goal = "evening-hours"
audience = ["public"]
message = "Open when people are free."
opens = 2026-05-01
closes = 2026-05-15  # <-- here
"##,
        ),
    ]),
    good: Example::of(&[
        ExampleFile::new("goals/evening-hours.toml", AGREED_GOAL),
        ExampleFile::new(
            "campaigns/evening-call.toml",
            r##"name = "A call for evening hours"
goal = "evening-hours"
audience = ["public"]
message = "Open when people are free."
opens = 2026-05-01
closes = 2026-05-15
outcome = "The board put two evenings into its draft budget."
"##,
        ),
    ]),
    run: Run::Ledger(run),
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for (campaign, closes) in due(context.here).filter(|(campaign, _)| !is_reported(campaign)) {
        let ago = days(context.here.days_since(closes.value));
        let message = format!(
            "\u{201c}{}\u{201d} closed on {}, {ago} ago, and nobody says what came of it",
            campaign.name(),
            closes.value
        );
        let help = "write under `outcome` in a sentence or two what came of it";
        findings.push(finding(&CHECK, campaign, closes.span, message, help).because_of(&campaign.path));
    }
}
