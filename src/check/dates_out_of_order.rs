//! `dates-out-of-order`: two dates of a record contradict each other: for example, a member left before it joined, or
//! a term ends before it begins.

use super::{Check, Context, Example, ExampleFile, Group, Run, finding};
use crate::agreement::{amendment_of, first_signature};
use crate::finding::{Finding, Severity, name};

/// The check.
pub(super) static CHECK: Check = Check {
    name: name::DATES_OUT_OF_ORDER,
    severity: Severity::Error,
    group: Group::Structure,
    policy: &[],
    run: Run::Ledger(run),
    what: "Two dates of a record contradict each other: for example, a member left before it joined, or a term \
        ends before it begins.",
    why: "The program works out memberships and terms from dates. With one wrong year, a member may no longer have to \
        sign.",
    fix: "Correct the date that is wrong.",
    bad: BAD,
    good: GOOD,
};

/// Reports agreements whose first version begins after someone signed it, or after it was committed. Dates within one record
/// are compared while it is read.
fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for agreement in &context.ledger.agreements {
        let Some(date) = amendment_of(agreement, 1).and_then(|first| first.date.as_ref()) else { continue };
        let signed = first_signature(context.ledger, agreement).map(|day| (day, "its first signature is dated"));
        let committed = context
            .ledger
            .evidence
            .first
            .get(&*agreement.key.id)
            .map(|day| (*day, "it has been in the repository since"));
        let earlier = [signed, committed].into_iter().flatten().min().filter(|(day, _)| date.value > *day);
        if let Some((day, what)) = earlier {
            let message = format!("version 1 begins on {}, but {what} {day}", date.value);
            let help = if Some(day) == signed.map(|(day, _)| day) {
                format!(
                    "correct the date of that signature; if the member did sign on {day}, enter the date version 1 \
                     began"
                )
            } else {
                format!("enter the date version 1 began, {day} or earlier")
            };
            findings.push(finding(&CHECK, agreement, date.span, message, help).on_duty());
        }
    }
}

const BAD: Example = Example::of(&[ExampleFile::new(
    "advocates/cleo-park.toml",
    r##"name = "Cleo Park"
start_date = 2026-06-01
end_date = 2026-05-31  # <-- here
"##,
)]);

const GOOD: Example = Example::of(&[ExampleFile::new(
    "advocates/cleo-park.toml",
    r##"name = "Cleo Park"
start_date = 2026-06-01
end_date = 2027-05-31
"##,
)]);
