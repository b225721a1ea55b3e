//! Which record a row is: one that is there and says all that the row says, a new one with an id of its own, or one that
//! cannot be told from another, and is refused. So that a register can be imported twice, and nothing is ever overwritten.

use super::family::Family;
use super::key::register_key;
use super::said::says;
use crate::exchange::incoming::Incoming;
use crate::kind::{Kind, RecordKey};
use crate::ledger::{Ledger, is_reserved};
use crate::parse::suggest::slug;
use crate::record::AnyRecord;
use serde_json::{Map, Value};
use std::collections::{BTreeMap, HashMap, HashSet};

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

/// An id without the number behind it, where it has one: `friends-2` may be the second of the name Friends.
fn unnumbered(id: &str) -> Option<&str> {
    let (base, number) = id.rsplit_once('-')?;
    let counts = number.parse::<u32>().is_ok_and(|count| count >= 2) && !number.starts_with('0');
    (counts && !base.is_empty()).then_some(base)
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
    /// The ids that may belong to one name, in the order of their numbers.
    families: HashMap<String, Vec<&'l str>>,
    /// The records by the number that a register has for them.
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
        let json = record.to_json();
        if let Some(key) = register_key(&json) {
            self.by_key.insert(key.to_owned(), id);
        }
        // A number that belongs to the name, as in Branch 2, makes nobody the second of a name.
        let base = unnumbered(id).filter(|_| id_of(self.kind, name) != id);
        self.families.entry(id.to_owned()).or_default().push(id);
        if let Some(base) = base {
            self.families.entry(base.to_owned()).or_default().push(id);
        }
        self.present.insert(id, Present { id, name, json });
    }

    /// What becomes of rows, in their order. `said` is what each says, as a record reads it.
    pub fn fates(mut self, rows: &[(&Incoming, &Map<String, Value>)]) -> Vec<Fate> {
        let mut fates: Vec<Option<Fate>> = vec![None; rows.len()];
        let mut families: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        let mut given: HashMap<&str, &str> = HashMap::new();
        for (at, (row, _)) in rows.iter().enumerate() {
            match &row.id {
                Some(id) => {
                    if let Some(first) = given.insert(id, &row.place) {
                        fates[at] = Some(Fate::Refused(format!(
                            "the id `{id}` is that of {first} too; ids tell records apart"
                        )));
                        given.insert(id, first);
                    }
                }
                None => {
                    let name = row.fields.get("name").and_then(Value::as_str).unwrap_or_default();
                    families.entry(id_of(self.kind, name)).or_default().push(at);
                }
            }
        }
        for (at, (row, said)) in rows.iter().enumerate() {
            if let (Some(id), None) = (&row.id, &fates[at]) {
                fates[at] = Some(self.by_id(id, said));
            }
        }
        for (base, members) in &families {
            self.recognise(base, members, rows, &mut fates);
        }
        let natural: HashSet<String> = families.keys().cloned().collect();
        let mut taken: HashSet<String> = self.present.keys().map(|id| (*id).to_owned()).collect();
        taken.extend(self.ledger.unread.iter().filter(|key| key.kind == self.kind).map(|key| key.id.to_string()));
        taken.extend(given.keys().map(|id| (*id).to_owned()));
        for (base, members) in &families {
            self.number(base, members, rows, &mut fates, &natural, &mut taken);
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
            return Fate::Refused(format!("the file of {}/{id} cannot be read; mend it first", self.kind));
        }
        let id_of_new = if is_reserved(id) { format!("{}-{id}", self.kind) } else { id.to_owned() };
        let Some(present) = self.present.get(id_of_new.as_str()) else { return Fate::New(id_of_new) };
        let id = present.id;
        let fate = self.against(id, said);
        self.claimed.insert(id);
        fate
    }

    /// The fate of a row that is known to mean this record.
    fn against(&self, id: &str, said: &Map<String, Value>) -> Fate {
        let Some(present) = self.present.get(id) else { return Fate::New(id.to_owned()) };
        match says(self.ledger, self.kind, &present.json, said) {
            Ok(()) => Fate::Unchanged(id.to_owned()),
            Err(_) if self.update => Fate::Update(id.to_owned()),
            Err(field) => Fate::Refused(format!(
                "{}/{id} is there and says something else under `{field}`; --update writes what the register says into it",
                self.kind
            )),
        }
    }

    /// Finds the records that say already what rows of one name say. Rows that say most choose first.
    fn recognise(
        &mut self,
        base: &str,
        members: &[usize],
        rows: &[(&Incoming, &Map<String, Value>)],
        fates: &mut [Option<Fate>],
    ) {
        let ids = self.families.get(base).cloned().unwrap_or_default();
        let members_of = ids.iter().filter_map(|id| Some((*id, &self.present.get(id)?.json)));
        let family = Family::new(self.kind, members_of);
        let mut order: Vec<(usize, usize)> = members.iter().copied().enumerate().collect();
        order.sort_by_key(|(_, at)| std::cmp::Reverse(weight(rows[*at].1)));
        for (position, at) in order {
            let said = rows[at].1;
            if let Some(id) = register_key(said).and_then(|key| self.by_key.get(key).copied()) {
                fates[at] = Some(self.against(id, said));
                self.claimed.insert(id);
                continue;
            }
            // In a register that is imported again, each row finds its record at its own place.
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
        base: &str,
        members: &[usize],
        rows: &[(&Incoming, &Map<String, Value>)],
        fates: &mut [Option<Fate>],
        natural: &HashSet<String>,
        taken: &mut HashSet<String>,
    ) {
        let family = self.families.get(base).cloned().unwrap_or_default();
        let left: Vec<usize> = members.iter().copied().filter(|at| fates[*at].is_none()).collect();
        let mut next = 1usize;
        let unclaimed: Vec<&Present<'_>> =
            family.iter().filter(|id| !self.claimed.contains(*id)).filter_map(|id| self.present.get(id)).collect();
        // A record with another number in the register is another one for certain.
        let unnumbered: Vec<&Present<'_>> =
            unclaimed.iter().copied().filter(|present| register_key(&present.json).is_none()).collect();
        for at in &left {
            let rivals = if register_key(rows[*at].1).is_none() { &unclaimed } else { &unnumbered };
            let fate = match rivals.as_slice() {
                _ if self.is_unread(base) => {
                    Fate::Refused(format!("the file of {}/{base} cannot be read; mend it first", self.kind))
                }
                [] => {
                    let numbered = |count: usize| if count == 1 { base.to_owned() } else { format!("{base}-{count}") };
                    let is_free = |id: &String| !taken.contains(id) && (id == base || !natural.contains(id));
                    while !is_free(&numbered(next)) {
                        next += 1;
                    }
                    let id = numbered(next);
                    taken.insert(id.clone());
                    Fate::New(id)
                }
                [rival] if self.update && left.len() == 1 => {
                    let id = rival.id;
                    self.claimed.insert(id);
                    Fate::Update(id.to_owned())
                }
                [rival, ..] => Fate::Refused(rivalled(self.kind, rival, rivals.len(), self.update)),
            };
            fates[*at] = Some(fate);
        }
    }
}

fn rivalled(kind: Kind, rival: &Present<'_>, count: usize, update: bool) -> String {
    let more = if count > 1 { format!(" (and {} more)", count - 1) } else { String::new() };
    let instead = if update {
        "it cannot be told which of them is meant"
    } else {
        "it may be the same, changed, or another one; --update writes what the register says into it"
    };
    format!(
        "{kind}/{}{more} has this name, {}, and says something else: {instead}; --id-from COLUMN names the column that tells \
         records apart",
        rival.id,
        super::value::shown(rival.name)
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
