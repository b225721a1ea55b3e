//! What an import comes to.

use super::identity::Fate;
use super::problem::Problem;
use crate::edit::ChangeSet;
use crate::exchange::incoming::Numbers;
use crate::kind::Kind;
use crate::source::LedgerPath;
use serde_json::{Map, Value};

/// What became of one row.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// Where it stands in the register.
    pub place: String,
    /// The kind of record.
    pub kind: Kind,
    /// Its fields, references as ids.
    pub fields: Map<String, Value>,
    /// What becomes of it.
    pub fate: Fate,
    /// The folder below that of its kind in which its file is to stand, if it is new.
    pub folder: Option<String>,
    /// Where the entries of its lists stand, where the register says so.
    pub numbers: Numbers,
}

impl Outcome {
    /// The file of the record with this id, where it is new.
    pub fn path(&self, id: &str) -> LedgerPath {
        let folders = self.folder.as_deref().map(|folder| format!("{folder}/")).unwrap_or_default();
        LedgerPath::new(format!("{}/{folders}{id}.toml", self.kind.folder()))
    }

    /// The name of the record.
    pub fn name(&self) -> &str {
        self.fields.get("name").and_then(Value::as_str).unwrap_or_default()
    }
}

/// What an import comes to: what every row becomes, and the files to write if nothing is wrong.
#[derive(Debug, Clone)]
pub struct Import {
    /// What became of the rows that could be read, in their order.
    pub outcomes: Vec<Outcome>,
    /// Rows that say nothing which another does not say: where they stand, and where the other one does.
    pub repeated: Vec<(String, String)>,
    /// What is wrong. Where something is, nothing may be written.
    pub problems: Vec<Problem>,
    /// The files of new records, and of those that get other values.
    pub changes: ChangeSet,
}

impl Import {
    /// How many rows have a fate.
    pub fn count(&self, fate: fn(&Fate) -> bool) -> usize {
        self.outcomes.iter().filter(|outcome| fate(&outcome.fate)).count()
    }
}
