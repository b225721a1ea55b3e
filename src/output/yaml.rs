//! Data as YAML that every reader understands the same way: YAML 1.2 reads `no`, `18:30:00`, `0o7` and `1_000` as text,
//! and readers of YAML 1.1, such as PyYAML and Ruby's, as a boolean or a number. So such text is in quotes.

use super::log_command::without_commands;
use serde_json::{Map, Value};

/// The words that one version or another takes for a truth, for nothing, or for a key of its own (YAML 1.1, types bool, null, merge
/// and value; YAML 1.2.2, section 10).
const WORDS: [&str; 15] =
    ["y", "n", "yes", "no", "true", "false", "on", "off", "null", "~", "<<", "=", ".inf", ".nan", "-.inf"];

/// What numbers and points in time are made of in any version: digits, bases, signs, separators, sexagesimals, zones.
const OF_NUMBERS: &str = "0123456789abcdefABCDEFoxOX_.,:+-TtZzinIN ";

/// What a plain scalar may not begin with, or would be something else than text (YAML 1.2.2, section 7.3.3), and a backquote, which
/// is reserved.
const INDICATORS: &str = "-?:,[]{}#&*!|>'\"%@`";

/// The value as a document.
pub(crate) fn document(value: &Value) -> String {
    let mut text = String::new();
    match value {
        Value::Object(fields) if !fields.is_empty() => table(fields, 0, &mut text),
        Value::Array(items) if !items.is_empty() => list(items, 0, &mut text),
        other => {
            text += &inline(other, 0);
            text.push('\n');
        }
    }
    debug_assert!(reads_back(&text, value), "YAML that says something else:\n{text}");
    text
}

/// Whether another reader takes a document for the same data.
fn reads_back(text: &str, value: &Value) -> bool {
    serde_yaml::from_str::<Value>(text).is_ok_and(|read| read == *value)
}

fn table(fields: &Map<String, Value>, depth: usize, text: &mut String) {
    for (at, (key, value)) in fields.iter().enumerate() {
        // The first field of an entry comes after its hyphen.
        if at > 0 || !text.ends_with("- ") {
            indent(depth, text);
        }
        *text += &scalar(key);
        text.push(':');
        below(value, depth, text);
    }
}

/// What comes after a colon: a value on the same line, or lines below it.
fn below(value: &Value, depth: usize, text: &mut String) {
    match value {
        Value::Object(fields) if !fields.is_empty() => {
            text.push('\n');
            table(fields, depth + 1, text);
        }
        Value::Array(items) if !items.is_empty() => {
            text.push('\n');
            list(items, depth, text);
        }
        other => {
            text.push(' ');
            *text += &inline(other, depth + 1);
            text.push('\n');
        }
    }
}

fn list(items: &[Value], depth: usize, text: &mut String) {
    for (at, item) in items.iter().enumerate() {
        if at > 0 || !text.ends_with("- ") {
            indent(depth, text);
        }
        *text += "- ";
        match item {
            Value::Object(fields) if !fields.is_empty() => table(fields, depth + 1, text),
            Value::Array(items) if !items.is_empty() => list(items, depth + 1, text),
            other => {
                *text += &inline(other, depth + 1);
                text.push('\n');
            }
        }
    }
}

fn indent(depth: usize, text: &mut String) {
    (0..depth).for_each(|_| *text += "  ");
}

/// A value without lines of its own, but for text that has several.
fn inline(value: &Value, depth: usize) -> String {
    match value {
        Value::String(words) if is_block(words) => block(words, depth),
        Value::String(words) => scalar(words),
        Value::Number(number) => float(&number.to_string()),
        other => other.to_string(),
    }
}

/// A number as YAML 1.1 has it too: with a point and a sign where it has an exponent.
fn float(number: &str) -> String {
    let Some((digits, exponent)) = number.split_once('e') else { return number.to_owned() };
    let point = if digits.contains('.') { "" } else { ".0" };
    let sign = if exponent.starts_with(['-', '+']) { "" } else { "+" };
    format!("{digits}{point}e{sign}{exponent}")
}

/// Text on one line: plain where every reader takes it for text, in quotes otherwise.
pub(crate) fn scalar(text: &str) -> String {
    if is_plain(text) { text.to_owned() } else { quote(text) }
}

fn is_plain(text: &str) -> bool {
    let Some(first) = text.chars().next() else { return false };
    let is_number = (first.is_ascii_digit() || "+-.".contains(first)) && text.chars().all(|c| OF_NUMBERS.contains(c));
    let is_word = WORDS.iter().any(|word| text.eq_ignore_ascii_case(word));
    !is_number
        && !is_word
        && !INDICATORS.contains(first)
        && text.trim() == text
        && !text.contains(": ")
        && !text.contains(" #")
        && !text.ends_with(':')
        && text.chars().all(is_shown)
        && !is_command(text)
}

/// Whether a service that runs programs would take a line of a text for one of its commands.
fn is_command(text: &str) -> bool {
    without_commands(text) != text
}

/// Whether a character may be in YAML as it is, and shows (YAML 1.2.2, production c-printable, without what breaks
/// lines or is not seen).
fn is_shown(letter: char) -> bool {
    let is_break = matches!(letter, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}');
    !letter.is_control() && !is_break && crate::source::Unseen::of(letter).is_none_or(|unseen| !unseen.is_idle())
}

/// Text in quotes, with an escape for everything that does not show.
fn quote(text: &str) -> String {
    let mut quoted = String::from("\"");
    let is_command = is_command(text);
    for letter in text.chars() {
        match letter {
            '#' | '_' if is_command => quoted += &format!("\\x{:02X}", u32::from(letter)),
            '"' | '\\' => quoted.extend(['\\', letter]),
            '\n' => quoted += "\\n",
            '\t' => quoted += "\\t",
            '\r' => quoted += "\\r",
            letter if is_shown(letter) => quoted.push(letter),
            letter => quoted += &format!("\\U{:08X}", u32::from(letter)),
        }
    }
    quoted + "\""
}

/// Whether text reads better on lines of its own, and comes back from them to the letter.
fn is_block(text: &str) -> bool {
    if is_command(text) {
        return false;
    }
    let has_lines = text.contains('\n') && !text.trim().is_empty();
    let is_even = |line: &str| line.chars().all(is_shown) && line.trim_end() == line;
    has_lines && !text.starts_with([' ', '\n']) && text.split('\n').all(is_even)
}

/// Text on lines of its own.
fn block(text: &str, depth: usize) -> String {
    let body = text.trim_end_matches('\n');
    let chomping = match text.len() - body.len() {
        0 => "-",
        1 => "",
        _ => "+",
    };
    let mut block = format!("|{chomping}");
    let ends = text.len() - body.len();
    for line in body.split('\n').chain((1..ends).map(|_| "")) {
        block.push('\n');
        if !line.is_empty() {
            indent(depth, &mut block);
            block += line;
        }
    }
    block
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn no_line_is_a_command_of_a_service_that_runs_programs() {
        for text in ["A\n::error file=x::y\nB", "A\n##[group]x", "##[error]x", "a##[error]x", "section_start:1:b"] {
            let yaml = document(&json!({ "list": [text], "text": text }));
            assert_eq!(without_commands(&yaml), yaml, "{yaml}");
        }
    }

    #[test]
    fn what_an_older_reader_would_take_for_something_else_is_in_quotes() {
        for text in [
            "yes",
            "No",
            "on",
            "OFF",
            "y",
            "N",
            "true",
            "null",
            "~",
            "",
            "18:30:00",
            "14:00",
            "0o7",
            "0x5a",
            "0b11",
            "1_000",
            "012",
            "1e3",
            ".5",
            "1.",
            "+1",
            "-7",
            ".inf",
            ".NaN",
            "2026-03-01",
            "2001-12-14t21:59:43.10-05:00",
            "<<",
            "=",
            "- a",
            "---",
            "...",
            "a: b",
            "a #b",
            "x:",
            " a",
            "a ",
            "@x",
            "`x`",
            "%x",
            "[x]",
            "{x}",
            "&x",
            "*x",
            "!x",
            "#x",
            "'x'",
            "\"x\"",
            "|",
            ">",
            "?x",
            ",x",
            "a\u{85}b",
            "a\u{2028}b",
            "tab\there",
            "\u{feff}x",
            "a\u{200b}b",
        ] {
            let written = scalar(text);
            assert!(written.starts_with('"') && written.ends_with('"'), "{text}: {written}");
            let read: Value = serde_yaml::from_str(&format!("x: {written}\n")).unwrap();
            assert_eq!(read["x"], text, "{written}");
        }
        for text in [
            "Riverton",
            "3 members",
            "noon",
            "Ye",
            "a-b",
            "x:y",
            "C#",
            "Mejía",
            "+1 555 (0142)",
            "information",
            "12 o'clock",
        ] {
            assert_eq!(scalar(text), text);
        }
    }

    #[test]
    fn data_comes_back_whatever_it_holds() {
        let data = json!({
            "plain": "x", "no": "no", "empty": "", "list": ["a", ["b", [], {}], { "c": 1, "d": ["e"] }], "none": null, "yes": true,
            "number": -1.5, "text": "two\nlines", "ended": "two\nlines\n", "twice": "two\n\nlines\n\n", "odd": " two\nlines",
            "trailing": "two \nlines", "deep": { "a": { "b": [{ "t": "x\n  y\n" }] } }, "nothing": {}, "crlf": "a\r\nb", "dash": "---\nx",
        });
        let yaml = document(&data);
        assert_eq!(serde_yaml::from_str::<Value>(&yaml).unwrap(), data, "{yaml}");
        assert_eq!((float("1e20"), float("1.5e-7"), float("12")), ("1.0e+20".into(), "1.5e-7".into(), "12".into()));
        for alone in [json!([]), json!({}), json!("no"), json!(3), json!(["a\nb"]), json!([[1], [2]])] {
            let yaml = document(&alone);
            assert_eq!(serde_yaml::from_str::<Value>(&yaml).unwrap(), alone, "{yaml}");
        }
        assert_eq!(
            document(&json!({ "a": [{ "b": 1, "c": "x\ny" }], "d": ["e"] })),
            "a:\n- b: 1\n  c: |-\n    x\n    y\nd:\n- e\n"
        );
    }
}
