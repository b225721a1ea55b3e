//! Committees: their purpose, their seats and who is on call in an emergency.

use super::table::table;
use super::value::{AdvocateId, List, MemberId, Opt, Prose, Slug, choices};
use chrono::{NaiveDate, NaiveTime};

table! {
    /// A group that works or decides for the coalition. Each has a file in `committees/`.
    pub struct Committee as "a committee" {
        /// The purpose of the committee.
        purpose: Opt<Prose> = "\"Prepares the meetings and keeps the books.\"",
        /// The first day of the committee's work.
        start_date: Opt<NaiveDate> = "2025-01-01",
        /// The last day of the committee's work. After it, the checks do not look at the committee.
        end_date: Opt<NaiveDate> = "2026-12-31",
        /// Whether this is an emergency committee, which decides for the coalition when there is no time to meet.
        emergency: Opt<bool> = "true",
        /// What the committee may decide alone.
        powers: Opt<Prose> = "\"May issue a statement and call members to a hearing.\"",
        /// The date of the last emergency drill.
        [past] last_drill: Opt<NaiveDate> = "2026-01-20",
        /// The person who speaks to the press.
        spokesperson: Opt<AdvocateId> = "\"rosa-delgado\"",
        /// The seats of the committee, including vacant ones.
        seats: List<Seat> = "[[seats]]\nrole = \"chair\"\nadvocate = \"rosa-delgado\"\non_behalf_of = \"millbrook-friends\"\nstart_date = 2025-01-01\nend_date = 2026-12-31",
        /// Who is on call in an emergency, and when.
        watch: List<Watch> = "[[watch]]\nadvocate = \"rosa-delgado\"\ndays = [\"mon\", \"tue\"]\nfrom = 08:00:00\nto = 20:00:00",
    }
    order { start_date <= end_date; }
}

table! {
    /// A seat on a committee.
    pub struct Seat as "a seat" {
        /// The role: `chair`, `deputy`, `secretary`, `treasurer`, `member`, or your own word.
        role: Opt<Slug> = "\"chair\"",
        /// The person who has the seat. Leave it out if the seat is vacant.
        advocate: Opt<AdvocateId> = "\"rosa-delgado\"",
        /// The member this person represents in the seat.
        on_behalf_of: Opt<MemberId> = "\"millbrook-friends\"",
        /// The first day of the term.
        start_date: Opt<NaiveDate> = "2025-01-01",
        /// The last day of the term.
        end_date: Opt<NaiveDate> = "2026-12-31",
    }
    keyed by (role, advocate, start_date);
    order { start_date <= end_date; }
}

choices! {
    /// A day of the week.
    pub enum Day {
        Monday = "mon": "Monday",
        Tuesday = "tue": "Tuesday",
        Wednesday = "wed": "Wednesday",
        Thursday = "thu": "Thursday",
        Friday = "fri": "Friday",
        Saturday = "sat": "Saturday",
        Sunday = "sun": "Sunday",
    }
}

table! {
    /// Hours in which someone is on call.
    pub struct Watch as "a watch" {
        /// The person on call.
        [required] advocate: Opt<AdvocateId> = "\"rosa-delgado\"",
        /// The days of the week on which these hours begin.
        [required] days: List<Day> = "[\"mon\", \"tue\"]",
        /// The start time.
        [required] from: Opt<NaiveTime> = "08:00:00",
        /// The end time. If it is not later than `from`, it is on the next day.
        [required] to: Opt<NaiveTime> = "20:00:00",
    }
    keyed by (advocate, days, from);
}

impl Committee {
    /// Whether the committee works on a day. A missing date sets no limit.
    pub fn is_at_work(&self, on: NaiveDate) -> bool {
        self.start_date.as_ref().is_none_or(|start| start.value <= on)
            && self.end_date.as_ref().is_none_or(|end| on <= end.value)
    }
}

impl Seat {
    /// Whether the term covers a day. A missing date sets no limit.
    pub fn is_current(&self, on: NaiveDate) -> bool {
        self.start_date.as_ref().is_none_or(|start| start.value <= on)
            && self.end_date.as_ref().is_none_or(|end| on <= end.value)
    }
}
