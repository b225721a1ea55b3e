//! A goal that the coalition is at: the figures, the steps, the people, the campaigns.

use crate::document::Series;
use crate::ledger::AsOf;
use crate::parse::collation::by_place;
use crate::practice::lost_focus::{News, is_stale};
use crate::practice::progress::{self, Course};
use crate::practice::unifying_issues::{Word, Words, attainable_threshold};
use crate::record::goal::{GoalOption, Measure};
use crate::record::value::{MemberId, Number, RecordId, distinct};
use crate::record::{AnyRecord, Campaign, Goal, Member, Record};
use crate::report::value_words::prose;
use crate::report::{Named, NamedGroup};
use chrono::NaiveDate;
use serde::Serialize;
use std::collections::HashMap;

/// A goal with all that the ledger says about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct GoalStatus {
    /// The goal.
    pub goal: Named,
    /// The day it was proposed.
    pub proposed: Option<NaiveDate>,
    /// The day it was adopted, if it is.
    pub adopted: Option<NaiveDate>,
    /// The day by which it should be reached.
    pub due: Option<NaiveDate>,
    /// The days until then; negative when it has passed.
    pub days_left: Option<i64>,
    /// What the community needs.
    pub need: Option<String>,
    /// What is said for it.
    pub message: Option<String>,
    /// What is counted.
    pub unit: Option<String>,
    /// The figure at the start.
    pub baseline: Option<Number>,
    /// The figure to reach.
    pub target: Option<Number>,
    /// The last figure.
    pub figure: Option<Number>,
    /// The day of that figure.
    pub read: Option<NaiveDate>,
    /// The day from which the time is counted: that of the adoption, else of the proposal.
    pub begun: Option<NaiveDate>,
    /// All figures by today, the earliest first.
    pub readings: Vec<ReadingRow>,
    /// The part of the way from the start to the target that is done; negative where the target is further off.
    pub progress: Option<Number>,
    /// The part of the time from the adoption, else the proposal, to the due day that is used.
    pub time_used: Option<Number>,
    /// Whether as large a part of the way is done as of the time is used; nothing where either is unknown.
    pub on_course: Option<bool>,
    /// The steps on the way.
    pub milestones: MilestoneCount,
    /// The members who proposed it.
    pub proposed_by: Vec<Named>,
    /// The members that worked it out.
    pub developed_by: Vec<Named>,
    /// The member who leads the work.
    pub lead: Option<Named>,
    /// Who answers for it.
    pub owner: Option<Named>,
    /// Which current members support it.
    pub support: Support,
    /// The current members who are neutral or oppose it, by name, with their reasons and the answers to them.
    pub others: Vec<GoalPositionRow>,
    /// The current members who have not said where they stand, by name.
    pub silent: NamedGroup,
    /// The interests that it serves, in the order of the record, and whose they are.
    pub serves: Vec<ServedInterest>,
    /// The day of the last news of it.
    pub last_news: Option<NaiveDate>,
    /// Whether that is longer ago than the policy allows.
    pub stale: bool,
    /// The campaigns for it, the last to open first.
    pub campaigns: Vec<GoalCampaign>,
}

/// A figure on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(crate) struct ReadingRow {
    /// The day.
    pub date: NaiveDate,
    /// The figure.
    pub value: Number,
    /// Where the straight line to the target was on that day, from the figure at the start on the first day to the target on
    /// the due day.
    pub on_line: Option<Number>,
}

/// The steps on the way to a goal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct MilestoneCount {
    /// Those that are done, the last first.
    pub done: Vec<MilestoneRow>,
    /// Those whose day has passed and that are not done, the longest overdue first.
    pub overdue: Vec<MilestoneRow>,
    /// Those that are still to come, the first due first.
    pub ahead: Vec<MilestoneRow>,
}

/// A step on the way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct MilestoneRow {
    /// What will have been done.
    pub name: String,
    /// The day by which it should be.
    pub due: Option<NaiveDate>,
    /// The day it was.
    pub done: Option<NaiveDate>,
    /// Who is responsible for it.
    pub owner: Option<Named>,
}

/// The current members who support a goal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Support {
    /// How many they are, and they by name.
    #[serde(flatten)]
    pub members: NamedGroup,
    /// Of how many current members.
    pub of: usize,
    /// Whether that is as many as the policy asks for; of a goal that is not adopted, nothing is asked yet.
    pub enough: Option<bool>,
}

/// Where a member stands that does not support a goal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct GoalPositionRow {
    /// The member.
    pub member: Named,
    /// Whether it is neutral or opposes it.
    pub option: Option<GoalOption>,
    /// Since when.
    pub date: Option<NaiveDate>,
    /// Why.
    pub reason: Option<String>,
    /// What was changed or promised in answer.
    pub accommodation: Option<String>,
    /// The day on which to look at it again.
    pub revisit: Option<NaiveDate>,
}

/// An interest that a goal serves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct ServedInterest {
    /// The interest, as records write it.
    pub interest: String,
    /// The current members who have it, by name.
    #[serde(flatten)]
    pub members: NamedGroup,
}

/// A campaign for a goal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct GoalCampaign {
    /// The campaign.
    pub campaign: Named,
    /// Whether it is planned, open or closed.
    pub state: CallState,
    /// The first day.
    pub opens: Option<NaiveDate>,
    /// The last day.
    pub closes: Option<NaiveDate>,
    /// How many people it reached.
    pub reach: Option<u32>,
    /// How many people acted.
    pub responses: Option<u32>,
    /// What came of it.
    pub outcome: Option<String>,
}

/// Where a campaign stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum CallState {
    /// Its first day is to come.
    Planned,
    /// It runs.
    Open,
    /// Its last day has passed.
    Closed,
}

/// What the whole ledger has to be walked through for, done once for all goals.
pub(super) struct Sources<'l> {
    pub as_of: AsOf<'l>,
    /// The current members, by name.
    pub members: Vec<&'l Record<Member>>,
    words: Words<'l>,
    endorsers_needed: usize,
    news: News<'l>,
    campaigns: HashMap<&'l str, Vec<&'l Record<Campaign>>>,
    interests: HashMap<&'l str, Vec<&'l Record<Member>>>,
}

impl<'l> Sources<'l> {
    pub(super) fn of(as_of: AsOf<'l>) -> Sources<'l> {
        let mut campaigns: HashMap<&str, Vec<&Record<Campaign>>> = HashMap::new();
        for campaign in &as_of.ledger.campaigns {
            if let Some(goal) = &campaign.goal {
                campaigns.entry(goal.as_str()).or_default().push(campaign);
            }
        }
        let mut members: Vec<_> = as_of.current_members().collect();
        members.sort_by(|a, b| by_place(a.name(), b.name()).then_with(|| a.key.id.cmp(&b.key.id)));
        let mut interests: HashMap<&str, Vec<&Record<Member>>> = HashMap::new();
        for member in members.iter().copied() {
            for interest in distinct(&member.interests) {
                interests.entry(interest.as_str()).or_default().push(member);
            }
        }
        let endorsers_needed = attainable_threshold(as_of).endorsers;
        Sources {
            as_of,
            words: Words::of(as_of),
            members,
            endorsers_needed,
            news: News::of(as_of),
            campaigns,
            interests,
        }
    }

    /// The campaigns for a goal, the last to open first; those without a day come first, as they may be yet to come.
    pub(super) fn calls(&self, goal: &Record<Goal>) -> Vec<GoalCampaign> {
        let campaigns = self.campaigns.get(&*goal.key.id).map(Vec::as_slice).unwrap_or_default();
        let mut calls: Vec<GoalCampaign> =
            campaigns.iter().map(|campaign| GoalCampaign::of(campaign, self.as_of.today)).collect();
        calls.sort_by(|a, b| (a.opens.is_some(), b.opens, &a.campaign).cmp(&(b.opens.is_some(), a.opens, &b.campaign)));
        calls
    }
}

/// The figures that were measured by a day.
fn readings(measure: &Measure, today: NaiveDate) -> Vec<ReadingRow> {
    let readings = measure.readings_on(today).into_iter();
    readings.map(|(date, value)| ReadingRow { date, value, on_line: None }).collect()
}

impl GoalStatus {
    /// The figures over time, and the straight line to the target.
    pub(super) fn series(&self, today: NaiveDate) -> Series {
        let start = self.begun.filter(|begun| *begun <= today).zip(self.baseline.map(|baseline| baseline.0));
        // The figure at the start is that of the first day, unless someone measured it by then.
        let first = start.filter(|(begun, _)| self.readings.first().is_some_and(|reading| *begun < reading.date));
        let points = first.into_iter().chain(self.readings.iter().map(|reading| (reading.date, reading.value.0)));
        let series = Series::new(self.unit.clone().unwrap_or_default(), points, today);
        match (self.target, start, self.due) {
            (Some(target), Some(start), Some(due)) => series.along(start, (due, target.0)),
            (Some(target), ..) => series.toward(target.0),
            (None, ..) => series,
        }
    }

    pub(super) fn of<'l>(sources: &Sources<'l>, goal: &'l Record<Goal>) -> GoalStatus {
        let as_of = sources.as_of;
        let course = Course::of(goal, as_of.today);
        let standing = sources.words.standing(goal, &sources.members);
        let last_news = sources.news.last(goal);
        let measure = goal.measure.as_ref();
        let adopted = as_of.past(&goal.adopted);
        let mut others: Vec<GoalPositionRow> =
            standing.others.iter().map(|(member, said)| GoalPositionRow::of(member, said)).collect();
        others.sort_by(|a, b| a.member.cmp(&b.member));
        let mut status = GoalStatus {
            goal: Named::record(goal),
            proposed: as_of.past(&goal.proposed),
            adopted,
            due: goal.due.as_ref().map(|due| due.value),
            days_left: course.days_left,
            need: prose(&goal.community_need),
            message: goal.message.as_ref().map(|message| message.value.clone()),
            unit: measure.and_then(|measure| measure.unit.as_ref()).map(|unit| unit.value.clone()),
            baseline: course.baseline,
            target: course.target,
            figure: course.figure,
            read: course.read,
            begun: course.begun,
            readings: measure.map(|measure| readings(measure, as_of.today)).unwrap_or_default(),
            progress: course.progress,
            time_used: course.time_used,
            on_course: course.on_course,
            milestones: MilestoneCount::of(as_of, goal),
            proposed_by: members(as_of, &goal.proposed_by),
            developed_by: members(as_of, &goal.developed_by),
            lead: Named::staying(as_of, &goal.lead),
            owner: Named::serving(as_of, &goal.owner),
            support: Support {
                of: sources.members.len(),
                enough: adopted.map(|_| standing.support.len() >= sources.endorsers_needed),
                members: NamedGroup::of_sorted(&standing.support),
            },
            others,
            silent: NamedGroup::of_sorted(&standing.silent),
            serves: served_interests(sources, goal),
            last_news,
            stale: is_stale(as_of, last_news),
            campaigns: sources.calls(goal),
        };
        let series = status.series(as_of.today);
        for reading in &mut status.readings {
            reading.on_line = series.expected(reading.date).map(|value| Number(value.round_dp(4).normalize()));
        }
        status
    }
}

fn members(as_of: AsOf<'_>, ids: &[crate::record::value::At<MemberId>]) -> Vec<Named> {
    distinct(ids).map(|id| Named::of(as_of.ledger, &id.value)).collect()
}

fn served_interests(sources: &Sources<'_>, goal: &Goal) -> Vec<ServedInterest> {
    let served = distinct(&goal.serves).map(|interest| ServedInterest {
        interest: interest.to_string(),
        members: NamedGroup::of_sorted(sources.interests.get(interest.as_str()).map(Vec::as_slice).unwrap_or_default()),
    });
    served.collect()
}

impl MilestoneCount {
    fn of(as_of: AsOf<'_>, goal: &Goal) -> MilestoneCount {
        let steps = progress::MilestoneProgress::of(goal, as_of.today);
        let list_steps =
            |steps: &[progress::ProgressStep<'_>]| steps.iter().map(|step| MilestoneRow::of(as_of, step)).collect();
        MilestoneCount {
            done: list_steps(&steps.done),
            overdue: list_steps(&steps.overdue),
            ahead: list_steps(&steps.ahead),
        }
    }
}

impl MilestoneRow {
    fn of(as_of: AsOf<'_>, step: &progress::ProgressStep<'_>) -> MilestoneRow {
        // Who did a step that is done is still to be thanked for it.
        let owner = match step.done {
            Some(_) => Named::at(as_of.ledger, &step.milestone.owner),
            None => Named::serving(as_of, &step.milestone.owner),
        };
        MilestoneRow { name: step.name.to_owned(), due: step.due, done: step.done, owner }
    }
}

impl GoalPositionRow {
    fn of(member: &Record<Member>, said: &Word<'_>) -> GoalPositionRow {
        GoalPositionRow {
            member: Named::record(member),
            option: Some(said.option),
            date: said.date,
            reason: prose(said.reason),
            accommodation: prose(said.accommodation),
            revisit: said.revisit.as_ref().map(|revisit| revisit.value),
        }
    }
}

impl GoalCampaign {
    fn of(campaign: &Record<Campaign>, today: NaiveDate) -> GoalCampaign {
        let state = match (campaign.has_closed(today), campaign.is_open(today)) {
            (true, _) => CallState::Closed,
            (false, true) => CallState::Open,
            (false, false) => CallState::Planned,
        };
        GoalCampaign {
            campaign: Named::record(campaign),
            state,
            opens: campaign.opens.as_ref().map(|opens| opens.value),
            closes: campaign.closes.as_ref().map(|closes| closes.value),
            reach: campaign.reach.as_ref().map(|reach| reach.value),
            responses: campaign.responses.as_ref().map(|responses| responses.value),
            outcome: prose(&campaign.outcome),
        }
    }
}
