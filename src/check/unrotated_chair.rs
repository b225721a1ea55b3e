//! `unrotated-chair`: the same person has chaired a committee for longer than `chair_days`, or for a further term
//! after more than a year.

use super::{Change, Check, Context, Example, ExampleFile, Group, Run, finding};
use crate::document::words::days;
use crate::finding::{CheckName, Finding, Severity};
use crate::practice::Practice;
use crate::practice::leadership::chairs;
use crate::record::AnyRecord;
use crate::record::value::RecordId;

/// The check.
pub(super) static CHECK: Check = Check {
    name: CheckName::new("unrotated-chair"),
    severity: Severity::Note,
    group: Group::Practice(Practice::Leadership),
    policy: &["chair_days"],
    run: Run::Ledger(run),
    what: "The same person has chaired a committee for longer than `chair_days`, or for more than a year and more \
        than one term.",
    why: "If only one person has ever been the chair, that person can never be sick. Others learn to lead when the \
        chair changes hands, and new members see that there is room for them.",
    fix: "Choose someone else for the next term; a deputy who has chaired a meeting or two is ready.",
    bad: BAD,
    good: GOOD,
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for chair in chairs(context.as_of).into_iter().filter(|chair| chair.is_long(context.as_of)) {
        let one = chair.placed;
        let (Some(start), Some(holder)) = (&one.seat.start_date, &one.seat.advocate) else { continue };
        let terms = if chair.terms > 1 { format!(" over {} terms", chair.terms) } else { String::new() };
        let message = format!(
            "{}: {} has been the chair for {}{terms}, since {}",
            one.committee.name(),
            context.ledger.name_of(&holder.value),
            days(context.as_of.days_since(chair.since)),
            chair.since
        );
        let help = "choose someone else for the next term, preferably a person who has already chaired a meeting";
        let finding = finding(&CHECK, one.committee, start.span, message, help);
        findings.push(finding.with_about(holder.value.key()));
    }
}

const BAD: Example = Example::of(&[ExampleFile::new(
    "committees/steering.toml",
    r##"name = "Steering committee"
purpose = "Prepares the meetings and keeps the books."

[[seats]]
role = "chair"
advocate = "ben-okoro"
on_behalf_of = "birch-library"
start_date = 2025-02-01
end_date = 2026-01-31

[[seats]]
role = "chair"
advocate = "ben-okoro"
on_behalf_of = "birch-library"
start_date = 2026-02-01  # <-- here
end_date = 2027-01-31
"##,
)]);

const GOOD: Example = BAD.change(&[Change::Replace(
    r#"end_date = 2026-01-31

[[seats]]
role = "chair"
advocate = "ben-okoro""#,
    r#"end_date = 2026-01-31

[[seats]]
role = "chair"
advocate = "dana-reyes""#,
)]);
