//! Syntax errors in a value: text without quotes, invalid dates, quotes that are not closed.

use super::super::expected::Form;
use super::super::recovery::Repair;
use super::assignment::is_value;
use super::{Error, SyntaxFault, is_unclosed_text, shorten};
use crate::finding::name;
use crate::source::Span;

/// How many lines are searched for the end of a text.
const MOST_LINES: usize = 200;

impl Error<'_> {
    /// A word where a value should be, or nothing at all.
    pub(super) fn unquoted_fault(&self) -> SyntaxFault {
        let found = self.found_text();
        if found.is_empty() {
            if let Some(fault) = self.bullets_fault().or_else(|| self.value_below()) {
                return fault;
            }
            let message = format!("`{}` has no value", self.key().unwrap_or_else(|| self.line_text().trim()));
            let help = "write a value after the `=`, or remove the line";
            return SyntaxFault::new(self.whole_line(), message, help).spoiling(self.at);
        }
        if found.ends_with('"') {
            return self.unopened_text();
        }
        let written = |value: &str| self.key().map_or(value.to_owned(), |key| format!("{key} = {value}"));
        let straight = |text: &str| written(&format!("\"{}\"", shorten(text)));
        let bare = found.trim_matches(['“', '”', '„', '‘', '’', '«', '»']);
        if bare != found {
            let help = format!("use straight quotes: {}", straight(bare));
            return SyntaxFault::new(self.at, "the text is in curly quotes", help).spoiling(self.to_line_end());
        }
        let truth = match found.to_ascii_lowercase().as_str() {
            "yes" | "true" | "on" => ("yes", "true"),
            "no" | "false" | "off" => ("no", "false"),
            _ => {
                let message = format!("the text `{}` is not in quotes", shorten(found));
                let help = format!("if it is text, put it in straight quotes: {}", straight(found));
                return SyntaxFault::new(self.at, message, help).spoiling(self.to_line_end());
            }
        };
        let message = format!("`{found}` is not a value; {} is written `{}`", truth.0, truth.1);
        SyntaxFault::new(self.at, message, format!("write {}", written(truth.1)))
            .spoiling(self.to_line_end())
            .with_fix(vec![(self.at, truth.1.to_owned())], true)
    }

    /// More on a line than a value or a heading.
    pub(super) fn trailing(&self) -> SyntaxFault {
        let (message, help) = if !self.is_heading() {
            (
                "there is extra text after the value",
                "keep one value on the line; a quote inside a text is written `\\\"`, and a comment starts with `#`",
            )
        } else if self.text[self.at.start as usize..self.line.end].trim_start().starts_with(']') {
            return self.too_many_brackets();
        } else {
            ("there is extra text after this heading", "write each field on its own line; a comment starts with `#`")
        };
        SyntaxFault::new(self.whole_line(), message, help)
    }

    /// A date or a time that cannot be: a fault of the value, not of the file's form.
    pub(super) fn no_date(&self) -> SyntaxFault {
        let found = self.found_text();
        if let Some((date, _)) = found.split_once(' ').filter(|(date, _)| date.parse::<chrono::NaiveDate>().is_ok()) {
            let help = format!("keep only the day: {date}; a comment starts with `#`");
            return SyntaxFault::new(self.at, "there is extra text after the date", help).spoiling(self.to_line_end());
        }
        let reason = match self.message.split_once(", expected ") {
            Some((_, expected)) if expected.starts_with("day") || expected.starts_with("month") => {
                format!(": the {}", expected.replace("between", "must be between"))
            }
            _ => String::new(),
        };
        let (kind, help) = if self.message.starts_with("invalid time") {
            ("time", "write a time like 18:30:00, without quotes")
        } else {
            ("date", "write year, month and day like 2025-03-01, without quotes")
        };
        let message = format!("`{}` is not a {kind} that exists{reason}", self.found_text());
        SyntaxFault { check: name::INVALID_VALUE, ..SyntaxFault::new(self.at, message, help) }
    }

    /// A text of several lines that does not end.
    pub(super) fn unclosed_prose(&self) -> SyntaxFault {
        let value = self.value();
        SyntaxFault::new(
            Span { start: value.start, end: value.start + 3 },
            "the text that opens here with three quotes is never closed",
            "put three quotes after its last line",
        )
        .spoiling(value)
    }

    /// A text with a quote at its end alone.
    pub(super) fn unopened_text(&self) -> SyntaxFault {
        let fault =
            SyntaxFault::new(self.at, "this text has a quote only at its end", "put a quote before the text too");
        let start = self.at.start as usize;
        let rest = self.text.get(start..self.line.end).unwrap_or_default();
        if rest.matches('"').count() % 2 == 1 && !rest.starts_with('"') {
            let repair = Repair { range: start..start, with: "\"".to_owned() };
            let fix = vec![(Span::from(start..start), "\"".to_owned())];
            return fault.with_repair(repair).with_fix(fix, !rest.contains([',', '(', '[']));
        }
        fault
    }

    /// A text on one line that does not end, or holds what it may not.
    pub(super) fn broken_text(&self) -> SyntaxFault {
        let value = self.text_value();
        if !is_unclosed_text(self.message) {
            let help = "remove it; a line break needs three quotes around the text";
            return SyntaxFault::new(self.at, "this character is not allowed in text", help).spoiling(value);
        }
        let place = Span { start: value.start, end: value.end.max(self.at.end) };
        let written = self.text.get(value.range()).unwrap_or_default();
        let quote = written.chars().next().unwrap_or('"');
        if matches!(quote, '"' | '\'')
            && let Some(fault) = self.text_of_lines(value.start as usize, quote)
        {
            return fault;
        }
        let fault = SyntaxFault::new(
            place,
            format!("the text that opens here has no closing `{quote}` on this line"),
            format!("put a `{quote}` after the text; put multi-line text between {quote}{quote}{quote}"),
        );
        if !matches!(quote, '"' | '\'') || written.contains(['#', '\\', '\n']) {
            return fault;
        }
        let is_inside = self.value() != value;
        // A file that ends in the middle of a text may have lost more than a quote.
        let is_cut = self.line.end == self.text.len() && !is_inside;
        let fault = if is_cut {
            SyntaxFault::new(
                place,
                "the file ends in the middle of this text",
                format!(
                    "if lines are missing below it, get them back: `git restore FILE` brings back the last committed \
                        version; otherwise put a `{quote}` after the text"
                ),
            )
        } else {
            fault
        };
        // Without a comment after it, the rest of the line is the intended text, and what closes a list.
        let meant =
            written.trim_end_matches(|c: char| c.is_whitespace() || (is_inside && matches!(c, ',' | ']' | '}')));
        let end = value.start as usize + meant.len();
        fault
            .with_repair(Repair { range: end..end, with: quote.to_string() })
            .with_fix(vec![(Span::from(end..end), quote.to_string())], !is_inside && !is_cut && !has_field(written))
    }

    /// A value on the line below its field: `joined =`, `2026-03-03`.
    fn value_below(&self) -> Option<SyntaxFault> {
        let key = self.key()?;
        let rest = self.text.get(self.line.end..)?;
        let start = self.line.end + (rest.len() - rest.trim_start().len());
        let value = self.text.get(start..)?.lines().next()?.trim_end();
        let begins_other = value.split_once('=').is_some_and(|(before, _)| !before.contains(['"', '\'']));
        if !is_value(value) || value.starts_with('[') || begins_other {
            return None;
        }
        let gap = self.line.end..start;
        let message = format!("the value of `{key}` is on the next line");
        let help = format!("write both on one line: {key} = {}", shorten(value));
        let mut fault = SyntaxFault::new(self.whole_line(), message, help)
            .with_repair(Repair { with: " ".repeat(gap.len()), range: gap.clone() })
            .with_fix(
                vec![(Span::from(self.line.start + self.line_text().trim_end().len()..start), " ".to_owned())],
                true,
            );
        fault.ends_at = Some(start + value.len());
        Some(fault)
    }

    /// The entries of a list below its field, each after the mark of a list: `languages =`, `- English`.
    fn bullets_fault(&self) -> Option<SyntaxFault> {
        let key = self.key()?;
        let expected = self.expected(key).filter(|expected| expected.many)?;
        let newline = self.text.get(self.line.end..)?.find('\n')?;
        let mut end = self.line.end + newline + 1;
        let first = end;
        let mut entries: Vec<&str> = Vec::new();
        for line in self.text.get(first..)?.split_inclusive('\n') {
            let Some(entry) = ["- ", "* ", "• "].iter().find_map(|mark| line.trim_start().strip_prefix(mark)) else {
                break;
            };
            entries.push(entry.trim().trim_end_matches(','));
            end += line.len();
        }
        let list = format!("[{}]", expected.entries(&entries.join("; "))?.join(", "));
        let end = self.text.get(..end)?.trim_end().len();
        let whole = Span::from(self.line.start..end);
        let help = format!("write the entries in square brackets: {key} = {list}");
        let blank: String = self
            .text
            .get(self.line.start..end)?
            .chars()
            .map(|c| if c == '\n' { "\n".to_owned() } else { " ".repeat(c.len_utf8()) })
            .collect();
        let mut fault = SyntaxFault::new(
            self.whole_line(),
            format!("the list `{key}` is written with a bullet for each entry"),
            help,
        )
        .with_repair(Repair { range: self.line.start..end, with: blank })
        .with_fix(vec![(whole, format!("{key} = {list}"))], true);
        fault.ends_at = Some(end);
        Some(fault)
    }

    /// The field whose value begins here.
    fn key_of(&self, start: usize) -> Option<&str> {
        self.text.get(self.line.start..start)?.trim_end().strip_suffix('=').map(str::trim)
    }

    /// A text for one line that was broken into several: `name = "Friends of the`, `Library"`.
    fn wrapped_text(&self, start: usize, close: usize) -> Option<SyntaxFault> {
        let written = self.text.get(start..=close)?;
        let joined = written.split_whitespace().collect::<Vec<_>>().join(" ");
        let mut edits = Vec::new();
        let mut at = start;
        for line in written.split_inclusive('\n') {
            let end = at + line.len();
            if line.ends_with('\n') {
                let next = end + (self.text.get(end..)?.len() - self.text.get(end..)?.trim_start().len());
                edits.push((at + line.trim_end().len()..next, " "));
            }
            at = end;
        }
        let help = format!("write it on one line: {}", shorten(&joined));
        let message = "this text is broken into several lines";
        let mut fault = SyntaxFault::new(Span::from(start..self.line.end), message, help);
        for (range, _) in &edits {
            fault = fault.with_repair(Repair { with: " ".repeat(range.len()), range: range.clone() });
        }
        fault.ends_at = Some(close + 1);
        let edits = edits.into_iter().map(|(range, with)| (Span::from(range), with.to_owned())).collect();
        Some(fault.with_fix(edits, true))
    }

    /// A text in single quotes of one sort that goes on over several lines and is closed there.
    fn text_of_lines(&self, start: usize, quote: char) -> Option<SyntaxFault> {
        let rest = self.text.get(self.line.end..)?;
        let mut end = self.line.end + 1;
        for line in rest.get(1..)?.lines().take(MOST_LINES) {
            let bare = line.trim_end();
            if bare.contains('=') || bare.starts_with('[') {
                return None;
            }
            if let Some(at) = bare.find(quote) {
                let close = end + at;
                // In a list, what closes it may follow.
                let is_in_list = self.values.iter().any(|(span, value)| value.is_array() && span.start < start as u32);
                let after = bare.get(at + 1..).unwrap_or_default().trim_start();
                let is_last = after.is_empty() || (is_in_list && after.starts_with([',', ']']));
                let is_one_line = is_in_list
                    || self
                        .key_of(start)
                        .is_some_and(|key| self.expected(key).is_some_and(|field| field.form != Form::Prose));
                if is_one_line && is_last {
                    return self.wrapped_text(start, close);
                }
                let help = format!("put three quotes before and after multi-line text: {quote}{quote}{quote}");
                let doubled = quote.to_string().repeat(2);
                let edits = [start, close].map(|at| (Span::from(at..at), doubled.clone())).to_vec();
                let mut fault = SyntaxFault::new(
                    Span::from(start..self.line.end),
                    "this text runs over several lines, but has only one quote before and after it",
                    help,
                )
                .with_fix(edits, true);
                for at in [start, close] {
                    fault = fault.with_repair(Repair { range: at..at, with: doubled.clone() });
                }
                fault.ends_at = Some(end + line.len());
                return is_last.then_some(fault);
            }
            end += line.len() + 1;
        }
        None
    }
}

/// Whether another field seems to stand in the text that a missing quote would close.
fn has_field(written: &str) -> bool {
    written.contains(" = ")
}
