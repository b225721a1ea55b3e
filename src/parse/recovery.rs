//! Reads what can be read of a broken text. The parser recovers from most errors by itself, but drops what follows a line without
//! `=` or a bracket that is never closed. To report every mistake in one run, such a place is repaired in a copy of the text,
//! and the copy is read; all places refer to the original. One mistake may cause several errors of the parser; here each
//! mistake becomes one [`SyntaxFault`], at the place of the mistake.

use super::expected::FindField;
use super::fault::swallowed::swallowed_fault;
use super::fault::{Error, SyntaxFault, is_unclosed_text};
use crate::source::Span;
use std::collections::HashMap;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue};

/// How often a text is repaired before the rest is left to the next run.
const MOST_ROUNDS: usize = 64;

/// How many bytes are read in all these rounds: a large file gets fewer of them.
const MOST_BYTES: usize = 8 * 1024 * 1024;

/// A copy of a text, repaired so far that the rest of it can be read.
pub(super) struct Recovered {
    /// The copy.
    pub text: String,
    /// What is wrong with the original.
    pub faults: Vec<SyntaxFault>,
    /// Where the copy has bytes that the original lacks: their place in the copy, and how many.
    inserted: Vec<(usize, usize)>,
}

impl Recovered {
    /// Repairs a text that has errors.
    pub(super) fn new(original: &str, find_field: FindField<'_>) -> Recovered {
        let mut recovered = Recovered { text: original.to_owned(), faults: Vec::new(), inserted: Vec::new() };
        let rounds = (MOST_BYTES / original.len().max(1)).clamp(1, MOST_ROUNDS);
        for round in 0..rounds {
            let (table, errors) = DeTable::parse_recoverable(&recovered.text);
            let mut faults = find_faults(&recovered.text, table.get_ref(), &errors, find_field);
            let is_last = round + 1 == rounds || recovered.faults.len() >= MOST_FAULTS;
            let hopeless = is_last || faults.iter().all(|fault| fault.repairs.is_empty());
            if !hopeless {
                faults.retain(|fault| !fault.repairs.is_empty());
            }
            let repairs: Vec<Repair> = faults.iter_mut().flat_map(|fault| std::mem::take(&mut fault.repairs)).collect();
            for mut fault in faults {
                fault.move_places(|span| recovered.original_span(span.range()));
                recovered.faults.push(fault);
            }
            if hopeless {
                break;
            }
            recovered.apply(repairs);
        }
        recovered.keep_first();
        recovered
    }

    /// Keeps the faults to report. After the last of too many nothing is judged, because it may be their echo.
    fn keep_first(&mut self) {
        self.faults.sort_by_key(|fault| fault.place);
        self.faults.truncate(MOST_FAULTS);
        if let Some(last) = self.faults.get_mut(MOST_FAULTS - 1) {
            last.spoiled = Some(Span { end: u32::MAX, ..last.place });
        }
    }

    /// The tree of the copy, with the places of the original.
    pub(super) fn table(&self) -> DeTable<'_> {
        let (table, _) = DeTable::parse_recoverable(&self.text);
        self.moved_table(table.into_inner())
    }

    /// Repairs from the back, so that earlier places stay true.
    fn apply(&mut self, mut repairs: Vec<Repair>) {
        repairs.sort_by_key(|repair| std::cmp::Reverse(repair.range.start));
        for repair in repairs {
            if self.text.get(repair.range.clone()).is_none() {
                continue;
            }
            let grown = repair.with.len().saturating_sub(repair.range.len());
            for (at, _) in self.inserted.iter_mut().filter(|(at, _)| *at >= repair.range.end) {
                *at += grown;
            }
            if grown > 0 {
                self.inserted.push((repair.range.start, grown));
            }
            self.text.replace_range(repair.range, &repair.with);
        }
    }

    fn original_span(&self, range: Range<usize>) -> Span {
        let original = |offset: usize| {
            let before = self.inserted.iter().filter(|(at, _)| *at < offset);
            offset - before.map(|(at, grown)| (*grown).min(offset - at)).sum::<usize>()
        };
        Span::from(original(range.start)..original(range.end))
    }

    fn move_span<T>(&self, range: Range<usize>, value: T) -> Spanned<T> {
        Spanned::new(self.original_span(range).range(), value)
    }

    fn moved_table<'t>(&self, table: DeTable<'t>) -> DeTable<'t> {
        let entry = |(key, value): (Spanned<_>, Spanned<DeValue<'t>>)| {
            (self.move_span(key.span(), key.into_inner()), self.moved_value(value))
        };
        table.into_iter().map(entry).collect()
    }

    fn moved_value<'t>(&self, value: Spanned<DeValue<'t>>) -> Spanned<DeValue<'t>> {
        let range = value.span();
        let inner = match value.into_inner() {
            DeValue::Table(table) => DeValue::Table(self.moved_table(table)),
            DeValue::Array(items) => {
                let mut moved = DeArray::default();
                for item in items {
                    moved.push(self.moved_value(item));
                }
                DeValue::Array(moved)
            }
            other => other,
        };
        self.move_span(range, inner)
    }
}

/// Faults reported for one file; more would be noise.
pub(super) const MOST_FAULTS: usize = 100;

/// How many errors of a line are looked at.
const FEW: usize = 8;

/// A value that was made out, with its place.
pub(super) type PlacedValue<'a> = (Span, &'a DeValue<'a>);

/// The first slips after the parser's errors, in the order of the text: one for each unclosed bracket, otherwise one a
/// line.
fn find_faults(
    text: &str,
    table: &DeTable<'_>,
    errors: &[toml::de::Error],
    find_field: FindField<'_>,
) -> Vec<SyntaxFault> {
    let mut errors: Vec<(Span, &str)> =
        errors.iter().map(|error| (error.span().map_or(Span::START, Span::from), error.message())).collect();
    errors.sort();
    let values = values(table);
    let unclosed = unclosed_brackets(&values, &errors);
    let fault =
        |at, message| Error { text, values: &values, at, message, line: line_around(text, at), find_field }.fault();
    let mut faults: Vec<SyntaxFault> = unclosed
        .iter()
        .map(|(region, bracket)| {
            // A text that is not closed swallows the bracket that would close the list.
            let inside = errors.iter().find(|(at, message)| region.touches(*at) && is_unclosed_text(message));
            let swallowing = inside.map(|(at, message)| fault(*at, message)).filter(|fault| !fault.repairs.is_empty());
            swallowing.unwrap_or_else(|| unclosed_fault(text, *region, *bracket))
        })
        .collect();
    let most = faults.len() + MOST_FAULTS;
    // What a text has swallowed, and what the parser says of its end, is one mistake.
    let swallowing: Vec<SyntaxFault> = swallowed_faults(text, &values, find_field);
    let swallowed: Vec<Span> = values
        .iter()
        .filter(|(span, _)| {
            swallowing.iter().any(|fault| span.start < fault.place.start && fault.place.end <= span.end)
        })
        .map(|(span, _)| *span)
        .chain(swallowing.iter().filter_map(|fault| Some(Span::from(fault.place.start as usize..fault.ends_at?))))
        .collect();
    faults.retain(|fault| !swallowed.iter().any(|span| span.touches(fault.place)));
    faults.extend(swallowing);
    let mut reported_to = None;
    let mut last_duplicate = None;
    for (index, (at, message)) in errors.iter().copied().enumerate() {
        let is_echo = reported_to.is_some_and(|end| at.start as usize <= end);
        let is_swallowed = swallowed.iter().any(|span| span.touches(at));
        if is_echo || is_swallowed || unclosed.iter().any(|(region, _)| region.touches(at)) {
            continue;
        }
        let end = line_around(text, at).end;
        reported_to = Some(end);
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
        let found = fault(at, message);
        reported_to = reported_to.max(found.ends_at);
        faults.push(found);
        if faults.len() == most {
            break;
        }
    }
    faults.sort_by_key(|fault| fault.place);
    faults.truncate(MOST_FAULTS);
    faults
}

/// The texts that take in lines of the record, without those that are in another.
pub(super) fn swallowed_faults(text: &str, values: &[PlacedValue<'_>], find_field: FindField<'_>) -> Vec<SyntaxFault> {
    let texts = values.iter().filter(|(_, value)| value.is_str());
    texts.filter_map(|(span, _)| swallowed_fault(text, *span, find_field)).collect()
}

fn unclosed_fault(text: &str, region: Span, bracket: char) -> SyntaxFault {
    let place = Span { start: region.start, end: region.start + 1 };
    let close = if bracket == '[' { ']' } else { '}' };
    let message = format!("the `{bracket}` that opens here is never closed");
    SyntaxFault::new(place, message, format!("put a `{close}` after the last value")).with_repair(close_bracket(
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
pub(super) fn values<'a>(table: &'a DeTable<'a>) -> Vec<PlacedValue<'a>> {
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

/// Bytes of a text to replace, so that the rest can be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Repair {
    /// What to replace; empty to insert.
    pub range: Range<usize>,
    /// What to write there.
    pub with: String,
}

/// Closes a list or an inline table before the first line below that is clearly no part of it.
pub(super) fn close_bracket(text: &str, region: Range<usize>, close: char) -> Repair {
    let mut offset = region.start;
    for line in text[region.start..].split_inclusive('\n') {
        if offset > region.start && begins_field(line) {
            return Repair { range: offset..offset, with: format!("{close}\n") };
        }
        offset += line.len();
    }
    Repair { range: text.len()..text.len(), with: format!("\n{close}") }
}

/// Whether a line begins a field or a heading.
fn begins_field(line: &str) -> bool {
    let line = line.trim_start();
    let heading = line.trim_start_matches('[');
    if heading.len() < line.len() {
        return heading.starts_with(|c: char| c.is_ascii_alphabetic());
    }
    let key = line.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.'));
    key.len() < line.len() && key.trim_start().starts_with('=')
}

/// Gives a heading the brackets that it lacks: `[process` becomes `[process]`.
pub(super) fn close_heading(text: &str, line: Range<usize>) -> Repair {
    let heading = &text[line.clone()];
    let inner = heading.trim_start().trim_start_matches('[');
    let opening = heading.trim_start().len() - inner.len();
    let behind = &inner[name_length(inner)..];
    let closing = behind.len() - behind.trim_start_matches(']').len();
    let rest = line.end - behind.len() + closing..line.end;
    let lacking = "]".repeat(opening.saturating_sub(closing));
    // What comes after the name would not be TOML either, so it goes.
    let spaces = " ".repeat(rest.len());
    Repair { with: format!("{lacking}{spaces}"), range: rest }
}

/// The bytes of the name that a heading begins with, with spaces before it; a name in quotes may hold anything. A quote
/// that is not closed is not a part of the name.
fn name_length(inner: &str) -> usize {
    let mut length = inner.len() - inner.trim_start().len();
    loop {
        let rest = &inner[length..];
        let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''));
        let part = match quote {
            Some(quote) => rest[1..].find(quote).map_or(0, |end| end + 2),
            None => rest.find([']', '#', '"', '\'', ' ', '\t', '\r']).unwrap_or(rest.len()),
        };
        if part == 0 {
            return length;
        }
        length += part;
    }
}
