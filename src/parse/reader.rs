//! Reads typed values from a document. The reader remembers which fields were read, so that it can report the unknown
//! ones with the nearest known name.

use super::dated;
use super::repeat::{Repeat, repeats};
use super::suggest::nearest;
use super::{TomlDocument, TomlItem, span_of};
use crate::finding::{CheckName, Finding, name};
use crate::kind::RecordKey;
use crate::source::{LedgerPath, Span};
use std::cell::{OnceCell, RefCell};
use std::collections::HashSet;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// As many names as a person will read in one sentence.
const FEW: usize = 12;

/// What the reader needs to know of a field to speak about it.
#[derive(Debug, Clone, Copy)]
pub struct FieldFace {
    /// The key.
    pub name: &'static str,
    /// An example of its value as TOML; several lines for a table.
    pub example: &'static str,
    /// Whether it decides who must sign, who may sign, or whether a signature counts.
    pub duty: bool,
}

impl FieldFace {
    /// The example as one would write it in the file.
    fn example_line(&self) -> String {
        match self.example {
            "" => format!("`{}`", self.name),
            block if block.starts_with('[') && block.contains('\n') => {
                block.lines().next().unwrap_or_default().to_owned()
            }
            value => format!("{} = {value}", self.name),
        }
    }
}

/// The reader of one file: it collects findings and knows which places are broken already.
#[derive(Debug)]
pub struct Reader<'a> {
    path: LedgerPath,
    text: &'a str,
    broken: Vec<Span>,
    is_whole: bool,
    record: Option<RecordKey>,
    /// What went wrong so far.
    pub findings: Vec<Finding>,
    /// The entries of lists that are there twice.
    pub repeats: Vec<Repeat>,
    field: FieldFace,
    /// The keys that lines begin with, gathered when first needed.
    given: OnceCell<HashSet<&'a str>>,
    /// Values that are part of a syntax error and decide a duty to sign.
    spoiled_duties: RefCell<Vec<Span>>,
    /// Whether the value is one of a list.
    in_list: bool,
    /// A field that the file's place gives, so that no line has to.
    implied: Option<&'static str>,
    /// The fields of the record itself, and those of them that were found under a heading.
    own_fields: Vec<FieldFace>,
    misplaced: Vec<&'static str>,
}

impl<'a> Reader<'a> {
    /// A reader of this file, whose document is `document`.
    pub fn new(path: &LedgerPath, text: &'a str, document: &TomlDocument<'_>, record: Option<RecordKey>) -> Reader<'a> {
        Reader {
            path: path.clone(),
            text,
            broken: document.broken.clone(),
            is_whole: document.is_whole,
            record,
            findings: Vec::new(),
            repeats: Vec::new(),
            field: FieldFace { name: "", example: "", duty: false },
            spoiled_duties: RefCell::default(),
            in_list: false,
            implied: None,
            own_fields: Vec::new(),
            misplaced: Vec::new(),
            given: OnceCell::new(),
        }
    }

    /// Learns the fields of the record itself, so that one under a heading by mistake can be reported.
    pub fn know_own_fields(&mut self, fields: impl Iterator<Item = FieldFace>) {
        self.own_fields = fields.collect();
    }

    /// Learns of a field that the file's place gives: where it is required, no line has to give it.
    pub fn imply(&mut self, field: &'static str) {
        self.implied = Some(field);
    }

    /// The text of the file.
    pub fn text(&self) -> &'a str {
        self.text
    }

    /// The text at a place, as it is in the file.
    pub fn source(&self, span: Span) -> &'a str {
        self.text.get(span.range()).unwrap_or_default()
    }

    /// Adds a finding at a place in this file.
    pub fn report(&mut self, check: CheckName, span: Span, message: impl Into<String>, help: impl Into<String>) {
        let mut finding = Finding::new(check, &self.path, span, message, help);
        finding.record = self.record.clone();
        finding.duty = self.field.duty;
        self.findings.push(finding);
    }

    /// Notes the entries of the list that is being read that are in it twice.
    pub fn note_repeats<'i>(&mut self, items: impl ExactSizeIterator<Item = TomlItem<'i>>) {
        let (path, record, field) = (&self.path, &self.record, self.field.name);
        let again = repeats(items).into_iter();
        self.repeats.extend(again.map(|span| Repeat { path: path.clone(), record: record.clone(), field, span }));
    }

    /// Runs `read` with all that it finds marked as deciding a duty to sign, where `decides` says so.
    pub fn on_duty<T>(&mut self, decides: bool, read: impl FnOnce(&mut Self) -> T) -> T {
        let outer = std::mem::replace(&mut self.field.duty, decides);
        let value = read(self);
        self.field.duty = outer;
        value
    }

    /// Reports that a value has another type than its field. `expected` completes "… is expected".
    pub fn wrong_type(&mut self, item: TomlItem<'_>, expected: &str) {
        let field = self.field;
        let found = describe(item.get_ref());
        let help = self.type_help(item, expected);
        self.report(name::WRONG_TYPE, span_of(item), format!("`{}` must be {expected}, not {found}", field.name), help);
    }

    fn type_help(&self, item: TomlItem<'_>, expected: &str) -> String {
        let field = self.field;
        let written = self.source(span_of(item));
        let assigned = |value: &str| if self.in_list { value.to_owned() } else { format!("{} = {value}", field.name) };
        match item.get_ref() {
            DeValue::String(text) if expected.contains("date") && looks_like_date(text) => {
                format!("remove the quotes: {}", assigned(text.trim()))
            }
            DeValue::String(text)
                if (expected.contains("number") && text.trim().parse::<f64>().is_ok())
                    || (expected.contains("true") && matches!(text.as_ref(), "true" | "false")) =>
            {
                format!("remove the quotes: {}", assigned(text.trim()))
            }
            DeValue::String(text) if expected.contains("date") && dated::looks_like_date(text) => {
                format!("write year, month and day, without quotes: {}", assigned(&dated::as_date(text)))
            }
            DeValue::String(text) if expected.starts_with("true") => match text.trim().to_lowercase().as_str() {
                "yes" | "y" | "on" | "1" => format!("write {}", assigned("true")),
                "no" | "n" | "off" | "0" => format!("write {}", assigned("false")),
                _ => format!("write {} or {}", assigned("true"), assigned("false")),
            },
            DeValue::String(text) if expected.contains("time") && looks_like_time(text) => {
                format!("remove the quotes: {}", assigned(text.trim()))
            }
            DeValue::Integer(_) | DeValue::Float(_) | DeValue::Datetime(_) if expected.starts_with("text") => {
                format!("put it in quotes: {}", assigned(&format!("\"{written}\"")))
            }
            DeValue::Datetime(datetime) if expected.contains("date") => match datetime.date {
                Some(date) => format!("keep only the day: {}", assigned(&date.to_string())),
                None => format!("for example: {}", field.example_line()),
            },
            _ => format!("for example: {}", field.example_line()),
        }
    }

    /// Reports that a value is not valid. The message ends with what was found.
    pub fn invalid(&mut self, span: Span, message: impl Into<String>, help: impl Into<String>) {
        self.report(name::INVALID_VALUE, span, message, help);
    }

    /// Reports, mildly, that one of several fields should be there, unless one is on a line that was not understood.
    pub fn suspect_missing(&mut self, fields: &[&str], message: &str, help: &str) {
        if !fields.iter().any(|field| self.was_lost(field) || self.is_given(field)) {
            self.report(name::MISSING_FIELD, Span::START, message, help);
            if let Some(finding) = self.findings.last_mut() {
                finding.softened = true;
            }
        }
    }

    /// The field that is being read.
    pub fn field(&self) -> FieldFace {
        self.field
    }

    /// Reads with `read` while `field` is the one spoken of.
    pub fn within<T>(&mut self, field: FieldFace, read: impl FnOnce(&mut Self) -> T) -> T {
        let outer = (std::mem::replace(&mut self.field, field), std::mem::replace(&mut self.in_list, false));
        let value = read(self);
        (self.field, self.in_list) = outer;
        value
    }

    /// Reads with `read` while the values are those of a list.
    pub fn within_list<T>(&mut self, read: impl FnOnce(&mut Self) -> T) -> T {
        let outer = std::mem::replace(&mut self.in_list, true);
        let value = read(self);
        self.in_list = outer;
        value
    }

    /// Whether the file has syntax errors, so that a line of it may not have been read.
    pub fn has_syntax_errors(&self) -> bool {
        !self.broken.is_empty() || !self.is_whole
    }

    /// Whether this value is part of a syntax error that was reported already.
    pub fn is_broken(&self, item: TomlItem<'_>) -> bool {
        let span = span_of(item);
        match item.get_ref() {
            DeValue::Array(_) | DeValue::Table(_) => self
                .broken
                .iter()
                .any(|broken| broken.start < broken.end && broken.start <= span.start && span.end <= broken.end),
            _ => self.is_spoiled(span),
        }
    }

    /// The same, of the value of the field that is being read; where it decides a duty to sign, that is remembered.
    pub fn is_lost(&self, item: TomlItem<'_>) -> bool {
        self.is_lost_of(self.field, item)
    }

    fn is_lost_of(&self, field: FieldFace, item: TomlItem<'_>) -> bool {
        let is_broken = self.is_broken(item);
        if is_broken && field.duty {
            self.spoiled_duties.borrow_mut().push(span_of(item));
        }
        is_broken
    }

    /// Marks the syntax errors that hit values which decide a duty to sign.
    pub fn mark_duties(&self, errors: &mut [Finding]) {
        let spoiled = self.spoiled_duties.borrow();
        for error in errors {
            error.duty |= spoiled.iter().any(|span| span.touches(error.span));
        }
    }

    fn is_spoiled(&self, span: Span) -> bool {
        self.broken.iter().any(|broken| broken.touches(span))
    }

    /// Whether a key that seems to be missing is on a line that could not be understood.
    fn was_lost(&self, key: &str) -> bool {
        self.broken.contains(&TomlDocument::EVERYTHING) || (!self.is_whole && self.is_given(key))
    }

    /// Whether some line begins with this key.
    fn is_given(&self, key: &str) -> bool {
        self.given.get_or_init(|| self.text.lines().filter_map(leading_key).collect()).contains(key)
    }
}

/// The reader of one table in a file.
#[derive(Debug)]
pub struct TableReader<'t> {
    table: &'t DeTable<'t>,
    span: Span,
    noun: &'static str,
    asked: Vec<FieldFace>,
    missing: Vec<FieldFace>,
}

impl<'t> TableReader<'t> {
    /// A reader of this table; `noun` with its article names it in messages: `a member`.
    pub fn new(table: &'t DeTable<'t>, span: Span, noun: &'static str) -> TableReader<'t> {
        TableReader { table, span, noun, asked: Vec::new(), missing: Vec::new() }
    }

    /// The value of a field, unless it is absent or broken.
    pub fn take(&mut self, field: FieldFace, reader: &Reader<'_>) -> Option<&'t Spanned<DeValue<'t>>> {
        self.asked.push(field);
        self.table.get(field.name).filter(|item| !reader.is_lost_of(field, item))
    }

    /// Notes that a field is required; [`TableReader::finish`] reports whether it is absent.
    pub fn require(&mut self, field: FieldFace, reader: &Reader<'_>) {
        let is_given = reader.implied == Some(field.name) || reader.was_lost(field.name);
        if self.table.get(field.name).is_none() && !is_given {
            self.missing.push(field);
        }
    }

    /// Reports each unknown field and each required one that is missing. A required field that was
    /// misspelled is one mistake, not two.
    pub fn finish(self, reader: &mut Reader<'_>) {
        let mut misspelled = Vec::new();
        for key in self.table.keys() {
            let found = key.get_ref().as_ref();
            if self.asked.iter().any(|asked| asked.name == found) || reader.is_spoiled(span_of(key)) {
                continue;
            }
            if self.is_misplaced(key, reader) {
                continue;
            }
            let names = || self.asked.iter().map(|asked| asked.name);
            let absent = names().filter(|name| !self.table.contains_key(*name));
            let near = nearest(found, absent).or_else(|| nearest(found, names()));
            misspelled.extend(near);
            let help = match near {
                Some(near) => format!("did you mean `{near}`?"),
                None if self.asked.len() <= FEW => format!("its fields are {}", names().collect::<Vec<_>>().join(", ")),
                None => "put fields of your own under [extra]; `coalition schema` describes the fields".to_owned(),
            };
            let message = format!("{} has no field `{found}`", self.noun);
            let decides = self.may_decide(near);
            reader.on_duty(decides, |reader| reader.report(name::UNKNOWN_FIELD, span_of(key), message, help));
        }
        let read = |field: &&FieldFace| misspelled.contains(&field.name) || reader.misplaced.contains(&field.name);
        let missing: Vec<FieldFace> = self.missing.iter().filter(|field| !read(field)).copied().collect();
        for field in missing {
            let message = format!("{} needs `{}`", self.noun, field.name);
            let help = format!("add a line: {}", field.example_line());
            reader.on_duty(field.duty, |reader| reader.report(name::MISSING_FIELD, self.span, message, help));
        }
    }
}

impl TableReader<'_> {
    /// Whether a field that no one knows may be one that decides a duty to sign: the one that it is most like, or where
    /// it is like none, any that is absent.
    fn may_decide(&self, near: Option<&str>) -> bool {
        let is_near = |field: &&FieldFace| near.is_none_or(|near| near == field.name);
        let is_absent = |field: &FieldFace| near.is_some() || !self.table.contains_key(field.name);
        self.asked.iter().filter(is_near).any(|field| field.duty && is_absent(field))
    }

    /// Reports a field of the record itself that is under a heading, and so belongs to the heading.
    fn is_misplaced(&self, key: &Spanned<toml::de::DeString<'_>>, reader: &mut Reader<'_>) -> bool {
        let found = key.get_ref().as_ref();
        let face = reader.own_fields.iter().copied().find(|face| face.name == found);
        let Some(face) = face.filter(|_| self.span != Span::START) else { return false };
        reader.misplaced.push(face.name);
        let message = format!("{} has no field `{found}`: it is under a heading", self.noun);
        let help =
            "move the line above the first heading; fields after a [heading] belong to it until the next heading";
        reader.on_duty(face.duty, |reader| reader.report(name::UNKNOWN_FIELD, span_of(key), message, help));
        true
    }
}

/// The name that a line begins with, if a value or a part of its name follows.
pub(crate) fn leading_key(line: &str) -> Option<&str> {
    let line = line.trim_start();
    let end = line.find(|c: char| c.is_whitespace() || matches!(c, '=' | ':' | '.'))?;
    let (key, rest) = line.split_at(end);
    rest.trim_start().starts_with(['=', ':', '.']).then_some(key)
}

/// A value in words: "a number", "text".
fn describe(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "text in quotes",
        DeValue::Integer(_) => "a number",
        DeValue::Float(_) => "a number with a point",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(datetime) => match (datetime.date, datetime.time) {
            (Some(_), None) => "a date",
            (None, _) => "a time",
            (Some(_), Some(_)) => "a date with a time",
        },
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

fn looks_like_time(text: &str) -> bool {
    ["%H:%M", "%H:%M:%S"].iter().any(|form| chrono::NaiveTime::parse_from_str(text.trim(), form).is_ok())
}

fn looks_like_date(text: &str) -> bool {
    text.trim().parse::<chrono::NaiveDate>().is_ok()
}
