//! The page of a committee: what it is for, what it may decide alone, and who sits on it. Who is on call, and when, stays with the
//! members.

use super::super::connections::of;
use super::super::context::view;
use super::super::site::{PageLink, Viewpoint};
use super::{Further, past, text, value};
use crate::document::words::capitalize;
use crate::practice::structure::{is_held, role_words};
use crate::record::committee::Seat;
use crate::record::{Committee, Record};
use chrono::NaiveDate;

view! {
    /// What the page of a committee says.
    pub(crate) struct CommitteeView {
        /// What it is for.
        purpose: Option<String>,
        /// What it may decide alone.
        powers: Option<String>,
        /// Whether it is an emergency committee.
        is_emergency: bool,
        /// The first day of its work.
        start_date: Option<NaiveDate>,
        /// Who speaks to the press.
        spokesperson: Option<String>,
        /// Its seats, vacant ones too.
        seats: Vec<SeatView>,
        /// Its meetings with published minutes.
        meetings: Vec<PageLink>,
        /// Links and sources.
        further: Further,
    }
}

view! {
    /// A seat on a committee.
    struct SeatView {
        /// The role: chair, member.
        role: String,
        /// Who has the seat; nothing where it is vacant.
        person: Option<String>,
        /// The member that this person represents.
        member: Option<PageLink>,
        /// The last day of the term.
        until: Option<NaiveDate>,
    }
}

impl CommitteeView {
    /// A committee as seen from its own page.
    pub(crate) fn new(committee: &Record<Committee>, view: &Viewpoint<'_, '_>) -> CommitteeView {
        let site = view.site;
        CommitteeView {
            purpose: text(&committee.purpose),
            powers: text(&committee.powers),
            is_emergency: value(&committee.emergency).unwrap_or_default(),
            start_date: past(&committee.start_date, site.today),
            spokesperson: committee.spokesperson.as_ref().map(|person| site.person(person)),
            seats: committee
                .seats
                .iter()
                .filter(|seat| seat.is_current(site.today))
                .map(|seat| seat_view(seat, view))
                .collect(),
            meetings: view.records(of(&site.connections.meetings_of_committee, &committee.key.id).iter().copied()),
            further: Further::of(&committee.common),
        }
    }
}

fn seat_view(seat: &Seat, view: &Viewpoint<'_, '_>) -> SeatView {
    let is_held = is_held(view.site.as_of(), seat);
    let member = view.site.ledger.on_behalf_of(&seat.on_behalf_of, &seat.advocate);
    SeatView {
        role: capitalize(&role_words(seat)),
        person: seat.advocate.as_ref().filter(|_| is_held).map(|person| view.site.person(person)),
        member: member.filter(|_| is_held || seat.on_behalf_of.is_some()).map(|member| view.member(member)),
        until: value(&seat.end_date),
    }
}
