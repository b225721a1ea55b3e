//! `overlapping-terms`: two terms on a seat of a committee run at the same time, where there can be but one.

use super::{Check, Context, Example, ExampleFile, Group, Run, duplicate_entry, finding};
use crate::finding::{CheckName, Finding, Severity};
use crate::practice::Practice;
use crate::practice::leadership::overlaps;
use crate::practice::structure::role_words;
use crate::record::AnyRecord;
use crate::record::value::RecordId;

/// The check.
pub static CHECK: Check = Check {
    name: CheckName::new("overlapping-terms"),
    severity: Severity::Warning,
    group: Group::Practice(Practice::Leadership),
    what: "Two terms overlap by more than one day on a committee: of one person in the same role, or of two people in its chair, \
        where each of the two terms has a first or a last day. `chair`, `chairperson` and `president` are titles of one role. A day \
        that is not given does not limit. Two people who lead together are `co-chair` each.",
    why: "With two chairs it is unclear who decides and speaks for the committee, and the time that each has been chair is \
        counted wrong.",
    fix: "Write the last day of the first term under `end_date`, or the role that is meant.",
    policy: &[],
    bad: Example::of(&[ExampleFile::new(
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
end_date = 2026-05-31

[[seats]]
role = "chair"
advocate = "dana-reyes"
on_behalf_of = "birch-library"
start_date = 2026-06-01
"##,
    )]),
    run: Run::Ledger(run),
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for (committee, first, second) in overlaps(context.here) {
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
        let help = "write the last day of the first term under `end_date`, or the role that is meant";
        let told = finding(&CHECK, committee, span, message, help);
        let told = told.unless(duplicate_entry::CHECK.name, &committee.path, Some(second.span));
        findings.push(told.with_about(one.value.key()).with_about(other.value.key()).because_of(&committee.path));
    }
}
