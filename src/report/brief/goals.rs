//! The goals that the coalition works on, and how far each is.

use super::{Scope, first_items};
use crate::document::{Item, Line, Section, words};
use crate::practice::progress::{Course, MilestoneProgress};
use crate::record::goal::GoalStage;
use crate::record::value::Number;
use crate::record::{Goal, Record};
use crate::report::Named;
use crate::report::excerpt::{ENTRIES, names};
use chrono::NaiveDate;
use serde::Serialize;

/// The goals.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct BriefGoals {
    /// Those that the coalition works on, the first due first.
    pub adopted: Vec<AdoptedGoal>,
    /// Those that are proposed.
    pub proposed: Vec<Named>,
    /// Those that no one has proposed yet.
    pub ideas: Vec<Named>,
}

/// A goal that the coalition works on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct AdoptedGoal {
    /// The goal.
    pub goal: Named,
    /// The day by which it should be reached.
    pub due: Option<NaiveDate>,
    /// The member who leads the work.
    pub lead: Option<Named>,
    /// Who answers for it.
    pub owner: Option<Named>,
    /// What is counted.
    pub unit: Option<String>,
    /// The figure at the start.
    pub baseline: Option<Number>,
    /// The figure to reach.
    pub target: Option<Number>,
    /// The last figure.
    pub figure: Option<Number>,
    /// The day of that figure.
    pub read: Option<NaiveDate>,
    /// The part of the way from the start to the target that is done; negative where the target is further off than at
    /// the start.
    pub progress: Option<Number>,
    /// The next step.
    pub milestone: Option<NextMilestone>,
}

/// The next step on the way to a goal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct NextMilestone {
    /// What will have been done.
    pub name: String,
    /// The day by which it should be.
    pub due: Option<NaiveDate>,
    /// Who is responsible for it.
    pub owner: Option<Named>,
}

pub(super) fn list_goals(scope: &Scope<'_>) -> BriefGoals {
    let at = |stage| scope.ledger.goals.iter().filter(move |goal| goal.stage(scope.today) == stage);
    let mut adopted: Vec<AdoptedGoal> = at(GoalStage::Adopted).map(|goal| adopted_of(scope, goal)).collect();
    adopted.sort_by(|a, b| (a.due.is_none(), a.due, &a.goal).cmp(&(b.due.is_none(), b.due, &b.goal)));
    let mut proposed: Vec<Named> = at(GoalStage::Proposed).map(Named::record).collect();
    proposed.sort();
    // What was proposed later was not there yet.
    let undated = at(GoalStage::Idea).filter(|goal| goal.proposed.is_none() && goal.adopted.is_none());
    let mut ideas: Vec<Named> = undated.map(Named::record).collect();
    ideas.sort();
    BriefGoals { adopted, proposed, ideas }
}

fn adopted_of(scope: &Scope<'_>, goal: &Record<Goal>) -> AdoptedGoal {
    let course = Course::of(goal, scope.today);
    let unit = goal.measure.as_ref().and_then(|measure| measure.unit.as_ref());
    AdoptedGoal {
        goal: Named::record(goal),
        due: goal.due.as_ref().map(|due| due.value),
        lead: Named::staying(scope.as_of, &goal.lead),
        owner: Named::serving(scope.as_of, &goal.owner),
        unit: unit.map(|unit| unit.value.clone()),
        baseline: course.baseline,
        target: course.target,
        figure: course.figure,
        read: course.read,
        progress: course.progress,
        milestone: next_milestone(scope, goal),
    }
}

/// The first step that is not done, by the day it is due.
fn next_milestone(scope: &Scope<'_>, goal: &Goal) -> Option<NextMilestone> {
    let next = MilestoneProgress::of(goal, scope.today).next()?;
    Some(NextMilestone {
        name: next.name.to_owned(),
        due: next.due,
        owner: Named::serving(scope.as_of, &next.milestone.owner),
    })
}

pub(super) fn write_goals(goals: &BriefGoals, today: NaiveDate) -> Section {
    let mut section = Section::new("Goals");
    section.list(first_items(&goals.adopted, "report goals", |goal| {
        Item::new(headline(goal, today))
            .with(describe_measure(goal, today))
            .with(next_step(goal, today))
            .with(people(goal))
    }));
    for (words, goals) in [("Proposed", &goals.proposed), ("Not proposed yet", &goals.ideas)] {
        let titles: Vec<String> = goals.iter().map(|goal| words::quote(&goal.name)).collect();
        if !titles.is_empty() {
            let titles: Vec<&str> = titles.iter().map(String::as_str).collect();
            section.paragraph(format!("{words}: {}", names(&titles, ENTRIES)));
        }
    }
    section
}

fn headline(goal: &AdoptedGoal, today: NaiveDate) -> Line {
    let line = Line::new().strong(&goal.goal.name);
    match goal.due {
        Some(due) if due < today => line.plain(format!(", was due {}", words::near_day(due, today))),
        Some(due) => line.plain(format!(", due {}", words::near_day(due, today))),
        None => line,
    }
}

fn describe_measure(goal: &AdoptedGoal, today: NaiveDate) -> String {
    let unit = goal.unit.as_ref().map(|unit| format!(" {unit}")).unwrap_or_default();
    let from =
        goal.baseline.map(|baseline| format!(" (starting from {})", words::number(baseline.0))).unwrap_or_default();
    let of = goal.target.map(|target| format!(" of {}", words::number(target.0))).unwrap_or_default();
    let read = goal.read.map(|day| format!(", as of {}", words::near_day(day, today))).unwrap_or_default();
    let share = goal.progress.map(|share| format!("; {}", words::way(share.0))).unwrap_or_default();
    match (goal.figure, goal.target) {
        (Some(figure), _) => format!("{}{of}{unit}{from}{read}{share}", words::number(figure.0)),
        (None, Some(target)) => format!("Not measured yet; the target is {}{unit}{from}", words::number(target.0)),
        (None, None) => "No one has said how to measure it".to_owned(),
    }
}

fn next_step(goal: &AdoptedGoal, today: NaiveDate) -> Line {
    let Some(step) = &goal.milestone else { return Line::new() };
    let owner = step.owner.as_ref().map(|owner| format!(" ({})", owner.name)).unwrap_or_default();
    match step.due {
        Some(due) if due < today => Line::new()
            .late(format!("Overdue by {}", words::days((today - due).num_days())))
            .plain(format!(": {}{owner}", step.name)),
        Some(due) => format!("Next: {}, by {}{owner}", step.name, words::near_day(due, today)).into(),
        None => format!("Next: {}{owner}", step.name).into(),
    }
}

fn people(goal: &AdoptedGoal) -> String {
    match (&goal.lead, &goal.owner) {
        (Some(lead), Some(owner)) => format!("Led by {} ({})", lead.name, owner.name),
        (Some(one), None) | (None, Some(one)) => format!("Led by {}", one.name),
        (None, None) => "No one leads it yet".to_owned(),
    }
}
