//! `expired-term`: the term of a seat has ended, and no one has been given the seat since.

use super::{Change, Check, Context, Example, ExampleFile, Group, Run, finding, vacant_seat};
use crate::document::words::days;
use crate::finding::{CheckName, Finding, Severity};
use crate::practice::Practice;
use crate::practice::leadership::expired_seats;
use crate::practice::structure::role_words;
use crate::record::AnyRecord;
use crate::record::value::RecordId;

/// The check.
pub(super) static CHECK: Check = Check {
    name: CheckName::new("expired-term"),
    severity: Severity::Warning,
    group: Group::Practice(Practice::Leadership),
    policy: &[],
    run: Run::Ledger(run),
    what: "The term of a seat has ended, and no one has taken the seat since.",
    why: "Either someone continues without a mandate, or no one does the work. Either way, no one has asked the \
        members.",
    fix: "Elect or appoint someone, and add a `[[seats]]` entry with the new term below the old one.",
    bad: BAD,
    good: GOOD,
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for one in expired_seats(context.as_of) {
        let vacancy = one.vacancy;
        let one = one.placed;
        let (Some(end), Some(holder)) = (&one.seat.end_date, &one.seat.advocate) else { continue };
        let message = format!(
            "{}: the term of {} as {} ended on {}, {} ago, and no one has taken the seat since",
            one.committee.name(),
            context.ledger.name_of(&holder.value),
            role_words(one.seat),
            end.value,
            days(context.as_of.days_since(end.value))
        );
        let help = "have the members choose someone, and add `[[seats]]` with the new term";
        let finding = finding(&CHECK, one.committee, end.span, message, help);
        let finding = finding.with_about(holder.value.key()).because_of(&one.committee.path);
        findings.push(match vacancy {
            Some(seat) => {
                finding.unless(vacant_seat::CHECK.name, &one.committee.path, Some(vacant_seat::seat_span(seat)))
            }
            None => finding,
        });
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
role = "deputy"
advocate = "dana-reyes"
on_behalf_of = "birch-library"
start_date = 2025-02-01
end_date = 2026-01-31  # <-- here
"##,
)]);

const GOOD: Example = BAD.change(&[Change::Add {
    below: "end_date = 2026-01-31",
    lines: r#"
[[seats]]
role = "deputy"
advocate = "dana-reyes"
on_behalf_of = "birch-library"
start_date = 2026-02-01
end_date = 2027-01-31"#,
}]);
