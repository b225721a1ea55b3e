//! The canonical form of a file: keys in the order of the field table, logs by date, one way of spacing, dates without
//! quotes. Each remark stays with what it describes, values stay byte for byte, and what the file means never changes: that
//! is proven before anybody gets the new text.

mod arrange;
mod dates;
mod meaning;
mod sheet;
#[cfg(test)]
mod tests;
mod text;

pub use meaning::same_records;

use super::order::Order;
use super::page::{Page, newline_of};
use super::tree::tree_of;
use super::{Refusal, page};
use sheet::Sheet;

/// What becomes of dates that stand in quotes where their field holds a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dates {
    /// They become dates.
    Unquoted,
    /// They stay as they are written.
    Kept,
}

/// A text in canonical form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Formatted {
    /// The text.
    pub text: String,
    /// The lines of the old text in which a date lost its quotes, from 1.
    pub unquoted: Vec<usize>,
}

/// A text in canonical form. Its lines end as the first one did, and a byte order mark goes.
///
/// # Errors
/// Where it is not TOML, and where its meaning or a remark would be lost.
pub fn formatted(text: &str, order: &Order, dates: Dates) -> Result<Formatted, Refusal> {
    let newline = newline_of(text);
    let plain = text.strip_prefix('\u{feff}').unwrap_or(text).replace("\r\n", "\n");
    let without_quotes;
    let mut page = Page::new(&plain)?;
    let quoted = if dates == Dates::Unquoted { dates::quoted(&page, order) } else { Vec::new() };
    let unquoted = quoted.iter().map(|date| date.line).collect();
    if !quoted.is_empty() {
        without_quotes = dates::without_quotes(&plain, &quoted);
        page = Page::new(&without_quotes)?;
    }
    let mut sheet = Sheet::of(&page);
    // Only lists under headings are put in order, and only for that the values are needed.
    let has_lists = page.lines.iter().any(|line| matches!(line.part, page::Part::Heading { is_list: true, .. }));
    let tree = if has_lists { tree_of(page.text)? } else { serde_json::Map::new() };
    arrange::arrange(&mut sheet, order, &serde_json::Value::Object(tree));
    let text_after = text::written(&sheet).replace('\n', newline);
    if text_after != text {
        meaning::prove(text, &text_after, order)?;
    }
    Ok(Formatted { text: text_after, unquoted })
}
