//! Classifies each entry of a ledger's folder: a record, a file that may be one but is not read, or nothing to do with
//! the ledger. One rule for all sources, so that a folder and a commit give the same answer.

use super::{JOURNAL, LedgerPath, ListedFile, Listing, ROOT_FILE, Unreadable, path};
use crate::kind::{Kind, is_deciding_folder, is_ledger_folder};
use std::collections::BTreeSet;

/// What is at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Thing {
    /// A file.
    File,
    /// A link to a file, or a broken one.
    Link,
    /// A link to a folder.
    LinkToFolder,
    /// A pipe, a device or a socket.
    Special,
    /// A submodule, which no commit of this repository holds the files of.
    Submodule,
}

/// A place that may hold a record and is not read as one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unread {
    /// Where it is.
    pub path: LedgerPath,
    /// What is there.
    pub thing: Thing,
    /// Where in the ledger a link leads to.
    pub leads_to: Option<LedgerPath>,
}

/// Files with TOML that other tools keep at the root of a repository.
const FOREIGN_FILES: [&str; 16] = [
    "cargo.toml",
    "rustfmt.toml",
    "clippy.toml",
    "deny.toml",
    "rust-toolchain.toml",
    "pyproject.toml",
    "netlify.toml",
    "book.toml",
    "taplo.toml",
    "typos.toml",
    "_typos.toml",
    "lychee.toml",
    "hugo.toml",
    "config.toml",
    "mise.toml",
    "cliff.toml",
];

/// How many folders may be above a TOML file for its folder at the root to be reported as unknown.
const STRAY_DEPTH: usize = 3;

/// Folders that tools keep beside a ledger and that may hold TOML files of their own.
const FOREIGN_FOLDERS: [&str; 4] = ["node_modules", "target", "templates", "schema"];

/// Folders that programs fill, each with the file beside it that says so.
const BUILT: [(&str, &str); 2] = [("node_modules", "package.json"), ("target", "Cargo.toml")];

/// The file beside which a folder of this name is filled by a program, so that no one keeps records there.
pub(super) fn built_beside(folder: &LedgerPath) -> Option<&'static str> {
    if folder.depth() > 0 && is_ledger_folder(folder.top()) {
        return None;
    }
    BUILT.into_iter().find(|(name, _)| *name == folder.file_name()).map(|(_, file)| file)
}

/// Whether a folder with a repository of its own is passed over: its files are not part of this one.
pub(super) fn ends_at_repository(folder: &LedgerPath) -> bool {
    !is_ledger_folder(folder.top())
}

/// Whether one of the words in the name of a folder, in any case, is the name of a folder of records or signatures, or of
/// what people call them: `Members`, `.old-goals`, `people`.
fn is_like_ledger_folder(folder: &str) -> bool {
    let lower = folder.to_ascii_lowercase();
    lower
        .split(|c: char| !c.is_ascii_alphabetic())
        .any(|word| is_ledger_folder(word) || word == "signature" || word.parse::<Kind>().is_ok())
}

/// Whether one of the words in the name of a folder, in any case, is the name of a folder whose records decide:
/// `Members`, `.old-members`, `agreement`.
fn is_like_deciding(folder: &str) -> bool {
    let lower = folder.to_ascii_lowercase();
    lower.split(|c: char| !c.is_ascii_alphabetic()).any(|word| {
        is_deciding_folder(word)
            || word == "signature"
            || word.parse::<Kind>().is_ok_and(|kind| is_deciding_folder(kind.folder()))
    })
}

/// Whether a name is that of a TOML file but for a slip, or for something added to take the file out of use.
fn is_like_toml(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    lower.contains("toml") || lower.split('.').skip(1).any(|part| strsim::osa_distance(part, "toml") == 1)
}

/// Whether a name is that of a plain text, in which someone may have written a record.
fn is_note(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    [".md", ".markdown", ".txt"].iter().any(|ending| lower.ends_with(ending))
}

/// The entries of a ledger's folder, sorted into a listing one by one.
#[derive(Debug, Default)]
pub(super) struct Survey {
    listing: Listing,
    /// The folders below the root that are ledgers themselves.
    ledgers: BTreeSet<String>,
}

impl Survey {
    /// Adds what could not even be listed.
    pub(super) fn add_trouble(&mut self, path: LedgerPath, trouble: Unreadable) {
        if is_ledger_folder(path.top()) {
            self.listing.records.push(ListedFile { path, trouble: Some(trouble) });
        }
    }

    /// Adds an entry that is not a folder and no link to a file.
    pub(super) fn add(&mut self, path: LedgerPath, thing: Thing) {
        self.place(path, thing, None);
    }

    /// Adds a link that leads to no folder, with the file in the ledger that it leads to.
    pub(super) fn add_link(&mut self, path: LedgerPath, leads_to: Option<LedgerPath>) {
        self.place(path, Thing::Link, leads_to);
    }

    fn place(&mut self, path: LedgerPath, thing: Thing, leads_to: Option<LedgerPath>) {
        let name = path.file_name();
        let is_hidden = path.is_hidden();
        let in_ledger = is_ledger_folder(path.top());
        if path.depth() > 0 && name == ROOT_FILE && !in_ledger {
            let folder = path.as_str().strip_suffix(ROOT_FILE).unwrap_or_default();
            self.ledgers.insert(folder.to_owned());
        } else if in_ledger && !is_hidden && (thing == Thing::LinkToFolder || is_record(&path, thing)) {
            let trouble = match thing {
                Thing::File | Thing::Link | Thing::Submodule => None,
                Thing::LinkToFolder => Some(Unreadable::LinkToFolder),
                Thing::Special => Some(Unreadable::NotAFile),
            };
            self.listing.links.extend(leads_to);
            self.listing.records.push(ListedFile { path, trouble });
        } else if may_be_record(&path, thing) {
            self.listing.unread.push(Unread { path, thing, leads_to });
        }
    }

    /// The listing, in path order.
    pub(super) fn finish(self) -> Listing {
        let mut listing = self.listing;
        listing.records.sort_by(|a, b| a.path.cmp(&b.path));
        listing.unread.sort_by(|a, b| a.path.cmp(&b.path));
        let in_ledger = |path: &LedgerPath| self.ledgers.iter().any(|folder| path.as_str().starts_with(folder));
        let strays = listing.unread.iter().filter(|unread| unread.thing == Thing::File).map(|unread| &unread.path);
        let strays = strays.filter(|path| is_stray(path) && !in_ledger(path));
        listing.strays = strays.map(|path| LedgerPath::new(path.top())).collect();
        listing.strays.dedup();
        listing
    }
}

/// Whether a file in a folder of the ledger is read as a record, or as a part of one.
fn is_record(path: &LedgerPath, thing: Thing) -> bool {
    path.depth() > 0 && path::is_meant_as_record(path.file_name()) && thing != Thing::Submodule
}

/// Whether git keeps a record at this place.
#[cfg(feature = "git")]
pub(super) fn is_of_ledger(path: &LedgerPath) -> bool {
    is_ledger_folder(path.top()) && !path.is_hidden() && is_record(path, Thing::File)
}

/// Whether an entry that is not read has the name or the place of something that is.
fn may_be_record(path: &LedgerPath, thing: Thing) -> bool {
    let name = path.file_name();
    let folders = path.as_str().strip_suffix(name).unwrap_or_default();
    match thing {
        Thing::File | Thing::Link if path.depth() == 0 && (name == ROOT_FILE || name == JOURNAL) => false,
        Thing::File | Thing::Link => {
            let is_note = path.depth() == 0 && !path.is_hidden() && is_note(name);
            is_like_toml(name) || is_note || folders.split('/').any(is_like_ledger_folder)
        }
        Thing::LinkToFolder => is_like_deciding(name) || is_deciding_folder(path.top()),
        Thing::Submodule => is_ledger_folder(path.top()),
        Thing::Special => false,
    }
}

/// Whether a file outside the folders of the ledger looks like a record that was put there by mistake.
fn is_stray(path: &LedgerPath) -> bool {
    let is_foreign = match path.depth() {
        0 => FOREIGN_FILES.contains(&path.as_str().to_ascii_lowercase().as_str()),
        depth => depth > STRAY_DEPTH || FOREIGN_FOLDERS.contains(&path.top()) || is_ledger_folder(path.top()),
    };
    !path.is_hidden() && !is_foreign && path::is_meant_as_record(path.file_name())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listed(entries: &[(&str, Thing)]) -> Listing {
        let mut survey = Survey::default();
        entries.iter().for_each(|(path, thing)| survey.add(LedgerPath::new(*path), *thing));
        survey.finish()
    }

    #[test]
    fn a_file_with_the_name_or_the_place_of_a_record_is_read_or_told() {
        let unread = [
            ".github/members/cedar.toml",
            "Members/cedar",
            "README.md",
            "agreements/.charter.toml",
            "agreements/charter.md",
            "archive/2025/members/old/cedar.toml",
            "archive/birch.toml",
            "archive/cedar.tom",
            "cedar.toml",
            "goals/.doors.toml",
            "goals/doors.md",
            "goals/note",
            "members/.old/cedar.toml",
            "members/cedar",
            "members/cedar.toml.off",
            "members/cedar.txt",
            "old_members/cedar.txt",
            "templates/cedar.toml",
        ];
        let other = ["archive/cedar.txt", "docs/numbers/x.txt", "logo.png"];
        let read = ["goals/deep/doors.toml", "members/cedar.TOML", "members/cedar.toml.txt", "signatures/a/b/c.toml"];
        let all = unread.iter().chain(&other).chain(&read).map(|path| (*path, Thing::File));
        let listing = listed(&all.collect::<Vec<_>>());
        let of = |paths: Vec<&LedgerPath>| paths.into_iter().map(|path| path.to_string()).collect::<Vec<_>>();
        assert_eq!(of(listing.unread.iter().map(|one| &one.path).collect()), unread);
        assert_eq!(of(listing.records.iter().map(|one| &one.path).collect()), read);
        assert_eq!(of(listing.strays.iter().collect()), ["archive", "cedar.toml"]);
    }

    #[test]
    fn a_ledger_in_the_ledger_is_no_unknown_folder_and_its_files_are_told() {
        let listing = listed(&[("old/coalition.toml", Thing::File), ("old/members/a.toml", Thing::File)]);
        assert_eq!((listing.strays.len(), listing.unread.len()), (0, 1));
    }

    #[test]
    fn links_to_folders_and_submodules_are_told_where_records_live() {
        let entries = [
            ("members", Thing::LinkToFolder),
            ("members/deep", Thing::LinkToFolder),
            ("Members", Thing::LinkToFolder),
            ("old", Thing::LinkToFolder),
            ("agreements/shared", Thing::Submodule),
            ("theme", Thing::Submodule),
        ];
        let listing = listed(&entries);
        let records: Vec<_> = listing.records.iter().map(|one| (one.path.as_str(), one.trouble.clone())).collect();
        let link = Some(Unreadable::LinkToFolder);
        assert_eq!(records, [("members", link.clone()), ("members/deep", link)]);
        let unread: Vec<_> = listing.unread.iter().map(|one| (one.path.as_str(), one.thing)).collect();
        assert_eq!(unread, [("Members", Thing::LinkToFolder), ("agreements/shared", Thing::Submodule)]);
    }
}
