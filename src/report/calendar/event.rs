//! Days to come as events that other calendars understand.

use super::{Occasion, Upcoming, sentence, upcoming_for_all, wanted};
use crate::disclosure::Concealment;
use crate::kind::RecordKey;
use crate::parse::suggest::slug;
use crate::record::Meeting;
use crate::report::ReportRequest;
use chrono::{NaiveDate, NaiveDateTime, NaiveTime};

/// An event of a calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CalendarEvent {
    /// What tells it from all events of the world, whatever its day.
    pub uid: String,
    /// The day.
    pub date: NaiveDate,
    /// When it begins, where it does not take the whole day.
    pub start: Option<NaiveTime>,
    /// When it ends; never before it begins.
    pub end: Option<NaiveDateTime>,
    /// Whether it was canceled, and stays so that other calendars drop it.
    pub canceled: bool,
    /// What it is.
    pub summary: String,
    /// Where it takes place.
    pub location: Option<String>,
    /// Where to join it online, if private fields may be shown.
    pub url: Option<String>,
}

/// The days to come that concern the request's member, or all, as events. What tells them apart names no one who is unlisted.
pub(crate) fn events(request: &ReportRequest<'_>, concealment: &Concealment<'_>) -> Vec<CalendarEvent> {
    let host = host(request);
    let uid = |entry: &Upcoming| format!("{}@{host}", concealment.key(&entry.key));
    wanted(request).iter().map(|entry| event(request, entry, uid(entry))).collect()
}

/// The days to come that are for everyone, each with the record it concerns: meetings of the whole coalition, and the last days of goals,
/// decisions and campaigns. They are the same events as those of the calendar.
#[cfg(feature = "cli")]
pub(crate) fn events_for_all(
    request: &ReportRequest<'_>,
    concealment: &Concealment<'_>,
) -> Vec<(RecordKey, CalendarEvent)> {
    let host = host(request);
    let entries = upcoming_for_all(request).into_iter();
    entries
        .map(|entry| {
            let uid = format!("{}@{host}", concealment.key(&entry.key));
            (entry.subject.key(), event(request, &entry, uid))
        })
        .collect()
}

/// What is behind the `@` in the ids of a coalition's events.
fn host(request: &ReportRequest<'_>) -> String {
    let name = slug(request.ledger.root.name());
    if name.is_empty() { "coalition".to_owned() } else { name }
}

fn event(request: &ReportRequest<'_>, entry: &Upcoming, uid: String) -> CalendarEvent {
    let canceled = entry.occasion == Occasion::MeetingCanceled;
    let is_meeting = canceled || entry.occasion == Occasion::Meeting;
    let meeting = request.ledger.meetings.find(&entry.subject.id).filter(|_| is_meeting);
    let start = meeting.and_then(|meeting| meeting.start_time.as_ref()).map(|time| time.value);
    let end = meeting.and_then(|meeting| end(entry.date, meeting));
    CalendarEvent {
        uid,
        date: entry.date,
        start,
        end: end.filter(|end| start.is_some_and(|start| entry.date.and_time(start) < *end)),
        canceled,
        summary: sentence(entry),
        location: meeting.and_then(|meeting| meeting.location.as_ref()).map(|location| location.value.clone()),
        url: meeting
            .and_then(|meeting| meeting.url.as_ref())
            .filter(|_| request.private)
            .map(|url| url.as_str().to_owned()),
    }
}

/// When a meeting of a day ends: maybe on the next day.
fn end(date: NaiveDate, meeting: &Meeting) -> Option<NaiveDateTime> {
    let day = if meeting.ends_next_day() { date.succ_opt()? } else { date };
    meeting.end_time.as_ref().map(|time| day.and_time(time.value))
}
