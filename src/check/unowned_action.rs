//! `unowned-action`: an action that a meeting agreed on is open, and no current person is responsible for it.

use super::{Change, Check, Context, Example, ExampleFile, Group, Run, finding};
use crate::finding::{CheckName, Finding, Severity};
use crate::practice::Practice;
use crate::practice::actions::{open_actions, words};
use crate::record::value::RecordId;

/// The check.
pub(super) static CHECK: Check = Check {
    name: CheckName::new("unowned-action"),
    severity: Severity::Note,
    group: Group::Practice(Practice::OpenCommunication),
    policy: &[],
    run: Run::Ledger(run),
    what: "A meeting agreed on an action, it is still open, and no current person is responsible for it.",
    why: "Everyone at the meeting assumes someone else will do it. One name turns a wish into a promise.",
    fix: "Ask someone, and write the name in `owner`.",
    bad: BAD,
    good: GOOD,
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for open in open_actions(context.as_of).filter(|open| !open.is_owned) {
        let (Some(what), Some(action)) = (&open.action.what, words(open.action)) else { continue };
        let finding = match &open.action.owner {
            Some(owner) => {
                let name = context.ledger.name_of(&owner.value);
                let message = format!("{name}, who is responsible for \u{201c}{action}\u{201d}, is no longer active");
                let help = "ask someone else, and write the name in `owner`";
                finding(&CHECK, open.record, what.span, message, help).with_about(owner.value.key())
            }
            None => {
                let message = format!(
                    "no one is responsible for \u{201c}{action}\u{201d}, agreed at \u{201c}{}\u{201d}",
                    open.record.name()
                );
                let help = "ask someone, and write the name in `owner`";
                finding(&CHECK, open.record, what.span, message, help).because_of(open.record.path())
            }
        };
        findings.push(finding);
    }
}

const BAD: Example = Example::of(&[ExampleFile::new(
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
)]);

const GOOD: Example = BAD.change(&[Change::Add {
    below: r#"what = "Ask the bus company about the last run""#,
    lines: r#"owner = "ben-okoro""#,
}]);
