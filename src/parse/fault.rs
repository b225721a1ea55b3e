//! One slip in the syntax of a file, in words: what the parser's error means for the person who wrote the line.

use super::mending::{Edit, closed_heading};
use crate::finding::{CheckName, Finding, name};
use crate::source::{LedgerPath, Span};
use std::ops::Range;
use toml::de::DeValue;

/// Errors that say the same wherever they occur: how the parser's words begin, what is wrong, what helps.
const PLAIN: [(&str, &str, &str); 12] = [
    (
        "missing escaped value",
        "a backslash in a text starts a special character, and this one is unknown",
        "write `\\\\` for a plain backslash, or put the text in single quotes",
    ),
    (
        "too few unicode",
        "a backslash in a text starts a special character, and this one is unknown",
        "write `\\\\` for a plain backslash, or put the text in single quotes",
    ),
    (
        "unexpected leading zero",
        "a number cannot start with 0",
        "leave the 0 out, or put the value in quotes if it is not a quantity",
    ),
    (
        "missing comma between",
        "a comma is missing here",
        "put a comma between the values, and quotes on both sides of each text",
    ),
    ("extra comma", "there is one comma too many", "write a single comma between the values"),
    ("missing assignment between", "a `=` is missing here", "write `=` between name and value"),
    ("extra assignment between", "there is one `=` too many", "write a single `=` between name and value"),
    ("extra `=`", "there is one `=` too many", "write a single `=` between name and value"),
    ("unexpected `=` in array", "a `=` stands in a list", "close the list with `]`, or put the value in quotes"),
    (
        "carriage return must be",
        "a lone carriage return stands where a line should end",
        "save the file with the line ends of Unix or of Windows",
    ),
    (
        "cannot recurse further",
        "values are nested too deeply",
        "no field needs more than a list of tables; unfold the value",
    ),
    ("recursion limit", "values are nested too deeply", "no field needs more than a list of tables; unfold the value"),
];

/// What helps where a heading has too few or too many brackets.
const BRACKETS: &str = "close it with as many brackets as it opens with: [process] or [[contacts]]";

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
    /// A fault that spoils the place it is told at.
    pub fn new(place: Span, message: impl Into<String>, help: impl Into<String>) -> Fault {
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
    pub fn mended(mut self, edit: Edit) -> Fault {
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

/// An error of the parser, in its surroundings.
pub struct Error<'a> {
    /// The whole text.
    pub text: &'a str,
    /// All values that were made out, at every depth.
    pub values: &'a [(Span, &'a DeValue<'a>)],
    /// Where the parser stumbled.
    pub at: Span,
    /// The parser's words.
    pub message: &'a str,
    /// The line, without its end.
    pub line: Range<usize>,
}

impl<'a> Error<'a> {
    /// The error in words of our own.
    pub fn fault(self) -> Fault {
        let (what, _) = self.message.split_once(", expected").unwrap_or((self.message, ""));
        if let Some((_, message, help)) = PLAIN.iter().find(|(start, ..)| what.starts_with(start)) {
            return Fault::new(self.at, *message, *help);
        }
        match what {
            "string values must be quoted" | "invalid boolean" | "invalid float" => self.unquoted(),
            "missing opening quote" => self.unopened_text(),
            "duplicate key" => self.duplicate(),
            "key with no value" => self.no_value(),
            "unclosed table" | "unclosed array table" => {
                Fault::new(self.whole_line(), "this heading is not closed", BRACKETS)
                    .mended(closed_heading(self.text, self.line))
            }
            "unexpected key or value" => self.trailing(),
            "unquoted keys cannot be empty" => self.nameless(),
            "invalid unquoted key" => Fault::new(
                self.at,
                format!("`{}` cannot be part of a field's name", self.found()),
                "names of fields are made of letters, digits and `_`",
            )
            .spoiling(self.whole_line()),
            _ if what.starts_with("invalid date") || what.starts_with("invalid time") => self.no_date(),
            _ if what.starts_with("invalid multi-line") => self.unclosed_prose(),
            _ if what.starts_with("invalid basic string") || what.starts_with("invalid literal string") => {
                self.broken_text()
            }
            _ => Fault::new(
                self.at,
                format!("this is not TOML: {}", self.message),
                "compare the line with one that works; `coalition schema` describes every field",
            ),
        }
    }

    fn found(&self) -> &'a str {
        self.text.get(self.at.range()).unwrap_or_default()
    }

    fn line_text(&self) -> &'a str {
        &self.text[self.line.clone()]
    }

    /// The line without blanks around it.
    fn whole_line(&self) -> Span {
        let line = self.line_text();
        let start = self.line.start + line.len() - line.trim_start().len();
        Span::from(start..start + line.trim().len())
    }

    /// From here to the end of the line: in a list, more of the same may follow, and the first is told for all.
    fn to_line_end(&self) -> Span {
        Span::from(self.at.start as usize..self.line.end)
    }

    fn is_heading(&self) -> bool {
        self.line_text().trim_start().starts_with('[')
    }

    /// Whether the line is a heading with double brackets.
    fn is_entry(&self) -> bool {
        self.line_text().trim_start().starts_with("[[")
    }

    /// The name of the field whose value is here; `None` in a list.
    fn key(&self) -> Option<&'a str> {
        let before = self.text.get(self.line.start..self.at.start as usize)?.trim_end().strip_suffix('=')?;
        before.rsplit(['{', ',']).next().map(str::trim)
    }

    /// The outermost value that this place touches.
    fn value(&self) -> Span {
        self.values.iter().map(|(span, _)| *span).filter(|span| span.touches(self.at)).min().unwrap_or(self.at)
    }

    /// The text that this place touches.
    fn text_value(&self) -> Span {
        let texts = self.values.iter().filter(|(span, value)| value.is_str() && span.touches(self.at));
        texts.map(|(span, _)| *span).max().unwrap_or(self.at)
    }

    /// A line that is no field. Where it is plain what it was to be, it is read as that.
    fn no_value(self) -> Fault {
        let whole_line = self.whole_line();
        let rest = &self.text[self.at.start as usize..self.line.end];
        let next = self.at.start as usize + rest.len() - rest.trim_start().len();
        let rest = rest.trim();
        if rest.starts_with(':') {
            let message = "the name and the value are joined by `:`";
            return Fault::new(whole_line, message, "write `=` between the name of a field and its value")
                .mended(Edit { range: next..next + 1, with: "=".to_owned() });
        }
        if looks_like_value(rest) {
            let message = "a `=` is missing between the name and the value";
            return Fault::new(whole_line, message, "write `=` between the name of a field and its value")
                .mended(Edit { range: next..next, with: "=".to_owned() });
        }
        if let "]" | "]]" = rest {
            let start = whole_line.start as usize;
            return Fault::new(whole_line, "this heading is not opened", BRACKETS)
                .mended(Edit { range: start..start, with: "[".repeat(rest.len()) });
        }
        let message = format!("`{}` is neither a field with a value nor a heading", shorten(self.line_text().trim()));
        let spaces = " ".repeat(self.line.len());
        Fault::new(whole_line, message, "write `field = value`; a remark starts with `#`")
            .mended(Edit { range: self.line, with: spaces })
    }

    /// A word where a value should be, or nothing at all.
    fn unquoted(&self) -> Fault {
        let found = self.found();
        if found.is_empty() {
            let message = format!("`{}` has no value", self.key().unwrap_or_else(|| self.line_text().trim()));
            let help = "write a value behind the `=`, or remove the line";
            return Fault::new(self.whole_line(), message, help).spoiling(self.at);
        }
        if found.ends_with('"') {
            return self.unopened_text();
        }
        let written = |value: &str| self.key().map_or(value.to_owned(), |key| format!("{key} = {value}"));
        let straight = |text: &str| written(&format!("\"{}\"", shorten(text)));
        let bare = found.trim_matches(['“', '”', '„', '‘', '’', '«', '»']);
        if bare != found {
            let help = format!("use straight quotes: {}", straight(bare));
            return Fault::new(self.at, "the text stands in typographic quotes", help).spoiling(self.to_line_end());
        }
        let truth = match found.to_ascii_lowercase().as_str() {
            "yes" | "true" | "on" => ("yes", "true"),
            "no" | "false" | "off" => ("no", "false"),
            _ => {
                let message = format!("the text `{}` is not in quotes", shorten(found));
                let help = format!("put it in straight quotes: {}", straight(found));
                return Fault::new(self.at, message, help).spoiling(self.to_line_end());
            }
        };
        let message = format!("`{found}` is no value; {} is written `{}`", truth.0, truth.1);
        Fault::new(self.at, message, format!("write {}", written(truth.1))).spoiling(self.to_line_end())
    }

    fn duplicate(&self) -> Fault {
        if self.is_heading() && self.line_text().trim_end().ends_with("]]") && !self.is_entry() {
            return self.too_many_brackets();
        }
        let message = format!("`{}` is given twice", self.found());
        let help = "keep one of the two; a list of entries is written with double brackets, like [[contacts]]";
        Fault::new(self.at, message, help).spoiling(if self.is_heading() { self.whole_line() } else { self.at })
    }

    /// A heading like `[contacts]]`. Where the file has `[[contacts]]` too, it is read as that.
    fn too_many_brackets(&self) -> Fault {
        let whole_line = self.whole_line();
        let fault = Fault::new(whole_line, "this heading has a bracket too many", BRACKETS);
        let whole = format!("[{}", self.line_text().trim());
        if !self.is_entry() && self.text.lines().any(|line| line.trim() == whole) {
            let start = whole_line.start as usize;
            return fault.mended(Edit { range: start..start, with: "[".to_owned() });
        }
        fault
    }

    /// A value or a heading without a name.
    fn nameless(&self) -> Fault {
        let (message, help) = if self.is_heading() {
            ("this heading has no name", "write its name between the brackets: [process] or [[contacts]]")
        } else {
            ("the name of the field is missing", "write `field = value`; a remark starts with `#`")
        };
        Fault::new(self.whole_line(), message, help)
    }

    /// More on a line than a value or a heading.
    fn trailing(&self) -> Fault {
        let (message, help) = if !self.is_heading() {
            (
                "something stands behind the end of the value",
                "keep one value on the line; a quote inside a text is written `\\\"`, and a remark starts with `#`",
            )
        } else if self.text[self.at.start as usize..self.line.end].trim_start().starts_with(']') {
            return self.too_many_brackets();
        } else {
            ("something stands behind this heading", "write fields on lines of their own; a remark starts with `#`")
        };
        Fault::new(self.whole_line(), message, help)
    }

    /// A date or a time that cannot be: a fault of the value, not of the file's form.
    fn no_date(&self) -> Fault {
        let reason = match self.message.split_once(", expected ") {
            Some((_, expected)) if expected.starts_with("day") || expected.starts_with("month") => {
                format!(": the {}", expected.replace("between", "lies between"))
            }
            _ => String::new(),
        };
        let (kind, help) = if self.message.starts_with("invalid time") {
            ("time", "write a time like 18:30:00, without quotes")
        } else {
            ("date", "write year, month and day like 2025-03-01, without quotes")
        };
        let message = format!("`{}` is not a {kind} that exists{reason}", self.found());
        Fault { check: name::INVALID_VALUE, ..Fault::new(self.at, message, help) }
    }

    /// A text of several lines that does not end.
    fn unclosed_prose(&self) -> Fault {
        let value = self.value();
        Fault::new(
            Span { start: value.start, end: value.start + 3 },
            "the text that opens here with three quotes is never closed",
            "put three quotes behind its last line",
        )
        .spoiling(value)
    }

    /// A text with a quote at its end alone.
    fn unopened_text(&self) -> Fault {
        let fault = Fault::new(self.at, "a text has a quote at its end alone", "put a quote before the text as well");
        let start = self.at.start as usize;
        let rest = self.text.get(start..self.line.end).unwrap_or_default();
        if rest.matches('"').count() % 2 == 1 && !rest.starts_with('"') {
            return fault.mended(Edit { range: start..start, with: "\"".to_owned() });
        }
        fault
    }

    /// A text on one line that does not end, or holds what it may not.
    fn broken_text(&self) -> Fault {
        let value = self.text_value();
        if !is_unclosed_text(self.message) {
            let help = "remove it; a line break needs three quotes around the text";
            return Fault::new(self.at, "this character cannot stand in a text", help).spoiling(value);
        }
        let place = Span { start: value.start, end: value.end.max(self.at.end) };
        let written = self.text.get(value.range()).unwrap_or_default();
        let quote = written.chars().next().unwrap_or('"');
        let fault = Fault::new(
            place,
            format!("the text that opens here is not closed by the end of the line with `{quote}`"),
            format!("put a `{quote}` behind the text; a text of several lines stands between {quote}{quote}{quote}"),
        );
        if !matches!(quote, '"' | '\'') || written.contains(['#', '\\', '\n']) {
            return fault;
        }
        // Without a remark behind it, the rest of the line is what the text was to be, and what closes a list.
        let is_inside = self.value() != value;
        let meant =
            written.trim_end_matches(|c: char| c.is_whitespace() || (is_inside && matches!(c, ',' | ']' | '}')));
        let end = value.start as usize + meant.len();
        fault.mended(Edit { range: end..end, with: quote.to_string() })
    }
}

/// Whether the parser's words tell of a text that is not closed on its line.
pub fn is_unclosed_text(message: &str) -> bool {
    ["invalid basic string, expected `\"`", "invalid literal string, expected `'`"].contains(&message)
}

/// Whether text has the form of a value: in quotes or brackets, or a word that starts like a number or a date.
fn looks_like_value(text: &str) -> bool {
    let text = text.split('#').next().unwrap_or_default().trim();
    let is_word = !text.contains(char::is_whitespace);
    text.starts_with(['"', '\'', '[', '{'])
        || (is_word && (matches!(text, "true" | "false") || text.starts_with(|c: char| c.is_ascii_digit())))
}

/// The first words of a long text.
fn shorten(text: &str) -> String {
    if text.chars().count() <= 40 {
        return text.to_owned();
    }
    text.chars().take(39).chain(std::iter::once('…')).collect()
}
