//! Finds the record that a word on the command line means.

use super::legible::require_readable;
use crate::document::words;
use crate::finding::{Finding, name};
use crate::kind::{Kind, RecordKey};
use crate::ledger::{Ledger, Stored};
use crate::parse::alike::fold;
use crate::parse::suggest::nearest;
use crate::record::{AnyRecord, Record};
use anyhow::{Context as _, Result, bail};

/// The record that is meant by `kind/id`, by the path of its file, or by an id or a name that only one record has.
pub(super) fn find_record<'l>(ledger: &'l Ledger, word: &str) -> Result<&'l dyn AnyRecord> {
    if let Some((kind, id)) = word.split_once('/')
        && let Ok(kind) = kind.parse::<Kind>()
    {
        return find_by_path(ledger, kind, id);
    }
    if let Some(record) = find_by_word(ledger, &Kind::ALL, word)? {
        return Ok(record);
    }
    Kind::ALL.into_iter().try_for_each(|kind| require_readable(ledger, &RecordKey::new(kind, word)))?;
    match nearest(word, ledger.records().map(|record| &*record.key().id)) {
        Some(near) => bail!("there is no record `{word}`; did you mean `{near}`?"),
        None => bail!("there is no record `{word}`; `coalition list members` shows the ids of members"),
    }
}

/// The record of a kind that is meant by what comes after the kind: an id, or the path of a file in its folder.
fn find_by_path<'l>(ledger: &'l Ledger, kind: Kind, rest: &str) -> Result<&'l dyn AnyRecord> {
    let stem = rest.strip_suffix(".toml").unwrap_or(rest);
    let record = find_of_kind(ledger, kind, stem.rsplit('/').next().unwrap_or(stem))?;
    let path = format!("{}/{stem}.toml", kind.folder());
    if stem.contains('/') && !record.path().as_str().eq_ignore_ascii_case(&path) {
        bail!("there is no {path}; the {kind} of that name is {}", record.path());
    }
    Ok(record)
}

/// The record of a kind with this id, where no other file has it too.
pub(super) fn find_of_kind<'l>(ledger: &'l Ledger, kind: Kind, id: &str) -> Result<&'l dyn AnyRecord> {
    if let Some(record) = ledger.find(kind, id) {
        let is_shared =
            |finding: &&Finding| finding.check == name::DUPLICATE_ID && finding.record.as_ref() == Some(record.key());
        return match ledger.certainty.damage().iter().find(is_shared) {
            Some(other) => bail!(
                "{} and {} have the same id `{id}`; rename one of the two files, and try again",
                record.path(),
                other.path
            ),
            None => Ok(record),
        };
    }
    // It may be there, and be unreadable.
    require_readable(ledger, &RecordKey::new(kind, id))?;
    match nearest(id, ledger.records_of(kind).map(|record| &*record.key().id)) {
        Some(near) => bail!("there is no {kind} `{id}`; did you mean `{near}`?"),
        None => bail!("there is no {kind} `{id}`; `coalition list {}` shows them", kind.folder()),
    }
}

/// The record of one kind that is meant by its id, with or without its kind in front.
pub(super) fn find_typed<'l, B: Stored>(ledger: &'l Ledger, word: &str) -> Result<&'l Record<B>> {
    let kind = B::KIND;
    let id = match word.split_once('/') {
        Some((first, id)) if first.parse::<Kind>()? == kind => id.strip_suffix(".toml").unwrap_or(id),
        Some(_) => bail!("`{word}` is not {}; `coalition list {}` shows them", kind.with_article(), kind.folder()),
        None => word,
    };
    let key = find_of_kind(ledger, kind, id)?.key();
    B::collection(ledger).find(&key.id).with_context(|| format!("cannot find the {kind} `{id}`"))
}

/// The record of one kind that is meant by its id.
///
/// # Errors
/// If there is none, and where in its files the doubt is.
pub(super) fn find_readable<'l, B: Stored>(ledger: &'l Ledger, word: &str) -> Result<&'l Record<B>> {
    let id = word.rsplit('/').next().unwrap_or(word);
    require_readable(ledger, &RecordKey::new(B::KIND, id.strip_suffix(".toml").unwrap_or(id)))?;
    find_typed::<B>(ledger, word)
}

/// The record of one of these kinds that a word means: by `kind/id`, by an id that only one of them has, or by a name
/// that only one of them has. `None` if it means none.
pub(super) fn find_by_word<'l>(ledger: &'l Ledger, kinds: &[Kind], word: &str) -> Result<Option<&'l dyn AnyRecord>> {
    let word = word.trim();
    let has_blank = word.contains(char::is_whitespace);
    if !has_blank
        && let Some((first, id)) = word.split_once('/')
        && let Ok(kind) = first.parse::<Kind>()
    {
        if !kinds.contains(&kind) {
            bail!("`{word}` is {}; this needs {}", kind.with_article(), kinds_in_words(kinds));
        }
        return find_by_path(ledger, kind, id).map(Some);
    }
    let by_id: Vec<_> = kinds.iter().filter_map(|kind| ledger.find(*kind, word)).collect();
    if !by_id.is_empty() {
        let key = only(&by_id, &format!("the id `{word}`"))?.key();
        return find_of_kind(ledger, key.kind, &key.id).map(Some);
    }
    let lower = fold(word);
    let mut records = kinds.iter().flat_map(|kind| ledger.records_of(*kind));
    let by_name: Vec<_> = if lower.is_empty() {
        Vec::new()
    } else {
        records.by_ref().filter(|record| names(*record).any(|name| fold(name.trim()) == lower)).collect()
    };
    if !by_name.is_empty() {
        return only(&by_name, &format!("the name {}", words::quote(word))).map(Some);
    }
    Ok(None)
}

/// The record of one of these kinds that a word means.
pub(super) fn require_by_word<'l>(ledger: &'l Ledger, kinds: &[Kind], word: &str) -> Result<&'l dyn AnyRecord> {
    match find_by_word(ledger, kinds, word)? {
        Some(record) => Ok(record),
        None => Err(not_found(ledger, kinds, word)),
    }
}

/// The record of one kind that a word means.
pub(super) fn require_typed<'l, B: Stored>(ledger: &'l Ledger, word: &str) -> Result<&'l Record<B>> {
    let key = require_by_word(ledger, &[B::KIND], word)?.key();
    B::collection(ledger).find(&key.id).with_context(|| format!("cannot find the {} `{}`", B::KIND, key.id))
}

/// The record that an option names, where it is given.
pub(super) fn find_optional<'l, B: Stored>(ledger: &'l Ledger, word: Option<&String>) -> Result<Option<&'l Record<B>>> {
    word.map(|word| require_typed(ledger, word)).transpose()
}

/// The error that a word means no record, with the closest match.
pub(super) fn not_found(ledger: &Ledger, kinds: &[Kind], word: &str) -> anyhow::Error {
    let what = kinds_in_words(kinds);
    let elsewhere = Kind::ALL.into_iter().find_map(|kind| ledger.find(kind, word));
    if let Some(other) = elsewhere {
        let kind = other.key().kind;
        return anyhow::anyhow!("`{word}` is {}; this needs {what}.", kind.with_article());
    }
    let records = || kinds.iter().flat_map(|kind| ledger.records_of(*kind));
    let ids = records().map(|record| &*record.key().id);
    let of_name = |near: &str| records().find(|record| names(*record).any(|name| name == near));
    let near = nearest(word, ids).map(str::to_owned).or_else(|| {
        let near = nearest(word, records().flat_map(names))?;
        of_name(near).map(|record| record.key().id.to_string())
    });
    match near {
        Some(near) => anyhow::anyhow!("there is no {} `{word}`; did you mean `{near}`?", alternatives(kinds)),
        None => {
            let folders: Vec<_> = kinds.iter().map(|kind| format!("`coalition list {}`", kind.folder())).collect();
            anyhow::anyhow!("there is no {} `{word}`; {} shows them.", alternatives(kinds), words::choice(&folders))
        }
    }
}

fn names(record: &dyn AnyRecord) -> impl Iterator<Item = &str> {
    let common = record.common();
    let name = common.name.iter().map(|name| name.value.as_str());
    name.chain(common.other_names.iter().map(|name| name.value.as_str()))
}

fn only<'l>(found: &[&'l dyn AnyRecord], what: &str) -> Result<&'l dyn AnyRecord> {
    match found {
        [only] => Ok(*only),
        several => {
            let keys: Vec<_> = several.iter().map(|record| record.key().to_string()).collect();
            bail!("several records have {what}: write {}", words::choice(&keys))
        }
    }
}

fn kinds_in_words(kinds: &[Kind]) -> String {
    words::choice(&kinds.iter().map(|kind| kind.with_article()).collect::<Vec<_>>())
}

fn alternatives(kinds: &[Kind]) -> String {
    words::choice(&kinds.iter().map(|kind| kind.singular()).collect::<Vec<_>>())
}
