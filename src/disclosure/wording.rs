//! The words of a text, and how names and addresses stand in it: "Eve Moss", "Eve J. Moss", "Moss, Eve" and `eve-moss` are one name.

use super::rule::fold;
use crate::parse::alike::compose;
use std::collections::{BTreeSet, HashMap};

/// One word of a text: letters or digits without anything in between. An apostrophe belongs to its word.
#[derive(Debug, Clone)]
struct Word {
    /// The word, folded.
    folded: String,
    /// Whether it begins with a capital letter.
    is_capitalized: bool,
    /// What stands between it and the next word.
    gap: String,
}

/// How the words of a pattern may stand in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Manner {
    /// As a person's name: also with the family name first, and with a middle name or an initial more.
    Name,
    /// In this order, whatever punctuation is between them, as an address.
    Sequence,
}

/// Patterns of words, ready for a search of many texts.
#[derive(Debug, Default)]
pub(super) struct WordPatterns {
    patterns: Vec<Pattern>,
    /// The patterns by each word with which a match may begin.
    by_word: HashMap<String, Vec<usize>>,
}

#[derive(Debug)]
struct Pattern {
    words: Vec<String>,
    manner: Manner,
    /// The indexes of the secrets that it reveals; none for a public name, which covers what is in it.
    secrets: Vec<usize>,
}

/// Words of English that are also names. A name of such words alone counts only with a capital letter.
const COMMON: [&str; 118] = [
    "art", "ash", "autumn", "baker", "banks", "bell", "bill", "black", "bond", "book", "booker", "branch", "brook",
    "brooks", "brown", "burns", "bush", "buck", "carol", "cash", "chance", "chase", "cook", "cooper", "crane", "cross",
    "dale", "dawn", "day", "dean", "drew", "due", "earl", "early", "faith", "field", "fields", "fish", "ford",
    "forest", "foster", "fox", "frank", "garden", "gene", "glass", "gold", "good", "grace", "grant", "gray", "green",
    "guy", "hall", "hand", "heath", "hill", "holiday", "holly", "hope", "house", "hunter", "ivy", "jack", "jean",
    "joy", "june", "kind", "king", "knight", "lake", "lane", "little", "long", "love", "mark", "marsh", "mason", "may",
    "miles", "mill", "miller", "moon", "nick", "noble", "page", "park", "parks", "pat", "pearl", "penny", "pierce",
    "pool", "power", "price", "rain", "ray", "read", "reading", "reed", "rich", "rivers", "rob", "robin", "rock",
    "rose", "ruby", "sage", "short", "sky", "snow", "stone", "street", "sue", "summer", "sunny", "will", "winter",
];

/// Words of addresses and what they are short for.
const SHORT: [(&str, &str); 16] = [
    ("st", "street"),
    ("str", "street"),
    ("ave", "avenue"),
    ("av", "avenue"),
    ("rd", "road"),
    ("ln", "lane"),
    ("dr", "drive"),
    ("blvd", "boulevard"),
    ("ct", "court"),
    ("pl", "place"),
    ("sq", "square"),
    ("hwy", "highway"),
    ("n", "north"),
    ("s", "south"),
    ("e", "east"),
    ("w", "west"),
];

/// Shortened words of names, which end with a period.
const SHORTENED: [&str; 10] = ["st", "ste", "wm", "chas", "geo", "jos", "thos", "jas", "mt", "jr"];

/// The most words of a middle name.
const MOST_BETWEEN: usize = 2;

/// The words of a pattern, as [`WordPatterns::new`] takes them.
pub(super) fn words_of(text: &str) -> Vec<String> {
    words(text).into_iter().map(|word| word.folded).collect()
}

/// The words of an address, with the words in it that people shorten.
pub(super) fn words_of_address(text: &str) -> Vec<String> {
    words(text).iter().map(|word| spelled_out(&word.folded).to_owned()).collect()
}

/// The text with umlauts and the like written with two letters, as people do whose keyboards lack them; `None` without such.
pub(super) fn spell_umlauts(text: &str) -> Option<String> {
    const SPELLED: [(char, &str); 12] = [
        ('ä', "ae"),
        ('ö', "oe"),
        ('ü', "ue"),
        ('å', "aa"),
        ('ø', "oe"),
        ('æ', "ae"),
        ('Ä', "Ae"),
        ('Ö', "Oe"),
        ('Ü', "Ue"),
        ('Å', "Aa"),
        ('Ø', "Oe"),
        ('Æ', "Ae"),
    ];
    let composed = compose(text);
    let spell = |letter: char| SPELLED.iter().find(|(umlaut, _)| *umlaut == letter).map(|(_, spelled)| *spelled);
    composed.contains(|letter| spell(letter).is_some()).then(|| {
        composed.chars().fold(String::with_capacity(composed.len()), |mut text, letter| {
            match spell(letter) {
                Some(spelled) => text.push_str(spelled),
                None => text.push(letter),
            }
            text
        })
    })
}

/// The words of a text. A word ends where letters and digits meet, and before a capital letter after a lowercase one: `EveMoss2`.
fn words(text: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut current = String::new();
    let mut last: Option<char> = None;
    let finish = |current: &mut String, words: &mut Vec<Word>| {
        if !current.is_empty() {
            let is_capitalized = current.starts_with(|letter: char| letter.is_alphabetic() && !letter.is_lowercase());
            words.push(Word { folded: fold(current), is_capitalized, gap: String::new() });
            current.clear();
        }
    };
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        rest = rest.get(letter.len_utf8()..).unwrap_or_default();
        if letter.is_alphanumeric() || is_accent(letter) {
            let is_other = last.is_some_and(|last| {
                (last.is_numeric() != letter.is_numeric() && !is_accent(letter))
                    || (last.is_lowercase() && letter.is_uppercase())
            });
            if is_other {
                finish(&mut current, &mut words);
            }
            current.push(letter);
            last = Some(letter);
        } else if is_apostrophe(letter) && !current.is_empty() && !is_possessive(rest) {
            // O'Brien is also written OBrien.
            last = None;
        } else {
            finish(&mut current, &mut words);
            last = None;
            if let Some(word) = words.last_mut() {
                word.gap.push(letter);
            }
        }
    }
    finish(&mut current, &mut words);
    words
}

fn is_accent(letter: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&letter)
}

fn is_apostrophe(letter: char) -> bool {
    matches!(letter, '\'' | '\u{2018}' | '\u{2019}' | '\u{2bc}' | '`' | '\u{b4}' | '\u{ff07}')
}

/// Whether what follows an apostrophe makes a possessive: Eve's.
fn is_possessive(rest: &str) -> bool {
    let mut letters = rest.chars();
    letters.next().is_some_and(|letter| matches!(letter, 's' | 'S'))
        && !letters.next().is_some_and(char::is_alphanumeric)
}

fn spelled_out(word: &str) -> &str {
    SHORT.iter().find(|(short, _)| *short == word).map_or(word, |(_, long)| long)
}

impl WordPatterns {
    /// These patterns: their words, how they stand in a text, and the secrets they reveal. A pattern without secrets is public: what
    /// is inside it is part of it.
    pub(super) fn new(patterns: impl IntoIterator<Item = (Vec<String>, Manner, Vec<usize>)>) -> WordPatterns {
        let mut index = WordPatterns::default();
        for (words, manner, secrets) in patterns.into_iter().filter(|(words, ..)| words.len() > 1) {
            let at = index.patterns.len();
            let mut first: BTreeSet<String> = words.iter().take(1).cloned().collect();
            if manner == Manner::Name && !secrets.is_empty() {
                // The family name may come first; of several words, any may begin it.
                first.extend(words.iter().skip(1).cloned());
            }
            for word in first {
                index.by_word.entry(word).or_default().push(at);
            }
            index.patterns.push(Pattern { words, manner, secrets });
        }
        index
    }

    /// Adds the secrets that a text reveals.
    pub(super) fn find(&self, text: &str, found: &mut BTreeSet<usize>) {
        if self.patterns.is_empty() {
            return;
        }
        self.find_in(&words(text), found);
        if let Some(spelled) = spell_umlauts(text) {
            self.find_in(&words(&spelled), found);
        }
    }

    fn find_in(&self, words: &[Word], found: &mut BTreeSet<usize>) {
        let mut covers: Vec<(usize, usize)> = Vec::new();
        let mut matches: Vec<(usize, usize, &Pattern)> = Vec::new();
        for at in 0..words.len() {
            let candidates = [words[at].folded.as_str(), spelled_out(&words[at].folded)];
            let distinct = if candidates[0] == candidates[1] { 1 } else { 2 };
            for pattern in candidates.iter().take(distinct).filter_map(|word| self.by_word.get(*word)).flatten() {
                let pattern = &self.patterns[*pattern];
                let Some(end) = pattern.end_of_match(&words[at..]).map(|length| at + length) else { continue };
                if pattern.secrets.is_empty() {
                    covers.push((at, end));
                } else {
                    matches.push((at, end, pattern));
                }
            }
        }
        // For each cover, how far those that begin no later extend.
        let mut reach = 0;
        for (_, end) in &mut covers {
            reach = reach.max(*end);
            *end = reach;
        }
        for (start, end, pattern) in matches {
            let before = covers.partition_point(|(from, _)| *from <= start);
            if before == 0 || covers[before - 1].1 < end {
                found.extend(&pattern.secrets);
            }
        }
    }
}

impl Pattern {
    /// How many words a match takes that begins with the first of these.
    fn end_of_match(&self, text: &[Word]) -> Option<usize> {
        match self.manner {
            Manner::Sequence => self.sequence(text),
            Manner::Name if self.secrets.is_empty() => self.forward(text, 0),
            Manner::Name => {
                (0..=MOST_BETWEEN).find_map(|between| self.forward(text, between)).or_else(|| self.inverted(text))
            }
        }
    }

    /// The words in their order, whatever is between them; at most one line break.
    fn sequence(&self, text: &[Word]) -> Option<usize> {
        let length = self.words.len();
        let part = text.get(..length)?;
        let is_same = part.iter().zip(&self.words).all(|(word, wanted)| spelled_out(&word.folded) == wanted);
        let is_one = part.iter().take(length - 1).all(|word| word.gap.matches('\n').count() < 2);
        (is_same && is_one).then_some(length)
    }

    /// The given name, some words between, and the rest of the name.
    fn forward(&self, text: &[Word], between: usize) -> Option<usize> {
        let length = self.words.len() + between;
        let part = text.get(..length)?;
        let (first, rest) = part.split_first()?;
        let (middle, rest) = rest.split_at_checked(between)?;
        let is_same = first.folded == self.words[0]
            && rest.iter().zip(&self.words[1..]).all(|(word, wanted)| word.folded == *wanted);
        if !is_same || !part.iter().take(length - 1).all(Word::joins_name) {
            return None;
        }
        let is_middle = |word: &Word| word.is_capitalized && word.folded.chars().all(char::is_alphabetic);
        let is_couple = |words: &[Word]| matches!(words, [and, other] if (and.folded == "and") && is_middle(other));
        let is_natural = match middle {
            [] => true,
            [word] => is_middle(word) || word.folded.chars().count() == 1,
            words => words.iter().all(is_middle) || is_couple(words),
        };
        let has_capital = |words: &[Word]| words.iter().any(|word| word.is_capitalized);
        let is_marked = part.iter().take(length - 1).any(|word| word.gap.contains(['-', '.', '_']));
        let needs_capital = between > 0 || self.is_common();
        (is_natural && (!needs_capital || is_marked || (first.is_capitalized && has_capital(rest)))).then_some(length)
    }

    /// The family name, which may have several words, and the given name: `Moss, Eve`; without a comma, both capitalized.
    fn inverted(&self, text: &[Word]) -> Option<usize> {
        (1..self.words.len()).find_map(|split| {
            let (given, family) = self.words.split_at(split);
            let length = family.len() + 1;
            let part = text.get(..length)?;
            let (last, names) = part.split_last()?;
            let is_same =
                last.folded == given[0] && names.iter().zip(family).all(|(word, wanted)| word.folded == *wanted);
            let (end, inner) = names.split_last()?;
            if !is_same || !inner.iter().all(Word::joins_name) {
                return None;
            }
            let gap = end.gap.trim();
            let is_listed = gap == "," && !end.gap.contains('\n');
            let is_plain = (gap.is_empty() || gap == "|") && !end.gap.contains('\n');
            let is_capital = last.is_capitalized && names.iter().any(|word| word.is_capitalized);
            // `Alder Eve` without a comma says nothing where the name is longer than two words.
            let is_whole = self.words.len() == 2;
            (is_listed && (is_capital || !self.is_common()) || (is_plain && is_capital && is_whole)).then_some(length)
        })
    }

    fn is_common(&self) -> bool {
        self.words.iter().all(|word| COMMON.contains(&word.as_str()))
    }
}

impl Word {
    /// Whether what follows this word may be inside a name.
    fn joins_name(&self) -> bool {
        let gap = &self.gap;
        if gap.matches('\n').count() > 1 || gap.contains([',', ';', ':', '!', '?']) {
            return false;
        }
        // A period ends a sentence, unless it is part of an address, an initial or a shortened word.
        let is_end = gap.contains('.') && gap.contains(char::is_whitespace);
        !is_end || self.folded.chars().count() == 1 || SHORTENED.contains(&self.folded.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(name: &str, text: &str) -> bool {
        let patterns = [words_of(name)].into_iter().chain(spell_umlauts(name).map(|name| words_of(&name)));
        let patterns = WordPatterns::new(patterns.map(|words| (words, Manner::Name, vec![7])));
        let mut found = BTreeSet::new();
        patterns.find(text, &mut found);
        !found.is_empty()
    }

    #[test]
    fn a_name_is_found_however_people_write_it() {
        for (name, text) in [
            ("Eve Moss", "We thank EVE MOSS."),
            ("Eve Moss", "eve moss came"),
            ("Eve Moss", "Eve J. Moss"),
            ("Eve Moss", "Eve J Moss"),
            ("Eve Moss", "Eve Jane Moss"),
            ("Eve Moss", "Eve Jane Ann Moss"),
            ("Eve Moss", "Eve (Evie) Moss"),
            ("Eve Moss", "Eve \u{201c}Evie\u{201d} Moss"),
            ("Eve Moss", "Eve and John Moss"),
            ("Eve Moss", "Eve & John Moss"),
            ("Eve Moss", "Moss, Eve"),
            ("Eve Moss", "Moss,Eve"),
            ("Eve Moss", "Present: Moss Eve"),
            ("Eve Moss", "| Eve | Moss |"),
            ("Eve Moss", "Eve\nMoss"),
            ("Eve Moss", "eve-moss"),
            ("Eve Moss", "eve_moss@x.org"),
            ("Eve Moss", "Eve Moss\u{b9}"),
            ("Eve Moss", "Eve Moss2"),
            ("Eve Moss", "#EveMoss"),
            ("Eve Moss", "Eve/Moss"),
            ("Eve Moss", "Eve Moss\u{2019}s garden"),
            ("Eve de la Cruz", "de la Cruz, Eve"),
            ("Ludwig van Doorn", "van Doorn, Ludwig"),
            ("Jean-Luc Picot", "Jean Luc Picot"),
            ("Ana López-García", "Ana Lopez Garcia"),
            ("J. R. Ewings", "J.R. Ewings"),
            ("Eve St. John", "Eve St John"),
            ("Eve St John", "Eve St. John"),
            ("Siobhán O'Brien", "Siobhan OBrien"),
            ("Siobhan OBrien", "Siobhán O\u{2019}Brien"),
            ("Jürgen Müller", "Juergen Mueller"),
            ("Juergen Mueller", "Jürgen Müller"),
            ("Jürgen Müller", "Jurgen Muller"),
            ("Will Long", "Will Long"),
            ("Will Long", "Long, Will"),
        ] {
            assert!(names(name, text), "{name}: {text}");
        }
    }

    #[test]
    fn other_words_are_no_name() {
        for (name, text) in [
            ("Eve Moss", "New Year's Eve. Moss grows"),
            ("Eve Moss", "Eve, Moss and Ash"),
            ("Eve Moss", "on the eve of the moss walk"),
            ("Eve Moss", "Eve\n\nMoss"),
            ("Eve Moss", "Steve Moss"),
            ("Eve Moss", "Eve Mossman"),
            ("Will Long", "It will long be remembered"),
            ("Joy Reading", "the joy reading gives"),
            ("Bill Due", "the bill due in May"),
        ] {
            assert!(!names(name, text), "{name}: {text}");
        }
    }

    #[test]
    fn a_public_name_covers_what_is_in_it() {
        let patterns = WordPatterns::new([
            (words_of("Eve Moss"), Manner::Name, vec![1]),
            (words_of("Eve Moss Memorial Library"), Manner::Name, Vec::new()),
        ]);
        let find = |text: &str| {
            let mut found = BTreeSet::new();
            patterns.find(text, &mut found);
            found.len()
        };
        assert_eq!((find("the Eve Moss Memorial Library"), find("Eve Moss of the Eve Moss Memorial Library")), (0, 1));
    }

    #[test]
    fn an_address_is_found_on_one_line_or_two() {
        let patterns = WordPatterns::new([(words_of_address("77 Quiet Ln"), Manner::Sequence, vec![1])]);
        for (text, is_found) in [
            ("at 77 Quiet Lane, Alder", true),
            ("77 quiet ln.", true),
            ("77\nQuiet Lane", true),
            ("177 Quiet Lane", false),
            ("77 Quiet Street", false),
        ] {
            let mut found = BTreeSet::new();
            patterns.find(text, &mut found);
            assert_eq!(!found.is_empty(), is_found, "{text}");
        }
    }
}
