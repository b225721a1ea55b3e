//! What one ledger says of one record, with what of it may not be shown, ready to be compared with the same record of another
//! ledger.

use crate::kind::{Kind, RecordKey};
use crate::ledger::Ledger;
use crate::record::coalition::Coalition;
use crate::record::common::Common;
use crate::record::field::{Field, Shape, TableDef};
use crate::record::table::RecordTable;
use crate::record::{AnyRecord, Readers, without_private};
use crate::source::{LedgerPath, ROOT_FILE};
use chrono::NaiveDate;
use serde_json::{Map, Value};
use std::collections::HashMap;

/// The ids that records had, and the ids that they have.
pub(super) type Renames = HashMap<RecordKey, RecordKey>;

/// A record, or the coalition itself, as one ledger has it.
#[derive(Clone)]
pub(super) struct State<'l> {
    /// The ledger.
    pub ledger: &'l Ledger,
    /// The key; `None` for the coalition.
    pub key: Option<RecordKey>,
    /// The name that people read.
    pub name: String,
    /// The file.
    pub path: LedgerPath,
    /// All fields. References are by the ids that the records have in the newer ledger.
    pub fields: Map<String, Value>,
    /// Whether it names a record that has another id now.
    pub follows: bool,
    /// The fields that may be shown.
    shown: Map<String, Value>,
    /// Whether each contact detail may be shown.
    open_details: Vec<bool>,
    readers: Readers,
}

impl<'l> State<'l> {
    /// A record of a ledger.
    pub(super) fn of(
        ledger: &'l Ledger,
        record: &dyn AnyRecord,
        today: NaiveDate,
        private: bool,
        renames: &Renames,
    ) -> State<'l> {
        let readers = ledger.audience(today, private);
        let all = ledger.json_of(record);
        let shown = without_private(record, all.clone(), &readers);
        let is_office = record.key().kind == Kind::Official;
        let is_open = record.details().iter().map(|detail| private || detail.value.leaves(is_office, today));
        let mut state = State {
            ledger,
            key: Some(record.key().clone()),
            name: record.name().to_owned(),
            path: record.path().clone(),
            open_details: is_open.collect(),
            fields: all,
            follows: false,
            shown,
            readers,
        };
        state.follow(renames);
        state
    }

    /// The coalition of a ledger.
    pub(super) fn of_root(ledger: &'l Ledger, today: NaiveDate, private: bool, renames: &Renames) -> State<'l> {
        let mut fields = Map::new();
        for part in [serde_json::to_value(&ledger.root.common), serde_json::to_value(&ledger.root.coalition)] {
            if let Ok(Value::Object(part)) = part {
                fields.extend(part);
            }
        }
        let mut state = State {
            ledger,
            key: None,
            name: ledger.root.name().to_owned(),
            path: LedgerPath::new(ROOT_FILE),
            follows: false,
            shown: fields.clone(),
            fields,
            open_details: Vec::new(),
            readers: ledger.audience(today, private),
        };
        state.follow(renames);
        state
    }

    /// The same record before anything was written in it.
    pub(super) fn emptied(&self) -> State<'l> {
        State { fields: Map::new(), shown: Map::new(), open_details: Vec::new(), ..self.clone() }
    }

    /// What it is called in data: `member/riverton-friends`, or `coalition`.
    pub(super) fn record(&self) -> String {
        self.key.as_ref().map_or_else(|| "coalition".to_owned(), ToString::to_string)
    }

    /// The kind of record; `None` for the coalition.
    pub(super) fn kind(&self) -> Option<Kind> {
        self.key.as_ref().map(|key| key.kind)
    }

    /// The fields that it may have, in the order of the field tables.
    pub(super) fn tables(&self) -> [&'static TableDef; 2] {
        [Common::DEF, self.kind().map_or(Coalition::DEF, crate::record::table_of)]
    }

    /// Whether a value may not be shown: of a field of the record itself, of the entry of its list at a place, and of a field in
    /// there.
    pub(super) fn hides(&self, top: &'static Field, entry: Option<usize>, inner: Option<&'static Field>) -> bool {
        if !self.readers.has(top) || inner.is_some_and(|inner| !self.readers.has(inner)) {
            return true;
        }
        match entry {
            Some(at) if top.name == "contact_details" => !self.open_details.get(at).copied().unwrap_or(false),
            _ => {
                top.name != "contact_details"
                    && self.fields.contains_key(top.name)
                    && !self.shown.contains_key(top.name)
            }
        }
    }

    fn follow(&mut self, renames: &Renames) {
        if renames.is_empty() {
            return;
        }
        for field in self.tables().into_iter().flat_map(|table| table.fields) {
            if let Some(value) = self.fields.get_mut(field.name) {
                self.follows |= follow(field, value, renames) > 0;
            }
        }
    }
}

/// Lets a value name records by the ids that they have now, and says how often it named one by another.
fn follow(field: &Field, value: &mut Value, renames: &Renames) -> usize {
    if let Value::Array(items) = value {
        return items.iter_mut().map(|item| follow(field, item, renames)).sum();
    }
    let kind = match (field.shape)() {
        Shape::Reference(kind) => kind,
        Shape::Requirement | Shape::Eligible => Kind::Member,
        Shape::Table(table) => {
            let mut inner = |inner: &Field| value.get_mut(inner.name).map(|value| follow(inner, value, renames));
            return table.fields.iter().filter_map(&mut inner).sum();
        }
        _ => return 0,
    };
    match value {
        Value::String(id) => match renames.get(&RecordKey::new(kind, id)) {
            Some(now) => {
                *id = now.id.to_string();
                1
            }
            None => 0,
        },
        _ => 0,
    }
}
