//! The order in which people look up names: É with E, and numbers as numbers.

use super::alike::alike;
use std::cmp::Ordering;
use unicode_normalization::UnicodeNormalization;
use unicode_script::{Script, UnicodeScript};

/// The place of a text in the order in which people look names up: É with E, and numbers as numbers.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct SortKey(Vec<SortPiece>);

/// A part of a text; numbers come before letters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum SortPiece {
    /// A number: how many digits it has without leading zeros, and these.
    Number(usize, String),
    /// What is not a number.
    Text(String),
}

impl SortKey {
    /// The place of a text. Accents and capitals make no difference.
    pub(crate) fn of(text: &str) -> SortKey {
        let mut pieces = Vec::new();
        let mut rest = &*letters(text);
        while let Some(first) = rest.chars().next() {
            let is_number = first.is_ascii_digit();
            let end = rest.find(|c: char| c.is_ascii_digit() != is_number).unwrap_or(rest.len());
            let (piece, after) = rest.split_at(end);
            pieces.push(if is_number {
                let digits = piece.trim_start_matches('0');
                SortPiece::Number(digits.len(), digits.to_owned())
            } else {
                SortPiece::Text(piece.to_owned())
            });
            rest = after;
        }
        SortKey(pieces)
    }
}

/// Text in lower case and without accents; Latin letters that have a plain form in it.
pub(crate) fn letters(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let mut letters = String::new();
    for c in alike(text).nfd().filter(|c| !('\u{300}'..='\u{36f}').contains(c)) {
        match deunicode::deunicode_char(c).filter(|_| !c.is_ascii() && c.script() == Script::Latin) {
            Some(latin) => letters.push_str(latin),
            None => letters.push(c),
        }
    }
    letters.nfc().collect::<String>().to_lowercase()
}

/// The order in which people look names up; names that differ in accents or capitals alone are beside each other,
/// always in the same order.
pub(crate) fn by_place(one: &str, other: &str) -> Ordering {
    // Most names differ early and in letters without accents; those need no copies.
    let common = one.bytes().zip(other.bytes()).find(|(a, b)| !a.eq_ignore_ascii_case(b));
    if let Some((a, b)) = common
        && one.is_ascii()
        && other.is_ascii()
        && a.is_ascii_alphabetic()
        && b.is_ascii_alphabetic()
    {
        return a.to_ascii_lowercase().cmp(&b.to_ascii_lowercase());
    }
    SortKey::of(one).cmp(&SortKey::of(other)).then_with(|| one.cmp(other))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_where_people_look_for_them() {
        let mut names = [
            "Zoo",
            "\u{c9}cole",
            "Dune",
            "Elm",
            "eagle",
            "\u{d8}rsted",
            "Oak",
            "Ward 10",
            "Ward 9",
            "\u{141}\u{f3}d\u{17a}",
            "Lamp",
            "Ward 09",
            "3rd Hall",
        ];
        names.sort_by(|a, b| by_place(a, b));
        let expected = [
            "3rd Hall",
            "Dune",
            "eagle",
            "\u{c9}cole",
            "Elm",
            "Lamp",
            "\u{141}\u{f3}d\u{17a}",
            "Oak",
            "\u{d8}rsted",
            "Ward 09",
            "Ward 9",
            "Ward 10",
            "Zoo",
        ];
        assert_eq!(names, expected);
        for (one, other) in names.iter().flat_map(|one| names.iter().map(move |other| (one, other))) {
            let by_pieces = SortKey::of(one).cmp(&SortKey::of(other)).then_with(|| one.cmp(other));
            assert_eq!(by_place(one, other), by_pieces, "{one} {other}");
        }
        assert_eq!(by_place("Ana", "Ana"), Ordering::Equal);
        assert_eq!(by_place("E\u{301}", "\u{c9}"), by_place("E\u{301}", "\u{c9}"));
    }
}
