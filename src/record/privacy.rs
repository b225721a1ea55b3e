//! What may leave the repository: a record's JSON without its private fields.

use super::common::{Common, ContactDetail, ContactType, is_of_somebody};
use super::field::{Field, Shape, TableDef};
use super::table::Table;
use super::value::Choices as _;
use super::{AnyRecord, table_of};
use crate::kind::Kind;
use chrono::NaiveDate;
use serde_json::{Map, Value};

/// Who reads what leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Audience {
    /// Whether private fields are for them.
    pub private: bool,
    /// Whether what records hold under `[extra]` is.
    pub extra: bool,
    /// The day on which they read it.
    pub today: NaiveDate,
}

impl Audience {
    /// Whether a field is for them.
    pub fn has(&self, field: &Field) -> bool {
        self.private || !field.flags.private || (self.extra && is_extra(field))
    }
}

/// Whether a field is the one with keys of a coalition's own.
fn is_extra(field: &Field) -> bool {
    field.name == "extra" && matches!((field.shape)(), Shape::Free)
}

/// The fields of a record, which are those of its JSON, without what is not for these readers: private fields, ways to reach
/// somebody that are not public, minutes that are not published.
pub fn without_private(
    record: &dyn AnyRecord,
    mut fields: Map<String, Value>,
    audience: &Audience,
) -> Map<String, Value> {
    if audience.private {
        return fields;
    }
    for table in [Common::DEF, record.table()] {
        strip(table, &mut fields, audience);
    }
    let office = record.key().kind == Kind::Official;
    if let Some(Value::Array(details)) = fields.get_mut("contact_details") {
        let mut known = record.details().iter();
        details.retain(|_| known.next().is_some_and(|detail| detail.is_open(office)));
        if details.is_empty() {
            fields.shift_remove("contact_details");
        }
    }
    if record.key().kind == Kind::Meeting && !is_published(&fields, audience.today) {
        fields.retain(|name, _| !["minutes", "minutes_file"].contains(&name.as_str()));
    }
    fields
}

/// The same of fields as a file has them, which may be misspelled or of any type, for readers who may be anybody: what opens a way to
/// reach somebody must be said without a mistake.
pub fn without_private_data(kind: Kind, mut fields: Map<String, Value>) -> Map<String, Value> {
    let anybody = Audience { private: false, extra: false, today: NaiveDate::MIN };
    for table in [Common::DEF, table_of(kind)] {
        strip(table, &mut fields, &anybody);
    }
    if let Some(Value::Array(details)) = fields.get_mut("contact_details") {
        details.retain(|detail| detail.as_object().is_some_and(|detail| is_open(detail, kind == Kind::Official)));
        if details.is_empty() {
            fields.shift_remove("contact_details");
        }
    }
    if kind == Kind::Meeting {
        fields.retain(|name, _| !["minutes", "minutes_file"].contains(&name.as_str()));
    }
    fields
}

/// Whether others may have a contact detail, by its data alone.
fn is_open(detail: &Map<String, Value>, office: bool) -> bool {
    let text = |name: &str| detail.get(name).and_then(Value::as_str);
    if detail.keys().any(|name| ContactDetail::DEF.field(name).is_none()) {
        return false;
    }
    match detail.get("public") {
        Some(Value::Bool(public)) => *public,
        Some(_) => false,
        None => {
            let kind = text("type").and_then(|word| ContactType::ALL.iter().copied().find(|kind| kind.word() == word));
            office && kind.is_some_and(ContactType::is_of_office) && !text("note").is_some_and(is_of_somebody)
        }
    }
}

/// Whether the minutes of a meeting were published by a day.
fn is_published(meeting: &Map<String, Value>, today: NaiveDate) -> bool {
    let published = meeting.get("minutes_published").and_then(Value::as_str);
    published.and_then(|day| day.parse::<NaiveDate>().ok()).is_some_and(|day| day <= today)
}

fn strip(table: &TableDef, fields: &mut Map<String, Value>, audience: &Audience) {
    for field in table.fields {
        if !audience.has(field) {
            fields.shift_remove(field.name);
        } else if let Shape::Table(inner) = (field.shape)() {
            match fields.get_mut(field.name) {
                Some(Value::Object(value)) => strip(inner, value, audience),
                Some(Value::Array(values)) => {
                    for value in values.iter_mut().filter_map(Value::as_object_mut) {
                        strip(inner, value, audience);
                    }
                }
                _ => {}
            }
        }
    }
}
