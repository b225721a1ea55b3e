//! Agreements as a matter of rules: what exactly is signed, by whom it has to be, and which signatures count.

mod cell;
mod doubt;
mod requirement;
mod standing;
mod terms;
#[cfg(test)]
mod tests;
mod version;

pub use cell::{Cell, CellState};
pub use doubt::{Doubt, doubts};
pub use requirement::{common_deadline, deadline, required_members, signing_periods};
pub use standing::{Flaw, Judged, Registry, authorised, has_unclear_signatories};
pub use terms::{digest, terms};
pub use version::{current_version, has_expired, is_in_force, resigning};
