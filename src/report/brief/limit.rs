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

#[cfg(test)]
mod tests {
    use crate::ledger::load;
    use crate::report::Request;
    use crate::report::brief::Brief;
    use crate::source::disk::Disk;

    #[test]
    fn a_member_is_told_what_concerns_it() {
        let ledger = load(&Disk::new("examples/riverton")).unwrap();
        let whole = Request::new(&ledger, "2026-11-22".parse().unwrap());
        let brief = |id: &str| Brief::of(&Request { member: ledger.members.find(id), ..whole });
        let (all, union) = (Brief::of(&whole), brief("local-417"));
        let objections: Vec<_> = union.objections.iter().map(|one| (&*one.about.id, &*one.member.id)).collect();
        assert_eq!(objections, [("sunday-pilot-to-may", "local-417")]);
        let promised: Vec<_> = union.follow_ups.iter().map(|one| &*one.with.id).collect();
        assert!(promised.contains(&"local-417") && !promised.contains(&"ferry-street-merchants"), "{promised:?}");
        assert!(union.actions_open.len() < all.actions_open.len() && union.decisions.len() == all.decisions.len());
        assert_eq!(brief("ferry-street-merchants").members.unsigned.len(), 1);
        assert!(union.members.unsigned.is_empty() && union.members.current == 13);
    }
}
