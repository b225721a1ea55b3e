//! Records on their way in, whatever they were written in.

use crate::kind::Kind;
use serde_json::{Map, Value};
use std::fmt;

/// The numbers of the entries of lists, from 1, by the path of each list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Numbers(Vec<(Vec<&'static str>, Vec<usize>)>);

impl Numbers {
    /// Adds the number of the next entry of a list.
    pub fn push(&mut self, list: &[&'static str], number: usize) {
        match self.0.iter_mut().find(|(path, _)| path == list) {
            Some((_, numbers)) => numbers.push(number),
            None => self.0.push((list.to_vec(), vec![number])),
        }
    }

    /// The numbers of the entries of a list, in their order; `None` where it has not that many.
    pub fn of(&self, list: &[&str], entries: usize) -> Option<&[usize]> {
        let (_, numbers) = self.0.iter().find(|(path, _)| path == list)?;
        (numbers.len() == entries).then_some(numbers)
    }
}

/// One record as an import file has it.
#[derive(Debug, Clone, PartialEq)]
pub struct Incoming {
    /// Where it stands, for people: `row 12`, `line 3`, `persons, entry 7`.
    pub place: String,
    /// The kind of record that it becomes.
    pub kind: Kind,
    /// Its id, where the import file has one for it; else it is made from the name.
    pub id: Option<String>,
    /// Its fields, named as records name them, nested as records nest them.
    pub fields: Map<String, Value>,
    /// All that the import file says of it, so that rows which differ only in what is not taken are still two.
    pub whole: String,
    /// The fields that the import file gives and that cannot be taken, which is told already.
    pub mistaken: Vec<String>,
    /// The folder below that of its kind in which its file stood, where the import file says so.
    pub folder: Option<String>,
    /// Where the entries of its lists stand in those of the record, where the import file numbers them.
    pub numbers: Numbers,
}

impl Incoming {
    /// A record at a place that says nothing yet.
    pub fn new(place: impl Into<String>, kind: Kind) -> Incoming {
        Incoming {
            place: place.into(),
            kind,
            id: None,
            fields: Map::new(),
            whole: String::new(),
            mistaken: Vec::new(),
            folder: None,
            numbers: Numbers::default(),
        }
    }
}

/// What is wrong with one row, for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Where it stands: `row 12`.
    pub place: String,
    /// The column, where it is known.
    pub column: Option<String>,
    /// What is wrong, and what helps.
    pub reason: String,
}

impl Problem {
    /// Where it comes among others: places by their numbers.
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

/// What stands before an import file's own ID where a record refers to another by it.
pub const BY_SOURCE_ID: &str = "popolo:";

/// The key under `[extra]` in which an import file's own ID for a record is kept.
pub const SOURCE_ID_KEY: &str = "popolo_id";

/// The ID that an import file has for a record.
pub fn source_id(json: &Map<String, Value>) -> Option<&str> {
    json.get("extra")?.get(SOURCE_ID_KEY)?.as_str()
}

/// Lines as one.
pub fn join_lines(text: &str, between: &str) -> String {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(between)
}

/// What a cell says, in quotes, cut where it is long.
pub fn quote(text: &str) -> String {
    const MOST: usize = 60;
    let line = join_lines(text, " ");
    let cut: String = line.chars().take(MOST).collect();
    if cut.len() < line.len() { format!("\"{cut}…\"") } else { format!("\"{cut}\"") }
}
