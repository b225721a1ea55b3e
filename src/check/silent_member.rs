//! `silent-member`: no one has heard from a current member for more days than its own `contact_days`, or the
//! policy’s, allow.

use super::{Check, Context, Example, ExampleFile, Group, Run};
use crate::finding::{CheckName, Finding, Severity};
use crate::practice::{Practice, open_communication};
use crate::record::AnyRecord;

/// The check.
pub(super) static CHECK: Check = Check {
    name: CheckName::new("silent-member"),
    severity: Severity::Warning,
    group: Group::Practice(Practice::OpenCommunication),
    policy: &["contact_days", "contacts_since"],
    run: Run::Ledger(run),
    what: "No one has heard from a current member for longer than its own `contact_days` or, if it has none, the \
        policy’s. The coalition hears from a member through a contact with the member or its people, their attendance \
        at a meeting, a dated position, a request for help, an answer to a request, or a finished action. Signatures \
        and contributions do not count. Counting starts at the last of these, on the date in `joined` or at the \
        policy’s `contacts_since`, whichever is latest.",
    why: "Members rarely leave with a letter. They come less often, answer later, and one day they are gone. A \
        visit in the third month costs less than winning them back in the ninth.",
    fix: "Have someone visit or call the member and ask what they would need to take part. Log it with `coalition \
        log contact`.",
    bad: BAD,
    good: GOOD,
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for heard in open_communication::members(context.as_of) {
        let Some(wait) = heard.wait.filter(|wait| wait.is_over()) else { continue };
        let name = heard.member.name();
        let message = match heard.last.filter(|last| last.date == wait.since) {
            Some(last) => format!("no one has heard from {name} {}; last: {}", wait.words(), last.way.words()),
            None => format!("no one has heard from {name} {}", wait.words_since()),
        };
        let help = format!("visit or call the member, and log it with `coalition log contact {}`", heard.member.key);
        let finding = context.absent(&CHECK, heard.member, message, help);
        findings.push(context.unless_unheard(finding));
    }
}

const BAD: Example = Example::of(&[
    ExampleFile::new(
        "members/birch-library.toml",
        r##"name = "Birch Public Library"  # <-- here
classification = "library"
joined = 2025-01-15
representative = "ben-okoro"
backup_representative = "dana-reyes"
interests = ["evening-hours"]

[process]
approver = "the director"
lead_days = 14
"##,
    ),
    ExampleFile::new(
        "advocates/ben-okoro.toml",
        r##"name = "Ben Okoro"
member = "birch-library"
role = "staff"
contact_owner = "ana-lopez"

[consent]
listed = true

[[contacts]]
date = 2026-03-10
by = "ana-lopez"
"##,
    ),
    ExampleFile::new(
        "advocates/dana-reyes.toml",
        r##"name = "Dana Reyes"
member = "birch-library"
role = "staff"
contact_owner = "ana-lopez"

[consent]
listed = true

[[contacts]]
date = 2026-03-10
by = "ana-lopez"
"##,
    ),
]);

const GOOD: Example = Example::of(&[ExampleFile::new(
    "members/birch-library.toml",
    r##"name = "Birch Public Library"
classification = "library"
joined = 2025-01-15
representative = "ben-okoro"
backup_representative = "dana-reyes"
interests = ["evening-hours"]

[process]
approver = "the director"
lead_days = 14

[[contacts]]
date = 2026-06-12
by = "ana-lopez"
channel = "in-person"
"##,
)]);
