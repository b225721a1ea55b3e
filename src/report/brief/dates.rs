//! What the next weeks bring: one list, in the order of the days.

use super::{Brief, NextMeeting, Scope, excerpt};
use crate::document::{Section, Side, Table, words};
use crate::record::goal::GoalStage;
use crate::report::Named;
use chrono::NaiveDate;
use serde::Serialize;
use std::collections::BTreeMap;

/// The entries that are printed; the rest is counted.
const ROWS: usize = 16;

/// What a day brings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)] // the names say it
pub enum Occasion {
    Meeting,
    DecisionCloses,
    ObjectionRevisited,
    SignatureDue,
    AgreementExpires,
    GoalDue,
    MilestoneDue,
    ActionDue,
    HelpNeeded,
    CampaignOpens,
    CampaignCloses,
    FollowUpDue,
    TermEnds,
}

/// Something that a day of the next weeks brings.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Upcoming {
    /// The day.
    pub date: NaiveDate,
    /// What.
    pub occasion: Occasion,
    /// The record it concerns.
    pub subject: Named,
    /// The step, the action, the office.
    pub what: Option<String>,
    /// Those who see to it, or whom it concerns.
    pub who: Vec<Named>,
}

impl Upcoming {
    fn new(date: NaiveDate, occasion: Occasion, subject: Named) -> Upcoming {
        Upcoming { date, occasion, subject, what: None, who: Vec::new() }
    }

    fn what(self, what: impl Into<String>) -> Upcoming {
        Upcoming { what: Some(what.into()), ..self }
    }

    fn who(self, who: impl IntoIterator<Item = Named>) -> Upcoming {
        Upcoming { who: who.into_iter().collect(), ..self }
    }
}

/// What the next weeks bring, in the order of the days: what the parts of the brief have found, and what else the
/// records tell.
pub(super) fn dates(scope: &Scope<'_>, brief: &Brief) -> Vec<Upcoming> {
    let mut dates: Vec<Upcoming> = found(brief).filter(|upcoming| scope.is_ahead(upcoming.date)).collect();
    dates.extend(meetings(scope));
    dates.extend(goals(scope));
    dates.extend(campaigns(scope));
    dates.extend(terms(scope));
    dates.sort();
    dates
}

fn found(brief: &Brief) -> impl Iterator<Item = Upcoming> {
    let decisions = brief
        .decisions
        .iter()
        .filter_map(|open| Some(Upcoming::new(open.closes?, Occasion::DecisionCloses, open.decision.clone())));
    let objections = brief.objections.iter().map(|objection| {
        let about = Upcoming::new(objection.revisit, Occasion::ObjectionRevisited, objection.about.clone());
        about.who([objection.member.clone()])
    });
    let ending = brief
        .members
        .ending
        .iter()
        .map(|ending| Upcoming::new(ending.expires, Occasion::AgreementExpires, ending.agreement.clone()));
    let actions = brief.actions_open.iter().filter_map(|action| {
        let due = Upcoming::new(action.due?, Occasion::ActionDue, action.meeting.clone());
        Some(due.what(&action.what).who(action.owner.clone()))
    });
    let requests = brief.requests.iter().filter_map(|open| {
        Some(Upcoming::new(open.due?, Occasion::HelpNeeded, open.request.clone()).who(open.member.clone()))
    });
    let follow_ups = brief.follow_ups.iter().map(|follow_up| {
        Upcoming::new(follow_up.due, Occasion::FollowUpDue, follow_up.with.clone()).who(follow_up.by.clone())
    });
    decisions.chain(objections).chain(signatures(brief)).chain(ending).chain(actions).chain(requests).chain(follow_ups)
}

/// One entry for all that have to sign an agreement by the same day.
fn signatures(brief: &Brief) -> impl Iterator<Item = Upcoming> {
    let mut members: BTreeMap<(NaiveDate, &Named), Vec<Named>> = BTreeMap::new();
    for unsigned in &brief.members.unsigned {
        if let Some(deadline) = unsigned.cell.deadline {
            members.entry((deadline, &unsigned.agreement)).or_default().push(unsigned.cell.member.clone());
        }
    }
    members
        .into_iter()
        .map(|((date, agreement), members)| Upcoming::new(date, Occasion::SignatureDue, agreement.clone()).who(members))
}

fn meetings<'l>(scope: &'l Scope<'_>) -> impl Iterator<Item = Upcoming> + 'l {
    let planned = scope.ledger.meetings.iter().filter(|meeting| !meeting.is_cancelled());
    planned.filter_map(|meeting| {
        let upcoming = Upcoming::new(scope.ahead(&meeting.date)?, Occasion::Meeting, Named::record(meeting));
        Some(upcoming.who(Named::at(scope.ledger, &meeting.committee)))
    })
}

fn goals<'l>(scope: &'l Scope<'_>) -> impl Iterator<Item = Upcoming> + 'l {
    let adopted = scope.ledger.goals.iter().filter(|goal| goal.stage(scope.today) == GoalStage::Adopted);
    adopted.flat_map(|goal| {
        let due = scope.ahead(&goal.due).map(|date| Upcoming::new(date, Occasion::GoalDue, Named::record(goal)));
        let open = goal.milestones.iter().filter(|milestone| !scope.has_come(&milestone.done));
        let steps = open.filter_map(|milestone| {
            let upcoming = Upcoming::new(scope.ahead(&milestone.due)?, Occasion::MilestoneDue, Named::record(goal));
            Some(upcoming.what(milestone.name.as_ref()?.as_str()).who(Named::at(scope.ledger, &milestone.owner)))
        });
        steps.chain(due)
    })
}

fn campaigns<'l>(scope: &'l Scope<'_>) -> impl Iterator<Item = Upcoming> + 'l {
    scope.ledger.campaigns.iter().flat_map(|campaign| {
        let days = [(Occasion::CampaignOpens, &campaign.opens), (Occasion::CampaignCloses, &campaign.closes)];
        days.into_iter()
            .filter_map(|(occasion, date)| Some(Upcoming::new(scope.ahead(date)?, occasion, Named::record(campaign))))
    })
}

/// Terms that end: seats on committees, officials, advocates.
fn terms<'l>(scope: &'l Scope<'_>) -> impl Iterator<Item = Upcoming> + 'l {
    let seats = scope.ledger.committees.iter().flat_map(|committee| {
        let seats = committee.seats.iter().filter(|seat| seat.is_current(scope.today));
        seats.filter_map(|seat| {
            let ends = Upcoming::new(scope.ahead(&seat.end_date)?, Occasion::TermEnds, Named::record(committee));
            let role = seat.role.as_ref().map_or("member", |role| role.as_str()).replace('-', " ");
            Some(ends.what(role).who([Named::at(scope.ledger, &seat.advocate)?]))
        })
    });
    let officials = scope.ledger.officials.iter().filter_map(|official| {
        let ends = Upcoming::new(scope.ahead(&official.end_date)?, Occasion::TermEnds, Named::record(official));
        Some(Upcoming { what: official.office.as_ref().map(|office| office.value.clone()), ..ends })
    });
    let advocates = scope.ledger.advocates.iter().filter_map(|advocate| {
        Some(Upcoming::new(scope.ahead(&advocate.end_date)?, Occasion::TermEnds, Named::record(advocate)))
    });
    seats.chain(officials).chain(advocates)
}

pub(super) fn section(dates: &[Upcoming], next_meeting: Option<&NextMeeting>) -> Section {
    let mut section = Section::new("Also in the next six weeks");
    let is_next = |upcoming: &&Upcoming| next_meeting.is_some_and(|next| next.meeting == upcoming.subject);
    let news = dates.iter().filter(|upcoming| !is_told_above(upcoming.occasion) && !is_next(upcoming));
    let rows: Vec<(NaiveDate, String)> = news.map(|upcoming| (upcoming.date, sentence(upcoming))).collect();
    let (first, more) = excerpt(&rows, ROWS);
    let mut table = Table::new([("Day", Side::Left), ("What", Side::Left)]);
    let mut before = None;
    for (date, words) in first {
        let day = if before == Some(date) { String::new() } else { words::calendar_day(*date) };
        before = Some(date);
        table.row([day.into(), words.as_str().into()]);
    }
    section.table(table);
    section.paragraph(more.unwrap_or_default());
    section
}

/// Whether the day stands beside what it is about in another section of the brief.
fn is_told_above(occasion: Occasion) -> bool {
    use Occasion::{ActionDue, AgreementExpires, DecisionCloses, GoalDue, HelpNeeded, ObjectionRevisited};
    matches!(occasion, ActionDue | AgreementExpires | DecisionCloses | GoalDue | HelpNeeded | ObjectionRevisited)
}

fn sentence(upcoming: &Upcoming) -> String {
    let name = &upcoming.subject.name;
    let title = words::quoted(name);
    let who = words::list(&Named::names(&upcoming.who));
    let what = upcoming.what.as_deref().unwrap_or_default();
    let aside = |text: &str| if text.is_empty() { String::new() } else { format!(" ({text})") };
    let lead = |text: &str| if text.is_empty() { String::new() } else { format!("{text}: ") };
    match upcoming.occasion {
        Occasion::Meeting => format!("{name}{}", aside(&who)),
        Occasion::DecisionCloses => format!("Last day for positions on {title}"),
        Occasion::ObjectionRevisited => format!("Look again at {title} with {who}"),
        Occasion::SignatureDue => match upcoming.who.len() {
            0..=3 => format!("Last day to sign {title}: {who}"),
            members => format!("Last day to sign {title} for {members} members"),
        },
        Occasion::AgreementExpires => format!("{title} ends"),
        Occasion::GoalDue => format!("Goal due: {name}"),
        Occasion::MilestoneDue => format!("{what}{}, for {title}", aside(&who)),
        Occasion::ActionDue => format!("{}{what}", lead(&who)),
        Occasion::HelpNeeded => format!("{name}{}", aside(&who)),
        Occasion::CampaignOpens => format!("Campaign opens: {name}"),
        Occasion::CampaignCloses => format!("Campaign closes: {name}"),
        Occasion::FollowUpDue if who.is_empty() => format!("Get back to {name}"),
        Occasion::FollowUpDue => format!("{who} to get back to {name}"),
        Occasion::TermEnds if !who.is_empty() => format!("{name}: {who}\u{2019}s term as {what} ends"),
        Occasion::TermEnds if what.is_empty() => format!("{name}\u{2019}s service ends"),
        Occasion::TermEnds => format!("{name}\u{2019}s term as {what} ends"),
    }
}
