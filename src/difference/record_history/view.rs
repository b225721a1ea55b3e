//! The history of a record for people and for programs.

use super::{RecordHistory, RecordStep};
use crate::difference::Difference;
use crate::difference::view::items_of;
use crate::document::{Document, Item, Line, Section, words};
use crate::source::commit_message::without_address;
use serde_json::{Map, Value, json};

/// The version of the data. It changes when a key changes its meaning or goes.
const FORMAT_VERSION: u32 = 1;

/// How many digits of a commit's id are shown.
const DIGITS: usize = 10;

impl RecordHistory {
    /// The history for people.
    pub(crate) fn document(&self) -> Document {
        let mut document = Document::new(format!("History of {}", self.name));
        document.add_subtitle(format!("{}: {}.", self.record, self.summary()));
        if let Some(difference) = &self.uncommitted {
            let mut section = Section::new("Not committed yet");
            section.list(items(difference));
            document.add(section);
        }
        for step in &self.steps {
            document.add(self.section(step));
        }
        if let Some(cut) = &self.cut {
            let mut section = Section::new("Before that");
            section.paragraph(format!("Not known: {cut}."));
            document.add(section);
        }
        document
    }

    fn summary(&self) -> String {
        let commits = words::count_of(self.steps.len(), "commit", "commits");
        match (self.steps.last(), self.steps.first()) {
            (Some(first), Some(last)) if first.day != last.day => {
                format!("{commits} from {} to {}", words::format_date(first.day), words::format_date(last.day))
            }
            (Some(only), _) => format!("{commits} on {}", words::format_date(only.day)),
            _ => "no commits".to_owned(),
        }
    }

    fn section(&self, step: &RecordStep) -> Section {
        let message = &step.message;
        let id: String = step.commit.chars().take(DIGITS).collect();
        let author = if message.author.is_empty() { "an unknown author" } else { &message.author };
        let mut section = Section::new(format!("{}, {author} ({id})", words::format_date(step.day)));
        section.paragraph(Line::new().muted(message.subject.as_str()));
        for (word, value) in self.trailers(step) {
            section.paragraph(Line::new().muted(format!("{word}: {value}")));
        }
        match &step.change {
            Ok(difference) => {
                if step.is_merge {
                    section.paragraph("This merge differs from what the merged commits say:");
                }
                section.list(items(difference));
            }
            Err(reason) => section.paragraph(format!("What this commit changed cannot be read: {reason}")),
        }
        section
    }

    /// The lines that name others, without addresses unless private values are shown.
    fn trailers<'s>(&self, step: &'s RecordStep) -> Vec<(&'s str, &'s str)> {
        let shown = |value: &'s str| if self.private { value } else { without_address(value) };
        step.message.trailers.iter().map(|(word, value)| (word.as_str(), shown(value))).collect()
    }

    /// The same for programs: one object with stable keys.
    pub(crate) fn data(&self) -> Value {
        let step = |step: &RecordStep| {
            let trailers: Vec<Value> =
                self.trailers(step).into_iter().map(|(key, value)| json!({ "key": key, "value": value })).collect();
            let mut data = json!({
                "commit": step.commit,
                "date": step.day,
                "author": step.message.author,
                "subject": step.message.subject,
                "trailers": trailers,
                "is_merge": step.is_merge,
            });
            let rest = match &step.change {
                Ok(difference) => data_of(difference),
                Err(reason) => Map::from_iter([("unreadable".to_owned(), json!(reason))]),
            };
            if let Value::Object(data) = &mut data {
                data.extend(rest);
            }
            data
        };
        json!({
            "format_version": FORMAT_VERSION,
            "record": self.record.to_string(),
            "name": self.name,
            "uncommitted": self.uncommitted.as_ref().map(data_of),
            "commits": self.steps.iter().map(step).collect::<Vec<_>>(),
            "not_known": self.cut,
        })
    }
}

/// What changed, with the keys that `diff` has for it.
fn data_of(difference: &Difference) -> Map<String, Value> {
    const KEYS: [&str; 6] = ["events", "renamed", "fields", "entries", "texts", "only_comments"];
    match serde_json::to_value(difference) {
        Ok(Value::Object(mut all)) => {
            all.retain(|key, _| KEYS.contains(&key.as_str()));
            all
        }
        _ => Map::new(),
    }
}

fn items(difference: &Difference) -> Vec<Item> {
    let mut items = items_of(difference);
    if items.is_empty() && !difference.only_comments.is_empty() {
        items.push(Item::new("Only comments or spacing changed"));
    }
    items
}
