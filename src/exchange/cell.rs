//! Cells of a table that a spreadsheet will open: what it would take for a formula gets an apostrophe in front, and loses it
//! when it comes back.

/// What a cell of a spreadsheet begins with to be a formula, or to hide one (OWASP, CSV injection); in full width too, as they are
/// typed in East Asia.
const FORMULA: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}'];

/// What tells a spreadsheet that a CSV file is in UTF-8.
pub const BYTE_ORDER_MARK: char = '\u{feff}';

/// The text of a cell as it is written: an apostrophe in front of what a spreadsheet would take for a formula, also where
/// apostrophes stand there already, so that [`restored`] gives back every text.
pub fn neutral(text: String) -> String {
    if text.trim_start_matches('\'').starts_with(FORMULA) { format!("'{text}") } else { text }
}

/// The text that was meant by a cell.
pub fn restored(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(text) if text.trim_start_matches('\'').starts_with(FORMULA) => text,
        _ => cell,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_formula_leaves_and_every_text_comes_back() {
        for text in [
            "=1+1", "+1 555", "-x", "@a", "\tx", "\rx", "\n=x", "＝1", "＋1", "－1", "＠a", "'＝1", "'=1", "''=1", "'",
            "''", "'a", "plain", "", "'tis", "a=b",
        ] {
            let cell = neutral(text.to_owned());
            assert!(!cell.starts_with(FORMULA), "{text:?}");
            assert_eq!(restored(&cell), text);
        }
        assert_eq!(neutral("plain".to_owned()), "plain");
    }
}
