//! Where what is new in one list goes in another: the order of a list that is sorted stays; otherwise what is new comes after
//! what it came after, and ours comes before theirs.

use std::collections::{HashMap, HashSet};
use std::hash::Hash;

/// How the entries of a list are sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sorting {
    /// The least first.
    Up,
    /// The greatest first.
    Down,
}

/// By what an entry is sorted.
pub(super) type SortKey<'s, K> = &'s dyn Fn(&K) -> Option<String>;

/// Three versions of a list: what tells its entries apart, and by what each is sorted.
pub(super) struct Sequences<'s, K> {
    /// The base.
    pub base: &'s [K],
    /// Ours.
    pub ours: &'s [K],
    /// Theirs.
    pub theirs: &'s [K],
}

/// The entries that are new in theirs and `is_wanted`, in order, by how many of ours they go after.
pub(super) fn place_new<K: Eq + Hash>(
    lists: &Sequences<'_, K>,
    is_wanted: &dyn Fn(&K) -> bool,
    sorted: Option<(Sorting, SortKey<'_, K>)>,
) -> HashMap<usize, Vec<usize>> {
    let in_base: HashSet<&K> = lists.base.iter().collect();
    let in_theirs: HashSet<&K> = lists.theirs.iter().collect();
    let at: HashMap<&K, usize> = lists.ours.iter().enumerate().map(|(at, key)| (key, at)).collect();
    let keys: Vec<Option<String>> = sorted.map_or_else(Vec::new, |(_, key)| lists.ours.iter().map(key).collect());
    let mut placed: HashMap<usize, Vec<usize>> = HashMap::new();
    let mut last = 0;
    for (from, key) in lists.theirs.iter().enumerate() {
        if let Some(known) = at.get(key) {
            last = known + 1;
            continue;
        }
        if !is_wanted(key) {
            continue;
        }
        let sorted_at = sorted.and_then(|(sorting, sort_key)| {
            let key = sort_key(key)?;
            let comes_before = |other: &Option<String>| match (other, sorting) {
                (Some(other), Sorting::Up) => *other <= key,
                (Some(other), Sorting::Down) => *other >= key,
                (None, _) => false,
            };
            Some(keys.iter().rposition(comes_before).map_or(0, |at| at + 1))
        });
        let mut after = sorted_at.unwrap_or(last);
        if sorted_at.is_none() {
            // What ours added at the same place comes first.
            let is_ours = |key: &K| !in_base.contains(key) && !in_theirs.contains(key);
            while lists.ours.get(after).is_some_and(is_ours) {
                after += 1;
            }
        }
        placed.entry(after).or_default().push(from);
    }
    placed
}

/// How lists are sorted, all in the same way; `None` if they are not, or if too few entries show it.
pub(super) fn sorting(lists: &[Vec<Option<String>>], fewest: usize) -> Option<Sorting> {
    let is_sorted = |is_before: fn(&String, &String) -> bool| {
        lists.iter().all(|list| {
            let keys: Vec<&String> = list.iter().flatten().collect();
            keys.len() == list.len() && keys.windows(2).all(|pair| is_before(pair[0], pair[1]))
        })
    };
    if lists.iter().map(Vec::len).max().unwrap_or(0) < fewest {
        return None;
    }
    if is_sorted(|one, other| one <= other) {
        Some(Sorting::Up)
    } else if is_sorted(|one, other| one >= other) {
        Some(Sorting::Down)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn merged(base: &str, ours: &str, theirs: &str, sorted: Option<Sorting>) -> String {
        let letters = |text: &str| text.chars().collect::<Vec<_>>();
        let (base, ours, theirs) = (letters(base), letters(ours), letters(theirs));
        let lists = Sequences { base: &base, ours: &ours, theirs: &theirs };
        let key: &dyn Fn(&char) -> Option<String> = &|letter| Some(letter.to_string());
        let placed = place_new(&lists, &|letter| !base.contains(letter), sorted.map(|sorting| (sorting, key)));
        let mut result = String::new();
        for at in 0..=ours.len() {
            result.extend(placed.get(&at).into_iter().flatten().map(|from| theirs[*from]));
            result.extend(ours.get(at));
        }
        result
    }

    #[test]
    fn ours_comes_first_and_sorted_lists_stay_sorted() {
        assert_eq!(merged("ab", "abx", "aby", None), "abxy");
        assert_eq!(merged("ab", "axb", "ayb", None), "axyb");
        assert_eq!(merged("ab", "xab", "yab", None), "xyab");
        assert_eq!(merged("", "x", "yz", None), "xyz");
        assert_eq!(merged("ab", "b", "axb", None), "xb");
        assert_eq!(merged("bd", "bde", "abcdf", Some(Sorting::Up)), "abcdef");
        assert_eq!(merged("db", "edb", "fdcb", Some(Sorting::Down)), "fedcb");
        let keys = |text: &str| text.chars().map(|letter| Some(letter.to_string())).collect::<Vec<_>>();
        assert_eq!(sorting(&[keys("ab"), keys("abc")], 2), Some(Sorting::Up));
        assert_eq!(sorting(&[keys("ba"), keys("abc")], 2), None);
        assert_eq!(sorting(&[keys("a")], 2), None);
    }
}
