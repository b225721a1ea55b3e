//! A new record: an id from its name, a file in the folder of its kind, and its required fields.

use super::draft;
use crate::error::Error;
use crate::finding::{Finding, name};
use crate::kind::{Kind, RecordKey};
use crate::ledger::{Ledger, load};
use crate::parse::suggest::{is_slug, slug};
use crate::record::contribution::ContributionKind;
use crate::record::field::Field;
use crate::record::fields_of;
use crate::record::value::Choices as _;
use crate::source::memory::Memory;
use crate::source::{FileChange, LedgerPath, ROOT_FILE};
use serde_json::{Map, Value};

/// How the first line begins that names a file's schema for editors.
const SCHEMA: &str = "#:schema ";

/// The fields that a record of a kind must have, without its name.
pub(crate) fn required_fields(kind: Kind) -> impl Iterator<Item = &'static Field> {
    fields_of(kind).filter(|field| field.flags.required && field.name != "name")
}

/// The fields that a new record should have beside those that it must have, because checks ask for them sooner or later. Which ones
/// may depend on the fields that it has.
pub(crate) fn suggested_fields(kind: Kind, fields: &Map<String, Value>) -> impl Iterator<Item = &'static Field> {
    let names: &[&str] = match kind {
        Kind::Member => &["joined", "representative", "backup_representative"],
        Kind::Advocate => &["member"],
        Kind::Decision => &["method", "closes"],
        Kind::Contribution if fields.contains_key("member") || fields.contains_key("advocate") => {
            let kind = fields.get("kind").and_then(Value::as_str);
            let kind = ContributionKind::ALL.iter().find(|known| Some(known.word()) == kind);
            match kind.map(|kind| figure_of(*kind)) {
                Some("hours") => &["hours"],
                _ => &["amount"],
            }
        }
        Kind::Contribution => &["member", "advocate"],
        Kind::Meeting => &["start_time", "location"],
        Kind::Goal => &["lead", "owner"],
        Kind::Official => &["office", "owner"],
        Kind::Campaign => &["goal", "message"],
        Kind::Agreement => &["sign_by"],
        Kind::Committee | Kind::Request => &[],
    };
    names.iter().filter_map(move |name| fields_of(kind).find(|field| field.name == *name))
}

/// The field that says how much a gift is: work is hours, and everything else is worth an amount.
pub(crate) fn figure_of(kind: ContributionKind) -> &'static str {
    let work = [ContributionKind::Volunteers, ContributionKind::StaffTime, ContributionKind::Expertise];
    if work.contains(&kind) { "hours" } else { "amount" }
}

/// Whether a new record is a gift of which no one is named as the giver.
pub(crate) fn lacks_giver(kind: Kind, fields: &Map<String, Value>) -> bool {
    let is_named = |name| fields.get(name).and_then(Value::as_str).is_some_and(|id| !id.is_empty());
    kind == Kind::Contribution && !is_named("member") && !is_named("advocate")
}

/// What is wrong with the values of a new record, as it would be read from its file; `None` if each is one. That some are missing is
/// not wrong yet.
pub(crate) fn find_mistake(kind: Kind, fields: &Map<String, Value>) -> Option<String> {
    let path = LedgerPath::new(format!("{}/new.toml", kind.folder()));
    let mut source = Memory::default();
    source.put(ROOT_FILE, b"name = \"C\"\n");
    source.put(path.as_str(), draft(kind, fields).as_bytes());
    let ledger = load(&source).ok()?;
    let is_wrong =
        |finding: &&Finding| finding.path == path && [name::INVALID_VALUE, name::WRONG_TYPE].contains(&finding.check);
    ledger.findings.iter().find(is_wrong).map(|finding| format!("{}: {}", finding.message, finding.help))
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
            format!(
                "the name `{name}` cannot be turned into an id; give one with --id, using a-z, 0-9 and single hyphens"
            )
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

    #[test]
    fn a_gift_is_asked_who_gave_it_and_how_much() {
        let asked = |fields: &[(&str, &str)]| {
            let fields: Map<String, Value> =
                fields.iter().map(|(key, value)| ((*key).to_owned(), Value::from(*value))).collect();
            suggested_fields(Kind::Contribution, &fields).map(|field| field.name).collect::<Vec<_>>()
        };
        assert_eq!(asked(&[("kind", "funding")]), ["member", "advocate"]);
        assert_eq!(asked(&[("kind", "funding"), ("member", "elm")]), ["amount"]);
        assert_eq!(asked(&[("kind", "volunteers"), ("advocate", "ana")]), ["hours"]);
        assert_eq!(asked(&[("kind", "staff-time"), ("member", "elm")]), ["hours"]);
    }

    #[test]
    fn a_wrong_value_is_found_before_it_is_written() {
        let contact = |value: &str| {
            let fields = serde_json::json!({ "name": "Ana", "contact_details": [{ "type": "email", "value": value }] });
            find_mistake(Kind::Advocate, fields.as_object().unwrap())
        };
        assert_eq!(contact("ana@friends.example"), None);
        assert!(contact("ana@").unwrap().contains("ana@"));
    }

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
