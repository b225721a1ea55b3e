//! `long-message`: a message that people should repeat has more words than the policy allows: the coalition’s message,
//! that of a proposed or adopted goal, or that of an open or planned campaign.

use super::{AGREED_GOAL, Check, Context, Example, ExampleFile, Group, Run};
use crate::finding::{CheckName, Finding, Severity};
use crate::practice::Practice;
use crate::practice::single_message::{is_short, messages};

/// The check.
pub(super) static CHECK: Check = Check {
    name: CheckName::new("long-message"),
    severity: Severity::Warning,
    group: Group::Practice(Practice::SingleMessage),
    policy: &["message_words"],
    run: Run::Ledger(run),
    what: "A message has more words than the policy allows. It can be the message of the coalition, of a proposed or \
        adopted goal, or of an open or planned campaign.",
    why: "People do not repeat what they cannot say in one breath. A neighbor should be able to pass it on over \
        the fence.",
    fix: "Cut the message to what people should remember. The reasons belong in the goal’s `community_need` and in \
        conversation.",
    bad: BAD,
    good: GOOD,
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for said in messages(context.as_of).iter().filter(|said| !is_short(context.as_of, said)) {
        let limit = context.policy.message_words();
        let message = format!("the message has {} words (limit {limit})", said.words);
        let help = "cut it to what people should remember; put the reasons elsewhere";
        let finding = Finding::new(CHECK.name, &said.path, said.text.span, message, help);
        findings.push(said.record.cloned().into_iter().fold(finding, Finding::with_record));
    }
}

const BAD: Example = Example::of(&[ExampleFile::new(
    "goals/evening-hours.toml",
    r##"name = "Evening hours"
proposed = 2026-04-01
adopted = 2026-04-20
due = 2026-12-31
community_need = "Shift workers cannot reach the branch before it closes."
serves = ["evening-hours"]
proposed_by = ["birch-library"]
developed_by = ["birch-library", "alder-friends"]
message = "Open the library in the evening so that all those who work shifts can come too."  # <-- here

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
)]);

const GOOD: Example = Example::of(&[ExampleFile::new("goals/evening-hours.toml", AGREED_GOAL)]);
