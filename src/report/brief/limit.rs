//! The brief of one member: what concerns it, its people, or the records that name them.

use super::{Brief, Event};
use crate::report::calendar::Occasion;
use crate::report::{Concern, Named};

impl Brief {
    /// Keeps what concerns the member that was asked for. Meetings and open requests for help concern everybody.
    pub(super) fn limit(&mut self, concern: &Concern) {
        let own = |named: &Option<Named>| named.as_ref().is_some_and(|named| concern.is_own(named));
        self.changes.retain(|change| match change.event {
            Event::AgreementSigned | Event::SignatureWithdrawn => own(&change.by),
            _ => own(&change.by) || concern.touches(&change.subject),
        });
        self.actions_done.retain(|action| own(&action.owner));
        self.actions_open.retain(|action| own(&action.owner));
        for person in &mut self.contacts {
            let by_own = own(&person.by);
            person.contacts.retain(|contact| by_own || concern.is_own(&contact.with));
        }
        self.contacts.retain(|person| !person.contacts.is_empty());
        self.members.unsigned.retain(|unsigned| concern.is_own(&unsigned.cell.member));
        self.members.ending.retain(|ending| concern.touches(&ending.agreement));
        self.decisions.retain(|open| {
            let heard = open.positions.iter().map(|stated| &stated.member);
            heard.chain(&open.silent).any(|member| concern.is_own(member))
        });
        self.decisions_in_doubt.retain(|made| concern.touches(&made.decision));
        self.objections.retain(|objection| concern.is_own(&objection.member));
        self.goals.adopted.retain(|goal| concern.touches(&goal.goal));
        self.goals.proposed.retain(|goal| concern.touches(goal));
        self.follow_ups.retain(|follow_up| own(&follow_up.by) || concern.is_own(&follow_up.with));
        for caller in &mut self.contacts_overdue {
            let by_own = own(&caller.caller);
            caller.contacts.retain(|overdue| by_own || concern.is_own(&overdue.with));
        }
        self.contacts_overdue.retain(|caller| !caller.contacts.is_empty());
        self.dates.retain(|upcoming| {
            let named = upcoming.who.iter().any(|who| concern.is_own(who));
            let of_all = upcoming.occasion == Occasion::Meeting;
            of_all || named || (upcoming.who.is_empty() && concern.touches(&upcoming.subject))
        });
        self.contributions_uncredited.retain(|contribution| own(&contribution.giver));
    }
}
