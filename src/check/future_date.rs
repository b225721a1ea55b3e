//! `future-date`: something that has happened bears a date that is still to come.

use super::{Check, Context, Example, ExampleFile, Group, Run};
use crate::finding::{CheckName, Finding, Severity};
use crate::record::AnyRecord;
use crate::record::field::{Field, Visitor};
use crate::record::value::Leaf;
use crate::source::Span;

/// The check.
pub static CHECK: Check = Check {
    name: CheckName::new("future-date"),
    severity: Severity::Warning,
    group: Group::Structure,
    what: "Something that has happened bears a date that is still to come.",
    why: "What is dated later has not happened yet: a signature with next year's date does not count until \
        then.",
    fix: "Correct the year or the day. If it is planned, take the field for plans, such as `due`.",
    policy: &[],
    bad: Example::of(&[ExampleFile::new(
        "members/alder-friends.toml",
        r##"name = "Friends of the Alder Library"
classification = "friends-group"
joined = 2025-01-15
representative = "ana-lopez"

[[contacts]]
date = 2027-03-14  # <-- here
by = "ben-okoro"
"##,
    )]),
    good: Example::of(&[ExampleFile::new(
        "members/alder-friends.toml",
        r##"name = "Friends of the Alder Library"
classification = "friends-group"
joined = 2025-01-15
representative = "ana-lopez"

[[contacts]]
date = 2026-03-14
by = "ben-okoro"
"##,
    )]),
    run: Run::Ledger(run),
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for record in context.ledger.records() {
        let mut search = Search { context, record, findings };
        record.visit(&mut search);
    }
}

struct Search<'c, 'l> {
    context: &'c Context<'l>,
    record: &'c dyn AnyRecord,
    findings: &'c mut Vec<Finding>,
}

impl<'a> Visitor<'a> for Search<'_, '_> {
    fn leaf(&mut self, field: &'static Field, span: Span, leaf: Leaf<'a>) {
        let Leaf::Date(date) = leaf else { return };
        if field.flags.past && date > self.context.today {
            let message = format!("`{}` is {date}, and that day is still to come", field.name);
            let help = "correct the date; until that day it counts as not having happened";
            let finding = Finding::new(CHECK.name, self.record.path(), span, message, help);
            self.findings.push(finding.with_record(self.record.key().clone()));
        }
    }
}
