//! Integration tests, in one binary.

// A test that cannot go on says so by panicking.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod answers;
mod call_sheet;
mod commands;
mod diff;
mod discreet;
mod doubtful;
mod editing;
mod evening;
mod examples;
mod export;
mod figures;
mod first_guess;
mod fmt;
mod formats;
mod gate;
mod gate_cases;
mod generated;
mod history;
mod help;
mod hostile;
mod import;
mod import_meaning;
mod import_options;
mod imported_lists;
mod language;
mod layers;
mod ledger;
mod log;
mod main_line;
mod merge_triples;
mod merging;
mod mistakes;
mod owners;
mod openssh;
mod other_readers;
mod pages;
mod parted;
mod practices;
mod privacy;
mod proof;
mod published;
mod reading;
mod renamed;
mod request;
mod robust;
mod round_trip;
mod schemas;
mod sign;
mod since;
mod snapshots;
mod ssh;
mod words;
