//! What a value that is not certain is likely to mean: `about 10`, `2O26-11-01`, `10k`, the number that a spreadsheet gives a
//! day. A finding suggests it together with what a person has to check.

use super::expected::Form;
use super::informal::{Reading, Tense, Unit, read_amount, read_date, read_quantity};
use chrono::{Datelike as _, NaiveDate, Weekday};
use rust_decimal::Decimal;

/// Words and signs before a value that is not exact.
const ABOUT: [&str; 15] = [
    "approximately",
    "approx.",
    "approx",
    "around",
    "about",
    "circa",
    "ca.",
    "ca ",
    "c.",
    "over",
    "nearly",
    "~",
    "≈",
    ">",
    "<",
];

/// The value, as TOML, and what has to be checked of it.
pub(super) fn likely(form: &Form, name: &str, written: &str) -> Option<(String, &'static str)> {
    match form {
        Form::Date => likely_date(written),
        Form::Time => likely_time(written),
        Form::Whole | Form::Number | Form::Share => likely_number(form, name, written),
        Form::Amount => likely_amount(written),
        _ => None,
    }
}

fn date(written: &str) -> Option<NaiveDate> {
    // Two years: what differs is no date of its own.
    let seen_from = |year| match read_date(written, NaiveDate::from_ymd_opt(year, 6, 28)?, Tense::Past) {
        Reading::Certain(date) => Some(date),
        _ => None,
    };
    seen_from(2024).filter(|date| seen_from(2028) == Some(*date))
}

fn likely_date(written: &str) -> Option<(String, &'static str)> {
    if let Some(date) = written.parse().ok().and_then(of_spreadsheet) {
        return Some((date.to_string(), "if the number is what a spreadsheet made of that day"));
    }
    if let Some(date) = with_digits(written).and_then(|plain| date(&plain)) {
        return Some((date.to_string(), "with digits in place of letters"));
    }
    if let Some(date) = exact(written).and_then(date) {
        return Some((date.to_string(), "if that is the day"));
    }
    if let Some(date) = written.split_once([' ', 'T']).and_then(|(day, _)| date(day)).filter(|_| written.contains(':'))
    {
        return Some((date.to_string(), "without the time"));
    }
    let (weekday, rest) = written.split_once([',', ' '])?;
    let said: Weekday = weekday.parse().ok()?;
    let date = date(rest.trim())?;
    let caveat = match date.weekday() {
        weekday if weekday == said => "if that is the day",
        Weekday::Mon => "check the day: that is a Monday",
        Weekday::Tue => "check the day: that is a Tuesday",
        Weekday::Wed => "check the day: that is a Wednesday",
        Weekday::Thu => "check the day: that is a Thursday",
        Weekday::Fri => "check the day: that is a Friday",
        Weekday::Sat => "check the day: that is a Saturday",
        Weekday::Sun => "check the day: that is a Sunday",
    };
    Some((date.to_string(), caveat))
}

/// The day that spreadsheets store as this number, in the years in which records are written.
fn of_spreadsheet(number: u32) -> Option<NaiveDate> {
    let first = NaiveDate::from_ymd_opt(1899, 12, 30)?;
    let date = first.checked_add_days(chrono::Days::new(number.into()))?;
    (30_000..=65_000).contains(&number).then_some(date)
}

fn likely_time(written: &str) -> Option<(String, &'static str)> {
    let digits: String = written.chars().filter(char::is_ascii_digit).collect();
    if digits.starts_with("24") && digits.get(2..)?.bytes().all(|digit| digit == b'0') {
        return Some(("00:00:00".to_owned(), "midnight"));
    }
    let (hour, minute) = (written.get(..2)?, written.get(2..)?);
    let is_clock = digits == written && written.len() == 4 && hour < "24" && minute < "60";
    is_clock.then(|| (format!("{hour}:{minute}:00"), "if that is the time"))
}

fn likely_number(form: &Form, name: &str, written: &str) -> Option<(String, &'static str)> {
    if let Some(length) = length_of_clock(name, written).filter(|length| *form == Form::Number || length.is_integer()) {
        return Some((length.normalize().to_string(), "if that is how long it took"));
    }
    if let Some(share) = share_in_words(written).filter(|_| *form == Form::Share) {
        return Some((share.to_owned(), "if that is the share"));
    }
    if *form == Form::Whole && has_thousands_points(written) {
        return Some((written.replace('.', ""), "if the point separates thousands"));
    }
    let written = exact(written).unwrap_or(written);
    let end = written.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ','))).unwrap_or(written.len());
    let (digits, rest) = written.split_at(end);
    let number = read_quantity(digits.trim_end_matches(['.', ',']), None)?;
    let number = match rest.trim().to_lowercase().as_str() {
        "k" => number.checked_mul(Decimal::ONE_THOUSAND)?,
        rest if rest.starts_with(['-', '–', '/', ':']) => return None,
        _ => number,
    };
    let fits = *form != Form::Whole || number.is_integer();
    let fits = fits && (*form != Form::Share || number <= Decimal::ONE);
    fits.then(|| (number.normalize().to_string(), "if that is the number"))
}

/// The length that hours and minutes on a clock give, as a field of this name counts: `2:30`, `2h30`.
fn length_of_clock(name: &str, written: &str) -> Option<Decimal> {
    let (hours, minutes) = written.split_once([':', 'h'])?;
    let number = |text: &str| text.trim().trim_end_matches("min").trim_end_matches('m').parse::<u32>().ok();
    let minutes = number(minutes).filter(|minutes| *minutes < 60)? + number(hours)?.checked_mul(60)?;
    read_quantity(&format!("{minutes} minutes"), Unit::of_field(name))
}

fn share_in_words(written: &str) -> Option<&'static str> {
    Some(match written.to_lowercase().replace('-', " ").as_str() {
        "half" | "one half" | "a half" | "1/2" => "0.5",
        "two thirds" | "2/3" => "0.667",
        "one third" | "a third" | "1/3" => "0.334",
        "three quarters" | "3/4" => "0.75",
        "a quarter" | "one quarter" | "1/4" => "0.25",
        _ => return None,
    })
}

/// Whether the points of a number stand where those between thousands do: `1.500`, `1.000.000`.
pub(crate) fn has_thousands_points(written: &str) -> bool {
    let mut groups = written.split('.');
    let first = groups.next().unwrap_or_default();
    let is_number = |group: &str| group.bytes().all(|b| b.is_ascii_digit());
    let starts = (1..=3).contains(&first.len()) && is_number(first) && !first.starts_with('0');
    let mut rest = groups.peekable();
    starts && rest.peek().is_some() && rest.all(|group| group.len() == 3 && is_number(group))
}

fn likely_amount(written: &str) -> Option<(String, &'static str)> {
    let amount = |text: &str| read_amount(text).map(|(amount, _)| amount).filter(|amount| !amount.is_sign_negative());
    if let Some(amount) = with_digits(written).and_then(|plain| amount(&plain)) {
        return Some((format!("\"{amount}\""), "with digits in place of letters"));
    }
    exact(written).and_then(amount).map(|amount| (format!("\"{amount}\""), "if that is the amount"))
}

/// The text without what says that it is not exact; `None` if nothing does.
fn exact(written: &str) -> Option<&str> {
    let lower = written.to_lowercase();
    let begun = ABOUT.iter().find(|about| lower.starts_with(**about)).and_then(|about| written.get(about.len()..));
    let bare = begun.unwrap_or(written).trim_start();
    let ended = bare.trim_end_matches(['+', '?', '~']).trim_end();
    (ended.len() < written.len()).then_some(ended)
}

/// The text with digits in place of letters that look like them; `None` if there are none beside digits.
fn with_digits(written: &str) -> Option<String> {
    let has_digits = written.contains(|c: char| c.is_ascii_digit());
    let has_only =
        written.chars().all(|c| c.is_ascii_digit() || matches!(c, 'O' | 'o' | 'l' | 'I' | '-' | '/' | '.' | ',' | '$'));
    let plain: String = written
        .chars()
        .map(|c| match c {
            'O' | 'o' => '0',
            'l' | 'I' => '1',
            c => c,
        })
        .collect();
    (has_digits && has_only && plain != written).then_some(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_likely_is_said_with_what_to_check() {
        for (form, name, written, value) in [
            (Form::Date, "date", "2O26-11-01", "2026-11-01"),
            (Form::Date, "date", "~2026-11-01", "2026-11-01"),
            (Form::Date, "date", "46327", "2026-11-01"),
            (Form::Date, "date", "2026-11-01 6:30pm", "2026-11-01"),
            (Form::Date, "date", "Monday, November 3, 2026", "2026-11-03"),
            (Form::Time, "from", "1830", "18:30:00"),
            (Form::Time, "to", "24:00", "00:00:00"),
            (Form::Whole, "reach", "~1200", "1200"),
            (Form::Whole, "reach", "1200+", "1200"),
            (Form::Whole, "reach", "1.500", "1500"),
            (Form::Number, "target", "10k", "10000"),
            (Form::Number, "target", "10 hours", "10"),
            (Form::Number, "hours", "2:30", "2.5"),
            (Form::Number, "hours", "2h30", "2.5"),
            (Form::Whole, "minutes", "0:20", "20"),
            (Form::Share, "quorum", "half", "0.5"),
            (Form::Amount, "amount", "25O.00", "\"250.00\""),
        ] {
            assert_eq!(likely(&form, name, written).map(|(value, _)| value).as_deref(), Some(value), "{written}");
        }
        for (form, written) in [
            (Form::Date, "spring"),
            (Form::Date, "2026"),
            (Form::Time, "late"),
            (Form::Number, "a few"),
            (Form::Number, "5-10"),
            (Form::Amount, "two hundred"),
        ] {
            assert_eq!(likely(&form, "x", written), None, "{written}");
        }
    }
}
