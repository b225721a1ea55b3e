//! Agreements as a matter of rules: what exactly is signed, by whom it has to be, and which signatures count.

mod cell;
mod dating;
mod doubt;
mod former_ids;
mod proof;
mod proving;
mod signatory;
mod signed_text;
mod signers;
mod sshsig;
mod standing;
#[cfg(test)]
mod tests;
mod timeline;
mod weakening;
mod withdrawal;

pub use cell::Cell;
pub use cell::CellState;
pub use cell::required_signatures;
pub(crate) use doubt::{Doubt, doubts};
pub use proof::Disproof;
pub use proof::prove;
pub(crate) use proof::{fingerprint, key_of, may_prove, signer_of, signing_key};
pub(crate) use proving::vouched_by;
pub(crate) use signatory::{has_unclear_signatories, may_sign, was_authorized};
pub use signed_text::NAMESPACE;
pub use signed_text::Purpose;
pub use signed_text::Statement;
pub use signed_text::digest;
pub use signed_text::terms;
pub(crate) use signers::allowed_signers;
pub(crate) use standing::{Flaw, JudgedSignature, SignatureJudge, is_to_come, latest_signature};
pub(crate) use timeline::{
    amendment_at, amendment_of, common_deadline, current_version, first_signature, has_ended, has_expired, is_in_force,
    pin_of, required_members, signing_periods,
};
pub(crate) use weakening::{Effect, Weakening, WeakeningReason, reopen, weakenings};
