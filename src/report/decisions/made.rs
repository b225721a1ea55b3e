//! Decisions that were made, with what they rest on.

use crate::document::{Item, Line, words};
use crate::ledger::AsOf;
use crate::practice::decision_structure::{Doubt, Hearing, Tally, doubts, is_borne_out, needs_quorum, outcome};
use crate::record::decision::{Method, Outcome};
use crate::record::value::Choices;
use crate::report::Named;
use chrono::NaiveDate;
use serde::Serialize;

/// A decision that was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MadeDecision {
    /// The decision.
    pub decision: Named,
    /// The day it was decided; where none is written, the last day for positions, or today.
    pub date: NaiveDate,
    /// How it was reached.
    pub method: Option<Method>,
    /// How it ended.
    pub result: Option<Outcome>,
    /// How many members might take part.
    pub eligible: usize,
    /// How many of them stated a position.
    pub heard: usize,
    /// How many had to.
    pub quorum: usize,
    /// Whether so many did; nothing where no quorum is asked.
    pub has_quorum: Option<bool>,
    /// What the positions come to.
    pub tally: Tally,
    /// Whether they bear out the result; nothing where it was not a vote.
    pub borne_out: Option<bool>,
    /// The members whose block was not answered.
    pub blocked_by: Vec<Named>,
    /// Why it may not hold.
    pub doubts: Vec<Doubt>,
}

impl MadeDecision {
    /// A decision that was made.
    pub fn of(here: AsOf<'_>, hearing: &Hearing<'_>) -> MadeDecision {
        let blocks = hearing.unanswered_blocks();
        let mut blocked_by: Vec<Named> =
            blocks.iter().filter_map(|block| Named::at(here.ledger, &block.member)).collect();
        blocked_by.sort_by(Named::by_name);
        blocked_by.dedup();
        MadeDecision {
            decision: Named::record(hearing.decision),
            date: hearing.day,
            method: hearing.method(),
            result: outcome(here, hearing.decision),
            eligible: hearing.eligible.len(),
            heard: hearing.heard(),
            quorum: hearing.quorum(),
            has_quorum: needs_quorum(here, hearing).then(|| hearing.has_quorum()),
            tally: hearing.tally(),
            borne_out: is_borne_out(here, hearing),
            blocked_by,
            doubts: doubts(here, hearing),
        }
    }

    /// How it ended, and why that may not hold.
    pub fn outcome(&self) -> String {
        outcome_words(self.result, &self.doubts)
    }

    /// What it rests on: the method, the positions, and how many were heard.
    pub fn basis(&self) -> String {
        let method = self.method.map(|method| format!("{}: ", words::capitalized(method.label()))).unwrap_or_default();
        let heard = format!("{method}{}; {} of {} heard", self.tally.words(), self.heard, self.eligible);
        match self.has_quorum {
            Some(false) => format!("{heard}, {} needed", self.quorum),
            _ => heard,
        }
    }
}

/// How a decision ended, in words that never say more than it rests on: `adopted without a quorum`.
pub fn outcome_words(result: Option<Outcome>, doubts: &[Doubt]) -> String {
    let mut words = result.map_or("decided", |result| result.label()).to_owned();
    for doubt in doubts {
        words.push_str(match doubt {
            Doubt::NoQuorum => " without a quorum",
            Doubt::NotBorneOut => ", though the positions say otherwise",
            Doubt::UnansweredBlock => ", over a block without an answer",
        });
    }
    words
}

/// A decision with its day, its outcome and what it rests on. What may not hold is seen first.
pub(in crate::report) fn item(made: &MadeDecision, today: NaiveDate) -> Item {
    let outcome = made.outcome();
    let line = Line::new().strong(&made.decision.name).plain(": ");
    let line = if made.doubts.is_empty() { line.plain(outcome) } else { line.strong(outcome) };
    let line = line.plain(format!(", {} ({})", words::short_day(made.date), words::distance(made.date, today)));
    let blocked = Named::names(&made.blocked_by);
    let blocked = if made.doubts.contains(&Doubt::UnansweredBlock) {
        format!("Block without an answer: {}", words::list(&blocked))
    } else {
        String::new()
    };
    Item::new(line).with(made.basis()).with(blocked)
}
