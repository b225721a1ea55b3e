//! Recognizes words that ask to keep something private, in the note of a number or in the name of a coalition's own
//! field.

use crate::parse::alike::fold;
use crate::source::Unseen;

/// Words of a note by which a number or an address is a person's own, not that of an office.
const OWN: [&str; 40] = [
    "apartment",
    "apt",
    "cell",
    "cellphone",
    "cellular",
    "celular",
    "cottage",
    "dad",
    "daughter",
    "family",
    "handy",
    "home",
    "house",
    "husband",
    "iphone",
    "landline",
    "mobil",
    "mobile",
    "mom",
    "móvil",
    "partner",
    "pers",
    "personal",
    "portable",
    "priv",
    "private",
    "privat",
    "residence",
    "residential",
    "signal",
    "sms",
    "smartphone",
    "son",
    "spouse",
    "telegram",
    "text",
    "texts",
    "whatsapp",
    "wife",
    "wifes",
];

/// Words that ask to keep something.
const KEPT: [&str; 19] = [
    "anonymous",
    "confidence",
    "confidential",
    "confidentially",
    "hidden",
    "internal",
    "internally",
    "nonpublic",
    "discreet",
    "discreetly",
    "priv",
    "private",
    "privately",
    "secret",
    "secretly",
    "sensitive",
    "unlisted",
    "unpublished",
    "withheld",
];

/// Words that take back what follows.
const NOT: [&str; 12] =
    ["not", "never", "no", "non", "nobody", "dont", "doesnt", "isnt", "without", "ex", "off", "keep"];

/// What can be done with a number that one should not do, and who would have it then.
const GIVE: [&str; 47] = [
    "advertise",
    "announce",
    "circulate",
    "circulated",
    "circulation",
    "directory",
    "disclose",
    "disclosed",
    "disclosure",
    "distribute",
    "distributed",
    "distribution",
    "between",
    "forward",
    "give",
    "given",
    "hand",
    "internet",
    "handed",
    "list",
    "listed",
    "online",
    "others",
    "outsiders",
    "outside",
    "pass",
    "passed",
    "post",
    "posted",
    "press",
    "print",
    "printed",
    "public",
    "publication",
    "publicly",
    "publish",
    "published",
    "quiet",
    "record",
    "release",
    "released",
    "reveal",
    "share",
    "shared",
    "web",
    "webpage",
    "website",
];

/// How many words may be between `not` and what is not to be done: not to be given out.
const NEAR: usize = 4;

/// Those for whom alone something may be: members only.
const FEW: [&str; 12] = [
    "board",
    "chair",
    "chairs",
    "committee",
    "coalition",
    "eyes",
    "members",
    "officers",
    "ourselves",
    "staff",
    "trustees",
    "us",
];

/// Whether words say that something is not to be given out: `confidential`, `do not share`, `not for publication`, `members only`.
pub(super) fn is_confidential(words: &str) -> bool {
    // Don't is one word.
    let is_dropped = |letter: &char| matches!(letter, '\'' | '\u{2019}') || Unseen::of(*letter).is_some();
    let seen: String = words.chars().filter(|letter| !is_dropped(letter)).collect();
    let seen = fold(&seen).replace('_', " ");
    let clauses = seen.split(|letter: char| ".,;:!?()[]/|\n".contains(letter));
    clauses.map(words_of).any(|clause| {
        let has = |word: &&str| KEPT.contains(word);
        let is_of = |list: &[&str], word: &str| list.contains(&word);
        let is_forbidden = clause
            .iter()
            .enumerate()
            .filter(|(_, word)| is_of(&NOT, word))
            .any(|(at, _)| clause.iter().skip(at + 1).take(NEAR).any(|word| is_of(&GIVE, word)));
        let is_for_few = clause.contains(&"only") && clause.iter().any(|word| is_of(&FEW, word));
        clause.iter().any(has) || is_forbidden || is_for_few
    })
}

/// Parts of words with which a field asks for privacy, or takes consent back: `consent_withdrawn`, `opt_out`, `hide_name`.
const ASKING: [&str; 16] = [
    "anonym", "confid", "consent", "do_not", "dont_", "hidden", "hide", "no_name", "opt_out", "optout", "privac",
    "publish", "redact", "revok", "unlist", "visib",
];

/// Whether the name of an unknown field asks for privacy, or takes consent back. A program cannot know what it says, so it counts.
pub(super) fn asks_for_privacy(name: &str) -> bool {
    let seen = fold(name).replace([' ', '-', '.'], "_");
    is_confidential(name) || seen.contains("withdraw") || ASKING.iter().any(|part| seen.contains(part))
}

/// Whether a note says that a number or an address is a person's own.
pub(super) fn is_of_somebody(note: &str) -> bool {
    // Wife's is one word.
    let note: String = fold(note).chars().filter(|letter| *letter != '\'').collect();
    words_of(&note).iter().any(|word| OWN.contains(word))
}

fn words_of(text: &str) -> Vec<&str> {
    text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_that_asks_for_silence_is_heard() {
        for note in [
            "confidential",
            "CONFIDENTIAL \u{2013} direct line",
            "private",
            "unlisted number",
            "do not give out",
            "Please don\u{2019}t share",
            "never to be given to the press",
            "not for publication",
            "not public",
            "ex-directory",
            "non-public",
            "no public listing",
            "do not pass on",
            "do not publish",
            "internal use",
            "committee members only",
            "for our eyes only",
            "con\u{ad}fidential",
            "do_not_share",
            "in confidence",
            "not for the web",
            "keep off the website",
            "keep between us",
            "off the record",
            "please keep quiet",
        ] {
            assert!(is_confidential(note), "{note}");
        }
        for note in [
            "weekdays after five",
            "office hours only",
            "press office",
            "do not call before nine",
            "not monitored; post letters instead",
            "public counter",
            "share the line with the clerk",
            "",
        ] {
            assert!(!is_confidential(note), "{note}");
        }
        for field in [
            "consent_withdrawn",
            "withdrawn",
            "opt_out",
            "opt-out",
            "unlist",
            "hide_name",
            "visibility",
            "published",
            "consent_revoked",
            "private",
            "hidden",
            "anonymous",
            "do_not_list",
            "Do Not Publish",
            "privacy",
        ] {
            assert!(asks_for_privacy(field), "{field}");
        }
        for field in ["nickname", "pronouns", "table", "listening", "shares"] {
            assert!(!asks_for_privacy(field), "{field}");
        }
        for note in
            ["text him", "wife\u{2019}s number", "family", "apartment", "WhatsApp", "pers.", "mobil", "M\u{f3}vil"]
        {
            assert!(is_of_somebody(note), "{note}");
        }
        assert!(is_of_somebody("his cell") && is_of_somebody("HOME") && !is_of_somebody("office"));
    }
}
