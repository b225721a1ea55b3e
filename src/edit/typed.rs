//! Turns data into TOML values of a field's type. A value that does not fit stays text, so that the reader of records
//! can report it.

use super::literal::Literal;
use super::plain::{Exact, below};
use crate::parse::informal::{read_clock, read_truth};
use crate::record::field::{Choice, Field, Shape};
use crate::record::value::{EXACT, unescape_key};
use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde_json::{Map, Value};
use std::str::FromStr;

/// The value of a field, as it is written. `null` and empty text are not values.
pub(crate) fn literal_for(field: &Field, value: &Value) -> Option<Literal> {
    match value {
        Value::Array(items) if field.many && items.is_empty() => None,
        Value::Array(items) if field.many || !matches!((field.shape)(), Shape::Free) => {
            Some(Literal::List(items.iter().filter_map(|item| one(&(field.shape)(), item)).collect()))
        }
        Value::Null => None,
        single if field.many => one(&(field.shape)(), single).map(|single| Literal::List(vec![single])),
        single => one(&(field.shape)(), single),
    }
}

/// One value of a shape.
fn one(shape: &Shape, value: &Value) -> Option<Literal> {
    match (shape, value) {
        (_, Value::Null) => None,
        (Shape::Table(table), Value::Object(fields)) => {
            let known = table
                .fields
                .iter()
                .filter_map(|field| Some((field.name.to_owned(), literal_for(field, fields.get(field.name)?)?)));
            let unknown = fields.iter().filter(|(key, _)| table.field(key).is_none());
            let fields: Vec<_> =
                known.chain(unknown.filter_map(|(key, value)| Some((key.clone(), free(value)?)))).collect();
            // A table without a value gets no heading.
            (!fields.is_empty()).then_some(Literal::Table(fields))
        }
        (Shape::Free, Value::Object(fields)) => Some(free_table(fields)),
        (_, Value::String(text)) if text.trim().is_empty() => None,
        (Shape::Date, Value::String(text)) => Some(day(text).map_or_else(|| free_text(text), Literal::Date)),
        (Shape::Time, Value::String(text)) => Some(read_clock(text).map_or_else(|| free_text(text), Literal::Toml)),
        (Shape::Integer { .. }, Value::String(text)) => {
            Some(text.trim().parse().map_or_else(|_| free_text(text), Literal::Number))
        }
        (Shape::Number { .. } | Shape::Share, Value::String(text)) => {
            Some(decimal(text).map_or_else(|| free_text(text), Literal::Toml))
        }
        (Shape::Boolean, Value::String(text)) => Some(read_truth(text).map_or_else(|| free_text(text), Literal::Flag)),
        (Shape::Prose, Value::String(text)) => Some(Literal::prose(text)),
        (Shape::Choice(choices), Value::String(text)) => {
            Some(free_text(Choice::find_meant(choices, text).map_or(text, |choice| choice.word)))
        }
        // An amount is exact, so it is text; so is what a spreadsheet took for a number in any other field.
        (Shape::Integer { .. } | Shape::Number { .. } | Shape::Share | Shape::Free, Value::Number(_)) => free(value),
        (_, Value::Number(number)) => Some(Literal::Text(number.to_string())),
        _ => free(value),
    }
}

/// A value without a field of its own, by its type alone.
pub(super) fn free(value: &Value) -> Option<Literal> {
    Some(match value {
        Value::Null => return None,
        Value::Bool(flag) => Literal::Flag(*flag),
        Value::Number(number) => match number.as_i64() {
            Some(number) => Literal::Number(number),
            // No reader of TOML has to take more than 64 bits.
            None if number.is_u64() => Literal::Text(number.to_string()),
            None => Literal::Toml(number.to_string()),
        },
        Value::String(text) => free_text(text),
        Value::Array(items) => Literal::List(items.iter().filter_map(free).collect()),
        Value::Object(fields) => {
            Literal::Table(fields.iter().filter_map(|(key, value)| Some((key.clone(), free(value)?))).collect())
        }
    })
}

/// A table with keys of the coalition's own, from its portable form. Where it says how TOML writes some of its values, they are
/// written so.
fn free_table(fields: &Map<String, Value>) -> Literal {
    let exact = exact_values(fields);
    let fields = fields.iter().filter(|(key, _)| *key != EXACT || exact.is_none());
    let field = |(key, value): (&String, &Value)| {
        Some((unescape_key(key).to_owned(), free_value(value, &below("", key), exact)?))
    };
    Literal::Table(fields.filter_map(field).collect())
}

/// What the portable form of a table says of how TOML writes some of its values, by the paths that lead to them.
pub(crate) fn exact_values(table: &Map<String, Value>) -> Option<&Map<String, Value>> {
    let is_exact =
        |exact: &&Map<String, Value>| exact.iter().all(|(path, text)| path.starts_with('/') && text.is_string());
    table.get(EXACT).and_then(Value::as_object).filter(is_exact)
}

/// A value in the portable form of a table, to which `path` leads from the table.
pub(crate) fn free_value(value: &Value, path: &str, exact: Option<&Map<String, Value>>) -> Option<Literal> {
    if let Some(literal) = exact.and_then(|exact| Exact(exact).at(path, value)) {
        return Some(literal);
    }
    match value {
        Value::Array(items) => {
            let items = items.iter().enumerate();
            Some(Literal::List(
                items.filter_map(|(at, item)| free_value(item, &below(path, &at.to_string()), exact)).collect(),
            ))
        }
        Value::Object(fields) => {
            let field = |(key, value): (&String, &Value)| {
                Some((unescape_key(key).to_owned(), free_value(value, &below(path, key), exact)?))
            };
            Some(Literal::Table(fields.iter().filter_map(field).collect()))
        }
        value => free(value),
    }
}

fn free_text(text: &str) -> Literal {
    Literal::Text(text.to_owned())
}

fn day(text: &str) -> Option<NaiveDate> {
    text.trim().parse::<NaiveDate>().ok().filter(|day| day.to_string() == text.trim())
}

/// A number as TOML takes it: no thousands separators, no plus sign, no exponent.
fn decimal(text: &str) -> Option<String> {
    let text = text.trim();
    let plain = text.bytes().all(|b| b.is_ascii_digit() || b == b'.' || b == b'-');
    let number = Decimal::from_str(text).ok().filter(|_| plain)?;
    let written = number.to_string();
    Some(written)
}
