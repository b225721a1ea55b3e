//! Syntax errors in a value: text without quotes, invalid dates, quotes that are not closed.

use super::super::dated;
use super::super::mending::Edit;
use super::{Error, SyntaxFault, is_unclosed_text, shorten};
use crate::finding::name;
use crate::source::Span;

impl Error<'_> {
    /// A word where a value should be, or nothing at all.
    pub(super) fn unquoted_fault(&self) -> SyntaxFault {
        let found = self.found_text();
        if found.is_empty() {
            let message = format!("`{}` has no value", self.key().unwrap_or_else(|| self.line_text().trim()));
            let help = "write a value after the `=`, or remove the line";
            return SyntaxFault::new(self.whole_line(), message, help).spoiling(self.at);
        }
        if found.ends_with('"') {
            return self.unopened_text();
        }
        if let Some(fault) = self.date_in_another_form() {
            return fault;
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
        SyntaxFault::new(self.at, message, format!("write {}", written(truth.1))).spoiling(self.to_line_end())
    }

    /// A date like `31.12.2026` or `March 3, 2026`.
    pub(super) fn date_in_another_form(&self) -> Option<SyntaxFault> {
        let (value, place) = self.assigned_value().filter(|(value, _)| dated::looks_like_date(value))?;
        let message = format!("`{value}` is not a date in the form YYYY-MM-DD");
        let date = dated::as_date(value);
        let date = self.key().map_or(date.clone(), |key| format!("{key} = {date}"));
        let help = format!("write year, month and day, without quotes: {date}");
        Some(SyntaxFault::new(place, message, help).spoiling(self.whole_line()))
    }

    /// More on a line than a value or a heading.
    pub(super) fn trailing(&self) -> SyntaxFault {
        let (message, help) = if !self.is_heading() {
            (
                "there is something after the end of the value",
                "keep one value on the line; a quote inside a text is written `\\\"`, and a comment starts with `#`",
            )
        } else if self.text[self.at.start as usize..self.line.end].trim_start().starts_with(']') {
            return self.too_many_brackets();
        } else {
            ("there is something after this heading", "write fields on lines of their own; a comment starts with `#`")
        };
        SyntaxFault::new(self.whole_line(), message, help)
    }

    /// A date or a time that cannot be: a fault of the value, not of the file's form.
    pub(super) fn no_date(&self) -> SyntaxFault {
        let found = self.found_text();
        if let Some((date, _)) = found.split_once(' ').filter(|(date, _)| date.parse::<chrono::NaiveDate>().is_ok()) {
            let help = format!("keep only the day: {date}; a comment starts with `#`");
            return SyntaxFault::new(self.at, "there is something after the date", help).spoiling(self.to_line_end());
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
            return fault.with_repair(Edit { range: start..start, with: "\"".to_owned() });
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
        let fault = SyntaxFault::new(
            place,
            format!("the text that opens here has no closing `{quote}` on this line"),
            format!("put a `{quote}` after the text; put text of several lines between {quote}{quote}{quote}"),
        );
        if !matches!(quote, '"' | '\'') || written.contains(['#', '\\', '\n']) {
            return fault;
        }
        // Without a comment after it, the rest of the line is the intended text, and what closes a list.
        let is_inside = self.value() != value;
        let meant =
            written.trim_end_matches(|c: char| c.is_whitespace() || (is_inside && matches!(c, ',' | ']' | '}')));
        let end = value.start as usize + meant.len();
        fault.with_repair(Edit { range: end..end, with: quote.to_string() })
    }
}
