//! Syntax errors in words. The TOML parser recovers and goes on, so one slip may echo in several errors; here each slip
//! becomes one [`Fault`], told where it was made.

use super::mending::{Edit, closed_heading, closing};
use crate::finding::{CheckName, Finding, name};
use crate::source::{LedgerPath, Span};
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue, Error};

/// Faults told of one file; what is beyond them is noise.
const MOST_FAULTS: usize = 100;

/// One slip in the syntax of a file.
pub struct Fault {
    check: CheckName,
    /// Where it was made.
    pub place: Span,
    message: String,
    help: String,
    /// The bytes that mean nothing for it; no further finding is made there.
    pub spoiled: Option<Span>,
    /// A change that lets the rest of the text be read.
    pub edit: Option<Edit>,
}

impl Fault {
    fn new(place: Span, message: impl Into<String>, help: impl Into<String>) -> Fault {
        Fault {
            check: name::INVALID_TOML,
            place,
            message: message.into(),
            help: help.into(),
            spoiled: Some(place),
            edit: None,
        }
    }

    /// The same, with a change after which all else can be read as it stands.
    fn mended(mut self, edit: Edit) -> Fault {
        self.spoiled = None;
        self.edit = Some(edit);
        self
    }

    /// The same, with other bytes spoiled than those it is told at.
    fn spoiling(mut self, spoiled: Span) -> Fault {
        self.spoiled = Some(spoiled);
        self
    }

    /// The finding that tells of it.
    pub fn finding(self, path: &LedgerPath) -> Finding {
        Finding::new(self.check, path, self.place, self.message, self.help)
    }
}

/// The slips behind the parser's errors, in the order of the text: one for each unclosed bracket, else one a line.
pub fn faults(text: &str, table: &DeTable<'_>, errors: &[Error]) -> Vec<Fault> {
    let mut errors: Vec<(Span, &str)> =
        errors.iter().map(|error| (error.span().map_or(Span::START, Span::from), error.message())).collect();
    errors.sort();
    let unclosed: Vec<(Span, char)> =
        errors.iter().filter_map(|(at, message)| unclosed_bracket(table, *at, message)).collect();
    let mut faults: Vec<Fault> = Vec::new();
    let mut regions = Vec::new();
    for (region, bracket) in outermost(unclosed) {
        let place = Span { start: region.start, end: region.start + 1 };
        let close = if bracket == '[' { ']' } else { '}' };
        let fault = Fault::new(
            place,
            format!("the `{bracket}` that opens here is never closed"),
            format!("put a `{close}` behind the last value"),
        );
        regions.push(region);
        faults.push(fault.mended(closing(text, region.range(), close)));
    }
    let mut last_line = None;
    for (at, message) in errors {
        let line = line_around(text, at.start as usize);
        let inside = regions.iter().any(|region| region.touches(at));
        if inside || last_line == Some(line.start) {
            continue;
        }
        last_line = Some(line.start);
        faults.push(fault(text, table, at, message, line));
    }
    faults.sort_by_key(|fault| fault.place);
    faults.truncate(MOST_FAULTS);
    faults
}

/// The whole region of a bracket that is never closed, if that is what the error says.
fn unclosed_bracket(table: &DeTable<'_>, at: Span, message: &str) -> Option<(Span, char)> {
    let bracket = if message.starts_with("unclosed array,") {
        '['
    } else if message.starts_with("unclosed inline table") {
        '{'
    } else {
        return None;
    };
    let region = values(table)
        .into_iter()
        .filter(|(span, value)| match value {
            DeValue::Array(_) => bracket == '[' && span.end == at.end,
            DeValue::Table(_) => bracket == '{' && span.end == at.end,
            _ => false,
        })
        .map(|(span, _)| span)
        .min();
    region.map(|region| (region, bracket))
}

/// Without those that lie in another.
fn outermost(mut regions: Vec<(Span, char)>) -> Vec<(Span, char)> {
    regions.sort();
    let mut kept: Vec<(Span, char)> = Vec::new();
    for (region, bracket) in regions {
        if kept.last().is_none_or(|(last, _)| last.end < region.start) {
            kept.push((region, bracket));
        }
    }
    kept
}

/// All values of a table with their places, at every depth.
fn values<'a>(table: &'a DeTable<'a>) -> Vec<(Span, &'a DeValue<'a>)> {
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

/// The line that holds this byte, without its end.
fn line_around(text: &str, at: usize) -> Range<usize> {
    let at = (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let end = text[at..].find('\n').map_or(text.len(), |newline| at + newline);
    start..end
}

/// One error of the parser in words.
fn fault(text: &str, table: &DeTable<'_>, at: Span, message: &str, line: Range<usize>) -> Fault {
    let found = text.get(at.range()).unwrap_or_default();
    let line_text = text[line.clone()].trim();
    let indent = text[line.clone()].len() - text[line.clone()].trim_start().len();
    let whole_line = Span::from(line.start + indent..line.start + indent + line_text.len());
    let key = line_text.split('=').next().unwrap_or_default().trim();
    let (what, _) = message.split_once(", expected").unwrap_or((message, ""));
    match what {
        "string values must be quoted" if found.is_empty() => {
            let help = "write a value behind the `=`, or remove the line";
            Fault::new(whole_line, format!("`{key}` has no value"), help).spoiling(at)
        }
        "string values must be quoted" => unquoted(at, found, key),
        "duplicate key" => Fault::new(
            at,
            format!("`{found}` is given twice"),
            "keep one of the two; a list of entries is written with double brackets, like [[contacts]]",
        )
        .spoiling(if line_text.starts_with('[') { whole_line } else { at }),
        "key with no value" => no_value(text, at, whole_line, line),
        "unclosed table" | "unclosed array table" => Fault::new(
            whole_line,
            "this heading is not closed",
            "close it with as many brackets as it opens with: [process] or [[contacts]]",
        )
        .mended(closed_heading(text, line)),
        "unexpected key or value" => Fault::new(
            whole_line,
            "something stands behind the end of the value",
            "keep one value on the line; a quote inside a text is written `\\\"`, and a remark starts with `#`",
        ),
        _ if what.starts_with("invalid date") || what.starts_with("invalid time") => no_date(at, found, message),
        _ if what.starts_with("invalid multi-line") => {
            let value = value_at(table, at);
            Fault::new(
                Span { start: value.start, end: value.start + 3 },
                "the text that opens here with three quotes is never closed",
                "put three quotes behind its last line",
            )
            .spoiling(value)
        }
        _ if what.starts_with("invalid basic string") || what.starts_with("invalid literal string") => {
            quoted(text, table, at, message)
        }
        _ if what.starts_with("missing escaped value") || what.starts_with("too few unicode") => Fault::new(
            at,
            "a backslash in a text starts a special character, and this one is unknown",
            "write `\\\\` for a plain backslash, or put the text in single quotes",
        ),
        "unexpected leading zero" => Fault::new(
            at,
            "a number cannot start with 0",
            "leave the 0 out, or put the value in quotes if it is not a quantity",
        ),
        "missing comma between array elements" | "missing comma between key-value pairs" => {
            Fault::new(at, "a comma is missing here", "put a comma between the values")
        }
        "extra `=`" => Fault::new(at, "there is one `=` too many", "write a single `=` between name and value"),
        "invalid unquoted key" => Fault::new(
            at,
            format!("`{found}` cannot be part of a field's name"),
            "names of fields are made of letters, digits and `_`",
        )
        .spoiling(whole_line),
        "cannot recurse further; max recursion depth met" | "recursion limit" => Fault::new(
            at,
            "values are nested too deeply",
            "no field needs more than a list of tables; unfold the value",
        ),
        _ => Fault::new(
            at,
            format!("this is not TOML: {message}"),
            "compare the line with one that works; `coalition schema` describes every field",
        ),
    }
}

/// A line that is no field. With a colon in place of the `=`, it is read as one.
fn no_value(text: &str, at: Span, whole_line: Span, line: Range<usize>) -> Fault {
    let at = at.start as usize;
    let gap = text[at..line.end].len() - text[at..line.end].trim_start().len();
    if text[at + gap..line.end].starts_with(':') {
        let colon = at + gap..at + gap + 1;
        let message = "the name and the value are joined by `:`";
        return Fault::new(whole_line, message, "write `=` between the name of a field and its value")
            .mended(Edit { range: colon, with: "=".to_owned() });
    }
    let message = format!("`{}` is neither a field with a value nor a heading", shorten(&text[whole_line.range()]));
    let spaces = " ".repeat(line.len());
    Fault::new(whole_line, message, "write `field = value`; a remark starts with `#`")
        .mended(Edit { range: line, with: spaces })
}

/// The outermost value that a place touches.
fn value_at(table: &DeTable<'_>, at: Span) -> Span {
    values(table).into_iter().map(|(span, _)| span).filter(|span| span.touches(at)).min().unwrap_or(at)
}

/// A word where a value should be.
fn unquoted(at: Span, found: &str, key: &str) -> Fault {
    let bare = found.trim_matches(['“', '”', '„', '‘', '’', '«', '»']);
    if bare != found {
        return Fault::new(
            at,
            "the text stands in typographic quotes",
            format!("use straight quotes: {key} = \"{}\"", shorten(bare)),
        );
    }
    match found.to_ascii_lowercase().as_str() {
        "yes" | "true" | "on" => {
            Fault::new(at, format!("`{found}` is no value; yes is written `true`"), format!("write {key} = true"))
        }
        "no" | "false" | "off" => {
            Fault::new(at, format!("`{found}` is no value; no is written `false`"), format!("write {key} = false"))
        }
        _ => Fault::new(
            at,
            format!("the text `{}` is not in quotes", shorten(found)),
            format!("put it in straight quotes: {key} = \"{}\"", shorten(found)),
        ),
    }
}

/// A date or a time that cannot be: a fault of the value, not of the file's form.
fn no_date(at: Span, found: &str, message: &str) -> Fault {
    let time = message.starts_with("invalid time");
    let reason = match message.split_once(", expected ") {
        Some((_, expected)) if expected.starts_with("day") || expected.starts_with("month") => {
            format!(": the {expected}")
        }
        _ => String::new(),
    };
    let reason = reason.replace("between", "lies between");
    let (kind, help) = if time {
        ("time", "write a time like 18:30:00, without quotes")
    } else {
        ("date", "write year, month and day like 2025-03-01, without quotes")
    };
    let message = format!("`{found}` is not a {kind} that exists{reason}");
    Fault { check: name::INVALID_VALUE, ..Fault::new(at, message, help) }
}

/// A text on one line that does not end, or holds what it may not.
fn quoted(text: &str, table: &DeTable<'_>, at: Span, message: &str) -> Fault {
    let value = value_at(table, at);
    if message.ends_with("expected `\"`") || message.ends_with("expected `'`") {
        let quote = text.get(value.range()).and_then(|text| text.chars().next()).unwrap_or('"');
        let place = Span { start: value.start, end: value.end.max(at.end) };
        return Fault::new(
            place,
            format!("the text that opens here is not closed by the end of the line with `{quote}`"),
            format!("put a `{quote}` behind the text; a text of several lines stands between {q}{q}{q}", q = quote),
        )
        .spoiling(place);
    }
    let help = "remove it; a line break needs three quotes around the text";
    Fault::new(at, "this character cannot stand in a text", help).spoiling(value)
}

/// The first words of a long text.
fn shorten(text: &str) -> String {
    if text.chars().count() <= 40 {
        return text.to_owned();
    }
    text.chars().take(39).chain(std::iter::once('…')).collect()
}
