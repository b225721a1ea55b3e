//! What a merge changed in a record that no commit of the merged lines did: a conflict that someone decided, or something that the
//! merge lost. The rest is reported at the commits that did it.

use super::Following;
use crate::difference::event::Event;
use crate::difference::walk::{EntryChange, FieldChange};
use crate::difference::{Difference, Renamed, TextChange};
use crate::error::Error;
use crate::kind::RecordKey;
use serde_json::Value;

/// A commit right before another one, and the key that the record has there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Side {
    /// The commit, as its place in the list.
    pub at: usize,
    /// The key.
    pub key: RecordKey,
}

/// What a merge changed that none of its sides brought.
///
/// # Errors
/// Why a commit cannot be read.
pub(super) fn tell_merge(
    following: &Following<'_>,
    sides: &[Side],
    at: usize,
    key: &RecordKey,
) -> Result<Option<Difference>, Error> {
    let files = following.files_of(at, key)?;
    let mut all = Difference::default();
    for side in sides {
        let files_before = following.files_of(side.at, &side.key)?;
        if files_before == files {
            continue;
        }
        // What the other lines have done since they parted from this one.
        let mut brought = Vec::new();
        let mut is_brought_whole = false;
        for other in sides.iter().filter(|other| *other != side) {
            let base = following.past.base(side.at, other.at);
            let key_then = base.map(|base| following.key_before(base, side.at, &side.key));
            let start = base.zip(key_then).map(|(at, key)| Side { at, key });
            let files_then = start.as_ref().map(|start| following.files_of(start.at, &start.key)).transpose()?;
            let files_there = following.files_of(other.at, &other.key)?;
            is_brought_whole |= files_then.unwrap_or_default() == files_before && files_there == files;
            brought.extend(following.change(start.as_ref(), other.at, &other.key)?);
        }
        if is_brought_whole {
            continue;
        }
        let Some(found) = following.change(Some(side), at, key)? else { continue };
        add_new(&mut all, leave_out(found, &brought));
    }
    Ok((!all.is_empty()).then_some(all))
}

/// A difference without what others brought.
fn leave_out(found: Difference, brought: &[Difference]) -> Difference {
    let is_new_event =
        |event: &Event| !brought.iter().flat_map(|one| &one.events).any(|other| is_same_event(other, event));
    let is_new_field = |change: &FieldChange| {
        let others: Vec<&FieldChange> = brought.iter().flat_map(|one| &one.fields).collect();
        !is_brought(change, &others)
    };
    let is_new_entry =
        |change: &EntryChange| !brought.iter().flat_map(|one| &one.entries).any(|other| is_same_entry(other, change));
    let is_new_text = |change: &TextChange| {
        let mut others = brought.iter().flat_map(|one| &one.texts).filter(|other| other.record == change.record);
        !others.any(|other| change.sentences.iter().all(|sentence| other.sentences.contains(sentence)))
    };
    let is_new_rename = |renamed: &Renamed| {
        !brought
            .iter()
            .flat_map(|one| &one.renamed)
            .any(|other| other.now == renamed.now && other.file_now == renamed.file_now)
    };
    Difference {
        events: found.events.into_iter().filter(is_new_event).collect(),
        fields: found.fields.into_iter().filter(is_new_field).collect(),
        entries: found.entries.into_iter().filter(is_new_entry).collect(),
        texts: found.texts.into_iter().filter(is_new_text).collect(),
        renamed: found.renamed.into_iter().filter(is_new_rename).collect(),
        ..Difference::default()
    }
}

/// Adds what is seen from another side, unless it was seen already.
fn add_new(all: &mut Difference, found: Difference) {
    for event in found.events {
        if !all.events.iter().any(|other| is_same_event(other, &event)) {
            all.events.push(event);
        }
    }
    for change in found.fields {
        let is_known = |other: &FieldChange| other.field == change.field && other.after == change.after;
        if !all.fields.iter().any(is_known) {
            all.fields.push(change);
        }
    }
    for change in found.entries {
        if !all.entries.iter().any(|other| is_same_entry(other, &change)) {
            all.entries.push(change);
        }
    }
    for change in found.texts {
        if !all.texts.iter().any(|other| other.record == change.record) {
            all.texts.push(change);
        }
    }
    for renamed in found.renamed {
        if !all.renamed.iter().any(|other| other.now == renamed.now) {
            all.renamed.push(renamed);
        }
    }
}

fn is_same_event(one: &Event, other: &Event) -> bool {
    let values = |event: &Event| -> Vec<(String, Option<Value>, Option<Value>)> {
        let field = |change: &FieldChange| (change.field.clone(), change.before.clone(), change.after.clone());
        event.fields.iter().map(field).collect()
    };
    (one.event, &one.list, &one.entry) == (other.event, &other.list, &other.entry) && values(one) == values(other)
}

fn is_same_entry(one: &EntryChange, other: &EntryChange) -> bool {
    let values = |change: &EntryChange| -> Vec<(String, Option<Value>)> {
        change.fields.iter().map(|field| (field.field.clone(), field.after.clone())).collect()
    };
    (&one.list, one.change, &one.entry) == (&other.list, other.change, &other.entry) && values(one) == values(other)
}

/// Whether others brought a change of a field: the same values, or of a list every word that came or went.
fn is_brought(change: &FieldChange, others: &[&FieldChange]) -> bool {
    let same: Vec<&&FieldChange> = others.iter().filter(|other| other.field == change.field).collect();
    if same.iter().any(|other| (&other.before, &other.after) == (&change.before, &change.after)) {
        return true;
    }
    let moved = |change: &FieldChange| {
        let words = |value: &Option<Value>| match value {
            Some(Value::Array(words)) => Some(words.clone()),
            None => Some(Vec::new()),
            Some(_) => None,
        };
        let (before, after) = (words(&change.before)?, words(&change.after)?);
        let only = |these: &[Value], others: &[Value]| -> Vec<Value> {
            these.iter().filter(|word| !others.contains(word)).cloned().collect()
        };
        Some((only(&after, &before), only(&before, &after)))
    };
    let Some((came, went)) = moved(change).filter(|_| !change.private) else { return false };
    let brought: Vec<_> = same.iter().filter_map(|other| moved(other)).collect();
    came.iter().all(|word| brought.iter().any(|(came, _)| came.contains(word)))
        && went.iter().all(|word| brought.iter().any(|(_, went)| went.contains(word)))
        && !brought.is_empty()
}
