//! Queries over records, in the habit of plain-text accounting: `classification:friends-group joined:2025.. -tag:dormant
//! riverton`. A record matches when every term does.

use crate::kind::Kind;
use crate::parse::suggest::nearest;
use crate::record::AnyRecord;
use crate::record::common::Common;
use crate::record::field::{Shape, TableDef};
use crate::record::table::Table;
use crate::record::table_of;
use serde_json::{Map, Value};
use std::fmt;

/// Fields that follow from others, and the kinds that have them.
const DERIVED: [&str; 2] = ["id", "stage"];

/// Marks a term that is turned around, as a hyphen does.
pub const TURNED: char = '\u{2212}';

/// What a record must be like.
#[derive(Debug)]
pub struct Query {
    terms: Vec<Term>,
}

#[derive(Debug)]
struct Term {
    negated: bool,
    test: Test,
}

#[derive(Debug)]
enum Test {
    /// The text stands somewhere in the record.
    Anywhere(String),
    /// The field has some value.
    Present(Vec<String>),
    /// The field has this value: contains it, where it is free text.
    Is { path: Vec<String>, value: String, free: bool },
    /// The field lies between these, both included; an open end does not limit.
    Between { path: Vec<String>, from: String, to: String },
}

/// A query that cannot be meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueryError(String);

impl fmt::Display for QueryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for QueryError {}

impl Query {
    /// Reads the terms of a query on records of a kind.
    ///
    /// # Errors
    /// A term that names a field which the kind does not have.
    pub fn parse(kind: Kind, words: &[String]) -> Result<Query, QueryError> {
        let terms = words.iter().map(|word| term(kind, word)).collect::<Result<_, _>>()?;
        Ok(Query { terms })
    }

    /// Whether a record matches; `fields` are its fields as they are shown, derived ones included.
    pub fn matches(&self, fields: &Map<String, Value>) -> bool {
        self.terms.iter().all(|term| term.test.holds(fields) != term.negated)
    }
}

fn term(kind: Kind, word: &str) -> Result<Term, QueryError> {
    let (negated, word) = match word.strip_prefix(['-', TURNED]) {
        Some(rest) if !rest.is_empty() => (true, rest),
        _ => (false, word),
    };
    let Some((name, value)) = word.split_once(':') else {
        return Ok(Term { negated, test: Test::Anywhere(word.to_lowercase()) });
    };
    let (path, shape) = resolve(kind, name)?;
    let test = if value == "*" {
        Test::Present(path)
    } else if let Some((from, to)) = value.split_once("..") {
        Test::Between { path, from: from.to_owned(), to: to.to_owned() }
    } else {
        let free = matches!(shape, Some(Shape::Line | Shape::Prose | Shape::Url | Shape::Path));
        Test::Is { path, value: value.to_lowercase(), free }
    };
    Ok(Term { negated, test })
}

/// The path of a field by its name, with dots between tables; `tag` means `tags`.
///
/// # Errors
/// A name that the kind does not have, with the nearest one.
pub fn resolve(kind: Kind, name: &str) -> Result<(Vec<String>, Option<Shape>), QueryError> {
    if DERIVED.contains(&name) {
        return Ok((vec![name.to_owned()], None));
    }
    let mut tables: Vec<&TableDef> = vec![Common::DEF, table_of(kind)];
    let mut path = Vec::new();
    let mut shape = None;
    for part in name.split('.') {
        let fields = || tables.iter().flat_map(|table| table.fields);
        let plural = format!("{part}s");
        let Some(field) =
            fields().find(|field| field.name == part).or_else(|| fields().find(|field| field.name == plural))
        else {
            let known: Vec<&str> = fields().map(|field| field.name).chain(DERIVED).collect();
            let hint = match nearest(part, known.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("its fields are {}", known.join(", ")),
            };
            return Err(QueryError(format!("{} has no field `{part}`; {hint}", kind.with_article())));
        };
        path.push(field.name.to_owned());
        tables = match (field.shape)() {
            Shape::Table(table) => vec![table],
            _ => Vec::new(),
        };
        shape = Some((field.shape)());
    }
    Ok((path, shape))
}

impl Test {
    fn holds(&self, fields: &Map<String, Value>) -> bool {
        match self {
            Test::Anywhere(text) => {
                fields.values().any(|value| leaves(value).any(|leaf| leaf.to_lowercase().contains(text)))
            }
            Test::Present(path) => !at(fields, path).is_empty(),
            Test::Is { path, value, free } => at(fields, path).iter().any(|found| {
                let found = found.to_lowercase();
                let is_date_prefix = looks_like_date(&found) && found.starts_with(value.as_str());
                found == *value || is_date_prefix || (*free && found.contains(value.as_str()))
            }),
            Test::Between { path, from, to } => at(fields, path).iter().any(|found| lies_between(found, from, to)),
        }
    }
}

/// The texts at a path; lists on the way are walked through.
pub fn at(fields: &Map<String, Value>, path: &[String]) -> Vec<String> {
    let mut values: Vec<&Value> = Vec::new();
    let Some((first, rest)) = path.split_first() else { return Vec::new() };
    values.extend(fields.get(first));
    for part in rest {
        values = values.into_iter().flat_map(flat).filter_map(|value| value.get(part)).collect();
    }
    values.into_iter().flat_map(leaves).collect()
}

fn flat(value: &Value) -> Vec<&Value> {
    match value {
        Value::Array(items) => items.iter().collect(),
        other => vec![other],
    }
}

/// All texts in a value.
fn leaves(value: &Value) -> Box<dyn Iterator<Item = String> + '_> {
    match value {
        Value::Null => Box::new(std::iter::empty()),
        Value::String(text) => Box::new(std::iter::once(text.clone())),
        Value::Array(items) => Box::new(items.iter().flat_map(leaves)),
        Value::Object(map) => Box::new(map.values().flat_map(leaves)),
        other => Box::new(std::iter::once(other.to_string())),
    }
}

fn looks_like_date(text: &str) -> bool {
    text.len() == 10
        && text.bytes().enumerate().all(|(at, b)| if at == 4 || at == 7 { b == b'-' } else { b.is_ascii_digit() })
}

/// Numbers compare as numbers, all else as text; an end that is a part of a date (`2025`, `2025-03`) includes all of it.
fn lies_between(found: &str, from: &str, to: &str) -> bool {
    let number = |text: &str| text.parse::<f64>().ok();
    if let Some(value) = number(found) {
        return number(from).is_none_or(|from| from <= value) && number(to).is_none_or(|to| value <= to);
    }
    let head = |length: usize| found.get(..length).unwrap_or(found);
    (from.is_empty() || found >= from) && (to.is_empty() || head(to.len()) <= to)
}

/// The fields of a record as they are shown: its id first, then what follows from its dates, then its fields.
pub fn shown(record: &dyn AnyRecord, stage: Option<&str>, private: bool) -> Map<String, Value> {
    let fields = record.to_json();
    let key = record.key();
    let fields = if private { fields } else { crate::record::without_private(key.kind, fields) };
    let mut shown = Map::new();
    shown.insert("id".to_owned(), Value::from(&*key.id));
    shown.extend(stage.map(|stage| ("stage".to_owned(), Value::from(stage))));
    shown.extend(fields);
    shown
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn matches(words: &[&str]) -> bool {
        let Value::Object(fields) = json!({
            "id": "millbrook", "stage": "joined", "name": "Friends of Millbrook", "classification": "friends-group",
            "joined": "2025-03-01", "tags": ["founding"], "process": {"lead_days": 21},
        }) else {
            unreachable!()
        };
        let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
        Query::parse(Kind::Member, &words).unwrap().matches(&fields)
    }

    #[test]
    fn terms_are_anded_and_negated() {
        assert!(matches(&["classification:friends-group", "joined:2025..", "-tag:dormant", "millbrook"]));
        assert!(!matches(&["classification:friends-group", "tag:dormant"]));
        assert!(!matches(&["-millbrook"]));
        assert!(!matches(&["classification:friends"]), "a choice is matched whole");
        assert!(matches(&["name:millbrook"]), "free text contains");
    }

    #[test]
    fn ranges_include_their_ends() {
        assert!(
            matches(&["joined:..2025"]) && matches(&["joined:2025-03"]) && matches(&["joined:2025-03-01..2025-03-01"])
        );
        assert!(!matches(&["joined:..2024"]) && !matches(&["joined:2026.."]));
        assert!(
            matches(&["process.lead_days:21.."])
                && !matches(&["process.lead_days:..20"])
                && !matches(&["process.lead_days:100.."])
        );
        assert!(matches(&["joined:*"]) && matches(&["-left:*"]) && matches(&["stage:joined"]));
    }

    #[test]
    fn a_misspelled_field_is_told() {
        let error = Query::parse(Kind::Member, &["clasification:library".to_owned()]).unwrap_err();
        assert_eq!(error.to_string(), "a member has no field `clasification`; did you mean `classification`?");
    }
}
