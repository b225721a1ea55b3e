//! The merge of what three versions of a record say, without a word about how they are written: what the result must mean,
//! where it comes from, and where the two sides collide. Every text that a merge makes is proven against it.

use super::place::{EntryIds, Place, Side, Step, Trio, field_in};
use crate::record::entry_key::EntryId;
use crate::record::field::{Field, Shape, TableDef};
use serde_json::{Map, Value};
use std::collections::{HashMap, HashSet};

/// What becomes of a place. Where nothing is said, ours stays as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Take {
    /// Theirs comes in.
    Theirs,
    /// It goes, because they removed it.
    Gone,
    /// A list of words with what both sides added, without what either removed.
    Words,
    /// A text of several lines, in which the two sides changed different ones.
    Lines,
    /// The two sides collide.
    Clash,
}

/// How two sides collide.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ClashKind {
    /// Both sides say something else.
    Differ,
    /// Our side removed it, and theirs changed it.
    WeRemoved,
    /// Their side removed it, and ours changed it.
    TheyRemoved,
    /// Both sides put something else in place of an entry.
    Replaced,
}

/// A place where the two sides collide.
#[derive(Debug, Clone)]
pub(super) struct Clash {
    /// Where.
    pub place: Place,
    /// How.
    pub kind: ClashKind,
    /// The field; of an entry, the list that holds it.
    pub field: Option<&'static Field>,
    /// What both sides say there, or the base if one of them removed it.
    pub values: Trio<Option<Value>>,
}

/// What a merge of three versions comes to.
#[derive(Debug)]
pub(super) struct DataMerge {
    /// What the result says, with our side where the two collide.
    pub ours: Map<String, Value>,
    /// What the result says, with their side where the two collide.
    pub theirs: Map<String, Value>,
    /// What becomes of each place.
    pub takes: HashMap<Place, Take>,
    /// Where the two sides collide.
    pub clashes: Vec<Clash>,
}

/// Merges texts of several lines, and says whether the sides changed different lines.
pub(super) type MergeLines<'m> = &'m dyn Fn(&str, &str, &str) -> Option<String>;

/// Merges what three versions say. `by_git` is what git's merge by lines says, where it found no conflict: lists and tables of
/// one's own are then taken from there, since no field table says how to merge them.
pub(super) fn merge_data(
    versions: &Trio<Map<String, Value>>,
    ids: &EntryIds,
    find: &dyn Fn(&str) -> Option<&'static Field>,
    lines: MergeLines<'_>,
    by_git: Option<&Map<String, Value>>,
) -> DataMerge {
    let mut merger = Merger { ids, lines, by_git, takes: HashMap::new(), clashes: Vec::new() };
    let both = merger.table(
        &mut Vec::new(),
        find,
        Zone::Known,
        Trio2 { base: Some(&versions.base), ours: &versions.ours, theirs: &versions.theirs },
    );
    DataMerge { ours: both.0, theirs: both.1, takes: merger.takes, clashes: merger.clashes }
}

/// Whether a field table says what is here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Zone {
    /// It does.
    Known,
    /// It does not: values of one's own are never put together from two.
    Free,
}

/// The result with our side where the two collide, and with theirs.
type Both<T> = (T, T);

struct Merger<'m> {
    ids: &'m EntryIds,
    lines: MergeLines<'m>,
    by_git: Option<&'m Map<String, Value>>,
    takes: HashMap<Place, Take>,
    clashes: Vec<Clash>,
}

impl Merger<'_> {
    fn table(
        &mut self,
        place: &mut Place,
        find: &dyn Fn(&str) -> Option<&'static Field>,
        zone: Zone,
        tables: Trio2<'_, Map<String, Value>>,
    ) -> Both<Map<String, Value>> {
        let mut both = (Map::new(), Map::new());
        // What both sides took out of a table of one's own may be there under another name.
        let renamed = zone == Zone::Free
            && self.by_git.is_none()
            && tables.base.is_some_and(|base| {
                base.keys().any(|key| !tables.ours.contains_key(key) && !tables.theirs.contains_key(key))
            });
        let in_theirs = tables.theirs.keys().filter(|key| !tables.ours.contains_key(*key));
        for key in tables.ours.keys().chain(in_theirs) {
            let values = Trio {
                base: tables.base.and_then(|table| table.get(key)),
                ours: tables.ours.get(key),
                theirs: tables.theirs.get(key),
            };
            place.push(Step::Key(key.clone()));
            let is_alone = values.base.is_none() && values.ours.is_some() != values.theirs.is_some();
            let (with_ours, with_theirs) = if renamed && is_alone {
                self.clash(place, ClashKind::Replaced, find(key), values);
                (values.ours.cloned(), values.theirs.cloned())
            } else {
                self.value(place, find(key), zone, values)
            };
            place.pop();
            both.0.extend(with_ours.map(|value| (key.clone(), value)));
            both.1.extend(with_theirs.map(|value| (key.clone(), value)));
        }
        both
    }

    fn value(
        &mut self,
        place: &mut Place,
        field: Option<&'static Field>,
        zone: Zone,
        values: Trio<Option<&Value>>,
    ) -> Both<Option<Value>> {
        let Trio { base, ours, theirs } = values;
        let one = |value: Option<&Value>| (value.cloned(), value.cloned());
        if ours == theirs || theirs == base {
            return one(ours);
        }
        let shape = field.map(|field| (field.shape)());
        let zone = match shape {
            Some(Shape::Free) | None => Zone::Free,
            _ => zone,
        };
        if zone == Zone::Free
            && ours != base
            && let Some(merged) = self.value_by_git(place, ours, theirs)
        {
            return one(merged);
        }
        // Tables and lists of entries are gone through, so that only what changed is changed in the text.
        if let (Some(Value::Object(ours)), Some(Value::Object(theirs))) = (ours, theirs)
            && !matches!(shape, Some(Shape::Requirement | Shape::Eligible))
        {
            let base = base.and_then(Value::as_object);
            let find = |key: &str| field_in(field, key);
            let merged = self.table(place, &find, zone, Trio2 { base, ours, theirs });
            return (Some(Value::Object(merged.0)), Some(Value::Object(merged.1)));
        }
        if let (Some(Shape::Table(table)), Some(field)) = (&shape, field)
            && field.many
            && (base.is_some() || (ours.is_some() && theirs.is_some()))
            && [base, ours, theirs].into_iter().flatten().all(is_list_of_entries)
        {
            let entries = values.map(|value| value.and_then(Value::as_array).map_or(&[][..], Vec::as_slice));
            if theirs.is_none() && ours == base {
                self.takes.insert(place.clone(), Take::Gone);
            }
            let merged = self.entries(place, field, table, &entries);
            let list = |entries: Vec<Value>| (!entries.is_empty()).then_some(Value::Array(entries));
            return (list(merged.0), list(merged.1));
        }
        if ours == base {
            let take = if theirs.is_some() { Take::Theirs } else { Take::Gone };
            self.takes.insert(place.clone(), take);
            return one(theirs);
        }
        if zone == Zone::Known
            && let (Some(Value::Array(ours)), Some(Value::Array(theirs))) = (ours, theirs)
            && let Some(field) = field
            && field.many
            && base.is_none_or(Value::is_array)
        {
            let base = base.and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
            let words = merge_words(base, ours, theirs);
            self.takes.insert(place.clone(), Take::Words);
            return one(Some(&Value::Array(words)));
        }
        if let (Some(Value::String(base)), Some(Value::String(ours)), Some(Value::String(theirs))) =
            (base, ours, theirs)
            && zone == Zone::Known
            && matches!(shape, Some(Shape::Prose))
            && field.is_some_and(|field| !field.flags.duty)
            && let Some(merged) = (self.lines)(base, ours, theirs)
        {
            self.takes.insert(place.clone(), Take::Lines);
            return one(Some(&Value::from(merged)));
        }
        let kind = match (ours, theirs) {
            (None, _) => ClashKind::WeRemoved,
            (_, None) => ClashKind::TheyRemoved,
            _ => ClashKind::Differ,
        };
        self.clash(place, kind, field, values);
        (ours.cloned(), theirs.cloned())
    }

    /// A value of one's own as git merged it by lines, where that can be asked: no entry may be in it more often than on a side.
    fn value_by_git(&self, place: &[Step], ours: Option<&Value>, theirs: Option<&Value>) -> Option<Option<&Value>> {
        let mut value = None;
        for (depth, step) in place.iter().enumerate() {
            let Step::Key(key) = step else { return None };
            value = if depth == 0 { self.by_git?.get(key) } else { value.and_then(|value: &Value| value.get(key)) };
        }
        value.is_none_or(|value| is_sound(value, ours, theirs)).then_some(value)
    }

    fn clash(&mut self, place: &Place, kind: ClashKind, field: Option<&'static Field>, values: Trio<Option<&Value>>) {
        self.takes.insert(place.clone(), Take::Clash);
        let values = values.map(|value| value.cloned());
        self.clashes.push(Clash { place: place.clone(), kind, field, values });
    }

    fn entries(
        &mut self,
        place: &mut Place,
        list: &'static Field,
        table: &'static TableDef,
        entries: &Trio<&[Value]>,
    ) -> Both<Vec<Value>> {
        let ids = self.ids;
        let of = |side: Side| -> HashMap<&EntryId, &Value> {
            ids.of(place, side).iter().zip(entries.of(side).iter()).collect()
        };
        let by_id = Trio { base: of(Side::Base), ours: of(Side::Ours), theirs: of(Side::Theirs) };
        let replaced = replaced_entries(ids, place, &by_id);
        let mut both = (Vec::new(), Vec::new());
        let list_place = place.clone();
        let new = ids.of(&list_place, Side::Theirs).iter().filter(|id| !by_id.ours.contains_key(id));
        for id in ids.of(&list_place, Side::Ours).iter().chain(new) {
            let values = by_id.map(|entries| entries.get(id).copied());
            place.push(Step::Entry(id.clone()));
            let merged = if replaced.contains(id) {
                self.clash(place, ClashKind::Replaced, Some(list), values);
                (values.ours.cloned(), values.theirs.cloned())
            } else {
                self.entry(place, list, table, values)
            };
            place.pop();
            both.0.extend(merged.0);
            both.1.extend(merged.1);
        }
        both
    }

    fn entry(
        &mut self,
        place: &mut Place,
        list: &'static Field,
        table: &'static TableDef,
        values: Trio<Option<&Value>>,
    ) -> Both<Option<Value>> {
        let one = |value: Option<&Value>| (value.cloned(), value.cloned());
        let Trio { base, ours, theirs } = values;
        if ours == theirs || theirs == base {
            return one(ours);
        }
        let (Some(Value::Object(of_ours)), Some(Value::Object(of_theirs))) = (ours, theirs) else {
            if ours == base {
                self.takes.insert(place.clone(), if theirs.is_some() { Take::Theirs } else { Take::Gone });
                return one(theirs);
            }
            let kind = if ours.is_none() { ClashKind::WeRemoved } else { ClashKind::TheyRemoved };
            self.clash(place, kind, Some(list), values);
            return (ours.cloned(), theirs.cloned());
        };
        let is_changed_twice = ours != base;
        let is_one = table.key.is_some_and(|key| key.is_one);
        let contradict = base.is_none() && contradict(of_ours, of_theirs);
        if is_changed_twice && (is_one || contradict) {
            self.clash(place, ClashKind::Differ, Some(list), values);
            return (ours.cloned(), theirs.cloned());
        }
        let base = base.and_then(Value::as_object);
        let find = |key: &str| table.field(key);
        let merged = self.table(place, &find, Zone::Known, Trio2 { base, ours: of_ours, theirs: of_theirs });
        (Some(Value::Object(merged.0)), Some(Value::Object(merged.1)))
    }
}

/// Whether no list in a value has an entry more often than one of the sides has it.
fn is_sound(merged: &Value, ours: Option<&Value>, theirs: Option<&Value>) -> bool {
    match merged {
        Value::Object(fields) => fields.iter().all(|(key, value)| {
            let inner = |side: Option<&'_ Value>| side.and_then(|side| side.get(key)).cloned();
            is_sound(value, inner(ours).as_ref(), inner(theirs).as_ref())
        }),
        Value::Array(entries) => {
            let count = |list: &[Value], entry: &Value| list.iter().filter(|other| *other == entry).count();
            let sides = [ours, theirs].map(|side| side.and_then(Value::as_array).map_or(&[][..], Vec::as_slice));
            let most = |entry: &Value| sides.iter().map(|side| count(side, entry)).max().unwrap_or(0).max(1);
            entries.iter().all(|entry| count(entries, entry) <= most(entry))
        }
        _ => true,
    }
}

/// Three versions of a table that both sides have.
struct Trio2<'v, T> {
    base: Option<&'v T>,
    ours: &'v T,
    theirs: &'v T,
}

/// Whether two entries that both sides added say different things about the same: a field differs, or one of them says yes
/// where the other says nothing.
fn contradict(ours: &Map<String, Value>, theirs: &Map<String, Value>) -> bool {
    let says_otherwise = |one: &Map<String, Value>, other: &Map<String, Value>| {
        one.iter().any(|(key, value)| match other.get(key) {
            Some(other) => other != value,
            None => value.is_boolean(),
        })
    };
    says_otherwise(ours, theirs) || says_otherwise(theirs, ours)
}

/// The entries that both sides put in place of one that neither of them has anymore: what was one entry would become two.
fn replaced_entries(ids: &EntryIds, list: &Place, by_id: &Trio<HashMap<&EntryId, &Value>>) -> HashSet<EntryId> {
    let is_kept = |id: &EntryId| by_id.ours.contains_key(id) && by_id.theirs.contains_key(id);
    let mut replaced = HashSet::new();
    let mut before: Option<&EntryId> = None;
    let base = ids.of(list, Side::Base);
    let new_after = |side: Side, before: Option<&EntryId>| -> Vec<&EntryId> {
        let all = ids.of(list, side);
        let start = before.and_then(|id| all.iter().position(|other| other == id)).map_or(0, |at| at + 1);
        let until_kept = all.iter().skip(start).take_while(|id| !(by_id.base.contains_key(id) && is_kept(id)));
        until_kept.filter(|id| !by_id.base.contains_key(id)).collect()
    };
    let mut is_open = false;
    for id in base {
        if is_kept(id) {
            before = Some(id);
            is_open = false;
        } else if !by_id.ours.contains_key(id) && !by_id.theirs.contains_key(id) && !is_open {
            is_open = true;
            let (ours, theirs) = (new_after(Side::Ours, before), new_after(Side::Theirs, before));
            if !ours.is_empty() && !theirs.is_empty() && ours != theirs {
                let only =
                    ours.iter().filter(|id| !theirs.contains(id)).chain(theirs.iter().filter(|id| !ours.contains(id)));
                replaced.extend(only.map(|id| (*id).clone()));
            }
        }
    }
    replaced
}

fn is_list_of_entries(value: &Value) -> bool {
    value.as_array().is_some_and(|entries| entries.iter().all(Value::is_object))
}

/// Words as sets: what both sides have, without what either removed.
fn merge_words(base: &[Value], ours: &[Value], theirs: &[Value]) -> Vec<Value> {
    let ours_has = word_set(ours);
    let theirs_has = word_set(theirs);
    let base_has = word_set(base);
    let is_removed = |word: &Value| {
        let word = word.to_string();
        base_has.contains(&word) && !(ours_has.contains(&word) && theirs_has.contains(&word))
    };
    let new = theirs.iter().filter(|word| !ours_has.contains(&word.to_string()));
    ours.iter().chain(new).filter(|word| !is_removed(word)).cloned().collect()
}

/// The words of a list.
pub(super) fn word_set(words: &[Value]) -> HashSet<String> {
    words.iter().map(Value::to_string).collect()
}

/// What a record says, in one form: the order of entries and words means nothing here, and a list without any is none.
pub(super) fn meaning(fields: &Map<String, Value>, find: &dyn Fn(&str) -> Option<&'static Field>) -> Value {
    let fields = fields.iter().filter(|(_, value)| !value.as_array().is_some_and(Vec::is_empty));
    let mut fields: Map<String, Value> = fields
        .map(|(key, value)| {
            let field = find(key);
            let inner = |key: &str| field_in(field, key);
            let value = match value {
                Value::Object(table) => meaning(table, &inner),
                Value::Array(entries) => {
                    let mut entries: Vec<Value> = entries
                        .iter()
                        .map(|entry| entry.as_object().map_or_else(|| entry.clone(), |entry| meaning(entry, &inner)))
                        .collect();
                    if field.is_some_and(|field| field.many) {
                        entries.sort_by_cached_key(Value::to_string);
                    }
                    Value::Array(entries)
                }
                other => other.clone(),
            };
            (key.clone(), value)
        })
        .collect();
    fields.sort_keys();
    Value::Object(fields)
}
