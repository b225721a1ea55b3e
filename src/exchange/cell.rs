//! Cells of a table for spreadsheets: a cell that looks like a formula gets an apostrophe in front, and loses it on import.

use crate::source::Unseen;
use unicode_normalization::UnicodeNormalization;

/// The characters that begin a formula in a spreadsheet cell, or hide one (OWASP, CSV injection).
const FORMULA: [char; 8] = ['=', '+', '-', '\u{2212}', '@', '\t', '\r', '\n'];

/// Whether a spreadsheet may read a text as a formula: its sign comes first, or after spaces and invisible characters, which some
/// programs drop. The sign may also be a full-width, small or raised form, as East Asian keyboards type it.
fn is_formula(text: &str) -> bool {
    let is_skipped = |letter: char| {
        !FORMULA.contains(&letter) && (letter.is_whitespace() || letter.is_control() || Unseen::of(letter).is_some())
    };
    let first = text.trim_start_matches(is_skipped).chars().next();
    first.is_some_and(|first| std::iter::once(first).nfkc().next().is_some_and(|plain| FORMULA.contains(&plain)))
}

/// Marks a CSV file as UTF-8 for spreadsheets.
pub(crate) const BYTE_ORDER_MARK: char = '\u{feff}';

/// Whether a text needs an apostrophe: it is a formula, or would be one without the apostrophes and spaces in front. This way every
/// text survives a round trip, even through a reader that ignores spaces before the apostrophe.
fn needs_apostrophe(text: &str) -> bool {
    is_formula(text.trim_start_matches('\'')) || is_formula(text.trim_start_matches(['\'', ' ']))
}

/// Puts an apostrophe in front of a text that a spreadsheet would read as a formula, even after other apostrophes, so that
/// [`restore`] returns every text unchanged.
pub(crate) fn neutralize(text: String) -> String {
    if needs_apostrophe(&text) { format!("'{text}") } else { text }
}

/// The original text of a cell.
pub fn restore(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(text) if needs_apostrophe(text) => text,
        _ => cell,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_formula_leaves_and_every_text_comes_back() {
        for text in [
            "=1+1",
            "+1 555",
            "-x",
            "@a",
            "\tx",
            "\rx",
            "\n=x",
            "＝1",
            "＋1",
            "－1",
            "＠a",
            "'＝1",
            "'=1",
            "''=1",
            "'",
            " =1",
            "\u{a0}=1",
            "\u{200b}=1",
            " '=1",
            "' ' =1",
            "  ''\t=1",
            "\u{2212}1",
            "\u{fe62}1",
            "\u{fe66}1",
            "\u{207a}1",
            "''",
            "'a",
            "plain",
            "",
            "'tis",
            "a=b",
        ] {
            let cell = neutralize(text.to_owned());
            assert!(!is_formula(&cell), "{text:?}");
            assert_eq!(restore(&cell), text);
        }
        assert_eq!(neutralize("plain".to_owned()), "plain");
        assert_eq!(neutralize("\u{200b} \u{fe62}1".to_owned()), "'\u{200b} \u{fe62}1");
    }
}
