//! Where a member stands on goals and decisions, and what was answered to its objections.

use super::circle::ProfileSubject;
use super::{day, first_items};
use crate::document::{Item, Line, Section, words};
use crate::practice::decision_structure::Hearing;
use crate::practice::diversity::positions;
use crate::practice::internal_process::{is_too_late_to_ask, lead_days};
use crate::record::{Member, Record};
use crate::report::Named;
use chrono::NaiveDate;
use serde::Serialize;
use std::collections::BTreeMap;

/// Where a member stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Positions {
    /// What it said, the newest first.
    pub stated: Vec<PositionRow>,
    /// Open decisions on which it has said nothing, the first to close first.
    pub open: Vec<Open>,
}

/// A position that it stated.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct PositionRow {
    /// The goal or the decision.
    pub about: Named,
    /// The word for it in the ledger.
    pub option: &'static str,
    /// The same as the end of a sentence.
    #[serde(skip)]
    pub label: &'static str,
    /// When it said so.
    pub date: Option<NaiveDate>,
    /// Whether it counts; on a decision, that of a member who may not take part does not.
    pub counts: bool,
    /// Why it does not.
    #[serde(skip)]
    pub why_uncounted: &'static str,
    /// Whether it speaks against.
    pub dissents: bool,
    /// Whether it still matters: what it is about was not rejected, withdrawn, replaced, reached or given up, and the
    /// member has neither left nor said something else since.
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
    pub(super) fn of(circle: &ProfileSubject<'_>, member: &Record<Member>) -> Positions {
        let mut stated = positions_given(circle);
        stated.sort_by(|a, b| b.date.cmp(&a.date).then_with(|| a.about.cmp(&b.about)));
        Positions { stated, open: open_decisions(circle, member) }
    }

    /// Says where it stands: the objections first, for they need an answer.
    pub(super) fn section(&self, today: NaiveDate) -> Section {
        let mut section = Section::new("Where they stand");
        let (against, others): (Vec<&PositionRow>, Vec<&PositionRow>) =
            self.stated.iter().partition(|one| one.dissents);
        section.titled_list("No position yet:", self.open.iter().map(|one| open_item(one, today)));
        section.titled_list("Against:", first_items(&against, "list positions", |one| item(one, today)));
        let title = if section.blocks().is_empty() { "" } else { "Others:" };
        section.titled_list(title, first_items(&others, "list positions", |one| item(one, today)));
        section
    }
}

fn positions_given(circle: &ProfileSubject<'_>) -> Vec<PositionRow> {
    let stated_by_member = positions(circle.as_of).into_iter().filter(|position| circle.is_member(position.member));
    let uncounted = uncounted_positions(circle);
    let stated = stated_by_member.map(|position| PositionRow {
        counts: !uncounted.contains_key(&Named::subject(&position)),
        why_uncounted: uncounted.get(&Named::subject(&position)).copied().unwrap_or_default(),
        about: Named::subject(&position),
        option: position.option,
        label: position.stance,
        date: position.date,
        dissents: position.is_dissent,
        stands: position.stands && !position.is_taken_back(),
        reason: position.reason.map(str::to_owned),
        answer: position.accommodation.map(str::to_owned),
        revisit: position.revisit.map(|revisit| revisit.value),
    });
    stated.collect()
}

/// The decisions on which its position does not count, and why.
fn uncounted_positions(circle: &ProfileSubject<'_>) -> BTreeMap<Named, &'static str> {
    let decisions = circle.ledger.decisions.iter().filter(|decision| {
        decision.positions.iter().any(|position| position.member.as_ref().is_some_and(|id| circle.is_member(&id.value)))
    });
    let hearings = decisions.map(|decision| Hearing::of(circle.as_of, decision));
    let without = hearings.filter(|hearing| hearing.uncounted_positions().any(|voice| circle.is_member(voice.member)));
    without.map(|hearing| (Named::record(hearing.decision), hearing.describe_exclusion())).collect()
}

fn open_decisions(circle: &ProfileSubject<'_>, member: &Record<Member>) -> Vec<Open> {
    let as_of = circle.as_of;
    let lead_days = lead_days(member);
    let decisions = circle.ledger.decisions.iter().filter(|decision| decision.is_open(as_of.today));
    let unheard = decisions.filter(|decision| {
        let silent = Hearing::of(as_of, decision).silent();
        silent.iter().any(|silent| silent.key == member.key)
    });
    let mut open: Vec<Open> = unheard
        .map(|decision| {
            let closes = decision.closes.as_ref().map(|closes| closes.value);
            let late = lead_days.is_some_and(|needed| is_too_late_to_ask(as_of, closes, needed));
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
        Some(days) => item.with(format!("They need {} to decide, more than is left", words::days(i64::from(days)))),
        None => item,
    }
}

fn item(stated: &PositionRow, today: NaiveDate) -> Item {
    let date = stated.date.map(|date| format!(", {}", words::near_day(date, today))).unwrap_or_default();
    let item = Item::new(Line::new().strong(&stated.about.name).plain(format!(": {}{date}", stated.label)));
    let item = if stated.counts { item } else { item.with(format!("Not counted: {}", stated.why_uncounted)) };
    let item = match &stated.reason {
        Some(reason) => item.with(format!("Why: {reason}")),
        None => item,
    };
    let item = match &stated.answer {
        Some(answer) => item.with(format!("Answer: {answer}")),
        None if stated.dissents && stated.stands => item.with("Not answered yet"),
        None => item,
    };
    let revisit = stated.revisit.filter(|_| stated.stands).map(|on| format!("Revisit {}", day(on, today)));
    item.with(revisit.unwrap_or_default())
}
