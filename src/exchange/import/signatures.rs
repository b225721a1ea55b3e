//! The signatures of an agreement that comes in: each becomes an entry of the file of its member, as `coalition sign` would
//! write it.

use super::said::holds;
use crate::edit::{Edit, FileChange, Literal, Step, file_change, typed};
use crate::error::Error;
use crate::kind::{Kind, RecordKey, SIGNATURES};
use crate::ledger::Ledger;
use crate::parse::suggest::is_slug;
use crate::record::agreement::SignatureFile;
use crate::record::field::Field;
use crate::record::table::Table;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// The field that the file's place says.
const MEMBER: &str = "member";

/// Takes the signatures out of the fields of a record that can stand in the file of a member. What names no member stays, for the
/// reader of records to report.
pub fn take(kind: Kind, fields: &mut Map<String, Value>) -> Vec<Value> {
    if kind != Kind::Agreement {
        return Vec::new();
    }
    let Some(Value::Array(entries)) = fields.get_mut(SIGNATURES) else { return Vec::new() };
    let (taken, left): (Vec<Value>, Vec<Value>) =
        std::mem::take(entries).into_iter().partition(|entry| member_of(entry).is_some());
    if left.is_empty() {
        fields.shift_remove(SIGNATURES);
    } else {
        *entries = left;
    }
    taken
}

fn member_of(entry: &Value) -> Option<&str> {
    entry.as_object()?.get(MEMBER)?.as_str().filter(|member| is_slug(member))
}

/// The files of the members with these signatures on an agreement. What the ledger holds already, wherever it stands, is not
/// written again.
///
/// # Errors
/// A file that cannot be edited.
pub fn changes(ledger: &Ledger, agreement: &RecordKey, entries: &[Value]) -> Result<Vec<FileChange>, Error> {
    let Some(list) = SignatureFile::DEF.field(SIGNATURES) else { return Ok(Vec::new()) };
    let shape = (list.shape)();
    let has = held(ledger, agreement);
    let mut by_member: BTreeMap<&str, Vec<Edit>> = BTreeMap::new();
    for entry in entries.iter().filter(|entry| !has.iter().any(|has| holds(ledger, Some(&shape), has, entry))) {
        if let Some(member) = has.iter().find(|has| is_same(has, entry)).and_then(member_of) {
            return Err(Error::refused(format!(
                "the signature of `{member}` is in the ledger with something else in it, and an import changes no signature; change it \
                 by hand, or take it out of the file"
            )));
        }
        if let (Some(member), Some(edit)) = (member_of(entry), edit_of(list, entry)) {
            by_member.entry(member).or_default().push(edit);
        }
    }
    let change = |(member, edits): (&str, Vec<Edit>)| {
        let path = ledger.signature_path(agreement, &RecordKey::new(Kind::Member, member));
        file_change(ledger, &path, &edits)
    };
    by_member.into_iter().map(change).collect()
}

/// Whether two entries are one signature: of one member on one day, on the same words.
fn is_same(has: &Value, said: &Value) -> bool {
    let version = |entry: &Value| entry.get("version").and_then(Value::as_u64).unwrap_or(1);
    [MEMBER, "date", "terms"].iter().all(|key| has.get(*key) == said.get(*key)) && version(has) == version(said)
}

/// The entry without its member.
fn edit_of(list: &Field, entry: &Value) -> Option<Edit> {
    let mut fields = entry.as_object()?.clone();
    fields.shift_remove(MEMBER);
    match typed(list, &json!([fields]))? {
        Literal::List(mut entries) => Some(Edit::Append { list: vec![Step::from(SIGNATURES)], value: entries.pop()? }),
        _ => None,
    }
}

/// The signatures on an agreement that the ledger holds, also where only its files are there.
fn held(ledger: &Ledger, agreement: &RecordKey) -> Vec<Value> {
    let Some(record) = ledger.agreements.find(&agreement.id) else {
        let entries = ledger.signature_files.of(&agreement.id).flat_map(|file| &file.body.signatures);
        return entries.filter_map(|entry| serde_json::to_value(entry).ok()).collect();
    };
    match ledger.json_of(record).remove(SIGNATURES) {
        Some(Value::Array(entries)) => entries,
        _ => Vec::new(),
    }
}
