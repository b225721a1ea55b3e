//! The community comes first: what a ledger shows of it. Whether goals answer a need, can be counted, are in time and
//! are not forgotten.

mod news;

pub(crate) use news::News;

use super::Evidence;
use crate::document::words::{count_of, part_of};
use crate::ledger::AsOf;
use crate::record::goal::{Measure, Milestone};
use crate::record::value::At;
use crate::record::{Goal, Record};
use chrono::NaiveDate;

/// Whether a goal says what the community needs.
pub(crate) fn has_need(goal: &Goal) -> bool {
    goal.community_need.is_some()
}

/// What is missing to count a goal's progress.
#[derive(Debug, Clone, Copy)]
pub(crate) enum MissingMeasure<'l> {
    /// No one said how it is counted.
    NoMeasure,
    /// It is said what is counted, but not how far it should go.
    NoTarget(&'l At<Measure>),
}

/// What is missing to count a goal's progress, if anything is.
pub(crate) fn missing_measure(goal: &Goal) -> Option<MissingMeasure<'_>> {
    match &goal.measure {
        None => Some(MissingMeasure::NoMeasure),
        Some(measure) => measure.target.is_none().then_some(MissingMeasure::NoTarget(measure)),
    }
}

/// The day by which a goal should have been reached, if that has passed.
pub(crate) fn overdue(goal: &Goal, today: NaiveDate) -> Option<&At<NaiveDate>> {
    goal.due.as_ref().filter(|due| due.value < today)
}

/// The open steps on the way to live goals whose day passed more than `milestone_days` ago, with that day, in the order of
/// the files.
pub(crate) fn late_steps(as_of: AsOf<'_>) -> Vec<(&Record<Goal>, &Milestone, &At<NaiveDate>)> {
    let steps = as_of.live_goals().flat_map(|goal| goal.milestones.iter().map(move |step| (goal, &step.value)));
    let open = steps.filter(|(_, step)| !as_of.has_come(&step.done));
    let dated = open.filter_map(|(goal, step)| Some((goal, step, step.due.as_ref()?)));
    dated.filter(|(.., due)| as_of.exceeds(due.value, as_of.policy().milestone_days())).collect()
}

/// Whether nothing was heard of a goal for longer than the policy allows since its last news.
pub(crate) fn is_stale(as_of: AsOf<'_>, last: Option<NaiveDate>) -> bool {
    last.is_some_and(|last| as_of.exceeds(last, as_of.policy().goal_stale_days()))
}

/// The figures of the scorecard.
pub(crate) fn evidence(as_of: AsOf<'_>) -> Evidence {
    let live: Vec<&Record<Goal>> = as_of.live_goals().collect();
    let adopted: Vec<&Record<Goal>> = as_of.adopted_goals().collect();
    let news = News::of(as_of);
    let needed = live.iter().filter(|goal| has_need(goal)).count();
    let heard = live.iter().filter(|goal| !is_stale(as_of, news.last(goal))).count();
    let dated = live.iter().filter(|goal| goal.due.is_some()).count();
    let in_time = dated - live.iter().filter(|goal| overdue(goal, as_of.today).is_some()).count();
    let measured = adopted.iter().filter(|goal| missing_measure(goal).is_none()).count();
    let open = |goal: &&Record<Goal>| {
        goal.milestones.iter().filter(|step| !as_of.has_come(&step.done) && step.due.is_some()).count()
    };
    let (steps, late) = (live.iter().map(open).sum::<usize>(), late_steps(as_of).len());
    let step = part_of(steps - late, steps, "open milestone with a date is", "open milestones with a date are");
    let days = as_of.policy().goal_stale_days();
    let (all, adopted_count) = (live.len(), adopted.len());
    let need = part_of(needed, all, "goal says", "goals say");
    let news_of = count_of(all, "goal", "goals");
    let time = part_of(in_time, dated, "goal with a date is", "goals with a date are");
    let target = part_of(measured, adopted_count, "adopted goal has", "adopted goals have");
    Evidence::default()
        .part("goals_with_a_need", needed, all, format!("{need} what the community needs"))
        .part("goals_with_news", heard, all, format!("{heard} of {news_of} had an update in the last {days} days"))
        .with_figure("goals_with_news", "limit_days", days)
        .part("goals_in_time", in_time, dated, format!("{time} not overdue"))
        .part("steps_in_time", steps - late, steps, format!("{step} not long overdue"))
        .part("goals_with_a_target", measured, adopted_count, format!("{target} a measurable target"))
}

#[cfg(test)]
mod tests;
