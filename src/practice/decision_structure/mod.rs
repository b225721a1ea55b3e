//! Decisions with a structure: who may take part, who was heard, what the positions come to, and whether the result is
//! borne out by them.

mod doubt;
mod hearing;

pub(crate) use doubt::{DecisionDoubt, claims_consensus, doubts, is_borne_out, is_inquorate, needs_quorum};
pub(crate) use hearing::{Hearing, PositionVoice, Tally, is_made, meeting_day, outcome, quorum};

use super::Evidence;
use crate::ledger::AsOf;
use crate::record::decision::Outcome;
use crate::record::value::RecordId;
use crate::record::{Decision, Record};
use std::collections::HashSet;

/// What a decision lacks to be one that can be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Gaps {
    /// No one said how it is reached.
    pub method: bool,
    /// It is open, and no one said until when.
    pub closes: bool,
    /// It was adopted or rejected, and no one said when.
    pub decided: bool,
    /// It was decided, and no one said how it ended.
    pub result: bool,
}

impl Gaps {
    /// Whether something is lacking.
    pub(crate) fn any(self) -> bool {
        self.method || self.closes || self.decided || self.result
    }
}

/// Whether a decision is asked how it is, or was, reached: it has been proposed, and was not decided more than 365 days ago.
pub(crate) fn must_name_method(as_of: AsOf<'_>, decision: &Decision) -> bool {
    let is_past = as_of.past(&decision.decided).is_some_and(|day| !as_of.is_of_last_year(day));
    as_of.may_have_come(&decision.proposed) && !is_past
}

/// What a decision lacks that is asked; one that was withdrawn lacks nothing.
pub(crate) fn gaps(as_of: AsOf<'_>, decision: &Decision) -> Gaps {
    let is_live = must_name_method(as_of, decision) && outcome(as_of, decision) != Some(Outcome::Withdrawn);
    let is_open = decision.is_open(as_of.today);
    let settled = matches!(outcome(as_of, decision), Some(Outcome::Adopted | Outcome::Rejected));
    Gaps {
        method: is_live && decision.method.is_none(),
        closes: is_live && is_open && decision.closes.is_none(),
        decided: is_live && settled && decision.decided.is_none(),
        result: is_live && as_of.has_come(&decision.decided) && decision.result.is_none(),
    }
}

/// Whether a decision is open although its last day has passed.
pub(crate) fn is_overdue(as_of: AsOf<'_>, decision: &Decision) -> bool {
    decision.is_open(as_of.today) && decision.closes.as_ref().is_some_and(|closes| closes.value < as_of.today)
}

/// The decisions that have been made by today, on their days.
pub(crate) fn decisions_made<'l>(as_of: AsOf<'l>) -> impl Iterator<Item = Hearing<'l>> {
    let made = as_of.ledger.decisions.iter().filter(move |decision| is_made(as_of, decision));
    made.map(move |decision| Hearing::of(as_of, decision))
}

/// The decisions that have been made, though nothing says when: neither their own date nor that of their meeting.
pub(crate) fn decisions_without_day<'l>(as_of: AsOf<'l>) -> impl Iterator<Item = Hearing<'l>> {
    decisions_made(as_of)
        .filter(move |hearing| hearing.decision.decided.is_none() && meeting_day(as_of, hearing.decision).is_none())
}

/// The decisions in whose place another stands that holds.
pub(crate) fn replaced_decisions(as_of: AsOf<'_>) -> HashSet<&str> {
    let holding = decisions_made(as_of).filter(|hearing| {
        matches!(outcome(as_of, hearing.decision), None | Some(Outcome::Adopted)) && doubts(as_of, hearing).is_empty()
    });
    holding.filter_map(|hearing| hearing.decision.supersedes.as_ref()).map(|id| id.value.as_str()).collect()
}

/// The figures of the scorecard.
pub(crate) fn evidence(as_of: AsOf<'_>) -> Evidence {
    let all = || as_of.ledger.decisions.iter();
    let proposed: Vec<&Record<Decision>> = all().filter(|decision| must_name_method(as_of, decision)).collect();
    let structured = proposed.iter().filter(|decision| !gaps(as_of, decision).any()).count();
    let open: Vec<_> = all().filter(|decision| decision.is_open(as_of.today) && decision.closes.is_some()).collect();
    let in_time = open.iter().filter(|decision| !is_overdue(as_of, decision)).count();
    let made: Vec<Hearing<'_>> = decisions_made(as_of).collect();
    let needing: Vec<_> = made.iter().filter(|hearing| needs_quorum(as_of, hearing)).collect();
    let with_quorum = needing.iter().filter(|hearing| hearing.has_quorum()).count();
    let voted: Vec<bool> = made.iter().filter_map(|hearing| is_borne_out(as_of, hearing)).collect();
    let borne_out = voted.iter().filter(|borne_out| **borne_out).count();
    let consensus: Vec<_> = made.iter().filter(|hearing| claims_consensus(as_of, hearing)).collect();
    let unblocked = consensus.iter().filter(|hearing| hearing.open_blocks() == 0).count();
    Evidence::default()
        .part_that(
            "decisions_with_structure",
            structured,
            proposed.len(),
            ["decision", "decisions"],
            ["says how, when and with what result", "say how, when and with what result"],
        )
        .part_that(
            "open_decisions_in_time",
            in_time,
            open.len(),
            ["open decision", "open decisions"],
            ["is on time", "are on time"],
        )
        .part_that(
            "decisions_with_quorum",
            with_quorum,
            needing.len(),
            ["decision", "decisions"],
            ["was made with a quorum", "were made with a quorum"],
        )
        .part_that(
            "votes_borne_out",
            borne_out,
            voted.len(),
            ["vote", "votes"],
            ["has a result that matches the count", "have a result that matches the count"],
        )
        .part_that(
            "consensus_without_open_block",
            unblocked,
            consensus.len(),
            ["consensus", "decisions by consensus"],
            ["has no unanswered block", "have no unanswered block"],
        )
}

#[cfg(test)]
mod tests;
