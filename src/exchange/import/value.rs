//! Converts one value of an import file to the type of its field.

use crate::edit::{Literal, literal_for};
use crate::error::Error;
use crate::exchange::columns::LISTED;
use crate::exchange::damaged_text::trim_edges;
use crate::exchange::date_format::{DateFormat, parse_day};
use crate::exchange::incoming::{join_lines, quote};
use crate::parse::suggest::{is_slug, nearest, slug};
use crate::record::field::{Choice, Field, Shape};
use crate::record::value::is_url;
use serde_json::{Map, Value};

/// Converts a value to the type of its field; `None` if it is empty.
///
/// # Errors
/// The value does not fit.
pub(super) fn fit(field: &Field, value: &Value, date_format: &DateFormat) -> Result<Option<Value>, Error> {
    let shape = (field.shape)();
    match value {
        Value::Null => Ok(None),
        Value::Array(items) if field.many => {
            let items: Vec<Value> = items
                .iter()
                .filter_map(|item| fit_one(field, &shape, item, date_format).transpose())
                .collect::<Result<_, _>>()?;
            Ok((!items.is_empty()).then_some(Value::Array(items)))
        }
        Value::String(text) if field.many => match split_list(&shape, text)? {
            Value::Array(items) if items.is_empty() => Ok(None),
            list => fit(field, &list, date_format),
        },
        one if field.many => fit(field, &Value::Array(vec![one.clone()]), date_format),
        one => fit_one(field, &shape, one, date_format),
    }
}

/// Splits a cell that holds a list: a JSON array, or parts separated by semicolons or bars; for words, commas too.
fn split_list(shape: &Shape, text: &str) -> Result<Value, Error> {
    let text = text.trim();
    if text.starts_with('[')
        && let Ok(list @ Value::Array(_)) = serde_json::from_str(text)
    {
        return Ok(list);
    }
    if matches!(shape, Shape::Table(_)) {
        return if text.is_empty() {
            Ok(Value::Array(Vec::new()))
        } else {
            Err(Error::data("this field must be a list of entries; write it as a JSON array"))
        };
    }
    let commas = matches!(shape, Shape::Slug | Shape::Choice(_));
    let parts = text.split(|c| c == ';' || c == '|' || c == '\n' || (commas && c == ','));
    Ok(parts.map(trim_edges).filter(|part| !part.is_empty()).map(Value::from).collect())
}

fn fit_one(field: &Field, shape: &Shape, value: &Value, date_format: &DateFormat) -> Result<Option<Value>, Error> {
    match (shape, value) {
        (_, Value::Null) => Ok(None),
        (_, Value::String(text)) if text.trim().is_empty() => Ok(None),
        (Shape::Table(table), Value::Object(fields)) => {
            let mut fields_fit = Map::new();
            for (key, value) in fields {
                let value = match table.field(key) {
                    Some(inner) => fit(inner, value, date_format).map_err(|error| error.within(format!("`{key}`")))?,
                    None => Some(value.clone()),
                };
                fields_fit.extend(value.map(|value| (key.clone(), value)));
            }
            Ok((!fields_fit.is_empty()).then_some(Value::Object(fields_fit)))
        }
        (Shape::Table(_) | Shape::Free | Shape::Requirement | Shape::Eligible, Value::String(text))
            if text.trim_start().starts_with(['{', '[']) =>
        {
            let read: Value =
                serde_json::from_str(text).map_err(|_| Error::data(format!("{} is not JSON", quote(text))))?;
            fit_one(field, shape, &read, date_format)
        }
        (Shape::Table(_), Value::String(text)) => Err(Error::data(format!(
            "{} is text, but this field must be a table; give each of its fields a column, like {}.…",
            quote(text),
            field.name
        ))),
        // In a package, the list is in a table of its own.
        (Shape::Requirement | Shape::Eligible, Value::String(text)) if text == LISTED => Ok(None),
        (Shape::Free | Shape::Requirement | Shape::Eligible | Shape::CheckSettings, _) => Ok(Some(value.clone())),
        // Every character counts: terms are signed with their spaces and their last line break.
        (Shape::Prose, Value::String(_)) => Ok(Some(value.clone())),
        (_, Value::String(text)) => fit_text(field, shape, text, date_format).map(Some),
        (_, Value::Object(_)) => {
            Err(Error::data("must be a single value, not a table; choose one of its fields with --map"))
        }
        (_, Value::Array(_)) => Err(Error::data("must be a single value, not a list")),
        (Shape::Integer { .. } | Shape::Number { .. } | Shape::Share, Value::Number(_))
        | (Shape::Boolean, Value::Bool(_)) => Ok(Some(value.clone())),
        (_, Value::Number(number))
            if number.as_i64().is_none() && number.as_u64().is_none() && !matches!(shape, Shape::Amount) =>
        {
            Err(Error::data(format!("{number} must be text; put it in quotes")))
        }
        (_, Value::Number(number)) => fit_text(field, shape, &number.to_string(), date_format).map(Some),
        (_, Value::Bool(truth)) => fit_text(field, shape, &truth.to_string(), date_format).map(Some),
    }
}

/// Converts text to the type of its field.
fn fit_text(field: &Field, shape: &Shape, text: &str, date_format: &DateFormat) -> Result<Value, Error> {
    let text = text.trim();
    Ok(match shape {
        Shape::Line => Value::from(join_lines(text, " ")),
        Shape::Slug if is_slug(text) => Value::from(text),
        Shape::Slug => match slug(text) {
            word if word.is_empty() => {
                return Err(Error::data(format!("{} cannot become a word of a-z, 0-9 and hyphens", quote(text))));
            }
            word => Value::from(word),
        },
        Shape::Choice(choices) => Value::from(find_choice(choices, text)?),
        Shape::Date => Value::from(parse_day(text, date_format)?.to_string()),
        Shape::Url => Value::from(complete_url(text)?),
        Shape::Currency => Value::from(text.to_uppercase()),
        Shape::Boolean => require_type(field, text, "is not true or false")?,
        Shape::Integer { .. } => require_type(field, text, "is not a whole number in digits")?,
        Shape::Number { .. } | Shape::Share => {
            require_type(field, text, "is not a number in digits, with a decimal point")?
        }
        Shape::Time => require_type(field, text, "is not a time of day like 18:30")?,
        _ => Value::from(text),
    })
}

/// Checks that text reads as the type of its field, which is not text. `fault` completes the sentence if it does not.
fn require_type(field: &Field, text: &str, fault: &str) -> Result<Value, Error> {
    let value = Value::from(text);
    let is_text = |literal: &Literal| matches!(literal, Literal::Text(_));
    match literal_for(field, &value) {
        Some(Literal::List(items)) if items.iter().any(is_text) => Err(Error::data(format!("{} {fault}", quote(text)))),
        Some(literal) if is_text(&literal) => Err(Error::data(format!("{} {fault}", quote(text)))),
        _ => Ok(value),
    }
}

/// The word of a choice, by the word itself or its label, regardless of case.
fn find_choice(choices: &'static [Choice], text: &str) -> Result<&'static str, Error> {
    if let Some(found) = Choice::find_meant(choices, text) {
        return Ok(found.word);
    }
    let all = || choices.iter().map(|choice| choice.word).collect::<Vec<_>>().join(", ");
    match nearest(text, choices.iter().map(|choice| choice.word)) {
        Some(near) => Err(Error::data(format!(
            "{} is not one of the allowed values; did you mean \"{near}\"? Allowed: {}",
            quote(text),
            all()
        ))),
        None => Err(Error::data(format!("{} is not one of the allowed values: {}", quote(text), all()))),
    }
}

/// A web address, with `https://` added if it has no scheme.
fn complete_url(text: &str) -> Result<String, Error> {
    if is_url(text) {
        return Ok(text.to_owned());
    }
    let whole = format!("https://{text}");
    if is_url(&whole) && !text.contains("//") {
        Ok(whole)
    } else {
        Err(Error::data(format!("{} is not a web address", quote(text))))
    }
}
