//! Records to import, from any format.

use crate::kind::Kind;
use serde_json::{Map, Value};
use std::fmt;

/// The numbers of the entries of lists, from 1, by the path of each list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct EntryNumbers(Vec<(Vec<&'static str>, Vec<usize>)>);

impl EntryNumbers {
    /// Adds the number of the next entry of a list.
    pub fn push(&mut self, list: &[&'static str], number: usize) {
        match self.0.iter_mut().find(|(path, _)| path == list) {
            Some((_, numbers)) => numbers.push(number),
            None => self.0.push((list.to_vec(), vec![number])),
        }
    }

    /// The numbers of the entries of a list, in order; `None` if there are not exactly that many.
    pub fn of(&self, list: &[&str], entries: usize) -> Option<&[usize]> {
        let (_, numbers) = self.0.iter().find(|(path, _)| path == list)?;
        (numbers.len() == entries).then_some(numbers)
    }
}

/// One record from an import file.
#[derive(Debug, Clone, PartialEq)]
pub struct Incoming {
    /// Its place, for people: `row 12`, `line 3`, `persons, entry 7`.
    pub place: String,
    /// Its kind.
    pub kind: Kind,
    /// Its id, if the import file has one; otherwise it is made from the name.
    pub id: Option<String>,
    /// Its fields, named and nested as in a record.
    pub fields: Map<String, Value>,
    /// All its data in the import file, so that rows that differ only in ignored columns are still two.
    pub whole: String,
    /// The fields with values that could not be read. Problems for them are already reported.
    pub invalid_fields: Vec<String>,
    /// The subfolder of its kind's folder, if the import file has it.
    pub folder: Option<String>,
    /// The numbers of the entries of its lists, if the import file has them.
    pub numbers: EntryNumbers,
}

impl Incoming {
    /// An empty record at a place.
    pub fn new(place: impl Into<String>, kind: Kind) -> Incoming {
        Incoming {
            place: place.into(),
            kind,
            id: None,
            fields: Map::new(),
            whole: String::new(),
            invalid_fields: Vec::new(),
            folder: None,
            numbers: EntryNumbers::default(),
        }
    }
}

/// A mistake in one row, for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Its place: `row 12`.
    pub place: String,
    /// The column, if it is known.
    pub column: Option<String>,
    /// What is wrong, and how to fix it.
    pub reason: String,
}

impl Problem {
    /// The sort key: places by their numbers.
    pub fn rank(&self) -> (String, u64) {
        let (words, digits): (String, String) = self.place.chars().partition(|c| !c.is_ascii_digit());
        (words, digits.parse().unwrap_or_default())
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.column {
            Some(column) => write!(f, "{}, {column}: {}", self.place, self.reason),
            None => write!(f, "{}: {}", self.place, self.reason),
        }
    }
}

/// The prefix of a reference by an import file's own ID.
pub(crate) const BY_SOURCE_ID: &str = "popolo:";

/// The key under `[extra]` with an import file's own ID for a record.
pub(crate) const SOURCE_ID_KEY: &str = "popolo_id";

/// The ID that an import file gives a record.
pub(crate) fn source_id(json: &Map<String, Value>) -> Option<&str> {
    json.get("extra")?.get(SOURCE_ID_KEY)?.as_str()
}

/// Joins lines into one, without empty ones.
pub(crate) fn join_lines(text: &str, between: &str) -> String {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(between)
}

/// A text in quotes for a message, cut if it is long.
pub(crate) fn quote(text: &str) -> String {
    const MOST: usize = 60;
    let line = join_lines(text, " ");
    let cut: String = line.chars().take(MOST).collect();
    if cut.len() < line.len() { format!("\"{cut}…\"") } else { format!("\"{cut}\"") }
}
