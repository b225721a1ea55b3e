//! Requests for help that are open: who asks, for what, and who answered.

use super::{Scope, shortened};
use crate::document::{Item, Line, Section, words};
use crate::practice::mutual_support::{Asked, asked};
use crate::record::request::{Answer, Response};
use crate::record::value::Choices;
use crate::report::Named;
use crate::report::prose::prose;
use chrono::NaiveDate;
use serde::Serialize;

/// A request that is open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OpenRequest {
    /// The request.
    pub request: Named,
    /// Who asks.
    pub member: Option<Named>,
    /// Since when.
    pub date: NaiveDate,
    /// For what.
    pub need: Option<String>,
    /// The day by which it is needed.
    pub due: Option<NaiveDate>,
    /// Who answered.
    pub answers: Vec<Answered>,
}

/// An answer to a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Answered {
    /// The member.
    pub member: Named,
    /// The answer.
    pub answer: Option<Answer>,
}

/// The open requests, the first due first.
pub(super) fn requests(scope: &Scope<'_>) -> Vec<OpenRequest> {
    let asked = asked(scope.here).into_iter().filter(|one| !one.closed);
    let mut open: Vec<OpenRequest> = asked.map(|one| of(scope, &one)).collect();
    open.sort_by(|a, b| {
        (a.due.is_none(), a.due, a.date, &a.request).cmp(&(b.due.is_none(), b.due, b.date, &b.request))
    });
    open
}

fn of(scope: &Scope<'_>, asked: &Asked<'_>) -> OpenRequest {
    let request = asked.request;
    OpenRequest {
        request: Named::record(request),
        member: Named::at(scope.ledger, &request.member),
        date: asked.date.value,
        need: prose(&request.need),
        due: request.due.as_ref().map(|due| due.value),
        answers: asked.answers.iter().filter_map(|response| answered(scope, response)).collect(),
    }
}

fn answered(scope: &Scope<'_>, response: &Response) -> Option<Answered> {
    let member = Named::at(scope.ledger, &response.member)?;
    Some(Answered { member, answer: response.answer.as_ref().map(|answer| answer.value) })
}

pub(super) fn section(requests: &[OpenRequest], today: NaiveDate) -> Section {
    let mut section = Section::new("Help asked for");
    section.list(shortened(requests, |request| item(request, today)));
    section
}

fn item(request: &OpenRequest, today: NaiveDate) -> Item {
    let member = request.member.as_ref().map_or("Somebody", |member| &member.name);
    let by = |due| format!(", needed by {} ({})", words::near_day(due, today), words::distance(due, today));
    let due = request.due.map(by);
    let line = Line::new().strong(&request.request.name).plain(format!(", for {member}{}", due.unwrap_or_default()));
    Item::new(line).with(request.need.as_deref().unwrap_or_default()).with(answers(request, today))
}

fn answers(request: &OpenRequest, today: NaiveDate) -> String {
    if request.answers.is_empty() {
        return format!("No answer yet; asked {}", words::distance(request.date, today));
    }
    let answers: Vec<String> = request
        .answers
        .iter()
        .map(|answered| match answered.answer {
            Some(answer) => format!("{} ({})", answered.member.name, answer.label()),
            None => answered.member.name.clone(),
        })
        .collect();
    format!("Answered by {}", words::list(&answers))
}
