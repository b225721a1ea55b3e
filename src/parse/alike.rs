//! Text as it is compared: texts that look the same are the same, whatever program wrote them. Signed text is never
//! compared like this.

use crate::source::Unseen;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// The text with each letter and its accents as one character where Unicode has one (NFC, UAX #15): a file name from macOS and
/// the same words typed elsewhere become equal.
pub(crate) fn compose(text: &str) -> String {
    if is_nfc_quick(text.chars()) == IsNormalized::Yes { text.to_owned() } else { text.nfc().collect() }
}

/// The text with each letter apart from its accents (NFD), as macOS used to write names of files.
pub(crate) fn decompose(text: &str) -> String {
    text.nfd().collect()
}

/// The text as people see it: composed, with straight quotes, one hyphen for every dash and one space for every run of spaces, and
/// without characters that are not seen. Case counts.
pub(crate) fn alike(text: &str) -> String {
    let is_odd = |b: u8| !(b' '..=b'~').contains(&b) || b == b'`';
    if !text.bytes().any(is_odd) && text.trim() == text && !text.contains("  ") {
        return text.to_owned();
    }
    let mut line = String::with_capacity(text.len());
    for letter in compose(text).chars().filter(|letter| !Unseen::of(*letter).is_some_and(Unseen::is_idle)) {
        let plain = match letter {
            '\u{2018}'..='\u{201b}' | '\u{2032}' | '\u{2bc}' | '\u{b4}' | '`' | '\u{ff07}' => '\'',
            '\u{201c}'..='\u{201f}' | '\u{2033}' | '\u{ab}' | '\u{bb}' | '\u{ff02}' => '"',
            '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}' => '-',
            letter if letter.is_whitespace() => ' ',
            letter => letter,
        };
        if plain != ' ' || !(line.is_empty() || line.ends_with(' ')) {
            line.push(plain);
        }
    }
    line.truncate(line.trim_end().len());
    line
}

/// The same without regard to case.
pub(crate) fn fold(text: &str) -> String {
    alike(text).to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_the_same_is_the_same() {
        for (typed, seen) in [
            ("Cafe\u{301} Liaison", "Café Liaison"),
            ("Reader\u{2019}s Circle", "Reader's Circle"),
            ("\u{201c}Big\u{201d} Choir", "\"Big\" Choir"),
            ("North\u{2013}South", "North-South"),
            (" Acorn\u{a0}\u{200b} Row\n", "Acorn Row"),
            ("", ""),
        ] {
            assert_eq!(alike(typed), seen);
        }
        assert_eq!((alike("ÉCOLE"), fold("E\u{301}COLE")), ("ÉCOLE".to_owned(), "école".to_owned()));
    }

    #[test]
    fn composing_changes_nothing_else() {
        let text = "  two\r\nlines \u{2019}\u{200b} می\u{200c}خواهم ";
        assert_eq!(compose(text), text);
    }
}
