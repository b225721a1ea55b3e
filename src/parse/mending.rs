//! The smallest changes after which a broken text can be read on.

use std::ops::Range;

/// Bytes of a text to replace, so that the rest can be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// What to replace; empty to insert.
    pub range: Range<usize>,
    /// What to write there.
    pub with: String,
}

/// Closes a list or an inline table before the first line below that is clearly no part of it.
pub fn closing(text: &str, region: Range<usize>, close: char) -> Edit {
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
pub fn closed_heading(text: &str, line: Range<usize>) -> Edit {
    let heading = &text[line.clone()];
    let start = heading.len() - heading.trim_start().len();
    let opening = heading[start..].len() - heading[start..].trim_start_matches('[').len();
    let name = heading[start + opening..].find([']', '#', ' ', '\t', '\r']);
    let end = name.map_or(heading.len(), |length| start + opening + length);
    let closing = heading[end..].len() - heading[end..].trim_start_matches(']').len();
    let rest = line.start + end + closing..line.end;
    let lacking = "]".repeat(opening.saturating_sub(closing));
    // What stands behind the name would not be TOML either, so it goes.
    let spaces = " ".repeat(rest.len());
    Edit { with: format!("{lacking}{spaces}"), range: rest }
}
