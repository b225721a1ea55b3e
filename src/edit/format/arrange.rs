//! The order of blocks and fields: that of the field tables, and logs by date. Unknown fields come last, in their own
//! order.

use super::sheet::Sheet;
use crate::edit::Order;
use crate::edit::page::PathStep;
use crate::record::field::{Field, Shape};
use chrono::{Datelike, NaiveDate};
use serde_json::{Map, Value};
use std::collections::HashMap;

/// Puts the blocks of a sheet and the fields in them in order. `tree` is what the file means.
pub(super) fn arrange(sheet: &mut Sheet<'_>, order: &Order, tree: &Map<String, Value>) {
    for block in &mut sheet.blocks {
        let fields = order.fields(block.place);
        block.entries.sort_by_cached_key(|entry| ranks(order, &fields, block.place, entry.path));
    }
    let mut places = Places::new(order, tree);
    sheet.blocks.sort_by_cached_key(|block| places.key(block.place));
}

/// By what field the entries of a list are put in order: logs by their date, the versions of an agreement by their number.
/// Any other list keeps its order, since people gave it one: an agenda, the steps to a goal, the seats of a committee.
pub(crate) fn ordered_by(list: &Field) -> Option<&'static Field> {
    let Shape::Table(entry) = (list.shape)() else { return None };
    let by = if list.name == "amendments" { "version" } else { "date" };
    entry.field(by).filter(|_| list.many)
}

/// Where a key comes among those of its block, word by word where it is dotted.
fn ranks(order: &Order, fields: &[&'static Field], block: &[PathStep], path: &[String]) -> Vec<usize> {
    let rank =
        |fields: &[&Field], word: &String| fields.iter().position(|field| field.name == word).unwrap_or(usize::MAX);
    let Some((first, rest)) = path.split_first() else { return Vec::new() };
    let mut ranks = vec![rank(fields, first)];
    if !rest.is_empty() && ranks != [usize::MAX] {
        let mut place = block.to_vec();
        place.push(PathStep::Key(first.clone()));
        for word in rest {
            let fields = order.fields(&place);
            if fields.is_empty() {
                // Below a key that no table knows there is nothing to put in order.
                break;
            }
            ranks.push(rank(&fields, word));
            place.push(PathStep::Key(word.clone()));
        }
    }
    ranks
}

/// Where a place comes: by the field table, then by where it comes first in the file; of an entry, its number.
type Rank = (usize, usize);

/// All places of a file that have headings, as a tree.
struct Places<'v> {
    order: &'v Order,
    tree: &'v Map<String, Value>,
    known: Vec<Known<'v>>,
    below: HashMap<(usize, PathStep), usize>,
}

struct Known<'v> {
    rank: Rank,
    /// What the file says there; of the root, that is the tree.
    value: Option<&'v Value>,
    /// Whether a field table says what is in it.
    has_table: bool,
    /// The list, where it is one that is put in order.
    list: Option<&'static Field>,
    /// The new number of each of its entries.
    numbers: Vec<usize>,
}

impl<'v> Places<'v> {
    fn new(order: &'v Order, tree: &'v Map<String, Value>) -> Places<'v> {
        let root = Known { rank: (0, 0), value: None, has_table: true, list: None, numbers: Vec::new() };
        Places { order, tree, known: vec![root], below: HashMap::new() }
    }

    /// The ranks on the way to a place: a table comes before what is inside it.
    fn key(&mut self, place: &[PathStep]) -> Vec<Rank> {
        let mut key = Vec::with_capacity(place.len());
        let mut at = 0;
        for (depth, step) in place.iter().enumerate() {
            at = match self.below.get(&(at, step.clone())) {
                Some(next) => *next,
                None => self.add(at, place.get(..depth).unwrap_or_default(), step),
            };
            key.extend(self.known.get(at).map(|known| known.rank));
        }
        key
    }

    fn add(&mut self, above: usize, table: &[PathStep], step: &PathStep) -> usize {
        let next = self.known.len();
        let Some(outer) = self.known.get(above) else { return above };
        let new = match step {
            PathStep::Key(key) => {
                let fields = if outer.has_table { self.order.fields(table) } else { Vec::new() };
                let at = fields.iter().position(|field| field.name == key);
                let field = at.and_then(|at| fields.get(at)).copied();
                let value = if above == 0 { self.tree.get(key) } else { outer.value.and_then(|value| value.get(key)) };
                let list = field.filter(|field| ordered_by(field).is_some());
                let numbers = match (list.and_then(ordered_by), value) {
                    (Some(by), Some(Value::Array(entries))) => numbers(entries, by),
                    _ => Vec::new(),
                };
                let has_table = field.is_some_and(|field| matches!((field.shape)(), Shape::Table(_)));
                Known { rank: (at.unwrap_or(usize::MAX), next), value, has_table, list, numbers }
            }
            PathStep::At(at) => Known {
                rank: (outer.list.and_then(|_| outer.numbers.get(*at).copied()).unwrap_or(*at), 0),
                value: outer.value.and_then(|value| value.get(at)),
                has_table: outer.has_table,
                list: None,
                numbers: Vec::new(),
            },
        };
        self.known.push(new);
        self.below.insert((above, step.clone()), next);
        next
    }
}

/// The new number of each entry of a list. An entry without the field stays where it is, and so do equal ones among each
/// other: of two positions on one day, or without one, the later written is the last word.
fn numbers(entries: &[Value], by: &Field) -> Vec<usize> {
    let placed: Vec<(usize, i64)> =
        entries.iter().enumerate().filter_map(|(at, entry)| Some((at, sort_number(entry.get(by.name)?)?))).collect();
    let mut sorted = placed.clone();
    sorted.sort_by_key(|(_, day)| *day);
    let mut numbers: Vec<usize> = (0..entries.len()).collect();
    for ((slot, _), (at, _)) in placed.iter().zip(sorted) {
        if let Some(number) = numbers.get_mut(at) {
            *number = *slot;
        }
    }
    numbers
}

/// A date or a number, to compare.
fn sort_number(value: &Value) -> Option<i64> {
    match value {
        Value::String(text) => Some(text.strip_prefix(':')?.parse::<NaiveDate>().ok()?.num_days_from_ce().into()),
        number => number.as_i64(),
    }
}
