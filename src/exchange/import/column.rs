//! Which column of an import file holds which field of a record: by its name, a common heading, or an option.

use super::cells::{are_foreign_ids, are_yes_or_no, texts_of};
use super::heading::{AddressPart, ContactHeading, ContactPart, contact_heading};
use super::matching::{is_address_book, match_contacts, match_headings};
use super::nested_detail::texts_in_tables;
use super::person_name::NamePart;
use super::restriction::{asks_permission, is_restriction};
use crate::error::Error;
use crate::exchange::columns::FOLDER;
use crate::exchange::import_file::ImportFile;
use crate::exchange::incoming::Problem;
use crate::exchange::outgoing::is_unlisted;
use crate::kind::Kind;
use crate::parse::alike::fold_accents;
use crate::parse::suggest::{is_slug, nearest, slug};
use crate::record::common::ContactType;
use crate::record::field::{Field, Shape};
use crate::record::fields_of;
use crate::record::value::Choices;
use serde_json::{Map, Value};
use std::collections::HashSet;

/// What a column holds.
#[derive(Debug, Clone)]
pub(crate) enum ColumnTarget {
    /// The id of the record.
    Id,
    /// A part of a person's name.
    NamePart(NamePart),
    /// A field, after the tables that contain it.
    Field(Vec<&'static Field>),
    /// A contact detail, or a part of one.
    Contact(ContactHeading),
    /// Contact details of any type, in a column whose heading says nothing of them.
    AnyContact(String),
    /// A key under `[extra]`.
    Extra(String),
}

/// A contact detail of this type, in a column of its own.
fn contact(detail: &'static str) -> ColumnTarget {
    let part = if detail == "address" { ContactPart::Address(AddressPart::Street) } else { ContactPart::Whole };
    ColumnTarget::Contact(ContactHeading { detail, label: None, group: format!("{detail} of its own"), part })
}

impl ColumnTarget {
    /// Whether it holds long text in which every space counts.
    pub(crate) fn is_prose(&self) -> bool {
        let ColumnTarget::Field(path) = self else { return false };
        path.last().is_some_and(|field| matches!((field.shape)(), Shape::Prose))
    }

    /// Whether it holds values of any type.
    pub(crate) fn is_free(&self) -> bool {
        match self {
            ColumnTarget::Extra(_) => true,
            ColumnTarget::Field(path) => path.last().is_some_and(|field| matches!((field.shape)(), Shape::Free)),
            _ => false,
        }
    }

    /// Its name: for a field, with dots between the parts.
    pub(crate) fn name(&self) -> String {
        match self {
            ColumnTarget::Id => "id".to_owned(),
            ColumnTarget::NamePart(_) => "name".to_owned(),
            ColumnTarget::Field(path) => path.iter().map(|field| field.name).collect::<Vec<_>>().join("."),
            ColumnTarget::Contact(heading) => heading.detail.to_owned(),
            ColumnTarget::AnyContact(_) => "contact_details".to_owned(),
            ColumnTarget::Extra(key) => format!("extra.{key}"),
        }
    }

    /// Whether several columns may each hold a part of it.
    pub(crate) fn takes_several(&self) -> bool {
        match self {
            ColumnTarget::Contact(_) | ColumnTarget::AnyContact(_) => true,
            ColumnTarget::Field(path) => path.last().is_some_and(|field| field.many && !is_table(field)),
            _ => false,
        }
    }
}

/// Whether the values of a field are tables.
fn is_table(field: &Field) -> bool {
    matches!((field.shape)(), Shape::Table(_))
}

/// What the command line says about columns.
#[derive(Debug, Clone, Default)]
pub(crate) struct ColumnOptions {
    /// Fields and the columns that hold them.
    pub map: Vec<(String, String)>,
    /// Fields, and the value for all rows.
    pub set: Vec<(String, String)>,
    /// Fields, and the value for rows that have none.
    pub defaults: Vec<(String, String)>,
    /// Fields, a value in the file, and the value that it stands for.
    pub values: Vec<(String, String, String)>,
    /// The column that distinguishes records.
    pub id_from: Option<String>,
    /// Columns to leave out.
    pub ignore: Vec<String>,
    /// Whether columns that match no field are kept under `[extra]`.
    pub extra: bool,
}

/// A value in a file, and the value that it stands for.
#[derive(Debug, Clone)]
pub(crate) struct ValueRule {
    /// The name of the field.
    pub field: String,
    /// What the file says.
    pub from: String,
    /// What it stands for.
    pub to: String,
}

/// Which columns hold what.
#[derive(Debug, Clone, Default)]
pub(crate) struct Mapping {
    /// The columns to import, in order.
    pub mapped: Vec<(String, ColumnTarget)>,
    /// The columns that match no field.
    pub unmapped: Vec<String>,
    /// Values for rows that have none.
    pub defaults: Vec<(ColumnTarget, String)>,
    /// Values for all rows.
    pub fixed: Vec<(ColumnTarget, String)>,
    /// What values in the file stand for.
    pub values: Vec<ValueRule>,
    /// The columns that say whether someone may be contacted.
    pub restrictions: Vec<String>,
    /// The columns with ids of another program.
    pub foreign_ids: Vec<String>,
    /// The columns with names of people in a list of organizations.
    pub people: Vec<String>,
    /// Whether the file is an address book of a program, in which a person may lack a name and any company may stand.
    pub is_address_book: bool,
}

impl Mapping {
    /// The column that holds a field, by the field's name.
    pub(crate) fn column_of(&self, field: &str) -> Option<&str> {
        let found = self.mapped.iter().find(|(_, target)| target.name() == field);
        found.map(|(column, _)| column.as_str())
    }
}

/// Matches the columns of an import file to fields.
///
/// # Errors
/// An option names a field or a column that does not exist.
pub(crate) fn map_columns(file: &ImportFile, kind: Kind, options: &ColumnOptions) -> Result<Mapping, Error> {
    let mut columns = columns(file, kind);
    let mut mapping =
        Mapping { is_address_book: file.is_address_book || is_address_book(&columns), ..Mapping::default() };
    for name in &options.ignore {
        let column = find_column(file, &columns, name)?;
        columns.retain(|other| *other != column);
    }
    let mut requested: Vec<(String, ColumnTarget)> = Vec::new();
    for (field, column) in &options.map {
        requested.push((find_column(file, &columns, column)?, parse_target(kind, field)?));
    }
    if let Some(column) = &options.id_from {
        let column = find_column(file, &columns, column)?;
        requested.retain(|(_, target)| !matches!(target, ColumnTarget::Id));
        requested.push((column, ColumnTarget::Id));
    }
    for (field, value) in &options.defaults {
        mapping.defaults.push((parse_target(kind, field)?, value.clone()));
    }
    for (field, value) in &options.set {
        mapping.fixed.push((parse_target(kind, field)?, value.clone()));
    }
    for (field, from, to) in &options.values {
        let field = parse_target(kind, field)?.name();
        mapping.values.push(ValueRule { field, from: from.clone(), to: to.clone() });
    }
    let fixed: Vec<String> =
        mapping.fixed.iter().filter(|(target, _)| !target.takes_several()).map(|(target, _)| target.name()).collect();
    let mut filled: HashSet<String> = requested.iter().map(|(_, target)| target.name()).chain(fixed.clone()).collect();
    let mut matched = match_headings(file, kind, &columns, mapping.is_address_book);
    matched.retain(|(column, target)| {
        // A column that distinguishes records may also be a field.
        let is_requested = requested.iter().any(|(name, target)| name == column && !matches!(target, ColumnTarget::Id));
        let free = match target {
            // The parts of a name help if the whole name is missing.
            ColumnTarget::NamePart(_) => !fixed.contains(&"name".to_owned()),
            target => target.takes_several() || !filled.contains(&target.name()),
        };
        let used = free && !is_requested;
        if used && !matches!(target, ColumnTarget::NamePart(_)) {
            filled.insert(target.name());
        }
        used
    });
    requested.retain(|(_, target)| !fixed.contains(&target.name()));
    let is_taken = |column: &String| {
        let is_requested = requested
            .iter()
            .any(|(name, target)| name == column && !matches!(target, ColumnTarget::Id) && target.name() != "name");
        is_requested || matched.iter().any(|(name, _)| name == column)
    };
    let rest: Vec<String> = columns.iter().filter(|column| !is_taken(column)).cloned().collect();
    let contacts = match_contacts(file, kind, &columns, &rest);
    // An e-mail address that stands for a name is an email address all the same.
    let is_other = |target: &ColumnTarget| !matches!(target, ColumnTarget::Id) && target.name() != "name";
    matched.extend(
        contacts
            .into_iter()
            .filter(|(column, _)| !requested.iter().any(|(name, target)| name == column && is_other(target))),
    );
    let mut keys = collect_extra_keys(file, &requested, &matched);
    let is_reached = fields_of(kind).any(|field| field.name == "contact_details");
    for column in &columns {
        let before = mapping.mapped.len();
        for (_, target) in requested.iter().chain(&matched).filter(|(name, _)| name == column) {
            mapping.mapped.push((column.clone(), target.clone()));
        }
        if mapping.mapped.len() == before {
            let asks = || asks_permission(column) && are_yes_or_no(file, column);
            let restricts = is_reached && (is_restriction(column) || asks());
            let is_foreign_id = normalize_heading(column) == ID && are_foreign_ids(file, column);
            if restricts {
                mapping.restrictions.push(column.clone());
            }
            if is_foreign_id {
                mapping.foreign_ids.push(column.clone());
            }
            let names_people = kind == Kind::Member && is_contact_person(column);
            if names_people {
                mapping.people.push(column.clone());
            }
            if options.extra || restricts || is_foreign_id || names_people {
                mapping.mapped.push((column.clone(), ColumnTarget::Extra(extra_key(column, &mut keys))));
            } else {
                mapping.unmapped.push(column.clone());
            }
        }
    }
    // Paths into lists are not columns of the file.
    for (name, target) in requested.into_iter().filter(|(name, _)| !columns.contains(name)) {
        mapping.mapped.push((name, target));
    }
    Ok(mapping)
}

/// Whether a heading of a list of organizations is that of a person who speaks for one.
fn is_contact_person(column: &str) -> bool {
    const HEADINGS: [&str; 32] = [
        "contactperson",
        "contactname",
        "contact",
        "primarycontact",
        "primarycontactname",
        "maincontact",
        "maincontactname",
        "keycontact",
        "pointofcontact",
        "contactpersonname",
        "primarycontactfirstname",
        "primarycontactlastname",
        "contactfirstname",
        "contactlastname",
        "firstname",
        "lastname",
        "primaryperson",
        "ansprechpartner",
        "ansprechpartnerin",
        "kontaktperson",
        "kontakt",
        "personadecontacto",
        "contacto",
        "nombredelcontacto",
        "personnecontact",
        "personneacontacter",
        "nomducontact",
        "referente",
        "director",
        "president",
        "executivedirector",
        "contactperson1",
    ];
    HEADINGS.contains(&normalize_heading(column).as_str())
}

/// The heading of record ids.
pub(super) const ID: &str = "id";

/// The keys that rows already have under `[extra]`.
fn collect_extra_keys(
    file: &ImportFile,
    requested: &[(String, ColumnTarget)],
    matched: &[(String, ColumnTarget)],
) -> HashSet<String> {
    let tables = requested
        .iter()
        .chain(matched)
        .filter(|(_, target)| matches!(target, ColumnTarget::Field(_)) && target.is_free());
    let given = requested.iter().chain(matched).filter_map(|(_, target)| match target {
        ColumnTarget::Extra(key) => Some(key.clone()),
        _ => None,
    });
    let mut keys: HashSet<String> = given.collect();
    for (column, _) in tables {
        for value in file.rows.iter().filter_map(|row| row.value(column)) {
            let read = value.as_str().and_then(|cell| serde_json::from_str(cell).ok());
            if let Value::Object(parsed) = read.as_ref().unwrap_or(value) {
                keys.extend(parsed.keys().cloned());
            }
        }
    }
    keys
}

/// The columns of an import file, in order of appearance. Each field of a nested table is a column, unless a record field holds
/// the whole table.
fn columns(file: &ImportFile, kind: Kind) -> Vec<String> {
    fn walk(
        fields: &Map<String, Value>,
        prefix: &str,
        kind: Kind,
        seen: &mut HashSet<String>,
        columns: &mut Vec<String>,
    ) {
        for (key, value) in fields {
            let path = if prefix.is_empty() { key.clone() } else { format!("{prefix}.{key}") };
            let whole = || {
                fields_of(kind).any(|field| {
                    field.name == path && matches!((field.shape)(), Shape::Table(_) | Shape::Free | Shape::Requirement)
                })
            };
            let is_of_contacts = || {
                contact_heading(&path).is_some()
                    || path.rsplit('.').next().is_some_and(|last| contact_heading(last).is_some())
            };
            match value {
                Value::Object(inner) if !whole() => walk(inner, &path, kind, seen, columns),
                // A list of names or employers: the first is the one that counts.
                Value::Array(items) if !whole() && !is_of_contacts() && texts_in_tables(value).is_empty() => {
                    match items.first() {
                        Some(Value::Object(inner)) => walk(inner, &format!("{path}.0"), kind, seen, columns),
                        _ if seen.insert(path.clone()) => columns.push(path),
                        _ => {}
                    }
                }
                _ if seen.insert(path.clone()) => columns.push(path),
                _ => {}
            }
        }
    }
    if !file.columns.is_empty() {
        return file.columns.clone();
    }
    let (mut seen, mut columns) = (HashSet::new(), Vec::new());
    for row in &file.rows {
        walk(&row.values, "", kind, &mut seen, &mut columns);
    }
    columns
}

/// Whether records of a kind are people.
pub(super) fn has_person_names(kind: Kind) -> bool {
    matches!(kind, Kind::Advocate | Kind::Official)
}

/// All fields of a kind that a column can hold; each table is followed by its fields.
pub(super) fn field_paths(kind: Kind) -> Vec<Vec<&'static Field>> {
    let mut field_paths = Vec::new();
    for field in fields_of(kind) {
        field_paths.push(vec![field]);
        if let Shape::Table(table) = (field.shape)() {
            field_paths.extend(table.fields.iter().map(|inner| vec![field, inner]));
        }
    }
    field_paths
}

/// What a word stands for: a field, a part of a name, or a type of contact detail.
pub(super) fn word_target(kind: Kind, word: &str) -> Option<ColumnTarget> {
    if let Some(field) = fields_of(kind).find(|field| field.name == word) {
        return Some(ColumnTarget::Field(vec![field]));
    }
    let is_part = |name: &str| has_person_names(kind) && normalize_heading(name) == normalize_heading(word);
    let part = NamePart::ALL
        .into_iter()
        .find(|(_, name, headings)| is_part(name) || headings.first().is_some_and(|first| is_part(first)));
    let reachable = || fields_of(kind).any(|field| field.name == "contact_details");
    let detail = || ContactType::CHOICES.iter().find(|choice| choice.word == word).filter(|_| reachable());
    part.map(|(part, _, _)| ColumnTarget::NamePart(part)).or_else(|| detail().map(|choice| contact(choice.word)))
}

/// The target that a person names on the command line.
fn parse_target(kind: Kind, name: &str) -> Result<ColumnTarget, Error> {
    let name = name.trim();
    if name == "id" {
        return Ok(ColumnTarget::Id);
    }
    if let Some(key) = name.strip_prefix("extra.").filter(|key| !key.is_empty()) {
        return Ok(ColumnTarget::Extra(key.to_owned()));
    }
    let field_paths = field_paths(kind);
    let names: Vec<String> = field_paths.iter().map(|path| ColumnTarget::Field(path.clone()).name()).collect();
    if let Some(path) = names.iter().position(|known| known == name).and_then(|at| field_paths.get(at)) {
        return Ok(ColumnTarget::Field(path.clone()));
    }
    if let Some(target) = word_target(kind, name) {
        return Ok(target);
    }
    let near = nearest(
        name,
        names
            .iter()
            .map(String::as_str)
            .chain(ContactType::CHOICES.iter().map(|choice| choice.word))
            .chain(NamePart::ALL.iter().map(|(_, word, _)| *word)),
    );
    let help = near.map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
    Err(Error::usage(format!("{} has no field `{name}`{help}", kind.with_article())))
}

/// The column with this name, or one that differs only in case, spaces or punctuation.
fn find_column(file: &ImportFile, columns: &[String], name: &str) -> Result<String, Error> {
    let name = name.trim();
    let same = |column: &&String| column.as_str() == name;
    let alike = |column: &&String| normalize_heading(column) == normalize_heading(name);
    if let Some(column) = columns.iter().find(same).or_else(|| columns.iter().find(alike)) {
        return Ok(column.clone());
    }
    if file.columns.is_empty() && file.rows.iter().any(|row| row.value(name).is_some()) {
        return Ok(name.to_owned());
    }
    let help = match nearest(name, columns.iter().map(String::as_str)) {
        Some(near) => format!("did you mean \"{near}\"?"),
        None => format!("the columns are {}", list_columns(columns)),
    };
    Err(Error::usage(format!("there is no column \"{name}\"; {help}")))
}

/// Names of columns for a sentence, at most 30.
pub(crate) fn list_columns(columns: &[String]) -> String {
    const MOST: usize = 30;
    let more = if columns.len() > MOST { format!(" and {} more", columns.len() - MOST) } else { String::new() };
    columns.iter().take(MOST).cloned().collect::<Vec<_>>().join(", ") + &more
}

/// The key under `[extra]` for a column.
fn extra_key(column: &str, used: &mut HashSet<String>) -> String {
    let key = match slug(column).replace('-', "_") {
        key if key.is_empty() => "column".to_owned(),
        key => key,
    };
    let numbered = (2..).map(|number| format!("{key}_{number}"));
    let free = std::iter::once(key.clone()).chain(numbered).find(|key| !used.contains(key)).unwrap_or(key);
    used.insert(free.clone());
    free
}

/// A heading in the form used for comparison: letters and digits, in lower case and without accents.
pub(super) fn normalize_heading(heading: &str) -> String {
    fold_accents(heading).replace('ß', "ss").chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Whether the ids of a file are those of records: it is a table of a package that this program exported, or all its ids are words as in
/// a ledger.
fn has_ids_of_records(file: &ImportFile) -> bool {
    let has_key = |name: &str| !file.rows.is_empty() && file.rows.iter().all(|row| row.values.contains_key(name));
    let has_slugs = || {
        let ids = texts_of(file, ID);
        !ids.is_empty() && ids.iter().all(|id| is_slug(id)) && !are_foreign_ids(file, ID)
    };
    has_key(ID) && (has_key(FOLDER) || has_slugs())
}

/// The key or column that says which record a line is.
const RECORD: &str = "record";

/// Turns the column `record` into `id`. Removes rows of another kind, and returns a problem for each. Skips people without a name.
pub(crate) fn read_record_ids(file: &mut ImportFile, kind: Kind) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut found = false;
    file.rows.retain_mut(|row| {
        let Some((word, record_kind, id)) = row.values.get(RECORD).and_then(Value::as_str).and_then(|word| {
            let (record_kind, id) = word.split_once('/')?;
            Some((word.to_owned(), record_kind.parse::<Kind>().ok()?, id.to_owned()))
        }) else {
            return true;
        };
        if record_kind != kind {
            let reason = format!(
                "{word} is not {}; put it in a separate file and use `coalition import {}`",
                kind.with_article(),
                record_kind.folder()
            );
            problems.push(Problem { place: row.place.clone(), column: Some(RECORD.to_owned()), reason });
            return false;
        }
        found = true;
        row.values.shift_remove(RECORD);
        row.values.shift_insert(0, "id".to_owned(), Value::from(id.as_str()));
        row.folder = row.values.shift_remove(FOLDER).and_then(|folder| folder.as_str().map(str::to_owned));
        !is_unlisted(&id)
    });
    file.has_record_ids = found || has_ids_of_records(file);
    if let Some(column) = file.columns.iter_mut().find(|column| *column == RECORD).filter(|_| found) {
        "id".clone_into(column);
        file.columns.retain(|column| column != FOLDER);
    }
    problems
}
