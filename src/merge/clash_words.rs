//! What collides in a merge, in a sentence that stands in the file as a comment.

use super::data::{Clash, ClashKind};
use super::place::Step;
use super::{Marking, NameOf};
use crate::kind::{Kind, SIGNATURES};
use crate::record::field::{Field, Shape, TableDef};
use crate::source::LedgerPath;
use serde_json::{Map, Value};

/// The sentence about one collision, on one line.
pub(super) fn sentence(clash: &Clash, path: &LedgerPath, marking: &Marking<'_>, name_of: NameOf<'_>) -> String {
    let is_entry = matches!(clash.place.last(), Some(Step::Entry(_)));
    let words = if is_entry { entry(clash, path, marking, name_of) } else { field(clash, path, marking) };
    let is_plain = |letter: char| !letter.is_control() && !matches!(letter, '\u{2028}' | '\u{2029}');
    words.chars().map(|letter| if is_plain(letter) { letter } else { ' ' }).collect()
}

fn field(clash: &Clash, path: &LedgerPath, marking: &Marking<'_>) -> String {
    let keys = clash.place.iter().filter_map(|step| match step {
        Step::Key(key) => Some(key.as_str()),
        Step::Entry(_) => None,
    });
    let name = keys.collect::<Vec<_>>().join(".");
    let is_terms = Kind::of_folder(path.top()) == Some(Kind::Agreement) && name == "text";
    match clash.kind {
        ClashKind::WeRemoved => removed(&format!("`{name}`"), &marking.ours, &marking.theirs),
        ClashKind::TheyRemoved => removed(&format!("`{name}`"), &marking.theirs, &marking.ours),
        ClashKind::Replaced => {
            format!("Both sides remove a value, and {} has `{name}`, perhaps in its place.", side_of(clash, marking))
        }
        _ if is_terms => {
            "Both sides change the text of this agreement. Agree on one text, because members sign it word for word."
                .to_owned()
        }
        _ => format!("Both sides change `{name}`, in different ways."),
    }
}

fn removed(what: &str, by: &str, changed_by: &str) -> String {
    format!("{by} removes {what}, and {changed_by} changes it.")
}

fn entry(clash: &Clash, path: &LedgerPath, marking: &Marking<'_>, name_of: NameOf<'_>) -> String {
    let values = &clash.values;
    let value = [&values.ours, &values.theirs, &values.base].into_iter().flatten().next();
    let empty = Map::new();
    let fields = value.and_then(Value::as_object).unwrap_or(&empty);
    let list = clash.field.map_or("entries", |field| field.name);
    let what = describe(list, clash.field, fields, path, name_of);
    match clash.kind {
        ClashKind::WeRemoved => removed(&what, &marking.ours, &marking.theirs),
        ClashKind::TheyRemoved => removed(&what, &marking.theirs, &marking.ours),
        ClashKind::Replaced => {
            format!(
                "Both sides replace the same entry of `{list}` with different ones. {} has {what}.",
                side_of(clash, marking)
            )
        }
        ClashKind::Differ => match list {
            SIGNATURES | "positions" | "responses" => format!("Both sides give {what}, but differently."),
            _ => format!("Both sides have {what}, but the two differ."),
        },
    }
}

fn side_of<'m>(clash: &Clash, marking: &'m Marking<'_>) -> &'m str {
    if clash.values.ours.is_some() { &marking.ours } else { &marking.theirs }
}

/// An entry in words: whose it is, or what tells it apart.
fn describe(
    list: &str,
    field: Option<&'static Field>,
    entry: &Map<String, Value>,
    path: &LedgerPath,
    name_of: NameOf<'_>,
) -> String {
    let table = field.and_then(|field| match (field.shape)() {
        Shape::Table(table) => Some(table),
        _ => None,
    });
    let word = |key: &str| table.and_then(|table| spoken(table, key, entry, name_of));
    let matter = match Kind::of_folder(path.top()) {
        Some(kind) => format!("this {kind}"),
        None => "this record".to_owned(),
    };
    match list {
        SIGNATURES => {
            // A file of signatures is named after the member.
            let member = word("member").or_else(|| name_of(Kind::Member, path.stem()));
            let member = member.unwrap_or_else(|| path.stem().to_owned());
            let version = word("version").map_or_else(String::new, |version| format!(" on version {version}"));
            format!("the signature of {member}{version}")
        }
        "positions" => {
            format!("the position of {} on {matter}", word("member").unwrap_or_else(|| "a member".to_owned()))
        }
        "responses" => format!("the answer of {}", word("member").unwrap_or_else(|| "a member".to_owned())),
        "attendance" => {
            let who = word("advocate").or_else(|| word("name")).unwrap_or_else(|| "someone".to_owned());
            format!("the attendance of {who}")
        }
        _ => {
            let noun = table.map_or("an entry", |table| table.noun);
            let noun = noun.strip_prefix("a ").or_else(|| noun.strip_prefix("an ")).unwrap_or(noun);
            let key = table.and_then(|table| table.key).map_or(&[][..], |key| key.fields);
            let parts: Vec<String> = key.iter().filter_map(|key| word(key)).collect();
            if parts.is_empty() {
                format!("an entry of `{list}`")
            } else {
                format!("the {noun} ({})", parts.join(", "))
            }
        }
    }
}

/// A value of an entry as people say it: the name of a record, a date, a text; long ones are cut.
fn spoken(table: &'static TableDef, key: &str, entry: &Map<String, Value>, name_of: NameOf<'_>) -> Option<String> {
    const LONGEST: usize = 60;
    let value = entry.get(key)?;
    let text = match value {
        // The tree of a file marks texts and dates.
        Value::String(text) => text.get(1..).unwrap_or_default().to_owned(),
        Value::Array(items) => {
            let words = items.iter().filter_map(|item| item.as_str().and_then(|item| item.get(1..)));
            words.collect::<Vec<_>>().join(" ")
        }
        other => other.to_string(),
    };
    let name = match table.field(key).map(|field| (field.shape)()) {
        Some(Shape::Reference(kind)) => name_of(kind, &text),
        _ => None,
    };
    let text = name.unwrap_or(text);
    if text.chars().count() <= LONGEST {
        return Some(text);
    }
    Some(format!("{}…", text.chars().take(LONGEST).collect::<String>().trim_end()))
}
