//! A piece of text that is about to leave: a cell, a line, a page.

use serde_json::Value;
use std::borrow::Cow;

/// A piece of text that is about to leave.
#[derive(Debug, Clone)]
pub(crate) struct OutgoingPiece<'a> {
    /// What contains it: a file, a page.
    pub place: Cow<'a, str>,
    /// Its column or key, if it has one.
    pub key: Option<Cow<'a, str>>,
    /// Its text, without the markup of its format.
    pub text: Cow<'a, str>,
}

impl<'a> OutgoingPiece<'a> {
    /// Text without a column.
    pub(crate) fn of_text(place: &'a str, text: impl Into<Cow<'a, str>>) -> OutgoingPiece<'a> {
        OutgoingPiece { place: place.into(), key: None, text: text.into() }
    }

    /// The value of a column.
    pub(crate) fn of_cell(place: &'a str, column: &'a str, text: impl Into<Cow<'a, str>>) -> OutgoingPiece<'a> {
        OutgoingPiece { place: place.into(), key: Some(column.into()), text: text.into() }
    }

    /// All text in data, including keys.
    pub(crate) fn of_data(place: &'a str, data: &'a Value) -> Vec<OutgoingPiece<'a>> {
        let mut pieces = Vec::new();
        collect(place, None, data, &mut pieces);
        pieces
    }
}

fn collect<'a>(place: &'a str, key: Option<&'a str>, data: &'a Value, pieces: &mut Vec<OutgoingPiece<'a>>) {
    match data {
        Value::String(text) => {
            pieces.push(OutgoingPiece { place: place.into(), key: key.map(Cow::Borrowed), text: text.into() });
        }
        Value::Number(number) => pieces.push(OutgoingPiece {
            place: place.into(),
            key: key.map(Cow::Borrowed),
            text: number.to_string().into(),
        }),
        Value::Array(items) => items.iter().for_each(|item| collect(place, key, item, pieces)),
        Value::Object(fields) => {
            for (name, value) in fields {
                pieces.push(OutgoingPiece::of_text(place, name.as_str()));
                collect(place, Some(name), value, pieces);
            }
        }
        Value::Null | Value::Bool(_) => {}
    }
}
