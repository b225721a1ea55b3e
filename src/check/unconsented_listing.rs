//! `unconsented-listing`: someone who has a public role in the coalition has not said whether pages may name them.

use super::command::set_or;
use super::{Change, Check, Context, Example, ExampleFile, Group, Run, finding};
use crate::finding::{CheckName, Finding, Severity};
use crate::practice::{Practice, notables};
use crate::record::AnyRecord;

/// The check.
pub(super) static CHECK: Check = Check {
    name: CheckName::new("unconsented-listing"),
    severity: Severity::Note,
    group: Group::Practice(Practice::Notables),
    policy: &["note_settling_days"],
    run: Run::Ledger(run),
    what: "Someone with a public role in the coalition has not said whether public pages may name them.",
    why: "Without consent, the public pages leave the name out, and it looks as if no one stands behind a member, \
        a committee or a signature. Asking is also a courtesy.",
    fix: "Ask, and record the answer: `listed = true` or `listed = false` under `[consent]`, with the date in \
        `recorded`.",
    bad: BAD,
    good: GOOD,
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for (advocate, part) in notables::to_consent(context.as_of) {
        // In a file with mistakes no one knows what was answered.
        let is_flawed = context.ledger.certainty.flawed_files().contains(&advocate.path);
        if is_flawed || notables::has_answered(context.as_of, advocate) {
            continue;
        }
        let consent = advocate.consent.as_ref();
        let listed = consent.and_then(|consent| consent.listed.as_ref());
        let (name, part_words) = (advocate.name(), part.words());
        let finding = match listed {
            Some(listed) if listed.value => {
                let message = format!("{name} {part_words}, but the consent to be listed is dated in the future");
                let span = consent.and_then(|consent| consent.recorded.as_ref()).map_or(listed.span, |day| day.span);
                finding(&CHECK, advocate, span, message, "correct the date in `recorded`")
            }
            Some(listed) => {
                let message =
                    format!("{name} {part_words}; `listed` is false, but no date shows that anyone asked them");
                finding(&CHECK, advocate, listed.span, message, "ask, and enter the date in `recorded`")
            }
            None => {
                let message = format!("{name} {part_words}, but has not said whether public pages may name them");
                let help = "record `listed` and `recorded` under `[consent]`";
                let help = format!(
                    "ask, and then {}",
                    set_or(context.as_of, advocate, &["consent.listed", "consent.recorded"], help)
                );
                context.absent(&CHECK, advocate, message, help)
            }
        };
        findings.push(finding.with_about(part.record().key().clone()));
    }
}

const BAD: Example = Example::of(&[ExampleFile::new(
    "advocates/ben-okoro.toml",
    r##"name = "Ben Okoro"  # <-- here
member = "birch-library"
role = "staff"
contact_owner = "ana-lopez"

[[contacts]]
date = 2026-05-28
by = "ana-lopez"
"##,
)]);

const GOOD: Example = BAD.change(&[Change::Add {
    below: r#"contact_owner = "ana-lopez""#,
    lines: r#"
[consent]
listed = false
recorded = 2026-05-28"#,
}]);
