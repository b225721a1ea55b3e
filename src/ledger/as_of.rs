//! A ledger seen from a day: what has happened by then, and how long ago.

use super::Ledger;
use crate::record::goal::GoalStage;
use crate::record::value::Opt;
use crate::record::{Advocate, Goal, Member, Policy, Record};
use chrono::{Days, NaiveDate};

/// The days that what is judged over a year looks back.
pub(crate) const YEAR: i64 = 365;

/// A ledger seen from a day. What is dated later has not happened.
#[derive(Debug, Clone, Copy)]
pub struct AsOf<'l> {
    /// The ledger.
    pub ledger: &'l Ledger,
    /// The day.
    pub today: NaiveDate,
}

impl<'l> AsOf<'l> {
    /// This ledger seen from this day.
    pub fn new(ledger: &'l Ledger, today: NaiveDate) -> AsOf<'l> {
        AsOf { ledger, today }
    }

    /// The thresholds in force.
    pub fn policy(&self) -> &'l Policy {
        self.ledger.policy()
    }

    /// The day of a field, if it has come.
    pub fn past(&self, date: &Opt<NaiveDate>) -> Option<NaiveDate> {
        date.as_ref().map(|date| date.value).filter(|date| *date <= self.today)
    }

    /// Whether the day of a field has come.
    pub fn has_come(&self, date: &Opt<NaiveDate>) -> bool {
        self.past(date).is_some()
    }

    /// Whether the day of a field has come, or none is given.
    pub fn may_have_come(&self, date: &Opt<NaiveDate>) -> bool {
        date.as_ref().is_none_or(|date| date.value <= self.today)
    }

    /// How many days ago a day was; negative for one to come.
    pub fn days_since(&self, date: NaiveDate) -> i64 {
        (self.today - date).num_days()
    }

    /// Whether more days have passed since a day than a limit allows. The limit itself is still kept.
    pub fn exceeds(&self, since: NaiveDate, limit: i64) -> bool {
        self.days_since(since) > limit
    }

    /// Whether a day is in the last 365 days.
    pub fn is_of_last_year(&self, date: NaiveDate) -> bool {
        (0..=YEAR).contains(&self.days_since(date))
    }

    /// The day from which something that was never done counts: the record's own start, otherwise the coalition's
    /// founding; `None` where neither is known or it is still to come, so that nothing can be judged.
    pub fn start(&self, stated: &Opt<NaiveDate>) -> Option<NaiveDate> {
        let founded = || self.ledger.root.founded.as_ref().map(|founded| founded.value);
        stated.as_ref().map(|stated| stated.value).or_else(founded).filter(|start| *start <= self.today)
    }

    /// Whether something began so recently that it is given time before anything is asked of it: at most
    /// `settling_days` ago. What began at no known time is not new.
    pub fn is_settling(&self, start: Option<NaiveDate>) -> bool {
        start.is_some_and(|start| !self.exceeds(start, self.policy().settling_days()))
    }

    /// The same for what is only worth a note: at most `note_settling_days` ago, or `settling_days` where those are more.
    pub fn is_settling_for_notes(&self, start: Option<NaiveDate>) -> bool {
        let days = self.policy().note_settling_days().max(self.policy().settling_days());
        start.is_some_and(|start| !self.exceeds(start, days))
    }

    /// Whether the coalition itself is that new: by the day it was founded, otherwise by the day the first member
    /// joined.
    pub fn is_new_coalition(&self) -> bool {
        self.is_settling(self.beginning())
    }

    /// The day it was founded, otherwise the day the first member joined.
    pub fn beginning(&self) -> Option<NaiveDate> {
        let founded = self.ledger.root.founded.as_ref().map(|founded| founded.value);
        let joined = || self.ledger.members.iter().filter_map(|member| self.past(&member.joined)).min();
        founded.or_else(joined)
    }

    /// Whether a member is that new.
    pub fn is_new_member(&self, member: &Member) -> bool {
        self.is_settling(member.joined.as_ref().map(|joined| joined.value))
    }

    /// Whether a member is too new for a note.
    pub fn is_new_member_for_notes(&self, member: &Member) -> bool {
        self.is_settling_for_notes(member.joined.as_ref().map(|joined| joined.value))
    }

    /// Whether a person is too new for a note: by the own start, otherwise by the day that the person's member joined
    /// or was thought of, otherwise by the age of the coalition.
    pub fn is_new_advocate_for_notes(&self, advocate: &Advocate) -> bool {
        let first_step = || {
            let member = self.member_of(advocate)?;
            member.joined.as_ref().or(member.invited.as_ref()).or(member.identified.as_ref())
        };
        let first_day = advocate.start_date.as_ref().or_else(first_step);
        self.is_settling_for_notes(first_day.map(|start| start.value).or_else(|| self.beginning()))
    }

    /// The members who have joined and not left.
    pub fn current_members(&self) -> impl Iterator<Item = &'l Record<Member>> + use<'l> {
        self.ledger.current_members(self.today)
    }

    /// The goals that are proposed or adopted, and neither reached nor given up.
    pub fn live_goals(&self) -> impl Iterator<Item = &'l Record<Goal>> + use<'l> {
        let today = self.today;
        self.ledger.goals.iter().filter(move |goal| goal.stage(today).is_live())
    }

    /// The goals that are the coalition's own now.
    pub fn adopted_goals(&self) -> impl Iterator<Item = &'l Record<Goal>> + use<'l> {
        let today = self.today;
        self.ledger.goals.iter().filter(move |goal| goal.stage(today) == GoalStage::Adopted)
    }

    /// The people who serve: those of an organization that has left or declined no longer do.
    pub fn serving_advocates(&self) -> impl Iterator<Item = &'l Record<Advocate>> + use<'l> {
        let as_of = *self;
        self.ledger.advocates.iter().filter(move |advocate| as_of.serves(advocate))
    }

    /// Whether a person serves: within the own dates, and for no organization that has left or declined.
    pub fn serves(&self, advocate: &Advocate) -> bool {
        use crate::record::member::Stage::{Declined, Left};
        let member = self.member_of(advocate);
        advocate.serves(self.today) && member.is_none_or(|member| !matches!(member.stage(self.today), Declined | Left))
    }

    /// The organization that a person belongs to.
    pub fn member_of(&self, advocate: &Advocate) -> Option<&'l Record<Member>> {
        self.ledger.members.get(&advocate.member.as_ref()?.value)
    }

    /// The day some days from now.
    pub fn in_days(&self, days: i64) -> NaiveDate {
        let days = Days::new(u64::try_from(days).unwrap_or_default());
        self.today.checked_add_days(days).unwrap_or(NaiveDate::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::value::At;
    use crate::source::Span;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn of_ledger(ledger: &Ledger) -> AsOf<'_> {
        AsOf::new(ledger, date("2026-06-15"))
    }

    #[test]
    fn a_limit_is_kept_on_its_last_day() {
        let ledger = Ledger::default();
        let as_of = of_ledger(&ledger);
        assert!(!as_of.exceeds(date("2026-06-05"), 10) && as_of.exceeds(date("2026-06-04"), 10));
        assert!(as_of.is_of_last_year(date("2025-06-15")) && !as_of.is_of_last_year(date("2025-06-14")));
        assert!(!as_of.is_of_last_year(date("2026-06-16")), "it has not happened");
    }

    #[test]
    fn what_never_happened_counts_from_its_start_or_from_the_founding() {
        let mut ledger = Ledger::default();
        let stated = Some(At { value: date("2026-01-01"), span: Span::START });
        assert_eq!(of_ledger(&ledger).start(&None), None);
        ledger.root.coalition.founded = Some(At { value: date("2025-01-01"), span: Span::START });
        assert_eq!(of_ledger(&ledger).start(&None), Some(date("2025-01-01")));
        assert_eq!(of_ledger(&ledger).start(&stated), Some(date("2026-01-01")));
        let future = Some(At { value: date("2026-06-16"), span: Span::START });
        assert_eq!(of_ledger(&ledger).start(&future), None);
    }

    #[test]
    fn what_is_new_has_thirty_days_and_ninety_for_notes() {
        let ledger = Ledger::default();
        let as_of = of_ledger(&ledger);
        assert!(as_of.is_settling(Some(date("2026-05-16"))) && !as_of.is_settling(Some(date("2026-05-15"))));
        assert!(!as_of.is_settling(None));
        assert!(as_of.is_settling_for_notes(Some(date("2026-03-17"))));
        assert!(!as_of.is_settling_for_notes(Some(date("2026-03-16"))) && !as_of.is_settling_for_notes(None));
    }
}
