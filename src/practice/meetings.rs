//! The meetings that took place and those that are planned, of the whole coalition and of its committees.

use crate::ledger::AsOf;
use crate::record::value::RecordId;
use crate::record::{AnyRecord, Meeting, Record};
use chrono::NaiveDate;
use std::collections::HashMap;

/// The meetings that were not called off, with their days.
pub(super) fn meetings<'l>(as_of: AsOf<'l>) -> impl Iterator<Item = (NaiveDate, &'l Record<Meeting>)> {
    let kept = as_of.ledger.meetings.iter().filter(|meeting| !meeting.is_cancelled());
    kept.filter_map(|meeting| Some((meeting.date.as_ref()?.value, meeting)))
}

/// The meetings that took place, today's too.
pub(super) fn meetings_held<'l>(as_of: AsOf<'l>) -> impl Iterator<Item = (NaiveDate, &'l Record<Meeting>)> {
    meetings(as_of).filter(move |(date, _)| *date <= as_of.today)
}

/// The last meeting of the whole coalition that took place, with its day; of several on one day the one that began last.
pub(crate) fn last_of_all<'l>(as_of: AsOf<'l>) -> Option<(NaiveDate, &'l Record<Meeting>)> {
    latest(meetings_held(as_of).filter(|(_, meeting)| meeting.committee.is_none())).remove(&None)
}

/// Since when the whole coalition has not met: the day of its last meeting; where only committees met, the founding. `None`
/// where no meeting that took place is written down, or there are no members.
pub(crate) fn apart_since(as_of: AsOf<'_>) -> Option<NaiveDate> {
    as_of.current_members().next()?;
    let founding = || meetings_held(as_of).next().and_then(|_| as_of.start(&None));
    last_of_all(as_of).map(|(date, _)| date).or_else(founding)
}

/// Whether the coalition has not met for longer than `meeting_days` allows.
pub(super) fn is_long_ago(as_of: AsOf<'_>, last: NaiveDate) -> bool {
    as_of.exceeds(last, as_of.policy().meeting_days())
}

/// The next meeting of the whole coalition that is planned, with its day.
pub(crate) fn next_of_all<'l>(as_of: AsOf<'l>) -> Option<(NaiveDate, &'l Record<Meeting>)> {
    let ahead = meetings(as_of).filter(|(date, meeting)| *date > as_of.today && meeting.committee.is_none());
    ahead.min_by(|a, b| (a.0, &a.1.key).cmp(&(b.0, &b.1.key)))
}

/// The meetings of today and those to come that were not called off, in path order.
pub(crate) fn meetings_to_come<'l>(as_of: AsOf<'l>) -> impl Iterator<Item = &'l Record<Meeting>> {
    meetings(as_of).filter(move |(date, _)| *date >= as_of.today).map(|(_, meeting)| meeting)
}

/// The body that met: a committee, or nothing for the whole coalition.
pub(super) fn body(meeting: &Meeting) -> Option<&str> {
    meeting.committee.as_ref().map(|committee| committee.value.as_str())
}

/// Of each body the latest of these meetings.
pub(super) fn latest<'l>(
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

/// Whether a meeting is one that cannot wait: of an emergency committee, or called one.
pub(super) fn is_emergency(as_of: AsOf<'_>, meeting: &Record<Meeting>) -> bool {
    let committee = meeting.committee.as_ref().and_then(|id| as_of.ledger.committees.get(&id.value));
    let by_committee = committee.and_then(|committee| committee.emergency.as_ref()).is_some_and(|flag| flag.value);
    let by_tag = meeting.common.tags.iter().any(|tag| tag.as_str() == "emergency");
    by_committee || by_tag || meeting.name().to_lowercase().contains("emergency")
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
    fn the_whole_coalition_meets_within_a_hundred_days() {
        let held = ("march", "date = 2026-03-07");
        let others = [
            ("committee", "date = 2026-06-01\ncommittee = \"steering\""),
            ("off", "date = 2026-06-02\ncancelled = true"),
            ("july", "date = 2026-07-01"),
        ];
        let apart = |meetings: &[(&str, &str)], today: &str| {
            let ledger = ledger(meetings);
            let as_of = as_of(&ledger, today);
            apart_since(as_of).map(|day| (day.to_string(), is_long_ago(as_of, day)))
        };
        let all = [&[held][..], &others].concat();
        assert_eq!(apart(&all, "2026-06-15"), Some(("2026-03-07".to_owned(), false)));
        assert_eq!(apart(&all, "2026-06-16"), Some(("2026-03-07".to_owned(), true)));
        assert_eq!(apart(&all, "2026-07-01"), Some(("2026-07-01".to_owned(), false)));
        assert_eq!(apart(&others, "2026-06-15"), Some(("2025-01-15".to_owned(), true)), "only others met");
        assert_eq!(apart(&[], "2026-06-15"), None, "no one writes down meetings");
        let ledger = ledger(&all);
        assert_eq!(next_of_all(as_of(&ledger, "2026-06-15")).unwrap().0.to_string(), "2026-07-01");
    }
}
