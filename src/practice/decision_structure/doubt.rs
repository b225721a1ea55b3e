//! Why a decision that was made may not hold.

use super::hearing::{Hearing, outcome};
use crate::ledger::AsOf;
use crate::record::decision::{Method, Outcome};
use serde::Serialize;

/// Why a decision that was made may not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum DecisionDoubt {
    /// Too few members were heard.
    NoQuorum,
    /// The positions do not bear out the result.
    NotBorneOut,
    /// It is called a consensus, and a block was not answered.
    UnansweredBlock,
}

/// The doubts about a decision that has been made.
pub(crate) fn doubts(as_of: AsOf<'_>, hearing: &Hearing<'_>) -> Vec<DecisionDoubt> {
    let mut doubts = Vec::new();
    if is_inquorate(as_of, hearing) {
        doubts.push(DecisionDoubt::NoQuorum);
    }
    if is_borne_out(as_of, hearing) == Some(false) {
        doubts.push(DecisionDoubt::NotBorneOut);
    }
    if is_false_consensus(as_of, hearing) {
        doubts.push(DecisionDoubt::UnansweredBlock);
    }
    doubts
}

/// Whether what a decision rests on is judged: it was made in the last 365 days, and someone wrote down where members
/// stood, or how many stood where. What no one recorded is no fault, and what was decided earlier no one can decide again.
pub(crate) fn is_judged(as_of: AsOf<'_>, hearing: &Hearing<'_>) -> bool {
    super::is_made(as_of, hearing.decision) && hearing.is_recorded() && as_of.is_of_last_year(hearing.day)
}

/// Whether a quorum is asked of a decision that is judged: it was adopted or rejected, or made without a result, by the
/// members themselves or with a quorum of its own.
pub(crate) fn needs_quorum(as_of: AsOf<'_>, hearing: &Hearing<'_>) -> bool {
    let settled = matches!(outcome(as_of, hearing.decision), None | Some(Outcome::Adopted | Outcome::Rejected));
    let delegated = hearing.method() == Some(Method::Delegated) && hearing.decision.quorum.is_none();
    is_judged(as_of, hearing) && settled && !delegated && !hearing.eligible.is_empty()
}

/// Whether it was made by too few.
pub(crate) fn is_inquorate(as_of: AsOf<'_>, hearing: &Hearing<'_>) -> bool {
    needs_quorum(as_of, hearing) && !hearing.has_quorum()
}

/// Whether the count bears out the result, where it is judged and the method is one that counts.
pub(crate) fn is_borne_out(as_of: AsOf<'_>, hearing: &Hearing<'_>) -> Option<bool> {
    let result = outcome(as_of, hearing.decision).filter(|_| is_judged(as_of, hearing))?;
    hearing.bears_out(result)
}

/// Whether it was adopted by consensus over a block that nothing was done about.
pub(crate) fn is_false_consensus(as_of: AsOf<'_>, hearing: &Hearing<'_>) -> bool {
    claims_consensus(as_of, hearing) && hearing.open_blocks() > 0
}

/// Whether it was adopted by consensus, and is judged.
pub(crate) fn claims_consensus(as_of: AsOf<'_>, hearing: &Hearing<'_>) -> bool {
    let adopted = outcome(as_of, hearing.decision) == Some(Outcome::Adopted);
    hearing.method() == Some(Method::Consensus) && adopted && is_judged(as_of, hearing)
}
