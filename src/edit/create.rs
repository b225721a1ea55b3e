//! A new record: an id from its name, a file in the folder of its kind, and its required fields.

use super::draft;
use crate::error::Error;
use crate::kind::{Kind, RecordKey};
use crate::ledger::Ledger;
use crate::parse::suggest::{is_slug, slug};
use crate::record::field::Field;
use crate::record::fields_of;
use crate::source::{FileChange, LedgerPath};
use serde_json::{Map, Value};

/// How the first line begins that names a file's schema for editors.
const SCHEMA: &str = "#:schema ";

/// The fields that a record of a kind must have, without its name.
pub(crate) fn required_fields(kind: Kind) -> impl Iterator<Item = &'static Field> {
    fields_of(kind).filter(|field| field.flags.required && field.name != "name")
}

/// The fields that a new record should have beside those that it must have, because checks ask for them sooner or later.
pub(crate) fn suggested_fields(kind: Kind) -> impl Iterator<Item = &'static Field> {
    let names: &[&str] = match kind {
        Kind::Member => &["joined", "representative", "backup_representative"],
        Kind::Advocate => &["member"],
        Kind::Decision => &["method", "closes"],
        Kind::Contribution => &["member"],
        Kind::Meeting => &["start_time", "location"],
        Kind::Goal => &["lead", "owner"],
        Kind::Official => &["office", "owner"],
        Kind::Campaign => &["goal", "message"],
        Kind::Agreement | Kind::Committee | Kind::Request => &[],
    };
    names.iter().filter_map(move |name| fields_of(kind).find(|field| field.name == *name))
}

/// The id for a new record: the given one, otherwise one made from its name. What comes again each year, a meeting, has its date in
/// front: `2026-12-01-december-meeting`.
///
/// # Errors
/// If it is not a valid id, or another record has it; the error suggests a free one.
pub(crate) fn new_id(
    ledger: &Ledger,
    kind: Kind,
    name: &str,
    given: Option<&str>,
    date: Option<&str>,
) -> Result<String, Error> {
    let dated = |id: String| match date.filter(|date| kind == Kind::Meeting && !id.starts_with(*date)) {
        Some(date) if !id.is_empty() => format!("{date}-{id}"),
        _ => id,
    };
    let id = given.map_or_else(|| dated(slug(name)), str::to_owned);
    if !is_slug(&id) {
        let reason = if given.is_some() {
            format!("`{id}` is not a valid id; use a-z, 0-9 and single hyphens")
        } else {
            format!("the name `{name}` does not make an id; give one with --id, using a-z, 0-9 and single hyphens")
        };
        return Err(Error::refused(reason));
    }
    if !is_taken(ledger, kind, &id) {
        return Ok(id);
    }
    let free = (2..).map(|number| format!("{id}-{number}")).find(|id| !is_taken(ledger, kind, id)).unwrap_or_default();
    Err(Error::refused(format!(
        "there is already {} `{id}`; if this is a different one, use --id {free}, or better, an id that shows how the \
         two differ",
        kind.with_article()
    ))
    .with_hint(format!("to change the one that is there: coalition set {kind}/{id} FIELD=VALUE")))
}

/// Whether a record, or a file that cannot be read, has an id.
pub(crate) fn is_taken(ledger: &Ledger, kind: Kind, id: &str) -> bool {
    ledger.find(kind, id).is_some() || ledger.unread.contains(&RecordKey::new(kind, id))
}

/// The file of a new record with these fields. Its first line names the schema if the other records of its kind do so.
pub(crate) fn new_record(ledger: &Ledger, kind: Kind, id: &str, fields: &Map<String, Value>) -> FileChange {
    let flat = |path: &LedgerPath| path.depth() == 1;
    // Meetings of many years are kept by year, unless the others are not.
    let is_flat = ledger.meetings.iter().any(|meeting| flat(&meeting.path));
    let year = fields.get("date").and_then(Value::as_str).and_then(|date| date.get(..4));
    let year =
        year.filter(|year| kind == Kind::Meeting && !is_flat && id.starts_with(*year)).map(|year| format!("{year}/"));
    let folder = year.unwrap_or_default();
    let path = LedgerPath::new(format!("{}/{folder}{id}.toml", kind.folder()));
    let others = ledger.records_of(kind).filter(|record| flat(record.path()));
    let schema = others.filter_map(|record| schema_of(ledger.texts.get(record.path())?)).next();
    let up = if folder.is_empty() || schema.is_some_and(|schema| !schema.starts_with("..")) { "" } else { "../" };
    let directive = schema.map_or_else(String::new, |schema| format!("{SCHEMA}{up}{schema}\n"));
    FileChange::new_file(path, directive + &draft(kind, fields))
}

/// The first line of a new file of signatures, which names its schema for editors where the agreement's record names its own:
/// a file of the same folder, seen from there.
pub(crate) fn signatures_opening(ledger: &Ledger, path: &LedgerPath) -> Option<String> {
    let [_, agreement, _] = path.as_str().split('/').collect::<Vec<_>>()[..] else { return None };
    let record = ledger.agreements.find(agreement)?;
    let folder = schema_of(ledger.texts.get(&record.path)?)?.strip_suffix("agreement.schema.json")?;
    let is_address = folder.contains("://") || folder.starts_with('/');
    let up = |depth: usize| "../".repeat(depth);
    let seen = if is_address {
        folder.to_owned()
    } else {
        up(path.depth()) + folder.strip_prefix(up(record.path.depth()).as_str())?
    };
    Some(format!("{SCHEMA}{seen}signatures.schema.json"))
}

/// The schema that the first line of a file names.
pub(super) fn schema_of(text: &str) -> Option<&str> {
    text.trim_start_matches('\u{feff}').lines().next()?.strip_prefix(SCHEMA).map(str::trim)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::load;

    #[test]
    fn a_file_of_signatures_names_its_schema_beside_that_of_the_agreement() {
        for (place, schema, opening) in [
            (
                "charter",
                "../.coalition/schema/agreement.schema.json",
                Some("../../.coalition/schema/signatures.schema.json"),
            ),
            ("2025/charter", "../../../schema/agreement.schema.json", Some("../../../schema/signatures.schema.json")),
            (
                "charter",
                "https://example.org/agreement.schema.json",
                Some("https://example.org/signatures.schema.json"),
            ),
            ("charter", "agreement.schema.json", None),
            ("charter", "../own.json", None),
        ] {
            let mut source = crate::check::base_ledger();
            source.remove("agreements/charter.toml");
            let text = format!("\u{feff}#:schema {schema}\r\nname = \"C\"\ntext = \"We meet.\"\n");
            source.put(&format!("agreements/{place}.toml"), text.as_bytes());
            let path = LedgerPath::new("signatures/charter/alder-friends.toml");
            let expected = opening.map(|opening| format!("#:schema {opening}"));
            assert_eq!(signatures_opening(&load(&source).unwrap(), &path), expected, "{place} {schema}");
        }
    }
}
