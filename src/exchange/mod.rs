//! What other programs read and write: records from registers that a coalition has, and a ledger for spreadsheets, databases
//! and scripts. Bytes in, bytes out; files are read and written by [`crate::cli`].

pub mod cell;
pub mod import;
pub mod incoming;
pub mod popolo;
pub mod register;
