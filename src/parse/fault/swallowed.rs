//! A text between three quotes that takes in lines of the record, because its closing quotes are missing or are further down:
//! the headings and fields there would be lost without a word.

use super::super::expected::{FindField, Form};
use super::super::recovery::Repair;
use super::SyntaxFault;
use super::assignment::is_value;
use crate::source::Span;

/// What opens and closes a text of several lines.
const QUOTES: [&str; 2] = ["\"\"\"", "'''"];

/// Whether a text may hold such a mistake at all.
pub(in crate::parse) fn may_swallow(text: &str) -> bool {
    QUOTES.iter().any(|quotes| text.contains(quotes))
}

/// The fault of a text value that takes in lines of the record; `place` is the value with its quotes.
pub(in crate::parse) fn swallowed_fault(text: &str, place: Span, find_field: FindField<'_>) -> Option<SyntaxFault> {
    let written = text.get(place.range())?;
    let quotes = QUOTES.into_iter().find(|quotes| written.starts_with(quotes))?;
    let start = place.start as usize;
    let first = written.find('\n')? + 1;
    let mut at = start + first;
    let line = written.get(first..)?.split_inclusive('\n').find(|line| {
        let below = written.get(at - start + line.len()..).unwrap_or_default();
        let is_of_record = begins_line_of_record(line, below, find_field);
        at += if is_of_record { 0 } else { line.len() };
        is_of_record
    })?;
    let line_number = |at: usize| text.get(..at).map_or(0, |before| before.matches('\n').count()) + 1;
    let message = format!(
        "this line is inside the text that opens on line {}, so it is not read as part of the record",
        line_number(start)
    );
    let newline = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let mut edits = vec![(Span::from(at..at), format!("{quotes}{newline}"))];
    let mut help = format!("close the text with {quotes} on a line of its own above this one");
    let end = place.end as usize;
    let closing =
        closing_line(text, end, quotes).filter(|_| written.len() > quotes.len() * 2 && written.ends_with(quotes));
    if let Some(closing) = closing {
        help += &format!(", and delete the {quotes} on line {}", line_number(closing.start));
        edits.push((Span::from(closing), String::new()));
    }
    help += "; if the line is part of the text, put a space before it";
    let span = Span::from(at..at + line.trim_end().len());
    let mut fault = SyntaxFault::new(span, message, help);
    for (edit, with) in &edits {
        let with = if with.is_empty() { blank(text.get(edit.range())?) } else { with.clone() };
        fault = fault.with_repair(Repair { range: edit.range(), with });
    }
    fault.ends_at = Some(text.get(end..).and_then(|rest| rest.find('\n')).map_or(text.len(), |newline| end + newline));
    Some(fault.with_fix(edits, true))
}

/// Whether a line inside a text is one of the record: a heading of a table, or a field with a value as TOML writes it.
/// A heading alone may be a part of the text, and is one of the record with a field `below` it.
fn begins_line_of_record(line: &str, below: &str, find_field: FindField<'_>) -> bool {
    let line = line.trim_end();
    let is_field = |headings: &[&str], line: &str| {
        let Some((key, value)) = line.split_once('=') else { return false };
        let is_key = !key.is_empty() && !key.starts_with([' ', '\t']);
        is_key && find_field(headings, key.trim()).is_some() && is_value(value.trim())
    };
    if let Some(inner) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        let is_entry = inner.starts_with('[') && inner.ends_with(']');
        let parts: Vec<&str> = inner.trim_matches(['[', ']', ' ']).split('.').map(str::trim).collect();
        let Some((name, headings)) = parts.split_last() else { return false };
        let is_table =
            find_field(headings, name).is_some_and(|field| field.form == Form::Table && field.many == is_entry);
        let next = below.lines().map(str::trim_end).find(|line| !line.trim().is_empty() && !line.starts_with('#'));
        return is_table && next.is_some_and(|line| is_field(&parts, line));
    }
    is_field(&[], line)
}

/// The line that ends at a place and holds nothing but the closing quotes.
fn closing_line(text: &str, end: usize, quotes: &str) -> Option<std::ops::Range<usize>> {
    let start = text.get(..end)?.rfind('\n')? + 1;
    let rest = text.get(end..)?;
    let after = rest.find('\n').map_or(rest.len(), |newline| newline + 1);
    let is_alone = text.get(start..end)?.trim() == quotes && rest.get(..after)?.trim().is_empty();
    is_alone.then_some(start..end + after)
}

/// As many bytes that say nothing, on as many lines.
fn blank(text: &str) -> String {
    text.chars().map(|letter| if letter == '\n' { "\n".to_owned() } else { " ".repeat(letter.len_utf8()) }).collect()
}
