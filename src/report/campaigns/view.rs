//! The campaigns as a document: each in turn, with whom it is aimed at.

use super::{CampaignRow, CampaignTarget, Campaigns, State};
use crate::document::{Document, Fact, Item, Line, Section, words};
use crate::record::AnyRecord;
use crate::record::value::Choices;
use crate::report::ReportRequest;
use chrono::NaiveDate;

pub(super) fn document(request: &ReportRequest<'_>, campaigns: &Campaigns) -> Document {
    let mut document = Document::new(request.ledger.root.name());
    let of = request.member.map(|member| format!(" and {}", member.name())).unwrap_or_default();
    document.add_subtitle(format!("Campaigns{of}, {}", words::weekday(request.today)));
    if campaigns.campaigns.is_empty() && campaigns.earlier == 0 {
        document.add_subtitle(match request.member {
            Some(_) => "No campaign is linked to this member yet.",
            None => {
                "No campaign is recorded yet. Add one in the folder \u{201c}campaigns\u{201d}: whom it asks, to do \
                 what, for which goal, and later what came of it."
            }
        });
        return document;
    }
    for one in &campaigns.campaigns {
        document.add(section(one, request.today));
    }
    if campaigns.earlier > 0 {
        let count = words::count(campaigns.earlier, "campaign closed", "campaigns closed");
        let mut section = Section::new("Earlier");
        section.paragraph(format!("{} more than a year ago.", words::capitalize(&count)));
        document.add(section);
    }
    document
}

fn section(one: &CampaignRow, today: NaiveDate) -> Section {
    let mut section = Section::new(one.campaign.name.as_str());
    let audience: Vec<&str> = one.audience.iter().map(|audience| audience.label()).collect();
    section.facts([
        Fact::new("When", time(one, today)),
        Fact::new("Goal", one.goal.as_ref().map_or("", |goal| &goal.name)),
        Fact::new("Audience", words::list(&audience)),
        Fact::new("Message", message(one)),
        Fact::new("Led by", one.lead.as_ref().map_or("", |lead| &lead.name)),
        Fact::new("Aimed at", aim(one)),
        Fact::new("Contacts made", if one.contacts == 0 { "none yet".to_owned() } else { one.contacts.to_string() }),
        Fact::new("Reached", figures(one)),
        Fact::new("Outcome", outcome(one)),
    ]);
    section.list(one.officials.iter().map(|target| item(target, today)));
    section
}

fn time(one: &CampaignRow, today: NaiveDate) -> String {
    let days = match (one.opens.map(words::format_date), one.closes.map(words::format_date)) {
        (Some(opens), Some(closes)) => format!("{opens} to {closes}"),
        (Some(opens), None) => format!("from {opens}"),
        (None, Some(closes)) => format!("until {closes}"),
        (None, None) => String::new(),
    };
    let state = match (one.state, one.opens, one.closes) {
        (State::Open, _, Some(closes)) => format!("closes {}", words::distance(closes, today)),
        (State::Open, _, None) => "open".to_owned(),
        (State::Planned, Some(opens), _) => format!("opens {}", words::distance(opens, today)),
        (State::Planned, None, _) => "planned".to_owned(),
        (State::Closed, _, Some(closes)) => format!("closed {}", words::distance(closes, today)),
        (State::Closed, _, None) => "closed".to_owned(),
    };
    if days.is_empty() { state } else { format!("{days}; {state}") }
}

fn message(one: &CampaignRow) -> Line {
    let Some(message) = &one.message else { return Line::new() };
    let line = Line::new().plain(words::quote(message));
    if one.on_message == Some(false) { line.strong(", which is not the agreed message") } else { line }
}

fn aim(one: &CampaignRow) -> Line {
    match (one.officials.len(), one.officials_contacted) {
        (0, _) => Line::new(),
        (of, contacted) => {
            let all = words::count(of, "official", "officials");
            let line = Line::new().plain(format!("{all}; "));
            let progress = format!("{contacted} of {of} contacted for it");
            if contacted < of && one.state == State::Open { line.strong(progress) } else { line.plain(progress) }
        }
    }
}

fn figures(one: &CampaignRow) -> String {
    let reach = one.reach.map(|reach| words::count(reach as usize, "person", "people"));
    let acted = one.responses.map(|acted| format!("{} acted", words::count(acted as usize, "person", "people")));
    reach.into_iter().chain(acted).collect::<Vec<_>>().join("; ")
}

fn outcome(one: &CampaignRow) -> Line {
    match (&one.outcome, one.outcome_overdue, one.state) {
        (Some(outcome), ..) => outcome.as_str().into(),
        (None, true, _) => Line::new().strong("no one has recorded what came of it"),
        (None, false, State::Closed) => "not recorded yet".into(),
        (None, false, _) => Line::new(),
    }
}

fn item(target: &CampaignTarget, today: NaiveDate) -> Item {
    let line = Line::new().strong(&target.official.name);
    let Some(last) = target.last else { return Item::new(line.plain(": not contacted for it yet")) };
    let how = target.channel.map(|channel| format!(", {}", channel.label())).unwrap_or_default();
    let by = target.by.as_ref().map(|by| format!(", by {}", by.name)).unwrap_or_default();
    let times = words::count(target.contacts, "contact", "contacts");
    Item::new(line.plain(format!(": {times}, last {}{how}{by}", words::near_day(last, today))))
}
