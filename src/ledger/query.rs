//! Queries over records, in the habit of plain-text accounting: `classification:friends-group joined:2025.. -tag:dormant
//! riverton`. A record matches when every term does.

pub(crate) mod entries;
mod form;

use self::entries::EntryList;
use super::Ledger;
use crate::error::Error;
use crate::kind::Kind;
use crate::parse::alike::{fold, fold_accents};
use crate::parse::suggest::nearest;
use crate::record::AnyRecord;
use crate::record::agreement::Signature;
use crate::record::common::Common;
use crate::record::common::ContactType;
use crate::record::field::{Field, Shape};
use crate::record::table::RecordTable;
use crate::record::table_of;
use crate::record::value::Choices as _;
use chrono::NaiveDate;
use serde_json::{Map, Value};

/// What is in front of a term that must not hold: `not:tag:dormant`, or after `--` on a command line, `-tag:dormant`.
const NOT: [&str; 2] = ["not:", "-"];

/// What is listed and asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum QuerySubject {
    /// The records of a kind.
    Records(Kind),
    /// The signatures on agreements, wherever they are.
    Signatures,
    /// The entries of the lists with a name, in whatever record they stand.
    Entries(EntryList),
}

/// What the meaning of a query depends on.
pub(crate) struct QueryContext<'c> {
    /// The date of `today` and `last-30-days`.
    pub today: NaiveDate,
    /// The id of the record of a kind that a word means, for fields that refer to records; `None` if it means none.
    pub id_of: &'c IdLookup<'c>,
}

/// How the record that a word means is found.
pub(crate) type IdLookup<'c> = dyn Fn(Kind, &str) -> Result<Option<String>, Error> + 'c;

impl From<Kind> for QuerySubject {
    fn from(kind: Kind) -> QuerySubject {
        QuerySubject::Records(kind)
    }
}

impl QuerySubject {
    /// One of them with its article.
    fn with_article(self) -> &'static str {
        match self {
            QuerySubject::Records(kind) => kind.with_article(),
            QuerySubject::Signatures => Signature::DEF.noun,
            QuerySubject::Entries(list) => list.with_article(),
        }
    }

    /// The fields that a file may hold of one.
    pub(crate) fn fields(self) -> impl Iterator<Item = &'static Field> + Clone {
        let fields: Vec<&'static Field> = match self {
            QuerySubject::Records(kind) => Common::DEF.fields.iter().chain(table_of(kind).fields).collect(),
            QuerySubject::Signatures => Signature::DEF.fields.iter().collect(),
            QuerySubject::Entries(list) => list.fields(),
        };
        fields.into_iter()
    }

    /// The fields that no file holds, because they follow from the place of one and its dates.
    fn derived_fields(self) -> &'static [&'static str] {
        match self {
            QuerySubject::Records(kind) if has_stages(kind) => &["id", "stage"],
            QuerySubject::Records(_) => &["id"],
            QuerySubject::Signatures => &["id", "agreement", "state", "file"],
            QuerySubject::Entries(list) if list.has_states() => &["id", entries::RECORD, entries::STATE],
            QuerySubject::Entries(_) => &["id", entries::RECORD],
        }
    }
}

/// What a record must be like.
#[derive(Debug, Clone)]
pub(crate) struct Query {
    terms: Vec<Term>,
}

#[derive(Debug, Clone)]
struct Term {
    negated: bool,
    /// The field, where it is a private one.
    private: Option<String>,
    test: Test,
}

#[derive(Debug, Clone)]
enum Test {
    /// The text stands somewhere in the record.
    Anywhere(String),
    /// The field has some value.
    Present(Vec<String>),
    /// The field has this value: contains it, where it is free text.
    Is { path: Vec<String>, value: String, free: bool, is_number: bool },
    /// The field is between these, both included; an open end does not limit.
    Between { path: Vec<String>, from: String, to: String },
}

impl Query {
    /// Reads the terms of a query on records of a kind, or on signatures.
    ///
    /// # Errors
    /// A term that names a field which these do not have, or a limit that its field cannot be compared with.
    pub(crate) fn parse(
        listed: impl Into<QuerySubject>,
        words: &[String],
        context: &QueryContext<'_>,
    ) -> Result<Query, Error> {
        let listed = listed.into();
        // Words that other languages put before a condition.
        let is_term = |word: &String| word.contains([':', '=', '<', '>']);
        let begins = words.first().is_some_and(|word| matches!(word.as_str(), "where" | "with"));
        let skipped = usize::from(begins && words.get(1).is_some_and(is_term));
        let words = words
            .iter()
            .skip(skipped)
            .flat_map(|word| form::terms_of_state(listed, word, context.today).unwrap_or_else(|| vec![word.clone()]));
        let terms = words.map(|word| term(listed, &word, context)).collect::<Result<_, _>>()?;
        Ok(Query { terms })
    }

    /// The first private field that it asks for. Where private fields are not shown, it can match nothing.
    pub(crate) fn private_field(&self) -> Option<&str> {
        self.terms.iter().find_map(|term| term.private.as_deref())
    }

    /// Whether a record matches; `fields` are its fields as they are shown, derived ones included.
    pub(crate) fn matches(&self, fields: &Map<String, Value>) -> bool {
        self.terms.iter().all(|term| term.test.holds(fields) != term.negated)
    }
}

/// A term that people wrote as other programs have it: `role=staff`, `role!=staff`, `due<=2026-12-01`; whether it is negated, and
/// the term in the form of a query. `None` if it is none.
fn with_colon(word: &str) -> Option<(bool, String)> {
    let at = word.find(['=', '<', '>', '!'])?;
    let (name, rest) = word.split_at(at);
    let is_name = !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.'));
    let signs = ["==", "!=", ">=", "<=", "=", ">", "<"];
    let (sign, value) = signs.iter().find_map(|sign| Some((*sign, rest.strip_prefix(sign)?))).filter(|_| is_name)?;
    Some(match sign {
        "!=" => (true, format!("{name}:{value}")),
        ">=" | ">" => (false, format!("{name}:{value}..")),
        "<=" | "<" => (false, format!("{name}:..{value}")),
        _ => (false, format!("{name}:{value}")),
    })
}

fn term(listed: QuerySubject, word: &str, context: &QueryContext<'_>) -> Result<Term, Error> {
    let rest = NOT.iter().find_map(|not| word.strip_prefix(not)).filter(|rest| !rest.is_empty());
    let (negated, word) = rest.map_or((false, word), |rest| (true, rest));
    let (negated, word) = match with_colon(word) {
        Some((is_not, term)) => (negated != is_not, std::borrow::Cow::Owned(term)),
        None => (negated, std::borrow::Cow::Borrowed(word)),
    };
    let word = word.as_ref();
    // What follows the colon of `https:` is not a value but the rest of an address.
    let Some((name, value)) = word.split_once(':').filter(|(_, value)| !value.starts_with("//")) else {
        return Ok(Term { negated, private: None, test: Test::Anywhere(fold_accents(word)) });
    };
    let (path, shape) = resolve(listed, name)?;
    let words = form::derived_words(listed, name);
    let test = if value == "*" {
        Test::Present(path)
    } else if let Some((from, to)) = value.split_once("..").filter(|_| form::has_ranges(shape.as_ref())) {
        let (from, to) = form::range(name, shape.as_ref(), from, to, context.today)?;
        Test::Between { path, from, to }
    } else if let Some((from, to)) = form::period(shape.as_ref(), value, context.today) {
        Test::Between { path, from: from.to_string(), to: to.to_string() }
    } else {
        let free = matches!(shape, Some(Shape::Line | Shape::Prose | Shape::Url | Shape::Path));
        let is_number =
            matches!(shape, Some(Shape::Integer { .. } | Shape::Number { .. } | Shape::Share | Shape::Amount));
        let named = match shape {
            Some(Shape::Reference(kind)) => (context.id_of)(kind, value)?,
            _ => None,
        };
        let value = named.as_deref().unwrap_or(value);
        let value = form::value(name, shape.as_ref(), words.as_deref(), value)?;
        let value = if free { fold_accents(&value) } else { value };
        Test::Is { path, value, free, is_number }
    };
    let private = form::is_private(listed, name).then(|| name.to_owned());
    Ok(Term { negated, private, test })
}

/// Whether the dates of a kind's records determine their stage.
fn has_stages(kind: Kind) -> bool {
    matches!(kind, Kind::Member | Kind::Goal)
}

/// The path of a field by its name, with dots between tables; `tag` means `tags`.
///
/// # Errors
/// A name that these do not have, with the nearest one or those they have.
pub(crate) fn resolve(listed: impl Into<QuerySubject>, name: &str) -> Result<(Vec<String>, Option<Shape>), Error> {
    let listed = listed.into();
    if listed.derived_fields().contains(&name) {
        return Ok((vec![name.to_owned()], None));
    }
    let mut path = Vec::new();
    let mut shape = None;
    for part in name.split('.') {
        let field = match &shape {
            None => field_of(listed, part)?,
            Some(Shape::Table(table)) => field_among(part, table.noun, table.fields.iter(), &[])?,
            Some(Shape::Free) => {
                path.push(part.to_owned());
                continue;
            }
            Some(_) => return Err(Error::usage(format!("`{}` does not have its own fields", path.join(".")))),
        };
        path.push(field.name.to_owned());
        shape = Some((field.shape)());
    }
    Ok((path, shape))
}

/// The type of contact detail that a name means as a column, such as `phone`, where records have such details and no such field.
pub(crate) fn contact_detail(listed: QuerySubject, name: &str) -> Option<&'static str> {
    let QuerySubject::Records(kind) = listed else { return None };
    let has = |name: &str| crate::record::fields_of(kind).any(|field| field.name == name);
    let word = ContactType::CHOICES.iter().map(|choice| choice.word).find(|word| *word == name)?;
    (has(CONTACT_DETAILS) && !has(word)).then_some(word)
}

/// The contact details of a type that the fields of a record have, in one line.
pub(crate) fn contacts_of(fields: &Map<String, Value>, detail: &str) -> String {
    let details = fields.get(CONTACT_DETAILS).and_then(Value::as_array).into_iter().flatten();
    let of_type = details.filter(|one| one.get("type").and_then(Value::as_str) == Some(detail));
    of_type.filter_map(|one| one.get("value")?.as_str()).collect::<Vec<_>>().join(", ")
}

/// The list of contact details.
const CONTACT_DETAILS: &str = "contact_details";

fn field_of(listed: QuerySubject, name: &str) -> Result<&'static Field, Error> {
    let owner = listed.with_article();
    if name == "stage" {
        return Err(Error::usage(format!("{owner} has no stage; members and goals have one")));
    }
    field_among(name, owner, listed.fields(), listed.derived_fields())
}

/// The field of this name, or of its plural; where there is none, what else could have been meant.
fn field_among(
    name: &str,
    owner: &str,
    fields: impl Iterator<Item = &'static Field> + Clone,
    derived: &[&str],
) -> Result<&'static Field, Error> {
    let plural = format!("{name}s");
    let found = |wanted: &str| fields.clone().find(|field| field.name == wanted);
    if let Some(field) = found(name).or_else(|| found(&plural)) {
        return Ok(field);
    }
    let known: Vec<&str> = fields.map(|field| field.name).chain(derived.iter().copied()).collect();
    let hint = match nearest(name, known.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("its fields are {}", known.join(", ")),
    };
    Err(Error::usage(format!("{owner} has no field `{name}`; {hint}")))
}

impl Test {
    fn holds(&self, fields: &Map<String, Value>) -> bool {
        match self {
            Test::Anywhere(text) => {
                fields.values().any(|value| leaves(value).any(|leaf| fold_accents(&leaf).contains(text)))
            }
            Test::Present(path) => !at(fields, path).is_empty(),
            Test::Is { path, value, free, is_number } => at(fields, path).iter().any(|found| {
                let found = if *free { fold_accents(found) } else { fold(found) };
                let is_date_prefix = looks_like_date(&found) && found.starts_with(value.as_str());
                let is_same = || number(&found).zip(number(value)).is_some_and(|(found, value)| found == value);
                found == *value
                    || (*is_number && is_same())
                    || is_date_prefix
                    || (*free && found.contains(value.as_str()))
            }),
            Test::Between { path, from, to } => {
                at(fields, path).iter().any(|found| lies_between(&fold(found), from, to))
            }
        }
    }
}

/// The texts at a path; lists on the way are walked through.
pub(crate) fn at(fields: &Map<String, Value>, path: &[String]) -> Vec<String> {
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
    text.len() == 10 && begins_date(text)
}

/// Whether a text is a year, a month or a day.
fn begins_date(text: &str) -> bool {
    matches!(text.len(), 4 | 7 | 10)
        && text.bytes().enumerate().all(|(at, b)| if at == 4 || at == 7 { b == b'-' } else { b.is_ascii_digit() })
}

/// The number that a text is, where it is one that can be compared.
pub(crate) fn number(text: &str) -> Option<f64> {
    text.parse().ok().filter(|number: &f64| number.is_finite())
}

/// Numbers compare as numbers, everything else as text; an end that is a part of a date (`2025`, `2025-03`) includes
/// all of it.
fn lies_between(found: &str, from: &str, to: &str) -> bool {
    let limits = |end: &str| end.is_empty() || number(end).is_some();
    if let Some(value) = number(found).filter(|_| limits(from) && limits(to)) {
        return number(from).is_none_or(|from| from <= value) && number(to).is_none_or(|to| value <= to);
    }
    let head = |length: usize| found.get(..length).unwrap_or(found);
    (from.is_empty() || found >= from) && (to.is_empty() || head(to.len()) <= to)
}

/// The fields of a record as they are shown: its id first, then what follows from its dates, then its fields.
pub(crate) fn fields_of(
    ledger: &Ledger,
    record: &dyn AnyRecord,
    today: NaiveDate,
    private: bool,
) -> Map<String, Value> {
    let key = record.key();
    let stage = ledger.stage_of(key, today);
    let fields = crate::record::without_private(record, ledger.json_of(record), &ledger.audience(today, private));
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

    fn parse(kind: Kind, words: &[String]) -> Result<Query, Error> {
        let context = QueryContext { today: "2026-06-15".parse().unwrap(), id_of: &|_, _| Ok(None) };
        Query::parse(kind, words, &context)
    }

    fn matches(words: &[&str]) -> bool {
        let Value::Object(fields) = json!({
            "id": "millbrook", "stage": "joined", "name": "Friends of Millbrook", "classification": "friends-group",
            "joined": "2025-03-01", "tags": ["founding"], "process": {"lead_days": 21}, "url": "https://friends.example.org/",
            "extra": {"shirt_size": "M", "keys": {"hall": 3}},
        }) else {
            unreachable!()
        };
        let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
        parse(Kind::Member, &words).unwrap().matches(&fields)
    }

    #[test]
    fn terms_are_anded_and_negated() {
        assert!(matches(&["classification:friends-group", "joined:2025..", "-tag:dormant", "millbrook"]));
        assert!(!matches(&["classification:friends-group", "tag:dormant"]));
        assert!(!matches(&["-millbrook"]));
        assert!(!matches(&["classification:library"]), "a choice is matched whole");
        assert!(matches(&["name:millbrook"]), "free text contains");
    }

    #[test]
    fn what_looks_the_same_matches() {
        let Value::Object(fields) = json!({ "id": "cafe", "name": "Cafe\u{301} L\u{2019}\u{c9}t\u{e9}" }) else {
            unreachable!()
        };
        let found = |word: &str| parse(Kind::Member, &[word.to_owned()]).unwrap().matches(&fields);
        assert!(found("caf\u{e9}") && found("name:l'\u{e9}t\u{e9}") && found("cafe l'ete") && !found("cafe la"));
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
        let error = parse(Kind::Member, &["clasification:library".to_owned()]).unwrap_err();
        assert_eq!(error.to_string(), "a member has no field `clasification`; did you mean `classification`?");
    }

    fn error(kind: Kind, word: &str) -> String {
        parse(kind, &[word.to_owned()]).unwrap_err().to_string()
    }

    #[test]
    fn a_table_of_ones_own_takes_any_key() {
        assert!(matches(&["extra.shirt_size:m", "extra.keys.hall:2.."]) && !matches(&["extra.shirt_size:l"]));
        assert!(matches(&["-extra.unknown:*"]));
    }

    #[test]
    fn an_error_speaks_of_the_table_that_was_meant() {
        let message = error(Kind::Member, "process.sponsor:x");
        assert_eq!(message, "a member's process has no field `sponsor`; its fields are approver, lead_days, meets");
        assert_eq!(error(Kind::Member, "name.first:x"), "`name` does not have its own fields");
        assert!(error(Kind::Member, "process.id:x").starts_with("a member's process has no field `id`"));
        assert_eq!(error(Kind::Meeting, "stage:met"), "a meeting has no stage; members and goals have one");
        let message = error(Kind::Meeting, "xyzzy:1");
        assert!(message.contains(", id") && !message.contains("stage"), "{message}");
    }

    #[test]
    fn an_end_that_cannot_limit_is_refused() {
        let found = "`process.lead_days` cannot be compared with `abc`; write a number";
        assert_eq!(error(Kind::Member, "process.lead_days:abc.."), found);
        assert_eq!(error(Kind::Member, "process.lead_days:..nan"), found.replace("abc", "nan"));
        let found = "`joined` cannot be compared with `spring`; write a date or its beginning, like 2026-03";
        assert_eq!(error(Kind::Member, "joined:2025..spring"), found);
        assert!(matches(&["joined:..", "name:a..z"]));
    }

    #[test]
    fn an_address_is_searched_like_any_text() {
        assert!(matches(&["https://friends.example.org"]) && !matches(&["-https://friends.example.org"]));
        assert!(matches(&["url:https://friends.example.org"]) && !matches(&["http://elsewhere.example.org"]));
    }
}
