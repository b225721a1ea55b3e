//! Makes one edit in the text of a file. No byte outside the edit changes: comments, empty lines, line endings, a byte
//! order mark and a missing last line break stay as they are.

mod inside;
mod insert;
mod remove;
#[cfg(test)]
mod tests;

use super::draft::is_table;
use super::order::Order;
use super::page::{Inside, LineKind, PathStep, TomlLines, ValuePlace, text_at};
use super::tree::tree_of;
use super::{Edit, Literal, bare};
use crate::error::Error;
use std::ops::Range;

/// A piece of the text and what comes in its place.
type Replacement = (Range<usize>, String);

/// The text with one change made.
///
/// # Errors
/// If the text is not TOML, or holds something at the place that the change does not fit.
pub(super) fn apply_to_text(text: &str, edit: &Edit, order: &Order) -> Result<String, Error> {
    let page = TomlLines::new(text)?;
    let (range, new) = match edit {
        Edit::Set { place, value } => set(&page, place, value, order)?,
        Edit::Append { list, value } => append(&page, list, value, order)?,
        Edit::Remove { place } => remove::remove(&page, place)?,
        Edit::RemoveItem { list, value } => {
            let at = page.position_of(list, value)?;
            remove::remove(&page, &[list.as_slice(), &[PathStep::At(at)]].concat())?
        }
    };
    let (before, after) = (text_at(text, ..range.start), text_at(text, range.end..));
    Ok(format!("{before}{new}{after}"))
}

fn set(page: &TomlLines<'_>, place: &[PathStep], value: &Literal, order: &Order) -> Result<Replacement, Error> {
    if let Some(written) = page.find(place) {
        if means(page.text_at(written.span.clone()), value) {
            return Ok((0..0, String::new()));
        }
        return Ok((written.span.clone(), value.toml(page.newline)));
    }
    if page.has(place) {
        return Err(Error::refused(format!("`{}` has its own fields; name one of them", dotted(place))));
    }
    match place.split_last() {
        Some((PathStep::Key(_), _)) if is_table(value) => insert::headed_value(page, place, value),
        Some((PathStep::Key(key), table)) => insert::field(page, table, key, value, order),
        _ => Err(Error::refused(format!("there is no `{}`", dotted(place)))),
    }
}

fn append(page: &TomlLines<'_>, list: &[PathStep], value: &Literal, order: &Order) -> Result<Replacement, Error> {
    if let Some(written) = page.find(list) {
        let Inside::List(items) = &written.inside else {
            return Err(Error::refused(format!(
                "`{}` is a single value in the file, so nothing can be added to it; write it in brackets: {} = [{}]",
                dotted(list),
                dotted(list),
                page.text_at(written.span.clone())
            )));
        };
        return Ok(inside::with_item(page, written, items, value));
    }
    let is_entry = |place: &[PathStep]| place.strip_prefix(list).is_some_and(|rest| matches!(rest, [PathStep::At(_)]));
    if let Some(last) = page.lines.iter().rposition(|line| line.is_heading() && is_entry(&line.place)) {
        return Ok(insert::entry_after(page, last, list, value));
    }
    if page.has(list) {
        return Err(Error::refused(format!(
            "`{}` is under a heading with single brackets, so nothing can be added to it; write each entry under its \
             own heading: [[{}]]",
            dotted(list),
            dotted(list)
        )));
    }
    let whole = Literal::List(vec![value.clone()]);
    set(page, list, &whole, order)
}

impl TomlLines<'_> {
    /// The value that is written at a place, if it is written as one.
    pub(super) fn find(&self, place: &[PathStep]) -> Option<&ValuePlace> {
        self.lines.iter().find_map(|line| line.value()?.find(place.strip_prefix(line.place.as_slice())?))
    }

    /// Whether the data has something at a place, under headings or dotted keys.
    pub(super) fn has(&self, place: &[PathStep]) -> bool {
        let below = |line: &super::page::TomlLine| {
            matches!(line.part, LineKind::Heading { .. } | LineKind::Field { .. }) && line.place.starts_with(place)
        };
        self.find(place).is_some() || self.lines.iter().any(below)
    }

    /// Which entry of a list of values is this one.
    fn position_of(&self, list: &[PathStep], value: &Literal) -> Result<usize, Error> {
        let items = match self.find(list).map(|written| &written.inside) {
            Some(Inside::List(items)) => items.as_slice(),
            _ => &[],
        };
        let found = items.iter().position(|item| means(self.text_at(item.span.clone()), value));
        found.ok_or_else(|| Error::refused(format!("`{}` does not contain {}", dotted(list), value.toml("\n"))))
    }

    /// The leading spaces of a line.
    fn indent(&self, span: &Range<usize>) -> &str {
        let line = self.text_at(span.clone());
        text_at(line, ..line.len() - line.trim_start_matches([' ', '\t']).len())
    }
}

/// Whether a value as it is written says what a literal says.
fn means(written: &str, value: &Literal) -> bool {
    let read = |text: &str| tree_of(&format!("x = {text}\n")).ok();
    read(written).is_some_and(|tree| Some(tree) == read(&value.toml("\n")))
}

/// A place in the words of a file: `process.lead_days`, `actions.2.done`.
pub(super) fn dotted(place: &[PathStep]) -> String {
    let word = |step: &PathStep| match step {
        PathStep::Key(key) => bare(key),
        PathStep::At(at) => (at + 1).to_string(),
    };
    place.iter().map(word).collect::<Vec<_>>().join(".")
}

/// The words of a heading for a place.
fn heading(place: &[PathStep]) -> String {
    let key = |step: &PathStep| match step {
        PathStep::Key(key) => Some(bare(key)),
        PathStep::At(_) => None,
    };
    place.iter().filter_map(key).collect::<Vec<_>>().join(".")
}
