//! The cells of the signature matrix: the status of each member with each agreement.

use super::standing::{Flaw, JudgedSignature, SignatureJudge};
use super::timeline::{chosen_members, deadline, has_ended, has_expired, resigning};
use crate::kind::RecordKey;
use crate::ledger::Ledger;
use crate::record::value::RecordId;
use crate::record::{Agreement, Member, Record};
use chrono::NaiveDate;
use std::collections::{HashMap, HashSet};

/// The status of a member with an agreement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum CellState {
    /// No signature.
    Missing,
    /// A signature on a different text.
    Stale,
    /// A signature that was withdrawn.
    Withdrawn,
    /// No signature that counts, but there is time left to sign.
    Due,
    /// The agreement has ended or expired.
    Expired,
    /// A signature that counts.
    Signed,
}

impl CellState {
    /// The word for this status, as in files and on the command line.
    pub const fn word(self) -> &'static str {
        match self {
            CellState::Missing => "missing",
            CellState::Stale => "stale",
            CellState::Withdrawn => "withdrawn",
            CellState::Due => "due",
            CellState::Expired => "expired",
            CellState::Signed => "signed",
        }
    }
}

/// A member's signature on an agreement, given or missing: what [`required_signatures`](crate::required_signatures) returns.
#[derive(Debug, Clone)]
pub struct Cell<'l> {
    /// The member.
    pub member: &'l Record<Member>,
    /// The agreement.
    pub agreement: &'l Record<Agreement>,
    /// Whether the agreement is required of the member.
    pub required: bool,
    /// How it stands.
    pub state: CellState,
    /// The signature that decides, if there is one.
    pub judged: Option<JudgedSignature<'l>>,
    /// The last day to sign, if one is set.
    pub deadline: Option<NaiveDate>,
    /// The signature counts, but a new one is required by the deadline.
    pub renewal: bool,
}

impl Cell<'_> {
    /// Whether a required signature is missing after the last day to sign.
    pub fn is_lacking(&self) -> bool {
        self.required && !matches!(self.state, CellState::Signed | CellState::Due)
    }
}

/// Every signature that is required on a day, with where it stands: agreement by agreement, member by member.
pub fn required_signatures(ledger: &Ledger, today: NaiveDate) -> Vec<Cell<'_>> {
    let registry = SignatureJudge::new(ledger, today);
    let cells = ledger.agreements.iter().flat_map(|agreement| registry.row(agreement));
    cells.filter(|cell| cell.required).collect()
}

impl<'l> SignatureJudge<'l> {
    /// The cells of an agreement: one for each member who must sign it, and for each other current member who signed
    /// it.
    pub fn row(&self, agreement: &'l Record<Agreement>) -> Vec<Cell<'l>> {
        let chosen = chosen_members(self.ledger, agreement, self.today);
        let required: HashSet<&RecordKey> = chosen.iter().map(|member| &member.key).collect();
        let ended = has_ended(agreement, self.today);
        let signatures = self.by_member(agreement);
        self.ledger
            .current_members(self.today)
            .filter_map(|member| {
                let is_required = !ended && required.contains(&member.key);
                let of_member = signatures.get(&*member.key.id).map(Vec::as_slice).unwrap_or_default();
                let cell = self.cell_of(agreement, member, is_required, of_member);
                (is_required || cell.judged.is_some()).then_some(cell)
            })
            .collect()
    }

    fn cell_of(
        &self,
        agreement: &'l Record<Agreement>,
        member: &'l Record<Member>,
        required: bool,
        judged: &[JudgedSignature<'l>],
    ) -> Cell<'l> {
        let best = judged.iter().filter(|judged| judged.flaw != Some(Flaw::NotYet)).max_by_key(|judged| judged.rank());
        let deadline = deadline(self.ledger, agreement, member, self.today);
        let has_time = deadline.is_some_and(|deadline| deadline >= self.today);
        let state = match self.state(agreement, best) {
            CellState::Missing | CellState::Stale | CellState::Withdrawn if required && has_time => CellState::Due,
            state => state,
        };
        let renewal = state == CellState::Signed
            && best.is_some_and(|best| {
                // It counts still, but an amendment asks for another.
                !resigning(agreement, best.version, self.today).is_empty()
            });
        Cell { member, agreement, required, state, judged: best.cloned(), deadline, renewal }
    }

    fn state(&self, agreement: &Agreement, best: Option<&JudgedSignature<'_>>) -> CellState {
        if has_expired(agreement, self.today) {
            return CellState::Expired;
        }
        match best.map(|judged| &judged.flaw) {
            None => CellState::Missing,
            Some(None) => CellState::Signed,
            Some(Some(Flaw::Withdrawn { .. })) => CellState::Withdrawn,
            Some(Some(
                Flaw::Stale { .. }
                | Flaw::Foreign { .. }
                | Flaw::Lapsed { .. }
                | Flaw::Replaced { .. }
                | Flaw::EarlierMembership { .. }
                | Flaw::NoSuchVersion,
            )) => CellState::Stale,
            Some(Some(
                Flaw::Unauthorized
                | Flaw::Backdated { .. }
                | Flaw::Disproved(_)
                | Flaw::Unproven { .. }
                | Flaw::Incomplete
                | Flaw::NotYet,
            )) => CellState::Missing,
        }
    }

    /// The signatures of each member on an agreement, judged.
    pub(super) fn by_member(&self, agreement: &'l Record<Agreement>) -> HashMap<&'l str, Vec<JudgedSignature<'l>>> {
        let mut signatures: HashMap<&str, Vec<JudgedSignature<'l>>> = HashMap::new();
        for judged in self.judge_all(agreement) {
            if let Some(member) = &judged.signature.member {
                signatures.entry(member.as_str()).or_default().push(judged);
            }
        }
        signatures
    }
}
