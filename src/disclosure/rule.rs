//! The rules that recognize withheld data in a text. A name counts wherever it appears, but a text with the same letters by accident
//! must be free to leave. So short names, single words and ids count only where nothing else can be meant.

use super::name_form::forms;
use super::number;
use crate::parse::alike::alike;
use crate::parse::collation::letters;
use crate::source::Unseen;
use unicode_script::{Script, UnicodeScript as _};

/// The fewest letters of a one-word name to search for inside sentences.
const FEWEST_LETTERS: usize = 4;
/// The most words of a name to search for with its last word in front too.
const MOST_WORDS: usize = 4;
/// The fewest characters of an address to search for.
const FEWEST_OF_ADDRESS: usize = 6;

/// A rule that recognizes withheld data. Its text is folded by [`fold`], except for a word and a whole value.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Rule {
    /// These words, anywhere, with no letter or digit next to them.
    Phrase(String),
    /// This address, anywhere, but not as the beginning of a longer one.
    Address(String),
    /// This word with its capital letters.
    Word(String),
    /// A value that is exactly this, with its capital letters.
    Whole(String),
    /// The same, if the value is an id or an account.
    Id(String),
    /// A number with these digits.
    Digits(String),
}

/// Folds text for comparison: lookalikes become the same, in lower case and without accents.
pub fn fold(text: &str) -> String {
    letters(&alike(text))
}

/// The text without invisible characters.
fn without_unseen(text: &str) -> String {
    text.chars().filter(|letter| Unseen::of(*letter).is_none()).collect()
}

/// The rules for a person's name, in all its forms.
pub fn of_name(name: &str) -> Vec<Rule> {
    forms(&without_unseen(name)).iter().flat_map(|form| of_form(form)).collect()
}

/// The rules for a public name, only as written: a part of it may be someone else's name.
pub fn of_public_name(name: &str) -> Vec<Rule> {
    of_form(&without_unseen(name))
}

/// The rules for one form of a name.
fn of_form(name: &str) -> Vec<Rule> {
    let folded = fold(name);
    let words: Vec<&str> = folded.split(' ').filter(|word| word.contains(char::is_alphanumeric)).collect();
    match words.as_slice() {
        [] => Vec::new(),
        [_] => {
            let seen = alike(name);
            let is_long = seen.chars().filter(|letter| letter.is_alphabetic()).count() >= FEWEST_LETTERS;
            vec![match () {
                () if is_unlike_a_word(&folded) || is_unspaced_name(&folded) => Rule::Phrase(folded),
                // A word that the program writes in dates is not a name in a sentence.
                () if is_calendar_word(&folded) => Rule::Whole(seen),
                () if is_long && is_capitalized(&seen) => Rule::Word(seen),
                () => Rule::Whole(seen),
            }]
        }
        [first @ .., last] => {
            let inverted = (words.len() <= MOST_WORDS).then(|| Rule::Phrase(format!("{last}, {}", first.join(" "))));
            // As in an id, a tag or an address.
            let with_sign = ["-", "."].map(|sign| Rule::Phrase(words.join(sign)));
            std::iter::once(Rule::Phrase(folded.clone())).chain(inverted).chain(with_sign).collect()
        }
    }
}

/// Whether a word has a character that common words lack: a digit, a hyphen, an apostrophe.
fn is_unlike_a_word(folded: &str) -> bool {
    let letters = folded.chars().filter(|letter| letter.is_alphabetic()).count();
    letters >= FEWEST_LETTERS && folded.contains(|letter: char| letter.is_numeric() || "-_'.".contains(letter))
}

/// Whether a name is in a script without spaces, where two characters can be a whole name: 王明.
fn is_unspaced_name(folded: &str) -> bool {
    folded.chars().count() >= 2 && folded.chars().all(is_unspaced)
}

/// Whether a letter belongs to a script without spaces between words.
pub fn is_unspaced(letter: char) -> bool {
    use Script::{Han, Hangul, Hiragana, Katakana, Khmer, Lao, Myanmar, Thai};
    matches!(letter.script(), Han | Hangul | Hiragana | Katakana | Khmer | Lao | Myanmar | Thai)
}

/// Whether a word is the name of a month or a day of the week.
fn is_calendar_word(folded: &str) -> bool {
    folded.parse::<chrono::Month>().is_ok() || folded.parse::<chrono::Weekday>().is_ok()
}

fn is_capitalized(word: &str) -> bool {
    word.starts_with(|letter: char| letter.is_alphabetic() && !letter.is_lowercase())
}

/// The rules for another name of a person. If it has several words, two must be capitalized: it may be `the captain`.
pub fn of_other_name(name: &str) -> Vec<Rule> {
    let name = &*without_unseen(name);
    let seen = alike(name);
    let is_name = !seen.contains(' ') || seen.split(' ').filter(|word| is_capitalized(word)).count() >= 2;
    // An organization may follow a comma.
    let inverted = || forms(name).len() > 1;
    if is_name || is_unlike_a_word(&seen) || inverted() { of_name(name) } else { vec![Rule::Whole(seen)] }
}

/// The rules for a guest without a record: two words must be capitalized, because it may be `Two reporters`.
pub fn of_guest(name: &str) -> Vec<Rule> {
    let seen = alike(&without_unseen(name));
    let is_one_word = !seen.contains(' ') && !is_unlike_a_word(&seen) && !is_unspaced_name(&seen);
    if is_one_word { vec![Rule::Whole(seen)] } else { of_other_name(name) }
}

/// The rules for an id or an account.
pub fn of_id(id: &str) -> Vec<Rule> {
    let folded = fold(id);
    let has_marks =
        folded.contains(['-', '_', '.']) && folded.chars().filter(|letter| letter.is_alphabetic()).count() > 1;
    let is_distinctive = has_marks || is_unlike_a_word(&folded);
    vec![if is_distinctive { Rule::Phrase(folded) } else { Rule::Id(folded) }]
}

/// The rules for a phone number; none for a short one, which could be a year or a sum.
pub fn of_number(number: &str) -> Vec<Rule> {
    number::forms(number).into_iter().map(Rule::Digits).collect()
}

/// The rules for a public key: its longest part, the key itself.
pub fn of_public_key(key: &str) -> Vec<Rule> {
    const FEWEST_OF_KEY: usize = 40;
    let longest = key.split_whitespace().max_by_key(|part| part.len()).filter(|part| part.len() >= FEWEST_OF_KEY);
    longest.map(|part| Rule::Phrase(fold(part))).into_iter().collect()
}

/// The rules for a web address.
pub fn of_url(url: &str) -> Vec<Rule> {
    // People may leave out the beginning.
    let folded = fold(url);
    let address = folded.trim_end_matches('/');
    let (scheme, bare) = address.split_once("://").unwrap_or(("", address));
    let bare = bare.strip_prefix("www.").unwrap_or(bare);
    let is_distinctive = ["http", "https", ""].contains(&scheme) && bare.chars().count() >= FEWEST_OF_ADDRESS;
    vec![Rule::Address(if is_distinctive { bare } else { address }.to_owned())]
}

/// The rules for an e-mail address, a postal address or another contact detail; none for a common word, because a town is not an
/// address.
pub fn of_address(address: &str) -> Vec<Rule> {
    let folded = fold(address);
    let is_distinctive = folded.contains(['@', '_', '/']) || folded.contains(|letter: char| letter.is_ascii_digit());
    let is_long = folded.chars().count() >= FEWEST_OF_ADDRESS;
    if is_distinctive && is_long { vec![Rule::Phrase(folded)] } else { Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_common_word_is_no_name() {
        let phrase = |text: &str| Rule::Phrase(text.to_owned());
        assert_eq!(
            of_name("Renée  O\u{2019}Neil"),
            ["renee o'neil", "o'neil, renee", "renee-o'neil", "renee.o'neil"].map(phrase)
        );
        assert_eq!(of_name("Art"), [Rule::Whole("Art".to_owned())]);
        assert_eq!(of_name("Cher"), [Rule::Word("Cher".to_owned())]);
        assert_eq!(of_name("April"), [Rule::Whole("April".to_owned())]);
        assert_eq!(of_name("Anne-Marie"), [phrase("anne-marie")]);
        assert_eq!(of_name("王小明"), [phrase("王小明")]);
        assert_eq!(of_other_name("Buzz"), [Rule::Word("Buzz".to_owned())]);
        assert_eq!(of_guest("Students"), [Rule::Whole("Students".to_owned())]);
        assert_eq!(of_guest("Pat Quill"), ["pat quill", "quill, pat", "pat-quill", "pat.quill"].map(phrase));
        assert_eq!(of_guest("Two reporters"), [Rule::Whole("Two reporters".to_owned())]);
        assert_eq!(of_id("may"), [Rule::Id("may".to_owned())]);
        assert_eq!(of_id("ana-lopez"), [phrase("ana-lopez")]);
        assert!(of_address("Riverton").is_empty() && of_number("2026").is_empty());
        assert_eq!(of_address("12 Elm St"), [phrase("12 elm st")]);
    }
}
