//! The campaigns: what each asks of whom, which officials it is aimed at and who of them was contacted for it, and what came
//! of it.

mod view;

use super::{Concern, Named, Report, ReportOutput, ReportRequest, ReportRun, answer};
use crate::practice::call_to_action::{due, is_reported};
use crate::practice::personal_contact::{Made, all_made};
use crate::practice::single_message::lines;
use crate::record::campaign::Audience;
use crate::record::common::Channel;
use crate::record::value::RecordId;
use crate::record::{Campaign, Record};
use crate::report::value_words::prose;
use chrono::NaiveDate;
use serde::Serialize;
use std::collections::{BTreeSet, HashMap};

/// The report.
pub(crate) static REPORT: Report = Report {
    name: "campaigns",
    about: "each campaign's targets, who has been contacted, and what came of it",
    run: ReportRun::Ledger(run),
};

fn run(request: &ReportRequest<'_>) -> ReportOutput {
    let campaigns = Campaigns::of(request);
    let document = view::document(request, &campaigns);
    answer(&REPORT, request, &campaigns, document)
}

/// The campaigns.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Campaigns {
    /// Those that are open, are still to come, or closed in the last 365 days or without saying what came of them: the open
    /// ones first, then those to come, then the closed ones, each the last to open first.
    pub campaigns: Vec<CampaignRow>,
    /// How many more closed earlier, and say what came of them.
    pub earlier: usize,
}

/// Where a campaign is in its time. The order is that of the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum State {
    /// It runs.
    Open,
    /// Its first day is to come.
    Planned,
    /// Its last day has passed.
    Closed,
}

/// A campaign.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct CampaignRow {
    /// The campaign.
    pub campaign: Named,
    /// Where it is in its time.
    pub state: State,
    /// The first day.
    pub opens: Option<NaiveDate>,
    /// The last day.
    pub closes: Option<NaiveDate>,
    /// The goal it serves.
    pub goal: Option<Named>,
    /// Whom it calls.
    pub audience: Vec<Audience>,
    /// What it says.
    pub message: Option<String>,
    /// Whether that is the message of its goal, or of the coalition; absent where nothing can be compared, or it has closed.
    pub on_message: Option<bool>,
    /// The member who leads it, unless it has left.
    pub lead: Option<Named>,
    /// The officials that it is aimed at, those not contacted yet first, each by name.
    pub officials: Vec<CampaignTarget>,
    /// How many of them were contacted for it.
    pub officials_contacted: usize,
    /// The contacts that were made for it, with others too.
    pub contacts: usize,
    /// How many people it reached.
    pub reach: Option<u32>,
    /// How many people acted.
    pub responses: Option<u32>,
    /// What came of it.
    pub outcome: Option<String>,
    /// Whether someone should have said by now what came of it.
    pub outcome_overdue: bool,
}

/// An official that a campaign is aimed at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct CampaignTarget {
    /// The official.
    pub official: Named,
    /// The contacts that were made for the campaign.
    pub contacts: usize,
    /// The day of the last of them.
    pub last: Option<NaiveDate>,
    /// Who made it.
    pub by: Option<Named>,
    /// How it was made.
    pub channel: Option<Channel>,
}

impl Campaigns {
    /// Computes the report.
    pub(crate) fn of(request: &ReportRequest<'_>) -> Campaigns {
        let (as_of, concern) = (request.as_of(), Concern::of(request));
        let mut made: HashMap<&str, Vec<Made<'_>>> = HashMap::new();
        for one in all_made(as_of) {
            if let Some(campaign) = &one.contact.campaign {
                made.entry(campaign.as_str()).or_default().push(one);
            }
        }
        let kept: HashMap<_, bool> =
            lines(as_of).into_iter().map(|line| (&line.campaign.key, line.is_kept())).collect();
        let overdue: BTreeSet<_> = due(as_of).filter(|(one, _)| !is_reported(one)).map(|(one, _)| &one.key).collect();
        let all = as_of.ledger.campaigns.iter().filter(|campaign| concern.touches_key(&campaign.key));
        let is_shown = |campaign: &&Record<Campaign>| {
            let closed = campaign.closes.as_ref().filter(|_| campaign.has_closed(as_of.today));
            closed.is_none_or(|closes| as_of.is_of_last_year(closes.value)) || !is_reported(campaign)
        };
        let (shown, earlier): (Vec<_>, Vec<_>) = all.partition(is_shown);
        let mut campaigns: Vec<CampaignRow> = shown
            .into_iter()
            .map(|campaign| {
                let contacts = made.get(&*campaign.key.id).map(Vec::as_slice).unwrap_or_default();
                CampaignRow {
                    on_message: kept.get(&campaign.key).copied(),
                    outcome_overdue: overdue.contains(&campaign.key),
                    ..CampaignRow::of(request, campaign, contacts)
                }
            })
            .collect();
        campaigns.sort_by(|a, b| {
            a.state.cmp(&b.state).then_with(|| b.opens.cmp(&a.opens)).then_with(|| a.campaign.cmp(&b.campaign))
        });
        Campaigns { campaigns, earlier: earlier.len() }
    }
}

impl CampaignRow {
    fn of(request: &ReportRequest<'_>, campaign: &Record<Campaign>, contacts: &[Made<'_>]) -> CampaignRow {
        let as_of = request.as_of();
        let state = match (campaign.has_closed(as_of.today), campaign.is_open(as_of.today)) {
            (true, _) => State::Closed,
            (false, true) => State::Open,
            (false, false) => State::Planned,
        };
        let mut known = BTreeSet::new();
        let aimed = campaign.officials.iter().filter(|id| known.insert(id.as_str()));
        let mut officials: Vec<CampaignTarget> = aimed
            .map(|id| {
                let key = id.value.key();
                let made_with: Vec<&Made<'_>> = contacts.iter().filter(|made| *made.with.key() == key).collect();
                let last = made_with.iter().max_by_key(|made| made.date.value);
                CampaignTarget {
                    official: Named::of(as_of.ledger, &id.value),
                    contacts: made_with.len(),
                    last: last.map(|made| made.date.value),
                    by: last.and_then(|made| Named::at(as_of.ledger, &made.contact.by)),
                    channel: last.and_then(|made| made.contact.channel.as_ref()).map(|channel| channel.value),
                }
            })
            .collect();
        officials.sort_by(|a, b| (a.contacts > 0).cmp(&(b.contacts > 0)).then_with(|| a.official.cmp(&b.official)));
        let date = |field: &Option<crate::record::value::At<NaiveDate>>| field.as_ref().map(|day| day.value);
        CampaignRow {
            campaign: Named::record(campaign),
            state,
            opens: date(&campaign.opens),
            closes: date(&campaign.closes),
            goal: Named::at(as_of.ledger, &campaign.goal),
            audience: campaign.audience.iter().map(|audience| audience.value).collect(),
            message: campaign.message.as_ref().map(|message| message.value.clone()),
            on_message: None,
            lead: match state {
                State::Closed => Named::at(as_of.ledger, &campaign.lead),
                State::Open | State::Planned => Named::staying(as_of, &campaign.lead),
            },
            officials_contacted: officials.iter().filter(|target| target.contacts > 0).count(),
            officials,
            contacts: contacts.len(),
            reach: campaign.reach.as_ref().map(|reach| reach.value),
            responses: campaign.responses.as_ref().map(|responses| responses.value),
            outcome: prose(&campaign.outcome),
            outcome_overdue: false,
        }
    }
}

#[cfg(test)]
mod tests;
