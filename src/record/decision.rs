//! Decisions: the motion, how it is decided, and each member's position.

use super::field::{Field, Leaf, Shape, Visitor};
use super::table::{Slot, table};
use super::value::{At, DecisionId, GoalId, List, MeetingId, MemberId, Opt, Prose, RecordId, Share, Value, choices};
use crate::kind::Kind;
use crate::parse::{Reader, TomlItem, span_of};
use crate::source::Span;
use chrono::NaiveDate;
use serde::{Serialize, Serializer};
use toml::de::DeValue;

choices! {
    /// How a decision is reached.
    pub enum Method {
        Consensus = "consensus": "by consensus",
        Majority = "majority": "by majority",
        TwoThirds = "two-thirds": "by a two-thirds majority",
        Unanimity = "unanimity": "unanimously",
        Delegated = "delegated": "by people it was delegated to",
    }
}

choices! {
    /// How a decision ended.
    pub enum Outcome {
        Adopted = "adopted": "adopted",
        Rejected = "rejected": "rejected",
        Deferred = "deferred": "deferred",
        Withdrawn = "withdrawn": "withdrawn",
    }
}

table! {
    /// A decision of the coalition, open or made. Each has a file in `decisions/`.
    pub struct Decision as "a decision" {
        /// The motion, word for word.
        [required] text: Opt<Prose> = "\"The coalition makes evening hours its goal for 2026.\"",
        /// The members who proposed the motion.
        proposed_by: List<MemberId> = "[\"millbrook-friends\"]",
        /// The meeting that decides it.
        meeting: Opt<MeetingId> = "\"2026-03-10-regular\"",
        /// The goal the decision is about.
        goal: Opt<GoalId> = "\"evening-hours\"",
        /// The date the motion was proposed.
        [past] proposed: Opt<NaiveDate> = "2026-02-10",
        /// The last day for members to state their position.
        [ahead] closes: Opt<NaiveDate> = "2026-03-10",
        /// The date of the decision.
        [past] decided: Opt<NaiveDate> = "2026-03-10",
        /// How the decision is made.
        method: Opt<Method> = "\"consensus\"",
        /// The share of eligible members who must state a position, if different from the policy.
        quorum: Opt<Share> = "0.5",
        /// Who may take part: `"members"` (all current members), or a list of member ids.
        eligible: Opt<Eligible> = "\"members\"",
        /// The outcome of the decision.
        result: Opt<Outcome> = "\"adopted\"",
        /// The earlier decision that this one replaces.
        supersedes: Opt<DecisionId> = "\"adopt-sunday-hours\"",
        /// How many members took each position, if no one recorded their names, as in a show of hands. Use this or
        /// `positions`.
        tally: Opt<ShowOfHands> = "[tally]\nagree = 9\nobject = 2\nabstain = 1",
        /// The position of each member, one entry each.
        positions: List<Position> = "[[positions]]\nmember = \"millbrook-friends\"\noption = \"agree\"\ndate = 2026-03-01",
    }
    order {
        proposed <= closes;
        proposed <= decided;
    }
}

table! {
    /// How many members took each position, if their names were not recorded.
    pub struct ShowOfHands as "a tally" {
        /// The number that agreed.
        agree: Opt<u32> = "9",
        /// The number that objected.
        object: Opt<u32> = "2",
        /// The number that blocked.
        block: Opt<u32> = "0",
        /// The number that abstained.
        abstain: Opt<u32> = "1",
        /// The number that stood aside.
        stand_aside: Opt<u32> = "0",
    }
}

choices! {
    /// A position on a decision.
    pub enum PositionOption {
        Agree = "agree": "agrees",
        Abstain = "abstain": "abstains",
        StandAside = "stand-aside": "stands aside",
        Object = "object": "objects",
        Block = "block": "blocks",
    }
}

table! {
    /// A member's position on a decision, with the reason.
    pub struct Position as "a position" {
        /// The member.
        [required] member: Opt<MemberId> = "\"millbrook-friends\"",
        /// The position.
        [required] option: Opt<PositionOption> = "\"object\"",
        /// The date the member stated it.
        [past] date: Opt<NaiveDate> = "2026-03-01",
        /// The member's reason.
        [quote] reason: Opt<Prose> = "\"Volunteers cannot staff a second evening.\"",
        /// What the coalition changed or promised in response.
        accommodation: Opt<Prose> = "\"One evening only, until staff is hired.\"",
        /// The date to revisit the position.
        [ahead] revisit: Opt<NaiveDate> = "2026-09-01",
    }
    keyed by (member) as one;
}

/// Who may take part in a decision.
#[derive(Debug, Clone)]
pub enum Eligible {
    /// All members who are current when it is decided.
    Members,
    /// These members.
    Listed(Vec<At<MemberId>>),
}

impl Serialize for Eligible {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Eligible::Members => serializer.serialize_str("members"),
            Eligible::Listed(ids) => ids.serialize(serializer),
        }
    }
}

impl Value for Eligible {
    fn shape() -> Shape {
        Shape::Eligible
    }

    fn read(item: TomlItem<'_>, reader: &mut Reader<'_>) -> Option<Eligible> {
        match item.get_ref() {
            DeValue::String(word) if word == "members" => Some(Eligible::Members),
            DeValue::String(word) => {
                let help = format!("write \"members\", or a list: eligible = [\"{word}\"]");
                reader.invalid(span_of(item), format!("`eligible` cannot be \"{word}\""), help);
                None
            }
            DeValue::Array(_) => Some(Eligible::Listed(<List<MemberId> as Slot>::read(Some(item), reader))),
            _ => {
                reader.wrong_type(item, "\"members\" or a list of ids");
                None
            }
        }
    }

    fn visit<'a>(&'a self, field: &'static Field, _span: Span, visitor: &mut dyn Visitor<'a>) {
        if let Eligible::Listed(ids) = self {
            for id in ids {
                visitor.leaf(field, id.span, Leaf::Reference(Kind::Member, id.as_str()));
            }
        }
    }
}

impl Decision {
    /// Whether it is still to be decided on a day.
    pub fn is_open(&self, on: NaiveDate) -> bool {
        let proposed = self.proposed.as_ref().is_none_or(|proposed| proposed.value <= on);
        let decided = match &self.decided {
            Some(decided) => decided.value <= on,
            None => self.result.is_some(),
        };
        proposed && !decided
    }
}
