//! `future-date`: something that has happened has a date in the future.

use super::{Change, Check, Context, Example, ExampleFile, Group, Run};
use crate::agreement::is_to_come;
use crate::finding::{CheckName, Finding, Severity};
use crate::record::field::Leaf;

/// The check.
pub(super) static CHECK: Check = Check {
    name: CheckName::new("future-date"),
    severity: Severity::Warning,
    group: Group::Structure,
    policy: &[],
    run: Run::Ledger(run),
    what: "An entry about the past has a date in the future.",
    why: "The program ignores entries dated after today: a signature with next year’s date \
        does not count until then.",
    fix: "Correct the date. If something is planned, use the field for plans, such as `due`.",
    bad: BAD,
    good: GOOD,
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    context.ledger.each_leaf(|record, field, span, leaf| {
        let Leaf::Date(date) = leaf else { return };
        // Where the signer lives, it may be tomorrow.
        let is_signing = field.flags.duty;
        let is_to_come = if is_signing { is_to_come(date, context.today) } else { date > context.today };
        if field.flags.past && is_to_come {
            let message = format!("`{}` is {date}, which is in the future", field.name);
            let help = "correct the date; the program ignores this entry until then";
            let finding = Finding::new(CHECK.name, record.path(), span, message, help);
            findings.push(finding.with_record(record.key().clone()));
        }
    });
}

const BAD: Example = Example::of(&[ExampleFile::new(
    "members/alder-friends.toml",
    r##"name = "Friends of the Alder Library"
classification = "friends-group"
joined = 2026-05-20
representative = "ana-lopez"

[[contacts]]
date = 2027-03-14  # <-- here
by = "ben-okoro"
"##,
)]);

const GOOD: Example = BAD.change(&[Change::Replace("date = 2027-03-14", "date = 2026-03-14")]);
