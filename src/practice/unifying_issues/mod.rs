//! Goals that unite: what a ledger shows of it.

mod word;

pub(crate) use word::{Word, Words};

use super::Evidence;
use crate::document::words::{count_of, part_of};
use crate::ledger::AsOf;
use crate::record::value::{MemberId, RecordId};
use crate::record::{Campaign, Goal, Record};
use chrono::NaiveDate;
use std::collections::{BTreeSet, HashMap};

/// The members who proposed a goal or worked it out.
pub(crate) fn developers(goal: &Goal) -> BTreeSet<&MemberId> {
    goal.proposed_by.iter().chain(&goal.developed_by).map(|member| &member.value).collect()
}

/// How many members there are to support goals, and how many are asked to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Threshold {
    /// The members who should develop a goal together.
    pub developers: usize,
    /// The members who should endorse it.
    pub endorsers: usize,
}

/// The thresholds that can be met: no more members are asked for than there are.
pub(crate) fn attainable_threshold(as_of: AsOf<'_>) -> Threshold {
    let members = as_of.current_members().count();
    let developers = usize::try_from(as_of.policy().goal_developers()).unwrap_or_default().min(members);
    Threshold { developers, endorsers: as_of.policy().goal_endorsers().of(members) }
}

/// A live goal for which campaigns called before it was adopted.
#[derive(Debug, Clone)]
pub(crate) struct EarlyCalls<'l> {
    /// The goal.
    pub goal: &'l Record<Goal>,
    /// The campaigns with the day on which each opened, the first first.
    pub campaigns: Vec<(NaiveDate, &'l Record<Campaign>)>,
}

/// The live goals for which campaigns called before they were adopted, in path order. Of a goal that is adopted by now,
/// only the campaigns of the last 365 days are reported: no one can undo older ones.
pub(crate) fn early_calls(as_of: AsOf<'_>) -> Vec<EarlyCalls<'_>> {
    let mut calls = calls(as_of);
    let goals = as_of.live_goals().filter_map(|goal| {
        let adopted = as_of.past(&goal.adopted);
        let mut campaigns = calls.remove(&*goal.key.id)?;
        campaigns
            .retain(|(opened, _)| adopted.is_none_or(|adopted| *opened < adopted && as_of.is_of_last_year(*opened)));
        campaigns.sort_by(|a, b| (a.0, &a.1.path).cmp(&(b.0, &b.1.path)));
        (!campaigns.is_empty()).then_some(EarlyCalls { goal, campaigns })
    });
    goals.collect()
}

/// The campaigns that have opened, each with its day, by the id of the goal that they call for.
fn calls(as_of: AsOf<'_>) -> HashMap<&str, Vec<(NaiveDate, &Record<Campaign>)>> {
    let mut calls: HashMap<&str, Vec<(NaiveDate, &Record<Campaign>)>> = HashMap::new();
    for campaign in &as_of.ledger.campaigns {
        if let (Some(goal), Some(opened)) = (&campaign.goal, as_of.past(&campaign.opens)) {
            calls.entry(goal.as_str()).or_default().push((opened, campaign));
        }
    }
    calls
}

/// How many adopted goals were adopted before the first campaign called for them, of those that were called for in the last
/// 365 days.
fn agreed_before_the_call(as_of: AsOf<'_>) -> usize {
    let calls = calls(as_of);
    let is_agreed = |goal: &&Record<Goal>| {
        let (Some(adopted), Some(calls)) = (as_of.past(&goal.adopted), calls.get(&*goal.key.id)) else { return false };
        let is_recent = calls.iter().any(|(opened, _)| as_of.is_of_last_year(*opened));
        is_recent && calls.iter().all(|(opened, _)| *opened >= adopted)
    };
    as_of.live_goals().filter(is_agreed).count()
}

/// The figures of the scorecard.
pub(crate) fn evidence(as_of: AsOf<'_>) -> Evidence {
    let needed = attainable_threshold(as_of);
    let goals: Vec<_> = as_of.adopted_goals().collect();
    let developed = goals.iter().filter(|goal| developers(goal).len() >= needed.developers).count();
    let words = Words::of(as_of);
    let endorsed = goals.iter().filter(|goal| words.endorsements(goal) >= needed.endorsers).count();
    let agreed = agreed_before_the_call(as_of);
    let called = agreed + early_calls(as_of).len();
    let of_goals = part_of(developed, goals.len(), "adopted goal was", "adopted goals were");
    let endorsable = part_of(endorsed, goals.len(), "adopted goal has", "adopted goals have");
    Evidence::default()
        .part(
            "goals_developed_together",
            developed,
            if needed.developers == 0 { 0 } else { goals.len() },
            format!("{of_goals} developed by at least {}", count_of(needed.developers, "member", "members")),
        )
        .with_figure("goals_developed_together", "needed", needed.developers)
        .part(
            "goals_endorsed",
            endorsed,
            if needed.endorsers == 0 { 0 } else { goals.len() },
            format!("{endorsable} the support of at least {}", count_of(needed.endorsers, "member", "members")),
        )
        .with_figure("goals_endorsed", "needed", needed.endorsers)
        .part(
            "goals_agreed_before_the_call",
            agreed,
            called,
            format!("{} adopted before the first call to action", part_of(agreed, called, "goal was", "goals were")),
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

    fn as_of(ledger: &Ledger) -> AsOf<'_> {
        AsOf::new(ledger, "2026-06-15".parse().unwrap())
    }

    fn position(member: &str, option: &str, date: &str) -> String {
        format!("[[positions]]\nmember = \"{member}\"\noption = \"{option}\"\n{date}\n")
    }

    #[test]
    fn the_last_word_of_a_current_member_counts() {
        let endorsed = |positions: &[String]| {
            let ledger = ledger(&positions.concat());
            Words::of(as_of(&ledger)).endorsements(ledger.goals.find("doors").unwrap())
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
    fn who_agreed_to_adopt_a_goal_supports_it() {
        let endorsed = |decision: &str, goal: &str| {
            let mut files = crate::check::base_ledger();
            files.put("goals/doors.toml", format!("name = \"Doors\"\nadopted = 2026-03-10\n{goal}").as_bytes());
            let votes = "[[positions]]\nmember = \"birch-library\"\noption = \"agree\"\n[[positions]]\nmember = \"alder-friends\"\n\
                         option = \"object\"\n";
            let text = format!(
                "name = \"D\"\ntext = \"x\"\ngoal = \"doors\"\nmethod = \"majority\"\neligible = [\"birch-library\", \"alder-friends\"]\n{decision}\n{votes}"
            );
            files.put("decisions/d.toml", text.as_bytes());
            let ledger = load(&files).unwrap();
            let members: Vec<_> = ledger.members.iter().collect();
            let standing = Words::of(as_of(&ledger)).standing(ledger.goals.find("doors").unwrap(), &members);
            (standing.support.len(), standing.others.len(), standing.silent.len())
        };
        let adopted = |day: &str| format!("decided = {day}\nresult = \"adopted\"");
        assert_eq!(endorsed(&adopted("2026-03-10"), ""), (1, 1, 0));
        assert_eq!(endorsed(&adopted("2026-03-11"), ""), (0, 0, 2), "the goal was adopted before");
        assert_eq!(endorsed("decided = 2026-03-10\nresult = \"rejected\"", ""), (0, 0, 2));
        let later = "[[positions]]\nmember = \"birch-library\"\noption = \"oppose\"\ndate = 2026-03-11\n";
        assert_eq!(endorsed(&adopted("2026-03-10"), later), (0, 2, 0), "its last word counts");
    }

    #[test]
    fn endorsers_may_be_a_share_of_the_members() {
        let needed = |policy: &str| {
            let mut files = crate::check::base_ledger();
            let root = format!("name = \"X\"\nfounded = 2025-01-15\n[policy]\ngoal_endorsers = {policy}\n");
            files.put("coalition.toml", root.as_bytes());
            for at in 0..5 {
                files.put(
                    &format!("members/m{at}.toml"),
                    b"name = \"M\"\nclassification = \"other\"\njoined = 2025-02-01\n",
                );
            }
            let ledger = load(&files).unwrap();
            (
                attainable_threshold(as_of(&ledger)).endorsers,
                ledger.findings.iter().map(|f| f.message.clone()).collect::<Vec<_>>(),
            )
        };
        assert_eq!(needed("4"), (4, vec![]));
        assert_eq!(needed("0.5"), (4, vec![]), "half of seven, rounded up");
        assert_eq!(needed("1.0"), (7, vec![]));
        assert_eq!(needed("9"), (7, vec![]), "no more than there are");
        assert_eq!(needed("1.5").1, ["`1.5` is neither a whole number nor a share between 0 and 1"]);
    }

    #[test]
    fn no_more_members_are_asked_for_than_there_are() {
        let ledger = ledger("");
        assert_eq!(attainable_threshold(as_of(&ledger)), Threshold { developers: 2, endorsers: 2 });
        assert_eq!(attainable_threshold(AsOf::new(&ledger, "2025-01-14".parse().unwrap())).endorsers, 0);
    }

    #[test]
    fn a_call_goes_out_on_the_day_of_the_adoption_at_the_earliest() {
        let early = |dates: &str| early_calls(as_of(&ledger(dates))).len();
        assert_eq!(early("adopted = 2026-03-10\n"), 0);
        assert_eq!(early("adopted = 2026-03-11\n"), 1);
        assert_eq!(early("proposed = 2026-03-01\n"), 1, "it is not adopted yet");
        assert_eq!(early("proposed = 2026-03-01\nadopted = 2026-06-16\n"), 1);
        assert_eq!(early("adopted = 2026-03-11\nmet = 2026-06-01\n"), 0, "it is reached");
        let ledger = ledger("adopted = 2026-03-11\n");
        let on = |today: &str| early_calls(AsOf::new(&ledger, today.parse().unwrap())).len();
        assert_eq!((on("2027-03-10"), on("2027-03-11")), (1, 0), "no one can call it back");
    }

    #[test]
    fn what_was_called_for_first_was_not_agreed_first() {
        let figure = |goal: &str, more: &str, today: &str| {
            let mut files = crate::check::base_ledger();
            files.put("goals/doors.toml", format!("name = \"Doors\"\n{goal}").as_bytes());
            files.put("campaigns/call.toml", b"name = \"Call\"\ngoal = \"doors\"\nopens = 2026-03-10\n");
            files.put("campaigns/more.toml", format!("name = \"More\"\ngoal = \"doors\"\n{more}").as_bytes());
            let ledger = load(&files).unwrap();
            let evidence = evidence(AsOf::new(&ledger, today.parse().unwrap()));
            let agreed = evidence.counted.iter().find(|one| one.name == "goals_agreed_before_the_call");
            agreed.map_or((0, Some(0)), |one| (one.count, one.of))
        };
        let (none, later) = ("opens = 2030-01-01\n", "opens = 2027-03-01\n");
        assert_eq!(figure("adopted = 2026-03-10\n", none, "2026-06-15"), (1, Some(1)));
        assert_eq!(figure("adopted = 2026-03-11\n", none, "2026-06-15"), (0, Some(1)));
        assert_eq!(figure("adopted = 2026-03-11\n", none, "2027-06-15"), (0, Some(0)), "it is too long ago to judge");
        assert_eq!(figure("adopted = 2026-03-11\n", later, "2027-06-15"), (0, Some(0)), "the first call was early");
        assert_eq!(figure("adopted = 2026-03-10\n", later, "2027-06-15"), (1, Some(1)));
        assert_eq!(figure("adopted = 2026-03-10\n", none, "2027-06-15"), (0, Some(0)));
        assert_eq!(figure("proposed = 2026-03-01\n", none, "2027-06-15"), (0, Some(1)), "it can still be agreed on");
    }
}
