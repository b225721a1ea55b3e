//! One record with all that refers to it: what `coalition show` answers.

use super::excerpt::shortened_to;
use super::listing::is_late;
use super::value_words::{in_words, label};
use crate::document::{Document, Fact, Item, Line, Section, words};
use crate::kind::RecordKey;
use crate::ledger::{Ledger, Mention, query};
use crate::record::AnyRecord;
use crate::record::Coalition;
use crate::record::common::Common;
use crate::record::field::{Field, Shape};
use crate::record::table::RecordTable;
use crate::source::ROOT_FILE;
use chrono::NaiveDate;
use serde_json::{Value, json};

/// The entries of a list that are printed; the rest is counted.
const ENTRIES: usize = 12;

/// The record and its mentions as data.
pub(crate) fn data(ledger: &Ledger, record: &dyn AnyRecord, today: NaiveDate, private: bool) -> Value {
    let fields = query::fields_of(ledger, record, today, private);
    let mentions: Vec<Value> = mentions_of(ledger, record)
        .into_iter()
        .map(|mention| {
            json!({
                "record": mention.from.to_string(),
                "name": ledger.name_of_key(&mention.from),
                "file": mention.path.as_str(),
                "field": mention.field.join("."),
                "date": mention.date,
            })
        })
        .collect();
    json!({
        "format_version": 1,
        "record": record.key().to_string(),
        "file": record.path().as_str(),
        "fields": fields,
        "referred_to_by": mentions,
    })
}

/// The record and its mentions for people.
pub(crate) fn document(ledger: &Ledger, record: &dyn AnyRecord, today: NaiveDate, private: bool) -> Document {
    let fields = query::fields_of(ledger, record, today, private);
    let all = query::fields_of(ledger, record, today, true);
    let mut document = Document::new(record.name());
    document.add_subtitle(format!("{}, in {}", words::capitalize(record.key().kind.noun()), record.path()));
    let stage = fields.get("stage").and_then(Value::as_str).map(|stage| Fact::new("Stage", words::capitalize(stage)));
    let mut lines: Vec<Fact> = stage.into_iter().collect();
    let mut entries = Vec::new();
    for field in record.table().fields.iter().chain(Common::DEF.fields).filter(|field| field.name != "name") {
        let Some(value) = fields.get(field.name) else { continue };
        match (field.shape)() {
            Shape::Table(_) | Shape::Prose | Shape::Free => entries.push((field, value)),
            Shape::Line if field.many && has_sentences(value) => entries.push((field, value)),
            _ if is_late(&fields, field.name, today) => {
                lines.push(Fact::new(label(field.name), Line::new().late(in_words(ledger, field, value))));
            }
            _ => lines.push(Fact::new(label(field.name), in_words(ledger, field, value))),
        }
    }
    let mut facts = Section::new("Facts");
    facts.facts(lines);
    document.add(facts);
    for (field, value) in entries {
        // Signatures stand in files of their own too, where they have other numbers.
        let whole = all.get(field.name).and_then(Value::as_array).filter(|_| field.name != "signatures");
        let numbers = whole.map(|whole| numbers_of(value, whole)).unwrap_or_default();
        document.add(entry_section(ledger, record.key(), field, value, &numbers, today));
    }
    document.add(mention_section(ledger, record.key(), &mentions_of(ledger, record)));
    let hidden = count_hidden(&Value::Object(all), &Value::Object(fields));
    if !private && hidden > 0 {
        let mut section = Section::new("Not shown");
        let what = words::count(hidden, "private value is", "private values are");
        let them = words::noun_form(hidden, "it", "them");
        section.paragraph(format!("{what} left out; use --private to show {them}."));
        document.add(section);
    }
    document
}

/// What coalition.toml says, as data.
pub(crate) fn root_data(ledger: &Ledger, private: bool) -> Value {
    json!({ "format_version": 1, "record": "coalition", "file": ROOT_FILE, "fields": ledger.root.to_json(private) })
}

/// What coalition.toml says, for people.
pub(crate) fn root_document(ledger: &Ledger, private: bool) -> Document {
    let fields = ledger.root.to_json(private);
    let mut document = Document::new(ledger.root.name());
    document.add_subtitle(format!("The coalition, in {ROOT_FILE}"));
    let mut lines = Vec::new();
    let mut sections = Vec::new();
    for field in Coalition::DEF.fields.iter().chain(Common::DEF.fields).filter(|field| field.name != "name") {
        match (fields.get(field.name), (field.shape)()) {
            (None, _) => {}
            (Some(Value::Object(inner)), _) => {
                let mut section = Section::new(label(field.name));
                let table = match (field.shape)() {
                    Shape::Table(table) => Some(table),
                    _ => None,
                };
                section.facts(inner.iter().map(|(name, value)| {
                    let known = table.and_then(|table| table.field(name)).unwrap_or(field);
                    Fact::new(label(name), in_words(ledger, known, value))
                }));
                sections.push(section);
            }
            (Some(value), _) => lines.push(Fact::new(label(field.name), in_words(ledger, field, value))),
        }
    }
    let mut facts = Section::new("Facts");
    facts.facts(lines);
    document.add(facts);
    sections.into_iter().for_each(|section| document.add(section));
    document
}

/// How many values of `all` are missing in `shown`: fields, and entries of lists.
fn count_hidden(all: &Value, shown: &Value) -> usize {
    match (all, shown) {
        (Value::Object(all), Value::Object(shown)) => {
            let hidden = |(key, value): (&String, &Value)| {
                shown.get(key).map_or_else(|| count_values(value), |shown| count_hidden(value, shown))
            };
            all.iter().map(hidden).sum()
        }
        (Value::Array(all), Value::Array(shown)) => {
            let mut shown = shown.iter().peekable();
            all.iter()
                .map(|value| shown.next_if(|shown| is_part(shown, value)).map_or(1, |shown| count_hidden(value, shown)))
                .sum()
        }
        _ => 0,
    }
}

/// How many values there are: an entry of a list is one, and a table is as many as its fields.
fn count_values(value: &Value) -> usize {
    match value {
        Value::Array(entries) => entries.len(),
        Value::Object(fields) => fields.values().map(count_values).sum(),
        _ => 1,
    }
}

/// Whether a value is what is left of another without its private parts.
fn is_part(shown: &Value, whole: &Value) -> bool {
    match (shown, whole) {
        (Value::Object(shown), Value::Object(whole)) => {
            shown.iter().all(|(key, value)| whole.get(key).is_some_and(|whole| is_part(value, whole)))
        }
        (Value::Array(shown), Value::Array(whole)) => {
            let mut whole = whole.iter();
            shown.iter().all(|value| whole.any(|other| is_part(value, other)))
        }
        (shown, whole) => shown == whole,
    }
}

/// The numbers by which `set` knows the entries of a list that are shown: their places in the whole list, counting from 1.
fn numbers_of(shown: &Value, whole: &[Value]) -> Vec<usize> {
    let mut places = whole.iter().enumerate();
    let shown = shown.as_array().into_iter().flatten();
    shown.filter_map(|value| places.find(|(_, other)| is_part(value, other)).map(|(at, _)| at + 1)).collect()
}

/// All that refers to the record, also by the place of a file, newest first.
fn mentions_of(ledger: &Ledger, record: &dyn AnyRecord) -> Vec<Mention> {
    let mut mentions = ledger.mentions_of(record.key());
    mentions.extend(ledger.signed_by_place(record.key()));
    mentions
        .sort_by(|a, b| b.date.cmp(&a.date).then_with(|| (&a.from, &a.path, a.span).cmp(&(&b.from, &b.path, b.span))));
    mentions
}

/// Whether a list holds more than a few words an item.
fn has_sentences(value: &Value) -> bool {
    let texts = value.as_array().into_iter().flatten().filter_map(Value::as_str);
    texts.into_iter().any(|text| text.split_whitespace().count() > 4)
}

/// Entries newest first, where they are dated, each with its number in the list.
fn entry_section(
    ledger: &Ledger,
    key: &RecordKey,
    field: &Field,
    value: &Value,
    numbers: &[usize],
    today: NaiveDate,
) -> Section {
    let mut section = Section::new(label(field.name));
    match value {
        Value::Array(items) if !matches!((field.shape)(), Shape::Prose) => {
            let numbers = numbers.iter().map(|number| Some(*number)).chain(std::iter::repeat(None));
            let mut items: Vec<(&Value, Option<usize>)> = items.iter().zip(numbers).collect();
            let date = |item: &Value| item.get("date").and_then(Value::as_str).map(str::to_owned);
            if items.iter().any(|(item, _)| date(item).is_some()) {
                items.sort_by_key(|(item, _)| std::cmp::Reverse(date(item)));
            }
            let command = match (field.shape)() {
                Shape::Table(_) => format!("list {} record:{key}", field.name),
                _ => format!("show {key} --format json"),
            };
            section.list(shortened_to(ENTRIES, &items, &command, |(item, number)| {
                let number = number.map_or_else(String::new, |number| format!("{number}: "));
                let words = number + &in_words(ledger, field, item);
                let is_late = item.as_object().is_some_and(|entry| is_late(entry, "due", today));
                Item::new(if is_late { Line::new().late(words) } else { Line::from(words) })
            }));
        }
        value => {
            for paragraph in in_words(ledger, field, value).split("\n\n") {
                section.paragraph(paragraph.trim());
            }
        }
    }
    section
}

fn mention_section(ledger: &Ledger, key: &RecordKey, mentions: &[Mention]) -> Section {
    let mut section = Section::new("Mentioned in");
    section.list(shortened_to(ENTRIES, mentions, &format!("show {key} --format json"), |mention| {
        let date = mention.date.map(|date| format!("{}: ", words::short_day(date))).unwrap_or_default();
        let place: Vec<String> = mention.field.iter().map(|part| part.replace('_', " ")).collect();
        let line = Line::new()
            .plain(format!("{date}{} ", mention.from.kind.noun()))
            .plain(words::quote(ledger.name_of_key(&mention.from)))
            .muted(format!(" ({})", place.join(", ")));
        Item::new(line)
    }));
    section
}
