//! A page that lists others of one sort: all members, all goals.

use super::super::context::view;
use super::super::site::{PageLink, Site, Viewpoint};
use super::decision::status;
use super::home::GoalLine;
use super::progress::ProgressView;
use super::{by_name, campaign, goal, id_of, past, text, value};
use crate::agreement::{Cell, CellState, is_in_force};
use crate::document::words::{format_date, time};
use crate::parse::collation::SortKey;
use crate::practice::decision_structure::is_made;
use crate::record::coalition::PageSort;
use crate::record::goal::GoalStage;
use crate::record::member::Stage;
use crate::record::value::Choices;
use crate::record::{
    Agreement, AnyRecord as _, Campaign, Committee, Decision, Goal, Meeting, Member, Record, has_public_minutes,
};
use chrono::NaiveDate;
use std::cmp::Reverse;

view! {
    /// What a page that lists others says.
    pub(crate) struct ListView {
        /// The groups.
        groups: Vec<ListGroup>,
    }
}

view! {
    /// Some of the records, in a table.
    struct ListGroup {
        /// What they have in common, where there are several groups.
        heading: Option<String>,
        /// The names of the columns.
        columns: Vec<&'static str>,
        /// The rows.
        rows: Vec<ListRow>,
    }
}

view! {
    /// A record in a row.
    struct ListRow {
        /// The record.
        subject: PageLink,
        /// The cells after it.
        cells: Vec<String>,
    }
}

impl ListView {
    /// The page of a sort.
    pub(crate) fn new(sort: PageSort, view: &Viewpoint<'_, '_>) -> ListView {
        let groups = match sort {
            PageSort::Members => members(view),
            PageSort::Goals => goals(view),
            PageSort::Agreements => agreements(view),
            PageSort::Decisions => decisions(view),
            PageSort::Meetings => meetings(view),
            PageSort::Committees => committees(view),
            PageSort::Campaigns => campaigns(view),
            PageSort::Index | PageSort::Calendar | PageSort::Thanks => Vec::new(),
        };
        ListView { groups: groups.into_iter().filter(|group| !group.rows.is_empty()).collect() }
    }
}

fn group(heading: Option<&str>, columns: &[&'static str], rows: Vec<ListRow>) -> ListGroup {
    ListGroup { heading: heading.map(str::to_owned), columns: columns.to_vec(), rows }
}

fn date_words(date: Option<NaiveDate>) -> String {
    date.map(format_date).unwrap_or_default()
}

/// The current members, those of a type together, then those who left. These have no page: nothing on it would be theirs to keep
/// current.
fn members(view: &Viewpoint<'_, '_>) -> Vec<ListGroup> {
    let today = view.site.today;
    let mut current: Vec<&Record<Member>> = view.site.ledger.current_members(today).collect();
    current.sort_by_cached_key(|member| (value(&member.classification), SortKey::of(member.name())));
    let row = |member: &Record<Member>| ListRow {
        subject: view.member(&id_of(member)),
        cells: vec![
            member.classification.as_ref().map(|at| at.label().to_owned()).unwrap_or_default(),
            date_words(past(&member.joined, today)),
        ],
    };
    let left = view.site.ledger.members.iter().filter(|member| member.stage(today) == Stage::Left);
    let left = by_name(left.map(|member| view.member(&id_of(member))).collect());
    vec![
        group(None, &["Member", "Type", "Since"], current.into_iter().map(row).collect()),
        group(
            Some("Former members"),
            &["Member"],
            left.into_iter().map(|subject| ListRow { subject, cells: Vec::new() }).collect(),
        ),
    ]
}

/// The public goals: those that are worked on first, then those that are proposed, reached and given up; the newest of each first.
pub(super) fn sorted_goals<'l>(site: &Site<'l>) -> Vec<&'l Record<Goal>> {
    let today = site.today;
    let rank = |goal: &Goal| match goal.stage(today) {
        GoalStage::Adopted => 0,
        GoalStage::Idea | GoalStage::Proposed => 1,
        GoalStage::Met => 2,
        GoalStage::Dropped => 3,
    };
    let mut goals: Vec<_> = site.goals().collect();
    goals.sort_by_cached_key(|goal| (rank(goal), Reverse(goal::since(goal, today)), SortKey::of(goal.name())));
    goals
}

/// A goal in a line.
pub(super) fn goal_line(goal: &Record<Goal>, view: &Viewpoint<'_, '_>) -> GoalLine {
    let today = view.site.today;
    let progress = goal.measure.as_ref().and_then(|measure| ProgressView::of(measure, view.site));
    GoalLine {
        goal: view.record(goal),
        stage: goal::stage(goal, today),
        progress: progress.map(|progress| match progress.share {
            Some(share) => format!("{share}: {}", progress.line),
            None => progress.line,
        }),
        due: goal::due(goal, today),
    }
}

fn goals(view: &Viewpoint<'_, '_>) -> Vec<ListGroup> {
    let row = |goal| {
        let line = goal_line(goal, view);
        ListRow { subject: line.goal, cells: vec![line.stage, line.progress.unwrap_or_default(), date_words(line.due)] }
    };
    let rows = sorted_goals(view.site).into_iter().map(row).collect();
    vec![group(None, &["Goal", "Where it stands", "Progress", "Due"], rows)]
}

fn agreements(view: &Viewpoint<'_, '_>) -> Vec<ListGroup> {
    let row = |(agreement, cells): &(&Record<Agreement>, Vec<Cell<'_>>)| ListRow {
        subject: view.record(*agreement),
        cells: vec![
            agreement.kind.as_ref().map(|kind| kind.label().to_owned()).unwrap_or_default(),
            signed_words(agreement, cells, view),
        ],
    };
    let rows = view.site.signing.iter().map(row).collect();
    vec![group(None, &["Agreement", "Type", "Signatures"], rows)]
}

fn signed_words(agreement: &Record<Agreement>, row: &[Cell<'_>], view: &Viewpoint<'_, '_>) -> String {
    let today = view.site.today;
    let required = row.iter().filter(|cell| cell.required).count();
    let signed = |cell: &&Cell<'_>| cell.state == CellState::Signed;
    if agreement.ended.as_ref().is_some_and(|ended| ended.value <= today) {
        "has ended".to_owned()
    } else if !is_in_force(view.site.ledger, agreement, today) {
        "has expired".to_owned()
    } else if required == 0 {
        format!("{} signed", row.iter().filter(signed).count())
    } else {
        format!("{} of {required} signed", row.iter().filter(signed).filter(|cell| cell.required).count())
    }
}

/// The decisions that were made, the newest first.
pub(super) fn newest_decisions<'l>(site: &Site<'l>) -> Vec<&'l Record<Decision>> {
    let as_of = site.as_of();
    let made = site.ledger.decisions.iter().filter(|decision| is_made(as_of, decision));
    let mut made: Vec<_> = made.filter(|decision| as_of.may_have_come(&decision.proposed)).collect();
    made.sort_by_cached_key(|decision| (Reverse(value(&decision.decided)), SortKey::of(decision.name())));
    made
}

fn decisions(view: &Viewpoint<'_, '_>) -> Vec<ListGroup> {
    let as_of = view.site.as_of();
    let row =
        |decision: &Record<Decision>| ListRow { subject: view.record(decision), cells: vec![status(decision, view)] };
    let proposed = view.site.ledger.decisions.iter().filter(|decision| as_of.may_have_come(&decision.proposed));
    let mut open: Vec<_> = proposed.filter(|decision| !is_made(as_of, decision)).collect();
    open.sort_by_cached_key(|decision| (value(&decision.closes), SortKey::of(decision.name())));
    vec![
        group(Some("Open"), &["Decision", "Where it stands"], open.into_iter().map(row).collect()),
        group(
            Some("Decided"),
            &["Decision", "Where it stands"],
            newest_decisions(view.site).into_iter().map(row).collect(),
        ),
    ]
}

/// The meetings that are public and have a day, the first first.
pub(super) fn sorted_meetings<'l>(site: &Site<'l>) -> Vec<(NaiveDate, &'l Record<Meeting>)> {
    let public = site.ledger.meetings.iter().filter(|meeting| site.is_public(&meeting.key));
    let mut meetings: Vec<_> = public.filter_map(|meeting| Some((value(&meeting.date)?, meeting))).collect();
    meetings.sort_by_cached_key(|(date, meeting)| (*date, value(&meeting.start_time), SortKey::of(meeting.name())));
    meetings
}

fn meetings(view: &Viewpoint<'_, '_>) -> Vec<ListGroup> {
    let row = |(date, meeting): (NaiveDate, &Record<Meeting>)| {
        let start = value(&meeting.start_time).map(|start| format!(", {}", time(start))).unwrap_or_default();
        let note = match (meeting.is_cancelled(), has_public_minutes(meeting, view.site.today)) {
            (true, _) => "Canceled".to_owned(),
            (false, true) => "Minutes".to_owned(),
            (false, false) => text(&meeting.location).unwrap_or_default(),
        };
        ListRow { subject: view.record(meeting), cells: vec![format!("{}{start}", format_date(date)), note] }
    };
    let (ahead, mut held): (Vec<_>, Vec<_>) =
        sorted_meetings(view.site).into_iter().partition(|(date, _)| *date >= view.site.today);
    held.reverse();
    vec![
        group(Some("Upcoming"), &["Meeting", "When", "Where"], ahead.into_iter().map(row).collect()),
        group(Some("Held"), &["Meeting", "When", "What there is"], held.into_iter().map(row).collect()),
    ]
}

fn committees(view: &Viewpoint<'_, '_>) -> Vec<ListGroup> {
    let mut committees: Vec<_> =
        view.site.ledger.committees.iter().filter(|committee| committee.is_at_work(view.site.today)).collect();
    committees.sort_by_cached_key(|committee| SortKey::of(committee.name()));
    let row = |committee: &Record<Committee>| ListRow {
        subject: view.record(committee),
        cells: vec![text(&committee.purpose).unwrap_or_default()],
    };
    vec![group(None, &["Committee", "What it is for"], committees.into_iter().map(row).collect())]
}

fn campaigns(view: &Viewpoint<'_, '_>) -> Vec<ListGroup> {
    let today = view.site.today;
    let opened = view.site.ledger.campaigns.iter().filter(|campaign| view.site.as_of().may_have_come(&campaign.opens));
    let mut campaigns: Vec<&Record<Campaign>> = opened.collect();
    campaigns.sort_by_cached_key(|campaign| (Reverse(value(&campaign.opens)), SortKey::of(campaign.name())));
    let row = |campaign: &Record<Campaign>| ListRow {
        subject: view.record(campaign),
        cells: vec![text(&campaign.message).unwrap_or_default(), campaign::status(campaign, today)],
    };
    let (open, closed): (Vec<&Record<Campaign>>, Vec<&Record<Campaign>>) =
        campaigns.into_iter().partition(|campaign| campaign.is_open(today));
    vec![
        group(Some("Going on now"), &["Campaign", "Message", "When"], open.into_iter().map(row).collect()),
        group(Some("Over"), &["Campaign", "Message", "When"], closed.into_iter().map(row).collect()),
    ]
}
