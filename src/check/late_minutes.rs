//! `late-minutes`: the minutes of a meeting of the last 365 days were not sent to the members within `minutes_days`,
//! or the last ones of a committee, or of the whole coalition, were late.

use super::command::set_or;
use super::{Check, Context, Example, ExampleFile, Group, Run, finding};
use crate::document::words::days;
use crate::finding::{CheckName, Finding, Severity};
use crate::practice::Practice;
use crate::practice::minutes::minutes;
use crate::practice::wait::Wait;
use crate::record::AnyRecord;

/// The check.
pub(super) static CHECK: Check = Check {
    name: CheckName::new("late-minutes"),
    severity: Severity::Warning,
    group: Group::Practice(Practice::OpenCommunication),
    policy: &["minutes_days"],
    run: Run::Ledger(run),
    what: "A meeting took place in the last 365 days and more than `minutes_days` ago, and no one has sent its \
        minutes to the members. Or the latest minutes of a committee or of the whole coalition were late.",
    why: "For a member who could not come, the minutes are the meeting. After two weeks, no one remembers who promised \
        to do what.",
    fix: "Send the minutes to all members and enter the date in `minutes_published`.",
    bad: BAD,
    good: GOOD,
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let limit = context.policy.minutes_days();
    for late in minutes(context.as_of).into_iter().filter(|minutes| minutes.late) {
        let name = late.meeting.name();
        let found = match (late.published, &late.meeting.date) {
            (Some(published), _) => {
                let after = days(late.days);
                let message = format!(
                    "the minutes of \u{201c}{name}\u{201d} were sent out {after} after the meeting (limit {limit})"
                );
                let help = "agree on who writes them next time, and who fills in";
                Some(finding(&CHECK, late.meeting, published.span, message, help))
            }
            (None, Some(day)) => {
                let wait = Wait::new(context.as_of, late.date, limit).words_since();
                let message = format!("no one has sent out the minutes of \u{201c}{name}\u{201d} {wait}");
                let help = "enter the date in `minutes_published`";
                let help = format!(
                    "send them to all members, and then {}",
                    set_or(context.as_of, late.meeting, &["minutes_published"], help)
                );
                Some(finding(&CHECK, late.meeting, day.span, message, help).because_of(&late.meeting.path))
            }
            (None, None) => None,
        };
        findings.extend(found);
    }
}

const BAD: Example = Example::of(&[
    ExampleFile::new(
        "meetings/2026-05-12-regular.toml",
        r##"name = "Regular meeting, May 2026"
date = 2026-05-12  # <-- here
notice_sent = 2026-05-01

[[attendance]]
advocate = "ana-lopez"
member = "alder-friends"

[[attendance]]
advocate = "ben-okoro"
member = "birch-library"
"##,
    ),
    ExampleFile::new(
        "meetings/2026-05-19-steering.toml",
        r##"name = "Steering, May 2026"
date = 2026-05-19
notice_sent = 2026-05-08
committee = "steering"
minutes_published = 2026-06-03  # <-- here
"##,
    ),
    ExampleFile::new(
        "committees/steering.toml",
        r##"name = "Steering committee"
purpose = "Prepares the meetings."

[[seats]]
role = "chair"
advocate = "ana-lopez"
on_behalf_of = "alder-friends"
start_date = 2026-05-20
end_date = 2027-12-31
"##,
    ),
]);

const GOOD: Example = Example::of(&[ExampleFile::new(
    "meetings/2026-05-26-regular.toml",
    r##"name = "Regular meeting, May 2026"
date = 2026-05-26
notice_sent = 2026-05-12
minutes_published = 2026-06-09

[[attendance]]
advocate = "ana-lopez"
member = "alder-friends"

[[attendance]]
advocate = "ben-okoro"
member = "birch-library"
"##,
)]);
