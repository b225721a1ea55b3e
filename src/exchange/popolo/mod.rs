//! Popolo, the data standard for people and the organizations they belong to, as EveryPolitician and others publish it.
//! Organizations become members, except parties and legislatures. People with a seat or a post become officials, and all others
//! advocates.

mod file;
mod membership;
mod organization;
mod part;
mod person;
#[cfg(test)]
mod tests;

use super::incoming::Incoming;
use crate::error::Error;
use crate::kind::Kind;
use crate::parse::alike::compose;
use file::File;
use serde_json::Value;
use std::collections::BTreeSet;

/// The contents of a Popolo file.
#[derive(Debug, Clone, Default)]
pub(crate) struct Popolo {
    /// Its members, officials and advocates.
    pub records: Vec<Incoming>,
    /// Properties of people and organizations that are not imported.
    pub ignored: BTreeSet<String>,
}

/// Reads a file. `persons` is the kind for all people, if the file should not decide.
///
/// # Errors
/// The file is not Popolo.
pub(crate) fn read(value: &Value, persons: Option<Kind>) -> Result<Popolo, Error> {
    let mut value = value.clone();
    compose_accents(&mut value);
    convert_numeric_ids(&mut value);
    let file = File::new(&value)?;
    let mut popolo = Popolo::default();
    for (at, organization) in file.organizations.iter().enumerate() {
        if !organization::is_context(organization) {
            popolo.records.push(organization::member(&file, organization, at, &mut popolo.ignored));
        }
    }
    for (at, person) in file.persons.iter().enumerate() {
        popolo.records.push(person::record(&file, person, at, persons, &mut popolo.ignored));
    }
    if popolo.records.is_empty() {
        return Err(Error::data("this file has no persons or organizations that could become records"));
    }
    Ok(popolo)
}

/// Converts letters with accents to one form (NFC).
fn compose_accents(value: &mut Value) {
    match value {
        Value::String(text) => *text = compose(text),
        Value::Array(items) => items.iter_mut().for_each(compose_accents),
        Value::Object(fields) => fields.values_mut().for_each(compose_accents),
        _ => {}
    }
}

/// Converts numeric ids to text.
fn convert_numeric_ids(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(convert_numeric_ids),
        Value::Object(fields) => {
            for (key, value) in fields {
                match value {
                    Value::Number(number) if key == "id" || key == "identifier" || key.ends_with("_id") => {
                        *value = Value::from(number.to_string());
                    }
                    value => convert_numeric_ids(value),
                }
            }
        }
        _ => {}
    }
}
