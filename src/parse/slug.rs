//! Slugs: what a name becomes as an id, a tag or an interest.

/// What a name would be as an id: in Latin letters and lower case, with hyphens for all that is neither letter nor digit.
/// Apostrophes vanish, and commas between digits. Empty where nothing is left.
pub(crate) fn slug(text: &str) -> String {
    let mut slug = String::new();
    let latin = deunicode::deunicode_with_tofu(text, "");
    let mut letters = latin.chars().peekable();
    while let Some(c) = letters.next() {
        // `1,000` is one number.
        let is_in_number = c == ',' && slug.ends_with(|c: char| c.is_ascii_digit());
        if is_in_number && letters.peek().is_some_and(char::is_ascii_digit) {
            continue;
        }
        if c.is_ascii_alphanumeric() {
            slug.push(c.to_ascii_lowercase());
        } else if c != '\'' && !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}

/// Whether text is a slug: `a-z`, `0-9` and single hyphens between them.
pub(crate) fn is_slug(text: &str) -> bool {
    !text.is_empty()
        && text
            .split('-')
            .all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs() {
        assert_eq!(slug("Friends of the Library, Inc."), "friends-of-the-library-inc");
        let names = [
            ("Mejía & Łódź", "mejia-lodz"),
            ("Hauptstraße", "hauptstrasse"),
            ("Библиотека", "biblioteka"),
            ("Βιβλιοθήκη", "bibliotheke"),
            ("図書館", "tu-shu-guan"),
            ("St. Brendan\u{2019}s", "st-brendans"),
            ("1,000 supporters, 5 towns", "1000-supporters-5-towns"),
            ("\u{e000}", ""),
            ("!?", ""),
        ];
        for (name, expected) in names {
            assert_eq!(slug(name), expected);
        }
        assert!(is_slug(&slug("مكتبة")) && is_slug(&slug("ספרייה")));
        assert!(is_slug("a1-b2") && !is_slug("a--b") && !is_slug("-a") && !is_slug("A") && !is_slug(""));
    }
}
