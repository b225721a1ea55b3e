//! What may leave the repository: a record's JSON without its private fields.

use super::common::{Common, ContactDetail, ContactType};
use super::confidential::{asks_for_privacy, is_confidential, is_of_somebody};
use super::field::{Field, Shape, TableDef};
use super::table::RecordTable;
use super::value::{At, Choices as _};
use super::{AnyRecord, Meeting, Record, table_of};
use crate::kind::Kind;
use crate::parse::leading_key;
use crate::parse::suggest::nearest;
use chrono::NaiveDate;
use serde_json::{Map, Value};

/// Who reads what leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Readers {
    /// Whether private fields are for them.
    pub private: bool,
    /// Whether what records hold under `[extra]` is.
    pub extra: bool,
    /// The day on which they read it.
    pub today: NaiveDate,
}

impl Readers {
    /// Whether a field is for them.
    pub fn has(&self, field: &Field) -> bool {
        self.private || !field.flags.private || (self.extra && is_extra(field))
    }
}

/// Whether a field is the one with keys of a coalition's own.
fn is_extra(field: &Field) -> bool {
    field.name == "extra" && matches!((field.shape)(), Shape::Free)
}

/// The fields of a record, which are those of its JSON, without what is not for these readers: private fields, ways to
/// reach someone that are not public, minutes that are not published.
pub(crate) fn without_private(
    record: &dyn AnyRecord,
    mut fields: Map<String, Value>,
    audience: &Readers,
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
        details.retain(|_| known.next().is_some_and(|detail| detail.leaves(office, audience.today)));
        if details.is_empty() {
            fields.shift_remove("contact_details");
        }
    }
    if record.key().kind == Kind::Meeting && (record.is_closed() || !is_published(&fields, audience.today)) {
        fields.retain(|name, _| !["minutes", "minutes_file"].contains(&name.as_str()));
    }
    fields
}

/// The same of fields as a file has them, which may be misspelled or of any type, for readers who may be anyone: what
/// opens a way to reach someone must be said without a mistake.
pub(crate) fn without_private_data(kind: Kind, mut fields: Map<String, Value>) -> Map<String, Value> {
    let anybody = Readers { private: false, extra: false, today: NaiveDate::MIN };
    let is_closed = is_in_doubt(&[Common::DEF, table_of(kind)], &fields);
    for table in [Common::DEF, table_of(kind)] {
        strip(table, &mut fields, &anybody);
    }
    if let Some(Value::Array(details)) = fields.get_mut("contact_details") {
        let is_open = |detail: &Value| detail.as_object().is_some_and(|detail| is_open(detail, kind == Kind::Official));
        details.retain(|detail| !is_closed && is_open(detail));
        if details.is_empty() {
            fields.shift_remove("contact_details");
        }
    }
    match kind {
        Kind::Meeting => {
            fields.retain(|name, _| !["minutes", "minutes_file"].contains(&name.as_str()));
            // A guest was not asked.
            remove_from_entries(&mut fields, "attendance", "name");
        }
        // By the account anyone finds the person.
        Kind::Advocate => remove_from_entries(&mut fields, "accounts", "handle"),
        _ => {}
    }
    fields
}

/// Takes a field out of each entry of a list.
fn remove_from_entries(fields: &mut Map<String, Value>, list: &str, name: &str) {
    let entries = fields.get_mut(list).and_then(Value::as_array_mut);
    for entry in entries.into_iter().flatten().filter_map(Value::as_object_mut) {
        entry.shift_remove(name);
    }
}

/// Whether others may have a contact detail, by its data alone.
fn is_open(detail: &Map<String, Value>, office: bool) -> bool {
    let text = |name: &str| detail.get(name).and_then(Value::as_str);
    let is_strange = detail.keys().any(|name| ContactDetail::DEF.field(name).is_none());
    if is_strange || text("note").is_some_and(is_confidential) {
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

/// Whether fields as a file has them may hold a mistake about privacy, so that nothing of the record is open: a field
/// or a heading that is like one which decides it, or asks in words of its own to keep something. Where one is in a
/// table that has the field that is meant, that table alone is flawed, which [`super::table::read_value`] notes.
pub(super) fn is_in_doubt(tables: &[&'static TableDef], fields: &Map<String, Value>) -> bool {
    let mut names = Vec::new();
    tables.iter().for_each(|table| add_deciding(table, &mut names));
    fields.iter().any(|(name, value)| {
        match tables.iter().find_map(|table| table.field(name)).map(|field| (field.shape)()) {
            Some(Shape::Table(inner)) => entries(value).any(|entry| is_misplaced_in(inner, entry, &names)),
            Some(_) => false,
            None => nearest(name, names.iter().copied()).is_some() || asks_for_privacy(name),
        }
    })
}

/// Whether no one can say what a record is of, where that decides about privacy: the word for it is none, or missing
/// beside a field that no one knows.
pub(super) fn is_of_unknown_sort(tables: &[&'static TableDef], fields: &Map<String, Value>) -> bool {
    let all = || tables.iter().flat_map(|table| table.fields);
    let is_strange = |name: &String| nearest(name, all().map(|field| field.name)).is_none();
    all().filter(|field| field.flags.privacy && field.flags.required).any(|field| {
        match ((field.shape)(), fields.get(field.name)) {
            (Shape::Choice(choices), Some(value)) => !choices.iter().any(|one| value.as_str() == Some(one.word)),
            (_, None) => fields.keys().any(is_strange),
            _ => false,
        }
    })
}

/// Whether a text with syntax errors, of which these fields were read, may have lost a line that decides about privacy. What every record of the kind says counts as
/// read where one line says it; what only some say may be gone without a trace.
pub(super) fn may_have_lost(tables: &[&'static TableDef], text: &str, read: &Map<String, Value>) -> bool {
    let lines_on =
        |name: &str| text.lines().filter_map(leading_key).filter(|key| nearest(key, [name]).is_some()).count();
    let deciding = tables.iter().flat_map(|table| table.fields).filter(|field| field.flags.privacy);
    let is_read = |name: &str| read.contains_key(name) && lines_on(name) == 1;
    deciding.filter(|field| !field.flags.required || !is_read(field.name)).count() > 0
}

/// Whether a table, or one in it, has a field that is like one which decides about privacy and is none of this table.
fn is_misplaced_in(table: &'static TableDef, fields: &Map<String, Value>, names: &[&'static str]) -> bool {
    fields.iter().any(|(name, value)| match table.field(name).map(|field| (field.shape)()) {
        Some(Shape::Table(inner)) => entries(value).any(|entry| is_misplaced_in(inner, entry, names)),
        Some(_) => false,
        None => nearest(name, names.iter().copied()).is_some_and(|near| table.field(near).is_none()),
    })
}

/// The names of fields that decide about privacy, in a table and in those below it.
fn add_deciding(table: &'static TableDef, names: &mut Vec<&'static str>) {
    for field in table.fields {
        if field.flags.privacy {
            names.push(field.name);
        }
        if let Shape::Table(inner) = (field.shape)() {
            add_deciding(inner, names);
        }
    }
}

/// A table, or the tables of a list.
fn entries(value: &Value) -> impl Iterator<Item = &Map<String, Value>> {
    let items = value.as_array().map(Vec::as_slice).unwrap_or(std::slice::from_ref(value));
    items.iter().filter_map(Value::as_object)
}

/// Whether the minutes of a meeting were published by a day. A date before the meeting is a mistake, which publishes nothing.
fn is_published(meeting: &Map<String, Value>, today: NaiveDate) -> bool {
    let date_in = |name: &str| meeting.get(name).and_then(Value::as_str).and_then(|day| day.parse::<NaiveDate>().ok());
    are_published(date_in("date"), date_in("minutes_published"), today)
}

fn are_published(held: Option<NaiveDate>, published: Option<NaiveDate>, today: NaiveDate) -> bool {
    published.is_some_and(|day| day <= today && held.is_none_or(|held| held <= day))
}

/// Whether others may read the minutes of a meeting: it says that they were published, and nothing in it leaves that in doubt.
pub(crate) fn has_public_minutes(meeting: &Record<Meeting>, today: NaiveDate) -> bool {
    let day = |field: &Option<At<NaiveDate>>| field.as_ref().map(|day| day.value);
    !meeting.is_closed() && are_published(day(&meeting.date), day(&meeting.minutes_published), today)
}

fn strip(table: &TableDef, fields: &mut Map<String, Value>, audience: &Readers) {
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

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn is_doubtful(kind: Kind, fields: Value) -> bool {
        let Value::Object(fields) = fields else { panic!("a record is a table") };
        is_in_doubt(&[Common::DEF, table_of(kind)], &fields)
    }

    #[test]
    fn every_slip_in_a_field_that_decides_about_privacy_is_a_doubt() {
        let mut tried = 0;
        for kind in Kind::ALL {
            let mut names = Vec::new();
            add_deciding(table_of(kind), &mut names);
            for name in names {
                let slips = (0..name.len()).flat_map(|at| {
                    let (before, after) = name.split_at(at);
                    let (letter, rest) = after.split_at(1);
                    let swapped =
                        rest.chars().next().map_or(String::new(), |next| format!("{next}{letter}{}", &rest[1..]));
                    [format!("{before}{rest}"), format!("{before}{letter}{letter}{rest}"), format!("{before}{swapped}")]
                });
                for slip in slips.chain([name.to_uppercase(), format!("{name}s"), format!("{name} ")]) {
                    let is_known = Common::DEF.field(&slip).is_some() || table_of(kind).field(&slip).is_some();
                    assert!(is_known || is_doubtful(kind, json!({ "name": "A", slip.clone(): true })), "{kind} {slip}");
                    tried += 1;
                }
            }
        }
        assert!(tried > 250, "{tried}");
    }

    #[test]
    fn what_has_nothing_to_do_with_privacy_is_no_doubt() {
        assert!(!is_doubtful(Kind::Advocate, json!({ "name": "A", "colour": "red", "consent": { "listed": true } })));
        // That table alone is flawed.
        assert!(!is_doubtful(Kind::Official, json!({ "contact_details": [{ "pubic": false }] })));
        assert!(is_doubtful(Kind::Official, json!({ "contact_details": [], "pubic": false })));
        assert!(is_doubtful(Kind::Advocate, json!({ "notable": { "consent": false } })));
        assert!(is_doubtful(Kind::Advocate, json!({ "private": true })));
    }
}
