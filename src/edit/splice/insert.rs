//! Inserts lines: a field in the order of its table, an entry of a list, or a new table.

use super::{Replacement, dotted, heading, inside};
use crate::edit::draft::write_table;
use crate::edit::order::Order;
use crate::edit::page::{Inside, LineKind, PathStep, TomlLines};
use crate::edit::{Literal, bare};
use crate::error::Error;

/// A field that is not there yet, in a table that may not be there either.
pub(super) fn field(
    page: &TomlLines<'_>,
    table: &[PathStep],
    key: &str,
    value: &Literal,
    order: &Order,
) -> Result<Replacement, Error> {
    // Where the table, or one around it, is in braces, the field goes between them.
    for depth in (1..=table.len()).rev() {
        let Some((outer, between)) = table.split_at_checked(depth) else { continue };
        let Some(written) = page.find(outer) else { continue };
        let words: Option<Vec<String>> = between.iter().map(word_of).chain([Some(key.to_owned())]).collect();
        return match (&written.inside, words) {
            (Inside::Table(_), Some(words)) => Ok(inside::with_field(page, written, &words, value)),
            _ => Err(Error::refused(format!("`{}` has no field `{key}`", dotted(outer)))),
        };
    }
    let heading_line = page.heading_of(table);
    if table.is_empty() || heading_line.is_some() {
        return Ok(in_block(page, heading_line, table, &[key.to_owned()], value, order));
    }
    let is_below = |place: &[PathStep]| place.len() > table.len() && place.starts_with(table);
    // Beside fields with dotted keys that begin alike.
    if let Some(at) = page.lines.iter().rposition(|line| line.value().is_some() && is_below(&line.place)) {
        let heading_line = page.lines.iter().take(at).rposition(|line| line.is_heading());
        let outer = heading_line.and_then(|at| page.lines.get(at)).map_or(&[][..], |line| &line.place);
        if let Some(between) = table.strip_prefix(outer).filter(|between| !between.is_empty()) {
            let words: Option<Vec<String>> = between.iter().map(word_of).chain([Some(key.to_owned())]).collect();
            let words = words.ok_or_else(|| Error::refused(format!("there is no `{}`", dotted(table))))?;
            return Ok(line_after(page, at, &words, value));
        }
    }
    let block = format!("[{}]{}{}", heading(table), "\n", line(&[key.to_owned()], value, "\n"));
    // Above the first table inside it; else at the end.
    if let Some(first) = page.lines.iter().position(|line| line.is_heading() && is_below(&line.place)) {
        return Ok(block_at(page, attached_above(page, first), &block));
    }
    new_block(page, table, &block)
}

/// A table, or a list of tables, that is not there yet.
pub(super) fn headed_value(page: &TomlLines<'_>, place: &[PathStep], value: &Literal) -> Result<Replacement, Error> {
    let table = place.get(..place.len().saturating_sub(1)).unwrap_or_default();
    for depth in (1..=table.len()).rev() {
        let Some((outer, _)) = table.split_at_checked(depth) else { continue };
        if page.find(outer).is_some() {
            let key = match place.last() {
                Some(PathStep::Key(key)) => key.as_str(),
                _ => "",
            };
            return field(page, table, key, value, &Order::none());
        }
    }
    let mut block = String::new();
    write_table(&heading(place), value, &mut block);
    new_block(page, place, &block)
}

/// A block for a place: after the entry or the table that it belongs to, otherwise at the end of the file.
fn new_block(page: &TomlLines<'_>, place: &[PathStep], block: &str) -> Result<Replacement, Error> {
    let table = place.get(..place.len().saturating_sub(1)).unwrap_or_default();
    for depth in (1..=table.len()).rev() {
        let outer = table.get(..depth).unwrap_or_default();
        let owner = page.heading_of(outer);
        match (owner, outer.last()) {
            (Some(at), _) => return Ok(block_at(page, region_end(page, at), block)),
            (None, Some(PathStep::At(_))) => return Err(Error::refused(format!("there is no `{}`", dotted(outer)))),
            _ => {}
        }
    }
    Ok(block_at(page, page.text.len(), block))
}

/// One entry more of a list under headings, after the last one.
pub(super) fn entry_after(page: &TomlLines<'_>, last: usize, list: &[PathStep], value: &Literal) -> Replacement {
    let mut block = String::new();
    write_table(&heading(list), &Literal::List(vec![value.clone()]), &mut block);
    block_at(page, region_end(page, last), &block)
}

fn word_of(step: &PathStep) -> Option<String> {
    match step {
        PathStep::Key(key) => Some(key.clone()),
        PathStep::At(_) => None,
    }
}

/// A line with a field.
fn line(words: &[String], value: &Literal, newline: &str) -> String {
    let key = words.iter().map(|word| bare(word)).collect::<Vec<_>>().join(".");
    format!("{key} = {}{newline}", value.toml(newline))
}

/// A line among those of the root, or under a heading: after the last one that comes before it in order.
fn in_block(
    page: &TomlLines<'_>,
    heading_line: Option<usize>,
    table: &[PathStep],
    words: &[String],
    value: &Literal,
    order: &Order,
) -> Replacement {
    let block = page.block(heading_line);
    let has_value = |at: &usize| page.lines.get(*at).is_some_and(|line| line.value().is_some());
    let fields: Vec<usize> = block.clone().filter(has_value).collect();
    let key = words.first().map_or("", String::as_str);
    let rank = order.rank(table, key);
    let comes_before = |at: &&usize| {
        let key = page.lines.get(**at).and_then(|line| line.place.get(table.len()));
        matches!(key, Some(PathStep::Key(key)) if rank == usize::MAX || order.rank(table, key) < rank)
    };
    if let Some(at) = fields.iter().rfind(comes_before) {
        return line_after(page, *at, words, value);
    }
    if let Some(first) = fields.first().and_then(|at| page.lines.get(*at)) {
        let indent = page.indent(&first.span);
        return (first.span.start..first.span.start, format!("{indent}{}", line(words, value, page.newline)));
    }
    match heading_line {
        Some(at) => line_after(page, at, words, value),
        None => {
            let next = page.lines.get(block.end).map_or(page.text.len(), |_| attached_above(page, block.end));
            block_at(page, next, &line(words, value, "\n"))
        }
    }
}

/// A line below another one, as far in as that one.
fn line_after(page: &TomlLines<'_>, at: usize, words: &[String], value: &Literal) -> Replacement {
    let Some(above) = page.lines.get(at) else { return (0..0, String::new()) };
    let (end, indent) = (above.span.end, page.indent(&above.span));
    let new = line(words, value, page.newline);
    if page.text.get(above.span.clone()).is_some_and(|text| text.ends_with('\n')) {
        return (end..end, format!("{indent}{new}"));
    }
    // The last line has no line break, and the new one will have none either.
    (end..end, format!("{}{indent}{}", page.newline, new.trim_end_matches(['\r', '\n'])))
}

/// The byte before a line and the comments directly above it.
fn attached_above(page: &TomlLines<'_>, at: usize) -> usize {
    let comments = page.lines.iter().take(at).rev().take_while(|line| line.part == LineKind::Comment).count();
    page.lines.get(at - comments).map_or(page.text.len(), |line| line.span.start)
}

/// The byte after what belongs to a heading: its fields, the tables inside it, and comments that do not belong to what
/// follows.
fn region_end(page: &TomlLines<'_>, heading_line: usize) -> usize {
    let Some(owner) = page.lines.get(heading_line) else { return page.text.len() };
    let outside = |line: &&crate::edit::page::TomlLine| line.is_heading() && !line.place.starts_with(&owner.place);
    let inside = page.lines.iter().skip(heading_line + 1).take_while(|line| !outside(line)).count();
    let end = heading_line + 1 + inside;
    if end >= page.lines.len() {
        return page.text.len();
    }
    let is_said = |at: &usize| page.lines.get(*at).is_some_and(|line| line.is_heading() || line.value().is_some());
    let last = (heading_line..end).rfind(is_said).unwrap_or(heading_line);
    let comments =
        (last + 1..end).take_while(|at| page.lines.get(*at).is_some_and(|line| line.part == LineKind::Comment)).count();
    let behind = last + 1 + comments;
    let at = if behind < end { behind } else { last + 1 };
    page.lines.get(at).map_or(page.text.len(), |line| line.span.start)
}

/// A block of lines at a byte, with an empty line between it and what is above and below.
fn block_at(page: &TomlLines<'_>, byte: usize, block: &str) -> Replacement {
    let block = block.replace("\r\n", "\n").replace('\n', page.newline);
    let (before, after) = (page.text_at(..byte), page.text_at(byte..));
    let body = before.trim_start_matches('\u{feff}');
    let ends_lines = body.trim_end_matches([' ', '\t']);
    let breaks = ends_lines.len() - ends_lines.trim_end_matches(['\r', '\n']).len();
    let breaks = ends_lines.get(ends_lines.len() - breaks..).unwrap_or_default().matches('\n').count();
    let is_alone = body.trim().is_empty();
    let mut new = String::new();
    if !is_alone && breaks == 0 {
        new += page.newline;
    }
    if !is_alone && breaks < 2 {
        new += page.newline;
    }
    new += &block;
    if after.is_empty() {
        if !body.is_empty() && !body.ends_with('\n') {
            new.truncate(new.trim_end_matches(['\r', '\n']).len());
        }
    } else if !after.starts_with(['\r', '\n']) {
        new += page.newline;
    }
    (byte..byte, new)
}
