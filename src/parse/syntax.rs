//! Turns the errors of the TOML parser into faults. The parser recovers and goes on, so one mistake may cause several
//! errors; here each mistake becomes one [`SyntaxFault`], at the place of the mistake.

use super::fault::{Error, SyntaxFault, is_unclosed_text};
use super::mending::closing;
use crate::source::Span;
use std::collections::HashMap;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Faults reported for one file; more would be noise.
pub(super) const MOST_FAULTS: usize = 100;

/// How many errors of a line are looked at.
const FEW: usize = 8;

/// A value that was made out, with its place.
type PlacedValue<'a> = (Span, &'a DeValue<'a>);

/// The first slips after the parser's errors, in the order of the text: one for each unclosed bracket, otherwise one a
/// line.
pub(super) fn faults(text: &str, table: &DeTable<'_>, errors: &[toml::de::Error]) -> Vec<SyntaxFault> {
    let mut errors: Vec<(Span, &str)> =
        errors.iter().map(|error| (error.span().map_or(Span::START, Span::from), error.message())).collect();
    errors.sort();
    let values = values(table);
    let unclosed = unclosed_brackets(&values, &errors);
    let fault = |at, message| Error { text, values: &values, at, message, line: line_around(text, at) }.fault();
    let mut faults: Vec<SyntaxFault> = unclosed
        .iter()
        .map(|(region, bracket)| {
            // A text that is not closed swallows the bracket that would close the list.
            let inside = errors.iter().find(|(at, message)| region.touches(*at) && is_unclosed_text(message));
            let swallowing = inside.map(|(at, message)| fault(*at, message)).filter(|fault| fault.edit.is_some());
            swallowing.unwrap_or_else(|| unclosed_fault(text, *region, *bracket))
        })
        .collect();
    let most = faults.len() + MOST_FAULTS;
    let mut told_to = None;
    let mut last_duplicate = None;
    for (index, (at, message)) in errors.iter().copied().enumerate() {
        let is_echo = told_to.is_some_and(|end| at.start as usize <= end);
        if is_echo || unclosed.iter().any(|(region, _)| region.touches(at)) {
            continue;
        }
        let end = line_around(text, at).end;
        told_to = Some(end);
        // Of several errors on a line, one after which the parser drops what follows has to be repaired.
        let others = errors[index..].iter().take(FEW).take_while(|(at, _)| at.start as usize <= end);
        let dropping = others.copied().find(|(_, message)| message.starts_with("key with no value"));
        let (at, message) = dropping.unwrap_or((at, message));
        // Fields that are twice, line after line, are one entry whose heading is missing.
        let is_duplicate = message == "duplicate key";
        let goes_on = is_duplicate && last_duplicate.is_some_and(|line| line + 1 == line_around(text, at).start);
        last_duplicate = is_duplicate.then_some(end);
        if goes_on {
            continue;
        }
        faults.push(fault(at, message));
        if faults.len() == most {
            break;
        }
    }
    faults.sort_by_key(|fault| fault.place);
    faults.truncate(MOST_FAULTS);
    faults
}

fn unclosed_fault(text: &str, region: Span, bracket: char) -> SyntaxFault {
    let place = Span { start: region.start, end: region.start + 1 };
    let close = if bracket == '[' { ']' } else { '}' };
    let message = format!("the `{bracket}` that opens here is never closed");
    SyntaxFault::new(place, message, format!("put a `{close}` after the last value")).with_repair(closing(
        text,
        region.range(),
        close,
    ))
}

/// The first regions whose bracket is never closed, without those that are in another.
fn unclosed_brackets(values: &[PlacedValue<'_>], errors: &[(Span, &str)]) -> Vec<(Span, char)> {
    let mut regions: HashMap<(char, u32), Span> = HashMap::new();
    for (span, value) in values {
        let bracket = match value {
            DeValue::Array(_) => '[',
            DeValue::Table(_) => '{',
            _ => continue,
        };
        let widest = regions.entry((bracket, span.end)).or_insert(*span);
        *widest = (*widest).min(*span);
    }
    let unclosed = errors.iter().filter_map(|(at, message)| {
        let bracket = match message {
            message if message.starts_with("unclosed array,") => '[',
            message if message.starts_with("unclosed inline table") => '{',
            _ => return None,
        };
        regions.get(&(bracket, at.end)).map(|region| (*region, bracket))
    });
    outermost(unclosed.collect())
}

/// The first of them, without those that are in another.
fn outermost(mut regions: Vec<(Span, char)>) -> Vec<(Span, char)> {
    regions.sort();
    let mut kept: Vec<(Span, char)> = Vec::new();
    for (region, bracket) in regions {
        if kept.last().is_none_or(|(last, _)| last.end < region.start) {
            kept.push((region, bracket));
        }
    }
    kept.truncate(MOST_FAULTS);
    kept
}

/// All values of a table with their places, at every depth.
fn values<'a>(table: &'a DeTable<'a>) -> Vec<PlacedValue<'a>> {
    let mut all = Vec::new();
    let mut open: Vec<&Spanned<DeValue<'_>>> = table.values().collect();
    while let Some(item) = open.pop() {
        all.push((Span::from(item.span()), item.get_ref()));
        match item.get_ref() {
            DeValue::Array(items) => open.extend(items.iter()),
            DeValue::Table(table) => open.extend(table.values()),
            _ => {}
        }
    }
    all
}

/// The line that holds this place's start, without its end.
fn line_around(text: &str, at: Span) -> Range<usize> {
    let at = (0..=text.len().min(at.start as usize)).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let end = text[at..].find('\n').map_or(text.len(), |newline| at + newline);
    start..end
}
