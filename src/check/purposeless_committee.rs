//! `purposeless-committee`: an active committee does not say what it is for.

use super::command::set_or;
use super::{Change, Check, Context, Example, ExampleFile, Group, Run};
use crate::finding::{CheckName, Finding, Severity};
use crate::practice::Practice;
use crate::practice::structure::{at_work, has_purpose};
use crate::record::AnyRecord;

/// The check.
pub(super) static CHECK: Check = Check {
    name: CheckName::new("purposeless-committee"),
    severity: Severity::Note,
    group: Group::Practice(Practice::Structure),
    policy: &[],
    run: Run::Ledger(run),
    what: "An active committee does not say what it is for.",
    why: "A committee without a written purpose does too much or nothing, and people you ask to join cannot know what \
        they would be agreeing to.",
    fix: "In `purpose`, say in a sentence or two what the committee does and what it leaves to others.",
    bad: BAD,
    good: GOOD,
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for committee in at_work(context.as_of).filter(|committee| !has_purpose(committee)) {
        let message = format!("{} does not say what it is for", committee.name());
        let help = set_or(
            context.as_of,
            committee,
            &["purpose"],
            "in `purpose`, say what it does and what it leaves to others",
        );
        findings.push(context.absent(&CHECK, committee, message, help));
    }
}

const BAD: Example = Example::of(&[ExampleFile::new(
    "committees/steering.toml",
    r##"name = "Steering committee"  # <-- here

[[seats]]
role = "chair"
advocate = "ben-okoro"
on_behalf_of = "birch-library"
start_date = 2025-07-01
end_date = 2026-12-31
"##,
)]);

const GOOD: Example = BAD.change(&[Change::Add {
    below: r#"name = "Steering committee""#,
    lines: r#"purpose = "Prepares the meetings and keeps the books.""#,
}]);
