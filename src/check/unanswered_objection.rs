//! `unanswered-objection`: a decision was made or a goal adopted, and an objection to it has no answer.

use super::{Check, Context, Example, ExampleFile, Group, Run, false_consensus};
use crate::finding::{CheckName, Finding, Severity};
use crate::practice::Practice;
use crate::practice::decision_structure::{claims_consensus, made};
use crate::practice::diversity::objections;
use crate::record::value::{MemberId, RecordId};
use std::collections::{HashMap, HashSet};

/// The check.
pub static CHECK: Check = Check {
    name: CheckName::new("unanswered-objection"),
    severity: Severity::Warning,
    group: Group::Practice(Practice::Diversity),
    what: "A decision was made, and an objection or a block has no answer written down; or a goal was adopted that a member \
        opposes, without one. Of several positions of a member the last word counts. Nobody waits for an answer who has \
        left, or to what was turned down, deferred, replaced, reached or given up.",
    why: "Members stay where they lost, if they were heard. An objection without an answer is the one that \
        comes back as a letter to the newspaper.",
    fix: "Write under `accommodation` what was changed or promised in answer; where nothing was, say why.",
    policy: &[],
    bad: Example::of(&[ExampleFile::new(
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
    )]),
    good: Example::of(&[ExampleFile::new(
        "decisions/evening-hours.toml",
        r##"name = "Evening hours"
text = "The coalition makes evening hours its goal."
proposed = 2026-05-20
closes = 2026-06-09
decided = 2026-06-09
method = "unanimity"
result = "rejected"

[[positions]]
member = "alder-friends"
option = "agree"
date = 2026-06-09

[[positions]]
member = "birch-library"
option = "object"
date = 2026-06-09
reason = "Nobody has asked the staff."
accommodation = "The staff is asked first; the motion comes back in September."
"##,
    )]),
    run: Run::Ledger(run),
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let open = objections(context.here).into_iter().filter(|objection| objection.accommodation.is_none());
    let consensus = overridden(context);
    for objection in open {
        let member = context.ledger.name_of(objection.member);
        let preposition = if objection.option == "object" { " to" } else { "" };
        let made = if objection.option == "oppose" { "adopted" } else { "decided" };
        let message = format!(
            "{member} {}{preposition} \u{201c}{}\u{201d}, which was {made} without an answer",
            objection.stance, objection.about
        );
        let help = "write under `accommodation` what was changed or promised in answer, or why nothing was";
        let finding = Finding::new(CHECK.name, objection.path, objection.span, message, help);
        let finding = finding.with_record(objection.key.clone()).with_about(objection.member.key());
        let is_consensus = objection.option == "block"
            && consensus.get(&*objection.key.id).is_some_and(|blocked| blocked.contains(objection.member));
        let told = false_consensus::CHECK.name;
        findings.push(if is_consensus { finding.unless(told, objection.path, None) } else { finding });
    }
}

/// The members over whose blocks decisions are called a consensus, by the ids of the decisions.
fn overridden<'l>(context: &Context<'l>) -> HashMap<&'l str, HashSet<&'l MemberId>> {
    let consensus = made(context.here).filter(|hearing| claims_consensus(context.here, hearing));
    let members = consensus.map(|hearing| {
        let blocks = hearing.unanswered_blocks();
        (&*hearing.decision.key.id, blocks.into_iter().filter_map(|at| Some(&at.member.as_ref()?.value)).collect())
    });
    members.collect()
}
