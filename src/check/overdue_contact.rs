//! `overdue-contact`: nobody has been in touch with somebody for too long.

use super::{Check, Context, Example, ExampleFile, Group, Run, finding};
use crate::finding::{CheckName, Finding, Severity};
use crate::practice::{Practice, personal_contact};
use crate::record::AnyRecord;

/// The check.
pub static CHECK: Check = Check {
    name: CheckName::new("overdue-contact"),
    severity: Severity::Warning,
    group: Group::Practice(Practice::PersonalContact),
    what: "Nobody has been in touch with somebody who serves for longer than is allowed.",
    why: "People who work without being asked how they are stop working. A call that costs ten minutes keeps an advocate for \
        a year, and a contact counts for both sides: whoever called was in touch too.",
    fix: "Call, visit or write, and note it with `coalition log contact`, or under `[[contacts]]` in the person\u{2019}s \
        record. Where someone wants to hear less often, say so under `contact_days`.",
    policy: &["contact_days"],
    bad: Example::of(&[ExampleFile::new(
        "advocates/ben-okoro.toml",
        r##"name = "Ben Okoro"
member = "birch-library"
role = "staff"
contact_owner = "ana-lopez"

[consent]
listed = true

[[contacts]]
date = 2026-03-10  # <-- here
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
date = 2026-06-10
by = "ana-lopez"
"##,
    )]),
    run: Run::Ledger(run),
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for one in personal_contact::people(context.here) {
        let Some(wait) = one.wait.filter(|wait| wait.is_over()) else { continue };
        let name = one.advocate.name();
        let last = one.last.filter(|last| last.date.value == wait.since);
        let message = match last {
            Some(_) => format!("no contact with {name} {}", wait.words()),
            None => format!("no contact with {name} {}", wait.words_of_never()),
        };
        let help = format!("get in touch, and note it with `coalition log contact {}`", one.advocate.key);
        // The last contact may stand in the record of whomever this person called.
        let own = last.filter(|last| last.with.key() == &one.advocate.key);
        let told = match own {
            Some(last) => finding(&CHECK, one.advocate, last.date.span, message, help).because_of(&one.advocate.path),
            None => context.absent(&CHECK, one.advocate, message, help),
        };
        // The day that the member joined may be what cannot be read.
        let member = context.here.member_of(one.advocate).map(|member| &member.path);
        findings.push(member.into_iter().fold(told, |told, path| told.because_of(path)));
    }
}
