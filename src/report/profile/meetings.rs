//! Attendance at the meetings of the whole coalition in the last 365 days.

use super::circle::ProfileSubject;
use super::day;
use crate::document::{Item, Section, words};
use crate::record::{Meeting, Record};
use crate::report::Named;
use chrono::NaiveDate;
use serde::Serialize;

/// Attendance at the assemblies of the last 365 days of which someone wrote down who came.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Meetings {
    /// Whether they are expected at every one: members and those who represent them.
    pub expected: bool,
    /// How many were held; where they are not expected, at how many they came or sent regrets.
    pub held: usize,
    /// At how many of them they were.
    pub attended: usize,
    /// Those that they missed, the newest first.
    pub missed: Vec<Missed>,
    /// The day of the last one.
    pub last: Option<NaiveDate>,
    /// How many meetings of committees they came to.
    pub committee_meetings: usize,
}

/// A meeting that they missed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Missed {
    /// The meeting.
    pub meeting: Named,
    /// The day.
    pub date: NaiveDate,
    /// Whether they sent regrets.
    pub regrets: bool,
}

impl Meetings {
    /// The meetings of the last year. Where they are expected, those on days for which `is_expected` holds count, whether they
    /// came or not; of all others those to which they came or sent regrets.
    pub(super) fn of(circle: &ProfileSubject<'_>, expected: bool, is_expected: impl Fn(NaiveDate) -> bool) -> Meetings {
        let mut meetings =
            Meetings { expected, held: 0, attended: 0, missed: Vec::new(), last: None, committee_meetings: 0 };
        let as_of = circle.as_of;
        let held =
            circle.ledger.meetings.iter().filter(|meeting| !meeting.is_cancelled() && !meeting.attendance.is_empty());
        for meeting in held {
            let Some(date) = as_of.past(&meeting.date).filter(|date| as_of.is_of_last_year(*date)) else { continue };
            let came = came(circle, meeting);
            if !meeting.is_assembly() {
                meetings.committee_meetings += usize::from(came == Some(true));
            } else if came.is_some() || (expected && is_expected(date)) {
                meetings.held += 1;
                meetings.last = meetings.last.max(Some(date));
                if came == Some(true) {
                    meetings.attended += 1;
                } else {
                    let regrets = came == Some(false);
                    meetings.missed.push(Missed { meeting: Named::record(meeting), date, regrets });
                }
            }
        }
        meetings.missed.sort_by(|a, b| b.date.cmp(&a.date).then_with(|| a.meeting.cmp(&b.meeting)));
        meetings
    }

    /// Says the attendance.
    pub(super) fn section(&self, today: NaiveDate) -> Section {
        let mut section = Section::new("Meetings of the last year");
        let committees = match self.committee_meetings {
            0 => String::new(),
            count => format!(" and {}", words::count(count, "committee meeting", "committee meetings")),
        };
        let assemblies =
            words::noun_form(self.held, "meeting of the whole coalition", "meetings of the whole coalition");
        if self.expected && self.held > 0 {
            section.paragraph(format!("Attended {} of {} {assemblies}{committees}.", self.attended, self.held));
        } else if self.attended > 0 {
            let count =
                words::count(self.attended, "meeting of the whole coalition", "meetings of the whole coalition");
            section.paragraph(format!("Attended {count}{committees}."));
        } else if self.committee_meetings > 0 {
            section.paragraph(format!("Attended {}.", committees.trim_start_matches(" and ")));
        }
        section.titled_list(
            "Missed:",
            self.missed.iter().map(|missed| {
                let regrets = if missed.regrets { "with regrets" } else { "without a word" };
                Item::new(format!("{}, {regrets}", day(missed.date, today)))
            }),
        );
        section
    }
}

/// Whether they came; `Some(false)` where they sent regrets.
fn came(circle: &ProfileSubject<'_>, meeting: &Record<Meeting>) -> Option<bool> {
    let listed = meeting.attendance.iter().filter(|there| circle.acts(&there.member, &there.advocate));
    let listed = listed.map(|there| there.was_there()).max();
    if circle.was_at(meeting) { Some(true) } else { listed }
}
