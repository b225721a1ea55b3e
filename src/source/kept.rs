//! What git knows about files in a folder, as plain data: which tracked files are missing, and how attributes change a
//! file between a commit and the folder.

use super::LedgerPath;

/// Why a file that git tracks is not in the folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Absence {
    /// A sparse checkout leaves it out.
    Sparse,
    /// It is marked to be skipped or to be taken as unchanged, and it is gone.
    Skipped,
    /// It is a submodule that was not fetched.
    Submodule,
    /// It was removed, and the removal is not yet staged.
    Removed,
}

/// Files of the ledger that git tracks and the folder lacks, for one reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MissingFiles {
    /// The reason.
    pub cause: Absence,
    /// The files, or the folders that hold them, by path.
    pub places: Vec<LedgerPath>,
}

/// What git does with a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GitState {
    /// It is tracked.
    pub tracked: bool,
    /// It is not tracked, and is to be ignored.
    pub ignored: bool,
    /// Its keywords `$Id$` are spelled out in the folder.
    pub ident: bool,
    /// The attribute that says how else its text is changed on the way between a commit and the folder, as it is written.
    pub filter: Option<String>,
}

/// How many digits the ids have that git spells out.
const ID_LENGTHS: [usize; 2] = [40, 64];

/// Text with its keywords as a commit holds them: `$Id: 7c4a…ea1f $` is `$Id$` again.
pub(crate) fn with_bare_keywords(text: &str) -> String {
    const OPENING: &str = "$Id: ";
    let mut bare = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(OPENING) {
        let (before, behind) = rest.split_at(at);
        bare.push_str(before);
        let words = behind.get(OPENING.len()..).unwrap_or_default();
        let id = words.split_once(" $").map_or("", |(id, _)| id);
        if ID_LENGTHS.contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            bare.push_str("$Id$");
            rest = words.get(id.len() + 2..).unwrap_or_default();
        } else {
            bare.push_str(OPENING);
            rest = words;
        }
    }
    bare + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_ids_that_git_spelled_out_are_taken_back() {
        let id = "55ca6286e3e4f4fba5d0448333fa99fc5a404a73";
        assert_eq!(with_bare_keywords(&format!("a $Id: {id} $ b\n$Id: {id} $")), "a $Id$ b\n$Id$");
        for text in ["$Id$", "$Id: ", "$Id: x $", "We pay $Id: 5 $ $", "$Id: 55ca62\n $"] {
            assert_eq!(with_bare_keywords(text), text);
        }
    }
}
