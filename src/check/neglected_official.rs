//! `neglected-official`: an official has not heard from the coalition for too long.

use super::{Check, Context, Example, ExampleFile, Group, Run, finding};
use crate::finding::{CheckName, Finding, Severity};
use crate::practice::{Practice, year_round};
use crate::record::AnyRecord;

/// The check.
pub static CHECK: Check = Check {
    name: CheckName::new("neglected-official"),
    severity: Severity::Warning,
    group: Group::Practice(Practice::YearRound),
    what: "An official in office has had no contact for more than `official_contact_days`. Without any contact the days count \
        from the first day of the term or from the founding, whichever is later; where neither is known, nothing is said.",
    why: "Officials remember who came when nothing was to be had. Whoever appears only before the vote is one petitioner among \
        many.",
    fix: "Have the advocate under `owner` bring news, thanks or an invitation, and note it with `coalition log \
        contact`.",
    policy: &["official_contact_days"],
    bad: Example::of(&[ExampleFile::new(
        "officials/pat-quill.toml",
        r##"name = "Pat Quill"
office = "County commissioner"
stance = "neutral"
owner = "ana-lopez"

[[contacts]]
date = 2026-03-02  # <-- here
by = "ana-lopez"
"##,
    )]),
    good: Example::of(&[ExampleFile::new(
        "officials/pat-quill.toml",
        r##"name = "Pat Quill"
office = "County commissioner"
stance = "neutral"
owner = "ana-lopez"

[[contacts]]
date = 2026-06-02
by = "ana-lopez"
"##,
    )]),
    run: Run::Ledger(run),
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for one in year_round::officials(context.here) {
        let Some(wait) = one.wait.filter(|wait| wait.is_over()) else { continue };
        let name = one.official.name();
        let help = format!(
            "get in touch without asking for anything, and note it with `coalition log contact {}`",
            one.official.key
        );
        findings.push(match one.last {
            Some(last) => {
                let message = format!("no contact with {name} {}", wait.words());
                finding(&CHECK, one.official, last.date.span, message, help).because_of(&one.official.path)
            }
            None => {
                let message = format!("no contact with {name} {}", wait.words_of_never());
                context.absent(&CHECK, one.official, message, help)
            }
        });
    }
}
