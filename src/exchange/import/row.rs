//! Reads the rows of an import file as records.

use super::column::{ColumnTarget, Mapping};
use super::value::fit;
use crate::error::Error;
use crate::exchange::damaged_text::{describe_garbled, describe_hidden, trim_edges};
use crate::exchange::date_format::DateFormat;
use crate::exchange::import_file::{FileRow, ImportFile};
use crate::exchange::incoming::{Incoming, Problem, join_lines, quote};
use crate::exchange::outgoing::is_unlisted;
use crate::kind::Kind;
use crate::parse::alike::{alike, compose};
use crate::parse::suggest::slug;
use crate::record::field::{Field, Shape};
use crate::record::value::{EXACT, escape_key, escape_keys, escape_pointer};
use serde_json::{Map, Value, json};

/// The field in which `null` may be meant as text: someone may be named Null.
const NAME: &str = "name";

/// The rows of an import file as records.
#[derive(Debug, Default)]
pub(crate) struct ImportRows {
    /// The records. A record from a row with mistakes lacks the values that could not be read.
    pub records: Vec<Incoming>,
    /// The mistakes in them.
    pub problems: Vec<Problem>,
    /// The rows and columns in which invisible characters at the edge of a cell were dropped.
    pub cleaned: Vec<(String, String)>,
}

/// Reads the rows of a file.
pub(crate) fn read_rows(file: &ImportFile, kind: Kind, mapping: &Mapping, date_format: &DateFormat) -> ImportRows {
    let mut rows = ImportRows::default();
    for row in &file.rows {
        let record = RowReader { mapping, date_format, row, record: empty_record(kind, row), rows: &mut rows }.read();
        rows.records.push(record);
    }
    rows
}

fn empty_record(kind: Kind, row: &FileRow) -> Incoming {
    // Rows that look the same are the same, except for texts to sign.
    let seen = |(column, value): (&String, &Value)| match value {
        Value::String(text) if kind != Kind::Agreement => (column.clone(), Value::from(alike(text))),
        value => (column.clone(), value.clone()),
    };
    let whole = Value::Object(row.values.iter().map(seen).collect()).to_string();
    Incoming { whole, folder: row.folder.clone(), ..Incoming::new(row.place.as_str(), kind) }
}

/// Reads one row.
struct RowReader<'r> {
    mapping: &'r Mapping,
    date_format: &'r DateFormat,
    row: &'r FileRow,
    record: Incoming,
    rows: &'r mut ImportRows,
}

impl RowReader<'_> {
    fn read(mut self) -> Incoming {
        let mut parts = [None, None];
        for (column, target) in &self.mapping.mapped {
            let Some(value) = self.value_of(column, target) else {
                self.refuse_null_name(column, target);
                continue;
            };
            match target {
                ColumnTarget::NamePart(at) => {
                    if let Some(part) = parts.get_mut(*at) {
                        let words =
                            value.as_str().map(|text| join_lines(text.trim(), " ")).filter(|text| !text.is_empty());
                        match words.as_deref().and_then(|words| describe_damage(target, &Value::from(words))) {
                            Some(reason) => self.refuse(Some(column), target, reason),
                            None => *part = words,
                        }
                    }
                }
                ColumnTarget::Field(path)
                    if self.has(target) && !target.is_free() && !path.last().is_some_and(|field| field.many) => {}
                target => self.set_value(Some(column), target, &value),
            }
        }
        self.merge_name(&parts.into_iter().flatten().collect::<Vec<_>>());
        for (target, value) in &self.mapping.defaults {
            if !self.has(target) {
                self.set_value(None, target, &Value::from(value.as_str()));
            }
        }
        self.record
    }

    /// Uses the parts of a name as the name if there is no whole one, or as another name if it differs.
    fn merge_name(&mut self, parts: &[String]) {
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

    /// Refuses `null` without quotes as a name: it is unclear whether it is one.
    fn refuse_null_name(&mut self, column: &str, target: &ColumnTarget) {
        let is_name =
            matches!(target, ColumnTarget::Field(path) if path.len() == 1 && path.iter().all(|f| f.name == NAME));
        if let Some(spelling) = self.row.null_spelling(column).filter(|_| is_name) {
            let reason =
                format!("`{spelling}` without quotes means \"no value\" in YAML; put it in quotes if it is a name");
            self.refuse(Some(column), target, reason);
        }
    }

    /// The value of a column, if it has one.
    fn value_of(&mut self, column: &str, target: &ColumnTarget) -> Option<Value> {
        let row = self.row;
        let value = if target.is_free() { row.typed_value(column)? } else { row.value(column)? };
        match value {
            Value::Null => None,
            value if target.is_free() && row.has_plain_keys && !value.is_string() => Some(escape_keys(value)),
            Value::String(text) if trim_edges(text).is_empty() => None,
            // Texts to sign keep every character; other prose keeps its spaces.
            Value::String(text) if target.is_prose() && self.record.kind == Kind::Agreement => {
                Some(Value::from(text.as_str()))
            }
            Value::String(text) => {
                let (original, clean) = match target.is_prose() {
                    true => (text.as_str(), text.replace('\u{feff}', "")),
                    false => (text.trim(), trim_edges(text).to_owned()),
                };
                if clean != original {
                    self.rows.cleaned.push((row.place.clone(), column.to_owned()));
                }
                Some(Value::from(compose(&clean)))
            }
            value => Some(value.clone()),
        }
    }

    fn has(&self, target: &ColumnTarget) -> bool {
        match target {
            ColumnTarget::Id => self.record.id.is_some(),
            ColumnTarget::Field(path) => {
                let mut at = self.record.fields.get(path.first().map_or("", |field| field.name));
                for field in path.iter().skip(1) {
                    at = at.and_then(|value| value.get(field.name));
                }
                at.is_some()
            }
            ColumnTarget::Contact(word) => {
                let details = self.record.fields.get("contact_details").and_then(Value::as_array);
                details.is_some_and(|details| details.iter().any(|detail| detail["type"] == *word))
            }
            ColumnTarget::Extra(key) => {
                self.record.fields.get("extra").is_some_and(|extra| extra.get(&*escape_key(key)).is_some())
            }
            ColumnTarget::NamePart(_) => false,
        }
    }

    fn refuse(&mut self, column: Option<&str>, target: &ColumnTarget, reason: String) {
        let column = column.map_or_else(|| format!("--set {}", target.name()), ToOwned::to_owned);
        self.rows.problems.push(Problem { place: self.row.place.clone(), column: Some(column), reason });
        self.record.invalid_fields.extend(target.name().split('.').next().map(str::to_owned));
    }

    fn set_value(&mut self, column: Option<&str>, target: &ColumnTarget, value: &Value) {
        if let Some(reason) = describe_damage(target, value) {
            return self.refuse(column, target, reason);
        }
        let result = match target {
            ColumnTarget::Id => self.set_id(value),
            ColumnTarget::Field(path) => {
                let result = self.set_field(path, value);
                if let (true, [field], Some(column)) = (target.is_free(), path.as_slice(), column)
                    && let Some(Value::Object(extra)) = self.record.fields.get_mut(field.name)
                {
                    let exact = self.row.exact_values(column).into_iter();
                    add_exact(extra, exact.map(|(path, text)| (path, Value::from(text))));
                }
                result
            }
            ColumnTarget::Contact(word) => {
                self.add_contacts(word, value);
                Ok(())
            }
            ColumnTarget::Extra(key) => {
                let extra = self.record.fields.entry("extra").or_insert_with(|| json!({}));
                if let Value::Object(extra) = extra {
                    let key = escape_key(key);
                    extra.insert(key.clone().into_owned(), value.clone());
                    let exact = column.map(|column| self.row.exact_values(column)).unwrap_or_default();
                    let exact =
                        exact.into_iter().map(|(path, text)| (format!("/{}{path}", escape_pointer(&key)), text));
                    add_exact(extra, exact.map(|(path, text)| (path, Value::from(text))));
                }
                Ok(())
            }
            ColumnTarget::NamePart(_) => Ok(()),
        };
        if let Err(error) = result {
            self.refuse(column, target, error.to_string());
        }
    }

    fn set_id(&mut self, value: &Value) -> Result<(), Error> {
        let text = match value {
            Value::String(text) => text.clone(),
            Value::Number(number) => number.to_string(),
            _ => return Err(Error::data("an id must be one line of text")),
        };
        match slug(&text) {
            _ if is_unlisted(&text) => {
                Err(Error::data("this export leaves this person's name out; export again with --private"))
            }
            id if id.is_empty() => {
                Err(Error::data(format!("{} cannot become an id: it has no letters or digits", quote(&text))))
            }
            id => {
                self.record.id = Some(id);
                Ok(())
            }
        }
    }

    /// Sets the value of a field. A list of tables gets one entry.
    fn set_field(&mut self, path: &[&'static Field], value: &Value) -> Result<(), Error> {
        let Some((last, outer)) = path.split_last() else { return Ok(()) };
        let Some(value) = fit(last, value, self.date_format)? else { return Ok(()) };
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
            // Columns that match no field may be there already.
            (Some(Value::Object(current)), Value::Object(given)) if matches!((last.shape)(), Shape::Free) => {
                let mut others = std::mem::take(current);
                current.extend(given);
                if let Some(Value::Object(exact)) = others.remove(EXACT) {
                    add_exact(current, exact);
                }
                for (key, value) in others {
                    current.entry(key).or_insert(value);
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

    /// Adds contact details, each as an entry.
    fn add_contacts(&mut self, word: &'static str, value: &Value) {
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

/// Why a value is damaged, if it is: lost or garbled letters, or invisible characters. Entries with fields of their own may contain
/// prose, where invisible characters are allowed.
fn describe_damage(target: &ColumnTarget, value: &Value) -> Option<String> {
    match value {
        Value::String(text) if target.is_prose() => describe_garbled(text),
        Value::String(text) => {
            // Each part of a list has its own edges.
            let parts = text.split(|c| target.takes_several() && [';', '|', ',', '\n'].contains(&c));
            let mut parts = parts.map(trim_edges);
            describe_garbled(text)
                .or_else(|| parts.find_map(|part| describe_hidden(part, matches!(target, ColumnTarget::Contact(_)))))
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

/// Adds the exact TOML forms of some values to a table with the coalition's own keys.
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
