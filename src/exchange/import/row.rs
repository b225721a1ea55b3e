//! Rows of a register as records on their way in.

use super::column::{Mapping, Target};
use super::problem::Problem;
use super::value::{Style, fitted, one_line, shown};
use crate::exchange::incoming::Incoming;
use crate::exchange::outgoing::is_unlisted;
use crate::exchange::register::{Register, Row};
use crate::kind::Kind;
use crate::parse::suggest::slug;
use crate::record::field::Field;
use serde_json::{Map, Value, json};

/// The field in which a spelling of nothing may be meant: somebody is called Null.
const NAME: &str = "name";

/// The records that the rows describe, and what is wrong with the others.
pub fn incoming(register: &Register, kind: Kind, mapping: &Mapping, style: &Style) -> (Vec<Incoming>, Vec<Problem>) {
    let (mut records, mut problems) = (Vec::new(), Vec::new());
    for row in &register.rows {
        let before = problems.len();
        let record = Taking { mapping, style, row, record: blank(kind, row), problems: &mut problems }.taken();
        if problems.len() == before {
            records.push(record);
        }
    }
    (records, problems)
}

fn blank(kind: Kind, row: &Row) -> Incoming {
    let whole = Value::Object(row.values.clone()).to_string();
    Incoming { place: row.place.clone(), kind, id: None, fields: Map::new(), whole }
}

/// One row being taken.
struct Taking<'r> {
    mapping: &'r Mapping,
    style: &'r Style,
    row: &'r Row,
    record: Incoming,
    problems: &'r mut Vec<Problem>,
}

impl Taking<'_> {
    fn taken(mut self) -> Incoming {
        let mut parts = [None, None];
        for (column, target) in &self.mapping.taken {
            let Some(value) = self.found(column, target) else {
                self.refuse_nothing(column, target);
                continue;
            };
            match target {
                Target::NamePart(at) => {
                    if let Some(part) = parts.get_mut(*at) {
                        *part = value.as_str().map(|text| one_line(text.trim(), " ")).filter(|text| !text.is_empty());
                    }
                }
                Target::Field(path) if self.has(target) && !path.last().is_some_and(|field| field.many) => {}
                target => self.take(Some(column), target, &value),
            }
        }
        self.name(&parts.into_iter().flatten().collect::<Vec<_>>());
        for (target, value) in &self.mapping.given {
            if !self.has(target) {
                self.take(None, target, &Value::from(value.as_str()));
            }
        }
        self.record
    }

    /// A name in parts is the name where there is no other; where it says something else than the whole one, it is another
    /// name.
    fn name(&mut self, parts: &[String]) {
        if parts.is_empty() {
            return;
        }
        let whole = self.record.fields.get("name").and_then(Value::as_str).map(str::to_lowercase);
        match whole {
            None => {
                self.record.fields.insert("name".to_owned(), Value::from(parts.join(" ")));
            }
            Some(whole) if parts.iter().all(|part| whole.contains(&part.to_lowercase())) => {}
            Some(_) => {
                let others = self.record.fields.entry("other_names").or_insert_with(|| json!([]));
                if let Value::Array(others) = others {
                    others.push(Value::from(parts.join(" ")));
                }
            }
        }
    }

    /// Refuses a name that is spelled as nothing: it may be meant, or not.
    fn refuse_nothing(&mut self, column: &str, target: &Target) {
        let is_name = matches!(target, Target::Field(path) if path.len() == 1 && path.iter().all(|f| f.name == NAME));
        if let Some(spelled) = self.row.nothing.get(column).filter(|_| is_name) {
            let reason =
                format!("`{spelled}` without quotes is no name, but nothing; put it in quotes if it is the name");
            self.problems.push(Problem { place: self.row.place.clone(), column: Some(column.to_owned()), reason });
        }
    }

    /// The value of a column, if it has one.
    fn found(&self, column: &str, target: &Target) -> Option<Value> {
        let value = self.row.value(column)?;
        match (value, target) {
            (Value::Null, _) => None,
            (Value::String(text), _) if text.trim().is_empty() => None,
            // Prose is kept to the letter.
            (Value::String(text), target) if !target.is_prose() => Some(Value::from(text.trim())),
            (value, _) => Some(value.clone()),
        }
    }

    fn has(&self, target: &Target) -> bool {
        match target {
            Target::Id => self.record.id.is_some(),
            Target::Field(path) => {
                let mut at = self.record.fields.get(path.first().map_or("", |field| field.name));
                for field in path.iter().skip(1) {
                    at = at.and_then(|value| value.get(field.name));
                }
                at.is_some()
            }
            Target::Contact(word) => {
                let details = self.record.fields.get("contact_details").and_then(Value::as_array);
                details.is_some_and(|details| details.iter().any(|detail| detail["type"] == *word))
            }
            Target::Extra(key) => self.record.fields.get("extra").is_some_and(|extra| extra.get(key).is_some()),
            Target::NamePart(_) => false,
        }
    }

    fn take(&mut self, column: Option<&str>, target: &Target, value: &Value) {
        let taken = match target {
            Target::Id => self.id(value),
            Target::Field(path) => self.field(path, value),
            Target::Contact(word) => {
                self.contact(word, value);
                Ok(())
            }
            Target::Extra(key) => {
                let extra = self.record.fields.entry("extra").or_insert_with(|| json!({}));
                if let Value::Object(extra) = extra {
                    extra.insert(key.clone(), value.clone());
                }
                Ok(())
            }
            Target::NamePart(_) => Ok(()),
        };
        if let Err(reason) = taken {
            let column = column.map_or_else(|| format!("--set {}", target.name()), ToOwned::to_owned);
            self.problems.push(Problem { place: self.row.place.clone(), column: Some(column), reason });
        }
    }

    fn id(&mut self, value: &Value) -> Result<(), String> {
        let text = match value {
            Value::String(text) => text.clone(),
            Value::Number(number) => number.to_string(),
            _ => return Err("an id is text on one line".to_owned()),
        };
        match slug(&text) {
            _ if is_unlisted(&text) => Err("this person has no name here; export again with --private".to_owned()),
            id if id.is_empty() => Err(format!("{} makes no id of a-z, 0-9 and hyphens", shown(&text))),
            id => {
                self.record.id = Some(id);
                Ok(())
            }
        }
    }

    /// Puts a value where its field lies. A list of tables gets one entry.
    fn field(&mut self, path: &[&'static Field], value: &Value) -> Result<(), String> {
        let Some((last, outer)) = path.split_last() else { return Ok(()) };
        let Some(value) = fitted(last, value, self.style)? else { return Ok(()) };
        let mut at = &mut self.record.fields;
        for field in outer {
            let inner = at.entry(field.name).or_insert_with(|| if field.many { json!([{}]) } else { json!({}) });
            let table = match inner {
                Value::Array(items) => items.first_mut(),
                other => Some(other),
            };
            let Some(Value::Object(table)) = table else { return Ok(()) };
            at = table;
        }
        match (at.get_mut(last.name), value) {
            (Some(Value::Array(items)), Value::Array(more)) => {
                let new: Vec<Value> = more.into_iter().filter(|item| !items.contains(item)).collect();
                items.extend(new);
            }
            (_, value) => {
                at.insert(last.name.to_owned(), value);
            }
        }
        Ok(())
    }

    /// Ways to reach someone, each an entry.
    fn contact(&mut self, word: &'static str, value: &Value) {
        let texts: Vec<String> = match value {
            Value::Array(items) => items.iter().map(text_of).collect(),
            value => vec![text_of(value)],
        };
        let details = self.record.fields.entry("contact_details").or_insert_with(|| json!([]));
        let Value::Array(details) = details else { return };
        for text in &texts {
            let lines = |c| c == ';' || c == '|' || (c == '\n' && word != "address");
            let spaced = |c: char| word == "email" && (c == ',' || c.is_whitespace());
            for part in text.split(|c| lines(c) || spaced(c)).filter(|part| !part.trim().is_empty()) {
                let detail = json!({ "type": word, "value": one_line(part, ", ") });
                if !details.contains(&detail) {
                    details.push(detail);
                }
            }
        }
        if details.is_empty() {
            self.record.fields.remove("contact_details");
        }
    }
}

fn text_of(value: &Value) -> String {
    match value {
        Value::String(text) => text.trim().trim_start_matches("mailto:").to_owned(),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}
