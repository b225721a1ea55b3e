//! Paths inside a ledger: relative to its root, with forward slashes on every system.

use std::fmt;
use std::sync::Arc;

/// What the file of a record may end in, in any case: `.toml`, or a slip for it, which is reported.
pub(super) const ENDINGS: [&str; 3] = [".toml.txt", ".toml", ".tml"];

/// A path inside a ledger, as it is shown and compared: `members/riverton-friends.toml`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LedgerPath(Arc<str>);

impl LedgerPath {
    /// The path with these components, separated by `/`.
    pub fn new(path: impl Into<Arc<str>>) -> LedgerPath {
        LedgerPath(path.into())
    }

    /// The path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The last component.
    pub fn file_name(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or(&self.0)
    }

    /// The last component without `.toml` or what was typed in its place, the id of a record.
    pub fn stem(&self) -> &str {
        let name = self.file_name();
        let lower = name.to_ascii_lowercase();
        let ending = ENDINGS.into_iter().find(|ending| lower.ends_with(ending)).unwrap_or_default();
        name.get(..name.len() - ending.len()).unwrap_or(name)
    }

    /// The first component.
    pub fn top(&self) -> &str {
        self.0.split('/').next().unwrap_or(&self.0)
    }

    /// The path of a file of this name in the same folder.
    pub fn with_name(&self, name: &str) -> String {
        let folder = self.0.strip_suffix(self.file_name()).unwrap_or_default();
        format!("{folder}{name}")
    }

    /// How many folders are above the file.
    pub fn depth(&self) -> usize {
        self.0.matches('/').count()
    }

    /// The path of `relative` as seen from this file's folder; `None` if it is absolute or leaves the ledger.
    pub fn resolve(&self, relative: &str) -> Option<LedgerPath> {
        if relative.starts_with('/') || relative.contains(['\\', ':', '\0']) {
            return None;
        }
        let mut parts: Vec<&str> = self.0.split('/').collect();
        parts.pop();
        for part in relative.split('/') {
            match part {
                "" | "." => {}
                ".." => drop(parts.pop()?),
                name => parts.push(name),
            }
        }
        (!parts.is_empty()).then(|| LedgerPath::new(parts.join("/")))
    }

    /// The file beside this record that `relative` names; `None` also where it is hidden, since such files are not the
    /// coalition's own words.
    pub fn beside(&self, relative: &str) -> Option<LedgerPath> {
        self.resolve(relative).filter(|path| !path.is_hidden())
    }

    /// Whether the file or a folder above it has a name that begins with a dot, under which programs keep what is theirs.
    pub fn is_hidden(&self) -> bool {
        self.0.split('/').any(|part| part.starts_with('.') || is_short_for_git(part))
    }

    /// Whether this path is `other`, or is in the folder `other`.
    pub fn is_within(&self, other: &str) -> bool {
        let other = other.trim_end_matches('/');
        other.is_empty()
            || other == "."
            || self.0.strip_prefix(other).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }
}

/// Whether Windows may take this name for `.git`: it gives every folder a second, short name.
fn is_short_for_git(part: &str) -> bool {
    part.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("git~"))
}

impl fmt::Display for LedgerPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Whether a file of this name in a folder of records is meant to be one. `.toml` in any case and with a stray ending
/// (`friends.toml.txt`) counts, so that a mistyped ending is reported rather than passed over.
pub(super) fn is_meant_as_record(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    !name.starts_with('.') && ENDINGS.iter().any(|ending| name.ends_with(ending))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_beside_a_record_stays_inside_the_ledger() {
        let record = LedgerPath::new("agreements/2025/charter.toml");
        let beside = |text| record.beside(text).map(|path| path.to_string());
        assert_eq!(beside("charter.md").as_deref(), Some("agreements/2025/charter.md"));
        assert_eq!(beside("../texts/./charter.md").as_deref(), Some("agreements/texts/charter.md"));
        assert_eq!(beside("../../../etc/passwd"), None);
        assert_eq!(beside("/etc/passwd"), None);
        assert_eq!(beside("C:\\charter.md"), None);
        assert_eq!(beside("../.."), None);
        for closed in ["../../.git/config", ".charter.md", "../.texts/charter.md", "../../git~1/config", "../../.env"] {
            assert_eq!(beside(closed), None, "{closed}");
        }
    }

    #[test]
    fn within_compares_whole_components() {
        let path = LedgerPath::new("members/partners/grange.toml");
        assert!(path.is_within("members") && path.is_within("members/partners/") && path.is_within("."));
        assert!(path.is_within("members/partners/grange.toml"));
        assert!(!path.is_within("members/part"));
    }

    #[test]
    fn the_stem_is_the_name_without_the_ending_of_a_record() {
        let cases = [
            ("coalition.toml", "coalition"),
            ("members/friends.toml.txt", "friends"),
            ("members/Friends.TOML", "Friends"),
            ("members/friends.tml", "friends"),
            ("members/cedar.v2.toml", "cedar.v2"),
            ("agreements/charter.md", "charter.md"),
        ];
        for (path, stem) in cases {
            assert_eq!(LedgerPath::new(path).stem(), stem);
        }
    }
}
