//! Decisions that are still to be made: where each member stands, who has said nothing, and who cannot make it in time.

use super::members::quorum;
use super::{ENTRIES, Scope, excerpt};
use crate::document::{Item, Line, Section, words};
use crate::record::decision::{Eligible, Method, Position, PositionOption};
use crate::record::value::{Choices, RecordId};
use crate::record::{Decision, Member, Record};
use crate::report::Named;
use chrono::{Days, NaiveDate};
use serde::Serialize;
use std::collections::BTreeSet;

/// A decision that is still to be made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OpenDecision {
    /// The decision.
    pub decision: Named,
    /// The last day on which members can state their position.
    pub closes: Option<NaiveDate>,
    /// How it is reached.
    pub method: Option<Method>,
    /// How many members may take part.
    pub eligible: usize,
    /// How many of them must state a position.
    pub quorum: usize,
    /// Where those stand that have.
    pub positions: Vec<Stated>,
    /// Those that have not.
    pub silent: Vec<Named>,
    /// Those of the silent whose own way of deciding takes longer than there is time.
    pub late: Vec<LateMember>,
}

/// Where a member stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Stated {
    /// The member.
    pub member: Named,
    /// Where it stands.
    pub option: PositionOption,
    /// Why.
    pub reason: Option<String>,
    /// What was changed or promised in answer.
    pub accommodation: Option<String>,
}

/// A member that needs more time than there is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LateMember {
    /// The member.
    pub member: Named,
    /// The days it needs.
    pub lead_days: u32,
}

/// The open decisions, the first to close first.
pub(super) fn decisions(scope: &Scope<'_>) -> Vec<OpenDecision> {
    let open = scope.ledger.decisions.iter().filter(|decision| decision.is_open(scope.today));
    let mut open: Vec<OpenDecision> = open.map(|decision| of(scope, decision)).collect();
    open.sort_by(|a, b| {
        let key = |one: &OpenDecision| (one.closes.is_none(), one.closes);
        key(a).cmp(&key(b)).then_with(|| a.decision.cmp(&b.decision))
    });
    open
}

fn of(scope: &Scope<'_>, decision: &Record<Decision>) -> OpenDecision {
    let closes = decision.closes.as_ref().map(|closes| closes.value);
    let mut positions: Vec<Stated> = decision.positions.iter().filter_map(|position| stated(scope, position)).collect();
    positions.sort_by(|a, b| (a.option, &a.member).cmp(&(b.option, &b.member)));
    let eligible = eligible(scope, decision);
    let heard: BTreeSet<&str> = positions.iter().map(|position| position.member.id.as_str()).collect();
    let mut silent: Vec<&Record<Member>> =
        eligible.iter().copied().filter(|member| !heard.contains(&*member.key.id)).collect();
    silent.sort_by_key(|member| Named::record(member).name);
    let share = decision.quorum.as_ref().map_or_else(|| scope.ledger.policy().quorum(), |share| share.value.0);
    OpenDecision {
        decision: Named::record(decision),
        closes,
        method: decision.method.as_ref().map(|method| method.value),
        eligible: eligible.len(),
        quorum: quorum(share, eligible.len()),
        late: silent.iter().filter_map(|member| late(scope, member, closes?)).collect(),
        silent: silent.into_iter().map(Named::record).collect(),
        positions,
    }
}

fn eligible<'l>(scope: &Scope<'l>, decision: &Decision) -> Vec<&'l Record<Member>> {
    let members = scope.ledger.current_members(scope.today);
    match decision.eligible.as_ref().map(|eligible| &eligible.value) {
        Some(Eligible::Listed(ids)) => {
            let listed: BTreeSet<&str> = ids.iter().map(|id| id.value.as_str()).collect();
            members.filter(|member| listed.contains(&*member.key.id)).collect()
        }
        _ => members.collect(),
    }
}

fn stated(scope: &Scope<'_>, position: &Position) -> Option<Stated> {
    if !scope.may_have_come(&position.date) {
        return None;
    }
    Some(Stated {
        member: Named::at(scope.ledger, &position.member)?,
        option: position.option.as_ref()?.value,
        reason: position.reason.as_ref().map(|reason| reason.trim().to_owned()),
        accommodation: position.accommodation.as_ref().map(|answer| answer.trim().to_owned()),
    })
}

fn late(scope: &Scope<'_>, member: &Record<Member>, closes: NaiveDate) -> Option<LateMember> {
    let lead_days = member.process.as_ref()?.lead_days.as_ref().filter(|_| scope.today <= closes)?.value;
    let earliest = scope.today.checked_add_days(Days::new(u64::from(lead_days)));
    earliest.is_none_or(|earliest| earliest > closes).then(|| LateMember { member: Named::record(member), lead_days })
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

fn headline(decision: &OpenDecision, today: NaiveDate) -> Line {
    let method = decision.method.map(|method| format!(", {}", method.label())).unwrap_or_default();
    let closing = decision.closes.map(|day| {
        let verb = if day < today { "was to close on" } else { "closes on" };
        format!("; {verb} {}, {}", words::day(day), words::distance(day, today))
    });
    Line::new().strong(&decision.decision.name).plain(format!("{method}{}", closing.unwrap_or_default()))
}

fn state(decision: &OpenDecision, today: NaiveDate) -> Vec<Item> {
    let heard = decision.eligible - decision.silent.len();
    let missing = decision.quorum.saturating_sub(heard);
    let quorum = match missing {
        0 => "a quorum".to_owned(),
        _ => format!("{missing} short of a quorum of {}", decision.quorum),
    };
    let mut items = vec![Item::new(format!("Heard: {heard} of {}, {quorum}", decision.eligible))];
    for option in PositionOption::ALL {
        let those: Vec<&Stated> = decision.positions.iter().filter(|position| position.option == *option).collect();
        items.extend(positions(*option, &those));
    }
    let late: BTreeSet<&Named> = decision.late.iter().map(|late| &late.member).collect();
    let in_time = decision.silent.iter().filter(|member| !late.contains(member));
    let in_time: Vec<&str> = in_time.map(|member| member.name.as_str()).collect();
    if !in_time.is_empty() {
        items.push(Item::new(format!("Not heard: {}", words::list(&in_time))));
    }
    if !late.is_empty() {
        items.push(Item::new(too_late_words(decision, today)));
    }
    items
}

fn too_late_words(decision: &OpenDecision, today: NaiveDate) -> String {
    let time = decision.closes.map(|closes| words::distance(closes, today)).unwrap_or_default();
    let days = |late: &LateMember| format!("{} ({})", late.member.name, words::days(late.lead_days.into()));
    let late: Vec<String> = decision.late.iter().map(days).collect();
    format!("Not heard, and by their own rules too slow to decide {time}: {}", words::list(&late))
}

/// Those who take one position: those who agree or abstain in one line, dissent with its reasons.
fn positions(option: PositionOption, those: &[&Stated]) -> Vec<Item> {
    let names: Vec<&str> = those.iter().map(|position| position.member.name.as_str()).collect();
    match option {
        _ if those.is_empty() => Vec::new(),
        PositionOption::Agree => vec![Item::new(format!("Agree: {}", words::list(&names)))],
        PositionOption::Abstain => vec![Item::new(format!("Abstain: {}", words::list(&names)))],
        PositionOption::StandAside | PositionOption::Object | PositionOption::Block => {
            those.iter().map(|position| dissent(position)).collect()
        }
    }
}

fn dissent(position: &Stated) -> Item {
    let reason = position.reason.as_deref().map(|reason| format!(": {reason}")).unwrap_or_default();
    let line = Line::new().strong(&position.member.name).plain(format!(" {}{reason}", position.option.label()));
    let answer = position.accommodation.as_deref().map(|answer| format!("Answer: {answer}"));
    Item::new(line).with(answer.unwrap_or_default())
}
