//! The smallest edits after which the parser can read the rest of a broken text.

use std::ops::Range;

/// Bytes of a text to replace, so that the rest can be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Edit {
    /// What to replace; empty to insert.
    pub range: Range<usize>,
    /// What to write there.
    pub with: String,
}

/// Closes a list or an inline table before the first line below that is clearly no part of it.
pub(super) fn closing(text: &str, region: Range<usize>, close: char) -> Edit {
    let mut offset = region.start;
    for line in text[region.start..].split_inclusive('\n') {
        if offset > region.start && starts_anew(line) {
            return Edit { range: offset..offset, with: format!("{close}\n") };
        }
        offset += line.len();
    }
    Edit { range: text.len()..text.len(), with: format!("\n{close}") }
}

/// Whether a line begins a field or a heading.
fn starts_anew(line: &str) -> bool {
    let line = line.trim_start();
    let heading = line.trim_start_matches('[');
    if heading.len() < line.len() {
        return heading.starts_with(|c: char| c.is_ascii_alphabetic());
    }
    let key = line.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.'));
    key.len() < line.len() && key.trim_start().starts_with('=')
}

/// Gives a heading the brackets that it lacks: `[process` becomes `[process]`.
pub(super) fn closed_heading(text: &str, line: Range<usize>) -> Edit {
    let heading = &text[line.clone()];
    let inner = heading.trim_start().trim_start_matches('[');
    let opening = heading.trim_start().len() - inner.len();
    let behind = &inner[name_length(inner)..];
    let closing = behind.len() - behind.trim_start_matches(']').len();
    let rest = line.end - behind.len() + closing..line.end;
    let lacking = "]".repeat(opening.saturating_sub(closing));
    // What comes after the name would not be TOML either, so it goes.
    let spaces = " ".repeat(rest.len());
    Edit { with: format!("{lacking}{spaces}"), range: rest }
}

/// The bytes of the name that a heading begins with, with spaces before it; a name in quotes may hold anything. A quote
/// that is not closed is not a part of the name.
fn name_length(inner: &str) -> usize {
    let mut length = inner.len() - inner.trim_start().len();
    loop {
        let rest = &inner[length..];
        let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''));
        let part = match quote {
            Some(quote) => rest[1..].find(quote).map_or(0, |end| end + 2),
            None => rest.find([']', '#', '"', '\'', ' ', '\t', '\r']).unwrap_or(rest.len()),
        };
        if part == 0 {
            return length;
        }
        length += part;
    }
}
