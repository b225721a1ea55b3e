//! `inactive-constituency`: a constituency is there, but no one has heard from it.

use super::{Check, Context, Example, ExampleFile, Group, Run, overdue_contact, silent_member};
use crate::finding::{CheckName, Finding, Severity};
use crate::practice::{
    Practice,
    constituencies::{self, Sort, advocates_in, members_of},
};
use crate::source::{LedgerPath, ROOT_FILE};

/// The check.
pub static CHECK: Check = Check {
    name: CheckName::new("inactive-constituency"),
    severity: Severity::Note,
    group: Group::Practice(Practice::Constituencies),
    what: "A constituency that the policy asks for is there, but the coalition has not heard from any of its members or advocates in time.",
    why: "A name on the list does not take part in the work. If no one of a constituency comes, answers or gives anything, it \
        is as good as missing, and no one notices.",
    fix: "Ask someone of that constituency for one small, definite thing, and log it with `coalition log contact`.",
    policy: &["contact_days", "required_classifications", "required_roles"],
    bad: Example::of(&[
        ExampleFile::new(
            "coalition.toml",
            r##"name = "Alder County Library Coalition"
founded = 2025-01-15

[policy]
required_roles = ["student"]  # <-- here

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
date = 2026-02-10
by = "ana-lopez"
"##,
        ),
    ]),
    good: Example::of(&[
        ExampleFile::new(
            "coalition.toml",
            r##"name = "Alder County Library Coalition"
founded = 2025-01-15

[policy]
required_roles = ["student"]

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
    ]),
    run: Run::Ledger(run),
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for constituency in constituencies::constituencies(context.here) {
        let Some(wait) = constituency.wait.filter(|_| constituency.is_inactive()) else { continue };
        let label = constituency.sort.label();
        let noun = match (constituency.sort, constituency.count) {
            (Sort::Members(_), 1) => "member of the sort",
            (Sort::Members(_), _) => "members of the sort",
            (Sort::Advocates(_), 1) => "advocate in the role",
            (Sort::Advocates(_), _) => "advocates in the role",
        };
        let (count, wait) = (constituency.count, wait.words());
        let message = format!("no one has heard from the {count} {noun} \u{201c}{label}\u{201d} {wait}");
        let help = "ask one of them for something small and definite, and log the contact";
        let finding = Finding::new(CHECK.name, &LedgerPath::new(ROOT_FILE), constituency.span, message, help);
        let finding = context.unless_unheard(finding);
        findings.push(match constituency.sort {
            Sort::Members(sort) => members_of(context.here, sort)
                .fold(finding, |finding, member| finding.unless(silent_member::CHECK.name, &member.path, None)),
            Sort::Advocates(role) => advocates_in(context.here, role)
                .fold(finding, |finding, advocate| finding.unless(overdue_contact::CHECK.name, &advocate.path, None)),
        });
    }
}
