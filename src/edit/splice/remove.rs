//! Removes lines. Comments stay, except the one after a removed value.

use super::{Replacement, dotted, inside};
use crate::edit::page::{Inside, LineKind, PathStep, TomlLines, ValuePlace};
use crate::error::Error;

/// What is at a place is gone: a line, an entry in brackets, a field in braces, a table with its heading.
pub(super) fn remove(page: &TomlLines<'_>, place: &[PathStep]) -> Result<Replacement, Error> {
    if let Some(at) = page.lines.iter().position(|line| line.value().is_some() && line.place == place) {
        return Ok(match find_empty_heading(page, at) {
            Some(heading) => without_all(page, &[heading, at]),
            None => page.lines.get(at).map_or_else(nothing, |line| without_line(page, line.span.start, line.span.end)),
        });
    }
    if let Some((table, last)) = place.split_last().map(|(last, table)| (table, last))
        && let Some(whole) = page.find(table)
        && let Some((start, end)) = part_of(whole, last)
    {
        // Braces with nothing in them say nothing.
        let is_last = matches!(&whole.inside, Inside::Table(fields) if fields.len() == 1);
        if is_last && matches!(table.last(), Some(PathStep::Key(_))) {
            return remove(page, table);
        }
        return Ok(inside::remove_item(page, whole, start, end));
    }
    let headings: Vec<usize> = (0..page.lines.len())
        .filter(|at| page.lines.get(*at).is_some_and(|line| line.is_heading() && line.place.starts_with(place)))
        .collect();
    let dotted_fields: Vec<usize> = (0..page.lines.len())
        .filter(|at| page.lines.get(*at).is_some_and(|line| line.value().is_some() && line.place.starts_with(place)))
        .collect();
    match headings.as_slice() {
        [] if !dotted_fields.is_empty() => {
            let heading = dotted_fields.first().and_then(|first| heading_above(page, *first));
            let gone = heading.filter(|heading| {
                let rest = page.block(Some(*heading)).filter(|at| !dotted_fields.contains(at));
                is_bare(page, *heading, rest)
            });
            Ok(without_all(page, &gone.into_iter().chain(dotted_fields).collect::<Vec<_>>()))
        }
        [] => Err(Error::refused(format!("there is no `{}`", dotted(place)))),
        [first, rest @ ..] => {
            let last = rest.last().copied().unwrap_or(*first);
            if (*first..last)
                .any(|at| page.lines.get(at).is_some_and(|line| line.is_heading() && !line.place.starts_with(place)))
            {
                return Err(Error::refused(format!(
                    "there are other tables between those of `{}`; remove it by hand",
                    dotted(place)
                )));
            }
            let said =
                page.block(Some(last)).filter(|at| page.lines.get(*at).is_some_and(|line| line.value().is_some()));
            let end = said.max().unwrap_or(last);
            let gone = page.lines_at(*first..=end);
            let comments = gone.iter().filter(|line| line.part == LineKind::Comment);
            let comments: String = comments.filter_map(|line| page.text.get(line.span.clone())).collect();
            let start = gone.first().map_or(0, |line| line.span.start);
            let end = gone.last().map_or(page.text.len(), |line| line.span.end);
            if comments.is_empty() {
                return Ok(without_lines(page, start, end));
            }
            Ok((start..end, comments))
        }
    }
}

/// The heading above a line.
fn heading_above(page: &TomlLines<'_>, at: usize) -> Option<usize> {
    (0..at).rev().find(|above| page.lines.get(*above).is_some_and(super::super::page::TomlLine::is_heading))
}

/// Whether a heading has nothing below it but these lines, which are empty, and is that of a table: entries of lists are counted.
fn is_bare(page: &TomlLines<'_>, heading: usize, mut rest: impl Iterator<Item = usize>) -> bool {
    let is_table =
        page.lines.get(heading).is_some_and(|line| matches!(line.part, LineKind::Heading { is_list: false, .. }));
    is_table && rest.all(|at| page.lines.get(at).is_some_and(|line| !matches!(line.part, LineKind::Field { .. })))
}

/// The heading that would have no field anymore without this line.
fn find_empty_heading(page: &TomlLines<'_>, at: usize) -> Option<usize> {
    let heading = heading_above(page, at)?;
    is_bare(page, heading, page.block(Some(heading)).filter(|other| *other != at)).then_some(heading)
}

fn nothing() -> Replacement {
    (0..0, String::new())
}

/// Lines that go, in the order of the file; what is between them stays.
fn without_all(page: &TomlLines<'_>, gone: &[usize]) -> Replacement {
    let span = |at: &usize| page.lines.get(*at).map_or(0..0, |line| line.span.clone());
    let (Some(first), Some(last)) = (gone.first(), gone.last()) else { return nothing() };
    let kept = (*first..=*last).filter(|at| !gone.contains(at));
    let is_kept = |at: &usize| page.lines.get(*at).is_some_and(|line| line.part != LineKind::Blank);
    let kept: Vec<usize> = kept.collect();
    if !kept.iter().any(is_kept) {
        let (start, end) = (span(first).start, span(last).end);
        let is_heading = page.lines.get(*first).is_some_and(super::super::page::TomlLine::is_heading);
        return if is_heading { without_lines(page, start, end) } else { without_line(page, start, end) };
    }
    let text: String = kept.iter().filter_map(|at| page.text.get(span(at))).collect();
    (span(first).start..span(last).end, text)
}

/// Where a part of a value begins and ends.
fn part_of(whole: &ValuePlace, step: &PathStep) -> Option<(usize, usize)> {
    match (&whole.inside, step) {
        (Inside::List(items), PathStep::At(at)) => items.get(*at).map(|item| (item.span.start, item.span.end)),
        (Inside::Table(fields), PathStep::Key(key)) => fields
            .iter()
            .find(|(path, _, _)| path.as_slice() == std::slice::from_ref(key))
            .map(|(_, start, value)| (*start, value.span.end)),
        _ => None,
    }
}

/// The lines of a field that go, and nothing beside them.
fn without_line(page: &TomlLines<'_>, start: usize, end: usize) -> Replacement {
    let before = page.text_at(..start);
    let line = page.text_at(start..end);
    let kept = if line.ends_with('\n') { before } else { before.strip_suffix(page.newline).unwrap_or(before) };
    (kept.len()..end, String::new())
}

/// Whole lines that go, with one of the empty lines around them if there is one on both sides.
fn without_lines(page: &TomlLines<'_>, start: usize, end: usize) -> Replacement {
    let (before, after) = (page.text_at(..start), page.text_at(end..));
    let blank_above =
        before.trim_start_matches('\u{feff}').is_empty() || before.ends_with("\n\n") || before.ends_with("\n\r\n");
    let blank_below = ["\r\n", "\n"].into_iter().find(|blank| after.starts_with(blank));
    match blank_below {
        Some(blank) if blank_above => (start..end + blank.len(), String::new()),
        _ if after.is_empty() => {
            // What is last now ends as the file ended.
            let ends = page.text.ends_with('\n');
            let kept = before.trim_end_matches(['\r', '\n']);
            let breaks = if ends && !kept.trim_start_matches('\u{feff}').is_empty() { page.newline } else { "" };
            (kept.len()..end, breaks.to_owned())
        }
        _ => (start..end, String::new()),
    }
}
