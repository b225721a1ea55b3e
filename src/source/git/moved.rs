//! ◦ Ledgers that lay in another folder of their repository in earlier commits.

use super::ledger_tree;
use crate::source::ROOT_FILE;
use gix::ObjectId;

/// How deep a ledger is searched for.
const DEPTH: usize = 6;

/// The ledger in a folder of a commit's tree, or where there is none, the only one in the tree: its tree and its folder.
pub(super) fn ledger_or_moved(
    repository: &gix::Repository,
    root: ObjectId,
    folder: &str,
) -> Option<(ObjectId, String)> {
    if let Some(tree) = ledger_tree(repository, root, folder).ok()? {
        return Some((tree.id, folder.to_owned()));
    }
    match ledgers_in(repository, root).as_slice() {
        [only] => Some(only.clone()),
        _ => None,
    }
}

/// The folders of a tree that hold a ledger, each with its own tree.
pub(super) fn ledgers_in(repository: &gix::Repository, root: ObjectId) -> Vec<(ObjectId, String)> {
    let mut found = Vec::new();
    search(repository, root, String::new(), 0, &mut found);
    found
}

fn search(
    repository: &gix::Repository,
    tree: ObjectId,
    folder: String,
    depth: usize,
    found: &mut Vec<(ObjectId, String)>,
) {
    let Ok(tree) = repository.find_tree(tree) else { return };
    let mut folders = Vec::new();
    for entry in tree.iter().flatten() {
        let Ok(name) = std::str::from_utf8(entry.filename()) else { continue };
        if entry.mode().is_tree() {
            let inside = if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") };
            folders.push((entry.object_id(), inside));
        } else if name == ROOT_FILE {
            found.push((tree.id, folder.clone()));
        }
    }
    if depth < DEPTH {
        for (id, name) in folders {
            search(repository, id, name, depth + 1, found);
        }
    }
}
