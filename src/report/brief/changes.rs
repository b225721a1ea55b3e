//! What happened since the last meeting, by the dates in the records.

use super::{Scope, first_items};
use crate::document::{Item, words};
use crate::practice::decision_structure::{Hearing, is_made, meeting_day};
use crate::record::value::Number;
use crate::record::{Goal, Record};
use crate::report::decisions::MadeDecision;
use crate::report::value_words::prose;
use crate::report::{Named, gift};
use chrono::NaiveDate;
use serde::Serialize;
use std::cmp::Ordering;
use std::collections::BTreeMap;

/// What can happen. The order is that of the brief, from what everyone has to know to what is good to know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)] // the names say it
pub(crate) enum ChangeEvent {
    MemberJoined,
    MemberLeft,
    MemberDeclined,
    MemberInvited,
    DecisionMade,
    GoalAdopted,
    GoalMet,
    GoalDropped,
    GoalProposed,
    GoalMeasured,
    AgreementSigned,
    SignatureWithdrawn,
    CampaignOpened,
    CampaignClosed,
    RequestSettled,
    ContributionReceived,
}

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct BriefChange {
    /// What.
    pub event: ChangeEvent,
    /// When.
    pub date: NaiveDate,
    /// To which record.
    pub subject: Named,
    /// The member or person behind it.
    pub by: Option<Named>,
    /// How it ended, how much it was, why.
    pub detail: Option<String>,
    /// The figures and days of that detail.
    #[serde(flatten)]
    pub figures: Figures,
}

/// The figures and days of a change, for programs.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Figures {
    /// The figure that a goal has reached.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<Number>,
    /// The figure before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub previous: Option<Number>,
    /// What is counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// The last day of a campaign.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub closes: Option<NaiveDate>,
    /// How much a contribution was.
    #[serde(flatten)]
    pub size: gift::Size,
}

impl BriefChange {
    fn new(
        event: ChangeEvent,
        date: NaiveDate,
        subject: Named,
        by: Option<Named>,
        detail: Option<String>,
    ) -> BriefChange {
        BriefChange { event, date, subject, by, detail, figures: Figures::default() }
    }

    /// What its sentence begins with, by which changes of one day are looked up, and then the rest.
    fn names(&self) -> [Option<&Named>; 2] {
        match self.event {
            ChangeEvent::ContributionReceived => [self.by.as_ref(), Some(&self.subject)],
            _ => [Some(&self.subject), self.by.as_ref()],
        }
    }
}

/// The changes since, in the order of the events, of the days, and then of the names.
pub(super) fn list_changes(scope: &Scope<'_>) -> Vec<BriefChange> {
    let mut changes = Vec::new();
    members(scope, &mut changes);
    decisions(scope, &mut changes);
    goals(scope, &mut changes);
    agreements(scope, &mut changes);
    campaigns(scope, &mut changes);
    requests(scope, &mut changes);
    contributions(scope, &mut changes);
    changes.sort_by(|a, b| (a.event, a.date, a.names()).cmp(&(b.event, b.date, b.names())));
    changes
}

fn members(scope: &Scope<'_>, changes: &mut Vec<BriefChange>) {
    for member in &scope.ledger.members {
        let dates = [
            (ChangeEvent::MemberJoined, &member.joined),
            (ChangeEvent::MemberLeft, &member.left),
            (ChangeEvent::MemberDeclined, &member.declined),
            (ChangeEvent::MemberInvited, &member.invited),
        ];
        for (event, date) in dates {
            let is_known = event == ChangeEvent::MemberInvited && scope.news(&member.joined).is_some();
            if let Some(date) = scope.news(date).filter(|_| !is_known) {
                changes.push(BriefChange::new(event, date, Named::record(member), None, None));
            }
        }
    }
}

fn decisions(scope: &Scope<'_>, changes: &mut Vec<BriefChange>) {
    for decision in &scope.ledger.decisions {
        // Where no day is written, that of its meeting is the day.
        let undated = || decision.decided.is_none() && is_made(scope.as_of, decision);
        let at_meeting = || meeting_day(scope.as_of, decision).filter(|day| undated() && scope.is_news(*day));
        if let Some(date) = scope.news(&decision.decided).or_else(at_meeting) {
            let made = MadeDecision::of(scope.as_of, &Hearing::of(scope.as_of, decision));
            let detail = (made.result.is_some() || !made.doubts.is_empty()).then(|| made.outcome());
            changes.push(BriefChange::new(ChangeEvent::DecisionMade, date, Named::record(decision), None, detail));
        }
    }
}

fn goals(scope: &Scope<'_>, changes: &mut Vec<BriefChange>) {
    for goal in &scope.ledger.goals {
        let because = prose(&goal.dropped_because);
        let dates = [
            (ChangeEvent::GoalAdopted, &goal.adopted, None),
            (ChangeEvent::GoalMet, &goal.met, None),
            (ChangeEvent::GoalDropped, &goal.dropped, because),
            (ChangeEvent::GoalProposed, &goal.proposed, None),
        ];
        for (event, date, detail) in dates {
            let is_known = event == ChangeEvent::GoalProposed && scope.news(&goal.adopted).is_some();
            if let Some(date) = scope.news(date).filter(|_| !is_known) {
                changes.push(BriefChange::new(event, date, Named::record(goal), None, detail));
            }
        }
        changes.extend(last_reading(scope, goal));
    }
}

/// The last reading since, with the figure before.
fn last_reading(scope: &Scope<'_>, goal: &Record<Goal>) -> Option<BriefChange> {
    let measure = goal.measure.as_ref()?;
    let (date, figure) = measure.latest(scope.today).filter(|(date, _)| scope.is_news(*date))?;
    let before = date.pred_opt().and_then(|day| measure.latest(day)).map(|(_, figure)| figure);
    let before = before.or(measure.baseline.as_ref().map(|baseline| baseline.value));
    let unit = measure.unit.as_ref().map(|unit| format!(" {}", unit.value)).unwrap_or_default();
    let trend = before.map(|before| trend(before, figure)).unwrap_or_default();
    let detail = Some(format!("{}{unit}{trend}", words::number(figure.0)));
    let figures = Figures {
        value: Some(figure),
        previous: before,
        unit: measure.unit.as_ref().map(|unit| unit.value.clone()),
        ..Figures::default()
    };
    Some(BriefChange {
        figures,
        ..BriefChange::new(ChangeEvent::GoalMeasured, date, Named::record(goal), None, detail)
    })
}

fn trend(before: Number, now: Number) -> String {
    match now.cmp(&before) {
        Ordering::Greater => format!(", up from {}", words::number(before.0)),
        Ordering::Less => format!(", down from {}", words::number(before.0)),
        Ordering::Equal => ", as before".to_owned(),
    }
}

fn agreements(scope: &Scope<'_>, changes: &mut Vec<BriefChange>) {
    for agreement in &scope.ledger.agreements {
        for signature in scope.ledger.signatures_of(agreement).map(|entry| entry.signature) {
            let by = Named::at(scope.ledger, &signature.member);
            let because = prose(&signature.withdrawn_because);
            let dates = [
                (ChangeEvent::AgreementSigned, &signature.date, None),
                (ChangeEvent::SignatureWithdrawn, &signature.withdrawn, because),
            ];
            for (event, date, detail) in dates {
                if let Some(date) = scope.news(date) {
                    changes.push(BriefChange::new(event, date, Named::record(agreement), by.clone(), detail));
                }
            }
        }
    }
}

fn campaigns(scope: &Scope<'_>, changes: &mut Vec<BriefChange>) {
    for campaign in &scope.ledger.campaigns {
        let until = campaign.closes.as_ref().map(|closes| format!("until {}", words::format_date(closes.value)));
        let outcome = prose(&campaign.outcome);
        let closed =
            campaign.closes.as_ref().and_then(|closes| closes.value.succ_opt()).filter(|day| scope.is_news(*day));
        let opened = scope.news(&campaign.opens).filter(|_| closed.is_none());
        for (event, date, detail) in
            [(ChangeEvent::CampaignOpened, opened, until), (ChangeEvent::CampaignClosed, closed, outcome)]
        {
            if let Some(date) = date {
                let by = Named::at(scope.ledger, &campaign.lead);
                let closes = campaign.closes.as_ref().map(|closes| closes.value);
                let figures = Figures { closes, ..Figures::default() };
                changes.push(BriefChange {
                    figures,
                    ..BriefChange::new(event, date, Named::record(campaign), by, detail)
                });
            }
        }
    }
}

fn requests(scope: &Scope<'_>, changes: &mut Vec<BriefChange>) {
    for request in &scope.ledger.requests {
        if let Some(date) = scope.news(&request.closed) {
            let by = Named::at(scope.ledger, &request.member);
            let outcome = prose(&request.outcome);
            changes.push(BriefChange::new(ChangeEvent::RequestSettled, date, Named::record(request), by, outcome));
        }
    }
}

fn contributions(scope: &Scope<'_>, changes: &mut Vec<BriefChange>) {
    for contribution in &scope.ledger.contributions {
        if let Some(date) = scope.news(&contribution.date) {
            let (by, size) = (gift::giver(scope.ledger, contribution), gift::size(scope.ledger, contribution));
            let figures = Figures { size: gift::Size::of(scope.ledger, contribution), ..Figures::default() };
            let event = ChangeEvent::ContributionReceived;
            changes
                .push(BriefChange { figures, ..BriefChange::new(event, date, Named::record(contribution), by, size) });
        }
    }
}

pub(super) fn write_changes(changes: &[BriefChange]) -> Vec<Item> {
    first_items(&together(changes), "", |changes| Item::new(sentence_of(changes)))
}

/// The changes that one sentence tells: all that joined, all that signed one agreement, else each on its own.
fn together(changes: &[BriefChange]) -> Vec<Vec<&BriefChange>> {
    let mut groups: BTreeMap<(ChangeEvent, Option<&Named>, usize), Vec<&BriefChange>> = BTreeMap::new();
    for (at, change) in changes.iter().enumerate() {
        let key = match change.event {
            ChangeEvent::MemberJoined => (change.event, None, 0),
            ChangeEvent::AgreementSigned => (change.event, Some(&change.subject), 0),
            event => (event, None, at),
        };
        groups.entry(key).or_default().push(change);
    }
    groups.into_values().collect()
}

fn sentence_of(changes: &[&BriefChange]) -> String {
    let (Some(first), several) = (changes.first(), changes.len() > 1) else { return String::new() };
    match first.event {
        ChangeEvent::MemberJoined if several => {
            format!("{} joined the coalition", members_of(changes, |one| Some(&one.subject)))
        }
        ChangeEvent::AgreementSigned if several => {
            format!("{} signed {}", members_of(changes, |one| one.by.as_ref()), words::quote(&first.subject.name))
        }
        _ => sentence(first),
    }
}

/// A few members by name, more by number.
fn members_of<'c>(changes: &[&'c BriefChange], member: impl Fn(&'c BriefChange) -> Option<&'c Named>) -> String {
    let mut members: Vec<&Named> = changes.iter().filter_map(|one| member(one)).collect();
    members.sort();
    // Who withdrew and signed again is one member.
    members.dedup();
    let names: Vec<&str> = members.into_iter().map(|member| member.name.as_str()).collect();
    if names.len() > 4 { words::count(names.len(), "member", "members") } else { words::list(&names) }
}

fn sentence(change: &BriefChange) -> String {
    let name = &change.subject.name;
    let title = words::quote(name);
    let by = change.by.as_ref().map_or("Someone", |by| &by.name);
    let detail = change.detail.as_deref().unwrap_or_default();
    let aside = |text: &str| if text.is_empty() { String::new() } else { format!(" ({})", text.trim_end_matches('.')) };
    let after_colon = |text: &str| if text.is_empty() { String::new() } else { format!(": {text}") };
    match change.event {
        ChangeEvent::MemberJoined => format!("{name} joined the coalition"),
        ChangeEvent::MemberLeft => format!("{name} left the coalition"),
        ChangeEvent::MemberDeclined => format!("{name} declined to join"),
        ChangeEvent::MemberInvited => format!("{name} was invited to join"),
        ChangeEvent::DecisionMade if detail.is_empty() => format!("Decided: {name}"),
        ChangeEvent::DecisionMade => format!("{}: {name}", words::capitalize(detail)),
        ChangeEvent::GoalAdopted => format!("New goal: {name}"),
        ChangeEvent::GoalMet => format!("Goal reached: {name}"),
        ChangeEvent::GoalDropped => format!("Goal dropped: {title}{}", after_colon(detail)),
        ChangeEvent::GoalProposed => format!("Goal proposed: {name}"),
        ChangeEvent::GoalMeasured => format!("{name}: {detail}"),
        ChangeEvent::AgreementSigned => format!("{by} signed {title}"),
        ChangeEvent::SignatureWithdrawn => format!("{by} withdrew its signature from {title}{}", aside(detail)),
        ChangeEvent::CampaignOpened => format!("Campaign opened: {name}{}", aside(detail)),
        ChangeEvent::CampaignClosed => format!("Campaign closed: {title}{}", after_colon(detail)),
        ChangeEvent::RequestSettled => format!("Request settled: {title}{}", after_colon(detail)),
        ChangeEvent::ContributionReceived => {
            let giver = change.by.as_ref().map(|by| format!(" from {}", by.name)).unwrap_or_default();
            // The usual name of a gift says who gave it, and how much.
            let gift = gift::name_beside(name, change.by.as_ref().map_or("", |by| &by.name));
            let size = if gift.contains(detail) { String::new() } else { aside(detail) };
            format!("Received{giver}: {gift}{size}")
        }
    }
}
