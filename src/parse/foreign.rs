//! Recognizes a file that is something else than TOML, or two records, or none: JSON, YAML, a spreadsheet, an address card, a
//! web page, prose. It gets one finding that says what it is, instead of one for each line.

use super::expected::FindField;
use super::leading_key;
use super::slug::slug;
use crate::finding::{CheckName, Finding, name};
use crate::kind::{Kind, is_deciding_folder};
use crate::source::{LedgerPath, ROOT_FILE, Span};

/// What is said of a file as a whole.
struct Whole {
    check: CheckName,
    message: &'static str,
    help: String,
}

/// The finding on a file in which there is nothing; `None` if there is something. The coalition's own file may be empty.
pub(super) fn find_nothing(text: &str, path: &LedgerPath) -> Option<Finding> {
    // Other characters that show nothing are mistakes of their own.
    let is_blank = |line: &str| line.trim_start_matches('\u{feff}').chars().all(|c| matches!(c, ' ' | '\t'));
    let is_odd = |line: &str| line.chars().any(|c| c.is_control() && c != '\t');
    if path.as_str() == ROOT_FILE || path.as_str().is_empty() {
        return None;
    }
    if !text.is_empty() && text.chars().all(|c| c == '\0' || c == char::REPLACEMENT_CHARACTER) {
        let help =
            format!("it was damaged when it was saved; `git restore {path}` brings back the last committed version");
        let finding =
            Finding::new(name::INVALID_TOML, path, Span::START, "this file has only zero bytes, and no text", help);
        let finding = finding.about_whole_file();
        return Some(if is_deciding_folder(path.top()) { finding.on_duty() } else { finding });
    }
    let has_comment = text.lines().any(|line| line.trim_start().starts_with('#'));
    let is_empty = text.lines().all(|line| is_blank(line) || line.trim_start().starts_with('#'));
    if !is_empty || text.lines().any(is_odd) {
        return None;
    }
    let is_disabled = |line: &str| uncommented(line).and_then(leading_key).is_some_and(|key| key == "name");
    let message = if has_comment { "this file has only comments" } else { "this file is empty" };
    let help = match Kind::of_folder(path.top()) {
        Some(_) if text.lines().any(is_disabled) => {
            "delete the `#` at the start of each line, so that the record is read; or delete the file".to_owned()
        }
        Some(kind) => format!(
            "write the record, starting with name = \"…\", or delete the file; `coalition new {kind}` asks for what it needs"
        ),
        None => "write its fields, or delete the file".to_owned(),
    };
    let finding = Finding::new(name::MISSING_FIELD, path, Span::START, message, help).about_whole_file();
    Some(if is_deciding_folder(path.top()) { finding.on_duty() } else { finding })
}

/// What a line says that is a comment; `None` if it is none.
fn uncommented(line: &str) -> Option<&str> {
    line.trim_start().strip_prefix('#').map(|rest| rest.trim_start_matches(['#', ' ']).trim_end())
}

/// The findings on entries of lists whose lines are all comments, so that they are not read: a heading of a list, and a field of it
/// below.
pub(super) fn find_disabled(text: &str, path: &LedgerPath, find_field: FindField<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut offset = 0;
    let mut lines = text.split_inclusive('\n').peekable();
    while let Some(line) = lines.next() {
        let place = Span::from(offset..offset + line.trim_end().len());
        offset += line.len();
        let heading = uncommented(line).and_then(|line| line.strip_prefix("[[")?.strip_suffix("]]"));
        let below = lines.peek().and_then(|line| uncommented(line)).and_then(leading_key);
        let (Some(heading), Some(key)) = (heading, below) else { continue };
        let headings: Vec<&str> = heading.split('.').map(str::trim).collect();
        if find_field(&headings, key).is_none() {
            continue;
        }
        let message = format!("an entry of `{heading}` begins here in a comment, so it is not read");
        let help =
            "delete the `#` at the start of its lines if it is meant; otherwise delete the lines, which git keeps";
        findings.push(Finding::new(name::INVALID_TOML, path, place, message, help).soften());
    }
    findings
}

/// The finding on a text that has syntax errors and is something else as a whole; `None` if it is TOML with mistakes.
pub(super) fn find_foreign(text: &str, path: &LedgerPath) -> Option<Finding> {
    let bare = text.trim_start_matches('\u{feff}').trim();
    let whole = of_markup(bare, path).or_else(|| of_lines(bare, path))?;
    let first = text.len() - text.trim_start_matches('\u{feff}').trim_start().len();
    let line = text.get(first..).and_then(|rest| rest.lines().next()).unwrap_or_default().trim_end();
    Some(
        Finding::new(whole.check, path, Span::from(first..first + line.len()), whole.message, whole.help)
            .about_whole_file(),
    )
}

fn invalid(message: &'static str, help: impl Into<String>) -> Option<Whole> {
    Some(Whole { check: name::INVALID_TOML, message, help: help.into() })
}

/// How to bring in a file of another program.
fn import_help(path: &LedgerPath, ending: &str) -> String {
    let kind = Kind::of_folder(path.top()).map_or("KIND", Kind::singular);
    format!(
        "rename it to {}.{ending}, move it out of {}/, and run `coalition import {kind} FILE`; or write each line as name = \"value\"",
        path.stem(),
        path.top()
    )
}

/// A text that begins as one of another program does.
fn of_markup(text: &str, path: &LedgerPath) -> Option<Whole> {
    let lower = text.get(..text.len().min(200)).unwrap_or(text).to_ascii_lowercase();
    if text.starts_with("{\\rtf") {
        return invalid(
            "this is a rich text document (RTF), not plain text",
            "open it, choose to save it as plain text (UTF-8), and keep only the lines of the record",
        );
    }
    if ["<!doctype html", "<html", "<?xml", "<head", "<body", "<div", "<p>"].iter().any(|tag| lower.starts_with(tag)) {
        return invalid(
            "this is a web page (HTML), not a record",
            "copy the text of the record from the page into a plain text file; on a git host, use the Raw button",
        );
    }
    if lower.starts_with("begin:vcard") {
        return invalid("this is an address card (vCard), not TOML", import_help(path, "vcf"));
    }
    let holds_object = text.trim_start_matches(['[', ' ', '\t', '\r', '\n']).starts_with('{');
    let is_json = holds_object && text.ends_with(['}', ']']);
    if is_json && (serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok() || is_like_json(text)) {
        return invalid("this is JSON, not TOML", import_help(path, "json"));
    }
    if lower.starts_with("```") {
        return invalid(
            "this file starts with a ``` mark, as an example on a web page does",
            "delete the lines with ```, and keep what is between them",
        );
    }
    None
}

/// Whether most lines are `"key": value`, as in JSON with a mistake.
fn is_like_json(text: &str) -> bool {
    let lines = || text.lines().map(str::trim).filter(|line| !line.is_empty());
    let is_pair = |line: &str| line.starts_with('"') && line.contains("\":");
    let is_bracket = |line: &str| line.chars().all(|c| "{}[], ".contains(c));
    lines().any(is_pair) && lines().all(|line| is_pair(line) || is_bracket(line))
}

/// A text whose lines are none of TOML, but of one other kind.
fn of_lines(text: &str, path: &LedgerPath) -> Option<Whole> {
    let lines: Vec<&str> = text.lines().map(str::trim_end).filter(|line| !line.trim().is_empty()).collect();
    let words = || lines.iter().map(|line| line.trim()).filter(|line| !line.starts_with('#'));
    if lines.is_empty() || words().any(|line| line.contains('=') || is_heading(line)) {
        return None;
    }
    let has_lines = lines.len() > 1;
    let is_separator = |line: &str| matches!(line, "---" | "...");
    let is_pair = |line: &str| {
        let line = line.trim_start_matches("- ");
        line.split_once(':').is_some_and(|(key, value)| {
            is_key(key) && (value.is_empty() || value.starts_with(' ')) && !key.trim().is_empty()
        })
    };
    let is_item = |line: &str| line.starts_with("- ") || line == "-";
    if words().filter(|line| is_pair(line)).count() >= 2
        && words().all(|line| is_pair(line) || is_item(line) || is_separator(line))
    {
        return invalid("this is YAML, not TOML", import_help(path, "yaml"));
    }
    let columns = |line: &str| [',', ';', '\t'].map(|mark| line.matches(mark).count());
    let first = words().next().map(columns)?;
    if has_lines && (0..3).any(|at| first[at] > 0 && words().all(|line| columns(line)[at] >= first[at])) {
        return invalid("this is a table with commas (CSV), not TOML", import_help(path, "csv"));
    }
    let is_prose = |line: &&str| line.split_whitespace().count() > 2 && !line.contains(['"', '“', '”']);
    let is_prose = |line: &str| is_prose(&line) || (has_lines && line.starts_with(['-', '*', '>']));
    if words().all(|line| is_prose(line) && (has_lines || !line.contains([':', '|', '\t']))) {
        return invalid(
            "this is text, not a record: no line has the form field = value",
            "write the fields of the record, such as name = \"…\", and put the text into notes = \"\"\"…\"\"\"; or keep it in a file that ends in .md",
        );
    }
    None
}

fn is_heading(line: &str) -> bool {
    line.starts_with('[') && line.ends_with(']') && !line.contains([',', '"', '('])
}

fn is_key(key: &str) -> bool {
    let key = key.trim_matches(['"', '\'', ' ']);
    key.split_whitespace().count() <= 3 && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | ' '))
}

/// What is said where a second record begins in the file of another one: `name` is the name that is given there, if it can
/// be read.
pub(super) fn second_record(path: &LedgerPath, name: Option<&str>) -> (String, String) {
    let folder = path.as_str().strip_suffix(path.file_name()).unwrap_or_default();
    let id = name.map(slug).filter(|id| !id.is_empty() && id != path.stem());
    let file = id.map_or_else(|| format!("{folder}ID.toml"), |id| format!("{folder}{id}.toml"));
    let message = "a second record begins here, and a file holds only one".to_owned();
    let help = format!("move the lines from here on to a separate file, such as {file}");
    (message, help)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(text: &str) -> Option<String> {
        find_foreign(text, &LedgerPath::new("members/x.toml")).map(|finding| finding.message)
    }

    #[test]
    fn what_is_no_toml_is_named() {
        for (text, what) in [
            ("{\"name\": \"A\"}", "JSON"),
            ("{\n  \"name\": \"A\",\n}\n", "JSON"),
            ("[{\"name\": \"A\"}]", "JSON"),
            ("---\nname: A\nareas:\n  - north\n", "YAML"),
            ("name: A\nfull name: B\n", "YAML"),
            ("name,joined\nA,2026-01-01\n", "CSV"),
            ("name;joined\nA;2026-01-01\n", "CSV"),
            ("{\\rtf1\\ansi hello}", "RTF"),
            ("<!DOCTYPE html>\n<p>x", "HTML"),
            ("BEGIN:VCARD\nEND:VCARD\n", "vCard"),
            ("# Rotary\n\n- joined in March\n- represented by Ana\n", "text"),
            ("The club joined us in March.\nAna represents it.\n", "text"),
        ] {
            assert!(message(text).is_some_and(|message| message.contains(what)), "{text}: {:?}", message(text));
        }
        for text in
            ["name: \"A\"\nb = x\n", "name \"A\"\njoined 2026-01-01\n", "[[a]\nb\n", "foo bar\n", "- a\n- b\nc = 3\n"]
        {
            assert_eq!(message(text), None, "{text}");
        }
    }

    #[test]
    fn an_empty_file_is_said_to_be_empty() {
        let path = LedgerPath::new("goals/x.toml");
        let of = |text: &str| find_nothing(text, &path).map(|finding| finding.message);
        assert_eq!(of(" \n\t\n").as_deref(), Some("this file is empty"));
        assert_eq!(of("# later\n").as_deref(), Some("this file has only comments"));
        assert_eq!(of("name = \"A\"\n"), None);
        assert_eq!(find_nothing("", &LedgerPath::new(ROOT_FILE)), None);
    }
}
