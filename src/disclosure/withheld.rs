//! Searches texts for all that is withheld, at once: in time that grows with the texts, not with what is withheld.

use super::number;
use super::piece::Piece;
use super::rule::{Rule, fold};
use super::secret::{Secret, public, secrets};
use super::unlisted::Unlisted;
use crate::kind::Kind;
use crate::ledger::Ledger;
use crate::parse::alike::alike;
use crate::record::field::{Field, Shape, TableDef};
use crate::record::table_of;
use aho_corasick::{AhoCorasick, BuildError};
use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::LazyLock;

/// All that a ledger withholds, ready to be looked for.
#[derive(Debug)]
pub struct Withheld {
    secrets: Vec<Secret>,
    phrases: AhoCorasick,
    /// Of each phrase: whose it is; nobody's for a public one around a withheld one.
    owners: Vec<Found>,
    words: Owners,
    wholes: Owners,
    ids: Owners,
    digits: Owners,
}

/// The places of what is withheld, by the text that tells it.
type Owners = HashMap<String, Vec<usize>>;

#[derive(Debug)]
struct Found {
    secrets: Vec<usize>,
    is_address: bool,
}

impl Withheld {
    /// What a ledger withholds while these people are not listed.
    ///
    /// # Errors
    /// More than can be looked for at once.
    pub fn of(ledger: &Ledger, unlisted: &Unlisted) -> Result<Withheld, BuildError> {
        let secrets = secrets(ledger, unlisted);
        let known: HashSet<Rule> = public(ledger, unlisted).into_iter().collect();
        let mut phrases: HashMap<(String, bool), Vec<usize>> = HashMap::new();
        let (mut words, mut wholes, mut ids, mut digits) = (Owners::new(), Owners::new(), Owners::new(), Owners::new());
        for (at, secret) in secrets.iter().enumerate() {
            for rule in secret.rules.iter().filter(|rule| !known.contains(rule)) {
                match rule.clone() {
                    Rule::Phrase(text) => phrases.entry((text, false)).or_default().push(at),
                    Rule::Address(text) => phrases.entry((text, true)).or_default().push(at),
                    Rule::Word(text) => words.entry(text).or_default().push(at),
                    Rule::Whole(text) => wholes.entry(text).or_default().push(at),
                    Rule::Id(text) => ids.entry(text).or_default().push(at),
                    Rule::Digits(text) => digits.entry(text).or_default().push(at),
                }
            }
        }
        phrases.retain(|(text, _), _| !text.is_empty());
        let mut patterns: Vec<(String, Found)> =
            phrases.into_iter().map(|((text, is_address), secrets)| (text, Found { secrets, is_address })).collect();
        patterns.sort_by(|a, b| a.0.cmp(&b.0));
        let withheld = AhoCorasick::new(patterns.iter().map(|(text, _)| text))?;
        // A public name around a withheld one is looked for too: Ana Lopez is not named by Ana Lopez Garcia.
        let mut around: Vec<String> = known
            .into_iter()
            .filter_map(|rule| match rule {
                Rule::Phrase(text) if withheld.is_match(&text) => Some(text),
                _ => None,
            })
            .collect();
        around.sort();
        patterns.extend(around.into_iter().map(|text| (text, Found { secrets: Vec::new(), is_address: false })));
        let phrases = AhoCorasick::new(patterns.iter().map(|(text, _)| text))?;
        let owners = patterns.into_iter().map(|(_, found)| found).collect();
        Ok(Withheld { secrets, phrases, owners, words, wholes, ids, digits })
    }

    /// Something withheld by its place among all.
    pub fn secret(&self, at: usize) -> Option<&Secret> {
        self.secrets.get(at)
    }

    /// What is withheld, by kind.
    pub fn secrets(&self) -> &[Secret] {
        &self.secrets
    }

    /// The places of what a piece tells.
    pub fn find(&self, piece: &Piece<'_>) -> BTreeSet<usize> {
        let text = fold(&piece.text);
        let seen = alike(&piece.text);
        let mut found: BTreeSet<usize> = self.wholes.get(&seen).into_iter().flatten().copied().collect();
        if piece.key.as_deref().is_some_and(|key| ID_KEYS.contains(key)) {
            // What stands for a record may have its kind in front.
            let id = text.rsplit('/').next().unwrap_or(&text);
            found.extend(self.ids.get(id).into_iter().flatten());
        }
        self.find_phrases(&text, &mut found);
        if !self.words.is_empty() {
            let words = seen.split(|letter: char| !letter.is_alphanumeric());
            found.extend(words.filter_map(|word| self.words.get(word)).flatten());
        }
        if !self.digits.is_empty() {
            let numbers = number::candidates(&piece.text);
            found.extend(numbers.iter().filter_map(|digits| self.digits.get(digits)).flatten());
        }
        found
    }

    fn find_phrases(&self, text: &str, found: &mut BTreeSet<usize>) {
        let matches: Vec<_> = self.phrases.find_overlapping_iter(text).collect();
        let of = |pattern: aho_corasick::PatternID| self.owners.get(pattern.as_usize());
        let stands = |at: &aho_corasick::Match| {
            of(at.pattern()).is_some_and(|own| is_apart(text, at.start(), at.end(), own.is_address))
        };
        let matches: Vec<_> = matches.into_iter().filter(stands).collect();
        let is_public = |at: &&aho_corasick::Match| of(at.pattern()).is_some_and(|own| own.secrets.is_empty());
        let mut covers: Vec<(usize, usize)> =
            matches.iter().filter(is_public).map(|at| (at.start(), at.end())).collect();
        covers.sort_unstable();
        // How far the covers reach that begin no later than each.
        let mut reach = 0;
        for (_, end) in &mut covers {
            reach = reach.max(*end);
            *end = reach;
        }
        for at in &matches {
            let before = covers.partition_point(|(start, _)| *start <= at.start());
            let is_covered = before > 0 && covers[before - 1].1 >= at.end();
            if !is_covered {
                found.extend(of(at.pattern()).into_iter().flat_map(|own| &own.secrets));
            }
        }
    }
}

/// Whether words stand for themselves in a text: no letter or digit is beside them, and an address does not go on.
fn is_apart(text: &str, start: usize, end: usize, is_address: bool) -> bool {
    let before = text.get(..start).and_then(|before| before.chars().next_back());
    let mut after = text.get(end..).unwrap_or_default().chars();
    let next = after.next();
    let goes_on = |letter: char| {
        letter.is_alphanumeric()
            || (is_address && "?#&=-_%~".contains(letter))
            || (is_address && letter == '/' && after.next().is_some_and(char::is_alphanumeric))
    };
    !before.is_some_and(char::is_alphanumeric) && !next.is_some_and(goes_on)
}

/// The columns and keys under which ids of people and members stand, and accounts.
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
