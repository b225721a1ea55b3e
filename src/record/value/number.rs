//! Numbers: whole ones in a range, quantities, shares, months and amounts of money.

use super::super::field::Shape;
use super::Value;
use super::text::text;
use crate::parse::informal::{has_decimal_comma, read_amount};
use crate::parse::{Reader, TomlItem, span_of};
use rust_decimal::Decimal;
use serde::{Serialize, Serializer};
use std::fmt;
use std::str::FromStr;
use toml::de::DeValue;

/// The whole number of an item, if it is one that fits.
fn integer(item: TomlItem<'_>) -> Option<i64> {
    let number = item.get_ref().as_integer()?;
    i64::from_str_radix(number.as_str(), number.radix()).ok()
}

/// A whole number between two bounds; anything else is reported.
fn read_in_range(item: TomlItem<'_>, reader: &mut Reader<'_>, min: i64, max: i64) -> Option<i64> {
    if !item.get_ref().is_integer() {
        reader.wrong_type(item, "a whole number");
        return None;
    }
    let value = integer(item).filter(|value| (min..=max).contains(value));
    if value.is_none() {
        let message = format!("`{}` is {}, which is out of range", reader.field().name, reader.source(span_of(item)));
        reader.invalid(span_of(item), message, format!("write a whole number from {min} to {max}"));
    }
    value
}

/// Counts, versions and days.
impl Value for u32 {
    fn shape() -> Shape {
        Shape::Integer { min: 0, max: 1_000_000_000 }
    }

    fn read(item: TomlItem<'_>, reader: &mut Reader<'_>) -> Option<u32> {
        read_in_range(item, reader, 0, 1_000_000_000).and_then(|value| u32::try_from(value).ok())
    }
}

/// A month of the year, 1 to 12.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct Month(pub u8);

impl Value for Month {
    fn shape() -> Shape {
        Shape::Integer { min: 1, max: 12 }
    }

    fn read(item: TomlItem<'_>, reader: &mut Reader<'_>) -> Option<Month> {
        read_in_range(item, reader, 1, 12).and_then(|value| u8::try_from(value).ok()).map(Month)
    }
}

/// The exact decimal of a TOML number.
fn decimal(item: TomlItem<'_>) -> Option<Decimal> {
    match item.get_ref() {
        DeValue::Integer(_) => integer(item).map(Decimal::from),
        DeValue::Float(number) => {
            let digits = number.as_str().replace('_', "");
            Decimal::from_str(&digits).or_else(|_| Decimal::from_scientific(&digits)).ok()
        }
        _ => None,
    }
}

/// A decimal number on its way out: whole where it is whole.
fn serialize<S: Serializer>(value: &Decimal, serializer: S) -> Result<S::Ok, S::Error> {
    let plain = value.normalize();
    match i64::try_from(plain) {
        Ok(whole) if plain.is_integer() => serializer.serialize_i64(whole),
        _ => serializer.serialize_f64(f64::try_from(plain).unwrap_or_default()),
    }
}

/// A quantity: hours, a reading of a measure. Exact, so that sums are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Number(pub Decimal);

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serialize(&self.0, serializer)
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.normalize().fmt(f)
    }
}

impl Value for Number {
    fn shape() -> Shape {
        Shape::Number { positive: false }
    }

    fn read(item: TomlItem<'_>, reader: &mut Reader<'_>) -> Option<Number> {
        if !item.get_ref().is_integer() && !item.get_ref().is_float() {
            reader.wrong_type(item, "a number");
            return None;
        }
        let value = decimal(item).map(Number);
        if value.is_none() {
            let message = format!("`{}` must be a finite number", reader.source(span_of(item)));
            reader.invalid(span_of(item), message, "write a plain number like 12 or 7.5");
        }
        value
    }
}

/// A share of a whole, between 0 and 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Share(pub Decimal);

impl Serialize for Share {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serialize(&self.0, serializer)
    }
}

impl Value for Share {
    fn shape() -> Shape {
        Shape::Share
    }

    fn read(item: TomlItem<'_>, reader: &mut Reader<'_>) -> Option<Share> {
        if !item.get_ref().is_integer() && !item.get_ref().is_float() {
            reader.wrong_type(item, "a number between 0 and 1");
            return None;
        }
        let value = decimal(item).filter(|value| (Decimal::ZERO..=Decimal::ONE).contains(value)).map(Share);
        if value.is_none() {
            let message = format!("`{}` is not a share between 0 and 1", reader.source(span_of(item)));
            let percent = decimal(item).filter(|value| (Decimal::ONE..=Decimal::ONE_HUNDRED).contains(value));
            let help = percent.and_then(|percent| percent.checked_div(Decimal::ONE_HUNDRED)).map_or_else(
                || "write a share, such as 0.5 for half".to_owned(),
                |share| {
                    let (field, share) = (reader.field().name, share.normalize());
                    format!("write a share, such as 0.5 for half: {field} = {share} if it is a percentage")
                },
            );
            reader.invalid(span_of(item), message, help);
        }
        value
    }
}

/// How many of a whole: a number of them, or a share of all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CountOrShare {
    /// So many.
    Count(u32),
    /// This part of all, between 0 and 1.
    Share(Decimal),
}

impl CountOrShare {
    /// The least number that is meant of so many: the count, or the share rounded up; never more than there are.
    pub fn of(self, all: usize) -> usize {
        let least = match self {
            CountOrShare::Count(count) => usize::try_from(count).unwrap_or(all),
            CountOrShare::Share(share) => {
                let part = share.checked_mul(Decimal::from(all)).map(|part| part.ceil());
                part.and_then(|part| usize::try_from(part).ok()).unwrap_or(all)
            }
        };
        least.min(all)
    }
}

impl Serialize for CountOrShare {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            CountOrShare::Count(count) => serializer.serialize_u32(*count),
            CountOrShare::Share(share) => serializer.serialize_f64(f64::try_from(*share).unwrap_or_default()),
        }
    }
}

impl Value for CountOrShare {
    fn shape() -> Shape {
        Shape::Number { positive: true }
    }

    fn read(item: TomlItem<'_>, reader: &mut Reader<'_>) -> Option<CountOrShare> {
        if item.get_ref().is_integer() {
            return u32::read(item, reader).map(CountOrShare::Count);
        }
        if !item.get_ref().is_float() {
            reader.wrong_type(item, "a whole number, or a share between 0 and 1");
            return None;
        }
        let share = decimal(item).filter(|value| (Decimal::ZERO..=Decimal::ONE).contains(value));
        if share.is_none() {
            let written = reader.source(span_of(item));
            let message = format!("`{written}` is neither a whole number nor a share between 0 and 1");
            reader.invalid(span_of(item), message, "write a count, like 3, or a share, like 0.5");
        }
        share.map(CountOrShare::Share)
    }
}

/// An amount of money, exact, without its currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Amount(pub Decimal);

impl Serialize for Amount {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl Value for Amount {
    fn shape() -> Shape {
        Shape::Amount
    }

    fn read(item: TomlItem<'_>, reader: &mut Reader<'_>) -> Option<Amount> {
        let written = text(item, reader, "text with an amount")?;
        let plain = !written.is_empty() && written.bytes().all(|b| b.is_ascii_digit() || b == b'.');
        let amount = Decimal::from_str(written).ok().filter(|amount| plain && amount.scale() <= 4).map(Amount);
        if amount.is_none() {
            let message = format!("`{written}` is not an amount of money");
            let (help, meant) = match read_amount(written).filter(|(amount, _)| !amount.is_sign_negative()) {
                Some((amount, None)) if has_decimal_comma(written) => {
                    let (field, whole) =
                        (reader.field().name, written.chars().filter(char::is_ascii_digit).collect::<String>());
                    let help =
                        format!("write digits and a decimal point: {field} = \"{amount}\", or {field} = \"{whole}\"");
                    (help, None)
                }
                Some((amount, None)) => {
                    let meant = format!("\"{amount}\"");
                    (
                        format!("write digits and a decimal point, like \"250.00\": {} = {meant}", reader.field().name),
                        Some(meant),
                    )
                }
                Some((amount, Some(currency))) => {
                    let field = reader.field().name;
                    (
                        format!(
                            "write digits and a decimal point, like \"250.00\": {field} = \"{amount}\", and currency = \"{currency}\""
                        ),
                        None,
                    )
                }
                None => (
                    "write digits and a decimal point, like \"250.00\"; the currency goes in `currency`".to_owned(),
                    None,
                ),
            };
            reader.invalid_for(item, message, &help, meant.as_deref());
        }
        amount
    }
}
