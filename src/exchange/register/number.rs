//! Numbers of JSON that no program number holds: they come in as text, with every digit.

use serde_json::Number;
use std::borrow::Cow;

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
