//! `silent-member`: a member has not been heard from for too long.

use super::{Check, Context, Example, ExampleFile, Group, Run};
use crate::finding::{CheckName, Finding, Severity};
use crate::practice::{Practice, open_communication};
use crate::record::AnyRecord;

/// The check.
pub static CHECK: Check = Check {
    name: CheckName::new("silent-member"),
    severity: Severity::Warning,
    group: Group::Practice(Practice::OpenCommunication),
    what: "A current member has not been heard from for more days than its own `contact_days`, or the policy\u{2019}s, allow: no \
        contact with or by it or its people, none of them at a meeting or in its chair, no dated position, no answer to a \
        request of others, no request, and no action done. The days count from the last of these or from `joined`, whichever \
        is later. A signature or a gift is no sign.",
    why: "Members rarely leave with a letter. They come less often, answer later, and one day they are gone; a visit in the \
        third month costs less than winning them back in the ninth.",
    fix: "Have somebody visit or call the member, ask what they would need to take part, and note it with \
        `coalition log contact`.",
    policy: &["contact_days"],
    bad: Example::of(&[
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
    ]),
    good: Example::of(&[ExampleFile::new(
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
    )]),
    run: Run::Ledger(run),
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for heard in open_communication::members(context.here) {
        let Some(wait) = heard.wait.filter(|wait| wait.is_over()) else { continue };
        let name = heard.member.name();
        let message = match heard.last.filter(|last| last.date == wait.since) {
            Some(last) => format!("after {}, nothing was heard from {name} {}", last.way.words(), wait.words()),
            None => format!("nothing was heard from {name} {}", wait.words_of_never()),
        };
        let help = format!("visit or call the member, and note it with `coalition log contact {}`", heard.member.key);
        let finding = context.absent(&CHECK, heard.member, message, help);
        findings.push(context.unless_unheard(finding));
    }
}
