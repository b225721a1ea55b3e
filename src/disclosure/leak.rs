//! What tells of something withheld in a text that is to leave, and where in the ledger it was written.

use super::piece::Piece;
use super::unlisted::Unlisted;
use super::withheld::Withheld;
use crate::ledger::Ledger;
use crate::record::AnyRecord;
use crate::record::field::{Field, Leaf, Visitor};
use crate::source::{LedgerPath, LineIndex, Span};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// A text that tells of something withheld.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leak {
    /// Where it would leave: a file, a page.
    pub place: String,
    /// Where it is written: the file, the line and the field; nowhere for what a template says.
    pub written: Option<(LedgerPath, usize, String)>,
    /// What is withheld, in words.
    pub withheld: String,
}

impl fmt::Display for Leak {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.written {
            Some((path, _, field)) if field == FILE_NAME => write!(f, "{path}, by its name, tells {}", self.withheld),
            Some((path, line, field)) if field.is_empty() => write!(f, "{path}:{line} tells {}", self.withheld),
            Some((path, line, field)) => write!(f, "{path}:{line}, `{field}`, tells {}", self.withheld),
            None => write!(f, "{} tells {}", self.place, self.withheld),
        }
    }
}

/// What these pieces tell of what a ledger withholds, with each place in the ledger at which it is written.
pub fn leaks<'a>(
    ledger: &Ledger,
    unlisted: &Unlisted,
    withheld: &Withheld,
    pieces: impl Iterator<Item = Piece<'a>>,
) -> Vec<Leak> {
    let mut told: BTreeMap<usize, String> = BTreeMap::new();
    for piece in pieces {
        for at in withheld.find(&piece) {
            told.entry(at).or_insert_with(|| piece.place.clone().into_owned());
        }
    }
    if told.is_empty() {
        return Vec::new();
    }
    let wanted: BTreeSet<usize> = told.keys().copied().collect();
    let sources = sources(ledger, unlisted, withheld, &wanted);
    let mut leaks = Vec::new();
    for (at, place) in told {
        let Some(secret) = withheld.secret(at) else { continue };
        let leak = |written| Leak { place: place.clone(), written, withheld: secret.words(ledger) };
        match sources.get(&at) {
            Some(places) => leaks.extend(places.iter().map(|written| leak(Some(written.clone())))),
            None => leaks.push(leak(None)),
        }
    }
    leaks.sort_by(|a, b| (&a.written, &a.withheld).cmp(&(&b.written, &b.withheld)));
    leaks.dedup();
    leaks
}

/// What stands for a field where the file's name tells the id.
const FILE_NAME: &str = "the name of the file";

type Written = (LedgerPath, usize, String);

/// Where the ledger writes what is wanted, outside of the records that it is withheld in.
fn sources(
    ledger: &Ledger,
    unlisted: &Unlisted,
    withheld: &Withheld,
    wanted: &BTreeSet<usize>,
) -> BTreeMap<usize, Vec<Written>> {
    let mut found: BTreeMap<usize, Vec<Written>> = BTreeMap::new();
    let mut add = |text: &str, key: Option<&str>, written: &dyn Fn() -> Written| {
        let piece = Piece { place: "".into(), key: key.map(Into::into), text: text.into() };
        for at in withheld.find(&piece).intersection(wanted) {
            found.entry(*at).or_default().push(written());
        }
    };
    for record in ledger.parts().filter(|record| !unlisted.has(record.key())) {
        let index = ledger.texts.get(record.path()).map(|text| LineIndex::new(text));
        let line = |span: Span| index.as_ref().map_or(1, |index| index.position(span.start as usize).line);
        let id = &record.key().id;
        add(id, Some("id"), &|| (record.path().clone(), 1, FILE_NAME.to_owned()));
        let mut texts = Texts { path: Vec::new(), found: Vec::new() };
        record.visit(&mut texts);
        for (field, span, text) in texts.found {
            add(text, field.rsplit('.').next(), &|| (record.path().clone(), line(span), field.clone()));
        }
        for text in extra(record) {
            add(&text, None, &|| (record.path().clone(), 1, "extra".to_owned()));
        }
    }
    let records: BTreeSet<&LedgerPath> = ledger.parts().map(AnyRecord::path).collect();
    for (path, text) in ledger.texts.iter().filter(|(path, _)| !records.contains(path)) {
        for (at, line) in text.lines().enumerate() {
            add(line, None, &|| (path.clone(), at + 1, String::new()));
        }
    }
    found
}

/// What a record holds under keys of the coalition's own, each text by itself.
fn extra(record: &dyn AnyRecord) -> Vec<String> {
    let Some(extra) = &record.common().extra else { return Vec::new() };
    let data = serde_json::Value::Object(extra.0.clone());
    Piece::of_data("", &data).into_iter().map(|piece| piece.text.into_owned()).collect()
}

/// The texts of a record that may leave, with the names of their fields.
struct Texts<'a> {
    path: Vec<&'static Field>,
    found: Vec<(String, Span, &'a str)>,
}

impl<'a> Visitor<'a> for Texts<'a> {
    fn enter(&mut self, field: &'static Field, _: Span) {
        self.path.push(field);
    }

    fn leave(&mut self) {
        self.path.pop();
    }

    fn leaf(&mut self, field: &'static Field, span: Span, leaf: Leaf<'a>) {
        let way = self.path.iter().copied().chain([field]);
        let is_private = way.clone().any(|field| field.flags.private);
        if let (Leaf::Text(text), false) = (leaf, is_private) {
            let names: Vec<&str> = way.map(|field| field.name).collect();
            self.found.push((names.join("."), span, text));
        }
    }
}
