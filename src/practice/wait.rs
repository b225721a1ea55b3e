//! The days that have passed since something, and the limit on them.

use crate::document::words;
use crate::ledger::AsOf;
use crate::record::value::Opt;
use chrono::{Days, NaiveDate};

/// The days that have passed since a day, and the limit on them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Wait {
    /// The day from which it counts.
    pub since: NaiveDate,
    /// The days that have passed.
    pub days: i64,
    /// The most days that may pass.
    pub limit: i64,
}

impl Wait {
    /// The time since a day.
    pub(crate) fn new(as_of: AsOf<'_>, since: NaiveDate, limit: i64) -> Wait {
        Wait { since, days: as_of.days_since(since), limit }
    }

    /// The time since the last day on which something was done, and never from before it had to be done.
    pub(crate) fn since_last(
        as_of: AsOf<'_>,
        last: Option<NaiveDate>,
        start: Option<NaiveDate>,
        limit: i64,
    ) -> Option<Wait> {
        last.max(start).map(|since| Wait::new(as_of, since, limit))
    }

    /// The time since the last contact, and never from before there could have been one, or before the day from which the
    /// coalition records contacts.
    pub(crate) fn since_contact(
        as_of: AsOf<'_>,
        last: Option<NaiveDate>,
        start: Option<NaiveDate>,
        limit: i64,
    ) -> Option<Wait> {
        let recorded = as_of.policy().contacts_since().filter(|day| *day <= as_of.today);
        last.max(start).map(|since| Wait::new(as_of, Some(since).max(recorded).unwrap_or(since), limit))
    }

    /// Whether more days have passed than the limit.
    pub(crate) fn is_over(&self) -> bool {
        self.days > self.limit
    }

    /// After something that last happened on that day: `in 97 days (limit 90; last on 2026-03-10)`.
    pub(crate) fn words(&self) -> String {
        format!("in {} (limit {}; last on {})", words::days(self.days), self.limit, self.since)
    }

    /// After something that has not happened since it had to: `in the 97 days since 2026-03-10 (limit 90)`.
    pub(crate) fn words_since(&self) -> String {
        format!("in the {} since {} (limit {})", words::days(self.days), self.since, self.limit)
    }

    /// The last day that is allowed.
    pub(crate) fn due(&self) -> NaiveDate {
        let days = Days::new(u64::try_from(self.limit).unwrap_or_default());
        self.since.checked_add_days(days).unwrap_or(NaiveDate::MAX)
    }
}

/// The day from which something counts that was never done: the record's own start, but no day before the coalition was
/// founded, for no one could have done it earlier.
pub(crate) fn start(as_of: AsOf<'_>, begun: &Opt<NaiveDate>) -> Option<NaiveDate> {
    let founded = as_of.past(&as_of.ledger.root.founded);
    as_of.start(begun).max(founded).filter(|_| as_of.start(begun).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::Ledger;
    use crate::record::value::At;
    use crate::source::Span;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn the_last_day_is_still_allowed() {
        let ledger = Ledger::default();
        let wait = |today| Wait::new(AsOf::new(&ledger, date(today)), date("2026-01-01"), 10);
        assert!(!wait("2026-01-11").is_over() && wait("2026-01-12").is_over());
        assert_eq!(wait("2026-01-05").due(), date("2026-01-11"));
    }

    #[test]
    fn a_wait_is_told_with_its_day_and_its_limit() {
        let ledger = Ledger::default();
        let wait = |limit| Wait::new(AsOf::new(&ledger, date("2026-06-15")), date("2026-03-10"), limit);
        assert_eq!(wait(90).words(), "in 97 days (limit 90; last on 2026-03-10)");
        assert_eq!(wait(1).words_since(), "in the 97 days since 2026-03-10 (limit 1)");
    }

    #[test]
    fn nothing_counts_from_before_the_coalition() {
        let at = |day| Some(At { value: date(day), span: Span::START });
        let mut ledger = Ledger::default();
        let start_of = |ledger: &Ledger, begun| start(AsOf::new(ledger, date("2026-06-15")), &begun);
        assert_eq!(start_of(&ledger, None), None);
        assert_eq!(start_of(&ledger, at("2021-01-01")), Some(date("2021-01-01")));
        ledger.root.coalition.founded = at("2025-01-15");
        assert_eq!(start_of(&ledger, at("2021-01-01")), Some(date("2025-01-15")));
        assert_eq!(start_of(&ledger, at("2026-01-01")), Some(date("2026-01-01")));
        assert_eq!(start_of(&ledger, at("2026-07-01")), None, "it has not begun");
    }
}
