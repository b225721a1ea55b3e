//! `expiring-term`: the term of a seat ends within the number of days that `term_notice_days` sets, and no successor
//! is recorded.

use super::{Change, Check, Context, Example, ExampleFile, Group, Run, finding};
use crate::document::words;
use crate::finding::{CheckName, Finding, Severity};
use crate::practice::Practice;
use crate::practice::leadership::ending;
use crate::practice::structure::role_words;
use crate::record::AnyRecord;
use crate::record::value::RecordId;

/// The check.
pub(super) static CHECK: Check = Check {
    name: CheckName::new("expiring-term"),
    severity: Severity::Note,
    group: Group::Practice(Practice::Leadership),
    policy: &["term_notice_days"],
    run: Run::Ledger(run),
    what: "The term of a seat ends in the next `term_notice_days` days, and no one has recorded a successor.",
    why: "People need time to think about taking a seat, and their organizations to agree. Ask in the last week, and \
        only the people who always say yes will say yes.",
    fix: "Put the choice of a successor on the agenda, and add a `[[seats]]` entry with the next term.",
    bad: BAD,
    good: GOOD,
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for (one, is_followed) in ending(context.as_of) {
        let (Some(end), Some(holder)) = (&one.seat.end_date, &one.seat.advocate) else { continue };
        if is_followed {
            continue;
        }
        let when = words::distance(end.value, context.today);
        let message = format!(
            "{}: the term of {} as {} ends {when}, on {}, and no successor is recorded",
            one.committee.name(),
            context.ledger.name_of(&holder.value),
            role_words(one.seat),
            end.value
        );
        let help = "put the choice of a successor on the agenda of the next meeting";
        let finding = finding(&CHECK, one.committee, end.span, message, help);
        findings.push(finding.with_about(holder.value.key()).because_of(&one.committee.path));
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
start_date = 2025-08-01
end_date = 2026-07-31  # <-- here
"##,
)]);

const GOOD: Example = BAD.change(&[Change::Add {
    below: "end_date = 2026-07-31",
    lines: r#"
[[seats]]
role = "chair"
advocate = "dana-reyes"
on_behalf_of = "birch-library"
start_date = 2026-08-01
end_date = 2027-07-31"#,
}]);
