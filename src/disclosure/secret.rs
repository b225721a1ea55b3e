//! What a ledger withholds from others, with the place where each of it stands.

use super::concealment::lost;
use super::rule::{self, Rule};
use super::unlisted::Unlisted;
use crate::kind::Kind;
use crate::ledger::Ledger;
use crate::record::AnyRecord;
use crate::record::common::{ContactDetail, ContactType};
use crate::record::value::{At, Choices};
use crate::source::{LedgerPath, LineIndex, Span};
use std::collections::HashSet;

/// Something withheld.
#[derive(Debug, Clone)]
pub struct Secret {
    /// What it is.
    pub what: What,
    /// The file that holds it.
    pub path: LedgerPath,
    /// Where in the file; its beginning for what the file's name says.
    pub span: Span,
    /// By what it is recognized.
    pub rules: Vec<Rule>,
}

/// What something withheld is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// The name of somebody who is not listed.
    Name(String),
    /// The id, or a former one.
    Id(String),
    /// The id of somebody whose record is missing or cannot be read.
    Lost(String),
    /// The name of a guest of a meeting who has no record.
    Guest(String),
    /// A way to reach somebody.
    Detail(ContactType),
    /// An account of somebody who is not listed.
    Account,
    /// A public key of somebody who is not listed.
    PublicKey,
    /// The address of a meeting on the web.
    JoinLink,
    /// A private key that somebody pasted, wherever it stands.
    PrivateKey,
}

impl Secret {
    /// What it is and where it stands, in words. Names are said, numbers and addresses are not.
    pub fn words(&self, ledger: &Ledger) -> String {
        let text = ledger.texts.get(&self.path).map_or("", String::as_str);
        let line = LineIndex::new(text).position(self.span.start as usize).line;
        let path = &self.path;
        match &self.what {
            What::Name(name) => format!("the name {name}, of a person who has not agreed to be listed ({path}:{line})"),
            What::Id(id) => format!("the id {id}, of a person who has not agreed to be listed ({path})"),
            What::Lost(id) => format!("the id {id}, of a person whose record is missing or cannot be read ({path})"),
            What::Guest(name) => format!("the name of the guest {name}, who has no record ({path}:{line})"),
            What::Detail(kind) => {
                format!("a private contact detail ({}): `contact_details.value` in {path}:{line}", kind.label())
            }
            What::Account => format!("the account of a person who has not agreed to be listed ({path}:{line})"),
            What::PublicKey => format!("the public key of a person who has not agreed to be listed ({path}:{line})"),
            What::PrivateKey => "a private key, which nobody but its owner may have".to_owned(),
            What::JoinLink => format!("the private address of a meeting on the web: `url` in {path}:{line}"),
        }
    }
}

/// All that a ledger withholds.
pub fn secrets(ledger: &Ledger, unlisted: &Unlisted) -> Vec<Secret> {
    let mut found = Vec::new();
    for record in ledger.records() {
        let path = record.path();
        if unlisted.has(record.key()) {
            of_person(record, &mut found);
        }
        let office = record.key().kind == Kind::Official;
        // Of somebody who is not listed nothing leaves, whatever it says of itself.
        let closed = |detail: &&At<ContactDetail>| unlisted.has(record.key()) || !detail.is_open(office);
        found.extend(record.details().iter().filter(closed).filter_map(|detail| of_detail(detail, path)));
    }
    for advocate in ledger.advocates.iter().filter(|advocate| unlisted.has(&advocate.key)) {
        for handle in advocate.accounts.iter().filter_map(|account| account.handle.as_ref()) {
            let rules = rule::of_id(handle);
            found.push(Secret { what: What::Account, path: advocate.path.clone(), span: handle.span, rules });
        }
        for key in advocate.keys.iter().filter_map(|entry| entry.key.as_ref()) {
            let rules = rule::of_public_key(key);
            found.push(Secret { what: What::PublicKey, path: advocate.path.clone(), span: key.span, rules });
        }
    }
    // Who has no record that can be read has not agreed to anything.
    let unread = ledger
        .unread
        .iter()
        .map(|key| (key.clone(), LedgerPath::new(format!("{}/{}.toml", key.kind.folder(), key.id))));
    for (key, path) in lost(ledger).into_iter().chain(unread).filter(|(key, _)| key.kind == Kind::Advocate) {
        let (what, rules) = (What::Lost(key.id.to_string()), rule::of_id(&key.id));
        found.push(Secret { what, path, span: Span::START, rules });
    }
    for meeting in &ledger.meetings {
        if let Some(url) = &meeting.url {
            let rules = rule::of_url(url);
            found.push(Secret { what: What::JoinLink, path: meeting.path.clone(), span: url.span, rules });
        }
        for name in meeting.attendance.iter().filter_map(|entry| entry.name.as_ref()) {
            let (what, rules) = (What::Guest(name.value.clone()), rule::of_guest(name));
            found.push(Secret { what, path: meeting.path.clone(), span: name.span, rules });
        }
    }
    found
}

fn of_person(record: &dyn AnyRecord, found: &mut Vec<Secret>) {
    let (common, path) = (record.common(), record.path());
    let mut add = |what, span, rules| found.push(Secret { what, path: path.clone(), span, rules });
    if let Some(name) = &common.name {
        add(What::Name(name.value.clone()), name.span, rule::of_name(name));
    }
    for name in &common.other_names {
        add(What::Name(name.value.clone()), name.span, rule::of_other_name(name));
    }
    let id = &record.key().id;
    add(What::Id(id.to_string()), Span::START, rule::of_id(id));
    for id in &common.other_ids {
        add(What::Id(id.value.to_string()), id.span, rule::of_id(id));
    }
}

fn of_detail(detail: &ContactDetail, path: &LedgerPath) -> Option<Secret> {
    let value = detail.value.as_ref()?;
    let kind = detail.r#type.as_ref().map_or(ContactType::Other, |kind| kind.value);
    let rules = of_value(kind, value);
    Some(Secret { what: What::Detail(kind), path: path.clone(), span: value.span, rules })
}

fn of_value(kind: ContactType, value: &str) -> Vec<Rule> {
    match kind {
        ContactType::Phone | ContactType::Mobile | ContactType::Fax => rule::of_number(value),
        ContactType::Url => rule::of_url(value),
        ContactType::Email | ContactType::Address | ContactType::Social | ContactType::Other => rule::of_address(value),
    }
}

/// By what everything is recognized that others may know of: what is withheld in one record and public in another is no secret, and
/// a name inside of a public one is that one.
pub fn public(ledger: &Ledger, unlisted: &Unlisted) -> Vec<Rule> {
    let mut rules = rule::of_public_name(ledger.root.name());
    rules.extend(ledger.root.url.iter().flat_map(|url| rule::of_url(url)));
    rules.extend(ledger.root.common.other_names.iter().flat_map(|name| rule::of_public_name(name)));
    let named = [Kind::Member, Kind::Advocate, Kind::Official].into_iter().flat_map(|kind| ledger.records_of(kind));
    for record in named.filter(|record| !unlisted.has(record.key())) {
        let common = record.common();
        rules.extend(common.name.iter().chain(&common.other_names).flat_map(|name| rule::of_public_name(name)));
        rules.extend(rule::of_id(&record.key().id));
        rules.extend(common.other_ids.iter().flat_map(|id| rule::of_id(id)));
        let office = record.key().kind == Kind::Official;
        for detail in record.details().iter().filter(|detail| detail.is_open(office)) {
            let kind = detail.r#type.as_ref().map_or(ContactType::Other, |kind| kind.value);
            rules.extend(detail.value.value.iter().flat_map(|value| of_value(kind, value)));
        }
    }
    // A key that a listed person has too is that person's.
    let listed = ledger.advocates.iter().filter(|advocate| !unlisted.has(&advocate.key));
    let keys = listed.flat_map(|advocate| &advocate.keys).filter_map(|entry| entry.key.as_ref());
    rules.extend(keys.flat_map(|key| rule::of_public_key(key)));
    // Where people meet is for all to know, though it may be the address of one of them.
    let places = ledger.meetings.iter().filter_map(|meeting| meeting.location.as_ref());
    rules.extend(places.flat_map(|place| rule::of_address(place)));
    rules.extend(ledger.members.iter().filter_map(|member| member.url.as_ref()).flat_map(|url| rule::of_url(url)));
    // But where a meeting is joined no link may tell.
    let joined: HashSet<Rule> =
        ledger.meetings.iter().filter_map(|meeting| meeting.url.as_ref()).flat_map(|url| rule::of_url(url)).collect();
    for record in ledger.records().filter(|record| !unlisted.has(record.key())) {
        let links = record.common().links.iter().chain(&record.common().sources);
        let links = links.filter_map(|link| link.url.as_ref()).flat_map(|url| rule::of_url(url));
        rules.extend(links.filter(|rule| !joined.contains(rule)));
    }
    rules
}
