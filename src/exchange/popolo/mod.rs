//! Popolo, the data standard for people and the organizations they belong to, as EveryPolitician and others publish it.
//! Organizations become members, except parties and legislatures; who sits for somebody or holds a post becomes an official,
//! and everybody else an advocate.

mod file;
mod membership;
mod organization;
mod part;
mod person;
#[cfg(test)]
mod tests;

use super::import_file::Unusable;
use super::incoming::Incoming;
use crate::kind::Kind;
use crate::parse::alike::composed;
use file::File;
use serde_json::Value;
use std::collections::BTreeSet;

/// What a Popolo file holds.
#[derive(Debug, Clone, Default)]
pub struct Popolo {
    /// Its members, officials and advocates.
    pub records: Vec<Incoming>,
    /// What is known in it of people and organizations and not taken.
    pub left: BTreeSet<String>,
}

/// Reads a file. `persons` says what all people become, where the file is not to decide.
///
/// # Errors
/// Where it is no Popolo.
pub fn read(value: &Value, persons: Option<Kind>) -> Result<Popolo, Unusable> {
    let mut value = value.clone();
    composed_text(&mut value);
    numbers_as_text(&mut value);
    let file = File::new(&value)?;
    let mut popolo = Popolo::default();
    for (at, organization) in file.organizations.iter().enumerate() {
        if !organization::is_context(organization) {
            popolo.records.push(organization::member(&file, organization, at, &mut popolo.left));
        }
    }
    for (at, person) in file.persons.iter().enumerate() {
        popolo.records.push(person::record(&file, person, at, persons, &mut popolo.left));
    }
    if popolo.records.is_empty() {
        return Err(Unusable("this file has neither persons nor organizations that could become records".to_owned()));
    }
    Ok(popolo)
}

/// Gives letters with accents one form.
fn composed_text(value: &mut Value) {
    match value {
        Value::String(text) => *text = composed(text),
        Value::Array(items) => items.iter_mut().for_each(composed_text),
        Value::Object(fields) => fields.values_mut().for_each(composed_text),
        _ => {}
    }
}

/// Makes text of ids that are written as numbers.
fn numbers_as_text(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(numbers_as_text),
        Value::Object(fields) => {
            for (key, value) in fields {
                match value {
                    Value::Number(number) if key == "id" || key == "identifier" || key.ends_with("_id") => {
                        *value = Value::from(number.to_string());
                    }
                    value => numbers_as_text(value),
                }
            }
        }
        _ => {}
    }
}
