//! A beginning and an end as people write them together: `6:30pm to 8pm`, `6:30-8pm`, `March 1 to March 15`.

use super::{Reading, Tense, read_date, read_time};
use chrono::{NaiveDate, NaiveTime};

/// What people put between the two; those with letters stand between spaces.
const BETWEEN: [&str; 7] = [" to ", " until ", " till ", " through ", "\u{2013}", "\u{2014}", "-"];

/// Two times of day. A beginning that could be in the morning or in the evening is the last one before the end, as in `6:30-8pm`.
pub(crate) fn read_times(text: &str) -> Option<(NaiveTime, NaiveTime)> {
    halves(text).into_iter().find_map(|(from, to)| {
        let to = read_time(to).certain()?;
        let from = match read_time(from) {
            Reading::Certain(from) => from,
            Reading::Ambiguous(times) => times.into_iter().filter(|from| *from < to).max()?,
            Reading::Unknown => return None,
        };
        Some((from, to))
    })
}

/// Two days, each of which is certain, in their order.
pub(crate) fn read_dates(text: &str, today: NaiveDate, tense: Tense) -> Option<(NaiveDate, NaiveDate)> {
    halves(text).into_iter().find_map(|(from, to)| {
        let day = |text: &str| read_date(text, today, tense).certain();
        let (from, to) = (day(from)?, day(to)?);
        (from <= to).then_some((from, to))
    })
}

/// The ways to part a text in two.
fn halves(text: &str) -> Vec<(&str, &str)> {
    let text = text.trim();
    let text = text.strip_prefix("from ").unwrap_or(text);
    let parted = BETWEEN.iter().flat_map(|between| text.match_indices(between).map(|(at, found)| (at, found.len())));
    parted.filter_map(|(at, length)| Some((text.get(..at)?.trim(), text.get(at + length..)?.trim()))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_beginning_and_an_end_are_read_together() {
        for (text, from, to) in [
            ("6:30pm to 8pm", "18:30:00", "20:00:00"),
            ("6:30-8pm", "18:30:00", "20:00:00"),
            ("6:30pm \u{2013} 8:00pm", "18:30:00", "20:00:00"),
            ("from 9 to 1pm", "09:00:00", "13:00:00"),
            ("9am until noon", "09:00:00", "12:00:00"),
            ("18:30-20:00", "18:30:00", "20:00:00"),
        ] {
            assert_eq!(read_times(text), Some((from.parse().unwrap(), to.parse().unwrap())), "{text}");
        }
        for text in ["6:30pm", "6:30 to 8", "soon to late", "8pm-"] {
            assert_eq!(read_times(text), None, "{text}");
        }
        let today = "2026-11-22".parse().unwrap();
        let days = |text: &str| read_dates(text, today, Tense::Future);
        let expected = Some(("2027-03-01".parse().unwrap(), "2027-03-15".parse().unwrap()));
        assert_eq!(days("March 1 to March 15"), expected);
        assert_eq!(days("2027-03-01 - 2027-03-15"), expected);
        assert!(days("2027-03-01").is_none() && days("March 15, 2027 to March 1, 2027").is_none());
    }
}
