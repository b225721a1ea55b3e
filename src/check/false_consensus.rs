//! `false-consensus`: a decision is called a consensus over a block without an answer.

use super::{Check, Context, Example, ExampleFile, Group, Run, finding};
use crate::document::words::{counted, form};
use crate::finding::{CheckName, Finding, Severity};
use crate::practice::Practice;
use crate::practice::decision_structure::{claims_consensus, made, replaced};
use crate::record::AnyRecord;
use crate::record::value::RecordId;

/// The check.
pub static CHECK: Check = Check {
    name: CheckName::new("false-consensus"),
    severity: Severity::Warning,
    group: Group::Practice(Practice::DecisionStructure),
    what: "A decision of the last 365 days was adopted by consensus although a member blocks it, or its `[tally]` \
        counts a block, and nothing was done in answer.",
    why: "Consensus means that everybody can live with it. To call it so over a block tells that member that \
        its word does not count.",
    fix: "Write under `accommodation` what was changed or promised in answer to the block; where only a `[tally]` counts it, \
        add the position of the member that blocks, with the answer; or decide again, by a method that fits.",
    policy: &[],
    bad: Example::of(&[ExampleFile::new(
        "decisions/evening-hours.toml",
        r##"name = "Evening hours"
text = "The coalition makes evening hours its goal."
proposed = 2026-05-20
closes = 2026-06-09
decided = 2026-06-09
method = "consensus"
result = "adopted"  # <-- here

[[positions]]
member = "alder-friends"
option = "agree"
date = 2026-06-09

[[positions]]
member = "birch-library"
option = "block"
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
method = "consensus"
result = "adopted"

[[positions]]
member = "alder-friends"
option = "agree"
date = 2026-06-09

[[positions]]
member = "birch-library"
option = "block"
date = 2026-06-09
reason = "Nobody has asked the staff."
accommodation = "The staff was asked, and names the evening itself."
"##,
    )]),
    run: Run::Ledger(run),
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let replaced = replaced(context.here);
    let made = made(context.here).filter(|hearing| !replaced.contains(&*hearing.decision.key.id));
    for hearing in made.filter(|hearing| claims_consensus(context.here, hearing)) {
        let decision = hearing.decision;
        let mut members: Vec<_> =
            hearing.unanswered_blocks().iter().filter_map(|block| block.member.as_ref()).collect();
        members.dedup_by(|a, b| a.value == b.value);
        let Some(result) = decision.result.as_ref().filter(|_| hearing.open_blocks() > 0) else { continue };
        if members.is_empty() {
            let counted = counted(hearing.open_blocks(), "block", "blocks");
            let message = format!(
                "\u{201c}{}\u{201d} is called a consensus, but its tally counts {counted} to which nobody wrote down an answer",
                decision.name()
            );
            let help =
                "add the position of whoever blocks, with an `accommodation`, or decide again by a method that fits";
            findings.push(finding(&CHECK, decision, result.span, message, help));
            continue;
        }
        let names: Vec<&str> = members.iter().map(|member| context.ledger.name_of(&member.value)).collect();
        let verb = form(names.len(), "blocks", "block");
        let message = format!(
            "\u{201c}{}\u{201d} is called a consensus, but {} {verb} it, and nothing was done in answer",
            decision.name(),
            names.join(", ")
        );
        let help = "write under `accommodation` what was changed in answer, or decide again by a method that fits";
        let told = finding(&CHECK, decision, result.span, message, help);
        findings.push(members.iter().fold(told, |told, member| told.with_about(member.value.key())));
    }
}
