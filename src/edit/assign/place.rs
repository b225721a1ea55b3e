//! Resolves a name with dots, such as `process.lead_days`, to a place in a record.

use crate::edit::order::Order;
use crate::edit::page::PathStep;
use crate::error::Error;
use crate::parse::suggest::nearest;
use crate::record::field::Shape;

/// The place that a name with dots means. Entries of lists are counted from 1: `actions.2.done`.
pub(super) fn place_of(name: &str, order: &Order) -> Result<Vec<PathStep>, Error> {
    let mut place: Vec<PathStep> = Vec::new();
    for word in name.split('.') {
        let word = word.trim();
        let list = order.field(&place).filter(|field| field.many && !matches!(place.last(), Some(PathStep::At(_))));
        if list.is_some() {
            match word.parse::<usize>() {
                Ok(at) if at > 0 => place.push(PathStep::At(at - 1)),
                _ => {
                    let list = crate::edit::splice::dotted(&place);
                    return Err(Error::refused(format!(
                        "`{list}` is a list; say which entry, counting from 1: {list}.1{}",
                        if word.bytes().all(|b| b.is_ascii_digit()) { String::new() } else { format!(".{word}") }
                    )));
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
            let help = match nearest(word, names()) {
                Some(near) => format!("did you mean `{near}`?"),
                None if known.is_empty() => "it has a single value".to_owned(),
                None => format!("it has {}", names().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")),
            };
            return Err(Error::refused(format!("{owner} has no field `{word}`; {help}")));
        }
        place.push(PathStep::Key(word.to_owned()));
    }
    Ok(place)
}
