//! Dates, times, figures and lists as a person reads them.

use crate::record::value::Number;
use chrono::{NaiveDate, NaiveTime};

/// A date in words: `3 November 2026`.
pub fn day(date: NaiveDate) -> String {
    date.format("%-d %B %Y").to_string()
}

/// A date in few letters, for the axis of a chart: `3 Nov 2026`.
pub fn short_day(date: NaiveDate) -> String {
    date.format("%-d %b %Y").to_string()
}

/// A time of day: `18:30`.
pub fn time(time: NaiveTime) -> String {
    time.format("%H:%M").to_string()
}

/// A number with commas between thousands: `5,600`.
pub fn figure(number: Number) -> String {
    let plain = number.to_string();
    let (sign, digits) = plain.strip_prefix('-').map_or(("", plain.as_str()), |digits| ("-", digits));
    let (whole, fraction) = digits.split_at(digits.find('.').unwrap_or(digits.len()));
    let mut grouped = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at) % 3 == 0 {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    format!("{sign}{grouped}{fraction}")
}

/// Several things in one sentence: `a, b and c`.
pub fn list(things: &[String]) -> String {
    match things {
        [] => String::new(),
        [only] => only.clone(),
        [others @ .., last] => format!("{} and {last}", others.join(", ")),
    }
}

/// A word of the ledger in plain letters: `early-literacy` becomes `early literacy`.
pub fn plain(slug: &str) -> String {
    slug.replace('-', " ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use rust_decimal::Decimal;

    #[test]
    fn dates_and_times_read_as_spoken() {
        let date = NaiveDate::from_ymd_opt(2026, 11, 3).unwrap();
        assert_eq!(day(date), "3 November 2026");
        assert_eq!(short_day(date), "3 Nov 2026");
        assert_eq!(time(NaiveTime::from_hms_opt(9, 5, 0).unwrap()), "09:05");
    }

    #[test]
    fn thousands_are_set_apart() {
        let shown = |text: &str| figure(Number(text.parse::<Decimal>().unwrap()));
        assert_eq!(shown("5600"), "5,600");
        assert_eq!(shown("-1234567.50"), "-1,234,567.5");
        assert_eq!(shown("999"), "999");
        assert_eq!(shown("0"), "0");
    }

    #[test]
    fn lists_end_in_and() {
        let words = |text: &str| list(&text.split(' ').map(str::to_owned).collect::<Vec<_>>());
        assert_eq!(words("a"), "a");
        assert_eq!(words("a b"), "a and b");
        assert_eq!(words("a b c"), "a, b and c");
        assert_eq!(list(&[]), "");
    }
}
