//! `unserved-member`: no goal that is proposed or adopted serves any of a current member’s interests.

use super::{AGREED_GOAL, Check, Context, Example, ExampleFile, Group, Run, finding};
use crate::document::words::list_names;
use crate::finding::{CheckName, Finding, Severity};
use crate::kind::Kind;
use crate::practice::Practice;
use crate::practice::self_interest::{ServedInterests, members_not_served};
use crate::record::AnyRecord;
use crate::record::value::distinct;

/// The check.
pub(super) static CHECK: Check = Check {
    name: CheckName::new("unserved-member"),
    severity: Severity::Warning,
    group: Group::Practice(Practice::SelfInterest),
    policy: &["settling_days"],
    run: Run::Ledger(run),
    what: "No proposed or adopted goal serves any of a current member’s interests.",
    why: "A member whose needs are in no goal works for the others for a while and then stays away.",
    fix: "See whether one of the goals already serves the member, and name its interest there in `serves`. \
        Otherwise plan a goal that does, or ask the member what has changed.",
    bad: BAD,
    good: GOOD,
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for member in members_not_served(context.as_of, &ServedInterests::of(context.as_of)) {
        let Some(first) = member.interests.first() else { continue };
        let interests: Vec<&str> = distinct(&member.interests).map(|interest| interest.as_str()).collect();
        let message = format!("no goal serves what {} needs: {}", member.name(), list_names(&interests));
        let help = "plan a goal that serves this interest, or list the interest in `serves` on a goal that already \
            does";
        let finding = finding(&CHECK, member, first.span, message, help).because_of(&member.path);
        findings.push(context.unless_unread(Kind::Goal, finding));
    }
}

const BAD: Example = Example::of(&[
    ExampleFile::new(
        "members/birch-library.toml",
        r##"name = "Birch Public Library"
classification = "library"
joined = 2025-01-15
representative = "ben-okoro"
backup_representative = "dana-reyes"
interests = ["reading-programs"]  # <-- here

[process]
approver = "the director"
lead_days = 14
"##,
    ),
    ExampleFile::new("goals/evening-hours.toml", AGREED_GOAL),
]);

const GOOD: Example = Example::of(&[ExampleFile::new("goals/evening-hours.toml", AGREED_GOAL)]);
