//! The page of a goal: the need, the progress, the people, and each member's position with the reasons of those who
//! differ.

use super::super::connections::of;
use super::super::context::view;
use super::super::site::{PageLink, Viewpoint};
use super::position::{PositionView, Said};
use super::progress::ProgressView;
use super::{Further, past, text, value, words};
use crate::document::words::format_date;
use crate::ledger::AsOf;
use crate::practice::charge;
use crate::record::goal::{GoalOption, GoalPosition, GoalStage, Milestone};
use crate::record::value::{Choices, Opt, distinct};
use crate::record::{Goal, Record};
use chrono::NaiveDate;

view! {
    /// What the page of a goal says.
    pub(crate) struct GoalView {
        /// Where it stands, and since when.
        stage: String,
        /// Why it was given up.
        dropped_because: Option<String>,
        /// The day it is due, unless it has been reached or given up.
        due: Option<NaiveDate>,
        /// Its message.
        message: Option<String>,
        /// The need of the community behind it.
        community_need: Option<String>,
        /// The interests that it serves.
        serves: String,
        /// The member who leads the work.
        lead: Option<PageLink>,
        /// The person who is responsible.
        owner: Option<String>,
        /// The members who proposed it.
        proposed_by: Vec<PageLink>,
        /// The members who developed it.
        developed_by: Vec<PageLink>,
        /// How far it is.
        progress: Option<ProgressView>,
        /// The steps on the way.
        milestones: Vec<MilestoneView>,
        /// The members who support it and add nothing.
        supporters: Vec<PageLink>,
        /// The members who are neutral and add nothing.
        neutral: Vec<PageLink>,
        /// The members who oppose it and add nothing.
        opponents: Vec<PageLink>,
        /// The positions of members who gave a reason, or got an answer.
        positions: Vec<PositionView>,
        /// The decisions about it.
        decisions: Vec<PageLink>,
        /// The campaigns for it.
        campaigns: Vec<PageLink>,
        /// Links and sources.
        further: Further,
    }
}

view! {
    /// A step on the way to a goal.
    struct MilestoneView {
        /// What it is.
        name: String,
        /// The day it was done.
        done: Option<NaiveDate>,
        /// The day it is due.
        due: Option<NaiveDate>,
        /// The person who is responsible.
        owner: Option<String>,
    }
}

impl GoalView {
    /// A goal as seen from its own page.
    pub(crate) fn new(goal: &Record<Goal>, view: &Viewpoint<'_, '_>) -> GoalView {
        let today = view.site.today;
        let (explained, plain): (Vec<_>, Vec<_>) =
            goal.positions_on(today).partition(|position| is_explained(position));
        let of_option = |option| {
            let same = plain.iter().filter(|position| value(&position.option) == Some(option));
            view.members(same.filter_map(|position| position.member.as_ref()))
        };
        // No one who left is said to have a part in what goes on; what is over was led by whoever led it.
        let as_of = AsOf::new(view.site.ledger, today);
        let (lead, owner) = match goal.stage(today).is_live() {
            true => (charge::member(as_of, &goal.lead), charge::person(as_of, &goal.owner)),
            false => (goal.lead.as_ref(), goal.owner.as_ref()),
        };
        GoalView {
            stage: stage(goal, today),
            dropped_because: text(&goal.dropped_because).filter(|_| goal.stage(today) == GoalStage::Dropped),
            due: due(goal, today),
            message: text(&goal.message),
            community_need: text(&goal.community_need),
            serves: words(&goal.serves),
            lead: lead.map(|lead| view.member(lead)),
            owner: owner.map(|owner| view.site.person(owner)),
            proposed_by: view.members(distinct(&goal.proposed_by)),
            developed_by: view.members(distinct(&goal.developed_by)),
            progress: goal.measure.as_ref().and_then(|measure| ProgressView::of(measure, view.site)),
            milestones: goal.milestones.iter().filter_map(|milestone| milestone_view(milestone, view)).collect(),
            supporters: of_option(GoalOption::Support),
            neutral: of_option(GoalOption::Neutral),
            opponents: of_option(GoalOption::Oppose),
            positions: explained.into_iter().filter_map(|position| position_view(position, view)).collect(),
            decisions: view.records(of(&view.site.connections.decisions_on_goal, &goal.key.id).iter().copied()),
            campaigns: view.records(of(&view.site.connections.campaigns_for_goal, &goal.key.id).iter().copied()),
            further: Further::of(&goal.common),
        }
    }
}

/// Where a goal stands on a day, and since when.
pub(super) fn stage(goal: &Goal, today: NaiveDate) -> String {
    let (verb, preposition) = match goal.stage(today) {
        GoalStage::Idea => return "An idea".to_owned(),
        GoalStage::Proposed => ("Proposed", "on"),
        GoalStage::Adopted => ("Under way", "since"),
        GoalStage::Met => ("Reached", "on"),
        GoalStage::Dropped => ("Given up", "on"),
    };
    since(goal, today).map_or_else(|| verb.to_owned(), |date| format!("{verb} {preposition} {}", format_date(date)))
}

/// The day on which a goal came to its present stage.
pub(super) fn since(goal: &Goal, today: NaiveDate) -> Option<NaiveDate> {
    let date: &Opt<NaiveDate> = match goal.stage(today) {
        GoalStage::Idea => return None,
        GoalStage::Proposed => &goal.proposed,
        GoalStage::Adopted => &goal.adopted,
        GoalStage::Met => &goal.met,
        GoalStage::Dropped => &goal.dropped,
    };
    value(date)
}

/// When a goal is due, as long as that matters.
pub(super) fn due(goal: &Goal, today: NaiveDate) -> Option<NaiveDate> {
    let settled = matches!(goal.stage(today), GoalStage::Met | GoalStage::Dropped);
    value(&goal.due).filter(|_| !settled)
}

/// Whether there is more to say of a position than what it is.
fn is_explained(position: &GoalPosition) -> bool {
    position.reason.is_some() || position.accommodation.is_some() || position.revisit.is_some()
}

fn milestone_view(milestone: &Milestone, view: &Viewpoint<'_, '_>) -> Option<MilestoneView> {
    Some(MilestoneView {
        name: text(&milestone.name)?,
        done: past(&milestone.done, view.site.today),
        due: value(&milestone.due),
        owner: match past(&milestone.done, view.site.today) {
            Some(_) => milestone.owner.as_ref(),
            None => charge::person(AsOf::new(view.site.ledger, view.site.today), &milestone.owner),
        }
        .map(|owner| view.site.person(owner)),
    })
}

fn position_view(position: &GoalPosition, view: &Viewpoint<'_, '_>) -> Option<PositionView> {
    let said = Said {
        member: &position.member,
        date: &position.date,
        reason: &position.reason,
        accommodation: &position.accommodation,
        revisit: &position.revisit,
    };
    PositionView::new(position.option.as_ref()?.label(), &said, view)
}
