//! Reads the rows of an import file as records.

use super::column::{ColumnTarget, Mapping};
use super::contact::{Detail, details_in, details_in_any};
use super::heading::{AddressPart, ContactHeading, ContactPart, is_of_office, read_label};
use super::person_name::{NamePart, compose_name};
use super::value::{ValueReader, fit, named_currency};
use crate::error::Error;
use crate::exchange::damaged_text::{describe_garbled, describe_hidden, trim_edges};
use crate::exchange::import_file::{FileRow, ImportFile};
use crate::exchange::incoming::{Incoming, Problem, join_lines, quote};
use crate::exchange::outgoing::is_unlisted;
use crate::kind::Kind;
use crate::parse::alike::{alike, compose, fold};
use crate::parse::suggest::slug;
use crate::record::field::{Field, Shape};
use crate::record::value::{EXACT, escape_key, escape_keys, escape_pointer};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

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
    /// The rows of an address book with an address or a number that is none, and what it is.
    pub kept: Vec<(String, String)>,
    /// The rows of an address book that lack a name, and what stands for it.
    pub named: Vec<(String, String)>,
}

/// Reads the rows of a file.
pub(crate) fn read_rows(file: &ImportFile, kind: Kind, mapping: &Mapping, values: &ValueReader) -> ImportRows {
    let mut rows = ImportRows::default();
    for row in &file.rows {
        let reader = RowReader {
            mapping,
            values,
            row,
            record: empty_record(kind, row),
            rows: &mut rows,
            details: Vec::new(),
            names: BTreeMap::new(),
            currency: None,
        };
        let record = reader.read();
        rows.records.push(record);
    }
    rows
}

/// The field that says in which currency an amount is.
const CURRENCY: &str = "currency";

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
    values: &'r ValueReader,
    row: &'r FileRow,
    record: Incoming,
    rows: &'r mut ImportRows,
    /// The contact details so far, in the order of their columns.
    details: Vec<OpenDetail>,
    names: BTreeMap<NamePart, String>,
    /// The currency that a sign beside the amount names.
    currency: Option<&'static str>,
}

/// A contact detail whose columns are being read.
struct OpenDetail {
    heading: ContactHeading,
    /// The column that names it in messages.
    column: String,
    /// The label in a column of its own.
    label: Option<String>,
    /// The value, or the values, in one cell.
    whole: Option<String>,
    /// The parts of an address.
    parts: BTreeMap<AddressPart, String>,
}

impl RowReader<'_> {
    fn read(mut self) -> Incoming {
        let mapping = self.mapping;
        for (target, value) in &mapping.fixed {
            self.set_value(None, target, &Value::from(value.as_str()));
        }
        let is_fixed = |target: &ColumnTarget| {
            !target.takes_several() && mapping.fixed.iter().any(|(fixed, _)| fixed.name() == target.name())
        };
        for (column, target) in mapping.mapped.iter().filter(|(_, target)| !is_fixed(target)) {
            let Some(value) = self.value_of(column, target) else {
                self.refuse_null_name(column, target);
                continue;
            };
            match target {
                ColumnTarget::NamePart(part) => {
                    let words = join_lines(text_of(&value).trim(), " ");
                    match describe_damage(target, &Value::from(words.as_str())) {
                        Some(reason) => self.refuse(Some(column), target, reason),
                        None if words.is_empty() => {}
                        None => {
                            self.names.entry(*part).or_insert(words);
                        }
                    }
                }
                ColumnTarget::Field(path)
                    if self.has(target) && !target.is_free() && !path.last().is_some_and(|field| field.many) => {}
                target => self.set_value(Some(column), target, &value),
            }
        }
        self.merge_name();
        self.merge_currency();
        self.finish_details();
        for (target, value) in &mapping.defaults {
            if !self.has(target) {
                self.set_value(None, target, &Value::from(value.as_str()));
                self.finish_details();
            }
        }
        if mapping.is_address_book {
            self.find_name();
        }
        self.record
    }

    /// Uses the currency that a sign beside the amount names, unless another cell names another one.
    fn merge_currency(&mut self) {
        let Some(named) = self.currency else { return };
        match self.record.fields.get(CURRENCY).and_then(Value::as_str) {
            None => {
                self.record.fields.insert(CURRENCY.to_owned(), Value::from(named));
            }
            Some(other) if other != named => {
                let reason = format!("the amount is in {named}, and the currency of the row is {other}");
                self.rows.problems.push(Problem { place: self.row.place.clone(), column: None, reason });
            }
            Some(_) => {}
        }
    }

    /// Uses the parts of a name as the name if there is no whole one, or as another name if it differs.
    fn merge_name(&mut self) {
        let Some(composed) = compose_name(&self.names) else { return };
        let whole = self.record.fields.get(NAME).and_then(Value::as_str).map(str::to_lowercase);
        // A title or a suffix need not be in the whole name.
        let is_minor = |part: &NamePart| matches!(part, NamePart::Prefix | NamePart::Suffix);
        let holds_all =
            |whole: &str| self.names.iter().all(|(part, text)| is_minor(part) || whole.contains(&text.to_lowercase()));
        let family = self.names.get(&NamePart::Family).map(|family| format!("{},", family.to_lowercase()));
        match whole {
            // "Mejía, Ana" is how a list sorts it.
            Some(whole) if family.is_some_and(|family| whole.starts_with(&family)) && holds_all(&whole) => {
                self.record.fields.insert(NAME.to_owned(), Value::from(composed));
            }
            None => {
                // The name comes first, as in a record.
                self.record.fields.shift_insert(0, NAME.to_owned(), Value::from(composed));
            }
            Some(whole) if holds_all(&whole) => {}
            Some(_) => {
                let others = self.record.fields.entry("other_names").or_insert_with(|| json!([]));
                if let Value::Array(others) = others {
                    others.push(Value::from(composed));
                }
            }
        }
    }

    /// Gives a row of an address book without a name the name of its organization, or its e-mail address or number.
    fn find_name(&mut self) {
        let fields = &self.record.fields;
        if fields.contains_key(NAME) || self.record.invalid_fields.iter().any(|field| field == NAME) {
            return;
        }
        let other = fields.get("other_names").and_then(|names| names.get(0)).and_then(Value::as_str);
        let organization = fields.get("member").and_then(Value::as_str);
        let detail = |kinds: &[&str]| {
            let details = fields.get("contact_details").and_then(Value::as_array).into_iter().flatten();
            let mut of_kind =
                details.filter(|detail| detail["type"].as_str().is_some_and(|kind| kinds.contains(&kind)));
            of_kind.find_map(|detail| detail["value"].as_str())
        };
        let found = other
            .or(organization)
            .or_else(|| detail(&["email"]))
            .or_else(|| detail(&["phone", "mobile", "other", "url"]));
        if let Some(name) = found.map(str::to_owned) {
            self.rows.named.push((self.row.place.clone(), name.clone()));
            self.record.fields.shift_insert(0, NAME.to_owned(), Value::from(name));
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
            ColumnTarget::Contact(heading) => {
                let details = self.record.fields.get("contact_details").and_then(Value::as_array);
                details.is_some_and(|details| details.iter().any(|detail| detail["type"] == heading.detail))
            }
            ColumnTarget::AnyContact(_) => false,
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
            ColumnTarget::Contact(heading) => {
                self.open_detail(column, heading, value);
                Ok(())
            }
            ColumnTarget::AnyContact(heading) => {
                let details = details_in_any(&text_of(value));
                details.into_iter().for_each(|detail| self.add_detail(detail, Some(heading.as_str()), true));
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

    /// The value that a value in the file stands for (`--value`), also as a part of a list.
    fn translate(&self, path: &[&'static Field], value: &Value) -> Value {
        let name = ColumnTarget::Field(path.to_vec()).name();
        let rules: Vec<_> = self.mapping.values.iter().filter(|rule| rule.field == name).collect();
        let is_list = path.last().is_some_and(|field| field.many);
        let Some(text) = value.as_str().filter(|_| !rules.is_empty()) else { return value.clone() };
        let meaning =
            |part: &str| rules.iter().find(|rule| fold(&rule.from) == fold(part)).map(|rule| rule.to.as_str());
        if let Some(to) = meaning(text) {
            return Value::from(to);
        }
        if !is_list {
            return value.clone();
        }
        let parts = text.split([';', '|', ',', '\n']).map(trim_edges).filter(|part| !part.is_empty());
        let parts: Vec<&str> = parts.collect();
        if parts.iter().all(|part| meaning(part).is_none()) {
            return value.clone();
        }
        parts.into_iter().map(|part| meaning(part).unwrap_or(part)).collect()
    }

    /// Sets the value of a field. A list of tables gets one entry.
    fn set_field(&mut self, path: &[&'static Field], value: &Value) -> Result<(), Error> {
        let Some((last, outer)) = path.split_last() else { return Ok(()) };
        let value = &self.translate(path, value);
        let currency = named_currency(last, value);
        let Some(value) = fit(last, value, self.values)? else { return Ok(()) };
        if outer.is_empty() {
            self.currency = currency.or(self.currency);
        }
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

    /// Adds a column to the contact detail that it belongs to.
    fn open_detail(&mut self, column: Option<&str>, heading: &ContactHeading, value: &Value) {
        let texts: Vec<String> = match value {
            Value::Array(items) => items.iter().map(text_of).collect(),
            value => vec![text_of(value)],
        };
        let text = texts.join("\n");
        let is_part = !matches!(heading.part, ContactPart::Whole);
        // Columns of one group are one detail, but two whole values are two.
        let same = self
            .details
            .iter_mut()
            .find(|open| open.heading.group == heading.group && (is_part || open.whole.is_none()));
        let open = match same {
            Some(open) => open,
            None => {
                self.details.push(OpenDetail {
                    heading: heading.clone(),
                    column: column.unwrap_or_default().to_owned(),
                    label: None,
                    whole: None,
                    parts: BTreeMap::new(),
                });
                let Some(open) = self.details.last_mut() else { return };
                open
            }
        };
        match heading.part {
            ContactPart::Label => open.label = Some(text),
            ContactPart::Address(part) => {
                open.parts.entry(part).or_insert(text);
            }
            ContactPart::Whole => {
                if open.heading.part == ContactPart::Label {
                    open.heading = heading.clone();
                    open.column = column.unwrap_or_default().to_owned();
                }
                open.whole = Some(text);
            }
        }
    }

    /// Writes the contact details of the row, now that all their columns have been read.
    fn finish_details(&mut self) {
        for open in std::mem::take(&mut self.details) {
            let (label, kind) = match &open.label {
                Some(label) => read_label(label, open.heading.detail),
                None => (None, open.heading.detail),
            };
            let label = label.or_else(|| open.heading.label.clone());
            let Some(text) = open.whole.clone().or_else(|| compose_address(&open.parts)) else { continue };
            match details_in(kind, &text) {
                Ok(details) => details.into_iter().for_each(|detail| self.add_detail(detail, label.as_deref(), false)),
                // An address book is full of addresses that no one can fix today.
                Err(_) if self.mapping.is_address_book => {
                    let value = join_lines(&text, " ");
                    self.rows.kept.push((self.row.place.clone(), value.clone()));
                    let words = label.as_deref().unwrap_or_default();
                    let label = format!("{words} {kind}").trim().to_owned();
                    self.add_detail(Detail { kind: "other", value, note: None }, Some(&label), true);
                }
                Err(error) => {
                    let column = Some(open.column.as_str()).filter(|column| !column.is_empty());
                    self.refuse(column, &ColumnTarget::Contact(open.heading), error.to_string());
                }
            }
        }
    }

    /// Adds a contact detail as an entry. One of a person in office is private unless it is one of the office, and always if the
    /// heading says nothing of contact details.
    fn add_detail(&mut self, detail: Detail, label: Option<&str>, is_unknown: bool) {
        let is_official = self.record.kind == Kind::Official;
        let name = self.record.fields.get(NAME).and_then(Value::as_str).unwrap_or_default();
        let note = detail.note.filter(|note| !alike(note).eq_ignore_ascii_case(&alike(name)));
        let notes: Vec<&str> = label.into_iter().chain(note.as_deref()).filter(|note| !note.is_empty()).collect();
        let mut entry = json!({ "type": detail.kind, "value": detail.value });
        if let Value::Object(fields) = &mut entry {
            if !notes.is_empty() {
                fields.insert("note".to_owned(), Value::from(notes.join(", ")));
            }
            if is_official && (is_unknown || label.is_some_and(|label| !is_of_office(label))) {
                fields.insert("public".to_owned(), Value::from(false));
            }
        }
        let details = self.record.fields.entry("contact_details").or_insert_with(|| json!([]));
        let Value::Array(details) = details else { return };
        let is_same = |other: &Value| other["type"] == entry["type"] && other["value"] == entry["value"];
        if !details.iter().any(is_same) {
            details.push(entry);
        }
    }
}

/// A postal address from its parts, as one line; `None` if there is nothing but a country.
fn compose_address(parts: &BTreeMap<AddressPart, String>) -> Option<String> {
    use AddressPart::{City, Country, PostalCode, State, Street};
    let part = |part: AddressPart| parts.get(&part).map(|text| join_lines(text, ", ")).filter(|text| !text.is_empty());
    if parts.keys().all(|part| *part == Country) {
        return None;
    }
    let street = part(Street).unwrap_or_default();
    // A whole address in one cell has several lines, or names the city.
    let is_whole = parts.get(&Street).is_some_and(|text| text.trim().contains('\n'));
    let names = |text: &str| street.to_lowercase().contains(&text.to_lowercase());
    let mut pieces: Vec<String> = Vec::new();
    for key in parts.keys().filter(|key| !matches!(key, State | PostalCode)) {
        let is_region = *key >= City;
        // A list of cities is no part of an address.
        let text = part(*key).filter(|text| !is_region || (!is_whole && !text.contains(['|', ';']) && !names(text)));
        pieces.extend(text);
        if *key == City {
            pieces.extend(region(part(State), part(PostalCode), &street, is_whole));
        }
    }
    if !parts.contains_key(&City) {
        pieces.extend(region(part(State), part(PostalCode), &street, is_whole));
    }
    Some(pieces.join(", ")).filter(|text| !text.is_empty())
}

/// `OH 44017`, or what of it is there.
fn region(state: Option<String>, code: Option<String>, street: &str, is_whole: bool) -> Option<String> {
    let missing = |text: &String| !is_whole && !street.split(|c: char| !c.is_alphanumeric()).any(|word| word == text);
    let texts: Vec<String> = state.into_iter().chain(code).filter(missing).collect();
    (!texts.is_empty()).then(|| texts.join(" "))
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
            describe_garbled(text).or_else(|| parts.find_map(|part| describe_hidden(part, is_contact(target))))
        }
        Value::Array(items) => items.iter().find_map(|item| describe_damage(target, item)),
        Value::Object(fields) => fields.values().flat_map(texts).find_map(describe_garbled),
        _ => None,
    }
}

/// Whether a column holds contact details, which are addresses.
fn is_contact(target: &ColumnTarget) -> bool {
    matches!(target, ColumnTarget::Contact(heading) if heading.detail != "address")
        || matches!(target, ColumnTarget::AnyContact(_))
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
