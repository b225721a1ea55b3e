//! The page of a meeting: when and where, the agenda, the members who came, what was decided, and the minutes once they are published.
//! The address to join online stays with the members.

use super::super::connections::of;
use super::super::context::view;
use super::super::site::{PageLink, Viewpoint};
use super::{Further, text, value};
use crate::document::words::{time, weekday};
use crate::record::meeting::AgendaItem;
use crate::record::value::{MemberId, distinct};
use crate::record::{AnyRecord, Meeting, Record, has_public_minutes};
use chrono::NaiveDate;

view! {
    /// What the page of a meeting says.
    pub(crate) struct MeetingView {
        /// The day.
        date: Option<NaiveDate>,
        /// The day with its weekday.
        day: Option<String>,
        /// When it begins: 6:30 p.m.
        start_time: Option<String>,
        /// When it ends.
        end_time: Option<String>,
        /// Where.
        location: Option<String>,
        /// The committee that meets; nothing for a meeting of the whole coalition.
        committee: Option<PageLink>,
        /// Who chairs it.
        chair: Option<String>,
        /// Whether it was canceled.
        is_canceled: bool,
        /// Whether it is still to come.
        is_upcoming: bool,
        /// The agenda.
        agenda: Vec<AgendaView>,
        /// The members who were represented.
        members: Vec<PageLink>,
        /// The decisions that were on its agenda.
        decisions: Vec<PageLink>,
        /// The minutes, once they are published; print them with `typeset`.
        minutes: Option<String>,
        /// Links and sources.
        further: Further,
    }
}

view! {
    /// A topic of a meeting.
    struct AgendaView {
        /// The topic.
        item: String,
        /// Who leads it.
        lead: Option<String>,
        /// How many minutes it takes.
        minutes: Option<u32>,
        /// The decision it is about.
        decision: Option<PageLink>,
    }
}

impl MeetingView {
    /// A meeting as seen from its own page.
    pub(crate) fn new(meeting: &Record<Meeting>, view: &Viewpoint<'_, '_>) -> MeetingView {
        let site = view.site;
        let date = value(&meeting.date);
        let is_upcoming = date.is_some_and(|date| date >= site.today);
        MeetingView {
            date,
            day: date.map(weekday),
            start_time: value(&meeting.start_time).map(time),
            end_time: value(&meeting.end_time).map(time),
            location: text(&meeting.location),
            committee: view.referred(&meeting.committee),
            chair: meeting.chair.as_ref().map(|chair| site.person(chair)),
            is_canceled: meeting.is_cancelled(),
            is_upcoming,
            agenda: meeting.agenda.iter().filter_map(|item| agenda_view(item, view)).collect(),
            members: if date.is_some_and(|date| date <= site.today) { members(meeting, view) } else { Vec::new() },
            decisions: view.records(of(&site.connections.decisions_of_meeting, &meeting.key.id).iter().copied()),
            minutes: minutes(meeting, view).map(str::to_owned),
            further: Further::of(&meeting.common),
        }
    }
}

fn agenda_view(item: &AgendaItem, view: &Viewpoint<'_, '_>) -> Option<AgendaView> {
    Some(AgendaView {
        item: text(&item.item)?,
        lead: item.lead.as_ref().map(|lead| view.site.person(lead)),
        minutes: value(&item.minutes),
        decision: view.referred(&item.decision),
    })
}

/// The members for whom someone came. Who came stays with the members.
fn members(meeting: &Record<Meeting>, view: &Viewpoint<'_, '_>) -> Vec<PageLink> {
    let there = meeting.attendance.iter().filter(|attendance| attendance.was_there());
    let ids = there.filter_map(|attendance| view.site.ledger.on_behalf_of(&attendance.member, &attendance.advocate));
    let known = ids.filter(|id| view.site.ledger.members.get(id).is_some());
    let ids: Vec<_> = known
        .map(|id: &MemberId| crate::record::value::At { value: id.clone(), span: crate::source::Span::START })
        .collect();
    view.members(distinct(&ids))
}

/// The minutes, if they are published.
fn minutes<'l>(meeting: &'l Record<Meeting>, view: &Viewpoint<'_, 'l>) -> Option<&'l str> {
    if !has_public_minutes(meeting, view.site.today) {
        return None;
    }
    match (&meeting.minutes, &meeting.minutes_file) {
        (Some(text), _) => Some(text.as_str()),
        (None, Some(file)) => view.site.ledger.texts.get(&meeting.path().beside(file)?).map(String::as_str),
        (None, None) => None,
    }
}
