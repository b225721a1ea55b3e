//! Values over time: a true time axis, the values that were measured, and the straight line to the target.

use super::{Anchor, SIZE, WIDTH, length, letters, lines, width, words, words_within};
use crate::document::{Series, words as dates};
use chrono::{Datelike, Months, NaiveDate};
use rust_decimal::Decimal;
use rust_decimal::prelude::{FromPrimitive, ToPrimitive};

/// The height of the plot itself.
const PLOT: f64 = 150.0;

/// How many points have a dot of their own.
const DOTS: usize = 40;

/// The most lines across the plot, and along it.
const STEPS: f64 = 5.0;

/// The height of the drawing, and its shapes.
pub(super) fn draw(series: &Series) -> (f64, String) {
    let (mut shapes, top) = legend(series);
    let top = top + 30.0;
    let plot = Plot::of(series, top);
    shapes.push_str(&plot.grid());
    shapes.push_str(&plot.today(series.today()));
    if let Some(((from, low), (to, high))) = series.way() {
        shapes.push_str(&plot.line("way", (from, low), (to, high)));
    } else if let Some(target) = series.target() {
        shapes.push_str(&plot.line("way", (plot.from, target), (plot.to, target)));
    }
    shapes.push_str(&plot.curve(series));
    (top + PLOT + 28.0, shapes)
}

/// What each line is, above the plot.
fn legend(series: &Series) -> (String, f64) {
    const START: f64 = 34.0;
    let measured = if series.unit().is_empty() { "Measured".to_owned() } else { dates::capitalize(series.unit()) };
    let number = |value: Decimal| dates::number(value);
    let target = match (series.way(), series.target()) {
        (Some((_, (due, target))), _) => {
            Some(format!("Line to the target: {} on {}", number(target), dates::format_date(due)))
        }
        (None, Some(target)) => Some(format!("Target: {}", number(target))),
        (None, None) => None,
    };
    let mut shapes = String::new();
    let mut y = 14.0;
    for (class, meaning) in std::iter::once(("curve", measured)).chain(target.map(|target| ("way", target))) {
        let middle = length(y - 5.0);
        shapes.push_str(&format!("<path class=\"{class}\" d=\"M0 {middle}H26\"/>\n"));
        let meaning = lines(&meaning, letters(WIDTH - START, SIZE), 1).concat();
        shapes.push_str(&words(&meaning, (START, y), Anchor::Start, ""));
        y += 22.0;
    }
    (shapes, y - 22.0)
}

/// The place of days and values.
struct Plot {
    from: NaiveDate,
    to: NaiveDate,
    low: f64,
    high: f64,
    step: f64,
    left: f64,
    top: f64,
}

impl Plot {
    fn of(series: &Series, top: f64) -> Plot {
        let ends = series.way().into_iter().flat_map(|(from, to)| [from, to]);
        let points = || series.points().iter().copied().chain(ends.clone());
        let days = points().map(|(day, _)| day).chain([series.today()]);
        let values = points().map(|(_, value)| value).chain(series.target());
        let values: Vec<f64> = values.filter_map(|value| value.to_f64()).collect();
        let (least, most) =
            values.iter().fold((f64::MAX, f64::MIN), |(low, high), value| (low.min(*value), high.max(*value)));
        // Small values begin at nothing; those far from it would be seen as one flat line then.
        let least = if least > 0.0 && least <= most / 2.0 { 0.0 } else { least };
        let step = step(most - least);
        let low = (least / step).floor() * step;
        let high = ((most / step).ceil() * step).max(low + step);
        let (from, to) = (days.clone().min(), days.max());
        let mut plot =
            Plot { from: from.unwrap_or_default(), to: to.unwrap_or_default(), low, high, step, left: 0.0, top };
        let widest = plot.values().iter().map(|value| width(&label(*value), SIZE)).fold(0.0, f64::max);
        plot.left = (widest + 10.0).min(WIDTH / 3.0);
        plot
    }

    /// The values that have a line across the plot.
    fn values(&self) -> Vec<f64> {
        let count = ((self.high - self.low) / self.step).round() as u32;
        (0..=count).map(|at| self.low + f64::from(at) * self.step).collect()
    }

    fn x(&self, day: NaiveDate) -> f64 {
        let (done, whole) = ((day - self.from).num_days() as f64, (self.to - self.from).num_days().max(1) as f64);
        self.left + done / whole * (WIDTH - self.left - 6.0)
    }

    fn y(&self, value: f64) -> f64 {
        self.top + (self.high - value) / (self.high - self.low) * PLOT
    }

    fn at(&self, (day, value): (NaiveDate, Decimal)) -> (f64, f64) {
        (self.x(day), self.y(value.to_f64().unwrap_or_default()))
    }

    /// The lines of round values with their figures, and the days below.
    fn grid(&self) -> String {
        let mut shapes = String::new();
        for value in self.values() {
            let y = self.y(value);
            let class = if value == self.low { "axis" } else { "rule" };
            shapes.push_str(&format!(
                "<path class=\"{class}\" d=\"M{} {}H{}\"/>\n",
                length(self.left),
                length(y),
                length(WIDTH)
            ));
            shapes.push_str(&words(&label(value), (self.left - 8.0, y + SIZE * 0.36), Anchor::End, "quiet"));
        }
        let bottom = self.top + PLOT;
        let days = days(self.from, self.to);
        for (day, name) in &days {
            let x = self.x(*day);
            shapes.push_str(&format!("<path class=\"axis\" d=\"M{} {}v5\"/>\n", length(x), length(bottom)));
            shapes.push_str(&words_within(name, (x, bottom + 22.0), "quiet"));
        }
        shapes
    }

    /// The day from which it is seen, where the axis goes on after it.
    fn today(&self, today: NaiveDate) -> String {
        if today <= self.from || today >= self.to {
            return String::new();
        }
        let x = self.x(today);
        let line =
            format!("<path class=\"today\" d=\"M{} {}V{}\"/>\n", length(x), length(self.top), length(self.top + PLOT));
        line + &words_within("today", (x, self.top - 6.0), "quiet")
    }

    fn line(&self, class: &str, from: (NaiveDate, Decimal), to: (NaiveDate, Decimal)) -> String {
        let ((x, y), (to_x, to_y)) = (self.at(from), self.at(to));
        format!("<path class=\"{class}\" d=\"M{} {}L{} {}\"/>\n", length(x), length(y), length(to_x), length(to_y))
    }

    /// The values that were measured, with dots, and the last one as a figure.
    fn curve(&self, series: &Series) -> String {
        let places: Vec<(f64, f64)> = series.points().iter().map(|point| self.at(*point)).collect();
        let way: Vec<String> = places.iter().map(|(x, y)| format!("{} {}", length(*x), length(*y))).collect();
        let mut shapes = format!("<path class=\"curve\" d=\"M{}\"/>\n", way.join("L"));
        if places.len() <= DOTS {
            let dot = |(x, y): &(f64, f64)| {
                format!("<circle class=\"dot\" cx=\"{}\" cy=\"{}\" r=\"4\"/>\n", length(*x), length(*y))
            };
            shapes.extend(places.iter().map(dot));
        }
        if let (Some((x, y)), Some((_, value))) = (places.last(), series.points().last()) {
            // Beside the last value, on the side where the straight line is not.
            let expected = series.points().last().and_then(|(day, _)| series.expected(*day));
            let is_above = expected.is_none_or(|expected| *value >= expected) && *y - 12.0 > self.top;
            let at = (*x, if is_above { y - 11.0 } else { y + 21.0 });
            let figure = words_within(&dates::number(*value), at, "figure");
            // The edge of the letters is behind them.
            shapes.push_str(&figure.replacen("<text ", "<text paint-order=\"stroke\" ", 1));
        }
        shapes
    }
}

/// A round step that divides a range into at most so many parts: one, two or five, times a power of ten.
fn step(range: f64) -> f64 {
    /// From one round step to the next: 1, 2, 5, 10.
    const LARGER: [f64; 3] = [2.0, 2.5, 2.0];
    /// The other way: 1, 0.5, 0.2, 0.1.
    const SMALLER: [f64; 3] = [2.0, 2.5, 2.0];
    const MOST: usize = 900;
    let mut step = 1.0;
    if !range.is_finite() || range <= 0.0 {
        return step;
    }
    for factor in LARGER.iter().cycle().take(MOST) {
        if range / step <= STEPS {
            break;
        }
        step *= factor;
    }
    for factor in SMALLER.iter().cycle().take(MOST).take_while(|_| range <= STEPS) {
        if range / (step / factor) > STEPS {
            break;
        }
        step /= factor;
    }
    step
}

/// A value on the axis, without the traces of its computation.
fn label(value: f64) -> String {
    Decimal::from_f64(value).map(|value| dates::number(value.round_dp(6).normalize())).unwrap_or_default()
}

/// The days below the axis with their names: first days of months or years, as many as have room.
fn days(from: NaiveDate, to: NaiveDate) -> Vec<(NaiveDate, String)> {
    let months = (to.year() - from.year()) * 12 + to.month0().cast_signed() - from.month0().cast_signed();
    let step =
        [1, 2, 3, 6, 12, 24, 60, 120, 600, 1_200, 6_000].into_iter().find(|step| months / step <= 4).unwrap_or(60_000);
    let first = from
        .with_day(1)
        .filter(|first| *first == from)
        .or_else(|| from.with_day(1)?.checked_add_months(Months::new(1)));
    let firsts = std::iter::successors(first, |day| day.checked_add_months(Months::new(1)));
    let is_round = |day: &NaiveDate| (day.year() * 12 + day.month0().cast_signed()) % step == 0;
    let name = |day: NaiveDate| day.format(if step < 12 { "%b %Y" } else { "%Y" }).to_string();
    let days: Vec<_> = firsts.take_while(|day| *day <= to).filter(is_round).map(|day| (day, name(day))).collect();
    if days.len() > 1 { days } else { [from, to].map(|day| (day, dates::short_day(day))).to_vec() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_round() {
        let steps = [4.0, 5.0, 12.0, 18.0, 90.0, 4700.0, 0.3, 1.0, 0.0].map(step);
        assert_eq!(steps, [1.0, 1.0, 5.0, 5.0, 20.0, 1000.0, 0.1, 0.2, 1.0]);
        assert!(step(f64::MAX).is_finite() && step(1e-300) > 0.0);
    }

    #[test]
    fn the_axis_names_round_days() {
        let names = |from: &str, to: &str| -> Vec<String> {
            days(from.parse().unwrap(), to.parse().unwrap()).into_iter().map(|(_, name)| name).collect()
        };
        assert_eq!(names("2025-11-20", "2026-12-31"), ["Jan 2026", "Apr 2026", "Jul 2026", "Oct 2026"]);
        assert_eq!(names("2026-01-03", "2026-01-20"), ["Jan 3, 2026", "Jan 20, 2026"]);
        assert_eq!(names("2016-06-01", "2026-12-31"), ["2020", "2025"]);
        assert_eq!(names("2024-02-01", "2026-12-31"), ["2025", "2026"]);
        assert!(names("0001-01-01", "9999-12-31").len() < 6);
    }
}
