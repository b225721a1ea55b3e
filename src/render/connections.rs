//! Which records refer to which, so that pages link both ways. Each kind is gone through once, whatever the number of pages.

use crate::disclosure::Unlisted;
use crate::ledger::AsOf;
use crate::practice::fair_credit::{Gift, gifts};
use crate::practice::structure::is_held;
use crate::record::committee::Seat;
use crate::record::value::{At, Opt, RecordId};
use crate::record::{Campaign, Committee, Decision, Meeting, Record, Request};
use std::collections::HashMap;

/// Records by the id of the record that they refer to.
type ById<'l, T> = HashMap<&'l str, Vec<T>>;

/// Which records refer to which.
#[derive(Debug, Default)]
pub(super) struct Connections<'l> {
    /// The decisions about a goal.
    pub decisions_on_goal: ById<'l, &'l Record<Decision>>,
    /// The decisions of a meeting.
    pub decisions_of_meeting: ById<'l, &'l Record<Decision>>,
    /// The decisions that replace a decision.
    pub successors: ById<'l, &'l Record<Decision>>,
    /// The campaigns for a goal.
    pub campaigns_for_goal: ById<'l, &'l Record<Campaign>>,
    /// The meetings of a committee.
    pub meetings_of_committee: ById<'l, &'l Record<Meeting>>,
    /// The seats held today on behalf of a member, or by one of its people.
    pub seats_of_member: ById<'l, (&'l Record<Committee>, &'l Seat)>,
    /// What a member asked its partners for.
    pub requests_of_member: ById<'l, &'l Record<Request>>,
    /// What was given by today, the oldest first.
    pub gifts: Vec<Gift<'l>>,
    /// What a member gave, as places in `gifts`.
    pub gifts_of_member: ById<'l, usize>,
}

impl<'l> Connections<'l> {
    /// All of a ledger.
    pub(super) fn of(as_of: AsOf<'l>) -> Connections<'l> {
        let ledger = as_of.ledger;
        let mut all = Connections { gifts: gifts(as_of), ..Connections::default() };
        for decision in ledger.decisions.iter().filter(|decision| as_of.may_have_come(&decision.proposed)) {
            add(&mut all.decisions_on_goal, &decision.goal, decision);
            add(&mut all.decisions_of_meeting, &decision.meeting, decision);
            add(&mut all.successors, &decision.supersedes, decision);
        }
        for campaign in &ledger.campaigns {
            add(&mut all.campaigns_for_goal, &campaign.goal, campaign);
        }
        for meeting in &ledger.meetings {
            add(&mut all.meetings_of_committee, &meeting.committee, meeting);
        }
        for committee in ledger.committees.iter().filter(|committee| committee.is_at_work(as_of.today)) {
            for seat in committee.seats.iter().filter(|seat| is_held(as_of, seat)) {
                if let Some(member) = ledger.on_behalf_of(&seat.on_behalf_of, &seat.advocate) {
                    all.seats_of_member.entry(member.as_str()).or_default().push((committee, &seat.value));
                }
            }
        }
        for request in ledger.requests.iter().filter(|request| as_of.has_come(&request.date)) {
            add(&mut all.requests_of_member, &request.member, request);
        }
        for (at, gift) in all.gifts.iter().enumerate() {
            if let Some(member) = gift.member {
                all.gifts_of_member.entry(&*member.key.id).or_default().push(at);
            }
        }
        all
    }

    /// What a member gave, the newest first, without what its people gave who are not to be named.
    pub(super) fn gifts_by<'s>(&'s self, member: &str, unlisted: &'s Unlisted) -> impl Iterator<Item = &'s Gift<'l>> {
        let places = self.gifts_of_member.get(member).map(Vec::as_slice).unwrap_or_default();
        let gifts = places.iter().rev().filter_map(|at| self.gifts.get(*at));
        gifts.filter(|gift| gift.contribution.member.is_some() || !is_of_unlisted(gift, unlisted))
    }
}

/// Whether a person gave it who is not to be named.
pub(super) fn is_of_unlisted(gift: &Gift<'_>, unlisted: &Unlisted) -> bool {
    gift.contribution.advocate.as_ref().is_some_and(|advocate| unlisted.has(&advocate.value.key()))
}

fn add<'l, I: RecordId, T>(by_id: &mut ById<'l, T>, field: &'l Opt<I>, record: T) {
    if let Some(At { value, .. }) = field {
        by_id.entry(value.as_str()).or_default().push(record);
    }
}

/// What refers to a record.
pub(super) fn of<'s, T>(by_id: &'s ById<'_, T>, id: &str) -> &'s [T] {
    by_id.get(id).map(Vec::as_slice).unwrap_or_default()
}
