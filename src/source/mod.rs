//! Where the bytes of a ledger come from. A [`Source`] answers two questions, which files there are and what one of
//! them says; [`disk`] answers them from a folder, [`git`] from a revision, [`memory`] from a list. All layers below see a
//! ledger only through it, with paths relative to the ledger's root. Which characters are not seen is said here too: [`Unseen`].

mod change;
pub(crate) mod commit_message;
mod copy;
mod deciding;
pub(crate) mod disk;
mod files;
#[cfg(feature = "git")]
pub(crate) mod git;
mod journal;
mod kept;
pub(crate) mod memory;
mod overlay;
mod part;
pub(crate) mod past;
mod path;
mod private_key;
mod span;
mod survey;
mod unreadable;
mod unseen;

pub(crate) use change::{ChangeSet, FileChange};
pub(crate) use copy::{copied_from, duplicated_from, is_lasting_copy, is_like_root_file, is_swap_file};
pub(crate) use deciding::Deciding;
pub(crate) use files::{Blob, File, Files, Folder};
pub(crate) use journal::{JOURNAL, Journal, Unfinished};
pub(crate) use kept::{Absence, GitState, MissingFiles, with_bare_keywords};
pub(crate) use overlay::Overlay;
pub(crate) use part::Part;
pub use path::LedgerPath;
pub(crate) use private_key::{find_private_keys, without_private_keys};
pub use span::Span;
pub(crate) use span::{LineColumn, LineIndex};
pub(crate) use survey::{Thing, Unread};
pub(crate) use unreadable::Unreadable;
use unreadable::decode;
pub(crate) use unseen::{Unseen, describe_unseen, is_needed, is_no_text, is_odd_space};

/// The file at the root that makes a folder a ledger.
pub(crate) const ROOT_FILE: &str = "coalition.toml";

/// The file at the root that a writer holds. The system lets go of it when the program ends, however it ends.
pub(crate) const LOCK: &str = ".coalition-lock";

/// The largest file that is read, in bytes. A record is a page or two; what is larger was put here by mistake.
pub(crate) const MAX_FILE_BYTES: u64 = 2 * 1024 * 1024;

/// What a source finds at one path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedFile {
    /// Where it is.
    pub path: LedgerPath,
    /// A reason not to try to read it.
    pub trouble: Option<Unreadable>,
}

/// The files and folders of a ledger that matter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Listing {
    /// The files in the folders of records whose name ends like TOML, by path. The root file is not among them.
    pub records: Vec<ListedFile>,
    /// What holds TOML at the root and is read by no one: folders that are not folders of records, and files, by name.
    pub strays: Vec<LedgerPath>,
    /// The files that links among them lead to, which are read there.
    pub links: Vec<LedgerPath>,
    /// What may hold a record and is not read, by path.
    pub unread: Vec<Unread>,
    /// Tracked files that the folder lacks.
    pub gaps: Vec<MissingFiles>,
    /// Records that git ignores, so that no one else has them.
    pub ignored: Vec<LedgerPath>,
    /// Records whose bytes git changes on their way between a commit and the folder, each with the attribute that says so.
    pub altered: Vec<(LedgerPath, String)>,
    /// A change of several files that stopped halfway, or is being written.
    pub unfinished: Option<Unfinished>,
    /// What is wrong with the file that stands where the journal of such a change is kept.
    pub journal_fault: Option<&'static str>,
}

/// Where a ledger is read from.
pub trait Source: Sync {
    /// A name for people: the folder, the revision.
    fn label(&self) -> String;

    /// Which files there are, in path order.
    ///
    /// # Errors
    /// What the system said when the ledger's root itself cannot be listed.
    fn list(&self) -> Result<Listing, std::io::Error>;

    /// The text of one file.
    ///
    /// # Errors
    /// Why it cannot be read; a link is followed only to a file inside the ledger.
    fn read(&self, path: &LedgerPath) -> Result<String, Unreadable>;

    /// Whether a program is writing to it at this moment, so that what it writes beside a file may be seen.
    fn is_being_changed(&self) -> bool {
        false
    }

    /// What git makes of these files, where it is known: each in its place.
    fn git_states(&self, paths: &[LedgerPath]) -> Vec<GitState> {
        vec![GitState { tracked: true, ..GitState::default() }; paths.len()]
    }
}
