//! `stalled-prospect`: an organization that was thought of or asked to join has heard nothing for longer than `recruit_days`.

use super::{Check, Context, Example, ExampleFile, Group, Run, finding};
use crate::finding::{CheckName, Finding, Severity};
use crate::kind::Kind;
use crate::practice::Practice;
use crate::practice::recruitment::prospects;
use crate::record::AnyRecord;

/// The check.
pub static CHECK: Check = Check {
    name: CheckName::new("stalled-prospect"),
    severity: Severity::Warning,
    group: Group::Practice(Practice::Recruitment),
    what: "An organization that was thought of or asked to join has heard nothing for longer than `recruit_days`: it was \
        not thought of or asked since, and there was no contact with it or its people, nor by them.",
    why: "Who was asked once and then forgotten remembers it. A second conversation brings more members than a hundred letters.",
    fix: "Call them and note it with `coalition log contact`. If they have said no, write the day under `declined`; there is no shame in it.",
    policy: &["recruit_days"],
    bad: Example::of(&[ExampleFile::new(
        "members/alder-courier.toml",
        r##"name = "Alder Courier"
classification = "media"
sponsor = "birch-library"
identified = 2025-08-01
invited = 2025-10-01  # <-- here
"##,
    )]),
    good: Example::of(&[ExampleFile::new(
        "members/alder-courier.toml",
        r##"name = "Alder Courier"
classification = "media"
sponsor = "birch-library"
identified = 2025-08-01
invited = 2025-10-01

[[contacts]]
date = 2026-05-28
by = "ana-lopez"
channel = "phone"
"##,
    )]),
    run: Run::Ledger(run),
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for prospect in prospects(context.here).into_iter().filter(|prospect| prospect.wait.is_over()) {
        let member = prospect.member;
        let message = format!("{} has heard nothing {}", member.name(), prospect.wait.words());
        let help = "call them and log the contact, or write the day under `declined` if they said no";
        // The last contact may stand in the record of one of its people, or of whomever these called.
        let told = match prospect.place {
            Some(place) => finding(&CHECK, member, place, message, help),
            None => context.absent(&CHECK, member, message, help),
        };
        let told = context.unless_unread(Kind::Advocate, told);
        findings.push(told.because_of(&member.path));
    }
}
