//! `unconsented-listing`: somebody with a public part has not said whether pages may name them.

use super::{Check, Context, Example, ExampleFile, Group, Run, finding};
use crate::finding::{CheckName, Finding, Severity};
use crate::practice::{Practice, notables};
use crate::record::AnyRecord;

/// The check.
pub static CHECK: Check = Check {
    name: CheckName::new("unconsented-listing"),
    severity: Severity::Note,
    group: Group::Practice(Practice::Notables),
    what: "Somebody who stands in public for the coalition has not said whether pages may name them.",
    why: "Without consent the public pages leave the name out, and a member, a committee or a signature looks as if nobody \
        stood behind it. Asking is also a courtesy.",
    fix: "Ask, and write the answer down: `listed = true` or `listed = false` under `[consent]`, with the day under `recorded`.",
    policy: &["note_settling_days"],
    bad: Example::of(&[ExampleFile::new(
        "advocates/ben-okoro.toml",
        r##"name = "Ben Okoro"  # <-- here
member = "birch-library"
role = "staff"
contact_owner = "ana-lopez"

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
listed = false
recorded = 2026-05-28

[[contacts]]
date = 2026-05-28
by = "ana-lopez"
"##,
    )]),
    run: Run::Ledger(run),
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for (advocate, part) in notables::to_consent(context.here) {
        if notables::has_answered(context.here, advocate) {
            continue;
        }
        let consent = advocate.consent.as_ref();
        let listed = consent.and_then(|consent| consent.listed.as_ref());
        let (name, part_words) = (advocate.name(), part.words());
        let finding = match listed {
            Some(listed) if listed.value => {
                let message = format!("{name} {part_words}, and the consent to be listed is dated after today");
                let span = consent.and_then(|consent| consent.recorded.as_ref()).map_or(listed.span, |day| day.span);
                finding(&CHECK, advocate, span, message, "correct the day under `recorded`")
            }
            Some(listed) => {
                let message =
                    format!("{name} {part_words} and is not to be listed, but no day says that they were asked");
                finding(&CHECK, advocate, listed.span, message, "ask, and write the day under `recorded`")
            }
            None => {
                let message = format!("{name} {part_words}, but nothing says whether public pages may name them");
                context.absent(&CHECK, advocate, message, "ask, and write `listed` and `recorded` under `[consent]`")
            }
        };
        findings.push(finding.with_about(part.record().key().clone()));
    }
}
