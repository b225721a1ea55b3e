//! A page taken apart into pieces that move as one: blocks under their headings and fields in them, each with the
//! comments above it.

use crate::edit::page::{LineKind, PathStep, TomlLine, TomlLines, text_at};

/// What is above a field or a heading, or below the last one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Margin<'t> {
    /// One or more empty lines.
    Blank,
    /// A line with a comment.
    Comment(&'t str),
}

/// A field with what is above it.
#[derive(Debug)]
pub(super) struct SheetEntry<'t> {
    /// What is above.
    pub above: Vec<Margin<'t>>,
    /// The words of its key.
    pub path: &'t [String],
    /// Its value as it is written.
    pub value: &'t str,
    /// The comment after it, with the spaces before it; empty if there is none.
    pub behind: &'t str,
}

/// A heading with its fields; of the root, the fields alone.
#[derive(Debug, Default)]
pub(super) struct SheetBlock<'t> {
    /// The comments directly above the heading.
    pub above: Vec<Margin<'t>>,
    /// The words of the heading, whether it is that of an entry of a list, and what comes after it.
    pub heading: Option<(&'t [String], bool, &'t str)>,
    /// Where it is in the data.
    pub place: &'t [PathStep],
    /// The fields.
    pub entries: Vec<SheetEntry<'t>>,
    /// What is below the last field and belongs to nothing that follows.
    pub below: Vec<Margin<'t>>,
}

/// A file taken apart.
#[derive(Debug, Default)]
pub(super) struct Sheet<'t> {
    /// The comments at the top that belong to the whole file.
    pub top: Vec<Margin<'t>>,
    /// The blocks, the root first.
    pub blocks: Vec<SheetBlock<'t>>,
    /// The comments at the end that belong to the whole file.
    pub end: Vec<Margin<'t>>,
}

impl<'t> Sheet<'t> {
    /// Takes a page apart.
    pub(super) fn of(page: &'t TomlLines<'_>) -> Sheet<'t> {
        let mut sheet = Sheet::default();
        let mut block = SheetBlock::default();
        let mut waiting: Vec<Margin<'t>> = Vec::new();
        let mut is_begun = false;
        for line in &page.lines {
            let text = page.text_at(line.span.clone());
            match &line.part {
                LineKind::Blank if waiting.last() != Some(&Margin::Blank) => waiting.push(Margin::Blank),
                LineKind::Blank => {}
                LineKind::Comment => waiting.push(Margin::Comment(bare_line(text))),
                LineKind::Heading { path, is_list } => {
                    let mut above = std::mem::take(&mut waiting);
                    if !is_begun {
                        sheet.top = split_top(&mut above);
                    }
                    is_begun = true;
                    let last_blank = above.iter().rposition(|beside| *beside == Margin::Blank);
                    let comments = above.split_off(last_blank.map_or(0, |at| at + 1));
                    block.below = trim_blank_lines(above);
                    let heading = Some((path.as_slice(), *is_list, behind_heading(text)));
                    let next = SheetBlock { above: comments, heading, place: &line.place, ..SheetBlock::default() };
                    sheet.blocks.push(std::mem::replace(&mut block, next));
                }
                LineKind::Field { path, value, .. } => {
                    let mut above = std::mem::take(&mut waiting);
                    if !is_begun {
                        sheet.top = split_top(&mut above);
                    }
                    is_begun = true;
                    let behind = behind_value(page, line, value.span.end);
                    let value = page.text_at(value.span.clone());
                    block.entries.push(SheetEntry { above, path, value, behind });
                }
            }
        }
        if !is_begun {
            sheet.top = trim_blank_lines(waiting.drain(..).skip_while(|beside| *beside == Margin::Blank).collect());
        }
        let first_blank = waiting.iter().position(|beside| *beside == Margin::Blank).unwrap_or(waiting.len());
        let end = waiting.split_off(first_blank);
        sheet.end = trim_blank_lines(end.into_iter().skip(1).collect());
        block.below = waiting;
        sheet.blocks.push(block);
        sheet
    }
}

/// Takes the comments that belong to the whole file from what is above its first line: those that an empty line parts
/// from it, and the schema for editors, which has to be the first line.
fn split_top<'t>(above: &mut Vec<Margin<'t>>) -> Vec<Margin<'t>> {
    if above.first() == Some(&Margin::Blank) {
        above.remove(0);
    }
    let is_schema = |beside: &Margin<'_>| matches!(beside, Margin::Comment(text) if text.starts_with("#:schema"));
    let first = match above.iter().rposition(|beside| *beside == Margin::Blank) {
        Some(at) => at + 1,
        None => above.iter().take_while(|beside| is_schema(beside)).count(),
    };
    let rest = above.split_off(first);
    std::mem::replace(above, rest)
}

/// Without empty lines at the end.
fn trim_blank_lines(mut lines: Vec<Margin<'_>>) -> Vec<Margin<'_>> {
    if lines.last() == Some(&Margin::Blank) {
        lines.pop();
    }
    lines
}

/// A line without spaces and line breaks around it. Only what TOML takes for white space is removed.
fn bare_line(text: &str) -> &str {
    text.trim_matches([' ', '\t', '\r', '\n'])
}

fn behind_value<'t>(page: &'t TomlLines<'_>, line: &TomlLine, end: usize) -> &'t str {
    page.text_at(end..line.span.end).trim_end_matches([' ', '\t', '\r', '\n'])
}

/// The comment after a heading, with the spaces before it. A `#` in quotes is part of a key.
fn behind_heading(line: &str) -> &str {
    let mut quote: Option<char> = None;
    let mut is_escaped = false;
    for (at, letter) in line.char_indices() {
        match (quote, letter) {
            (Some('"'), _) if is_escaped => is_escaped = false,
            (Some('"'), '\\') => is_escaped = true,
            (Some(open), _) if open == letter => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(letter),
            (None, '#') => {
                let heading = text_at(line, ..at).trim_end_matches([' ', '\t']).len();
                return text_at(line, heading..).trim_end_matches([' ', '\t', '\r', '\n']);
            }
            (None, _) => {}
        }
    }
    ""
}
