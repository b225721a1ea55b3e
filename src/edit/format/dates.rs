//! Removes quotes from dates where the field is a date, and adds seconds to times, which TOML 1.0 requires.

use crate::edit::Order;
use crate::edit::page::{Inside, PathStep, TomlLines, ValuePlace, text_at};
use crate::record::field::Shape;
use chrono::NaiveDate;
use std::ops::Range;

/// A value that is written otherwise.
#[derive(Debug)]
pub(super) struct Rewritten {
    /// Its bytes, with the quotes.
    span: Range<usize>,
    /// What is written there.
    with: String,
}

/// All dates in quotes that their field wants without.
pub(super) fn find_quoted_dates(page: &TomlLines<'_>, order: &Order) -> Vec<Rewritten> {
    let mut found = Vec::new();
    each_scalar(page, &mut |place, span| {
        let text = page.text_at(span.clone());
        // The reader reports a list of dates where one is meant.
        if let (Some(date), Some(PathStep::Key(_))) = (date_in_quotes(text), place.last())
            && order.field(place).is_some_and(|field| matches!((field.shape)(), Shape::Date))
        {
            found.push(Rewritten { span, with: date.to_string() });
        }
    });
    found
}

/// All times that have no seconds.
pub(super) fn short(page: &TomlLines<'_>) -> Vec<Rewritten> {
    let mut found = Vec::new();
    each_scalar(page, &mut |_, span| {
        if let Some(with) = page.text.get(span.clone()).and_then(with_seconds) {
            found.push(Rewritten { span, with });
        }
    });
    found
}

/// A date or a time with seconds, if it has none.
fn with_seconds(text: &str) -> Option<String> {
    let start = if text.get(10..).is_some_and(|rest| rest.starts_with(['T', 't', ' '])) { 11 } else { 0 };
    let minutes = text.get(start..start + 5)?;
    let is_time = minutes.bytes().enumerate().all(|(at, b)| if at == 2 { b == b':' } else { b.is_ascii_digit() });
    let (before, behind) = (text.get(..start + 5)?, text.get(start + 5..)?);
    let ends = behind.is_empty() || behind.starts_with(['Z', 'z', '+', '-']);
    (is_time && ends).then(|| format!("{before}:00{behind}"))
}

/// The lines in which they stand, from 1.
pub(super) fn lines_of(text: &str, values: &[Rewritten]) -> Vec<usize> {
    let (mut line, mut from) = (1, 0);
    let mut lines = Vec::with_capacity(values.len());
    for value in values {
        line += text_at(text, from..value.span.start).matches('\n').count();
        from = value.span.start;
        lines.push(line);
    }
    lines
}

/// Shows each value with nothing inside, with its place and its bytes.
fn each_scalar(page: &TomlLines<'_>, see: &mut dyn FnMut(&[PathStep], Range<usize>)) {
    for line in &page.lines {
        if let Some(value) = line.value() {
            inside(value, &mut line.place.clone(), see);
        }
    }
}

fn inside(value: &ValuePlace, place: &mut Vec<PathStep>, see: &mut dyn FnMut(&[PathStep], Range<usize>)) {
    let depth = place.len();
    match &value.inside {
        Inside::Scalar => see(place, value.span.clone()),
        Inside::List(items) => {
            for (at, item) in items.iter().enumerate() {
                place.push(PathStep::At(at));
                inside(item, place, see);
                place.truncate(depth);
            }
        }
        Inside::Table(fields) => {
            for (path, _, value) in fields {
                place.extend(path.iter().cloned().map(PathStep::Key));
                inside(value, place, see);
                place.truncate(depth);
            }
        }
    }
}

/// The date that is in quotes of any sort, and nothing beside it.
fn date_in_quotes(text: &str) -> Option<NaiveDate> {
    let quote = text.chars().next().filter(|quote| ['"', '\''].contains(quote))?;
    date_of(text.trim_matches(quote))
}

/// A date as TOML writes it.
pub(super) fn date_of(text: &str) -> Option<NaiveDate> {
    text.parse::<NaiveDate>().ok().filter(|date| text.len() == 10 && date.to_string() == text)
}

/// The text with these values as they are to be written, which are in the order of the text.
pub(super) fn rewritten(text: &str, values: &[Rewritten]) -> String {
    let mut new = String::with_capacity(text.len());
    let mut from = 0;
    for value in values {
        new += text_at(text, from..value.span.start);
        new += &value.with;
        from = value.span.end;
    }
    new + text_at(text, from..)
}

/// Both, in the order of the text.
pub(super) fn together(mut values: Vec<Rewritten>, more: Vec<Rewritten>) -> Vec<Rewritten> {
    values.extend(more);
    values.sort_by_key(|value| value.span.start);
    values
}

#[cfg(test)]
mod tests {
    use super::with_seconds;

    #[test]
    fn a_time_gets_its_seconds_and_nothing_else_does() {
        for (text, whole) in [
            ("18:30", "18:30:00"),
            ("2026-03-01T18:30Z", "2026-03-01T18:30:00Z"),
            ("2026-03-01 18:30-07:00", "2026-03-01 18:30:00-07:00"),
        ] {
            assert_eq!(with_seconds(text).as_deref(), Some(whole));
        }
        for text in ["18:30:15", "2026-03-01", "2026-03-01T18:30:00", "\"18:30\"", "7", "", "18:3", "12345"] {
            assert_eq!(with_seconds(text), None, "{text}");
        }
    }
}
