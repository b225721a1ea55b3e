//! `no-recent-meeting`: the last meeting of the whole coalition was more than `meeting_days` ago.

use super::{Check, Context, Example, ExampleFile, Group, Run, finding};
use crate::document::words::quote;
use crate::finding::{CheckName, Finding, Severity};
use crate::kind::Kind;
use crate::practice::Practice;
use crate::practice::meetings::{apart_since, last_of_all, next_of_all};
use crate::practice::wait::Wait;
use crate::record::AnyRecord;
use crate::source::{LedgerPath, ROOT_FILE, Span};

/// The check.
pub(super) static CHECK: Check = Check {
    name: CheckName::new("no-recent-meeting"),
    severity: Severity::Warning,
    group: Group::Practice(Practice::OpenCommunication),
    policy: &["meeting_days"],
    run: Run::Ledger(run),
    what: "The last meeting of the whole coalition was more than `meeting_days` ago. The check ignores committee \
        meetings and canceled meetings. If only committees have met, counting starts on the founding date. If no \
        meeting took place, the check reports nothing.",
    why: "Members who do not meet hear about one another from the newspaper, and a few people decide for everyone.",
    fix: "Call a meeting of all members and send the invitation on time. If one took place, record it as a file in \
        `meetings/`.",
    bad: BAD,
    good: GOOD,
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let Some(since) = apart_since(context.as_of) else { return };
    let wait = Wait::new(context.as_of, since, context.policy.meeting_days());
    if !wait.is_over() {
        return;
    }
    let next = next_of_all(context.as_of).map(|(date, next)| format!("; {} is planned for {date}", quote(next.name())));
    let message = format!("the coalition has not met {}{}", wait.words_since(), next.unwrap_or_default());
    let help = "call a meeting of all members, or record the one that took place";
    let last = last_of_all(context.as_of).and_then(|(_, meeting)| Some((meeting, meeting.date?.span)));
    let finding = match last {
        Some((meeting, span)) => finding(&CHECK, meeting, span, message, help),
        None => {
            let span = context.ledger.root.founded.as_ref().map_or(Span::START, |founded| founded.span);
            Finding::new(CHECK.name, &LedgerPath::new(ROOT_FILE), span, message, help)
        }
    };
    findings.push(context.unless_unread(Kind::Meeting, finding));
}

const BAD: Example = Example::of(&[ExampleFile::new(
    "meetings/2026-03-06-assembly.toml",
    r##"name = "Assembly"
date = 2026-03-06  # <-- here
notice_sent = 2026-02-20
minutes_published = 2026-03-12
"##,
)]);

const GOOD: Example = Example::of(&[ExampleFile::new(
    "meetings/2026-03-07-assembly.toml",
    r##"name = "Assembly"
date = 2026-03-07
notice_sent = 2026-02-20
minutes_published = 2026-03-12
"##,
)]);
