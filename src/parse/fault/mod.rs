//! A syntax error in words: explains the parser's error to the person who wrote the line.

mod assignment;
mod line;
mod look_alike;
pub(super) mod swallowed;
mod value;

use super::expected::{ExpectedValue, FindField};
use super::foreign::second_record;
use super::recovery::Repair;
use crate::finding::{CheckName, Finding, Fix, TextEdit, name};
use crate::source::{LedgerPath, Span, Unseen, describe_unseen};
use std::ops::Range;
use toml::de::DeValue;

/// Errors that say the same wherever they occur: how the parser's words begin, what is wrong, what helps.
const PLAIN: [(&str, &str, &str); 11] = [
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
    ("extra comma", "there is an extra comma", "write a single comma between the values"),
    ("missing assignment between", "an `=` is missing here", "write `=` between name and value"),
    ("extra assignment between", "there is an extra `=`", "write a single `=` between name and value"),
    ("extra `=`", "there is an extra `=`", "write a single `=` between name and value"),
    ("unexpected `=` in array", "there is an `=` in a list", "close the list with `]`, or put the value in quotes"),
    (
        "cannot recurse further",
        "values are nested too deeply",
        "no field needs more than a list of tables; use fewer levels",
    ),
    ("recursion limit", "values are nested too deeply", "no field needs more than a list of tables; use fewer levels"),
];

/// What helps where a heading has too few or too many brackets.
const BRACKETS: &str = "close it with as many brackets as it opens with: [process] or [[contacts]]";

/// One mistake in the syntax of a file.
pub(super) struct SyntaxFault {
    check: CheckName,
    /// Where it was made.
    pub place: Span,
    message: String,
    help: String,
    /// The bytes that mean nothing for it; no further finding is made there.
    pub spoiled: Option<Span>,
    /// Changes that let the rest of the text be read.
    pub repairs: Vec<Repair>,
    /// The bytes to replace so that the line is right, and whether that is certain to be what was meant.
    fix: Option<(Vec<(Span, String)>, bool)>,
    /// Where the value ends that it is about, if that is on a later line.
    pub ends_at: Option<usize>,
    /// A second record begins here, in the file of another one; with its name, if it can be read.
    begins_record: Option<Option<String>>,
}

impl SyntaxFault {
    /// A fault that spoils the place it is reported at.
    pub(super) fn new(place: Span, message: impl Into<String>, help: impl Into<String>) -> SyntaxFault {
        SyntaxFault {
            check: name::INVALID_TOML,
            place,
            message: message.into(),
            help: help.into(),
            spoiled: Some(place),
            repairs: Vec::new(),
            fix: None,
            ends_at: None,
            begins_record: None,
        }
    }

    /// The same, with a change after which everything else can be read as it is.
    pub(super) fn with_repair(mut self, repair: Repair) -> SyntaxFault {
        self.spoiled = None;
        self.repairs.push(repair);
        self
    }

    /// The same, with other bytes spoiled than those it is reported at.
    fn spoiling(mut self, spoiled: Span) -> SyntaxFault {
        self.spoiled = Some(spoiled);
        self
    }

    /// The same, corrected if these bytes are replaced.
    fn with_fix(mut self, edits: Vec<(Span, String)>, is_certain: bool) -> SyntaxFault {
        self.fix = Some((edits, is_certain));
        self
    }

    /// The same, at the places that `moved` gives.
    pub(super) fn move_places(&mut self, moved: impl Fn(Span) -> Span) {
        self.place = moved(self.place);
        self.spoiled = self.spoiled.map(&moved);
        self.fix.iter_mut().flat_map(|(edits, _)| edits).for_each(|(span, _)| *span = moved(*span));
    }

    /// The finding that reports it.
    pub(super) fn finding(self, path: &LedgerPath) -> Finding {
        let (message, help) = match &self.begins_record {
            Some(name) => second_record(path, name.as_deref()),
            None => (self.message, self.help),
        };
        let fix = self.fix.map(|(edits, is_certain)| {
            let edit = |(span, text)| TextEdit { path: path.clone(), span, text };
            Fix::of(edits.into_iter().map(edit).collect(), help.clone()).if_certain(is_certain)
        });
        Finding::new(self.check, path, self.place, message, help).with_fix(fix)
    }
}

/// An error of the parser, in its surroundings.
pub(super) struct Error<'a> {
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
    /// The fields of the file.
    pub find_field: FindField<'a>,
}

impl<'a> Error<'a> {
    /// The error in words of our own.
    pub(super) fn fault(self) -> SyntaxFault {
        if let Some(fault) = self.known_fault() {
            return fault;
        }
        let (what, _) = self.message.split_once(", expected").unwrap_or((self.message, ""));
        if let Some((_, message, help)) = PLAIN.iter().find(|(start, ..)| what.starts_with(start)) {
            return SyntaxFault::new(self.at, *message, *help);
        }
        match what {
            "string values must be quoted" | "invalid boolean" | "invalid float" => self.unquoted_fault(),
            "missing opening quote" => self.unopened_text(),
            "duplicate key" => self.duplicate(),
            "key with no value" => self.no_value(),
            "unclosed table" | "unclosed array table" => self.unclosed_heading(),
            "unexpected key or value" => self.trailing(),
            "unquoted keys cannot be empty" => self.nameless(),
            "invalid unquoted key" => SyntaxFault::new(
                self.at,
                format!("{} cannot be part of a field's name", describe_found(self.found_text())),
                "use letters, digits and `_` in names of fields",
            )
            .spoiling(self.whole_line()),
            _ if what.starts_with("invalid date") || what.starts_with("invalid time") => self.no_date(),
            _ if what.starts_with("invalid multi-line") => self.unclosed_prose(),
            _ if what.starts_with("invalid basic string") || what.starts_with("invalid literal string") => {
                self.broken_text()
            }
            _ => SyntaxFault::new(
                self.at,
                format!("this is not valid TOML: {}", self.message),
                "compare the line with one that works; `coalition schema` describes every field",
            ),
        }
    }

    /// The fault of a line that explains itself, whatever the parser stumbled over.
    fn known_fault(&self) -> Option<SyntaxFault> {
        self.quoted_line()
            .or_else(|| self.unseen_fault())
            .or_else(|| self.entity_fault())
            .or_else(|| self.look_alike_fault())
            .or_else(|| self.heading_in_other_marks())
            .or_else(|| self.marked_name())
            .or_else(|| self.value_fault())
    }

    fn found_text(&self) -> &'a str {
        self.text.get(self.at.range()).unwrap_or_default()
    }

    /// The field that a line begins with, as the field table knows it.
    fn expected(&self, key: &str) -> Option<ExpectedValue> {
        let mut headings: Vec<&str> = Vec::new();
        let before = self.text.get(..self.line.start).unwrap_or_default();
        let heading =
            before.lines().rev().map(str::trim).find(|line| line.starts_with('[') && !line.contains([',', '"']));
        if let Some(heading) = heading {
            let name = heading.split('#').next().unwrap_or_default();
            headings.extend(name.trim().trim_matches(['[', ']', ' ']).split('.').map(str::trim));
        }
        (self.find_field)(&headings, key)
    }

    fn line_text(&self) -> &'a str {
        &self.text[self.line.clone()]
    }

    /// The line without spaces around it.
    fn whole_line(&self) -> Span {
        let line = self.line_text();
        let start = self.line.start + line.len() - line.trim_start().len();
        Span::from(start..start + line.trim().len())
    }

    /// From here to the end of the line: in a list, more of the same may follow, and the first is reported for all.
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
}

/// Whether the parser's message is about a text that is not closed on its line.
pub(super) fn is_unclosed_text(message: &str) -> bool {
    ["invalid basic string, expected `\"`", "invalid literal string, expected `'`"].contains(&message)
}

/// Whether text has the form of a value: in quotes or brackets, or a word that starts like a number or a date. What is
/// there: a character that readers cannot see is named by its number.
fn describe_found(found: &str) -> String {
    let unseen = found
        .chars()
        .next()
        .filter(|c| !c.is_ascii_graphic() && (c.is_whitespace() || c.is_control() || Unseen::of(*c).is_some()));
    unseen.map_or_else(|| format!("`{found}`"), |c| format!("the invisible character {}", describe_unseen(c)))
}

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
