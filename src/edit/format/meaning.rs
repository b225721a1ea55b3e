//! Verifies that formatting changes only the form: the file means the same, no comment is lost, and the record reads
//! the same.

use super::arrange::ordered_by;
use super::dates::date_of;
use crate::edit::Order;
use crate::edit::tree::tree_of;
use crate::error::Error;
use crate::ledger::Ledger;
use crate::record::field::{Field, Shape};
use crate::record::fields_of_root;
use crate::source::LedgerPath;
use serde_json::{Map, Value};
use std::collections::HashMap;
use toml_parser::Source;
use toml_parser::lexer::TokenKind;

/// Proves that a new text means what the old one does, which is `tree`, and keeps its comments.
///
/// # Errors
/// If it does not, which no one has seen yet.
pub(super) fn prove(before: &str, mut tree: Map<String, Value>, after: &str, order: &Order) -> Result<(), Error> {
    let fields = order.fields(&[]);
    settle(&mut tree, &fields, &as_date);
    let is_same = tree_of(after).is_ok_and(|mut after| {
        settle(&mut after, &fields, &as_date);
        tree == after
    });
    if is_same && comments(before) == comments(after) {
        return Ok(());
    }
    Err(Error::refused(
        "formatting it would change its meaning or a comment, so it was left as it is; format it by hand",
    ))
}

/// Brings what may differ to one form: the order of lists that are put in order, and dates, which `date` changes or
/// says to leave out.
fn settle(fields: &mut Map<String, Value>, known: &[&'static Field], date: &dyn Fn(&mut Value) -> bool) {
    fields.retain(|key, value| {
        let Some(field) = known.iter().find(|field| field.name == key) else { return true };
        match (field.shape)() {
            Shape::Date => return date(value),
            Shape::Table(table) => {
                let known: Vec<&'static Field> = table.fields.iter().collect();
                match value {
                    Value::Object(table) => settle(table, &known, date),
                    Value::Array(entries) => {
                        entries
                            .iter_mut()
                            .filter_map(Value::as_object_mut)
                            .for_each(|entry| settle(entry, &known, date));
                        if ordered_by(field).is_some() {
                            entries.sort_by_cached_key(Value::to_string);
                        }
                    }
                    _ => {}
                }
            }
            _ => {}
        }
        true
    });
}

/// A date in quotes as one without.
fn as_date(value: &mut Value) -> bool {
    if let Some(date) = value.as_str().and_then(|text| date_of(text.strip_prefix('=')?)) {
        *value = Value::from(format!(":{date}"));
    }
    true
}

/// All comments of a text, by their words.
pub(crate) fn comments(text: &str) -> Vec<&str> {
    let source = Source::new(text);
    let tokens = source.lex().filter(|token| token.kind() == TokenKind::Comment);
    let words = tokens.filter_map(|token| text.get(token.span().start()..token.span().end()));
    let mut comments: Vec<&str> = words.map(|comment| comment.trim_end_matches([' ', '\t', '\r'])).collect();
    comments.sort_unstable();
    comments
}

/// Proves that the records in some files read the same in a changed ledger. Where a file had dates in quotes, those could
/// not be read before, and are not compared.
///
/// # Errors
/// If one reads differently, which no one has seen yet.
pub(crate) fn same_records(before: &Ledger, after: &Ledger, files: &HashMap<&LedgerPath, bool>) -> Result<(), Error> {
    let of = |ledger: &Ledger| -> HashMap<LedgerPath, Map<String, Value>> {
        let of_ledger = ledger.parts().filter_map(|record| {
            let had_quotes = *files.get(record.path())?;
            let known = Order::of_path(record.path()).fields(&[]);
            Some((record.path().clone(), normalize(record.to_json(), &known, had_quotes)))
        });
        let root = files.iter().filter(|(path, _)| path.depth() == 0).map(|(path, had_quotes)| {
            let known: Vec<&'static Field> = fields_of_root().collect();
            let parts = [serde_json::to_value(&ledger.root.common), serde_json::to_value(&ledger.root.coalition)];
            let fields = parts.into_iter().flatten().filter_map(|part| part.as_object().cloned()).flatten().collect();
            ((*path).clone(), normalize(fields, &known, *had_quotes))
        });
        of_ledger.chain(root).collect()
    };
    let (before, after) = (of(before), of(after));
    match files.keys().find(|path| before.get(**path) != after.get(**path)) {
        None => Ok(()),
        Some(path) => {
            Err(Error::refused(format!("after formatting, {path} would be read differently, so nothing was written")))
        }
    }
}

/// The fields of a record with what may differ in one form.
fn normalize(fields: Map<String, Value>, known: &[&'static Field], had_quotes: bool) -> Map<String, Value> {
    let mut fields: Map<String, Value> =
        fields.into_iter().map(|(key, value)| (key, with_plain_lines(value))).collect();
    settle(&mut fields, known, &|_| !had_quotes);
    fields
}

/// Without line ends of Windows inside texts.
fn with_plain_lines(value: Value) -> Value {
    match value {
        Value::String(text) => Value::from(text.replace("\r\n", "\n")),
        Value::Array(items) => items.into_iter().map(with_plain_lines).collect(),
        Value::Object(fields) => {
            Value::Object(fields.into_iter().map(|(key, value)| (key, with_plain_lines(value))).collect())
        }
        other => other,
    }
}
