//! Goals: what the coalition wants, for whom, and the progress so far.

use super::table::table;
use super::value::{AdvocateId, List, MemberId, Number, Opt, Prose, Slug, choices};
use chrono::NaiveDate;
use rust_decimal::{Decimal, RoundingStrategy};

table! {
    /// Something that the coalition wants to achieve. Each has a file in `goals/`.
    ///
    /// The dates show its stage: proposed, adopted, met or dropped.
    pub struct Goal as "a goal" {
        /// The date the goal was proposed.
        [past] proposed: Opt<NaiveDate> = "2025-01-14",
        /// The date the coalition adopted the goal.
        [past] adopted: Opt<NaiveDate> = "2025-03-11",
        /// The date the goal was met.
        [past] met: Opt<NaiveDate> = "2026-05-20",
        /// The date the coalition dropped the goal.
        [past] dropped: Opt<NaiveDate> = "2026-05-20",
        /// Why the coalition dropped the goal.
        dropped_because: Opt<Prose> = "\"the county built the branch without us\"",
        /// The target date.
        [ahead] due: Opt<NaiveDate> = "2026-12-31",
        /// What the community needs, in its own words: the reason for the goal.
        community_need: Opt<Prose> = "\"Shift workers cannot reach any branch before it closes.\"",
        /// The member interests the goal serves, in the words members use under `interests`.
        serves: List<Slug> = "[\"evening-hours\"]",
        /// The members who proposed the goal.
        proposed_by: List<MemberId> = "[\"millbrook-friends\"]",
        /// The members who developed the goal together.
        developed_by: List<MemberId> = "[\"millbrook-friends\", \"county-library\"]",
        /// The member who leads the work.
        lead: Opt<MemberId> = "\"county-library\"",
        /// The person who is responsible for the goal.
        owner: Opt<AdvocateId> = "\"rosa-delgado\"",
        /// The message about the goal, in one sentence short enough to repeat.
        message: Opt<String> = "\"Open when people are free.\"",
        /// How progress is measured.
        measure: Opt<Measure> = "[measure]\nunit = \"evening hours a week\"\nbaseline = 4\ntarget = 16",
        /// The milestones on the way.
        milestones: List<Milestone> = "[[milestones]]\nname = \"Survey of shift workers\"\ndue = 2026-03-31\ndone = 2026-03-20",
        /// The position of each member, one entry each.
        positions: List<GoalPosition> = "[[positions]]\nmember = \"millbrook-friends\"\noption = \"support\"\ndate = 2025-02-11",
    }
    order {
        proposed <= adopted;
        adopted <= met;
        proposed <= met;
        proposed <= dropped;
    }
}

table! {
    /// How progress toward a goal is measured.
    pub struct Measure as "a measure" {
        /// The unit, such as evening hours a week.
        unit: Opt<String> = "\"evening hours a week\"",
        /// The number at the start.
        baseline: Opt<Number> = "4",
        /// The number to reach.
        target: Opt<Number> = "16",
        /// The progress measurements since the start, one entry each.
        readings: List<Reading> = "[[measure.readings]]\ndate = 2026-02-01\nvalue = 8",
    }
}

table! {
    /// A progress measurement on a day.
    pub struct Reading as "a reading" {
        /// The date of the measurement.
        [required, past] date: Opt<NaiveDate> = "2026-02-01",
        /// The number measured.
        [required] value: Opt<Number> = "8",
    }
    keyed by (date);
}

table! {
    /// A milestone on the way to a goal.
    pub struct Milestone as "a milestone" {
        /// What will be done.
        [required] name: Opt<String> = "\"Survey of shift workers\"",
        /// The due date.
        [ahead] due: Opt<NaiveDate> = "2026-03-31",
        /// The date it was done.
        [past] done: Opt<NaiveDate> = "2026-03-20",
        /// The person who is responsible for it.
        owner: Opt<AdvocateId> = "\"tom-okafor\"",
    }
    keyed by (name) with (owner);
}

choices! {
    /// A position on a goal.
    pub enum GoalOption {
        Support = "support": "supports it",
        Neutral = "neutral": "is neutral",
        Oppose = "oppose": "opposes it",
    }
}

table! {
    /// A member's position on a goal, with the reason.
    pub struct GoalPosition as "a position" {
        /// The member.
        [required] member: Opt<MemberId> = "\"millbrook-friends\"",
        /// The position.
        [required] option: Opt<GoalOption> = "\"support\"",
        /// The date the member stated it.
        [past] date: Opt<NaiveDate> = "2025-02-11",
        /// The member's reason.
        [quote] reason: Opt<Prose> = "\"Evening hours must not close the Saturday desk.\"",
        /// What the coalition changed or promised in response.
        accommodation: Opt<Prose> = "\"Saturday hours are guaranteed until 2027.\"",
        /// The date to revisit the position.
        [ahead] revisit: Opt<NaiveDate> = "2026-09-01",
    }
    keyed by (member) as one;
}

/// The stage of a goal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum GoalStage {
    /// No date says anything yet.
    Idea,
    /// It was proposed.
    Proposed,
    /// The coalition works on it.
    Adopted,
    /// It was reached.
    Met,
    /// It was given up.
    Dropped,
}

impl GoalStage {
    /// The word for it.
    pub const fn word(self) -> &'static str {
        match self {
            GoalStage::Idea => "idea",
            GoalStage::Proposed => "proposed",
            GoalStage::Adopted => "adopted",
            GoalStage::Met => "met",
            GoalStage::Dropped => "dropped",
        }
    }

    /// Whether the coalition is at it: proposed or adopted, and not yet reached or given up.
    pub const fn is_live(self) -> bool {
        matches!(self, GoalStage::Proposed | GoalStage::Adopted)
    }
}

impl Goal {
    /// Where it is on a day, by the dates up to that day.
    pub fn stage(&self, on: NaiveDate) -> GoalStage {
        let happened = |date: &Opt<NaiveDate>| date.as_ref().is_some_and(|date| date.value <= on);
        if happened(&self.dropped) {
            GoalStage::Dropped
        } else if happened(&self.met) {
            GoalStage::Met
        } else if happened(&self.adopted) {
            GoalStage::Adopted
        } else if happened(&self.proposed) {
            GoalStage::Proposed
        } else {
            GoalStage::Idea
        }
    }

    /// The positions that members had stated by a day; one without a date counts as stated.
    pub fn positions_on(&self, on: NaiveDate) -> impl Iterator<Item = &GoalPosition> {
        self.positions
            .iter()
            .map(|position| &position.value)
            .filter(move |position| position.date.as_ref().is_none_or(|date| date.value <= on))
    }
}

impl Measure {
    /// The figures up to a day, the earliest first.
    pub fn readings_on(&self, on: NaiveDate) -> Vec<(NaiveDate, Number)> {
        let mut readings: Vec<_> = self
            .readings
            .iter()
            .filter_map(|reading| Some((reading.date.as_ref()?.value, reading.value.value.as_ref()?.value)))
            .filter(|(date, _)| *date <= on)
            .collect();
        readings.sort_by_key(|(date, _)| *date);
        readings
    }

    /// The last figure up to a day.
    pub fn latest(&self, on: NaiveDate) -> Option<(NaiveDate, Number)> {
        self.readings_on(on).pop()
    }

    /// The part of the way from the baseline to the target that is done by a day: 1 where the target is reached or
    /// passed, negative where it is further off than at the start. Rounded down, so that it never says more than is
    /// done; unknown where a figure is missing or there is no way to go.
    pub fn progress(&self, on: NaiveDate) -> Option<Number> {
        let baseline = self.baseline.as_ref()?.value.0;
        let way = self.target.as_ref()?.value.0.checked_sub(baseline)?;
        let (_, figure) = self.latest(on)?;
        let share = figure.0.checked_sub(baseline)?.checked_div(way)?.min(Decimal::ONE);
        Some(Number(share.round_dp_with_strategy(4, RoundingStrategy::ToNegativeInfinity)))
    }
}

#[cfg(test)]
mod tests {
    use super::super::value::At;
    use super::*;
    use crate::source::Span;

    fn at<T>(value: T) -> At<T> {
        At { value, span: Span::START }
    }

    fn number(text: &str) -> At<Number> {
        at(Number(text.parse().unwrap()))
    }

    fn progress(baseline: Option<&str>, target: &str, figure: &str) -> Option<String> {
        let day: NaiveDate = "2026-03-01".parse().unwrap();
        let measure = Measure {
            baseline: baseline.map(number),
            target: Some(number(target)),
            readings: vec![at(Reading { date: Some(at(day)), value: Some(number(figure)), ..Reading::default() })],
            ..Measure::default()
        };
        assert_eq!(measure.progress(day.pred_opt().unwrap()), None, "nothing is read before its day");
        measure.progress(day).map(|share| share.to_string())
    }

    #[test]
    fn progress_is_the_part_of_the_way_from_the_baseline() {
        assert_eq!(progress(Some("2310"), "5600", "4716").as_deref(), Some("0.7313"));
        assert_eq!(progress(Some("10"), "4", "7").as_deref(), Some("0.5"), "fewer can be the aim");
        assert_eq!(progress(Some("4"), "4", "4"), None, "there is no way to go");
        assert_eq!(progress(None, "16", "8"), None, "nobody said where it began");
    }

    #[test]
    fn progress_never_says_more_than_is_done() {
        assert_eq!(progress(Some("0"), "100000", "99995").as_deref(), Some("0.9999"));
        assert_eq!(progress(Some("0"), "16", "16").as_deref(), Some("1"));
        assert_eq!(progress(Some("0"), "16", "20").as_deref(), Some("1"));
        assert_eq!(progress(Some("4"), "10", "1").as_deref(), Some("-0.5"));
        assert_eq!(progress(Some("0"), "100000", "-1").as_deref(), Some("-0.0001"));
        let most = "79228162514264337593543950335";
        assert_eq!(progress(Some("-79228162514264337593543950335"), most, most), None, "too far to count");
    }
}
