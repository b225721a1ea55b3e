//! Minutes and invitations: what is sent to the members after a meeting and before one, and whether it comes in time.

use super::meetings::{body, is_emergency, latest, meetings, meetings_held};
use crate::ledger::AsOf;
use crate::record::value::At;
use crate::record::{Meeting, Record};
use chrono::NaiveDate;

/// The minutes of a meeting.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Minutes<'l> {
    /// The meeting.
    pub meeting: &'l Record<Meeting>,
    /// Its day.
    pub date: NaiveDate,
    /// The day they were sent out, with its place; nothing where they were not.
    pub published: Option<At<NaiveDate>>,
    /// The days from the meeting until then, or until today.
    pub days: i64,
    /// Whether that is longer than allowed and can still be fixed: the minutes are owed, or they are the last ones of
    /// that body.
    pub late: bool,
}

/// The minutes of the meetings of the last 365 days, in path order: those that were published and those that should have
/// been.
pub(crate) fn minutes(as_of: AsOf<'_>) -> Vec<Minutes<'_>> {
    let limit = as_of.policy().minutes_days();
    let published = |meeting: &Meeting| meeting.minutes_published.filter(|day| day.value <= as_of.today);
    let newest = latest(meetings_held(as_of).filter(|(_, meeting)| published(meeting).is_some()));
    let is_newest = |meeting: &Record<Meeting>| {
        newest.get(&body(meeting)).is_some_and(|(_, newest)| std::ptr::eq(*newest, meeting))
    };
    meetings_held(as_of)
        .filter_map(|(date, meeting)| {
            let published = published(meeting);
            let days = published.map_or(as_of.days_since(date), |day| (day.value - date).num_days());
            let too_long = days > limit;
            let is_judged = match published {
                _ if !as_of.is_of_last_year(date) => false,
                Some(_) => true,
                None => too_long,
            };
            let late = too_long && (published.is_none() || is_newest(meeting));
            is_judged.then_some(Minutes { meeting, date, published, days, late })
        })
        .collect()
}

/// A meeting that is over, and of which something is not written down yet.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Unrecorded<'l> {
    /// The meeting.
    pub meeting: &'l Record<Meeting>,
    /// Its day.
    pub date: NaiveDate,
    /// Whether no one has written down who came.
    pub attendance: bool,
    /// Whether there are no minutes, sent out or not.
    pub minutes: bool,
}

/// Of each body the last meeting before today, where it was in the last 365 days and its attendance or minutes are missing, by day.
pub(crate) fn unrecorded(as_of: AsOf<'_>) -> Vec<Unrecorded<'_>> {
    let over = meetings_held(as_of).filter(|(date, _)| *date < as_of.today && as_of.is_of_last_year(*date));
    let missing = latest(over).into_values().map(|(date, meeting)| {
        let has_minutes =
            meeting.minutes.is_some() || meeting.minutes_file.is_some() || meeting.minutes_published.is_some();
        Unrecorded { meeting, date, attendance: meeting.attendance.is_empty(), minutes: !has_minutes }
    });
    let mut missing: Vec<_> = missing.filter(|one| one.attendance || one.minutes).collect();
    missing.sort_by(|a, b| (a.date, &a.meeting.key).cmp(&(b.date, &b.meeting.key)));
    missing
}

/// The invitation to a meeting.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Notice<'l> {
    /// The meeting.
    pub meeting: &'l Record<Meeting>,
    /// Its day.
    pub date: At<NaiveDate>,
    /// The day it went out, with its place; nothing where it has not.
    pub sent: Option<At<NaiveDate>>,
    /// The days that it gives, or would give if it went out today.
    pub days: i64,
    /// Whether those are fewer than there should be.
    pub late: bool,
}

/// The invitations to meetings that are planned, and to the last meeting of each body where that was in the last 365 days,
/// in path order. Emergencies cannot wait.
pub(crate) fn notices(as_of: AsOf<'_>) -> Vec<Notice<'_>> {
    let newest = latest(meetings(as_of).filter(|(date, _)| *date < as_of.today));
    let is_newest = |meeting: &Record<Meeting>| {
        newest.get(&body(meeting)).is_some_and(|(_, newest)| std::ptr::eq(*newest, meeting))
    };
    meetings(as_of)
        .filter(|(_, meeting)| !is_emergency(as_of, meeting))
        .filter_map(|(day, meeting)| {
            let sent = meeting.notice_sent.filter(|sent| sent.value <= as_of.today);
            let is_last = is_newest(meeting) && sent.is_some() && as_of.is_of_last_year(day);
            let is_after = sent.is_some_and(|sent| sent.value > day);
            if is_after || (day < as_of.today && !is_last) {
                return None;
            }
            let days = (day - sent.map_or(as_of.today, |sent| sent.value)).num_days();
            Some(Notice { meeting, date: meeting.date?, sent, days, late: days < as_of.policy().notice_days() })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::base_ledger;
    use crate::ledger::{Ledger, load};

    /// The base ledger with these meetings, each an id and its fields.
    fn ledger(meetings: &[(&str, &str)]) -> Ledger {
        let mut files = base_ledger();
        for (id, fields) in meetings {
            files.put(&format!("meetings/{id}.toml"), format!("name = \"{id}\"\n{fields}\n").as_bytes());
        }
        load(&files).unwrap()
    }

    /// A ledger on a day.
    fn as_of<'l>(ledger: &'l Ledger, today: &str) -> AsOf<'l> {
        AsOf::new(ledger, today.parse().unwrap())
    }

    #[test]
    fn the_last_meeting_is_written_down_once_it_is_over() {
        let missing = |meetings: &[(&str, &str)], today: &str| {
            let ledger = ledger(meetings);
            let all = unrecorded(as_of(&ledger, today));
            let said = all.iter().map(|one| (one.meeting.key.id.to_string(), one.attendance, one.minutes));
            said.collect::<Vec<_>>()
        };
        let june = ("june", "date = 2026-06-02");
        let expected = |attendance, minutes| vec![("june".to_owned(), attendance, minutes)];
        assert!(missing(&[june], "2026-06-02").is_empty(), "it may still go on");
        assert_eq!(missing(&[june], "2026-06-03"), expected(true, true));
        assert_eq!(missing(&[("may", "date = 2026-05-05"), june], "2026-06-03"), expected(true, true), "the last one");
        let came = ("june", "date = 2026-06-02\n[[attendance]]\nadvocate = \"ana-lopez\"");
        assert_eq!(missing(&[came], "2026-06-03"), expected(false, true));
        let sent = ("june", "date = 2026-06-02\nminutes_published = 2026-06-03");
        assert_eq!(missing(&[sent], "2026-06-03"), expected(true, false));
        assert!(missing(&[("june", "date = 2026-06-02\ncancelled = true")], "2026-06-03").is_empty());
        assert!(missing(&[june], "2027-06-03").is_empty(), "no one remembers");
    }

    fn late_minutes(meetings: &[(&str, &str)], today: &str) -> Vec<String> {
        let ledger = ledger(meetings);
        let late = minutes(as_of(&ledger, today)).into_iter().filter(|minutes| minutes.late);
        late.map(|minutes| minutes.meeting.key.id.to_string()).collect()
    }

    #[test]
    fn minutes_have_fourteen_days() {
        let unpublished = [("may", "date = 2026-05-12")];
        assert_eq!(late_minutes(&unpublished, "2026-05-26"), [""; 0]);
        assert_eq!(late_minutes(&unpublished, "2026-05-27"), ["may"]);
        assert_eq!(late_minutes(&unpublished, "2027-05-12"), ["may"]);
        assert_eq!(late_minutes(&unpublished, "2027-05-13"), [""; 0], "past mending");
        let published = |day: &str| [("may", format!("date = 2026-05-12\nminutes_published = {day}"))];
        let late =
            |day: &str, today: &str| late_minutes(&published(day).each_ref().map(|(id, f)| (*id, f.as_str())), today);
        assert_eq!(late("2026-05-26", "2026-06-15"), [""; 0]);
        assert_eq!(late("2026-05-27", "2026-06-15"), ["may"]);
        assert_eq!(late("2026-06-20", "2026-06-15"), ["may"], "not published yet");
    }

    #[test]
    fn only_the_last_late_minutes_of_a_body_are_told() {
        let april = ("april", "date = 2026-04-14\nminutes_published = 2026-05-20");
        let may = ("may", "date = 2026-05-12\nminutes_published = 2026-05-14");
        let committee = ("steering", "date = 2026-05-13\ncommittee = \"steering\"\nminutes_published = 2026-05-14");
        assert_eq!(late_minutes(&[april, committee], "2026-06-15"), ["april"]);
        assert_eq!(late_minutes(&[april, committee, may], "2026-06-15"), [""; 0]);
        let cancelled = ("june", "date = 2026-05-13\ncancelled = true");
        assert_eq!(late_minutes(&[cancelled], "2026-06-15"), [""; 0]);
    }

    fn late_notices(meetings: &[(&str, &str)], today: &str) -> Vec<String> {
        let ledger = ledger(meetings);
        let late = notices(as_of(&ledger, today)).into_iter().filter(|notice| notice.late);
        late.map(|notice| notice.meeting.key.id.to_string()).collect()
    }

    #[test]
    fn an_invitation_gives_seven_days() {
        let sent = |day: &'static str| [("june", day)];
        assert_eq!(late_notices(&sent("date = 2026-06-20\nnotice_sent = 2026-06-13"), "2026-06-15"), [""; 0]);
        assert_eq!(late_notices(&sent("date = 2026-06-20\nnotice_sent = 2026-06-14"), "2026-06-15"), ["june"]);
        assert_eq!(late_notices(&sent("date = 2026-06-22"), "2026-06-15"), [""; 0]);
        assert_eq!(late_notices(&sent("date = 2026-06-22"), "2026-06-16"), ["june"]);
        assert_eq!(late_notices(&sent("date = 2026-06-22\nnotice_sent = 2026-06-17"), "2026-06-16"), ["june"]);
        assert_eq!(late_notices(&sent("date = 2026-06-14"), "2026-06-15"), [""; 0], "no one can be invited any more");
        assert_eq!(late_notices(&sent("date = 2026-06-20\ncancelled = true"), "2026-06-15"), [""; 0]);
        assert_eq!(late_notices(&sent("date = 2026-06-20\ntags = [\"emergency\"]"), "2026-06-15"), [""; 0]);
    }

    #[test]
    fn of_past_meetings_the_last_of_each_body_is_judged() {
        let april = ("april", "date = 2026-04-14\nnotice_sent = 2026-04-13");
        let may = ("may", "date = 2026-05-12\nnotice_sent = 2026-05-01");
        assert_eq!(late_notices(&[april], "2026-06-15"), ["april"]);
        assert_eq!(late_notices(&[april, may], "2026-06-15"), [""; 0]);
    }
}
