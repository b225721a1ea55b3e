//! `vacant-seat`: a seat on an active committee is empty, or held by a person who is no longer active.

use super::{Change, Check, Context, Example, ExampleFile, Group, Run, finding};
use crate::finding::{CheckName, Finding, Severity};
use crate::practice::Practice;
use crate::practice::leadership::vacant;
use crate::practice::structure::{role, role_words};
use crate::record::AnyRecord;
use crate::record::committee::Seat;
use crate::record::value::{At, RecordId};
use crate::source::Span;

/// The check.
pub(super) static CHECK: Check = Check {
    name: CheckName::new("vacant-seat"),
    severity: Severity::Warning,
    group: Group::Practice(Practice::Leadership),
    policy: &[],
    run: Run::Ledger(run),
    what: "A seat on an active committee is empty, or its holder is no longer a current person.",
    why: "An empty seat means work left undone, and often a member without a voice. New people are glad to be \
        asked for something specific.",
    fix: "Ask someone to take the seat and write the name in `advocate`, or delete the seat from the committee.",
    bad: BAD,
    good: GOOD,
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for one in vacant(context.as_of) {
        let seat = one.seat;
        let committee = one.committee.name();
        let place = place(context, seat);
        let absent = seat.advocate.as_ref().map(|holder| {
            let name = context.ledger.name_of(&holder.value);
            let advocate = context.ledger.advocates.get(&holder.value);
            let is_to_come = advocate
                .and_then(|advocate| advocate.start_date.as_ref())
                .is_some_and(|start| start.value > context.today);
            (name, if is_to_come { "has not started yet" } else { "is no longer active" }, &holder.value)
        });
        let span = seat_span(seat);
        let help = "ask someone to take it and write the name in `advocate`, or delete the seat";
        let found = match absent {
            Some((name, why, id)) => {
                let message = format!("{committee}: {name}, who has {place}, {why}");
                let found = finding(&CHECK, one.committee, span, message, help);
                found.with_about(id.key())
            }
            None => {
                let message = format!("{committee}: no one holds {place}");
                finding(&CHECK, one.committee, span, message, help)
            }
        };
        findings.push(found.because_of(&one.committee.path));
    }
}

/// Where a seat is reported.
pub(super) fn seat_span(seat: &At<Seat>) -> Span {
    seat.role.as_ref().map_or(seat.span, |role| role.span)
}

/// Which seat: its role, and the member it is for.
fn place(context: &Context<'_>, seat: &Seat) -> String {
    let for_whom = seat.on_behalf_of.as_ref().map(|member| context.ledger.name_of(&member.value));
    match (role(seat), for_whom) {
        ("member", Some(member)) => format!("the seat for {member}"),
        ("member", None) => "one of the seats".to_owned(),
        (_, Some(member)) => format!("the {} seat for {member}", role_words(seat)),
        (_, None) => format!("the {} seat", role_words(seat)),
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
role = "secretary"  # <-- here
start_date = 2026-01-01
"##,
)]);

const GOOD: Example = BAD.change(&[Change::Add {
    below: r#"role = "secretary""#,
    lines: r#"advocate = "dana-reyes"
on_behalf_of = "birch-library""#,
}]);
