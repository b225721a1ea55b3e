//! How far a goal is on its way, and whether it will be there in time.

use crate::record::Goal;
use crate::record::goal::Milestone;
use crate::record::value::{At, Number};
use chrono::NaiveDate;
use rust_decimal::{Decimal, RoundingStrategy};
use std::cmp::Reverse;

/// How far a goal is, seen from a day.
///
/// The time used is the part of the days from the day the goal was adopted (else proposed) to the day it is due that
/// has passed: 1 from the due day on, rounded down like the progress. A goal is on course when at least as large a
/// part of the way is done as of the time is used. Where either is unknown, no one can say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Course {
    /// The figure at the start.
    pub baseline: Option<Number>,
    /// The figure to reach.
    pub target: Option<Number>,
    /// The last figure.
    pub figure: Option<Number>,
    /// The day of that figure.
    pub read: Option<NaiveDate>,
    /// The part of the way from the start to the target that is done.
    pub progress: Option<Number>,
    /// The days until it is due; negative when that has passed.
    pub days_left: Option<i64>,
    /// The day from which the time is counted: that of the adoption, else of the proposal.
    pub begun: Option<NaiveDate>,
    /// The part of the time that is used.
    pub time_used: Option<Number>,
    /// Whether as much of the way is done as of the time is used.
    pub on_course: Option<bool>,
}

impl Course {
    /// How far a goal is by a day.
    pub(crate) fn of(goal: &Goal, today: NaiveDate) -> Course {
        let measure = goal.measure.as_ref().map(|measure| &measure.value);
        let latest = measure.and_then(|measure| measure.latest(today));
        let progress = measure.and_then(|measure| measure.progress(today));
        let due = goal.due.as_ref().map(|due| due.value);
        let begun = begun(goal, today);
        let time_used = due.and_then(|due| time_used(begun, due, today));
        Course {
            baseline: measure.and_then(|measure| measure.baseline.as_ref()).map(|baseline| baseline.value),
            target: measure.and_then(|measure| measure.target.as_ref()).map(|target| target.value),
            figure: latest.map(|(_, figure)| figure),
            read: latest.map(|(date, _)| date),
            progress,
            days_left: due.map(|due| (due - today).num_days()),
            begun,
            time_used,
            on_course: progress.zip(time_used).map(|(progress, time)| progress >= time),
        }
    }
}

fn begun(goal: &Goal, today: NaiveDate) -> Option<NaiveDate> {
    let date = |date: &Option<_>| date.as_ref().map(|at: &At<NaiveDate>| at.value);
    date(&goal.adopted).filter(|day| *day <= today).or_else(|| date(&goal.proposed))
}

fn time_used(begun: Option<NaiveDate>, due: NaiveDate, today: NaiveDate) -> Option<Number> {
    let begun = begun?;
    if due <= today {
        return Some(Number(Decimal::ONE));
    }
    let (used, whole) = ((today - begun).num_days().max(0), (due - begun).num_days());
    let share = Decimal::from(used).checked_div(Decimal::from(whole))?;
    Some(Number(share.round_dp_with_strategy(4, RoundingStrategy::ToNegativeInfinity)))
}

/// A step on the way that someone named.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ProgressStep<'l> {
    /// The step.
    pub milestone: &'l Milestone,
    /// What will have been done.
    pub name: &'l str,
    /// The day by which it should be.
    pub due: Option<NaiveDate>,
    /// The day it was done, if it is.
    pub done: Option<NaiveDate>,
}

/// The steps on the way to a goal, seen from a day.
#[derive(Debug, Clone, Default)]
pub(crate) struct MilestoneProgress<'l> {
    /// Those that are done, the last first.
    pub done: Vec<ProgressStep<'l>>,
    /// Those whose day has passed and that are not done, the longest overdue first.
    pub overdue: Vec<ProgressStep<'l>>,
    /// Those that are still to come, the first due first; those without a day come last.
    pub ahead: Vec<ProgressStep<'l>>,
}

impl<'l> MilestoneProgress<'l> {
    /// The steps of a goal on a day.
    pub(crate) fn of(goal: &'l Goal, today: NaiveDate) -> MilestoneProgress<'l> {
        let mut steps = MilestoneProgress::default();
        for milestone in &goal.milestones {
            let Some(name) = &milestone.name else { continue };
            let done = milestone.done.as_ref().map(|done| done.value).filter(|done| *done <= today);
            let due = milestone.due.as_ref().map(|due| due.value);
            let step = ProgressStep { milestone: &milestone.value, name: name.as_str(), due, done };
            match (done, due) {
                (Some(_), _) => steps.done.push(step),
                (None, Some(due)) if due < today => steps.overdue.push(step),
                (None, _) => steps.ahead.push(step),
            }
        }
        steps.done.sort_by_key(|step| Reverse(step.done));
        steps.overdue.sort_by_key(|step| step.due);
        steps.ahead.sort_by_key(|step| (step.due.is_none(), step.due));
        steps
    }

    /// The first step that is not done, by the day it is due.
    pub(crate) fn next(&self) -> Option<ProgressStep<'l>> {
        self.overdue.iter().chain(&self.ahead).next().copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::{Ledger, load};

    fn ledger(goal: &str) -> Ledger {
        let mut files = crate::check::base_ledger();
        files.put("goals/doors.toml", format!("name = \"Doors\"\n{goal}").as_bytes());
        load(&files).unwrap()
    }

    #[test]
    fn on_course_is_as_much_of_the_way_as_of_the_time() {
        let course = |dates: &str, figure: &str| {
            let measure = format!(
                "[measure]\nbaseline = 0\ntarget = 10\n[[measure.readings]]\ndate = 2026-06-01\nvalue = {figure}\n"
            );
            let ledger = ledger(&format!("{dates}{measure}"));
            let course = Course::of(ledger.goals.find("doors").unwrap(), "2026-06-15".parse().unwrap());
            (course.time_used.map(|share| share.to_string()), course.on_course, course.days_left)
        };
        let figures = |share: &str, on_course, left| (Some(share.to_owned()), Some(on_course), Some(left));
        let half = "proposed = 2026-01-01\nadopted = 2026-06-05\ndue = 2026-06-25\n";
        assert_eq!(course(half, "5"), figures("0.5", true, 10));
        assert_eq!(course(half, "4.99"), figures("0.5", false, 10));
        assert_eq!(course("proposed = 2026-06-05\ndue = 2026-06-25\n", "5"), figures("0.5", true, 10));
        assert_eq!(course("proposed = 2026-06-05\ndue = 2026-06-10\n", "9"), figures("1", false, -5));
        assert_eq!(course("proposed = 2026-06-15\ndue = 2026-06-15\n", "10"), figures("1", true, 0));
        assert_eq!(course("proposed = 2026-06-05\n", "5"), (None, None, None));
        assert_eq!(course("due = 2026-06-25\n", "5"), (None, None, Some(10)), "no one knows when it began");
    }

    #[test]
    fn steps_are_done_overdue_or_ahead() {
        let steps = "[[milestones]]\nname = \"late\"\ndue = 2026-06-14\n\
            [[milestones]]\nname = \"today\"\ndue = 2026-06-15\n\
            [[milestones]]\nname = \"some day\"\n\
            [[milestones]]\nname = \"done\"\ndue = 2026-06-01\ndone = 2026-06-15\n\
            [[milestones]]\nname = \"not yet done\"\ndue = 2026-06-13\ndone = 2026-06-16\n";
        let ledger = ledger(steps);
        let steps = MilestoneProgress::of(ledger.goals.find("doors").unwrap(), "2026-06-15".parse().unwrap());
        let names = |steps: &[ProgressStep<'_>]| steps.iter().map(|step| step.name.to_owned()).collect::<Vec<_>>();
        assert_eq!(names(&steps.done), ["done"]);
        assert_eq!(names(&steps.overdue), ["not yet done", "late"]);
        assert_eq!(names(&steps.ahead), ["today", "some day"]);
        assert_eq!(steps.next().unwrap().name, "not yet done");
    }
}
