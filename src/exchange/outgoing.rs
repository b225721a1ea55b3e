//! Records to export. Private data stays in the ledger unless it is requested, and so do the names of people who have not agreed to
//! be listed. An id would reveal the name, so their records have a number instead, as on pages.

use crate::disclosure::{Consents, NOT_LISTED, UNLISTED, Unlisted};
use crate::kind::{Kind, RecordKey};
use crate::ledger::Ledger;
use crate::record::agreement::Signature;
use crate::record::field::{Field, Leaf, Shape};
use crate::record::table::RecordTable as _;
use crate::record::value::RecordId;
use crate::record::{AnyRecord, Readers, fields_of, without_private};
use crate::source::{LedgerPath, LineIndex};
use serde_json::{Map, Value};
use std::collections::HashSet;

/// Replaces a reference that must not leave, until it is removed.
const LOST: &str = "lost_";

/// What an export contains.
pub struct Outgoing<'l> {
    /// The ledger.
    pub ledger: &'l Ledger,
    /// Whether it includes private fields.
    pub private: bool,
    /// Who may read it.
    pub audience: Readers,
    /// Whether each table begins with a byte order mark, so that spreadsheets recognize UTF-8.
    pub bom: bool,
    /// References to missing records.
    pub missing_references: Vec<MissingReference>,
    /// The people without a name in it.
    pub unlisted: Unlisted,
    numbers: HashSet<(Kind, String)>,
}

/// One record to export.
#[derive(Debug)]
pub struct OutgoingRecord {
    /// Its kind.
    #[cfg_attr(not(feature = "internal"), allow(dead_code, reason = "only tests need it"))]
    pub kind: Kind,
    /// Its id.
    pub id: String,
    /// The subfolder of its kind's folder, if private fields are included.
    pub folder: Option<String>,
    /// Its fields.
    pub fields: Map<String, Value>,
}

/// A reference to a missing record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MissingReference {
    /// The file.
    pub path: LedgerPath,
    /// The line.
    pub line: usize,
    /// The field.
    pub field: &'static str,
    /// What it refers to.
    pub to: RecordKey,
}

/// Whether an id replaces that of a person without a name.
pub(crate) fn is_unlisted(id: &str) -> bool {
    id.starts_with(UNLISTED)
}

impl<'l> Outgoing<'l> {
    /// What may leave a ledger on a day; with `private`, everything.
    #[cfg(feature = "internal")]
    pub fn of(ledger: &'l Ledger, today: chrono::NaiveDate, private: bool) -> Outgoing<'l> {
        Outgoing::by(ledger, &Consents::of(ledger, today), private)
    }

    /// The same, with the consents that people give today, for a ledger of any day.
    pub fn by(ledger: &'l Ledger, consents: &Consents<'_>, private: bool) -> Outgoing<'l> {
        let unlisted = if private { Unlisted::default() } else { Unlisted::of(ledger, consents) };
        let numbers = unlisted.iter().map(|(key, number)| (key.kind, number.to_owned())).collect();
        let audience = ledger.audience(consents.today(), private);
        Outgoing {
            ledger,
            private,
            audience,
            bom: false,
            missing_references: missing_references(ledger),
            unlisted,
            numbers,
        }
    }

    /// The records of a kind by id, built on demand so that a large ledger is not in memory twice. Those without a name come last, in
    /// the order of their numbers. `step` is called for each.
    pub fn records_of(&self, kind: Kind, step: &mut dyn FnMut()) -> Vec<OutgoingRecord> {
        let mut records: Vec<&dyn AnyRecord> = self.ledger.records_of(kind).collect();
        records.sort_by_cached_key(|record| {
            let number = self.unlisted.id_of(record.key());
            let place = number.and_then(|number| number.strip_prefix(UNLISTED)?.parse::<usize>().ok());
            (place, number.is_none().then(|| record.key().clone()))
        });
        let make = |record: &dyn AnyRecord| {
            step();
            outgoing_record(self, record)
        };
        records.into_iter().map(make).collect()
    }

    /// How many records there are.
    pub fn count(&self) -> usize {
        self.ledger.record_count()
    }

    /// Whether it includes a record.
    pub fn has(&self, kind: Kind, id: &str) -> bool {
        if is_unlisted(id) {
            self.numbers.contains(&(kind, id.to_owned()))
        } else {
            self.ledger.find(kind, id).is_some()
        }
    }

    /// Removes from a record without private fields what identifies people without a name. Returns its id and fields.
    pub fn redact(&self, key: &RecordKey, mut fields: Map<String, Value>) -> (String, Map<String, Value>) {
        let mut id = key.id.to_string();
        if self.private {
            return (id, fields);
        }
        if let Some(number) = self.unlisted.id_of(key) {
            // The remaining fields say for whom this person acts, but not who it is.
            fields.retain(|name, _| KEPT.contains(&name.as_str()));
            fields.shift_insert(0, "name".to_owned(), Value::from(NOT_LISTED));
            number.clone_into(&mut id);
        }
        if key.kind == Kind::Meeting {
            remove_guests(&mut fields);
        }
        self.remove_quotes(fields_of(key.kind), &mut fields);
        let is_lost = self.conceal(fields_of(key.kind), &mut fields);
        if key.kind == Kind::Agreement {
            remove_signers(&mut fields);
        }
        if is_lost {
            remove_references(fields_of(key.kind), &mut fields, &|id| id == LOST);
        }
        (id, fields)
    }

    /// Removes quotes of individual members who have not agreed to be quoted, from a record and its tables.
    fn remove_quotes<'f>(&self, known: impl Iterator<Item = &'f Field>, fields: &mut Map<String, Value>) {
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
                    self.remove_quotes(table.fields.iter(), entry);
                }
            }
        }
    }

    /// Removes from a listed signature what identifies people without a name.
    pub fn redact_signature(&self, mut row: Map<String, Value>) -> Map<String, Value> {
        if self.private {
            return row;
        }
        self.remove_quotes(Signature::DEF.fields.iter(), &mut row);
        if self.conceal(Signature::DEF.fields.iter(), &mut row) {
            remove_references(Signature::DEF.fields.iter(), &mut row, &|id| id == LOST);
        }
        if is_by_unlisted(&Value::Object(row.clone())) || row.get("member").is_none() || row.get("by").is_none() {
            row.retain(|name, _| !SIGNER_FIELDS.contains(&name.as_str()));
            let member = row.get("member").and_then(Value::as_str).filter(|member| !is_unlisted(member));
            if member.is_none() {
                // The path of its file has the id of the member.
                let of = |name: &str| row.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
                let id = format!("{}/{}", of("agreement"), of("member"));
                row.insert("id".to_owned(), Value::from(id));
                row.shift_remove("file");
            }
        }
        row
    }

    /// Replaces the ids of people without a name with numbers. Returns whether there were ids of missing records.
    fn conceal(&self, known: impl Iterator<Item = &'static Field>, fields: &mut Map<String, Value>) -> bool {
        let mut is_lost = false;
        each_reference(known, fields, &mut |kind, id| {
            if let Some(number) = self.unlisted.id_of(&RecordKey::new(kind, id.as_str())) {
                number.clone_into(id);
            } else if self.ledger.find(kind, id).is_none() {
                // A person whose record is missing or unreadable has not agreed to anything, and the id may reveal the name.
                LOST.clone_into(id);
                is_lost = true;
            }
        });
        is_lost
    }

    /// How many records lose their table under `extra`.
    pub fn extra_kept(&self) -> usize {
        if self.audience.private || self.audience.extra {
            return 0;
        }
        let root = self.ledger.root.common.extra.iter().count();
        root + self.ledger.records().filter(|record| record.common().extra.is_some()).count()
    }
}

fn outgoing_record(outgoing: &Outgoing<'_>, record: &dyn AnyRecord) -> OutgoingRecord {
    let (private, key) = (outgoing.private, record.key());
    let mut fields = outgoing.ledger.json_of(record);
    if let (Some(extra_table), Some(extra)) = (&record.common().extra, fields.get_mut("extra")) {
        *extra = Value::Object(extra_table.to_portable());
    }
    let (id, fields) = outgoing.redact(key, without_private(record, fields, &outgoing.audience));
    let folder = private.then(|| folder_of(record.path(), key.kind)).flatten();
    OutgoingRecord { kind: key.kind, id, folder, fields }
}

/// Removes from signatures by people without a name what identifies them: the title, the scan, the key in the proof. Sorts the
/// signatures by day, because an individual member's place in the list must not give away more than that.
fn remove_signers(fields: &mut Map<String, Value>) {
    let Some(Value::Array(signatures)) = fields.get_mut("signatures") else { return };
    let text = |entry: &Value, name: &str| entry.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    if signatures.iter().any(is_by_unlisted) {
        signatures.sort_by_cached_key(|entry| (text(entry, "date"), text(entry, "member")));
    }
    for entry in signatures.iter_mut().filter(|entry| is_by_unlisted(entry)).filter_map(Value::as_object_mut) {
        entry.retain(|name, _| !SIGNER_FIELDS.contains(&name.as_str()));
    }
}

/// Whether a person without a name signed or withdrew.
fn is_by_unlisted(entry: &Value) -> bool {
    let text = |name: &str| entry.get(name).and_then(Value::as_str).unwrap_or_default();
    ["member", "by", "withdrawn_by"].iter().any(|name| is_unlisted(text(name)) || text(name) == LOST)
}

/// The fields of people without a name that leave.
const KEPT: [&str; 6] = ["stage", "member", "role", "classification", "joined", "left"];

/// The fields of a signature that identify who signed or withdrew.
const SIGNER_FIELDS: [&str; 4] = ["title", "evidence", "signature", "withdrawn_signature"];

/// The subfolder of a kind's folder with the file of a record, if there is one.
fn folder_of(path: &LedgerPath, kind: Kind) -> Option<String> {
    let inside = path.as_str().strip_prefix(kind.folder())?.strip_prefix('/')?;
    inside.rsplit_once('/').map(|(folder, _)| folder.to_owned())
}

/// Removes the names of guests at a meeting: without a record, they have not agreed to be named.
fn remove_guests(fields: &mut Map<String, Value>) {
    let attendance = fields.get_mut("attendance").and_then(Value::as_array_mut);
    for entry in attendance.into_iter().flatten().filter_map(Value::as_object_mut) {
        entry.shift_remove("name");
    }
}

/// Calls `change` for every reference in these fields.
fn each_reference(
    known: impl Iterator<Item = &'static Field>,
    fields: &mut Map<String, Value>,
    change: &mut dyn FnMut(Kind, &mut String),
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
                (Shape::Reference(kind), Value::String(id)) => change(kind, id),
                (Shape::Requirement | Shape::Eligible, Value::String(id)) if is_list => change(Kind::Member, id),
                (Shape::Table(table), Value::Object(inner)) => each_reference(table.fields.iter(), inner, change),
                _ => {}
            }
        }
    }
}

fn missing_references(ledger: &Ledger) -> Vec<MissingReference> {
    let mut found = Vec::new();
    ledger.each_leaf(|record, field, span, leaf| {
        if let Leaf::Reference(kind, id) = leaf
            && ledger.find(kind, id).is_none()
        {
            let text = ledger.texts.get(record.path()).map_or("", String::as_str);
            let line = LineIndex::new(text).position(span.start as usize).line;
            found.push(MissingReference {
                path: record.path().clone(),
                line,
                field: field.name,
                to: RecordKey::new(kind, id),
            });
        }
    });
    found.extend(missing_of_signature_files(ledger));
    found.sort_by(|a, b| (&a.path, a.line).cmp(&(&b.path, b.line)));
    found
}

/// Missing records that the paths of signature files name: the agreement (then its signatures are in no table) or the member.
fn missing_of_signature_files(ledger: &Ledger) -> impl Iterator<Item = MissingReference> {
    ledger.signature_files.iter().filter(|file| !file.body.signatures.is_empty()).flat_map(|file| {
        let names = [("signatures", &file.agreement), ("member", &file.member.key())];
        let lost = names.into_iter().filter(|(_, to)| ledger.find(to.kind, &to.id).is_none());
        lost.map(|(field, to)| MissingReference { path: file.path.clone(), line: 1, field, to: to.clone() })
            .collect::<Vec<_>>()
    })
}

/// Removes references to people without a name from a record to import.
pub(super) fn remove_unlisted(kind: Kind, fields: &mut Map<String, Value>) {
    let mut has_unlisted = false;
    each_reference(fields_of(kind), fields, &mut |_, id| has_unlisted |= is_unlisted(id));
    if has_unlisted {
        remove_references(fields_of(kind), fields, &is_unlisted);
    }
}

fn remove_references(
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
                        remove_references(table.fields.iter(), item, is_gone);
                    }
                }
                remove = items.is_empty() && field.many;
            }
            (Some(Value::Object(inner)), Shape::Table(table)) => remove_references(table.fields.iter(), inner, is_gone),
            (Some(value), _) => remove = is_lost(value),
            (None, _) => {}
        }
        if remove {
            fields.shift_remove(field.name);
        }
    }
}
