//! Records as JSON Lines: one record per line, nested as in its file.

use super::columns::FOLDER;
use super::import_file::quote_big_numbers;
use super::incoming::Incoming;
use super::outgoing::{Outgoing, OutgoingRecord, is_unlisted};
use super::package::PackageFile;
use crate::error::Error;
use crate::kind::Kind;
use serde_json::{Map, Value};

/// The extension of such a file.
pub const ENDING: &str = "jsonl";

/// All records as one file.
pub fn whole(outgoing: &Outgoing<'_>, step: &mut dyn FnMut()) -> PackageFile {
    PackageFile { name: format!("records.{ENDING}"), bytes: lines(outgoing, step).into_bytes() }
}

/// All records, each with its kind and id under `record`: `member/alder-friends`. `step` is called for each.
pub fn lines(outgoing: &Outgoing<'_>, step: &mut dyn FnMut()) -> String {
    let mut text = String::new();
    for kind in Kind::ALL {
        for record in outgoing.records_of(kind, step) {
            let key = Value::from(format!("{kind}/{}", record.id));
            text += &line_of(("record".to_owned(), key), record);
        }
    }
    text
}

/// A file for each kind that has records, each record with its `id`. `step` is called for each.
pub fn files(outgoing: &Outgoing<'_>, step: &mut dyn FnMut()) -> Vec<PackageFile> {
    let mut file = |kind: Kind| {
        let records = outgoing.records_of(kind, step).into_iter();
        let text: String =
            records.map(|record| line_of(("id".to_owned(), Value::from(record.id.as_str())), record)).collect();
        PackageFile { name: format!("{}.{ENDING}", kind.folder()), bytes: text.into_bytes() }
    };
    Kind::ALL.into_iter().map(&mut file).filter(|file| !file.bytes.is_empty()).collect()
}

fn line_of(first: (String, Value), record: OutgoingRecord) -> String {
    let folder = record.folder.map(|folder| (FOLDER.to_owned(), Value::from(folder)));
    let whole: Map<String, Value> = std::iter::once(first).chain(folder).chain(record.fields).collect();
    Value::Object(whole).to_string() + "\n"
}

/// Reads an exported file: records of one kind with an `id` each, or of any kind with `record`. Skips people without a name.
///
/// # Errors
/// A line is not a record.
pub fn read(name: &str, kind: Option<Kind>, text: &str) -> Result<Vec<Incoming>, Error> {
    let mut records = Vec::new();
    for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let place = format!("{name}, line {}", at + 1);
        let fields = serde_json::from_str::<Map<String, Value>>(&quote_big_numbers(line))
            .map_err(|error| Error::data(format!("{place} is not a JSON object: {error}")))?;
        records.extend(incoming(place, kind, fields)?);
    }
    Ok(records)
}

fn incoming(place: String, kind: Option<Kind>, mut fields: Map<String, Value>) -> Result<Option<Incoming>, Error> {
    let whole = Value::Object(fields.clone()).to_string();
    let text = |value: Option<Value>| value.and_then(|value| value.as_str().map(str::to_owned));
    let (kind, id) = match kind {
        Some(kind) => (Some(kind), text(fields.shift_remove("id"))),
        None => match text(fields.shift_remove("record")).as_deref().and_then(|word| word.split_once('/')) {
            Some((kind, id)) => (kind.parse::<Kind>().ok(), Some(id.to_owned())),
            None => (None, None),
        },
    };
    let (Some(kind), Some(id)) = (kind, id) else {
        return Err(Error::data(format!("{place} has no `id` or `record`")));
    };
    if is_unlisted(&id) {
        return Ok(None);
    }
    super::outgoing::remove_unlisted(kind, &mut fields);
    let folder = text(fields.shift_remove(FOLDER));
    Ok(Some(Incoming { id: Some(id), fields, whole, folder, ..Incoming::new(place, kind) }))
}
