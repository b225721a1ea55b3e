//! Decisions that were made, with what they rest on.

use crate::document::{Item, Line, words};
use crate::ledger::AsOf;
use crate::practice::decision_structure::{DecisionDoubt, Hearing, Tally, doubts, is_borne_out, needs_quorum, outcome};
use crate::record::decision::{Method, Outcome, PositionOption};
use crate::record::value::Choices;
use crate::report::Named;
use chrono::NaiveDate;
use serde::Serialize;

/// A decision that was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct MadeDecision {
    /// The decision.
    pub decision: Named,
    /// The day it was decided, where one is written.
    pub date: Option<NaiveDate>,
    /// The day on which members and positions are looked at: where none is written, that of its meeting, the last day
    /// for positions, or today.
    pub seen_on: NaiveDate,
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
    /// The positions that do not count.
    pub uncounted: Vec<UncountedVoice>,
    /// Why it may not hold.
    pub doubts: Vec<DecisionDoubt>,
}

/// A position that does not count, because the member may not take part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct UncountedVoice {
    /// The member.
    pub member: Named,
    /// Where it stands.
    pub option: PositionOption,
    /// Why it may not take part, in a few words.
    #[serde(skip)]
    pub why: &'static str,
}

impl UncountedVoice {
    /// Those of a decision, by the names of the members.
    pub(super) fn all(as_of: AsOf<'_>, hearing: &Hearing<'_>) -> Vec<UncountedVoice> {
        let why = hearing.describe_exclusion();
        let voices = hearing.uncounted_positions();
        let mut all: Vec<UncountedVoice> = voices
            .map(|voice| UncountedVoice { member: Named::of(as_of.ledger, voice.member), option: voice.option, why })
            .collect();
        all.sort_by(|a, b| a.member.cmp(&b.member));
        all
    }

    /// All of them in a line: `Not counted: Grange blocks (not a member that day)`.
    pub(super) fn words(all: &[UncountedVoice]) -> String {
        let parts: Vec<String> =
            all.iter().map(|one| format!("{} {} ({})", one.member.name, one.option.label(), one.why)).collect();
        if parts.is_empty() { String::new() } else { format!("Not counted: {}", words::list(&parts)) }
    }
}

impl MadeDecision {
    /// A decision that was made.
    pub(crate) fn of(as_of: AsOf<'_>, hearing: &Hearing<'_>) -> MadeDecision {
        let blocks = hearing.unanswered_blocks();
        let mut blocked_by: Vec<Named> =
            blocks.iter().filter_map(|block| Named::at(as_of.ledger, &block.member)).collect();
        blocked_by.sort();
        blocked_by.dedup();
        MadeDecision {
            decision: Named::record(hearing.decision),
            date: as_of.past(&hearing.decision.decided),
            seen_on: hearing.day,
            method: hearing.method(),
            result: outcome(as_of, hearing.decision),
            eligible: hearing.eligible.len(),
            heard: hearing.count_heard(),
            quorum: hearing.quorum(),
            has_quorum: needs_quorum(as_of, hearing).then(|| hearing.has_quorum()),
            tally: hearing.tally(),
            borne_out: is_borne_out(as_of, hearing),
            blocked_by,
            uncounted: UncountedVoice::all(as_of, hearing),
            doubts: doubts(as_of, hearing),
        }
    }

    /// How it ended, and why that may not hold.
    pub(crate) fn outcome(&self) -> String {
        outcome_words(self.result, &self.doubts)
    }

    /// What it rests on: the method, the positions, and how many were heard.
    pub(crate) fn basis(&self) -> String {
        let method = self.method.map(|method| format!("{}: ", words::capitalize(method.label()))).unwrap_or_default();
        let heard = format!("{method}{}; {} of {} heard", self.tally.words(), self.heard, self.eligible);
        match self.has_quorum {
            Some(false) => format!("{heard}, {} needed", self.quorum),
            _ => heard,
        }
    }
}

/// How a decision ended, in words that never say more than it rests on: `adopted without a quorum`.
pub(crate) fn outcome_words(result: Option<Outcome>, doubts: &[DecisionDoubt]) -> String {
    let mut words = result.map_or("decided", |result| result.label()).to_owned();
    for doubt in doubts {
        words.push_str(match doubt {
            DecisionDoubt::NoQuorum => " without a quorum",
            DecisionDoubt::NotBorneOut => ", though the count says otherwise",
            DecisionDoubt::UnansweredBlock => ", over a block without an answer",
        });
    }
    words
}

/// A decision with its day, its outcome and what it rests on. What may not hold is seen first.
pub(in crate::report) fn item(made: &MadeDecision, today: NaiveDate) -> Item {
    let outcome = made.outcome();
    let line = Line::new().strong(&made.decision.name).plain(": ");
    let line = if made.doubts.is_empty() { line.plain(outcome) } else { line.strong(outcome) };
    let line = line.plain(match made.date {
        Some(date) => format!(", {} ({})", words::short_day(date), words::distance(date, today)),
        None => "; no date is recorded".to_owned(),
    });
    let blocked = Named::names(&made.blocked_by);
    // No one is named who blocks by a show of hands; the count says how many.
    let blocked = if made.doubts.contains(&DecisionDoubt::UnansweredBlock) && !blocked.is_empty() {
        format!("Block without an answer: {}", words::list(&blocked))
    } else {
        String::new()
    };
    Item::new(line).with(made.basis()).with(UncountedVoice::words(&made.uncounted)).with(blocked)
}
