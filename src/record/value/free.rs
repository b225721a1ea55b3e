//! Tables with a coalition's own keys. Programs read them as JSON; values that JSON cannot hold, such as `nan` or a
//! time of day, are also kept as TOML, so that an export and import do not change them.

use super::super::field::{Field, Shape, Visitor};
use super::Value;
use crate::parse::{Reader, TomlItem, span_of};
use crate::source::Span;
use serde::Serialize;
use serde_json::{Map, Value as Json};
use std::borrow::Cow;
use std::collections::BTreeMap;
use toml::de::{DeInteger, DeValue};

/// The key in the portable form of such a table under which values stand as TOML writes them, each under the path that leads to it
/// (a JSON Pointer, RFC 6901, in the keys of the portable form).
pub(crate) const EXACT: &str = "$toml";

/// How many digits a number with decimals keeps for certain.
const CERTAIN_DIGITS: usize = 15;

/// A table with keys of the coalition's own.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
#[serde(transparent)]
pub struct Free(
    /// The values as data.
    pub Map<String, Json>,
    /// Those that JSON cannot hold, as TOML writes them, by the paths that lead to them in the portable form.
    #[serde(skip)]
    pub BTreeMap<String, String>,
);

impl Free {
    /// The table in its portable form: JSON from which an import makes the same table again. A key of the table that looks like
    /// [`EXACT`] has one more `$`.
    pub fn to_portable(&self) -> Map<String, Json> {
        let mut table: Map<String, Json> =
            self.0.iter().map(|(key, value)| (escape_key(key).into_owned(), escape_keys(value))).collect();
        if !self.1.is_empty() {
            table.insert(EXACT.to_owned(), self.1.iter().map(|(path, text)| (path.clone(), text.clone())).collect());
        }
        table
    }
}

/// Whether a key looks like [`EXACT`]: `toml` after one `$` or more.
fn looks_like_exact(key: &str) -> bool {
    key.strip_suffix("toml").is_some_and(|front| !front.is_empty() && front.bytes().all(|byte| byte == b'$'))
}

/// A key in the portable form: with one more `$` where it looks like [`EXACT`], so that it is never taken for it.
pub(crate) fn escape_key(key: &str) -> Cow<'_, str> {
    if looks_like_exact(key) { Cow::Owned(format!("${key}")) } else { Cow::Borrowed(key) }
}

/// The key that the portable form writes as `key`.
pub(crate) fn unescape_key(key: &str) -> &str {
    match key.strip_prefix('$') {
        Some(inner) if looks_like_exact(inner) => inner,
        _ => key,
    }
}

/// Data with each key in it as the portable form writes it.
pub(crate) fn escape_keys(value: &Json) -> Json {
    match value {
        Json::Array(items) => items.iter().map(escape_keys).collect(),
        Json::Object(fields) => {
            Json::Object(fields.iter().map(|(key, value)| (escape_key(key).into_owned(), escape_keys(value))).collect())
        }
        scalar => scalar.clone(),
    }
}

impl Value for Free {
    fn shape() -> Shape {
        Shape::Free
    }

    fn read(item: TomlItem<'_>, reader: &mut Reader<'_>) -> Option<Free> {
        let Json::Object(map) = json(item.get_ref()) else {
            reader.wrong_type(item, "a table");
            return None;
        };
        refuse_large(item, None, reader);
        let exact = exact(item, &|item| reader.source(span_of(item)));
        Some(Free(map, exact))
    }

    /// Its keys are the coalition's own.
    fn visit<'a>(&'a self, _: &'static Field, _: Span, _: &mut dyn Visitor<'a>) {}
}

/// Reports whole numbers that no TOML reader has to accept. The data holds their digits as text.
fn refuse_large(item: TomlItem<'_>, key: Option<&str>, reader: &mut Reader<'_>) {
    match item.get_ref() {
        DeValue::Integer(number) if whole(number).is_none() && has_digits(number) => {
            let span = span_of(item);
            let source = reader.source(span).to_owned();
            let message = format!("`{source}` is too large: whole numbers in TOML have 64 bits");
            let line = key.map_or_else(|| format!("\"{source}\""), |key| format!("{key} = \"{source}\""));
            reader.invalid(span, message, format!("write it as text, in quotes: {line}"));
        }
        DeValue::Array(items) => items.iter().for_each(|item| refuse_large(item, None, reader)),
        DeValue::Table(table) => {
            table.iter().for_each(|(key, item)| refuse_large(item, Some(key.get_ref().as_ref()), reader));
        }
        _ => {}
    }
}

/// The values in a table that JSON cannot hold, as they are written, by the paths that lead to them in the portable form.
pub(crate) fn exact<'a>(item: TomlItem<'a>, source: &dyn Fn(TomlItem<'a>) -> &'a str) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    collect(item, "", source, &mut found);
    found
}

fn collect<'a>(
    item: TomlItem<'a>,
    path: &str,
    source: &dyn Fn(TomlItem<'a>) -> &'a str,
    found: &mut BTreeMap<String, String>,
) {
    match item.get_ref() {
        DeValue::Datetime(_) => found.extend(moment(item.get_ref()).map(|text| (path.to_owned(), text))),
        DeValue::Float(number) if !is_held(number.as_str()) => {
            found.insert(path.to_owned(), source(item).to_owned());
        }
        DeValue::Array(items) => {
            items.iter().enumerate().for_each(|(at, item)| collect(item, &format!("{path}/{at}"), source, found));
        }
        DeValue::Table(table) => {
            for (key, item) in table {
                collect(item, &format!("{path}/{}", escape_pointer(&escape_key(key.get_ref()))), source, found);
            }
        }
        _ => {}
    }
}

/// Whether a number with decimals is the same in JSON, to the last digit.
fn is_held(text: &str) -> bool {
    let digits = text.split(['e', 'E']).next().unwrap_or_default().bytes().filter(u8::is_ascii_digit).count();
    digits <= CERTAIN_DIGITS && text.parse().is_ok_and(f64::is_finite)
}

/// A key as a part of a JSON Pointer.
pub(crate) fn escape_pointer(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

/// The whole number of an integer, where it is one that TOML can hold.
fn whole(number: &DeInteger<'_>) -> Option<i64> {
    i64::from_str_radix(number.as_str(), number.radix()).ok()
}

/// Whether the number has digits, and those of the standard. What has none is not a number, which is reported already.
fn has_digits(number: &DeInteger<'_>) -> bool {
    number.as_str().is_ascii() && number.as_str().bytes().any(|byte| byte.is_ascii_hexdigit())
}

/// A date or a time as every TOML reader takes it: TOML 1.0 has no time without seconds.
pub(crate) fn moment(value: &DeValue<'_>) -> Option<String> {
    let DeValue::Datetime(moment) = value else { return None };
    let mut whole = *moment;
    if let Some(time) = &mut whole.time {
        time.second = time.second.or(Some(0));
    }
    Some(whole.to_string())
}

/// Any TOML value as JSON. Dates and times become text, and so does a number that JSON cannot hold.
pub(crate) fn json(value: &DeValue<'_>) -> Json {
    match value {
        DeValue::String(text) => Json::from(text.as_ref()),
        DeValue::Integer(number) => whole(number).map_or_else(|| Json::from(number.to_string()), Json::from),
        DeValue::Float(number) => {
            let held = number.as_str().parse().ok().and_then(serde_json::Number::from_f64);
            held.map_or_else(|| Json::from(number.as_str()), Json::Number)
        }
        DeValue::Boolean(truth) => Json::from(*truth),
        DeValue::Datetime(_) => Json::from(moment(value)),
        DeValue::Array(items) => items.iter().map(|item| json(item.get_ref())).collect(),
        DeValue::Table(table) => {
            Json::Object(table.iter().map(|(key, item)| (key.get_ref().to_string(), json(item.get_ref()))).collect())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_key_that_looks_like_the_mark_is_escaped_and_comes_back() {
        for key in ["$toml", "$$toml", "$$$toml", "toml", "$", "$tom", "x$toml", "$toml ", "$TOML", ""] {
            assert_eq!(unescape_key(&escape_key(key)), key);
            assert_ne!(escape_key(key), EXACT);
        }
        let table = json!({ "$toml": { "$toml": "nan" }, "a": "inf" });
        let exact =
            BTreeMap::from([("/a".to_owned(), "inf".to_owned()), ("/$$toml/$$toml".to_owned(), "nan".to_owned())]);
        let portable = Free(table.as_object().unwrap().clone(), exact).to_portable();
        let expected = json!({
            "$$toml": { "$$toml": "nan" }, "a": "inf", "$toml": { "/a": "inf", "/$$toml/$$toml": "nan" },
        });
        assert_eq!(Json::Object(portable), expected);
    }

    #[test]
    fn nothing_becomes_null_and_what_json_cannot_hold_is_kept_as_written() {
        let text = "a = nan\nb = -inf\nc = 1e999\nd = 0.12345678901234567890\ne = 07:32\nf = 1979-05-27T00:32:00.5-07:00\n\
            g = [1, 2020-01-01, { \"x/y\" = inf }]\nh = 1.50\ni = 99999999999999999999\nj = 0xFFFFFFFFFFFFFFFFFF\nk = true\n";
        let table = toml::de::DeTable::parse(text).unwrap();
        let whole = toml::Spanned::new(table.span(), DeValue::Table(table.get_ref().clone()));
        let data = json!({
            "a": "nan", "b": "-inf", "c": "1e999", "d": 0.12345678901234568, "e": "07:32:00", "f": "1979-05-27T00:32:00.5-07:00",
            "g": [1, "2020-01-01", { "x/y": "inf" }], "h": 1.5, "i": "99999999999999999999", "j": "0xFFFFFFFFFFFFFFFFFF", "k": true,
        });
        assert_eq!(json(whole.get_ref()), data);
        let exact = exact(&whole, &|item| text.get(item.span()).unwrap());
        let expected = [
            ("/a", "nan"),
            ("/b", "-inf"),
            ("/c", "1e999"),
            ("/d", "0.12345678901234567890"),
            ("/e", "07:32:00"),
            ("/f", "1979-05-27T00:32:00.5-07:00"),
            ("/g/1", "2020-01-01"),
            ("/g/2/x~1y", "inf"),
        ];
        let found: Vec<(&str, &str)> = exact.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        assert_eq!(found, expected);
    }
}
