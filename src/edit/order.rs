//! The order in which the keys of a table are written: that of the field table.

use super::page::PathStep;
use crate::kind::{Kind, SIGNATURES};
use crate::record::agreement::SignatureFile;
use crate::record::field::{Field, Shape};
use crate::record::table::RecordTable;
use crate::record::{fields_of, fields_of_root};
use crate::source::LedgerPath;

/// The fields of a file.
#[derive(Debug, Clone)]
pub(crate) struct Order(Vec<&'static Field>);

impl Order {
    /// The order of a record of this kind.
    pub(crate) fn of(kind: Kind) -> Order {
        Order(fields_of(kind).collect())
    }

    /// The order of `coalition.toml`.
    pub(crate) fn of_root() -> Order {
        Order(fields_of_root().collect())
    }

    /// The order of a file of signatures.
    pub(crate) fn of_signatures() -> Order {
        Order(SignatureFile::DEF.fields.iter().collect())
    }

    /// The order of the file at a path of the ledger.
    pub(crate) fn of_path(path: &LedgerPath) -> Order {
        match Kind::of_folder(path.top()) {
            Some(kind) => Order::of(kind),
            None if path.top() == SIGNATURES => Order::of_signatures(),
            None => Order::of_root(),
        }
    }

    /// The order of a file that holds anything: keys stay as they come.
    pub(crate) fn none() -> Order {
        Order(Vec::new())
    }

    /// The fields of the table at a place, in order; none if nothing is known of it.
    pub(crate) fn fields(&self, table: &[PathStep]) -> Vec<&'static Field> {
        let mut fields = self.0.clone();
        for step in table {
            if let PathStep::Key(key) = step {
                fields = match fields.iter().find(|field| field.name == key.as_str()).map(|field| (field.shape)()) {
                    Some(Shape::Table(def)) => def.fields.iter().collect(),
                    _ => Vec::new(),
                };
            }
        }
        fields
    }

    /// The field at a place.
    pub(crate) fn field(&self, place: &[PathStep]) -> Option<&'static Field> {
        let at = place.iter().rposition(|step| matches!(step, PathStep::Key(_)))?;
        let (table, rest) = place.split_at(at);
        let Some(PathStep::Key(key)) = rest.first() else { return None };
        self.fields(table).into_iter().find(|field| field.name == key)
    }

    /// Where a key comes among those of its table; what is not known comes last.
    pub(crate) fn rank(&self, table: &[PathStep], key: &str) -> usize {
        self.fields(table).iter().position(|field| field.name == key).unwrap_or(usize::MAX)
    }
}
