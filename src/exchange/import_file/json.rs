//! Import files in JSON and JSON Lines: every field is named once, and a number that no program holds comes in as text.

use super::{ImportFile, Row, Unusable};
use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};
use std::borrow::Cow;
use std::fmt;

/// JSON, nested at most as deep as the parser goes.
///
/// # Errors
/// The line and column of what is no JSON.
pub fn read(text: &str) -> Result<Value, Unusable> {
    serde_json::from_str::<Once>(&quoted(text))
        .map(|read| read.0)
        .map_err(|error| Unusable(format!("this is not JSON as it stands: {error}")))
}

pub fn read_lines(text: &str) -> Result<ImportFile, Unusable> {
    let mut rows = Vec::new();
    for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let place = format!("line {}", at + 1);
        match serde_json::from_str::<Once>(&quoted(line)).map(|read| read.0) {
            Ok(Value::Object(values)) => rows.push(Row { place, values, ..Row::default() }),
            Ok(_) => return Err(Unusable(format!("{place} is no JSON object, with braces around its fields"))),
            Err(error) => {
                let reason = error.to_string();
                let reason = reason.split(" at line").next().unwrap_or_default();
                return Err(Unusable(format!("{place} is not JSON as it stands: {reason}, column {}", error.column())));
            }
        }
    }
    if rows.is_empty() {
        return Err(Unusable("this file has no entries".to_owned()));
    }
    Ok(ImportFile { columns: Vec::new(), rows })
}

/// How many digits a number with decimals keeps for certain.
const CERTAIN: usize = 15;

/// Whether a number says what its text says: a whole one fits in 64 bits, as TOML has it, and no digit is lost.
pub(super) fn holds(text: &str, number: &Number) -> bool {
    let is_whole = text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    let digits = text.split(['e', 'E']).next().unwrap_or_default().bytes().filter(u8::is_ascii_digit).count();
    if is_whole { number.as_i64().is_some() } else { digits <= CERTAIN || number.to_string() == text }
}

/// JSON in which such numbers stand in quotes.
pub fn quoted(json: &str) -> Cow<'_, str> {
    let bytes = json.as_bytes();
    let (mut quoted, mut kept, mut at) = (String::new(), 0, 0);
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'"' => at = behind_text(bytes, at),
            b'-' | b'0'..=b'9' => {
                let end = (at..).find(|end| !bytes.get(*end).is_some_and(is_of_number)).unwrap_or(bytes.len());
                let number = json.get(at..end).unwrap_or_default();
                if serde_json::from_str::<Number>(number).is_ok_and(|read| !holds(number, &read)) {
                    quoted += json.get(kept..at).unwrap_or_default();
                    quoted += &format!("\"{number}\"");
                    kept = end;
                }
                at = end;
            }
            _ => at += 1,
        }
    }
    if kept == 0 { Cow::Borrowed(json) } else { Cow::Owned(quoted + json.get(kept..).unwrap_or_default()) }
}

fn is_of_number(byte: &u8) -> bool {
    matches!(byte, b'-' | b'+' | b'.' | b'e' | b'E' | b'0'..=b'9')
}

/// The place behind the text that begins with the quote at this place.
fn behind_text(bytes: &[u8], quote: usize) -> usize {
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

/// A value in which no field is named twice.
pub struct Once(pub Value);

impl<'de> Deserialize<'de> for Once {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Once, D::Error> {
        deserializer.deserialize_any(Reading).map(Once)
    }
}

struct Reading;

impl<'de> Visitor<'de> for Reading {
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
        while let Some(Once(item)) = list.next_element()? {
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
            let Once(value) = table.next_value()?;
            fields.insert(key, value);
        }
        Ok(Value::Object(fields))
    }
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn numbers_that_would_lose_digits_become_text() {
        for (json, expected) in [
            ("[1,-9223372036854775808,1.5,0.25e3,\"12345678901234567890\"]", None),
            ("[9223372036854775808, 7]", Some("[\"9223372036854775808\", 7]")),
            ("{\"a\\\"1\":99999999999999999999}", Some("{\"a\\\"1\":\"99999999999999999999\"}")),
            ("[0.1234567890123456789]", Some("[\"0.1234567890123456789\"]")),
            ("[1e999, 1-2, \"1", None),
        ] {
            assert_eq!(quoted(json), expected.unwrap_or(json));
        }
    }
}
