//! Resolves a name with dots, such as `process.lead_days`, to a place in a record.

use crate::edit::order::Order;
use crate::edit::page::PathStep;
use crate::error::Error;
use crate::parse::other_names;
use crate::parse::suggest::nearest;
use crate::record::common::Common;
use crate::record::field::Shape;
use crate::record::table::RecordTable as _;

/// Why a name means no place.
pub(super) struct Unplaced {
    /// What is wrong.
    pub error: Error,
    /// The name that is likely meant.
    pub near: Option<String>,
}

/// The place that a name with dots means. Entries of lists are counted from 1: `actions.2.done`.
pub(super) fn place_of(name: &str, order: &Order) -> Result<Vec<PathStep>, Unplaced> {
    let mut place: Vec<PathStep> = Vec::new();
    for word in name.split('.') {
        let word = word.trim();
        let list = order.field(&place).filter(|field| field.many && !matches!(place.last(), Some(PathStep::At(_))));
        if list.is_some() {
            match word.parse::<usize>() {
                Ok(at) if at > 0 => place.push(PathStep::At(at - 1)),
                _ => {
                    let list = crate::edit::splice::dotted(&place);
                    let error = Error::refused(format!(
                        "`{list}` is a list; say which entry, counting from 1: {list}.1{}",
                        if word.bytes().all(|b| b.is_ascii_digit()) { String::new() } else { format!(".{word}") }
                    ));
                    return Err(Unplaced { error, near: None });
                }
            }
            continue;
        }
        let is_free =
            matches!(order.field(&place).map(|field| (field.shape)()), Some(Shape::Free | Shape::CheckSettings))
                || (!place.is_empty() && order.field(&place).is_none());
        let known = order.fields(&place);
        if !is_free && known.iter().all(|field| field.name != word) {
            let owner = if place.is_empty() {
                "the record".to_owned()
            } else {
                format!("`{}`", crate::edit::splice::dotted(&place))
            };
            let names = || known.iter().map(|field| field.name);
            let spelled = word.to_lowercase().replace([' ', '-'], "_");
            if let Some(meant) = names()
                .find(|name| *name == spelled)
                .or_else(|| other_names(&spelled).find(|other| names().any(|name| name == *other)))
            {
                place.push(PathStep::Key(meant.to_owned()));
                continue;
            }
            if let Some(inside) = place_inside(order, &place, &spelled) {
                place = inside;
                continue;
            }
            let beside = nearest(word, names());
            let help = match beside {
                Some(near) => format!("did you mean `{near}`?"),
                None if known.is_empty() => "it has a single value".to_owned(),
                None => describe_names(&names().collect::<Vec<_>>()),
            };
            let error = Error::refused(format!("{owner} has no field `{word}`; {help}"));
            let near =
                beside.map(|near| crate::edit::splice::dotted(&[place.as_slice(), &[PathStep::from(near)]].concat()));
            return Err(Unplaced { error, near });
        }
        place.push(PathStep::Key(word.to_owned()));
    }
    Ok(place)
}

/// The field of a table inside of a place that a word means, with the way to it: `measure.target` for `target`.
fn place_inside(order: &Order, place: &[PathStep], word: &str) -> Option<Vec<PathStep>> {
    let inside =
        order.fields(place).into_iter().filter(|field| !field.many).filter_map(|field| match (field.shape)() {
            Shape::Table(def) if def.field(word).is_some_and(|inner| !inner.many) => {
                Some([place, &[PathStep::from(field.name), PathStep::from(word)]].concat())
            }
            _ => None,
        });
    let inside: Vec<Vec<PathStep>> = inside.collect();
    match inside.as_slice() {
        [one] => Some(one.clone()),
        _ => None,
    }
}

/// The fields that there are; of many those that only this kind of record has.
fn describe_names(names: &[&str]) -> String {
    let own: Vec<String> =
        names.iter().filter(|name| Common::DEF.field(name).is_none()).map(|name| format!("`{name}`")).collect();
    format!("it has {}", own.join(", "))
}
