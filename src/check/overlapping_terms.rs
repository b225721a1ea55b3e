//! `overlapping-terms`: two terms on a committee overlap by more than one day: of one person in the same role, or of
//! two people as `chair`, `chairperson` or `president`, which are one role, if each of the two terms has a first or a last day.

use super::{Change, Check, Context, Example, ExampleFile, Group, Run, duplicate_entry, finding};
use crate::finding::{CheckName, Finding, Severity};
use crate::practice::Practice;
use crate::practice::leadership::overlaps;
use crate::practice::structure::role_words;
use crate::record::AnyRecord;
use crate::record::value::RecordId;

/// The check.
pub(super) static CHECK: Check = Check {
    name: CheckName::new("overlapping-terms"),
    severity: Severity::Warning,
    group: Group::Practice(Practice::Leadership),
    policy: &[],
    run: Run::Ledger(run),
    what: "Two terms on a committee overlap by more than one day. Either one person holds the same role twice, or two \
        people are chair at the same time (`chair`, `chairperson` and `president` are one role) and each of the two \
        terms has a start or an end date. A term without a start or end date has no limit on that side. Two people \
        who lead together are each a `co-chair`.",
    why: "With two chairs, it is unclear who decides and speaks for the committee, and each chair’s time in office \
        is counted wrong.",
    fix: "Enter the last day of the first term in `end_date`, or correct the role.",
    bad: BAD,
    good: GOOD,
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for (committee, first, second) in overlaps(context.as_of) {
        let (Some(one), Some(other)) = (&first.advocate, &second.advocate) else { continue };
        let (first_role, role, name) = (role_words(first), role_words(second), committee.name());
        let (one_name, other_name) = (context.ledger.name_of(&one.value), context.ledger.name_of(&other.value));
        let message = match (one.value == other.value, first_role == role) {
            (true, true) => format!("{name}: two terms of {one_name} as {role} overlap"),
            (true, false) => format!("{name}: {one_name} is {first_role} and {role} at the same time"),
            (false, true) => format!("{name}: {one_name} and {other_name} are {role} at the same time"),
            (false, false) => {
                format!("{name}: {one_name} is {first_role} and {other_name} is {role} at the same time")
            }
        };
        let span = second.role.as_ref().map_or(second.span, |role| role.span);
        let help = "enter the last day of the first term in `end_date`, or correct the role";
        let finding = finding(&CHECK, committee, span, message, help);
        let finding = finding.unless(duplicate_entry::CHECK.name, &committee.path, Some(second.span));
        findings.push(finding.with_about(one.value.key()).with_about(other.value.key()).because_of(&committee.path));
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
start_date = 2025-07-01
end_date = 2026-12-31

[[seats]]
role = "chair"  # <-- here
advocate = "dana-reyes"
on_behalf_of = "birch-library"
start_date = 2026-06-01
"##,
)]);

const GOOD: Example = BAD.change(&[Change::Replace("end_date = 2026-12-31", "end_date = 2026-05-31")]);
