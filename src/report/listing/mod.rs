//! Records of a kind, or signatures, as a table: what `coalition list` answers.

mod signatures;

use super::value_words::{in_words, label};
use crate::document::{Line, Side, Table};
use crate::kind::{Kind, RecordKey};
use crate::ledger::Ledger;
use crate::ledger::query::entries::{EntryList, RECORD};
use crate::ledger::query::{self, Query, QuerySubject};
use crate::parse::collation::{SortKey, by_place};
use crate::record::AnyRecord;
use crate::record::field::{Field, Shape};
use chrono::NaiveDate;
use serde_json::{Map, Value};
use std::cmp::Ordering;
use std::collections::BTreeSet;

/// The characters that a cell of a table may take; `show` tells the whole.
const WIDEST: usize = 56;

/// Which records are listed, how sorted, and with which fields.
#[derive(Debug, Clone)]
pub(crate) struct ListSelection {
    /// What is listed.
    pub listed: QuerySubject,
    /// What they must be like.
    pub query: Query,
    /// The fields to show, with dots between tables.
    pub fields: Vec<String>,
    /// The field to sort by, and whether backwards.
    pub sort: Option<(String, bool)>,
    /// Whether private fields may be shown and searched.
    pub private: bool,
}

/// The fields that a list shows where none are asked for.
pub(crate) fn usual_fields(listed: QuerySubject) -> Vec<&'static str> {
    match listed {
        QuerySubject::Records(kind) => usual_fields_of(kind).to_vec(),
        QuerySubject::Signatures => vec!["agreement", "member", "by", "date", "version", "state"],
        QuerySubject::Entries(list) => list.usual_fields(),
    }
}

/// The same for the records of a kind.
pub(crate) fn usual_fields_of(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Member => &["id", "name", "classification", "stage", "representative"],
        Kind::Advocate => &["id", "name", "role", "member"],
        Kind::Goal => &["id", "name", "stage", "due", "lead"],
        Kind::Agreement => &["id", "name", "version", "effective", "expires"],
        Kind::Meeting => &["id", "name", "date", "location"],
        Kind::Decision => &["id", "name", "closes", "decided", "result"],
        Kind::Contribution => &["id", "name", "date", "kind", "member"],
        Kind::Committee => &["id", "name", "purpose"],
        Kind::Official => &["id", "name", "office", "stance", "owner"],
        Kind::Campaign => &["id", "name", "opens", "closes", "goal"],
        Kind::Request => &["id", "name", "date", "member", "closed"],
    }
}

/// The records or signatures that match, each as its fields, sorted.
pub(crate) fn rows(ledger: &Ledger, selection: &ListSelection, today: NaiveDate) -> Vec<Map<String, Value>> {
    let shown = |record: &dyn AnyRecord| query::fields_of(ledger, record, today, selection.private);
    let mut rows: Vec<Map<String, Value>> = match selection.listed {
        QuerySubject::Records(kind) => ledger.records_of(kind).map(shown).collect(),
        QuerySubject::Signatures => signatures::signatures(ledger, today),
        QuerySubject::Entries(list) => {
            records_with(ledger, list).flat_map(|record| entries(list, record, &shown(record))).collect()
        }
    };
    rows.retain(|fields| selection.query.matches(fields));
    for detail in selection.fields.iter().filter_map(|name| query::contact_detail(selection.listed, name)) {
        for row in &mut rows {
            let value = query::contacts_of(row, detail);
            row.insert(detail.to_owned(), Value::from(value));
        }
    }
    sort(&mut rows, selection);
    rows
}

/// The entries that match, from their records as others may have these: `redacted` gives the fields of a record without what they may
/// not.
pub(crate) fn entries_for_others(
    ledger: &Ledger,
    selection: &ListSelection,
    list: EntryList,
    today: NaiveDate,
    redacted: &dyn Fn(&dyn AnyRecord) -> Map<String, Value>,
) -> Vec<Map<String, Value>> {
    let mut rows = Vec::new();
    for record in records_with(ledger, list) {
        let whole = entries(list, record, &query::fields_of(ledger, record, today, false));
        let open = entries(list, record, &redacted(record));
        // Who asks for what a person does finds it, though the person is not named.
        let is_same = whole.len() == open.len();
        let matches = |at: usize, row: &Map<String, Value>| {
            selection.query.matches(whole.get(at).filter(|_| is_same).unwrap_or(row))
        };
        rows.extend(open.into_iter().enumerate().filter(|(at, row)| matches(*at, row)).map(|(_, row)| row));
    }
    sort(&mut rows, selection);
    rows
}

/// The records of the kinds that hold such entries.
fn records_with(ledger: &Ledger, list: EntryList) -> impl Iterator<Item = &dyn AnyRecord> {
    let kinds: BTreeSet<Kind> = list.places().map(|place| place.kind).collect();
    kinds.into_iter().flat_map(|kind| ledger.records_of(kind))
}

fn entries(list: EntryList, record: &dyn AnyRecord, fields: &Map<String, Value>) -> Vec<Map<String, Value>> {
    let id = fields.get("id").and_then(Value::as_str).unwrap_or(&record.key().id);
    list.entries_in(record.key().kind, id, fields)
}

/// Sorts rows by their ids, and then as it is wanted.
pub(crate) fn sort(rows: &mut [Map<String, Value>], selection: &ListSelection) {
    let id = |fields: &Map<String, Value>| fields.get("id").map(ToString::to_string).unwrap_or_default();
    // Of two signatures by one member the one that stands first comes first.
    rows.sort_by_cached_key(|row| {
        let id = id(row);
        (SortKey::of(&id), id)
    });
    if let Some((field, backwards)) = &selection.sort {
        rows.sort_by(|a, b| compare(&values(a, field), &values(b, field), *backwards));
    }
}

/// Numbers by size, then text by its letters; what is absent comes last, backwards too.
fn compare(a: &[String], b: &[String], backwards: bool) -> Ordering {
    let (Some(first), Some(second)) = (a.first(), b.first()) else { return a.is_empty().cmp(&b.is_empty()) };
    let order = match (query::number(first), query::number(second)) {
        (Some(first), Some(second)) => first.total_cmp(&second),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => by_place(first, second),
    };
    if backwards { order.reverse() } else { order }
}

fn values(fields: &Map<String, Value>, name: &str) -> Vec<String> {
    let path: Vec<String> = name.split('.').map(str::to_owned).collect();
    query::at(fields, &path)
}

/// The chosen fields of a record as text, one for each field: ids stay ids.
pub(crate) fn cells(fields: &Map<String, Value>, names: &[String]) -> Vec<String> {
    names.iter().map(|name| values(fields, name).join(", ")).collect()
}

/// The records as a table for people: names for ids, dates in words, each cell whole. What should have been done by `today` is late.
pub(crate) fn table(
    ledger: &Ledger,
    selection: &ListSelection,
    rows: &[Map<String, Value>],
    today: NaiveDate,
) -> Table {
    let columns: Vec<(String, Option<&'static Field>)> =
        selection.fields.iter().map(|name| (label(name), field(selection.listed, name))).collect();
    let side = |field: Option<&'static Field>| match field.map(|field| (field.shape)()) {
        Some(Shape::Integer { .. } | Shape::Number { .. } | Shape::Amount | Shape::Share) => Side::Right,
        _ => Side::Left,
    };
    let name_of = |key: &RecordKey| ledger.name_of_key(key).to_owned();
    let mut table = Table::new(columns.iter().map(|(label, field)| (label.as_str(), side(*field))));
    for row in rows {
        table.row(selection.fields.iter().zip(&columns).map(|(name, (_, field))| match (field, row.get(name)) {
            (Some(field), Some(value)) if is_late(row, name, today) => Line::new().late(in_words(ledger, field, value)),
            (Some(field), Some(value)) => Line::from(in_words(ledger, field, value)),
            (None, Some(Value::String(key))) if name == RECORD => {
                let key = key.split_once('/').and_then(|(kind, id)| Some(RecordKey::new(kind.parse().ok()?, id)));
                Line::from(key.map_or_else(String::new, |key| name_of(&key)))
            }
            (None, Some(Value::String(id))) if selection.listed == QuerySubject::Signatures && name == "agreement" => {
                Line::from(name_of(&RecordKey::new(Kind::Agreement, id)))
            }
            _ => Line::from(values(row, name).join(", ")),
        }));
    }
    table
}

/// Whether a field is the day by which something should have been done that is still open.
pub(super) fn is_late(row: &Map<String, Value>, name: &str, today: NaiveDate) -> bool {
    const ENDS: [&str; 4] = ["done", "met", "dropped", "closed"];
    let day = |name: &str| row.get(name).and_then(Value::as_str).and_then(|text| text.parse::<NaiveDate>().ok());
    let has_ended = || ENDS.into_iter().filter_map(day).any(|day| day <= today);
    name == "due" && day(name).is_some_and(|due| due < today) && !has_ended()
}

/// The heading of a field.
pub(crate) fn heading(field: &str) -> String {
    label(field)
}

/// A field of a record in words, as it stands in a cell.
pub(crate) fn cell(ledger: &Ledger, kind: Kind, name: &str, fields: &Map<String, Value>) -> String {
    match (field(kind.into(), name), fields.get(name)) {
        (Some(field), Some(value)) => fit_text(&in_words(ledger, field, value)),
        _ => String::new(),
    }
}

/// Text that fits a column, on one line.
pub(crate) fn fit_text(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= WIDEST { line } else { line.chars().take(WIDEST - 1).chain(['\u{2026}']).collect() }
}

/// The field of a plain name, without dots.
fn field(listed: QuerySubject, name: &str) -> Option<&'static Field> {
    listed.fields().find(|field| field.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::base_ledger;
    use crate::ledger::load;
    use crate::ledger::query::QueryContext;

    fn all_goals() -> Query {
        let context = QueryContext { today: "2026-06-15".parse().unwrap(), id_of: &|_, _| Ok(None) };
        Query::parse(Kind::Goal, &[], &context).unwrap()
    }

    fn sorted(names: &[&str], field: &str, backwards: bool) -> Vec<String> {
        let mut files = base_ledger();
        for (at, name) in names.iter().enumerate() {
            files.put(&format!("goals/goal-{at}.toml"), name.as_bytes());
        }
        let selection = ListSelection {
            listed: Kind::Goal.into(),
            query: all_goals(),
            fields: Vec::new(),
            sort: Some((field.to_owned(), backwards)),
            private: false,
        };
        let rows = rows(&load(&files).unwrap(), &selection, "2026-06-15".parse().unwrap());
        rows.iter().map(|row| values(row, field).join(" ")).collect()
    }

    #[test]
    fn numbers_come_before_text_and_what_is_absent_last() {
        let goals = ["name = \"9\"", "name = \"5x\"", "", "name = \"Nan\"", "name = \"10\"", "name = \"abc\""];
        assert_eq!(sorted(&goals, "name", false), ["9", "10", "5x", "abc", "Nan", ""]);
        assert_eq!(sorted(&goals, "name", true), ["Nan", "abc", "5x", "10", "9", ""]);
    }

    #[test]
    fn ids_stand_in_natural_order() {
        let mut files = base_ledger();
        for at in [10, 2, 1] {
            files.put(&format!("goals/n{at}.toml"), b"name = \"N\"");
        }
        let selection = ListSelection {
            listed: Kind::Goal.into(),
            query: all_goals(),
            fields: Vec::new(),
            sort: None,
            private: false,
        };
        let rows = rows(&load(&files).unwrap(), &selection, "2026-06-15".parse().unwrap());
        let ids: Vec<String> = rows.iter().map(|row| values(row, "id").join(" ")).collect();
        let numbered: Vec<&str> = ids.iter().map(String::as_str).filter(|id| id.starts_with('n')).collect();
        assert_eq!(numbered, ["n1", "n2", "n10"]);
    }

    #[test]
    fn no_mixture_of_names_breaks_the_order() {
        // Enough of them, and mixed enough, for a sort to notice an order that contradicts itself.
        let word = |at: u32| match at % 3 {
            0 => format!("name = \"{}\"", at * 7919 % 101),
            1 => format!("name = \"{}x\"", at * 31 % 97),
            _ => String::new(),
        };
        let goals: Vec<String> = (0..240).map(word).collect();
        let goals: Vec<&str> = goals.iter().map(String::as_str).collect();
        let sorted = sorted(&goals, "name", false);
        let rank = |name: &str| (name.is_empty(), name.ends_with('x'));
        assert!(sorted.is_sorted_by_key(|name| rank(name)));
        assert_eq!(sorted.iter().filter(|name| name.is_empty()).count(), 80);
    }
}
