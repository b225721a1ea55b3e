//! Where a member stands on goals and decisions, and what was answered to its objections.

use super::circle::Circle;
use super::{day, prose, shortened};
use crate::document::{Item, Line, Section, words};
use crate::record::decision::{Eligible, Outcome, PositionOption};
use crate::record::goal::{GoalOption, GoalStage};
use crate::record::value::{Choices, Opt};
use crate::record::{Decision, Member};
use crate::report::Named;
use chrono::NaiveDate;
use serde::Serialize;

/// Where a member stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Positions {
    /// What it said, the newest first.
    pub stated: Vec<Stated>,
    /// Open decisions on which it has said nothing, the first to close first.
    pub open: Vec<Open>,
}

/// A position that it stated.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Stated {
    /// The goal or the decision.
    pub about: Named,
    /// The word for it in the ledger.
    pub option: &'static str,
    /// The same as the end of a sentence.
    #[serde(skip)]
    pub label: &'static str,
    /// When it said so.
    pub date: Option<NaiveDate>,
    /// Whether it speaks against.
    pub dissents: bool,
    /// Whether what it is about still stands.
    pub stands: bool,
    /// Why.
    pub reason: Option<String>,
    /// What was changed or promised in answer.
    pub answer: Option<String>,
    /// The day on which to look at it again.
    pub revisit: Option<NaiveDate>,
}

/// An open decision on which it has said nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Open {
    /// The decision.
    pub decision: Named,
    /// The last day to say something.
    pub closes: Option<NaiveDate>,
    /// How many days it needs to decide.
    pub lead_days: Option<u32>,
    /// Whether that is more than are left.
    pub late: bool,
}

impl Positions {
    pub fn of(circle: &Circle<'_>, member: &Member) -> Positions {
        let mut stated = stated(circle);
        stated.sort_by(|a, b| b.date.cmp(&a.date).then_with(|| a.about.cmp(&b.about)));
        Positions { stated, open: open(circle, member) }
    }

    /// Says where it stands: the objections first, for they need an answer.
    pub fn section(&self, today: NaiveDate) -> Section {
        let mut section = Section::new("Where they stand");
        let (against, others): (Vec<&Stated>, Vec<&Stated>) = self.stated.iter().partition(|one| one.dissents);
        section.titled_list("Not heard yet:", self.open.iter().map(|one| open_item(one, today)));
        section.titled_list("Against:", shortened(&against, |one| item(one, today)));
        let title = if section.blocks().is_empty() { "" } else { "Others:" };
        section.titled_list(title, shortened(&others, |one| item(one, today)));
        section
    }
}

fn stated(circle: &Circle<'_>) -> Vec<Stated> {
    let here = circle.here;
    let said = |own: &Opt<NaiveDate>, proposed: &Opt<NaiveDate>| {
        let date = if own.is_some() { own } else { proposed };
        here.may_have_come(date).then(|| own.as_ref().map(|own| own.value))
    };
    let mut stated = Vec::new();
    for decision in &circle.ledger.decisions {
        let outcome = decision.result.as_ref().map(|result| result.value);
        let is_over = matches!(outcome, Some(Outcome::Rejected | Outcome::Withdrawn)) && !decision.is_open(here.today);
        for position in decision.positions.iter().filter(|position| circle.has_member(&position.member)) {
            let (Some(option), Some(date)) = (&position.option, said(&position.date, &decision.proposed)) else {
                continue;
            };
            stated.push(Stated {
                about: Named::record(decision),
                option: option.value.word(),
                label: option.value.label(),
                date,
                dissents: !matches!(option.value, PositionOption::Agree | PositionOption::Abstain),
                stands: !is_over,
                reason: prose(&position.reason),
                answer: prose(&position.accommodation),
                revisit: position.revisit.as_ref().map(|revisit| revisit.value),
            });
        }
    }
    for goal in &circle.ledger.goals {
        for position in goal.positions.iter().filter(|position| circle.has_member(&position.member)) {
            let (Some(option), Some(date)) = (&position.option, said(&position.date, &goal.proposed)) else { continue };
            stated.push(Stated {
                about: Named::record(goal),
                option: option.value.word(),
                label: option.value.label(),
                date,
                dissents: option.value == GoalOption::Oppose,
                stands: goal.stage(here.today) <= GoalStage::Adopted,
                reason: prose(&position.reason),
                answer: prose(&position.accommodation),
                revisit: position.revisit.as_ref().map(|revisit| revisit.value),
            });
        }
    }
    stated
}

fn open(circle: &Circle<'_>, member: &Member) -> Vec<Open> {
    let here = circle.here;
    let is_heard = |decision: &Decision| {
        let mut positions = decision.positions.iter();
        positions.any(|position| circle.has_member(&position.member) && here.may_have_come(&position.date))
    };
    let is_asked = |decision: &Decision| match decision.eligible.as_ref().map(|eligible| &eligible.value) {
        Some(Eligible::Listed(ids)) => ids.iter().any(|id| circle.is_member(&id.value)),
        _ => true,
    };
    let lead_days = member.process.as_ref().and_then(|process| process.lead_days.as_ref()).map(|days| days.value);
    let asked = circle.ledger.decisions.iter().filter(|decision| {
        member.is_current(here.today) && decision.is_open(here.today) && is_asked(decision) && !is_heard(decision)
    });
    let mut open: Vec<Open> = asked
        .map(|decision| {
            let closes = decision.closes.as_ref().map(|closes| closes.value);
            let left = closes.map(|closes| (closes - here.today).num_days());
            let late = left.zip(lead_days).is_some_and(|(left, needed)| left < i64::from(needed));
            Open { decision: Named::record(decision), closes, lead_days, late }
        })
        .collect();
    open.sort_by(|a, b| (a.closes.is_none(), a.closes, &a.decision).cmp(&(b.closes.is_none(), b.closes, &b.decision)));
    open
}

fn open_item(open: &Open, today: NaiveDate) -> Item {
    let closes = open.closes.map(|closes| format!(", closes {}", day(closes, today))).unwrap_or_default();
    let item = Item::new(Line::new().strong(&open.decision.name).plain(closes));
    match open.lead_days.filter(|_| open.late) {
        Some(days) => item.with(format!("They need {} to decide, more than are left", words::days(i64::from(days)))),
        None => item,
    }
}

fn item(stated: &Stated, today: NaiveDate) -> Item {
    let date = stated.date.map(|date| format!(", {}", words::near_day(date, today))).unwrap_or_default();
    let label = stated.label.trim_end_matches(" it");
    let item = Item::new(Line::new().strong(&stated.about.name).plain(format!(": {label}{date}")));
    let item = match &stated.reason {
        Some(reason) => item.with(format!("Because: {reason}")),
        None => item,
    };
    let item = match &stated.answer {
        Some(answer) => item.with(format!("Answer: {answer}")),
        None if stated.dissents && stated.stands => item.with("Not answered yet"),
        None => item,
    };
    let revisit =
        stated.revisit.filter(|_| stated.stands).map(|on| format!("To be looked at again {}", day(on, today)));
    item.with(revisit.unwrap_or_default())
}
