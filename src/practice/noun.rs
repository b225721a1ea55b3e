//! Nouns that agree with their number.

/// A count with its noun: `0 members`, `1 member`, `12 members`.
pub(super) fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}
