//! The canonical form of a file: keys in the order of the field table, logs by date, one way of spacing, dates without
//! quotes and times with seconds. Each comment stays with what it describes, other values stay byte for byte, and the
//! meaning of the file never changes, which is verified before the new text is returned.

mod arrange;
mod dates;
mod meaning;
mod sheet;
#[cfg(test)]
mod tests;
mod text;

use crate::error::Error;
pub(crate) use arrange::ordered_by;
pub(super) use meaning::comments;
pub(crate) use meaning::same_records;

use super::order::Order;
use super::page::{TomlLines, newline_of};
use sheet::Sheet;

/// What becomes of dates that are in quotes where their field holds a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dates {
    /// They become dates.
    Unquoted,
    /// They stay as they are written.
    Kept,
}

/// A text in canonical form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Formatted {
    /// The text.
    pub text: String,
    /// The lines of the old text in which a date lost its quotes, from 1.
    pub unquoted: Vec<usize>,
}

/// A text in canonical form. Its lines end as the first one did, and a byte order mark goes.
///
/// # Errors
/// If it is not TOML, or its meaning or a comment would be lost.
pub(crate) fn format_record(text: &str, order: &Order, dates: Dates) -> Result<Formatted, Error> {
    let newline = newline_of(text);
    // Without its mark, a text with two of them would look like TOML.
    let is_marked_twice = text.starts_with("\u{feff}\u{feff}");
    let unmarked = if is_marked_twice { text } else { text.trim_start_matches('\u{feff}') };
    let plain = unmarked.replace("\r\n", "\n");
    let settled;
    let (mut page, tree) = TomlLines::with_tree(&plain)?;
    let quoted = if dates == Dates::Unquoted { dates::find_quoted_dates(&page, order) } else { Vec::new() };
    let unquoted = dates::lines_of(&plain, &quoted);
    let mut tree_now = None;
    let values = dates::together(quoted, dates::short(&page));
    if !values.is_empty() {
        settled = dates::rewritten(&plain, &values);
        let (page_now, tree) = TomlLines::with_tree(&settled)?;
        (page, tree_now) = (page_now, Some(tree));
    }
    let mut sheet = Sheet::of(&page);
    arrange::arrange(&mut sheet, order, tree_now.as_ref().unwrap_or(&tree));
    let text_now = text::write_sheet(&sheet).replace('\n', newline);
    if text_now != text {
        meaning::prove(text, tree, &text_now, order)?;
    }
    Ok(Formatted { text: text_now, unquoted })
}
