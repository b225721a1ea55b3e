//! Agreements as a matter of rules: what exactly is signed, by whom it has to be, and which signatures count.

mod cell;
mod doubt;
mod proof;
mod requirement;
mod signers;
mod sshsig;
mod standing;
mod statement;
mod terms;
#[cfg(test)]
mod tests;
mod version;

pub use cell::{Cell, CellState};
pub use doubt::{Doubt, doubts};
pub use proof::{Disproof, fingerprint, key_of, may_prove, prove, signer_of, signing_key};
pub use requirement::{common_deadline, deadline, required_members, signing_periods};
pub use signers::allowed_signers;
pub use standing::{Flaw, Judged, Registry, authorised, has_unclear_signatories, latest_signature};
pub use statement::{NAMESPACE, Statement};
pub use terms::{digest, terms};
pub use version::{current_version, has_ended, has_expired, is_in_force, resigning};
