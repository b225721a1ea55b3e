//! A difference as a document for people: the counts first, then what happened.

use super::effect::{CheckChange, Effects};
use super::event::Event;
use super::sentence::{Mark, MarkedSentence};
use super::walk::{EntryStep, FieldChange, count_nouns};
use super::{Difference, EntryChange, Renamed, TextChange};
use crate::document::{Document, Item, Line, Section, words};
use std::collections::BTreeMap;

/// The findings of one check that are quoted; the rest are counted.
const QUOTED: usize = 8;

/// The difference for people. `title` says what was compared.
pub(crate) fn document(found: &Difference, title: &str) -> Document {
    let mut document = Document::new(title);
    document.add_subtitle(format!("{}.", summary(found)));
    let mut happened = Section::new("What happened");
    happened.list(found.events.iter().map(event_item));
    document.add(happened);
    let mut renamed = Section::new("Renamed or moved");
    renamed.list(found.renamed.iter().map(rename));
    let following = found.counts.following;
    if following > 0 {
        let records = words::count_of(following, "record refers", "records refer");
        renamed.paragraph(format!("{records} to a renamed record, by its new id."));
    }
    document.add(renamed);
    found.texts.iter().for_each(|text| document.add(text_section(text)));
    document.add(record_section("Fields", &found.fields, |change| (&change.record, &change.name), field_item));
    document.add(record_section("Entries", &found.entries, |change| (&change.record, &change.name), entry_items));
    let mut files = Section::new("Files");
    files.list(found.files.iter().map(|file| Item::new(format!("{} was {}", file.file, step(file.change)))));
    document.add(files);
    document.add(effect_section(&found.effects));
    let mut late = Section::new("Entered late");
    let meeting = found.late.first().map(|late| words::format_date(late.meeting));
    let title = format!("Dated before the last meeting ({}), and new in the records:", meeting.unwrap_or_default());
    late.titled_list(title, found.late.iter().map(|entry| Item::new(entry.text.as_str())));
    document.add(late);
    let mut comments = Section::new("Comments or spacing only");
    comments.list(found.only_comments.iter().map(|file| Item::new(file.as_str())));
    document.add(comments);
    document
}

/// What one record says otherwise, in one list: events, renames, sentences of its text, fields and entries.
pub(super) fn items_of(found: &Difference) -> Vec<Item> {
    let mut items: Vec<Item> = found.events.iter().map(event_item).collect();
    items.extend(found.renamed.iter().map(rename));
    for text in &found.texts {
        let mut item = Item::new(format!("The text of {} changed", words::quote(&text.name)));
        if text.sentences.is_empty() {
            item = item.with(SAME_SENTENCES);
        }
        item = text.sentences.iter().fold(item, |item, sentence| item.with(sentence_line(sentence)));
        if !text.lapsed.is_empty() {
            let names: Vec<&str> = text.lapsed.iter().map(|member| member.name.as_str()).collect();
            item = item.with(format!("{LAPSED} {}", words::list(&names)));
        }
        items.push(item);
    }
    items.extend(found.fields.iter().map(field_item));
    items.extend(found.entries.iter().map(entry_items));
    if found.counts.following > 0 {
        items.push(Item::new("Refers to a renamed record, by its new id"));
    }
    items
}

/// What is said of a text in which only spacing differs.
const SAME_SENTENCES: &str =
    "The sentences are the same, but spacing or line breaks differ. Members sign the exact text.";

/// What comes before the members who signed an earlier text.
const LAPSED: &str = "These signatures no longer count:";

fn event_item(event: &Event) -> Item {
    let item = Item::new(event.text.as_str());
    event.unsaid.iter().fold(item, |item, line| item.with(Line::new().muted(line.as_str())))
}

fn sentence_line(sentence: &MarkedSentence) -> Line {
    let mark = match sentence.mark {
        Mark::Removed => "Removed:",
        Mark::Added => "Added:",
    };
    Line::new().strong(mark).plain(format!(" {}", sentence.text))
}

/// How much differs, in one sentence without its period.
fn summary(found: &Difference) -> String {
    let counts = &found.counts;
    let mut records = Vec::new();
    let mut add = |count: usize, word: &str| {
        let noun = words::noun_form(count, "record", "records");
        match (count, records.is_empty(), word) {
            (0, ..) => {}
            (_, true, "new") => records.push(format!("{count} new {noun}")),
            (_, true, _) => records.push(format!("{count} {noun} {word}")),
            _ => records.push(format!("{count} {word}")),
        }
    };
    add(counts.changed, "changed");
    add(counts.new, "new");
    add(counts.removed, "removed");
    add(counts.renamed, "renamed");
    let mut parts: Vec<String> = counts.entries.iter().map(|(noun, count)| count_nouns(*count, noun)).collect();
    if counts.texts > 0 {
        parts.push(words::count_of(counts.texts, "agreement text", "agreement texts"));
    }
    if counts.fields > 0 {
        parts.push(words::count_of(counts.fields, "field", "fields"));
    }
    let mut summary = records.join(", ");
    if !parts.is_empty() {
        summary.push_str(&format!(": {}", parts.join(", ")));
    }
    let moved = found.renamed.iter().filter(|one| one.was == one.now).count();
    let others = [
        (moved, "file moved", "files moved"),
        (found.files.len(), "other file", "other files"),
        (
            found.only_comments.len(),
            "file with changes to comments or spacing only",
            "files with changes to comments or spacing only",
        ),
    ];
    for (count, one, many) in others.into_iter().filter(|(count, ..)| *count > 0) {
        let separator = if summary.is_empty() { "" } else { "; " };
        summary.push_str(&format!("{separator}{}", words::count_of(count, one, many)));
    }
    if summary.is_empty() { "Nothing changed".to_owned() } else { summary }
}

fn rename(renamed: &Renamed) -> Item {
    if renamed.was == renamed.now {
        return Item::new(format!("{}: moved from {} to {}", renamed.name, renamed.file_was, renamed.file_now));
    }
    Item::new(format!("{}: {} is now {}", renamed.name, renamed.was, renamed.now))
}

fn text_section(change: &TextChange) -> Section {
    let mut section = Section::new(format!("The text of {}", words::quote(&change.name)));
    if change.sentences.is_empty() {
        section.paragraph(SAME_SENTENCES);
    }
    section.list(change.sentences.iter().map(|sentence| Item::new(sentence_line(sentence))));
    let lapsed = change.lapsed.iter().map(|member| Item::new(member.name.as_str()));
    section.titled_list(LAPSED, lapsed);
    section
}

/// Changes under the record that they are of.
fn record_section<T>(
    heading: &str,
    changes: &[T],
    record: impl Fn(&T) -> (&String, &String),
    item: impl Fn(&T) -> Item,
) -> Section {
    let mut section = Section::new(heading);
    let mut groups: Vec<(&String, &String, Vec<Item>)> = Vec::new();
    for change in changes {
        let (key, name) = record(change);
        match groups.last_mut() {
            Some((last, _, items)) if *last == key => items.push(item(change)),
            _ => groups.push((key, name, vec![item(change)])),
        }
    }
    for (key, name, items) in groups {
        section.titled_list(Line::new().strong(name.as_str()).plain(" ").muted(format!("({key})")), items);
    }
    section
}

fn field_item(change: &FieldChange) -> Item {
    Item::new(change.sentence())
}

fn entry_items(change: &EntryChange) -> Item {
    let line = format!("{} {}: {}", words::capitalize(change.noun), step(change.change), change.words);
    let item = Item::new(line);
    match change.change {
        EntryStep::Changed => change.fields.iter().fold(item, |item, field| item.with(field.sentence())),
        _ => item,
    }
}

fn step(step: EntryStep) -> &'static str {
    match step {
        EntryStep::Added => "added",
        EntryStep::Removed => "removed",
        EntryStep::Changed => "changed",
    }
}

fn effect_section(effects: &Effects) -> Section {
    let mut section = Section::new("Effects");
    let mut lines = Vec::new();
    if let Some(change) = effects.quorum {
        let of = |quorum: super::effect::Quorum| format!("{} of {}", quorum.needed, quorum.members);
        lines.push(format!("Quorum: {} members (was {})", of(change.after), of(change.before)));
    }
    for change in &effects.signatories {
        let names = |names: &[String]| words::list(names);
        if !change.can.is_empty() {
            lines.push(format!("{} can now sign for {}", names(&change.can), change.name));
        }
        if !change.cannot.is_empty() {
            lines.push(format!("{} can no longer sign for {}", names(&change.cannot), change.name));
        }
    }
    let required = |one: &super::effect::RequiredSignature| (one.names.0.clone(), one.names.1.clone());
    for (agreement, members) in grouped(effects.unmet.iter().map(required)) {
        lines.push(format!(
            "{}: a required signature is now missing from {}",
            words::quote(&agreement),
            words::list(&members)
        ));
    }
    for (agreement, members) in grouped(effects.met.iter().map(required)) {
        lines.push(format!(
            "{}: no required signature is missing from {} anymore",
            words::quote(&agreement),
            words::list(&members)
        ));
    }
    section.list(lines.into_iter().map(Item::new));
    section.titled_list("New findings:", effects.found.iter().map(findings));
    section.titled_list("Findings resolved:", effects.gone.iter().map(findings));
    section
}

fn grouped(pairs: impl Iterator<Item = (String, String)>) -> BTreeMap<String, Vec<String>> {
    let mut groups: BTreeMap<String, Vec<String>> = BTreeMap::new();
    pairs.for_each(|(agreement, member)| groups.entry(agreement).or_default().push(member));
    groups
}

fn findings(change: &CheckChange) -> Item {
    let count = words::count_of(change.messages.len(), "finding", "findings");
    let line = Line::new().strong(change.check.as_str()).plain(format!(" ({}, {count})", change.severity));
    let item = change.messages.iter().take(QUOTED).fold(Item::new(line), |item, message| item.with(message.as_str()));
    let more = change.messages.len().saturating_sub(QUOTED);
    if more == 0 { item } else { item.with(format!("and {more} more: coalition check lists them")) }
}
