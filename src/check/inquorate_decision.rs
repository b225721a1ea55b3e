//! `inquorate-decision`: a decision was made although fewer members stated a position, or were counted in its
//! `[tally]`, than make a quorum.

use super::command::organization;
use super::{Change, Check, Context, Example, ExampleFile, Group, Run, finding};
use crate::finding::{CheckName, Finding, Severity};
use crate::practice::Practice;
use crate::practice::decision_structure::{decisions_made, is_inquorate, replaced_decisions};
use crate::record::AnyRecord;

/// The check.
pub(super) static CHECK: Check = Check {
    name: CheckName::new("inquorate-decision"),
    severity: Severity::Warning,
    group: Group::Practice(Practice::DecisionStructure),
    policy: &["quorum"],
    run: Run::Ledger(run),
    what: "A decision was made without a quorum: too few members stated a position or appear in its `[tally]`. The check looks at decisions of the last 365 days with at least one position or a \
        `[tally]`.",
    why: "A decision that a few made for everyone does not hold up under pressure, and those who had no say will not \
        defend it.",
    fix: "Ask the members who have not been heard from and add their positions, or bring the decision to them again.",
    bad: BAD,
    good: GOOD,
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let replaced = replaced_decisions(context.as_of);
    let made = decisions_made(context.as_of).filter(|hearing| !replaced.contains(&*hearing.decision.key.id));
    for hearing in made.filter(|hearing| is_inquorate(context.as_of, hearing)) {
        let decision = hearing.decision;
        let span = decision.result.as_ref().map(|result| result.span);
        let span = span.or(decision.decided.as_ref().map(|decided| decided.span)).unwrap_or_default();
        let message = format!(
            "\u{201c}{}\u{201d} was decided with {} of {} members heard from (quorum {})",
            decision.name(),
            hearing.count_heard(),
            hearing.eligible.len(),
            hearing.quorum()
        );
        let help = format!(
            "ask the members who were not heard from, and run `coalition log position {} {} agree` (or what they say) for each, or bring \
             the decision to them again",
            decision.key,
            hearing.silent().first().map_or_else(|| organization(context.as_of), |member| member.key.id.to_string())
        );
        findings.push(context.unless_unclear(&hearing, finding(&CHECK, decision, span, message, help)));
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
quorum = 0.6
result = "adopted"  # <-- here

[[positions]]
member = "birch-library"
option = "agree"
date = 2026-06-09
"##,
)]);

const GOOD: Example = BAD.change(&[Change::Add {
    below: "[[positions]]",
    lines: r#"member = "alder-friends"
option = "agree"
date = 2026-06-09

[[positions]]"#,
}]);
