//! What is in files that may be records and are not read: whether they hold the fields of a record that decides who has
//! to sign and who did. Judged by the field tables, so that the configuration of another program is none.

use super::holding::{Keys, keys_of};
use crate::finding::{Finding, name};
use crate::kind::{Kind, RecordKey, SIGNATURES, is_deciding_folder};
use crate::parse::suggest::nearest;
use crate::record::agreement::SignatureFile;
use crate::record::field::{Field, Shape};
use crate::record::fields_of;
use crate::record::table::RecordTable;
use crate::source::{LedgerPath, Source, Span, Thing, Unread, Unreadable};
use std::collections::BTreeSet;

/// Fields that the files of many other programs have as well, so that they show nothing.
const COMMON_ELSEWHERE: [&str; 2] = ["name", "version"];

/// The finding on a place that is not read and holds what decides; `None` if it is nothing of the ledger.
pub(super) fn finding(source: &dyn Source, unread: &Unread) -> Option<Finding> {
    let path = &unread.path;
    match unread.thing {
        Thing::File | Thing::Link => in_file(source, path),
        Thing::LinkToFolder => {
            let message =
                format!("`{path}` is a link to a folder; such links are not followed, so nothing in it is read");
            Some(fixed_finding(path, message, "put the folder itself there, or give the link another name"))
        }
        Thing::Submodule => {
            let message = format!("`{path}` is a submodule, so no commit of this repository has its files");
            Some(fixed_finding(
                path,
                message,
                "move its files into this repository, or the submodule out of the ledger",
            ))
        }
        Thing::Special => None,
    }
}

/// The finding on a record that is read as one of a kind, and holds the fields of another that decides.
pub(super) fn misplaced_finding(path: &LedgerPath, kind: Kind, text: &str) -> Option<Finding> {
    let keys = keys_of(path, text, false)?;
    let held = kind_of_keys(&keys, None).filter(|held| *held != kind)?;
    let matching = matches(fields_of(kind), &keys.top).0;
    let message = format!("`{path}` is read as {}, but has fields of {}", kind.with_article(), held.with_article());
    let help = format!("move it to {}/", held.folder());
    (matches(fields_of(held), &keys.top).0 > matching)
        .then(|| fixed_finding(path, message, &help).with_record(RecordKey::new(kind, path.stem())))
}

fn in_file(source: &dyn Source, path: &LedgerPath) -> Option<Finding> {
    let text = match source.read(path) {
        Ok(text) => text,
        Err(Unreadable::NotUtf8 { readable, .. }) => readable,
        Err(Unreadable::Missing | Unreadable::BrokenLink | Unreadable::NotAFile) => return None,
        Err(reason) => {
            let is_named_toml = path.file_name().to_ascii_lowercase().contains(".toml");
            let message = format!("`{path}` is not read as a record, but may be one: it {reason}");
            let help = "move it out of the ledger, or into the folder of its kind once it can be read";
            return is_named_toml.then(|| fixed_finding(path, message, help));
        }
    };
    let folders: Vec<&str> = path.as_str().split('/').rev().skip(1).collect();
    let is_in_ledger = folders.last().is_some_and(|top| is_deciding_folder(&top.to_ascii_lowercase()));
    let keys = keys_of(path, &text, is_in_ledger)?;
    let place = folders.iter().find_map(|folder| kind_of(folder));
    let held = kind_of_keys(&keys, place)?;
    let only_signatures = keys.top.iter().all(|key| SignatureFile::DEF.field(key).is_some());
    let (what, folder) = match held {
        Kind::Agreement if only_signatures => ("signatures", format!("{SIGNATURES}/AGREEMENT/MEMBER.toml")),
        kind => (kind.singular(), format!("{}/", kind.folder())),
    };
    let message = match what {
        "signatures" => format!("`{path}` is not read, but has signatures"),
        _ => format!("`{path}` is not read, but has fields of {}", held.with_article()),
    };
    let help = format!("move it to {folder} under a name that ends in .toml, or out of the ledger");
    Some(fixed_finding(path, message, &help))
}

fn fixed_finding(path: &LedgerPath, message: String, help: &str) -> Finding {
    Finding::new(name::UNKNOWN_FOLDER, path, Span::START, message, help).on_duty().fix()
}

/// The folder of records or signatures that the name of another one means: `members` for `member`, `Members` and `memebers`.
pub(crate) fn meant_folder(name: &str) -> Option<&'static str> {
    let lower = name.to_ascii_lowercase();
    if let Ok(kind) = lower.parse::<Kind>() {
        return Some(kind.folder());
    }
    nearest(&lower, Kind::ALL.into_iter().map(Kind::folder).chain([SIGNATURES]))
}

/// The kind that a folder names: `Members`, `.old-members`, `member`.
fn kind_of(folder: &str) -> Option<Kind> {
    let lower = folder.to_ascii_lowercase();
    let mut words = lower.split(|c: char| !c.is_ascii_alphabetic());
    words.find_map(|word| if word == SIGNATURES { Some(Kind::Agreement) } else { word.parse().ok() })
}

/// The kind of the record that these keys are of, where it is one that decides.
fn kind_of_keys(keys: &Keys, place: Option<Kind>) -> Option<Kind> {
    let by_entries = keys.under.iter().find_map(|(heading, keys)| held_under(heading, keys));
    let most = Kind::ALL.map(|kind| matches(fields_of(kind), &keys.top).0).into_iter().max().unwrap_or_default();
    // A record of a kind that decides nothing, in a folder of that name.
    let is_other =
        place.is_some_and(|place| !Kind::DECIDING.contains(&place) && matches(fields_of(place), &keys.top).0 == most);
    let fits = |kind: Kind| {
        let (matching, telling) = matches(fields_of(kind), &keys.top);
        let is_meant = telling > 0 || (place == Some(kind) && matching > 0);
        is_meant && matching == most && matching * 2 > keys.top.len()
    };
    let mut likely = place.into_iter().chain(Kind::DECIDING).filter(|kind| Kind::DECIDING.contains(kind));
    by_entries.or_else(|| likely.find(|kind| !is_other && fits(*kind)))
}

/// The kind whose records have entries like this one, or a heading with the fields of a whole record.
fn held_under(heading: &str, keys: &BTreeSet<String>) -> Option<Kind> {
    let fits = |fields: &mut dyn Iterator<Item = &'static Field>| {
        let (matching, telling) = matches(fields, keys);
        telling > 0 && matching * 2 > keys.len()
    };
    if let Some(kind) = kind_of(heading).filter(|kind| Kind::DECIDING.contains(kind) && fits(&mut fields_of(*kind))) {
        return Some(kind);
    }
    Kind::DECIDING.into_iter().find(|kind| {
        let mut fields = fields_of(*kind).filter(|field| field.flags.duty && field.name == heading);
        fields.any(|field| match (field.shape)() {
            Shape::Table(def) => fits(&mut def.fields.iter()),
            _ => false,
        })
    })
}

/// How many of the keys are fields, and how many of those decide and are not common elsewhere.
fn matches(fields: impl Iterator<Item = &'static Field>, keys: &BTreeSet<String>) -> (usize, usize) {
    let (mut matching, mut telling) = (0, 0);
    for field in fields.filter(|field| keys.contains(field.name)) {
        matching += 1;
        telling += usize::from(field.flags.duty && !COMMON_ELSEWHERE.contains(&field.name));
    }
    (matching, telling)
}
