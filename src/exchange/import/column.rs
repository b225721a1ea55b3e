//! Which column of a register holds which field of a record: by its name, by what registers call it, or as it was said.

use super::alias::{FAMILY_NAME, GIVEN_NAME, aliases, plain};
use crate::exchange::register::{Register, Unusable};
use crate::kind::Kind;
use crate::parse::suggest::{nearest, slug};
use crate::record::common::ContactType;
use crate::record::field::{Field, Shape};
use crate::record::fields_of;
use crate::record::value::Choices;
use serde_json::{Map, Value};
use std::collections::HashSet;

/// What a column holds.
#[derive(Debug, Clone)]
pub enum Target {
    /// The id of the record.
    Id,
    /// The first part of a person's name, or the last.
    NamePart(usize),
    /// A field, behind the tables in which it lies.
    Field(Vec<&'static Field>),
    /// A way to reach someone, by the word of its type.
    Contact(&'static str),
    /// A key under `[extra]`.
    Extra(String),
}

impl Target {
    /// Whether it takes text of any length, in which every blank counts.
    pub fn is_prose(&self) -> bool {
        let Target::Field(path) = self else { return false };
        path.last().is_some_and(|field| matches!((field.shape)(), Shape::Prose))
    }

    /// Whether it takes values of any type.
    pub fn is_free(&self) -> bool {
        match self {
            Target::Extra(_) => true,
            Target::Field(path) => path.last().is_some_and(|field| matches!((field.shape)(), Shape::Free)),
            _ => false,
        }
    }

    /// What it is called: a field with dots between its parts.
    pub fn name(&self) -> String {
        match self {
            Target::Id => "id".to_owned(),
            Target::NamePart(_) => "name".to_owned(),
            Target::Field(path) => path.iter().map(|field| field.name).collect::<Vec<_>>().join("."),
            Target::Contact(word) => (*word).to_owned(),
            Target::Extra(key) => format!("extra.{key}"),
        }
    }

    /// Whether several columns may hold it, each a part of it.
    pub fn takes_several(&self) -> bool {
        match self {
            Target::Contact(_) => true,
            Target::Field(path) => path.last().is_some_and(|field| field.many && !is_table(field)),
            _ => false,
        }
    }
}

/// Whether the values of a field are tables.
fn is_table(field: &Field) -> bool {
    matches!((field.shape)(), Shape::Table(_))
}

/// What was said about columns.
#[derive(Debug, Clone, Default)]
pub struct Wishes {
    /// Fields and the columns that hold them.
    pub map: Vec<(String, String)>,
    /// Fields and the value that every row has which gives none.
    pub set: Vec<(String, String)>,
    /// The column that tells records apart.
    pub id_from: Option<String>,
    /// Whether columns that match nothing are kept under `[extra]`.
    pub extra: bool,
}

/// Which columns hold what.
#[derive(Debug, Clone, Default)]
pub struct Mapping {
    /// The columns that are taken, in their order.
    pub taken: Vec<(String, Target)>,
    /// The columns that match nothing.
    pub left: Vec<String>,
    /// Values that every row has which gives none.
    pub given: Vec<(Target, String)>,
}

/// Finds out which columns of a register hold what.
///
/// # Errors
/// Where a wish names a field or a column that is not there.
pub fn mapping(register: &Register, kind: Kind, wishes: &Wishes) -> Result<Mapping, Unusable> {
    let columns = columns(register, kind);
    let mut mapping = Mapping::default();
    let mut wished: Vec<(String, Target)> = Vec::new();
    for (field, column) in &wishes.map {
        wished.push((found(register, &columns, column)?, target(kind, field)?));
    }
    if let Some(column) = &wishes.id_from {
        let column = found(register, &columns, column)?;
        wished.retain(|(_, target)| !matches!(target, Target::Id));
        wished.push((column, Target::Id));
    }
    for (field, value) in &wishes.set {
        mapping.given.push((target(kind, field)?, value.clone()));
    }
    let mut filled: HashSet<String> = wished.iter().map(|(_, target)| target.name()).collect();
    let mut matched = matches(kind, &columns);
    matched.retain(|(column, target)| {
        // A column that tells records apart may be a field as well.
        let is_wished = wished.iter().any(|(wish, as_what)| wish == column && !matches!(as_what, Target::Id));
        let free = match target {
            // A name in parts helps where the whole one is missing.
            Target::NamePart(_) => true,
            target => target.takes_several() || !filled.contains(&target.name()),
        };
        let taken = free && !is_wished;
        if taken && !matches!(target, Target::NamePart(_)) {
            filled.insert(target.name());
        }
        taken
    });
    let mut keys = own_keys(register, &wished, &matched);
    for column in &columns {
        let before = mapping.taken.len();
        for (_, target) in wished.iter().chain(&matched).filter(|(name, _)| name == column) {
            mapping.taken.push((column.clone(), target.clone()));
        }
        if mapping.taken.len() == before {
            if wishes.extra {
                mapping.taken.push((column.clone(), Target::Extra(key(column, &mut keys))));
            } else {
                mapping.left.push(column.clone());
            }
        }
    }
    // Paths that lead into lists are no columns of their own.
    for (name, target) in wished.into_iter().filter(|(name, _)| !columns.contains(name)) {
        mapping.taken.push((name, target));
    }
    Ok(mapping)
}

/// The keys under `[extra]` that rows have of their own.
fn own_keys(register: &Register, wished: &[(String, Target)], matched: &[(String, Target)]) -> HashSet<String> {
    let tables =
        wished.iter().chain(matched).filter(|(_, target)| matches!(target, Target::Field(_)) && target.is_free());
    let mut keys = HashSet::new();
    for (column, _) in tables {
        for value in register.rows.iter().filter_map(|row| row.value(column)) {
            let read = value.as_str().and_then(|cell| serde_json::from_str(cell).ok());
            if let Value::Object(own) = read.as_ref().unwrap_or(value) {
                keys.extend(own.keys().cloned());
            }
        }
    }
    keys
}

/// The columns of a register in the order in which they appear. Tables inside entries are taken apart, unless a field holds
/// them as they are.
fn columns(register: &Register, kind: Kind) -> Vec<String> {
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
            match value {
                Value::Object(inner) if !whole() => walk(inner, &path, kind, seen, columns),
                _ if seen.insert(path.clone()) => columns.push(path),
                _ => {}
            }
        }
    }
    if !register.columns.is_empty() {
        return register.columns.clone();
    }
    let (mut seen, mut columns) = (HashSet::new(), Vec::new());
    for row in &register.rows {
        walk(&row.values, "", kind, &mut seen, &mut columns);
    }
    columns
}

/// The columns whose heading says what they hold. Of several for one field, the one that says it best comes first.
fn matches(kind: Kind, columns: &[String]) -> Vec<(String, Target)> {
    let plain_columns: Vec<String> = columns.iter().map(|column| plain(column)).collect();
    let mut found: Vec<(String, Target)> = Vec::new();
    let mut used = vec![false; columns.len()];
    let mut take = |heading: &str, target: &Target| {
        let heading = plain(heading);
        for (at, column) in plain_columns.iter().enumerate() {
            if *column == heading && !used[at] {
                used[at] = true;
                found.push((columns[at].clone(), target.clone()));
            }
        }
    };
    take("id", &Target::Id);
    for path in paths(kind) {
        let target = Target::Field(path);
        take(&target.name(), &target);
    }
    let aliases = aliases(kind);
    for (word, _) in &aliases {
        if let Some(target) = word_target(kind, word) {
            take(word, &target);
        }
    }
    let longest = aliases.iter().map(|(_, names)| names.len()).max().unwrap_or_default();
    // The likeliest names of all fields come before the less likely ones of any.
    for rank in 0..longest {
        for (word, names) in &aliases {
            if let (Some(name), Some(target)) = (names.get(rank), word_target(kind, word)) {
                take(name, &target);
            }
        }
    }
    found
}

/// All fields of a kind that a column can hold, those in tables behind them.
fn paths(kind: Kind) -> Vec<Vec<&'static Field>> {
    let mut paths = Vec::new();
    for field in fields_of(kind) {
        paths.push(vec![field]);
        if let Shape::Table(table) = (field.shape)() {
            paths.extend(table.fields.iter().map(|inner| vec![field, inner]));
        }
    }
    paths
}

/// What a word stands for that is no field: a part of a name, a way to reach someone.
fn word_target(kind: Kind, word: &str) -> Option<Target> {
    if let Some(field) = fields_of(kind).find(|field| field.name == word) {
        return Some(Target::Field(vec![field]));
    }
    let parts = [GIVEN_NAME, FAMILY_NAME].into_iter().position(|part| part == word);
    let reachable = || fields_of(kind).any(|field| field.name == "contact_details");
    let contact = || ContactType::CHOICES.iter().find(|choice| choice.word == word).filter(|_| reachable());
    parts.map(Target::NamePart).or_else(|| contact().map(|choice| Target::Contact(choice.word)))
}

/// What a person means by the name of a field.
fn target(kind: Kind, name: &str) -> Result<Target, Unusable> {
    let name = name.trim();
    if name == "id" {
        return Ok(Target::Id);
    }
    if let Some(key) = name.strip_prefix("extra.").filter(|key| !key.is_empty()) {
        return Ok(Target::Extra(key.to_owned()));
    }
    let paths = paths(kind);
    let names: Vec<String> = paths.iter().map(|path| Target::Field(path.clone()).name()).collect();
    if let Some(path) = names.iter().position(|known| known == name).and_then(|at| paths.get(at)) {
        return Ok(Target::Field(path.clone()));
    }
    if let Some(target) = word_target(kind, name) {
        return Ok(target);
    }
    let near =
        nearest(name, names.iter().map(String::as_str).chain(ContactType::CHOICES.iter().map(|choice| choice.word)));
    let help = near.map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
    Err(Unusable(format!("{} has no field `{name}`{help}", kind.with_article())))
}

/// The column that is meant by a name.
fn found(register: &Register, columns: &[String], name: &str) -> Result<String, Unusable> {
    let name = name.trim();
    let same = |column: &&String| column.as_str() == name;
    let alike = |column: &&String| plain(column) == plain(name);
    if let Some(column) = columns.iter().find(same).or_else(|| columns.iter().find(alike)) {
        return Ok(column.clone());
    }
    if register.columns.is_empty() && register.rows.iter().any(|row| row.value(name).is_some()) {
        return Ok(name.to_owned());
    }
    let help = match nearest(name, columns.iter().map(String::as_str)) {
        Some(near) => format!("did you mean \"{near}\"?"),
        None => format!("the columns are {}", listed(columns)),
    };
    Err(Unusable(format!("there is no column \"{name}\"; {help}")))
}

/// Names of columns in a sentence, a few dozen at most.
pub fn listed(columns: &[String]) -> String {
    const MOST: usize = 30;
    let more = if columns.len() > MOST { format!(" and {} more", columns.len() - MOST) } else { String::new() };
    columns.iter().take(MOST).cloned().collect::<Vec<_>>().join(", ") + &more
}

/// The key under `[extra]` for a column.
fn key(column: &str, taken: &mut HashSet<String>) -> String {
    let key = match slug(column).replace('-', "_") {
        key if key.is_empty() => "column".to_owned(),
        key => key,
    };
    let numbered = (2..).map(|number| format!("{key}_{number}"));
    let free = std::iter::once(key.clone()).chain(numbered).find(|key| !taken.contains(key)).unwrap_or(key);
    taken.insert(free.clone());
    free
}
