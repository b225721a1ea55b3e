//! `unowned-advocate`: no current person is assigned to stay in touch with a current person.

use super::command::set_or;
use super::{Change, Check, Context, Example, ExampleFile, Group, Run, finding};
use crate::finding::{CheckName, Finding, Severity};
use crate::practice::{
    Practice,
    personal_contact::{self, Keeper},
};
use crate::record::AnyRecord;
use crate::record::value::RecordId;

/// The check.
pub(super) static CHECK: Check = Check {
    name: CheckName::new("unowned-advocate"),
    severity: Severity::Note,
    group: Group::Practice(Practice::PersonalContact),
    policy: &["note_settling_days"],
    run: Run::Ledger(run),
    what: "A current person has no current contact owner.",
    why: "A task that belongs to everyone gets done by no one. If someone makes sure that each person hears from the \
        coalition, no one drops out unnoticed.",
    fix: "Ask someone to stay in touch, and enter that person’s id in `contact_owner`.",
    bad: BAD,
    good: GOOD,
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for advocate in personal_contact::unkept(context.as_of) {
        let name = advocate.name();
        let help = "enter the id of a current person in `contact_owner`";
        let help = set_or(context.as_of, advocate, &["contact_owner"], help);
        let message = match personal_contact::keeper(context.as_of, advocate) {
            Keeper::Gone(owner) => {
                format!("{} is assigned to stay in touch with {name} but is not a current person", owner.name())
            }
            Keeper::Themself => format!("{name} is assigned to stay in touch only with themself"),
            _ => format!("no one is assigned to stay in touch with {name}"),
        };
        findings.push(match &advocate.contact_owner {
            Some(owner) => finding(&CHECK, advocate, owner.span, message, help).with_about(owner.value.key()),
            None => context.absent(&CHECK, advocate, message, help),
        });
    }
}

const BAD: Example = Example::of(&[ExampleFile::new(
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
)]);

const GOOD: Example =
    BAD.change(&[Change::Add { below: r#"role = "staff""#, lines: r#"contact_owner = "ana-lopez""# }]);
