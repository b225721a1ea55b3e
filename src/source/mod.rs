//! Where the bytes of a ledger come from. A [`Source`] answers two questions, which files there are and what one of
//! them says; [`disk`] answers them from a folder, [`git`] from a revision, [`memory`] from a list. All layers below see a
//! ledger only through it, with paths relative to the ledger's root. Which characters are not seen is said here too: [`Unseen`].

mod change;
mod deciding;
pub(crate) mod disk;
#[cfg(feature = "git")]
pub(crate) mod git;
mod kept;
pub(crate) mod memory;
mod overlay;
pub(crate) mod past;
mod path;
mod private_key;
mod span;
mod survey;
mod unseen;

pub(crate) use change::{ChangeSet, FileChange, JOURNAL, Unfinished};
pub(crate) use deciding::Deciding;
pub(crate) use kept::{Absence, GitState, MissingFiles, with_bare_keywords};
pub(crate) use overlay::Overlay;
pub use path::LedgerPath;
pub(crate) use private_key::{find_private_keys, without_private_keys};
pub use span::Span;
pub(crate) use span::{LineColumn, LineIndex};
pub(crate) use survey::{Thing, Unread, copied_from};
pub(crate) use unseen::{Unseen, describe_unseen, is_needed, is_no_text, is_odd_space};

/// The file at the root that makes a folder a ledger.
pub(crate) const ROOT_FILE: &str = "coalition.toml";

/// The file at the root that a writer holds. The system lets go of it when the program ends, however it ends.
pub(crate) const LOCK: &str = ".coalition-lock";

/// The largest file that is read, in bytes. A record is a page or two; what is larger was put here by mistake.
pub(crate) const MAX_FILE_BYTES: u64 = 2 * 1024 * 1024;

/// Why a file that should be readable is not. [`std::fmt::Display`] says it as the end of a sentence about the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unreadable {
    /// The bytes are not UTF-8.
    NotUtf8 {
        /// Bytes before the first that is not.
        valid_bytes: usize,
        /// The text with a mark in place of what is not UTF-8.
        readable: String,
    },
    /// Larger than [`MAX_FILE_BYTES`].
    TooLarge {
        /// The file's size.
        bytes: u64,
    },
    /// The system refuses access.
    NoPermission,
    /// A symbolic link to something outside the ledger.
    LeavesLedger,
    /// A symbolic link to a file or folder whose name begins with a dot.
    LeadsToHidden,
    /// A broken or circular symbolic link.
    BrokenLink,
    /// A symbolic link to a folder; folders are read where they are.
    LinkToFolder,
    /// A pipe, a device or a socket.
    NotAFile,
    /// The name itself cannot be written as text.
    NameNotUtf8,
    /// Nothing is there.
    Missing,
    /// Any other error of the system.
    Other(String),
}

impl std::fmt::Display for Unreadable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Unreadable::NotUtf8 { readable, .. } => match Document::of(readable) {
                Some(document) => write!(f, "is {}, not plain text", document.noun),
                None => f.write_str("is not UTF-8 text"),
            },
            Unreadable::TooLarge { bytes } => {
                write!(f, "is too large: {bytes} bytes (limit {MAX_FILE_BYTES})")
            }
            Unreadable::NoPermission => f.write_str("cannot be opened: permission denied"),
            Unreadable::LeavesLedger => f.write_str("is a link to a place outside the ledger"),
            Unreadable::LeadsToHidden => f.write_str("is a link to a hidden file or folder"),
            Unreadable::BrokenLink => f.write_str("is a broken or circular link"),
            Unreadable::LinkToFolder => f.write_str("is a link to a folder; such links are not followed"),
            Unreadable::NotAFile => f.write_str("is not a regular file"),
            Unreadable::NameNotUtf8 => f.write_str("has a name that is not UTF-8 text"),
            Unreadable::Missing => f.write_str("does not exist"),
            Unreadable::Other(reason) => write!(f, "cannot be read: {reason}"),
        }
    }
}

impl Unreadable {
    /// One way to fix it, as an instruction.
    pub fn suggest(&self) -> &'static str {
        match self {
            Unreadable::NotUtf8 { readable, .. } => {
                Document::of(readable).map_or("save the file again in UTF-8", |document| document.help)
            }
            Unreadable::TooLarge { .. } => "keep only the record in it, and move the rest to another file",
            Unreadable::NoPermission => "give yourself permission to read the file",
            Unreadable::LeavesLedger
            | Unreadable::LeadsToHidden
            | Unreadable::BrokenLink
            | Unreadable::LinkToFolder => "replace the link with the file itself",
            Unreadable::NotAFile => "remove it from the ledger",
            Unreadable::NameNotUtf8 => "rename it with letters a-z, digits and hyphens",
            Unreadable::Missing => "write its path relative to the folder of this record",
            Unreadable::Other(_) => "restore it from git, or remove it",
        }
    }
}

/// A file of another program, known by its first bytes.
struct Document {
    noun: &'static str,
    help: &'static str,
}

impl Document {
    /// What the bytes are, with a mark in place of each that is not UTF-8.
    fn of(readable: &str) -> Option<Document> {
        const COPY: &str = "open it, copy its text into a plain text file saved as UTF-8, and delete this file";
        const SHEET: &str =
            "import a spreadsheet with `coalition import`, or copy the text into a plain text file saved as UTF-8";
        const UTF16: &str = "save the file again, and choose UTF-8 as its encoding";
        let document = |noun, help| Some(Document { noun, help });
        let has = |part: &str| readable.contains(part);
        match readable {
            _ if readable.starts_with("PK\u{3}\u{4}") && has("word/") => document("a Word document", COPY),
            _ if readable.starts_with("PK\u{3}\u{4}") && (has("xl/") || has("spreadsheet")) => {
                document("a spreadsheet", SHEET)
            }
            _ if readable.starts_with("PK\u{3}\u{4}") => document("a Word document or another packed file", COPY),
            _ if readable.starts_with("\u{fffd}\u{fffd}\u{11}") => document("an old Word or Excel document", COPY),
            _ if readable.starts_with("%PDF") => document("a PDF", COPY),
            _ if readable.starts_with("\u{fffd}PNG") || readable.starts_with("GIF8") || has("JFIF") || has("Exif") => {
                document("a picture", "move it out of the folders of records")
            }
            _ if readable.starts_with("\u{fffd}\u{fffd}") && has("\0") => document("text in UTF-16", UTF16),
            _ if readable.starts_with("{\\rtf") => document("a rich text document (RTF)", COPY),
            _ if readable.starts_with("SQLite format 3") => {
                document("a database", "move it out of the folders of records")
            }
            _ => None,
        }
    }
}

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

/// Turns bytes to text. A byte order mark is kept, so that positions stay true.
fn decode(bytes: Vec<u8>) -> Result<String, Unreadable> {
    String::from_utf8(bytes).map_err(|error| {
        let valid_bytes = error.utf8_error().valid_up_to();
        Unreadable::NotUtf8 { valid_bytes, readable: String::from_utf8_lossy(error.as_bytes()).into_owned() }
    })
}
