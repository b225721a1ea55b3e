//! Findings as a chair reads them: dates and field names in words, and a command on a line of its own.

use crate::document::words;
use chrono::NaiveDate;

/// The help of a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct FindingHelp {
    /// What to do.
    pub sentence: String,
    /// The command that does it, if there is one.
    pub command: Option<String>,
}

/// The message of a finding, without the marks of code: `the date in “done” is November 9, 2026`.
pub(super) fn message(message: &str) -> String {
    without_code(message)
}

/// The help of a finding. What it offers as lines to type into a file is left out: the command does the same.
pub(super) fn help(help: &str) -> FindingHelp {
    let help = help.split_once(", or add to ").map_or(help, |(first, _)| first);
    match command_in(help) {
        // Where the command comes first, the words say what it does.
        Some((before, command, after)) if before.ends_with("run ") && after.starts_with(", or ") => {
            let before = before.strip_suffix("run ").unwrap_or(before);
            let what = after.strip_prefix(", or ").unwrap_or(after);
            let sentence = format!("{}:", without_code(&format!("{before}{what}")));
            FindingHelp { sentence, command: Some(command.to_owned()) }
        }
        Some((before, command, after)) if after.trim().is_empty() => {
            let before = before.trim_end_matches([' ', ':']);
            FindingHelp { sentence: format!("{}:", without_code(before)), command: Some(command.to_owned()) }
        }
        Some((before, command, after)) => {
            let sentence = format!("{}this command{}", without_code(before), without_code(after));
            FindingHelp { sentence, command: Some(command.to_owned()) }
        }
        None => FindingHelp { sentence: without_code(help), command: None },
    }
}

/// The first command in a text, with what is before and after it. It is in backticks, or it ends the text.
fn command_in(text: &str) -> Option<(&str, &str, &str)> {
    if let Some((before, rest)) = text.split_once("`coalition ") {
        let (_, after) = rest.split_once('`')?;
        let command = &text[before.len() + 1..text.len() - after.len() - 1];
        return Some((before, command, after));
    }
    let (before, _) = text.split_once(": coalition ")?;
    Some((before, &text[before.len() + 2..], ""))
}

/// A text with its fields and dates in words. What it quotes stays as it is.
fn without_code(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let (part, length) = if first == '\u{201c}' {
            let length = rest.find('\u{201d}').map_or(rest.len(), |end| end + '\u{201d}'.len_utf8());
            (rest[..length].to_owned(), length)
        } else if let Some((code, length)) = code_at(rest) {
            (field_words(code), length)
        } else if let Some(date) = date_at(rest).filter(|_| !plain.ends_with(|c: char| c.is_alphanumeric() || c == '-'))
        {
            (words::format_date(date), DATE_LENGTH)
        } else {
            (first.to_string(), first.len_utf8())
        };
        plain.push_str(&part);
        rest = &rest[length..];
    }
    plain
}

/// The code that begins a text, in backticks or as the name of a table, and how many bytes it takes up.
fn code_at(text: &str) -> Option<(&str, usize)> {
    if let Some(rest) = text.strip_prefix('`') {
        let end = rest.find('`')?;
        return Some((&rest[..end], end + 2));
    }
    let end = text.strip_prefix("[[")?.find("]]")?;
    Some((&text[..end + 4], end + 4))
}

/// The name of a field in quotes, as reports write it: `[[shared_turf]]` becomes `“shared turf”`.
fn field_words(code: &str) -> String {
    let name = code.trim_start_matches('[').trim_end_matches(']');
    match name {
        "advocate" => words::quote("person"),
        name if name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.')) => {
            words::quote(&name.replace(['_', '-', '.'], " "))
        }
        _ => code.to_owned(),
    }
}

/// How many bytes a date has: `2026-11-09`.
const DATE_LENGTH: usize = 10;

/// The date that begins a text.
fn date_at(text: &str) -> Option<NaiveDate> {
    let written = text.get(..DATE_LENGTH)?;
    let is_whole = !text[DATE_LENGTH..].starts_with(|c: char| c.is_alphanumeric() || c == '-');
    let has_form = written.bytes().enumerate().all(|(at, byte)| match at {
        4 | 7 => byte == b'-',
        _ => byte.is_ascii_digit(),
    });
    if is_whole && has_form { written.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_has_its_dates_and_fields_in_words() {
        let said = |text| message(text);
        assert_eq!(said("no news in 9 days (last on 2026-04-15)"), "no news in 9 days (last on April 15, 2026)");
        assert_eq!(said("\u{201c}Plan 2026-04-15\u{201d} ends"), "\u{201c}Plan 2026-04-15\u{201d} ends");
        assert_eq!(said("the file 2026-11-03-regular and 2026-99-99"), "the file 2026-11-03-regular and 2026-99-99");
        assert_eq!(said("the exception for `no-deputy`"), "the exception for \u{201c}no deputy\u{201d}");
    }

    #[test]
    fn help_has_its_command_on_a_line_of_its_own() {
        let parts = |text| {
            let FindingHelp { sentence, command } = help(text);
            (sentence, command.unwrap_or_default())
        };
        let expected = |sentence: &str, command: &str| (sentence.to_owned(), command.to_owned());
        assert_eq!(
            parts("get in touch, and log it with `coalition log contact x`"),
            expected("get in touch, and log it with:", "coalition log contact x")
        );
        assert_eq!(
            parts("restore it, or ask to sign again: coalition sign a --member b"),
            expected("restore it, or ask to sign again:", "coalition sign a --member b")
        );
        assert_eq!(
            parts("renew it with `coalition amend a`, or enter the date: ended = YYYY-MM-DD"),
            expected("renew it with this command, or enter the date: ended = YYYY-MM-DD", "coalition amend a")
        );
        assert_eq!(
            parts("run `coalition set goal/x message=TEXT`, or write in `message` a short sentence"),
            expected("write in \u{201c}message\u{201d} a short sentence:", "coalition set goal/x message=TEXT")
        );
        let sign = "sign with `coalition sign a`, or add to signatures/a/b.toml: [[signatures]] with by = \"c\"";
        assert_eq!(parts(sign), expected("sign with:", "coalition sign a"));
        assert_eq!(
            parts("put it under `[[positions]]` with `contact_owner` or `advocate`"),
            expected(
                "put it under \u{201c}positions\u{201d} with \u{201c}contact owner\u{201d} or \u{201c}person\u{201d}",
                ""
            )
        );
    }
}
