//! Quarters of the calendar year.

use chrono::{Datelike, Days, Months, NaiveDate};
use serde::Serialize;

/// A quarter of a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(crate) struct Quarter {
    /// Its first day.
    pub from: NaiveDate,
    /// Its last day.
    pub to: NaiveDate,
}

impl Quarter {
    /// The quarter of a day and those before it, so many in all, the earliest first.
    pub(crate) fn last(count: u32, today: NaiveDate) -> Vec<Quarter> {
        let month = today.month0() / 3 * 3 + 1;
        let Some(current) = NaiveDate::from_ymd_opt(today.year(), month, 1) else { return Vec::new() };
        let earlier = |months: u32| current.checked_sub_months(Months::new(months));
        let of = |from: NaiveDate| {
            let to = from.checked_add_months(Months::new(3))?.checked_sub_days(Days::new(1))?;
            Some(Quarter { from, to })
        };
        (0..count).rev().map(|quarters| quarters * 3).filter_map(earlier).filter_map(of).collect()
    }

    /// Whether a day lies in it.
    pub(crate) fn has(&self, date: NaiveDate) -> bool {
        (self.from..=self.to).contains(&date)
    }

    /// Its name for programs: `2026-Q1`.
    pub(crate) fn name(&self) -> String {
        format!("{}-Q{}", self.from.year(), self.from.month0() / 3 + 1)
    }

    /// Its number and year, where space is short: `Q1 2026`.
    pub(crate) fn short_words(&self) -> String {
        format!("Q{} {}", self.from.month0() / 3 + 1, self.from.year())
    }

    /// The names of quarters that come one after the other, with each year once: `Q3 2025`, `Q4`, `Q1 2026`.
    pub(crate) fn headings(quarters: impl IntoIterator<Item = Quarter>) -> Vec<String> {
        let mut year = None;
        let heading = |quarter: Quarter| {
            let words = quarter.short_words();
            let is_new = year.replace(quarter.from.year()) != Some(quarter.from.year());
            words.split(' ').take(if is_new { 2 } else { 1 }).collect::<Vec<_>>().join(" ")
        };
        quarters.into_iter().map(heading).collect()
    }

    /// Its months: `Jan–Mar 2026`.
    pub(crate) fn words(&self) -> String {
        format!("{}\u{2013}{}", self.from.format("%b"), self.to.format("%b %Y"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_quarters_end_with_the_current_one() {
        let words = |today: &str| -> Vec<String> {
            Quarter::last(4, today.parse().unwrap()).iter().map(Quarter::words).collect()
        };
        let expected = ["Jan–Mar 2026", "Apr–Jun 2026", "Jul–Sep 2026", "Oct–Dec 2026"];
        assert_eq!(words("2026-11-22"), expected);
        assert_eq!(words("2026-10-01"), expected);
        assert_eq!(words("2026-02-28")[..2], ["Apr–Jun 2025", "Jul–Sep 2025"]);
        let names: Vec<String> = Quarter::last(2, "2026-02-28".parse().unwrap()).iter().map(Quarter::name).collect();
        assert_eq!(names, ["2025-Q4", "2026-Q1"]);
        let headings = Quarter::headings(Quarter::last(6, "2026-02-28".parse().unwrap()));
        assert_eq!(headings, ["Q4 2024", "Q1 2025", "Q2", "Q3", "Q4", "Q1 2026"]);
    }
}
