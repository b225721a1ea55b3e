//! The page of a goal: the need, the progress, the people, and each member's position with the reasons of those who
//! differ.

use super::super::site::{PageLink, Viewpoint};
use super::progress::ProgressView;
use super::{Further, past, text, value, words};
use crate::document::words::format_date;
use crate::ledger::AsOf;
use crate::practice::charge;
use crate::record::goal::{GoalOption, GoalPosition, GoalStage, Milestone};
use crate::record::value::{Choices, Opt, RecordId as _, distinct};
use crate::record::{Goal, Record};
use chrono::NaiveDate;
use serde::Serialize;

/// What the page of a goal says.
#[derive(Debug, Serialize)]
pub(crate) struct GoalView {
    stage: String,
    dropped_because: Option<String>,
    due: Option<NaiveDate>,
    message: Option<String>,
    community_need: Option<String>,
    serves: String,
    lead: Option<PageLink>,
    owner: Option<String>,
    proposed_by: Vec<PageLink>,
    developed_by: Vec<PageLink>,
    progress: Option<ProgressView>,
    milestones: Vec<MilestoneView>,
    /// Who stated a position without more words, by position.
    supporters: Vec<PageLink>,
    neutral: Vec<PageLink>,
    opponents: Vec<PageLink>,
    positions: Vec<PositionView>,
    further: Further,
}

#[derive(Debug, Serialize)]
struct MilestoneView {
    name: String,
    done: Option<NaiveDate>,
    due: Option<NaiveDate>,
    owner: Option<String>,
}

/// A position with its reason, or with what came of it.
#[derive(Debug, Serialize)]
struct PositionView {
    member: PageLink,
    stand: &'static str,
    date: Option<NaiveDate>,
    reason: Option<String>,
    accommodation: Option<String>,
    revisit: Option<NaiveDate>,
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
            progress: goal.measure.as_ref().and_then(|measure| ProgressView::of(measure, today)),
            milestones: goal.milestones.iter().filter_map(|milestone| milestone_view(milestone, view)).collect(),
            supporters: of_option(GoalOption::Support),
            neutral: of_option(GoalOption::Neutral),
            opponents: of_option(GoalOption::Oppose),
            positions: explained.into_iter().filter_map(|position| position_view(position, view)).collect(),
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
    let member = position.member.as_ref()?;
    Some(PositionView {
        member: view.member(member),
        stand: position.option.as_ref()?.label(),
        date: value(&position.date),
        reason: text(&position.reason).filter(|_| view.site.unlisted.may_be_quoted(&member.value.key())),
        accommodation: text(&position.accommodation),
        revisit: value(&position.revisit),
    })
}
