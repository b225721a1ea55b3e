//! Committees: their purpose, their seats and who watches in an emergency.

use super::table::table;
use super::value::{AdvocateId, List, MemberId, Opt, Prose, Slug, choices};
use chrono::{NaiveDate, NaiveTime};

table! {
    /// A group that works or decides for the coalition: one file for each in `committees/`.
    pub struct Committee as "a committee" {
        /// What it is for.
        purpose: Opt<Prose> = "\"Prepares the meetings and keeps the books.\"",
        /// The first day of its work.
        start_date: Opt<NaiveDate> = "2025-01-01",
        /// The last day of its work. From the next day on nothing is asked of it.
        end_date: Opt<NaiveDate> = "2026-12-31",
        /// Whether it decides for the coalition when there is no time to meet.
        emergency: Opt<bool> = "true",
        /// What it may decide alone.
        powers: Opt<Prose> = "\"May issue a statement and call members to a hearing.\"",
        /// The day it last tried out an emergency.
        [past] last_drill: Opt<NaiveDate> = "2026-01-20",
        /// The advocate who speaks to the press.
        spokesperson: Opt<AdvocateId> = "\"rosa-delgado\"",
        /// Its seats, the vacant ones too.
        seats: List<Seat> = "[[seats]]\nrole = \"chair\"\nadvocate = \"rosa-delgado\"\non_behalf_of = \"millbrook-friends\"\nstart_date = 2025-01-01\nend_date = 2026-12-31",
        /// Who can be reached when, in an emergency.
        watch: List<Watch> = "[[watch]]\nadvocate = \"rosa-delgado\"\ndays = [\"mon\", \"tue\"]\nfrom = 08:00:00\nto = 20:00:00",
    }
    order { start_date <= end_date; }
}

table! {
    /// A seat on a committee.
    pub struct Seat as "a seat" {
        /// Its role: `chair`, `deputy`, `secretary`, `treasurer`, `member`, or a word of your own.
        role: Opt<Slug> = "\"chair\"",
        /// Who holds it. Without it, the seat is vacant.
        advocate: Opt<AdvocateId> = "\"rosa-delgado\"",
        /// The member on whose behalf.
        on_behalf_of: Opt<MemberId> = "\"millbrook-friends\"",
        /// The first day of the term.
        start_date: Opt<NaiveDate> = "2025-01-01",
        /// The last day of the term.
        end_date: Opt<NaiveDate> = "2026-12-31",
    }
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
    /// Hours in which someone can be reached.
    pub struct Watch as "a watch" {
        /// Who.
        [required] advocate: Opt<AdvocateId> = "\"rosa-delgado\"",
        /// On which days of the week it begins.
        [required] days: List<Day> = "[\"mon\", \"tue\"]",
        /// From this time of day.
        [required] from: Opt<NaiveTime> = "08:00:00",
        /// To this time of day; of the next day where it is not later than `from`.
        [required] to: Opt<NaiveTime> = "20:00:00",
    }
}

impl Committee {
    /// Whether it is at work on a day. Dates that are not given do not limit.
    pub fn is_at_work(&self, on: NaiveDate) -> bool {
        self.start_date.as_ref().is_none_or(|start| start.value <= on)
            && self.end_date.as_ref().is_none_or(|end| on <= end.value)
    }
}

impl Seat {
    /// Whether the term covers a day. Dates that are not given do not limit.
    pub fn is_current(&self, on: NaiveDate) -> bool {
        self.start_date.as_ref().is_none_or(|start| start.value <= on)
            && self.end_date.as_ref().is_none_or(|end| on <= end.value)
    }
}
