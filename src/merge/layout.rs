//! A file as the pieces that move as one: sections under their headings and the fields in them, each with the comments above
//! it. Together the pieces are the text, byte by byte.

use super::place::{EntryIds, Place, Side, Step};
use crate::edit::page::{LineKind, TomlLines, ValuePlace};
use std::collections::HashMap;

/// A field with the lines that belong to it.
#[derive(Debug, Clone)]
pub(super) struct FieldPiece<'t> {
    /// Where it is in the record.
    pub place: Place,
    /// The empty lines and comments above it.
    pub lead: &'t str,
    /// Its own lines, with the comment at their end.
    pub line: &'t str,
    /// Where the own lines begin in the text.
    pub start: usize,
    /// The value, with its place in the text.
    pub value: ValuePlace,
}

impl<'t> FieldPiece<'t> {
    /// The value as it is written.
    pub(super) fn written(&self) -> &'t str {
        self.part(self.value.span.start, self.value.span.end)
    }

    /// What is before the value: the key.
    pub(super) fn before(&self) -> &'t str {
        self.part(self.start, self.value.span.start)
    }

    /// What is after the value: a comment.
    pub(super) fn behind(&self) -> &'t str {
        self.part(self.value.span.end, self.start + self.line.len())
    }

    fn part(&self, from: usize, to: usize) -> &'t str {
        self.line.get(from.saturating_sub(self.start)..to.saturating_sub(self.start)).unwrap_or_default()
    }
}

/// A heading with its fields; the first section of a file has no heading.
#[derive(Debug, Clone, Default)]
pub(super) struct Section<'t> {
    /// The table or entry that it opens.
    pub place: Place,
    /// The empty lines and comments above the heading.
    pub lead: &'t str,
    /// The line of the heading.
    pub head: &'t str,
    /// The fields.
    pub fields: Vec<FieldPiece<'t>>,
    /// Comments below the last field that belong to nothing that follows.
    pub tail: &'t str,
    /// All of it.
    pub whole: &'t str,
}

impl Section<'_> {
    /// The list that the section is an entry of.
    pub(super) fn list(&self) -> Option<&[Step]> {
        match self.place.split_last() {
            Some((Step::Entry(_), list)) => Some(list),
            _ => None,
        }
    }

    /// The field of this place.
    pub(super) fn field(&self, place: &Place) -> Option<&FieldPiece<'_>> {
        self.fields.iter().find(|field| field.place == *place)
    }
}

/// A file taken apart.
#[derive(Debug, Default)]
pub(super) struct Layout<'t> {
    /// A byte order mark, and the comments at the top that belong to the whole file.
    pub top: &'t str,
    /// The sections.
    pub sections: Vec<Section<'t>>,
    /// The sections by their places.
    pub by_place: HashMap<Place, usize>,
}

impl<'t> Layout<'t> {
    /// Takes a text apart; `None` if two of its parts could not be kept apart.
    pub(super) fn new(lines: &TomlLines<'t>, ids: &EntryIds, side: Side) -> Option<Layout<'t>> {
        let text = lines.text;
        let mut layout = Layout::default();
        let mut section = Section::default();
        let mut section_start = 0;
        // Where what is above the next field or heading begins, and the lines of it: whether each is empty.
        let mut lead_start = 0;
        let mut waiting: Vec<(usize, bool)> = Vec::new();
        let mut is_begun = false;
        for line in &lines.lines {
            let (is_field, is_blank) = match &line.part {
                LineKind::Blank => (false, true),
                LineKind::Comment => (false, false),
                LineKind::Heading { .. } | LineKind::Field { .. } => (true, false),
            };
            if !is_field {
                waiting.push((line.span.start, is_blank));
                continue;
            }
            if !is_begun {
                is_begun = true;
                let end = end_of_top(text, &waiting, line.span.start);
                layout.top = text.get(..end)?;
                (section_start, lead_start) = (end, end);
                waiting.retain(|(start, _)| *start >= end);
            }
            match &line.part {
                LineKind::Field { value, .. } => {
                    section.fields.push(FieldPiece {
                        place: ids.place(side, &line.place)?,
                        lead: text.get(lead_start..line.span.start)?,
                        line: text.get(line.span.clone())?,
                        start: line.span.start,
                        value: value.clone(),
                    });
                }
                _ => {
                    let start = start_of_lead(&waiting, line.span.start);
                    section.tail = text.get(lead_start..start)?;
                    section.whole = text.get(section_start..start)?;
                    layout.sections.push(std::mem::take(&mut section));
                    section_start = start;
                    section.place = ids.place(side, &line.place)?;
                    section.lead = text.get(start..line.span.start)?;
                    section.head = text.get(line.span.clone())?;
                }
            }
            lead_start = line.span.end;
            waiting.clear();
        }
        if is_begun {
            section.tail = text.get(lead_start..)?;
            section.whole = text.get(section_start..)?;
        } else {
            layout.top = text;
        }
        layout.sections.push(section);
        for (at, section) in layout.sections.iter().enumerate() {
            if layout.by_place.insert(section.place.clone(), at).is_some() {
                return None;
            }
        }
        Some(layout)
    }

    /// The section of a place.
    pub(super) fn section(&self, place: &Place) -> Option<&Section<'t>> {
        self.sections.get(*self.by_place.get(place)?)
    }

    /// The sections of a table or entry and of all that is in it, in order.
    pub(super) fn within<'l>(&'l self, place: &'l Place) -> impl Iterator<Item = &'l Section<'t>> {
        self.sections.iter().filter(|section| section.place.starts_with(place))
    }
}

/// Where the comments end that belong to the whole file: those that an empty line parts from the first line, and the schema
/// for editors.
fn end_of_top(text: &str, waiting: &[(usize, bool)], first: usize) -> usize {
    if let Some(blank) = waiting.iter().rposition(|(_, is_blank)| *is_blank) {
        return waiting.get(blank + 1).map_or(first, |(start, _)| *start);
    }
    let is_schema = |start: usize| text.get(start..).is_some_and(|text| text.starts_with("#:schema"));
    let other = waiting.iter().find(|(start, _)| !is_schema(*start));
    let mark = text.len() - text.trim_start_matches('\u{feff}').len();
    match waiting.first() {
        None => mark,
        Some(_) => other.map_or(first, |(start, _)| *start),
    }
}

/// Where the lines begin that belong to a heading: the comments directly above it, and the empty lines above them.
fn start_of_lead(waiting: &[(usize, bool)], heading: usize) -> usize {
    let mut lines = waiting.iter().rev().peekable();
    let mut start = heading;
    while let Some((at, _)) = lines.next_if(|(_, is_blank)| !is_blank) {
        start = *at;
    }
    while let Some((at, _)) = lines.next_if(|(_, is_blank)| *is_blank) {
        start = *at;
    }
    start
}
