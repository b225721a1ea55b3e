//! The call sheet: who can be reached now and next, how, and what the emergency committee may do.

mod reach;
mod view;

pub(crate) use reach::{Reach, ReachDetail};

use super::{Concern, Named, Report, ReportOutput, ReportRequest, ReportRun, answer};
use crate::practice::emergency_response::{
    CoverageGap, DAY, Drill, HOUR, Moment, Shift, WEEK, committees, deputies, gaps, holders, is_without_committee,
    roster, shifts,
};
use crate::practice::structure::{held_seats, is_chair, is_deputy, role_words};
use crate::record::committee::Day;
use crate::record::value::{AdvocateId, At, Choices, Number};
use crate::record::{Committee, Record};
use crate::report::value_words::prose;
use chrono::{Datelike, NaiveDate, NaiveTime};
use rust_decimal::Decimal;
use serde::{Serialize, Serializer};

/// The report.
pub(crate) static REPORT: Report =
    Report { name: "emergency", about: "the call sheet: whom to call, when and how", run: ReportRun::Ledger(run) };

fn run(request: &ReportRequest<'_>) -> ReportOutput {
    let emergency = Emergency::of(request);
    let document = view::document(request, &emergency);
    answer(&REPORT, request, &emergency, document)
}

/// The call sheet. For one member, it shows the committees that concern it and of the watches of its people; the hours
/// that no one watches are those of everyone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Emergency {
    /// The time of day, where the sheet is made for this very moment.
    #[serde(serialize_with = "opt_time")]
    pub now: Option<NaiveTime>,
    /// Whether there are members and no committee, so that one is missing.
    pub committee_missing: bool,
    /// Who can be reached now; empty where the time is not known.
    pub on_watch: Vec<OnWatch>,
    /// Who can be reached next; empty where the time is not known.
    pub next: Vec<OnWatch>,
    /// All who can be reached at some time of today, in the order of their hours.
    pub today_roster: Vec<OnWatch>,
    /// The committees.
    pub committees: Vec<OnCall>,
    /// How to reach each of them, in the order of their names.
    pub people: Vec<Reach>,
    /// Whether there are details that only a private sheet shows.
    pub details_withheld: bool,
    /// How many hours of the week no one watches; absent where there is no committee that could.
    pub uncovered_hours: Option<Number>,
    /// When no one watches, from Monday on.
    pub uncovered: Vec<UncoveredTime>,
    /// The same by day of the week.
    pub days: Vec<OfDay>,
    /// The watches of a week, from Monday on.
    pub week: Vec<OnWatch>,
}

/// A watch of one person on one day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct OnWatch {
    /// Who.
    pub who: Named,
    /// Of which committee.
    pub committee: Named,
    /// The day of the week on which it begins.
    pub day: Day,
    /// From this time.
    #[serde(serialize_with = "time")]
    pub from: NaiveTime,
    /// The day of the week on which it ends.
    pub to_day: Day,
    /// To this time.
    #[serde(serialize_with = "time")]
    pub to: NaiveTime,
}

/// What there is to know of a committee in an emergency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct OnCall {
    /// The committee.
    pub committee: Named,
    /// Who is in the chair.
    pub chairs: Vec<Named>,
    /// Who stands in for the chair.
    pub deputies: Vec<Named>,
    /// The others, with their roles.
    pub others: Vec<Other>,
    /// Who speaks to the press.
    pub spokesperson: Option<Named>,
    /// What it may decide alone.
    pub powers: Option<String>,
    /// The day of the last drill.
    pub last_drill: Option<NaiveDate>,
    /// The last day on which the next is in time.
    pub next_drill_due: Option<NaiveDate>,
    /// Whether that day has passed.
    pub drill_overdue: bool,
}

/// Someone with another role.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Other {
    /// The role, in words.
    pub role: String,
    /// Who.
    pub who: Named,
}

/// A time in which no one watches.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct UncoveredTime {
    /// The day on which it begins.
    pub day: Day,
    /// From this time.
    #[serde(serialize_with = "time")]
    pub from: NaiveTime,
    /// The day on which it ends.
    pub to_day: Day,
    /// To this time.
    #[serde(serialize_with = "time")]
    pub to: NaiveTime,
    /// How many hours it has.
    pub hours: Number,
}

/// A day of the week.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct OfDay {
    /// The day.
    pub day: Day,
    /// How many of its hours no one watches.
    pub uncovered_hours: Number,
    /// When.
    pub uncovered: Vec<Hours>,
}

/// Some hours of a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Hours {
    /// From this time.
    pub from: String,
    /// To this time; `24:00` is the end of the day.
    pub to: String,
}

impl Emergency {
    /// Computes the call sheet.
    pub(crate) fn of(request: &ReportRequest<'_>) -> Emergency {
        let (as_of, concern) = (request.as_of(), Concern::of(request));
        let committees = committees(as_of);
        let gaps = if committees.is_empty() { Vec::new() } else { gaps(&shifts(as_of, &committees)) };
        // People on call without a phone number are named, and their hours count as uncovered.
        let on_duty = roster(as_of, &committees);
        let shifts: Vec<Shift<'_>> =
            on_duty.into_iter().filter(|shift| concern.is_own(&Named::record(shift.advocate))).collect();
        let moment = request.now.map(|now| Moment::of(request.today, now));
        let (on_watch, next) = moment.map(|moment| now_and_next(&shifts, moment)).unwrap_or_default();
        let midnight = Moment::of(request.today, NaiveTime::MIN);
        let mut today: Vec<&Shift<'_>> = shifts.iter().filter(|shift| shift.is_on(request.today.weekday())).collect();
        today.sort_by_key(|shift| shift.begins_in(midnight));
        let shown: Vec<OnCall> = committees
            .iter()
            .filter(|committee| concern.touches_key(&committee.key))
            .map(|committee| on_call(request, committee))
            .collect();
        let people = reach::people(request, &shown, &shifts);
        let free: u32 = gaps.iter().map(|gap| gap.seconds).sum();
        Emergency {
            now: request.now,
            committee_missing: is_without_committee(as_of),
            on_watch,
            next,
            today_roster: today.into_iter().map(watch).collect(),
            committees: shown,
            details_withheld: people.iter().any(|one| one.withheld),
            people,
            uncovered_hours: (!committees.is_empty()).then(|| hours(free)),
            uncovered: gaps.iter().map(|gap| free_of(*gap)).collect(),
            days: if committees.is_empty() {
                Vec::new()
            } else {
                Day::ALL.iter().map(|day| of_day(*day, &gaps)).collect()
            },
            week: shifts.iter().map(watch).collect(),
        }
    }
}

/// Who can be reached at a moment, and who begins next.
fn now_and_next(shifts: &[Shift<'_>], moment: Moment) -> (Vec<OnWatch>, Vec<OnWatch>) {
    let now = shifts.iter().filter(|shift| shift.covers(moment)).map(watch).collect();
    let ahead = || shifts.iter().filter(|shift| !shift.covers(moment));
    let soonest = ahead().map(|shift| shift.begins_in(moment)).min();
    let next = ahead().filter(|shift| Some(shift.begins_in(moment)) == soonest).map(watch).collect();
    (now, next)
}

fn watch(shift: &Shift<'_>) -> OnWatch {
    OnWatch {
        who: Named::record(shift.advocate),
        committee: Named::record(shift.committee),
        day: shift.from.day(),
        from: shift.from.time(),
        to_day: shift.to().day(),
        to: shift.to().time(),
    }
}

fn on_call(request: &ReportRequest<'_>, committee: &Record<Committee>) -> OnCall {
    let (as_of, ledger) = (request.as_of(), request.ledger);
    let named = |people: Vec<&At<AdvocateId>>| people.into_iter().map(|one| Named::of(ledger, &one.value)).collect();
    let others = held_seats(as_of, committee, |role| !is_chair(role) && !is_deputy(role));
    let drill = Drill::of(as_of, committee);
    OnCall {
        committee: Named::record(committee),
        chairs: named(holders(as_of, committee, is_chair)),
        deputies: named(deputies(as_of, committee)),
        others: others
            .filter_map(|seat| Some(Other { role: role_words(seat), who: Named::at(ledger, &seat.advocate)? }))
            .collect(),
        spokesperson: Named::serving(as_of, &committee.spokesperson),
        powers: prose(&committee.powers),
        last_drill: drill.last,
        next_drill_due: drill.due,
        drill_overdue: drill.is_overdue(as_of),
    }
}

fn free_of(gap: CoverageGap) -> UncoveredTime {
    let (from, to) = (gap.from, gap.to());
    UncoveredTime { day: from.day(), from: from.time(), to_day: to.day(), to: to.time(), hours: hours(gap.seconds) }
}

/// What lies of the gaps on one day of the week.
fn of_day(day: Day, gaps: &[CoverageGap]) -> OfDay {
    let start = u32::try_from(day.index()).unwrap_or_default() * DAY;
    let mut parts: Vec<(u32, u32)> = Vec::new();
    for gap in gaps {
        let from = gap.from.seconds();
        // A gap that runs over the end of the week lies at its beginning too.
        for from in [i64::from(from), i64::from(from) - i64::from(WEEK)] {
            let to = (from + i64::from(gap.seconds) - i64::from(start)).clamp(0, i64::from(DAY));
            let from = (from - i64::from(start)).clamp(0, i64::from(DAY));
            if let (Ok(from), Ok(to)) = (u32::try_from(from), u32::try_from(to))
                && from < to
            {
                parts.push((from, to));
            }
        }
    }
    parts.sort_unstable();
    let clock = |seconds: u32| format!("{:02}:{:02}", seconds / HOUR, seconds % HOUR / 60);
    OfDay {
        day,
        uncovered_hours: hours(parts.iter().map(|(from, to)| to - from).sum()),
        uncovered: parts.into_iter().map(|(from, to)| Hours { from: clock(from), to: clock(to) }).collect(),
    }
}

fn hours(seconds: u32) -> Number {
    Number(Decimal::from(seconds).checked_div(Decimal::from(HOUR)).unwrap_or_default().round_dp(2))
}

/// A time of day for programs: hours and minutes.
#[allow(clippy::trivially_copy_pass_by_ref)] // serde calls it so
fn time<S: Serializer>(time: &NaiveTime, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(&time.format("%H:%M"))
}

#[allow(clippy::ref_option)] // serde calls it so
fn opt_time<S: Serializer>(value: &Option<NaiveTime>, serializer: S) -> Result<S::Ok, S::Error> {
    match value {
        Some(value) => time(value, serializer),
        None => serializer.serialize_none(),
    }
}

#[cfg(test)]
mod tests;
