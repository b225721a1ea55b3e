//! What other programs read and write: records from spreadsheets and other import files, and a ledger for spreadsheets, databases
//! and scripts. Bytes in, bytes out; files are read and written by `cli`.

pub(crate) mod cell;
pub(crate) mod codeowners;
pub(crate) mod columns;
pub(crate) mod contents;
pub(crate) mod damaged_text;
pub(crate) mod date_format;
pub(crate) mod import;
pub(crate) mod import_file;
pub(crate) mod incoming;
pub mod jsonl;
pub(crate) mod outgoing;
pub mod package;
pub(crate) mod popolo;
pub(crate) mod preview;
pub(crate) mod rows;
#[cfg(feature = "sqlite")]
pub(crate) mod sqlite;
