//! A current member: what it is, who speaks for it, what it does for the goals and has signed. Its claims of turf, its
//! way of deciding, when and where it meets, and the log of contacts with it are for the coalition alone.

use super::super::connections::of;
use super::super::context::view;
use super::super::site::{PageLink, Viewpoint};
use super::{DetailView, Further, WebLink, past, text, value, words};
use crate::agreement::{Cell, CellState};
use crate::document::words::{format_date, list};
use crate::practice::structure::role_words;
use crate::record::request::{Answer, Response};
use crate::record::value::{AdvocateId, Choices, Opt};
use crate::record::{AnyRecord, Goal, Member, Record, Request};
use crate::report::credit::gift_words;
use chrono::NaiveDate;

view! {
    /// What the page of a member says.
    pub(crate) struct MemberView {
        /// The type of organization.
        classification: Option<&'static str>,
        /// The areas in which it works.
        areas: String,
        /// The day it joined.
        joined: Option<NaiveDate>,
        /// Its website.
        website: Option<WebLink>,
        /// What it works for.
        interests: String,
        /// The member who brought it in.
        sponsor: Option<PageLink>,
        /// Who represents it.
        representative: Option<Representative>,
        /// Who represents it otherwise.
        backup_representative: Option<Representative>,
        /// How the public can reach it.
        contact_details: Vec<DetailView>,
        /// Its part in goals.
        goals: Vec<GoalPart>,
        /// The seats that it has on committees.
        seats: Vec<MemberSeat>,
        /// The agreements that it has signed, or must sign.
        agreements: Vec<AgreementPart>,
        /// What it gave, the newest first.
        gifts: Vec<MemberGift>,
        /// What it asked its partners for, the newest first.
        requests: Vec<RequestView>,
        /// Links and sources.
        further: Further,
    }
}

view! {
    /// Someone who represents a member.
    struct Representative {
        /// The name, or the part played if the person has not agreed to be listed.
        name: String,
        /// The title.
        title: Option<String>,
    }
}

view! {
    /// A member's part in a goal.
    struct GoalPart {
        /// The goal.
        goal: PageLink,
        /// What the member does: leads the work, supports it.
        part: String,
    }
}

view! {
    /// A seat on a committee.
    struct MemberSeat {
        /// The committee.
        committee: PageLink,
        /// The role: chair, member.
        role: String,
    }
}

view! {
    /// An agreement that a member has signed, or must sign.
    struct AgreementPart {
        /// The agreement.
        agreement: PageLink,
        /// What the member did: signed on a day, not yet signed.
        state: String,
    }
}

view! {
    /// Something that a member gave.
    struct MemberGift {
        /// What.
        what: String,
        /// When.
        date: NaiveDate,
    }
}

view! {
    /// Something that a member asked its partners for.
    struct RequestView {
        /// What it is called.
        name: String,
        /// When.
        date: Option<NaiveDate>,
        /// What the member needs.
        need: Option<String>,
        /// The members who said yes, or yes in part.
        helpers: Vec<PageLink>,
        /// What came of it.
        outcome: Option<String>,
    }
}

impl MemberView {
    /// A member as seen from its own page.
    pub(crate) fn new(member: &Record<Member>, cells: &[&Cell<'_>], view: &Viewpoint<'_, '_>) -> MemberView {
        let today = view.site.today;
        let areas: Vec<_> = member.areas.iter().map(|area| area.value.clone()).collect();
        MemberView {
            classification: member.classification.as_ref().map(|at| at.label()),
            areas: list(&areas),
            joined: past(&member.joined, today),
            website: member.url.as_ref().map(|url| WebLink::new(url, None)),
            interests: words(&member.interests),
            sponsor: member.sponsor.as_ref().map(|sponsor| view.member(sponsor)),
            representative: representative(&member.representative, view),
            backup_representative: representative(&member.backup_representative, view),
            contact_details: DetailView::public(&member.contact_details, false, today),
            goals: view.site.parts_of(member).iter().map(|(goal, part)| goal_part(goal, part, view)).collect(),
            seats: seats(member, view),
            agreements: cells.iter().filter_map(|cell| agreement_part(cell, view)).collect(),
            gifts: gifts(member, view),
            requests: requests(member, view),
            further: Further::of(&member.common),
        }
    }
}

fn goal_part(goal: &Record<Goal>, part: &str, view: &Viewpoint<'_, '_>) -> GoalPart {
    GoalPart { goal: view.record(goal), part: part.to_owned() }
}

/// A title alone can tell who someone is, so it is only beside a name.
fn representative(id: &Opt<AdvocateId>, view: &Viewpoint<'_, '_>) -> Option<Representative> {
    let id = id.as_ref()?;
    let listed = view.site.find_listed_person(id);
    Some(Representative { name: view.site.person(id), title: listed.and_then(|advocate| text(&advocate.title)) })
}

fn seats(member: &Record<Member>, view: &Viewpoint<'_, '_>) -> Vec<MemberSeat> {
    let seats = of(&view.site.connections.seats_of_member, &member.key.id);
    seats
        .iter()
        .map(|(committee, seat)| MemberSeat { committee: view.record(*committee), role: role_words(seat) })
        .collect()
}

/// How many gifts and requests a page shows.
const SHOWN: usize = 25;

fn gifts(member: &Record<Member>, view: &Viewpoint<'_, '_>) -> Vec<MemberGift> {
    let gifts = view.site.connections.gifts_by(&member.key.id, &view.site.unlisted).take(SHOWN);
    gifts.map(|gift| MemberGift { what: gift_words(gift.contribution, member.name()), date: gift.date }).collect()
}

fn requests(member: &Record<Member>, view: &Viewpoint<'_, '_>) -> Vec<RequestView> {
    let mut requests: Vec<&&Record<Request>> =
        of(&view.site.connections.requests_of_member, &member.key.id).iter().collect();
    requests.sort_by_key(|request| std::cmp::Reverse(value(&request.date)));
    let may_be_quoted = view.site.unlisted.may_be_quoted(&member.key);
    let view_of = |request: &&Record<Request>| RequestView {
        name: request.name().to_owned(),
        date: value(&request.date),
        need: text(&request.need).filter(|_| may_be_quoted),
        helpers: view
            .members(request.responses.iter().filter(|one| helps(one, view)).filter_map(|one| one.member.as_ref())),
        outcome: text(&request.outcome).filter(|_| may_be_quoted),
    };
    requests.into_iter().take(SHOWN).map(view_of).collect()
}

fn helps(response: &Response, view: &Viewpoint<'_, '_>) -> bool {
    let is_offer = response.answer.as_ref().is_some_and(|answer| answer.value != Answer::No);
    is_offer && view.site.as_of().may_have_come(&response.date)
}

/// What a member signed, and what it has still to sign; nothing of agreements whose time is over.
fn agreement_part(cell: &Cell<'_>, view: &Viewpoint<'_, '_>) -> Option<AgreementPart> {
    let signed_on = cell.judged.as_ref().and_then(|judged| judged.signature.date.as_ref());
    let state = match cell.state {
        CellState::Signed => {
            signed_on.map_or_else(|| "signed".to_owned(), |date| format!("signed on {}", format_date(date.value)))
        }
        CellState::Expired => return None,
        _ if cell.required => "not yet signed".to_owned(),
        _ => return None,
    };
    Some(AgreementPart { agreement: view.record(cell.agreement), state })
}
