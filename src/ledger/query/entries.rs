//! The lists that records hold, by the name that they have in every kind of record: the actions of meetings and campaigns, the
//! contacts with people, organizations and officials. Each entry is a row.

use super::{QuerySubject, at};
use crate::kind::Kind;
use crate::record::field::{Field, Shape, TableDef};
use crate::record::fields_of;
use serde_json::{Map, Value};

/// The lists of entries with one name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct EntryList {
    /// The name, such as `actions`.
    pub name: &'static str,
}

/// Where records of a kind hold entries.
#[derive(Debug, Clone)]
pub(crate) struct EntryPlace {
    /// The kind of the records.
    pub kind: Kind,
    /// The way from the record to the list: `["measure", "readings"]`.
    pub path: Vec<&'static str>,
    /// The fields of an entry.
    pub table: &'static TableDef,
}

/// The field of an entry that says which record holds it.
pub(crate) const RECORD: &str = "record";
/// The field of an entry that says whether it is done.
pub(crate) const STATE: &str = "state";
/// What is not done.
pub(crate) const OPEN: &str = "open";
/// What is done.
pub(crate) const DONE: &str = "done";

impl EntryList {
    /// The lists that a word means: by their name, or by the name of one entry.
    pub(crate) fn find(word: &str) -> Option<EntryList> {
        let meant = word.trim().to_lowercase().replace([' ', '-'], "_");
        let names = EntryList::names();
        let plural = names.iter().find(|name| **name == meant);
        let single = || names.iter().find(|name| name.strip_suffix('s') == Some(meant.as_str()));
        plural.or_else(single).map(|name| EntryList { name })
    }

    /// The names of all lists, sorted. Signatures stand in files of their own too, and are a list of their own.
    pub(crate) fn names() -> Vec<&'static str> {
        let mut names: Vec<_> =
            Kind::ALL.into_iter().flat_map(places_of).filter_map(|place| place.path.last().copied()).collect();
        names.retain(|name| *name != crate::kind::SIGNATURES);
        names.sort_unstable();
        names.dedup();
        names
    }

    /// Where records hold them.
    pub(crate) fn places(self) -> impl Iterator<Item = EntryPlace> {
        Kind::ALL.into_iter().flat_map(places_of).filter(move |place| place.path.last() == Some(&self.name))
    }

    /// The fields of the entries, each once.
    pub(crate) fn fields(self) -> Vec<&'static Field> {
        let mut fields: Vec<&'static Field> = Vec::new();
        for field in self.places().flat_map(|place| place.table.fields) {
            if fields.iter().all(|known| known.name != field.name) {
                fields.push(field);
            }
        }
        fields
    }

    /// One entry with its article.
    pub(crate) fn with_article(self) -> &'static str {
        self.places().next().map_or("an entry", |place| place.table.noun)
    }

    /// Whether entries can be done.
    pub(crate) fn has_states(self) -> bool {
        self.fields().iter().any(|field| field.name == DONE)
    }

    /// The entries that the fields of a record hold, each with its id, its record and, where it can be done, its state.
    pub(crate) fn entries_in(self, kind: Kind, id: &str, fields: &Map<String, Value>) -> Vec<Map<String, Value>> {
        let mut rows = Vec::new();
        for place in self.places().filter(|place| place.kind == kind) {
            let Some((first, rest)) = place.path.split_first() else { continue };
            let list = rest.iter().try_fold(fields.get(*first).unwrap_or(&Value::Null), |value, key| value.get(key));
            for (nth, entry) in list.and_then(Value::as_array).into_iter().flatten().enumerate() {
                let Some(entry) = entry.as_object() else { continue };
                let record = format!("{}/{id}", kind.singular());
                let mut row = Map::new();
                row.insert("id".to_owned(), Value::from(format!("{record}/{}", nth + 1)));
                row.insert(RECORD.to_owned(), Value::from(record));
                row.extend(entry.clone());
                if self.has_states() {
                    let state = if at(entry, &[DONE.to_owned()]).is_empty() { OPEN } else { DONE };
                    row.insert(STATE.to_owned(), Value::from(state));
                }
                rows.push(row);
            }
        }
        rows
    }

    /// The fields that a list shows where none are asked for: the record, and the first of the others that fit a line.
    pub(crate) fn usual_fields(self) -> Vec<&'static str> {
        const MANY: usize = 4;
        let fields = self.fields();
        let fits = |field: &&&Field| !field.flags.private && !matches!((field.shape)(), Shape::Table(_));
        let mut usual = vec![RECORD];
        usual.extend(fields.iter().filter(fits).map(|field| field.name).take(MANY));
        if self.has_states() && !usual.contains(&DONE) {
            usual.push(STATE);
        }
        usual
    }
}

impl From<EntryList> for QuerySubject {
    fn from(list: EntryList) -> QuerySubject {
        QuerySubject::Entries(list)
    }
}

/// The lists of entries that records of a kind hold.
fn places_of(kind: Kind) -> Vec<EntryPlace> {
    let mut places = Vec::new();
    collect(kind, &[], fields_of(kind), &mut places);
    places
}

fn collect(
    kind: Kind,
    above: &[&'static str],
    fields: impl Iterator<Item = &'static Field>,
    places: &mut Vec<EntryPlace>,
) {
    for field in fields {
        let Shape::Table(table) = (field.shape)() else { continue };
        let path = [above, &[field.name]].concat();
        if field.many {
            places.push(EntryPlace { kind, path, table });
        } else {
            collect(kind, &path, table.fields.iter(), places);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn every_list_of_a_record_has_a_name() {
        let names = EntryList::names();
        for name in [
            "actions",
            "agenda",
            "attendance",
            "positions",
            "contacts",
            "contact_details",
            "seats",
            "watch",
            "milestones",
            "readings",
            "responses",
            "amendments",
            "asks",
            "acknowledgements",
            "keys",
            "accounts",
        ] {
            assert!(names.contains(&name), "{name}: {names:?}");
        }
        assert!(!names.contains(&"signatures"));
        assert_eq!(EntryList::find("action"), EntryList::find("Actions"));
        assert_eq!(EntryList::find("contact details").map(|list| list.name), Some("contact_details"));
        assert_eq!(EntryList::find("members"), None);
    }

    #[test]
    fn an_entry_is_a_row_with_its_record_and_its_state() {
        let actions = EntryList { name: "actions" };
        let fields = json!({ "name": "M", "actions": [{ "what": "a" }, { "what": "b", "done": "2026-06-01" }] });
        let rows = actions.entries_in(Kind::Meeting, "june", fields.as_object().unwrap());
        let shown: Vec<_> = rows.iter().map(|row| Value::Object(row.clone())).collect();
        let expected = [
            json!({ "id": "meeting/june/1", "record": "meeting/june", "what": "a", "state": "open" }),
            json!({ "id": "meeting/june/2", "record": "meeting/june", "what": "b", "done": "2026-06-01", "state": "done" }),
        ];
        assert_eq!(shown, expected);
        let readings = EntryList { name: "readings" };
        let fields = json!({ "measure": { "readings": [{ "value": 4 }] } });
        assert_eq!(readings.entries_in(Kind::Goal, "g", fields.as_object().unwrap()).len(), 1);
    }
}
