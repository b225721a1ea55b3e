//! Findings for readers who may not be allowed to read the ledger, such as in the log of a CI service: they name the field, and
//! leave out its value if that is private.

use super::{Reported, Verdict, find};
use crate::disclosure::{Consents, Unlisted};
use crate::finding::{CheckName, name};
use crate::kind::{Kind, RecordKey, SIGNATURES};
use crate::ledger::Ledger;
use crate::parse::alike::fold;
use crate::record::field::{Field, Shape};
use crate::record::private_place::{Form, PrivatePlace, PrivatePlaces, whole_lines};
use crate::record::{fields_of, fields_of_root, without_private};
use crate::source::{LedgerPath, ROOT_FILE, Span};
use aho_corasick::{AhoCorasick, MatchKind};
use chrono::NaiveDate;
use rayon::prelude::*;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::LazyLock;

/// Replaces a private value inside a sentence.
const LEFT_OUT: &str = "\u{2026}";

/// The words that the names of fields consist of, and those that a field may hold: every sentence about a field may say them.
static FIELD_WORDS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    let mut words = HashSet::new();
    let mut open: Vec<&Field> = Kind::ALL.into_iter().flat_map(fields_of).chain(fields_of_root()).collect();
    while let Some(field) = open.pop() {
        words.extend(field.name.split('_').chain([field.name]));
        match (field.shape)() {
            Shape::Table(table) => open.extend(table.fields),
            Shape::Choice(choices) => words.extend(choices.iter().map(|choice| choice.word)),
            _ => {}
        }
    }
    words
});

/// How many letters of a value a sentence must share to give it away; a shorter value is looked for whole.
const TELLING: usize = 4;

/// Checks that compare people, and so name another one than the record is of.
const OF_IDENTITY: [&str; 3] = ["duplicate-entry", "duplicate-id", "likely-duplicate"];

/// The fields by which a person is known.
const NAMES: [&str; 2] = ["name", "other_names"];

/// The verdict without the private values that its sentences quote, seen on `today`: contact details that are not public,
/// private fields, everything under `[extra]`, and the names of people who have not agreed to be listed, if a finding is
/// about such a field. [`Reported::withheld`] then says whose lines must not be shown.
pub fn discreet(ledger: &Ledger, today: NaiveDate, mut verdict: Verdict) -> Verdict {
    let discretion = Discretion::of(ledger, today);
    verdict.reported.iter_mut().for_each(|reported| reported.hides_comments = true);
    // The findings of one file follow on each other.
    let files = verdict.reported.par_chunk_by_mut(|a, b| a.finding.path == b.finding.path);
    files.for_each(|of_file| {
        let Some(path) = of_file.first().map(|reported| reported.finding.path.clone()) else { return };
        let Some(text) = ledger.texts.get(&path) else { return };
        let file = discretion.read(&path, text);
        of_file.iter_mut().for_each(|reported| file.withhold(reported, text, &discretion.names));
    });
    verdict
}

struct Discretion<'l> {
    /// The people who have not agreed to be listed.
    unlisted: Unlisted,
    /// Their names, each with the id.
    names: Names,
    /// The files of minutes that are private.
    minutes: HashSet<LedgerPath>,
    /// The records by their files.
    records: HashMap<&'l LedgerPath, &'l RecordKey>,
}

/// What is private in one file.
struct PrivateFile {
    private: PrivatePlaces,
    /// The private values, as a sentence may quote them.
    values: HashSet<String>,
    /// The record's id, if it replaces the name of a person who is not listed.
    unlisted: Option<String>,
}

impl PrivateFile {
    /// What replaces a value of this file in a sentence, if the value is private.
    fn mark_for(&self, value: &str) -> Option<&'static str> {
        self.values.contains(value).then_some(LEFT_OUT)
    }

    /// Removes what is private from the sentences of a finding in this file.
    fn withhold(&self, reported: &mut Reported, text: &str, unlisted: &Names) {
        let finding = &reported.finding;
        if finding.check == name::CONFLICT_MARKER {
            // The line is git's.
            return;
        }
        let span = finding.span;
        if finding.of_whole_file || finding.check == name::MISSING_FIELD {
            reported.withheld = !self.private.within(text, span).is_empty();
            return;
        }
        let about = self.private.within(text, span);
        let shown = Span::from(whole_lines(text, span));
        reported.withheld = !about.is_empty() || !self.private.within(text, shown).is_empty();
        // Of a text that is private as a whole, the lines of the finding.
        let hidden = |place: &PrivatePlace| {
            let (start, end) = (place.span.start.max(shown.start), place.span.end.min(shown.end));
            text.get(Span { start, end: end.max(start) }.range()).unwrap_or_default()
        };
        let names: Vec<&str> = about.iter().filter(|place| is_name(place)).map(hidden).collect();
        let telling: BTreeSet<String> = about.iter().flat_map(|place| tokens(hidden(place))).collect();
        let known = self.unlisted.as_deref().map(fold).unwrap_or_default();
        let gives_away = |sentence: &str| {
            let sentence = fold(sentence);
            telling.iter().any(|token| {
                sentence.contains(token) && !known.contains(token) && !FIELD_WORDS.contains(token.as_str())
            })
        };
        let said = |sentence: &str| {
            self.unlisted.iter().fold(sentence.to_owned(), |sentence, id| {
                names.iter().flat_map(|name| quoted_texts(name)).fold(sentence, |said, name| said.replace(&name, id))
            })
        };
        let field = about.iter().map(|place| place.field.as_str()).find(|field| !field.is_empty());
        let of_field = about.iter().flat_map(|place| quoted_texts(hidden(place)));
        let of_field: HashSet<String> = of_field.filter(|text| !FIELD_WORDS.contains(text.as_str())).collect();
        // What is wrong is wrong with the field; in a line to write, its value is left out.
        let named = |value: &str| field.filter(|_| of_field.contains(value)).or_else(|| self.mark_for(value));
        let message = without_values(&said(&finding.message), named);
        // Of a text that was quoted, the field is named in its place.
        let message = field.map_or(message.clone(), |field| {
            message
                .replace(&format!("the text `{field}`"), &format!("the text of `{field}`"))
                .replace(&format!("cannot be \"{field}\""), &format!("cannot be \"{LEFT_OUT}\""))
        });
        // A line to write has no id in place of a name.
        let own: Vec<String> = names.iter().flat_map(|name| quoted_texts(name)).collect();
        let is_hidden = |value: &str| {
            named(value).is_some() || (self.unlisted.is_some() && own.iter().any(|name| value.contains(name.as_str())))
        };
        let help = said(&without_values(&finding.help, |value| is_hidden(value).then_some(LEFT_OUT)));
        let (message, help) = if finding.missing == Some(Kind::Advocate) {
            // Who has no record is not named; what has the form of an id may be a misspelled one.
            let mark = |value: &str| (!is_id(value)).then_some(LEFT_OUT);
            let shown = (without_values(&message, mark), without_values(&help, mark));
            reported.withheld |= shown.0 != message;
            shown
        } else if !about.is_empty() || OF_IDENTITY.contains(&finding.check.as_str()) {
            (unlisted.replace(&message), unlisted.replace(&help))
        } else {
            (message, help)
        };
        let finding = &mut reported.finding;
        if reported.withheld || message != finding.message || help != finding.help {
            finding.fix = None;
        }
        finding.message = if gives_away(&message) { plain_message(finding.check, field) } else { message };
        finding.help = if gives_away(&help) { plain_help(finding.check, &help, gives_away) } else { help };
    }
}

impl<'l> Discretion<'l> {
    fn of(ledger: &'l Ledger, today: NaiveDate) -> Discretion<'l> {
        let minutes = ledger.meetings.iter().filter_map(|meeting| {
            let file = meeting.minutes_file.as_ref()?;
            let open = without_private(meeting, ledger.json_of(meeting), &ledger.audience(today, false));
            (!open.contains_key("minutes_file")).then(|| meeting.path.beside(file)).flatten()
        });
        let records = ledger.records().map(|record| (record.path(), record.key())).collect();
        let unlisted = Unlisted::of(ledger, &Consents::of(ledger, today));
        let names = Names::of(ledger, &unlisted);
        Discretion { unlisted, names, minutes: minutes.collect(), records }
    }

    fn read(&self, path: &LedgerPath, text: &str) -> PrivateFile {
        let is_record = path.as_str().to_lowercase().ends_with(".toml");
        let form = match Kind::of_folder(path.top()) {
            _ if path.as_str() == ROOT_FILE => Some(Form::Coalition),
            _ if !is_record => None,
            _ if path.top() == SIGNATURES => Some(Form::Signatures),
            kind => kind.map(Form::Record),
        };
        let unlisted = self.records.get(path).filter(|key| self.unlisted.has(key)).map(|key| key.id.to_string());
        // A person whose file was not read may be one who is not listed.
        let is_unnamed =
            unlisted.is_some() || (form == Some(Form::Record(Kind::Advocate)) && !self.records.contains_key(path));
        let private = match form {
            Some(form) => PrivatePlaces::of(form, text, if is_unnamed { &NAMES } else { &[] }),
            None if self.minutes.contains(path) => PrivatePlaces::whole(text),
            None => PrivatePlaces::default(),
        };
        let hidden = private.places().iter().filter(|place| !is_name(place));
        let values = hidden.flat_map(|place| quoted_texts(text.get(place.span.range()).unwrap_or_default()));
        let is_telling = |value: &String| value.chars().count() >= TELLING && !FIELD_WORDS.contains(value.as_str());
        let values = values.filter(is_telling).collect();
        PrivateFile { private, values, unlisted }
    }
}

/// The names of people who have not agreed to be listed, each with the id that stands for it.
struct Names {
    search: Option<AhoCorasick>,
    ids: Vec<String>,
}

impl Names {
    fn of(ledger: &Ledger, unlisted: &Unlisted) -> Names {
        let people = ledger.advocates.iter().filter(|advocate| unlisted.has(&advocate.key));
        let names = people.flat_map(|advocate| {
            let names = advocate.common.name.iter().chain(&advocate.common.other_names);
            names.map(|name| (name.value.clone(), advocate.key.id.to_string()))
        });
        let (names, ids): (Vec<_>, Vec<_>) = names.filter(|(name, _)| !name.trim().is_empty()).unzip();
        let search = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(&names);
        Names { search: search.ok(), ids }
    }

    fn replace(&self, sentence: &str) -> String {
        match &self.search {
            Some(search) => search.replace_all(sentence, &self.ids),
            None => sentence.to_owned(),
        }
    }
}

/// Whether a quoted value has the form of an id, a field or a path.
fn is_id(value: &str) -> bool {
    value.chars().all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit() || "-_./[]=\"".contains(letter))
}

fn is_name(place: &PrivatePlace) -> bool {
    NAMES.contains(&place.field.as_str())
}

/// The words of a value by which a sentence would give it away.
fn tokens(value: &str) -> Vec<String> {
    let value = fold(value);
    let words = value.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    let long: Vec<String> = words.filter(|word| word.chars().count() >= TELLING).map(str::to_owned).collect();
    let bare = value.trim_matches(['"', '\'', ' ', '\n', '[', ']']).to_owned();
    if long.is_empty() && bare.contains(char::is_alphanumeric) { vec![bare] } else { long }
}

/// The texts of a value in TOML: what is between its quotes, otherwise the value.
fn quoted_texts(value: &str) -> Vec<String> {
    let quoted: Vec<String> = value
        .split(['"', '\''])
        .map(str::trim)
        .filter(|part| part.chars().any(char::is_alphanumeric))
        .map(str::to_owned)
        .collect();
    let whole = value.trim_matches(|letter: char| matches!(letter, '"' | '\'') || letter.is_whitespace()).to_owned();
    quoted.into_iter().chain([whole].into_iter().filter(|whole| !whole.is_empty())).collect()
}

/// A sentence in which each value that it quotes is replaced with what `mark` returns for it.
fn without_values<'m>(sentence: &str, mark: impl Fn(&str) -> Option<&'m str>) -> String {
    const QUOTES: [(char, char); 3] = [('`', '`'), ('"', '"'), ('\u{201c}', '\u{201d}')];
    let mut said = String::with_capacity(sentence.len());
    let mut rest = sentence;
    while let Some((at, (open, close))) =
        rest.char_indices().find_map(|(at, c)| QUOTES.iter().find(|(open, _)| *open == c).map(|quotes| (at, *quotes)))
    {
        let (before, quoted) = rest.split_at(at + open.len_utf8());
        said.push_str(before);
        let Some((inner, after)) = quoted.split_once(close) else {
            rest = quoted;
            continue;
        };
        said.push_str(mark(inner.trim()).unwrap_or(inner));
        said.push(close);
        rest = after;
    }
    said + rest
}

/// A message about a private value that does not show it.
fn plain_message(check: CheckName, field: Option<&str>) -> String {
    let place = field.map_or_else(|| "this line".to_owned(), |field| format!("`{field}`"));
    let wrong = match check {
        name::INVALID_TOML => format!("{place} is not valid TOML"),
        name::WRONG_TYPE => format!("{place} has a value of the wrong type"),
        name::INVALID_VALUE => format!("{place} does not have a valid value"),
        _ => {
            let what = find(check.as_str()).map_or("", |check| check.what);
            let what = what.split([':', '.']).next().unwrap_or_default();
            let mut letters = what.chars();
            let first = letters.next().map(|letter| letter.to_ascii_lowercase());
            format!("{place}: {}{}", first.unwrap_or_default(), letters.as_str())
        }
    };
    format!("{wrong}; its value is private and not shown here")
}

/// The help of a finding about a private value: what comes before the line to write, or where that can be seen.
fn plain_help(check: CheckName, help: &str, gives_away: impl Fn(&str) -> bool) -> String {
    let what = if check == name::INVALID_TOML { "line" } else { "value" };
    let terminal = format!("run `coalition check` in a terminal to see the {what} and how to write it");
    match help.split_once(": ") {
        Some((how, _)) if !gives_away(how) => format!("{how}; {terminal}"),
        _ => terminal,
    }
}

#[cfg(test)]
mod tests;
