//! The rules that recognize withheld data in a text. A name counts wherever it appears, but a text with the same letters by accident
//! must be free to leave. So short names, single words and ids count only where nothing else can be meant.

use super::name_form::{forms, is_organization, untitled};
use super::number;
use super::wording::{spell_umlauts, words_of, words_of_address};
use crate::parse::alike::alike;
use crate::parse::collation::letters;
use crate::source::Unseen;
use unicode_script::{Script, UnicodeScript as _};

/// The fewest letters of a one-word name to search for inside sentences.
const FEWEST_LETTERS: usize = 4;
/// The fewest characters of an address to search for.
const FEWEST_OF_ADDRESS: usize = 6;

/// A rule that recognizes withheld data. Its text is folded by [`fold`], except for a word and a whole value.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Rule {
    /// A person's name of these words, in each way in which people write one.
    Name(Vec<String>),
    /// An address of these words, whatever punctuation is between them.
    Sequence(Vec<String>),
    /// This text, anywhere, with no letter or digit next to it.
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
pub(super) fn fold(text: &str) -> String {
    letters(&alike(text))
}

/// The text without invisible characters.
fn without_unseen(text: &str) -> String {
    text.chars().filter(|letter| Unseen::of(*letter).is_none()).collect()
}

/// The rules for a person's name, in all its forms.
pub(super) fn of_name(name: &str) -> Vec<Rule> {
    let name = without_unseen(name);
    let spelled = spell_umlauts(&name);
    let rules = [Some(name), spelled].into_iter().flatten().flat_map(|name| forms(&name));
    rules.flat_map(|form| of_form(&form)).collect()
}

/// The rules for a public name, only as written: a part of it may be someone else's name.
pub(super) fn of_public_name(name: &str) -> Vec<Rule> {
    let name = without_unseen(name);
    // As a whole, it also covers single words in it.
    let whole = Rule::Phrase(fold(&name));
    let spelled = spell_umlauts(&name).map(|spelled| of_form(&spelled));
    of_form(&name).into_iter().chain(spelled.into_iter().flatten()).chain([whole]).collect()
}

/// The rules for the name of a listed person or an official: also without titles.
pub(super) fn of_public_person(name: &str) -> Vec<Rule> {
    of_public_name(name).into_iter().chain(untitled(name).iter().flat_map(|name| of_public_name(name))).collect()
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
        _ => {
            let words = words_of(name);
            // Without spaces, where a word ends is not seen.
            let whole = folded.contains(is_unspaced).then(|| Rule::Phrase(folded.clone()));
            (words.len() > 1).then_some(Rule::Name(words)).into_iter().chain(whole).collect()
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
pub(super) fn is_unspaced(letter: char) -> bool {
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
pub(super) fn of_other_name(name: &str) -> Vec<Rule> {
    let name = &*without_unseen(name);
    let seen = alike(name);
    let is_name = !seen.contains(' ') || seen.split(' ').filter(|word| is_capitalized(word)).count() >= 2;
    // An organization may follow a comma.
    let inverted = || forms(name).len() > 1;
    if is_name || is_unlike_a_word(&seen) || inverted() { of_name(name) } else { vec![Rule::Whole(seen)] }
}

/// The rules for a guest without a record: two words must be capitalized, because it may be `Two reporters`.
pub(super) fn of_guest(name: &str) -> Vec<Rule> {
    let seen = alike(&without_unseen(name));
    if is_organization(&seen) {
        return vec![Rule::Whole(seen)];
    }
    let is_one_word = !seen.contains(' ') && !is_unlike_a_word(&seen) && !is_unspaced_name(&seen);
    if is_one_word { vec![Rule::Whole(seen)] } else { of_other_name(name) }
}

/// The rules for an id or an account.
pub(super) fn of_id(id: &str) -> Vec<Rule> {
    let folded = fold(id);
    let has_marks =
        folded.contains(['-', '_', '.']) && folded.chars().filter(|letter| letter.is_alphabetic()).count() > 1;
    let is_distinctive = has_marks || is_unlike_a_word(&folded);
    vec![if is_distinctive { Rule::Phrase(folded) } else { Rule::Id(folded) }]
}

/// The rules for an account on social media, with or without the sign in front or the address of the page.
pub(super) fn of_handle(handle: &str) -> Vec<Rule> {
    let folded = fold(handle);
    let name = folded.trim_end_matches('/').rsplit(['/', '@', ' ']).next().unwrap_or_default().to_owned();
    if name.chars().count() < FEWEST_LETTERS || name.contains('.') && folded.contains("://") && !folded.contains('@') {
        return Vec::new();
    }
    // A word of the language is an account only with a sign that says so.
    if name.contains(|letter: char| letter.is_numeric() || "-_.".contains(letter)) {
        vec![Rule::Phrase(name)]
    } else {
        ["@", "/"].map(|sign| Rule::Phrase(format!("{sign}{name}"))).to_vec()
    }
}

/// The rules for the phone numbers in a text; none for a short one, which could be a year or a sum.
pub(super) fn of_number(number: &str) -> Vec<Rule> {
    number::forms(number).into_iter().map(Rule::Digits).collect()
}

/// The rules for a public key: its longest part, the key itself.
pub(super) fn of_public_key(key: &str) -> Vec<Rule> {
    const FEWEST_OF_KEY: usize = 40;
    let longest = key.split_whitespace().max_by_key(|part| part.len()).filter(|part| part.len() >= FEWEST_OF_KEY);
    longest.map(|part| Rule::Phrase(fold(part))).into_iter().collect()
}

/// The rules for a web address.
pub(super) fn of_url(url: &str) -> Vec<Rule> {
    // People may leave out the beginning.
    let folded = fold(url);
    let address = folded.trim_end_matches('/');
    let (scheme, bare) = address.split_once("://").unwrap_or(("", address));
    let bare = bare.strip_prefix("www.").unwrap_or(bare);
    let is_distinctive = ["http", "https", ""].contains(&scheme) && bare.chars().count() >= FEWEST_OF_ADDRESS;
    vec![Rule::Address(if is_distinctive { bare } else { address }.to_owned())]
}

/// The rules for an email address, a postal address or another contact detail; none for a common word, because a town is not an
/// address.
pub(super) fn of_address(address: &str) -> Vec<Rule> {
    let folded = fold(address);
    let is_distinctive = |text: &str| {
        (text.contains(['@', '_', '/']) || text.contains(|letter: char| letter.is_ascii_digit()))
            && text.chars().count() >= FEWEST_OF_ADDRESS
    };
    let mut rules = of_street(address);
    if rules.is_empty() && is_distinctive(&folded) {
        rules.push(Rule::Phrase(folded.clone()));
    }
    // Ev <eve@example.org> contains an address.
    let words = folded.split([' ', '<', '>', '(', ')', ',', ';', '"']).map(|word| word.trim_start_matches("mailto:"));
    rules.extend(
        words.filter(|word| word.contains('@') && is_distinctive(word)).map(|word| Rule::Phrase(word.to_owned())),
    );
    rules
}

/// The rules for a public meeting place, only as written: elsewhere, its street may be where someone lives. None if a number, a link
/// or an email address is beside it.
pub(super) fn of_place(place: &str) -> Vec<Rule> {
    if of_street(place).is_empty() || !number::forms(place).is_empty() {
        return Vec::new();
    }
    vec![Rule::Phrase(fold(place)), Rule::Sequence(words_of_address(place))]
}

/// The rules for an area that is called like a person: Rose Park. Anything longer may be a sentence.
pub(super) fn of_area(area: &str) -> Vec<Rule> {
    const MOST_WORDS: usize = 3;
    let words: Vec<&str> = area.split_whitespace().collect();
    let is_name = words.len() <= MOST_WORDS && words.iter().all(|word| is_capitalized(word));
    if is_name { of_public_name(area) } else { Vec::new() }
}

/// The rules for a postal address: the whole and the street alone, with any punctuation and the usual short forms.
pub(super) fn of_street(address: &str) -> Vec<Rule> {
    /// The fewest words of a street with its number: 12 Elm St.
    const FEWEST_WORDS: usize = 3;
    if address.contains(['@', '_']) || address.contains("://") {
        return Vec::new();
    }
    let first = address.split([',', ';', '\n']).next().unwrap_or_default();
    let mut found: Vec<Rule> = Vec::new();
    for part in [address, first] {
        let words = words_of_address(part);
        let has_number = words.iter().any(|word| word.starts_with(|letter: char| letter.is_ascii_digit()));
        let has_name = words.iter().filter(|word| word.starts_with(char::is_alphabetic)).count() > 1;
        if words.len() >= FEWEST_WORDS && has_number && has_name && !found.contains(&Rule::Sequence(words.clone())) {
            found.push(Rule::Sequence(words));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_common_word_is_no_name() {
        let phrase = |text: &str| Rule::Phrase(text.to_owned());
        let name = |words: &[&str]| Rule::Name(words.iter().map(|word| (*word).to_owned()).collect());
        assert_eq!(of_name("Renée  O\u{2019}Neil"), [name(&["renee", "oneil"])]);
        assert_eq!(of_name("Art"), [Rule::Whole("Art".to_owned())]);
        assert_eq!(of_name("Cher"), [Rule::Word("Cher".to_owned())]);
        assert_eq!(of_name("April"), [Rule::Whole("April".to_owned())]);
        assert_eq!(of_name("Anne-Marie"), [phrase("anne-marie")]);
        assert_eq!(of_name("王小明"), [phrase("王小明")]);
        assert_eq!(of_other_name("Buzz"), [Rule::Word("Buzz".to_owned())]);
        assert_eq!(of_guest("Students"), [Rule::Whole("Students".to_owned())]);
        assert_eq!(of_guest("Pat Quill"), [name(&["pat", "quill"])]);
        assert_eq!(of_guest("City Council"), [Rule::Whole("City Council".to_owned())]);
        assert_eq!(of_guest("Two reporters"), [Rule::Whole("Two reporters".to_owned())]);
        assert_eq!(of_id("may"), [Rule::Id("may".to_owned())]);
        assert_eq!(of_id("ana-lopez"), [phrase("ana-lopez")]);
        assert!(of_address("Riverton").is_empty() && of_number("2026").is_empty());
        let street = |words: &[&str]| Rule::Sequence(words.iter().map(|word| (*word).to_owned()).collect());
        assert_eq!(of_address("12 Elm St"), [street(&["12", "elm", "street"])]);
        assert_eq!(
            of_address("12 Elm Street, Alder, NY 10001"),
            [street(&["12", "elm", "street", "alder", "ny", "10001"]), street(&["12", "elm", "street"])]
        );
        assert_eq!(of_address("Ev <zeta9@privmail.org>")[1], phrase("zeta9@privmail.org"));
        assert_eq!(of_handle("@evem_99"), [phrase("evem_99")]);
        assert_eq!(of_handle("https://example.org/users/evemoss/"), [phrase("@evemoss"), phrase("/evemoss")]);
    }
}
