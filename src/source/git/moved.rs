//! ◦ Ledgers that were in another folder of their repository in earlier commits.

use super::bound::Bound;
use super::ledger_tree;
use crate::kind::{Kind, SIGNATURES};
use crate::source::ROOT_FILE;
use gix::ObjectId;
use std::collections::HashMap;

/// How deep a ledger is searched for.
const DEPTH: usize = 6;

/// The ledger in a folder of a commit's tree, or where there is none, the one that is most like the ledger of a later commit: its
/// tree and its folder. A repository may hold other ledgers beside it, such as an archive.
pub(super) fn find_ledger(
    repository: &gix::Repository,
    root: ObjectId,
    folder: &str,
    later: ObjectId,
) -> Option<(ObjectId, String)> {
    if let Some(tree) = ledger_tree(repository, root, folder).ok()? {
        return Some((tree.id, folder.to_owned()));
    }
    let found = ledgers_in(repository, root);
    if let [only] = found.as_slice() {
        return Some(only.clone());
    }
    let now = files_of(repository, later);
    // Of several alike, the first.
    let likely = found.into_iter().rev().map(|(tree, folder)| (likeness(repository, tree, &now), tree, folder));
    let ((shared, _), tree, folder) = likely.max_by_key(|(likeness, ..)| *likeness)?;
    (shared > 0).then_some((tree, folder))
}

/// The ledger of an earlier tree that is gone in a later one and is more like the ledger in a folder of it than the one that lay
/// in that folder.
pub(super) fn moved_over(
    repository: &gix::Repository,
    earlier: ObjectId,
    later: ObjectId,
    folder: &str,
    ledger: ObjectId,
) -> Option<(ObjectId, String)> {
    let earlier_tree = ledger_tree(repository, earlier, folder).ok()??.id;
    let now = files_of(repository, ledger);
    let stays = ledgers_in(repository, later);
    let gone = ledgers_in(repository, earlier).into_iter();
    let gone = gone.filter(|(_, folder)| !stays.iter().any(|(_, other)| other == folder));
    let likely = gone.map(|(tree, folder)| (likeness(repository, tree, &now), tree, folder));
    let (likeness_gone, tree, folder) = likely.max_by_key(|(likeness, ..)| *likeness)?;
    (likeness_gone > likeness(repository, earlier_tree, &now)).then_some((tree, folder))
}

/// How many files a ledger shares with another one, by their names and with all that they say.
fn likeness(repository: &gix::Repository, ledger: ObjectId, now: &HashMap<String, ObjectId>) -> (usize, usize) {
    let files = files_of(repository, ledger);
    let shared = files.keys().filter(|path| now.contains_key(*path)).count();
    let same = files.iter().filter(|(path, id)| now.get(*path) == Some(*id)).count();
    (shared, same)
}

/// Whether a later ledger holds at least half of the files of an earlier one as they were.
pub(super) fn is_mostly(repository: &gix::Repository, earlier: ObjectId, later: ObjectId) -> bool {
    let files = files_of(repository, earlier);
    let (_, same) = likeness(repository, earlier, &files_of(repository, later));
    same > 0 && same * 2 >= files.len()
}

/// Whether a later ledger lacks a file of an earlier one, or has changed one, among those that say who has to sign and who has.
/// People are not looked at: contacts with them are noted every day.
pub(super) fn takes_away(repository: &gix::Repository, earlier: ObjectId, later: ObjectId) -> bool {
    let (Ok(was), Ok(is)) = (repository.find_tree(earlier), repository.find_tree(later)) else { return true };
    let mut bound = Bound::default();
    for name in [ROOT_FILE, Kind::Member.folder(), Kind::Agreement.folder(), SIGNATURES] {
        let id = |tree: &gix::Tree<'_>| tree.find_entry(name).map(|entry| (entry.object_id(), entry.mode().is_tree()));
        match (id(&was), id(&is)) {
            (None, _) => {}
            (was, is) if was == is => {}
            (Some((was, true)), Some((is, true))) => {
                let (mut files, mut files_now) = (HashMap::new(), HashMap::new());
                collect(repository, was, name, &mut files, &mut bound);
                collect(repository, is, name, &mut files_now, &mut bound);
                if files.iter().any(|(path, id)| files_now.get(path) != Some(id)) {
                    return true;
                }
            }
            _ => return true,
        }
    }
    false
}

/// The files of a ledger that say who its members are and who signs for them, by their path in it.
fn files_of(repository: &gix::Repository, ledger: ObjectId) -> HashMap<String, ObjectId> {
    let mut files = HashMap::new();
    let mut bound = Bound::default();
    let Ok(tree) = repository.find_tree(ledger) else { return files };
    for kind in [Kind::Member, Kind::Advocate, Kind::Agreement] {
        let folder = tree.find_entry(kind.folder()).filter(|entry| entry.mode().is_tree());
        if let Some(folder) = folder {
            collect(repository, folder.object_id(), kind.folder(), &mut files, &mut bound);
        }
    }
    files
}

fn collect(
    repository: &gix::Repository,
    tree: ObjectId,
    folder: &str,
    files: &mut HashMap<String, ObjectId>,
    bound: &mut Bound,
) {
    if !bound.enters(tree, folder.split('/').count()) {
        return;
    }
    let Ok(tree) = repository.find_tree(tree) else { return };
    for entry in tree.iter().flatten() {
        let Ok(name) = std::str::from_utf8(entry.filename()) else { continue };
        let path = format!("{folder}/{name}");
        if entry.mode().is_tree() {
            collect(repository, entry.object_id(), &path, files, bound);
        } else if entry.mode().is_blob() && bound.takes_file() {
            files.insert(path, entry.object_id());
        }
    }
}

/// The folders of a tree that hold a ledger, each with its own tree.
pub(super) fn ledgers_in(repository: &gix::Repository, root: ObjectId) -> Vec<(ObjectId, String)> {
    let mut found = Vec::new();
    search(repository, root, String::new(), 0, &mut found, &mut Bound::default());
    found
}

fn search(
    repository: &gix::Repository,
    tree: ObjectId,
    folder: String,
    depth: usize,
    found: &mut Vec<(ObjectId, String)>,
    bound: &mut Bound,
) {
    if !bound.enters(tree, depth) {
        return;
    }
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
            search(repository, id, name, depth + 1, found, bound);
        }
    }
}
