//! Meetings that everybody can follow: invitations in time, minutes soon after, and actions that somebody owns.

use super::Evidence;
use crate::document::words;
use crate::ledger::AsOf;
use crate::record::meeting::Action;
use crate::record::value::{At, RecordId};
use crate::record::{AnyRecord, Meeting, Record};
use chrono::NaiveDate;
use std::collections::HashMap;

/// The meetings that were not called off, with their days.
fn meetings<'l>(here: AsOf<'l>) -> impl Iterator<Item = (NaiveDate, &'l Record<Meeting>)> {
    let kept = here.ledger.meetings.iter().filter(|meeting| !meeting.is_cancelled());
    kept.filter_map(|meeting| Some((meeting.date.as_ref()?.value, meeting)))
}

/// The meetings that took place, today's too.
pub(super) fn held<'l>(here: AsOf<'l>) -> impl Iterator<Item = (NaiveDate, &'l Record<Meeting>)> {
    meetings(here).filter(move |(date, _)| *date <= here.today)
}

/// The last meeting of the whole coalition that took place, with its day; of several on one day the one that began last.
pub fn last_of_all<'l>(here: AsOf<'l>) -> Option<(NaiveDate, &'l Record<Meeting>)> {
    latest(held(here).filter(|(_, meeting)| meeting.committee.is_none())).remove(&None)
}

/// Since when the whole coalition has not met: the day of its last meeting; where only committees met, the founding. `None`
/// where no meeting that took place is written down, or there are no members.
pub fn apart_since(here: AsOf<'_>) -> Option<NaiveDate> {
    here.current_members().next()?;
    let founding = || held(here).next().and_then(|_| here.start(&None));
    last_of_all(here).map(|(date, _)| date).or_else(founding)
}

/// Whether the coalition has not met for longer than `meeting_days` allows.
fn is_long_ago(here: AsOf<'_>, last: NaiveDate) -> bool {
    here.exceeds(last, here.policy().meeting_days())
}

/// The next meeting of the whole coalition that is planned, with its day.
pub fn next_of_all<'l>(here: AsOf<'l>) -> Option<(NaiveDate, &'l Record<Meeting>)> {
    let ahead = meetings(here).filter(|(date, meeting)| *date > here.today && meeting.committee.is_none());
    ahead.min_by(|a, b| (a.0, &a.1.key).cmp(&(b.0, &b.1.key)))
}

/// The meetings of today and those to come that were not called off, in path order.
pub fn planned<'l>(here: AsOf<'l>) -> impl Iterator<Item = &'l Record<Meeting>> {
    meetings(here).filter(move |(date, _)| *date >= here.today).map(|(_, meeting)| meeting)
}

/// The body that met: a committee, or nothing for the whole coalition.
fn body(meeting: &Meeting) -> Option<&str> {
    meeting.committee.as_ref().map(|committee| committee.value.as_str())
}

/// Of each body the latest of these meetings.
fn latest<'l>(
    meetings: impl Iterator<Item = (NaiveDate, &'l Record<Meeting>)>,
) -> HashMap<Option<&'l str>, (NaiveDate, &'l Record<Meeting>)> {
    let mut latest: HashMap<Option<&str>, (NaiveDate, &Record<Meeting>)> = HashMap::new();
    for (date, meeting) in meetings {
        let start = |meeting: &Meeting| meeting.start_time.as_ref().map(|time| time.value);
        let newest = latest.entry(body(meeting)).or_insert((date, meeting));
        if (date, start(meeting), &meeting.key.id) > (newest.0, start(newest.1), &newest.1.key.id) {
            *newest = (date, meeting);
        }
    }
    latest
}

/// The minutes of a meeting.
#[derive(Debug, Clone, Copy)]
pub struct Minutes<'l> {
    /// The meeting.
    pub meeting: &'l Record<Meeting>,
    /// Its day.
    pub date: NaiveDate,
    /// The day they were sent out, with its place; nothing where they were not.
    pub published: Option<At<NaiveDate>>,
    /// The days from the meeting until then, or until today.
    pub days: i64,
    /// Whether that is longer than allowed and can still be mended: the minutes are owed, or they are the last ones of
    /// that body.
    pub late: bool,
}

/// The minutes of the meetings of the last 365 days, in path order: those that were published and those that should have
/// been.
pub fn minutes(here: AsOf<'_>) -> Vec<Minutes<'_>> {
    let limit = here.policy().minutes_days();
    let published = |meeting: &Meeting| meeting.minutes_published.filter(|day| day.value <= here.today);
    let newest = latest(held(here).filter(|(_, meeting)| published(meeting).is_some()));
    let is_newest = |meeting: &Record<Meeting>| {
        newest.get(&body(meeting)).is_some_and(|(_, newest)| std::ptr::eq(*newest, meeting))
    };
    held(here)
        .filter_map(|(date, meeting)| {
            let published = published(meeting);
            let days = published.map_or(here.days_since(date), |day| (day.value - date).num_days());
            let too_long = days > limit;
            let is_judged = match published {
                _ if !here.is_of_last_year(date) => false,
                Some(_) => true,
                None => too_long,
            };
            let late = too_long && (published.is_none() || is_newest(meeting));
            is_judged.then_some(Minutes { meeting, date, published, days, late })
        })
        .collect()
}

/// The invitation to a meeting.
#[derive(Debug, Clone, Copy)]
pub struct Notice<'l> {
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
pub fn notices(here: AsOf<'_>) -> Vec<Notice<'_>> {
    let newest = latest(meetings(here).filter(|(date, _)| *date < here.today));
    let is_newest = |meeting: &Record<Meeting>| {
        newest.get(&body(meeting)).is_some_and(|(_, newest)| std::ptr::eq(*newest, meeting))
    };
    meetings(here)
        .filter(|(_, meeting)| !is_emergency(here, meeting))
        .filter_map(|(day, meeting)| {
            let sent = meeting.notice_sent.filter(|sent| sent.value <= here.today);
            let is_last = is_newest(meeting) && sent.is_some() && here.is_of_last_year(day);
            let is_after = sent.is_some_and(|sent| sent.value > day);
            if is_after || (day < here.today && !is_last) {
                return None;
            }
            let days = (day - sent.map_or(here.today, |sent| sent.value)).num_days();
            Some(Notice { meeting, date: meeting.date?, sent, days, late: days < here.policy().notice_days() })
        })
        .collect()
}

/// Whether a meeting is one that cannot wait: of an emergency committee, or called one.
pub(super) fn is_emergency(here: AsOf<'_>, meeting: &Record<Meeting>) -> bool {
    let committee = meeting.committee.as_ref().and_then(|id| here.ledger.committees.get(&id.value));
    let by_committee = committee.and_then(|committee| committee.emergency.as_ref()).is_some_and(|flag| flag.value);
    let by_tag = meeting.common.tags.iter().any(|tag| tag.as_str() == "emergency");
    by_committee || by_tag || meeting.name().to_lowercase().contains("emergency")
}

/// Something that somebody said at a meeting that they would do, and have not done.
#[derive(Debug, Clone, Copy)]
pub struct OpenAction<'l> {
    /// The meeting.
    pub meeting: &'l Record<Meeting>,
    /// The action.
    pub action: &'l At<Action>,
    /// Whether somebody who serves is to do it. Who is unknown may well serve.
    pub is_owned: bool,
    /// How many days ago it should have been done.
    pub days_overdue: Option<i64>,
}

/// What is to be done, without a final stop: it stands inside of sentences.
pub fn words(action: &Action) -> Option<&str> {
    action.what.as_ref().map(|what| what.trim_end_matches('.'))
}

/// All actions of meetings that took place.
pub fn actions<'l>(here: AsOf<'l>) -> impl Iterator<Item = (&'l Record<Meeting>, &'l At<Action>)> {
    held(here).flat_map(|(_, meeting)| meeting.actions.iter().map(move |action| (meeting, action)))
}

/// The actions that are not done, in the order of the files.
pub fn open_actions<'l>(here: AsOf<'l>) -> impl Iterator<Item = OpenAction<'l>> {
    let open = actions(here).filter(move |(_, action)| !here.has_come(&action.done));
    open.map(move |(meeting, action)| {
        let serves = |id| here.ledger.advocates.get(id).is_none_or(|advocate| here.serves(advocate));
        let days_overdue = action.due.as_ref().map(|due| here.days_since(due.value)).filter(|days| *days > 0);
        let is_owned = action.owner.as_ref().is_some_and(|owner| serves(&owner.value));
        OpenAction { meeting, action, is_owned, days_overdue }
    })
}

/// The figures for the scorecard, as a part of open communication.
pub fn evidence(here: AsOf<'_>) -> Evidence {
    let minutes = minutes(here);
    let known = minutes.iter().filter(|minutes| !minutes.late).count();
    let notices: Vec<_> = notices(here).into_iter().filter(|notice| notice.sent.is_some() || notice.late).collect();
    let invited = notices.iter().filter(|notice| !notice.late).count();
    let apart = apart_since(here);
    // Where it never met, it is judged once it should have.
    let never = last_of_all(here).is_none();
    let apart = apart.filter(|since| !never || is_long_ago(here, *since));
    let recent = usize::from(apart.is_some_and(|since| !is_long_ago(here, since)));
    let met = apart.map(|since| match (never, words::distance(since, here.today)) {
        (true, founded) => format!("the whole coalition has not met since it was founded {founded}"),
        (false, last) => format!("the whole coalition last met {last}"),
    });
    let actions: Vec<_> = open_actions(here).collect();
    let owned = actions.iter().filter(|action| action.is_owned).count();
    let dated: Vec<_> = actions.iter().filter(|action| action.action.due.is_some()).collect();
    let in_time = dated.iter().filter(|action| action.days_overdue.is_none()).count();
    Evidence::default()
        .part_that(
            "meetings_with_minutes",
            known,
            minutes.len(),
            ["meeting", "meetings"],
            ["has its minutes", "have their minutes"],
        )
        .part_that(
            "meetings_with_notice",
            invited,
            notices.len(),
            ["invitation", "invitations"],
            ["was sent in time", "were sent in time"],
        )
        .part("meetings_of_all_in_time", recent, usize::from(apart.is_some()), met.unwrap_or_default())
        .part_that(
            "actions_owned",
            owned,
            actions.len(),
            ["open action", "open actions"],
            ["has somebody who sees to it", "have somebody who sees to it"],
        )
        .part_that(
            "actions_in_time",
            in_time,
            dated.len(),
            ["open action", "open actions"],
            ["with a day is within the time", "with a day are within the time"],
        )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::base_ledger;
    use crate::ledger::{Ledger, load};

    fn ledger(meetings: &[(&str, &str)]) -> Ledger {
        let mut files = base_ledger();
        for (id, fields) in meetings {
            files.put(&format!("meetings/{id}.toml"), format!("name = \"{id}\"\n{fields}\n").as_bytes());
        }
        load(&files).unwrap()
    }

    fn here<'l>(ledger: &'l Ledger, today: &str) -> AsOf<'l> {
        AsOf::new(ledger, today.parse().unwrap())
    }

    fn late_minutes(meetings: &[(&str, &str)], today: &str) -> Vec<String> {
        let ledger = ledger(meetings);
        let late = minutes(here(&ledger, today)).into_iter().filter(|minutes| minutes.late);
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
        let late = notices(here(&ledger, today)).into_iter().filter(|notice| notice.late);
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
        assert_eq!(late_notices(&sent("date = 2026-06-14"), "2026-06-15"), [""; 0], "nobody can be invited any more");
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

    #[test]
    fn an_action_is_owned_by_somebody_who_serves() {
        let fields = "date = 2026-06-02\n[[actions]]\nwhat = \"a\"\n[[actions]]\nwhat = \"b\"\nowner = \"ana-lopez\"\ndue = 2026-06-15\n\
                      [[actions]]\nwhat = \"c\"\nowner = \"ana-lopez\"\ndue = 2026-06-14\n[[actions]]\nwhat = \"d\"\ndone = 2026-06-03\n";
        let ledger = ledger(&[("june", fields), ("july", "date = 2026-07-01\n[[actions]]\nwhat = \"e\"\n")]);
        let open: Vec<_> = open_actions(here(&ledger, "2026-06-15"))
            .map(|open| (open.action.what.as_ref().unwrap().value.clone(), open.is_owned, open.days_overdue))
            .collect();
        let expected = [("a", false, None), ("b", true, None), ("c", true, Some(1))];
        assert_eq!(open, expected.map(|(what, owned, days)| (what.to_owned(), owned, days)));
        let evidence = evidence(here(&ledger, "2026-06-15"));
        let parts: Vec<_> = evidence.counted.iter().map(|part| (part.name, part.count, part.of)).collect();
        let met = ("meetings_of_all_in_time", 1, Some(1));
        assert_eq!(parts, [met, ("actions_owned", 2, Some(3)), ("actions_in_time", 1, Some(2))]);
    }

    #[test]
    fn the_whole_coalition_meets_within_a_hundred_days() {
        let held = ("march", "date = 2026-03-07");
        let others = [
            ("committee", "date = 2026-06-01\ncommittee = \"steering\""),
            ("off", "date = 2026-06-02\ncancelled = true"),
            ("july", "date = 2026-07-01"),
        ];
        let told = |meetings: &[(&str, &str)], today: &str| {
            let ledger = ledger(meetings);
            let here = here(&ledger, today);
            apart_since(here).map(|day| (day.to_string(), is_long_ago(here, day)))
        };
        let all = [&[held][..], &others].concat();
        assert_eq!(told(&all, "2026-06-15"), Some(("2026-03-07".to_owned(), false)));
        assert_eq!(told(&all, "2026-06-16"), Some(("2026-03-07".to_owned(), true)));
        assert_eq!(told(&all, "2026-07-01"), Some(("2026-07-01".to_owned(), false)));
        assert_eq!(told(&others, "2026-06-15"), Some(("2025-01-15".to_owned(), true)), "only others met");
        assert_eq!(told(&[], "2026-06-15"), None, "nobody writes down meetings");
        let ledger = ledger(&all);
        assert_eq!(next_of_all(here(&ledger, "2026-06-15")).unwrap().0.to_string(), "2026-07-01");
    }
}
