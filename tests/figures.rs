//! What a report says to people, programs are told too: every figure of the text is in the data.

use chrono::NaiveDate;
use coalition::Disk;
use coalition::internal::document::{Block, Document, Inline, Line};
use coalition::internal::report::{ALL, ReportRequest};
use coalition::load;
use rust_decimal::{Decimal, RoundingStrategy};
use serde_json::Value;
use std::collections::BTreeSet;

const TODAY: &str = "2026-11-22";

/// Sentences of the program, whose figures stand beside them. What people wrote, and the findings of checks, which are
/// given as they are told, hold figures of their own and are left out.
const SENTENCES: [&str; 3] = ["text", "size", "problem"];

/// Figures that are no data of the ledger: the hours of a week, the year of a paper.
const FIXED: [&str; 2] = ["168", "1979"];

/// What the data of a report hold.
#[derive(Default)]
struct Known {
    figures: BTreeSet<Decimal>,
    lists: BTreeSet<usize>,
    days: BTreeSet<NaiveDate>,
    texts: BTreeSet<String>,
}

impl Known {
    fn see(&mut self, key: &str, value: &Value) {
        match value {
            Value::Number(number) => {
                self.figures.insert(number.to_string().parse().unwrap());
            }
            Value::String(text) => {
                if let Ok(day) = text.parse() {
                    self.days.insert(day);
                } else if let (Ok(amount), "amount") = (text.parse(), key) {
                    self.figures.insert(amount);
                } else if !SENTENCES.contains(&key) {
                    self.texts.insert(text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase());
                }
            }
            Value::Array(values) => {
                self.lists.insert(values.len());
                values.iter().for_each(|value| self.see(key, value));
            }
            Value::Object(fields) => {
                // The detail of a change, and of a question where someone stands, is made of figures; others quote.
                let is_made =
                    fields.contains_key("event") || fields.get("topic").is_some_and(|topic| topic == "ask_position");
                let found = fields.iter().filter(|(key, _)| !is_made || *key != "detail");
                found.for_each(|(key, value)| self.see(key, value));
            }
            Value::Null | Value::Bool(_) => {}
        }
    }

    /// Whether a figure is known: itself, rounded as it is written, or a share in percent.
    fn knows(&self, figure: Decimal, is_percent: bool) -> bool {
        let today: NaiveDate = TODAY.parse().unwrap();
        let places = figure.scale();
        let round = |known: Decimal| known.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero);
        let is_share = |known: &Decimal| {
            let percent = known * Decimal::ONE_HUNDRED;
            *known <= Decimal::ONE && (round(percent) == figure || percent.floor() == figure)
        };
        let is_list = self.lists.iter().any(|length| Decimal::from(*length) == figure);
        let is_days = self.days.iter().any(|day| Decimal::from((*day - today).num_days().abs()) == figure);
        self.figures.iter().any(|known| round(*known) == figure || (is_percent && is_share(known)))
            || is_list
            || is_days
    }
}

fn plain(line: &Line) -> String {
    let text: String = line.inlines().iter().map(Inline::text).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn lines(document: &Document) -> Vec<String> {
    let mut lines: Vec<String> = document.subtitle().iter().map(plain).collect();
    for section in document.sections() {
        lines.push(plain(section.heading()));
        for block in section.blocks() {
            match block {
                Block::Paragraph(line) => lines.push(plain(line)),
                Block::List(items) | Block::Numbered(items) => {
                    lines.extend(
                        items.iter().flat_map(|item| std::iter::once(item.line()).chain(item.below())).map(plain),
                    );
                }
                Block::Facts(facts) => lines.extend(facts.iter().map(|fact| plain(&fact.value))),
                Block::Table(table) => lines.extend(table.rows().iter().flatten().map(plain)),
                Block::Picture(picture) => {
                    lines.extend([picture.title(), picture.description()].map(str::to_owned));
                    lines.extend(picture.figures().rows().iter().flatten().map(plain));
                }
                Block::Chart(chart) => {
                    lines.extend(chart.bars().iter().map(|bar| format!("{}: {}", bar.label(), bar.words())));
                }
            }
        }
    }
    lines
}

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// A line without a text that stands in it; a part of a longer word or figure is not that text.
fn without(line: &str, text: &str) -> String {
    let goes_on = |rest: &str| rest.starts_with(char::is_alphanumeric);
    let mut parts = line.split(text);
    let mut left = parts.next().unwrap().to_owned();
    for part in parts {
        left.push_str(if goes_on(part) || left.ends_with(char::is_alphanumeric) { text } else { "" });
        left.push_str(part);
    }
    left
}

/// The figures of a line, with whether they are percents; days and times of day are left out.
fn figures(line: &str) -> Vec<(Decimal, bool)> {
    let is_figure = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | ':' | '-');
    let words: Vec<&str> = line.split([' ', '(', ')', '\u{2013}']).filter(|word| !word.is_empty()).collect();
    let is_month = |word: Option<&&str>| word.is_some_and(|word| MONTHS.iter().any(|month| word.starts_with(month)));
    let mut figures = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let core = word.trim_start_matches(['$', '“']).trim_end_matches(|c: char| !c.is_ascii_digit());
        let is_clock = words.get(at + 1).is_some_and(|next| next.starts_with("a.m.") || next.starts_with("p.m."));
        let is_time = is_clock || core.contains(':') || core.matches('-').count() == 2;
        if core.is_empty() || !core.chars().all(is_figure) || is_time {
            continue;
        }
        // `June 4, 2026`, `June 4` and `June 2026`.
        let is_after_month = |back: usize| at >= back && is_month(words.get(at - back));
        let is_year = core.len() == 4 && (is_after_month(1) || is_after_month(2));
        let is_day = core.len() <= 2 && is_after_month(1);
        if is_day || is_year {
            continue;
        }
        if let Ok(figure) = core.replace(',', "").parse::<Decimal>() {
            figures.push((figure.normalize(), word.contains('%')));
        }
    }
    figures
}

/// A text of the data as reports write it: findings have their dates in words there.
fn with_dates_in_words(text: &str) -> String {
    let mut said = text.to_owned();
    for word in text.split(|c: char| !c.is_ascii_digit() && c != '-') {
        if let Ok(date) = word.parse::<chrono::NaiveDate>() {
            said = said.replace(word, &date.format("%B %-d, %Y").to_string().to_lowercase());
        }
    }
    said
}

#[test]
fn every_figure_of_the_text_is_in_the_data() {
    let ledger = load(&Disk::new("examples/riverton")).unwrap();
    let request = ReportRequest::new(&ledger, TODAY.parse().unwrap());
    let (mut seen, mut missing) = (0, Vec::new());
    for report in ALL {
        for answer in report.every(&request) {
            let mut known = Known::default();
            known.see("", &answer.data);
            let mut texts: Vec<String> = known.texts.iter().map(|text| with_dates_in_words(text)).collect();
            texts.extend(known.texts.iter().cloned());
            texts.retain(|text| text.chars().any(|c| c.is_ascii_digit()));
            texts.sort_by_key(|text| std::cmp::Reverse(text.len()));
            for line in lines(&answer.document) {
                // How much an excerpt leaves out is in no data, which has it all.
                if line.starts_with("and ") && line.contains(" more (`coalition ") {
                    continue;
                }
                let left = texts.iter().fold(line.to_lowercase(), |left, text| without(&left, text));
                for (figure, is_percent) in figures(&left) {
                    seen += 1;
                    if !known.knows(figure, is_percent) && !FIXED.contains(&figure.to_string().as_str()) {
                        missing.push(format!("{}: {figure} in {line:?}", report.name));
                    }
                }
            }
        }
    }
    assert!(seen > 1000, "only {seen} figures were seen");
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

#[test]
fn programs_get_the_words_of_the_records() {
    let ledger = load(&Disk::new("examples/riverton")).unwrap();
    let request = ReportRequest::new(&ledger, TODAY.parse().unwrap());
    let mut seen = BTreeSet::new();
    for report in ALL {
        for answer in report.every(&request) {
            words(&answer.data, &mut seen);
        }
    }
    assert!(["phone", "in-person", "library-system", "email"].iter().all(|word| seen.contains(*word)), "{seen:?}");
    let spoken: Vec<&String> =
        seen.iter().filter(|word| word.contains(' ') || word.contains(char::is_uppercase)).collect();
    assert!(spoken.is_empty(), "{spoken:?}");
}

/// The values of the keys that hold a word of a record.
fn words(value: &Value, seen: &mut BTreeSet<String>) {
    match value {
        Value::Array(values) => values.iter().for_each(|value| words(value, seen)),
        Value::Object(fields) => {
            for (key, value) in fields {
                let is_word = ["channel", "classification", "role", "type", "kind", "method", "option", "stance"];
                seen.extend(value.as_str().filter(|_| is_word.contains(&key.as_str())).map(str::to_owned));
                words(value, seen);
            }
        }
        _ => {}
    }
}
