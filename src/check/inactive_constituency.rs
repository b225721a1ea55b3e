//! `inactive-constituency`: the coalition has a constituency that the policy asks for, but has not heard from any of
//! its members or advocates within `contact_days`.

use super::{Change, Check, Context, Example, ExampleFile, Group, Run, overdue_contact, silent_member};
use crate::finding::{CheckName, Finding, Severity};
use crate::practice::{
    Practice,
    constituencies::{self, ConstituencyKind, advocates_in, members_of},
};
use crate::source::{LedgerPath, ROOT_FILE};

/// The check.
pub(super) static CHECK: Check = Check {
    name: CheckName::new("inactive-constituency"),
    severity: Severity::Note,
    group: Group::Practice(Practice::Constituencies),
    policy: &["contact_days", "contacts_since", "required_classifications", "required_roles"],
    run: Run::Ledger(run),
    what: "The coalition has members or people from a required constituency, but has not heard from any of them within \
        `contact_days`.",
    why: "A name on the list does not take part in the work. If no one from a constituency comes, answers or gives \
        anything, it is as good as missing, and no one notices.",
    fix: "Ask someone in that constituency for one small, specific thing, and log it with `coalition log contact`.",
    bad: BAD,
    good: GOOD,
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for constituency in constituencies::constituencies(context.as_of) {
        let Some(wait) = constituency.wait.filter(|_| constituency.is_inactive()) else { continue };
        let label = constituency.sort.label();
        let people = match (constituency.sort, constituency.count) {
            (ConstituencyKind::Members(_), 1) => "only member of type".to_owned(),
            (ConstituencyKind::Members(_), count) => format!("{count} members of type"),
            (ConstituencyKind::Advocates(_), 1) => "only person in the role".to_owned(),
            (ConstituencyKind::Advocates(_), count) => format!("{count} people in the role"),
        };
        let message = format!("no one has heard from the {people} \u{201c}{label}\u{201d} {}", wait.words());
        let help = "ask one of them for something small and specific, and log the contact";
        let finding = Finding::new(CHECK.name, &LedgerPath::new(ROOT_FILE), constituency.span, message, help);
        let finding = context.unless_unheard(finding);
        findings.push(match constituency.sort {
            ConstituencyKind::Members(sort) => members_of(context.as_of, sort)
                .fold(finding, |finding, member| finding.unless(silent_member::CHECK.name, &member.path, None)),
            ConstituencyKind::Advocates(role) => advocates_in(context.as_of, role)
                .fold(finding, |finding, advocate| finding.unless(overdue_contact::CHECK.name, &advocate.path, None)),
        });
    }
}

const BAD: Example = Example::of(&[
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
]);

const GOOD: Example = BAD.change(&[Change::Replace("date = 2026-02-10", "date = 2026-06-02")]);
