//! The first entries of long lists, for people; data always has them all.

use crate::document::{Item, words};

/// The entries of a list that are printed; the rest is counted.
pub(super) const ENTRIES: usize = 10;

/// The first entries of a list, and how many more there are. A single one more is shown rather than counted.
pub(super) fn excerpt<T>(entries: &[T], limit: usize) -> (&[T], Option<String>) {
    match entries.split_at_checked(limit) {
        Some((first, rest)) if rest.len() > 1 => (first, Some(format!("and {} more", rest.len()))),
        _ => (entries, None),
    }
}

/// Names in a sentence; of very many the first, and how many more there are.
pub(super) fn names(all: &[&str], limit: usize) -> String {
    match excerpt(all, limit) {
        (first, Some(more)) => format!("{} {more}", first.join(", ")),
        (all, None) => words::list(all),
    }
}

/// Items for the first entries of a list, and one that says how many more there are.
pub(super) fn first_items<T>(entries: &[T], item: impl Fn(&T) -> Item) -> Vec<Item> {
    shortened_to(ENTRIES, entries, item)
}

/// The same with another number of entries.
pub(super) fn shortened_to<T>(limit: usize, entries: &[T], item: impl Fn(&T) -> Item) -> Vec<Item> {
    let (first, more) = excerpt(entries, limit);
    first.iter().map(item).chain(more.map(Item::new)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lists_are_cut_and_counted() {
        let entries: Vec<usize> = (0..13).collect();
        assert_eq!(excerpt(&entries, 10), (&entries[..10], Some("and 3 more".to_owned())));
        assert_eq!(excerpt(&entries[..11], 10), (&entries[..11], None));
        assert_eq!(first_items(&entries, |_| Item::new("x")).len(), 11);
    }
}
