//! What other programs read and write: records from spreadsheets and other import files, and a ledger for spreadsheets, databases
//! and scripts. Bytes in, bytes out; files are read and written by `cli`.

pub mod cell;
pub mod codeowners;
pub mod columns;
pub mod contents;
pub mod damaged_text;
pub mod date_format;
pub mod import;
pub mod import_file;
pub mod incoming;
pub mod jsonl;
pub mod outgoing;
pub mod package;
pub mod popolo;
pub mod preview;
pub mod rows;
#[cfg(feature = "sqlite")]
pub mod sqlite;
