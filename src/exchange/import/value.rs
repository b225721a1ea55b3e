//! Converts one value of an import file to the type of its field.

use super::language::{LANGUAGES, split_languages};
use crate::edit::interpret::complete_url;
use crate::edit::{Literal, literal_for};
use crate::error::Error;
use crate::exchange::columns::LISTED;
use crate::exchange::damaged_text::trim_edges;
use crate::exchange::date_format::{DateFormat, parse_day};
use crate::exchange::incoming::{join_lines, quote};
use crate::parse::informal::{
    Reading, Unit, guesses, read_amount, read_date, read_quantity, read_share, read_time, read_truth, synonyms,
    write_time,
};
use crate::parse::suggest::{is_slug, slug};
use crate::record::field::{Choice, Field, NotAChoice, Shape, TableDef};
use crate::record::value::is_url;
use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde_json::{Map, Value, json};

/// How to read values as people write them.
#[derive(Debug, Clone)]
pub(crate) struct ValueReader {
    /// The format of dates.
    pub dates: DateFormat,
    /// The date to judge dates without a year by.
    pub today: NaiveDate,
    /// Whether the file is an export of this program, in which everything means what it says.
    pub is_own_export: bool,
}

/// Converts a value to the type of its field; `None` if it is empty.
///
/// # Errors
/// The value does not fit.
pub(super) fn fit(field: &Field, value: &Value, values: &ValueReader) -> Result<Option<Value>, Error> {
    let shape = (field.shape)();
    if field.name == LANGUAGES && !values.is_own_export {
        let texts = match value {
            Value::Array(items) => items.iter().filter_map(Value::as_str).collect(),
            value => value.as_str().into_iter().collect::<Vec<_>>(),
        };
        let languages: Vec<Value> = texts.into_iter().flat_map(split_languages).map(Value::from).collect();
        return Ok((!languages.is_empty()).then_some(Value::Array(languages)));
    }
    match value {
        Value::Null => Ok(None),
        Value::Array(items) if field.many => {
            let items: Vec<Value> = items
                .iter()
                .filter_map(|item| fit_one(field, &shape, item, values).transpose())
                .collect::<Result<_, _>>()?;
            Ok((!items.is_empty()).then_some(Value::Array(items)))
        }
        Value::String(text) if field.many => match split_list(&shape, text)? {
            Value::Array(items) if items.is_empty() => Ok(None),
            list => fit(field, &list, values),
        },
        one if field.many => fit(field, &Value::Array(vec![one.clone()]), values),
        one => fit_one(field, &shape, one, values),
    }
}

/// The groups in which Google puts every contact.
const GROUPS_OF_ALL: [&str; 3] = ["* myContacts", "* My Contacts", "* starred"];

/// Splits a cell that holds a list: a JSON array, or parts separated by semicolons or bars; for words, commas too.
fn split_list(shape: &Shape, text: &str) -> Result<Value, Error> {
    let text = text.trim();
    if text.starts_with('[')
        && let Ok(list @ Value::Array(_)) = serde_json::from_str(text)
    {
        return Ok(list);
    }
    if let Shape::Table(table) = shape
        && let Some(links) = split_links(table, text)
    {
        return Ok(links);
    }
    if matches!(shape, Shape::Table(_)) {
        return if text.is_empty() {
            Ok(Value::Array(Vec::new()))
        } else {
            Err(Error::data("this field must be a list of entries; write it as a JSON array"))
        };
    }
    let commas = matches!(shape, Shape::Slug | Shape::Choice(_));
    let parts =
        text.split(":::").flat_map(|part| part.split(|c| c == ';' || c == '|' || c == '\n' || (commas && c == ',')));
    Ok(parts
        .map(trim_edges)
        .filter(|part| !GROUPS_OF_ALL.contains(part))
        .filter(|part| !part.is_empty())
        .map(Value::from)
        .collect())
}

/// Web addresses in a cell as links, if the list is one of links and the cell holds nothing else.
fn split_links(table: &TableDef, text: &str) -> Option<Value> {
    let is_list_of_links = table.name == "Link";
    let parts: Vec<&str> = text.split([';', '|', '\n', ' ', ',']).filter(|part| !part.is_empty()).collect();
    let are_links = is_list_of_links && !parts.is_empty() && parts.iter().all(|part| is_url(part));
    are_links.then(|| parts.into_iter().map(|part| json!({ "url": part })).collect())
}

fn fit_one(field: &Field, shape: &Shape, value: &Value, values: &ValueReader) -> Result<Option<Value>, Error> {
    match (shape, value) {
        (_, Value::Null) => Ok(None),
        (_, Value::String(text)) if text.trim().is_empty() => Ok(None),
        (Shape::Table(table), Value::Object(fields)) => {
            let mut fields_fit = Map::new();
            for (key, value) in fields {
                let value = match table.field(key) {
                    Some(inner) => fit(inner, value, values).map_err(|error| error.within(format!("`{key}`")))?,
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
            fit_one(field, shape, &read, values)
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
        (_, Value::String(text)) => fit_text(field, shape, text, values).map(Some),
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
        (_, Value::Number(number)) => fit_text(field, shape, &number.to_string(), values).map(Some),
        (_, Value::Bool(truth)) => fit_text(field, shape, &truth.to_string(), values).map(Some),
    }
}

/// Converts text to the type of its field.
fn fit_text(field: &Field, shape: &Shape, text: &str, values: &ValueReader) -> Result<Value, Error> {
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
        Shape::Choice(choices) => {
            let choice = Choice::read(choices, text).map_err(|none| refuse_choice(field, text, &none))?;
            Value::from(choice.word)
        }
        Shape::Date => Value::from(fit_date(field, text, values)?.to_string()),
        Shape::Url => Value::from(complete_url(text).ok_or_else(|| describe(text, "is not a web address"))?),
        Shape::Currency => Value::from(text.to_uppercase()),
        Shape::Boolean => Value::from(read_truth(text).ok_or_else(|| describe(text, "is not yes or no"))?),
        Shape::Integer { .. } => {
            let number = read_quantity(text, Unit::of_field(field.name)).filter(Decimal::is_integer);
            let number = number.ok_or_else(|| describe(text, "is not a whole number"))?;
            require_type(field, &number.normalize().to_string(), "is not a whole number in digits")?
        }
        Shape::Number { .. } => {
            let number = read_quantity(text, Unit::of_field(field.name));
            let number = number.ok_or_else(|| describe(text, "is not a number"))?;
            require_type(field, &number.normalize().to_string(), "is not a number")?
        }
        Shape::Share => {
            let share = read_share(text).ok_or_else(|| describe(text, "is not a share like 0.25 or 25%"))?;
            require_type(field, &share.normalize().to_string(), "is not a share like 0.25")?
        }
        // An amount that is plain already stays as it is written: 250.00.
        Shape::Amount if text.parse::<Decimal>().is_ok() => Value::from(text),
        Shape::Amount => {
            let (amount, _) =
                read_amount(text).ok_or_else(|| describe(text, "is not an amount like 1200 or 1200.50"))?;
            Value::from(amount.to_string())
        }
        Shape::Time => match read_time(text) {
            Reading::Certain(time) => Value::from(write_time(time)),
            Reading::Ambiguous(times) => {
                let times: Vec<String> = times.iter().map(|time| time.format("%H:%M").to_string()).collect();
                return Err(describe(
                    text,
                    &format!("could be {}; write it on a 24-hour clock, or with am or pm", times.join(" or ")),
                ));
            }
            Reading::Unknown => return Err(describe(text, "is not a time of day like 18:30")),
        },
        _ => Value::from(text),
    })
}

fn describe(text: &str, fault: &str) -> Error {
    Error::data(format!("{} {fault}", quote(text)))
}

/// A date in the file's format, in ISO format, or as people write it.
fn fit_date(field: &Field, text: &str, values: &ValueReader) -> Result<NaiveDate, Error> {
    let text = without_midnight(text);
    let by_format = parse_day(text, &values.dates);
    // A date that needs no thought: every other one depends on the day of the import.
    let has_digits = text.bytes().any(|byte| byte.is_ascii_digit());
    if by_format.is_ok() || values.dates.pattern.is_some() {
        return by_format;
    }
    if !has_digits {
        return by_format.map_err(|error| describe_no_date(text, error));
    }
    let tense = field.tense();
    match read_date(text, values.today, tense) {
        Reading::Certain(date) if (1000..=9999).contains(&chrono::Datelike::year(&date)) => Ok(date),
        Reading::Ambiguous(dates) => {
            let readings: Vec<String> = dates.iter().map(|date| date.format("%B %-d, %Y").to_string()).collect();
            Err(describe(
                text,
                &format!(
                    "could be {}; name the format of the file's dates: {}",
                    readings.join(" or "),
                    formats_of(text)
                ),
            ))
        }
        _ => by_format.map_err(|error| describe_no_date(text, error)),
    }
}

/// A date without the time of midnight that a program has added: `3/4/2024 12:00:00 AM`.
fn without_midnight(text: &str) -> &str {
    let midnights = [" 12:00:00 AM", " 12:00 AM", " 00:00:00", " 00:00", " 0:00:00", " 0:00"];
    midnights.iter().find_map(|midnight| text.strip_suffix(midnight)).unwrap_or(text)
}

/// Why a text is not a date: a format helps only with one that has a format.
fn describe_no_date(text: &str, error: Error) -> Error {
    if error.message().contains("another format") { describe(text, "is not a date like 2026-03-01") } else { error }
}

/// The options for a date of digits that can be read in two ways.
fn formats_of(text: &str) -> String {
    let mark = text.chars().find(|c| !c.is_ascii_digit()).unwrap_or('/');
    let year = if text.rsplit(mark).next().is_some_and(|year| year.trim().len() == 4) { "%Y" } else { "%y" };
    format!(
        "--date-format \"%m{mark}%d{mark}{year}\" if the month comes first, --date-format \"%d{mark}%m{mark}{year}\" if the day does"
    )
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

/// The choice that a word of another list probably means, of those that a field has; it is only asked for.
fn likely_choice(text: &str, choices: &[&'static str]) -> Option<&'static str> {
    let text = text.to_lowercase();
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let meant = words.flat_map(|word| [word, word.trim_end_matches('s')]).flat_map(|word| {
        let named = choices.iter().filter(move |choice| **choice == word);
        named.chain(synonyms(word)).chain(guesses(word))
    });
    meant.copied().find(|meant| choices.contains(meant))
}

/// Why a cell is none of the words of its field, with the option that translates it.
fn refuse_choice(field: &Field, text: &str, none: &NotAChoice) -> Error {
    let all = none.words.join(", ");
    let near = none.near.or_else(|| likely_choice(text, &none.words));
    let meaning = near.or(none.words.last().copied()).unwrap_or_default();
    let option = crate::document::words::shell_word(&format!("{}:{}={meaning}", field.name, text.trim()));
    Error::data(match near {
        Some(near) => format!(
            "{} is not one of the allowed values; did you mean \"{near}\"? Allowed: {all}; to replace it everywhere, \
                add --value {option}",
            quote(text)
        ),
        None => format!(
            "{} is not one of the allowed values: {all}; to replace it everywhere, add --value {option}, or another \
             of these words instead of {meaning}",
            quote(text)
        ),
    })
}

/// The currency that the text of an amount names, such as `30 €`.
pub(super) fn named_currency(field: &Field, value: &Value) -> Option<&'static str> {
    let text = value.as_str().filter(|_| matches!((field.shape)(), Shape::Amount))?;
    read_amount(text)?.1
}
