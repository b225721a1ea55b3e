//! Where members stand apart from a decision or a goal: whether they were answered, and when to look at it again.

use crate::kind::RecordKey;
use crate::ledger::AsOf;
use crate::practice::decision_structure::{is_made, outcome, replaced_decisions};
use crate::record::decision::{self, Outcome, PositionOption};
use crate::record::goal::{GoalOption, GoalPosition, GoalStage};
use crate::record::member::Stage;
use crate::record::value::{At, Choices, MemberId, Opt, Prose};
use crate::record::{AnyRecord, Decision, Goal, Record};
use crate::source::{LedgerPath, Span};
use chrono::NaiveDate;
use std::collections::HashMap;

/// A position on a decision or a goal.
#[derive(Debug, Clone, Copy)]
pub(crate) struct DissentPosition<'l> {
    /// The decision or the goal.
    pub key: &'l RecordKey,
    /// Its file.
    pub path: &'l LedgerPath,
    /// Its name.
    pub about: &'l str,
    /// The member.
    pub member: &'l MemberId,
    /// The place of the option.
    pub span: Span,
    /// Where the member stands, in words: "objects".
    pub stance: &'static str,
    /// The same, for programs: "object".
    pub option: &'static str,
    /// Whether the member stands apart: it objects, blocks, stands aside or opposes.
    pub is_dissent: bool,
    /// The day it said so.
    pub date: Option<NaiveDate>,
    /// Why.
    pub reason: Option<&'l str>,
    /// What was changed or promised in answer.
    pub accommodation: Option<&'l str>,
    /// The day on which to look at it again.
    pub revisit: Option<At<NaiveDate>>,
    /// Whether this is the member's last word on it.
    pub is_last_word: bool,
    /// The day of the member's last word on it, where that has one.
    pub last_word: Option<NaiveDate>,
    /// Whether it still matters: what it is about was not rejected, withdrawn, replaced, reached or given up, and the
    /// member has not left.
    pub stands: bool,
}

impl DissentPosition<'_> {
    /// Whether the member has said something else since, and not only before the day to look at it again.
    pub(crate) fn is_taken_back(&self) -> bool {
        let is_settled = || self.revisit.is_none_or(|revisit| self.last_word.is_some_and(|day| day >= revisit.value));
        !self.is_last_word && is_settled()
    }

    /// Whether the day to look at it again has passed. The day itself is kept.
    pub(crate) fn is_overdue(&self, today: NaiveDate) -> bool {
        self.revisit.is_some_and(|revisit| revisit.value < today)
    }
}

/// The fields that positions on decisions and on goals share.
struct Fields<'l> {
    member: &'l Opt<MemberId>,
    date: &'l Opt<NaiveDate>,
    reason: &'l Opt<Prose>,
    accommodation: &'l Opt<Prose>,
    revisit: &'l Opt<NaiveDate>,
}

/// What a position is about.
struct DissentSubject<'l> {
    key: &'l RecordKey,
    path: &'l LedgerPath,
    name: &'l str,
    proposed: &'l Opt<NaiveDate>,
    stands: bool,
}

/// All positions that had been stated by today, in the order of the files.
pub(crate) fn positions(as_of: AsOf<'_>) -> Vec<DissentPosition<'_>> {
    let replaced = replaced_decisions(as_of);
    let decisions = as_of.ledger.decisions.iter().flat_map(|decision| {
        let stands = !came_to_nothing(as_of, decision) && !replaced.contains(&*decision.key.id);
        of_decision(as_of, decision, stands)
    });
    let goals = as_of.ledger.goals.iter().flat_map(|goal| of_goal(as_of, goal));
    decisions.chain(goals).collect()
}

fn of_decision<'l>(as_of: AsOf<'l>, decision: &'l Record<Decision>, stands: bool) -> Vec<DissentPosition<'l>> {
    let proposed = &decision.proposed;
    let subject = DissentSubject { key: &decision.key, path: &decision.path, name: decision.name(), proposed, stands };
    let of = |position: &'l At<decision::Position>| {
        let option = position.option.as_ref()?;
        let fields = Fields {
            member: &position.member,
            date: &position.date,
            reason: &position.reason,
            accommodation: &position.accommodation,
            revisit: &position.revisit,
        };
        let is_dissent = !matches!(option.value, PositionOption::Agree | PositionOption::Abstain);
        current_dissents(as_of, &subject, &fields, (option.span, option.label(), option.word(), is_dissent))
    };
    with_last_words(decision.positions.iter().filter_map(of).collect())
}

fn of_goal<'l>(as_of: AsOf<'l>, goal: &'l Record<Goal>) -> Vec<DissentPosition<'l>> {
    let stands = goal.stage(as_of.today) <= GoalStage::Adopted;
    let subject =
        DissentSubject { key: &goal.key, path: &goal.path, name: goal.name(), proposed: &goal.proposed, stands };
    let of = |position: &'l At<GoalPosition>| {
        let option = position.option.as_ref()?;
        let fields = Fields {
            member: &position.member,
            date: &position.date,
            reason: &position.reason,
            accommodation: &position.accommodation,
            revisit: &position.revisit,
        };
        let stance = option.label().trim_end_matches(" it");
        let is_dissent = option.value == GoalOption::Oppose;
        current_dissents(as_of, &subject, &fields, (option.span, stance, option.word(), is_dissent))
    };
    with_last_words(goal.positions.iter().filter_map(of).collect())
}

/// The same positions on one subject, each with the member's last word: the one with the latest date, of those on one day the
/// last in the file. One without a date comes before all that have one.
fn with_last_words(mut positions: Vec<DissentPosition<'_>>) -> Vec<DissentPosition<'_>> {
    let mut last: HashMap<&MemberId, (Option<NaiveDate>, usize)> = HashMap::new();
    for (place, position) in positions.iter().enumerate() {
        let word = (position.date, place);
        let newest = last.entry(position.member).or_insert(word);
        *newest = word.max(*newest);
    }
    for (place, position) in positions.iter_mut().enumerate() {
        let (day, newest) = last.get(position.member).copied().unwrap_or((position.date, place));
        (position.is_last_word, position.last_word) = (newest == place, day);
    }
    positions
}

fn current_dissents<'l>(
    as_of: AsOf<'l>,
    subject: &DissentSubject<'l>,
    fields: &Fields<'l>,
    (span, stance, option, is_dissent): (Span, &'static str, &'static str, bool),
) -> Option<DissentPosition<'l>> {
    let member = &fields.member.as_ref()?.value;
    let said = if fields.date.is_some() { fields.date } else { subject.proposed };
    let has_left = as_of.ledger.members.get(member).is_some_and(|member| member.stage(as_of.today) == Stage::Left);
    let text = |prose: &'l Opt<Prose>| prose.as_ref().map(|prose| prose.trim());
    as_of.may_have_come(said).then(|| DissentPosition {
        key: subject.key,
        path: subject.path,
        about: subject.name,
        member,
        span,
        stance,
        option,
        is_dissent,
        date: fields.date.as_ref().map(|date| date.value),
        reason: text(fields.reason),
        accommodation: text(fields.accommodation),
        revisit: *fields.revisit,
        is_last_word: true,
        last_word: None,
        stands: subject.stands && !has_left,
    })
}

/// Whether a decision was rejected or withdrawn, so that nothing is left to object to.
fn came_to_nothing(as_of: AsOf<'_>, decision: &Decision) -> bool {
    matches!(outcome(as_of, decision), Some(Outcome::Rejected | Outcome::Withdrawn))
}

/// The positions to look at again, those of the past and those to come; none where the member has stated a new one on
/// that day or later.
pub(crate) fn revisits(as_of: AsOf<'_>) -> Vec<DissentPosition<'_>> {
    let is_open =
        |position: &DissentPosition<'_>| position.stands && position.revisit.is_some() && !position.is_taken_back();
    positions(as_of).into_iter().filter(is_open).collect()
}

/// The objections and blocks to decisions that were made and stand, and the opposition to adopted goals, of members that
/// have not left. What a member said before its last word is no longer asked about.
pub(crate) fn objections(as_of: AsOf<'_>) -> Vec<DissentPosition<'_>> {
    let replaced = replaced_decisions(as_of);
    let standing = as_of.ledger.decisions.iter().filter(|decision| {
        let fell = matches!(outcome(as_of, decision), Some(Outcome::Rejected | Outcome::Withdrawn | Outcome::Deferred));
        is_made(as_of, decision) && !fell && !replaced.contains(&*decision.key.id)
    });
    let of_decisions = standing.flat_map(|decision| of_decision(as_of, decision, true));
    let of_goals = as_of.adopted_goals().flat_map(|goal| of_goal(as_of, goal));
    let is_open = |position: &DissentPosition<'_>| {
        position.stands && position.is_last_word && ["object", "block", "oppose"].contains(&position.option)
    };
    of_decisions.chain(of_goals).filter(is_open).collect()
}
