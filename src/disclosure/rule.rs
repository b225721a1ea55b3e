//! By what something withheld is recognized in a text. A name is looked for wherever it stands, but a text that only happens to
//! hold the same letters must be free to leave: so short names, single words and ids count where nothing else can be meant.

use super::name_form::forms;
use super::number;
use crate::parse::alike::alike;
use crate::parse::collation::letters;
use crate::source::Unseen;
use unicode_script::{Script, UnicodeScript as _};

/// How many letters a name of one word has at least that is looked for inside of sentences.
const FEWEST_LETTERS: usize = 4;
/// How many words a name has at most that is looked for with the last one in front too.
const MOST_WORDS: usize = 4;
/// How many characters an address has at least that is looked for.
const FEWEST_OF_ADDRESS: usize = 6;

/// How something withheld is recognized. Text is folded, as [`fold`] does, but for a word and a whole value.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Rule {
    /// These words, anywhere, with no letter or digit beside them.
    Phrase(String),
    /// This address, anywhere, and not the beginning of a longer one.
    Address(String),
    /// This word with its capital letters.
    Word(String),
    /// A whole value that says just this, with its capital letters.
    Whole(String),
    /// The same, where the value is an id or an account.
    Id(String),
    /// A number with these digits.
    Digits(String),
}

/// Text as it is compared: what looks the same is the same, in small letters and without accents.
pub fn fold(text: &str) -> String {
    letters(&alike(text))
}

/// The text without characters that nobody sees: a text is searched without them too.
fn without_unseen(text: &str) -> String {
    text.chars().filter(|letter| Unseen::of(*letter).is_none()).collect()
}

/// Of the name of a person, however people write it.
pub fn of_name(name: &str) -> Vec<Rule> {
    forms(&without_unseen(name)).iter().flat_map(|form| of_form(form)).collect()
}

/// Of a name that is public: as it is written, for a part of it may be the name of somebody else.
pub fn of_public_name(name: &str) -> Vec<Rule> {
    of_form(&without_unseen(name))
}

/// Of a name as it is written.
fn of_form(name: &str) -> Vec<Rule> {
    let folded = fold(name);
    let words: Vec<&str> = folded.split(' ').filter(|word| word.contains(char::is_alphanumeric)).collect();
    match words.as_slice() {
        [] => Vec::new(),
        [_] => {
            let seen = alike(name);
            let is_long = seen.chars().filter(|letter| letter.is_alphabetic()).count() >= FEWEST_LETTERS;
            vec![match () {
                () if is_unlike_a_word(&folded) || is_of_signs(&folded) => Rule::Phrase(folded),
                // What the program itself writes in dates is no name in a sentence.
                () if is_of_calendar(&folded) => Rule::Whole(seen),
                () if is_long && begins_large(&seen) => Rule::Word(seen),
                () => Rule::Whole(seen),
            }]
        }
        [first @ .., last] => {
            let turned = (words.len() <= MOST_WORDS).then(|| Rule::Phrase(format!("{last}, {}", first.join(" "))));
            // As an id, a tag or an address has it.
            let joined = ["-", "."].map(|sign| Rule::Phrase(words.join(sign)));
            std::iter::once(Rule::Phrase(folded.clone())).chain(turned).chain(joined).collect()
        }
    }
}

/// Whether a word has something in it that no common word has: a digit, a hyphen, an apostrophe.
fn is_unlike_a_word(folded: &str) -> bool {
    let letters = folded.chars().filter(|letter| letter.is_alphabetic()).count();
    letters >= FEWEST_LETTERS && folded.contains(|letter: char| letter.is_numeric() || "-_'.".contains(letter))
}

/// Whether a name is written in signs, of which two are a whole name: 王明.
fn is_of_signs(folded: &str) -> bool {
    folded.chars().count() >= 2 && folded.chars().all(is_unspaced)
}

/// Whether a letter is of a script that puts no spaces between words.
pub fn is_unspaced(letter: char) -> bool {
    use Script::{Han, Hangul, Hiragana, Katakana, Khmer, Lao, Myanmar, Thai};
    matches!(letter.script(), Han | Hangul | Hiragana | Katakana | Khmer | Lao | Myanmar | Thai)
}

/// Whether a word is the name of a month or a day of the week.
fn is_of_calendar(folded: &str) -> bool {
    folded.parse::<chrono::Month>().is_ok() || folded.parse::<chrono::Weekday>().is_ok()
}

fn begins_large(word: &str) -> bool {
    word.starts_with(|letter: char| letter.is_alphabetic() && !letter.is_lowercase())
}

/// Of what somebody is called besides: of several words, only two with capital letters are taken for a name, for it may be
/// `the captain`.
pub fn of_other_name(name: &str) -> Vec<Rule> {
    let name = &*without_unseen(name);
    let seen = alike(name);
    let is_name = !seen.contains(' ') || seen.split(' ').filter(|word| begins_large(word)).count() >= 2;
    // Behind a comma may stand what somebody belongs to.
    let turned = || forms(name).len() > 1;
    if is_name || is_unlike_a_word(&seen) || turned() { of_name(name) } else { vec![Rule::Whole(seen)] }
}

/// Of a guest without a record: only two words with capital letters are taken for a name, for it may be `Two reporters`.
pub fn of_guest(name: &str) -> Vec<Rule> {
    let seen = alike(&without_unseen(name));
    let is_one_word = !seen.contains(' ') && !is_unlike_a_word(&seen) && !is_of_signs(&seen);
    if is_one_word { vec![Rule::Whole(seen)] } else { of_other_name(name) }
}

/// Of an id, or of the name of an account.
pub fn of_id(id: &str) -> Vec<Rule> {
    let folded = fold(id);
    let has_marks =
        folded.contains(['-', '_', '.']) && folded.chars().filter(|letter| letter.is_alphabetic()).count() > 1;
    let is_telling = has_marks || is_unlike_a_word(&folded);
    vec![if is_telling { Rule::Phrase(folded) } else { Rule::Id(folded) }]
}

/// Of a telephone number; of a short one by nothing, for it could be a year or a sum.
pub fn of_number(number: &str) -> Vec<Rule> {
    number::forms(number).into_iter().map(Rule::Digits).collect()
}

/// Of a public key: its longest part, the key itself.
pub fn of_public_key(key: &str) -> Vec<Rule> {
    const FEWEST_OF_KEY: usize = 40;
    let longest = key.split_whitespace().max_by_key(|part| part.len()).filter(|part| part.len() >= FEWEST_OF_KEY);
    longest.map(|part| Rule::Phrase(fold(part))).into_iter().collect()
}

/// Of an address on the web.
pub fn of_url(url: &str) -> Vec<Rule> {
    // Whoever writes it down may leave the beginning out.
    let folded = fold(url);
    let address = folded.trim_end_matches('/');
    let (scheme, bare) = address.split_once("://").unwrap_or(("", address));
    let bare = bare.strip_prefix("www.").unwrap_or(bare);
    let is_telling = ["http", "https", ""].contains(&scheme) && bare.chars().count() >= FEWEST_OF_ADDRESS;
    vec![Rule::Address(if is_telling { bare } else { address }.to_owned())]
}

/// Of an e-mail address, a postal address or anything else by which somebody is reached; of a common word by nothing, for a town is
/// not an address.
pub fn of_address(address: &str) -> Vec<Rule> {
    let folded = fold(address);
    let is_telling = folded.contains(['@', '_', '/']) || folded.contains(|letter: char| letter.is_ascii_digit());
    let is_long = folded.chars().count() >= FEWEST_OF_ADDRESS;
    if is_telling && is_long { vec![Rule::Phrase(folded)] } else { Vec::new() }
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
