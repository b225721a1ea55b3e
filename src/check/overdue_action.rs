//! `overdue-action`: an action that a meeting agreed on was due on a day that has passed.

use super::{Change, Check, Context, Example, ExampleFile, Group, Run, finding};
use crate::document::words::{days, shell_word};
use crate::finding::{CheckName, Finding, Severity};
use crate::practice::Practice;
use crate::practice::actions::{open_actions, words};
use crate::record::value::RecordId;

/// The check.
pub(super) static CHECK: Check = Check {
    name: CheckName::new("overdue-action"),
    severity: Severity::Warning,
    group: Group::Practice(Practice::OpenCommunication),
    policy: &[],
    run: Run::Ledger(run),
    what: "An action that a meeting agreed on is past its due date.",
    why: "Others are waiting for it. A reminder after a week is kind; a reminder after three months is a reproach.",
    fix: "Ask the person responsible. If it is done, enter the date in `done`. If not, agree on a new date and enter \
        it in `due`.",
    bad: BAD,
    good: GOOD,
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for open in open_actions(context.as_of) {
        let (Some(overdue), Some(due), Some(what)) = (open.days_overdue, &open.action.due, words(open.action)) else {
            continue;
        };
        let owner = open.action.owner.as_ref();
        let who = owner.map(|owner| format!(" ({})", context.ledger.name_of(&owner.value))).unwrap_or_default();
        let message = format!("\u{201c}{}\u{201d}{who} is {} overdue (due {})", what, days(overdue), due.value);
        let help = format!(
            "if it is done, run `coalition done {}`; otherwise agree on a new date and enter it in `due`",
            shell_word(what)
        );
        let finding = finding(&CHECK, open.record, due.span, message, help);
        findings.push(owner.into_iter().fold(finding, |finding, owner| finding.with_about(owner.value.key())));
    }
}

const BAD: Example = Example::of(&[ExampleFile::new(
    "meetings/2026-06-02-regular.toml",
    r##"name = "Regular meeting, June 2026"
date = 2026-06-02
notice_sent = 2026-05-19
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
due = 2026-06-14  # <-- here
"##,
)]);

const GOOD: Example = BAD.change(&[Change::Add { below: "due = 2026-06-14", lines: "done = 2026-06-11" }]);
