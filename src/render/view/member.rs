//! A current member: what it is, who speaks for it, what it does for the goals and has signed. Its claims of turf, its
//! way of deciding, when and where it meets, and the log of contacts with it are for the coalition alone.

use super::super::site::{PageLink, Viewpoint};
use super::{Further, WebLink, past, text, words};
use crate::agreement::{Cell, CellState};
use crate::document::words::{format_date, list};
use crate::record::common::ContactDetail;
use crate::record::value::{AdvocateId, Choices, Opt};
use crate::record::{Goal, Member, Record};
use chrono::NaiveDate;
use serde::Serialize;

/// What the page of a member says.
#[derive(Debug, Serialize)]
pub(crate) struct MemberView {
    classification: Option<&'static str>,
    areas: String,
    joined: Option<NaiveDate>,
    website: Option<WebLink>,
    interests: String,
    sponsor: Option<PageLink>,
    representative: Option<Representative>,
    backup_representative: Option<Representative>,
    contact_details: Vec<DetailView>,
    goals: Vec<GoalPart>,
    agreements: Vec<AgreementPart>,
    further: Further,
}

#[derive(Debug, Serialize)]
struct Representative {
    name: String,
    title: Option<String>,
}

#[derive(Debug, Serialize)]
struct DetailView {
    label: &'static str,
    value: String,
    note: Option<String>,
}

#[derive(Debug, Serialize)]
struct GoalPart {
    goal: PageLink,
    part: String,
}

#[derive(Debug, Serialize)]
struct AgreementPart {
    agreement: PageLink,
    state: String,
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
            contact_details: member.contact_details.iter().filter_map(|detail| detail_view(detail, today)).collect(),
            goals: view.site.parts_of(member).iter().map(|(goal, part)| goal_part(goal, part, view)).collect(),
            agreements: cells.iter().filter_map(|cell| agreement_part(cell, view)).collect(),
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

fn detail_view(detail: &ContactDetail, today: NaiveDate) -> Option<DetailView> {
    detail.is_public(today).then_some(())?;
    Some(DetailView { label: detail.r#type.as_ref()?.label(), value: text(&detail.value)?, note: text(&detail.note) })
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
