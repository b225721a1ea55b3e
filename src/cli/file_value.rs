//! Values that come from a file or from standard input: `minutes=@notes.md`, `text=@-`.

use anyhow::{Context as _, Result};
use std::io::Read as _;

/// The longest text that is read for a value, in bytes.
const LONGEST: u64 = 10 << 20;

/// Assignments with the text of a file, to the last byte, in place of `@FILE` behind the equals sign; `@@` is a sign of its own, as in a name on
/// social media.
///
/// # Errors
/// If a file cannot be read, or is too long for a value.
pub(super) fn read_values(assignments: &[String]) -> Result<Vec<String>> {
    assignments.iter().map(|assignment| read_value(assignment)).collect()
}

fn read_value(assignment: &str) -> Result<String> {
    let Some((field, value)) = assignment.split_once('=') else { return Ok(assignment.to_owned()) };
    let Some(place) = value.strip_prefix('@') else { return Ok(assignment.to_owned()) };
    if let Some(literal) = place.strip_prefix('@') {
        return Ok(format!("{field}=@{literal}"));
    }
    let text = read_text(place).with_context(|| {
        format!("{field}=@{place}: the file cannot be read (for a value that begins with @, write {field}=@@{place})")
    })?;
    // What a text ends with is part of it, as with `amend --text`; other values are trimmed where they are read.
    if text.trim().is_empty() {
        stop!(data, "{field}=@{place}: the file is empty; to remove the field, write {field}=");
    }
    Ok(format!("{field}={text}"))
}

/// The text of a file, or of standard input where the place is `-`.
pub(super) fn read_text(place: &str) -> Result<String> {
    let mut bytes = Vec::new();
    if place == "-" {
        std::io::stdin().take(LONGEST + 1).read_to_end(&mut bytes)?;
    } else {
        std::fs::File::open(place)?.take(LONGEST + 1).read_to_end(&mut bytes)?;
    }
    if bytes.len() as u64 > LONGEST {
        stop!(data, "it is longer than {} MB", LONGEST >> 20);
    }
    String::from_utf8(bytes).context("it is not text in UTF-8")
}
