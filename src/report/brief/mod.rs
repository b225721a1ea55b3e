//! The meeting brief: what a chair needs on one or two pages the evening before a meeting. Each part of it has a file,
//! which computes its data and then says them.

mod changes;
mod contacts;
mod goals;
mod meetings;
mod members;
mod pending;

pub(crate) use changes::{BriefChange, ChangeEvent};
pub(crate) use contacts::{BriefContacts, CallerSummary, FollowUpRow};
pub(crate) use goals::BriefGoals;
pub(crate) use meetings::{LastMeeting, MeetingGap, NextMeeting};
pub(crate) use members::BriefMembers;
pub(crate) use pending::{Objection, OpenRequest, PendingAction, PendingContribution};

use super::calendar::{Occasion, Upcoming};
use super::decisions::{MadeDecision, OpenDecision};
use super::excerpt::{ENTRIES, excerpt, first_items};
use super::{Concern, LateEntry, Named, Report, ReportOutput, ReportRequest, ReportRun, answer};
use crate::document::{Document, Item, Section, words};
use crate::ledger::{AsOf, Ledger};
use crate::record::AnyRecord;
use crate::record::value::Opt;
use chrono::NaiveDate;
use serde::Serialize;

/// The report.
pub(crate) static REPORT: Report =
    Report { name: "brief", about: "what a chair needs before a meeting", run: ReportRun::Ledger(run) };

/// The days ahead that the brief looks at: six weeks, time enough for what still has to be asked or prepared.
pub(crate) const DAYS_AHEAD: i64 = 42;

fn run(request: &ReportRequest<'_>) -> ReportOutput {
    let brief = Brief::of(request);
    let document = brief.document(request);
    answer(&REPORT, request, &brief, document)
}

/// The meeting brief as data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Brief {
    /// The day from which on something is news; everything is where it is not given.
    pub since: Option<NaiveDate>,
    /// The last meeting of the whole coalition.
    pub last_meeting: Option<LastMeeting>,
    /// Meetings that are over, of which attendance or minutes are missing.
    pub meetings_unrecorded: Vec<MeetingGap>,
    /// The next one that is planned.
    pub next_meeting: Option<NextMeeting>,
    /// What happened since.
    pub changes: Vec<BriefChange>,
    /// What was done since of what someone said they would do.
    pub actions_done: Vec<PendingAction>,
    /// The contacts made since, by who made them.
    pub contacts: Vec<BriefContacts>,
    /// What someone said they would do and has not done, overdue first.
    pub actions_open: Vec<PendingAction>,
    /// The members and their signatures.
    pub members: BriefMembers,
    /// Decisions that are still to be made.
    pub decisions: Vec<OpenDecision>,
    /// Decisions made at the last meeting or since that may not hold, the newest first.
    pub decisions_in_doubt: Vec<MadeDecision>,
    /// Decisions made on a day that no one recorded.
    pub decisions_undated: Vec<MadeDecision>,
    /// Objections to look at again.
    pub objections: Vec<Objection>,
    /// Goals.
    pub goals: BriefGoals,
    /// Requests for help that are open.
    pub requests: Vec<OpenRequest>,
    /// What came into the records since, though it is dated before; `null` where no commit can say.
    pub entered_late: Option<Vec<LateEntry>>,
    /// Contacts that someone is to make, the first due first.
    pub follow_ups: Vec<FollowUpRow>,
    /// People, members and officials who have waited too long, by who should call them.
    pub contacts_overdue: Vec<CallerSummary>,
    /// What the next weeks bring, in the order of the days.
    pub dates: Vec<Upcoming>,
    /// Contributions that no one was thanked for yet, the oldest first.
    pub contributions_uncredited: Vec<PendingContribution>,
}

impl Brief {
    /// Computes the brief.
    pub(crate) fn of(request: &ReportRequest<'_>) -> Brief {
        let last_meeting = meetings::find_last(request);
        let since = Brief::news_since(request);
        let scope = Scope::new(request, since);
        let mut brief = Brief {
            since,
            last_meeting,
            meetings_unrecorded: meetings::list_gaps(&scope),
            next_meeting: meetings::find_next(request),
            changes: changes::list_changes(&scope),
            actions_done: pending::list_done_actions(&scope),
            contacts: contacts::list_contacts(&scope),
            actions_open: pending::list_open_actions(&scope),
            members: members::count_members(&scope),
            decisions: pending::list_decisions(&scope),
            decisions_in_doubt: pending::list_doubtful_decisions(&scope),
            decisions_undated: pending::list_undated_decisions(&scope),
            objections: pending::list_objections(&scope),
            goals: goals::list_goals(&scope),
            requests: pending::list_requests(&scope),
            entered_late: request.late.map(<[LateEntry]>::to_vec),
            follow_ups: contacts::list_follow_ups(&scope),
            dates: meetings::list_dates(&scope),
            contacts_overdue: contacts::list_overdue(&scope),
            contributions_uncredited: pending::list_thanks_due(&scope),
        };
        let concern = Concern::of(request);
        if !concern.is_everything() {
            brief.limit(&concern);
        }
        brief
    }

    /// The day on which its news begins: the requested one, or that of the last meeting.
    pub(crate) fn news_since(request: &ReportRequest<'_>) -> Option<NaiveDate> {
        request.since.or_else(|| meetings::find_last(request).map(|meeting| meeting.date))
    }

    /// Says the brief.
    fn document(&self, request: &ReportRequest<'_>) -> Document {
        let today = request.today;
        let mut document = Document::new(request.ledger.root.name()).into_sheet();
        document.add_subtitle(format!("Meeting brief, {}", words::weekday(today)));
        if let Some(member) = request.member {
            document.add_subtitle(format!("What concerns {}", member.name()));
        }
        document.add(meetings::write_next_meeting(self.next_meeting.as_ref(), today));
        document.add(self.news(today));
        document.add(meetings::write_gaps(&self.meetings_unrecorded, today));
        document.add(pending::write_actions(&self.actions_open, today));
        document.add(pending::write_decisions(&self.decisions, today));
        document.add(pending::write_doubtful_decisions(&self.decisions_in_doubt, today));
        document.add(pending::write_undated_decisions(&self.decisions_undated));
        document.add(pending::write_objections(&self.objections, today));
        document.add(members::write_members(&self.members, self.last_meeting.as_ref(), today));
        document.add(goals::write_goals(&self.goals, today));
        document.add(pending::write_requests(&self.requests, today));
        document.add(contacts::write_contacts(&self.follow_ups, &self.contacts_overdue, today));
        document.add(meetings::write_dates(&self.dates, self.next_meeting.as_ref()));
        document.add(pending::write_thanks(&self.contributions_uncredited, today));
        document
    }

    fn news(&self, today: NaiveDate) -> Section {
        let heading = match (self.since, &self.last_meeting) {
            (Some(since), Some(last)) if last.date == since => {
                format!("Since the last meeting, {} ({})", words::format_date(since), words::distance(since, today))
            }
            (Some(since), _) => format!("Since {}", words::format_date(since)),
            (None, _) => "So far".to_owned(),
        };
        let mut section = Section::new(heading);
        section.list(changes::write_changes(&self.changes));
        section
            .titled_list(pending::title_of_done(&self.actions_done), pending::write_done_actions(&self.actions_done));
        contacts::add_contacts_made(&mut section, &self.contacts);
        let late = self.entered_late.iter().flatten().collect::<Vec<_>>();
        if let Some(first) = late.first() {
            let title = format!("Entered late, dated before {}:", words::format_date(first.meeting));
            section.titled_list(title, first_items(&late, "", |entry| Item::new(entry.text.as_str())));
        }
        section
    }
}

impl Brief {
    /// Keeps what concerns the member who was asked for. Meetings and open requests for help concern everyone.
    pub(super) fn limit(&mut self, concern: &Concern) {
        let is_own = |named: &Option<Named>| named.as_ref().is_some_and(|named| concern.is_own(named));
        self.changes.retain(|change| match change.event {
            ChangeEvent::AgreementSigned | ChangeEvent::SignatureWithdrawn => is_own(&change.by),
            _ => is_own(&change.by) || concern.touches(&change.subject),
        });
        self.actions_done.retain(|action| is_own(&action.owner));
        self.actions_open.retain(|action| is_own(&action.owner));
        for person in &mut self.contacts {
            let by_own = is_own(&person.by);
            person.contacts.retain(|contact| by_own || concern.is_own(&contact.with));
        }
        self.contacts.retain(|person| !person.contacts.is_empty());
        for late in self.entered_late.iter_mut() {
            late.retain(|entry| concern.works_on(&entry.record));
        }
        self.members.unsigned.retain(|unsigned| concern.is_own(&unsigned.cell.member));
        self.members.ending.retain(|ending| concern.touches(&ending.agreement));
        self.decisions.retain(|open| {
            let heard = open.positions.iter().map(|stated| &stated.member);
            heard.chain(&open.silent).any(|member| concern.is_own(member))
        });
        self.decisions_in_doubt.retain(|made| concern.touches(&made.decision));
        self.decisions_undated.retain(|made| concern.touches(&made.decision));
        self.objections.retain(|objection| concern.is_own(&objection.member));
        self.goals.adopted.retain(|goal| concern.touches(&goal.goal));
        self.goals.proposed.retain(|goal| concern.touches(goal));
        self.follow_ups.retain(|follow_up| is_own(&follow_up.by) || concern.is_own(&follow_up.with));
        for caller in &mut self.contacts_overdue {
            let by_own = is_own(&caller.caller);
            caller.contacts.retain(|overdue| by_own || concern.is_own(&overdue.with));
        }
        self.contacts_overdue.retain(|caller| !caller.contacts.is_empty());
        self.dates.retain(|upcoming| {
            let named = upcoming.who.iter().any(|who| concern.is_own(who));
            let of_all = upcoming.occasion == Occasion::Meeting;
            of_all || named || (upcoming.who.is_empty() && concern.touches(&upcoming.subject))
        });
        self.contributions_uncredited.retain(|contribution| is_own(&contribution.giver));
    }
}

/// What all parts of the brief look at.
pub(super) struct Scope<'l> {
    pub request: ReportRequest<'l>,
    pub as_of: AsOf<'l>,
    pub ledger: &'l Ledger,
    pub today: NaiveDate,
    since: Option<NaiveDate>,
    horizon: NaiveDate,
}

impl<'l> Scope<'l> {
    pub(super) fn new(request: &ReportRequest<'l>, since: Option<NaiveDate>) -> Scope<'l> {
        let today = request.today;
        let as_of = request.as_of();
        let horizon = as_of.in_days(DAYS_AHEAD);
        Scope { request: *request, as_of, ledger: request.ledger, today, since, horizon }
    }

    /// Whether a day is news: that of the last meeting or later, and not to come. What a meeting settled is in
    /// the brief for the next one.
    pub(super) fn is_news(&self, date: NaiveDate) -> bool {
        self.since.is_none_or(|since| since <= date) && date <= self.today
    }

    /// Whether a day is that of the last meeting or news; without a meeting, one of the last year.
    pub(super) fn is_recent(&self, date: NaiveDate) -> bool {
        self.since.map_or(self.as_of.is_of_last_year(date), |since| since <= date && date <= self.today)
    }

    /// The day of a field, if it is news.
    pub(super) fn news(&self, date: &Opt<NaiveDate>) -> Option<NaiveDate> {
        date.as_ref().map(|date| date.value).filter(|date| self.is_news(*date))
    }

    /// Whether the day of a field has come.
    pub(super) fn has_come(&self, date: &Opt<NaiveDate>) -> bool {
        self.as_of.has_come(date)
    }

    /// Whether a day is one of the next weeks'.
    pub(super) fn is_ahead(&self, date: NaiveDate) -> bool {
        (self.today..=self.horizon).contains(&date)
    }

    /// Whether a day has passed or is near.
    pub(super) fn is_due(&self, date: NaiveDate) -> bool {
        date <= self.horizon
    }
}

#[cfg(test)]
mod tests;
