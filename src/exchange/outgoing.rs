//! Records on their way out. What is private stays, unless it is asked for, and so do the names of people who have not
//! agreed to be listed: as on pages, an id would tell the name, so these records go by a number.

use crate::disclosure::{Consents, NOT_LISTED, UNLISTED, Unlisted};
use crate::kind::{Kind, RecordKey};
use crate::ledger::Ledger;
use crate::record::agreement::Signature;
use crate::record::field::{Field, Leaf, Shape};
use crate::record::table::Table as _;
use crate::record::value::RecordId;
use crate::record::{AnyRecord, Audience, fields_of, without_private};
use crate::source::{LedgerPath, LineIndex};
use chrono::NaiveDate;
use serde_json::{Map, Value};
use std::collections::HashSet;

/// What stands for a reference that must not leave, until it is taken away.
const LOST: &str = "lost_";

/// What leaves a ledger.
pub struct Outgoing<'l> {
    /// The ledger.
    pub ledger: &'l Ledger,
    /// Whether private fields are among it.
    pub private: bool,
    /// For whom it is.
    pub audience: Audience,
    /// Whether each table begins with a byte order mark, by which a spreadsheet knows UTF-8.
    pub bom: bool,
    /// References to records that are not there.
    pub dangling: Vec<Dangling>,
    /// The people who have no name here.
    pub unlisted: Unlisted,
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
        Outgoing::by(ledger, &Consents::of(ledger, today), private)
    }

    /// The same by the consent that people give today, be the ledger of whatever day.
    pub fn by(ledger: &'l Ledger, consents: &Consents<'_>, private: bool) -> Outgoing<'l> {
        let unlisted = if private { Unlisted::default() } else { Unlisted::of(ledger, consents) };
        let numbers = unlisted.iter().map(|(key, number)| (key.kind, number.to_owned())).collect();
        let audience = ledger.audience(consents.today(), private);
        Outgoing { ledger, private, audience, bom: false, dangling: dangling(ledger), unlisted, numbers }
    }

    /// The records of a kind by id, made as they are asked for: a large ledger is not held twice. Those without a name come last, in
    /// the order of their numbers. `step` is called for each.
    pub fn records_of(&self, kind: Kind, step: &mut dyn FnMut()) -> Vec<Departing> {
        let mut records: Vec<&dyn AnyRecord> = self.ledger.records_of(kind).collect();
        records.sort_by_cached_key(|record| {
            let number = self.unlisted.id_of(record.key());
            let place = number.and_then(|number| number.strip_prefix(UNLISTED)?.parse::<usize>().ok());
            (place, number.is_none().then(|| record.key().clone()))
        });
        let made = |record: &dyn AnyRecord| {
            step();
            departing(self, record)
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

    /// The id and the fields of a record, none of them private, without what tells of people who have no name here.
    pub fn redacted(&self, key: &RecordKey, mut fields: Map<String, Value>) -> (String, Map<String, Value>) {
        let mut id = key.id.to_string();
        if self.private {
            return (id, fields);
        }
        if let Some(number) = self.unlisted.id_of(key) {
            // What is left tells whom this person stands for, and nobody's name.
            fields.retain(|name, _| KEPT.contains(&name.as_str()));
            fields.shift_insert(0, "name".to_owned(), Value::from(NOT_LISTED));
            number.clone_into(&mut id);
        }
        if key.kind == Kind::Meeting {
            without_guests(&mut fields);
        }
        self.leave_quotes(fields_of(key.kind), &mut fields);
        let is_lost = self.conceal(fields_of(key.kind), &mut fields);
        if key.kind == Kind::Agreement {
            without_signers(&mut fields);
        }
        if is_lost {
            forget(fields_of(key.kind), &mut fields, &|id| id == LOST);
        }
        (id, fields)
    }

    /// Leaves out what members in person said who have not agreed to be quoted, in a record and in the tables in it.
    fn leave_quotes<'f>(&self, known: impl Iterator<Item = &'f Field>, fields: &mut Map<String, Value>) {
        let member = fields.get("member").and_then(Value::as_str).map(|id| RecordKey::new(Kind::Member, id));
        let is_unquoted = member.is_some_and(|member| !self.unlisted.may_be_quoted(&member));
        for field in known {
            if field.flags.quote && is_unquoted {
                fields.shift_remove(field.name);
            } else if let Shape::Table(table) = (field.shape)() {
                let entries = match fields.get_mut(field.name) {
                    Some(Value::Array(items)) => items.as_mut_slice(),
                    Some(value) => std::slice::from_mut(value),
                    None => continue,
                };
                for entry in entries.iter_mut().filter_map(Value::as_object_mut) {
                    self.leave_quotes(table.fields.iter(), entry);
                }
            }
        }
    }

    /// A signature as it is listed, without what tells of people who have no name here.
    pub fn redacted_signature(&self, mut row: Map<String, Value>) -> Map<String, Value> {
        if self.private {
            return row;
        }
        self.leave_quotes(Signature::DEF.fields.iter(), &mut row);
        if self.conceal(Signature::DEF.fields.iter(), &mut row) {
            forget(Signature::DEF.fields.iter(), &mut row, &|id| id == LOST);
        }
        if is_nobodys(&Value::Object(row.clone())) || row.get("member").is_none() || row.get("by").is_none() {
            row.retain(|name, _| !SIGNER_FIELDS.contains(&name.as_str()));
            let member = row.get("member").and_then(Value::as_str).filter(|member| !is_unlisted(member));
            if member.is_none() {
                // Its file has the name of the member.
                let of = |name: &str| row.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
                let id = format!("{}/{}", of("agreement"), of("member"));
                row.insert("id".to_owned(), Value::from(id));
                row.shift_remove("file");
            }
        }
        row
    }

    /// Puts numbers in place of the ids of people who have no name here. Whether there were ids of records that are not there.
    fn conceal(&self, known: impl Iterator<Item = &'static Field>, fields: &mut Map<String, Value>) -> bool {
        let mut is_lost = false;
        each_reference(known, fields, &mut |kind, id| {
            if let Some(number) = self.unlisted.id_of(&RecordKey::new(kind, id.as_str())) {
                number.clone_into(id);
            } else if self.ledger.find(kind, id).is_none() {
                // Whose record is not there, or cannot be read, has not agreed to anything, and the id may tell the name.
                LOST.clone_into(id);
                is_lost = true;
            }
        });
        is_lost
    }

    /// How many records stay without the table that they hold under `extra`.
    pub fn extra_kept(&self) -> usize {
        if self.audience.private || self.audience.extra {
            return 0;
        }
        let root = self.ledger.root.common.extra.iter().count();
        root + self.ledger.records().filter(|record| record.common().extra.is_some()).count()
    }
}

fn departing(outgoing: &Outgoing<'_>, record: &dyn AnyRecord) -> Departing {
    let (private, key) = (outgoing.private, record.key());
    let mut fields = outgoing.ledger.json_of(record);
    if let (Some(own), Some(extra)) = (&record.common().extra, fields.get_mut("extra")) {
        *extra = Value::Object(own.to_portable());
    }
    let (id, fields) = outgoing.redacted(key, without_private(record, fields, &outgoing.audience));
    let folder = private.then(|| folder_of(record.path(), key.kind)).flatten();
    Departing { kind: key.kind, id, folder, fields }
}

/// What tells in a signature who gave it, where that is somebody without a name: the office, the scan, the key in the proof. Those
/// of members come in the order of their days, as nothing else of a member in person may be told.
fn without_signers(fields: &mut Map<String, Value>) {
    let Some(Value::Array(signatures)) = fields.get_mut("signatures") else { return };
    let text = |entry: &Value, name: &str| entry.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    if signatures.iter().any(is_nobodys) {
        signatures.sort_by_cached_key(|entry| (text(entry, "date"), text(entry, "member")));
    }
    for entry in signatures.iter_mut().filter(|entry| is_nobodys(entry)).filter_map(Value::as_object_mut) {
        entry.retain(|name, _| !SIGNER_FIELDS.contains(&name.as_str()));
    }
}

/// Whether a signature was given or taken back by somebody without a name.
fn is_nobodys(entry: &Value) -> bool {
    let text = |name: &str| entry.get(name).and_then(Value::as_str).unwrap_or_default();
    ["member", "by", "withdrawn_by"].iter().any(|name| is_unlisted(text(name)) || text(name) == LOST)
}

/// What leaves of somebody without a name.
const KEPT: [&str; 6] = ["stage", "member", "role", "classification", "joined", "left"];

/// The fields of a signature that tell who gave it, or took it back.
const SIGNER_FIELDS: [&str; 4] = ["title", "evidence", "signature", "withdrawn_signature"];

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
