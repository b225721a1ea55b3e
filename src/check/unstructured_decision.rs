//! `unstructured-decision`: a decision does not say how it is reached; or it is open and does not say until when; or
//! it is over and does not say when, or how it ended.

use super::command::set_or;
use super::{Change, Check, Context, Example, ExampleFile, Group, Run};
use crate::document::words;
use crate::finding::{CheckName, Finding, Severity};
use crate::practice::Practice;
use crate::practice::decision_structure::gaps;
use crate::record::AnyRecord;

/// The check.
pub(super) static CHECK: Check = Check {
    name: CheckName::new("unstructured-decision"),
    severity: Severity::Warning,
    group: Group::Practice(Practice::DecisionStructure),
    policy: &[],
    run: Run::Ledger(run),
    what: "A decision has no method, no closing date while it is open, or no decision date or result once it is over. Decisions made more than 365 days ago are exempt.",
    why: "Rules made up after the positions are known are not rules. Members need to know beforehand how much their vote will count.",
    fix: "Set `method`. While the decision is open, set `closes`, the last day to state a position. Once it is over, set `decided` and `result`.",
    bad: BAD,
    good: GOOD,
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for decision in &context.ledger.decisions {
        let gaps = gaps(context.as_of, decision);
        let lacking: Vec<(&str, &str)> = [
            (gaps.method, "how it is reached", "method"),
            (gaps.closes, "the last day for members to state a position", "closes"),
            (gaps.decided, "when it was decided", "decided"),
            (gaps.result, "how it ended", "result"),
        ]
        .into_iter()
        .filter(|(lacks, ..)| *lacks)
        .map(|(_, what, field)| (what, field))
        .collect();
        if lacking.is_empty() {
            continue;
        }
        let (what, fields): (Vec<&str>, Vec<&str>) = lacking.into_iter().unzip();
        let message = format!("\u{201c}{}\u{201d} does not say {}", decision.name(), words::choice(&what));
        let quoted: Vec<String> = fields.iter().map(|field| format!("`{field}`")).collect();
        let help = set_or(context.as_of, decision, &fields, &format!("write {}", words::list(&quoted)));
        findings.push(context.absent(&CHECK, decision, message, help));
    }
}

const BAD: Example = Example::of(&[ExampleFile::new(
    "decisions/evening-hours.toml",
    r##"name = "Evening hours"  # <-- here
text = "The coalition makes evening hours its goal."
proposed = 2026-06-01
"##,
)]);

const GOOD: Example = BAD.change(&[Change::Add {
    below: "proposed = 2026-06-01",
    lines: r#"closes = 2026-07-14
method = "consensus""#,
}]);
