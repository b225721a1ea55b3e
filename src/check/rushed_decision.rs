//! `rushed-decision`: a decision leaves a member less time than it needs.

use super::{Check, Context, Example, ExampleFile, Group, Run, finding};
use crate::document::words::days;
use crate::finding::{CheckName, Finding, Severity};
use crate::practice::Practice;
use crate::practice::internal_process::decision_period;
use crate::record::AnyRecord;

/// The check.
pub static CHECK: Check = Check {
    name: CheckName::new("rushed-decision"),
    severity: Severity::Warning,
    group: Group::Practice(Practice::InternalProcess),
    what: "An open decision leaves a member fewer days, from `proposed` to `closes`, than it needs to decide for itself. An \
        emergency cannot wait: a decision that is tagged `emergency`, or whose meeting is one, is not asked.",
    why: "A board that meets once a month cannot answer in a week, however much it wants to. What is settled \
        before its turn is settled without it.",
    fix: "Set a later day under `closes`, or ask these members first and let the others decide after them.",
    policy: &[],
    bad: Example::of(&[ExampleFile::new(
        "decisions/evening-hours.toml",
        r##"name = "Evening hours"
text = "The coalition makes evening hours its goal."
proposed = 2026-06-10
closes = 2026-06-23  # <-- here
method = "consensus"
"##,
    )]),
    good: Example::of(&[ExampleFile::new(
        "decisions/evening-hours.toml",
        r##"name = "Evening hours"
text = "The coalition makes evening hours its goal."
proposed = 2026-06-10
closes = 2026-06-24
method = "consensus"
"##,
    )]),
    run: Run::Ledger(run),
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for decision in &context.ledger.decisions {
        let period = decision_period(context.here, decision).filter(|period| !period.rushed.is_empty());
        let Some(period) = period else { continue };
        let given = days(period.days());
        let message = format!("\u{201c}{}\u{201d} gives {given}, but {}", decision.name(), period.needs());
        let help = "set a later day under `closes`, or ask these members first";
        let told = finding(&CHECK, decision, period.to.span, message, help);
        findings.push(period.rushed.iter().fold(told, |told, (member, _)| told.with_about(member.key.clone())));
    }
}
