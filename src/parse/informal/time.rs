//! A time of day as people write it: `6pm`, `6:30 p.m.`, `18:30`, `noon`.

use super::Reading;
use chrono::NaiveTime;

/// What a text means as a time of day. `6:30` is half past six in the morning or in the evening.
pub(crate) fn read_time(text: &str) -> Reading<NaiveTime> {
    let lower: String = text.to_lowercase().chars().filter(|c| !c.is_whitespace() && *c != '.').collect();
    let dotted: String = text.to_lowercase().chars().filter(|c| !c.is_whitespace()).collect();
    match lower.as_str() {
        "noon" | "midday" => return Reading::of(time(12, 0, 0).into_iter().collect()),
        "midnight" => return Reading::of(time(0, 0, 0).into_iter().collect()),
        _ => {}
    }
    for (ending, is_evening) in [("am", false), ("pm", true), ("a", false), ("p", true)] {
        if let Some(clock) = lower.strip_suffix(ending) {
            return Reading::of(half_day(clock, is_evening).into_iter().collect());
        }
    }
    // 18h30, 18.30
    let text = dotted.trim_end_matches("uhr").replacen(['h', '.'], ":", 1);
    let Some((hour, rest)) = text.split_once(':') else {
        return match digits(&text) {
            Some(hour @ 1..=12) => halves(hour, 0),
            Some(hour) => Reading::of(time(hour, 0, 0).into_iter().collect()),
            None => Reading::Unknown,
        };
    };
    let Some((minute, second)) = minutes(if rest.is_empty() { "00" } else { rest }) else { return Reading::Unknown };
    match (hour.parse::<u32>().ok().filter(|_| hour.len() <= 2 && hour.bytes().all(|b| b.is_ascii_digit())), hour.len())
    {
        // Two digits are how a 24-hour clock writes the morning.
        (Some(hour @ 1..=9), 1) if second.is_none() => halves(hour, minute),
        (Some(hour), _) => Reading::of(time(hour, minute, second.unwrap_or(0)).into_iter().collect()),
        (None, _) => Reading::Unknown,
    }
}

/// A time as a 24-hour clock shows it, with or without seconds, in the form in which a record holds it: `18:30:00`.
pub(crate) fn read_clock(text: &str) -> Option<String> {
    let text = text.trim();
    let read = |form| NaiveTime::parse_from_str(text, form).ok();
    let time = read("%H:%M").or_else(|| read("%H:%M:%S")).filter(|_| text.len() >= 5)?;
    Some(write_time(time))
}

/// A time with its seconds, as all readers of TOML take it.
pub(crate) fn write_time(time: NaiveTime) -> String {
    time.format("%H:%M:%S").to_string()
}

fn time(hour: u32, minute: u32, second: u32) -> Option<NaiveTime> {
    NaiveTime::from_hms_opt(hour, minute, second)
}

/// A number of at most two digits.
fn digits(text: &str) -> Option<u32> {
    text.parse().ok().filter(|_| text.len() <= 2 && text.bytes().all(|b| b.is_ascii_digit()))
}

/// Minutes, and seconds if given.
fn minutes(text: &str) -> Option<(u32, Option<u32>)> {
    let two = |text: &str| digits(text).filter(|_| text.len() == 2);
    match text.split_once(':') {
        Some((minute, second)) => Some((two(minute)?, Some(two(second)?))),
        None => Some((two(text)?, None)),
    }
}

/// A time on a 12-hour clock.
fn half_day(clock: &str, is_evening: bool) -> Option<NaiveTime> {
    let (hour, minute) = match clock.split_once(':') {
        Some((hour, rest)) => (hour, minutes(rest)?.0),
        // 630pm, from "6.30pm"
        None if clock.len() >= 3 && clock.is_ascii() => {
            let (hour, minute) = clock.split_at(clock.len() - 2);
            (hour, minutes(minute)?.0)
        }
        None => (clock, 0),
    };
    let hour = digits(hour)?;
    if !(1..=12).contains(&hour) {
        return None;
    }
    time(hour % 12 + if is_evening { 12 } else { 0 }, minute, 0)
}

/// The hour in the evening or in the morning: meetings of volunteers are mostly in the evening, so that comes first.
fn halves(hour: u32, minute: u32) -> Reading<NaiveTime> {
    let hour = hour % 12;
    Reading::of([time(hour + 12, minute, 0), time(hour, minute, 0)].into_iter().flatten().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_as_people_write_them() {
        for (text, time) in [
            ("6pm", "18:00:00"),
            ("6 PM", "18:00:00"),
            ("6:30pm", "18:30:00"),
            ("6:30 p.m.", "18:30:00"),
            ("6.30pm", "18:30:00"),
            ("8am", "08:00:00"),
            ("12am", "00:00:00"),
            ("12 pm", "12:00:00"),
            ("noon", "12:00:00"),
            ("midnight", "00:00:00"),
            ("18:30", "18:30:00"),
            ("18:30:15", "18:30:15"),
            ("06:30", "06:30:00"),
            ("18h30", "18:30:00"),
            ("18h", "18:00:00"),
            ("18.30", "18:30:00"),
            ("18", "18:00:00"),
        ] {
            assert_eq!(read_time(text), Reading::Certain(time.parse().unwrap()), "{text}");
        }
        let both = |hour: u32| Reading::Ambiguous([hour + 12, hour].map(|hour| time(hour, 30, 0).unwrap()).to_vec());
        assert_eq!(read_time("6:30"), both(6));
        assert!(matches!(read_time("6"), Reading::Ambiguous(_)));
        for text in ["", "evening", "25:00", "13pm", "6:3", "6:75pm", "1830000", "6 bells", "-6pm", "+6", "ñpm", "ññpm"]
        {
            assert_eq!(read_time(text), Reading::Unknown, "{text}");
        }
    }
}
