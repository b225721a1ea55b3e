//! What people outside the coalition may not see: names of people who have not agreed to be listed, private numbers and addresses.
//! [`Unlisted`] knows these people and what replaces their names, [`veil`] removes the names from a ledger, and [`Search`] finds
//! withheld data in a text that is about to leave.
//!
//! `export`, `render`, the calendar feed and the reports for one member search their output before they write it.

mod concealment;
mod leak;
mod name_form;
mod number;
mod piece;
mod reading;
mod rule;
mod search;
mod secret;
mod today;
mod unlisted;
mod veil;
mod wording;

pub use concealment::Concealment;
pub use leak::{Leak, leaks, leaks_of_keys};
pub use piece::OutgoingPiece;
pub use search::Search;
pub use today::hold_to;
pub use unlisted::{Consents, NOT_LISTED, UNLISTED, Unlisted, part_of};
pub use veil::veil;
