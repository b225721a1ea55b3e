//! A file as its lines: headings, fields, comments and empty lines, each with its place in the text, so that an edit
//! can change some of them and no other byte.

mod parse;
mod value;

use crate::error::Error;
pub(crate) use value::{Inside, ValuePlace};

use super::tree::tree_of;
use serde_json::{Map, Value};
use std::fmt::Debug;
use std::ops::Range;
use std::slice::SliceIndex;

/// One step on the way to a value: into the table under a key, or to an entry of a list, from 0.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum PathStep {
    /// The value under a key.
    Key(String),
    /// The entry of a list.
    At(usize),
}

impl From<&str> for PathStep {
    fn from(key: &str) -> PathStep {
        PathStep::Key(key.to_owned())
    }
}

impl From<usize> for PathStep {
    fn from(at: usize) -> PathStep {
        PathStep::At(at)
    }
}

/// What some whole lines of a file are.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum LineKind {
    /// A line with nothing on it.
    Blank,
    /// A line with a comment alone.
    Comment,
    /// The heading of a table, or of an entry of a list.
    Heading {
        /// Its words.
        path: Vec<String>,
        /// Whether it has two brackets.
        is_list: bool,
    },
    /// A field with its value.
    Field {
        /// Its key; several where it is dotted.
        path: Vec<String>,
        /// Where the key stands.
        key: Range<usize>,
        /// The value.
        value: ValuePlace,
    },
}

/// A part with its lines.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct TomlLine {
    /// What it is.
    pub part: LineKind,
    /// Its bytes, from the start of its first line to after the line break of its last.
    pub span: Range<usize>,
    /// Where it is in the data: for a heading the table that it opens, for a field the field.
    pub place: Vec<PathStep>,
}

/// A file as its lines.
#[derive(Debug)]
pub(crate) struct TomlLines<'t> {
    /// The text.
    pub text: &'t str,
    /// How its lines end.
    pub newline: &'static str,
    /// Its lines. Together they are the text, but for a byte order mark.
    pub lines: Vec<TomlLine>,
}

impl<'t> TomlLines<'t> {
    /// The page of a text.
    ///
    /// # Errors
    /// If it is not TOML.
    pub(crate) fn new(text: &'t str) -> Result<TomlLines<'t>, Error> {
        TomlLines::with_tree(text).map(|(page, _)| page)
    }

    /// The page of a text, and what the text means.
    ///
    /// # Errors
    /// If it is not TOML.
    pub(crate) fn with_tree(text: &'t str) -> Result<(TomlLines<'t>, Map<String, Value>), Error> {
        let tree = tree_of(text)?;
        let mut page = TomlLines { text, newline: newline_of(text), lines: parse::lines(text) };
        page.resolve();
        Ok((page, tree))
    }

    /// A part of its text.
    pub(crate) fn text_at(&self, range: impl SliceIndex<str, Output = str> + Clone + Debug) -> &'t str {
        text_at(self.text, range)
    }

    /// Some of its lines.
    pub(crate) fn lines_at(
        &self,
        range: impl SliceIndex<[TomlLine], Output = [TomlLine]> + Clone + Debug,
    ) -> &[TomlLine] {
        let lines = self.lines.get(range.clone());
        debug_assert!(lines.is_some(), "{range:?} are not lines of {}", self.lines.len());
        lines.unwrap_or_default()
    }

    /// Works out where each line is in the data.
    fn resolve(&mut self) {
        let mut counts: std::collections::HashMap<Vec<PathStep>, usize> = std::collections::HashMap::new();
        let mut table: Vec<PathStep> = Vec::new();
        for line in &mut self.lines {
            match &line.part {
                LineKind::Blank | LineKind::Comment => line.place = table.clone(),
                LineKind::Heading { path, is_list } => {
                    let mut place = Vec::new();
                    for (at, word) in path.iter().enumerate() {
                        place.push(PathStep::Key(word.clone()));
                        let is_last = at + 1 == path.len();
                        if is_last && *is_list {
                            let count = counts.entry(place.clone()).or_default();
                            *count += 1;
                            place.push(PathStep::At(*count - 1));
                        } else if !is_last && let Some(count) = counts.get(&place) {
                            place.push(PathStep::At(count - 1));
                        }
                    }
                    table = place;
                    line.place = table.clone();
                }
                LineKind::Field { path, .. } => {
                    line.place = table.iter().cloned().chain(path.iter().cloned().map(PathStep::Key)).collect();
                }
            }
        }
    }

    /// The lines of the root or under a heading: from after the heading to the next one.
    pub(crate) fn block(&self, heading: Option<usize>) -> Range<usize> {
        let start = heading.map_or(0, |at| at + 1);
        let length = self.lines.iter().skip(start).take_while(|line| !line.is_heading()).count();
        start..start + length
    }

    /// The number of the line that holds the heading of this table.
    pub(crate) fn heading_of(&self, place: &[PathStep]) -> Option<usize> {
        self.lines.iter().position(|line| line.is_heading() && line.place == place)
    }
}

impl TomlLine {
    /// Whether it is a heading.
    pub(crate) fn is_heading(&self) -> bool {
        matches!(self.part, LineKind::Heading { .. })
    }

    /// The value, where it is a field.
    pub(crate) fn value(&self) -> Option<&ValuePlace> {
        match &self.part {
            LineKind::Field { value, .. } => Some(value),
            _ => None,
        }
    }
}

/// A part of a text. That it is one is what the caller has worked out from the same text, so anything else is a mistake of the
/// program; the proof that a changed text reads as intended then refuses the change.
pub(crate) fn text_at(text: &str, range: impl SliceIndex<str, Output = str> + Clone + Debug) -> &str {
    let part = text.get(range.clone());
    debug_assert!(part.is_some(), "{range:?} is not a part of a text of {} bytes", text.len());
    part.unwrap_or_default()
}

/// How the lines of a text end, as its first one does.
pub(crate) fn newline_of(text: &str) -> &'static str {
    match text.split_once('\n') {
        Some((first, _)) if first.ends_with('\r') => "\r\n",
        _ => "\n",
    }
}
