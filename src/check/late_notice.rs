//! `late-notice`: the invitation to a meeting was sent fewer than `notice_days` ahead, or has not been sent although
//! the meeting is near.

use super::command::set_or;
use super::{Check, Context, Example, ExampleFile, Group, Run, finding};
use crate::document::words::days;
use crate::finding::{CheckName, Finding, Severity};
use crate::practice::Practice;
use crate::practice::minutes::notices;
use crate::record::AnyRecord;

/// The check.
pub(super) static CHECK: Check = Check {
    name: CheckName::new("late-notice"),
    severity: Severity::Warning,
    group: Group::Practice(Practice::OpenCommunication),
    policy: &["notice_days"],
    run: Run::Ledger(run),
    what: "The invitation to a meeting went out less than `notice_days` days ahead, or has not gone out and the \
        meeting is close. Of past meetings, the check looks only at the last one of each body in the last 365 days. \
        Emergency meetings are exempt.",
    why: "Volunteers cannot come on a day’s notice. People who hear of a meeting too late conclude that it was meant \
        for others.",
    fix: "Send the invitation now and enter the date in `notice_sent`. If that is too late for some, move the meeting.",
    bad: BAD,
    good: GOOD,
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let limit = context.policy.notice_days();
    for late in notices(context.as_of).into_iter().filter(|notice| notice.late) {
        let (name, ahead, date) = (late.meeting.name(), days(late.days), late.date.value);
        findings.push(match late.sent {
            Some(sent) => {
                let message = format!(
                    "the invitation to \u{201c}{name}\u{201d} on {date} was sent {ahead} ahead (required: {limit})"
                );
                let help = "call those who may have missed it, and send the next invitation earlier";
                finding(&CHECK, late.meeting, sent.span, message, help)
            }
            None => {
                let when = if late.days == 0 { "today".to_owned() } else { format!("in {ahead}, on {date}") };
                let message = format!(
                    "\u{201c}{name}\u{201d} is {when}, but no one has sent the invitation (required: {limit} days ahead)"
                );
                let set = set_or(context.as_of, late.meeting, &["notice_sent"], "enter the date in `notice_sent`");
                let help = format!("send it now, and then {set}; otherwise move the meeting");
                finding(&CHECK, late.meeting, late.date.span, message, help).because_of(&late.meeting.path)
            }
        });
    }
}

const BAD: Example = Example::of(&[
    ExampleFile::new(
        "meetings/2026-06-20-regular.toml",
        r##"name = "Regular meeting, June 2026"
date = 2026-06-20  # <-- here
"##,
    ),
    ExampleFile::new(
        "meetings/2026-06-18-extra.toml",
        r##"name = "Extra meeting, June 2026"
date = 2026-06-18
notice_sent = 2026-06-12  # <-- here
"##,
    ),
]);

const GOOD: Example = Example::of(&[ExampleFile::new(
    "meetings/2026-06-20-regular.toml",
    r##"name = "Regular meeting, June 2026"
date = 2026-06-20
notice_sent = 2026-06-13
"##,
)]);
