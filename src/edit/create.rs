//! A new record: its id from its name, its file in the folder of its kind, what it must have.

use super::{Refusal, draft};
use crate::kind::{Kind, RecordKey};
use crate::ledger::Ledger;
use crate::parse::suggest::{is_slug, slug};
use crate::record::field::Field;
use crate::record::fields_of;
use crate::source::{FileChange, LedgerPath};
use serde_json::{Map, Value};

/// The fields that a record of a kind must have, without its name.
pub fn required(kind: Kind) -> impl Iterator<Item = &'static Field> {
    fields_of(kind).filter(|field| field.flags.required && field.name != "name")
}

/// The id for a new record: the one that is given, else made from its name.
///
/// # Errors
/// Where it is none, or is taken: with one that is free.
pub fn new_id(ledger: &Ledger, kind: Kind, name: &str, given: Option<&str>) -> Result<String, Refusal> {
    let id = given.map_or_else(|| slug(name), str::to_owned);
    if !is_slug(&id) {
        let reason = if given.is_some() {
            format!("`{id}` is no id: an id is made of a-z, 0-9 and single hyphens")
        } else {
            format!("no id can be made of the name `{name}`; give one of a-z, 0-9 and single hyphens with --id")
        };
        return Err(Refusal::new(reason));
    }
    if !is_taken(ledger, kind, &id) {
        return Ok(id);
    }
    let free = (2..).map(|number| format!("{id}-{number}")).find(|id| !is_taken(ledger, kind, id)).unwrap_or_default();
    Err(Refusal::new(format!(
        "there is {} `{id}` already; if this is another one, name it with --id {free}, or better with what tells the two apart",
        kind.with_article()
    )))
}

/// Whether a record, or a file that cannot be read, has an id.
pub fn is_taken(ledger: &Ledger, kind: Kind, id: &str) -> bool {
    ledger.find(kind, id).is_some() || ledger.unread.contains(&RecordKey::new(kind, id))
}

/// The file of a new record with these fields, beginning as the others of its kind do for editors.
pub fn new_record(ledger: &Ledger, kind: Kind, id: &str, fields: &Map<String, Value>) -> FileChange {
    let path = LedgerPath::new(format!("{}/{id}.toml", kind.folder()));
    let flat = |path: &LedgerPath| path.depth() == 1;
    let others = ledger.records_of(kind).filter(|record| flat(record.path()));
    let first_lines = others.filter_map(|record| ledger.texts.get(record.path())?.lines().next());
    let directive =
        first_lines.map(|line| line.trim_start_matches('\u{feff}')).find(|line| line.starts_with("#:schema "));
    let directive = directive.map_or_else(String::new, |line| format!("{}\n", line.trim_end()));
    FileChange::new_file(path, directive + &draft(kind, fields))
}
