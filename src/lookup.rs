//! Finds the record that people mean by a word: by its id, the path of its file, its name, or a part of its name that no other
//! record has. A record that commands act on must have been read without a doubt: no one signs, amends or judges what may be
//! only part of a file, or one of two files with the same id.

use crate::document::words;
use crate::error::Error;
use crate::finding::{Finding, name};
use crate::kind::{Kind, RecordKey};
use crate::ledger::{Ledger, Stored};
use crate::parse::alike::{fold, fold_accents};
use crate::parse::suggest::nearest;
use crate::record::{AnyRecord, Member, Record};
use crate::source::LineIndex;

/// How many records a refusal lists; the rest are counted.
const LISTED: usize = 6;

/// The record that is meant by `kind/id`, by the path of its file, or by an id, a name or a part of a name that only one
/// record has.
///
/// # Errors
/// If no record is meant, or several.
pub(crate) fn find_record<'l>(ledger: &'l Ledger, word: &str) -> Result<&'l dyn AnyRecord, Error> {
    if let Some((kind, id)) = word.split_once('/')
        && let Ok(kind) = kind.parse::<Kind>()
    {
        return find_by_path(ledger, kind, id);
    }
    if let Some(record) = find_by_word(ledger, &Kind::ALL, word)? {
        return Ok(record);
    }
    Kind::ALL.into_iter().try_for_each(|kind| require_readable(ledger, &RecordKey::new(kind, word)))?;
    Err(Error::usage(match nearest(word, ledger.records().map(|record| &*record.key().id)) {
        Some(near) => format!("there is no record `{word}`; did you mean `{near}`?"),
        None => format!("there is no record `{word}`; `coalition list members` shows the ids of members"),
    }))
}

/// The record of a kind that is meant by what comes after the kind: an id, the path of a file in its folder, or a name.
fn find_by_path<'l>(ledger: &'l Ledger, kind: Kind, rest: &str) -> Result<&'l dyn AnyRecord, Error> {
    let stem = rest.strip_suffix(".toml").unwrap_or(rest);
    let id = stem.rsplit('/').next().unwrap_or(stem);
    let record = match ledger.find(kind, id) {
        None if !stem.contains('/') => match find_by_name(ledger, &[kind], stem)? {
            Some(record) => record,
            None => find_of_kind(ledger, kind, id)?,
        },
        _ => find_of_kind(ledger, kind, id)?,
    };
    let path = format!("{}/{stem}.toml", kind.folder());
    if stem.contains('/') && !record.path().as_str().eq_ignore_ascii_case(&path) {
        return Err(Error::usage(format!("there is no {path}; the {kind} with that name is {}", record.path())));
    }
    Ok(record)
}

/// The record of a kind with this id, where no other file has it too.
fn find_of_kind<'l>(ledger: &'l Ledger, kind: Kind, id: &str) -> Result<&'l dyn AnyRecord, Error> {
    if let Some(record) = ledger.find(kind, id) {
        let is_shared =
            |finding: &&Finding| finding.check == name::DUPLICATE_ID && finding.record.as_ref() == Some(record.key());
        return match ledger.certainty.damage().iter().find(is_shared) {
            Some(other) => Err(Error::data(format!(
                "{} and {} have the same id `{id}`; rename one of the two files, and try again",
                record.path(),
                other.path
            ))),
            None => Ok(record),
        };
    }
    // It may be there, and be unreadable.
    require_readable(ledger, &RecordKey::new(kind, id))?;
    Err(not_found(ledger, &[kind], id))
}

/// The record of one kind that a word means.
///
/// # Errors
/// If there is none, or where in its files the doubt is.
pub(crate) fn find_readable<'l, B: Stored>(ledger: &'l Ledger, word: &str) -> Result<&'l Record<B>, Error> {
    let id = word.rsplit('/').next().unwrap_or(word);
    require_readable(ledger, &RecordKey::new(B::KIND, id.strip_suffix(".toml").unwrap_or(id)))?;
    let record = require_typed::<B>(ledger, word)?;
    require_readable(ledger, &record.key)?;
    Ok(record)
}

/// The record of one of these kinds that a word means: by `kind/id`, by an id, a name or a part of a name that only one of
/// them has. `None` if it means none.
///
/// # Errors
/// If it means several, or a record of another kind.
pub(crate) fn find_by_word<'l>(
    ledger: &'l Ledger,
    kinds: &[Kind],
    word: &str,
) -> Result<Option<&'l dyn AnyRecord>, Error> {
    let word = word.trim();
    if let Some((first, id)) = word.split_once('/')
        && !first.contains(char::is_whitespace)
        && let Ok(kind) = first.parse::<Kind>()
    {
        if !kinds.contains(&kind) {
            let what = kinds_in_words(kinds);
            return Err(Error::usage(format!("`{word}` is {}; this needs {what}", kind.with_article())));
        }
        return find_by_path(ledger, kind, id).map(Some);
    }
    let by_id: Vec<_> = kinds.iter().filter_map(|kind| ledger.find(*kind, word)).collect();
    if !by_id.is_empty() {
        let key = only(&by_id, &format!("the id `{word}`"))?.key();
        return find_of_kind(ledger, key.kind, &key.id).map(Some);
    }
    find_by_name(ledger, kinds, word)
}

/// The record of one of these kinds with a name: the whole name first, then words of it in their order, then the beginnings of
/// its words in any order.
fn find_by_name<'l>(ledger: &'l Ledger, kinds: &[Kind], word: &str) -> Result<Option<&'l dyn AnyRecord>, Error> {
    let wanted = fold(word.trim());
    if wanted.is_empty() {
        return Ok(None);
    }
    let plain = fold_accents(word.trim());
    let words: Vec<&str> = name_words(&plain).collect();
    let of_name = |fits: &dyn Fn(&str) -> bool| {
        let records = kinds.iter().flat_map(|kind| ledger.records_of(*kind));
        records.filter(|record| names(*record).any(|name| fits(name.trim()))).collect::<Vec<_>>()
    };
    let whole = of_name(&|name| fold(name) == wanted);
    let found = if whole.is_empty() { of_name(&|name| fold_accents(name) == plain) } else { whole };
    if !found.is_empty() {
        return only(&found, &format!("the name {}", words::quote(word))).map(Some);
    }
    // One or two letters are a slip of the keyboard rather than a part of a name.
    if words.iter().map(|word| word.len()).sum::<usize>() < 3 {
        return Ok(None);
    }
    let sequence = of_name(&|name| has_sequence(&fold_accents(name), &words));
    let found =
        if sequence.is_empty() { of_name(&|name| has_beginnings(&fold_accents(name), &words)) } else { sequence };
    if found.is_empty() {
        return Ok(None);
    }
    only(&found, &format!("{} in their names", words::quote(word))).map(Some)
}

/// How well a text fits what people remember of it: `0` if it is the same, `1` if the words stand in it one after another, `2` if
/// each begins a word of it; `None` if it does not fit. Case and accents do not matter.
pub(crate) fn fit_words(text: &str, remembered: &str) -> Option<u8> {
    let (text, remembered) = (fold_accents(text.trim()), fold_accents(remembered.trim()));
    let words: Vec<&str> = name_words(&remembered).collect();
    let text_words: Vec<&str> = name_words(&text).collect();
    match () {
        () if words.is_empty() => None,
        () if text_words == words => Some(0),
        () if has_sequence(&text, &words) => Some(1),
        () => has_beginnings(&text, &words).then_some(2),
    }
}

/// The words of a name.
fn name_words(name: &str) -> impl Iterator<Item = &str> {
    name.split(|c: char| !c.is_alphanumeric() && c != '\'').filter(|word| !word.is_empty())
}

/// Whether words stand in a name one after another.
fn has_sequence(name: &str, words: &[&str]) -> bool {
    let name: Vec<&str> = name_words(name).collect();
    !words.is_empty() && name.windows(words.len()).any(|part| part == words)
}

/// Whether each of the words begins a word of a name of its own.
fn has_beginnings(name: &str, words: &[&str]) -> bool {
    let mut left: Vec<&str> = name_words(name).collect();
    let mut takes = |word: &&str| {
        let at = left.iter().position(|other| other.starts_with(*word));
        at.map(|at| left.remove(at)).is_some()
    };
    !words.is_empty() && words.iter().all(&mut takes)
}

/// The record of one of these kinds that a word means.
///
/// # Errors
/// If it means none, or several.
pub(crate) fn require_by_word<'l>(ledger: &'l Ledger, kinds: &[Kind], word: &str) -> Result<&'l dyn AnyRecord, Error> {
    match find_by_word(ledger, kinds, word)? {
        Some(record) => Ok(record),
        None => {
            // It may be there, and be unreadable.
            kinds.iter().try_for_each(|kind| require_readable(ledger, &RecordKey::new(*kind, word.trim())))?;
            Err(not_found(ledger, kinds, word.trim()))
        }
    }
}

/// The record of one kind that a word means.
///
/// # Errors
/// If it means none, or several.
pub(crate) fn require_typed<'l, B: Stored>(ledger: &'l Ledger, word: &str) -> Result<&'l Record<B>, Error> {
    let key = require_by_word(ledger, &[B::KIND], word)?.key();
    B::collection(ledger).find(&key.id).ok_or_else(|| not_found(ledger, &[B::KIND], word))
}

/// The member that a word means; where it means a person, the person's organization.
///
/// # Errors
/// If it means neither, or several, or a person without an organization: both ways to say it.
pub(crate) fn member_or_own<'l>(ledger: &'l Ledger, word: &str) -> Result<&'l Record<Member>, Error> {
    let error = match find_by_word(ledger, &[Kind::Member], word) {
        Ok(Some(member)) => return require_typed(ledger, &member.key().to_string()),
        Ok(None) => not_found(ledger, &[Kind::Member], word.trim()),
        Err(error) => error,
    };
    let Ok(Some(person)) = find_by_word(ledger, &[Kind::Advocate], word) else { return Err(error) };
    let own = ledger.advocates.find(&person.key().id).and_then(|person| person.member.as_ref());
    match own.and_then(|own| ledger.members.get(&own.value)) {
        Some(member) => Ok(member),
        None => {
            let key = person.key();
            Err(Error::usage(format!(
                "{} is a person without an organization; this needs an organization",
                person.name()
            ))
            .with_hint("`coalition list organizations` shows them")
            .with_hint(format!(
                "if {} belongs to one, say so first, such as coalition set {key} member={}",
                person.name(),
                ledger.members.iter().next().map_or("ORGANIZATION", |member| &member.key.id)
            )))
        }
    }
}

/// The record that an option names, where it is given.
///
/// # Errors
/// If it means none, or several.
pub(crate) fn find_optional<'l, B: Stored>(
    ledger: &'l Ledger,
    word: Option<&String>,
) -> Result<Option<&'l Record<B>>, Error> {
    word.map(|word| require_typed(ledger, word)).transpose()
}

/// The error that a word means no record, with the closest match.
pub(crate) fn not_found(ledger: &Ledger, kinds: &[Kind], word: &str) -> Error {
    let what = kinds_in_words(kinds);
    if let Some(other) = Kind::ALL.into_iter().find_map(|kind| ledger.find(kind, word)) {
        let kind = other.key().kind;
        return Error::usage(format!("`{word}` is {}; this needs {what}", kind.with_article()));
    }
    let records = || kinds.iter().flat_map(|kind| ledger.records_of(*kind));
    let ids = records().map(|record| &*record.key().id);
    let of_name = |near: &str| records().find(|record| names(*record).any(|name| name == near));
    let near = nearest(word, ids).map(str::to_owned).or_else(|| {
        let near = nearest(word, records().flat_map(names))?;
        of_name(near).map(|record| record.key().id.to_string())
    });
    Error::usage(match near {
        Some(near) => format!("there is no {} `{word}`; did you mean `{near}`?", alternatives(kinds)),
        None => {
            let folders: Vec<_> = kinds.iter().map(|kind| format!("`coalition list {}`", kind.folder())).collect();
            format!("there is no {} `{word}`; {} shows them", alternatives(kinds), words::choice(&folders))
        }
    })
}

/// Whether the files of a record were read without a doubt.
///
/// # Errors
/// The first place where they were not, with what helps.
pub(crate) fn require_readable(ledger: &Ledger, key: &RecordKey) -> Result<(), Error> {
    // If several agreements name one text, its conflict is reported with the first of them.
    let words = ledger.agreements.find(&key.id).filter(|agreement| agreement.key == *key).and_then(|agreement| {
        let file = agreement.text_file.as_ref()?;
        agreement.path.beside(file)
    });
    match ledger.certainty.damage_of(key, words.as_ref()) {
        Some(finding) => Err(Error::data(format!("{}: {}; {}", place(ledger, finding), finding.message, finding.help))),
        None => Ok(()),
    }
}

/// File, line and column of a finding.
pub(crate) fn place(ledger: &Ledger, finding: &Finding) -> String {
    match ledger.texts.get(&finding.path) {
        Some(text) => {
            let start = LineIndex::new(text).position(finding.span.range().start);
            format!("{}:{}:{}", finding.path, start.line, start.column)
        }
        None => finding.path.to_string(),
    }
}

fn names(record: &dyn AnyRecord) -> impl Iterator<Item = &str> {
    let common = record.common();
    let name = common.name.iter().map(|name| name.value.as_str());
    name.chain(common.other_names.iter().map(|name| name.value.as_str()))
}

/// The only one that is found. The name of a contribution is made of other names, so that it gives way to them.
fn only<'l>(found: &[&'l dyn AnyRecord], what: &str) -> Result<&'l dyn AnyRecord, Error> {
    let named: Vec<_> = found.iter().filter(|record| record.key().kind != Kind::Contribution).collect();
    match (found, named.as_slice()) {
        ([only], _) => Ok(*only),
        (_, [only]) => Ok(**only),
        (several, _) => {
            let mut keys: Vec<_> = several.iter().map(|record| record.key().to_string()).collect();
            let more = keys.len().saturating_sub(LISTED);
            keys.truncate(LISTED);
            let more = if more == 0 { String::new() } else { format!(", or one of {more} more") };
            Err(Error::usage(format!("several records have {what}: write {}{more}", words::choice(&keys))))
        }
    }
}

fn kinds_in_words(kinds: &[Kind]) -> String {
    words::choice(&kinds.iter().map(|kind| kind.with_article()).collect::<Vec<_>>())
}

fn alternatives(kinds: &[Kind]) -> String {
    words::choice(&kinds.iter().map(|kind| kind.noun()).collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::base_ledger;
    use crate::ledger::load;

    fn ledger() -> Ledger {
        let mut source = base_ledger();
        let files = [
            ("members/friends-riverton.toml", "name = \"Friends of the Riverton Library\"\n"),
            ("members/riverton-schools.toml", "name = \"Riverton Unified School District\"\n"),
            ("members/mejia.toml", "name = \"Círculo de Lectura Mejía\"\nother_names = [\"Mejia Reading Circle\"]\n"),
            ("advocates/maria-lopez.toml", "name = \"María López\"\n"),
            ("contributions/soup.toml", "name = \"Soup from the Riverton Unified School District\"\n"),
        ];
        files.iter().for_each(|(path, text)| source.put(path, text.as_bytes()));
        load(&source).unwrap()
    }

    fn id(word: &str) -> Result<String, String> {
        let ledger = ledger();
        let found = find_record(&ledger, word).map(|record| record.key().to_string());
        found.map_err(|error| error.to_string())
    }

    #[test]
    fn a_record_is_found_by_a_part_of_its_name_that_no_other_has() {
        for (word, key) in [
            ("friends-riverton", "member/friends-riverton"),
            ("Friends of the Riverton Library", "member/friends-riverton"),
            ("riverton library", "member/friends-riverton"),
            ("Riv Sch", "member/riverton-schools"),
            ("school district", "member/riverton-schools"),
            ("maria", "advocate/maria-lopez"),
            ("Maria Lopez", "advocate/maria-lopez"),
            ("circulo", "member/mejia"),
            ("reading circle", "member/mejia"),
            ("members/reading circle", "member/mejia"),
            ("soup from the riverton", "contribution/soup"),
        ] {
            assert_eq!(id(word).as_deref(), Ok(key), "{word}");
        }
    }

    #[test]
    fn what_several_records_have_is_listed() {
        let refusal = id("riverton").unwrap_err();
        assert!(
            refusal.contains("member/friends-riverton") && refusal.contains("member/riverton-schools"),
            "{refusal}"
        );
        assert!(id("ri").unwrap_err().contains("there is no record `ri`"));
        assert!(id("riverton zoo").unwrap_err().contains("there is no record"));
    }
}
