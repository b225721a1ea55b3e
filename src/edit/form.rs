//! A record as a person edits it: its text, and in comments each field that it does not have yet. What stays a comment is dropped.

use super::order::Order;
use super::page::{LineKind, TomlLines, newline_of};
use crate::record::common::Common;
use crate::record::field::{Field, Shape};
use crate::record::table::RecordTable as _;
use std::collections::HashMap;

/// The first line of the comments.
const INVITATION: &str = "## Fields that are not used yet. To use one, remove the # in front of it. Lines that still \
    start with # are not saved.";
/// The first line of the comments at the end of the file.
const INVITATION_BELOW: &str =
    "## These come last, each under its heading. To use one, remove the # in front of its lines.";

/// How many characters a line of an explanation has at most.
const WIDTH: usize = 100;

/// A text with comments for the fields that it lacks.
#[derive(Debug)]
pub(crate) struct EditForm {
    before: String,
    text: String,
    /// The lines of the comments, and how often each was written.
    offered: HashMap<String, usize>,
}

impl EditForm {
    /// The form for a record: `before` is its text, and `order` says which fields it may have. Text that is not TOML gets no
    /// comments.
    pub(crate) fn new(before: &str, order: &Order) -> EditForm {
        let mut form = EditForm { before: before.to_owned(), text: before.to_owned(), offered: HashMap::new() };
        let Ok((page, tree)) = TomlLines::with_tree(before) else { return form };
        let mut missing: Vec<&Field> =
            order.fields(&[]).into_iter().filter(|field| !tree.contains_key(field.name)).collect();
        // What only this kind of record has comes first.
        missing.sort_by_key(|field| Common::DEF.field(field.name).is_some());
        let (below, above): (Vec<&Field>, Vec<&Field>) = missing.into_iter().partition(|field| has_heading(field));
        let block = |invitation: &str, fields: &[&Field]| -> Vec<String> {
            let offers = fields.iter().map(|field| offer(field));
            // A comment that the person wrote stays, so none like it is added.
            let offers =
                offers.filter(|lines| !lines.iter().any(|line| before.lines().any(|own| own.trim_end() == line)));
            let lines: Vec<String> = offers.flatten().collect();
            if lines.is_empty() { lines } else { std::iter::once(invitation.to_owned()).chain(lines).collect() }
        };
        let (above, below) = (block(INVITATION, &above), block(INVITATION_BELOW, &below));
        let newline = newline_of(before);
        let written = |lines: &[String]| lines.iter().map(|line| format!("{line}{newline}")).collect::<String>();
        let values = page.lines.iter().take_while(|line| !line.is_heading());
        let end = values
            .filter(|line| matches!(line.part, LineKind::Field { .. }))
            .last()
            .map_or_else(|| start_of(&page), |line| line.span.end);
        let (first, rest) = before.split_at(end);
        let ended = |text: &str| text.is_empty() || text.ends_with('\n');
        let mut text = first.to_owned();
        if !above.is_empty() {
            if !ended(&text) {
                text += newline;
            }
            text += &written(&above);
        }
        text += rest;
        if !below.is_empty() {
            if !ended(&text) {
                text += newline;
            }
            text += newline;
            text += &written(&below);
        }
        for line in above.into_iter().chain(below) {
            *form.offered.entry(line).or_default() += 1;
        }
        form.text = text;
        form
    }

    /// What to open in an editor.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// The text of the record, from what the editor saved: the comments that are as they were are dropped, all other bytes stay.
    pub(crate) fn without_offers(&self, saved: &str) -> String {
        let mut offered = self.offered.clone();
        let mut text = String::with_capacity(saved.len());
        let mut is_set_apart = false;
        for line in saved.split_inclusive('\n') {
            let written = line.trim_end();
            if let Some(count) = offered.get_mut(written).filter(|count| **count > 0) {
                *count -= 1;
                if written == INVITATION_BELOW {
                    // The empty line above it was added with it; where one of the comments is used, it is wanted.
                    is_set_apart = drop_blank_line(&mut text);
                }
                continue;
            }
            if std::mem::take(&mut is_set_apart) && !written.is_empty() {
                text += newline_of(saved);
            }
            text += line;
        }
        let is_as_before = text.strip_suffix(newline_of(&text)) == Some(&self.before);
        if is_as_before && !self.before.ends_with('\n') { self.before.clone() } else { text }
    }
}

/// Drops an empty line at the end of a text; whether there was one.
fn drop_blank_line(text: &mut String) -> bool {
    let shorter = ["\r\n", "\n"].into_iter().find_map(|newline| text.strip_suffix(newline));
    match shorter.filter(|shorter| shorter.ends_with('\n')).map(str::len) {
        Some(length) => {
            text.truncate(length);
            true
        }
        None => false,
    }
}

/// Where the first field of a file without fields goes: below its opening comments.
fn start_of(page: &TomlLines<'_>) -> usize {
    let comments = page.lines.iter().take_while(|line| matches!(line.part, LineKind::Comment));
    comments.last().map_or(0, |line| line.span.end)
}

/// Whether a field is written under a heading.
fn has_heading(field: &Field) -> bool {
    field.example.starts_with(&format!("[{}", field.name)) || field.example.starts_with(&format!("[[{}", field.name))
}

/// The comments for a field: what it is, and a line that it could be.
fn offer(field: &Field) -> Vec<String> {
    let mut explanation = field.description();
    if let Shape::Choice(choices) = (field.shape)() {
        let words: Vec<String> = choices.iter().map(|choice| format!("\"{}\"", choice.word)).collect();
        explanation += &format!(" One of {}.", words.join(", "));
    }
    if field.flags.private && !explanation.contains("private") {
        explanation += " Private.";
    }
    let mut lines = Vec::new();
    let mut line = String::from("##");
    for word in explanation.split_whitespace() {
        if line.chars().count() + 1 + word.chars().count() > WIDTH {
            lines.push(std::mem::replace(&mut line, String::from("##")));
        }
        line += " ";
        line += word;
    }
    lines.push(line);
    let example =
        if has_heading(field) { field.example.to_owned() } else { format!("{} = {}", field.name, field.example) };
    lines.extend(example.lines().map(|line| if line.is_empty() { "#".to_owned() } else { format!("# {line}") }));
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kind::Kind;

    const TEXT: &str = "# Ours.\nname = \"M\"\ndate = 2026-01-02\n\n[[actions]]\nwhat = \"x\"\n";

    #[test]
    fn what_is_left_as_a_comment_is_dropped() {
        for kind in Kind::ALL {
            for text in [
                TEXT,
                "",
                "name = \"M\"",
                "# only this",
                "name = \"M\"\r\n\r\n[extra]\r\na = 1\r\n",
                "\u{feff}name = \"M\"\n\n\n",
                "[extra]\na = 1\n\n",
                "not = = toml\n",
            ] {
                let form = EditForm::new(text, &Order::of(kind));
                assert_eq!(form.without_offers(form.text()), text, "{kind}");
                if !text.contains("= =") {
                    assert!(crate::edit::tree::tree_of(form.text()).is_ok(), "{}", form.text());
                    assert!(form.text().lines().count() > text.lines().count() + 10);
                }
            }
        }
    }

    #[test]
    fn each_field_that_is_not_there_is_a_comment_that_becomes_a_field() {
        for kind in Kind::ALL {
            for field in Order::of(kind).fields(&[]).into_iter().filter(|field| field.name != "name") {
                let form = EditForm::new("name = \"M\"\n", &Order::of(kind));
                let used: Vec<String> = offer(field).into_iter().collect();
                let example = if has_heading(field) { "[".to_owned() } else { format!("{} = ", field.name) };
                let at = used.iter().position(|line| line.starts_with(&format!("# {example}"))).unwrap();
                let (comments, lines) = used.split_at(at);
                let commented = lines.iter().map(|line| format!("{line}\n")).collect::<String>();
                assert!(form.text().contains(&format!("{}\n{commented}", comments.join("\n"))), "{}", form.text());
                let plain: String = lines.iter().map(|line| format!("{}\n", line.trim_start_matches("# "))).collect();
                let blank = if has_heading(field) { "\n" } else { "" };
                let saved = form.without_offers(&form.text().replacen(&commented, &plain, 1));
                assert_eq!(saved, format!("name = \"M\"\n{blank}{plain}"), "{kind} {}", field.name);
            }
        }
    }

    #[test]
    fn comments_of_the_person_stay() {
        let own = "name = \"M\"\n# location = \"Millbrook Library, reading room\"\n# mine\n";
        let form = EditForm::new(own, &Order::of(Kind::Meeting));
        assert!(!form.text().contains("## The place of the meeting."));
        let saved = form.text().replace("# mine", "# mine\n# more of mine");
        assert_eq!(form.without_offers(&saved), own.replace("# mine", "# mine\n# more of mine"));
    }
}
