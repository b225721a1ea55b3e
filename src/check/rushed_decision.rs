//! `rushed-decision`: an open decision leaves a member fewer days, from `proposed` to `closes`, than it needs to
//! decide.

use super::{Change, Check, Context, Example, ExampleFile, Group, Run, finding};
use crate::document::words::days;
use crate::finding::{CheckName, Finding, Severity};
use crate::practice::Practice;
use crate::practice::internal_process::decision_period;
use crate::record::AnyRecord;

/// The check.
pub(super) static CHECK: Check = Check {
    name: CheckName::new("rushed-decision"),
    severity: Severity::Warning,
    group: Group::Practice(Practice::InternalProcess),
    policy: &[],
    run: Run::Ledger(run),
    what: "An open decision leaves a member fewer days, from `proposed` to `closes`, than it needs to decide. \
        Emergencies cannot wait, so the check skips decisions tagged `emergency` and those of an emergency meeting.",
    why: "A board that meets once a month cannot answer in a week, however much it wants to. Anything settled before \
        its meeting is settled without it.",
    fix: "Set a later date in `closes`, or ask these members first and let the others decide after them.",
    bad: BAD,
    good: GOOD,
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for decision in &context.ledger.decisions {
        let period = decision_period(context.as_of, decision).filter(|period| !period.rushed.is_empty());
        let Some(period) = period else { continue };
        let given = days(period.days());
        let message = format!("\u{201c}{}\u{201d} allows {given} to decide; {}", decision.name(), period.needs());
        let help = "set a later date in `closes`, or ask these members first";
        let finding = finding(&CHECK, decision, period.to.span, message, help);
        findings
            .push(period.rushed.iter().fold(finding, |finding, (member, _)| finding.with_about(member.key.clone())));
    }
}

const BAD: Example = Example::of(&[ExampleFile::new(
    "decisions/evening-hours.toml",
    r##"name = "Evening hours"
text = "The coalition makes evening hours its goal."
proposed = 2026-06-10
closes = 2026-06-23  # <-- here
method = "consensus"
"##,
)]);

const GOOD: Example = BAD.change(&[Change::Replace("closes = 2026-06-23", "closes = 2026-06-24")]);
