//! The files that a commit held in some folders of a ledger. Commits share the folders that they have in common, so what
//! changed between two of them is found without looking at the rest.

use super::LedgerPath;
use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The content of a file: two files with one content have the same. Short ids are filled up with zeros.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Blob(pub [u8; 32]);

/// A file of a commit, by its path and its content.
pub(crate) type File<'f> = (&'f LedgerPath, Blob);

/// The files of a commit in some folders of a ledger, and at its root.
#[derive(Debug, Clone, Default)]
pub struct Files(Arc<Folder>);

/// A folder: its files and the folders in it, each in the order of their names.
#[derive(Debug, Default)]
pub(crate) struct Folder {
    files: Vec<(LedgerPath, Blob)>,
    folders: Vec<(Box<str>, Arc<Folder>)>,
}

impl Folder {
    /// A folder with these files, by path, and these folders, by name.
    pub(crate) fn new(mut files: Vec<(LedgerPath, Blob)>, mut folders: Vec<(Box<str>, Arc<Folder>)>) -> Folder {
        files.sort_by(|(path, _), (other, _)| path.cmp(other));
        files.dedup_by(|(path, _), (other, _)| path == other);
        folders.sort_by(|(name, _), (other, _)| name.cmp(other));
        Folder { files, folders }
    }

    fn folder(&self, name: &str) -> Option<&Arc<Folder>> {
        let at = self.folders.binary_search_by(|(other, _)| (**other).cmp(name)).ok()?;
        self.folders.get(at).map(|(_, folder)| folder)
    }

    fn collect<'f>(&'f self, files: &mut Vec<File<'f>>) {
        files.extend(self.files.iter().map(|(path, blob)| (path, *blob)));
        self.folders.iter().for_each(|(_, folder)| folder.collect(files));
    }

    /// Collects the files that another folder does not hold as they are.
    fn collect_changed<'f>(&'f self, other: &Folder, files: &mut Vec<File<'f>>) {
        let mut others = other.files.iter().peekable();
        for (path, blob) in &self.files {
            while others.next_if(|(other, _)| other.cmp(path) == Ordering::Less).is_some() {}
            let same = others.next_if(|(other, _)| other == path);
            if same.is_none_or(|(_, other)| other != blob) {
                files.push((path, *blob));
            }
        }
        for (name, folder) in &self.folders {
            match other.folder(name) {
                Some(other) if Arc::ptr_eq(folder, other) => {}
                Some(other) => folder.collect_changed(other, files),
                None => folder.collect(files),
            }
        }
    }
}

impl Files {
    /// The files of a folder whose paths begin at the ledger's root.
    pub(crate) fn new(root: Folder) -> Files {
        Files(Arc::new(root))
    }

    /// Whether these are the very files of another commit: the same ones, which both share.
    pub(crate) fn is_shared_with(&self, other: &Files) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }

    /// All files: those of a folder by name, before those in the folders in it.
    pub(crate) fn all(&self) -> Vec<File<'_>> {
        let mut files = Vec::new();
        self.0.collect(&mut files);
        files
    }

    /// The files in a folder and in those in it.
    pub(crate) fn under(&self, folder: &str) -> Vec<File<'_>> {
        let mut files = Vec::new();
        let found = folder.split('/').try_fold(&self.0, |folder, name| folder.folder(name));
        if let Some(folder) = found {
            folder.collect(&mut files);
        }
        files
    }

    /// The content of a file, if it is there.
    pub(crate) fn get(&self, path: &LedgerPath) -> Option<Blob> {
        let (folders, _) =
            path.as_str().rsplit_once('/').map_or((None, path.as_str()), |(folders, name)| (Some(folders), name));
        let names = folders.into_iter().flat_map(|folders| folders.split('/'));
        let folder = names.into_iter().try_fold(&self.0, |folder, name| folder.folder(name))?;
        let at = folder.files.binary_search_by(|(other, _)| other.cmp(path)).ok()?;
        folder.files.get(at).map(|(_, blob)| *blob)
    }

    /// The files that another commit does not hold as they are: the new ones, and those with another content.
    pub(crate) fn changed_since(&self, other: &Files) -> Vec<File<'_>> {
        let mut files = Vec::new();
        if !self.is_shared_with(other) {
            self.0.collect_changed(&other.0, &mut files);
        }
        files
    }
}

impl FromIterator<(LedgerPath, Blob)> for Files {
    fn from_iter<T: IntoIterator<Item = (LedgerPath, Blob)>>(files: T) -> Files {
        Files::new(nest(files.into_iter().collect(), 0))
    }
}

/// A folder with these files, whose own path has this many components.
fn nest(files: Vec<(LedgerPath, Blob)>, depth: usize) -> Folder {
    let (inside, below): (Vec<_>, Vec<_>) = files.into_iter().partition(|(path, _)| path.depth() == depth);
    let mut by_folder: BTreeMap<Box<str>, Vec<_>> = BTreeMap::new();
    for (path, blob) in below {
        let name = path.as_str().split('/').nth(depth).unwrap_or_default().into();
        by_folder.entry(name).or_default().push((path, blob));
    }
    let folders = by_folder.into_iter().map(|(name, files)| (name, Arc::new(nest(files, depth + 1))));
    Folder::new(inside, folders.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(entries: &[(&str, u8)]) -> Files {
        entries.iter().map(|(path, content)| (LedgerPath::new(*path), Blob([*content; 32]))).collect()
    }

    fn paths(files: Vec<File<'_>>) -> Vec<&str> {
        files.into_iter().map(|(path, _)| path.as_str()).collect()
    }

    #[test]
    fn what_changed_is_found_in_both_directions() {
        let old =
            files(&[("coalition.toml", 1), ("members/a.toml", 1), ("members/b.toml", 2), ("agreements/c.toml", 3)]);
        let new =
            files(&[("coalition.toml", 2), ("members/b.toml", 2), ("members/c/d.toml", 1), ("agreements/c.toml", 4)]);
        assert_eq!(paths(new.changed_since(&old)), ["coalition.toml", "agreements/c.toml", "members/c/d.toml"]);
        assert_eq!(paths(old.changed_since(&new)), ["coalition.toml", "agreements/c.toml", "members/a.toml"]);
        assert!(new.changed_since(&new.clone()).is_empty());
    }

    #[test]
    fn files_are_found_by_path_and_by_folder() {
        let files = files(&[("signatures/charter/a.toml", 1), ("signatures/pact/a.toml", 2), ("signatures.toml", 3)]);
        assert_eq!(files.get(&LedgerPath::new("signatures/pact/a.toml")), Some(Blob([2; 32])));
        assert_eq!(files.get(&LedgerPath::new("signatures/pact")), None);
        assert_eq!(files.get(&LedgerPath::new("signatures.toml")), Some(Blob([3; 32])));
        assert_eq!(paths(files.under("signatures/charter")), ["signatures/charter/a.toml"]);
        assert_eq!(paths(files.under("signatures")).len(), 2);
        assert_eq!(files.all().len(), 3);
    }
}
