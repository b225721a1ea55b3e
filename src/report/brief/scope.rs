//! The time that a brief looks at: what is news, what is near.

use super::DAYS_AHEAD;
use crate::ledger::{AsOf, Ledger};
use crate::record::value::Opt;
use crate::report::Request;
use chrono::NaiveDate;

/// What all parts of the brief look at.
pub(super) struct Scope<'l> {
    pub request: Request<'l>,
    pub here: AsOf<'l>,
    pub ledger: &'l Ledger,
    pub today: NaiveDate,
    since: Option<NaiveDate>,
    horizon: NaiveDate,
}

impl<'l> Scope<'l> {
    pub fn new(request: &Request<'l>, since: Option<NaiveDate>) -> Scope<'l> {
        let today = request.today;
        let here = request.here();
        let horizon = here.in_days(DAYS_AHEAD);
        Scope { request: *request, here, ledger: request.ledger, today, since, horizon }
    }

    /// Whether a day is news: that of the last meeting or later, and not to come. What was settled at a meeting is told in
    /// the brief for the next.
    pub fn is_news(&self, date: NaiveDate) -> bool {
        self.since.is_none_or(|since| since <= date) && date <= self.today
    }

    /// Whether a day is that of the last meeting or news; without a meeting, one of the last year.
    pub fn is_recent(&self, date: NaiveDate) -> bool {
        self.since.map_or(self.here.is_of_last_year(date), |since| since <= date && date <= self.today)
    }

    /// The day of a field, if it is news.
    pub fn news(&self, date: &Opt<NaiveDate>) -> Option<NaiveDate> {
        date.as_ref().map(|date| date.value).filter(|date| self.is_news(*date))
    }

    /// Whether the day of a field has come.
    pub fn has_come(&self, date: &Opt<NaiveDate>) -> bool {
        self.here.has_come(date)
    }

    /// Whether a day is one of the next weeks'.
    pub fn is_ahead(&self, date: NaiveDate) -> bool {
        (self.today..=self.horizon).contains(&date)
    }

    /// Whether a day has passed or is near.
    pub fn is_due(&self, date: NaiveDate) -> bool {
        date <= self.horizon
    }
}
