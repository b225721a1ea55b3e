//! `stale-goal`: nothing with a date has named a proposed or adopted goal for longer than `goal_stale_days`: no
//! progress measurement, finished milestone, position, meeting, decision, campaign or contribution.

use super::{Change, Check, Context, Example, ExampleFile, Group, Run, finding, name_span};
use crate::finding::{CheckName, Finding, Severity};
use crate::practice::Practice;
use crate::practice::lost_focus::{News, is_stale};
use crate::practice::wait::Wait;
use crate::record::{AnyRecord, Goal};
use crate::source::Span;
use chrono::NaiveDate;

/// The check.
pub(super) static CHECK: Check = Check {
    name: CheckName::new("stale-goal"),
    severity: Severity::Warning,
    group: Group::Practice(Practice::LostFocus),
    policy: &["goal_stale_days"],
    run: Run::Ledger(run),
    what: "A proposed or adopted goal has had no dated activity in more than `goal_stale_days` days: no progress measurement, finished milestone, position, meeting, decision, campaign or contribution.",
    why: "Members seldom vote a goal down; they just stop working on it. If you notice in time, you can revive the \
        goal, or drop it with thanks.",
    fix: "Talk about it at the next meeting. Measure progress again and log it with `coalition log reading`, agree \
        on a next step, or drop the goal: set `dropped` and give a reason.",
    bad: BAD,
    good: GOOD,
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let news = News::of(context.as_of);
    for goal in context.as_of.live_goals() {
        let Some(last) = news.last(goal).filter(|last| is_stale(context.as_of, Some(*last))) else { continue };
        let wait = Wait::new(context.as_of, last, context.policy.goal_stale_days());
        let message = format!("no update on \u{201c}{}\u{201d} {}", goal.name(), wait.words());
        let log = match goal.measure {
            Some(_) => format!("log reading {} NUMBER", goal.key.id),
            None => format!("log milestone {} TEXT --due DATE", goal.key.id),
        };
        let help = format!(
            "add what is new with `coalition {log}`, agree on a next step, or drop the goal: enter the date in `dropped` and give a reason"
        );
        let span = last_reading(goal, context.today).unwrap_or(name_span(goal));
        findings.push(finding(&CHECK, goal, span, message, help).because_of(&goal.path));
    }
}

/// The place of the last measurement’s date.
fn last_reading(goal: &Goal, today: NaiveDate) -> Option<Span> {
    let readings = goal.measure.as_ref()?.readings.iter().filter_map(|reading| reading.date.as_ref());
    let last = readings.filter(|date| date.value <= today).max_by_key(|date| date.value)?;
    Some(last.span)
}

const BAD: Example = Example::of(&[ExampleFile::new(
    "goals/evening-hours.toml",
    r##"name = "Evening hours"
proposed = 2025-04-01
adopted = 2025-06-02
due = 2026-12-31
community_need = "Shift workers cannot reach the branch before it closes."
serves = ["evening-hours"]
proposed_by = ["birch-library"]
developed_by = ["birch-library", "alder-friends"]
message = "Open when people are free."

[measure]
unit = "evening hours a week"
baseline = 4
target = 16

[[measure.readings]]
date = 2025-09-01
value = 6

[[measure.readings]]
date = 2025-12-01  # <-- here
value = 8

[[positions]]
member = "birch-library"
option = "support"
date = 2025-06-02

[[positions]]
member = "alder-friends"
option = "support"
date = 2025-06-02
"##,
)]);

const GOOD: Example = BAD.change(&[Change::Add {
    below: "value = 8",
    lines: r#"
[[measure.readings]]
date = 2026-06-02
value = 9"#,
}]);
