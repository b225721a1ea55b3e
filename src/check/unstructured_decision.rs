//! `unstructured-decision`: nobody said how a decision is reached, or until when.

use super::{Check, Context, Example, ExampleFile, Group, Run};
use crate::finding::{CheckName, Finding, Severity};
use crate::practice::Practice;
use crate::practice::decision_structure::gaps;
use crate::record::AnyRecord;

/// The check.
pub static CHECK: Check = Check {
    name: CheckName::new("unstructured-decision"),
    severity: Severity::Warning,
    group: Group::Practice(Practice::DecisionStructure),
    what: "A decision does not say how it is reached, or it is open and does not say until when.",
    why: "Rules that are made up after the positions are known are not rules. Members need to know beforehand \
        what their word will count.",
    fix: "Write `method`, and while it is open `closes`, the last day for positions.",
    policy: &[],
    bad: Example::of(&[ExampleFile::new(
        "decisions/evening-hours.toml",
        r##"name = "Evening hours"  # <-- here
text = "The coalition makes evening hours its goal."
proposed = 2026-06-01
"##,
    )]),
    good: Example::of(&[ExampleFile::new(
        "decisions/evening-hours.toml",
        r##"name = "Evening hours"
text = "The coalition makes evening hours its goal."
proposed = 2026-06-01
closes = 2026-07-14
method = "consensus"
"##,
    )]),
    run: Run::Ledger(run),
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for decision in &context.ledger.decisions {
        let gaps = gaps(context.here, decision);
        let (lacking, help) = match (gaps.method, gaps.closes) {
            (false, false) => continue,
            (true, true) => ("how it is reached, nor until when", "write `method` and `closes`"),
            (true, false) => {
                ("how it is reached", "write `method`: consensus, majority, two-thirds, unanimity or delegated")
            }
            (false, true) => {
                ("until when members can state their position", "write `closes`, the last day for positions")
            }
        };
        let message = format!("\u{201c}{}\u{201d} does not say {lacking}", decision.name());
        findings.push(context.absent(&CHECK, decision, message, help));
    }
}
