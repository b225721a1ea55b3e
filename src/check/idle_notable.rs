//! `idle-notable`: no one has asked a local notable for anything for longer than `notable_ask_days`.

use super::{Change, Check, Context, Example, ExampleFile, Group, Run, finding};
use crate::finding::{CheckName, Finding, Severity};
use crate::practice::{Practice, notables};
use crate::record::AnyRecord;

/// The check.
pub(super) static CHECK: Check = Check {
    name: CheckName::new("idle-notable"),
    severity: Severity::Note,
    group: Group::Practice(Practice::Notables),
    policy: &["notable_ask_days"],
    run: Run::Ledger(run),
    what: "No one has asked a local notable for anything for longer than `notable_ask_days`.",
    why: "People whose word carries weight lent their names to be of use. If no one asks them for anything, they \
        conclude that the coalition does not need them, and lend their names to something else.",
    fix: "Ask for one thing that only this person can do, such as a letter, a visit or a quotation, and log it \
        under `[[notable.asks]]`.",
    bad: BAD,
    good: GOOD,
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for notable in notables::notables(context.as_of) {
        let Some(wait) = notable.wait.filter(|wait| wait.is_over()) else { continue };
        let name = notable.advocate.name();
        let help = format!(
            "ask for something that only this person can do, and then run `coalition log ask {} \"…\"`",
            notable.advocate.key.id
        );
        findings.push(match notable.last.filter(|(date, _)| date.value == wait.since) {
            Some((date, _)) => {
                let message = format!("{name} has not been asked for anything {}", wait.words());
                finding(&CHECK, notable.advocate, date.span, message, help).because_of(&notable.advocate.path)
            }
            None => {
                let message = format!("{name} has not been asked for anything {}", wait.words_since());
                context.absent(&CHECK, notable.advocate, message, help)
            }
        });
    }
}

const BAD: Example = Example::of(&[ExampleFile::new(
    "advocates/rita-vale.toml",
    r##"name = "Rita Vale"
role = "notable"
start_date = 2025-02-01
contact_owner = "ana-lopez"

[consent]
listed = true

[notable]
known_for = "first teacher of half the town"

[[notable.asks]]
date = 2025-04-22  # <-- here
ask = "Speak at the budget hearing."
answer = "Yes."

[[contacts]]
date = 2026-06-02
by = "ana-lopez"
"##,
)]);

const GOOD: Example = BAD.change(&[Change::Replace("date = 2025-04-22", "date = 2026-04-22")]);
