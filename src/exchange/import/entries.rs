//! Entries of lists in records from a flat table: the seats of committees, positions, attendance, contacts. One column names the
//! record, the others the fields of an entry.

use super::aliases::aliases;
use super::column::{ColumnOptions, ColumnTarget, Mapping, ValueRule, normalize_heading};
use super::open::Judgment;
use super::organizations::explain_missing;
use super::reference::Index;
use super::row::read_rows;
use super::value::ValueReader;
use crate::error::Error;
use crate::exchange::import_file::ImportFile;
use crate::exchange::incoming::{Incoming, Problem, quote};
use crate::kind::{Kind, SIGNATURES};
use crate::ledger::Ledger;
use crate::ledger::query::entries::EntryList;
use crate::parse::alike::fold;
use crate::parse::suggest::nearest;
use crate::record::field::{Field, Shape, TableDef};
use crate::record::fields_of;
use serde_json::{Value, json};
use std::collections::HashMap;

/// The lists whose entries have commands or files of their own.
const OTHERS: [&str; 8] =
    [SIGNATURES, "contact_details", "links", "sources", "allow", "former_signatories", "earlier_memberships", "keys"];

/// All lists whose entries can be imported.
pub(crate) fn importable_lists() -> Vec<EntryList> {
    let names = EntryList::names().into_iter().filter(|name| !OTHERS.contains(name));
    names.map(|name| EntryList { name }).filter(|list| !kinds_of(*list).is_empty()).collect()
}

/// The importable list of this name, also in the singular.
pub(crate) fn find_importable(word: &str) -> Option<EntryList> {
    EntryList::find(word).filter(|list| importable_lists().contains(list))
}

/// The kinds of record that hold the list themselves, not in a table.
fn kinds_of(list: EntryList) -> Vec<Kind> {
    list.places().filter(|place| place.path.len() == 1).map(|place| place.kind).collect()
}

fn field_of(list: EntryList, kind: Kind) -> Option<&'static Field> {
    fields_of(kind).find(|field| field.name == list.name)
}

fn table_of_entries(field: &Field) -> Option<&'static TableDef> {
    match (field.shape)() {
        Shape::Table(table) if field.many => Some(table),
        _ => None,
    }
}

/// Which columns hold the record and the fields of an entry.
#[derive(Debug)]
pub(crate) struct EntryMapping {
    kind: Kind,
    list: &'static Field,
    /// The column that names the record, or the record of all rows.
    record: RecordOf,
    /// The columns of the entry.
    pub mapping: Mapping,
}

/// What names the record of a row.
#[derive(Debug, Clone)]
enum RecordOf {
    Column(String),
    All(String),
}

/// The word for the record in `--map` and `--set`.
const RECORD: &str = "record";

/// Matches the columns to the record and the fields of an entry.
///
/// # Errors
/// No column names the record, or an option names a field or a column that does not exist.
pub(crate) fn map_entries(file: &ImportFile, list: EntryList, options: &ColumnOptions) -> Result<EntryMapping, Error> {
    let columns = columns_of(file);
    let find = |name: &str| {
        let found = columns.iter().find(|column| normalize_heading(column) == normalize_heading(name));
        found.cloned().ok_or_else(|| {
            Error::usage(format!("there is no column \"{name}\"; the columns are {}", columns.join(", ")))
        })
    };
    let ignored: Vec<String> = options.ignore.iter().map(|name| find(name)).collect::<Result<_, _>>()?;
    let is_record =
        |word: &str| word.trim() == RECORD || kinds_of(list).iter().any(|kind| word.trim() == kind.singular());
    let set = options.set.iter().find(|(field, _)| is_record(field));
    let map = options.map.iter().find(|(field, _)| is_record(field));
    let mut tries: Vec<(Kind, RecordOf)> = Vec::new();
    for kind in &kinds_of(list) {
        let of_kind = |word: &str| word.trim() == RECORD || word.trim() == kind.singular();
        if let Some((_, id)) = set.filter(|(field, _)| of_kind(field)) {
            tries.push((*kind, RecordOf::All(id.clone())));
        } else if let Some((_, column)) = map.filter(|(field, _)| of_kind(field)) {
            tries.push((*kind, RecordOf::Column(find(column)?)));
        } else if set.is_none() && map.is_none() {
            let found = record_column(&columns, *kind, list).filter(|column| !ignored.contains(column));
            tries.extend(found.map(|column| (*kind, RecordOf::Column(column))));
        }
    }
    let Some((kind, record)) = tries.into_iter().next() else {
        let kinds: Vec<&str> = kinds_of(list).iter().map(|kind| kind.singular()).collect();
        return Err(Error::data(format!(
            "no column names the {} that each row belongs to; choose it with --map record=COLUMN ({}), or name one for all rows with \
             --set record=ID",
            kinds.join(" or "),
            columns.join(", ")
        )));
    };
    let (Some(field), Some(table)) = (field_of(list, kind), field_of(list, kind).and_then(table_of_entries)) else {
        return Err(Error::usage(format!("{} has no list `{}`", kind.with_article(), list.name)));
    };
    let target = |name: &str| -> Result<ColumnTarget, Error> {
        let name = name.trim();
        let inner = name.strip_prefix(list.name).and_then(|rest| rest.strip_prefix('.')).unwrap_or(name);
        let found = table.field(inner).map(|inner| ColumnTarget::Field(vec![field, inner]));
        found.ok_or_else(|| {
            let names = table.fields.iter().map(|field| field.name);
            let near = nearest(inner, names.clone()).map_or_else(
                || format!("it has {}", names.collect::<Vec<_>>().join(", ")),
                |near| format!("did you mean `{near}`?"),
            );
            Error::usage(format!("{} has no field `{inner}`; {near}", table.noun))
        })
    };
    let mut mapping = Mapping::default();
    for (name, column) in options.map.iter().filter(|(field, _)| !is_record(field)) {
        mapping.mapped.push((find(column)?, target(name)?));
    }
    for (name, value) in options.set.iter().filter(|(field, _)| !is_record(field)) {
        mapping.fixed.push((target(name)?, value.clone()));
    }
    for (name, value) in &options.defaults {
        mapping.defaults.push((target(name)?, value.clone()));
    }
    for (name, from, to) in &options.values {
        mapping.values.push(ValueRule { field: target(name)?.name(), from: from.clone(), to: to.clone() });
    }
    let is_record_column = |column: &String| matches!(&record, RecordOf::Column(name) if name == column);
    for (inner, headings) in headings_of(table) {
        let path = ColumnTarget::Field(vec![field, inner]);
        let is_filled = mapping.mapped.iter().chain(&[]).any(|(_, target)| target.name() == path.name())
            || mapping.fixed.iter().any(|(target, _)| target.name() == path.name());
        let is_free = |column: &&String| {
            !is_record_column(column)
                && !ignored.contains(column)
                && !mapping.mapped.iter().any(|(name, _)| name == *column)
        };
        let find =
            |heading: &String| columns.iter().filter(is_free).find(|column| normalize_heading(column) == *heading);
        if let Some(column) = headings.iter().find_map(find).filter(|_| !is_filled) {
            let column = column.clone();
            mapping.mapped.push((column, path));
        }
    }
    let is_used = |column: &String| {
        is_record_column(column) || ignored.contains(column) || mapping.mapped.iter().any(|(name, _)| name == column)
    };
    mapping.unmapped = columns.iter().filter(|column| !is_used(column)).cloned().collect();
    Ok(EntryMapping { kind, list: field, record, mapping })
}

fn columns_of(file: &ImportFile) -> Vec<String> {
    let mut columns = file.columns.clone();
    for key in file.rows.iter().filter(|_| file.columns.is_empty()).flat_map(|row| row.values.keys()) {
        if !columns.contains(key) {
            columns.push(key.clone());
        }
    }
    columns
}

/// The column that names the record: it is called `record`, by the kind, or as a list of such records calls its names. A field of the
/// entry comes first.
fn record_column(columns: &[String], kind: Kind, list: EntryList) -> Option<String> {
    let table = field_of(list, kind).and_then(table_of_entries)?;
    let mut names: Vec<String> = [RECORD, kind.singular(), kind.folder()].into_iter().map(normalize_heading).collect();
    names.extend([format!("{}name", kind.singular()), format!("{}id", kind.singular())]);
    let common: &[&str] = match kind {
        Kind::Member => &["organization", "organisation", "org", "organizationname"],
        Kind::Advocate => &["person", "contactname", "advocate", "name"],
        Kind::Official => &["official", "legislator"],
        _ => &[],
    };
    names.extend(common.iter().map(|name| (*name).to_owned()));
    let of_kind =
        aliases(kind).into_iter().find(|(word, _)| *word == "name").map(|(_, names)| names).unwrap_or_default();
    names.extend(of_kind.iter().filter(|name| **name != "title").take(3).map(|name| normalize_heading(name)));
    let is_field =
        |column: &str| table.fields.iter().any(|field| normalize_heading(field.name) == normalize_heading(column));
    let found = |name: &String| columns.iter().find(|column| normalize_heading(column) == *name && !is_field(column));
    names.iter().find_map(found).cloned()
}

/// The fields of an entry, each with the headings that hold it, the most certain first.
fn headings_of(table: &'static TableDef) -> Vec<(&'static Field, Vec<String>)> {
    let of_field = |field: &'static Field| {
        let mut headings = vec![field.name.to_owned()];
        let more: &[&str] = match ((field.shape)(), field.name) {
            (_, "by") => &["contacted by", "who", "advocate", "person", "made by", "caller", "volunteer"],
            (_, "on_behalf_of") => &["organization", "organisation", "member", "for", "represents", "org"],
            (Shape::Reference(Kind::Advocate), _) => {
                &["person", "advocate", "who", "attendee", "name of person", "full name", "name"]
            }
            (Shape::Reference(Kind::Member), _) => &["organization", "organisation", "member", "org", "group"],
            (_, "name") => &["guest", "full name", "attendee"],
            (_, "option") => &["position", "vote", "choice", "stance"],
            (_, "channel") => &["how", "type", "by what", "method", "medium"],
            (_, "summary") => &["notes", "note", "what was said", "comments", "remarks", "result"],
            (_, "follow_up") => &["follow up", "next step on", "follow up on", "next contact"],
            (_, "note") => &["notes", "comment", "comments", "reason"],
            (_, "role") => &["seat", "office", "position", "function"],
            (_, "start_date") => &["start", "from", "since", "term start", "begins"],
            (_, "end_date") => &["end", "until", "to", "term end", "ends"],
            (_, "date") => &["day", "on", "when"],
            (_, "due") => &["deadline", "by when", "due date"],
            (_, "what") => &["action", "task"],
            (_, "item") => &["topic", "agenda item", "point"],
            (_, "value") => &["reading", "number", "amount"],
            _ => &[],
        };
        headings.extend(more.iter().map(|heading| (*heading).to_owned()));
        let headings: Vec<String> = headings.iter().map(|heading| normalize_heading(heading)).collect();
        (field, headings)
    };
    let mut fields: Vec<_> = table.fields.iter().map(of_field).collect();
    // An exact name of one field comes before another heading of a field above it.
    let exact: Vec<String> = table.fields.iter().map(|field| normalize_heading(field.name)).collect();
    for (field, headings) in &mut fields {
        let own = normalize_heading(field.name);
        headings.retain(|heading| *heading == own || !exact.contains(heading));
    }
    fields
}

/// Judges headings for entries of a list.
pub(crate) fn judge_entries(file: &ImportFile, list: EntryList, options: &ColumnOptions) -> Result<Judgment, Error> {
    let mapping = map_entries(file, list, options)?.mapping;
    Ok(Judgment { is_complete: !mapping.mapped.is_empty(), known: mapping.mapped.len() + 1 })
}

/// Entries as records to change.
#[derive(Debug, Default)]
pub(crate) struct EntryRows {
    /// One for each record, with the entries of all its rows.
    pub records: Vec<Incoming>,
    /// The mistakes.
    pub problems: Vec<Problem>,
    /// How many entries there are.
    pub entries: usize,
    /// For the place of each record, the places of its rows.
    pub places: Vec<(String, Vec<String>)>,
}

/// Reads the rows of a table as entries of records in the ledger.
pub(crate) fn read_entries(ledger: &Ledger, file: &ImportFile, map: &EntryMapping, values: &ValueReader) -> EntryRows {
    let read = read_rows(file, map.kind, &map.mapping, values);
    let mut result = EntryRows { problems: read.problems, ..EntryRows::default() };
    let index = Index::new(ledger);
    let mut groups: Vec<(String, Vec<String>, Vec<Value>)> = Vec::new();
    let mut group_of: HashMap<String, usize> = HashMap::new();
    for (row, mut incoming) in file.rows.iter().zip(read.records) {
        let problem = |column: Option<String>, reason: String| Problem { place: row.place.clone(), column, reason };
        let (column, name) = match &map.record {
            RecordOf::All(name) => (None, name.clone()),
            RecordOf::Column(column) => {
                let text = row.value(column).and_then(Value::as_str).unwrap_or_default();
                (Some(column.clone()), text.trim().to_owned())
            }
        };
        let id = match find_record(ledger, map.kind, &name) {
            Ok(id) => id,
            Err(error) => {
                result.problems.push(problem(column, error.to_string()));
                continue;
            }
        };
        settle_guest(&index, map.list, &mut incoming);
        let unresolved = index.resolve(map.kind, &mut incoming.fields);
        if !unresolved.is_empty() {
            result.problems.extend(unresolved.into_iter().map(|(field, reason)| {
                let column = map.mapping.column_of(&field).map(str::to_owned);
                let mut problem = problem(Some(field), reason);
                explain_missing(&mut problem, &map.mapping, true);
                Problem { column: column.or(problem.column), ..problem }
            }));
            continue;
        }
        let entries = incoming.fields.shift_remove(map.list.name);
        let Some(Value::Array(entries)) = entries else {
            if incoming.invalid_fields.is_empty() {
                result.problems.push(problem(None, "this row has no values for an entry".to_owned()));
            }
            continue;
        };
        let at = *group_of.entry(id.clone()).or_insert_with(|| {
            groups.push((id, Vec::new(), Vec::new()));
            groups.len() - 1
        });
        if let Some((_, places, all)) = groups.get_mut(at) {
            places.push(row.place.clone());
            all.extend(entries.into_iter().filter(|entry| !all.contains(entry)).collect::<Vec<_>>());
        }
    }
    for (id, places, entries) in groups {
        let place = describe_places(&places);
        result.entries += entries.len();
        let mut record = Incoming { id: Some(id), ..Incoming::new(place.as_str(), map.kind) };
        record.fields.insert(map.list.name.to_owned(), json!(entries));
        result.records.push(record);
        result.places.push((place, places));
    }
    result
}

/// Someone whose name is that of a person in the ledger is not a guest.
fn settle_guest(index: &Index, list: &Field, incoming: &mut Incoming) {
    let entry =
        incoming.fields.get_mut(list.name).and_then(|entries| entries.get_mut(0)).and_then(Value::as_object_mut);
    let has_both =
        table_of_entries(list).is_some_and(|table| table.field("advocate").is_some() && table.field("name").is_some());
    let Some(entry) = entry.filter(|_| has_both) else { return };
    let field = if entry.contains_key("advocate") { "advocate" } else { "name" };
    let Some(name) = entry.get(field).and_then(Value::as_str).map(str::to_owned) else { return };
    match index.find(Kind::Advocate, &name) {
        Some(id) => {
            entry.shift_remove("name");
            entry.insert("advocate".to_owned(), Value::from(id));
        }
        // A name with a space is no id.
        None if field == "advocate" && name.contains(' ') && !entry.contains_key("name") => {
            entry.shift_remove("advocate");
            entry.insert("name".to_owned(), Value::from(name));
        }
        None => {}
    }
}

fn describe_places(places: &[String]) -> String {
    const MOST: usize = 5;
    match places {
        [one] => one.clone(),
        _ => {
            let more = places.len().saturating_sub(MOST);
            let end = if more > 0 { format!(" and {more} more") } else { String::new() };
            places.iter().take(MOST).cloned().collect::<Vec<_>>().join(", ") + &end
        }
    }
}

/// The record that a text names: by its id, its name, or another name; a meeting also by its date.
///
/// # Errors
/// If it names none, or several.
fn find_record(ledger: &Ledger, kind: Kind, text: &str) -> Result<String, Error> {
    if text.is_empty() {
        return Err(Error::data(format!("the row does not name its {kind}")));
    }
    let text = text.strip_prefix(kind.singular()).and_then(|rest| rest.strip_prefix('/')).unwrap_or(text);
    if let Some(record) = ledger.find(kind, text) {
        return Ok(record.key().id.to_string());
    }
    let is_meant = |name: &str| fold(name) == fold(text);
    let date = (kind == Kind::Meeting).then(|| text.parse::<chrono::NaiveDate>().ok()).flatten();
    let is_on = |json: &serde_json::Map<String, Value>| {
        date.is_some_and(|date| json.get("date").and_then(Value::as_str) == Some(&date.to_string()))
    };
    let found: Vec<String> = ledger
        .records_of(kind)
        .filter(|record| {
            is_meant(record.name())
                || record.common().other_names.iter().any(|name| is_meant(&name.value))
                || (date.is_some() && is_on(&record.to_json()))
        })
        .map(|record| record.key().id.to_string())
        .collect();
    match found.as_slice() {
        [id] => Ok(id.clone()),
        [] => {
            let ids: Vec<String> = ledger.records_of(kind).map(|record| record.key().id.to_string()).collect();
            let names: Vec<&str> =
                ledger.records_of(kind).map(|record| record.name()).chain(ids.iter().map(String::as_str)).collect();
            let help = nearest(text, names.iter().copied()).map_or_else(
                || format!("`coalition list {}` shows them", kind.folder()),
                |near| format!("did you mean \"{near}\"?"),
            );
            Err(Error::data(format!("there is no {kind} {}; {help}", quote(text))))
        }
        several => Err(Error::data(format!(
            "several {} are called {} ({}); write the id of the right one",
            kind.folder(),
            quote(text),
            several.iter().take(5).cloned().collect::<Vec<_>>().join(", ")
        ))),
    }
}
