//! "Did you mean": the nearest known name to one that is not known.

pub(crate) use super::slug::{is_slug, slug};

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

/// The only known name that is a slip of the hand away from `word`: one or two letters, and no other name is as near. Certain
/// enough to be offered as a fix.
pub(crate) fn only_near<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = word.to_lowercase();
    let mut near = known.into_iter().filter(|name| {
        let longest = word.chars().count().max(name.chars().count());
        strsim::osa_distance(&word, &name.to_lowercase()) <= (longest / 4).min(2)
    });
    let found = near.next()?;
    near.all(|other| other == found).then_some(found)
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
    fn a_slip_is_certain_if_only_one_name_is_near() {
        let known = ["ana-lopez", "county-library", "ana-lopes"];
        assert_eq!(only_near("county-libary", known), Some("county-library"));
        assert_eq!(only_near("ana-lope", known), None, "two are as near");
        assert_eq!(only_near("anna", known), None);
        assert_eq!(only_near("ab", ["ac"]), None, "half of it is another letter");
    }
}
