//! Goals that unite: what a ledger shows of it.

use super::Evidence;
use crate::document::words::counted;
use crate::ledger::AsOf;
use crate::record::goal::{GoalOption, GoalPosition};
use crate::record::value::{MemberId, RecordId};
use crate::record::{Campaign, Goal, Member, Record};
use chrono::NaiveDate;
use std::collections::{BTreeSet, HashMap, HashSet};

/// The members that proposed a goal or worked it out.
pub fn developers(goal: &Goal) -> BTreeSet<&MemberId> {
    goal.proposed_by.iter().chain(&goal.developed_by).map(|member| &member.value).collect()
}

/// The last word of each member on a goal by a day. One without a date comes before all that have one; of two on one
/// day the later in the file stands.
pub fn last_words(goal: &Goal, on: NaiveDate) -> HashMap<&str, &GoalPosition> {
    let mut words: HashMap<&str, &GoalPosition> = HashMap::new();
    for position in goal.positions_on(on) {
        let Some(member) = &position.member else { continue };
        let day = |position: &GoalPosition| position.date.as_ref().map(|date| date.value);
        let word = words.entry(member.as_str()).or_insert(position);
        if day(position) >= day(word) {
            *word = position;
        }
    }
    words
}

/// Where the current members stand on a goal.
#[derive(Debug, Clone, Default)]
pub struct Standing<'l> {
    /// Those that support it.
    pub support: Vec<&'l Record<Member>>,
    /// Those that are neutral or oppose it, with what they said.
    pub others: Vec<(&'l Record<Member>, &'l GoalPosition)>,
    /// Those that have not said.
    pub silent: Vec<&'l Record<Member>>,
}

impl<'l> Standing<'l> {
    /// Where these members stand on a goal on a day.
    pub fn of(goal: &'l Goal, members: &[&'l Record<Member>], on: NaiveDate) -> Standing<'l> {
        let words = last_words(goal, on);
        let mut standing = Standing::default();
        for member in members.iter().copied() {
            let said = words.get(&*member.key.id).copied();
            match said.and_then(|position| Some((position, position.option.as_ref()?.value))) {
                None => standing.silent.push(member),
                Some((_, GoalOption::Support)) => standing.support.push(member),
                Some((position, GoalOption::Neutral | GoalOption::Oppose)) => standing.others.push((member, position)),
            }
        }
        standing
    }
}

/// How many members there are to support goals, and how many are asked to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Threshold {
    /// The members that should develop a goal together.
    pub developers: usize,
    /// The members that should endorse it.
    pub endorsers: usize,
}

/// The thresholds that can be met: no more members are asked for than there are.
pub fn threshold(here: AsOf<'_>) -> Threshold {
    let members = here.current_members().count();
    let of = |policy: i64| usize::try_from(policy).unwrap_or_default().min(members);
    Threshold { developers: of(here.policy().goal_developers()), endorsers: of(here.policy().goal_endorsers()) }
}

/// The members, by id, that a goal's endorsements are counted among: those that are current.
pub fn endorsements(here: AsOf<'_>, goal: &Goal) -> usize {
    let is_current = |id: &str| here.ledger.members.find(id).is_some_and(|member| member.is_current(here.today));
    let supports =
        |word: &&GoalPosition| word.option.as_ref().is_some_and(|option| option.value == GoalOption::Support);
    let words = last_words(goal, here.today);
    words.into_iter().filter(|(member, word)| supports(word) && is_current(member)).count()
}

/// A live goal for which campaigns called before it was adopted.
#[derive(Debug, Clone)]
pub struct EarlyCalls<'l> {
    /// The goal.
    pub goal: &'l Record<Goal>,
    /// The campaigns with the day on which each opened, the first first.
    pub campaigns: Vec<(NaiveDate, &'l Record<Campaign>)>,
}

/// The live goals for which campaigns called before they were adopted, in path order.
pub fn early_calls(here: AsOf<'_>) -> Vec<EarlyCalls<'_>> {
    let mut calls: HashMap<&str, Vec<(NaiveDate, &Record<Campaign>)>> = HashMap::new();
    for campaign in &here.ledger.campaigns {
        if let (Some(goal), Some(opened)) = (&campaign.goal, here.past(&campaign.opens)) {
            calls.entry(goal.as_str()).or_default().push((opened, campaign));
        }
    }
    let goals = here.live_goals().filter_map(|goal| {
        let adopted = here.past(&goal.adopted);
        let mut campaigns = calls.remove(&*goal.key.id)?;
        campaigns.retain(|(opened, _)| adopted.is_none_or(|adopted| *opened < adopted));
        campaigns.sort_by(|a, b| (a.0, &a.1.path).cmp(&(b.0, &b.1.path)));
        (!campaigns.is_empty()).then_some(EarlyCalls { goal, campaigns })
    });
    goals.collect()
}

/// How many live goals some campaign has called for.
fn called_for(here: AsOf<'_>) -> usize {
    let opened = here.ledger.campaigns.iter().filter(|campaign| here.has_come(&campaign.opens));
    let goals: HashSet<&str> = opened.filter_map(|campaign| Some(campaign.goal.as_ref()?.as_str())).collect();
    here.live_goals().filter(|goal| goals.contains(&*goal.key.id)).count()
}

/// The figures of the scorecard.
pub fn evidence(here: AsOf<'_>) -> Evidence {
    let needed = threshold(here);
    let goals: Vec<_> = here.adopted_goals().collect();
    let developed = goals.iter().filter(|goal| developers(goal).len() >= needed.developers).count();
    let endorsed = goals.iter().filter(|goal| endorsements(here, goal) >= needed.endorsers).count();
    let called = called_for(here);
    let agreed = called - early_calls(here).len();
    let of_goals = counted(goals.len(), "adopted goal was", "adopted goals were");
    Evidence::default()
        .part(
            "goals_developed_together",
            developed,
            if needed.developers == 0 { 0 } else { goals.len() },
            format!(
                "{developed} of {of_goals} worked out by at least {}",
                counted(needed.developers, "member", "members")
            ),
        )
        .with_figure("goals_developed_together", "needed", needed.developers)
        .part(
            "goals_endorsed",
            endorsed,
            if needed.endorsers == 0 { 0 } else { goals.len() },
            format!("{endorsed} of {of_goals} endorsed by at least {}", counted(needed.endorsers, "member", "members")),
        )
        .with_figure("goals_endorsed", "needed", needed.endorsers)
        .part(
            "goals_agreed_before_the_call",
            agreed,
            called,
            format!(
                "{agreed} of {} adopted before the first call to action",
                counted(called, "goal was", "goals were")
            ),
        )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::{Ledger, load};

    fn ledger(goal: &str) -> Ledger {
        let mut files = crate::check::base_ledger();
        files.put("goals/doors.toml", format!("name = \"Doors\"\n{goal}").as_bytes());
        files.put("campaigns/call.toml", b"name = \"Call\"\ngoal = \"doors\"\nopens = 2026-03-10\n");
        files.put(
            "members/old.toml",
            b"name = \"Old\"\nclassification = \"other\"\njoined = 2025-02-01\nleft = 2026-01-01\n",
        );
        load(&files).unwrap()
    }

    fn here(ledger: &Ledger) -> AsOf<'_> {
        AsOf::new(ledger, "2026-06-15".parse().unwrap())
    }

    fn position(member: &str, option: &str, date: &str) -> String {
        format!("[[positions]]\nmember = \"{member}\"\noption = \"{option}\"\n{date}\n")
    }

    #[test]
    fn the_last_word_of_a_current_member_counts() {
        let endorsed = |positions: &[String]| {
            let ledger = ledger(&positions.concat());
            endorsements(here(&ledger), ledger.goals.find("doors").unwrap())
        };
        let ben = |option: &str, date: &str| position("birch-library", option, date);
        assert_eq!(endorsed(&[ben("support", ""), position("alder-friends", "support", "date = 2026-06-15")]), 2);
        assert_eq!(endorsed(&[ben("support", "date = 2026-06-16")]), 0, "it has not happened");
        assert_eq!(endorsed(&[ben("oppose", "date = 2026-03-01"), ben("support", "date = 2026-02-01")]), 0);
        assert_eq!(endorsed(&[ben("oppose", "date = 2026-02-01"), ben("support", "date = 2026-03-01")]), 1);
        assert_eq!(endorsed(&[ben("support", "date = 2026-03-01"), ben("oppose", "")]), 1, "the day is unknown");
        assert_eq!(endorsed(&[position("old", "support", "date = 2025-12-01")]), 0, "it has left");
    }

    #[test]
    fn no_more_members_are_asked_for_than_there_are() {
        let ledger = ledger("");
        assert_eq!(threshold(here(&ledger)), Threshold { developers: 2, endorsers: 2 });
        assert_eq!(threshold(AsOf::new(&ledger, "2025-01-14".parse().unwrap())).endorsers, 0);
    }

    #[test]
    fn a_call_goes_out_on_the_day_of_the_adoption_at_the_earliest() {
        let early = |dates: &str| early_calls(here(&ledger(dates))).len();
        assert_eq!(early("adopted = 2026-03-10\n"), 0);
        assert_eq!(early("adopted = 2026-03-11\n"), 1);
        assert_eq!(early("proposed = 2026-03-01\n"), 1, "it is not adopted yet");
        assert_eq!(early("proposed = 2026-03-01\nadopted = 2026-06-16\n"), 1);
        assert_eq!(early("adopted = 2026-03-11\nmet = 2026-06-01\n"), 0, "it is reached");
    }
}
