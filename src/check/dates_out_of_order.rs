//! `dates-out-of-order`: two dates of a record contradict each other: a member that left before it joined, a term that ends before it begins.

use super::{Check, Context, Example, ExampleFile, Group, Run, finding};
use crate::agreement::{amendment_of, first_signature};
use crate::finding::{Finding, Severity, name};

/// The check.
pub static CHECK: Check = Check {
    name: name::DATES_OUT_OF_ORDER,
    severity: Severity::Error,
    group: Group::Structure,
    what: "Two dates of a record contradict each other: a member that left before it joined, a term that ends \
        before it begins.",
    why: "Stages and terms follow from dates, so one wrong year makes a member vanish from the gate.",
    fix: "Correct the date that is wrong.",
    policy: &[],
    bad: Example::of(&[ExampleFile::new(
        "advocates/cleo-park.toml",
        r##"name = "Cleo Park"
start_date = 2026-06-01
end_date = 2026-05-31  # <-- here
"##,
    )]),
    good: Example::of(&[ExampleFile::new(
        "advocates/cleo-park.toml",
        r##"name = "Cleo Park"
start_date = 2026-06-01
end_date = 2027-05-31
"##,
    )]),
    run: Run::Ledger(run),
};

/// The first version of an agreement that is said to begin after somebody signed it, or after it came into the repository. The
/// dates within a record are compared while it is read.
fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for agreement in &context.ledger.agreements {
        let Some(date) = amendment_of(agreement, 1).and_then(|first| first.date.as_ref()) else { continue };
        let signed = first_signature(context.ledger, agreement).map(|day| (day, "its first signature is of"));
        let committed =
            context.ledger.evidence.first.get(&*agreement.key.id).map(|day| (*day, "it has been here since"));
        let earlier = [signed, committed].into_iter().flatten().min().filter(|(day, _)| date.value > *day);
        if let Some((day, what)) = earlier {
            let message = format!("version 1 is said to begin on {}, but {what} {day}", date.value);
            let help = if Some(day) == signed.map(|(day, _)| day) {
                format!(
                    "correct the date of that signature; or if it was given on {day}, write the day on which version 1 began"
                )
            } else {
                format!("write the day on which version 1 began, {day} or earlier")
            };
            findings.push(finding(&CHECK, agreement, date.span, message, help).on_duty());
        }
    }
}
