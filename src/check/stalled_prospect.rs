//! `stalled-prospect`: an organization that was identified or invited has heard nothing from the coalition for longer
//! than `recruit_days`: no one has identified or invited it since, and there was no contact with it or its people, or
//! by them.

use super::command::person;
use super::{Change, Check, Context, Example, ExampleFile, Group, Run, finding};
use crate::finding::{CheckName, Finding, Severity};
use crate::kind::Kind;
use crate::practice::Practice;
use crate::practice::recruitment::prospects;
use crate::record::AnyRecord;

/// The check.
pub(super) static CHECK: Check = Check {
    name: CheckName::new("stalled-prospect"),
    severity: Severity::Warning,
    group: Group::Practice(Practice::Recruitment),
    policy: &["recruit_days"],
    run: Run::Ledger(run),
    what: "An identified or invited organization has heard nothing from the coalition for longer than `recruit_days`. \
        No one has identified or invited it again, and no one has been in contact with it or its people.",
    why: "People remember when you ask them once and then forget them. A second conversation brings in more members \
        than a hundred letters.",
    fix: "Call them and log it with `coalition log contact`. If they said no, enter the date in `declined`. Declining \
        is fine.",
    bad: BAD,
    good: GOOD,
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for prospect in prospects(context.as_of).into_iter().filter(|prospect| prospect.wait.is_over()) {
        let member = prospect.member;
        let message = format!("{} has heard nothing from the coalition {}", member.name(), prospect.wait.words());
        let help = format!(
            "call them and run `coalition log contact {} --by {} --channel phone`, or, if they said no, enter the date in \
             `declined`",
            member.key,
            person(context.as_of)
        );
        // The last contact may be in the record of one of its people, or of someone whom they called.
        let finding = match prospect.place {
            Some(place) => finding(&CHECK, member, place, message, help),
            None => context.absent(&CHECK, member, message, help),
        };
        let finding = context.unless_unread(Kind::Advocate, finding);
        findings.push(finding.because_of(&member.path));
    }
}

const BAD: Example = Example::of(&[ExampleFile::new(
    "members/alder-courier.toml",
    r##"name = "Alder Courier"
classification = "media"
sponsor = "birch-library"
identified = 2025-08-01
invited = 2025-10-01  # <-- here
"##,
)]);

const GOOD: Example = BAD.change(&[Change::Add {
    below: "invited = 2025-10-01",
    lines: r#"
[[contacts]]
date = 2026-05-28
by = "ana-lopez"
channel = "phone""#,
}]);
