//! A decision on its day: who may take part, who was heard, and what the positions come to.

use crate::document::words;
use crate::kind::RecordKey;
use crate::ledger::AsOf;
use crate::record::decision::{Eligible, Method, Outcome, Position, PositionOption};
use crate::record::value::{At, MemberId, RecordId};
use crate::record::{Decision, Member, Record};
use chrono::NaiveDate;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde::Serialize;
use std::collections::{HashMap, HashSet};

/// A decision seen on its day: the day it was decided; where none is written, the day of its meeting, the last day for
/// positions or the day of the last position, whichever of these in this order has come; else today.
#[derive(Debug, Clone)]
pub struct Hearing<'l> {
    /// The decision.
    pub decision: &'l Record<Decision>,
    /// The day.
    pub day: NaiveDate,
    /// The members who may take part: those that the decision lists, else those that are current on the day.
    pub eligible: Vec<&'l Record<Member>>,
    /// The last word of each member who had said anything by the day, in the order of the file.
    pub voices: Vec<PositionVoice<'l>>,
    /// The share of eligible members who must be heard.
    pub share: Decimal,
}

/// Where a member stands on a decision.
#[derive(Debug, Clone, Copy)]
pub struct PositionVoice<'l> {
    /// The position as it is written.
    pub position: &'l At<Position>,
    /// The member.
    pub member: &'l MemberId,
    /// Where it stands.
    pub option: PositionOption,
    /// Whether the member may take part, so that its position counts.
    pub counts: bool,
}

/// How many members take each position.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// Those that agree.
    pub agree: usize,
    /// Those that abstain.
    pub abstain: usize,
    /// Those that stand aside.
    pub stand_aside: usize,
    /// Those that object.
    pub object: usize,
    /// Those that block.
    pub block: usize,
}

impl Tally {
    /// What a decision says of a show of hands, where it counts anyone.
    fn of(decision: &Decision) -> Option<Tally> {
        let hands = decision.tally.as_ref()?;
        let count = |field: &Option<At<u32>>| field.as_ref().map_or(0, |at| at.value as usize);
        let tally = Tally {
            agree: count(&hands.agree),
            abstain: count(&hands.abstain),
            stand_aside: count(&hands.stand_aside),
            object: count(&hands.object),
            block: count(&hands.block),
        };
        (tally.total() > 0).then_some(tally)
    }

    /// All that it counts.
    pub fn total(self) -> usize {
        self.agree + self.abstain + self.stand_aside + self.object + self.block
    }

    /// Those that are against.
    pub fn against(self) -> usize {
        self.object + self.block
    }

    /// The whole in words: "5 agree, 4 object and 2 abstain".
    pub fn words(self) -> String {
        let all = [
            (self.agree, "agrees", "agree"),
            (self.object, "objects", "object"),
            (self.block, "blocks", "block"),
            (self.stand_aside, "stands aside", "stand aside"),
            (self.abstain, "abstains", "abstain"),
        ];
        let taken = all.into_iter().filter(|(count, ..)| *count > 0);
        let parts: Vec<String> = taken.map(|(count, one, many)| words::count_of(count, one, many)).collect();
        if parts.is_empty() { "no one has stated a position".to_owned() } else { words::list(&parts) }
    }
}

/// Whether a decision has been made by today. One without a day was made when its result is written.
pub(crate) fn is_made(as_of: AsOf<'_>, decision: &Decision) -> bool {
    match &decision.decided {
        Some(decided) => decided.value <= as_of.today,
        None => decision.result.is_some() && as_of.may_have_come(&decision.proposed),
    }
}

/// The day of the meeting at which a decision was made, if it has come.
pub(crate) fn meeting_day(as_of: AsOf<'_>, decision: &Decision) -> Option<NaiveDate> {
    as_of.past(&as_of.ledger.meetings.get(&decision.meeting.as_ref()?.value)?.date)
}

/// How a decision ended, if it has been made and says so.
pub(crate) fn outcome(as_of: AsOf<'_>, decision: &Decision) -> Option<Outcome> {
    decision.result.as_ref().filter(|_| is_made(as_of, decision)).map(|result| result.value)
}

/// The least number of members that is no less than the share.
pub(crate) fn quorum(share: Decimal, members: usize) -> usize {
    share.checked_mul(Decimal::from(members)).and_then(|needed| needed.ceil().to_usize()).unwrap_or(members)
}

impl<'l> Hearing<'l> {
    /// A decision on its day.
    pub fn of(as_of: AsOf<'l>, decision: &'l Record<Decision>) -> Hearing<'l> {
        let day = day_of(as_of, decision);
        let listed = eligible_ids(decision);
        // Whether a member may take part is asked of those that spoke alone: there are many members and many decisions.
        let may_take_part = |id: &MemberId| {
            as_of.ledger.members.get(id).is_some_and(|member| may_take_part(member, listed.as_ref(), day))
        };
        let voices = voices(decision, day, may_take_part);
        let members = as_of.ledger.members.iter();
        let eligible = members.filter(|member| self::may_take_part(member, listed.as_ref(), day)).collect();
        let share = decision.quorum.as_ref().map_or_else(|| as_of.policy().quorum(), |share| share.value.0);
        Hearing { decision, day, eligible, voices, share }
    }

    /// Whether a member may take part.
    pub fn may_take_part(&self, member: &RecordKey) -> bool {
        self.eligible.iter().any(|eligible| eligible.key == *member)
    }

    /// How it is reached.
    pub fn method(&self) -> Option<Method> {
        self.decision.method.as_ref().map(|method| method.value)
    }

    /// The positions that do not count, because the member may not take part.
    pub fn uncounted_positions(&self) -> impl Iterator<Item = &PositionVoice<'l>> {
        self.voices.iter().filter(|voice| !voice.counts)
    }

    /// Why a position does not count, in a few words.
    pub fn describe_exclusion(&self) -> &'static str {
        match self.decision.eligible.as_ref().map(|eligible| &eligible.value) {
            Some(Eligible::Listed(ids)) if !ids.is_empty() => "not among those who may decide",
            _ => "not a member that day",
        }
    }

    /// The positions that count.
    pub fn counting(&self) -> impl Iterator<Item = &PositionVoice<'l>> {
        self.voices.iter().filter(|voice| voice.counts)
    }

    /// Whether anything is written down of who stood where: a position, or a show of hands.
    pub fn is_recorded(&self) -> bool {
        self.show_of_hands().is_some() || !self.decision.positions.is_empty()
    }

    /// What the decision says of a show of hands, which stands in place of the positions.
    pub fn show_of_hands(&self) -> Option<Tally> {
        Tally::of(self.decision)
    }

    /// How many eligible members were heard.
    pub fn count_heard(&self) -> usize {
        self.show_of_hands().map_or_else(|| self.counting().count(), Tally::total)
    }

    /// How many must be heard.
    pub fn quorum(&self) -> usize {
        quorum(self.share, self.eligible.len())
    }

    /// Whether enough were heard; no one has to be where no one may take part.
    pub fn has_quorum(&self) -> bool {
        self.count_heard() >= self.quorum()
    }

    /// The eligible members who were not heard, in the order of their files; none after a show of hands, for no one wrote
    /// down who raised one.
    pub fn silent(&self) -> Vec<&'l Record<Member>> {
        if self.show_of_hands().is_some() {
            return Vec::new();
        }
        let heard: HashSet<&str> = self.counting().map(|voice| voice.member.as_str()).collect();
        self.eligible.iter().copied().filter(|member| !heard.contains(&*member.key.id)).collect()
    }

    /// What the positions that count come to, or the show of hands in their place.
    pub fn tally(&self) -> Tally {
        if let Some(hands) = self.show_of_hands() {
            return hands;
        }
        let mut tally = Tally::default();
        for voice in self.counting() {
            match voice.option {
                PositionOption::Agree => tally.agree += 1,
                PositionOption::Abstain => tally.abstain += 1,
                PositionOption::StandAside => tally.stand_aside += 1,
                PositionOption::Object => tally.object += 1,
                PositionOption::Block => tally.block += 1,
            }
        }
        tally
    }

    /// Whether the count can have come to this result under the method. Who abstains or stands aside is not against.
    ///
    /// A count by hand of more than may take part bears out nothing. A consensus needs someone in favor, and cannot fail where everyone is. Too few positions carry nothing, so a motion
    /// that was rejected for want of a quorum was rejected rightly.
    pub fn bears_out(&self, result: Outcome) -> Option<bool> {
        if self.is_overcounted() && matches!(result, Outcome::Adopted | Outcome::Rejected) {
            return self.method().filter(|method| *method != Method::Delegated).map(|_| false);
        }
        let (tally, against) = (self.tally(), self.tally().against());
        let carried = match self.method()? {
            Method::Majority => tally.agree > against,
            Method::TwoThirds => tally.agree > 0 && 3 * tally.agree >= 2 * (tally.agree + against),
            Method::Unanimity => tally.agree > 0 && against == 0,
            Method::Consensus if result == Outcome::Rejected => tally.agree > 0 && tally.agree == tally.total(),
            Method::Consensus => tally.agree > 0,
            Method::Delegated => return None,
        };
        match result {
            Outcome::Adopted => Some(carried),
            Outcome::Rejected => Some(!carried || !self.has_quorum()),
            Outcome::Deferred | Outcome::Withdrawn => None,
        }
    }

    /// Whether more were counted by hand than may take part, so that the count cannot be right.
    pub fn is_overcounted(&self) -> bool {
        self.show_of_hands().is_some_and(|hands| hands.total() > self.eligible.len())
    }

    /// The blocks that no one can find an answer to: the unanswered ones, and those that only the show of hands counts.
    pub fn open_blocks(&self) -> usize {
        let is_answered = |voice: &&PositionVoice<'l>| {
            voice.option == PositionOption::Block && voice.position.accommodation.is_some()
        };
        let answered = self.counting().filter(is_answered).count();
        let raised = self.show_of_hands().map_or(0, |hands| hands.block);
        self.unanswered_blocks().len().max(raised.saturating_sub(answered))
    }

    /// Whether positions may be missing because of how they are written: none was read, or one lacks its member or its
    /// option, or names a member that no one knows; or they were counted by hand, and a figure may be misread.
    pub fn is_unclear(&self, as_of: AsOf<'_>) -> bool {
        let positions = &self.decision.positions;
        let is_known = |id: &At<MemberId>| as_of.ledger.members.get(&id.value).is_some();
        let is_whole =
            |position: &At<Position>| position.option.is_some() && position.member.as_ref().is_some_and(is_known);
        self.decision.tally.is_some() || positions.is_empty() || !positions.iter().all(is_whole)
    }

    /// The blocks, given by the day, that nothing was done about, of members who may not take part too: a block that is
    /// written down has to be answered, or taken out. A member's other entry lifts its block only if it is dated, and later
    /// or the block is not, so that no second entry hides one.
    pub fn unanswered_blocks(&self) -> Vec<&'l At<Position>> {
        let mut entries: HashMap<&str, Vec<&'l At<Position>>> = HashMap::new();
        for position in self.decision.positions.iter().filter(|position| was_stated(position, self.day)) {
            if let Some(member) = &position.member {
                entries.entry(member.value.as_str()).or_default().push(position);
            }
        }
        let is_block = |position: &At<Position>| position.option.as_deref() == Some(&PositionOption::Block);
        let blocks = self.decision.positions.iter().filter(|position| {
            was_stated(position, self.day) && is_block(position) && position.accommodation.is_none()
        });
        let stands = |block: &&'l At<Position>| {
            let Some(entry) = block.member.as_ref().and_then(|member| entries.get(member.as_str())) else {
                return false;
            };
            !entry.iter().any(|other| is_later(other, block) && other.option.is_some())
        };
        blocks.filter(stands).collect()
    }
}

/// Whether the first entry has a day and the second an earlier one or none: one without a date comes before all others.
fn is_later(one: &Position, other: &Position) -> bool {
    let date = |position: &Position| position.date.as_ref().map(|date| date.value);
    date(one) > date(other)
}

/// Whether a position was stated by a day; one without a date was.
fn was_stated(position: &Position, by: NaiveDate) -> bool {
    position.date.as_ref().is_none_or(|date| date.value <= by)
}

/// The day on which a decision is seen.
fn day_of(as_of: AsOf<'_>, decision: &Decision) -> NaiveDate {
    let last_word = || decision.positions.iter().filter_map(|position| as_of.past(&position.date)).max();
    as_of
        .past(&decision.decided)
        .or_else(|| meeting_day(as_of, decision))
        .or_else(|| as_of.past(&decision.closes))
        .or_else(last_word)
        .unwrap_or(as_of.today)
}

/// The ids of those that a decision lists, where it does.
fn eligible_ids(decision: &Decision) -> Option<HashSet<&str>> {
    match decision.eligible.as_ref().map(|eligible| &eligible.value) {
        Some(Eligible::Listed(ids)) if !ids.is_empty() => Some(ids.iter().map(|id| id.value.as_str()).collect()),
        _ => None,
    }
}

/// Whether a member may take part on a day: listed where there is a list, else current.
fn may_take_part(member: &Record<Member>, listed: Option<&HashSet<&str>>, on: NaiveDate) -> bool {
    listed.map_or_else(|| member.is_current(on), |listed| listed.contains(&*member.key.id))
}

/// The last word of each member by a day: of several entries the one with the latest date, of those the last written.
fn voices<'l>(
    decision: &'l Decision,
    by: NaiveDate,
    may_take_part: impl Fn(&MemberId) -> bool,
) -> Vec<PositionVoice<'l>> {
    let mut last: HashMap<&MemberId, (Option<NaiveDate>, usize)> = HashMap::new();
    let mut voices: Vec<PositionVoice<'l>> = Vec::new();
    for position in decision.positions.iter().filter(|position| was_stated(position, by)) {
        let (Some(member), Some(option)) = (&position.member, &position.option) else { continue };
        let (member, date) = (&member.value, position.date.as_ref().map(|date| date.value));
        let voice = PositionVoice { position, member, option: option.value, counts: may_take_part(member) };
        match last.get(member) {
            Some((before, _)) if date < *before => {}
            Some((_, at)) => {
                voices[*at] = voice;
                let at = *at;
                last.insert(member, (date, at));
            }
            None => {
                last.insert(member, (date, voices.len()));
                voices.push(voice);
            }
        }
    }
    voices
}
