//! How an import file writes dates, where it does not write them as 2026-03-01.

use super::incoming::quote;
use chrono::format::{Item, ParseError, ParseErrorKind, StrftimeItems};
use chrono::{Datelike, NaiveDate};
use std::fmt::Write as _;

/// How an import file writes what can be written in several ways.
#[derive(Debug, Clone, Default)]
pub struct Style {
    /// The form of its dates, as in `%d/%m/%Y`; ISO dates are understood besides.
    pub dates: Option<String>,
}

impl Style {
    /// A style with dates in this form.
    ///
    /// # Errors
    /// Where the form is none, or lacks the year, the month or the day.
    pub fn with_dates(form: &str) -> Result<Style, String> {
        let known = StrftimeItems::new(form).all(|item| !matches!(item, Item::Error));
        let day = NaiveDate::from_ymd_opt(2026, 11, 22).unwrap_or_default();
        let mut written = String::new();
        // A form that asks for more than a day cannot be written.
        let writes = known && write!(written, "{}", day.format(form)).is_ok();
        if !writes || NaiveDate::parse_from_str(&written, form) != Ok(day) {
            return Err(format!(
                "`{form}` is not the form of a date; write it with %Y for the year, %m for the month and %d for the day, like \
                 \"%d/%m/%Y\""
            ));
        }
        Ok(Style { dates: Some(form.to_owned()) })
    }
}

/// A day in the form that was said, or in ISO form, also where a spreadsheet added midnight to it.
///
/// # Errors
/// Why it is no such day.
pub fn day(text: &str, style: &Style) -> Result<NaiveDate, String> {
    let formed = style.dates.as_ref().map(|form| NaiveDate::parse_from_str(text, form));
    let date = text.split_once(['T', ' ']).filter(|(_, time)| time.starts_with("00:00")).map_or(text, |(date, _)| date);
    let iso = date.parse::<NaiveDate>().ok().filter(|day| day.to_string() == date);
    if let Some(day) = formed.as_ref().and_then(|formed| formed.as_ref().ok()).copied().or(iso) {
        if !(1000..=9999).contains(&day.year()) {
            return Err(format!(
                "{} would be in the year {}; %y in --date-format reads years of two digits",
                quote(text),
                day.year()
            ));
        }
        return Ok(day);
    }
    let is_missing =
        |error: &ParseError| matches!(error.kind(), ParseErrorKind::OutOfRange | ParseErrorKind::Impossible);
    Err(match (&style.dates, &formed) {
        _ if is_like_iso(date) => format!("{} is a day that does not exist", quote(text)),
        (Some(form), Some(Err(error))) if is_missing(error) => {
            format!("{} is not a date in the form {form}: there is no such day", quote(text))
        }
        (Some(form), _) => format!("{} is not a date in the form {form}", quote(text)),
        _ if is_day_number(text) => format!(
            "{} is not a date but the number under which a spreadsheet keeps one; show the column as dates there, and save the file \
             again",
            quote(text)
        ),
        _ => format!(
            "{} is not a date like 2026-03-01; if the file writes dates another way, name it: --date-format \"%d/%m/%Y\"",
            quote(text)
        ),
    })
}

/// Whether a text has the form of an ISO date.
fn is_like_iso(text: &str) -> bool {
    text.len() == 10
        && text.bytes().enumerate().all(|(at, b)| if matches!(at, 4 | 7) { b == b'-' } else { b.is_ascii_digit() })
}

/// Whether a text may be the number of days since 1900 by which spreadsheets keep dates: those from 1927 to 2173.
fn is_day_number(text: &str) -> bool {
    text.parse::<u32>().is_ok_and(|number| (10_000..=99_999).contains(&number))
}
