//! `unowned-advocate`: nobody is named who keeps in touch with an advocate.

use super::{Check, Context, Example, ExampleFile, Group, Run, finding};
use crate::finding::{CheckName, Finding, Severity};
use crate::practice::{
    Practice,
    personal_contact::{self, Keeper},
};
use crate::record::AnyRecord;
use crate::record::value::RecordId;

/// The check.
pub static CHECK: Check = Check {
    name: CheckName::new("unowned-advocate"),
    severity: Severity::Note,
    group: Group::Practice(Practice::PersonalContact),
    what: "Nobody who serves keeps in touch with somebody who does.",
    why: "What is everyone\u{2019}s task is done by nobody. When each person has one other who sees to it that they hear from \
        the coalition, nobody drops out unnoticed.",
    fix: "Name under `contact_owner` the advocate who will keep in touch, and ask that advocate first.",
    policy: &["note_settling_days"],
    bad: Example::of(&[ExampleFile::new(
        "advocates/ben-okoro.toml",
        r##"name = "Ben Okoro"  # <-- here
member = "birch-library"
role = "staff"

[consent]
listed = true

[[contacts]]
date = 2026-05-28
by = "ana-lopez"
"##,
    )]),
    good: Example::of(&[ExampleFile::new(
        "advocates/ben-okoro.toml",
        r##"name = "Ben Okoro"
member = "birch-library"
role = "staff"
contact_owner = "ana-lopez"

[consent]
listed = true

[[contacts]]
date = 2026-05-28
by = "ana-lopez"
"##,
    )]),
    run: Run::Ledger(run),
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for advocate in personal_contact::unkept(context.here) {
        let name = advocate.name();
        let help = "name an advocate who serves under `contact_owner`";
        let message = match personal_contact::keeper(context.here, advocate) {
            Keeper::Gone(owner) => format!("{} keeps in touch with {name}, but does not serve now", owner.name()),
            Keeper::Themself => format!("{name} is to keep in touch with nobody but themself"),
            _ => format!("nobody is named who keeps in touch with {name}"),
        };
        findings.push(match &advocate.contact_owner {
            Some(owner) => finding(&CHECK, advocate, owner.span, message, help).with_about(owner.value.key()),
            None => context.absent(&CHECK, advocate, message, help),
        });
    }
}
