//! Finds withheld data in a text that is about to leave, and where the ledger says it.

use super::piece::OutgoingPiece;
use super::search::Search;
use super::unlisted::Unlisted;
use crate::ledger::Ledger;
use crate::record::AnyRecord;
use crate::record::field::{Field, Leaf, Visitor};
use crate::source::{LedgerPath, LineIndex, Span, find_private_keys};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// Withheld data in something about to leave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Leak {
    /// What would contain it: a file, a page.
    pub place: String,
    /// Where the ledger says it: the file, the line and the field; `None` if a template does.
    pub origin: Option<(LedgerPath, usize, String)>,
    /// The withheld data, in words.
    pub withheld: String,
}

impl fmt::Display for Leak {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.origin {
            Some((path, _, field)) if field == FILE_NAME => write!(f, "the name of {path} contains {}", self.withheld),
            Some((path, line, field)) if field.is_empty() => write!(f, "{path}:{line} contains {}", self.withheld),
            Some((path, line, field)) => write!(f, "{path}:{line}, `{field}`, contains {}", self.withheld),
            None => write!(f, "{} contains {}", self.place, self.withheld),
        }
    }
}

/// The leaks in these pieces, with each place in the ledger that says them.
pub(crate) fn leaks<'a>(
    ledger: &Ledger,
    unlisted: &Unlisted,
    search: &Search,
    pieces: impl Iterator<Item = OutgoingPiece<'a>>,
) -> Vec<Leak> {
    let mut places: BTreeMap<usize, String> = BTreeMap::new();
    let pieces: Vec<OutgoingPiece<'_>> = pieces.collect();
    let found: Vec<_> = pieces.par_iter().map(|piece| search.find(piece)).collect();
    for (piece, found) in pieces.iter().zip(found) {
        for at in found {
            places.entry(at).or_insert_with(|| piece.place.clone().into_owned());
        }
    }
    if places.is_empty() {
        return Vec::new();
    }
    let wanted: BTreeSet<usize> = places.keys().copied().collect();
    let sources = sources(ledger, unlisted, search, &wanted);
    let mut leaks = Vec::new();
    for (at, place) in places {
        let Some(secret) = search.secret(at) else { continue };
        let leak = |origin| Leak { place: place.clone(), origin, withheld: secret.words(ledger) };
        match sources.get(&at) {
            Some(places) => leaks.extend(places.iter().map(|origin| leak(Some(origin.clone())))),
            None => leaks.push(leak(None)),
        }
    }
    leaks.sort_by(|a, b| (&a.origin, &a.withheld).cmp(&(&b.origin, &b.withheld)));
    leaks.dedup();
    leaks
}

/// The private keys in the files of a ledger, without the fields they are in.
pub(crate) fn leaks_of_keys(ledger: &Ledger) -> Vec<Leak> {
    let of_file = |(path, text): (&LedgerPath, &String)| {
        let index = LineIndex::new(text);
        let lines: Vec<usize> = find_private_keys(text).iter().map(|key| index.position(key.start).line).collect();
        let leak = |line| Leak {
            place: path.to_string(),
            origin: Some((path.clone(), line, String::new())),
            withheld: "a private key, which only its owner may have".to_owned(),
        };
        lines.into_iter().map(leak).collect::<Vec<_>>()
    };
    ledger.texts.iter().filter(|(_, text)| !find_private_keys(text).is_empty()).flat_map(of_file).collect()
}

/// The field if the file's name is the id.
const FILE_NAME: &str = "the name of the file";

type Origin = (LedgerPath, usize, String);

/// Where the ledger says the wanted data, outside the records that withhold it.
fn sources(
    ledger: &Ledger,
    unlisted: &Unlisted,
    search: &Search,
    wanted: &BTreeSet<usize>,
) -> BTreeMap<usize, Vec<Origin>> {
    let mut found: BTreeMap<usize, Vec<Origin>> = BTreeMap::new();
    let mut add = |text: &str, key: Option<&str>, is_private: bool, origin: &dyn Fn() -> Origin| {
        let piece = OutgoingPiece { place: "".into(), key: key.map(Into::into), text: text.into() };
        // A private field stays in the ledger, but a private key must not be there either.
        let leaves = |at: &&usize| !is_private || **at == search.private_key();
        for at in search.find(&piece).intersection(wanted).filter(leaves) {
            found.entry(*at).or_default().push(origin());
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
        // The name of a guest stays where it is.
        let stays = |field: &str| field == "attendance.name";
        for (field, span, text, is_private) in texts.found.into_iter().filter(|(field, ..)| !stays(field)) {
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

/// The texts in a record under the coalition's own keys.
fn extra(record: &dyn AnyRecord) -> Vec<String> {
    let Some(extra) = &record.common().extra else { return Vec::new() };
    let data = serde_json::Value::Object(extra.0.clone());
    OutgoingPiece::of_data("", &data).into_iter().map(|piece| piece.text.into_owned()).collect()
}

/// The texts in a record, each with the names of its fields and whether one of them is private.
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
        let path = self.path.iter().copied().chain([field]);
        let is_private = path.clone().any(|field| field.flags.private);
        let value = match leaf {
            Leaf::Text(text) => text,
            Leaf::Written => self.text.get(span.range()).unwrap_or_default().trim_matches(['"', '\'']),
            Leaf::Date(_) | Leaf::Reference(..) => return,
        };
        let names: Vec<&str> = path.map(|field| field.name).collect();
        self.found.push((names.join("."), span, value, is_private));
    }
}
