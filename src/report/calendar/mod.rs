//! The calendar: every future date in the records, as a list and as events for other calendars.

mod collect;
mod event;
mod sentence;
#[cfg(test)]
mod tests;

#[cfg(feature = "cli")]
pub(crate) use event::events_for_all;
pub(crate) use event::{CalendarEvent, events};
pub(crate) use sentence::sentence;

use super::{Concern, Named, Report, ReportOutput, ReportRequest, ReportRun, answer};
use crate::document::{Document, Item, Section, Side, Table, words};
use crate::practice::decision_structure::Hearing;
use chrono::{Datelike, NaiveDate};
use serde::Serialize;
use std::collections::{BTreeMap, HashMap};

/// The report.
pub(crate) static REPORT: Report = Report {
    name: "calendar",
    about: "all upcoming dates; --format ics for other calendars",
    run: ReportRun::Ledger(run),
};

/// What a day brings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)] // the names say it
pub(crate) enum Occasion {
    Meeting,
    MeetingCanceled,
    DecisionCloses,
    AskBy,
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
    DrillDue,
    ContactDue,
}

impl Occasion {
    /// The word for it in keys.
    const fn word(self) -> &'static str {
        match self {
            // The same meeting: other calendars find their event again.
            Occasion::Meeting | Occasion::MeetingCanceled => "meeting",
            Occasion::DecisionCloses => "decision-closes",
            Occasion::AskBy => "ask-by",
            Occasion::ObjectionRevisited => "objection-revisited",
            Occasion::SignatureDue => "signature-due",
            Occasion::AgreementExpires => "agreement-expires",
            Occasion::GoalDue => "goal-due",
            Occasion::MilestoneDue => "milestone-due",
            Occasion::ActionDue => "action-due",
            Occasion::HelpNeeded => "help-needed",
            Occasion::CampaignOpens => "campaign-opens",
            Occasion::CampaignCloses => "campaign-closes",
            Occasion::FollowUpDue => "follow-up-due",
            Occasion::TermEnds => "term-ends",
            Occasion::DrillDue => "drill-due",
            Occasion::ContactDue => "contact-due",
        }
    }

    /// Whether it is for those alone that it names, whoever else has a part in the record.
    const fn is_personal(self) -> bool {
        use Occasion::{
            ActionDue, AskBy, ContactDue, FollowUpDue, MilestoneDue, ObjectionRevisited, SignatureDue, TermEnds,
        };
        matches!(
            self,
            ActionDue | AskBy | ContactDue | FollowUpDue | MilestoneDue | ObjectionRevisited | SignatureDue | TermEnds
        )
    }
}

/// Something that a day to come brings.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub(crate) struct Upcoming {
    /// The day.
    pub date: NaiveDate,
    /// What.
    pub occasion: Occasion,
    /// The record it concerns.
    pub subject: Named,
    /// The step, the action, the office.
    pub what: Option<String>,
    /// Those who are responsible for it, or whom it concerns.
    pub who: Vec<Named>,
    /// What tells it from all others, whatever its day: `meeting.meeting.2026-12-01-regular`.
    pub key: String,
}

impl Upcoming {
    fn new(date: NaiveDate, occasion: Occasion, subject: Named) -> Upcoming {
        let key = format!("{}.{}.{}", occasion.word(), subject.kind, subject.id);
        Upcoming { date, occasion, subject, what: None, who: Vec::new(), key }
    }

    fn what(self, what: impl Into<String>) -> Upcoming {
        Upcoming { what: Some(what.into()), ..self }
    }

    fn who(self, who: impl IntoIterator<Item = Named>) -> Upcoming {
        Upcoming { who: who.into_iter().collect(), ..self }
    }

    /// The same as one of several of its record.
    fn step(mut self, step: &str) -> Upcoming {
        self.key.push('.');
        self.key.push_str(step);
        self
    }
}

/// Every future date in the records, today's too, in the order of the days.
pub(crate) fn upcoming(request: &ReportRequest<'_>) -> Vec<Upcoming> {
    in_order(collect::entries(request))
}

/// The future dates that are for everyone, named for no one, in the order of the days.
fn upcoming_for_all(request: &ReportRequest<'_>) -> Vec<Upcoming> {
    let mut entries = collect::entries_for_all(request.as_of());
    entries.iter_mut().for_each(|entry| entry.who.clear());
    in_order(entries)
}

fn in_order(mut entries: Vec<Upcoming>) -> Vec<Upcoming> {
    // A limit of a million days leads where no calendar has a day.
    entries.retain(|entry| entry.date.year() <= 9999);
    number_twins(&mut entries);
    entries.sort();
    entries
}

/// Tells entries apart that nothing else does, in the order in which they were written.
fn number_twins(entries: &mut [Upcoming]) {
    let mut seen = HashMap::new();
    for entry in entries {
        let count = seen.entry(entry.key.clone()).and_modify(|count| *count += 1).or_insert(1);
        if *count > 1 {
            entry.key.push_str(&format!(".{count}"));
        }
    }
}

/// The days to come that concern the member of a request, or all.
fn wanted(request: &ReportRequest<'_>) -> Vec<Upcoming> {
    let concern = Concern::of(request);
    let mut entries = upcoming(request);
    entries.retain(|entry| concerns(request, &concern, entry));
    entries
}

fn concerns(request: &ReportRequest<'_>, concern: &Concern, entry: &Upcoming) -> bool {
    let Some(member) = request.member else { return true };
    if entry.who.iter().any(|who| concern.is_own(who)) || concern.is_own(&entry.subject) {
        return true;
    }
    let ledger = request.ledger;
    match entry.occasion {
        Occasion::Meeting | Occasion::MeetingCanceled => {
            match ledger.meetings.find(&entry.subject.id).and_then(|meeting| meeting.committee.as_ref()) {
                Some(committee) => concern.touches(&Named::of(ledger, &committee.value)),
                None => member.is_current(request.today),
            }
        }
        Occasion::DecisionCloses => {
            let decision = ledger.decisions.find(&entry.subject.id);
            decision.is_some_and(|decision| Hearing::of(request.as_of(), decision).may_take_part(&member.key))
        }
        occasion => !occasion.is_personal() && concern.touches(&entry.subject),
    }
}

#[derive(Serialize)]
struct Calendar {
    /// The days to come, the first first.
    dates: Vec<Upcoming>,
}

fn run(request: &ReportRequest<'_>) -> ReportOutput {
    let calendar = Calendar { dates: wanted(request) };
    let document = document(request, &calendar.dates);
    answer(&REPORT, request, &calendar, document)
}

fn document(request: &ReportRequest<'_>, dates: &[Upcoming]) -> Document {
    let mut document = Document::new(request.ledger.root.name());
    document.add_subtitle(format!("Calendar from {}", words::weekday(request.today)));
    if dates.is_empty() {
        document.add_subtitle(
            "No upcoming dates yet. Plan the next meeting in the folder \u{201c}meetings\u{201d}, and give goals, \
             decisions and actions a date.",
        );
    }
    for month in dates.chunk_by(|a, b| (a.date.year(), a.date.month()) == (b.date.year(), b.date.month())) {
        let heading = month.first().map(|first| first.date.format("%B %Y").to_string()).unwrap_or_default();
        let mut section = Section::new(heading);
        let is_contact = |entry: &&Upcoming| entry.occasion == Occasion::ContactDue;
        section.table(table(month.iter().filter(|entry| !is_contact(entry))));
        section.titled_list("Time to get in touch again:", contacts(month.iter().filter(is_contact)));
        document.add(section);
    }
    document
}

/// The days of a month.
fn table<'e>(month: impl Iterator<Item = &'e Upcoming>) -> Table {
    let mut table = Table::new([("Day", Side::Left), ("What", Side::Left)]);
    let mut before = None;
    for entry in month {
        let day = if before == Some(entry.date) { String::new() } else { words::calendar_day(entry.date) };
        before = Some(entry.date);
        table.row([day.into(), sentence(entry).into()]);
    }
    table
}

/// Who should be in touch with whom in a month, by those who keep in touch.
fn contacts<'e>(month: impl Iterator<Item = &'e Upcoming>) -> Vec<Item> {
    let mut by_person: BTreeMap<(bool, Vec<&str>), Vec<String>> = BTreeMap::new();
    for entry in month {
        let whom = format!("{} ({})", entry.subject.name, entry.date.format("%b %-d"));
        by_person.entry((entry.who.is_empty(), Named::names(&entry.who))).or_default().push(whom);
    }
    let item = |((nobody, who), whom): ((bool, Vec<&str>), Vec<String>)| {
        let who = if nobody { "Anyone".to_owned() } else { words::list(&who) };
        Item::new(format!("{who}: {}", words::list(&whom)))
    };
    by_person.into_iter().map(item).collect()
}
