//! What a field is expected to hold, and how a value that someone wrote otherwise would be written there. Findings
//! suggest it; nothing is read as it.

use super::informal::{
    Reading, Tense, Unit, has_decimal_comma, read_amount, read_date, read_quantity, read_share, read_time, read_truth,
};
use super::likely::likely;
use super::slug::slug;
use chrono::{Datelike as _, NaiveDate};
use std::fmt;

/// What the values of a field are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Form {
    /// Text on one line, in quotes.
    Text,
    /// Text of any length, in quotes.
    Prose,
    /// A web address in quotes.
    Url,
    /// A word of letters, digits and hyphens in quotes.
    Slug,
    /// The id of a record of this kind, in quotes.
    Reference(&'static str),
    /// An amount of money in quotes.
    Amount,
    /// A date.
    Date,
    /// A time of day.
    Time,
    /// A whole number.
    Whole,
    /// A number.
    Number,
    /// A number between 0 and 1.
    Share,
    /// True or false.
    Truth,
    /// One of these words, each with what it is called.
    Choice(Vec<(&'static str, &'static str)>),
    /// Fields of its own.
    Table,
    /// Something for which no suggestion is made.
    Other,
}

/// A field, as far as a suggestion needs to know it.
#[derive(Debug, Clone)]
pub(crate) struct ExpectedValue {
    /// Its name.
    pub name: &'static str,
    /// What its values are.
    pub form: Form,
    /// Whether it holds a list of them.
    pub many: bool,
}

/// Finds a field by the heading it is under, part by part, and its name.
pub(crate) type FindField<'f> = &'f dyn Fn(&[&str], &str) -> Option<ExpectedValue>;

/// What a written value means in a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Meaning {
    /// This value, in TOML.
    Certain(String),
    /// One of these values, each with the reading in words.
    Either(Vec<(String, String)>),
    /// This value, of which a person has to check or fill in a part: what the sentence says of it.
    Checked(String, &'static str),
    /// Nothing that is known.
    Unknown,
}

/// What stands for a year that a text does not give.
const NO_YEAR: &str = "YYYY";

impl Form {
    /// What a value is called.
    pub(crate) fn noun(&self) -> &'static str {
        match self {
            Form::Text | Form::Prose | Form::Table | Form::Other => "text",
            Form::Url => "a web address",
            Form::Slug => "a word",
            Form::Reference(_) => "an id",
            Form::Amount => "an amount of money",
            Form::Date => "a date",
            Form::Time => "a time of day",
            Form::Whole => "a whole number",
            Form::Number => "a number",
            Form::Share => "a share between 0 and 1",
            Form::Truth => "true or false",
            Form::Choice(_) => "one of the allowed values",
        }
    }

    /// Whether a value is written in quotes.
    pub(crate) fn is_quoted(&self) -> bool {
        let is_word = matches!(self, Form::Url | Form::Slug | Form::Reference(_) | Form::Choice(_));
        is_word || matches!(self, Form::Text | Form::Prose | Form::Amount)
    }
}

impl ExpectedValue {
    /// What `written`, without quotes and comments, means as a single value. `beside` is the text of the file, whose
    /// other dates tell the year where one lacks it.
    pub(crate) fn meaning(&self, written: &str, beside: &str) -> Meaning {
        let written = written.trim();
        match self.known_meaning(written, beside) {
            Meaning::Unknown => likely(&self.form, self.name, written)
                .map_or(Meaning::Unknown, |(value, caveat)| Meaning::Checked(value, caveat)),
            meaning => meaning,
        }
    }

    fn known_meaning(&self, written: &str, beside: &str) -> Meaning {
        let certain = |value: Option<String>| value.map_or(Meaning::Unknown, Meaning::Certain);
        match &self.form {
            Form::Date => date_meaning(written, beside),
            Form::Time => match read_time(written) {
                Reading::Certain(time) => Meaning::Certain(time.to_string()),
                Reading::Ambiguous(times) => Meaning::Either(
                    times.iter().map(|time| (time.to_string(), time.format("%-I:%M %p").to_string())).collect(),
                ),
                Reading::Unknown => Meaning::Unknown,
            },
            Form::Whole | Form::Number => {
                let quantity = read_quantity(written, Unit::of_field(self.name));
                let fits = |number: &rust_decimal::Decimal| self.form == Form::Number || number.is_integer();
                certain(quantity.filter(fits).map(|number| number.normalize().to_string()))
            }
            Form::Share => certain(
                read_share(written)
                    .filter(|share| *share >= rust_decimal::Decimal::ZERO && *share <= rust_decimal::Decimal::ONE)
                    .map(|share| share.normalize().to_string()),
            ),
            Form::Amount => match read_amount(written) {
                // 1,50 has a decimal comma, or a digit too few behind a comma of thousands.
                Some((amount, None)) if has_decimal_comma(written) => {
                    let without = written.replace(',', "");
                    let whole = read_amount(&without).map_or(amount, |(whole, _)| whole);
                    let said = |amount: rust_decimal::Decimal| (format!("\"{amount}\""), amount.to_string());
                    Meaning::Either(vec![said(amount), said(whole)])
                }
                Some((amount, None)) if !amount.is_sign_negative() => Meaning::Certain(format!("\"{amount}\"")),
                Some((amount, Some(_))) if !amount.is_sign_negative() => {
                    Meaning::Checked(format!("\"{amount}\""), "the currency goes in `currency`")
                }
                _ => Meaning::Unknown,
            },
            Form::Truth => certain(read_truth(written).map(|truth| truth.to_string())),
            Form::Choice(words) => {
                let spelled = |text: &str| text.trim().to_lowercase().replace([' ', '_'], "-");
                let meant = words.iter().find(|(word, label)| {
                    spelled(word) == spelled(written)
                        || spelled(label) == spelled(written)
                        || slug(label) == slug(written)
                });
                certain(meant.map(|(word, _)| format!("\"{word}\"")))
            }
            Form::Slug => match slug(written) {
                word if word.is_empty() => Meaning::Unknown,
                word => Meaning::Certain(format!("\"{word}\"")),
            },
            Form::Reference(_) => match slug(written) {
                id if id == written => Meaning::Certain(format!("\"{id}\"")),
                id if id.is_empty() => Meaning::Unknown,
                id => Meaning::Checked(format!("\"{id}\""), "the id is the name of the record's file without .toml"),
            },
            Form::Text | Form::Prose => certain(Some(in_quotes(written))),
            Form::Url if written.contains(':') || written.contains('@') || !written.contains('.') => {
                certain(Some(in_quotes(written)))
            }
            Form::Url => certain(Some(in_quotes(&format!("https://{written}")))),
            Form::Table | Form::Other => Meaning::Unknown,
        }
    }

    /// What `written` certainly means, as TOML: of a list, all its entries.
    pub(crate) fn value_of(&self, written: &str) -> Option<String> {
        if self.many {
            return self.entries(written).map(|entries| format!("[{}]", entries.join(", ")));
        }
        let is_wrapped = written.chars().any(is_quote);
        match self.meaning(written.trim_matches(is_quote), "") {
            Meaning::Certain(value) if !is_wrapped || !written.trim_matches(is_quote).contains(is_quote) => Some(value),
            _ => None,
        }
    }

    /// The entries of a list that someone wrote on one line, between commas or semicolons, each as TOML; none if one of
    /// them is not clear.
    pub(crate) fn entries(&self, written: &str) -> Option<Vec<String>> {
        let entries = split_entries(written);
        let single = ExpectedValue { name: self.name, form: self.form.clone(), many: false };
        let meant = entries.iter().map(|entry| match (&self.form, single.meaning(entry, "")) {
            (_, Meaning::Certain(value)) => Some(value),
            (Form::Reference(_) | Form::Choice(_), _) => Some(in_quotes(entry)),
            _ => None,
        });
        meant.collect::<Option<Vec<_>>>().filter(|entries| !entries.is_empty())
    }
}

impl fmt::Display for ExpectedValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

/// Text in straight double quotes.
pub(crate) fn in_quotes(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// Words that stand for no value.
const NOTHING: [&str; 21] = [
    "none",
    "null",
    "nil",
    "nan",
    "undefined",
    "n/a",
    "na",
    "n.a.",
    "-",
    "--",
    "–",
    "—",
    "?",
    "??",
    "???",
    "tbd",
    "tba",
    "tbc",
    "unknown",
    "~",
    "…",
];

/// Whether a text stands for no value: `N/A`, `TBD`, `?`.
pub(crate) fn is_nothing(text: &str) -> bool {
    NOTHING.contains(&text.trim().to_lowercase().as_str())
}

/// Words and signs that people write between the last two entries of a list.
const JOINING: [&str; 9] = ["and", "or", "&", "+", "/", "y", "et", "und", "e"];

/// The entries between commas or semicolons, without brackets and quotes around them. A comma in quotes is part of its
/// entry, unless the quotes are around the whole.
pub(super) fn split_entries(written: &str) -> Vec<String> {
    let inner = written.trim().trim_matches(['[', ']', '(', ')', '{', '}', ',', ';', ' ']);
    let is_whole = inner.len() > 1
        && inner.starts_with(is_quote)
        && inner.ends_with(is_quote)
        && inner.chars().filter(|c| is_quote(*c)).count() == 2;
    let inner = if is_whole { inner.trim_matches(is_quote) } else { inner };
    let mut entries = vec![String::new()];
    let mut is_quoted = false;
    // The length of the last entry when its closing quote came.
    let mut closed = None;
    for letter in inner.chars() {
        match letter {
            '"' | '“' | '”' | '`' => {
                is_quoted = !is_quoted;
                if is_quoted {
                    // A word between two texts joins them.
                    if let (Some(closed), Some(last)) = (closed.take(), entries.last_mut())
                        && last.get(closed..).is_some_and(|between| JOINING.contains(&between.trim()))
                    {
                        last.truncate(closed);
                    }
                } else {
                    closed = entries.last().map(String::len);
                }
                // Two texts side by side are two entries.
                if is_quoted && entries.last().is_some_and(|entry| !entry.trim().is_empty()) {
                    entries.push(String::new());
                }
            }
            ',' | ';' if !is_quoted => entries.push(String::new()),
            _ => entries.last_mut().into_iter().for_each(|entry| entry.push(letter)),
        }
    }
    let bare = |entry: &String| entry.trim().trim_matches(is_quote).trim().to_owned();
    entries.iter().map(bare).filter(|entry| !entry.is_empty()).collect()
}

/// Whether a character opens or closes a text, straight or curly.
pub(crate) fn is_quote(letter: char) -> bool {
    matches!(letter, '"' | '\'' | '`' | '“' | '”' | '„' | '‟' | '‘' | '’' | '‚' | '«' | '»')
}

/// What a text means as a date, without a clock: words such as "yesterday" mean none, and a date without a year gets that of
/// the latest other date of the file, or none.
fn date_meaning(written: &str, beside: &str) -> Meaning {
    // Seen from two days: what differs by its year lacks one, and what differs by more is no date but a word.
    let seen_from = |month: u32, year: i32| {
        NaiveDate::from_ymd_opt(year, month, 28).map(|today| read_date(written, today, Tense::Past))
    };
    let (Some(one), Some(other)) = (seen_from(12, 2024), seen_from(6, 2028)) else { return Meaning::Unknown };
    let dates = |reading: Reading<NaiveDate>| match reading {
        Reading::Certain(date) => vec![date],
        Reading::Ambiguous(dates) => dates,
        Reading::Unknown => Vec::new(),
    };
    let (one, other) = (dates(one), dates(other));
    let is_same_day = |(a, b): (&NaiveDate, &NaiveDate)| (a.month(), a.day()) == (b.month(), b.day());
    if one.is_empty() || one.len() != other.len() || !one.iter().zip(&other).all(is_same_day) {
        return month_meaning(written);
    }
    let has_year = one == other;
    let year = latest_year(beside).filter(|_| !has_year);
    let in_form = |date: &NaiveDate| match (has_year, &year) {
        (true, _) => date.to_string(),
        (false, Some(year)) => format!("{year}-{:02}-{:02}", date.month(), date.day()),
        (false, None) => format!("{NO_YEAR}-{:02}-{:02}", date.month(), date.day()),
    };
    let in_words = |date: &NaiveDate| date.format(if has_year { "%B %-d, %Y" } else { "%B %-d" }).to_string();
    match one.as_slice() {
        [date] if has_year => Meaning::Certain(in_form(date)),
        [date] if year.is_some() => Meaning::Checked(in_form(date), "check the year"),
        [date] => Meaning::Checked(in_form(date), "with the year in place of YYYY"),
        dates => Meaning::Either(dates.iter().map(|date| (in_form(date), in_words(date))).collect()),
    }
}

/// A month without a day: `2026-03`, `March 2026`.
fn month_meaning(written: &str) -> Meaning {
    let first = |form: &str, text: String| NaiveDate::parse_from_str(&text, form).ok();
    let month = first("%Y-%m-%d", format!("{written}-01"))
        .or_else(|| first("%B %Y %d", format!("{written} 01")))
        .or_else(|| first("%m/%Y/%d", format!("{written}/01")));
    match month {
        Some(month) if written.len() > 4 => {
            Meaning::Checked(month.format("%Y-%m-DD").to_string(), "with the day in place of DD")
        }
        _ if written.len() == 4 && written.bytes().all(|b| b.is_ascii_digit()) => {
            Meaning::Checked(format!("{written}-MM-DD"), "with the month and the day in place of MM-DD")
        }
        _ => Meaning::Unknown,
    }
}

/// The latest year of the dates in a text.
fn latest_year(text: &str) -> Option<&str> {
    let is_date = |word: &&str| word.get(..10).is_some_and(|date| date.parse::<NaiveDate>().is_ok());
    let words = text.split(|c: char| !(c.is_ascii_digit() || c == '-')).filter(is_date);
    words.filter_map(|word| word.get(..4)).max()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meaning(form: Form, name: &'static str, written: &str) -> Meaning {
        ExpectedValue { name, form, many: false }.meaning(written, "identified = 2025-11-02\n")
    }

    #[test]
    fn a_value_is_turned_into_what_the_field_holds() {
        for (form, name, written, value) in [
            (Form::Date, "joined", "March 3, 2026", "2026-03-03"),
            (Form::Date, "joined", "2026-3-3", "2026-03-03"),
            (Form::Date, "joined", "31.12.2026", "2026-12-31"),
            (Form::Time, "start_time", "6:30pm", "18:30:00"),
            (Form::Time, "start_time", "18:30", "18:30:00"),
            (Form::Whole, "lead_days", "one week", "7"),
            (Form::Whole, "lead_days", "1,200", "1200"),
            (Form::Number, "hours", "90 minutes", "1.5"),
            (Form::Share, "share", "35%", "0.35"),
            (Form::Amount, "amount", "$1,200.50", "\"1200.50\""),
            (Form::Truth, "listed", "Yes", "true"),
            (Form::Slug, "interests", "Evening hours", "\"evening-hours\""),
            (Form::Choice(vec![("civic-group", "Civic group")]), "x", "Civic Group", "\"civic-group\""),
            (Form::Text, "name", "The \"friends\"", "\"The \\\"friends\\\"\""),
        ] {
            assert_eq!(meaning(form, name, written), Meaning::Certain(value.to_owned()), "{written}");
        }
    }

    #[test]
    fn what_is_not_certain_is_said_so() {
        let checked = |value: &str, what| Meaning::Checked(value.to_owned(), what);
        assert_eq!(meaning(Form::Date, "joined", "March 3rd"), checked("2025-03-03", "check the year"));
        let alone = ExpectedValue { name: "joined", form: Form::Date, many: false };
        assert_eq!(alone.meaning("March 3rd", ""), checked("YYYY-03-03", "with the year in place of YYYY"));
        assert_eq!(alone.meaning("2026-03", ""), checked("2026-03-DD", "with the day in place of DD"));
        let both = [("2026-03-11", "March 11, 2026"), ("2026-11-03", "November 3, 2026")];
        let both = both.map(|(value, words)| (value.to_owned(), words.to_owned())).to_vec();
        assert_eq!(meaning(Form::Date, "joined", "3/11/2026"), Meaning::Either(both));
        for text in ["yesterday", "today", "next tuesday", "soon", "May", "2026-02-30"] {
            assert_eq!(meaning(Form::Date, "joined", text), Meaning::Unknown, "{text}");
        }
        assert_eq!(meaning(Form::Whole, "lead_days", "a while"), Meaning::Unknown);
    }

    #[test]
    fn a_list_on_one_line_is_split_into_its_entries() {
        let slugs = ExpectedValue { name: "interests", form: Form::Slug, many: true };
        for written in [
            "(\"evening-hours\", \"reading\")",
            "\"evening-hours\", \"reading\"",
            "\"evening-hours, reading\"",
            "evening-hours, reading",
            "[“evening-hours”, “reading”]",
            "Evening hours; reading",
            "'evening-hours', 'reading',",
            "[\"evening-hours\" \"reading\"]",
        ] {
            let entries = slugs.entries(written).unwrap();
            assert_eq!(entries, ["\"evening-hours\"", "\"reading\""], "{written}");
        }
        let texts = ExpectedValue { name: "areas", form: Form::Text, many: true };
        assert_eq!(texts.entries("\"Alder, Ohio\", \"East\"").unwrap(), ["\"Alder, Ohio\"", "\"East\""]);
    }
}
