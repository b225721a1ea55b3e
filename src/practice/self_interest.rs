//! Each member’s own interests: what a ledger shows of it.

use super::Evidence;
use crate::document::words::part_of;
use crate::ledger::AsOf;
use crate::record::{Goal, Member, Record};
use std::collections::HashMap;

/// The interests that live goals serve, with the goals.
#[derive(Debug, Clone, Default)]
pub(crate) struct ServedInterests<'l>(HashMap<&'l str, Vec<&'l Record<Goal>>>);

impl<'l> ServedInterests<'l> {
    /// What the live goals serve.
    pub(crate) fn of(as_of: AsOf<'l>) -> ServedInterests<'l> {
        let mut served: HashMap<&str, Vec<&Record<Goal>>> = HashMap::new();
        for goal in as_of.live_goals() {
            for interest in &goal.serves {
                served.entry(interest.as_str()).or_default().push(goal);
            }
        }
        ServedInterests(served)
    }

    /// Whether no goal says whose interests it serves, so that no one can be judged.
    pub(crate) fn is_nothing(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether one of a member's interests is served.
    pub(crate) fn serves(&self, member: &Member) -> bool {
        member.interests.iter().any(|interest| self.0.contains_key(interest.as_str()))
    }
}

/// The current members who state no interests although they had time to, in path order.
pub(crate) fn members_without_interests(as_of: AsOf<'_>) -> impl Iterator<Item = &Record<Member>> {
    as_of.current_members().filter(move |member| member.interests.is_empty() && !as_of.is_new_member_for_notes(member))
}

/// The current members with interests of which no live goal serves any, in path order. A new member is given time, and
/// where no goal says what it serves no one can be judged.
pub(crate) fn members_not_served<'l>(as_of: AsOf<'l>, served: &ServedInterests<'l>) -> Vec<&'l Record<Member>> {
    let lacks = |member: &Member| !member.interests.is_empty() && !served.serves(member);
    let members = as_of.current_members().filter(|member| lacks(member) && !as_of.is_new_member(member));
    if served.is_nothing() { Vec::new() } else { members.collect() }
}

/// The figures of the scorecard.
pub(crate) fn evidence(as_of: AsOf<'_>) -> Evidence {
    let stated = as_of.current_members().filter(|member| !member.interests.is_empty()).count();
    let judged = stated + members_without_interests(as_of).count();
    let mut evidence = Evidence::default().part(
        "members_with_interests",
        stated,
        judged,
        format!("{} their interests", part_of(stated, judged, "member states", "members state")),
    );
    let served = ServedInterests::of(as_of);
    if !served.is_nothing() {
        let well = as_of.current_members().filter(|member| served.serves(member)).count();
        let judged = well + members_not_served(as_of, &served).len();
        evidence = evidence.part(
            "members_served",
            well,
            judged,
            format!("{} an interest that a goal serves", part_of(well, judged, "member has", "members have")),
        );
    }
    evidence
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::{Ledger, load};

    fn ledger(joined: &str, interests: &str, goal: &str) -> Ledger {
        let mut files = crate::check::base_ledger();
        let member =
            format!("name = \"Old\"\nclassification = \"other\"\njoined = {joined}\ninterests = {interests}\n");
        files.put("members/old.toml", member.as_bytes());
        files.put("goals/doors.toml", format!("name = \"Doors\"\nproposed = 2026-06-01\n{goal}").as_bytes());
        load(&files).unwrap()
    }

    fn count_lacking(joined: &str, interests: &str, goal: &str) -> (usize, usize) {
        let ledger = ledger(joined, interests, goal);
        let as_of = AsOf::new(&ledger, "2026-06-15".parse().unwrap());
        (members_without_interests(as_of).count(), members_not_served(as_of, &ServedInterests::of(as_of)).len())
    }

    #[test]
    fn a_new_member_has_thirty_days_and_ninety_before_a_note() {
        let goal = "serves = [\"evening-hours\"]\n";
        assert_eq!(count_lacking("2026-03-17", "[]", goal), (0, 0));
        assert_eq!(count_lacking("2026-03-16", "[]", goal), (1, 0));
        assert_eq!(count_lacking("2026-05-16", "[\"jobs\"]", goal), (0, 0));
        assert_eq!(count_lacking("2026-05-15", "[\"jobs\"]", goal), (0, 1));
    }

    #[test]
    fn one_interest_that_a_live_goal_serves_is_enough() {
        let serves = "serves = [\"evening-hours\", \"jobs\"]\n";
        assert_eq!(count_lacking("2025-05-15", "[\"jobs\", \"roofs\"]", serves), (0, 0));
        assert_eq!(count_lacking("2025-05-15", "[\"jobs\"]", ""), (0, 0), "no goal says what it serves");
        let given_up = format!("{serves}dropped = 2026-06-10\n");
        assert_eq!(count_lacking("2025-05-15", "[\"jobs\"]", &given_up), (0, 0), "nothing is left that could");
    }

    #[test]
    fn evidence_leaves_out_whom_nothing_is_asked_of() {
        let ledger = ledger("2025-05-15", "[\"jobs\"]", "serves = [\"evening-hours\"]\n");
        let evidence = evidence(AsOf::new(&ledger, "2026-06-15".parse().unwrap()));
        let counted: Vec<_> = evidence.counted.iter().map(|one| (one.name, one.count, one.of)).collect();
        assert_eq!(counted, [("members_with_interests", 2, Some(2)), ("members_served", 1, Some(2))]);
    }
}
