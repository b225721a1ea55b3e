//! `unowned-action`: nobody who serves is to do what a meeting agreed on.

use super::{Check, Context, Example, ExampleFile, Group, Run, finding};
use crate::finding::{CheckName, Finding, Severity};
use crate::practice::Practice;
use crate::practice::actions::{open_actions, words};
use crate::record::AnyRecord;
use crate::record::value::RecordId;

/// The check.
pub static CHECK: Check = Check {
    name: CheckName::new("unowned-action"),
    severity: Severity::Note,
    group: Group::Practice(Practice::OpenCommunication),
    what: "An action that a meeting agreed on is open, and nobody who serves is named to do it.",
    why: "Each who was there believes that another sees to it. One name turns a wish into a promise.",
    fix: "Ask somebody, and write the name under `owner`.",
    policy: &[],
    bad: Example::of(&[ExampleFile::new(
        "meetings/2026-06-09-regular.toml",
        r##"name = "Regular meeting, June 2026"
date = 2026-06-09
notice_sent = 2026-05-26
minutes_published = 2026-06-12

[[attendance]]
advocate = "ana-lopez"
member = "alder-friends"

[[attendance]]
advocate = "ben-okoro"
member = "birch-library"

[[actions]]
what = "Ask the bus company about the last run"  # <-- here
due = 2026-06-30
"##,
    )]),
    good: Example::of(&[ExampleFile::new(
        "meetings/2026-06-09-regular.toml",
        r##"name = "Regular meeting, June 2026"
date = 2026-06-09
notice_sent = 2026-05-26
minutes_published = 2026-06-12

[[attendance]]
advocate = "ana-lopez"
member = "alder-friends"

[[attendance]]
advocate = "ben-okoro"
member = "birch-library"

[[actions]]
what = "Ask the bus company about the last run"
owner = "ben-okoro"
due = 2026-06-30
"##,
    )]),
    run: Run::Ledger(run),
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for open in open_actions(context.here).filter(|open| !open.is_owned) {
        let (Some(what), Some(action)) = (&open.action.what, words(open.action)) else { continue };
        let told = match &open.action.owner {
            Some(owner) => {
                let name = context.ledger.name_of(&owner.value);
                let message = format!("{name}, who was to see to \u{201c}{action}\u{201d}, no longer serves");
                let help = "ask somebody else, and write the name under `owner`";
                finding(&CHECK, open.meeting, what.span, message, help).with_about(owner.value.key())
            }
            None => {
                let message = format!(
                    "nobody is named to see to \u{201c}{action}\u{201d}, agreed at \u{201c}{}\u{201d}",
                    open.meeting.name()
                );
                let help = "ask somebody, and write the name under `owner`";
                finding(&CHECK, open.meeting, what.span, message, help).because_of(&open.meeting.path)
            }
        };
        findings.push(told);
    }
}
