//! `overdue-contact`: nobody has been in touch with somebody for too long.

use super::{Check, Context, Example, ExampleFile, Group, Run, finding};
use crate::finding::{CheckName, Finding, Severity};
use crate::kind::Kind;
use crate::practice::{Practice, personal_contact};
use crate::record::AnyRecord;

/// The check.
pub static CHECK: Check = Check {
    name: CheckName::new("overdue-contact"),
    severity: Severity::Warning,
    group: Group::Practice(Practice::PersonalContact),
    what: "No one has been in touch with a person who serves for longer than `contact_days`, or the person\u{2019}s own \
        `contact_days`: no contact with the person, none that the person made with a member or another person, and no meeting \
        where the person came or was in the chair. The days count from the last of these or from the person\u{2019}s `start_date`, \
        whichever is later; without a `start_date`, from the day the person\u{2019}s member joined, was invited or was identified; without that, from \
        the founding; and never from before the founding.",
    why: "People who work without being asked how they are stop working. A call that costs ten minutes keeps an advocate for \
        a year, and a contact counts for both sides: whoever called was in touch too.",
    fix: "Call, visit or write, and log it with `coalition log contact`, or under `[[contacts]]` in the person\u{2019}s \
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
        let last = one.last.filter(|last| last.date == wait.since);
        let message = match last {
            Some(_) => format!("no contact with {name} {}", wait.words()),
            None => format!("no contact with {name} {}", wait.words_of_never()),
        };
        let help = format!("get in touch, and note it with `coalition log contact {}`", one.advocate.key);
        // The last contact may stand in the record of whomever this person called, or be a meeting.
        let own = last.filter(|last| last.told_by.key() == &one.advocate.key);
        let told = match own.and_then(|last| last.contact?.date.as_ref()) {
            Some(date) => finding(&CHECK, one.advocate, date.span, message, help).because_of(&one.advocate.path),
            None => context.absent(&CHECK, one.advocate, message, help),
        };
        // The day that the member joined, or a meeting, may be what cannot be read.
        let member = context.here.member_of(one.advocate).map(|member| &member.path);
        let told = context.unless_unread(Kind::Meeting, told);
        findings.push(member.into_iter().fold(told, |told, path| told.because_of(path)));
    }
}
