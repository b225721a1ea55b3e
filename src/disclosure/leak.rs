//! What tells of something withheld in a text that is to leave, and where in the ledger it was written.

use super::piece::Piece;
use super::search::Search;
use super::unlisted::Unlisted;
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
    search: &Search,
    pieces: impl Iterator<Item = Piece<'a>>,
) -> Vec<Leak> {
    let mut told: BTreeMap<usize, String> = BTreeMap::new();
    for piece in pieces {
        for at in search.find(&piece) {
            told.entry(at).or_insert_with(|| piece.place.clone().into_owned());
        }
    }
    if told.is_empty() {
        return Vec::new();
    }
    let wanted: BTreeSet<usize> = told.keys().copied().collect();
    let sources = sources(ledger, unlisted, search, &wanted);
    let mut leaks = Vec::new();
    for (at, place) in told {
        let Some(secret) = search.secret(at) else { continue };
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
    search: &Search,
    wanted: &BTreeSet<usize>,
) -> BTreeMap<usize, Vec<Written>> {
    let mut found: BTreeMap<usize, Vec<Written>> = BTreeMap::new();
    let mut add = |text: &str, key: Option<&str>, is_private: bool, written: &dyn Fn() -> Written| {
        let piece = Piece { place: "".into(), key: key.map(Into::into), text: text.into() };
        // What a private field says stays, but for a private key, which leaves with nothing.
        let leaves = |at: &&usize| !is_private || **at == search.private_key();
        for at in search.find(&piece).intersection(wanted).filter(leaves) {
            found.entry(*at).or_default().push(written());
        }
    };
    for record in ledger.parts() {
        let is_unlisted = unlisted.has(record.key());
        let text = ledger.texts.get(record.path()).map(String::as_str);
        let index = text.map(LineIndex::new);
        let line = |span: Span| index.as_ref().map_or(1, |index| index.position(span.start as usize).line);
        let id = &record.key().id;
        add(id, Some("id"), is_unlisted, &|| (record.path().clone(), 1, FILE_NAME.to_owned()));
        let mut texts = Texts { text: text.unwrap_or_default(), path: Vec::new(), found: Vec::new() };
        record.visit(&mut texts);
        for (field, span, text, is_private) in texts.found {
            let key = field.rsplit('.').next();
            add(text, key, is_private || is_unlisted, &|| (record.path().clone(), line(span), field.clone()));
        }
        for text in extra(record) {
            add(&text, None, is_unlisted, &|| (record.path().clone(), 1, "extra".to_owned()));
        }
    }
    let records: BTreeSet<&LedgerPath> = ledger.parts().map(AnyRecord::path).collect();
    for (path, text) in ledger.texts.iter().filter(|(path, _)| !records.contains(path)) {
        for (at, line) in text.lines().enumerate() {
            add(line, None, false, &|| (path.clone(), at + 1, String::new()));
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

/// What a record says, with the names of the fields, and whether one of these is private.
struct Texts<'a> {
    /// The text of the file.
    text: &'a str,
    path: Vec<&'static Field>,
    found: Vec<(String, Span, &'a str, bool)>,
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
        let said = match leaf {
            Leaf::Text(text) => text,
            Leaf::Written => self.text.get(span.range()).unwrap_or_default().trim_matches(['"', '\'']),
            Leaf::Date(_) | Leaf::Reference(..) => return,
        };
        let names: Vec<&str> = way.map(|field| field.name).collect();
        self.found.push((names.join("."), span, said, is_private));
    }
}
