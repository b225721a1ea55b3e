//! `off-message-campaign`: an open or planned campaign uses a message other than its goal’s or, if it has no goal or
//! the goal has no message, other than the coalition’s.

use super::{AGREED_GOAL, Change, Check, Context, Example, ExampleFile, Group, Run, finding};
use crate::finding::{CheckName, Finding, Severity};
use crate::practice::Practice;
use crate::practice::single_message::lines;
use crate::record::AnyRecord;

/// The check.
pub(super) static CHECK: Check = Check {
    name: CheckName::new("off-message-campaign"),
    severity: Severity::Warning,
    group: Group::Practice(Practice::SingleMessage),
    policy: &[],
    run: Run::Ledger(run),
    what: "An open or planned campaign does not use its goal’s message (or, if its goal has none, the \
        coalition’s).",
    why: "A message works when people hear it again and again from different voices. A campaign with its own slogan starts from scratch.",
    fix: "Give the campaign the message of its goal, or, if the campaign’s message is better, change the goal’s.",
    bad: BAD,
    good: GOOD,
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for line in lines(context.as_of).into_iter().filter(|line| !line.is_kept()) {
        let whose = line.goal.map_or("the coalition".to_owned(), |goal| format!("\u{201c}{}\u{201d}", goal.name()));
        let message = format!(
            "\u{201c}{}\u{201d} says \u{201c}{}\u{201d}, but the message of {whose} is \u{201c}{}\u{201d}",
            line.campaign.name(),
            line.says.value,
            line.should_say
        );
        let help = "use the same message in both, whichever is better";
        let finding = finding(&CHECK, line.campaign, line.says.span, message, help);
        findings.push(match line.goal {
            Some(goal) => finding.with_about(goal.key.clone()),
            None => finding,
        });
    }
}

const BAD: Example = Example::of(&[
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
]);

const GOOD: Example =
    BAD.change(&[Change::Replace(r#"message = "Keep the lights on.""#, r#"message = "open when people are free""#)]);
