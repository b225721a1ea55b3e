//! The decisions as a document.

use super::{Decisions, LeadTime, OpenDecision, dissent, headline, made, state};
use crate::document::{Document, Line, Section, Side, Table, words};
use crate::report::ReportRequest;
use chrono::NaiveDate;

pub(super) fn document(request: &ReportRequest<'_>, decisions: &Decisions) -> Document {
    let mut document = Document::new(request.ledger.root.name());
    document.add_subtitle(format!("Decisions, {}", words::weekday(request.today)));
    if request.ledger.decisions.is_empty() {
        document.add_subtitle(
            "There are no decisions yet. Add the first one as a file in the folder \u{201c}decisions\u{201d}: the \
             motion, how to decide it, and by when.",
        );
    } else if decisions.open.is_empty() && decisions.made.is_empty() {
        document.add_subtitle("There is nothing to decide now, and no decision in the last year.");
    }
    document.add(to_decide(&decisions.open, request.today));
    document.add(decided_section(decisions, request));
    document.add(apart(decisions, request.today));
    document
}

fn to_decide(open: &[OpenDecision], today: NaiveDate) -> Section {
    let mut section = Section::new("To decide");
    for decision in open {
        section.titled_list(headline(decision, today), state(decision, today));
        section.table(times(decision, today));
    }
    section
}

/// The time that members need, the slowest first.
fn times(decision: &OpenDecision, today: NaiveDate) -> Table {
    let mut table = Table::new([
        ("Who needs time", Side::Left),
        ("Days", Side::Right),
        ("Ask by", Side::Right),
        ("State", Side::Left),
    ]);
    for time in &decision.lead_times {
        let ask_by = time.ask_by.map(words::short_day).unwrap_or_default();
        let days = words::number(time.lead_days.into());
        table.row([time.member.name.as_str().into(), days.into(), ask_by.into(), standing(time, decision, today)]);
    }
    table
}

fn standing(time: &LeadTime, decision: &OpenDecision, today: NaiveDate) -> Line {
    match time.ask_by {
        _ if time.heard => "heard".into(),
        _ if time.too_late => Line::new().late("too late"),
        Some(day) if decision.closes.is_some_and(|closes| today <= closes) => words::distance(day, today).into(),
        _ => "not heard".into(),
    }
}

fn decided_section(decisions: &Decisions, request: &ReportRequest<'_>) -> Section {
    let mut section = Section::new("Decided in the last year");
    section.list(decisions.made.iter().map(|decision| made::item(decision, request.today)));
    section
}

fn apart(decisions: &Decisions, today: NaiveDate) -> Section {
    let mut section = Section::new("Who disagrees");
    let (standing, past): (Vec<_>, Vec<_>) = decisions.dissent.iter().partition(|dissent| dissent.stands);
    section.list(standing.iter().map(|one| dissent::item(one, today)));
    if !past.is_empty() {
        let count = words::count(past.len(), "position is", "positions are");
        section.paragraph(format!(
            "{} no longer open: the decision was rejected or replaced, the goal was reached or dropped, or the member \
             has left.",
            words::capitalize(&count)
        ));
    }
    section
}
