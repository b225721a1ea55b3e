//! TOML values in the forms of TOML 1.0, which every reader understands.

use super::literal::Literal;
use crate::record::value::{escape_pointer, json, moment};
use serde_json::{Map, Value};
use toml::de::{DeTable, DeValue};

/// The value that a text is in TOML, as it will be written: times have seconds, and nothing in braces breaks the line.
/// `None` where the text is not a value, or a whole number that no reader has to take.
pub(super) fn literal_of(text: &str) -> Option<Literal> {
    let file = format!("x = {text}\n");
    let table = DeTable::parse(&file).ok().filter(|table| table.get_ref().len() == 1)?;
    literal(table.get_ref().get("x")?.get_ref())
}

fn literal(value: &DeValue<'_>) -> Option<Literal> {
    Some(match value {
        DeValue::String(text) => Literal::prose(text),
        DeValue::Boolean(truth) => Literal::Flag(*truth),
        DeValue::Integer(number) => {
            i64::from_str_radix(number.as_str(), number.radix()).ok()?;
            Literal::Toml(number.to_string())
        }
        DeValue::Float(number) => Literal::Toml(number.to_string()),
        DeValue::Datetime(_) => Literal::Toml(moment(value)?),
        DeValue::Array(items) => {
            Literal::List(items.iter().map(|item| literal(item.get_ref())).collect::<Option<_>>()?)
        }
        DeValue::Table(fields) => {
            let field = |(key, value): (&toml::Spanned<_>, &toml::Spanned<DeValue<'_>>)| {
                let key: &std::borrow::Cow<'_, str> = key.get_ref();
                Some((key.to_string(), literal(value.get_ref())?))
            };
            Literal::Table(fields.iter().map(|(key, value)| field((key, value))).collect::<Option<_>>()?)
        }
    })
}

/// The values of a table that came with the forms in which TOML writes them. Where one has been changed since, it is what it says
/// now.
pub(super) struct Exact<'e>(pub &'e Map<String, Value>);

impl Exact<'_> {
    /// The value at the path, if it has a form of its own.
    pub(super) fn at(&self, path: &str, value: &Value) -> Option<Literal> {
        let text = self.0.get(path)?.as_str()?;
        let file = format!("x = {text}\n");
        let table = DeTable::parse(&file).ok().filter(|table| table.get_ref().len() == 1)?;
        let found = table.get_ref().get("x")?.get_ref();
        let is_scalar = matches!(found, DeValue::Float(_) | DeValue::Datetime(_));
        if is_scalar && json(found) == *value { literal(found) } else { None }
    }
}

/// The path to the value of this key.
pub(crate) fn below(path: &str, key: &str) -> String {
    format!("{path}/{}", escape_pointer(key))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_toml_has_since_1_1_is_written_as_in_1_0() {
        for (text, written) in [
            ("07:32", "07:32:00"),
            ("2026-03-01T07:32Z", "2026-03-01T07:32:00Z"),
            ("{ a = 1,\n  b = 2,\n}", "{ a = 1, b = 2 }"),
            ("[07:32, { a = \"x\\e\\x41\", }]", "[07:32:00, { a = \"x\\u001BA\" }]"),
            ("0xff", "0xff"),
            ("1_000.5", "1000.5"),
        ] {
            assert_eq!(literal_of(text).map(|value| value.toml("\n")).as_deref(), Some(written), "{text}");
        }
        for text in ["", "x", "1\ny = 2", "99999999999999999999"] {
            assert!(literal_of(text).is_none(), "{text}");
        }
    }
}
