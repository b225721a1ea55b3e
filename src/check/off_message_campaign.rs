//! `off-message-campaign`: a campaign that is open or still to come says something else than its goal or, where the goal has no message or there is no goal, than the coalition.

use super::{AGREED_GOAL, Check, Context, Example, ExampleFile, Group, Run, finding};
use crate::finding::{CheckName, Finding, Severity};
use crate::practice::Practice;
use crate::practice::single_message::lines;
use crate::record::AnyRecord;

/// The check.
pub static CHECK: Check = Check {
    name: CheckName::new("off-message-campaign"),
    severity: Severity::Warning,
    group: Group::Practice(Practice::SingleMessage),
    what: "A campaign that is open or still to come says something else than its goal or, where the goal has no \
        message or there is no goal, than the coalition.",
    why: "A message works by being heard again and again from different people. A campaign with a sentence of \
        its own begins from nothing.",
    fix: "Give the campaign the message of its goal, or change the goal’s message if the campaign found the \
        better words.",
    policy: &[],
    bad: Example::of(&[
        ExampleFile::new("goals/evening-hours.toml", AGREED_GOAL),
        ExampleFile::new(
            "campaigns/evening-call.toml",
            r##"name = "A call for evening hours"
goal = "evening-hours"
audience = ["public"]
message = "Keep the lights on."  # <-- here
opens = 2026-05-01
closes = 2026-06-30
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
message = "open when people are free"
opens = 2026-05-01
closes = 2026-06-30
"##,
        ),
    ]),
    run: Run::Ledger(run),
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for line in lines(context.here).into_iter().filter(|line| !line.is_kept()) {
        let whose = line.goal.map_or("the coalition".to_owned(), |goal| format!("\u{201c}{}\u{201d}", goal.name()));
        let message = format!(
            "\u{201c}{}\u{201d} says \u{201c}{}\u{201d}, and the message of {whose} is \u{201c}{}\u{201d}",
            line.campaign.name(),
            line.says.value,
            line.should_say
        );
        let help = "say the same in both, in the words that were found to be better";
        let finding = finding(&CHECK, line.campaign, line.says.span, message, help);
        findings.push(match line.goal {
            Some(goal) => finding.with_about(goal.key.clone()),
            None => finding,
        });
    }
}
