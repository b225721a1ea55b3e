//! Applies edits to a text and verifies the result: the changed text must read back as the data after the edits, and
//! nothing else.

use super::order::Order;
use super::page::PathStep;
use super::splice::{apply_to_text, dotted};
use super::tree::tree_of;
use super::{Edit, Literal};
use crate::error::Error;
use serde_json::{Map, Value};

/// The text after all edits, applied in order.
///
/// # Errors
/// If the text is not TOML, if an edit does not fit the file, or if it would change more than intended.
pub(crate) fn apply_edits(text: &str, edits: &[Edit], order: &Order) -> Result<String, Error> {
    let mut after = text.to_owned();
    let mut meant = Value::Object(tree_of(text)?);
    for edit in edits {
        after = apply_to_text(&after, edit, order)?;
        on_tree(&mut meant, edit)?;
    }
    // With its last field or entry, a table or a list may go too.
    let removes = edits.iter().any(|edit| matches!(edit, Edit::Remove { .. } | Edit::RemoveItem { .. }));
    let plain = |tree: Value| sort_keys(tree, removes);
    let said = tree_of(&after).map(Value::Object);
    if said.is_ok_and(|said| plain(said) == plain(meant)) {
        return Ok(after);
    }
    Err(Error::refused("this edit would change more than you asked for; make it by hand, then run `coalition check`"))
}

/// Applies an edit to the data.
fn on_tree(tree: &mut Value, edit: &Edit) -> Result<(), Error> {
    let none = |place: &[PathStep]| Error::refused(format!("there is no `{}`", dotted(place)));
    match edit {
        Edit::Set { place, value } => *value_at(tree, place).ok_or_else(|| none(place))? = tree_of_literal(value)?,
        Edit::Append { list, value } => {
            let found = value_at(tree, list).ok_or_else(|| none(list))?;
            if found.is_null() {
                *found = Value::Array(Vec::new());
            }
            found.as_array_mut().ok_or_else(|| none(list))?.push(tree_of_literal(value)?);
        }
        Edit::Remove { place } => {
            let (last, table) = place.split_last().ok_or_else(|| none(place))?;
            match (last, value_at(tree, table)) {
                (PathStep::Key(key), Some(Value::Object(fields))) => {
                    fields.remove(key);
                }
                (PathStep::At(at), Some(Value::Array(items))) if *at < items.len() => {
                    items.remove(*at);
                }
                _ => return Err(none(place)),
            }
        }
        Edit::RemoveItem { list, value } => {
            let value = tree_of_literal(value)?;
            let items = value_at(tree, list).and_then(Value::as_array_mut).ok_or_else(|| none(list))?;
            let at = items.iter().position(|item| *item == value).ok_or_else(|| none(list))?;
            items.remove(at);
        }
    }
    Ok(())
}

/// The value at a place; tables on the way are made.
fn value_at<'v>(tree: &'v mut Value, place: &[PathStep]) -> Option<&'v mut Value> {
    let Some((first, rest)) = place.split_first() else { return Some(tree) };
    let next = match (first, tree) {
        (PathStep::Key(key), Value::Object(fields)) => fields.entry(key.as_str()).or_insert(Value::Null),
        (PathStep::Key(key), tree @ Value::Null) => {
            *tree = Value::Object(Map::new());
            tree.as_object_mut()?.entry(key.as_str()).or_insert(Value::Null)
        }
        (PathStep::At(at), Value::Array(items)) => items.get_mut(*at)?,
        _ => return None,
    };
    value_at(next, rest)
}

/// What a value says, as data.
///
/// # Errors
/// If it is not TOML.
pub(super) fn tree_of_literal(value: &Literal) -> Result<Value, Error> {
    let mut tree = tree_of(&format!("x = {}\n", value.toml("\n")))?;
    tree.remove("x").ok_or_else(|| Error::internal("a value was written that cannot be read"))
}

/// The tree with its keys in order, as where a key stands means nothing; without what is empty, if so asked.
fn sort_keys(value: Value, pruned: bool) -> Value {
    let is_kept = |value: &Value| match value {
        Value::Object(fields) => !pruned || !fields.is_empty(),
        Value::Array(items) => !pruned || !items.is_empty(),
        Value::Null => !pruned,
        _ => true,
    };
    match value {
        Value::Object(fields) => {
            let fields = fields.into_iter().map(|(key, value)| (key, sort_keys(value, pruned)));
            let mut fields: Map<String, Value> = fields.filter(|(_, value)| is_kept(value)).collect();
            fields.sort_keys();
            Value::Object(fields)
        }
        Value::Array(items) => items.into_iter().map(|item| sort_keys(item, pruned)).collect(),
        other => other,
    }
}
