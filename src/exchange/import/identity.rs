//! Matches rows to records: to an existing record that has all of the row's data, or to a new one. A row that could be either is
//! refused. This makes importing again safe, and never overwrites anything.

use super::column::has_person_names;
use super::language::{LANGUAGES, split_languages};
use super::written_name::without_titles;
use crate::exchange::incoming::{BY_SOURCE_ID, Incoming, quote, source_id};
use crate::kind::{Kind, RecordKey};
use crate::ledger::{Ledger, is_reserved};
use crate::parse::alike::{alike, compose, fold};
use crate::parse::suggest::slug;
use crate::record::field::Shape;
use crate::record::{AnyRecord, fields_of};
use rust_decimal::Decimal;
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// The longest id that is made from a name.
const LONGEST_ID: usize = 60;

/// The outcome for a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum RowOutcome {
    /// It becomes a new record with this id.
    New(String),
    /// The record with this id already has all of its data.
    Unchanged(String),
    /// The record with this id gets its data.
    Update(String),
    /// The row is refused, for this reason.
    Refused(String),
}

impl RowOutcome {
    /// The id of the record, unless the row is refused.
    pub(crate) fn id(&self) -> Option<&str> {
        match self {
            RowOutcome::New(id) | RowOutcome::Unchanged(id) | RowOutcome::Update(id) => Some(id),
            RowOutcome::Refused(_) => None,
        }
    }
}

/// The id made from a name.
pub(crate) fn id_of(kind: Kind, name: &str) -> String {
    let plain = if has_person_names(kind) { without_titles(name) } else { name };
    let id = shorten_id(&slug(plain));
    if id.is_empty() {
        kind.singular().to_owned()
    } else if is_reserved(&id) {
        format!("{kind}-{id}")
    } else {
        id
    }
}

/// An id, cut at a word if it is too long.
fn shorten_id(id: &str) -> String {
    if id.len() <= LONGEST_ID {
        return id.to_owned();
    }
    let start = id.get(..=LONGEST_ID).unwrap_or(id);
    let end = start.rfind('-').filter(|end| *end > LONGEST_ID / 2).unwrap_or(LONGEST_ID);
    id.get(..end).unwrap_or(id).trim_end_matches('-').to_owned()
}

/// A name as it is compared: regardless of case, spaces and accents. Punctuation counts: C++ is not C.
fn fold_name(name: &str) -> String {
    let latin = deunicode::deunicode_with_tofu(name, "\u{fffd}").to_lowercase();
    let known = if latin.contains('\u{fffd}') { name.to_lowercase() } else { latin };
    known.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// All names of a record, in the form used for comparison.
fn names_of(name: &str, json: &Map<String, Value>) -> BTreeSet<String> {
    let others = json.get("other_names").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
    std::iter::once(name).chain(others).map(fold_name).collect()
}

/// A record of the ledger.
struct ExistingRecord<'l> {
    id: &'l str,
    name: &'l str,
    json: Map<String, Value>,
}

/// The records of a kind in the ledger, and which of them rows have claimed.
pub(super) struct Identities<'l> {
    ledger: &'l Ledger,
    kind: Kind,
    present: BTreeMap<&'l str, ExistingRecord<'l>>,
    /// The records with one name, in the order of their numbers.
    families: HashMap<String, Vec<&'l str>>,
    /// The records by the ID that an import file gives them.
    by_key: HashMap<String, &'l str>,
    claimed: HashSet<&'l str>,
    update: bool,
}

impl<'l> Identities<'l> {
    /// The records of a kind. With `update`, a row changes the record that it matches.
    pub(super) fn new(ledger: &'l Ledger, kind: Kind, update: bool) -> Identities<'l> {
        let mut new = Identities {
            ledger,
            kind,
            present: BTreeMap::new(),
            families: HashMap::new(),
            by_key: HashMap::new(),
            claimed: HashSet::new(),
            update,
        };
        for record in ledger.records_of(kind) {
            new.add(record);
        }
        for family in new.families.values_mut() {
            family.sort_by_key(|id| (id.len(), *id));
        }
        new
    }

    fn add(&mut self, record: &'l dyn AnyRecord) {
        let (id, name) = (&*record.key().id, record.name());
        let json = self.ledger.json_of(record);
        if let Some(key) = source_id(&json) {
            self.by_key.insert(key.to_owned(), id);
        }
        for name in names_of(name, &json) {
            self.families.entry(name).or_default().push(id);
        }
        self.present.insert(id, ExistingRecord { id, name, json });
    }

    /// Decides the outcomes for rows, in order. Each row comes with its data as a record reads it.
    pub(super) fn decide_outcomes(mut self, rows: &[(&Incoming, &Map<String, Value>)]) -> Vec<RowOutcome> {
        let mut outcomes: Vec<Option<RowOutcome>> = vec![None; rows.len()];
        // Rows by name, in the order in which the names appear.
        let mut families: Vec<(String, Vec<usize>)> = Vec::new();
        let mut family_of: HashMap<String, usize> = HashMap::new();
        let mut given: HashMap<&str, &str> = HashMap::new();
        let mut keys: HashMap<&str, &str> = HashMap::new();
        for (at, (row, imported)) in rows.iter().enumerate() {
            if let Some(key) = source_id(imported) {
                if let Some(first) = keys.get(key) {
                    outcomes[at] = Some(RowOutcome::Refused(format!(
                        "{first} has the same ID `{key}` and different data; fix one of them"
                    )));
                    continue;
                }
                keys.insert(key, &row.place);
            }
            match &row.id {
                Some(id) => {
                    if let Some(first) = given.insert(id, &row.place) {
                        outcomes[at] = Some(RowOutcome::Refused(format!(
                            "{first} has the same id `{id}`; give each row its own id"
                        )));
                        given.insert(id, first);
                    }
                }
                None => {
                    let family = *family_of.entry(fold_name(name_of(row))).or_insert(families.len());
                    if family == families.len() {
                        families.push((fold_name(name_of(row)), Vec::new()));
                    }
                    families[family].1.push(at);
                }
            }
        }
        for (at, (row, imported)) in rows.iter().enumerate() {
            if let (Some(id), None) = (&row.id, &outcomes[at]) {
                outcomes[at] = Some(self.decide_by_id(id, imported));
            }
        }
        for (name, members) in &families {
            self.recognize(name, members, rows, &mut outcomes);
        }
        let rows_without_id = rows.iter().filter(|(row, _)| row.id.is_none());
        let base_ids: HashSet<String> = rows_without_id.map(|(row, _)| id_of(self.kind, name_of(row))).collect();
        let mut used_ids: HashSet<String> = self.present.keys().map(|id| (*id).to_owned()).collect();
        used_ids.extend(self.ledger.unread.iter().filter(|key| key.kind == self.kind).map(|key| key.id.to_string()));
        used_ids.extend(given.keys().map(|id| (*id).to_owned()));
        let mut numbers = FreeIds { base_ids, used_ids, next: HashMap::new() };
        for (name, members) in &families {
            self.assign_ids(name, members, rows, &mut outcomes, &mut numbers);
        }
        outcomes
            .into_iter()
            .map(|outcome| {
                outcome.unwrap_or_else(|| RowOutcome::Refused("internal error: this row was not examined".to_owned()))
            })
            .collect()
    }

    fn is_unread(&self, id: &str) -> bool {
        self.ledger.unread.contains(&RecordKey::new(self.kind, id))
    }

    /// Decides the outcome for a row with an id of its own.
    fn decide_by_id(&mut self, id: &str, imported: &Map<String, Value>) -> RowOutcome {
        if self.is_unread(id) {
            return RowOutcome::Refused(format!("the file of {}/{id} cannot be read; fix it first", self.kind));
        }
        let id_of_new = if is_reserved(id) { format!("{}-{id}", self.kind) } else { id.to_owned() };
        let Some(present) = self.present.get(id_of_new.as_str()) else { return RowOutcome::New(id_of_new) };
        let id = present.id;
        let outcome = self.compare_with(id, imported);
        self.claimed.insert(id);
        outcome
    }

    /// Decides the outcome for a row that certainly means this record.
    fn compare_with(&self, id: &str, imported: &Map<String, Value>) -> RowOutcome {
        let Some(present) = self.present.get(id) else { return RowOutcome::New(id.to_owned()) };
        match first_difference(self.ledger, self.kind, &present.json, imported) {
            None => RowOutcome::Unchanged(id.to_owned()),
            Some(_) if self.update => RowOutcome::Update(id.to_owned()),
            Some(field) => RowOutcome::Refused(format!(
                "{}/{id} has a different value for `{field}`; to replace it with the row's data, use --update",
                self.kind
            )),
        }
    }

    /// Finds the records that already have the data of rows with one name. Rows with the most data choose first.
    fn recognize(
        &mut self,
        name: &str,
        members: &[usize],
        rows: &[(&Incoming, &Map<String, Value>)],
        outcomes: &mut [Option<RowOutcome>],
    ) {
        let ids = self.families.get(name).cloned().unwrap_or_default();
        let members_of = ids.iter().filter_map(|id| Some((*id, &self.present.get(id)?.json)));
        let family = Family::new(self.kind, members_of);
        let mut order: Vec<(usize, usize)> = members.iter().copied().enumerate().collect();
        order.sort_by_key(|(_, at)| std::cmp::Reverse(count_values(rows[*at].1)));
        for (position, at) in order {
            let imported = rows[at].1;
            if let Some(id) = source_id(imported).and_then(|key| self.by_key.get(key).copied()) {
                outcomes[at] = Some(self.compare_with(id, imported));
                self.claimed.insert(id);
                continue;
            }
            // When a file is imported again, each row finds its record at the same position.
            let same_position = ids.get(position).copied();
            let others = family.candidates(self.kind, imported).iter().copied();
            let found = same_position.into_iter().chain(others).find(|id| {
                let present = self.present.get(id).filter(|_| !self.claimed.contains(id));
                present
                    .is_some_and(|present| first_difference(self.ledger, self.kind, &present.json, imported).is_none())
            });
            if let Some(id) = found {
                self.claimed.insert(id);
                outcomes[at] = Some(RowOutcome::Unchanged(id.to_owned()));
            }
        }
    }

    /// Gives ids to the new records of one name, and refuses rows that could be an existing record.
    fn assign_ids(
        &mut self,
        name: &str,
        members: &[usize],
        rows: &[(&Incoming, &Map<String, Value>)],
        outcomes: &mut [Option<RowOutcome>],
        numbers: &mut FreeIds,
    ) {
        let family = self.families.get(name).cloned().unwrap_or_default();
        let remaining: Vec<usize> = members.iter().copied().filter(|at| outcomes[*at].is_none()).collect();
        let unclaimed: Vec<&ExistingRecord<'_>> =
            family.iter().filter(|id| !self.claimed.contains(*id)).filter_map(|id| self.present.get(id)).collect();
        let present = ByDay::new(unclaimed.iter().map(|present| (day(self.kind, &present.json), *present)));
        let coming = ByDay::new(remaining.iter().map(|at| (day(self.kind, rows[*at].1), *at)));
        // If only the name counts, all rows have the same rivals.
        let has_days = remaining.iter().any(|at| day(self.kind, rows[*at].1).is_some());
        let unnumbered: Vec<&ExistingRecord<'_>> =
            unclaimed.iter().copied().filter(|present| source_id(&present.json).is_none()).collect();
        for at in &remaining {
            let imported = rows[*at].1;
            let on = day(self.kind, imported);
            let is_distinct = |json: &Map<String, Value>| is_distinct(self.ledger, self.kind, json, imported);
            // A record with another ID in the import file is certainly a different record.
            let may_be = |present: &&ExistingRecord<'_>| {
                let is_known = source_id(imported).is_some() && source_id(&present.json).is_some();
                !is_known && !self.claimed.contains(present.id) && !is_distinct(&present.json)
            };
            let near: Vec<&ExistingRecord<'_>> =
                if has_days { present.near(on).filter(may_be).collect() } else { Vec::new() };
            let rivals = match source_id(imported) {
                _ if has_days => &near,
                None => &unclaimed,
                Some(_) => &unnumbered,
            };
            let is_alone = if has_days {
                coming.near(on).filter(|other| !is_distinct(rows[*other].1)).take(2).count() == 1
            } else {
                remaining.len() == 1
            };
            let base = id_of(self.kind, name_of(rows[*at].0));
            let outcome = match rivals.as_slice() {
                _ if self.is_unread(&base) => {
                    RowOutcome::Refused(format!("the file of {}/{base} cannot be read; fix it first", self.kind))
                }
                [] => RowOutcome::New(numbers.next_free(&base)),
                [rival] if self.update && is_alone => {
                    let id = rival.id;
                    self.claimed.insert(id);
                    RowOutcome::Update(id.to_owned())
                }
                [rival, ..] => RowOutcome::Refused(describe_rival(self.kind, rival, rivals.len(), self.update)),
            };
            outcomes[*at] = Some(outcome);
        }
    }
}

/// The ids for new records.
struct FreeIds {
    /// The ids made from names alone: no record gets one of these by adding a number.
    base_ids: HashSet<String>,
    used_ids: HashSet<String>,
    next: HashMap<String, usize>,
}

impl FreeIds {
    /// An unused id: the one made from the name, or the same with a number appended.
    fn next_free(&mut self, base: &str) -> String {
        let next = self.next.entry(base.to_owned()).or_insert(1);
        loop {
            let id = if *next == 1 { base.to_owned() } else { format!("{base}-{next}") };
            *next += 1;
            if (id == base || !self.base_ids.contains(&id)) && self.used_ids.insert(id.clone()) {
                return id;
            }
        }
    }
}

/// The name in a row.
fn name_of(row: &Incoming) -> &str {
    row.fields.get("name").and_then(Value::as_str).unwrap_or_default()
}

fn describe_rival(kind: Kind, rival: &ExistingRecord<'_>, count: usize, update: bool) -> String {
    let more = if count > 1 { format!(" (and {} more)", count - 1) } else { String::new() };
    let instead = if update {
        "it is unclear which record this row refers to"
    } else {
        "it could be an update, or a different record with the same name; if it is an update, use --update"
    };
    format!(
        "{kind}/{}{more} has the same name, {}, and different data: {instead}; if these are different records, name the column that distinguishes them with --id-from COLUMN",
        rival.id,
        quote(rival.name)
    )
}

/// How many values a row has.
fn count_values(imported: &Map<String, Value>) -> usize {
    fn leaves(value: &Value) -> usize {
        match value {
            Value::Array(items) => items.iter().map(leaves).sum(),
            Value::Object(fields) => fields.values().map(leaves).sum(),
            _ => 1,
        }
    }
    imported.values().map(leaves).sum()
}

/// The first field in which a record differs from a row; `None` if the record has all of it.
pub(super) fn first_difference(
    ledger: &Ledger,
    kind: Kind,
    has: &Map<String, Value>,
    imported: &Map<String, Value>,
) -> Option<String> {
    for (key, imported) in imported {
        if key == "name" && is_another_name(has, imported) {
            continue;
        }
        let shape = fields_of(kind).find(|field| field.name == key).map(|field| (field.shape)());
        let is_same =
            |has: &Value| holds(ledger, shape.as_ref(), has, imported) && !are_other_terms(kind, key, has, imported);
        // One record may have the name of a language, and another its code.
        let speaks = |value: &Value| -> Vec<String> {
            value.as_array().into_iter().flatten().filter_map(Value::as_str).flat_map(split_languages).collect()
        };
        let is_language = |has: &Value| {
            let (has, more) = (speaks(has), speaks(imported));
            key == LANGUAGES && more.iter().all(|language| has.contains(language))
        };
        if !has.get(key).is_some_and(|has| is_same(has) || is_language(has)) {
            return Some(key.clone());
        }
    }
    None
}

/// Whether a name is among the other names of a record.
pub(super) fn is_another_name(has: &Map<String, Value>, name: &Value) -> bool {
    let is_name = |other: &Value| other.as_str().map(alike) == name.as_str().map(alike);
    has.get("other_names").and_then(Value::as_array).is_some_and(|names| names.iter().any(is_name))
}

/// Whether two values are different terms of an agreement. Every letter of a signed text counts, but not the type of line end.
pub(super) fn are_other_terms(kind: Kind, key: &str, has: &Value, imported: &Value) -> bool {
    let words = |value: &Value| value.as_str().map(|text| text.replace("\r\n", "\n"));
    kind == Kind::Agreement && key == "text" && words(has) != words(imported)
}

/// Whether a value contains an imported one.
pub(super) fn holds(ledger: &Ledger, shape: Option<&Shape>, has: &Value, imported: &Value) -> bool {
    match (has, imported) {
        (Value::Object(has), Value::Object(imported)) => imported.iter().all(|(key, imported)| {
            let inner = match shape {
                Some(Shape::Table(table)) => table.field(key).map(|field| (field.shape)()),
                _ => None,
            };
            has.get(key).is_some_and(|has| holds(ledger, inner.as_ref(), has, imported))
        }),
        (Value::Array(has), Value::Array(imported)) => {
            imported.iter().all(|imported| has.iter().any(|has| holds(ledger, shape, has, imported)))
        }
        (Value::String(has), Value::String(imported)) => {
            let amount = |text: &str| text.trim().parse::<Decimal>().ok();
            let lines = |text: &str| compose(&text.replace("\r\n", "\n"));
            has == imported
                || match shape {
                    Some(Shape::Reference(kind)) => refers(ledger, *kind, has, imported),
                    Some(Shape::Prose) => lines(has) == lines(imported),
                    // Spreadsheets drop zeros: 250 is 250.00.
                    Some(Shape::Amount) => {
                        matches!((amount(has), amount(imported)), (Some(has), Some(imported)) if has == imported)
                    }
                    _ => alike(has) == alike(imported),
                }
        }
        (has, imported) => has == imported,
    }
}

/// Whether an id and a reference in an import file mean the same record.
fn refers(ledger: &Ledger, kind: Kind, id: &str, reference: &str) -> bool {
    if let Some(key) = reference.strip_prefix(BY_SOURCE_ID) {
        let json = ledger.find(kind, id).map(|record| record.to_json());
        return json.as_ref().and_then(source_id).is_some_and(|source| source.eq_ignore_ascii_case(key));
    }
    let name = ledger.find(kind, id).map(|record| fold(record.name()));
    id == reference || name.is_some_and(|name| name == fold(reference))
}

/// The fields that distinguish records of one name, the day first. A monthly gift has one name and many dates, and so do the meetings
/// of a committee.
fn distinguishing(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Contribution => &["date", "member", "advocate"],
        Kind::Meeting => &["date", "committee"],
        Kind::Request => &["date", "member"],
        Kind::Decision => &["decided"],
        Kind::Campaign => &["opens"],
        _ => &[],
    }
}

/// Whether a row is certainly about a different record of the same name: their days or people differ.
pub(super) fn is_distinct(
    ledger: &Ledger,
    kind: Kind,
    has: &Map<String, Value>,
    imported: &Map<String, Value>,
) -> bool {
    distinguishing(kind).iter().any(|name| {
        let (Some(has), Some(imported)) = (has.get(*name), imported.get(*name)) else { return false };
        let shape = fields_of(kind).find(|field| field.name == *name).map(|field| (field.shape)());
        !holds(ledger, shape.as_ref(), has, imported)
    })
}

/// The day of a record, if days distinguish records of its kind.
pub(super) fn day(kind: Kind, json: &Map<String, Value>) -> Option<&str> {
    json.get(*distinguishing(kind).first()?)?.as_str()
}

/// Records of one name by day, so that years of a weekly gift need not all be compared with each other.
pub(super) struct ByDay<T> {
    all: Vec<T>,
    of_day: HashMap<String, Vec<T>>,
}

/// The key of records without a day.
const NO_DAY: &str = "";

impl<T: Copy> ByDay<T> {
    /// The records, each with its day.
    pub(super) fn new<'d>(records: impl Iterator<Item = (Option<&'d str>, T)>) -> ByDay<T> {
        let mut by_day = ByDay { all: Vec::new(), of_day: HashMap::new() };
        for (day, record) in records {
            by_day.all.push(record);
            by_day.of_day.entry(day.unwrap_or(NO_DAY).to_owned()).or_default().push(record);
        }
        by_day
    }

    /// Those that may be of this day: those of the day and those without one. Without a day, all of them.
    pub(super) fn near(&self, day: Option<&str>) -> impl Iterator<Item = T> + '_ {
        let of = |day: &str| self.of_day.get(day).map_or(&[][..], Vec::as_slice);
        let (dated, others) = match day {
            Some(day) => (of(day), of(NO_DAY)),
            None => (self.all.as_slice(), &[][..]),
        };
        dated.iter().chain(others).copied()
    }
}

/// The records of one name, by their values.
#[derive(Debug, Default)]
pub(super) struct Family<'l> {
    by_word: HashMap<(&'static str, String), Vec<&'l str>>,
    all: Vec<&'l str>,
}

impl<'l> Family<'l> {
    /// The records of one name.
    pub(super) fn new<'j>(kind: Kind, members: impl Iterator<Item = (&'l str, &'j Map<String, Value>)>) -> Family<'l> {
        let mut family = Family::default();
        for (id, json) in members {
            family.all.push(id);
            for word in words(kind, json) {
                family.by_word.entry(word).or_default().push(id);
            }
        }
        family
    }

    /// The smallest known set that includes every record with all this data.
    pub(super) fn candidates(&self, kind: Kind, imported: &Map<String, Value>) -> &[&'l str] {
        let of_word = |word| self.by_word.get(&word).map_or(&[][..], Vec::as_slice);
        words(kind, imported).map(of_word).min_by_key(|ids| ids.len()).unwrap_or(&self.all)
    }
}

/// The values that find a record: those that a row and a record must write the same way.
fn words(kind: Kind, json: &Map<String, Value>) -> impl Iterator<Item = (&'static str, String)> {
    fields_of(kind).flat_map(move |field| {
        let is_alike = !matches!((field.shape)(), Shape::Reference(_) | Shape::Prose | Shape::Free);
        let value = json.get(field.name).filter(|_| is_alike);
        let items: Vec<String> = match value {
            Some(Value::String(text)) => vec![text.clone()],
            Some(Value::Array(items)) => items
                .iter()
                .filter_map(|item| item.as_str().or_else(|| item.get("value")?.as_str()))
                .map(str::to_owned)
                .collect(),
            _ => Vec::new(),
        };
        items.into_iter().map(move |item| (field.name, item))
    })
}
