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

pub(crate) use concealment::Concealment;
pub(crate) use leak::{Leak, leaks, leaks_of_keys};
pub(crate) use piece::OutgoingPiece;
pub(crate) use search::Search;
pub(crate) use today::hold_to;
pub(crate) use unlisted::{Consents, NOT_LISTED, UNLISTED, Unlisted};
pub(crate) use veil::veil;
