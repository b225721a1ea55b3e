//! All checks, by group and name.

use super::Check;

/// Every check.
pub static ALL: &[&Check] = &[];

/// The check of this name.
pub fn find(name: &str) -> Option<&'static Check> {
    ALL.iter().copied().find(|check| check.name.as_str() == name)
}
