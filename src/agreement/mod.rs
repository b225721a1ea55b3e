//! Agreements as a matter of rules: what exactly is signed, by whom it has to be, and which signatures count.

mod cell;
mod dating;
mod doubt;
mod former_ids;
mod proof;
mod proving;
mod requirement;
mod signatory;
mod signers;
mod sshsig;
mod standing;
mod statement;
mod terms;
#[cfg(test)]
mod tests;
mod version;
mod weakening;
mod withdrawal;

pub use cell::{Cell, CellState, required_signatures};
pub use doubt::{Doubt, doubts};
pub use proof::{Disproof, fingerprint, key_of, may_prove, prove, signer_of, signing_key};
pub use proving::vouched_by;
pub use requirement::{common_deadline, deadline, required_members, signing_periods};
pub use signatory::{end_of_office, has_unclear_signatories, may_sign, was_authorized};
pub use signers::allowed_signers;
pub use standing::{Flaw, JudgedSignature, SignatureJudge, is_to_come, latest_signature};
pub use statement::{NAMESPACE, Purpose, Statement};
pub use terms::{digest, terms};
pub use version::{
    amendment_at, amendment_of, current_version, first_day, first_signature, has_ended, has_expired, is_in_force,
    lapse_day, pin_of, replaced_on, resigning,
};
pub use weakening::{Effect, Weakening, WeakeningReason, reopen, weakenings};
pub use withdrawal::WithdrawalFlaw;
