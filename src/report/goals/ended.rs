//! A goal that was reached or given up.

use super::status::{GoalCampaign, Sources};
use crate::practice::progress::Course;
use crate::record::goal::GoalStage;
use crate::record::value::Number;
use crate::record::{Goal, Record};
use crate::report::Named;
use crate::report::value_words::prose;
use chrono::NaiveDate;
use serde::Serialize;

/// A goal that has ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Ended {
    /// The goal.
    pub goal: Named,
    /// Whether it was reached; else it was given up.
    pub met: bool,
    /// The day.
    pub date: NaiveDate,
    /// The day by which it should have been reached.
    pub due: Option<NaiveDate>,
    /// Why it was given up.
    pub because: Option<String>,
    /// What was counted.
    pub unit: Option<String>,
    /// The figure at the start.
    pub baseline: Option<Number>,
    /// The figure to reach.
    pub target: Option<Number>,
    /// The last figure by today.
    pub figure: Option<Number>,
    /// The day of that figure.
    pub read: Option<NaiveDate>,
    /// The campaigns for it, the last to open first.
    pub campaigns: Vec<GoalCampaign>,
}

impl Ended {
    /// What became of a goal, if it has ended.
    pub(super) fn of(sources: &Sources<'_>, goal: &Record<Goal>) -> Option<Ended> {
        let as_of = sources.as_of;
        let (met, date) = match goal.stage(as_of.today) {
            GoalStage::Met => (true, as_of.past(&goal.met)?),
            GoalStage::Dropped => (false, as_of.past(&goal.dropped)?),
            GoalStage::Idea | GoalStage::Proposed | GoalStage::Adopted => return None,
        };
        let course = Course::of(goal, as_of.today);
        let unit = goal.measure.as_ref().and_then(|measure| measure.unit.as_ref());
        Some(Ended {
            goal: Named::record(goal),
            met,
            date,
            due: goal.due.as_ref().map(|due| due.value),
            because: prose(&goal.dropped_because).filter(|_| !met),
            unit: unit.map(|unit| unit.value.clone()),
            baseline: course.baseline,
            target: course.target,
            figure: course.figure,
            read: course.read,
            campaigns: sources.calls(goal),
        })
    }
}
