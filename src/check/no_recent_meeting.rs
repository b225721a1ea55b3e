//! `no-recent-meeting`: the whole coalition has not met for too long.

use super::{Check, Context, Example, ExampleFile, Group, Run, finding};
use crate::document::words::quoted;
use crate::finding::{CheckName, Finding, Severity};
use crate::kind::Kind;
use crate::practice::Practice;
use crate::practice::meetings::{last_of_all, next_of_all};
use crate::practice::wait::Wait;
use crate::record::AnyRecord;

/// The check.
pub static CHECK: Check = Check {
    name: CheckName::new("no-recent-meeting"),
    severity: Severity::Warning,
    group: Group::Practice(Practice::OpenCommunication),
    what: "The last meeting of the whole coalition, one without a `committee` that was not called off, was more than \
        `meeting_days` ago. Where no such meeting is written down, nothing is said.",
    why: "Members that do not meet hear of one another from the newspaper, and a few decide for all.",
    fix: "Call a meeting of all members and send the invitation in time. One that took place is written down as a file in \
        `meetings/`.",
    policy: &["meeting_days"],
    bad: Example::of(&[ExampleFile::new(
        "meetings/2026-03-06-assembly.toml",
        r##"name = "Assembly"
date = 2026-03-06  # <-- here
notice_sent = 2026-02-20
minutes_published = 2026-03-12
"##,
    )]),
    good: Example::of(&[ExampleFile::new(
        "meetings/2026-03-07-assembly.toml",
        r##"name = "Assembly"
date = 2026-03-07
notice_sent = 2026-02-20
minutes_published = 2026-03-12
"##,
    )]),
    run: Run::Ledger(run),
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let here = context.here;
    let Some((date, meeting)) = last_of_all(here) else { return };
    let wait = Wait::new(here, date, context.policy.meeting_days());
    let (Some(at), true) = (&meeting.date, wait.is_over()) else { return };
    let next = next_of_all(here).map(|(date, next)| format!("; {} is planned for {date}", quoted(next.name())));
    let message = format!("the coalition has not met {}{}", wait.words(), next.unwrap_or_default());
    let help = "call a meeting of all members, or write down the one that took place";
    findings.push(context.unless_unread(Kind::Meeting, finding(&CHECK, meeting, at.span, message, help)));
}
