//! "Did you mean": the nearest known name to one that is not known.

/// The known name that is most like `word`, if one is like enough that a slip of the hand explains the difference.
/// Ties go to the name that comes first.
pub(crate) fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = word.to_lowercase();
    let mut best: Option<(&str, f64)> = None;
    for name in known {
        let lower = name.to_lowercase();
        let edits = strsim::osa_distance(&word, &lower);
        let longest = word.chars().count().max(lower.chars().count());
        let allowed = (longest / 3).clamp(1, 4);
        let part = word.len() >= 4 && lower.split('-').any(|piece| piece == word);
        let likeness = if edits <= allowed {
            1.0 - edits as f64 / longest as f64
        } else if part {
            0.5
        } else {
            let likeness = strsim::jaro_winkler(&word, &lower);
            if likeness < 0.92 {
                continue;
            }
            likeness * 0.5
        };
        if best.is_none_or(|(_, other)| likeness > other) {
            best = Some((name, likeness));
        }
    }
    best.map(|(name, _)| name)
}

/// What a name would be as an id: in Latin letters and lower case, with hyphens for all that is neither letter nor digit.
/// Apostrophes vanish. Empty where nothing is left.
pub(crate) fn slug(text: &str) -> String {
    let mut slug = String::new();
    for c in deunicode::deunicode_with_tofu(text, "").chars() {
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
    fn a_slip_of_the_hand_is_recognized() {
        let known = ["riverton-friends", "millbrook-friends", "county-library"];
        assert_eq!(nearest("rivertown-friends", known), Some("riverton-friends"));
        assert_eq!(nearest("milbrook-freinds", known), Some("millbrook-friends"));
        assert_eq!(nearest("Riverton-Friends", known), Some("riverton-friends"));
        assert_eq!(nearest("library", known), Some("county-library"));
        assert_eq!(nearest("bicycle-club", known), None);
    }

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
