//! Values as TOML source text.

use chrono::NaiveDate;

/// A value to write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Literal {
    /// Text on one line, in quotes.
    Text(String),
    /// Text on lines of its own, between three quotes.
    Lines(String),
    /// A date.
    Date(NaiveDate),
    /// A whole number.
    Number(i64),
    /// True or false.
    Flag(bool),
    /// A value in TOML already: a time, a number with decimals.
    Toml(String),
    /// A list in brackets; as an entry of tables it is written under headings.
    List(Vec<Literal>),
    /// A table; under a heading of its own where it can be.
    Table(Vec<(String, Literal)>),
}

/// Lists longer than this get a line for each item, in characters.
const LINE: usize = 100;

impl Literal {
    /// The value in TOML, with these line ends.
    pub(crate) fn toml(&self, newline: &str) -> String {
        match self {
            Literal::Text(text) => format!("\"{}\"", escape(text, false)),
            Literal::Lines(text) => format!("\"\"\"{newline}{}\"\"\"", escape(text, true).replace('\n', newline)),
            Literal::Date(date) => date.to_string(),
            Literal::Number(number) => number.to_string(),
            Literal::Flag(flag) => flag.to_string(),
            Literal::Toml(value) => value.clone(),
            Literal::List(items) => {
                let items: Vec<String> = items.iter().map(|item| item.on_one_line(newline)).collect();
                let line = format!("[{}]", items.join(", "));
                if line.chars().count() <= LINE {
                    return line;
                }
                let lines: String = items.iter().map(|item| format!("  {item},{newline}")).collect();
                format!("[{newline}{lines}]")
            }
            Literal::Table(_) => self.on_one_line(newline),
        }
    }

    /// The value without a line break, for lists and tables in braces.
    fn on_one_line(&self, newline: &str) -> String {
        match self {
            Literal::Lines(text) => Literal::Text(text.clone()).toml(newline),
            Literal::List(items) => {
                format!("[{}]", items.iter().map(|item| item.on_one_line(newline)).collect::<Vec<_>>().join(", "))
            }
            Literal::Table(fields) if fields.is_empty() => "{}".to_owned(),
            Literal::Table(fields) => {
                let fields: Vec<String> = fields
                    .iter()
                    .map(|(key, value)| format!("{} = {}", bare(key), value.on_one_line(newline)))
                    .collect();
                format!("{{ {} }}", fields.join(", "))
            }
            other => other.toml(newline),
        }
    }

    /// Text, on lines of its own where it has several.
    pub(crate) fn prose(text: &str) -> Literal {
        if text.contains('\n') { Literal::Lines(text.to_owned()) } else { Literal::Text(text.to_owned()) }
    }
}

/// A key, in quotes where it needs them.
pub(crate) fn bare(key: &str) -> String {
    let is_bare = !key.is_empty() && key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-');
    if is_bare { key.to_owned() } else { format!("\"{}\"", escape(key, false)) }
}

/// Text with escapes for what cannot be in quotes.
fn escape(text: &str, keeps_lines: bool) -> String {
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
    use crate::edit::tree::tree_of;
    use serde_json::json;

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
                (Literal::prose(text), "\n"),
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

    #[test]
    fn lists_and_tables_are_values_on_a_line_or_a_few() {
        let text = |text: &str| Literal::Text(text.to_owned());
        let table = Literal::Table(vec![("a key".into(), text("x\ny")), ("b".into(), Literal::Lines("1\n2".into()))]);
        let long = Literal::List((0..20).map(|at| text(&format!("word-{at}"))).collect());
        let list = Literal::List(vec![table, Literal::List(vec![]), Literal::Table(vec![])]);
        let file = format!("x = {}\ny = {}\n", list.toml("\n"), long.toml("\n"));
        let tree = tree_of(&file).unwrap();
        assert_eq!(tree["x"], json!([{ "a key": "=x\ny", "b": "=1\n2" }, [], {}]));
        assert_eq!(tree["y"].as_array().unwrap().len(), 20);
        assert!(file.lines().all(|line| line.len() <= LINE), "{file}");
    }
}
