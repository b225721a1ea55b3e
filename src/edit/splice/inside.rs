//! Edits inside brackets and braces.

use super::Replacement;
use crate::edit::page::{Inside, TomlLines, ValuePlace, text_at};
use crate::edit::{Literal, bare};

/// A list with one entry more at its end, written as the entries before it are.
pub(super) fn with_item(page: &TomlLines<'_>, list: &ValuePlace, items: &[ValuePlace], value: &Literal) -> Replacement {
    let text = page.text_at(list.span.clone());
    let one = Literal::List(vec![value.clone()]).toml(page.newline);
    let one = one.strip_prefix('[').and_then(|one| one.strip_suffix(']')).unwrap_or(&one).trim();
    let one = one.trim_end_matches(',');
    let close = list.span.end - 1;
    let Some(last) = items.last() else {
        // Comments between the brackets stay.
        return match text.contains('\n') {
            false => (list.span.clone(), format!("[{one}]")),
            true => (close..close, format!("  {one},{}", page.newline)),
        };
    };
    let tail = page.text_at(last.span.end..close);
    if !tail.contains('\n') {
        return (last.span.end..last.span.end, format!(", {one}"));
    }
    // Lines of their own: after the last one, with its comma and its comment.
    let comma = comma_in(tail);
    let line_end = tail.find('\n').map_or(close, |at| last.span.end + at + 1);
    let line_start = page.text_at(..last.span.start).rfind('\n').map_or(0, |at| at + 1);
    let indent = page.indent(&(line_start..last.span.start));
    match comma {
        Some(_) => (line_end..line_end, format!("{indent}{one},{}", page.newline)),
        None => {
            let rest = page.text_at(last.span.end..line_end);
            (last.span.end..line_end, format!(",{rest}{indent}{one}{}", page.newline))
        }
    }
}

/// A table in braces with one field more.
pub(super) fn with_field(page: &TomlLines<'_>, table: &ValuePlace, path: &[String], value: &Literal) -> Replacement {
    let key = path.iter().map(|word| bare(word)).collect::<Vec<_>>().join(".");
    let one = Literal::Table(vec![("x".to_owned(), value.clone())]).toml(page.newline);
    let one = one.strip_prefix("{ x = ").and_then(|one| one.strip_suffix(" }")).unwrap_or(&one).to_owned();
    match &table.inside {
        Inside::Table(fields) if !fields.is_empty() => {
            let end = fields.iter().map(|(_, _, value)| value.span.end).max().unwrap_or(table.span.end - 1);
            (end..end, format!(", {key} = {one}"))
        }
        _ => (table.span.clone(), format!("{{ {key} = {one} }}")),
    }
}

/// Something inside brackets or braces that is to go: from `start` to `end`, with the comma that goes with it.
pub(super) fn remove_item(page: &TomlLines<'_>, whole: &ValuePlace, start: usize, end: usize) -> Replacement {
    let (open, close) = (whole.span.start + 1, whole.span.end - 1);
    let before = page.text_at(open..start);
    let tail = page.text_at(end..close);
    let on_own_line = before.rfind('\n').is_some_and(|at| before.get(at..).is_some_and(|gap| gap.trim().is_empty()));
    let line_start = open + before.rfind('\n').map_or(0, |at| at + 1);
    let Some(comma) = comma_in(tail) else {
        // The last one. On a line of its own it goes as a line, and a list may end with a comma.
        if on_own_line && matches!(whole.inside, Inside::List(_)) {
            return match tail.split_once('\n') {
                Some((rest, _)) if rest.trim().is_empty() => (line_start..end + rest.len() + 1, String::new()),
                _ => (start..end, String::new()),
            };
        }
        // Otherwise the comma before it goes too, if no comment is between the two.
        let before_it = ends(whole).filter(|at| *at <= start).max();
        let comma = before_it.and_then(|at| Some(at + comma_in(page.text.get(at..start)?)?));
        let is_plain = |comma: &usize| page.text.get(*comma..start).is_some_and(|between| !between.contains('#'));
        return (comma.filter(is_plain).unwrap_or(start)..end, String::new());
    };
    let behind = end + comma + 1;
    let rest = page.text_at(behind..close);
    let line_end = rest.find('\n');
    match line_end {
        // A line of its own goes as a line.
        Some(at) if on_own_line && rest.get(..at).is_some_and(|gap| gap.trim().is_empty()) => {
            (line_start..behind + at + 1, String::new())
        }
        _ => (start..behind + (rest.len() - rest.trim_start_matches([' ', '\t']).len()), String::new()),
    }
}

/// Where the comma is in what follows an entry, which is spaces, comments and at most one comma.
fn comma_in(tail: &str) -> Option<usize> {
    let mut at = 0;
    for line in tail.split_inclusive('\n') {
        let code = line.find('#').map_or(line, |comment| text_at(line, ..comment));
        if let Some(comma) = code.find(',') {
            return Some(at + comma);
        }
        if !code.trim().is_empty() {
            return None;
        }
        at += line.len();
    }
    None
}

/// Where the parts of a value end.
fn ends(whole: &ValuePlace) -> Box<dyn Iterator<Item = usize> + '_> {
    match &whole.inside {
        Inside::Scalar => Box::new(std::iter::empty()),
        Inside::List(items) => Box::new(items.iter().map(|item| item.span.end)),
        Inside::Table(fields) => Box::new(fields.iter().map(|(_, _, value)| value.span.end)),
    }
}
