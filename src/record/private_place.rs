//! The places in a file whose values stay in the ledger: private fields, unknown fields, and lines that cannot be read.
//! [`without_private_data`] decides what is private; this module finds where that is in the text.

use super::agreement::SignatureFile;
use super::coalition::Coalition;
use super::common::Common;
use super::field::{Field, Shape, TableDef};
use super::table::RecordTable;
use super::{table_of, without_private_data};
use crate::kind::Kind;
use crate::parse::{TomlDocument, leading_key, span_of, with_document};
use crate::source::{LedgerPath, Span};
use serde_json::{Map, Value};
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// What a file holds, by which its fields are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// A record of this kind.
    Record(Kind),
    /// The coalition: `coalition.toml`.
    Coalition,
    /// The signatures of one member.
    Signatures,
}

impl Form {
    fn tables(self) -> Vec<&'static TableDef> {
        match self {
            Form::Record(kind) => vec![Common::DEF, table_of(kind)],
            Form::Coalition => vec![Common::DEF, Coalition::DEF],
            Form::Signatures => vec![SignatureFile::DEF],
        }
    }

    /// The fields that may leave the ledger.
    fn public_fields(self, fields: Map<String, Value>) -> Map<String, Value> {
        match self {
            Form::Record(kind) => without_private_data(kind, fields),
            Form::Coalition | Form::Signatures => fields,
        }
    }

    /// Whether a field of the record itself may leave when nothing else of the record is known.
    fn opens_alone(self, name: &str, value: Value) -> bool {
        self.public_fields(Map::from_iter([(name.to_owned(), value)])).contains_key(name)
    }
}

/// A place whose value stays in the ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PrivatePlace {
    /// The bytes of the value.
    pub span: Span,
    /// The field, with the fields that it is in: `contacts.summary`; empty where no field can be named.
    pub field: String,
}

/// The private places of one file.
#[derive(Debug, Default)]
pub(crate) struct PrivatePlaces {
    places: Vec<PrivatePlace>,
    /// Where the text is not TOML: what its lines say.
    lines: Option<Lines>,
}

impl PrivatePlaces {
    /// The private places of a text that holds what `form` says. `own` names fields of the record itself that are private
    /// here though the field tables do not say so.
    pub(crate) fn of(form: Form, text: &str, also_private: &[&str]) -> PrivatePlaces {
        with_document(text, &LedgerPath::new(""), &|_, _| None, &mut Vec::new(), |document| {
            if document.broken.contains(&TomlDocument::EVERYTHING) {
                return PrivatePlaces::whole(text);
            }
            let mut search = PlaceSearch { form, places: Vec::new() };
            let mut fields = data_of(&document.table);
            also_private.iter().for_each(|name| {
                fields.remove(*name);
            });
            search.table(&document.table, &form.tables(), &form.public_fields(fields), "");
            search.places.sort_by_key(|place| (place.span.start, place.span.end));
            PrivatePlaces { places: search.places, lines: (!document.is_whole).then(|| Lines::of(form, text)) }
        })
    }

    /// A text of which nothing may be shown.
    pub(crate) fn whole(text: &str) -> PrivatePlaces {
        let place = PrivatePlace { span: Span::from(0..text.len()), field: String::new() };
        PrivatePlaces { places: vec![place], lines: None }
    }

    /// The private places that a part of the text touches.
    pub(crate) fn within(&self, text: &str, part: Span) -> Vec<PrivatePlace> {
        // No two of them overlap, so their ends are in order too.
        let first = self.places.partition_point(|place| place.span.end < part.start);
        let places = self.places.iter().skip(first).take_while(|place| place.span.start <= part.end);
        let lines = self.lines.iter().flat_map(|lines| lines.doubtful(text, part));
        places.cloned().chain(lines).collect()
    }

    /// All private places that are known, by where they begin.
    pub(crate) fn places(&self) -> &[PrivatePlace] {
        &self.places
    }
}

/// The tree of a file as plain data, which is what the rule of privacy judges.
pub(super) fn data_of(table: &DeTable<'_>) -> Map<String, Value> {
    table.iter().map(|(key, value)| (key.get_ref().to_string(), json_value(value.get_ref()))).collect()
}

/// The tree of a text as plain data, as far as it can be read.
pub(crate) fn data_of_text(text: &str) -> Map<String, Value> {
    with_document(text, &LedgerPath::new(""), &|_, _| None, &mut Vec::new(), |document| data_of(&document.table))
}

fn json_value(value: &DeValue<'_>) -> Value {
    match value {
        DeValue::Table(table) => Value::Object(data_of(table)),
        DeValue::Array(items) => items.iter().map(|item| json_value(item.get_ref())).collect(),
        DeValue::Boolean(truth) => Value::Bool(*truth),
        DeValue::String(text) => Value::String(text.to_string()),
        DeValue::Integer(number) => Value::String(number.to_string()),
        DeValue::Float(number) => Value::String(number.to_string()),
        DeValue::Datetime(date) => Value::String(date.to_string()),
    }
}

struct PlaceSearch {
    form: Form,
    places: Vec<PrivatePlace>,
}

impl PlaceSearch {
    /// Goes through a table; `left` is what may leave of it.
    fn table(&mut self, table: &DeTable<'_>, tables: &[&'static TableDef], left: &Map<String, Value>, within: &str) {
        for (key, value) in table {
            let name = key.get_ref().as_ref();
            let path = if within.is_empty() { name.to_owned() } else { format!("{within}.{name}") };
            let field = tables.iter().find_map(|table| table.field(name));
            let open = left.get(name).filter(|_| field.is_some_and(|field| !field.flags.private));
            if field.is_none() && !is_plain_name(name) {
                self.places.push(PrivatePlace { span: span_of(key), field: within.to_owned() });
            }
            match (field.map(|field| (field.shape)()), open) {
                // What no table knows may be a private field that is misspelled, or a heading of someone's own.
                (None | Some(Shape::Free), _) => self.hide(value, &path, true),
                (_, None) => self.hide(value, &path, false),
                (Some(Shape::Table(inner)), Some(open)) => self.entries(value, inner, open, &path),
                _ => {}
            }
        }
    }

    /// Goes through a table or a list of tables.
    fn entries(&mut self, value: &Spanned<DeValue<'_>>, inner: &'static TableDef, open: &Value, path: &str) {
        match (value.get_ref(), open) {
            (DeValue::Table(table), Value::Object(left)) => self.table(table, &[inner], left, path),
            (DeValue::Array(items), Value::Array(left)) => {
                for (at, item) in items.iter().enumerate() {
                    let alone;
                    let left = if left.len() == items.len() {
                        left.get(at)
                    } else {
                        // Some entries may not leave: each is judged for itself.
                        let one = Value::Array(vec![json_value(item.get_ref())]);
                        alone = self.form.public_fields(Map::from_iter([(path.to_owned(), one)]));
                        alone.get(path).and_then(|list| list.get(0))
                    };
                    match (item.get_ref(), left) {
                        (DeValue::Table(table), Some(Value::Object(left))) => self.table(table, &[inner], left, path),
                        _ => self.hide(item, path, false),
                    }
                }
            }
            // Where a table is meant, its private fields may stand here in another form.
            _ => self.hide(value, path, false),
        }
    }

    /// Withholds a value with all that is in it; with `keys`, the names in it too.
    fn hide(&mut self, value: &Spanned<DeValue<'_>>, path: &str, keys: bool) {
        match value.get_ref() {
            DeValue::Table(table) => {
                for (key, inner) in table {
                    if keys || !is_plain_name(key.get_ref()) {
                        self.places.push(PrivatePlace { span: span_of(key), field: path.to_owned() });
                    }
                    let inner_path = if keys { path.to_owned() } else { format!("{path}.{}", key.get_ref()) };
                    self.hide(inner, &inner_path, keys);
                }
            }
            DeValue::Array(items) if items.iter().any(|item| item.get_ref().is_table()) => {
                items.iter().for_each(|item| self.hide(item, path, keys));
            }
            _ => self.places.push(PrivatePlace { span: span_of(value), field: path.to_owned() }),
        }
    }
}

/// The lines of a text that is not TOML. Which heading a line is under is known only as far as no text of several lines
/// may have swallowed it.
#[derive(Debug)]
struct Lines {
    form: Form,
    /// Where the first text of several lines begins.
    swallowed: usize,
    /// The headings, with their places.
    headings: Vec<(usize, String)>,
}

impl Lines {
    fn of(form: Form, text: &str) -> Lines {
        let quotes = ["\"\"\"", "'''"].into_iter().filter_map(|quotes| text.find(quotes));
        let mut at = 0;
        let mut headings = Vec::new();
        for line in text.split_inclusive('\n') {
            if line.trim_start().starts_with('[') {
                headings.push((at, line.trim().to_owned()));
            }
            at += line.len();
        }
        Lines { form, swallowed: quotes.min().unwrap_or(text.len()), headings }
    }

    /// The lines that a part of the text touches and that do not begin with a field that may be shown.
    fn doubtful(&self, text: &str, part: Span) -> Vec<PrivatePlace> {
        let lines = whole_lines(text, part);
        let mut at = lines.start;
        let mut found = Vec::new();
        for line in text.get(lines).unwrap_or_default().split_inclusive('\n') {
            found.extend(self.doubtful_line(line.trim_end(), at));
            at += line.len();
        }
        found
    }

    fn doubtful_line(&self, line: &str, at: usize) -> Option<PrivatePlace> {
        let words = line.trim();
        if words.is_empty() {
            return None;
        }
        let is_clear = at + line.len() <= self.swallowed;
        let heading = self.headings.partition_point(|(place, _)| *place < at).checked_sub(1);
        let heading = heading.and_then(|nth| self.headings.get(nth)).map(|(_, words)| words.as_str());
        if words.starts_with('[') && is_clear {
            // A heading whose brackets are wrong, of a field that there is.
            let name = words.trim_matches(|letter: char| matches!(letter, '[' | ']') || letter.is_whitespace());
            if self.form.tables().iter().any(|table| table.field(name).is_some()) {
                return None;
            }
        }
        let known = heading_table(self.form, heading);
        let key = leading_key(line);
        let field = key.and_then(|key| known.iter().find_map(|table| table.field(key)));
        let is_open = |field: &Field| {
            let is_plain = !matches!((field.shape)(), Shape::Table(_) | Shape::Free);
            let alone = || self.form.opens_alone(field.name, Value::String("x".to_owned()));
            is_plain && !field.flags.private && (heading.is_some() || alone())
        };
        if is_clear && field.is_some_and(is_open) {
            return None;
        }
        // The name of a field is none of what is withheld; below a heading of someone's own, names may say anything.
        let is_own = heading.is_some_and(|heading| is_of_somebody(self.form, heading));
        let name = key.filter(|key| !is_own && is_plain_name(key));
        let value = name.and_then(|key| Some(line.find(key)? + key.len())).unwrap_or_default();
        let field = field.map_or_else(String::new, |field| field.name.to_owned());
        Some(PrivatePlace { span: Span::from(at + value..at + line.len()), field })
    }
}

/// Whether a heading is none of a table that is known, such as `[extra]`.
fn is_of_somebody(form: Form, heading: &str) -> bool {
    let name = heading.trim_matches(['[', ']']).split('.').next().unwrap_or_default().trim();
    let field = form.tables().into_iter().find_map(|table| table.field(name));
    !field.is_some_and(|field| matches!((field.shape)(), Shape::Table(_)))
}

/// Whether a key looks like the name of a field, and not like what was meant to be a value.
fn is_plain_name(key: &str) -> bool {
    key.starts_with(|letter: char| letter.is_ascii_alphabetic() || letter == '_')
        && key.chars().all(|letter| letter.is_ascii_alphanumeric() || "_-".contains(letter))
}

/// The bytes of the whole lines that a part of a text is on, without the end of the last.
pub(crate) fn whole_lines(text: &str, part: Span) -> Range<usize> {
    let clamp = |at: usize| (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let start = clamp(part.range().start);
    let end = clamp(part.range().end).max(start);
    let first = text.get(..start).and_then(|before| before.rfind('\n')).map_or(0, |newline| newline + 1);
    let last = text.get(end..).and_then(|after| after.find('\n')).map_or(text.len(), |newline| end + newline);
    first..last
}

/// The fields that may be below a heading, where all that is there may be shown.
fn heading_table(form: Form, heading: Option<&str>) -> Vec<&'static TableDef> {
    let Some(heading) = heading else { return form.tables() };
    let name = heading.trim_matches(['[', ']']);
    let field = form.tables().into_iter().find_map(|table| table.field(name));
    match field.filter(|field| !field.flags.private).map(|field| ((field.shape)(), field.many)) {
        Some((Shape::Table(inner), many)) => {
            let opens = |entry: Map<String, Value>| {
                let entry = Value::Object(entry);
                form.opens_alone(name, if many { Value::Array(vec![entry]) } else { entry })
            };
            if entries_to_try(inner).into_iter().all(opens) { vec![inner] } else { Vec::new() }
        }
        _ => Vec::new(),
    }
}

/// Entries of a table by which privacy may decide: one that says nothing, one that says no to all, and one for each choice.
fn entries_to_try(table: &TableDef) -> Vec<Map<String, Value>> {
    let mut refused = Map::new();
    let mut entries = vec![Map::new()];
    for field in table.fields {
        match (field.shape)() {
            Shape::Boolean => {
                refused.insert(field.name.to_owned(), Value::Bool(false));
            }
            Shape::Choice(choices) => entries.extend(
                choices
                    .iter()
                    .map(|choice| Map::from_iter([(field.name.to_owned(), Value::String(choice.word.to_owned()))])),
            ),
            _ => {}
        }
    }
    entries.push(refused);
    entries
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The fields and texts that are withheld of a file.
    fn held(kind: Kind, text: &str) -> Vec<(String, &str)> {
        let private = PrivatePlaces::of(Form::Record(kind), text, &[]);
        private.places().iter().map(|place| (place.field.clone(), &text[place.span.range()])).collect()
    }

    #[test]
    fn private_fields_are_found_at_any_depth_and_in_any_form() {
        let text = "name = \"A\"\nnotes = 17\nemial = \"a@b\"\n\n[[contacts]]\ndate = 2026-01-01\nsummary = \"said\"\n\n\
                    [[contact_details]]\ntype = \"phone\"\nvalue = \"0-1\"\n\n[[contact_details]]\ntype = \"email\"\n\
                    value = \"a@b.org\"\npublic = true\n\n[extra]\nshoe = { left = 4 }\n";
        let expected = [
            ("notes", "17"),
            ("emial", "\"a@b\""),
            ("contacts.summary", "\"said\""),
            ("contact_details.type", "\"phone\""),
            ("contact_details.value", "\"0-1\""),
            ("extra", "shoe"),
            ("extra", "left"),
            ("extra", "4"),
        ];
        assert_eq!(held(Kind::Advocate, text), expected.map(|(field, value)| (field.to_owned(), value)));
    }

    #[test]
    fn what_should_be_a_table_is_withheld_whole() {
        assert_eq!(held(Kind::Member, "contact_details = \"0-1\"\n"), [("contact_details".to_owned(), "\"0-1\"")]);
        assert_eq!(held(Kind::Member, "contact_details = [\"0-1\"]\n").len(), 1);
    }

    #[test]
    fn of_what_is_not_toml_only_plain_fields_are_open() {
        let open = |text: &str, line: &str| {
            let start = text.find(line).unwrap();
            let part = Span::from(start..start + line.len());
            PrivatePlaces::of(Form::Record(Kind::Advocate), text, &[]).within(text, part).is_empty()
        };
        let text =
            "role = staff\nnotes = tells me\nMaria moved\n\n[[contact_details]\nvalue = 0-1\n[consent\nlisted = yes\n";
        assert!(open(text, "role = staff") && open(text, "[consent"));
        for line in ["notes = tells", "Maria moved", "value = 0-1"] {
            assert!(!open(text, line), "{line}");
        }
        assert!(!open("notes = \"\"\"\nrole = staff\nx\n", "role = staff"), "it may be a line of the notes");
        assert!(!open("notes = \"x\"\n<<<<<<< a\nnotes = 1\n=======\n>>>>>>> b\n", "<<<<<<<"));
    }
}
