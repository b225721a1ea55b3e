//! Reads typed values from a document. The reader remembers which fields were read, so that it can report the unknown
//! ones with the nearest known name.

use super::expected::{ExpectedValue, Form, Meaning, in_quotes, is_quote};
use super::foreign::second_record;
use super::other_names::other_names;
use super::repeat::{Repeat, repeats};
use super::slug::slug;
use super::suggest::{nearest, only_near};
use super::{TomlDocument, TomlItem, span_of};
use crate::finding::{CheckName, Finding, Fix, name};
use crate::kind::{Kind, RecordKey};
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
    /// Whether its fields go under a heading.
    fn is_block(&self) -> bool {
        self.example.starts_with('[') && self.example.contains('\n')
    }

    /// The example as one would write it in the file.
    fn example_line(&self) -> String {
        match self.example {
            "" => format!("`{}`", self.name),
            block if self.is_block() => block.lines().next().unwrap_or_default().to_owned(),
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
    /// The fields that stand above the headings.
    given_at_top: HashSet<String>,
    /// Where the fields of a second record begin, in the file of the first.
    second_record_from: Option<u32>,
    /// Says where a field that the record itself does not have belongs.
    find_place: Option<FindPlace>,
}

/// Says where a field belongs that a record of a kind, or `coalition.toml`, does not have itself: under a heading, or in
/// another kind; with whether the file has it as a heading.
pub(crate) type FindPlace = fn(Option<Kind>, &str, bool) -> Option<String>;

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
            given_at_top: HashSet::new(),
            second_record_from: None,
            find_place: None,
            given: OnceCell::new(),
        }
    }

    /// Learns the fields of the record itself, so that one under a heading by mistake can be reported.
    pub fn know_own_fields(&mut self, fields: impl Iterator<Item = FieldFace>) {
        self.own_fields = fields.collect();
    }

    /// Learns which fields stand above the headings.
    pub fn know_top(&mut self, table: &DeTable<'_>) {
        self.given_at_top = table.keys().map(|key| key.get_ref().to_string()).collect();
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
        let (help, fix) = self.type_help(item, expected);
        let message = format!("`{}` must be {expected}, not {found}", field.name);
        self.report(name::WRONG_TYPE, span_of(item), message, help);
        self.fix_last(fix);
    }

    /// Adds to the finding that was reported last how to correct it.
    fn fix_last(&mut self, fix: Option<Fix>) {
        if let Some(last) = self.findings.last_mut() {
            last.fix = fix;
        }
    }

    /// A certain fix: another value in place of an item's. `help` says what it does.
    fn replacement(&self, item: TomlItem<'_>, value: &str, help: &str) -> Fix {
        Fix::replace(&self.path, span_of(item), value, help)
    }

    /// What to write in place of a value of another type, and the change if that is certain.
    fn type_help(&self, item: TomlItem<'_>, expected: &str) -> (String, Option<Fix>) {
        let field = self.field;
        let written = self.source(span_of(item));
        let assigned = |value: &str| if self.in_list { value.to_owned() } else { format!("{} = {value}", field.name) };
        let example = || (format!("for example: {}", field.example_line()), None);
        let certain = |how: &str, value: &str| {
            let help = format!("{how}: {}", assigned(value));
            let fix = self.replacement(item, value, &help);
            (help, Some(fix))
        };
        let form = match expected {
            _ if expected.contains("date") => Form::Date,
            _ if expected.contains("time") => Form::Time,
            _ if expected.contains("amount") => Form::Amount,
            _ if expected.contains("whole number") => Form::Whole,
            _ if expected.contains("between 0 and 1") => Form::Share,
            _ if expected.contains("number") => Form::Number,
            _ if expected.starts_with("true") => Form::Truth,
            _ => Form::Text,
        };
        let how = match form {
            Form::Date => "write year, month and day, without quotes",
            Form::Time => "write hours, minutes and seconds, without quotes",
            Form::Amount => "put it in quotes",
            Form::Truth => "write",
            _ => "write the number alone, without quotes",
        };
        let text = match item.get_ref() {
            DeValue::String(text) => text.trim(),
            DeValue::Integer(_) | DeValue::Float(_) | DeValue::Datetime(_) if expected.starts_with("text") => {
                return certain("put it in quotes", &format!("\"{written}\""));
            }
            DeValue::Datetime(datetime) if form == Form::Date => {
                return match datetime.date {
                    Some(date) => (format!("keep only the day: {}", assigned(&date.to_string())), None),
                    None => example(),
                };
            }
            DeValue::Integer(_) if matches!(form, Form::Date | Form::Time | Form::Truth) => written,
            DeValue::Float(_) if matches!(form, Form::Time | Form::Whole) => written,
            DeValue::Array(items) if items.len() == 1 => {
                let inner = items.iter().next().map(|item| self.source(span_of(item))).unwrap_or_default();
                return certain("this field holds one value, without brackets", inner);
            }
            _ => return example(),
        };
        let expects = ExpectedValue { name: field.name, form, many: false };
        match expects.meaning(text, self.text) {
            Meaning::Certain(value) if value == text => certain("remove the quotes", &value),
            Meaning::Certain(value) if expects.form == Form::Truth => {
                let help = format!("write {}", assigned(&value));
                let fix = self.replacement(item, &value, &help);
                (help, Some(fix))
            }
            Meaning::Certain(value) if expects.form != Form::Text => certain(how, &value),
            Meaning::Checked(value, caveat) => (format!("{how}: {} ({caveat})", assigned(&value)), None),
            Meaning::Either(readings) => {
                let readings: Vec<String> =
                    readings.iter().map(|(value, words)| format!("{} if you mean {words}", assigned(value))).collect();
                (format!("{how}: {}", readings.join(", or ")), None)
            }
            _ if expects.form == Form::Date => {
                (format!("{}; if there is no date yet, delete the line", example().0), None)
            }
            _ if expects.form == Form::Truth => (format!("write {} or {}", assigned("true"), assigned("false")), None),
            _ => example(),
        }
    }

    /// Reports that a value is not valid, with the value that was meant if that is certain.
    pub fn invalid_for(&mut self, item: TomlItem<'_>, message: impl Into<String>, help: &str, meant: Option<&str>) {
        self.report_with(name::INVALID_VALUE, item, message, help, meant);
    }

    /// Reports something about a value, with the value that was meant if that is certain.
    pub fn report_with(
        &mut self,
        check: CheckName,
        item: TomlItem<'_>,
        message: impl Into<String>,
        help: &str,
        meant: Option<&str>,
    ) {
        let fix = meant.map(|value| self.replacement(item, value, help));
        self.report(check, span_of(item), message, help);
        self.fix_last(fix);
    }

    /// Whether the value that is read is one of a list.
    pub fn is_in_list(&self) -> bool {
        self.in_list
    }

    /// Lets findings on unknown fields say where they belong.
    pub fn know_places(&mut self, find_place: FindPlace) {
        self.find_place = Some(find_place);
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
        let begins_line = || self.text.lines().any(|line| line.split_whitespace().next() == Some(key));
        self.broken.contains(&TomlDocument::EVERYTHING) || (!self.is_whole && (self.is_given(key) || begins_line()))
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
        if self.report_wrapped_records(reader) {
            return;
        }
        self.find_second_record(reader);
        for (key, item) in self.table {
            let found = key.get_ref().as_ref();
            if self.asked.iter().any(|asked| asked.name == found) || reader.is_spoiled(span_of(key)) {
                continue;
            }
            if reader.second_record_from.is_some_and(|start| start <= span_of(key).start && self.span != Span::START) {
                continue;
            }
            if self.is_misplaced(key, reader) {
                continue;
            }
            // What is a table is no misspelled value, and the other way around.
            let is_table = is_table(item.get_ref());
            let fits = |asked: &&FieldFace| asked.is_block() == is_table;
            let names = || self.asked.iter().filter(fits).map(|asked| asked.name);
            let absent = || names().filter(|name| !self.table.contains_key(*name));
            let spelled = spelled_as_field(found);
            let respelled = absent().find(|name| *name == spelled);
            let other = other_names(&spelled).find(|other| absent().any(|name| name == *other));
            let near = respelled.or(other).or_else(|| nearest(found, absent())).or_else(|| nearest(found, names()));
            let other_list = other_names(&spelled).find(|other| names().any(|name| name == *other));
            misspelled.extend(near);
            let certain = respelled.or_else(|| only_near(found, absent()));
            let place = reader.find_place.filter(|_| near.is_none() && self.span == Span::START);
            let kind = reader.record.as_ref().map(|record| record.kind);
            let place = place.and_then(|find| find(kind, &spelled, is_table));
            let (help, fix) = match near {
                _ if found == "id" && reader.record.is_some() => {
                    ("delete the line: the id of a record is the name of its file, without .toml".to_owned(), None)
                }
                _ if self.asked.iter().any(|asked| asked.name == "contact_details")
                    && contact_type(&spelled).is_some() =>
                {
                    misspelled.clear();
                    (contact_help(&spelled, reader.source(span_of(item)), false), None)
                }
                _ if self.is_of_contact_details() && contact_type(&spelled).is_some() => {
                    misspelled.extend(names());
                    (contact_help(&spelled, reader.source(span_of(item)), true), None)
                }
                Some(near) if other == Some(near) && respelled.is_none() => {
                    (format!("this field is called `{near}` here"), None)
                }
                Some(near) => {
                    let help = match respelled {
                        Some(name) => {
                            format!("write `{name}`: names of fields are in lowercase letters, with `_` between words")
                        }
                        None => format!("did you mean `{near}`?"),
                    };
                    let fix = certain.filter(|certain| *certain == near);
                    let fix = fix.map(|name| Fix::replace(&reader.path, span_of(key), name, format!("write `{name}`")));
                    (help, fix)
                }
                None if place.is_some() => (place.unwrap_or_default(), None),
                None if other_list.is_some() => (format!("`{}` holds this", other_list.unwrap_or_default()), None),
                None if self.asked.len() <= FEW => {
                    (format!("its fields are {}", names().collect::<Vec<_>>().join(", ")), None)
                }
                None => ("put your own fields under [extra]; `coalition schema` describes the fields".to_owned(), None),
            };
            let message = format!("{} has no field `{found}`", self.noun);
            let decides = self.may_decide(near);
            reader.on_duty(decides, |reader| {
                reader.report(name::UNKNOWN_FIELD, span_of(key), message, help);
                reader.fix_last(fix);
            });
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
    /// Whether the table is an entry of `contact_details`.
    fn is_of_contact_details(&self) -> bool {
        ["type", "value", "public"].iter().all(|name| self.asked.iter().any(|asked| asked.name == *name))
    }

    /// Whether a field that no one knows may be one that decides a duty to sign: the one that it is most like, or where
    /// it is like none, any that is absent.
    fn may_decide(&self, near: Option<&str>) -> bool {
        let is_near = |field: &&FieldFace| near.is_none_or(|near| near == field.name);
        let is_absent = |field: &FieldFace| near.is_some() || !self.table.contains_key(field.name);
        self.asked.iter().filter(is_near).any(|field| field.duty && is_absent(field))
    }

    /// Reports a record whose fields follow the entries of another one: its name is under their last heading.
    fn find_second_record(&self, reader: &mut Reader<'_>) {
        const NAME: &str = "name";
        let is_own = self.asked.iter().any(|asked| asked.name == NAME);
        let Some((key, item)) = self.table.get_key_value(NAME) else { return };
        if self.span == Span::START || is_own || !reader.given_at_top.contains(NAME) {
            return;
        }
        let (message, help) = second_record(&reader.path, item.get_ref().as_str());
        reader.second_record_from = Some(span_of(key).start);
        reader.report(name::INVALID_TOML, span_of(key), message, help);
    }

    /// Reports records under headings of their own, as `[june]` or `[[person]]`; true if that is what the file holds.
    fn report_wrapped_records(&self, reader: &mut Reader<'_>) -> bool {
        if self.span != Span::START || self.table.contains_key("name") {
            return false;
        }
        let mut names: Vec<(Span, String)> = Vec::new();
        for (key, item) in self.table {
            if self.asked.iter().any(|asked| asked.name == key.get_ref().as_ref()) {
                continue;
            }
            let tables: Vec<&DeTable<'_>> = match item.get_ref() {
                DeValue::Table(table) => vec![table],
                DeValue::Array(items) => items.iter().filter_map(|item| item.get_ref().as_table()).collect(),
                _ => Vec::new(),
            };
            let named =
                |table: &DeTable<'_>| table.get("name").and_then(|name| name.get_ref().as_str().map(str::to_owned));
            // `[members.rotary]` is two headings deep.
            let inner = tables.iter().flat_map(|table| table.values()).filter_map(|item| item.get_ref().as_table());
            let tables: Vec<&DeTable<'_>> =
                if tables.iter().any(|table| table.contains_key("name")) { tables } else { inner.collect() };
            names.extend(tables.into_iter().filter_map(named).map(|name| (span_of(key), name)));
        }
        names.sort();
        let Some((first, _)) = names.first() else { return false };
        let folder = reader.path.as_str().strip_suffix(reader.path.file_name()).unwrap_or_default();
        let (message, help) = if names.len() == 1 {
            (
                "the fields of the record are under a heading".to_owned(),
                "delete the heading: the fields of a record go above all headings".to_owned(),
            )
        } else {
            let few = names.iter().take(3).map(|(_, name)| format!("{folder}{}.toml", slug(name)));
            (
                format!("this file holds {} records under headings, and a file holds only one", names.len()),
                format!("put each in its own file, without its heading: {}", few.collect::<Vec<_>>().join(", ")),
            )
        };
        let decides = self.asked.iter().any(|field| field.duty);
        reader.on_duty(decides, |reader| reader.report(name::UNKNOWN_FIELD, *first, message, help));
        true
    }

    /// Reports a field of the record itself that is under a heading, and so belongs to the heading.
    fn is_misplaced(&self, key: &Spanned<toml::de::DeString<'_>>, reader: &mut Reader<'_>) -> bool {
        let found = key.get_ref().as_ref();
        let face = reader.own_fields.iter().copied().find(|face| face.name == found);
        let Some(face) = face.filter(|_| self.span != Span::START) else { return false };
        if reader.second_record_from == Some(span_of(key).start) {
            return true;
        }
        reader.misplaced.push(face.name);
        if reader.given_at_top.contains(face.name) {
            let message = format!("{} has no field `{found}`, and the record has it above the headings", self.noun);
            let help = "delete the line, or move its value to the field above";
            reader.on_duty(face.duty, |reader| reader.report(name::UNKNOWN_FIELD, span_of(key), message, help));
            return true;
        }
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
        DeValue::Float(_) => "a decimal number",
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

/// Whether a value stands under a heading: a table, or a list of them.
fn is_table(value: &DeValue<'_>) -> bool {
    match value {
        DeValue::Table(_) => true,
        DeValue::Array(items) => items.iter().any(|item| item.get_ref().is_table()),
        _ => false,
    }
}

/// A name as names of fields are spelled: `Backup-Representative` as `backup_representative`.
fn spelled_as_field(name: &str) -> String {
    name.trim().to_lowercase().replace([' ', '-', '.'], "_")
}

/// The type of a contact detail that a field of another program means.
pub(super) fn contact_type(word: &str) -> Option<&'static str> {
    match word.to_lowercase().replace('-', "_").as_str() {
        "email" | "e_mail" | "mail" | "email_address" => Some("email"),
        "phone" | "telephone" | "tel" | "phone_number" | "home_phone" | "work_phone" => Some("phone"),
        "cell" | "mobile" | "cell_phone" | "mobile_phone" => Some("mobile"),
        "fax" => Some("fax"),
        "address" | "street" | "mailing_address" | "postal_address" => Some("address"),
        _ => None,
    }
}

/// How to write a way to reach someone; `is_under` if the heading is there already.
pub(super) fn contact_help(word: &str, value: &str, is_under: bool) -> String {
    let kind = contact_type(word).unwrap_or("email");
    let bare = value.trim().trim_matches(is_quote);
    let value = if bare.is_empty() || bare.contains(['\n', '[', '{']) { "\"…\"".to_owned() } else { in_quotes(bare) };
    let lines = format!("type = \"{kind}\" and value = {value}, each on a line");
    match is_under {
        true => format!("write {lines}; each way to reach someone has its own heading [[contact_details]]"),
        false => format!("write it under its own heading, below the other fields: [[contact_details]], then {lines}"),
    }
}
