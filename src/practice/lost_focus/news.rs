//! When something was last heard of each goal.

use crate::ledger::AsOf;
use crate::record::value::{GoalId, Opt, RecordId};
use crate::record::{Decision, Goal, Record};
use chrono::NaiveDate;
use std::collections::HashMap;

/// The last news of every goal, collected in one walk through the ledger.
#[derive(Debug)]
pub(crate) struct News<'l> {
    as_of: AsOf<'l>,
    last: HashMap<&'l str, NaiveDate>,
}

impl<'l> News<'l> {
    /// The last news by the day.
    ///
    /// News is what is dated and names the goal: that it was proposed or adopted, its readings, steps done and
    /// positions, what meetings agreed or did about it or discussed of its decisions, its decisions, its campaigns, and
    /// what was given for it.
    pub(crate) fn of(as_of: AsOf<'l>) -> News<'l> {
        let mut news = News { as_of, last: HashMap::new() };
        for goal in &as_of.ledger.goals {
            news.of_goal(goal);
        }
        for meeting in as_of.ledger.meetings.iter().filter(|meeting| !meeting.is_cancelled()) {
            for action in &meeting.actions {
                news.hear(&action.goal, [&meeting.date, &action.done]);
            }
            for point in &meeting.agenda {
                let decision = point.decision.as_ref().and_then(|id| as_of.ledger.decisions.get(&id.value));
                news.hear(decision.map_or(&None, |decision| &decision.goal), [&meeting.date]);
            }
        }
        for decision in &as_of.ledger.decisions {
            news.of_decision(decision);
        }
        for campaign in &as_of.ledger.campaigns {
            news.hear(&campaign.goal, [&campaign.opens, &campaign.closes]);
            for action in &campaign.actions {
                news.hear(&action.goal, [&action.done]);
            }
        }
        for contribution in &as_of.ledger.contributions {
            news.hear(&contribution.goal, [&contribution.date]);
        }
        news
    }

    /// The last news of a goal, where there is any.
    pub(crate) fn last(&self, goal: &Record<Goal>) -> Option<NaiveDate> {
        self.last.get(&*goal.key.id).copied()
    }

    fn of_goal(&mut self, goal: &'l Record<Goal>) {
        let readings = goal.measure.iter().flat_map(|measure| &measure.readings).map(|reading| &reading.date);
        let steps = goal.milestones.iter().map(|milestone| &milestone.done);
        let positions = goal.positions.iter().map(|position| &position.date);
        let stages = [&goal.proposed, &goal.adopted].into_iter();
        let dates = stages.chain(readings).chain(steps).chain(positions);
        self.note(&goal.key.id, dates);
    }

    fn of_decision(&mut self, decision: &'l Decision) {
        let positions = decision.positions.iter().map(|position| &position.date);
        self.hear(&decision.goal, [&decision.proposed, &decision.decided].into_iter().chain(positions));
    }

    fn hear<'d>(&mut self, goal: &'l Opt<GoalId>, dates: impl IntoIterator<Item = &'d Opt<NaiveDate>>) {
        if let Some(goal) = goal {
            self.note(goal.as_str(), dates);
        }
    }

    fn note<'d>(&mut self, goal: &'l str, dates: impl IntoIterator<Item = &'d Opt<NaiveDate>>) {
        let latest = dates.into_iter().filter_map(|date| self.as_of.past(date)).max();
        if let Some(latest) = latest {
            let last = self.last.entry(goal).or_insert(latest);
            *last = latest.max(*last);
        }
    }
}
