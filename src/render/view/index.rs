//! The index page: the coalition's purpose, its members, goals, agreements and meetings.

use super::super::site::{PageLink, Site, Viewpoint};
use super::progress::ProgressView;
use super::{WebLink, by_name, goal, id_of, past, text, value};
use crate::agreement::{Cell, CellState, is_in_force};
use crate::document::words::time;
use crate::parse::collation::SortKey;
use crate::record::goal::GoalStage;
use crate::record::member::Stage;
use crate::record::value::Choices;
use crate::record::{Agreement, AnyRecord, Goal, Meeting, Member, Record};
use chrono::NaiveDate;
use serde::Serialize;
use std::cmp::Reverse;

/// What the index says.
#[derive(Debug, Serialize)]
pub(crate) struct IndexView {
    mission: Option<String>,
    message: Option<String>,
    community: Option<String>,
    founded: Option<NaiveDate>,
    website: Option<WebLink>,
    members: Vec<MemberLine>,
    former_members: Vec<PageLink>,
    goals: Vec<GoalLine>,
    agreements: Vec<AgreementLine>,
    meetings: Vec<MeetingLine>,
}

#[derive(Debug, Serialize)]
struct MemberLine {
    member: PageLink,
    classification: Option<&'static str>,
    joined: Option<NaiveDate>,
}

#[derive(Debug, Serialize)]
struct GoalLine {
    goal: PageLink,
    stage: String,
    progress: Option<String>,
    due: Option<NaiveDate>,
}

#[derive(Debug, Serialize)]
struct AgreementLine {
    agreement: PageLink,
    kind: Option<&'static str>,
    signed: String,
}

#[derive(Debug, Serialize)]
struct MeetingLine {
    name: String,
    date: NaiveDate,
    start_time: Option<String>,
    location: Option<String>,
}

impl IndexView {
    /// The index as seen from its own page.
    pub(crate) fn new(view: &Viewpoint<'_, '_>) -> IndexView {
        let site = view.site;
        let root = &site.ledger.root;
        IndexView {
            mission: text(&root.mission),
            message: text(&root.message),
            community: text(&root.community),
            founded: past(&root.founded, site.today),
            website: root.url.as_ref().map(|url| WebLink::new(url, None)),
            members: members(view),
            former_members: former_members(view),
            goals: goals(view),
            agreements: site.signing.iter().map(|(agreement, row)| agreement_line(agreement, row, view)).collect(),
            meetings: meetings(site),
        }
    }
}

/// The current members, those of a sort together.
fn members(view: &Viewpoint<'_, '_>) -> Vec<MemberLine> {
    let mut current: Vec<&Record<Member>> = view.site.ledger.current_members(view.site.today).collect();
    current.sort_by_cached_key(|member| (value(&member.classification), SortKey::of(member.name())));
    let line = |member: &Record<Member>| MemberLine {
        member: view.member(&id_of(member)),
        classification: member.classification.as_ref().map(|at| at.label()),
        joined: past(&member.joined, view.site.today),
    };
    current.into_iter().map(line).collect()
}

/// Members who left are remembered by name. They have no page: nothing on it would be theirs to keep current.
fn former_members(view: &Viewpoint<'_, '_>) -> Vec<PageLink> {
    let left = view.site.ledger.members.iter().filter(|member| member.stage(view.site.today) == Stage::Left);
    by_name(left.map(|member| view.member(&id_of(member))).collect())
}

/// The goals that are worked on first, then those that are proposed, reached and given up; the newest of each first.
fn goals(view: &Viewpoint<'_, '_>) -> Vec<GoalLine> {
    let today = view.site.today;
    let rank = |goal: &Goal| match goal.stage(today) {
        GoalStage::Adopted => 0,
        GoalStage::Idea | GoalStage::Proposed => 1,
        GoalStage::Met => 2,
        GoalStage::Dropped => 3,
    };
    let mut goals: Vec<_> = view.site.goals().collect();
    goals.sort_by_cached_key(|goal| (rank(goal), Reverse(goal::since(goal, today)), SortKey::of(goal.name())));
    let line = |goal: &Record<Goal>| {
        let progress = goal.measure.as_ref().and_then(|measure| ProgressView::of(measure, today));
        GoalLine {
            goal: view.record(goal),
            stage: goal::stage(goal, today),
            progress: progress.map(|progress| match progress.share {
                Some(share) => format!("{share}: {}", progress.line),
                None => progress.line,
            }),
            due: goal::due(goal, today),
        }
    };
    goals.into_iter().map(line).collect()
}

fn agreement_line(agreement: &Record<Agreement>, row: &[Cell<'_>], view: &Viewpoint<'_, '_>) -> AgreementLine {
    let today = view.site.today;
    let required = row.iter().filter(|cell| cell.required).count();
    let signed = |cell: &&Cell<'_>| cell.state == CellState::Signed;
    let signed_text = if agreement.ended.as_ref().is_some_and(|ended| ended.value <= today) {
        "has ended".to_owned()
    } else if !is_in_force(view.site.ledger, agreement, today) {
        "has expired".to_owned()
    } else if required == 0 {
        format!("{} signed", row.iter().filter(signed).count())
    } else {
        format!("{} of {required} signed", row.iter().filter(signed).filter(|cell| cell.required).count())
    };
    AgreementLine {
        agreement: view.record(agreement),
        kind: agreement.kind.as_ref().map(|kind| kind.label()),
        signed: signed_text,
    }
}

/// The meetings of the whole coalition from today on. Committees meet for their own members.
fn meetings(site: &Site<'_>) -> Vec<MeetingLine> {
    let line = |meeting: &Record<Meeting>| {
        let date = value(&meeting.date).filter(|date| *date >= site.today)?;
        let start = value(&meeting.start_time);
        let line = MeetingLine {
            name: meeting.name().to_owned(),
            date,
            start_time: start.map(time),
            location: text(&meeting.location),
        };
        Some((date, start, line))
    };
    let to_come = site.ledger.meetings.iter().filter(|meeting| meeting.is_assembly() && !meeting.is_cancelled());
    let mut lines: Vec<_> = to_come.filter_map(line).collect();
    lines.sort_by(|(a_date, a_start, a), (b_date, b_start, b)| {
        (a_date, a_start, &a.name).cmp(&(b_date, b_start, &b.name))
    });
    lines.into_iter().map(|(_, _, line)| line).collect()
}
