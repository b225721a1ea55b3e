//! One record with all that refers to it: what `coalition show` answers.

use super::excerpt::shortened_to;
use super::listing::is_late;
use super::value_words::{in_words, label};
use crate::document::{Document, Fact, Item, Line, Section, words};
use crate::kind::RecordKey;
use crate::ledger::{Ledger, Mention, query};
use crate::record::AnyRecord;
use crate::record::common::Common;
use crate::record::field::{Field, Shape};
use crate::record::table::RecordTable;
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
        document.add(entry_section(ledger, record.key(), field, value, today));
    }
    document.add(mention_section(ledger, record.key(), &mentions_of(ledger, record)));
    let all = query::fields_of(ledger, record, today, true);
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

/// How many values of `all` are missing in `shown`: fields, and entries of lists.
fn count_hidden(all: &Value, shown: &Value) -> usize {
    match (all, shown) {
        (Value::Object(all), Value::Object(shown)) => {
            all.iter().map(|(key, value)| shown.get(key).map_or(1, |shown| count_hidden(value, shown))).sum()
        }
        (Value::Array(all), Value::Array(shown)) if all.len() == shown.len() => {
            all.iter().zip(shown).map(|(value, shown)| count_hidden(value, shown)).sum()
        }
        (Value::Array(all), Value::Array(shown)) => all.len().saturating_sub(shown.len()),
        _ => 0,
    }
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

/// Entries newest first, where they are dated.
fn entry_section(ledger: &Ledger, key: &RecordKey, field: &Field, value: &Value, today: NaiveDate) -> Section {
    let mut section = Section::new(label(field.name));
    match value {
        Value::Array(items) if !matches!((field.shape)(), Shape::Prose) => {
            let mut items: Vec<&Value> = items.iter().collect();
            let date = |item: &Value| item.get("date").and_then(Value::as_str).map(str::to_owned);
            if items.iter().any(|item| date(item).is_some()) {
                items.sort_by_key(|item| std::cmp::Reverse(date(item)));
            }
            let command = match (field.shape)() {
                Shape::Table(_) => format!("list {} record:{key}", field.name),
                _ => format!("show {key} --format json"),
            };
            section.list(shortened_to(ENTRIES, &items, &command, |item| {
                let words = in_words(ledger, field, item);
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
