//! A ledger after a change: changed files come from the change, all others from the source.

use super::{FileChange, GitState, LedgerPath, ListedFile, Listing, Source, Unreadable};
use crate::kind::is_ledger_folder;
use std::collections::{BTreeMap, HashMap, HashSet};

/// A source with some files changed. A file whose text is known already is not read a second time, so that a change is judged
/// against the very texts that it was made from.
pub(crate) struct Overlay<'s> {
    base: &'s dyn Source,
    texts: &'s BTreeMap<LedgerPath, String>,
    damaged: HashSet<&'s LedgerPath>,
    changed: HashMap<&'s LedgerPath, &'s FileChange>,
}

impl<'s> Overlay<'s> {
    /// A source with these changes. `texts` are the files that were read from it; of those that are `damaged` the text is not
    /// what the file holds, and they are read again.
    pub(crate) fn new(
        base: &'s dyn Source,
        texts: &'s BTreeMap<LedgerPath, String>,
        damaged: HashSet<&'s LedgerPath>,
        changes: &'s [FileChange],
    ) -> Overlay<'s> {
        Overlay { base, texts, damaged, changed: changes.iter().map(|file| (&file.path, file)).collect() }
    }
}

impl Source for Overlay<'_> {
    fn label(&self) -> String {
        self.base.label()
    }

    fn is_being_changed(&self) -> bool {
        self.base.is_being_changed()
    }

    fn list(&self) -> Result<Listing, std::io::Error> {
        let mut listing = self.base.list()?;
        listing.records.retain(|listed| self.changed.get(&listed.path).is_none_or(|file| file.after.is_some()));
        let new = self.changed.values().filter(|file| file.before.is_none() && file.after.is_some());
        let new = new.filter(|file| is_ledger_folder(file.path.top()) && file.path.as_str().ends_with(".toml"));
        listing.records.extend(new.map(|file| ListedFile { path: file.path.clone(), trouble: None }));
        listing.records.sort_by(|a, b| a.path.cmp(&b.path));
        listing.records.dedup_by(|a, b| a.path == b.path);
        Ok(listing)
    }

    fn read(&self, path: &LedgerPath) -> Result<String, Unreadable> {
        if let Some(file) = self.changed.get(path) {
            return file.after.clone().ok_or(Unreadable::Missing);
        }
        match self.texts.get(path) {
            Some(text) if !self.damaged.contains(path) => Ok(text.clone()),
            _ => self.base.read(path),
        }
    }

    fn git_states(&self, paths: &[LedgerPath]) -> Vec<GitState> {
        self.base.git_states(paths)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::memory::Memory;

    #[test]
    fn only_what_is_not_known_is_read() {
        // The base lacks all texts that are known, so that whoever reads them there finds nothing.
        let base = Memory::new([("members/damaged.toml", b"stored".as_slice()), ("agreements/charter.md", b"words")]);
        let known = ["members/known.toml", "members/gone.toml", "members/damaged.toml"];
        let texts: BTreeMap<_, _> = known.iter().map(|path| (LedgerPath::new(*path), "known".to_owned())).collect();
        let damaged = LedgerPath::new("members/damaged.toml");
        let gone = FileChange { path: LedgerPath::new("members/gone.toml"), before: Some("known".into()), after: None };
        let changes = [gone, FileChange::new_file(LedgerPath::new("members/new.toml"), "new".into())];
        let overlay = Overlay::new(&base, &texts, HashSet::from([&damaged]), &changes);
        let read = |path: &str| overlay.read(&LedgerPath::new(path));
        assert_eq!(read("members/known.toml"), Ok("known".to_owned()));
        assert_eq!(read("members/new.toml"), Ok("new".to_owned()));
        assert_eq!(read("members/damaged.toml"), Ok("stored".to_owned()));
        assert_eq!(read("agreements/charter.md"), Ok("words".to_owned()));
        assert_eq!(read("members/gone.toml"), Err(Unreadable::Missing));
        let listed: Vec<_> =
            overlay.list().unwrap().records.into_iter().map(|listed| listed.path.to_string()).collect();
        assert_eq!(listed, ["members/damaged.toml", "members/new.toml"]);
    }
}
