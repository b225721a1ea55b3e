//! A ledger as tables: one for each kind of record, and one for each list of tables or references in it. They follow from the
//! field tables, so a new field is a new column.

use crate::kind::Kind;
use crate::record::field::{Field, Shape, TableDef, paragraph};
use crate::record::{Readers, fields_of, table_of};
use chrono::NaiveDate;
use serde_json::{Map, Value};

/// One table: the records of a kind, or the entries of one of their lists.
#[derive(Debug, Clone)]
pub(crate) struct TableSpec {
    /// Its name: `members`, `goal_positions`.
    pub name: String,
    /// The kind of record that it is about.
    pub kind: Kind,
    /// The path of the list in a record; empty for the records themselves.
    pub path: Vec<&'static str>,
    /// What one row is.
    pub description: String,
    /// Its columns, the key first.
    pub columns: Vec<Column>,
}

/// One column of a table.
#[derive(Debug, Clone)]
pub(crate) struct Column {
    /// Its name: that of its field, after those of the tables around it: `process_lead_days`.
    pub name: String,
    /// What it contains.
    pub holds: ColumnContent,
}

/// The content of a column.
#[derive(Debug, Clone)]
pub(crate) enum ColumnContent {
    /// The id of the record.
    Id,
    /// The subfolder of the kind's folder with the record's file.
    Folder,
    /// The id of the record with the list.
    Owner(Kind),
    /// The place of the entry in its list, from 1.
    Number,
    /// The value of a field.
    Field {
        /// The path to it from the record or the entry; empty if the entry itself is the value.
        path: Vec<&'static str>,
        /// The field.
        field: &'static Field,
    },
}

/// The type of a column, in the words of the Data Package standard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Type {
    /// Text.
    String,
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// An exact decimal amount.
    Amount,
    /// `true` or `false`.
    Boolean,
    /// A day, `2026-03-14`.
    Date,
    /// A time of day, `18:30:00`.
    Time,
    /// A list, as JSON.
    Array,
    /// A table with the coalition's own keys, as JSON.
    Object,
}

/// The column or key with the subfolder of a record's file.
pub(crate) const FOLDER: &str = "folder";

/// The value of a column whose list has a table of its own.
pub(crate) const LISTED: &str = "listed";

/// All tables of a ledger with all columns: the kinds in order, each followed by its lists.
pub(crate) fn sheets() -> Vec<TableSpec> {
    let everybody = Readers { private: true, extra: true, today: NaiveDate::MIN };
    Kind::ALL.into_iter().flat_map(|kind| sheets_of(kind, &everybody)).collect()
}

/// The tables of a kind: its records, then their lists. Fields that this audience may not see have no columns.
pub(crate) fn sheets_of(kind: Kind, audience: &Readers) -> Vec<TableSpec> {
    let mut lists = Vec::new();
    let mut columns = vec![Column { name: "id".to_owned(), holds: ColumnContent::Id }];
    // Folders matter only to someone who recreates the ledger.
    columns.extend(audience.private.then(|| Column { name: FOLDER.to_owned(), holds: ColumnContent::Folder }));
    flatten(fields_of(kind), &[], audience, &mut columns, &mut |path, field| {
        lists.push(list_sheet(kind, path, field, audience));
    });
    let description = first_paragraph(table_of(kind).doc);
    let records = TableSpec { name: kind.folder().to_owned(), kind, path: Vec::new(), description, columns };
    std::iter::once(records).chain(lists).collect()
}

/// The table of a list inside the records of a kind.
fn list_sheet(kind: Kind, path: &[&'static str], field: &'static Field, audience: &Readers) -> TableSpec {
    let mut columns = vec![
        Column { name: kind.singular().to_owned(), holds: ColumnContent::Owner(kind) },
        Column { name: "number".to_owned(), holds: ColumnContent::Number },
    ];
    match list_type_of(field) {
        Some(ListType::Tables(table)) => {
            // No list of tables contains a list; if one ever does, it is JSON in a cell.
            flatten(table.fields.iter(), &[], audience, &mut columns, &mut |_, _| {});
        }
        Some(ListType::References(target)) => {
            let name = if target == kind { field.name } else { target.singular() };
            columns.push(Column { name: name.to_owned(), holds: ColumnContent::Field { path: Vec::new(), field } });
        }
        None => {}
    }
    TableSpec {
        name: format!("{kind}_{}", path.join("_")),
        kind,
        path: path.to_vec(),
        description: first_paragraph(&field.description()),
        columns,
    }
}

/// A list that has a table of its own.
enum ListType {
    Tables(&'static TableDef),
    References(Kind),
}

fn list_type_of(field: &Field) -> Option<ListType> {
    match ((field.shape)(), field.many) {
        (Shape::Table(table), true) => Some(ListType::Tables(table)),
        (Shape::Reference(kind), true) => Some(ListType::References(kind)),
        // A word, or a list of members.
        (Shape::Requirement | Shape::Eligible, false) => Some(ListType::References(Kind::Member)),
        _ => None,
    }
}

/// Adds columns for fields. Fields of a single table get its name in front; `list` is called for each list.
fn flatten(
    fields: impl Iterator<Item = &'static Field>,
    above: &[&'static str],
    audience: &Readers,
    columns: &mut Vec<Column>,
    list: &mut dyn FnMut(&[&'static str], &'static Field),
) {
    for field in fields.filter(|field| audience.has(field)) {
        let path: Vec<&'static str> = above.iter().copied().chain([field.name]).collect();
        if list_type_of(field).is_some() {
            list(&path, field);
        }
        match (field.shape)() {
            Shape::Table(_) | Shape::Reference(_) if field.many => {}
            Shape::Table(table) => flatten(table.fields.iter(), &path, audience, columns, list),
            _ => columns.push(Column { name: path.join("_"), holds: ColumnContent::Field { path, field } }),
        }
    }
}

fn first_paragraph(doc: &str) -> String {
    paragraph(doc).split("\n\n").next().unwrap_or_default().to_owned()
}

impl TableSpec {
    /// The names of the columns that identify a row.
    pub(crate) fn primary_key(&self) -> Vec<&str> {
        let is_key = |column: &&Column| {
            matches!(column.holds, ColumnContent::Id | ColumnContent::Owner(_) | ColumnContent::Number)
        };
        self.columns.iter().filter(is_key).map(|column| column.name.as_str()).collect()
    }

    /// Whether it holds the records of a kind.
    pub(crate) fn is_kind(&self) -> bool {
        self.path.is_empty()
    }

    /// The entries of its list in a record, or the record itself.
    pub(crate) fn entries<'a>(&self, record: &'a Map<String, Value>) -> Vec<ColumnEntry<'a>> {
        let Some((first, rest)) = self.path.split_first() else { return vec![ColumnEntry::Record(record)] };
        let list = rest.iter().try_fold(record.get(*first), |value, name| Some(value?.get(name))).flatten();
        list.and_then(Value::as_array).map_or_else(Vec::new, |items| items.iter().map(ColumnEntry::Item).collect())
    }
}

/// The source of a row.
#[derive(Debug, Clone, Copy)]
pub(crate) enum ColumnEntry<'a> {
    /// A record.
    Record(&'a Map<String, Value>),
    /// An entry of a list.
    Item(&'a Value),
}

impl<'a> ColumnEntry<'a> {
    /// The value at a path in it.
    pub(crate) fn at(self, path: &[&'static str]) -> Option<&'a Value> {
        match (self, path.split_first()) {
            (ColumnEntry::Record(_), None) => None,
            (ColumnEntry::Record(record), Some((first, rest))) => {
                rest.iter().try_fold(record.get(*first)?, |value, name| value.get(name))
            }
            (ColumnEntry::Item(item), _) => path.iter().try_fold(item, |value, name| value.get(name)),
        }
    }
}

impl Column {
    /// The type of its values.
    pub(crate) fn value_type(&self) -> Type {
        let ColumnContent::Field { path, field } = &self.holds else {
            return if matches!(self.holds, ColumnContent::Number) { Type::Integer } else { Type::String };
        };
        if field.many && !path.is_empty() {
            return Type::Array;
        }
        match (field.shape)() {
            Shape::Integer { .. } => Type::Integer,
            Shape::Number { .. } | Shape::Share => Type::Number,
            Shape::Amount => Type::Amount,
            Shape::Boolean => Type::Boolean,
            Shape::Date => Type::Date,
            Shape::Time => Type::Time,
            Shape::Free | Shape::CheckSettings | Shape::Table(_) => Type::Object,
            _ => Type::String,
        }
    }

    /// The kind of record that it refers to.
    pub(crate) fn reference(&self) -> Option<Kind> {
        match &self.holds {
            ColumnContent::Owner(kind) => Some(*kind),
            ColumnContent::Field { path, field } => match (field.shape)() {
                Shape::Reference(kind) => Some(kind),
                Shape::Requirement | Shape::Eligible if path.is_empty() => Some(Kind::Member),
                _ => None,
            },
            ColumnContent::Id | ColumnContent::Folder | ColumnContent::Number => None,
        }
    }

    /// Whether every row must have it. A field that is required only inside an optional table is not.
    pub(crate) fn is_required(&self) -> bool {
        match &self.holds {
            ColumnContent::Field { path, field } => path.is_empty() || (path.len() == 1 && field.flags.required),
            ColumnContent::Folder => false,
            ColumnContent::Id | ColumnContent::Owner(_) | ColumnContent::Number => true,
        }
    }

    /// Its description, for people.
    pub(crate) fn description(&self) -> String {
        match &self.holds {
            ColumnContent::Id => "The id: the name of the record's file without `.toml`.".to_owned(),
            ColumnContent::Folder => {
                "The subfolder of the kind's folder with the record's file; empty for most.".to_owned()
            }
            ColumnContent::Owner(kind) => format!("The id of the {kind}."),
            ColumnContent::Number => "The position in the list, from 1.".to_owned(),
            ColumnContent::Field { field, .. } => field.description(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_table_and_every_column_has_a_name_of_its_own() {
        let sheets = sheets();
        let names: BTreeSet<&str> = sheets.iter().map(|sheet| sheet.name.as_str()).collect();
        assert_eq!(names.len(), sheets.len());
        assert!(Kind::ALL.iter().all(|kind| names.contains(kind.folder())));
        for sheet in &sheets {
            let columns: BTreeSet<&str> = sheet.columns.iter().map(|column| column.name.as_str()).collect();
            assert_eq!(columns.len(), sheet.columns.len(), "{}", sheet.name);
            let plain = |name: &str| name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
            assert!(plain(&sheet.name) && columns.iter().all(|name| plain(name)), "{}", sheet.name);
        }
    }

    #[test]
    fn no_reference_hides_in_a_cell() {
        for sheet in sheets() {
            for column in &sheet.columns {
                let ColumnContent::Field { path, field } = &column.holds else { continue };
                let hidden = field.many && !path.is_empty() && column.reference().is_some();
                assert!(!hidden && column.value_type() != Type::Object || field.name == "extra", "{}", column.name);
            }
        }
    }

    #[test]
    fn lists_and_single_tables_are_found_where_they_stand() {
        let today = "2026-06-15".parse().unwrap();
        let public = Readers { private: false, extra: false, today };
        let sheets: Vec<TableSpec> = Kind::ALL.into_iter().flat_map(|kind| sheets_of(kind, &public)).collect();
        let of = |name: &str| sheets.iter().find(|sheet| sheet.name == name).unwrap();
        let columns = |name: &str| of(name).columns.iter().map(|column| column.name.clone()).collect::<Vec<_>>();
        assert!(columns("members").contains(&"process_lead_days".to_owned()));
        assert!(!columns("members").iter().any(|name| ["notes", "extra"].contains(&name.as_str())), "they are private");
        let names = |audience| sheets_of(Kind::Member, &audience).remove(0).columns;
        assert!(names(Readers { extra: true, ..public }).iter().any(|column| column.name == "extra"));
        assert_eq!(columns("member_signatories"), ["member", "number", "advocate"]);
        assert_eq!(columns("goal_measure_readings"), ["goal", "number", "date", "value"]);
        assert_eq!(of("goal_measure_readings").path, ["measure", "readings"]);
        assert_eq!(columns("agreement_required_of"), ["agreement", "number", "member"]);
        assert_eq!(of("committee_watch").columns[3].value_type(), Type::Array);
        assert_eq!(of("goal_positions").primary_key(), ["goal", "number"]);
        assert_eq!(of("members").primary_key(), ["id"]);
    }
}
