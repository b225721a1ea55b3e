//! One value of an import file as its field holds it, or why it cannot be that.

use crate::edit::{Literal, typed};
use crate::exchange::columns::LISTED;
use crate::exchange::damaged_text::trim_edges;
use crate::exchange::date_format::{Style, day};
use crate::exchange::incoming::{join_lines, quote};
use crate::parse::suggest::{is_slug, nearest, slug};
use crate::record::field::{Choice, Field, Shape};
use crate::record::value::is_url;
use serde_json::{Map, Value};

/// A value as its field holds it; `None` where there is none.
///
/// # Errors
/// Why it cannot be that.
pub fn fit(field: &Field, value: &Value, style: &Style) -> Result<Option<Value>, String> {
    let shape = (field.shape)();
    match value {
        Value::Null => Ok(None),
        Value::Array(items) if field.many => {
            let items: Vec<Value> = items
                .iter()
                .filter_map(|item| single(field, &shape, item, style).transpose())
                .collect::<Result<_, _>>()?;
            Ok((!items.is_empty()).then_some(Value::Array(items)))
        }
        Value::String(text) if field.many => match split(&shape, text)? {
            Value::Array(items) if items.is_empty() => Ok(None),
            list => fit(field, &list, style),
        },
        one if field.many => fit(field, &Value::Array(vec![one.clone()]), style),
        one => single(field, &shape, one, style),
    }
}

/// The parts of a cell that holds a list: a JSON array, or parts between semicolons or bars; words between commas too.
fn split(shape: &Shape, text: &str) -> Result<Value, String> {
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
            Err("this field holds entries with fields of their own; give them as a JSON array".to_owned())
        };
    }
    let commas = matches!(shape, Shape::Slug | Shape::Choice(_));
    let parts = text.split(|c| c == ';' || c == '|' || c == '\n' || (commas && c == ','));
    Ok(parts.map(trim_edges).filter(|part| !part.is_empty()).map(Value::from).collect())
}

fn single(field: &Field, shape: &Shape, value: &Value, style: &Style) -> Result<Option<Value>, String> {
    match (shape, value) {
        (_, Value::Null) => Ok(None),
        (_, Value::String(text)) if text.trim().is_empty() => Ok(None),
        (Shape::Table(table), Value::Object(fields)) => {
            let mut fitting = Map::new();
            for (key, value) in fields {
                let value = match table.field(key) {
                    Some(inner) => fit(inner, value, style).map_err(|told| format!("`{key}`: {told}"))?,
                    None => Some(value.clone()),
                };
                fitting.extend(value.map(|value| (key.clone(), value)));
            }
            Ok((!fitting.is_empty()).then_some(Value::Object(fitting)))
        }
        (Shape::Table(_) | Shape::Free | Shape::Requirement | Shape::Eligible, Value::String(text))
            if text.trim_start().starts_with(['{', '[']) =>
        {
            let read: Value = serde_json::from_str(text).map_err(|_| format!("{} is not JSON", quote(text)))?;
            single(field, shape, &read, style)
        }
        (Shape::Table(_), Value::String(text)) => Err(format!(
            "{} is text, where fields with names are expected; name them with dots, like {}.…",
            quote(text),
            field.name
        )),
        // In a package, who is listed stands in a table of its own.
        (Shape::Requirement | Shape::Eligible, Value::String(text)) if text == LISTED => Ok(None),
        (Shape::Free | Shape::Requirement | Shape::Eligible | Shape::CheckSettings, _) => Ok(Some(value.clone())),
        // Prose counts to the letter: terms are signed with their blanks and their last line break.
        (Shape::Prose, Value::String(_)) => Ok(Some(value.clone())),
        (_, Value::String(text)) => leaf(field, shape, text, style).map(Some),
        (_, Value::Object(_)) => Err("must be one value, not a table of fields; choose one with --map".to_owned()),
        (_, Value::Array(_)) => Err("must be one value, not a list".to_owned()),
        (Shape::Integer { .. } | Shape::Number { .. } | Shape::Share, Value::Number(_))
        | (Shape::Boolean, Value::Bool(_)) => Ok(Some(value.clone())),
        (_, Value::Number(number))
            if number.as_i64().is_none() && number.as_u64().is_none() && !matches!(shape, Shape::Amount) =>
        {
            Err(format!("{number} is a number, and text may be written otherwise; put it in quotes"))
        }
        (_, Value::Number(number)) => leaf(field, shape, &number.to_string(), style).map(Some),
        (_, Value::Bool(truth)) => leaf(field, shape, &truth.to_string(), style).map(Some),
    }
}

/// Text as a field holds it.
fn leaf(field: &Field, shape: &Shape, text: &str, style: &Style) -> Result<Value, String> {
    let text = text.trim();
    Ok(match shape {
        Shape::Line => Value::from(join_lines(text, " ")),
        Shape::Slug if is_slug(text) => Value::from(text),
        Shape::Slug => match slug(text) {
            word if word.is_empty() => return Err(format!("{} makes no word of a-z, 0-9 and hyphens", quote(text))),
            word => Value::from(word),
        },
        Shape::Choice(choices) => Value::from(choice(choices, text)?),
        Shape::Date => Value::from(day(text, style)?.to_string()),
        Shape::Url => Value::from(address(text)?),
        Shape::Currency => Value::from(text.to_uppercase()),
        Shape::Boolean => fits(field, text, "is neither yes nor no")?,
        Shape::Integer { .. } => fits(field, text, "is not a whole number, written with digits alone")?,
        Shape::Number { .. } | Shape::Share => fits(field, text, "is not a number, written with digits and a point")?,
        Shape::Time => fits(field, text, "is not a time of day like 18:30")?,
        _ => Value::from(text),
    })
}

/// Text that its field takes for something else than text.
fn fits(field: &Field, text: &str, told: &str) -> Result<Value, String> {
    let value = Value::from(text);
    let is_text = |literal: &Literal| matches!(literal, Literal::Text(_));
    match typed(field, &value) {
        Some(Literal::List(items)) if items.iter().any(is_text) => Err(format!("{} {told}", quote(text))),
        Some(literal) if is_text(&literal) => Err(format!("{} {told}", quote(text))),
        _ => Ok(value),
    }
}

/// The word of a choice, found by itself or by what it means, without regard to case.
fn choice(choices: &'static [Choice], text: &str) -> Result<&'static str, String> {
    if let Some(found) = Choice::meant(choices, text) {
        return Ok(found.word);
    }
    let all = || choices.iter().map(|choice| choice.word).collect::<Vec<_>>().join(", ");
    match nearest(text, choices.iter().map(|choice| choice.word)) {
        Some(near) => Err(format!(
            "{} is not one of the allowed values; did you mean \"{near}\"? Allowed: {}",
            quote(text),
            all()
        )),
        None => Err(format!("{} is not one of the allowed values: {}", quote(text), all())),
    }
}

/// An address on the web, with `https://` in front where nothing is.
fn address(text: &str) -> Result<String, String> {
    if is_url(text) {
        return Ok(text.to_owned());
    }
    let whole = format!("https://{text}");
    if is_url(&whole) && !text.contains("//") {
        Ok(whole)
    } else {
        Err(format!("{} is not a web address", quote(text)))
    }
}
