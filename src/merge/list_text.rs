//! A list in brackets that both sides changed: our text with the items that are new in theirs and without those that they
//! removed. Items on lines of their own keep their lines, with their comments.

use super::sequence::{Sequences, SortKey, Sorting, place_new};
use crate::edit::page::{Inside, ValuePlace};
use crate::record::entry_key::EntryId;
use std::collections::HashMap;

/// A list as one version writes it.
pub(super) struct WrittenList<'t> {
    /// The text of the file.
    pub text: &'t str,
    /// Its place in it.
    pub place: &'t ValuePlace,
    /// Its items, kept apart.
    pub ids: &'t [EntryId],
}

/// What becomes of the items.
pub(super) struct ItemPlan<'p> {
    /// Whether an item of ours stays.
    pub is_kept: &'p dyn Fn(&EntryId) -> bool,
    /// Whether an item of theirs that ours lacks comes in.
    pub is_wanted: &'p dyn Fn(&EntryId) -> bool,
    /// Whether theirs takes the place of ours.
    pub is_replaced: &'p dyn Fn(&EntryId) -> bool,
    /// How the list is sorted, and by what.
    pub sorted: Option<(Sorting, SortKey<'p, EntryId>)>,
}

/// An item on lines of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
struct ItemLines<'t> {
    /// Comments above it and the spaces before it.
    before: &'t str,
    /// The item.
    item: &'t str,
    /// Whether a comma follows.
    has_comma: bool,
    /// What follows the comma, with the line break.
    behind: &'t str,
}

/// A list taken apart.
struct ItemList<'t> {
    open: &'t str,
    items: Vec<ItemLines<'t>>,
    close: &'t str,
}

impl<'t> WrittenList<'t> {
    fn items(&self) -> Option<&'t [ValuePlace]> {
        match &self.place.inside {
            Inside::List(items) if items.len() == self.ids.len() => Some(items),
            _ => None,
        }
    }

    fn written(&self) -> &'t str {
        self.text.get(self.place.span.clone()).unwrap_or_default()
    }

    /// The list, if each item is on lines of its own.
    fn lines(&self) -> Option<ItemList<'t>> {
        let items = self.items()?;
        let text = self.text;
        let inside = text.get(self.place.span.start..items.first()?.span.start)?;
        let mut start = self.place.span.start + inside.find('\n')? + 1;
        let mut list = ItemList { open: text.get(self.place.span.start..start)?, items: Vec::new(), close: "" };
        for item in items {
            let before = text.get(start..item.span.start)?;
            let end = self.place.span.end - 1;
            let rest = text.get(item.span.end..end)?;
            let line = rest.get(..=rest.find('\n')?)?;
            let code = line.split('#').next()?.trim();
            if !before.rsplit('\n').next()?.trim().is_empty() || !matches!(code, "" | ",") {
                return None;
            }
            let has_comma = code == ",";
            let behind = if has_comma { line.split_once(',')?.1 } else { line };
            list.items.push(ItemLines { before, item: text.get(item.span.clone())?, has_comma, behind });
            start = item.span.end + line.len();
        }
        let unfinished = list.items.iter().rev().skip(1).any(|item| !item.has_comma);
        list.close = text.get(start..self.place.span.end)?;
        // A comma on the next line belongs to the item above.
        let is_plain = list.close.lines().all(|line| !line.trim_start().starts_with(','));
        (!unfinished && is_plain).then_some(list)
    }
}

/// The list as it is to be written, from bracket to bracket; `None` if it is written in a way that leaves doubt.
pub(super) fn merge_list(
    base: Option<&WrittenList<'_>>,
    ours: &WrittenList<'_>,
    theirs: &WrittenList<'_>,
    plan: &ItemPlan<'_>,
    newline: &str,
) -> Option<String> {
    let none: &[EntryId] = &[];
    let base_ids = base.map_or(none, |base| base.ids);
    let lists = Sequences { base: base_ids, ours: ours.ids, theirs: theirs.ids };
    let placed = place_new(&lists, plan.is_wanted, plan.sorted);
    let their_items = theirs.items()?;
    let at_theirs: HashMap<&EntryId, usize> = theirs.ids.iter().enumerate().map(|(at, id)| (id, at)).collect();
    let their_lines = theirs.lines();
    let text_of_theirs = |at: usize| theirs.text.get(their_items.get(at)?.span.clone());
    let Some(list) = ours.lines() else {
        return merge_flow(ours, plan, &placed, &|id| text_of_theirs(*at_theirs.get(id)?), &text_of_theirs);
    };
    let indent = list.items.first().and_then(|item| item.before.rsplit('\n').next()).unwrap_or_default();
    let line_of_theirs = |at: usize| -> Option<ItemLines<'_>> {
        match &their_lines {
            Some(lines) => lines.items.get(at).cloned(),
            None => Some(ItemLines { before: indent, item: text_of_theirs(at)?, has_comma: true, behind: newline }),
        }
    };
    let base_lines = base.and_then(WrittenList::lines);
    let at_base: HashMap<&EntryId, usize> = base_ids.iter().enumerate().map(|(at, id)| (id, at)).collect();
    let mut items: Vec<ItemLines<'_>> = Vec::new();
    for at in 0..=ours.ids.len() {
        for from in placed.get(&at).into_iter().flatten() {
            items.push(line_of_theirs(*from)?);
        }
        let (Some(id), Some(item)) = (ours.ids.get(at), list.items.get(at)) else { continue };
        if !(plan.is_kept)(id) {
            continue;
        }
        let in_theirs = at_theirs.get(id).copied();
        let in_base = base_lines.as_ref().zip(at_base.get(id)).and_then(|(lines, at)| lines.items.get(*at));
        let same_comment =
            |one: &ItemLines<'_>, other: &ItemLines<'_>| (one.before, one.behind) == (other.before, other.behind);
        let commented = match (&their_lines, in_theirs, in_base) {
            (Some(lines), Some(at), Some(base)) if same_comment(base, item) => lines.items.get(at),
            _ => None,
        };
        let mut item = commented.unwrap_or(item).clone();
        if (plan.is_replaced)(id) {
            item.item = text_of_theirs(in_theirs?)?;
        }
        items.push(item);
    }
    let ends_with_comma = list.items.last().is_none_or(|item| item.has_comma);
    let count = items.len();
    let mut text = list.open.to_owned();
    for (at, item) in items.iter().enumerate() {
        let comma = if at + 1 < count || ends_with_comma { "," } else { "" };
        text.push_str(item.before);
        text.push_str(item.item);
        text.push_str(comma);
        text.push_str(item.behind);
    }
    text.push_str(list.close);
    Some(text)
}

/// A list whose items follow each other on one line, or several on a line.
fn merge_flow<'t>(
    ours: &WrittenList<'t>,
    plan: &ItemPlan<'_>,
    placed: &HashMap<usize, Vec<usize>>,
    replacement: &dyn Fn(&EntryId) -> Option<&'t str>,
    text_of_theirs: &dyn Fn(usize) -> Option<&'t str>,
) -> Option<String> {
    let items = ours.items()?;
    let written = ours.written();
    let start = ours.place.span.start;
    // Strings may hold a `#`; only what is between the items could be a comment.
    let mut ends = vec![(start + 1, start + 1)];
    ends.extend(items.iter().map(|item| (item.span.start, item.span.end)));
    ends.push((ours.place.span.end - 1, ours.place.span.end - 1));
    let gaps: Vec<&str> = ends.windows(2).filter_map(|pair| ours.text.get(pair[0].1..pair[1].0)).collect();
    if gaps.iter().any(|gap| gap.contains('#')) {
        return None;
    }
    let mut pieces: Vec<(&str, Option<&str>)> = Vec::new();
    for at in 0..=items.len() {
        for from in placed.get(&at).into_iter().flatten() {
            pieces.push((text_of_theirs(*from)?, None));
        }
        let (Some(id), Some(item)) = (ours.ids.get(at), items.get(at)) else { continue };
        if (plan.is_kept)(id) {
            let text = if (plan.is_replaced)(id) { replacement(id)? } else { ours.text.get(item.span.clone())? };
            pieces.push((text, gaps.get(at).copied().filter(|_| at > 0)));
        }
    }
    let (first, last) = match (gaps.first(), gaps.last()) {
        (Some(first), Some(last)) if !items.is_empty() => (*first, *last),
        _ => ("", ""),
    };
    if pieces.is_empty() {
        return Some("[]".to_owned());
    }
    let mut text = String::with_capacity(written.len());
    text.push('[');
    text.push_str(first);
    for (at, (item, gap)) in pieces.iter().enumerate() {
        if at > 0 {
            text.push_str(gap.unwrap_or(", "));
        }
        text.push_str(item);
    }
    text.push_str(last);
    text.push(']');
    Some(text)
}
