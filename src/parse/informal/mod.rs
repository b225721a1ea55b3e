//! Values as people write them: "March 3, 2026", "6:30pm", "$1,200", "2 hours", "yes". Each function says what a text means
//! ([`Reading`]); where a text has two meanings it names both and chooses none. The command line, import and the help of
//! findings use them; files themselves are never guessed at.

mod date;
mod quantity;
mod range;
mod synonym;
mod time;

pub(crate) use date::{Tense, read_date, read_month, read_period, read_weekdays};
pub(crate) use quantity::{Unit, has_decimal_comma, read_amount, read_quantity, read_share};
pub(crate) use range::{read_dates, read_times};
pub(crate) use synonym::{guesses, synonyms};
pub(crate) use time::{read_clock, read_time, write_time};

/// What a text means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Reading<T> {
    /// This and nothing else.
    Certain(T),
    /// One of these, in the order in which an American reader would think of them.
    Ambiguous(Vec<T>),
    /// Nothing of this type.
    Unknown,
}

impl<T> Reading<T> {
    /// The meaning, where there is no doubt.
    pub(crate) fn certain(self) -> Option<T> {
        match self {
            Reading::Certain(value) => Some(value),
            Reading::Ambiguous(_) | Reading::Unknown => None,
        }
    }

    /// The reading of several candidates: certain if there is one.
    fn of(mut candidates: Vec<T>) -> Reading<T>
    where
        T: PartialEq,
    {
        candidates.dedup();
        match candidates.len() {
            0 => Reading::Unknown,
            1 => candidates.pop().map_or(Reading::Unknown, Reading::Certain),
            _ => Reading::Ambiguous(candidates),
        }
    }
}

/// True or false, in the words that people and spreadsheets use.
pub(crate) fn read_truth(text: &str) -> Option<bool> {
    match text.trim().to_lowercase().as_str() {
        "true" | "t" | "yes" | "y" | "on" | "1" | "x" | "sí" | "si" | "oui" | "ja" | "✓" | "✔" => Some(true),
        "false" | "f" | "no" | "n" | "off" | "0" | "non" | "nein" => Some(false),
        _ => None,
    }
}

/// A number in words, from zero to twelve, or in digits.
fn read_count(word: &str) -> Option<u32> {
    const WORDS: [&str; 13] =
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
    if matches!(word, "a" | "an") {
        return Some(1);
    }
    let named = WORDS.iter().position(|name| *name == word).and_then(|at| u32::try_from(at).ok());
    named.or_else(|| word.parse().ok().filter(|_| word.len() <= 5 && word.bytes().all(|b| b.is_ascii_digit())))
}
