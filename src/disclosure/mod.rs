//! What others may not hear of. A ledger holds more than those who are not of the coalition may read: names of people who have
//! not agreed to be listed, private numbers and addresses. This room says who is [`Unlisted`] and what stands for them, makes a
//! ledger in which they have no names ([`veil`]), and finds in a text that is to leave whatever is withheld ([`Search`]).
//!
//! `export`, `render`, the calendar feed and the reports for one member search what they have made before anything is written.

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

pub use concealment::Concealment;
pub use leak::{Leak, leaks};
pub use piece::Piece;
pub use search::Search;
pub use today::hold_to;
pub use unlisted::{Consents, NOT_LISTED, UNLISTED, Unlisted, part_of};
pub use veil::veil;
