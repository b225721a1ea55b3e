//! Reads the rows of an import file as records.

use super::cell_damage::describe_damage;
use super::cells::texts_of;
use super::column::{ColumnTarget, Mapping, has_person_names};
use super::contact::{Detail, details_in, details_in_any};
use super::heading::{AddressPart, ContactHeading, ContactPart, is_of_office, read_label};
use super::nested_detail::{NestedDetail, has_tables, nested_details};
use super::person_name::{NamePart, compose_name};
use super::postal_address::compose_address;
use super::restriction::is_idle;
use super::value::{ValueReader, fit, named_currency};
use super::written_name::{Aside, read_name};
use crate::error::Error;
use crate::exchange::damaged_text::trim_edges;
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
    /// The rows with a name that was put in the usual order, or in small letters, and what it became.
    pub turned: Vec<(String, String)>,
    /// The rows whose name may be that of two people.
    pub couples: Vec<(String, String)>,
    /// The rows with a name of one word.
    pub short: Vec<(String, String)>,
    /// The rows that have a name and nothing else.
    pub bare: Vec<(String, String)>,
    /// The rows with a day of the past that is more than a year ahead.
    pub far: Vec<(String, String)>,
    /// The rows and columns that say how someone may be contacted.
    pub restricted: Vec<(String, String)>,
}

/// Reads the rows of a file.
pub(crate) fn read_rows(file: &ImportFile, kind: Kind, mapping: &Mapping, values: &ValueReader) -> ImportRows {
    let mut rows = ImportRows::default();
    let sorted = has_person_names(kind) && are_names_sorted(file, mapping);
    for row in &file.rows {
        let reader = RowReader {
            mapping,
            values,
            row,
            record: empty_record(kind, row),
            rows: &mut rows,
            details: Vec::new(),
            names: BTreeMap::new(),
            others: Vec::new(),
            sorted,
            currency: None,
        };
        let record = reader.read();
        rows.records.push(record);
    }
    rows
}

/// Whether most names begin with the family name and a comma, as a list sorts them.
fn are_names_sorted(file: &ImportFile, mapping: &Mapping) -> bool {
    let Some(column) = mapping.column_of(NAME) else { return false };
    let names = texts_of(file, column);
    let sorted = names.iter().filter(|name| name.matches(',').count() == 1).count();
    sorted >= 3 && sorted * 10 >= names.len() * 8
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
    /// The cells with contact details whose headings say nothing of them, by heading. Others come first, because these may repeat them.
    others: Vec<(String, Value)>,
    /// Whether the names of the file begin with the family name.
    sorted: bool,
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
                ColumnTarget::Extra(_)
                    if mapping.restrictions.contains(column) && is_idle(column, &text_of(&value)) => {}
                ColumnTarget::Field(path)
                    if self.has(target) && !target.is_free() && !path.last().is_some_and(|field| field.many) => {}
                target => {
                    if mapping.restrictions.contains(column) {
                        self.rows.restricted.push((self.row.place.clone(), column.clone()));
                    }
                    self.set_value(Some(column), target, &value);
                }
            }
        }
        self.merge_name();
        self.finish_name();
        self.merge_currency();
        self.finish_details();
        self.finish_others();
        for (target, value) in &mapping.defaults {
            if !self.has(target) {
                self.set_value(None, target, &Value::from(value.as_str()));
                self.finish_details();
            }
        }
        if mapping.is_address_book {
            self.find_name();
        }
        let name = self.record.fields.get(NAME).and_then(Value::as_str).filter(|_| has_person_names(self.record.kind));
        let is_bare = self.record.fields.len() == 1 && self.record.invalid_fields.is_empty();
        if let Some(name) = name.filter(|_| is_bare) {
            self.rows.bare.push((self.row.place.clone(), name.to_owned()));
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

    /// Reads the name as people write it, and keeps apart what stands beside it in its cell.
    fn finish_name(&mut self) {
        let Some(given) = self.record.fields.get(NAME).and_then(Value::as_str).map(str::to_owned) else { return };
        if !has_person_names(self.record.kind) || self.values.is_own_export {
            return;
        }
        let composed = compose_name(&self.names).is_some_and(|composed| composed == given);
        let written = read_name(&given, self.sorted);
        // The parts of a name are in their places already.
        let name = if composed && given.contains(',') { given.clone() } else { written.name };
        if written.is_turned && name != given {
            self.rows.turned.push((self.row.place.clone(), format!("{given}: {name}")));
        }
        if !name.contains(' ') && !name.contains('@') {
            self.rows.short.push((self.row.place.clone(), name.clone()));
        }
        if written.may_be_two {
            self.rows.couples.push((self.row.place.clone(), name.clone()));
        }
        self.record.fields.insert(NAME.to_owned(), Value::from(name));
        if let Some(email) = written.email {
            self.add_detail(Detail { kind: "email", value: email, note: None }, None, false);
        }
        let has = |fields: &Map<String, Value>, field: &str| fields.contains_key(field);
        let knows = |field: &str| crate::record::fields_of(self.record.kind).any(|known| known.name == field);
        let (field, text) = match written.aside {
            None => return,
            Some(Aside::Title(text)) if knows("title") && !has(&self.record.fields, "title") => ("title", text),
            Some(Aside::Pronouns(text)) if knows("pronouns") && !has(&self.record.fields, "pronouns") => {
                ("pronouns", text)
            }
            Some(Aside::OtherName(text)) => ("other_names", text),
            Some(Aside::Title(text) | Aside::Pronouns(text) | Aside::Note(text)) => ("notes", text),
        };
        let fields = &mut self.record.fields;
        match field {
            "other_names" => {
                let others = fields.entry(field).or_insert_with(|| json!([]));
                if let Value::Array(others) = others {
                    others.push(Value::from(text));
                }
            }
            "notes" => {
                let before =
                    fields.get(field).and_then(Value::as_str).map(|notes| format!("{notes}\n")).unwrap_or_default();
                fields.insert(field.to_owned(), Value::from(format!("{before}{text}")));
            }
            field => {
                fields.insert(field.to_owned(), Value::from(text));
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
                self.others.push((heading.clone(), value.clone()));
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

    /// Notes a first day that is more than a year ahead: the year is probably a slip.
    fn note_far_day(&mut self, field: &Field, value: &Value) {
        const STARTS: [&str; 3] = ["start_date", "joined", "since"];
        let is_past = field.flags.past || STARTS.contains(&field.name);
        let day = value
            .as_str()
            .filter(|_| is_past && matches!((field.shape)(), Shape::Date))
            .and_then(|text| text.parse().ok());
        if day.is_some_and(|day: chrono::NaiveDate| (day - self.values.today).num_days() > 366) {
            let text = value.as_str().unwrap_or_default().to_owned();
            self.rows.far.push((self.row.place.clone(), text));
        }
    }

    /// Sets the value of a field. A list of tables gets one entry.
    fn set_field(&mut self, path: &[&'static Field], value: &Value) -> Result<(), Error> {
        let Some((last, outer)) = path.split_last() else { return Ok(()) };
        let value = &self.translate(path, value);
        let currency = named_currency(last, value);
        let without_links = match ((last.shape)(), value) {
            (Shape::Reference(_), Value::String(text)) => Value::from(strip_links(text)),
            _ => value.clone(),
        };
        let value = &without_links;
        let Some(value) = fit(last, value, self.values)? else { return Ok(()) };
        self.note_far_day(last, &value);
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
        if has_tables(value) {
            self.details.extend(nested_details(heading, value).into_iter().map(|nested| open_nested(nested, column)));
            return;
        }
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

    /// Writes the contact details in cells whose headings say nothing of them, unless the row has them already.
    fn finish_others(&mut self) {
        for (heading, value) in std::mem::take(&mut self.others) {
            if has_tables(&value) {
                let unknown =
                    ContactHeading { detail: "other", label: None, group: heading.clone(), part: ContactPart::Whole };
                self.details
                    .extend(nested_details(&unknown, &value).into_iter().map(|nested| open_nested(nested, None)));
                self.finish_details();
                continue;
            }
            let known: Vec<String> = self
                .record
                .fields
                .get("contact_details")
                .and_then(Value::as_array)
                .into_iter()
                .flatten()
                .filter_map(|detail| detail["value"].as_str().map(fold))
                .collect();
            let details = details_in_any(&text_of(&value));
            for detail in details.into_iter().filter(|detail| !known.contains(&fold(&detail.value))) {
                self.add_detail(detail, Some(heading.as_str()), true);
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

/// A name without the links that a program puts behind what another table holds: `Cedar School (https://…)`.
fn strip_links(text: &str) -> String {
    let mut plain = text.to_owned();
    while let Some(start) = plain.find(" (http") {
        let Some(end) = plain.get(start..).and_then(|rest| rest.find(')')) else { break };
        plain.replace_range(start..=start + end, "");
    }
    plain
}

/// A contact detail of nested data, complete.
fn open_nested(nested: NestedDetail, column: Option<&str>) -> OpenDetail {
    OpenDetail {
        heading: nested.heading,
        column: column.unwrap_or_default().to_owned(),
        label: nested.label,
        whole: nested.whole,
        parts: nested.parts,
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
