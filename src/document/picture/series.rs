//! Values over time, and the straight line on which they would reach a target.

use crate::document::words;
use crate::document::{Line, Side, Table};
use chrono::NaiveDate;
use rust_decimal::Decimal;
use std::cmp::Ordering;

/// A value on a day.
pub(crate) type Point = (NaiveDate, Decimal);

/// Values over time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Series {
    unit: String,
    points: Vec<Point>,
    way: Option<(Point, Point)>,
    target: Option<Decimal>,
    today: NaiveDate,
}

impl Series {
    /// Values of a unit, seen from a day.
    pub(crate) fn new(
        unit: impl Into<String>,
        points: impl IntoIterator<Item = (NaiveDate, Decimal)>,
        today: NaiveDate,
    ) -> Series {
        let mut points: Vec<Point> = points.into_iter().collect();
        points.sort_by_key(|(day, _)| *day);
        Series { unit: unit.into(), points, way: None, target: None, today }
    }

    /// The same with a value to reach, whenever that is.
    pub(crate) fn toward(self, target: Decimal) -> Series {
        Series { target: Some(target), ..self }
    }

    /// The same with a straight line from a value on a day to the one to reach on another.
    pub(crate) fn along(self, from: (NaiveDate, Decimal), to: (NaiveDate, Decimal)) -> Series {
        if from.0 < to.0 { Series { way: Some((from, to)), target: Some(to.1), ..self } } else { self.toward(to.1) }
    }

    /// What is counted; empty where no one said.
    pub(crate) fn unit(&self) -> &str {
        &self.unit
    }

    /// The values, the earliest first.
    pub(crate) fn points(&self) -> &[Point] {
        &self.points
    }

    /// Both ends of the straight line to the target.
    pub(crate) fn way(&self) -> Option<(Point, Point)> {
        self.way
    }

    /// The value to reach.
    pub(crate) fn target(&self) -> Option<Decimal> {
        self.target
    }

    /// The day from which it is seen.
    pub(crate) fn today(&self) -> NaiveDate {
        self.today
    }

    /// Where the straight line to the target is on a day; before it begins and after it ends, where its end is.
    pub(crate) fn expected(&self, day: NaiveDate) -> Option<Decimal> {
        let ((from, low), (to, high)) = self.way?;
        interpolate((from, low), (to, high), day)
    }

    /// The value on a day between two measurements, as on the line that is drawn.
    pub(crate) fn value(&self, day: NaiveDate) -> Option<Decimal> {
        let after = self.points.iter().position(|(at, _)| *at >= day)?;
        let to = *self.points.get(after)?;
        match after.checked_sub(1).and_then(|before| self.points.get(before)) {
            Some(from) => interpolate(*from, to, day),
            None => Some(to.1),
        }
    }

    /// What the drawing shows, in words.
    pub(crate) fn describe(&self) -> String {
        let (Some((first_day, first)), Some((last_day, last))) = (self.points.first(), self.points.last()) else {
            return String::new();
        };
        let unit = if self.unit.is_empty() { String::new() } else { format!(" {}", self.unit) };
        let date = words::format_date;
        let number = words::number;
        let course = match first.cmp(last) {
            Ordering::Equal => format!("Unchanged at {}{unit}", number(*last)),
            _ => format!("From {} to {}{unit}", number(*first), number(*last)),
        };
        let course = format!("{course} between {} and {}.", date(*first_day), date(*last_day));
        let Some(target) = self.target else { return course };
        let Some((_, (due, _))) = self.way else { return format!("{course} The target is {}.", number(target)) };
        let expected = self.expected(*last_day).map(|expected| expected.round_dp(1).normalize());
        let expected = expected.map(|expected| format!(" was at {} then and", number(expected))).unwrap_or_default();
        let ends = if due < self.today { "ended" } else { "ends" };
        format!("{course} The straight line to the target{expected} {ends} at {} on {}.", number(target), date(due))
    }

    /// The values as a table, beside those on the straight line.
    pub(crate) fn table(&self) -> Table {
        let unit = if self.unit.is_empty() { "Measured".to_owned() } else { words::capitalize(&self.unit) };
        let mut columns = vec![("Date".to_owned(), Side::Left), (unit, Side::Right)];
        if self.way.is_some() {
            columns.push(("On the line to the target".to_owned(), Side::Right));
        }
        let mut table = Table::new(columns);
        let figure = |value: Decimal| Line::from(words::number(value.round_dp(1).normalize()));
        for (day, value) in &self.points {
            let expected = self.expected(*day).map(figure).unwrap_or_default();
            table.row([words::format_date(*day).into(), words::number(*value).into(), expected]);
        }
        table
    }

    pub(super) fn shows_something(&self) -> bool {
        let first = self.points.first();
        self.points.len() > 1 && first.map(|(day, _)| day) != self.points.last().map(|(day, _)| day)
    }

    pub(super) fn rewrite(&mut self, by: &dyn Fn(&str) -> String) {
        self.unit = by(&self.unit);
    }

    pub(super) fn lines(&self) -> Vec<String> {
        vec![self.unit.clone()]
    }
}

/// The value on a day of the straight line between two points, and of its ends beyond them.
fn interpolate(from: Point, to: Point, day: NaiveDate) -> Option<Decimal> {
    if day <= from.0 {
        return Some(from.1);
    }
    if day >= to.0 {
        return Some(to.1);
    }
    let (done, whole) = ((day - from.0).num_days(), (to.0 - from.0).num_days());
    let share = Decimal::from(done).checked_div(Decimal::from(whole))?;
    from.1.checked_add(to.1.checked_sub(from.1)?.checked_mul(share)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn series() -> Series {
        let points = [(day("2026-03-01"), 8.into()), (day("2026-01-01"), 4.into())];
        Series::new("hours a week", points, day("2026-03-02"))
    }

    #[test]
    fn a_series_says_itself_in_words() {
        let words = series().describe();
        assert_eq!(words, "From 4 to 8 hours a week between January 1, 2026 and March 1, 2026.");
        let words = series().along((day("2026-01-01"), 4.into()), (day("2026-12-31"), 16.into())).describe();
        assert!(
            words.ends_with("The straight line to the target was at 5.9 then and ends at 16 on December 31, 2026."),
            "{words}"
        );
        assert!(series().toward(16.into()).describe().ends_with("The target is 16."));
    }

    #[test]
    fn values_between_two_days_are_on_the_line_between_them() {
        let series = series().along((day("2026-01-01"), 0.into()), (day("2026-01-11"), 10.into()));
        assert_eq!(series.expected(day("2026-01-06")), Some(5.into()));
        assert_eq!(series.expected(day("2027-01-01")), Some(10.into()));
        assert_eq!(series.value(day("2025-01-01")), Some(4.into()));
        assert_eq!(series.value(day("2026-03-02")), None, "no one has measured it yet");
    }

    #[test]
    fn one_day_is_no_series() {
        let point = (day("2026-01-01"), Decimal::ONE);
        assert!(!Series::new("", [point], day("2026-03-02")).shows_something());
        assert!(!Series::new("", [point, point], day("2026-03-02")).shows_something());
        assert!(series().shows_something());
    }
}
