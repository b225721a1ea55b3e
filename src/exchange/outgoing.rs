//! Records on their way out. What is private stays, unless it is asked for, and so do the names of people who have not
//! agreed to be listed: as on pages, an id would tell the name, so these records go by a number.

use crate::kind::{Kind, RecordKey};
use crate::ledger::Ledger;
use crate::record::field::{Field, Leaf, Shape};
use crate::record::member::Classification;
use crate::record::value::RecordId;
use crate::record::{AnyRecord, fields_of, without_private};
use crate::source::{LedgerPath, LineIndex};
use chrono::NaiveDate;
use serde_json::{Map, Value};
use std::collections::{BTreeMap, HashSet};

/// How the id of a record begins that must not tell a name. No id of a ledger has an underscore.
const UNLISTED: &str = "unlisted_";
/// What stands for a reference that must not leave, until it is taken away.
const LOST: &str = "lost_";
/// What such a record is called.
const NOT_LISTED: &str = "Not listed";

/// What leaves a ledger.
pub struct Outgoing<'l> {
    ledger: &'l Ledger,
    /// Whether private fields are among it.
    pub private: bool,
    /// Whether each table begins with a byte order mark, by which a spreadsheet knows UTF-8.
    pub bom: bool,
    /// References to records that are not there.
    pub dangling: Vec<Dangling>,
    /// How many people have no name here.
    pub unlisted: usize,
    unnamed: BTreeMap<RecordKey, String>,
    numbers: HashSet<(Kind, String)>,
}

/// One record on its way out.
#[derive(Debug)]
pub struct Departing {
    /// Its kind.
    pub kind: Kind,
    /// Its id.
    pub id: String,
    /// The folder below that of its kind in which its file stands, where private fields leave too.
    pub folder: Option<String>,
    /// Its fields.
    pub fields: Map<String, Value>,
}

/// A reference to a record that is not there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dangling {
    /// The file.
    pub path: LedgerPath,
    /// The line.
    pub line: usize,
    /// The field.
    pub field: &'static str,
    /// What it refers to.
    pub to: RecordKey,
}

/// Whether an id stands for somebody without a name.
pub fn is_unlisted(id: &str) -> bool {
    id.starts_with(UNLISTED)
}

impl<'l> Outgoing<'l> {
    /// What of a ledger may leave it on a day; with `private`, all of it.
    pub fn of(ledger: &'l Ledger, today: NaiveDate, private: bool) -> Outgoing<'l> {
        let unnamed = if private { BTreeMap::new() } else { unnamed(ledger, today) };
        let unlisted = unnamed.keys().filter(|key| key.kind == Kind::Advocate).count();
        let numbers = unnamed.iter().map(|(key, number)| (key.kind, number.clone())).collect();
        Outgoing { ledger, private, bom: false, dangling: dangling(ledger), unlisted, unnamed, numbers }
    }

    /// The records of a kind by id, made as they are asked for: a large ledger is not held twice. `step` is called for each.
    pub fn records_of(&self, kind: Kind, step: &mut dyn FnMut()) -> Vec<Departing> {
        let mut records: Vec<&dyn AnyRecord> = self.ledger.records_of(kind).collect();
        records.sort_by_key(|record| record.key());
        let made = |record: &dyn AnyRecord| {
            step();
            departing(self.ledger, record, self.private, &self.unnamed)
        };
        records.into_iter().map(made).collect()
    }

    /// How many records there are.
    pub fn count(&self) -> usize {
        self.ledger.record_count()
    }

    /// Whether a record is among them.
    pub fn has(&self, kind: Kind, id: &str) -> bool {
        if is_unlisted(id) {
            self.numbers.contains(&(kind, id.to_owned()))
        } else {
            self.ledger.find(kind, id).is_some()
        }
    }
}

/// The records that tell of a person who has not agreed to be listed, with the ids that they go by.
fn unnamed(ledger: &Ledger, today: NaiveDate) -> BTreeMap<RecordKey, String> {
    let people = ledger.advocates.iter().filter(|advocate| !advocate.is_listed(today)).map(|advocate| &advocate.key);
    // Who is a member in person is a person: the consent of the representative decides.
    let in_person = ledger.members.iter().filter(|member| {
        let is_person = member.classification.as_ref().is_some_and(|own| own.value == Classification::Individual);
        let representative = member.representative.as_ref().and_then(|id| ledger.advocates.get(id));
        is_person && !representative.is_some_and(|advocate| advocate.is_listed(today))
    });
    let mut keys: Vec<&RecordKey> = people.chain(in_person.map(|member| &member.key)).collect();
    keys.sort();
    let mut counts = BTreeMap::<Kind, usize>::new();
    let mut numbered = |key: &RecordKey| {
        let count = counts.entry(key.kind).or_default();
        loop {
            *count += 1;
            let number = format!("{UNLISTED}{count}");
            if ledger.find(key.kind, &number).is_none() {
                return number;
            }
        }
    };
    keys.into_iter().map(|key| (key.clone(), numbered(key))).collect()
}

fn departing(
    ledger: &Ledger,
    record: &dyn AnyRecord,
    private: bool,
    unnamed: &BTreeMap<RecordKey, String>,
) -> Departing {
    let key = record.key();
    let mut fields = ledger.json_of(record);
    if let (Some(own), Some(extra)) = (&record.common().extra, fields.get_mut("extra")) {
        *extra = Value::Object(own.departing());
    }
    let mut id = key.id.to_string();
    if !private {
        fields = without_private(key.kind, fields);
        if let Some(number) = unnamed.get(key) {
            // What is left tells whom this person stands for, and nobody's name.
            fields.retain(|name, _| ["member", "role", "classification", "joined", "left"].contains(&name.as_str()));
            fields.shift_insert(0, "name".to_owned(), Value::from(NOT_LISTED));
            id.clone_from(number);
        }
        if key.kind == Kind::Meeting {
            without_guests(&mut fields);
        }
        let mut is_lost = false;
        each_reference(fields_of(key.kind), &mut fields, &mut |kind, id| {
            if let Some(number) = unnamed.get(&RecordKey::new(kind, id.as_str())) {
                number.clone_into(id);
            } else if ledger.find(kind, id).is_none() {
                // Whose record is not there, or cannot be read, has not agreed to anything, and the id may tell the name.
                LOST.clone_into(id);
                is_lost = true;
            }
        });
        if is_lost {
            forget(fields_of(key.kind), &mut fields, &|id| id == LOST);
        }
    }
    let folder = private.then(|| folder_of(record.path(), key.kind)).flatten();
    Departing { kind: key.kind, id, folder, fields }
}

/// The folders between that of a kind and the file of a record, if there are any.
fn folder_of(path: &LedgerPath, kind: Kind) -> Option<String> {
    let inside = path.as_str().strip_prefix(kind.folder())?.strip_prefix('/')?;
    inside.rsplit_once('/').map(|(folder, _)| folder.to_owned())
}

/// Guests of a meeting who have no record have not been asked whether they may be named.
fn without_guests(fields: &mut Map<String, Value>) {
    let attendance = fields.get_mut("attendance").and_then(Value::as_array_mut);
    for entry in attendance.into_iter().flatten().filter_map(Value::as_object_mut) {
        entry.shift_remove("name");
    }
}

/// Shows every id of another record in these fields.
fn each_reference(
    known: impl Iterator<Item = &'static Field>,
    fields: &mut Map<String, Value>,
    see: &mut dyn FnMut(Kind, &mut String),
) {
    for field in known {
        let Some(value) = fields.get_mut(field.name) else { continue };
        let is_list = value.is_array();
        let values = match value {
            Value::Array(items) => items.iter_mut().collect(),
            single => vec![single],
        };
        for value in values {
            match ((field.shape)(), value) {
                (Shape::Reference(kind), Value::String(id)) => see(kind, id),
                (Shape::Requirement | Shape::Eligible, Value::String(id)) if is_list => see(Kind::Member, id),
                (Shape::Table(table), Value::Object(inner)) => each_reference(table.fields.iter(), inner, see),
                _ => {}
            }
        }
    }
}

fn dangling(ledger: &Ledger) -> Vec<Dangling> {
    let mut found = Vec::new();
    ledger.each_leaf(|record, field, span, leaf| {
        if let Leaf::Reference(kind, id) = leaf
            && ledger.find(kind, id).is_none()
        {
            let text = ledger.texts.get(record.path()).map_or("", String::as_str);
            let line = LineIndex::new(text).position(span.start as usize).line;
            found.push(Dangling { path: record.path().clone(), line, field: field.name, to: RecordKey::new(kind, id) });
        }
    });
    found.extend(dangling_places(ledger));
    found.sort_by(|a, b| (&a.path, a.line).cmp(&(&b.path, b.line)));
    found
}

/// What the places of signature files name that is not there: the agreement, without which its signatures are in no table, or
/// the member.
fn dangling_places(ledger: &Ledger) -> impl Iterator<Item = Dangling> {
    ledger.signature_files.iter().filter(|file| !file.body.signatures.is_empty()).flat_map(|file| {
        let names = [("signatures", &file.agreement), ("member", &file.member.key())];
        let lost = names.into_iter().filter(|(_, to)| ledger.find(to.kind, &to.id).is_none());
        lost.map(|(field, to)| Dangling { path: file.path.clone(), line: 1, field, to: to.clone() }).collect::<Vec<_>>()
    })
}

/// Removes references to people without a name from a record that comes back.
pub(super) fn forget_unlisted(kind: Kind, fields: &mut Map<String, Value>) {
    let mut seen = false;
    each_reference(fields_of(kind), fields, &mut |_, id| seen |= is_unlisted(id));
    if seen {
        forget(fields_of(kind), fields, &is_unlisted);
    }
}

fn forget(
    known: impl Iterator<Item = &'static Field>,
    fields: &mut Map<String, Value>,
    is_gone: &dyn Fn(&str) -> bool,
) {
    for field in known {
        let shape = (field.shape)();
        let holds_ids = matches!(shape, Shape::Reference(_) | Shape::Requirement | Shape::Eligible);
        let is_lost = |value: &Value| value.as_str().is_some_and(|id| holds_ids && is_gone(id));
        let mut remove = false;
        match (fields.get_mut(field.name), shape) {
            (Some(Value::Array(items)), shape) => {
                items.retain(|item| !is_lost(item));
                if let Shape::Table(table) = shape {
                    for item in items.iter_mut().filter_map(Value::as_object_mut) {
                        forget(table.fields.iter(), item, is_gone);
                    }
                }
                remove = items.is_empty() && field.many;
            }
            (Some(Value::Object(inner)), Shape::Table(table)) => forget(table.fields.iter(), inner, is_gone),
            (Some(value), _) => remove = is_lost(value),
            (None, _) => {}
        }
        if remove {
            fields.shift_remove(field.name);
        }
    }
}
