//! `committee-without-chair`: a committee has nobody in the chair who serves today.

use super::vacant_seat::seat_span;
use super::{Check, Context, Example, ExampleFile, Group, Run, expired_term, vacant_seat};
use crate::finding::{CheckName, Finding, Severity};
use crate::practice::Practice;
use crate::practice::leadership::{Placed, expired, vacant};
use crate::practice::structure::{at_work, has_chair, is_chair, role};
use crate::record::{AnyRecord, Committee, Record};

/// The check.
pub static CHECK: Check = Check {
    name: CheckName::new("committee-without-chair"),
    severity: Severity::Warning,
    group: Group::Practice(Practice::Structure),
    what: "A committee at work has nobody in the chair who serves today.",
    why: "Without somebody in the chair nobody calls the meeting, and the committee is a list of names.",
    fix: "Choose a chair, and add a `[[seats]]` with role = \"chair\" and the `advocate`.",
    policy: &[],
    bad: Example::of(&[ExampleFile::new(
        "committees/steering.toml",
        r##"name = "Steering committee"  # <-- here
purpose = "Prepares the meetings and keeps the books."

[[seats]]
role = "secretary"
advocate = "dana-reyes"
on_behalf_of = "birch-library"
start_date = 2026-01-01
"##,
    )]),
    good: Example::of(&[ExampleFile::new(
        "committees/steering.toml",
        r##"name = "Steering committee"
purpose = "Prepares the meetings and keeps the books."

[[seats]]
role = "chair"
advocate = "ben-okoro"
on_behalf_of = "birch-library"
start_date = 2025-07-01
end_date = 2026-12-31

[[seats]]
role = "secretary"
advocate = "dana-reyes"
on_behalf_of = "birch-library"
start_date = 2026-01-01
"##,
    )]),
    run: Run::Ledger(run),
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for committee in at_work(context.here).filter(|committee| !has_chair(context.here, committee)) {
        let message = format!("{} has nobody in the chair", committee.name());
        let help = "choose a chair, and add `[[seats]]` with role = \"chair\" and the advocate";
        let finding = context.absent(&CHECK, committee, message, help);
        findings.push(unless_seats(context, committee, is_chair, finding));
    }
}

/// The same finding that nobody holds a role; needless where the seats with that role are reported one by one: those that
/// nobody who serves holds, and those whose term is over.
pub(super) fn unless_seats(
    context: &Context<'_>,
    committee: &Record<Committee>,
    is_meant: fn(&str) -> bool,
    finding: Finding,
) -> Finding {
    let own = |one: &Placed<'_>| one.committee.key == committee.key && is_meant(role(one.seat));
    let vacant = vacant(context.here).into_iter().filter(own).map(|one| (vacant_seat::CHECK.name, seat_span(one.seat)));
    // An empty seat in the place of one whose term is over is reported instead.
    let expired =
        expired(context.here).into_iter().filter(|one| one.vacancy.is_none()).map(|one| one.placed).filter(own);
    let expired = expired.filter_map(|one| Some((expired_term::CHECK.name, one.seat.end_date.as_ref()?.span)));
    vacant.chain(expired).fold(finding, |finding, (check, span)| finding.unless(check, &committee.path, Some(span)))
}
