//! The page of a decision: the motion, how and when it was decided, where each member stands, and what dissent led to.

use super::super::connections::of;
use super::super::context::view;
use super::super::site::{PageLink, Viewpoint};
use super::position::{PositionView, Said};
use super::{Further, past, text, value};
use crate::document::words::{capitalize, format_date};
use crate::practice::decision_structure::{Hearing, is_made, outcome};
use crate::record::decision::{Position, PositionOption};
use crate::record::value::{Choices, distinct};
use crate::record::{Decision, Record};
use chrono::NaiveDate;

view! {
    /// What the page of a decision says.
    pub(crate) struct DecisionView {
        /// Where it stands, and since when: Adopted on June 4, 2026.
        status: String,
        /// The motion, word for word.
        motion: Option<String>,
        /// The members who proposed it.
        proposed_by: Vec<PageLink>,
        /// The day it was proposed.
        proposed: Option<NaiveDate>,
        /// The last day to state a position, while it is open.
        closes: Option<NaiveDate>,
        /// How it is decided: by consensus.
        method: Option<&'static str>,
        /// The meeting that decides it.
        meeting: Option<PageLink>,
        /// The goal it is about.
        goal: Option<PageLink>,
        /// The earlier decision that it replaces.
        supersedes: Option<PageLink>,
        /// The decisions that replace it.
        superseded_by: Vec<PageLink>,
        /// The count: 5 agree and 4 object.
        tally: Option<String>,
        /// How many members took a position, of how many.
        heard: Option<String>,
        /// The members by where they stand, where they add nothing.
        sides: Vec<Side>,
        /// The positions of members who gave a reason, or got an answer.
        positions: Vec<PositionView>,
        /// Links and sources.
        further: Further,
    }
}

view! {
    /// The members who take one position.
    struct Side {
        /// The position: Agree, Object.
        name: &'static str,
        /// The members.
        members: Vec<PageLink>,
    }
}

/// The names of the sides, in the order of the page.
const SIDES: [(PositionOption, &str); 5] = [
    (PositionOption::Agree, "In favor"),
    (PositionOption::Object, "Objecting"),
    (PositionOption::Block, "Blocking"),
    (PositionOption::StandAside, "Standing aside"),
    (PositionOption::Abstain, "Abstaining"),
];

impl DecisionView {
    /// A decision as seen from its own page.
    pub(crate) fn new(decision: &Record<Decision>, view: &Viewpoint<'_, '_>) -> DecisionView {
        let as_of = view.site.as_of();
        let hearing = Hearing::of(as_of, decision);
        let stated: Vec<(&Position, PositionOption)> =
            hearing.voices.iter().map(|voice| (&voice.position.value, voice.option)).collect();
        let side = |(option, name)| Side {
            name,
            members: view.members(
                stated
                    .iter()
                    .filter(|(position, taken)| *taken == option && !said(position).is_explained())
                    .filter_map(|(position, _)| position.member.as_ref()),
            ),
        };
        let positions = stated.iter().filter(|(position, _)| said(position).is_explained());
        DecisionView {
            status: status(decision, view),
            motion: text(&decision.text),
            proposed_by: view.members(distinct(&decision.proposed_by)),
            proposed: value(&decision.proposed),
            closes: value(&decision.closes).filter(|_| !is_made(as_of, decision)),
            method: decision.method.as_ref().map(|method| method.label()),
            meeting: view.referred(&decision.meeting),
            goal: view.referred(&decision.goal),
            supersedes: view.referred(&decision.supersedes),
            superseded_by: view.records(of(&view.site.connections.successors, &decision.key.id).iter().copied()),
            tally: (hearing.tally().total() > 0).then(|| capitalize(&hearing.tally().words())),
            heard: (hearing.count_heard() > 0)
                .then(|| format!("{} of {}", hearing.count_heard(), hearing.eligible.len())),
            sides: SIDES.into_iter().map(side).filter(|side| !side.members.is_empty()).collect(),
            positions: positions
                .filter_map(|(position, option)| PositionView::new(option.label(), &said(position), view))
                .collect(),
            further: Further::of(&decision.common),
        }
    }
}

fn said(position: &Position) -> Said<'_> {
    Said {
        member: &position.member,
        date: &position.date,
        reason: &position.reason,
        accommodation: &position.accommodation,
        revisit: &position.revisit,
    }
}

/// Where a decision stands on a day.
pub(super) fn status(decision: &Record<Decision>, view: &Viewpoint<'_, '_>) -> String {
    let as_of = view.site.as_of();
    if !is_made(as_of, decision) {
        return match value(&decision.closes) {
            Some(closes) if closes >= view.site.today => format!("Open until {}", format_date(closes)),
            _ => "Open".to_owned(),
        };
    }
    let ended = outcome(as_of, decision).map_or_else(|| "Decided".to_owned(), |result| capitalize(result.label()));
    match past(&decision.decided, view.site.today) {
        Some(date) => format!("{ended} on {}", format_date(date)),
        None => ended,
    }
}
