//! `committee-without-chair`: an active committee has no current chair.

use super::command::{command_or, person};
use super::vacant_seat::seat_span;
use super::{Change, Check, Context, Example, ExampleFile, Group, Run, expired_term, vacant_seat};
use crate::finding::{CheckName, Finding, Severity};
use crate::practice::Practice;
use crate::practice::leadership::{Placed, expired_seats, vacant};
use crate::practice::structure::{at_work, has_chair, is_chair, role};
use crate::record::{AnyRecord, Committee, Record};

/// The check.
pub(super) static CHECK: Check = Check {
    name: CheckName::new("committee-without-chair"),
    severity: Severity::Warning,
    group: Group::Practice(Practice::Structure),
    policy: &[],
    run: Run::Ledger(run),
    what: "An active committee has no current chair.",
    why: "Without a chair, no one calls the meetings, and the committee is only a list of names.",
    fix: "Choose a chair, and add a `[[seats]]` entry with role = \"chair\" and the `advocate`.",
    bad: BAD,
    good: GOOD,
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for committee in at_work(context.as_of).filter(|committee| !has_chair(context.as_of, committee)) {
        let message = format!("{} has no chair", committee.name());
        let command = format!("add {} seats role=chair advocate={}", committee.key, person(context.as_of));
        let help = command_or(&command, "add `[[seats]]` with role = \"chair\" and `advocate`");
        let finding = context.absent(&CHECK, committee, message, help);
        findings.push(unless_seats(context, committee, is_chair, finding));
    }
}

/// The same finding that no one holds a role; redundant if the seats with that role are reported one by one: the vacant
/// ones, and those whose term has ended.
pub(super) fn unless_seats(
    context: &Context<'_>,
    committee: &Record<Committee>,
    has_role: fn(&str) -> bool,
    finding: Finding,
) -> Finding {
    let is_of_role = |one: &Placed<'_>| one.committee.key == committee.key && has_role(role(one.seat));
    let vacant =
        vacant(context.as_of).into_iter().filter(is_of_role).map(|one| (vacant_seat::CHECK.name, seat_span(one.seat)));
    // If an empty seat replaced one whose term has ended, the empty one is reported instead.
    let expired = expired_seats(context.as_of)
        .into_iter()
        .filter(|one| one.vacancy.is_none())
        .map(|one| one.placed)
        .filter(is_of_role);
    let expired = expired.filter_map(|one| Some((expired_term::CHECK.name, one.seat.end_date.as_ref()?.span)));
    vacant.chain(expired).fold(finding, |finding, (check, span)| finding.unless(check, &committee.path, Some(span)))
}

const BAD: Example = Example::of(&[ExampleFile::new(
    "committees/steering.toml",
    r##"name = "Steering committee"  # <-- here
purpose = "Prepares the meetings and keeps the books."

[[seats]]
role = "secretary"
advocate = "dana-reyes"
on_behalf_of = "birch-library"
start_date = 2026-01-01
"##,
)]);

const GOOD: Example = BAD.change(&[Change::Add {
    below: r#"purpose = "Prepares the meetings and keeps the books.""#,
    lines: r#"
[[seats]]
role = "chair"
advocate = "ben-okoro"
on_behalf_of = "birch-library"
start_date = 2025-07-01
end_date = 2026-12-31"#,
}]);
