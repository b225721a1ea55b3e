//! `aimless-campaign`: a campaign does not say which goal it serves, or whom it calls.

use super::{AGREED_GOAL, Check, Context, Example, ExampleFile, Group, Run};
use crate::finding::{CheckName, Finding, Severity};
use crate::practice::Practice;
use crate::practice::call_to_action::lacks;
use crate::record::AnyRecord;

/// The check.
pub static CHECK: Check = Check {
    name: CheckName::new("aimless-campaign"),
    severity: Severity::Warning,
    group: Group::Practice(Practice::CallToAction),
    what: "A campaign does not say which goal it serves, or whom it calls.",
    why: "A call to everyone for everything reaches nobody. Who knows what is asked, and of whom, can say the \
        one thing that this person can do.",
    fix: "Name the goal under `goal`, and under `audience` those who are called: legislators, librarians, \
        supporters, press, public.",
    policy: &[],
    bad: Example::of(&[ExampleFile::new(
        "campaigns/evening-call.toml",
        r##"name = "A call for evening hours"  # <-- here
message = "Open when people are free."
opens = 2026-06-10
"##,
    )]),
    good: Example::of(&[
        ExampleFile::new("goals/evening-hours.toml", AGREED_GOAL),
        ExampleFile::new(
            "campaigns/evening-call.toml",
            r##"name = "A call for evening hours"
goal = "evening-hours"
audience = ["public"]
message = "open when people are free"
opens = 2026-05-01
closes = 2026-06-30
"##,
        ),
    ]),
    run: Run::Ledger(run),
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for campaign in &context.ledger.campaigns {
        let lacks = lacks(campaign);
        if !lacks.is_empty() {
            let message = format!("\u{201c}{}\u{201d} has no {}", campaign.name(), lacks.join(" and no "));
            let fields: Vec<String> = lacks.iter().map(|field| format!("`{field}`")).collect();
            let help = format!("say it under {}", fields.join(" and "));
            findings.push(context.absent(&CHECK, campaign, message, help));
        }
    }
}
