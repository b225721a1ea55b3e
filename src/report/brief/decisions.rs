//! Decisions that are still to be made, and those of late that may not hold.

use super::{ENTRIES, Scope, excerpt, shortened};
use crate::document::Section;
use crate::practice::decision_structure::made;
use crate::report::decisions::{MadeDecision, OpenDecision, headline, made_item, open, state};
use chrono::NaiveDate;

/// The open decisions, the first to close first.
pub(super) fn decisions(scope: &Scope<'_>) -> Vec<OpenDecision> {
    open(&scope.request, |_| true)
}

/// The decisions made at the last meeting or since of which somebody may say that they do not hold, the newest first.
pub(super) fn doubtful(scope: &Scope<'_>) -> Vec<MadeDecision> {
    let recent = made(scope.here).filter(|hearing| scope.is_recent(hearing.day));
    let mut recent: Vec<MadeDecision> = recent.map(|hearing| MadeDecision::of(scope.here, &hearing)).collect();
    recent.retain(|made| !made.doubts.is_empty());
    recent.sort_by(|a, b| b.seen_on.cmp(&a.seen_on).then_with(|| a.decision.cmp(&b.decision)));
    recent
}

pub(super) fn section(decisions: &[OpenDecision], today: NaiveDate) -> Section {
    let mut section = Section::new("To decide");
    let (first, more) = excerpt(decisions, ENTRIES);
    for decision in first {
        section.titled_list(headline(decision, today), state(decision, today));
    }
    section.paragraph(more.unwrap_or_default());
    section
}

pub(super) fn doubtful_section(decisions: &[MadeDecision], today: NaiveDate) -> Section {
    let mut section = Section::new("Decisions that may not hold");
    section.list(shortened(decisions, |decision| made_item(decision, today)));
    section
}
