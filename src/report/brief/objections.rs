//! Objections that the coalition promised to look at again, with what it did in answer.

use super::{Scope, shortened};
use crate::document::{Item, Line, Section, words};
use crate::record::Decision;
use crate::record::decision::{Outcome, PositionOption};
use crate::record::goal::{GoalOption, GoalStage};
use crate::record::value::{Choices, MemberId, Opt, Prose};
use crate::report::Named;
use chrono::NaiveDate;
use serde::Serialize;

/// An objection to look at again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Objection {
    /// The day on which to look at it again.
    pub revisit: NaiveDate,
    /// The member.
    pub member: Named,
    /// What it does: it objects, blocks, stands aside, opposes.
    pub stance: &'static str,
    /// The decision or the goal.
    pub about: Named,
    /// Why.
    pub reason: Option<String>,
    /// What was changed or promised in answer.
    pub accommodation: Option<String>,
}

/// The objections whose day has passed or is near, the first day first; none to what was rejected or given up, or is
/// reached.
pub(super) fn objections(scope: &Scope<'_>) -> Vec<Objection> {
    let mut objections = Vec::new();
    for decision in scope.ledger.decisions.iter().filter(|decision| !came_to_nothing(decision, scope.today)) {
        for position in &decision.positions {
            let Some(option) = position.option.as_ref().map(|option| option.value) else { continue };
            let dissents = !matches!(option, PositionOption::Agree | PositionOption::Abstain);
            let said = if position.date.is_some() { &position.date } else { &decision.proposed };
            if dissents && scope.may_have_come(said) {
                let words = (option.label(), &position.reason, &position.accommodation);
                objections.extend(objection(
                    scope,
                    Named::record(decision),
                    &position.member,
                    &position.revisit,
                    words,
                ));
            }
        }
    }
    for goal in scope.ledger.goals.iter().filter(|goal| goal.stage(scope.today) <= GoalStage::Adopted) {
        for position in &goal.positions {
            let said = if position.date.is_some() { &position.date } else { &goal.proposed };
            let Some(option) = position.option.as_ref().filter(|option| option.value == GoalOption::Oppose) else {
                continue;
            };
            if scope.may_have_come(said) {
                let words = (option.label(), &position.reason, &position.accommodation);
                objections.extend(objection(scope, Named::record(goal), &position.member, &position.revisit, words));
            }
        }
    }
    objections.sort_by(|a, b| (a.revisit, &a.about, &a.member).cmp(&(b.revisit, &b.about, &b.member)));
    objections
}

/// Whether a decision was rejected or withdrawn, so that nothing is left to object to.
fn came_to_nothing(decision: &Decision, today: NaiveDate) -> bool {
    let outcome = decision.result.as_ref().map(|result| result.value);
    matches!(outcome, Some(Outcome::Rejected | Outcome::Withdrawn)) && !decision.is_open(today)
}

fn objection(
    scope: &Scope<'_>,
    about: Named,
    member: &Opt<MemberId>,
    revisit: &Opt<NaiveDate>,
    (stance, reason, accommodation): (&'static str, &Opt<Prose>, &Opt<Prose>),
) -> Option<Objection> {
    let text = |prose: &Opt<Prose>| prose.as_ref().map(|prose| prose.trim().to_owned());
    let is_member = scope.ledger.members.get(member.as_ref()?).is_none_or(|member| member.is_current(scope.today));
    let revisit = revisit.as_ref().map(|revisit| revisit.value).filter(|day| is_member && scope.is_due(*day))?;
    Some(Objection {
        revisit,
        member: Named::at(scope.ledger, member)?,
        stance: stance.trim_end_matches(" it"),
        about,
        reason: text(reason),
        accommodation: text(accommodation),
    })
}

pub(super) fn section(objections: &[Objection], today: NaiveDate) -> Section {
    let mut section = Section::new("Objections to look at again");
    section.list(shortened(objections, |objection| item(objection, today)));
    section
}

fn item(objection: &Objection, today: NaiveDate) -> Item {
    let day = format!("{} ({})", words::near_day(objection.revisit, today), words::distance(objection.revisit, today));
    let preposition = if objection.stance == "opposes" { " " } else { " to " };
    let line = Line::new().strong(&objection.member.name).plain(format!(
        " {}{preposition}{}, due {day}",
        objection.stance,
        words::quoted(&objection.about.name)
    ));
    let below = match (&objection.accommodation, &objection.reason) {
        (Some(answer), _) => format!("Answer: {answer}"),
        (None, Some(reason)) => format!("Not answered yet: {reason}"),
        (None, None) => "Not answered yet".to_owned(),
    };
    Item::new(line).with(below)
}
