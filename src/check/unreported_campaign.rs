//! `unreported-campaign`: a campaign closed more than `outcome_days` ago, and no one has recorded what came of it.

use super::command::set_or;
use super::{AGREED_GOAL, Change, Check, Context, Example, ExampleFile, Group, Run, finding};
use crate::document::words::days;
use crate::finding::{CheckName, Finding, Severity};
use crate::practice::Practice;
use crate::practice::call_to_action::{due, is_reported};
use crate::record::AnyRecord;

/// The check.
pub(super) static CHECK: Check = Check {
    name: CheckName::new("unreported-campaign"),
    severity: Severity::Warning,
    group: Group::Practice(Practice::CallToAction),
    policy: &["outcome_days"],
    run: Run::Ledger(run),
    what: "A campaign closed more than `outcome_days` ago, and no one has recorded what came of it.",
    why: "People who called or wrote want to know whether it helped, and the next campaign can learn from it. A \
        failure is worth a sentence too.",
    fix: "Say in `outcome`, in a sentence or two, what came of it, and thank those who took part. Put figures in \
        `reach` and `responses`.",
    bad: BAD,
    good: GOOD,
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for (campaign, closes) in due(context.as_of).filter(|(campaign, _)| !is_reported(campaign)) {
        let ago = days(context.as_of.days_since(closes.value));
        let message = format!(
            "\u{201c}{}\u{201d} closed on {}, {ago} ago, and no one has recorded what came of it",
            campaign.name(),
            closes.value
        );
        let help = "in `outcome`, say in a sentence or two what came of it";
        let help = set_or(context.as_of, campaign, &["outcome"], help);
        findings.push(finding(&CHECK, campaign, closes.span, message, help).because_of(&campaign.path));
    }
}

const BAD: Example = Example::of(&[
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
]);

const GOOD: Example = BAD.change(&[Change::Add {
    below: "closes = 2026-05-15",
    lines: r#"outcome = "The board put two evenings into its draft budget.""#,
}]);
