//! The meaning of a TOML file, without its form: two texts that mean the same have equal trees. Line endings inside
//! text are those of the file and mean nothing; a date differs from a text that looks like one.

use crate::error::Error;
use crate::record::value::moment;
use serde_json::{Map, Value};
use toml::de::{DeTable, DeValue};

/// The tree of a text.
///
/// # Errors
/// If it is not TOML: the line, and what the parser says of it.
pub(crate) fn tree_of(text: &str) -> Result<Map<String, Value>, Error> {
    let table = DeTable::parse(text).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start);
        let line = text.get(..at).unwrap_or_default().matches('\n').count() + 1;
        Error::refused(format!(
            "line {line} is not valid TOML: {}; `coalition check` says how to fix it",
            error.message().lines().collect::<Vec<_>>().join(", ")
        ))
    })?;
    Ok(table_tree(table.get_ref()))
}

fn table_tree(table: &DeTable<'_>) -> Map<String, Value> {
    let mut tree: Map<String, Value> =
        table.iter().map(|(key, value)| (key.get_ref().to_string(), value_tree(value.get_ref()))).collect();
    // Where a key is in its table means nothing.
    tree.sort_keys();
    tree
}

/// The tree of one value. Text is with `=` in front, and dates, times and numbers with decimals are with `:`.
fn value_tree(value: &DeValue<'_>) -> Value {
    let typed = |text: String| Value::from(format!(":{text}"));
    match value {
        DeValue::String(text) => Value::from(format!("={}", text.replace("\r\n", "\n"))),
        DeValue::Boolean(truth) => Value::from(*truth),
        DeValue::Integer(number) => match i64::from_str_radix(number.as_str(), number.radix()) {
            Ok(number) => Value::from(number),
            Err(_) => typed(format!("{} in base {}", number.as_str(), number.radix())),
        },
        DeValue::Float(number) => typed(number.as_str().replace('_', "")),
        DeValue::Datetime(_) => typed(moment(value).unwrap_or_default()),
        DeValue::Array(items) => items.iter().map(|item| value_tree(item.get_ref())).collect(),
        DeValue::Table(table) => Value::Object(table_tree(table)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writing_means_nothing_and_types_mean_something() {
        let same = [
            ("a = 1\nb = 2\n", "b = 0x2\na = 1 # one\n"),
            ("[t]\nx = \"\"\"\na\nb\"\"\"\n", "t.x = \"a\\nb\"\r\n"),
            ("x = \"\"\"a\r\nb\"\"\"\r\n", "x = \"a\\nb\"\n"),
            ("[[l]]\nd = 2026-03-01\n", "l = [{ d = 2026-03-01 }]\n"),
            ("f = 1_0.5\n", "f = 10.5\n"),
            ("t = 18:30\n", "t = 18:30:00\n"),
        ];
        for (one, other) in same {
            assert_eq!(tree_of(one).unwrap(), tree_of(other).unwrap(), "{one}");
        }
        let different = [
            ("x = 2026-03-01", "x = \"2026-03-01\""),
            ("x = 1", "x = 1.0"),
            ("x = 1.0", "x = \"1.0\""),
            ("x = [1]", "x = 1"),
        ];
        for (one, other) in different {
            assert_ne!(tree_of(one).unwrap(), tree_of(other).unwrap(), "{one}");
        }
        let message = tree_of("a = 1\nb = \nc = 2\n").unwrap_err().to_string();
        assert!(message.starts_with("line 2 is not valid TOML"), "{message}");
    }
}
