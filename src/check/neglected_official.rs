//! `neglected-official`: no one has been in contact with an official in office for more than `official_contact_days`.

use super::{Change, Check, Context, Example, ExampleFile, Group, Run, finding};
use crate::finding::{CheckName, Finding, Severity};
use crate::practice::{Practice, year_round};
use crate::record::AnyRecord;

/// The check.
pub(super) static CHECK: Check = Check {
    name: CheckName::new("neglected-official"),
    severity: Severity::Warning,
    group: Group::Practice(Practice::YearRound),
    policy: &["official_contact_days", "contacts_since"],
    run: Run::Ledger(run),
    what: "No one has been in contact with an official in office for more than `official_contact_days`. If there was \
        never any contact, counting starts on the first day of the term or on the founding date, whichever is later. \
        If neither is known, the check reports nothing. Counting never starts before `contacts_since`.",
    why: "Officials remember who came when they wanted nothing. Someone who appears only before the vote is one \
        petitioner among many.",
    fix: "Have the person in `owner` bring news, thanks or an invitation, and log it with `coalition log contact`.",
    bad: BAD,
    good: GOOD,
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for one in year_round::officials(context.as_of) {
        let Some(wait) = one.wait.filter(|wait| wait.is_over()) else { continue };
        let name = one.official.name();
        let help = format!(
            "get in touch without asking for anything, and log it with `coalition log contact {}`",
            one.official.key
        );
        findings.push(match one.last {
            Some(last) => {
                let message = format!("no contact with {name} {}", wait.words());
                finding(&CHECK, one.official, last.date.span, message, help).because_of(&one.official.path)
            }
            None => {
                let message = format!("no contact with {name} {}", wait.words_since());
                context.absent(&CHECK, one.official, message, help)
            }
        });
    }
}

const BAD: Example = Example::of(&[ExampleFile::new(
    "officials/pat-quill.toml",
    r##"name = "Pat Quill"
office = "County commissioner"
stance = "neutral"
owner = "ana-lopez"

[[contacts]]
date = 2026-03-02  # <-- here
by = "ana-lopez"
"##,
)]);

const GOOD: Example = BAD.change(&[Change::Replace("date = 2026-03-02", "date = 2026-06-02")]);
