//! What makes two entries of a list the same one: said once, in the declaration of the entry's table (`keyed by`). A merge, a
//! comparison and an import match entries by it, in a record that is loaded as well as in a file that is only parsed.

use crate::parse::alike::{compose, fold};
use serde_json::{Map, Value};
use std::collections::{HashMap, HashSet};

/// The fields that make two entries of a list the same one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EntryKey {
    /// The fields. None: the whole entry.
    pub fields: &'static [&'static str],
    /// The fields of an entry that has none of the first: a guest at a meeting has a name and no record.
    pub instead: &'static [&'static str],
    /// The fields that also count where two entries are alike otherwise.
    pub further: &'static [&'static str],
    /// Whether an entry is what someone said, such as a signature or a position: two versions of it are never put
    /// together.
    pub is_one: bool,
}

/// What distinguishes the entries of a list: equal for entries that are the same one, in one list or in several versions of it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EntryId(String);

impl EntryKey {
    /// The values of the key in one entry, as JSON or as the tree of a parsed file. A version that is not written is the
    /// first.
    pub fn values_of(&self, entry: &Map<String, Value>) -> Vec<Value> {
        if self.fields.is_empty() {
            let mut whole = entry.clone();
            whole.sort_keys();
            return vec![Value::Object(whole)];
        }
        let has_any = self.fields.iter().any(|field| entry.contains_key(*field));
        let value = |field: &str| match entry.get(field) {
            None if field == "version" => Value::from(1),
            None => Value::Null,
            Some(Value::String(text)) => Value::from(compose(text.trim_end())),
            Some(value) => value.clone(),
        };
        if has_any || self.instead.is_empty() {
            return self.fields.iter().map(|field| value(field)).collect();
        }
        let typed = |field: &&str| match entry.get(*field) {
            Some(Value::String(text)) => Value::from(fold(text.trim())),
            other => other.cloned().unwrap_or_default(),
        };
        // What is missing counts too: a guest may have the name that is the id of a person.
        self.fields.iter().map(|_| Value::Null).chain(self.instead.iter().map(typed)).collect()
    }

    /// Distinguishes the entries of several versions of one list: entries with equal ids are the same one. Where the key is that
    /// of two entries of one version, more of the entry counts, in the end all of it.
    pub fn tell_apart(&self, versions: &[&[Value]]) -> Vec<Vec<EntryId>> {
        let empty = Map::new();
        let fields = |entry: &Value| -> Map<String, Value> { entry.as_object().unwrap_or(&empty).clone() };
        let by_key = |entry: &Value| text_of(self.values_of(&fields(entry)));
        let with_further = |entry: &Value| {
            let entry = fields(entry);
            let further = self.further.iter().map(|field| entry.get(*field).cloned().unwrap_or_default());
            text_of(self.values_of(&entry).into_iter().chain(further).collect())
        };
        let whole = |entry: &Value| {
            let mut entry = entry.clone();
            entry.sort_all_objects();
            entry.to_string()
        };
        let repeated = repeated_in(versions, &by_key);
        let repeated_further = repeated_in(versions, &with_further);
        let id = |entry: &Value| {
            let key = by_key(entry);
            if !repeated.contains(&key) {
                return key;
            }
            let key = with_further(entry);
            if self.further.is_empty() || repeated_further.contains(&key) { whole(entry) } else { key }
        };
        versions.iter().map(|entries| counted(entries.iter().map(id))).collect()
    }
}

/// Words of a list, and entries of which no table is known, distinguished by all that they say.
pub(crate) fn tell_words_apart(versions: &[&[Value]]) -> Vec<Vec<EntryId>> {
    const WHOLE: EntryKey = EntryKey { fields: &[], instead: &[], further: &[], is_one: false };
    let as_entries = |entries: &&[Value]| -> Vec<Value> {
        let entry = |word: &Value| Value::Object(Map::from_iter([("word".to_owned(), word.clone())]));
        entries.iter().map(entry).collect()
    };
    let versions: Vec<Vec<Value>> = versions.iter().map(as_entries).collect();
    WHOLE.tell_apart(&versions.iter().map(Vec::as_slice).collect::<Vec<_>>())
}

fn text_of(values: Vec<Value>) -> String {
    Value::Array(values).to_string()
}

/// The keys that two entries of one version have.
fn repeated_in(versions: &[&[Value]], key: &dyn Fn(&Value) -> String) -> HashSet<String> {
    let mut repeated = HashSet::new();
    for entries in versions {
        let mut seen = HashSet::new();
        for entry in *entries {
            let key = key(entry);
            if !seen.insert(key.clone()) {
                repeated.insert(key);
            }
        }
    }
    repeated
}

/// The ids of one list. Entries that are equal in everything are counted.
fn counted(keys: impl Iterator<Item = String>) -> Vec<EntryId> {
    let mut seen: HashMap<String, usize> = HashMap::new();
    keys.map(|key| {
        let count = seen.entry(key.clone()).or_default();
        *count += 1;
        EntryId(if *count == 1 { key } else { format!("{key} #{count}") })
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kind::Kind;
    use crate::record::field::{Field, Shape, TableDef};
    use crate::record::{Coalition, agreement::SignatureFile, common::Common, table::RecordTable, table_of};
    use serde_json::json;
    use std::collections::BTreeMap;

    /// Every list of entries of a table and of the tables in it, by its name.
    fn lists(table: &'static TableDef, found: &mut BTreeMap<String, Option<EntryKey>>) {
        for field in table.fields {
            if let Shape::Table(inner) = (field.shape)() {
                if field.many {
                    found.insert(format!("{}.{}", table.name, field.name), inner.key);
                }
                lists(inner, found);
            }
        }
    }

    #[test]
    fn every_list_of_entries_says_what_makes_two_of_them_one() {
        let mut found = BTreeMap::new();
        let tables = Kind::ALL.map(table_of).into_iter().chain([Common::DEF, Coalition::DEF, SignatureFile::DEF]);
        tables.for_each(|table| lists(table, &mut found));
        let said: Vec<String> = found
            .iter()
            .map(|(list, key)| {
                let key = key.unwrap_or_else(|| panic!("{list} has no `keyed by`"));
                let part = |word: &str, names: &[&str]| match names {
                    [] => String::new(),
                    names => format!("{word}{}", names.join("+")),
                };
                let one = if key.is_one { " as one" } else { "" };
                format!(
                    "{list}: {}{}{}{one}",
                    part("", key.fields),
                    part(" or ", key.instead),
                    part(" with ", key.further)
                )
            })
            .collect();
        let expected = [
            "Advocate.accounts: host+handle",
            "Advocate.contact_details: type+value",
            "Advocate.contacts: date+by+channel+summary",
            "Advocate.keys: key",
            "Agreement.amendments: version",
            "Agreement.signatures: member+version as one",
            "Campaign.actions: what with owner",
            "Committee.seats: role+advocate+start_date",
            "Committee.watch: advocate+days+from",
            "Common.allow: check+until",
            "Common.links: ",
            "Common.sources: ",
            "Contribution.acknowledgements: date+where",
            "Decision.positions: member as one",
            "Goal.milestones: name with owner",
            "Goal.positions: member as one",
            "Measure.readings: date",
            "Meeting.actions: what with owner",
            "Meeting.agenda: item with lead",
            "Meeting.attendance: advocate or name",
            "Member.contact_details: type+value",
            "Member.contacts: date+by+channel+summary",
            "Member.earlier_memberships: joined",
            "Member.former_signatories: advocate+until",
            "Notable.asks: date+ask",
            "Official.contact_details: type+value",
            "Official.contacts: date+by+channel+summary",
            "Request.responses: member as one",
            "SignatureFile.signatures: member+version as one",
        ];
        let missing: Vec<_> = expected.iter().filter(|one| !said.iter().any(|said| said == *one)).collect();
        assert!(missing.is_empty(), "{missing:?}\nin {said:#?}");
        for line in &said {
            assert!(expected.contains(&line.as_str()), "a list that is new here: {line}");
        }
        // The fields of a key are fields of the entry.
        let fields = |table: &'static TableDef, names: &[&str]| {
            names.iter().all(|name| table.fields.iter().any(|field: &Field| field.name == *name))
        };
        for table in Kind::ALL.map(table_of) {
            for field in table.fields.iter().chain(Common::DEF.fields) {
                if let Shape::Table(inner) = (field.shape)()
                    && let Some(key) = inner.key
                {
                    assert!([key.fields, key.instead, key.further].iter().all(|names| fields(inner, names)));
                }
            }
        }
    }

    #[test]
    fn more_of_an_entry_counts_where_two_are_alike() {
        let key = EntryKey { fields: &["name"], instead: &[], further: &["owner"], is_one: false };
        let step = |owner: &str, done: i32| json!({ "name": "Survey", "owner": owner, "done": done });
        let told = |versions: &[&[Value]]| key.tell_apart(versions);
        let once = told(&[&[step("a", 1)], &[step("b", 2)]]);
        assert_eq!(once[0], once[1], "one entry that changed");
        let twice = told(&[&[step("a", 1), step("b", 1)], &[step("b", 2)]]);
        assert_eq!((twice[0][1].clone(), twice[0][0] == twice[0][1]), (twice[1][0].clone(), false));
        let alike = told(&[&[step("a", 1), step("a", 2)], &[step("a", 2)], &[step("a", 2), step("a", 2)]]);
        assert_eq!((&alike[0][1], &alike[0][1]), (&alike[1][0], &alike[2][0]));
        assert_ne!(alike[2][0], alike[2][1]);
    }

    #[test]
    fn a_guest_is_known_by_name_and_a_first_version_need_not_be_written() {
        let key = EntryKey { fields: &["advocate"], instead: &["name"], further: &[], is_one: false };
        let values = |entry: Value| key.values_of(entry.as_object().unwrap());
        assert_eq!(
            values(json!({ "name": "Jos\u{e9} O'Hara" })),
            values(json!({ "name": "Jose\u{301} O\u{2019}Hara" }))
        );
        assert_ne!(values(json!({ "advocate": "ana", "name": "Ana" })), values(json!({ "name": "Ana" })));
        let signed = EntryKey { fields: &["member", "version"], instead: &[], further: &[], is_one: true };
        let values = |entry: Value| signed.values_of(entry.as_object().unwrap());
        assert_eq!(values(json!({ "member": "a" })), values(json!({ "member": "a", "version": 1 })));
    }
}
