//! The last days on which people, members and officials should hear from somebody again.

use super::{Occasion, Upcoming};
use crate::ledger::AsOf;
use crate::record::common::Contact;
use crate::record::value::{At, RecordId};
use crate::report::Named;
use chrono::{Days, NaiveDate};
use std::collections::HashMap;

/// Adds them. Who has never been in touch, or is overdue, has no day to come. A contact is mutual: whoever made it was in
/// touch too.
pub(super) fn add(here: AsOf<'_>, entries: &mut Vec<Upcoming>) {
    let ledger = here.ledger;
    let of_policy = |own: Option<u32>| own.map_or(here.policy().contact_days(), i64::from);
    let made = last_made(here);
    for advocate in here.serving_advocates() {
        let last = last(here, &advocate.contacts).max(made.get(&*advocate.key.id).copied());
        let limit = of_policy(advocate.contact_days.as_ref().map(|days| days.value));
        let who = Named::at(ledger, &advocate.contact_owner);
        entries.extend(due(here, last, limit, Named::record(advocate)).map(|entry| entry.who(who)));
    }
    for member in here.current_members() {
        let limit = of_policy(member.contact_days.as_ref().map(|days| days.value));
        entries.extend(due(here, last(here, &member.contacts), limit, Named::record(member)));
    }
    let in_office = ledger.officials.iter().filter(|official| {
        let ended = official.end_date.as_ref().is_some_and(|end| end.value < here.today);
        here.may_have_come(&official.start_date) && !ended
    });
    for official in in_office {
        let (last, limit) = (last(here, &official.contacts), here.policy().official_contact_days());
        let who = Named::at(ledger, &official.owner);
        entries.extend(due(here, last, limit, Named::record(official)).map(|entry| entry.who(who)));
    }
}

fn due(here: AsOf<'_>, last: Option<NaiveDate>, limit: i64, with: Named) -> Option<Upcoming> {
    let date = last?.checked_add_days(Days::new(u64::try_from(limit).unwrap_or_default()))?;
    (date >= here.today).then(|| Upcoming::new(date, Occasion::ContactDue, with))
}

fn last(here: AsOf<'_>, contacts: &[At<Contact>]) -> Option<NaiveDate> {
    contacts.iter().filter_map(|contact| here.past(&contact.date)).max()
}

/// The last day on which each person made a contact with a member or another person.
fn last_made(here: AsOf<'_>) -> HashMap<&str, NaiveDate> {
    let of_members = here.ledger.members.iter().flat_map(|member| &member.contacts);
    let of_people = here.ledger.advocates.iter().flat_map(|advocate| &advocate.contacts);
    let mut made: HashMap<&str, NaiveDate> = HashMap::new();
    for contact in of_members.chain(of_people) {
        if let (Some(by), Some(date)) = (&contact.by, here.past(&contact.date)) {
            let day = made.entry(by.value.as_str()).or_insert(date);
            *day = date.max(*day);
        }
    }
    made
}
