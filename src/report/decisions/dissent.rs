//! Who disagrees: members against decisions and goals, the answers, and when to revisit them.

use crate::document::{Item, Line, words};
use crate::practice::diversity::{DissentPosition, positions};
use crate::report::{Named, ReportRequest};
use chrono::NaiveDate;
use serde::Serialize;

/// Where a member stands apart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Dissent {
    /// The member.
    pub member: Named,
    /// What it does: `object`, `block`, `stand-aside`, `oppose`.
    pub option: &'static str,
    /// The same in words.
    #[serde(skip)]
    pub stance: &'static str,
    /// The decision or the goal.
    pub about: Named,
    /// The day it said so.
    pub date: Option<NaiveDate>,
    /// Why.
    pub reason: Option<String>,
    /// What was changed or promised in answer.
    pub accommodation: Option<String>,
    /// The day on which to look at it again.
    pub revisit: Option<NaiveDate>,
    /// Whether that day has passed.
    pub overdue: bool,
    /// Whether it still matters: what it is about was not rejected, withdrawn, replaced, reached or given up, and the
    /// member has not left.
    pub stands: bool,
}

/// All dissent, each member's last word: what stands first, of that what is overdue.
pub(super) fn all(request: &ReportRequest<'_>) -> Vec<Dissent> {
    let all = positions(request.as_of()).into_iter();
    let all = all.filter(|position| position.is_dissent && !position.is_taken_back());
    let mut dissent: Vec<Dissent> = all.map(|position| of(request, &position)).collect();
    dissent.sort_by(|a, b| {
        let key = |one: &Dissent| (!one.stands, !one.overdue, one.revisit.is_none(), one.revisit);
        let answered = |one: &Dissent| one.accommodation.is_some();
        (key(a), answered(a), &a.about, &a.member).cmp(&(key(b), answered(b), &b.about, &b.member))
    });
    dissent
}

fn of(request: &ReportRequest<'_>, position: &DissentPosition<'_>) -> Dissent {
    Dissent {
        member: Named::of(request.ledger, position.member),
        option: position.option,
        stance: position.stance,
        about: Named::subject(position),
        date: position.date,
        reason: position.reason.map(str::to_owned),
        accommodation: position.accommodation.map(str::to_owned),
        revisit: position.revisit.map(|revisit| revisit.value),
        overdue: position.stands && position.is_overdue(request.today),
        stands: position.stands,
    }
}

/// What a member does and to what: "objects to “Sunday hours”".
pub(in crate::report) fn stance_on(stance: &str, about: &str) -> String {
    let preposition = match stance {
        "objects" | "agrees" => " to",
        "blocks" | "opposes" | "supports" => "",
        "stands aside" => " from",
        _ => " on",
    };
    format!("{stance}{preposition} {}", words::quote(about))
}

pub(super) fn item(dissent: &Dissent, today: NaiveDate) -> Item {
    let said = dissent.date.map(|date| format!(", {}", words::short_day(date))).unwrap_or_default();
    let line = Line::new()
        .strong(&dissent.member.name)
        .plain(format!(" {}{said}", stance_on(dissent.stance, &dissent.about.name)));
    let reason = dissent.reason.as_ref().map(|reason| format!("Why: {reason}")).unwrap_or_default();
    let needs_answer = ["object", "block", "oppose"].contains(&dissent.option);
    let answer = match &dissent.accommodation {
        Some(answer) => format!("Answer: {answer}"),
        None if needs_answer => "Not answered yet".to_owned(),
        None => String::new(),
    };
    let revisit = dissent.revisit.map(|day| {
        let day = format!("{} ({})", words::format_date(day), words::distance(day, today));
        if dissent.overdue {
            Line::new().late("Overdue").plain(format!(": revisit was due by {day}"))
        } else {
            format!("Revisit by {day}").into()
        }
    });
    Item::new(line).with(reason).with(answer).with(revisit.unwrap_or_default())
}
