//! What is wrong with one row.

use std::fmt;

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
