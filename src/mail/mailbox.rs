//! The name and the address to which a message goes.

use crate::kind::RecordKey;
use crate::ledger::AsOf;
use crate::practice::calls::serving;
use crate::record::common::{ContactDetail, ContactType};
use crate::record::value::At;
use crate::record::{Advocate, AnyRecord, Member, Record};
use chrono::NaiveDate;

/// The name and the address to which a message goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mailbox {
    /// The name that people read.
    pub name: String,
    /// The address.
    pub address: String,
}

/// Those to whom a message goes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Recipients {
    /// How the message addresses them: `Maria López and Ben Okoro`.
    pub names: Vec<String>,
    /// To whom it goes.
    pub to: Vec<Mailbox>,
    /// Who gets a copy.
    pub copy: Vec<Mailbox>,
    /// The record that has no address where it should have one.
    pub missing: Option<RecordKey>,
}

impl Recipients {
    /// One person.
    pub(super) fn person(as_of: AsOf<'_>, person: &Record<Advocate>) -> Recipients {
        let names = vec![person.name().to_owned()];
        match mailbox(person, &person.contact_details, as_of.today) {
            Some(mailbox) => Recipients { names, to: vec![mailbox], ..Recipients::default() },
            None => Recipients { names, missing: Some(person.key.clone()), ..Recipients::default() },
        }
    }

    /// The representative of a member, with a copy to the backup; where neither has an address, the member's own.
    pub(super) fn member(as_of: AsOf<'_>, member: &Record<Member>) -> Recipients {
        let speakers = [&member.representative, &member.backup_representative].into_iter();
        let people: Vec<&Record<Advocate>> = speakers.filter_map(|named| serving(as_of, named)).collect();
        let mailboxes: Vec<Mailbox> =
            people.iter().filter_map(|person| mailbox(*person, &person.contact_details, as_of.today)).collect();
        if let Some((first, others)) = mailboxes.split_first() {
            let names = mailboxes.iter().map(|mailbox| mailbox.name.clone()).collect();
            return Recipients { names, to: vec![first.clone()], copy: others.to_vec(), missing: None };
        }
        let names = match people.as_slice() {
            [] => vec![member.name().to_owned()],
            people => people.iter().map(|person| person.name().to_owned()).collect(),
        };
        match mailbox(member, &member.contact_details, as_of.today) {
            Some(mailbox) => Recipients { names, to: vec![mailbox], ..Recipients::default() },
            None => {
                let missing = people.first().map_or(&member.key, |person| &person.key).clone();
                Recipients { names, missing: Some(missing), ..Recipients::default() }
            }
        }
    }
}

/// The first address for email of a record that works on a day.
fn mailbox(record: &dyn AnyRecord, details: &[At<ContactDetail>], today: NaiveDate) -> Option<Mailbox> {
    let email = details.iter().find_map(|detail| {
        let is_email = detail.r#type.as_ref().is_some_and(|kind| kind.value == ContactType::Email);
        let address =
            (**detail).value.as_ref().map(|value| value.trim()).filter(|_| is_email && detail.works(today))?;
        email_address::EmailAddress::is_valid(address).then(|| address.to_owned())
    })?;
    Some(Mailbox { name: record.name().to_owned(), address: email })
}
