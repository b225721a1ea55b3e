//! The date format of an import file, if it is not 2026-03-01.

use super::incoming::quote;
use crate::error::Error;
use chrono::format::{Item, ParseError, ParseErrorKind, StrftimeItems};
use chrono::{Datelike, NaiveDate};
use std::fmt::Write as _;

/// How an import file writes dates.
#[derive(Debug, Clone, Default)]
pub struct DateFormat {
    /// The format of its dates, such as `%d/%m/%Y`. ISO dates are always accepted.
    pub pattern: Option<String>,
}

impl DateFormat {
    /// A date format from a pattern.
    ///
    /// # Errors
    /// The pattern is not valid, or lacks the year, the month or the day.
    pub fn parse(pattern: &str) -> Result<DateFormat, Error> {
        let known = StrftimeItems::new(pattern).all(|item| !matches!(item, Item::Error));
        let day = NaiveDate::from_ymd_opt(2026, 11, 22).unwrap_or_default();
        let mut sample = String::new();
        // A pattern that needs more than a day cannot be formatted.
        let is_complete = known && write!(sample, "{}", day.format(pattern)).is_ok();
        if !is_complete || NaiveDate::parse_from_str(&sample, pattern) != Ok(day) {
            return Err(Error::usage(format!(
                "`{pattern}` is not a date format; use %Y for the year, %m for the month and %d for the day, as in \
                 \"%d/%m/%Y\""
            )));
        }
        Ok(DateFormat { pattern: Some(pattern.to_owned()) })
    }
}

/// Reads a day in this format, or in ISO format; a time of midnight that a spreadsheet added is ignored.
///
/// # Errors
/// The text is not such a day.
pub(crate) fn parse_day(text: &str, format: &DateFormat) -> Result<NaiveDate, Error> {
    let parsed = format.pattern.as_ref().map(|form| NaiveDate::parse_from_str(text, form));
    let date = text.split_once(['T', ' ']).filter(|(_, time)| time.starts_with("00:00")).map_or(text, |(date, _)| date);
    let iso = date.parse::<NaiveDate>().ok().filter(|day| day.to_string() == date);
    if let Some(day) = parsed.as_ref().and_then(|parsed| parsed.as_ref().ok()).copied().or(iso) {
        if !(1000..=9999).contains(&day.year()) {
            return Err(Error::data(format!(
                "{} would be in the year {}; for two-digit years, use %y in --date-format",
                quote(text),
                day.year()
            )));
        }
        return Ok(day);
    }
    let is_missing =
        |error: &ParseError| matches!(error.kind(), ParseErrorKind::OutOfRange | ParseErrorKind::Impossible);
    Err(Error::data(match (&format.pattern, &parsed) {
        _ if is_like_iso(date) => format!("{} does not exist in the calendar", quote(text)),
        (Some(form), Some(Err(error))) if is_missing(error) => {
            format!("{} is not a date in the format {form}: there is no such day", quote(text))
        }
        (Some(form), _) => format!("{} is not a date in the format {form}", quote(text)),
        _ if is_day_number(text) => format!(
            "{} is a spreadsheet's internal number for a date; format the column as dates there, and save the file again",
            quote(text)
        ),
        _ => format!(
            "{} is not a date like 2026-03-01; if the file uses another format, name it: --date-format \"%d/%m/%Y\"",
            quote(text)
        ),
    }))
}

/// Whether a text looks like an ISO date.
fn is_like_iso(text: &str) -> bool {
    text.len() == 10
        && text.bytes().enumerate().all(|(at, b)| if matches!(at, 4 | 7) { b == b'-' } else { b.is_ascii_digit() })
}

/// Whether a text could be a number of days since 1900, as spreadsheets store dates: those from 1927 to 2173.
fn is_day_number(text: &str) -> bool {
    text.parse::<u32>().is_ok_and(|number| (10_000..=99_999).contains(&number))
}
