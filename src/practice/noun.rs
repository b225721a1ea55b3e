//! Nouns that agree with their number, and names in a row, for sentences about facts.

/// How many names a sentence bears; more are counted.
const NAMES: usize = 6;

/// A count with its noun: `0 members`, `1 member`, `12 members`.
pub fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// Names in a sentence: `A`, `A and B`, `A, B and C`; of many the first, and how many others there are.
pub fn listed(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [only] => (*only).to_owned(),
        [first @ .., last] if names.len() <= NAMES => format!("{} and {last}", first.join(", ")),
        _ => {
            let first: Vec<&str> = names.iter().take(NAMES - 1).copied().collect();
            format!("{} and {} others", first.join(", "), names.len() - first.len())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_names_are_counted() {
        assert_eq!([listed(&[]), listed(&["A"]), listed(&["A", "B", "C"])], ["", "A", "A, B and C"]);
        assert_eq!(listed(&["A", "B", "C", "D", "E", "F"]), "A, B, C, D, E and F");
        assert_eq!(listed(&["A", "B", "C", "D", "E", "F", "G"]), "A, B, C, D, E and 2 others");
        assert_eq!([counted(1, "goal", "goals"), counted(0, "goal", "goals")], ["1 goal", "0 goals"]);
    }
}
