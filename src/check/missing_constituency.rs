//! `missing-constituency`: the policy asks for a type of member or an advocate in a role, and the coalition has none.

use super::{Check, Context, Example, ExampleFile, Group, Run};
use crate::finding::{CheckName, Finding, Severity};
use crate::kind::Kind;
use crate::practice::{
    Practice,
    constituencies::{self, ConstituencyKind},
};
use crate::source::{LedgerPath, ROOT_FILE};

/// The check.
pub(super) static CHECK: Check = Check {
    name: CheckName::new("missing-constituency"),
    severity: Severity::Warning,
    group: Group::Practice(Practice::Constituencies),
    policy: &["required_classifications", "required_roles"],
    run: Run::Ledger(run),
    what: "The policy requires a type of member or a person in a role, and the coalition has none.",
    why: "A coalition speaks for those who are in it. Officials are the first to notice who is missing, and they ask.",
    fix: "Ask someone from that constituency to join, or delete it from the list in `[policy]` if the coalition no \
        longer wants it.",
    bad: BAD,
    good: GOOD,
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for missing in constituencies::constituencies(context.as_of).into_iter().filter(|one| one.is_missing()) {
        let label = missing.sort.label();
        let (message, help, kind) = match missing.sort {
            ConstituencyKind::Members(_) => {
                let message =
                    format!("the policy requires a member of type \u{201c}{label}\u{201d}, but there is none");
                (message, "ask one to join, or delete it from the list", Kind::Member)
            }
            ConstituencyKind::Advocates(_) => {
                let message =
                    format!("the policy requires a person in the role \u{201c}{label}\u{201d}, but there is none");
                (message, "ask someone to take that role, or delete it from the list", Kind::Advocate)
            }
        };
        let finding = Finding::new(CHECK.name, &LedgerPath::new(ROOT_FILE), missing.span, message, help);
        findings.push(context.unless_unread(kind, finding));
    }
}

const BAD: Example = Example::of(&[ExampleFile::new(
    "coalition.toml",
    r##"name = "Alder County Library Coalition"
founded = 2025-01-15

[policy]
required_classifications = ["library", "friends-group"]
required_roles = ["staff", "student"]  # <-- here

[checks]
no-emergency-committee = "off"
"##,
)]);

const GOOD: Example = Example::of(&[
    ExampleFile::new(
        "coalition.toml",
        r##"name = "Alder County Library Coalition"
founded = 2025-01-15

[policy]
required_classifications = ["library", "friends-group"]
required_roles = ["staff", "student"]

[checks]
no-emergency-committee = "off"
"##,
    ),
    ExampleFile::new(
        "advocates/eve-stone.toml",
        r##"name = "Eve Stone"
member = "birch-library"
role = "student"
start_date = 2025-09-01
contact_owner = "ana-lopez"

[consent]
listed = true

[[contacts]]
date = 2026-06-02
by = "ana-lopez"
"##,
    ),
]);
