//! The page of a campaign: what it is for, how to take part, and what came of it. What the coalition knows of officials beyond their
//! office stays with the members.

use super::super::context::view;
use super::super::site::{PageLink, Viewpoint};
use super::{DetailView, Further, text, value};
use crate::document::words::{format_date, list, number};
use crate::practice::charge;
use crate::record::value::{Choices, Opt, distinct};
use crate::record::{AnyRecord, Campaign, Official, Record};
use chrono::NaiveDate;

view! {
    /// What the page of a campaign says.
    pub(crate) struct CampaignView {
        /// Whether it is going on, and until when.
        status: String,
        /// Whether it is going on.
        is_open: bool,
        /// Its message.
        message: Option<String>,
        /// The goal it serves.
        goal: Option<PageLink>,
        /// The member who leads it.
        lead: Option<PageLink>,
        /// Whom it calls on: legislators and supporters.
        audience: String,
        /// The ways to spread it.
        channels: Vec<String>,
        /// The officials to turn to.
        officials: Vec<OfficialView>,
        /// The first day.
        opens: Option<NaiveDate>,
        /// The last day.
        closes: Option<NaiveDate>,
        /// How many people it reached.
        reach: Option<String>,
        /// How many people acted.
        responses: Option<String>,
        /// What came of it.
        outcome: Option<String>,
        /// Links and sources.
        further: Further,
    }
}

view! {
    /// An official to turn to.
    struct OfficialView {
        /// The name.
        name: String,
        /// The office.
        office: Option<String>,
        /// The district, or the place that the office serves.
        place: Option<String>,
        /// How to reach the office.
        contact_details: Vec<DetailView>,
    }
}

impl CampaignView {
    /// A campaign as seen from its own page.
    pub(crate) fn new(campaign: &Record<Campaign>, view: &Viewpoint<'_, '_>) -> CampaignView {
        let site = view.site;
        let is_open = campaign.is_open(site.today);
        let audience: Vec<&str> = distinct(&campaign.audience).map(|audience| audience.label()).collect();
        let lead = match is_open {
            true => charge::member(site.as_of(), &campaign.lead),
            false => campaign.lead.as_ref(),
        };
        let officials = distinct(&campaign.officials).filter_map(|id| site.ledger.officials.get(&id.value));
        let figure = |count: &Opt<u32>| count.as_ref().map(|count| number(count.value.into()));
        CampaignView {
            status: status(campaign, site.today),
            is_open,
            message: text(&campaign.message),
            goal: view.referred(&campaign.goal),
            lead: lead.map(|lead| view.member(lead)),
            audience: list(&audience),
            channels: distinct(&campaign.channels).map(|channel| channel.replace('-', " ")).collect(),
            officials: officials.map(|official| official_view(official, is_open, site.today)).collect(),
            opens: value(&campaign.opens),
            closes: value(&campaign.closes),
            reach: figure(&campaign.reach),
            responses: figure(&campaign.responses),
            outcome: text(&campaign.outcome),
            further: Further::of(&campaign.common),
        }
    }
}

/// Whether a campaign is going on, and until when.
pub(super) fn status(campaign: &Campaign, today: NaiveDate) -> String {
    match (campaign.has_closed(today), value(&campaign.closes)) {
        (true, Some(closes)) => format!("Ended on {}", format_date(closes)),
        (false, Some(closes)) => format!("Open until {}", format_date(closes)),
        _ => "Open".to_owned(),
    }
}

/// An official by the office; how to reach it while the campaign is going on.
fn official_view(official: &Record<Official>, is_open: bool, today: NaiveDate) -> OfficialView {
    OfficialView {
        name: official.name().to_owned(),
        office: text(&official.office),
        place: text(&official.district).or_else(|| text(&official.jurisdiction)),
        contact_details: match is_open && !official.is_closed() {
            true => DetailView::public(&official.contact_details, true, today),
            false => Vec::new(),
        },
    }
}
