//! Values as they are written in TOML.

use chrono::NaiveDate;
use serde_json::Value;

/// A value to write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Literal {
    /// Text on one line, in quotes.
    Text(String),
    /// Text on lines of its own, between three quotes.
    Lines(String),
    /// A date.
    Date(NaiveDate),
    /// A whole number.
    Number(u32),
    /// True or false.
    Flag(bool),
}

impl Literal {
    /// The value in TOML, with these line ends.
    pub fn toml(&self, newline: &str) -> String {
        match self {
            Literal::Text(text) => format!("\"{}\"", escaped(text, false)),
            Literal::Lines(text) => format!("\"\"\"{newline}{}\"\"\"", escaped(text, true).replace('\n', newline)),
            Literal::Date(date) => date.to_string(),
            Literal::Number(number) => number.to_string(),
            Literal::Flag(flag) => flag.to_string(),
        }
    }

    /// The value as the reader of records gives it back.
    pub fn json(&self) -> Value {
        match self {
            Literal::Text(text) | Literal::Lines(text) => Value::from(text.as_str()),
            Literal::Date(date) => Value::from(date.to_string()),
            Literal::Number(number) => Value::from(*number),
            Literal::Flag(flag) => Value::from(*flag),
        }
    }
}

/// Text with escapes for what cannot stand in quotes.
fn escaped(text: &str, keeps_lines: bool) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\n' if keeps_lines => escaped.push('\n'),
            '"' | '\\' => escaped.extend(['\\', letter]),
            '\n' => escaped += "\\n",
            '\r' => escaped += "\\r",
            '\t' => escaped += "\\t",
            _ if letter.is_control() => escaped += &format!("\\u{:04X}", u32::from(letter)),
            _ => escaped.push(letter),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_back() {
        let texts = [
            "",
            "plain",
            "a \"quoted\" \\ word",
            "two\nlines\n",
            "\"\"\"",
            "tab\tbell\u{7}del\u{7f}\r",
            "Mejía 図書館 \\u0041",
        ];
        for text in texts {
            for (literal, newline) in [
                (Literal::Text(text.to_owned()), "\n"),
                (Literal::Lines(text.to_owned()), "\n"),
                (Literal::Lines(text.to_owned()), "\r\n"),
            ] {
                let line = format!("x = {}{newline}", literal.toml(newline));
                let table = toml::de::DeTable::parse(&line).unwrap();
                let read = table.get_ref()["x"].get_ref().as_str().unwrap().replace("\r\n", "\n");
                assert_eq!(read, text, "{line}");
            }
        }
        assert_eq!(Literal::Date("2026-03-01".parse().unwrap()).toml("\n"), "2026-03-01");
        assert_eq!((Literal::Number(2).toml("\n"), Literal::Flag(true).toml("\n")), ("2".into(), "true".into()));
    }
}
