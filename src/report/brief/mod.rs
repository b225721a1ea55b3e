//! The meeting brief: what a chair needs on one or two pages the evening before a meeting. Each part of it has a file,
//! which computes its data and then says them.

mod actions;
mod changes;
mod contacts;
mod credit;
mod dates;
mod decisions;
mod goals;
mod limit;
mod meetings;
mod members;
mod objections;
mod requests;
mod scope;

pub use actions::Action;
pub use changes::{Change, Event, Figures};
pub use contacts::{Caller, ContactMade, Contacts, FollowUp, Overdue};
pub use credit::Contribution;
pub use goals::{AdoptedGoal, Goals, NextMilestone};
pub use meetings::{AgendaPoint, LastMeeting, NextMeeting};
pub use members::{Ending, Members, Unsigned};
pub use objections::Objection;
pub use requests::{Answered, OpenRequest};

use super::calendar::Upcoming;
use super::decisions::{MadeDecision, OpenDecision};
use super::excerpt::{ENTRIES, excerpt, shortened};
use super::{Answer, Concern, Report, Request, Run, answer};
use crate::document::{Document, Section, words};
use crate::record::AnyRecord;
use chrono::NaiveDate;
use scope::Scope;
use serde::Serialize;

/// The report.
pub static REPORT: Report =
    Report { name: "brief", about: "what a chair needs before a meeting", run: Run::Ledger(run) };

/// The days ahead that the brief looks at: six weeks, time enough for what still has to be asked or prepared.
pub const DAYS_AHEAD: i64 = 42;

fn run(request: &Request<'_>) -> Answer {
    let brief = Brief::of(request);
    let document = brief.document(request);
    answer(&REPORT, request, &brief, document)
}

/// The meeting brief as data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Brief {
    /// The day from which on something is news; everything is where it is not given.
    pub since: Option<NaiveDate>,
    /// The last meeting of the whole coalition.
    pub last_meeting: Option<LastMeeting>,
    /// The next one that is planned.
    pub next_meeting: Option<NextMeeting>,
    /// What happened since.
    pub changes: Vec<Change>,
    /// What was done since of what somebody said they would do.
    pub actions_done: Vec<Action>,
    /// The contacts made since, by who made them.
    pub contacts: Vec<Contacts>,
    /// What somebody said they would do and has not done, overdue first.
    pub actions_open: Vec<Action>,
    /// The members and their signatures.
    pub members: Members,
    /// Decisions that are still to be made.
    pub decisions: Vec<OpenDecision>,
    /// Decisions made at the last meeting or since that may not hold, the newest first.
    pub decisions_in_doubt: Vec<MadeDecision>,
    /// Objections to look at again.
    pub objections: Vec<Objection>,
    /// Goals.
    pub goals: Goals,
    /// Requests for help that are open.
    pub requests: Vec<OpenRequest>,
    /// Contacts that somebody is to make, the first due first.
    pub follow_ups: Vec<FollowUp>,
    /// People, members and officials who have waited too long, by who should call them.
    pub contacts_overdue: Vec<Caller>,
    /// What the next weeks bring, in the order of the days.
    pub dates: Vec<Upcoming>,
    /// Contributions that nobody was thanked for yet, the oldest first.
    pub contributions_uncredited: Vec<Contribution>,
}

impl Brief {
    /// Computes the brief.
    pub fn of(request: &Request<'_>) -> Brief {
        let last_meeting = meetings::last(request);
        let since = request.since.or(last_meeting.as_ref().map(|meeting| meeting.date));
        let scope = Scope::new(request, since);
        let mut brief = Brief {
            since,
            last_meeting,
            next_meeting: meetings::next(request),
            changes: changes::changes(&scope),
            actions_done: actions::done(&scope),
            contacts: contacts::contacts(&scope),
            actions_open: actions::open(&scope),
            members: members::members(&scope),
            decisions: decisions::decisions(&scope),
            decisions_in_doubt: decisions::doubtful(&scope),
            objections: objections::objections(&scope),
            goals: goals::goals(&scope),
            requests: requests::requests(&scope),
            follow_ups: contacts::follow_ups(&scope),
            dates: dates::dates(&scope),
            contacts_overdue: contacts::overdue(&scope),
            contributions_uncredited: credit::uncredited(&scope),
        };
        let concern = Concern::of(request);
        if !concern.is_everything() {
            brief.limit(&concern);
        }
        brief
    }

    /// Says the brief.
    fn document(&self, request: &Request<'_>) -> Document {
        let today = request.today;
        let mut document = Document::new(request.ledger.root.name());
        document.add_subtitle(format!("Meeting brief, {}", words::weekday(today)));
        if let Some(member) = request.member {
            document.add_subtitle(format!("What concerns {}", member.name()));
        }
        document.add(meetings::section(self.next_meeting.as_ref(), today));
        document.add(self.news(today));
        document.add(actions::section(&self.actions_open, today));
        document.add(decisions::section(&self.decisions, today));
        document.add(decisions::doubtful_section(&self.decisions_in_doubt, today));
        document.add(objections::section(&self.objections, today));
        document.add(members::section(&self.members, self.last_meeting.as_ref(), today));
        document.add(goals::section(&self.goals, today));
        document.add(requests::section(&self.requests, today));
        document.add(contacts::section(&self.follow_ups, &self.contacts_overdue, today));
        document.add(dates::section(&self.dates, self.next_meeting.as_ref()));
        document.add(credit::section(&self.contributions_uncredited, today));
        document
    }

    fn news(&self, today: NaiveDate) -> Section {
        let heading = match (self.since, &self.last_meeting) {
            (Some(since), Some(last)) if last.date == since => {
                format!("Since the last meeting, {} ({})", words::day(since), words::distance(since, today))
            }
            (Some(since), _) => format!("Since {}", words::day(since)),
            (None, _) => "So far".to_owned(),
        };
        let mut section = Section::new(heading);
        section.list(changes::items(&self.changes));
        section.titled_list(actions::done_title(&self.actions_done), actions::done_items(&self.actions_done));
        contacts::add_to(&mut section, &self.contacts);
        section
    }
}

#[cfg(test)]
mod tests;
