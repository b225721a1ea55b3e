//! Searches texts for all withheld data at once. The time depends on the texts, not on how much is withheld.

use super::number;
use super::piece::OutgoingPiece;
use super::reading::readings;
use super::rule::{Rule, fold, is_unspaced};
use super::secret::{Secret, SecretKind, public, secrets};
use super::unlisted::Unlisted;
use super::wording::{self, WordPatterns};
use crate::kind::Kind;
use crate::ledger::Ledger;
use crate::parse::alike::alike;
use crate::record::field::{Field, Shape, TableDef};
use crate::record::table_of;
use crate::source::{LedgerPath, ROOT_FILE, Span, find_private_keys};
use aho_corasick::{AhoCorasick, BuildError};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::LazyLock;

/// The withheld data of a ledger, ready for searches.
#[derive(Debug)]
pub(crate) struct Search {
    secrets: Vec<Secret>,
    /// The index in `secrets` of private keys, which are recognized by their form.
    private_key: usize,
    phrases: AhoCorasick,
    /// Names and addresses, by their words.
    wordings: WordPatterns,
    /// For each phrase, whose it is; no one's for a public phrase that contains a withheld one.
    owners: Vec<Pattern>,
    wholes: Owners,
    ids: Owners,
    digits: Owners,
}

/// Indexes of secrets, by the text that reveals them.
type Owners = HashMap<String, Vec<usize>>;

#[derive(Debug)]
struct Pattern {
    secrets: Vec<usize>,
    manner: Manner,
}

/// How a phrase must appear in a text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Manner {
    /// With no letter or digit next to it.
    Words,
    /// The same, and not as the beginning of a longer address.
    Address,
    /// As this word with its capital letters.
    Capitals(String),
}

impl Search {
    /// The withheld data of a ledger in which these people are not listed.
    ///
    /// # Errors
    /// There is too much withheld data to search for at once.
    pub(crate) fn of(ledger: &Ledger, unlisted: &Unlisted) -> Result<Search, BuildError> {
        Search::build(secrets(ledger, unlisted), public(ledger, unlisted).into_iter().collect())
    }

    /// Data withheld from everyone, even from readers of private fields: private keys.
    ///
    /// # Errors
    /// None that is known.
    pub(crate) fn of_keys() -> Result<Search, BuildError> {
        Search::build(Vec::new(), HashSet::new())
    }

    fn build(mut secrets: Vec<Secret>, known: HashSet<Rule>) -> Result<Search, BuildError> {
        let private_key = secrets.len();
        secrets.push(Secret {
            what: SecretKind::PrivateKey,
            path: LedgerPath::new(ROOT_FILE),
            span: Span::START,
            rules: Vec::new(),
        });
        let mut phrases: HashMap<(String, Manner), Vec<usize>> = HashMap::new();
        let mut wordings: BTreeMap<(Vec<String>, wording::Manner), Vec<usize>> = BTreeMap::new();
        let (mut wholes, mut ids, mut digits) = (Owners::new(), Owners::new(), Owners::new());
        for (at, secret) in secrets.iter().enumerate() {
            for rule in secret.rules.iter().filter(|rule| !known.contains(rule)) {
                match rule.clone() {
                    Rule::Name(words) => wordings.entry((words, wording::Manner::Name)).or_default().push(at),
                    Rule::Sequence(words) => wordings.entry((words, wording::Manner::Sequence)).or_default().push(at),
                    Rule::Phrase(text) => phrases.entry((text, Manner::Words)).or_default().push(at),
                    Rule::Address(text) => phrases.entry((text, Manner::Address)).or_default().push(at),
                    Rule::Word(text) => phrases.entry((fold(&text), Manner::Capitals(text))).or_default().push(at),
                    Rule::Whole(text) => wholes.entry(text).or_default().push(at),
                    Rule::Id(text) => ids.entry(text).or_default().push(at),
                    Rule::Digits(text) => digits.entry(text).or_default().push(at),
                }
            }
        }
        phrases.retain(|(text, _), _| !text.is_empty());
        let mut patterns: Vec<(String, Pattern)> =
            phrases.into_iter().map(|((text, manner), secrets)| (text, Pattern { secrets, manner })).collect();
        patterns.sort_by(|a, b| (&a.0, &a.1.manner).cmp(&(&b.0, &b.1.manner)));
        let withheld = AhoCorasick::new(patterns.iter().map(|(text, _)| text))?;
        let public_wordings = known.iter().filter_map(|rule| match rule {
            Rule::Name(words) => Some((words.clone(), wording::Manner::Name, Vec::new())),
            Rule::Sequence(words) => Some((words.clone(), wording::Manner::Sequence, Vec::new())),
            _ => None,
        });
        let withheld_wordings = wordings.into_iter().map(|((words, manner), secrets)| (words, manner, secrets));
        let wordings = if withheld_wordings.len() == 0 {
            WordPatterns::default()
        } else {
            WordPatterns::new(withheld_wordings.chain(public_wordings))
        };
        // Public names that contain a withheld one are searched for too: "Ana Lopez Garcia" does not name Ana Lopez.
        let mut covering: Vec<String> = known
            .into_iter()
            .filter_map(|rule| match rule {
                Rule::Phrase(text) if withheld.is_match(&text) => Some(text),
                _ => None,
            })
            .collect();
        covering.sort();
        patterns
            .extend(covering.into_iter().map(|text| (text, Pattern { secrets: Vec::new(), manner: Manner::Words })));
        let phrases = AhoCorasick::new(patterns.iter().map(|(text, _)| text))?;
        let owners = patterns.into_iter().map(|(_, found)| found).collect();
        Ok(Search { secrets, private_key, phrases, wordings, owners, wholes, ids, digits })
    }

    /// The secret with this index.
    pub(crate) fn secret(&self, at: usize) -> Option<&Secret> {
        self.secrets.get(at)
    }

    /// The index of private keys, which are withheld even if they are in a private field.
    pub(crate) fn private_key(&self) -> usize {
        self.private_key
    }

    /// The indexes of the secrets that a piece reveals.
    pub(crate) fn find(&self, piece: &OutgoingPiece<'_>) -> BTreeSet<usize> {
        let mut found = BTreeSet::new();
        for reading in readings(&piece.text) {
            self.find_in(&reading, piece.key.as_deref(), &mut found);
        }
        found
    }

    fn find_in(&self, reading: &str, key: Option<&str>, found: &mut BTreeSet<usize>) {
        let text = fold(reading);
        let seen = alike(reading);
        found.extend(self.wholes.get(&seen).into_iter().flatten());
        if key.is_some_and(|key| ID_KEYS.contains(key)) {
            // The name of a record may begin with its kind.
            let id = text.rsplit('/').next().unwrap_or(&text);
            found.extend(self.ids.get(id).into_iter().flatten());
        }
        self.find_phrases(&text, &seen, found);
        self.wordings.find(reading, found);
        found.extend(Some(self.private_key).filter(|_| !find_private_keys(reading).is_empty()));
        if !self.digits.is_empty() {
            let numbers = number::candidates(reading);
            found.extend(numbers.iter().filter_map(|digits| self.digits.get(digits)).flatten());
        }
    }

    fn find_phrases(&self, text: &str, seen: &str, found: &mut BTreeSet<usize>) {
        let matches: Vec<_> = self.phrases.find_overlapping_iter(text).collect();
        let of = |pattern: aho_corasick::PatternID| self.owners.get(pattern.as_usize());
        let stands = |at: &aho_corasick::Match| {
            of(at.pattern()).is_some_and(|found_pattern| {
                stands_alone(text, at.start(), at.end(), found_pattern.manner == Manner::Address)
            })
        };
        let matches: Vec<_> = matches.into_iter().filter(stands).collect();
        let is_public =
            |at: &&aho_corasick::Match| of(at.pattern()).is_some_and(|found_pattern| found_pattern.secrets.is_empty());
        let mut covers: Vec<(usize, usize)> =
            matches.iter().filter(is_public).map(|at| (at.start(), at.end())).collect();
        covers.sort_unstable();
        // For each cover, how far those that begin no later extend.
        let mut reach = 0;
        for (_, end) in &mut covers {
            reach = reach.max(*end);
            *end = reach;
        }
        // A capitalized word may also be part of public names, and in lower case may appear anywhere.
        let mut within_names: HashMap<&str, usize> = HashMap::new();
        let mut words = Vec::new();
        for at in &matches {
            let Some(found_pattern) = of(at.pattern()) else { continue };
            let before = covers.partition_point(|(start, _)| *start <= at.start());
            let is_covered = before > 0 && covers[before - 1].1 >= at.end();
            match &found_pattern.manner {
                Manner::Capitals(word) if is_covered => *within_names.entry(word).or_default() += 1,
                Manner::Capitals(word) => words.push((word.as_str(), found_pattern)),
                _ if is_covered => {}
                _ => found.extend(&found_pattern.secrets),
            }
        }
        for (word, found_pattern) in words {
            let times = seen.split(|letter: char| !letter.is_alphanumeric()).filter(|other| *other == word).count();
            if times > within_names.get(word).copied().unwrap_or_default() {
                found.extend(&found_pattern.secrets);
            }
        }
    }
}

/// Whether words stand alone in a text: no letter or digit is next to them, unless the script has no spaces, and an address does not
/// continue. A query or a fragment after an address does not make it a different page.
fn stands_alone(text: &str, start: usize, end: usize, is_address: bool) -> bool {
    let within = text.get(start..end).unwrap_or_default();
    let before = text.get(..start).and_then(|before| before.chars().next_back());
    let mut after = text.get(end..).unwrap_or_default().chars();
    let next = after.next();
    let joins = |inner: Option<char>, outer: char| outer.is_alphanumeric() && !inner.is_some_and(is_unspaced);
    let goes_on = |letter: char| {
        joins(within.chars().next_back(), letter)
            || (is_address && "=-_%~".contains(letter))
            || (is_address && letter == '/' && after.next().is_some_and(char::is_alphanumeric))
    };
    !before.is_some_and(|letter| joins(within.chars().next(), letter)) && !next.is_some_and(goes_on)
}

/// The columns and keys with ids of people and members, and accounts.
static ID_KEYS: LazyLock<HashSet<String>> = LazyLock::new(|| {
    let mut keys: HashSet<String> =
        ["id", "record", "handle", "member", "advocate"].into_iter().map(str::to_owned).collect();
    for kind in Kind::ALL {
        collect(table_of(kind), "", &mut keys);
    }
    keys
});

fn collect(table: &'static TableDef, above: &str, keys: &mut HashSet<String>) {
    let names_people = |field: &&Field| {
        matches!(
            (field.shape)(),
            Shape::Reference(Kind::Member | Kind::Advocate) | Shape::Requirement | Shape::Eligible
        )
    };
    for field in table.fields.iter().filter(names_people) {
        keys.extend([field.name.to_owned(), format!("{above}{}", field.name)]);
    }
    for field in table.fields {
        if let Shape::Table(inner) = (field.shape)() {
            collect(inner, &format!("{above}{}_", field.name), keys);
        }
    }
}
