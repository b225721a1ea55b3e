//! What waits for someone: actions, decisions, objections to look at again, requests for help, and thanks to give.

use super::{ENTRIES, Scope, excerpt, first_items};
use crate::document::{Item, Line, Section, words};
use crate::practice::actions;
use crate::practice::decision_structure::{decisions_made, decisions_without_day};
use crate::practice::diversity::{DissentPosition, revisits};
use crate::practice::fair_credit::{self, Gift};
use crate::practice::mutual_support::{MadeRequest, requests_made};
use crate::record::meeting;
use crate::record::request::{Answer, Response};
use crate::record::value::Choices;
use crate::report::decisions::{MadeDecision, OpenDecision, headline, made_item, open, stance_on, state};
use crate::report::value_words::prose;
use crate::report::{Named, gift};
use chrono::NaiveDate;
use serde::Serialize;

/// Something that someone said they would do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct PendingAction {
    /// What.
    pub what: String,
    /// Who.
    pub owner: Option<Named>,
    /// The day by which it should be done.
    pub due: Option<NaiveDate>,
    /// The day it was done.
    pub done: Option<NaiveDate>,
    /// The meeting at which it was said, or the campaign.
    pub meeting: Named,
    /// The day of that meeting, or the first day of the campaign.
    pub said: NaiveDate,
    /// The goal it serves.
    pub goal: Option<Named>,
}

/// All actions of meetings that were held, and of campaigns.
fn list_actions<'l>(scope: &'l Scope<'_>) -> impl Iterator<Item = (&'l meeting::Action, PendingAction)> {
    let all = actions::actions(scope.as_of);
    all.filter_map(|agreed| Some((&agreed.action.value, action_of(scope, &agreed)?)))
}

fn action_of(scope: &Scope<'_>, agreed: &actions::AgreedAction<'_>) -> Option<PendingAction> {
    let action = agreed.action;
    let owner = match scope.has_come(&action.done) {
        true => Named::at(scope.ledger, &action.owner),
        false => Named::serving(scope.as_of, &action.owner),
    };
    Some(PendingAction {
        what: actions::words(action)?.to_owned(),
        owner,
        due: action.due.as_ref().map(|due| due.value),
        done: action.done.as_ref().map(|done| done.value).filter(|done| *done <= scope.today),
        meeting: Named::any(agreed.record),
        said: agreed.agreed,
        goal: Named::at(scope.ledger, &action.goal),
    })
}

/// What was done since, the first done first.
pub(super) fn list_done_actions(scope: &Scope<'_>) -> Vec<PendingAction> {
    let done = list_actions(scope).filter(|(action, _)| scope.news(&action.done).is_some());
    let mut done: Vec<PendingAction> = done.map(|(_, action)| action).collect();
    done.sort_by(|a, b| (a.done, &a.what).cmp(&(b.done, &b.what)));
    done
}

/// What is open, the first due first, what is due at no time last.
pub(super) fn list_open_actions(scope: &Scope<'_>) -> Vec<PendingAction> {
    let open = list_actions(scope).filter(|(action, _)| !scope.has_come(&action.done));
    let mut open: Vec<PendingAction> = open.map(|(_, action)| action).collect();
    open.sort_by(|a, b| (a.due.is_none(), a.due, a.said, &a.what).cmp(&(b.due.is_none(), b.due, b.said, &b.what)));
    open
}

pub(super) fn title_of_done(actions: &[PendingAction]) -> String {
    format!("{} done:", words::capitalize(&words::count(actions.len(), "action", "actions")))
}

pub(super) fn write_done_actions(actions: &[PendingAction]) -> Vec<Item> {
    first_items(actions, "list actions done", |action| {
        let owner = action.owner.as_ref().map(|owner| format!(" ({})", owner.name)).unwrap_or_default();
        Item::new(format!("{}{owner}", action.what))
    })
}

pub(super) fn write_actions(actions: &[PendingAction], today: NaiveDate) -> Section {
    let mut section = Section::new("Open actions");
    section.list(first_items(actions, "list actions open", |action| {
        Item::new(action.what.as_str()).with(describe_action(action, today))
    }));
    section
}

fn describe_action(action: &PendingAction, today: NaiveDate) -> Line {
    let owner = action.owner.as_ref().map_or("No one yet", |owner| owner.name.as_str());
    let line = match action.due {
        Some(due) if due < today => Line::new()
            .late(format!("Overdue by {}", words::days((today - due).num_days())))
            .plain(format!(": {owner}, due {}", words::near_day(due, today))),
        Some(due) => format!("{owner}, due {} ({})", words::near_day(due, today), words::distance(due, today)).into(),
        None => owner.into(),
    };
    let goal = action.goal.as_ref().map(|goal| format!(", for {}", words::quote(&goal.name))).unwrap_or_default();
    line.plain(format!("; from {}{goal}", words::near_day(action.said, today)))
}

/// The open decisions, the first to close first.
pub(super) fn list_decisions(scope: &Scope<'_>) -> Vec<OpenDecision> {
    open(&scope.request, |_| true)
}

/// The decisions made at the last meeting or since of which someone may say that they do not hold, the newest first.
pub(super) fn list_doubtful_decisions(scope: &Scope<'_>) -> Vec<MadeDecision> {
    let recent = decisions_made(scope.as_of).filter(|hearing| scope.is_recent(hearing.day));
    let mut recent: Vec<MadeDecision> = recent.map(|hearing| MadeDecision::of(scope.as_of, &hearing)).collect();
    recent.retain(|made| !made.doubts.is_empty());
    recent.sort_by(|a, b| b.seen_on.cmp(&a.seen_on).then_with(|| a.decision.cmp(&b.decision)));
    recent
}

/// The decisions that were made on a day that no one recorded, so that they are news until someone does.
pub(super) fn list_undated_decisions(scope: &Scope<'_>) -> Vec<MadeDecision> {
    let undated = decisions_without_day(scope.as_of);
    let mut undated: Vec<MadeDecision> = undated.map(|hearing| MadeDecision::of(scope.as_of, &hearing)).collect();
    undated.sort_by(|a, b| a.decision.cmp(&b.decision));
    undated
}

pub(super) fn write_decisions(decisions: &[OpenDecision], today: NaiveDate) -> Section {
    let mut section = Section::new("To decide");
    let (first, more) = excerpt(decisions, ENTRIES, "report decisions");
    for decision in first {
        section.titled_list(headline(decision, today), state(decision, today));
    }
    section.paragraph(more.unwrap_or_default());
    section
}

pub(super) fn write_doubtful_decisions(decisions: &[MadeDecision], today: NaiveDate) -> Section {
    let mut section = Section::new("Decisions that may not be valid");
    section.list(first_items(decisions, "report decisions", |decision| made_item(decision, today)));
    section
}

pub(super) fn write_undated_decisions(decisions: &[MadeDecision]) -> Section {
    let mut section = Section::new("Decisions without a date");
    section.list(first_items(decisions, "report decisions", |made| {
        let line = Line::new().strong(&made.decision.name).plain(format!(": {}", made.outcome()));
        Item::new(line).with("What day was it decided?")
    }));
    section
}

/// A position to look at again, mostly an objection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Objection {
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

/// The positions whose day has passed or is near, the first day first.
pub(super) fn list_objections(scope: &Scope<'_>) -> Vec<Objection> {
    let mut objections: Vec<Objection> =
        revisits(scope.as_of).iter().filter_map(|position| objection_of(scope, position)).collect();
    objections.sort_by(|a, b| (a.revisit, &a.about, &a.member).cmp(&(b.revisit, &b.about, &b.member)));
    objections
}

fn objection_of(scope: &Scope<'_>, position: &DissentPosition<'_>) -> Option<Objection> {
    Some(Objection {
        revisit: position.revisit.map(|revisit| revisit.value).filter(|day| scope.is_due(*day))?,
        member: Named::of(scope.ledger, position.member),
        stance: position.stance,
        about: Named::subject(position),
        reason: position.reason.map(str::to_owned),
        accommodation: position.accommodation.map(str::to_owned),
    })
}

pub(super) fn write_objections(objections: &[Objection], today: NaiveDate) -> Section {
    let mut section = Section::new("To revisit");
    section.list(first_items(objections, "list positions", |objection| objection_item(objection, today)));
    section
}

fn objection_item(objection: &Objection, today: NaiveDate) -> Item {
    let day = format!("{} ({})", words::near_day(objection.revisit, today), words::distance(objection.revisit, today));
    let stance = stance_on(objection.stance, &objection.about.name);
    let line = Line::new().strong(&objection.member.name).plain(format!(" {stance}; revisit by {day}"));
    let below = match (&objection.accommodation, &objection.reason) {
        (Some(answer), _) => format!("Answer: {answer}"),
        (None, Some(reason)) => format!("Not answered yet: {reason}"),
        (None, None) => "Not answered yet".to_owned(),
    };
    Item::new(line).with(below)
}

/// A request that is open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct OpenRequest {
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
    pub answers: Vec<AnsweredRequest>,
}

/// An answer to a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct AnsweredRequest {
    /// The member.
    pub member: Named,
    /// The answer.
    pub answer: Option<Answer>,
}

/// The open requests, the first due first.
pub(super) fn list_requests(scope: &Scope<'_>) -> Vec<OpenRequest> {
    let asked = requests_made(scope.as_of).into_iter().filter(|one| !one.closed);
    let mut open: Vec<OpenRequest> = asked.map(|one| request_of(scope, &one)).collect();
    open.sort_by(|a, b| {
        (a.due.is_none(), a.due, a.date, &a.request).cmp(&(b.due.is_none(), b.due, b.date, &b.request))
    });
    open
}

fn request_of(scope: &Scope<'_>, asked: &MadeRequest<'_>) -> OpenRequest {
    let request = asked.request;
    OpenRequest {
        request: Named::record(request),
        member: Named::at(scope.ledger, &request.member),
        date: asked.date.value,
        need: prose(&request.need),
        due: request.due.as_ref().map(|due| due.value),
        answers: asked.answers.iter().filter_map(|response| answer_of(scope, response)).collect(),
    }
}

fn answer_of(scope: &Scope<'_>, response: &Response) -> Option<AnsweredRequest> {
    let member = Named::at(scope.ledger, &response.member)?;
    Some(AnsweredRequest { member, answer: response.answer.as_ref().map(|answer| answer.value) })
}

pub(super) fn write_requests(requests: &[OpenRequest], today: NaiveDate) -> Section {
    let mut section = Section::new("Requests for help");
    section.list(first_items(requests, "list requests", |request| request_item(request, today)));
    section
}

fn request_item(request: &OpenRequest, today: NaiveDate) -> Item {
    let member = request.member.as_ref().map_or("Someone", |member| &member.name);
    let by = |due| format!(", needed by {} ({})", words::near_day(due, today), words::distance(due, today));
    let due = request.due.map(by);
    let line = Line::new().strong(&request.request.name).plain(format!(", for {member}{}", due.unwrap_or_default()));
    Item::new(line).with(request.need.as_deref().unwrap_or_default()).with(describe_answers(request, today))
}

fn describe_answers(request: &OpenRequest, today: NaiveDate) -> String {
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

/// A contribution that no one was thanked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct PendingContribution {
    /// The contribution.
    pub contribution: Named,
    /// When it was given.
    pub date: NaiveDate,
    /// Who gave it.
    pub giver: Option<Named>,
    /// How much it was.
    pub size: Option<String>,
    /// The same as figures.
    #[serde(flatten)]
    pub figures: gift::Size,
}

/// What was not thanked for, the oldest first.
pub(super) fn list_thanks_due(scope: &Scope<'_>) -> Vec<PendingContribution> {
    fair_credit::uncredited_gifts(scope.as_of).map(|given| gift_of(scope, &given)).collect()
}

fn gift_of(scope: &Scope<'_>, given: &Gift<'_>) -> PendingContribution {
    let contribution = given.contribution;
    PendingContribution {
        contribution: Named::record(contribution),
        date: given.date,
        giver: gift::giver(scope.ledger, contribution),
        size: gift::size(scope.ledger, contribution),
        figures: gift::Size::of(scope.ledger, contribution),
    }
}

pub(super) fn write_thanks(contributions: &[PendingContribution], today: NaiveDate) -> Section {
    let mut section = Section::new("Thanks due");
    section.list(first_items(contributions, "report credit", |contribution| {
        let giver = contribution.giver.as_ref().map_or("Someone", |giver| &giver.name);
        let gift = gift::name_beside(&contribution.contribution.name, giver);
        // The usual name of a gift says how much it was.
        let size = contribution.size.as_ref().filter(|size| !gift.contains(size.as_str()));
        let size = size.map(|size| format!(" ({size})")).unwrap_or_default();
        let distance = words::distance(contribution.date, today);
        Item::new(Line::new().strong(giver).plain(format!(": {gift}{size}, {distance}")))
    }));
    section
}
