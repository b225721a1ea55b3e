//! The hours of a week in which someone can be reached, and those in which no one can.

use crate::document::words;
use crate::ledger::AsOf;
use crate::record::committee::{Day, Watch};
use crate::record::value::{At, Choices};
use crate::record::{Advocate, Committee, Record, by_name};
use chrono::{Datelike, NaiveDate, NaiveTime, Timelike, Weekday};
use std::fmt;

/// The seconds of an hour.
pub(crate) const HOUR: u32 = 60 * 60;
/// The seconds of a day.
pub(crate) const DAY: u32 = 24 * HOUR;
/// The seconds of a week.
pub(crate) const WEEK: u32 = 7 * DAY;

/// The seconds that are no gap: a watch to 23:59 meets the one that begins at midnight.
const NO_GAP: u32 = 60;

/// A moment of the week, in seconds since Monday at midnight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Moment(u32);

impl Moment {
    /// The moment so many seconds after Monday at midnight, counted around the week.
    pub(crate) fn new(seconds: u32) -> Moment {
        Moment(seconds % WEEK)
    }

    /// The moment of a day at a time.
    pub(crate) fn of(date: NaiveDate, time: NaiveTime) -> Moment {
        Moment::new(date.weekday().num_days_from_monday() * DAY + time.num_seconds_from_midnight())
    }

    /// The seconds since Monday at midnight.
    pub(crate) fn seconds(self) -> u32 {
        self.0
    }

    /// The day of the week.
    pub(crate) fn day(self) -> Day {
        Day::ALL.get((self.0 / DAY) as usize).copied().unwrap_or(Day::Monday)
    }

    /// The time of that day.
    pub(crate) fn time(self) -> NaiveTime {
        NaiveTime::from_num_seconds_from_midnight_opt(self.0 % DAY, 0).unwrap_or(NaiveTime::MIN)
    }
}

/// As people say it: `Friday 10 p.m.`
impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let time = self.time();
        // “Saturday midnight” could be either end of the day.
        let clock = if time == NaiveTime::MIN { "12 a.m.".to_owned() } else { words::time(time) };
        write!(f, "{} {clock}", self.day().label())
    }
}

/// A time in which someone can be reached: one watch on one day.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Shift<'l> {
    /// The committee that is on watch.
    pub committee: &'l Record<Committee>,
    /// Who can be reached.
    pub advocate: &'l Record<Advocate>,
    /// When it begins.
    pub from: Moment,
    /// How long it lasts.
    pub seconds: u32,
}

impl Shift<'_> {
    /// When it ends.
    pub(crate) fn to(&self) -> Moment {
        Moment::new(self.from.0 + self.seconds)
    }

    /// Whether it covers a moment.
    pub(crate) fn covers(&self, moment: Moment) -> bool {
        (moment.0 + WEEK - self.from.0) % WEEK < self.seconds
    }

    /// How many seconds of it lie at or after a moment of the week, seen from there: 0 where it runs already.
    pub(crate) fn begins_in(&self, moment: Moment) -> u32 {
        if self.covers(moment) { 0 } else { (self.from.0 + WEEK - moment.0) % WEEK }
    }

    /// Whether it touches a day of the week.
    pub(crate) fn is_on(&self, weekday: Weekday) -> bool {
        let midnight = Moment::new(weekday.num_days_from_monday() * DAY);
        self.begins_in(midnight) < DAY
    }
}

/// Whether someone on call can be reached.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Watcher<'l> {
    /// A current person with a phone number that works today.
    Reachable(&'l Record<Advocate>),
    /// A current person without such a number.
    Unreachable(&'l Record<Advocate>),
    /// Someone who is not a current person.
    Gone(&'l Record<Advocate>),
    /// Someone without a record.
    Unknown,
}

/// The watches of these committees with whoever is on them, in the order of the files.
pub(crate) fn watchers<'l>(
    as_of: AsOf<'l>,
    committees: &[&'l Record<Committee>],
) -> Vec<(&'l Record<Committee>, &'l At<Watch>, Watcher<'l>)> {
    let watches = committees.iter().flat_map(|committee| committee.watch.iter().map(move |watch| (*committee, watch)));
    watches.map(|(committee, watch)| (committee, watch, watcher(as_of, watch))).collect()
}

fn watcher<'l>(as_of: AsOf<'l>, watch: &'l At<Watch>) -> Watcher<'l> {
    let advocate = watch.advocate.as_ref().and_then(|id| as_of.ledger.advocates.get(&id.value));
    let rings = |advocate: &Advocate| advocate.contact_details.iter().any(|detail| detail.rings(as_of.today));
    match advocate {
        None => Watcher::Unknown,
        Some(advocate) if !as_of.serves(advocate) => Watcher::Gone(advocate),
        Some(advocate) if rings(advocate) => Watcher::Reachable(advocate),
        Some(advocate) => Watcher::Unreachable(advocate),
    }
}

/// All shifts of these committees by people who can be reached by phone, from Monday on.
pub(crate) fn shifts<'l>(as_of: AsOf<'l>, committees: &[&'l Record<Committee>]) -> Vec<Shift<'l>> {
    shifts_by(as_of, committees, |watcher| match watcher {
        Watcher::Reachable(advocate) => Some(advocate),
        _ => None,
    })
}

/// The same with current people who have no phone number: who is on call, whether or not anyone can reach them.
pub(crate) fn roster<'l>(as_of: AsOf<'l>, committees: &[&'l Record<Committee>]) -> Vec<Shift<'l>> {
    shifts_by(as_of, committees, |watcher| match watcher {
        Watcher::Reachable(advocate) | Watcher::Unreachable(advocate) => Some(advocate),
        Watcher::Gone(_) | Watcher::Unknown => None,
    })
}

/// The same as they would be if everyone on call were current and had a phone number.
pub(crate) fn planned_shifts<'l>(as_of: AsOf<'l>, committees: &[&'l Record<Committee>]) -> Vec<Shift<'l>> {
    shifts_by(as_of, committees, |watcher| match watcher {
        Watcher::Reachable(advocate) | Watcher::Unreachable(advocate) | Watcher::Gone(advocate) => Some(advocate),
        Watcher::Unknown => None,
    })
}

fn shifts_by<'l>(
    as_of: AsOf<'l>,
    committees: &[&'l Record<Committee>],
    counted: impl Fn(Watcher<'l>) -> Option<&'l Record<Advocate>>,
) -> Vec<Shift<'l>> {
    let mut shifts = Vec::new();
    for (committee, watch, watcher) in watchers(as_of, committees) {
        let (Some(advocate), Some((from, seconds))) = (counted(watcher), span(watch)) else { continue };
        let mut days: Vec<usize> = watch.days.iter().map(|day| day.value.index()).collect();
        days.sort_unstable();
        days.dedup();
        shifts.extend(days.into_iter().filter_map(|day| u32::try_from(day).ok()).map(|day| Shift {
            committee,
            advocate,
            from: Moment::new(day * DAY + from),
            seconds,
        }));
    }
    shifts.sort_by(|a, b| {
        let by_time = (a.from, a.seconds).cmp(&(b.from, b.seconds));
        by_time.then_with(|| by_name(a.advocate, b.advocate)).then_with(|| by_name(a.committee, b.committee))
    });
    shifts
}

/// When a watch begins and how long it lasts; to the same time is a whole day.
fn span(watch: &Watch) -> Option<(u32, u32)> {
    let from = watch.from.as_ref()?.value.num_seconds_from_midnight();
    let to = watch.to.as_ref()?.value.num_seconds_from_midnight();
    Some((from, if to > from { to - from } else { to + DAY - from }))
}

/// A part of the week in which no one can be reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct CoverageGap {
    /// When it begins.
    pub from: Moment,
    /// How long it lasts.
    pub seconds: u32,
}

impl CoverageGap {
    /// When it ends.
    pub(crate) fn to(self) -> Moment {
        Moment::new(self.from.0 + self.seconds)
    }
}

impl fmt::Display for CoverageGap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.seconds == WEEK {
            return f.write_str("the whole week");
        }
        write!(f, "{} to {}", self.from, self.to())
    }
}

/// A length of time as people say it: `34 hours`, `1 hour 30 minutes`.
pub(crate) fn length(seconds: u32) -> String {
    let counted = |count: u32, noun: &str| match count {
        0 => None,
        1 => Some(format!("1 {noun}")),
        _ => Some(format!("{count} {noun}s")),
    };
    let parts = [counted(seconds / HOUR, "hour"), counted(seconds % HOUR / 60, "minute")];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// The parts of the week that no shift covers, from Monday on; one that runs over Sunday night comes last.
pub(crate) fn gaps(shifts: &[Shift<'_>]) -> Vec<CoverageGap> {
    let mut times: Vec<(u32, u32)> = shifts.iter().map(|shift| (shift.from.0, shift.from.0 + shift.seconds)).collect();
    times.sort_unstable();
    let Some((first, _)) = times.first().copied() else { return vec![CoverageGap { from: Moment(0), seconds: WEEK }] };
    // What runs over the end of the week covers its beginning too.
    let mut covered = times.iter().map(|(_, end)| end.saturating_sub(WEEK)).max().unwrap_or_default().max(first);
    let mut gaps = Vec::new();
    for (start, end) in times.into_iter().chain([(first + WEEK, first + WEEK)]) {
        if start > covered + NO_GAP {
            gaps.push(CoverageGap { from: Moment::new(covered), seconds: start - covered });
        }
        covered = covered.max(end);
    }
    gaps.sort_by_key(|gap| gap.from);
    gaps
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::load;

    /// The gaps of these watches: days, from, to.
    fn free(watches: &[(&str, &str, &str)]) -> Vec<String> {
        free_of("ben-okoro", watches)
    }

    fn free_of(advocate: &str, watches: &[(&str, &str, &str)]) -> Vec<String> {
        let mut text = "name = \"Alarm\"\nemergency = true\n".to_owned();
        for (days, from, to) in watches {
            let days: Vec<String> = days.split(' ').map(|day| format!("\"{day}\"")).collect();
            let days = days.join(", ");
            text += &format!("[[watch]]\nadvocate = \"{advocate}\"\ndays = [{days}]\nfrom = {from}:00\nto = {to}:00\n");
        }
        let mut files = crate::check::base_ledger();
        files.put("committees/alarm.toml", text.as_bytes());
        files.put("advocates/eva-holt.toml", b"name = \"Eva Holt\"\nend_date = 2026-06-14\n");
        let ledger = load(&files).unwrap();
        assert!(ledger.findings.is_empty(), "{:?}", ledger.findings);
        let as_of = AsOf::new(&ledger, "2026-06-15".parse().unwrap());
        gaps(&shifts(as_of, &super::super::committees(as_of))).iter().map(ToString::to_string).collect()
    }

    const WEEKDAYS: &str = "mon tue wed thu fri";
    const ALL: &str = "mon tue wed thu fri sat sun";

    #[test]
    fn a_watch_may_pass_midnight_and_the_week_is_round() {
        let night = free(&[("mon tue wed thu fri sat sun", "20:00", "08:00"), (ALL, "08:00", "19:00")]);
        assert_eq!(night.len(), 7);
        assert_eq!((&*night[0], &*night[6]), ("Monday 7 p.m. to Monday 8 p.m.", "Sunday 7 p.m. to Sunday 8 p.m."));
        assert_eq!(free(&[(WEEKDAYS, "00:00", "00:00")]), ["Saturday 12 a.m. to Monday 12 a.m."]);
        assert_eq!(free(&[("sun", "12:00", "12:00")]), ["Monday noon to Sunday noon"]);
        let over = free(&[("tue wed thu fri sat", "00:00", "00:00"), ("sun", "00:00", "12:00")]);
        assert_eq!(over, ["Sunday noon to Tuesday 12 a.m."]);
    }

    #[test]
    fn a_whole_week_has_no_gap() {
        assert_eq!(free(&[(ALL, "00:00", "00:00")]), [""; 0]);
        assert_eq!(free(&[(ALL, "06:00", "06:00")]), [""; 0]);
        assert_eq!(free(&[(ALL, "00:00", "23:59")]), [""; 0], "a minute is none");
        assert_eq!(free(&[(ALL, "00:00", "23:58")]).len(), 7);
        assert_eq!(free(&[(ALL, "08:00", "20:00"), (ALL, "19:00", "09:00")]), [""; 0]);
    }

    #[test]
    fn nobody_is_reached_by_the_watch_of_one_who_left_or_has_no_telephone() {
        assert_eq!(free_of("eva-holt", &[(ALL, "00:00", "00:00")]), ["the whole week"]);
        let fay = |details: &str| {
            let mut files = crate::check::base_ledger();
            files.put("advocates/fay.toml", format!("name = \"Fay\"\n{details}").as_bytes());
            let watch = "[[watch]]\nadvocate = \"fay\"\ndays = [\"mon\"]\nfrom = 00:00:00\nto = 12:00:00\n";
            files.put("committees/alarm.toml", format!("name = \"Alarm\"\nemergency = true\n{watch}").as_bytes());
            let ledger = load(&files).unwrap();
            let as_of = AsOf::new(&ledger, "2026-06-15".parse().unwrap());
            shifts(as_of, &super::super::committees(as_of)).len()
        };
        let detail = |kind: &str, rest: &str| {
            fay(&format!("[[contact_details]]\ntype = \"{kind}\"\nvalue = \"+1 614-555-0142\"\n{rest}"))
        };
        assert_eq!((fay(""), detail("phone", ""), detail("mobile", ""), detail("fax", "")), (0, 1, 1, 0));
        assert_eq!(detail("phone", "valid_until = 2026-06-15"), 1);
        assert_eq!(detail("phone", "valid_until = 2026-06-14"), 0);
        assert_eq!(detail("phone", "valid_from = 2026-06-16"), 0);
    }

    #[test]
    fn a_length_is_told_in_hours_and_minutes() {
        assert_eq!(
            [HOUR, 34 * HOUR, HOUR + 1800, 120].map(length),
            ["1 hour", "34 hours", "1 hour 30 minutes", "2 minutes"]
        );
    }

    #[test]
    fn a_shift_knows_when_it_runs() {
        let mut files = crate::check::base_ledger();
        let text = "name = \"A\"\nemergency = true\n[[watch]]\nadvocate = \"ben-okoro\"\ndays = [\"sun\"]\nfrom = 22:00:00\nto = 06:00:00\n";
        files.put("committees/alarm.toml", text.as_bytes());
        let ledger = load(&files).unwrap();
        let as_of = AsOf::new(&ledger, "2026-06-15".parse().unwrap());
        let shift = shifts(as_of, &super::super::committees(as_of))[0];
        let at = |day: u32, hour: u32| Moment::new(day * DAY + hour * HOUR);
        assert!(shift.covers(at(6, 22)) && shift.covers(at(0, 5)) && !shift.covers(at(0, 6)));
        assert_eq!((shift.begins_in(at(6, 20)), shift.begins_in(at(0, 1))), (2 * HOUR, 0));
        assert!(shift.is_on(Weekday::Sun) && shift.is_on(Weekday::Mon) && !shift.is_on(Weekday::Sat));
        assert_eq!(shift.to().to_string(), "Monday 6 a.m.");
    }
}
