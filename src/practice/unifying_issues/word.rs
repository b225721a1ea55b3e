//! Where members stand on goals: what they said of a goal, and how they voted when it was adopted.

use crate::ledger::AsOf;
use crate::practice::decision_structure::{Hearing, outcome};
use crate::record::decision::{Outcome, PositionOption};
use crate::record::goal::GoalOption;
use crate::record::value::{At, Opt, Prose, RecordId};
use crate::record::{Goal, Member, Record};
use chrono::NaiveDate;
use std::collections::HashMap;

/// The last word of a member on a goal.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Word<'l> {
    /// Where it stands.
    pub option: GoalOption,
    /// The day it said so, where one is known.
    pub date: Option<NaiveDate>,
    /// Why.
    pub reason: &'l Opt<Prose>,
    /// What was changed or promised in answer.
    pub accommodation: &'l Opt<Prose>,
    /// The day on which to look at it again.
    pub revisit: &'l Opt<NaiveDate>,
}

/// What members said of all goals, collected in one walk through the ledger.
#[derive(Debug)]
pub(crate) struct Words<'l> {
    as_of: AsOf<'l>,
    adoptions: HashMap<&'l str, Hearing<'l>>,
}

impl<'l> Words<'l> {
    /// What was said by the day.
    ///
    /// Who agreed to the decision that adopted a goal supports it; who abstained or stood aside is neutral, and who
    /// objected or blocked opposes it. That decision is the last one that names the goal, was adopted, and was made by the
    /// day on which the goal was adopted.
    pub(crate) fn of(as_of: AsOf<'l>) -> Words<'l> {
        let mut adoptions: HashMap<&str, Hearing<'l>> = HashMap::new();
        for decision in &as_of.ledger.decisions {
            let goal = decision.goal.as_ref().and_then(|id| as_of.ledger.goals.get(&id.value));
            let Some(goal) = goal.filter(|_| outcome(as_of, decision) == Some(Outcome::Adopted)) else { continue };
            let hearing = Hearing::of(as_of, decision);
            let is_in_time = as_of.past(&goal.adopted).is_none_or(|adopted| hearing.day <= adopted);
            let is_last = adoptions.get(&*goal.key.id).is_none_or(|last| last.day <= hearing.day);
            if is_in_time && is_last {
                adoptions.insert(&*goal.key.id, hearing);
            }
        }
        Words { as_of, adoptions }
    }

    /// The last word of each member on a goal, by the member's id. One without a date comes before all that have one; of two
    /// on one day what stands in the goal counts, and of those the later in the file.
    pub(crate) fn on(&self, goal: &'l Record<Goal>) -> HashMap<&'l str, Word<'l>> {
        let mut words: HashMap<&str, Word<'l>> = HashMap::new();
        if let Some(adoption) = self.adoptions.get(&*goal.key.id) {
            for voice in adoption.voices.iter().filter(|voice| voice.counts) {
                let position = &voice.position.value;
                let word = Word {
                    option: of_vote(voice.option),
                    date: Some(position.date.as_ref().map_or(adoption.day, |date| date.value)),
                    reason: &position.reason,
                    accommodation: &position.accommodation,
                    revisit: &position.revisit,
                };
                words.insert(voice.member.as_str(), word);
            }
        }
        for position in goal.positions_on(self.as_of.today) {
            let (Some(member), Some(option)) = (&position.member, &position.option) else { continue };
            let word = Word {
                option: option.value,
                date: position.date.as_ref().map(|date: &At<NaiveDate>| date.value),
                reason: &position.reason,
                accommodation: &position.accommodation,
                revisit: &position.revisit,
            };
            let last = words.entry(member.as_str()).or_insert(word);
            if word.date >= last.date {
                *last = word;
            }
        }
        words
    }

    /// How many current members support a goal.
    pub(crate) fn endorsements(&self, goal: &'l Record<Goal>) -> usize {
        let is_current =
            |id: &str| self.as_of.ledger.members.find(id).is_some_and(|one| one.is_current(self.as_of.today));
        let words = self.on(goal);
        words.into_iter().filter(|(id, word)| word.option == GoalOption::Support && is_current(id)).count()
    }

    /// Where these members stand on a goal.
    pub(crate) fn standing(&self, goal: &'l Record<Goal>, members: &[&'l Record<Member>]) -> Standing<'l> {
        let words = self.on(goal);
        let mut standing = Standing::default();
        for member in members.iter().copied() {
            match words.get(&*member.key.id).copied() {
                None => standing.silent.push(member),
                Some(Word { option: GoalOption::Support, .. }) => standing.support.push(member),
                Some(word) => standing.others.push((member, word)),
            }
        }
        standing
    }
}

/// What a vote on the adoption of a goal says of the goal.
const fn of_vote(option: PositionOption) -> GoalOption {
    match option {
        PositionOption::Agree => GoalOption::Support,
        PositionOption::Abstain | PositionOption::StandAside => GoalOption::Neutral,
        PositionOption::Object | PositionOption::Block => GoalOption::Oppose,
    }
}

/// Where the current members stand on a goal.
#[derive(Debug, Clone, Default)]
pub(crate) struct Standing<'l> {
    /// Those that support it.
    pub support: Vec<&'l Record<Member>>,
    /// Those that are neutral or oppose it, with what they said.
    pub others: Vec<(&'l Record<Member>, Word<'l>)>,
    /// Those that have not said.
    pub silent: Vec<&'l Record<Member>>,
}
