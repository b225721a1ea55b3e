//! `overdue-contact`: no one has been in touch with a current person for longer than `contact_days`, or the
//! person’s own `contact_days`.

use super::{Change, Check, Context, Example, ExampleFile, Group, Run, finding};
use crate::finding::{CheckName, Finding, Severity};
use crate::kind::Kind;
use crate::practice::{Practice, personal_contact};
use crate::record::AnyRecord;

/// The check.
pub(super) static CHECK: Check = Check {
    name: CheckName::new("overdue-contact"),
    severity: Severity::Warning,
    group: Group::Practice(Practice::PersonalContact),
    policy: &["contact_days", "contacts_since"],
    run: Run::Ledger(run),
    what: "No one has been in touch with a current person for longer than `contact_days`, or the person’s own \
        `contact_days`. Being in touch means a contact with the person, a contact the person made with a member or \
        another person, or a meeting the person attended or chaired. Counting starts at the latest of four dates: the \
        last time anyone was in touch; the person’s `start_date` (if there is none, the date the person’s member \
        joined, was invited or was identified); the founding of the coalition; `contacts_since`.",
    why: "People stop working when no one asks how they are. A ten-minute call keeps a person for a year. The call \
        counts for both sides: the caller was in touch too.",
    fix: "Call, visit or write, and log it with `coalition log contact`, or under `[[contacts]]` in the person’s \
        record. If someone wants to hear from you less often, say so in `contact_days`.",
    bad: BAD,
    good: GOOD,
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for one in personal_contact::people(context.as_of) {
        let Some(wait) = one.wait.filter(|wait| wait.is_over()) else { continue };
        let name = one.advocate.name();
        let last = one.last.filter(|last| last.date == wait.since);
        let message = match last {
            Some(_) => format!("no contact with {name} {}", wait.words()),
            None => format!("no contact with {name} {}", wait.words_since()),
        };
        let help = format!("get in touch, and log it with `coalition log contact {}`", one.advocate.key);
        // The last contact may be in the record of someone whom this person called, or be a meeting.
        let in_record = last.filter(|last| last.told_by.key() == &one.advocate.key);
        let finding = match in_record.and_then(|last| last.contact?.date.as_ref()) {
            Some(date) => finding(&CHECK, one.advocate, date.span, message, help).because_of(&one.advocate.path),
            None => context.absent(&CHECK, one.advocate, message, help),
        };
        // The unreadable file may hold a meeting, or the day on which the member joined.
        let member = context.as_of.member_of(one.advocate).map(|member| &member.path);
        let finding = context.unless_unread(Kind::Meeting, finding);
        findings.push(member.into_iter().fold(finding, |finding, path| finding.because_of(path)));
    }
}

const BAD: Example = Example::of(&[ExampleFile::new(
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
)]);

const GOOD: Example = BAD.change(&[Change::Replace("date = 2026-03-10", "date = 2026-06-10")]);
