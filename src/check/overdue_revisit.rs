//! `overdue-revisit`: the day on which the members wanted to review a position has passed.

use super::{Change, Check, Context, Example, ExampleFile, Group, Run};
use crate::document::words::days;
use crate::finding::{CheckName, Finding, Severity};
use crate::practice::Practice;
use crate::practice::diversity::revisits;
use crate::record::value::RecordId;

/// The check.
pub(super) static CHECK: Check = Check {
    name: CheckName::new("overdue-revisit"),
    severity: Severity::Warning,
    group: Group::Practice(Practice::Diversity),
    policy: &[],
    run: Run::Ledger(run),
    what: "The date the members set to review a position has passed.",
    why: "A member who gave way did so on a promise. If the date goes by in silence, that member will not give way a \
        second time.",
    fix: "Talk with the member and enter the result in `accommodation`. Then set a later date in `revisit`, or delete \
        it.",
    bad: BAD,
    good: GOOD,
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for position in revisits(context.as_of) {
        let Some(revisit) = position.revisit.filter(|_| position.is_overdue(context.today)) else { continue };
        let member = context.ledger.name_of(position.member);
        let message = format!(
            "the position of {member} on \u{201c}{}\u{201d} was due for review on {}, {} ago",
            position.about,
            revisit.value,
            days(context.as_of.days_since(revisit.value))
        );
        let help = "talk with the member, enter the result in `accommodation`, and set a later date in `revisit` or \
            delete it";
        let finding = Finding::new(CHECK.name, position.path, revisit.span, message, help);
        findings.push(finding.with_record(position.key.clone()).with_about(position.member.key()));
    }
}

const BAD: Example = Example::of(&[ExampleFile::new(
    "decisions/evening-hours.toml",
    r##"name = "Evening hours"
text = "The coalition makes evening hours its goal."
proposed = 2025-12-01
closes = 2026-01-13
decided = 2026-01-13
method = "consensus"
eligible = ["alder-friends", "birch-library"]
result = "adopted"

[[positions]]
member = "alder-friends"
option = "agree"

[[positions]]
member = "birch-library"
option = "stand-aside"
date = 2026-01-13
reason = "Nobody has asked the staff."
accommodation = "A trial until June."
revisit = 2026-06-14  # <-- here
"##,
)]);

const GOOD: Example = BAD.change(&[Change::Replace(
    r#"accommodation = "A trial until June."
revisit = 2026-06-14"#,
    r#"accommodation = "A trial until the end of the year."
revisit = 2026-12-14"#,
)]);
