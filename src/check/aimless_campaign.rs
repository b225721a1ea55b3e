//! `aimless-campaign`: a campaign does not say which goal it serves or whom it addresses.

use super::command::set_or;
use super::{AGREED_GOAL, Check, Context, Example, ExampleFile, Group, Run};
use crate::finding::{CheckName, Finding, Severity};
use crate::practice::Practice;
use crate::practice::call_to_action::lacks;
use crate::record::AnyRecord;

/// The check.
pub(super) static CHECK: Check = Check {
    name: CheckName::new("aimless-campaign"),
    severity: Severity::Warning,
    group: Group::Practice(Practice::CallToAction),
    policy: &[],
    run: Run::Ledger(run),
    what: "A campaign does not say which goal it serves or whom it addresses.",
    why: "An appeal to everyone about everything reaches no one. A campaign with one goal and one audience can ask \
        people for the one thing they can do.",
    fix: "Name the goal in `goal` and the audience in `audience`: legislators, librarians, supporters, press or \
        public.",
    bad: BAD,
    good: GOOD,
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for campaign in &context.ledger.campaigns {
        let lacks = lacks(campaign);
        if !lacks.is_empty() {
            let message = format!("\u{201c}{}\u{201d} has no {}", campaign.name(), lacks.join(" and no "));
            let fields: Vec<String> = lacks.iter().map(|field| format!("`{field}`")).collect();
            let help = set_or(context.as_of, campaign, &lacks, &format!("add {}", fields.join(" and ")));
            findings.push(context.absent(&CHECK, campaign, message, help));
        }
    }
}

const BAD: Example = Example::of(&[ExampleFile::new(
    "campaigns/evening-call.toml",
    r##"name = "A call for evening hours"  # <-- here
message = "Open when people are free."
opens = 2026-06-10
"##,
)]);

const GOOD: Example = Example::of(&[
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
]);
