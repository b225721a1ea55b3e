//! Why a file that should be readable is not, and one way to fix it.

use super::MAX_FILE_BYTES;

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
            _ if is_utf16(readable.as_bytes()) => document("text in UTF-16", UTF16),
            _ if readable.starts_with("{\\rtf") => document("a rich text document (RTF)", COPY),
            _ if readable.starts_with("SQLite format 3") => {
                document("a database", "move it out of the folders of records")
            }
            _ => None,
        }
    }
}

/// Whether bytes are text in UTF-16 without a mark: every second of them is zero, and the others are not.
fn is_utf16(bytes: &[u8]) -> bool {
    let zeros = |from: usize| bytes.iter().skip(from).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd, half) = (zeros(0), zeros(1), bytes.len() / 2);
    half > 1 && (even * 10 >= half * 9 && odd * 10 < half || odd * 10 >= half * 9 && even * 10 < half)
}

/// Turns bytes to text. A byte order mark is kept, so that positions stay true.
pub(super) fn decode(bytes: Vec<u8>) -> Result<String, Unreadable> {
    if is_utf16(&bytes) {
        return Err(Unreadable::NotUtf8 { valid_bytes: 0, readable: String::from_utf8_lossy(&bytes).into_owned() });
    }
    String::from_utf8(bytes).map_err(|error| {
        let valid_bytes = error.utf8_error().valid_up_to();
        Unreadable::NotUtf8 { valid_bytes, readable: String::from_utf8_lossy(error.as_bytes()).into_owned() }
    })
}
