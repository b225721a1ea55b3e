//! Decisions that are still to be made: where each member stands, who has said nothing, and who cannot make it in time.

use super::UncountedVoice;
use crate::document::{Item, Line, words};
use crate::ledger::AsOf;
use crate::parse::collation::SortKey;
use crate::practice::decision_structure::{Hearing, PositionVoice};
use crate::practice::internal_process::{ask_by, is_too_late_to_ask, lead_days};
use crate::record::decision::{Method, PositionOption};
use crate::record::value::Choices;
use crate::record::{AnyRecord, Member, Record};
use crate::report::value_words::prose;
use crate::report::{Named, ReportRequest};
use chrono::NaiveDate;
use serde::Serialize;
use std::collections::{BTreeSet, HashSet};

/// So many are named where no one was heard; more are everyone.
const ALL_NAMED: usize = 3;

/// A decision that is still to be made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct OpenDecision {
    /// The decision.
    pub decision: Named,
    /// The day it was proposed.
    pub proposed: Option<NaiveDate>,
    /// The last day on which members can state their position.
    pub closes: Option<NaiveDate>,
    /// How it is reached.
    pub method: Option<Method>,
    /// How many members may take part.
    pub eligible: usize,
    /// How many of them have stated a position.
    pub heard: usize,
    /// How many of them must.
    pub quorum: usize,
    /// How many are still missing for that.
    pub short_of_quorum: usize,
    /// Where those stand that have said anything.
    pub positions: Vec<VoiceRow>,
    /// Those of the positions that do not count.
    pub uncounted: Vec<UncountedVoice>,
    /// Those of the eligible that have said nothing.
    pub silent: Vec<Named>,
    /// Those of the silent whose own way of deciding takes longer than there is time.
    pub late: Vec<LateMember>,
    /// How long each eligible member needs that says so, the first to ask first.
    pub lead_times: Vec<LeadTime>,
}

/// Where a member stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct VoiceRow {
    /// The member.
    pub member: Named,
    /// Where it stands.
    pub option: PositionOption,
    /// Whether it may take part, so that its position counts.
    pub counts: bool,
    /// The day it said so.
    pub date: Option<NaiveDate>,
    /// Why.
    pub reason: Option<String>,
    /// What was changed or promised in answer.
    pub accommodation: Option<String>,
}

/// A member who needs more time than there is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct LateMember {
    /// The member.
    pub member: Named,
    /// The days it needs.
    pub lead_days: u32,
}

/// How long a member needs to decide.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct LeadTime {
    /// The member.
    pub member: Named,
    /// The days it needs.
    pub lead_days: u32,
    /// The last day to ask it, so that it can answer while the decision is open.
    pub ask_by: Option<NaiveDate>,
    /// Whether it has stated a position.
    pub heard: bool,
    /// Whether it has not, and the last day to ask it has passed.
    pub too_late: bool,
}

/// The open decisions that are wanted, the first to close first.
pub(in crate::report) fn open<'l>(
    request: &ReportRequest<'l>,
    is_wanted: impl Fn(&Hearing<'l>) -> bool,
) -> Vec<OpenDecision> {
    let as_of = request.as_of();
    let open = as_of.ledger.decisions.iter().filter(|decision| decision.is_open(as_of.today));
    let hearings = open.map(|decision| Hearing::of(as_of, decision)).filter(is_wanted);
    let mut open: Vec<OpenDecision> = hearings.map(|hearing| of(as_of, &hearing)).collect();
    open.sort_by(|a, b| {
        let key = |one: &OpenDecision| (one.closes.is_none(), one.closes);
        key(a).cmp(&key(b)).then_with(|| a.decision.cmp(&b.decision))
    });
    open
}

fn of(as_of: AsOf<'_>, hearing: &Hearing<'_>) -> OpenDecision {
    let decision = hearing.decision;
    let closes = decision.closes.as_ref().map(|closes| closes.value);
    let mut positions: Vec<VoiceRow> = hearing.voices.iter().map(|voice| describe_voice(as_of, voice)).collect();
    positions.sort_by(|a, b| (a.option, &a.member).cmp(&(b.option, &b.member)));
    let mut silent = hearing.silent();
    silent.sort_by_cached_key(|member| (SortKey::of(member.name()), member.key.id.clone()));
    let unheard: HashSet<&str> = silent.iter().map(|member| &*member.key.id).collect();
    let times = hearing.eligible.iter();
    let mut lead_times: Vec<LeadTime> =
        times.filter_map(|member| lead_time(as_of, member, closes, !unheard.contains(&*member.key.id))).collect();
    lead_times.sort_by(|a, b| b.lead_days.cmp(&a.lead_days).then_with(|| a.member.cmp(&b.member)));
    let mut late: Vec<LateMember> = lead_times.iter().filter(|time| time.too_late).map(late_member).collect();
    late.sort_by(|a, b| a.member.cmp(&b.member));
    OpenDecision {
        decision: Named::record(decision),
        proposed: decision.proposed.as_ref().map(|proposed| proposed.value),
        closes,
        method: hearing.method(),
        eligible: hearing.eligible.len(),
        heard: hearing.count_heard(),
        quorum: hearing.quorum(),
        short_of_quorum: hearing.quorum().saturating_sub(hearing.count_heard()),
        late,
        silent: silent.into_iter().map(Named::record).collect(),
        positions,
        uncounted: UncountedVoice::all(as_of, hearing),
        lead_times,
    }
}

fn late_member(time: &LeadTime) -> LateMember {
    LateMember { member: time.member.clone(), lead_days: time.lead_days }
}

fn describe_voice(as_of: AsOf<'_>, voice: &PositionVoice<'_>) -> VoiceRow {
    VoiceRow {
        member: Named::of(as_of.ledger, voice.member),
        option: voice.option,
        counts: voice.counts,
        date: voice.position.date.as_ref().map(|date| date.value),
        reason: prose(&voice.position.reason),
        accommodation: prose(&voice.position.accommodation),
    }
}

fn lead_time(as_of: AsOf<'_>, member: &Record<Member>, closes: Option<NaiveDate>, heard: bool) -> Option<LeadTime> {
    let lead_days = lead_days(member)?;
    let ask_by = closes.and_then(|closes| ask_by(closes, lead_days));
    let too_late = !heard && is_too_late_to_ask(as_of, closes, lead_days);
    Some(LeadTime { member: Named::record(member), lead_days, ask_by, heard, too_late })
}

/// What is to be decided, how, and until when.
pub(in crate::report) fn headline(decision: &OpenDecision, today: NaiveDate) -> Line {
    let method = decision.method.map(|method| format!(", {}", method.label())).unwrap_or_default();
    let closing = decision.closes.map(|day| {
        let verb = if day < today { "was due to close on" } else { "closes on" };
        format!("; {verb} {} ({})", words::format_date(day), words::distance(day, today))
    });
    Line::new().strong(&decision.decision.name).plain(format!("{method}{}", closing.unwrap_or_default()))
}

/// Who was heard and said what, who was not, and who cannot be in time.
pub(in crate::report) fn state(decision: &OpenDecision, today: NaiveDate) -> Vec<Item> {
    let missing = decision.short_of_quorum;
    let quorum = match missing {
        0 => "a quorum".to_owned(),
        _ => format!("{missing} short of a quorum of {}", decision.quorum),
    };
    let mut items = vec![Item::new(match (decision.heard, decision.eligible, decision.quorum) {
        (_, 0, _) => "No one may take part yet".to_owned(),
        (0, _, 0) => "No one heard from yet".to_owned(),
        (0, _, 1) => "No one heard from yet (quorum: 1)".to_owned(),
        (0, _, quorum) => format!("No one heard from yet (quorum: {quorum})"),
        (heard, eligible, _) => format!("Heard: {heard} of {eligible}, {quorum}"),
    })];
    for option in PositionOption::ALL {
        let those: Vec<&VoiceRow> =
            decision.positions.iter().filter(|position| position.counts && position.option == *option).collect();
        items.extend(positions(*option, &those));
    }
    items.extend(Some(UncountedVoice::words(&decision.uncounted)).filter(|line| !line.is_empty()).map(Item::new));
    let late: BTreeSet<&Named> = decision.late.iter().map(|late| &late.member).collect();
    let in_time = decision.silent.iter().filter(|member| !late.contains(member));
    let in_time: Vec<&str> = in_time.map(|member| member.name.as_str()).collect();
    if !in_time.is_empty() {
        let nobody_was = decision.heard == 0 && late.is_empty() && in_time.len() > ALL_NAMED;
        let names = if nobody_was { format!("all {}", in_time.len()) } else { words::list(&in_time) };
        items.push(Item::new(format!("Not heard from: {names}")));
    }
    if !late.is_empty() {
        items.push(Item::new(too_late_words(decision, today)));
    }
    items
}

fn too_late_words(decision: &OpenDecision, today: NaiveDate) -> String {
    let left = decision.closes.map_or(0, |closes| (closes - today).num_days());
    let time = if left > 0 { words::days(left) } else { "the time left".to_owned() };
    let days = |late: &LateMember| format!("{} ({})", late.member.name, words::days(late.lead_days.into()));
    let late: Vec<String> = decision.late.iter().map(days).collect();
    format!("Not heard from, and need more than {time} to decide: {}", words::list(&late))
}

/// Those who take one position: those who agree or abstain in one line, dissent with its reasons.
fn positions(option: PositionOption, those: &[&VoiceRow]) -> Vec<Item> {
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

fn dissent(position: &VoiceRow) -> Item {
    let reason = position.reason.as_deref().map(|reason| format!(": {reason}")).unwrap_or_default();
    let said = format!(" {}{reason}", position.option.label());
    let line = Line::new().strong(&position.member.name).plain(said);
    let answer = position.accommodation.as_deref().map(|answer| format!("Answer: {answer}"));
    Item::new(line).with(answer.unwrap_or_default())
}
