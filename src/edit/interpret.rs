//! Reads a value as people type it, such as `March 3`, `$1,200`, `Civic group` or `Ana López`, into the form that its field
//! holds. Nothing is guessed: where a value has two meanings the refusal names both.

use crate::document::words::{self, shell_word};
use crate::error::Error;
use crate::kind::Kind;
use crate::ledger::Ledger;
use crate::lookup::{find_by_word, not_found};
use crate::parse::informal::{self, Reading, Tense, Unit, read_date, read_period, read_time, write_time};
use crate::parse::suggest::{is_slug, slug};
use crate::record::field::{Choice, Field, NotAChoice, Shape};
use crate::record::value::{TimeZone, is_url};
use chrono::NaiveDate;

/// What the meaning of a typed value depends on.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Interpreter<'l> {
    /// The ledger whose records values name; without one, references stay as they are typed.
    pub ledger: Option<&'l Ledger>,
    /// The date of `today`, from which `March 3` and `next Tuesday` are counted.
    pub today: NaiveDate,
}

impl Interpreter<'_> {
    /// One value of a field in the form in which the field holds it, as text: `2026-03-03`, `18:30:00`, `civic-group`. `name` is
    /// how the field is called in a refusal.
    ///
    /// # Errors
    /// If the value is none of the field's type, or has two meanings.
    pub(crate) fn interpret(&self, field: &Field, name: &str, text: &str) -> Result<String, Error> {
        let text = text.trim();
        let unit = Unit::of_field(field.name);
        Ok(match (field.shape)() {
            Shape::Date => date(name, text, self.today, field.tense())?.to_string(),
            Shape::Time => one_time(name, text)?,
            Shape::Boolean => match informal::read_truth(text) {
                Some(truth) => truth.to_string(),
                None => return Err(expected(name, "yes or no", text)),
            },
            Shape::Integer { min: 1, max: 12 } if informal::read_month(text).is_some() => {
                informal::read_month(text).map_or_else(String::new, |month| month.to_string())
            }
            Shape::Integer { .. } => match informal::read_quantity(text, unit) {
                Some(number) if number.fract().is_zero() => number.normalize().to_string(),
                _ => return Err(expected(name, "a whole number", text)),
            },
            Shape::Number { .. } => match informal::read_quantity(text, unit) {
                Some(number) => number.to_string(),
                None => return Err(expected(name, "a number like 12 or 0.5", text)),
            },
            Shape::Share => match informal::read_share(text) {
                Some(share) => share.to_string(),
                None => return Err(expected(name, "a share like 0.5 or 50%", text)),
            },
            Shape::Amount => self.amount(name, text)?,
            Shape::Currency => text.to_uppercase(),
            Shape::TimeZone => TimeZone::find(text).map_or_else(|| text.to_owned(), |zone| zone.to_string()),
            Shape::Choice(choices) => choice(choices, name, text)?.word.to_owned(),
            Shape::Slug if is_slug(text) => text.to_owned(),
            Shape::Slug => match slug(text) {
                word if word.is_empty() => {
                    return Err(expected(name, "a word of a-z, 0-9 and hyphens", text));
                }
                word => word,
            },
            Shape::Url => complete_url(text).unwrap_or_else(|| text.to_owned()),
            Shape::Reference(kind) => self.reference(kind, name, text)?,
            Shape::Requirement | Shape::Eligible if !["members", "nobody"].contains(&text) => {
                self.reference(Kind::Member, name, text)?
            }
            // A path of Windows, such as C:\\new, is no text with line breaks.
            Shape::Prose if !text.contains(":\\") && !text.contains('\n') => text.replace("\\n", "\n"),
            _ => text.to_owned(),
        })
    }

    /// The id of the record that a value names. An id of no record stays, for the checks to report with what is near.
    fn reference(&self, kind: Kind, name: &str, text: &str) -> Result<String, Error> {
        let Some(ledger) = self.ledger else { return Ok(text.to_owned()) };
        match find_by_word(ledger, &[kind], text)? {
            Some(record) => Ok(record.key().id.to_string()),
            None => {
                // The record of another kind is said as such: a person is no member.
                let other = find_by_word(ledger, &Kind::ALL, text).ok().flatten();
                match other {
                    Some(other) => {
                        let (is, wanted) = (other.key().kind.with_article(), kind.with_article());
                        Err(Error::usage(format!("`{text}` is {is}, and `{name}` names {wanted}"))
                            .with_hint(format!("`coalition list {}` lists them", kind.folder())))
                    }
                    None if is_slug(text) => Ok(text.to_owned()),
                    None => Err(not_found(ledger, &[kind], text).with_hint(format!(
                        "if it is new: coalition new {} {}",
                        called(kind),
                        shell_word(text)
                    ))),
                }
            }
        }
    }

    fn amount(&self, name: &str, text: &str) -> Result<String, Error> {
        let Some((amount, currency)) = informal::read_amount(text) else {
            return Err(expected(name, "an amount like 1200 or 85.50", text));
        };
        let own = self.ledger.map_or("USD", |ledger| ledger.root.currency());
        match currency.filter(|currency| *currency != own) {
            Some(other) => Err(Error::usage(format!(
                "`{text}` names a currency; write {name}={amount}, and the currency in its own field: currency={other}"
            ))),
            None => Ok(amount.to_string()),
        }
    }
}

/// What people call a record of a kind.
pub(crate) fn called(kind: Kind) -> &'static str {
    match kind {
        Kind::Member => "organization",
        Kind::Advocate => "person",
        kind => kind.singular(),
    }
}

/// The date that is meant by a text. `name` is how a refusal calls what it is for: a field or an option.
///
/// # Errors
/// If the text is no date, or could be two.
pub(crate) fn date(name: &str, text: &str, today: NaiveDate, tense: Tense) -> Result<NaiveDate, Error> {
    match read_date(text, today, tense) {
        Reading::Certain(date) => Ok(date),
        Reading::Ambiguous(dates) => {
            let said: Vec<_> = dates.iter().map(|date| words::format_date(*date)).collect();
            let written: Vec<_> = dates.iter().map(NaiveDate::to_string).collect();
            Err(ambiguous(name, text, &said, &written))
        }
        Reading::Unknown if text.trim().to_lowercase().starts_with("end of ") => {
            match read_period(text, today, tense) {
                Some((_, last)) => Ok(last),
                None => Err(expected(name, "a date like 2026-03-01, \"March 1, 2026\" or today", text)),
            }
        }
        Reading::Unknown => Err(match (read_period(text, today, tense), tense) {
            (Some((_, last)), Tense::Future) => Error::usage(format!(
                "{name} must be a day; `{text}` is not. For its last day, write {}",
                put(name, last)
            )),
            (Some((first, last)), _) => Error::usage(format!(
                "{name} must be a day; `{text}` is not. For its first day, write {}; for its last, {}",
                put(name, first),
                put(name, last)
            )),
            (None, _) => expected(name, "a date like 2026-03-01, \"March 1, 2026\" or today", text),
        }),
    }
}

/// A date as it is typed for an option or a field.
fn put(name: &str, date: NaiveDate) -> String {
    if name.starts_with("--") { format!("{name} {date}") } else { format!("{name}={date}") }
}

/// A time of day with its seconds, as all readers of TOML take it.
fn one_time(name: &str, text: &str) -> Result<String, Error> {
    match read_time(text) {
        Reading::Certain(time) => Ok(write_time(time)),
        Reading::Ambiguous(times) => {
            let said: Vec<_> = times.iter().map(|time| words::time(*time)).collect();
            let written: Vec<_> = times.iter().map(|time| time.format("%H:%M").to_string()).collect();
            Err(ambiguous(name, text, &said, &written))
        }
        Reading::Unknown => Err(expected(name, "a time of day like 18:30 or 6:30pm", text)),
    }
}

/// One of a few words, by the word or its label.
///
/// # Errors
/// If the text is none of them: the nearest one, and those that there are.
pub(crate) fn choice(choices: &'static [Choice], name: &str, text: &str) -> Result<&'static Choice, Error> {
    let read = Choice::read(choices, text);
    read.or_else(|none| Choice::find_called(choices, text).ok_or(none)).map_err(|NotAChoice { near, words }| {
        let all = words::choice(&words);
        Error::usage(match near {
            Some(near) => format!("{name} cannot be `{text}`; did you mean {near}? It can be {all}"),
            None if choices.iter().any(|choice| choice.word == "mon") => {
                format!("{name} cannot be `{text}`; write days like mon,tue, mon-fri, weekdays, weekends or daily")
            }
            None if name == "role" => {
                format!(
                    "{name} cannot be `{text}`; it can be {all}. To record the person's position, write \
                    title=\"{text}\""
                )
            }
            None => format!("{name} cannot be `{text}`; it can be {all}"),
        })
    })
}

/// A web address, with `https://` added where it has no scheme; `None` if the text is none.
pub(crate) fn complete_url(text: &str) -> Option<String> {
    if is_url(text) {
        return Some(text.to_owned());
    }
    let whole = format!("https://{text}");
    (!text.contains("//") && is_url(&whole)).then_some(whole)
}

fn ambiguous(name: &str, text: &str, said: &[String], written: &[String]) -> Error {
    Error::usage(format!("{name} `{text}` could be {}; write {}", words::choice(said), words::choice(written)))
}

fn expected(name: &str, what: &str, text: &str) -> Error {
    Error::usage(format!("{name} must be {what}; `{text}` is not"))
}
