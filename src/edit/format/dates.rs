//! Dates in quotes, where their field holds a date.

use crate::edit::Order;
use crate::edit::page::{Inside, Page, Step, Written};
use crate::record::field::Shape;
use chrono::NaiveDate;
use std::ops::Range;

/// A date in quotes.
#[derive(Debug)]
pub struct Quoted {
    /// Its bytes with the quotes.
    span: Range<usize>,
    /// The date.
    date: NaiveDate,
}

/// All dates in quotes that their field wants without.
pub fn quoted(page: &Page<'_>, order: &Order) -> Vec<Quoted> {
    let mut found = Vec::new();
    for line in &page.lines {
        let has_date = |value: &Written| {
            value.inside != Inside::Scalar || page.text.get(value.span.clone()).and_then(date_in_quotes).is_some()
        };
        if let Some(value) = line.value().filter(|value| has_date(value)) {
            inside(page, order, value, &mut line.place.clone(), &mut found);
        }
    }
    found
}

/// The lines in which they stand, from 1.
pub fn lines_of(text: &str, quoted: &[Quoted]) -> Vec<usize> {
    let (mut line, mut from) = (1, 0);
    let mut lines = Vec::with_capacity(quoted.len());
    for date in quoted {
        line += text.get(from..date.span.start).unwrap_or_default().matches('\n').count();
        from = date.span.start;
        lines.push(line);
    }
    lines
}

fn inside(page: &Page<'_>, order: &Order, value: &Written, place: &mut Vec<Step>, found: &mut Vec<Quoted>) {
    let depth = place.len();
    match &value.inside {
        Inside::Scalar => {
            let text = page.text.get(value.span.clone()).unwrap_or_default();
            // A list of dates where one is meant is for the reader to tell of.
            if let (Some(date), Some(Step::Key(_))) = (date_in_quotes(text), place.last())
                && order.field(place).is_some_and(|field| matches!((field.shape)(), Shape::Date))
            {
                found.push(Quoted { span: value.span.clone(), date });
            }
        }
        Inside::List(items) => {
            for (at, item) in items.iter().enumerate() {
                place.push(Step::At(at));
                inside(page, order, item, place, found);
                place.truncate(depth);
            }
        }
        Inside::Table(fields) => {
            for (path, _, value) in fields {
                place.extend(path.iter().cloned().map(Step::Key));
                inside(page, order, value, place, found);
                place.truncate(depth);
            }
        }
    }
}

/// The date that stands in quotes of any sort, and nothing beside it.
fn date_in_quotes(text: &str) -> Option<NaiveDate> {
    let quote = text.chars().next().filter(|quote| ['"', '\''].contains(quote))?;
    date_of(text.trim_matches(quote))
}

/// A date as TOML writes it.
pub fn date_of(text: &str) -> Option<NaiveDate> {
    text.parse::<NaiveDate>().ok().filter(|date| text.len() == 10 && date.to_string() == text)
}

/// The text with these dates without their quotes.
pub fn without_quotes(text: &str, quoted: &[Quoted]) -> String {
    let mut new = String::with_capacity(text.len());
    let mut from = 0;
    for date in quoted {
        new += text.get(from..date.span.start).unwrap_or_default();
        new += &date.date.to_string();
        from = date.span.end;
    }
    new + text.get(from..).unwrap_or_default()
}
