//! The fields and entries in which two states of a record differ, each once. Entries of a list are matched by what makes two of
//! them the same one.

use super::state::State;
use crate::document::words;
use crate::record::entry_key::{EntryId, tell_words_apart};
use crate::record::field::{Field, Shape, TableDef};
use crate::report::value_words::{in_words, label};
use serde::Serialize;
use serde_json::{Map, Value};
use std::collections::{HashMap, HashSet};

/// A field that has another value.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct FieldChange {
    /// The record, as `kind/id`, or `coalition`.
    pub record: String,
    /// What people call the record.
    pub name: String,
    /// The field, with those that it is in: `measure.target`.
    pub field: String,
    /// The value before; missing where there was none, and where it is not shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<Value>,
    /// The value now, likewise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<Value>,
    /// Whether the values are private and not shown.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub private: bool,
    /// Whether the record, or the entry that the field is in, is new.
    #[serde(skip)]
    pub is_of_new: bool,
    /// The change in words: `education → libraries`.
    #[serde(skip)]
    pub words: String,
}

impl FieldChange {
    /// The field for people, without those that it is in.
    pub(crate) fn label(&self) -> String {
        label(&self.field)
    }

    /// The change of a field that was not read as its table says.
    pub(super) fn of_unread(
        state: &State<'_>,
        name: &str,
        values: (Option<&Value>, Option<&Value>),
        private: bool,
    ) -> FieldChange {
        let (before, after) = values;
        let written = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        let words = match (before, after) {
            (None, _) if private => "added (private)".to_owned(),
            (_, None) if private => "removed (private)".to_owned(),
            _ if private => "changed (private)".to_owned(),
            (before, after) => {
                let before = before.map_or_else(|| "not set".to_owned(), written);
                let after = after.map_or_else(|| "removed".to_owned(), written);
                format!("{before} \u{2192} {after} (not read: see coalition check)")
            }
        };
        let shown = |value: Option<&Value>| value.filter(|_| !private).cloned();
        FieldChange {
            record: state.record(),
            name: state.name.clone(),
            field: name.to_owned(),
            before: shown(before),
            after: shown(after),
            private,
            is_of_new: false,
            words,
        }
    }

    /// The field and its change in one line.
    pub(crate) fn sentence(&self) -> String {
        format!("{}: {}", self.label(), self.words)
    }
}

/// What happened to an entry of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum EntryStep {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It says something else.
    Changed,
}

/// An entry of a list that is new, gone or different.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct EntryChange {
    /// The record, as `kind/id`, or `coalition`.
    pub record: String,
    /// What people call the record.
    pub name: String,
    /// The list, with the fields that it is in: `measure.readings`.
    pub list: String,
    /// What happened.
    pub change: EntryStep,
    /// What of the entry may be shown: as it is now, or as it was if it is gone.
    pub entry: Map<String, Value>,
    /// Its fields that changed; all that it has if it is new.
    pub fields: Vec<FieldChange>,
    /// Whether something of it is private and not shown.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub private: bool,
    /// What one entry is called: `contact`.
    #[serde(skip)]
    pub noun: &'static str,
    /// What tells it apart, in words.
    #[serde(skip)]
    pub words: String,
}

impl EntryChange {
    /// The text of one of its fields as it is, if that may be shown.
    pub(crate) fn text(&self, field: &str) -> Option<&str> {
        self.entry.get(field).and_then(Value::as_str)
    }

    /// The change of one of its fields.
    pub(crate) fn field(&self, name: &str) -> Option<&FieldChange> {
        self.fields.iter().find(|change| change.field == name)
    }
}

/// What differs between two states of a record.
#[derive(Debug, Default)]
pub(super) struct Changes {
    /// Fields outside of lists of entries.
    pub fields: Vec<FieldChange>,
    /// Entries of lists.
    pub entries: Vec<EntryChange>,
}

impl Changes {
    /// The fields of the record itself in which something differs.
    pub(super) fn touched(&self) -> HashSet<&str> {
        let paths = self.fields.iter().map(|change| &change.field).chain(self.entries.iter().map(|entry| &entry.list));
        paths.map(|path| path.split('.').next().unwrap_or(path)).collect()
    }
}

/// How many entries that are gone a new one is compared with, so that long lists take no longer than they should.
const MOST_LIKELY: usize = 64;

/// Everything in which two states of a record differ, in the order of the field tables. `is_new` says that the record was not
/// there before.
pub(super) fn walk(before: &State<'_>, after: &State<'_>, is_new: bool) -> Changes {
    let mut walker = Walker { before, after, is_new, changes: Changes::default() };
    for field in after.tables().into_iter().flat_map(|table| table.fields) {
        let values = (before.fields.get(field.name), after.fields.get(field.name));
        walker.value(field, &[field], values);
    }
    walker.changes
}

struct Walker<'s, 'l> {
    before: &'s State<'l>,
    after: &'s State<'l>,
    is_new: bool,
    changes: Changes,
}

impl Walker<'_, '_> {
    fn value(&mut self, top: &'static Field, path: &[&'static Field], values: (Option<&Value>, Option<&Value>)) {
        let (before, after) = values;
        if before == after {
            return;
        }
        let Some(field) = path.last() else { return };
        let hidden = self.before.hides(top, None, Some(field)) || self.after.hides(top, None, Some(field));
        match (field.shape)() {
            Shape::Table(table) if field.many => self.entries(top, path, table, (before, after)),
            Shape::Table(table) => {
                for inner in table.fields {
                    let of = |value: Option<&'_ Value>| value.and_then(|value| value.get(inner.name)).cloned();
                    let (before, after) = (of(before), of(after));
                    let path: Vec<&'static Field> = path.iter().copied().chain([inner]).collect();
                    self.value(top, &path, (before.as_ref(), after.as_ref()));
                }
            }
            Shape::Free | Shape::CheckSettings => {
                let keys = |value: Option<&Value>| -> Vec<String> {
                    value.and_then(Value::as_object).map(|map| map.keys().cloned().collect()).unwrap_or_default()
                };
                let mut names = keys(after);
                names.extend(keys(before).into_iter().filter(|name| !names.contains(name)).collect::<Vec<_>>());
                if hidden {
                    let change = self.change(&dotted(path), field, (before, after), true, self.is_new);
                    self.changes.fields.extend(change);
                    return;
                }
                for name in names {
                    let of = |value: Option<&'_ Value>| value.and_then(|value| value.get(&name)).cloned();
                    let (before, after) = (of(before), of(after));
                    let path = format!("{}.{name}", dotted(path));
                    let change = self.change(&path, field, (before.as_ref(), after.as_ref()), false, self.is_new);
                    self.changes.fields.extend(change);
                }
            }
            _ => {
                let change = self.change(&dotted(path), field, (before, after), hidden, self.is_new);
                self.changes.fields.extend(change);
            }
        }
    }

    /// The change of a field, if it is one: words of a list may stand in any order.
    fn change(
        &self,
        path: &str,
        field: &'static Field,
        values: (Option<&Value>, Option<&Value>),
        hidden: bool,
        is_of_new: bool,
    ) -> Option<FieldChange> {
        let (before, after) = values;
        if before == after {
            return None;
        }
        let said = |state: &State<'_>, value: &Value| say(state, field, value);
        let was = |value: &Value| said(self.before, value);
        let is = |value: &Value| said(self.after, value);
        let words = match (before, after) {
            _ if hidden => match (before, after) {
                (None, _) if is_of_new => "private",
                (None, _) => "added (private)",
                (_, None) => "removed (private)",
                _ => "changed (private)",
            }
            .to_owned(),
            (Some(Value::Array(before)), Some(Value::Array(after))) => {
                let gone: Vec<String> = lacking(before, after).into_iter().map(was).collect();
                let new: Vec<String> = lacking(after, before).into_iter().map(is).collect();
                let part =
                    |word: &str, items: &[String]| (!items.is_empty()).then(|| format!("{word} {}", items.join(", ")));
                let parts: Vec<String> = [part("removed", &gone), part("added", &new)].into_iter().flatten().collect();
                if parts.is_empty() {
                    return None;
                }
                parts.join("; ")
            }
            (None, Some(after)) if is_of_new => is(after),
            (None, Some(after)) => format!("not set \u{2192} {}", is(after)),
            (Some(before), None) => format!("{} \u{2192} removed", was(before)),
            (Some(before), Some(after)) => format!("{} \u{2192} {}", was(before), is(after)),
            (None, None) => return None,
        };
        let shown = |value: Option<&Value>| value.filter(|_| !hidden).cloned();
        Some(FieldChange {
            record: self.after.record(),
            name: self.after.name.clone(),
            field: path.to_owned(),
            before: shown(before),
            after: shown(after),
            private: hidden,
            is_of_new,
            words,
        })
    }

    fn entries(
        &mut self,
        top: &'static Field,
        path: &[&'static Field],
        table: &'static TableDef,
        values: (Option<&Value>, Option<&Value>),
    ) {
        let list = |value: Option<&Value>| value.and_then(Value::as_array).cloned().unwrap_or_default();
        let (old, new) = (list(values.0), list(values.1));
        let versions = [old.as_slice(), new.as_slice()];
        let ids = table.key.map_or_else(|| tell_words_apart(&versions), |key| key.tell_apart(&versions));
        let (old_ids, new_ids) = match ids.as_slice() {
            [old, new] => (old.clone(), new.clone()),
            _ => return,
        };
        let places: HashMap<&EntryId, usize> = old_ids.iter().enumerate().map(|(at, id)| (id, at)).collect();
        let kept: HashSet<usize> = new_ids.iter().filter_map(|id| places.get(id).copied()).collect();
        let mut gone: Vec<usize> = (0..old.len()).filter(|at| !kept.contains(at)).collect();
        let pairs: Vec<(Option<usize>, usize)> = new_ids
            .iter()
            .enumerate()
            .map(|(at, id)| {
                let matched = places.get(id).copied().or_else(|| {
                    let new = new.get(at)?;
                    let is_one = |was: &usize| {
                        old.get(*was).and_then(|old| is_likely_one(path, table, old, new)).unwrap_or(false)
                    };
                    let place = gone.iter().take(MOST_LIKELY).position(is_one)?;
                    Some(gone.remove(place))
                });
                (matched, at)
            })
            .collect();
        let place = Place { top, path, table };
        for (was, is) in pairs {
            let entry =
                self.entry(&place, was.and_then(|at| Some((at, old.get(at)?))), new.get(is).map(|entry| (is, entry)));
            self.changes.entries.extend(entry);
        }
        for at in gone {
            let entry = self.entry(&place, old.get(at).map(|entry| (at, entry)), None);
            self.changes.entries.extend(entry);
        }
    }

    fn entry(
        &self,
        place: &Place<'_>,
        before: Option<(usize, &Value)>,
        after: Option<(usize, &Value)>,
    ) -> Option<EntryChange> {
        if before.map(|(_, entry)| entry) == after.map(|(_, entry)| entry) {
            return None;
        }
        let Place { top, path, table } = place;
        let list = path.last()?;
        let hides = |field: Option<&'static Field>| {
            before.is_some_and(|(at, _)| self.before.hides(top, Some(at), field))
                || after.is_some_and(|(at, _)| self.after.hides(top, Some(at), field))
        };
        let of = |entry: Option<(usize, &Value)>, name: &str| entry.and_then(|(_, entry)| entry.get(name)).cloned();
        let mut fields = Vec::new();
        for field in table.fields {
            let (was, is) = (of(before, field.name), of(after, field.name));
            if after.is_some() {
                let values = (was.as_ref(), is.as_ref());
                fields.extend(self.change(field.name, field, values, hides(Some(field)), before.is_none()));
            }
        }
        // Words in another order.
        if before.is_some() && after.is_some() && fields.is_empty() {
            return None;
        }
        let (state, (_, entry)) = match after {
            Some(after) => (self.after, after),
            None => (self.before, before?),
        };
        let shown: Map<String, Value> = table
            .fields
            .iter()
            .filter(|field| !hides(Some(field)))
            .filter_map(|field| Some((field.name.to_owned(), entry.get(field.name)?.clone())))
            .collect();
        let is_hidden = |field: &&'static Field| entry.get(field.name).is_some() && hides(Some(field));
        let private = table.fields.iter().any(|field| is_hidden(&field)) || fields.iter().any(|field| field.private);
        let change = match (before, after) {
            (None, _) => EntryStep::Added,
            (_, None) => EntryStep::Removed,
            _ => EntryStep::Changed,
        };
        // A changed entry is named by its key, any other by all that it says.
        let named: Map<String, Value> = match (change, table.key) {
            (EntryStep::Changed, Some(key)) if !key.fields.is_empty() => {
                let is_key = |name: &str| key.fields.contains(&name) || key.instead.contains(&name);
                shown
                    .iter()
                    .filter(|(name, _)| is_key(name))
                    .map(|(name, value)| (name.clone(), value.clone()))
                    .collect()
            }
            _ => shown.clone(),
        };
        let mut said = say(state, list, &Value::Object(named));
        if said.is_empty() {
            said = if private { "private".to_owned() } else { "entry".to_owned() };
        } else if private && change != EntryStep::Changed {
            said.push_str(" (more is private)");
        }
        Some(EntryChange {
            record: self.after.record(),
            name: self.after.name.clone(),
            list: dotted(path),
            change,
            entry: shown,
            fields,
            private,
            noun: strip_article(table.noun),
            words: said,
        })
    }
}

/// A value in words; a proof is named and not printed.
fn say(state: &State<'_>, field: &'static Field, value: &Value) -> String {
    const ARMOR: &str = "-----BEGIN";
    let mut value = value.clone();
    let parts = match &mut value {
        Value::Object(fields) => fields.values_mut().collect(),
        one => vec![one],
    };
    for part in parts {
        if part.as_str().is_some_and(|text| text.trim_start().starts_with(ARMOR)) {
            *part = Value::from("an SSH signature");
        }
    }
    in_words(state.ledger, field, &value).trim().to_owned()
}

/// A list of entries in a record.
struct Place<'p> {
    top: &'static Field,
    path: &'p [&'static Field],
    table: &'static TableDef,
}

/// Whether an entry that is gone and one that is new are one whose key changed: all but one of their fields are equal. Of the
/// seats of a committee, those of one role are the same. What someone said is never another's.
fn is_likely_one(path: &[&'static Field], table: &'static TableDef, old: &Value, new: &Value) -> Option<bool> {
    if table.key.is_some_and(|key| key.is_one) {
        return Some(false);
    }
    let (old, new) = (old.as_object()?, new.as_object()?);
    if path.last()?.name == "seats" && old.get("role").is_some() && old.get("role") == new.get("role") {
        return Some(true);
    }
    let names: HashSet<&String> = old.keys().chain(new.keys()).collect();
    let equal = names.iter().filter(|name| old.get(**name) == new.get(**name)).count();
    Some(equal > 0 && names.len() - equal == 1)
}

/// The words of a list that another one does not have.
fn lacking<'v>(words: &'v [Value], other: &[Value]) -> Vec<&'v Value> {
    let known: HashSet<String> = other.iter().map(Value::to_string).collect();
    words.iter().filter(|word| !known.contains(&word.to_string())).collect()
}

fn dotted(path: &[&'static Field]) -> String {
    path.iter().map(|field| field.name).collect::<Vec<_>>().join(".")
}

/// A noun without its article.
fn strip_article(noun: &'static str) -> &'static str {
    ["a ", "an ", "the "].into_iter().find_map(|article| noun.strip_prefix(article)).unwrap_or(noun)
}

/// A count of entries: `2 signatures`, `1 agenda item`.
pub(super) fn count_nouns(count: usize, noun: &str) -> String {
    let many = match noun.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'o', 'u']) => format!("{stem}ies"),
        _ if noun.ends_with("ch") || noun.ends_with('s') || noun.ends_with('x') => format!("{noun}es"),
        _ => format!("{noun}s"),
    };
    words::count_of(count, noun, &many)
}
