//! `unanswered-objection`: a decision was made, and an objection or a block has no recorded answer; or a goal was
//! adopted that a member opposes, without one.

use super::command::command_or;
use super::{Change, Check, Context, Example, ExampleFile, Group, Run, false_consensus};
use crate::finding::{CheckName, Finding, Severity};
use crate::practice::Practice;
use crate::practice::decision_structure::{claims_consensus, decisions_made};
use crate::practice::diversity::objections;
use crate::record::value::{MemberId, RecordId};
use std::collections::{HashMap, HashSet};

/// The check.
pub(super) static CHECK: Check = Check {
    name: CheckName::new("unanswered-objection"),
    severity: Severity::Warning,
    group: Group::Practice(Practice::Diversity),
    policy: &[],
    run: Run::Ledger(run),
    what: "Members made a decision or adopted a goal, and someone’s objection, block or opposition has no recorded \
        answer. If a member has several positions, the check looks at the latest. Former members need no answer. \
        Neither do decisions that were rejected, deferred or replaced, or goals that were reached or dropped.",
    why: "Members who lose a vote stay if others listened to them. An objection without an answer comes back as a \
        letter to the newspaper.",
    fix: "Say in `accommodation` what you changed or promised in response. If you changed nothing, say why.",
    bad: BAD,
    good: GOOD,
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let open = objections(context.as_of).into_iter().filter(|objection| objection.accommodation.is_none());
    let consensus = find_overridden_blocks(context);
    for objection in open {
        let member = context.ledger.name_of(objection.member);
        let preposition = if objection.option == "object" { " to" } else { "" };
        let made = if objection.option == "oppose" { "adopted" } else { "decided" };
        let message = format!(
            "{member} {}{preposition} \u{201c}{}\u{201d}, which was {made}; no one has recorded an answer",
            objection.stance, objection.about
        );
        let command = format!("log position {} {} --accommodation \"…\"", objection.key, objection.member.key().id);
        let help = "in `accommodation`, say what you changed or promised in response, or why you changed nothing";
        let help = command_or(&command, help);
        let finding = Finding::new(CHECK.name, objection.path, objection.span, message, help);
        let finding = finding.with_record(objection.key.clone()).with_about(objection.member.key());
        let is_consensus = objection.option == "block"
            && consensus.get(&*objection.key.id).is_some_and(|blocked| blocked.contains(objection.member));
        let narrower = false_consensus::CHECK.name;
        findings.push(if is_consensus { finding.unless(narrower, objection.path, None) } else { finding });
    }
}

/// By decision, the members that blocked although the decision is recorded as a consensus.
fn find_overridden_blocks<'l>(context: &Context<'l>) -> HashMap<&'l str, HashSet<&'l MemberId>> {
    let consensus = decisions_made(context.as_of).filter(|hearing| claims_consensus(context.as_of, hearing));
    let members = consensus.map(|hearing| {
        let blocks = hearing.unanswered_blocks();
        (&*hearing.decision.key.id, blocks.into_iter().filter_map(|at| Some(&at.member.as_ref()?.value)).collect())
    });
    members.collect()
}

const BAD: Example = Example::of(&[ExampleFile::new(
    "decisions/evening-hours.toml",
    r##"name = "Evening hours"
text = "The coalition makes evening hours its goal."
proposed = 2026-05-20
closes = 2026-06-09
decided = 2026-06-09
method = "majority"
result = "adopted"

[[positions]]
member = "alder-friends"
option = "agree"
date = 2026-06-09

[[positions]]
member = "birch-library"
option = "object"  # <-- here
date = 2026-06-09
reason = "Nobody has asked the staff."
"##,
)]);

const GOOD: Example = BAD.change(&[
    Change::Replace(
        r#"method = "majority"
result = "adopted""#,
        r#"method = "unanimity"
result = "rejected""#,
    ),
    Change::Add {
        below: r#"reason = "Nobody has asked the staff.""#,
        lines: r#"accommodation = "The staff is asked first; the motion comes back in September.""#,
    },
]);
