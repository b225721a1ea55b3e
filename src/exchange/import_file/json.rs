//! Import files in JSON and JSON Lines. A field may appear only once in an object, and numbers that would lose digits become text.

use super::{FileRow, ImportFile};
use crate::error::Error;
use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};
use std::borrow::Cow;
use std::fmt;

/// Reads JSON, up to the nesting limit of the parser.
///
/// # Errors
/// The text is not valid JSON; the message has the line and column.
pub(crate) fn read(text: &str) -> Result<Value, Error> {
    serde_json::from_str::<UniqueFields>(&quote_big_numbers(text))
        .map(|read| read.0)
        .map_err(|error| Error::data(format!("this is not valid JSON: {error}")))
}

pub(super) fn read_lines(text: &str) -> Result<ImportFile, Error> {
    let mut rows = Vec::new();
    for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let place = format!("line {}", at + 1);
        match serde_json::from_str::<UniqueFields>(&quote_big_numbers(line)).map(|read| read.0) {
            Ok(Value::Object(values)) => rows.push(FileRow { place, values, ..FileRow::default() }),
            Ok(_) => return Err(Error::data(format!("{place} is not a JSON object ({{…}})"))),
            Err(error) => {
                let reason = error.to_string();
                let reason = reason.split(" at line").next().unwrap_or_default();
                return Err(Error::data(format!("{place} is not valid JSON: {reason}, column {}", error.column())));
            }
        }
    }
    if rows.is_empty() {
        return Err(Error::data("this file has no entries"));
    }
    Ok(ImportFile { rows, ..ImportFile::default() })
}

/// How many digits a decimal number always keeps.
const CERTAIN: usize = 15;

/// Whether a number keeps every digit of its text, and a whole one fits in the 64 bits of TOML.
pub(super) fn is_exact(text: &str, number: &Number) -> bool {
    let is_whole = text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    let digits = text.split(['e', 'E']).next().unwrap_or_default().bytes().filter(u8::is_ascii_digit).count();
    if is_whole { number.as_i64().is_some() } else { digits <= CERTAIN || number.to_string() == text }
}

/// JSON with all numbers that would lose digits put in quotes.
pub(crate) fn quote_big_numbers(json: &str) -> Cow<'_, str> {
    let bytes = json.as_bytes();
    let (mut output, mut copied, mut at) = (String::new(), 0, 0);
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'"' => at = text_end(bytes, at),
            b'-' | b'0'..=b'9' => {
                let end = (at..).find(|end| !bytes.get(*end).is_some_and(is_of_number)).unwrap_or(bytes.len());
                let number = json.get(at..end).unwrap_or_default();
                if serde_json::from_str::<Number>(number).is_ok_and(|read| !is_exact(number, &read)) {
                    output += json.get(copied..at).unwrap_or_default();
                    output += &format!("\"{number}\"");
                    copied = end;
                }
                at = end;
            }
            _ => at += 1,
        }
    }
    if copied == 0 { Cow::Borrowed(json) } else { Cow::Owned(output + json.get(copied..).unwrap_or_default()) }
}

fn is_of_number(byte: &u8) -> bool {
    matches!(byte, b'-' | b'+' | b'.' | b'e' | b'E' | b'0'..=b'9')
}

/// The position after the string that begins with the quote at this position.
fn text_end(bytes: &[u8], quote: usize) -> usize {
    let mut at = quote + 1;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'\\' => at += 2,
            b'"' => return at + 1,
            _ => at += 1,
        }
    }
    bytes.len()
}

/// A value in which no field appears twice.
pub(super) struct UniqueFields(pub Value);

impl<'de> Deserialize<'de> for UniqueFields {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<UniqueFields, D::Error> {
        deserializer.deserialize_any(ValueVisitor).map(UniqueFields)
    }
}

struct ValueVisitor;

impl<'de> Visitor<'de> for ValueVisitor {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, truth: bool) -> Result<Value, E> {
        Ok(Value::from(truth))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Value, E> {
        Ok(Value::from(number))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Value, E> {
        Ok(Value::from(number))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Value, E> {
        Ok(Value::from(number))
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(Value::from(text))
    }

    fn visit_string<E>(self, text: String) -> Result<Value, E> {
        Ok(Value::from(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Value, A::Error> {
        let mut items = Vec::new();
        while let Some(UniqueFields(item)) = list.next_element()? {
            items.push(item);
        }
        Ok(Value::Array(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut table: A) -> Result<Value, A::Error> {
        let mut fields = Map::new();
        while let Some(key) = table.next_key::<String>()? {
            if fields.contains_key(&key) {
                return Err(A::Error::custom(format!("the field `{key}` appears twice")));
            }
            let UniqueFields(value) = table.next_value()?;
            fields.insert(key, value);
        }
        Ok(Value::Object(fields))
    }
}

#[cfg(test)]
mod tests {
    use super::quote_big_numbers;

    #[test]
    fn numbers_that_would_lose_digits_become_text() {
        for (json, expected) in [
            ("[1,-9223372036854775808,1.5,0.25e3,\"12345678901234567890\"]", None),
            ("[9223372036854775808, 7]", Some("[\"9223372036854775808\", 7]")),
            ("{\"a\\\"1\":99999999999999999999}", Some("{\"a\\\"1\":\"99999999999999999999\"}")),
            ("[0.1234567890123456789]", Some("[\"0.1234567890123456789\"]")),
            ("[1e999, 1-2, \"1", None),
        ] {
            assert_eq!(quote_big_numbers(json), expected.unwrap_or(json));
        }
    }
}
