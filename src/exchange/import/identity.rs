//! Which record a row is: one that is there and says all that the row says, a new one with an id of its own, or one that
//! cannot be told from another, and is refused. So that an import file can be imported twice, and nothing is ever overwritten.

use crate::exchange::incoming::{BY_SOURCE_ID, Incoming, quote, source_id};
use crate::kind::{Kind, RecordKey};
use crate::ledger::{Ledger, is_reserved};
use crate::parse::alike::{alike, composed, folded};
use crate::parse::suggest::slug;
use crate::record::field::Shape;
use crate::record::{AnyRecord, fields_of};
use rust_decimal::Decimal;
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// The longest id that is made from a name.
const LONGEST_ID: usize = 60;

/// What becomes of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    /// It becomes a record with this id.
    New(String),
    /// The record with this id says it all already.
    Unchanged(String),
    /// The record with this id gets what the row says.
    Update(String),
    /// It is refused, for this reason.
    Refused(String),
}

impl Fate {
    /// The id of the record, where it has one.
    pub fn id(&self) -> Option<&str> {
        match self {
            Fate::New(id) | Fate::Unchanged(id) | Fate::Update(id) => Some(id),
            Fate::Refused(_) => None,
        }
    }
}

/// The id that a name makes.
pub fn id_of(kind: Kind, name: &str) -> String {
    let id = cut(&slug(name));
    if id.is_empty() {
        kind.singular().to_owned()
    } else if is_reserved(&id) {
        format!("{kind}-{id}")
    } else {
        id
    }
}

/// An id cut at a word, where it is long.
fn cut(id: &str) -> String {
    if id.len() <= LONGEST_ID {
        return id.to_owned();
    }
    let start = id.get(..=LONGEST_ID).unwrap_or(id);
    let end = start.rfind('-').filter(|end| *end > LONGEST_ID / 2).unwrap_or(LONGEST_ID);
    id.get(..end).unwrap_or(id).trim_end_matches('-').to_owned()
}

/// A name by which two records may be one: without regard to case, blanks and the letters' form. Punctuation counts: C++ is
/// not C.
fn fold_name(name: &str) -> String {
    let latin = deunicode::deunicode_with_tofu(name, "\u{fffd}").to_lowercase();
    let known = if latin.contains('\u{fffd}') { name.to_lowercase() } else { latin };
    known.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// All names of a record, as they are compared.
fn names_of(name: &str, json: &Map<String, Value>) -> BTreeSet<String> {
    let others = json.get("other_names").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
    std::iter::once(name).chain(others).map(fold_name).collect()
}

/// A record that is there.
struct Present<'l> {
    id: &'l str,
    name: &'l str,
    json: Map<String, Value>,
}

/// The records of a kind that are there, and which of them a row has claimed.
pub struct Identities<'l> {
    ledger: &'l Ledger,
    kind: Kind,
    present: BTreeMap<&'l str, Present<'l>>,
    /// The records of one name, in the order of their numbers.
    families: HashMap<String, Vec<&'l str>>,
    /// The records by the ID that an import file has for them.
    by_key: HashMap<String, &'l str>,
    claimed: HashSet<&'l str>,
    update: bool,
}

impl<'l> Identities<'l> {
    /// The records of a kind. With `update`, rows that say something else than the record they mean change it.
    pub fn new(ledger: &'l Ledger, kind: Kind, update: bool) -> Identities<'l> {
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
        self.present.insert(id, Present { id, name, json });
    }

    /// What becomes of rows, in their order. `said` is what each says, as a record reads it.
    pub fn fates(mut self, rows: &[(&Incoming, &Map<String, Value>)]) -> Vec<Fate> {
        let mut fates: Vec<Option<Fate>> = vec![None; rows.len()];
        // Rows of one name, in the order in which the names come.
        let mut families: Vec<(String, Vec<usize>)> = Vec::new();
        let mut family_of: HashMap<String, usize> = HashMap::new();
        let mut given: HashMap<&str, &str> = HashMap::new();
        let mut keys: HashMap<&str, &str> = HashMap::new();
        for (at, (row, said)) in rows.iter().enumerate() {
            if let Some(key) = source_id(said) {
                if let Some(first) = keys.get(key) {
                    fates[at] = Some(Fate::Refused(format!(
                        "{first} has the same ID `{key}` and different data; fix one of them"
                    )));
                    continue;
                }
                keys.insert(key, &row.place);
            }
            match &row.id {
                Some(id) => {
                    if let Some(first) = given.insert(id, &row.place) {
                        fates[at] = Some(Fate::Refused(format!(
                            "{first} has the same id `{id}`; give each row an id of its own"
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
        for (at, (row, said)) in rows.iter().enumerate() {
            if let (Some(id), None) = (&row.id, &fates[at]) {
                fates[at] = Some(self.by_id(id, said));
            }
        }
        for (name, members) in &families {
            self.recognize(name, members, rows, &mut fates);
        }
        let of_rows = rows.iter().filter(|(row, _)| row.id.is_none());
        let natural: HashSet<String> = of_rows.map(|(row, _)| id_of(self.kind, name_of(row))).collect();
        let mut taken: HashSet<String> = self.present.keys().map(|id| (*id).to_owned()).collect();
        taken.extend(self.ledger.unread.iter().filter(|key| key.kind == self.kind).map(|key| key.id.to_string()));
        taken.extend(given.keys().map(|id| (*id).to_owned()));
        let mut numbers = FreeIds { natural, taken, next: HashMap::new() };
        for (name, members) in &families {
            self.number(name, members, rows, &mut fates, &mut numbers);
        }
        fates
            .into_iter()
            .map(|fate| fate.unwrap_or_else(|| Fate::Refused("this row was passed over".to_owned())))
            .collect()
    }

    fn is_unread(&self, id: &str) -> bool {
        self.ledger.unread.contains(&RecordKey::new(self.kind, id))
    }

    /// The fate of a row with an id of its own.
    fn by_id(&mut self, id: &str, said: &Map<String, Value>) -> Fate {
        if self.is_unread(id) {
            return Fate::Refused(format!("the file of {}/{id} cannot be read; fix it first", self.kind));
        }
        let id_of_new = if is_reserved(id) { format!("{}-{id}", self.kind) } else { id.to_owned() };
        let Some(present) = self.present.get(id_of_new.as_str()) else { return Fate::New(id_of_new) };
        let id = present.id;
        let fate = self.compare_with(id, said);
        self.claimed.insert(id);
        fate
    }

    /// The fate of a row that is known to mean this record.
    fn compare_with(&self, id: &str, said: &Map<String, Value>) -> Fate {
        let Some(present) = self.present.get(id) else { return Fate::New(id.to_owned()) };
        match says(self.ledger, self.kind, &present.json, said) {
            Ok(()) => Fate::Unchanged(id.to_owned()),
            Err(_) if self.update => Fate::Update(id.to_owned()),
            Err(field) => Fate::Refused(format!(
                "{}/{id} has something else under `{field}`; --update writes what the row says into it",
                self.kind
            )),
        }
    }

    /// Finds the records that say already what rows of one name say. Rows that say most choose first.
    fn recognize(
        &mut self,
        name: &str,
        members: &[usize],
        rows: &[(&Incoming, &Map<String, Value>)],
        fates: &mut [Option<Fate>],
    ) {
        let ids = self.families.get(name).cloned().unwrap_or_default();
        let members_of = ids.iter().filter_map(|id| Some((*id, &self.present.get(id)?.json)));
        let family = Family::new(self.kind, members_of);
        let mut order: Vec<(usize, usize)> = members.iter().copied().enumerate().collect();
        order.sort_by_key(|(_, at)| std::cmp::Reverse(weight(rows[*at].1)));
        for (position, at) in order {
            let said = rows[at].1;
            if let Some(id) = source_id(said).and_then(|key| self.by_key.get(key).copied()) {
                fates[at] = Some(self.compare_with(id, said));
                self.claimed.insert(id);
                continue;
            }
            // In an import file that is imported again, each row finds its record at its own place.
            let own = ids.get(position).copied();
            let others = family.candidates(self.kind, said).iter().copied();
            let found = own.into_iter().chain(others).find(|id| {
                let present = self.present.get(id).filter(|_| !self.claimed.contains(id));
                present.is_some_and(|present| says(self.ledger, self.kind, &present.json, said).is_ok())
            });
            if let Some(id) = found {
                self.claimed.insert(id);
                fates[at] = Some(Fate::Unchanged(id.to_owned()));
            }
        }
    }

    /// Gives ids to what is new of one name, and refuses what may be a record that is there.
    fn number(
        &mut self,
        name: &str,
        members: &[usize],
        rows: &[(&Incoming, &Map<String, Value>)],
        fates: &mut [Option<Fate>],
        numbers: &mut FreeIds,
    ) {
        let family = self.families.get(name).cloned().unwrap_or_default();
        let left: Vec<usize> = members.iter().copied().filter(|at| fates[*at].is_none()).collect();
        let unclaimed: Vec<&Present<'_>> =
            family.iter().filter(|id| !self.claimed.contains(*id)).filter_map(|id| self.present.get(id)).collect();
        let present = ByDay::new(unclaimed.iter().map(|present| (day(self.kind, &present.json), *present)));
        let coming = ByDay::new(left.iter().map(|at| (day(self.kind, rows[*at].1), *at)));
        // Where nothing but the name counts, all rows have the same rivals.
        let has_days = left.iter().any(|at| day(self.kind, rows[*at].1).is_some());
        let unnumbered: Vec<&Present<'_>> =
            unclaimed.iter().copied().filter(|present| source_id(&present.json).is_none()).collect();
        for at in &left {
            let said = rows[*at].1;
            let on = day(self.kind, said);
            let is_distinct = |json: &Map<String, Value>| is_distinct(self.ledger, self.kind, json, said);
            // A record with another ID in the import file is another one for certain.
            let may_be = |present: &&Present<'_>| {
                let is_known = source_id(said).is_some() && source_id(&present.json).is_some();
                !is_known && !self.claimed.contains(present.id) && !is_distinct(&present.json)
            };
            let near: Vec<&Present<'_>> = if has_days { present.near(on).filter(may_be).collect() } else { Vec::new() };
            let rivals = match source_id(said) {
                _ if has_days => &near,
                None => &unclaimed,
                Some(_) => &unnumbered,
            };
            let is_alone = if has_days {
                coming.near(on).filter(|other| !is_distinct(rows[*other].1)).take(2).count() == 1
            } else {
                left.len() == 1
            };
            let base = id_of(self.kind, name_of(rows[*at].0));
            let fate = match rivals.as_slice() {
                _ if self.is_unread(&base) => {
                    Fate::Refused(format!("the file of {}/{base} cannot be read; fix it first", self.kind))
                }
                [] => Fate::New(numbers.free(&base)),
                [rival] if self.update && is_alone => {
                    let id = rival.id;
                    self.claimed.insert(id);
                    Fate::Update(id.to_owned())
                }
                [rival, ..] => Fate::Refused(describe_rival(self.kind, rival, rivals.len(), self.update)),
            };
            fates[*at] = Some(fate);
        }
    }
}

/// The ids that new records get.
struct FreeIds {
    /// What names become by themselves: no other record gets such an id.
    natural: HashSet<String>,
    taken: HashSet<String>,
    next: HashMap<String, usize>,
}

impl FreeIds {
    /// An id that nothing has: the one that the name makes, or that with a number behind it.
    fn free(&mut self, base: &str) -> String {
        let next = self.next.entry(base.to_owned()).or_insert(1);
        loop {
            let id = if *next == 1 { base.to_owned() } else { format!("{base}-{next}") };
            *next += 1;
            if (id == base || !self.natural.contains(&id)) && self.taken.insert(id.clone()) {
                return id;
            }
        }
    }
}

/// The name that a row gives.
fn name_of(row: &Incoming) -> &str {
    row.fields.get("name").and_then(Value::as_str).unwrap_or_default()
}

fn describe_rival(kind: Kind, rival: &Present<'_>, count: usize, update: bool) -> String {
    let more = if count > 1 { format!(" (and {} more)", count - 1) } else { String::new() };
    let instead = if update {
        "the file does not say which one the row means"
    } else {
        "it could be an update, or a different record with the same name; --update writes what the row says into it"
    };
    format!(
        "{kind}/{}{more} has the same name, {}, and different data: {instead}; --id-from COLUMN names the column that tells \
         records apart",
        rival.id,
        quote(rival.name)
    )
}

/// How much a row says.
fn weight(said: &Map<String, Value>) -> usize {
    fn leaves(value: &Value) -> usize {
        match value {
            Value::Array(items) => items.iter().map(leaves).sum(),
            Value::Object(fields) => fields.values().map(leaves).sum(),
            _ => 1,
        }
    }
    said.values().map(leaves).sum()
}

/// Whether a record has all that is said.
///
/// # Errors
/// The first field in which it differs.
pub fn says(ledger: &Ledger, kind: Kind, has: &Map<String, Value>, said: &Map<String, Value>) -> Result<(), String> {
    for (key, said) in said {
        if key == "name" && is_another_name(has, said) {
            continue;
        }
        let shape = fields_of(kind).find(|field| field.name == key).map(|field| (field.shape)());
        let is_same = |has: &Value| holds(ledger, shape.as_ref(), has, said) && !are_other_terms(kind, key, has, said);
        if !has.get(key).is_some_and(is_same) {
            return Err(key.clone());
        }
    }
    Ok(())
}

/// Whether a record is called so beside its name.
pub fn is_another_name(has: &Map<String, Value>, name: &Value) -> bool {
    let is_name = |other: &Value| other.as_str().map(alike) == name.as_str().map(alike);
    has.get("other_names").and_then(Value::as_array).is_some_and(|names| names.iter().any(is_name))
}

/// Whether two values are different words of an agreement. What is signed counts to the letter, but for the line ends of a file.
pub fn are_other_terms(kind: Kind, key: &str, has: &Value, said: &Value) -> bool {
    let words = |value: &Value| value.as_str().map(|text| text.replace("\r\n", "\n"));
    kind == Kind::Agreement && key == "text" && words(has) != words(said)
}

/// Whether a value says what another one says.
pub fn holds(ledger: &Ledger, shape: Option<&Shape>, has: &Value, said: &Value) -> bool {
    match (has, said) {
        (Value::Object(has), Value::Object(said)) => said.iter().all(|(key, said)| {
            let inner = match shape {
                Some(Shape::Table(table)) => table.field(key).map(|field| (field.shape)()),
                _ => None,
            };
            has.get(key).is_some_and(|has| holds(ledger, inner.as_ref(), has, said))
        }),
        (Value::Array(has), Value::Array(said)) => {
            said.iter().all(|said| has.iter().any(|has| holds(ledger, shape, has, said)))
        }
        (Value::String(has), Value::String(said)) => {
            let amount = |text: &str| text.trim().parse::<Decimal>().ok();
            let lines = |text: &str| composed(&text.replace("\r\n", "\n"));
            has == said
                || match shape {
                    Some(Shape::Reference(kind)) => refers(ledger, *kind, has, said),
                    Some(Shape::Prose) => lines(has) == lines(said),
                    // A spreadsheet takes zeros away: 250 is 250.00.
                    Some(Shape::Amount) => {
                        matches!((amount(has), amount(said)), (Some(has), Some(said)) if has == said)
                    }
                    _ => alike(has) == alike(said),
                }
        }
        (has, said) => has == said,
    }
}

/// Whether an id is that of the record which an import file calls by its name.
fn refers(ledger: &Ledger, kind: Kind, id: &str, called: &str) -> bool {
    if let Some(key) = called.strip_prefix(BY_SOURCE_ID) {
        let json = ledger.find(kind, id).map(|record| record.to_json());
        return json.as_ref().and_then(source_id).is_some_and(|own| own.eq_ignore_ascii_case(key));
    }
    let name = ledger.find(kind, id).map(|record| folded(record.name()));
    id == called || name.is_some_and(|name| name == folded(called))
}

/// The fields by which records of one name are told apart, the day first: a gift of every month has one name and many dates, and so
/// have the meetings of a committee.
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

/// Whether a row is about another record of the same name for certain: both say when or who, and not the same.
pub fn is_distinct(ledger: &Ledger, kind: Kind, has: &Map<String, Value>, said: &Map<String, Value>) -> bool {
    distinguishing(kind).iter().any(|name| {
        let (Some(has), Some(said)) = (has.get(*name), said.get(*name)) else { return false };
        let shape = fields_of(kind).find(|field| field.name == *name).map(|field| (field.shape)());
        !holds(ledger, shape.as_ref(), has, said)
    })
}

/// The day of a record, where its kind is told apart by one.
pub fn day(kind: Kind, json: &Map<String, Value>) -> Option<&str> {
    json.get(*distinguishing(kind).first()?)?.as_str()
}

/// Records of one name by their days, so that years of a weekly gift are not compared with each other.
pub struct ByDay<T> {
    all: Vec<T>,
    of_day: HashMap<String, Vec<T>>,
}

/// Where records without a day stand among the others.
const NO_DAY: &str = "";

impl<T: Copy> ByDay<T> {
    /// The records, each with its day.
    pub fn new<'d>(records: impl Iterator<Item = (Option<&'d str>, T)>) -> ByDay<T> {
        let mut by_day = ByDay { all: Vec::new(), of_day: HashMap::new() };
        for (day, record) in records {
            by_day.all.push(record);
            by_day.of_day.entry(day.unwrap_or(NO_DAY).to_owned()).or_default().push(record);
        }
        by_day
    }

    /// Those that may be of this day: of the day, and without one. Without a day, all of them.
    pub fn near(&self, day: Option<&str>) -> impl Iterator<Item = T> + '_ {
        let of = |day: &str| self.of_day.get(day).map_or(&[][..], Vec::as_slice);
        let (dated, others) = match day {
            Some(day) => (of(day), of(NO_DAY)),
            None => (self.all.as_slice(), &[][..]),
        };
        dated.iter().chain(others).copied()
    }
}

/// Which records of a family say what.
#[derive(Debug, Default)]
pub struct Family<'l> {
    by_word: HashMap<(&'static str, String), Vec<&'l str>>,
    all: Vec<&'l str>,
}

impl<'l> Family<'l> {
    /// The records of a family.
    pub fn new<'j>(kind: Kind, members: impl Iterator<Item = (&'l str, &'j Map<String, Value>)>) -> Family<'l> {
        let mut family = Family::default();
        for (id, json) in members {
            family.all.push(id);
            for word in words(kind, json) {
                family.by_word.entry(word).or_default().push(id);
            }
        }
        family
    }

    /// The fewest records among which those that say all this must be.
    pub fn candidates(&self, kind: Kind, said: &Map<String, Value>) -> &[&'l str] {
        let of_word = |word| self.by_word.get(&word).map_or(&[][..], Vec::as_slice);
        words(kind, said).map(of_word).min_by_key(|ids| ids.len()).unwrap_or(&self.all)
    }
}

/// The words by which a record is found: those that a row and a record write alike, or do not mean the same.
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
