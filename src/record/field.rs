//! The field tables. The `table!` of a struct defines each field of a record once; the reader, the schema, the
//! documentation and all suggestions use it.

use super::entry_key::EntryKey;
use crate::kind::Kind;
use crate::parse::informal::{Tense, synonyms};
use crate::parse::suggest::{nearest, slug};
use crate::parse::{ExpectedValue, FieldFace, Form};
use crate::source::Span;
use chrono::NaiveDate;

/// One field of a table.
#[derive(Debug)]
pub struct Field {
    /// The key, in `snake_case`.
    pub name: &'static str,
    /// The doc comment, line by line.
    pub doc: &'static str,
    /// An example value as TOML.
    pub example: &'static str,
    /// What else is known of it.
    pub flags: Flags,
    /// The type of one value.
    pub shape: fn() -> Shape,
    /// Whether the field holds a list of such values.
    pub many: bool,
}

impl Field {
    /// The doc comment as one paragraph.
    pub fn description(&self) -> String {
        paragraph(self.doc)
    }

    /// What its values are, for suggestions.
    pub(crate) fn expected(&self) -> ExpectedValue {
        let form = match (self.shape)() {
            Shape::Url => Form::Url,
            Shape::Prose => Form::Prose,
            Shape::Line | Shape::Path | Shape::Digest | Shape::Currency | Shape::TimeZone => Form::Text,
            Shape::Slug => Form::Slug,
            Shape::Reference(kind) => Form::Reference(kind.singular()),
            Shape::Integer { .. } => Form::Whole,
            Shape::Number { .. } => Form::Number,
            Shape::Share => Form::Share,
            Shape::Amount => Form::Amount,
            Shape::Boolean => Form::Truth,
            Shape::Date => Form::Date,
            Shape::Time => Form::Time,
            Shape::Choice(choices) => Form::Choice(choices.iter().map(|choice| (choice.word, choice.label)).collect()),
            Shape::Table(_) => Form::Table,
            Shape::Free | Shape::CheckSettings | Shape::Requirement | Shape::Eligible => Form::Other,
        };
        ExpectedValue { name: self.name, form, many: self.many }
    }

    /// When its dates are, where a person gives none of the year.
    pub(crate) fn tense(&self) -> Tense {
        match (self.flags.past, self.flags.ahead) {
            (true, _) => Tense::Past,
            (_, true) => Tense::Future,
            _ => Tense::Open,
        }
    }

    /// What the reader needs of it.
    pub fn face(&self) -> FieldFace {
        FieldFace { name: self.name, example: self.example, duty: self.flags.duty }
    }
}

/// A Rust name without the `r#` that lets it be a keyword.
pub(crate) const fn strip_raw(name: &'static str) -> &'static str {
    match name.as_bytes() {
        [b'r', b'#', ..] => name.split_at(2).1,
        _ => name,
    }
}

/// Doc comment lines joined to one paragraph; an empty line starts a new one.
pub(crate) fn paragraph(doc: &str) -> String {
    let lines: Vec<_> = doc.lines().map(str::trim).collect();
    lines.split(|line| line.is_empty()).map(|lines| lines.join(" ")).collect::<Vec<_>>().join("\n\n").trim().to_owned()
}

/// Marks of a field.
#[derive(Debug, Clone, Copy, Default)]
pub struct Flags {
    /// The record is incomplete without it.
    pub required: bool,
    /// Never leaves the repository unless asked for.
    pub private: bool,
    /// The date of something that has happened, so it cannot be in the future.
    pub past: bool,
    /// The date by which something is to happen: without a year, the next such day is meant.
    pub ahead: bool,
    /// It decides who must sign an agreement, who may sign it, or whether a signature counts: a mistake in it is a doubt that
    /// nothing lowers.
    pub duty: bool,
    /// It decides what others may read: where its name may be misspelled, nothing that it would open leaves.
    pub privacy: bool,
    /// The words of the member that `member` beside it names: of a member in person they leave with its consent.
    pub quote: bool,
}

impl Flags {
    /// No marks.
    pub const NONE: Flags =
        Flags { required: false, private: false, past: false, ahead: false, duty: false, privacy: false, quote: false };

    /// The same, required.
    pub const fn required(mut self) -> Flags {
        self.required = true;
        self
    }

    /// The same, private.
    pub const fn private(mut self) -> Flags {
        self.private = true;
        self
    }

    /// The same, one that decides a duty to sign.
    pub const fn duty(mut self) -> Flags {
        self.duty = true;
        self
    }

    /// The same, one that decides what others may read.
    pub const fn privacy(mut self) -> Flags {
        self.privacy = true;
        self
    }

    /// The same, the words of a member.
    pub const fn quote(mut self) -> Flags {
        self.quote = true;
        self
    }

    /// The same, a date by which something is to happen.
    pub const fn ahead(mut self) -> Flags {
        self.ahead = true;
        self
    }

    /// The same, a date that has passed.
    pub const fn past(mut self) -> Flags {
        self.past = true;
        self
    }
}

/// A table of fields: a record, or a part of one.
#[derive(Debug)]
pub struct TableDef {
    /// The Rust struct's name, which names the definition in schemas.
    pub name: &'static str,
    /// What one of it is called, with its article.
    pub noun: &'static str,
    /// The doc comment.
    pub doc: &'static str,
    /// Its own fields in canonical order.
    pub fields: &'static [Field],
    /// What makes two entries of a list of such tables the same one; `None` if no list holds them.
    pub key: Option<EntryKey>,
    /// Pairs of fields whose dates are in this order.
    pub orders: &'static [(&'static str, &'static str)],
}

impl TableDef {
    /// The field of this name.
    pub fn field(&self, name: &str) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.name == name)
    }
}

/// What one value of a field is.
#[derive(Debug, Clone)]
pub enum Shape {
    /// Text on one line.
    Line,
    /// Text of any length.
    Prose,
    /// A word of `a-z`, `0-9` and hyphens.
    Slug,
    /// A whole number in this range.
    Integer {
        /// The least value.
        min: i64,
        /// The greatest value.
        max: i64,
    },
    /// A number, whole or not, at least zero where so said.
    Number {
        /// No negative numbers.
        positive: bool,
    },
    /// A share between 0 and 1.
    Share,
    /// A decimal amount of money in quotes.
    Amount,
    /// True or false.
    Boolean,
    /// A local date.
    Date,
    /// A local time.
    Time,
    /// An ISO 4217 code.
    Currency,
    /// The name of a time zone.
    TimeZone,
    /// A URL.
    Url,
    /// A path beside the record.
    Path,
    /// `sha256:` and 64 hex digits.
    Digest,
    /// One of a few words.
    Choice(&'static [Choice]),
    /// The id of a record of this kind.
    Reference(Kind),
    /// A table.
    Table(&'static TableDef),
    /// A table with keys of one's own.
    Free,
    /// Check names with severities.
    CheckSettings,
    /// Of whom an agreement is required.
    Requirement,
    /// Who may take part in a decision.
    Eligible,
}

/// One of the words, and how it reads in a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Choice {
    /// The word in the file.
    pub word: &'static str,
    /// What it means, for people.
    pub label: &'static str,
}

/// A text that is none of the words of a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NotAChoice {
    /// The word that it is like.
    pub near: Option<&'static str>,
    /// The words that there are.
    pub words: Vec<&'static str>,
}

impl Choice {
    /// The choice that a text means, otherwise the words that it could have been.
    pub(crate) fn read(choices: &'static [Choice], text: &str) -> Result<&'static Choice, NotAChoice> {
        Choice::find_meant(choices, text).ok_or_else(|| {
            let words: Vec<&'static str> = choices.iter().map(|choice| choice.word).collect();
            NotAChoice { near: nearest(text.trim(), words.iter().copied()), words }
        })
    }

    /// The choice that is meant by a word or a label, in any case, with spaces or hyphens.
    pub fn find_meant(choices: &'static [Choice], text: &str) -> Option<&'static Choice> {
        let spelled = |text: &str| text.trim().to_lowercase().replace([' ', '_'], "-");
        let meant = spelled(text);
        let by_word = choices.iter().find(|choice| choice.word == meant);
        by_word.or_else(|| choices.iter().find(|choice| spelled(choice.label) == meant || slug(choice.label) == meant))
    }

    /// The only choice that people call by a word: one of its parts, as `union` of `labor-union`, or what means the same.
    pub(crate) fn find_called(choices: &'static [Choice], text: &str) -> Option<&'static Choice> {
        let word = slug(text);
        let meant = synonyms(&word).iter().find_map(|meant| choices.iter().find(|choice| choice.word == *meant));
        let plain = |part: &str| part.trim_end_matches('s').to_owned();
        let has_part = |choice: &&Choice| choice.word.split('-').any(|part| plain(part) == plain(&word));
        let mut with_part = choices.iter().filter(has_part);
        let only = with_part.next().filter(|_| with_part.next().is_none());
        meant.or(only.filter(|_| word.len() > 2))
    }
}

/// A value as a visitor sees it.
#[derive(Debug, Clone, Copy)]
pub enum Leaf<'a> {
    /// The id of another record.
    Reference(Kind, &'a str),
    /// A date.
    Date(NaiveDate),
    /// Text of any kind.
    Text(&'a str),
    /// Something else, such as a word, an address or a number: it says what is in the file at its place.
    Written,
}

/// What walks through the values of a record: called for each date, reference and text, and around each table.
pub trait Visitor<'a> {
    /// A table, or an entry of a list of tables, begins.
    fn enter(&mut self, _field: &'static Field, _span: Span) {}
    /// It ends.
    fn leave(&mut self) {}
    /// A value.
    fn leaf(&mut self, field: &'static Field, span: Span, leaf: Leaf<'a>);
}
