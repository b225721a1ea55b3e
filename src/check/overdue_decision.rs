//! `overdue-decision`: the last day for positions on a decision has passed, and the decision is still open.

use super::command::set_or;
use super::{Check, Context, Example, ExampleFile, Group, Run, finding};
use crate::document::words::days;
use crate::finding::{CheckName, Finding, Severity};
use crate::practice::Practice;
use crate::practice::decision_structure::is_overdue;
use crate::record::AnyRecord;

/// The check.
pub(super) static CHECK: Check = Check {
    name: CheckName::new("overdue-decision"),
    severity: Severity::Warning,
    group: Group::Practice(Practice::DecisionStructure),
    policy: &[],
    run: Run::Ledger(run),
    what: "The last day to state a position on a decision has passed, and the decision is still open.",
    why: "Members who stated their position in time wait for an answer. If no one decides, the first one to act has \
        decided.",
    fix: "Record the decision in `decided` and `result`, or set a later date in `closes` and let the members know.",
    bad: BAD,
    good: GOOD,
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for decision in context.ledger.decisions.iter().filter(|decision| is_overdue(context.as_of, decision)) {
        let Some(closes) = &decision.closes else { continue };
        let ago = days(context.as_of.days_since(closes.value));
        let message = format!(
            "\u{201c}{}\u{201d} was due to be decided by {}, {ago} ago, but is still open",
            decision.name(),
            closes.value
        );
        let help = "record the decision in `decided` and `result`, or set a later date in `closes`";
        let help = set_or(context.as_of, decision, &["decided", "result"], help);
        findings.push(finding(&CHECK, decision, closes.span, message, help));
    }
}

const BAD: Example = Example::of(&[ExampleFile::new(
    "decisions/evening-hours.toml",
    r##"name = "Evening hours"
text = "The coalition makes evening hours its goal."
proposed = 2026-05-20
closes = 2026-06-14  # <-- here
method = "consensus"
"##,
)]);

const GOOD: Example = Example::of(&[ExampleFile::new(
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
option = "agree"
date = 2026-06-09
"##,
)]);
