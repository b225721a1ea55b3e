//! The goals: how far each is, who stands behind it, whom it serves, and what came of those that ended.

mod ended;
mod status;
mod view;

pub(crate) use ended::Ended;
pub(crate) use status::{GoalStatus, ServedInterest};

use super::{Concern, Named, Report, ReportOutput, ReportRequest, ReportRun, answer};
use crate::practice::self_interest::{ServedInterests, members_not_served, members_without_interests};
use crate::practice::unifying_issues::{Words, attainable_threshold};
use crate::record::goal::GoalStage;
use crate::record::value::distinct;
use crate::record::{Goal, Record};
use serde::Serialize;
use status::Sources;

/// The report.
pub(crate) static REPORT: Report =
    Report { name: "goals", about: "progress on each goal, and who supports it", run: ReportRun::Ledger(run) };

fn run(request: &ReportRequest<'_>) -> ReportOutput {
    let goals = Goals::of(request);
    let document = view::document(request, &goals);
    answer(&REPORT, request, &goals, document)
}

/// The goals as data. Where the report is made for a member, the lists hold the goals that name the member or its people
/// and those that serve one of its interests; what is counted of members always counts all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Goals {
    /// How many current members there are. Support is counted against them.
    pub members: usize,
    /// How many of them should support a goal.
    pub endorsers_needed: usize,
    /// How many of them should work a goal out together.
    pub developers_needed: usize,
    /// The days after which a goal without news is stale.
    pub stale_days: i64,
    /// The goals that the coalition works on, the first due first.
    pub adopted: Vec<GoalStatus>,
    /// The goals that are proposed, likewise.
    pub proposed: Vec<GoalStatus>,
    /// The goals that were reached or given up in the last year, the last first.
    pub ended: Vec<Ended>,
    /// How many were reached before that.
    pub met_earlier: usize,
    /// How many were given up before that.
    pub dropped_earlier: usize,
    /// How many goals are written down without a date that says where they stand.
    pub ideas: usize,
    /// Those, by the day they are due.
    pub not_proposed: Vec<GoalStatus>,
    /// The members whose interests no goal serves, by name.
    pub unserved: Vec<Unserved>,
    /// The members who do not state their interests, by name; new ones are given time.
    pub without_interests: Vec<Named>,
    /// The goals above all others that wait for the word of the member that the report is made for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub awaits_word: Option<Vec<Named>>,
}

/// A member that no goal serves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Unserved {
    /// The member.
    pub member: Named,
    /// What it needs, in the words of its record.
    pub interests: Vec<String>,
}

impl Goals {
    /// Computes the report.
    pub(crate) fn of(request: &ReportRequest<'_>) -> Goals {
        let as_of = request.as_of();
        let concern = Concern::of(request);
        let sources = Sources::of(as_of);
        let needed = attainable_threshold(as_of);
        let mut goals = Goals {
            members: sources.members.len(),
            endorsers_needed: needed.endorsers,
            developers_needed: needed.developers,
            stale_days: as_of.policy().goal_stale_days(),
            adopted: Vec::new(),
            proposed: Vec::new(),
            ended: Vec::new(),
            met_earlier: 0,
            dropped_earlier: 0,
            ideas: 0,
            not_proposed: Vec::new(),
            unserved: unserved_members(request, &concern),
            without_interests: Named::sort_names(
                members_without_interests(as_of).map(Named::record).filter(|member| concern.is_own(member)),
            ),
            awaits_word: awaits_word(request),
        };
        for goal in request.ledger.goals.iter().filter(|goal| concerns(request, &concern, goal)) {
            match goal.stage(request.today) {
                GoalStage::Idea => goals.not_proposed.push(GoalStatus::of(&sources, goal)),
                GoalStage::Proposed => goals.proposed.push(GoalStatus::of(&sources, goal)),
                GoalStage::Adopted => goals.adopted.push(GoalStatus::of(&sources, goal)),
                GoalStage::Met | GoalStage::Dropped => match Ended::of(&sources, goal) {
                    Some(ended) if as_of.is_of_last_year(ended.date) => goals.ended.push(ended),
                    Some(ended) if ended.met => goals.met_earlier += 1,
                    _ => goals.dropped_earlier += 1,
                },
            }
        }
        let by_due =
            |a: &GoalStatus, b: &GoalStatus| (a.due.is_none(), a.due, &a.goal).cmp(&(b.due.is_none(), b.due, &b.goal));
        goals.adopted.sort_by(by_due);
        goals.proposed.sort_by(by_due);
        goals.not_proposed.sort_by(by_due);
        goals.ideas = goals.not_proposed.len();
        goals.ended.sort_by(|a, b| (b.date, &a.goal).cmp(&(a.date, &b.goal)));
        goals
    }

    /// Whether the ledger has nothing for the report to show.
    pub(crate) fn is_empty(&self) -> bool {
        let shown = self.adopted.len() + self.proposed.len() + self.ended.len();
        shown + self.met_earlier + self.dropped_earlier + self.ideas == 0
    }
}

/// Whether a goal is the concern of the member that the report is made for: it names it or serves an interest of it.
fn concerns(request: &ReportRequest<'_>, concern: &Concern, goal: &Record<Goal>) -> bool {
    let serves = |goal: &Goal| {
        let interests = request.member.map(|member| member.interests.as_slice()).unwrap_or_default();
        let mut served = goal.serves.iter();
        served.any(|slug| interests.iter().any(|interest| interest.value == slug.value))
    };
    concern.touches_key(&goal.key) || serves(goal)
}

/// The live goals on which the member that the report is made for has not said where it stands.
fn awaits_word(request: &ReportRequest<'_>) -> Option<Vec<Named>> {
    let member = request.member.filter(|member| member.is_current(request.today))?;
    let goals = request.as_of().live_goals();
    let words = Words::of(request.as_of());
    let waiting = goals.filter(|goal| !words.on(goal).contains_key(&*member.key.id));
    Some(Named::sort_names(waiting.map(Named::record)))
}

fn unserved_members(request: &ReportRequest<'_>, concern: &Concern) -> Vec<Unserved> {
    let as_of = request.as_of();
    let members = members_not_served(as_of, &ServedInterests::of(as_of)).into_iter().map(|member| Unserved {
        member: Named::record(member),
        interests: distinct(&member.interests).map(|interest| interest.to_string()).collect(),
    });
    let mut members: Vec<Unserved> = members.filter(|one| concern.is_own(&one.member)).collect();
    members.sort_by(|a, b| a.member.cmp(&b.member));
    members
}

#[cfg(test)]
mod tests;
