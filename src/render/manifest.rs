//! The list of the pages that a run wrote, kept beside them, so that the next run knows which files are its own.

use super::keep;
use sha2::{Digest as _, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// The file, in the output folder, that holds the list.
pub(crate) const MANIFEST: &str = ".coalition-pages";

/// Paths of pages, each with the digest of what was written there. As in `sha256sum`, a line is a digest, two spaces and
/// a path; after a merge a path may have several.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Manifest(BTreeMap<String, BTreeSet<String>>);

impl Manifest {
    /// Reads the list. Lines that are none of it, such as the marks of an unfinished merge, are passed over: a page that
    /// is not on the list is left alone, which is the safe side.
    pub(crate) fn parse(text: &str) -> Manifest {
        let mut manifest = Manifest::default();
        for (digest, path) in text.lines().filter_map(|line| line.trim_end().split_once("  ")) {
            if digest.len() == 64 && digest.bytes().all(|byte| byte.is_ascii_hexdigit()) && !path.is_empty() {
                manifest.record(path, digest.to_owned());
            }
        }
        manifest
    }

    /// The paths on the list.
    pub(crate) fn paths(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// This list and another one: either may have been written.
    pub(crate) fn with(&self, other: &Manifest) -> Manifest {
        let mut both = self.clone();
        for (path, digests) in &other.0 {
            both.0.entry(path.clone()).or_default().extend(digests.iter().cloned());
        }
        both
    }

    /// Whether a rendering wrote a page there.
    pub(super) fn knows(&self, path: &str) -> bool {
        self.0.contains_key(path)
    }

    /// Whether a rendering wrote this text there.
    pub(super) fn wrote(&self, path: &str, digest: &str) -> bool {
        self.0.get(path).is_some_and(|digests| digests.contains(digest))
    }

    pub(super) fn record(&mut self, path: &str, digest: String) {
        self.0.entry(path.to_owned()).or_default().insert(digest);
    }

    /// Takes over what another list says of a path.
    pub(super) fn keep_from(&mut self, other: &Manifest, path: &str) {
        if let Some(digests) = other.0.get(path) {
            self.0.insert(path.to_owned(), digests.clone());
        }
    }
}

impl fmt::Display for Manifest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (path, digests) in &self.0 {
            for digest in digests {
                writeln!(f, "{digest}  {path}")?;
            }
        }
        Ok(())
    }
}

/// The digest of what was made of a page; kept text and the day of its stamp do not change it. A page on which no one
/// can tell the kept text has the digest of all its bytes, which is that of no page.
pub(super) fn digest(path: &str, page: &str) -> String {
    let made = keep::strip_kept_blocks(path, page).unwrap_or_else(|_| page.to_owned());
    Sha256::digest(made.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_reads_back() {
        let mut manifest = Manifest::default();
        manifest.record("members/b.md", digest("x.md", "b"));
        manifest.record("index.md", digest("x.md", "a"));
        let text = manifest.to_string();
        assert_eq!(
            text.lines().map(|line| line.split_once("  ").unwrap().1).collect::<Vec<_>>(),
            ["index.md", "members/b.md"]
        );
        assert_eq!(Manifest::parse(&text), manifest);
        assert_eq!(Manifest::parse(&text.replace('\n', "\r\n")), manifest);
    }

    #[test]
    fn both_sides_of_a_merge_count() {
        let (ours, theirs) = (digest("x.md", "ours"), digest("x.md", "theirs"));
        let text = format!("<<<<<<< HEAD\n{ours}  index.md\n=======\n{theirs}  index.md\n>>>>>>> other\n");
        let manifest = Manifest::parse(&text);
        assert!(manifest.wrote("index.md", &ours) && manifest.wrote("index.md", &theirs));
        assert_eq!(manifest.paths().count(), 1);
    }
}
