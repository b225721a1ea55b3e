//! `false-consensus`: a decision of the last 365 days was adopted by consensus although a member blocks it or its
//! `[tally]` includes a block, and no one has recorded an answer.

use super::{Change, Check, Context, Example, ExampleFile, Group, Run, finding};
use crate::document::words::{count_of, list_names, noun_form};
use crate::finding::{CheckName, Finding, Severity};
use crate::practice::Practice;
use crate::practice::decision_structure::{claims_consensus, decisions_made, replaced_decisions};
use crate::record::AnyRecord;
use crate::record::value::RecordId;

/// The check.
pub(super) static CHECK: Check = Check {
    name: CheckName::new("false-consensus"),
    severity: Severity::Warning,
    group: Group::Practice(Practice::DecisionStructure),
    policy: &[],
    run: Run::Ledger(run),
    what: "In the last 365 days, a decision was adopted by consensus even though a member blocks it or its `[tally]` \
        includes a block, and no one has recorded an answer.",
    why: "Consensus means that everyone can live with the decision. Calling it consensus over a block shows the \
        member who blocks that its word does not count.",
    fix: "Say in `accommodation` what you changed or promised in response to the block. If it is only in the `[tally]`, \
        add the position of the member who blocks, with the answer. Or decide again, by a method that fits.",
    bad: BAD,
    good: GOOD,
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let replaced = replaced_decisions(context.as_of);
    let made = decisions_made(context.as_of).filter(|hearing| !replaced.contains(&*hearing.decision.key.id));
    for hearing in made.filter(|hearing| claims_consensus(context.as_of, hearing)) {
        let decision = hearing.decision;
        let mut members: Vec<_> =
            hearing.unanswered_blocks().iter().filter_map(|block| block.member.as_ref()).collect();
        members.dedup_by(|a, b| a.value == b.value);
        let Some(result) = decision.result.as_ref().filter(|_| hearing.open_blocks() > 0) else { continue };
        if members.is_empty() {
            let counted = count_of(hearing.open_blocks(), "block", "blocks");
            let message = format!(
                "\u{201c}{}\u{201d} is recorded as a consensus, but its tally counts {counted} without a recorded answer",
                decision.name()
            );
            let help = "add the position of the member who blocks, with an `accommodation`, or decide again by a \
                method that fits";
            findings.push(finding(&CHECK, decision, result.span, message, help));
            continue;
        }
        let names: Vec<&str> = members.iter().map(|member| context.ledger.name_of(&member.value)).collect();
        let verb = noun_form(names.len(), "blocks", "block");
        let message = format!(
            "\u{201c}{}\u{201d} is recorded as a consensus, but {} {verb} it, and no answer is recorded",
            decision.name(),
            list_names(&names)
        );
        let help = "write in `accommodation` what you changed in response, or decide again by a method that fits";
        let finding = finding(&CHECK, decision, result.span, message, help);
        findings.push(members.iter().fold(finding, |finding, member| finding.with_about(member.value.key())));
    }
}

const BAD: Example = Example::of(&[ExampleFile::new(
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
)]);

const GOOD: Example = BAD.change(&[Change::Add {
    below: r#"reason = "Nobody has asked the staff.""#,
    lines: r#"accommodation = "The staff was asked, and names the evening itself.""#,
}]);
