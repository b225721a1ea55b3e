//! The first entries of long lists, for people; data always has them all.

use crate::document::{Item, words};
use rust_decimal::Decimal;

/// The entries of a list that are printed; the rest is counted.
pub(super) const ENTRIES: usize = 10;

/// The first entries of a list, and how many more there are, with the arguments of the command that shows them all; none
/// where there is no such command. A single one more is shown rather than counted.
pub(super) fn excerpt<'e, T>(entries: &'e [T], limit: usize, command: &str) -> (&'e [T], Option<String>) {
    match entries.split_at_checked(limit) {
        Some((first, rest)) if rest.len() > 1 => (first, Some(count_rest(rest.len(), command))),
        _ => (entries, None),
    }
}

/// That there are this many more, and the command that shows them all.
fn count_rest(count: usize, command: &str) -> String {
    let count = words::number(Decimal::from(count));
    if command.is_empty() { format!("and {count} more") } else { format!("and {count} more (`coalition {command}`)") }
}

/// Names in a sentence; of very many the first, and how many more there are.
pub(super) fn names(all: &[&str], limit: usize) -> String {
    match excerpt(all, limit, "") {
        (first, Some(more)) => format!("{} {more}", first.join(", ")),
        (all, None) => words::list(all),
    }
}

/// Items for the first entries of a list, and one that says how many more there are and which command shows them all.
pub(super) fn first_items<T>(entries: &[T], command: &str, item: impl Fn(&T) -> Item) -> Vec<Item> {
    shortened_to(ENTRIES, entries, command, item)
}

/// The same with another number of entries.
pub(super) fn shortened_to<T>(limit: usize, entries: &[T], command: &str, item: impl Fn(&T) -> Item) -> Vec<Item> {
    let (first, more) = excerpt(entries, limit, command);
    first.iter().map(item).chain(more.map(Item::new)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lists_are_cut_and_counted() {
        let entries: Vec<usize> = (0..13).collect();
        assert_eq!(excerpt(&entries, 10, ""), (&entries[..10], Some("and 3 more".to_owned())));
        let more = "and 3 more (`coalition list goals`)".to_owned();
        assert_eq!(excerpt(&entries, 10, "list goals"), (&entries[..10], Some(more)));
        assert_eq!(excerpt(&entries[..11], 10, ""), (&entries[..11], None));
        assert_eq!(first_items(&entries, "", |_| Item::new("x")).len(), 11);
    }
}
