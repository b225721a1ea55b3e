//! Help: what a member asked for and who answered, and what it answered to others.

use super::circle::ProfileSubject;
use super::{day, first_items, prose};
use crate::document::{Item, Line, Section, words};
use crate::practice::mutual_support;
use crate::record::request::Answer;
use crate::record::value::Choices;
use crate::report::Named;
use chrono::NaiveDate;
use serde::Serialize;

/// What a member asked for and answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Help {
    /// What it asked for, the newest first.
    pub asked: Vec<RequestRow>,
    /// What others asked for and it answered, the newest first.
    pub answered: Vec<GivenAnswer>,
    /// Open requests of others that it has not answered, the oldest first.
    pub unanswered: Vec<Unanswered>,
}

/// Help that the member asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct RequestRow {
    /// The request.
    pub request: Named,
    /// When.
    pub date: NaiveDate,
    /// When it was settled.
    pub closed: Option<NaiveDate>,
    /// What came of it.
    pub outcome: Option<String>,
    /// Who answered.
    pub answers: Vec<OneAnswer>,
}

/// An answer of a partner.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct OneAnswer {
    /// Who.
    pub member: Named,
    /// What.
    pub answer: Option<Answer>,
}

/// Help that another asked for and the member answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct GivenAnswer {
    /// The request.
    pub request: Named,
    /// Who asked.
    pub member: Option<Named>,
    /// When the member answered.
    pub date: Option<NaiveDate>,
    /// What it answered.
    pub answer: Option<Answer>,
    /// What it will do, or why it cannot.
    pub note: Option<String>,
}

/// An open request of another that the member has not answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Unanswered {
    /// The request.
    pub request: Named,
    /// Who asks.
    pub member: Option<Named>,
    /// Since when.
    pub date: NaiveDate,
    /// The day by which it is needed.
    pub due: Option<NaiveDate>,
}

impl Help {
    pub(super) fn of(circle: &ProfileSubject<'_>) -> Help {
        let mut help = Help { asked: Vec::new(), answered: Vec::new(), unanswered: Vec::new() };
        for one in mutual_support::requests_made(circle.as_of) {
            let (request, date) = (one.request, one.date.value);
            let response = one.answers.iter().find(|response| circle.has_member(&response.member));
            if circle.has_member(&request.member) {
                help.asked.push(describe_request(circle, &one));
            } else if let Some(response) = response {
                help.answered.push(GivenAnswer {
                    request: Named::record(request),
                    member: Named::at(circle.ledger, &request.member),
                    date: response.date.as_ref().map(|date| date.value),
                    answer: response.answer.as_ref().map(|answer| answer.value),
                    note: prose(&response.note),
                });
            } else if !one.closed {
                help.unanswered.push(Unanswered {
                    request: Named::record(request),
                    member: Named::at(circle.ledger, &request.member),
                    date,
                    due: request.due.as_ref().map(|due| due.value),
                });
            }
        }
        help.asked.sort_by(|a, b| b.date.cmp(&a.date).then_with(|| a.request.cmp(&b.request)));
        help.answered.sort_by(|a, b| b.date.cmp(&a.date).then_with(|| a.request.cmp(&b.request)));
        help.unanswered.sort_by(|a, b| (a.date, &a.request).cmp(&(b.date, &b.request)));
        help
    }

    /// Says what was asked and answered.
    pub(super) fn section(&self, today: NaiveDate) -> Section {
        let mut section = Section::new("Help requested and given");
        section.titled_list(
            "They asked for:",
            first_items(&self.asked, "list requests", |asked| request_item(asked, today)),
        );
        section.titled_list(
            "They answered:",
            first_items(&self.answered, "list responses", |answered| answered_item(answered, today)),
        );
        section
    }
}

fn describe_request(circle: &ProfileSubject<'_>, one: &mutual_support::MadeRequest<'_>) -> RequestRow {
    let request = one.request;
    RequestRow {
        request: Named::record(request),
        date: one.date.value,
        closed: circle.as_of.past(&request.closed),
        outcome: prose(&request.outcome).filter(|_| one.closed),
        answers: one
            .answers
            .iter()
            .filter_map(|response| {
                let answer = response.answer.as_ref().map(|answer| answer.value);
                Some(OneAnswer { member: Named::at(circle.ledger, &response.member)?, answer })
            })
            .collect(),
    }
}

fn request_item(asked: &RequestRow, today: NaiveDate) -> Item {
    let state = match asked.closed {
        Some(closed) => format!("settled {}", words::near_day(closed, today)),
        None => "open".to_owned(),
    };
    let line = Line::new().strong(&asked.request.name).plain(format!(", {}; {state}", day(asked.date, today)));
    let one = |answer: &OneAnswer| match answer.answer {
        Some(word) => format!("{} ({})", answer.member.name, word.label()),
        None => answer.member.name.clone(),
    };
    let answers: Vec<String> = asked.answers.iter().map(one).collect();
    let answers = if answers.is_empty() {
        "No one has answered".to_owned()
    } else {
        format!("Answered by {}", words::list(&answers))
    };
    Item::new(line).with(answers).with(asked.outcome.as_deref().unwrap_or_default())
}

fn answered_item(answered: &GivenAnswer, today: NaiveDate) -> Item {
    let by = answered.member.as_ref().map(|member| format!(" for {}", member.name)).unwrap_or_default();
    let answer = answered.answer.map(|answer| format!(": {}", answer.label())).unwrap_or_default();
    let date = answered.date.map(|date| format!(", {}", day(date, today))).unwrap_or_default();
    let line = Line::new().strong(&answered.request.name).plain(format!("{by}{answer}{date}"));
    Item::new(line).with(answered.note.as_deref().unwrap_or_default())
}
