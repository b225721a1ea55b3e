//! Replaces ids of people who are not listed where the program writes them: next to the kind of a record in data, in keys made of ids,
//! and in names of records and files in messages and commands. What people wrote is not changed; it is searched.

use super::unlisted::Unlisted;
use crate::kind::{Kind, RecordKey, SIGNATURES};
use crate::ledger::Ledger;
use crate::record::field::Leaf;
use crate::record::value::RecordId as _;
use crate::source::LedgerPath;
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use std::collections::{BTreeMap, HashMap, HashSet};

/// The replacements for ids of people who are not listed.
#[derive(Debug, Clone)]
pub(crate) struct Concealment<'u> {
    unlisted: &'u Unlisted,
    /// The replacement for the name of a record or a file: `advocate/rosa-delgado`, `advocates/former/rosa-delgado.toml`.
    names: HashMap<String, String>,
    /// People and members that records refer to but that have no record: their ids may reveal names.
    missing: HashSet<RecordKey>,
}

/// Replaces such an id.
const MISSING: &str = "lost";

impl<'u> Concealment<'u> {
    /// For readers from whom nothing is withheld.
    pub(crate) fn none(nobody: &'u Unlisted) -> Concealment<'u> {
        Concealment { unlisted: nobody, names: HashMap::new(), missing: HashSet::new() }
    }

    /// For the records of a ledger.
    pub(crate) fn of(ledger: &Ledger, unlisted: &'u Unlisted) -> Concealment<'u> {
        let mut names = HashMap::new();
        for (key, number) in unlisted.iter() {
            names.insert(key.to_string(), format!("{}/{number}", key.kind));
            if let Some(record) = ledger.find(key.kind, &key.id) {
                names.insert(record.path().to_string(), format!("{}/{number}.toml", key.kind.folder()));
            }
        }
        for file in ledger.signature_files.iter() {
            let number = unlisted.id_of(&file.member.key());
            let name = number.map(|number| format!("{SIGNATURES}/{}/{number}.toml", file.agreement.id));
            names.extend(name.map(|name| (file.path.to_string(), name)));
        }
        let missing: HashSet<RecordKey> = missing_people(ledger).into_keys().collect();
        names.extend(missing.iter().map(|key| (key.to_string(), format!("{}/{MISSING}", key.kind))));
        Concealment { unlisted, names, missing }
    }

    /// The replacement for the id of a record, if the id must not be shown.
    pub(crate) fn id_of(&self, key: &RecordKey) -> Option<&str> {
        self.unlisted.id_of(key).or(self.missing.contains(key).then_some(MISSING))
    }

    /// Replaces ids in data.
    pub(crate) fn conceal(&self, data: &mut Value) {
        match data {
            Value::Object(fields) => {
                let key = match (fields.get("kind"), fields.get("id")) {
                    (Some(Value::String(kind)), Some(Value::String(id))) => {
                        kind.parse::<Kind>().ok().map(|kind| RecordKey::new(kind, id))
                    }
                    _ => None,
                };
                if let Some(id) = key.as_ref().and_then(|key| self.id_of(key)) {
                    fields.insert("id".to_owned(), Value::from(id));
                }
                if let Some(Value::String(key)) = fields.get_mut("key") {
                    *key = self.key(key);
                }
                fields.values_mut().for_each(|value| self.conceal(value));
            }
            Value::Array(items) => items.iter_mut().for_each(|item| self.conceal(item)),
            Value::String(text) => *text = self.text(text),
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }

    /// Replaces names of records and files in a text.
    pub(crate) fn text(&self, text: &str) -> String {
        let is_part = |letter: char| letter.is_alphanumeric() || "-_./".contains(letter);
        let mut concealed = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(start) = rest.find(is_part) {
            let (before, from) = rest.split_at(start);
            let end = from.find(|letter| !is_part(letter)).unwrap_or(from.len());
            let (word, after) = from.split_at(end);
            concealed.push_str(before);
            // It may end a sentence.
            let bare = word.trim_end_matches('.');
            match self.names.get(bare) {
                Some(name) => concealed.extend([name.as_str(), &word[bare.len()..]]),
                None => concealed.push_str(word),
            }
            rest = after;
        }
        concealed + rest
    }

    /// A key made of ids separated by dots. If it names someone who is not listed, its first word and its digest instead.
    pub(crate) fn key(&self, key: &str) -> String {
        let names = |part: &str| {
            let keys = [Kind::Advocate, Kind::Member].map(|kind| RecordKey::new(kind, part));
            keys.iter().any(|key| self.unlisted.has(key) || self.missing.contains(key))
        };
        if !key.split('.').any(names) {
            return key.to_owned();
        }
        let digest: String = Sha256::digest(key).iter().take(10).map(|byte| format!("{byte:02x}")).collect();
        format!("{}.{digest}", key.split('.').next().unwrap_or_default())
    }
}

/// People and members that records refer to but that have no record, each with a file that refers to it.
pub(super) fn missing_people(ledger: &Ledger) -> BTreeMap<RecordKey, LedgerPath> {
    let mut missing = BTreeMap::new();
    ledger.each_leaf(|record, _, _, leaf| {
        if let Leaf::Reference(kind @ (Kind::Member | Kind::Advocate), id) = leaf
            && ledger.find(kind, id).is_none()
        {
            missing.entry(RecordKey::new(kind, id)).or_insert_with(|| record.path().clone());
        }
    });
    missing
}

#[cfg(test)]
mod tests {
    use super::super::Consents;
    use super::*;
    use crate::ledger::load;
    use serde_json::json;

    #[test]
    fn ids_are_concealed_where_the_program_writes_them() {
        let mut source = crate::check::base_ledger();
        source.put("advocates/old/eve-moss.toml", b"name = \"Eve Moss\"\n");
        let ledger = load(&source).unwrap();
        let unlisted = Unlisted::of(&ledger, &Consents::of(&ledger, "2026-06-15".parse().unwrap()));
        let eve = unlisted.id_of(&RecordKey::new(Kind::Advocate, "eve-moss")).unwrap();
        let concealment = Concealment::of(&ledger, &unlisted);
        let mut data = json!({
            "who": { "kind": "advocate", "id": "eve-moss", "name": "x" },
            "key": "term-ends.committee.steering.chair.eve-moss",
            "record": "advocate/eve-moss",
            "help": "see advocates/old/eve-moss.toml. Then `coalition log contact advocate/eve-moss`, not advocate/eve-mossy",
        });
        concealment.conceal(&mut data);
        assert_eq!(data["who"]["id"], eve);
        assert_eq!(data["record"], format!("advocate/{eve}"));
        let help =
            format!("see advocates/{eve}.toml. Then `coalition log contact advocate/{eve}`, not advocate/eve-mossy");
        assert_eq!(data["help"], help);
        let key = data["key"].as_str().unwrap();
        assert!(key.starts_with("term-ends.") && !key.contains("eve"), "{key}");
        assert_eq!(concealment.key("meeting.meeting.steering"), "meeting.meeting.steering");
    }
}
