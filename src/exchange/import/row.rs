//! Rows of an import file as records on their way in.

use super::column::{Mapping, Target};
use super::value::fit;
use crate::exchange::damaged_text::{describe_garbled, describe_hidden, trim_edges};
use crate::exchange::date_format::Style;
use crate::exchange::import_file::{ImportFile, Row};
use crate::exchange::incoming::{Incoming, Problem, join_lines, quote};
use crate::exchange::outgoing::is_unlisted;
use crate::kind::Kind;
use crate::parse::alike::{alike, composed};
use crate::parse::suggest::slug;
use crate::record::field::{Field, Shape};
use crate::record::value::{EXACT, escape_key, escape_keys, pointed};
use serde_json::{Map, Value, json};

/// The field in which a spelling of nothing may be meant: somebody is called Null.
const NAME: &str = "name";

/// The rows of an import file, taken.
#[derive(Debug, Default)]
pub struct Rows {
    /// The records that they describe. Those of rows with mistakes lack what could not be taken.
    pub records: Vec<Incoming>,
    /// What is wrong with them.
    pub problems: Vec<Problem>,
    /// The rows and columns in which characters that are not seen stood at the edge of a cell, and were dropped.
    pub cleaned: Vec<(String, String)>,
}

/// The records that the rows describe, and what is wrong with them.
pub fn read_rows(file: &ImportFile, kind: Kind, mapping: &Mapping, style: &Style) -> Rows {
    let mut rows = Rows::default();
    for row in &file.rows {
        let record = RowReader { mapping, style, row, record: blank(kind, row), rows: &mut rows }.read();
        rows.records.push(record);
    }
    rows
}

fn blank(kind: Kind, row: &Row) -> Incoming {
    // Rows that look the same are the same, but for words that are signed.
    let seen = |(column, value): (&String, &Value)| match value {
        Value::String(text) if kind != Kind::Agreement => (column.clone(), Value::from(alike(text))),
        value => (column.clone(), value.clone()),
    };
    let whole = Value::Object(row.values.iter().map(seen).collect()).to_string();
    Incoming { whole, folder: row.folder.clone(), ..Incoming::new(row.place.as_str(), kind) }
}

/// One row being taken.
struct RowReader<'r> {
    mapping: &'r Mapping,
    style: &'r Style,
    row: &'r Row,
    record: Incoming,
    rows: &'r mut Rows,
}

impl RowReader<'_> {
    fn read(mut self) -> Incoming {
        let mut parts = [None, None];
        for (column, target) in &self.mapping.mapped {
            let Some(value) = self.value_of(column, target) else {
                self.refuse_nothing(column, target);
                continue;
            };
            match target {
                Target::NamePart(at) => {
                    if let Some(part) = parts.get_mut(*at) {
                        let words =
                            value.as_str().map(|text| join_lines(text.trim(), " ")).filter(|text| !text.is_empty());
                        match words.as_deref().and_then(|words| describe_damage(target, &Value::from(words))) {
                            Some(reason) => self.refuse(Some(column), target, reason),
                            None => *part = words,
                        }
                    }
                }
                Target::Field(path)
                    if self.has(target) && !target.is_free() && !path.last().is_some_and(|field| field.many) => {}
                target => self.take(Some(column), target, &value),
            }
        }
        self.name(&parts.into_iter().flatten().collect::<Vec<_>>());
        for (target, value) in &self.mapping.defaults {
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
        if let Some(spelled) = self.row.nothing(column).filter(|_| is_name) {
            let reason =
                format!("`{spelled}` without quotes means \"no value\" in YAML; put it in quotes if it is a name");
            self.refuse(Some(column), target, reason);
        }
    }

    /// The value of a column, if it has one.
    fn value_of(&mut self, column: &str, target: &Target) -> Option<Value> {
        let row = self.row;
        let value = if target.is_free() { row.typed_value(column)? } else { row.value(column)? };
        match value {
            Value::Null => None,
            value if target.is_free() && row.has_plain_keys && !value.is_string() => Some(escape_keys(value)),
            Value::String(text) if trim_edges(text).is_empty() => None,
            // The words that are signed are kept to the letter, and other prose but for its edges.
            Value::String(text) if target.is_prose() && self.record.kind == Kind::Agreement => {
                Some(Value::from(text.as_str()))
            }
            Value::String(text) => {
                let (kept, shown) = match target.is_prose() {
                    true => (text.as_str(), text.replace('\u{feff}', "")),
                    false => (text.trim(), trim_edges(text).to_owned()),
                };
                if shown != kept {
                    self.rows.cleaned.push((row.place.clone(), column.to_owned()));
                }
                Some(Value::from(composed(&shown)))
            }
            value => Some(value.clone()),
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
            Target::Extra(key) => {
                self.record.fields.get("extra").is_some_and(|extra| extra.get(&*escape_key(key)).is_some())
            }
            Target::NamePart(_) => false,
        }
    }

    fn refuse(&mut self, column: Option<&str>, target: &Target, reason: String) {
        let column = column.map_or_else(|| format!("--set {}", target.name()), ToOwned::to_owned);
        self.rows.problems.push(Problem { place: self.row.place.clone(), column: Some(column), reason });
        self.record.mistaken.extend(target.name().split('.').next().map(str::to_owned));
    }

    fn take(&mut self, column: Option<&str>, target: &Target, value: &Value) {
        if let Some(reason) = describe_damage(target, value) {
            return self.refuse(column, target, reason);
        }
        let taken = match target {
            Target::Id => self.id(value),
            Target::Field(path) => {
                let taken = self.field(path, value);
                if let (true, [field], Some(column)) = (target.is_free(), path.as_slice(), column)
                    && let Some(Value::Object(extra)) = self.record.fields.get_mut(field.name)
                {
                    let exact = self.row.exact_values(column).into_iter();
                    add_exact(extra, exact.map(|(path, text)| (path, Value::from(text))));
                }
                taken
            }
            Target::Contact(word) => {
                self.contact(word, value);
                Ok(())
            }
            Target::Extra(key) => {
                let extra = self.record.fields.entry("extra").or_insert_with(|| json!({}));
                if let Value::Object(extra) = extra {
                    let key = escape_key(key);
                    extra.insert(key.clone().into_owned(), value.clone());
                    let exact = column.map(|column| self.row.exact_values(column)).unwrap_or_default();
                    let exact = exact.into_iter().map(|(path, text)| (format!("/{}{path}", pointed(&key)), text));
                    add_exact(extra, exact.map(|(path, text)| (path, Value::from(text))));
                }
                Ok(())
            }
            Target::NamePart(_) => Ok(()),
        };
        if let Err(reason) = taken {
            self.refuse(column, target, reason);
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
            id if id.is_empty() => Err(format!("{} makes no id of a-z, 0-9 and hyphens", quote(&text))),
            id => {
                self.record.id = Some(id);
                Ok(())
            }
        }
    }

    /// Puts a value where its field lies. A list of tables gets one entry.
    fn field(&mut self, path: &[&'static Field], value: &Value) -> Result<(), String> {
        let Some((last, outer)) = path.split_last() else { return Ok(()) };
        let Some(value) = fit(last, value, self.style)? else { return Ok(()) };
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
            // Columns that match nothing may stand there already.
            (Some(Value::Object(held)), Value::Object(own)) if matches!((last.shape)(), Shape::Free) => {
                let mut others = std::mem::take(held);
                held.extend(own);
                if let Some(Value::Object(exact)) = others.remove(EXACT) {
                    add_exact(held, exact);
                }
                for (key, value) in others {
                    held.entry(key).or_insert(value);
                }
            }
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
                let detail = json!({ "type": word, "value": join_lines(trim_edges(part), ", ") });
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

/// Why a value cannot be what it was meant to be: letters were lost or describe_garbled on the way, or something stands in it that nobody
/// sees. Entries with fields of their own may hold prose, in which what is not seen is no mistake.
fn describe_damage(target: &Target, value: &Value) -> Option<String> {
    match value {
        Value::String(text) if target.is_prose() => describe_garbled(text),
        Value::String(text) => {
            // Each part of a list has edges of its own.
            let parts = text.split(|c| target.takes_several() && [';', '|', ',', '\n'].contains(&c));
            let mut parts = parts.map(trim_edges);
            describe_garbled(text)
                .or_else(|| parts.find_map(|part| describe_hidden(part, matches!(target, Target::Contact(_)))))
        }
        Value::Array(items) => items.iter().find_map(|item| describe_damage(target, item)),
        Value::Object(fields) => fields.values().flat_map(texts).find_map(describe_garbled),
        _ => None,
    }
}

/// All texts in a value.
fn texts(value: &Value) -> Box<dyn Iterator<Item = &str> + '_> {
    match value {
        Value::String(text) => Box::new(std::iter::once(text.as_str())),
        Value::Array(items) => Box::new(items.iter().flat_map(texts)),
        Value::Object(fields) => Box::new(fields.values().flat_map(texts)),
        _ => Box::new(std::iter::empty()),
    }
}

fn text_of(value: &Value) -> String {
    match value {
        Value::String(text) => text.trim().trim_start_matches("mailto:").to_owned(),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}

/// Adds the forms in which TOML writes some values of a table of one's own to those that it has.
fn add_exact(extra: &mut Map<String, Value>, more: impl IntoIterator<Item = (String, Value)>) {
    let mut more = more.into_iter().peekable();
    if more.peek().is_none() {
        return;
    }
    if let Value::Object(exact) = extra.entry(EXACT).or_insert_with(|| json!({})) {
        more.for_each(|(path, text)| {
            exact.entry(path).or_insert(text);
        });
    }
}
