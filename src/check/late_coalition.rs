//! `late-coalition`: most of the current members joined in the year after the latest crisis campaign opened.

use super::{AGREED_GOAL, Check, Context, Example, ExampleFile, Group, Run, finding};
use crate::document::words::count_of;
use crate::finding::{CheckName, Finding, Severity};
use crate::practice::Practice;
use crate::practice::good_times::latest_crisis;
use crate::record::AnyRecord;

/// The check.
pub(super) static CHECK: Check = Check {
    name: CheckName::new("late-coalition"),
    severity: Severity::Note,
    group: Group::Practice(Practice::GoodTimes),
    policy: &[],
    run: Run::Ledger(run),
    what: "Most of the current members joined in the year after the latest crisis campaign opened.",
    why: "Partners who meet in an emergency have to learn to trust each other in the middle of it. Those who \
        already know each other act on the first day.",
    fix: "Invite partners while nothing is at stake, and do something small together. Record each new member’s \
        `joined`; a member who joins in quiet times is there for the next crisis.",
    bad: BAD,
    good: GOOD,
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let Some(crisis) = latest_crisis(context.as_of).filter(|crisis| crisis.brought_most()) else { return };
    let Some(opens) = &crisis.campaign.opens else { return };
    let message = format!(
        "{} of {} joined in the year after \u{201c}{}\u{201d} opened on {}",
        crisis.in_its_wake,
        count_of(crisis.members, "member", "members"),
        crisis.campaign.name(),
        crisis.opened
    );
    let help = "invite partners while nothing is at stake, so that you are together when the next emergency comes";
    findings.push(finding(&CHECK, crisis.campaign, opens.span, message, help));
}

const BAD: Example = Example::of(&[
    ExampleFile::new("goals/evening-hours.toml", AGREED_GOAL),
    ExampleFile::new(
        "campaigns/evening-call.toml",
        r##"name = "A call for evening hours"
goal = "evening-hours"
audience = ["public"]
message = "Open when people are free."
crisis = true
opens = 2026-05-01  # <-- here
closes = 2026-05-31
outcome = "The board put two evenings into its draft budget."
"##,
    ),
    ExampleFile::new(
        "members/cedar-school.toml",
        r##"name = "Cedar School"
classification = "school"
joined = 2026-05-26
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
crisis = true
opens = 2026-05-01
closes = 2026-05-31
outcome = "The board put two evenings into its draft budget."
"##,
    ),
]);
