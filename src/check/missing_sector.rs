//! `missing-sector`: no current member belongs to a sector that `required_sectors` lists.

use super::{Change, Check, Context, Example, ExampleFile, Group, Run};
use crate::finding::{CheckName, Finding, Severity};
use crate::kind::Kind;
use crate::practice::Practice;
use crate::practice::diversity::required_sectors;
use crate::source::{LedgerPath, ROOT_FILE};

/// The check.
pub(super) static CHECK: Check = Check {
    name: CheckName::new("missing-sector"),
    severity: Severity::Warning,
    group: Group::Practice(Practice::Diversity),
    policy: &["required_sectors"],
    run: Run::Ledger(run),
    what: "No current member belongs to a sector that `required_sectors` lists.",
    why: "Without the people it speaks about, a coalition sounds like one more lobby. An empty chair is easy to forget \
        when no one misses it.",
    fix: "Invite an organization in that sector, or set `sector` in the member who belongs to it.",
    bad: BAD,
    good: GOOD,
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for (sector, _) in required_sectors(context.as_of).into_iter().filter(|(_, present)| !present) {
        let message = format!("no current member belongs to the sector \u{201c}{}\u{201d}", sector.as_str());
        let help =
            format!("invite an organization in that sector, or write sector = \"{}\" in a member", sector.as_str());
        let finding = Finding::new(CHECK.name, &LedgerPath::new(ROOT_FILE), sector.span, message, help);
        findings.push(context.unless_unread(Kind::Member, finding));
    }
}

const BAD: Example = Example::of(&[
    ExampleFile::new(
        "coalition.toml",
        r##"name = "Alder County Library Coalition"
founded = 2025-01-15

[policy]
required_sectors = [
    "libraries",
    "schools",  # <-- here
]

[checks]
no-emergency-committee = "off"
"##,
    ),
    ExampleFile::new(
        "members/birch-library.toml",
        r##"name = "Birch Public Library"
classification = "library"
sector = "libraries"
joined = 2025-01-15
representative = "ben-okoro"
backup_representative = "dana-reyes"
interests = ["evening-hours"]

[process]
approver = "the director"
lead_days = 14
"##,
    ),
]);

const GOOD: Example = BAD.change(&[Change::Replace(
    r#"required_sectors = [
    "libraries",
    "schools",
]"#,
    r#"required_sectors = ["libraries"]"#,
)]);
