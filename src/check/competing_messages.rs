//! `competing-messages`: a proposed or adopted goal and its open campaigns use different messages.

use super::{AGREED_GOAL, Check, Context, Example, ExampleFile, Group, Run, finding, name_span, off_message_campaign};
use crate::document::words::{count_of, list_names};
use crate::finding::{CheckName, Finding, Severity};
use crate::practice::Practice;
use crate::practice::single_message::{MessageLine, Voices, fold_message, lines, voices};
use crate::record::{AnyRecord, Campaign, Record};
use crate::source::LedgerPath;
use std::collections::BTreeSet;

/// The check.
pub(super) static CHECK: Check = Check {
    name: CheckName::new("competing-messages"),
    severity: Severity::Warning,
    group: Group::Practice(Practice::SingleMessage),
    policy: &[],
    run: Run::Ledger(run),
    what: "A proposed or adopted goal and its open campaigns use different messages.",
    why: "Officials remember one sentence. If they hear two for the same goal, they repeat neither, and opponents \
        play one off against the other.",
    fix: "Choose one of the messages together, and use it word for word in the goal and in all of its campaigns.",
    bad: BAD,
    good: GOOD,
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let lines = lines(context.as_of);
    for voices in voices(context.as_of).into_iter().filter(|voices| voices.messages.len() > 1) {
        let quoted: Vec<String> = voices.messages.iter().map(|said| format!("\u{201c}{said}\u{201d}")).collect();
        let quoted: Vec<&str> = quoted.iter().map(String::as_str).collect();
        let messages = count_of(quoted.len(), "different message", "different messages");
        let message = format!("\u{201c}{}\u{201d} has {messages}: {}", voices.goal.name(), list_names(&quoted));
        let help = "choose one message together, and use it in the goal and in all of its campaigns";
        let span = voices.goal.message.as_ref().map_or(name_span(voices.goal), |text| text.span);
        let finding = finding(&CHECK, voices.goal, span, message, help);
        let campaigns = voices.campaigns.iter().map(|campaign| campaign.key.clone());
        let finding = campaigns.fold(finding, Finding::with_about);
        findings.push(
            strays(&lines, &voices)
                .into_iter()
                .fold(finding, |finding, path| finding.unless(off_message_campaign::CHECK.name, path, None)),
        );
    }
}

/// The files of the campaigns that stray from the message they should use, if they are the whole problem: without them, one
/// message is left.
fn strays<'l>(lines: &[MessageLine<'l>], voices: &Voices<'l>) -> Vec<&'l LedgerPath> {
    let is_voice = |line: &&MessageLine<'_>| voices.campaigns.iter().any(|campaign| campaign.key == line.campaign.key);
    let strays: Vec<_> = lines.iter().filter(is_voice).filter(|line| !line.is_kept()).collect();
    let has_strayed = |campaign: &&&Record<Campaign>| strays.iter().any(|line| line.campaign.key == campaign.key);
    let kept = voices.campaigns.iter().filter(|campaign| !has_strayed(campaign)).filter_map(|one| one.message.as_ref());
    let left: BTreeSet<String> = voices.goal.message.iter().chain(kept).map(|said| fold_message(said)).collect();
    if left.len() > 1 { Vec::new() } else { strays.into_iter().map(|line| &line.campaign.path).collect() }
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
message = "Open when people are free."  # <-- here

[measure]
unit = "evening hours a week"
baseline = 4
target = 16

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
        "campaigns/evening-call.toml",
        r##"name = "A call for evening hours"
goal = "evening-hours"
audience = ["public"]
message = "Keep the lights on."
opens = 2026-05-01
closes = 2026-06-30
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
message = "open when people are free"
opens = 2026-05-01
closes = 2026-06-30
"##,
    ),
]);
