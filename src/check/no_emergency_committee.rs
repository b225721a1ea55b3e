//! `no-emergency-committee`: a coalition of six or more current members has no active committee that decides in an
//! emergency.

use super::command::command_or;
use super::{Check, Context, Example, ExampleFile, Group, Run};
use crate::finding::{CheckName, Finding, Severity};
use crate::kind::Kind;
use crate::practice::Practice;
use crate::practice::emergency_response::is_without_committee;
use crate::source::{LedgerPath, ROOT_FILE, Span};

/// The check.
pub(super) static CHECK: Check = Check {
    name: CheckName::new("no-emergency-committee"),
    severity: Severity::Warning,
    group: Group::Practice(Practice::EmergencyResponse),
    policy: &["settling_days"],
    run: Run::Ledger(run),
    what: "A coalition of six or more current members has no active committee that decides in an emergency.",
    why: "The county can close a branch between two meetings. Everyone should choose beforehand who may respond that \
        evening.",
    fix: "Add a committee with `emergency = true`, and give it powers, a chair and a deputy. If the coalition is too \
        small for one, turn the check off in `coalition.toml`.",
    bad: BAD,
    good: GOOD,
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    if is_without_committee(context.as_of) {
        let message = "no committee decides for the coalition in an emergency";
        let new = "new committee \"Emergency committee\" emergency=yes powers=\"…\"";
        let help = "add a committee with `emergency = true`, and say in `powers` what it may decide on its own";
        let help = command_or(new, help);
        let finding = Finding::new(CHECK.name, &LedgerPath::new(ROOT_FILE), Span::START, message, help);
        findings.push(context.unless_unread(Kind::Committee, finding));
    }
}

const BAD: Example = Example::of(&[
    ExampleFile::new(
        "coalition.toml",
        r##"# Nobody may decide between meetings.  # <-- here
name = "Alder County Library Coalition"
founded = 2025-01-15
"##,
    ),
    ExampleFile::new(
        "members/cedar-school.toml",
        r##"name = "Cedar School"
classification = "school"
joined = 2025-03-01
"##,
    ),
    ExampleFile::new(
        "members/dune-center.toml",
        r##"name = "Dune Senior Center"
classification = "nonprofit"
joined = 2025-03-01
"##,
    ),
    ExampleFile::new(
        "members/elm-church.toml",
        r##"name = "Elm Street Church"
classification = "faith-group"
joined = 2025-03-01
"##,
    ),
    ExampleFile::new(
        "members/fir-street.toml",
        r##"name = "Fir Street Neighbors"
classification = "civic-group"
joined = 2025-03-01
"##,
    ),
]);

const GOOD: Example = Example::of(&[
    ExampleFile::new(
        "coalition.toml",
        r##"name = "Alder County Library Coalition"
founded = 2025-01-15
"##,
    ),
    ExampleFile::new("committees/emergency.toml", READY),
]);

/// An emergency committee with everything it needs: the corrected state of several examples.
pub(super) const READY: &str = r##"name = "Emergency committee"
purpose = "Answers within the hour when a library is about to be closed."
emergency = true
powers = "May answer the press and call the members to a hearing."
last_drill = 2026-02-21

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
start_date = 2025-07-01
end_date = 2026-12-31

[[watch]]
advocate = "ben-okoro"
days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
from = 08:00:00
to = 20:00:00

[[watch]]
advocate = "dana-reyes"
days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
from = 20:00:00
to = 08:00:00
"##;
