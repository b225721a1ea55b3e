//! Each member’s own way of deciding: how long it takes, and whether the coalition leaves the time.

use super::Evidence;
use super::decision_structure::Hearing;
use super::meetings::is_emergency;
use crate::agreement::{is_in_force, required_members, signing_periods};
use crate::ledger::AsOf;
use crate::record::decision::Method;
use crate::record::value::At;
use crate::record::{Agreement, AnyRecord, Decision, Member, Record, by_name};
use chrono::{Days, NaiveDate};

/// The days that a member needs before it can decide, where it says so.
pub(crate) fn lead_days(member: &Member) -> Option<u32> {
    member.process.as_ref()?.lead_days.as_ref().map(|days| days.value)
}

/// Whether a member says how it decides: who has to say yes, or how long it takes.
pub(crate) fn states_process(member: &Member) -> bool {
    let process = member.process.as_ref();
    let approver = process.and_then(|process| process.approver.as_ref());
    lead_days(member).is_some() || approver.is_some()
}

/// The last day on which a member can be asked that needs some days before the last one.
pub(crate) fn ask_by(last: NaiveDate, lead_days: u32) -> Option<NaiveDate> {
    last.checked_sub_days(Days::new(u64::from(lead_days)))
}

/// Whether it is too late to ask a member while there still is time until the last day.
pub(crate) fn is_too_late_to_ask(as_of: AsOf<'_>, last: Option<NaiveDate>, lead_days: u32) -> bool {
    let to_come = last.filter(|last| as_of.today <= *last);
    to_come.is_some_and(|last| ask_by(last, lead_days).is_none_or(|day| day < as_of.today))
}

/// A time that was set to members, and those of them that need longer.
#[derive(Debug, Clone)]
pub(crate) struct Period<'l> {
    /// The first day.
    pub from: NaiveDate,
    /// The last day, with its place.
    pub to: At<NaiveDate>,
    /// The members who need longer, with the days they need, the slowest first.
    pub rushed: Vec<(&'l Record<Member>, u32)>,
}

impl Period<'_> {
    /// How many days it has.
    pub(crate) fn days(&self) -> i64 {
        (self.to.value - self.from).num_days()
    }

    /// Who needs how long: `Birch Library needs 30, Elm Hall needs 21`.
    pub(crate) fn needs(&self) -> String {
        let needs: Vec<String> =
            self.rushed.iter().map(|(member, needed)| format!("{} needs {needed}", member.name())).collect();
        needs.join(", ")
    }
}

fn period<'l>(from: NaiveDate, to: At<NaiveDate>, members: impl IntoIterator<Item = &'l Record<Member>>) -> Period<'l> {
    let days = (to.value - from).num_days();
    let slow = members.into_iter().filter_map(|member| Some((member, lead_days(member)?)));
    let mut rushed: Vec<_> = slow.filter(|(_, lead_days)| i64::from(*lead_days) > days).collect();
    rushed.sort_by(|(a, first), (b, second)| second.cmp(first).then_with(|| by_name(*a, *b)));
    Period { from, to, rushed }
}

/// The time that members have for a decision which is open; none for one that was delegated without naming members who
/// take part, and none for an emergency, which cannot wait. No one can give more time to one that was made.
pub(crate) fn decision_period<'l>(as_of: AsOf<'l>, decision: &'l Record<Decision>) -> Option<Period<'l>> {
    let proposed = as_of.past(&decision.proposed)?;
    let closes = *decision.closes.as_ref()?;
    let is_delegated = decision.method.as_ref().is_some_and(|method| method.value == Method::Delegated);
    let has_eligible = !is_delegated || decision.eligible.is_some();
    let is_calm = decision.is_open(as_of.today) && !cannot_wait(as_of, decision);
    (is_calm && has_eligible && closes.value >= proposed)
        .then(|| period(proposed, closes, Hearing::of(as_of, decision).eligible))
}

/// Whether a decision is one that cannot wait: its meeting is an emergency, or it is tagged as one.
fn cannot_wait(as_of: AsOf<'_>, decision: &Record<Decision>) -> bool {
    let meeting = decision.meeting.as_ref().and_then(|id| as_of.ledger.meetings.get(&id.value));
    let by_tag = decision.common.tags.iter().any(|tag| tag.as_str() == "emergency");
    by_tag || meeting.is_some_and(|meeting| is_emergency(as_of, meeting))
}

/// The times that members have to sign an agreement in force and that are not over. Who joined later has its own time and
/// was not rushed; no one can give more time when it is over.
pub(crate) fn signing_time<'l>(as_of: AsOf<'l>, agreement: &'l Record<Agreement>) -> Vec<Period<'l>> {
    if !is_in_force(as_of.ledger, agreement, as_of.today) {
        return Vec::new();
    }
    let required = required_members(as_of.ledger, agreement, as_of.today);
    let current = signing_periods(agreement, as_of.today).into_iter();
    let open = current.filter(|(from, to)| *from <= to.value && to.value >= as_of.today);
    open.map(|(from, to)| {
        let asked = required.iter().copied();
        let asked = asked.filter(|member| member.joined.as_ref().is_none_or(|joined| joined.value <= from));
        period(from, to, asked)
    })
    .collect()
}

/// The figures of the scorecard.
pub(crate) fn evidence(as_of: AsOf<'_>) -> Evidence {
    let members: Vec<_> = as_of.current_members().collect();
    let stated = members.iter().filter(|member| states_process(member)).count();
    let decisions: Vec<_> =
        as_of.ledger.decisions.iter().filter_map(|decision| decision_period(as_of, decision)).collect();
    let unhurried = decisions.iter().filter(|period| period.rushed.is_empty()).count();
    let signings: Vec<_> =
        as_of.ledger.agreements.iter().flat_map(|agreement| signing_time(as_of, agreement)).collect();
    let calm = signings.iter().filter(|period| period.rushed.is_empty()).count();
    let leaves = ["gives every member enough time", "give every member enough time"];
    Evidence::default()
        .part_that(
            "members_with_process",
            stated,
            members.len(),
            ["member", "members"],
            ["says how it decides", "say how they decide"],
        )
        .part_that("decisions_with_time", unhurried, decisions.len(), ["decision", "decisions"], leaves)
        .part_that("signings_with_time", calm, signings.len(), ["agreement to sign", "agreements to sign"], leaves)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::base_ledger;
    use crate::ledger::{Ledger, load};
    use crate::source::memory::Memory;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn decision(fields: &str) -> Ledger {
        let mut files = base_ledger();
        files.put("decisions/x.toml", format!("name = \"X\"\ntext = \"X\"\n{fields}\n").as_bytes());
        load(&files).unwrap()
    }

    /// Whether birch-library, which needs 14 days, is rushed; nothing where the decision is not judged.
    fn rushed(fields: &str, today: &str) -> Option<bool> {
        let ledger = decision(fields);
        let as_of = AsOf::new(&ledger, date(today));
        decision_period(as_of, ledger.decisions.find("x").unwrap()).map(|period| !period.rushed.is_empty())
    }

    #[test]
    fn the_days_a_member_needs_are_enough() {
        assert_eq!(rushed("proposed = 2026-06-01\ncloses = 2026-06-15", "2026-06-10"), Some(false));
        assert_eq!(rushed("proposed = 2026-06-01\ncloses = 2026-06-14", "2026-06-10"), Some(true));
        assert_eq!(rushed("proposed = 2026-06-01", "2026-06-10"), None);
        assert_eq!(rushed("proposed = 2026-06-01\ncloses = 2026-05-31", "2026-06-10"), None, "told as such already");
        assert_eq!(rushed("proposed = 2026-06-11\ncloses = 2026-06-14", "2026-06-10"), None, "not proposed yet");
    }

    #[test]
    fn what_was_decided_or_cannot_wait_is_not_asked_for_a_later_day() {
        let open = "proposed = 2026-06-01\ncloses = 2026-06-05\n";
        assert_eq!(rushed(open, "2026-06-05"), Some(true));
        for result in ["adopted", "rejected", "deferred", "withdrawn"] {
            let made = format!("{open}decided = 2026-06-05\nresult = \"{result}\"");
            assert_eq!(rushed(&made, "2026-06-04"), Some(true), "not decided yet");
            assert_eq!(rushed(&made, "2026-06-05"), None, "{result}");
        }
        assert_eq!(rushed(&format!("{open}tags = [\"emergency\"]"), "2026-06-05"), None);
        let delegated = "proposed = 2026-06-01\ncloses = 2026-06-02\nmethod = \"delegated\"\n";
        assert_eq!(rushed(delegated, "2026-06-02"), None);
        let listed = format!("{delegated}eligible = [\"birch-library\"]");
        assert_eq!(rushed(&listed, "2026-06-02"), Some(true));
        let others = "proposed = 2026-06-01\ncloses = 2026-06-02\neligible = [\"alder-friends\"]";
        assert_eq!(rushed(others, "2026-06-02"), Some(false), "who may not take part is not rushed");
    }

    fn signing(fields: &str, today: &str) -> Vec<(i64, usize)> {
        let mut files: Memory = base_ledger();
        files.put("agreements/charter.toml", format!("name = \"Charter\"\ntext = \"X\"\n{fields}\n").as_bytes());
        let ledger = load(&files).unwrap();
        let periods = signing_time(AsOf::new(&ledger, date(today)), ledger.agreements.find("charter").unwrap());
        periods.iter().map(|period| (period.days(), period.rushed.len())).collect()
    }

    #[test]
    fn the_time_to_sign_counts_from_the_words() {
        assert_eq!(signing("effective = 2026-06-01\nsign_by = 2026-06-15", "2026-06-10"), [(14, 0)]);
        assert_eq!(signing("effective = 2026-06-01\nsign_by = 2026-06-14", "2026-06-10"), [(13, 1)]);
        let dated = "effective = 2026-07-01\nsign_by = 2026-06-14\n[[amendments]]\nversion = 1\ndate = 2026-06-01";
        assert_eq!(signing(dated, "2026-06-10"), [(13, 1)]);
        assert_eq!(signing("effective = 2026-06-14\nsign_by = 2026-06-14", "2026-06-10"), [], "when was it shown?");
        assert_eq!(signing("effective = 2026-06-01\nsign_by = 2026-06-05", "2026-06-05"), [(4, 1)]);
        assert_eq!(signing("effective = 2026-06-01\nsign_by = 2026-06-05", "2026-06-06"), [], "past mending");
    }

    #[test]
    fn an_amendment_that_asks_for_signatures_has_its_own_time() {
        let amended = |resign| {
            format!(
                "version = 2\neffective = 2026-05-01\nsign_by = 2026-06-10\n[[amendments]]\nversion = 2\ndate = 2026-06-01\n\
                 resign = {resign}\nsign_by = 2026-06-10"
            )
        };
        assert_eq!(signing(&amended("true"), "2026-06-10"), [(9, 1)]);
        assert_eq!(signing(&amended("false"), "2026-06-10"), [(40, 0)]);
    }
}
