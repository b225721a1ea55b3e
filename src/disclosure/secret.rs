//! The data that a ledger withholds from others, with its places.

use super::concealment::missing_people;
use super::rule::{self, Rule};
use super::unlisted::Unlisted;
use crate::kind::Kind;
use crate::ledger::Ledger;
use crate::record::AnyRecord;
use crate::record::common::{ContactDetail, ContactType};
use crate::record::value::{At, Choices};
use crate::source::{LedgerPath, LineIndex, Span};
use std::collections::HashSet;

/// Withheld data.
#[derive(Debug, Clone)]
pub(crate) struct Secret {
    /// What it is.
    pub what: SecretKind,
    /// The file that contains it.
    pub path: LedgerPath,
    /// Its place in the file; the beginning if it is the file's name.
    pub span: Span,
    /// The rules that recognize it.
    pub rules: Vec<Rule>,
}

/// What withheld data is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum SecretKind {
    /// The name of a person who is not listed.
    Name(String),
    /// The id, or a former one.
    Id(String),
    /// The id of a person whose record is missing or cannot be read.
    Lost(String),
    /// The name of a guest of a meeting who has no record.
    Guest(String),
    /// A contact detail.
    Detail(ContactType),
    /// An account of a person who is not listed.
    Account,
    /// A public key of a person who is not listed.
    PublicKey,
    /// The link to join a meeting.
    JoinLink,
    /// A private key that someone pasted, anywhere.
    PrivateKey,
}

impl Secret {
    /// What it is and where it is, in words. Names appear; numbers and addresses do not.
    pub(crate) fn words(&self, ledger: &Ledger) -> String {
        let text = ledger.texts.get(&self.path).map_or("", String::as_str);
        let line = LineIndex::new(text).position(self.span.start as usize).line;
        let path = &self.path;
        match &self.what {
            SecretKind::Name(name) => {
                format!("the name {name}, of a person who has not agreed to be listed ({path}:{line})")
            }
            SecretKind::Id(id) => format!("the id {id}, of a person who has not agreed to be listed ({path})"),
            SecretKind::Lost(id) => {
                format!("the id {id}, of a person whose record is missing or cannot be read ({path})")
            }
            SecretKind::Guest(name) => format!("the name of the guest {name}, who has no record ({path}:{line})"),
            SecretKind::Detail(kind) => {
                format!("a private contact detail ({}): `contact_details.value` in {path}:{line}", kind.label())
            }
            SecretKind::Account => format!("the account of a person who has not agreed to be listed ({path}:{line})"),
            SecretKind::PublicKey => {
                format!("the public key of a person who has not agreed to be listed ({path}:{line})")
            }
            SecretKind::PrivateKey => "a private key, which only its owner may have".to_owned(),
            SecretKind::JoinLink => format!("the private link to join a meeting: `url` in {path}:{line}"),
        }
    }
}

/// All data that a ledger withholds.
pub(super) fn secrets(ledger: &Ledger, unlisted: &Unlisted) -> Vec<Secret> {
    let mut found = Vec::new();
    for record in ledger.records() {
        let path = record.path();
        if unlisted.has(record.key()) {
            add_person(record, &mut found);
        }
        let office = record.key().kind == Kind::Official;
        // Nothing leaves about a person who is not listed, not even details marked public.
        let closed = |detail: &&At<ContactDetail>| unlisted.has(record.key()) || !detail.is_open(office);
        found.extend(record.details().iter().filter(closed).filter_map(|detail| secret_of_detail(detail, path)));
    }
    for advocate in ledger.advocates.iter().filter(|advocate| unlisted.has(&advocate.key)) {
        for handle in advocate.accounts.iter().filter_map(|account| account.handle.as_ref()) {
            let rules = rule::of_id(handle);
            found.push(Secret { what: SecretKind::Account, path: advocate.path.clone(), span: handle.span, rules });
        }
        for key in advocate.keys.iter().filter_map(|entry| entry.key.as_ref()) {
            let rules = rule::of_public_key(key);
            found.push(Secret { what: SecretKind::PublicKey, path: advocate.path.clone(), span: key.span, rules });
        }
    }
    // A person without a readable record has not agreed to anything.
    let unread = ledger
        .unread
        .iter()
        .map(|key| (key.clone(), LedgerPath::new(format!("{}/{}.toml", key.kind.folder(), key.id))));
    for (key, path) in missing_people(ledger).into_iter().chain(unread).filter(|(key, _)| key.kind == Kind::Advocate) {
        let (what, rules) = (SecretKind::Lost(key.id.to_string()), rule::of_id(&key.id));
        found.push(Secret { what, path, span: Span::START, rules });
    }
    for meeting in &ledger.meetings {
        if let Some(url) = &meeting.url {
            let rules = rule::of_url(url);
            found.push(Secret { what: SecretKind::JoinLink, path: meeting.path.clone(), span: url.span, rules });
        }
        for name in meeting.attendance.iter().filter_map(|entry| entry.name.as_ref()) {
            let (what, rules) = (SecretKind::Guest(name.value.clone()), rule::of_guest(name));
            found.push(Secret { what, path: meeting.path.clone(), span: name.span, rules });
        }
    }
    found
}

fn add_person(record: &dyn AnyRecord, found: &mut Vec<Secret>) {
    let (common, path) = (record.common(), record.path());
    let mut add = |what, span, rules| found.push(Secret { what, path: path.clone(), span, rules });
    if let Some(name) = &common.name {
        add(SecretKind::Name(name.value.clone()), name.span, rule::of_name(name));
    }
    for name in &common.other_names {
        add(SecretKind::Name(name.value.clone()), name.span, rule::of_other_name(name));
    }
    let id = &record.key().id;
    add(SecretKind::Id(id.to_string()), Span::START, rule::of_id(id));
    for id in &common.other_ids {
        add(SecretKind::Id(id.value.to_string()), id.span, rule::of_id(id));
    }
}

fn secret_of_detail(detail: &ContactDetail, path: &LedgerPath) -> Option<Secret> {
    let value = detail.value.as_ref()?;
    let kind = detail.r#type.as_ref().map_or(ContactType::Other, |kind| kind.value);
    let rules = rules_for_value(kind, value);
    Some(Secret { what: SecretKind::Detail(kind), path: path.clone(), span: value.span, rules })
}

fn rules_for_value(kind: ContactType, value: &str) -> Vec<Rule> {
    match kind {
        ContactType::Phone | ContactType::Mobile | ContactType::Fax => rule::of_number(value),
        ContactType::Url => rule::of_url(value),
        ContactType::Email | ContactType::Address => rule::of_address(value),
        // People write anything here: a number to text, an account, a link.
        ContactType::Social | ContactType::Other => {
            let mut rules = rule::of_address(value);
            rules.extend(rule::of_number(value));
            if value.contains("://") {
                rules.extend(rule::of_url(value));
            }
            if kind == ContactType::Social {
                rules.extend(rule::of_handle(value));
            }
            rules
        }
    }
}

/// The rules that recognize public data: what one record withholds and another publishes is not a secret, and a name inside a public
/// name is part of that name.
pub(super) fn public(ledger: &Ledger, unlisted: &Unlisted) -> Vec<Rule> {
    let mut rules = rule::of_public_name(ledger.root.name());
    rules.extend(ledger.root.url.iter().flat_map(|url| rule::of_url(url)));
    rules.extend(ledger.root.common.other_names.iter().flat_map(|name| rule::of_public_name(name)));
    let listed_records =
        [Kind::Member, Kind::Advocate, Kind::Official].into_iter().flat_map(|kind| ledger.records_of(kind));
    for record in listed_records.filter(|record| !unlisted.has(record.key())) {
        let common = record.common();
        let of_name = if record.key().kind == Kind::Member { rule::of_public_name } else { rule::of_public_person };
        rules.extend(common.name.iter().chain(&common.other_names).flat_map(|name| of_name(name)));
        rules.extend(rule::of_id(&record.key().id));
        rules.extend(common.other_ids.iter().flat_map(|id| rule::of_id(id)));
        let office = record.key().kind == Kind::Official;
        for detail in record.details().iter().filter(|detail| detail.is_open(office)) {
            let kind = detail.r#type.as_ref().map_or(ContactType::Other, |kind| kind.value);
            rules.extend(detail.value.value.iter().flat_map(|value| rules_for_value(kind, value)));
        }
    }
    // A key that a listed person also has counts as that person's.
    let listed = ledger.advocates.iter().filter(|advocate| !unlisted.has(&advocate.key));
    let keys = listed.flat_map(|advocate| &advocate.keys).filter_map(|entry| entry.key.as_ref());
    rules.extend(keys.flat_map(|key| rule::of_public_key(key)));
    // Meeting places are public, even if one is someone's address; numbers and links beside them are not.
    let places = ledger.meetings.iter().filter_map(|meeting| meeting.location.as_ref());
    rules.extend(places.flat_map(|place| rule::of_place(place)));
    // A neighborhood may be called like a person.
    let areas = ledger.members.iter().flat_map(|member| &member.areas);
    rules.extend(areas.flat_map(|area| rule::of_area(area)));
    // A word may be the id of a person and of something else.
    let others = ledger.records().filter(|record| record.key().kind != Kind::Advocate && !unlisted.has(record.key()));
    rules.extend(others.flat_map(|record| rule::of_id(&record.key().id)).filter(|rule| matches!(rule, Rule::Id(_))));
    rules.extend(ledger.members.iter().filter_map(|member| member.url.as_ref()).flat_map(|url| rule::of_url(url)));
    // But no link may reveal where to join a meeting.
    let meeting_links: HashSet<Rule> =
        ledger.meetings.iter().filter_map(|meeting| meeting.url.as_ref()).flat_map(|url| rule::of_url(url)).collect();
    for record in ledger.records().filter(|record| !unlisted.has(record.key())) {
        let links = record.common().links.iter().chain(&record.common().sources);
        let links = links.filter_map(|link| link.url.as_ref()).flat_map(|url| rule::of_url(url));
        rules.extend(links.filter(|rule| !meeting_links.contains(rule)));
    }
    rules
}
