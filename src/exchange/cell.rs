//! Cells of a table that a spreadsheet will open: what it would take for a formula gets an apostrophe in front, and loses it
//! when it comes back.

use crate::source::Unseen;
use unicode_normalization::UnicodeNormalization;

/// What a cell of a spreadsheet begins with to be a formula, or to hide one (OWASP, CSV injection).
const FORMULA: [char; 8] = ['=', '+', '-', '\u{2212}', '@', '\t', '\r', '\n'];

/// Whether a spreadsheet may take a text for a formula: the sign stands first, or behind blanks and what is not seen, which some programs
/// drop; in full width, small or raised too, as a keyboard of East Asia types it.
fn is_formula(text: &str) -> bool {
    let is_skipped = |letter: char| {
        !FORMULA.contains(&letter) && (letter.is_whitespace() || letter.is_control() || Unseen::of(letter).is_some())
    };
    let first = text.trim_start_matches(is_skipped).chars().next();
    first.is_some_and(|first| std::iter::once(first).nfkc().next().is_some_and(|plain| FORMULA.contains(&plain)))
}

/// What tells a spreadsheet that a CSV file is in UTF-8.
pub const BYTE_ORDER_MARK: char = '\u{feff}';

/// Whether a text gets an apostrophe in front: it is a formula, or is one behind apostrophes and spaces that stand there already. So
/// every text comes back, also where a reader sees through spaces for the apostrophe.
fn needs_apostrophe(text: &str) -> bool {
    is_formula(text.trim_start_matches('\'')) || is_formula(text.trim_start_matches(['\'', ' ']))
}

/// The text of a cell as it is written: an apostrophe in front of what a spreadsheet would take for a formula, also where
/// apostrophes stand there already, so that [`restore`] gives back every text.
pub fn neutralize(text: String) -> String {
    if needs_apostrophe(&text) { format!("'{text}") } else { text }
}

/// The text that was meant by a cell.
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
