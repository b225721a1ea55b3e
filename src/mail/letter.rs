//! What there is to write about, and to whom: the content of each message before it is put into words.

use super::mailbox::Recipients;
use super::topic::Topic;
use crate::document::words;
use crate::ledger::{AsOf, Ledger};
use crate::parse::collation::SortKey;
use crate::practice::actions::open_actions;
use crate::practice::calls::{by_caller, calls};
use crate::practice::decision_structure::Hearing;
use crate::practice::fair_credit::uncredited_gifts;
use crate::practice::meetings::{last_of_all, next_of_all};
use crate::record::meeting::Action;
use crate::record::value::Opt;
use crate::record::{Advocate, AnyRecord, Member, Record};
use crate::report::{ReportRequest, signatures};
use chrono::NaiveDate;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// How many days ahead contacts are planned.
const CONTACT_DAYS: i64 = 30;

/// What a message says, and to whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Letter {
    /// The id of the record to which it goes.
    pub id: String,
    /// Those to whom it goes.
    pub recipients: Recipients,
    /// Whether it goes to all members, none of whom sees the addresses of the others.
    pub is_for_all: bool,
    /// What its template can say.
    pub content: Value,
}

/// The messages about a topic.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Letters {
    /// Those that can be written.
    pub letters: Vec<Letter>,
    /// What concerns no one to whom a message could go: `Order flyers (no owner)`.
    pub unaddressed: Vec<String>,
}

/// What there is to write about a topic, in the order of the names of those to whom it goes.
pub(crate) fn letters(request: &ReportRequest<'_>, topic: Topic) -> Letters {
    let mut all = match topic {
        Topic::Signatures => signature_letters(request),
        Topic::Actions => action_letters(request.as_of()),
        Topic::Decisions => decision_letters(request.as_of()),
        Topic::Contacts => contact_letters(request.as_of()),
        Topic::Minutes => minutes_letter(request.as_of()),
        Topic::Thanks => thanks_letters(request.as_of()),
    };
    all.letters.sort_by_cached_key(|letter| (SortKey::of(&words::list(&letter.recipients.names)), letter.id.clone()));
    all
}

/// A message to a record. What every template can say is added to its own content.
fn letter(as_of: AsOf<'_>, to: &dyn AnyRecord, recipients: Recipients, content: Value) -> Letter {
    let mut all = Map::new();
    all.insert("coalition".to_owned(), Value::from(as_of.ledger.root.name()));
    all.insert("today".to_owned(), json!(as_of.today));
    all.insert("names".to_owned(), Value::from(words::list(&recipients.names)));
    if let Value::Object(own) = content {
        all.extend(own);
    }
    Letter { id: to.key().id.to_string(), recipients, is_for_all: false, content: Value::Object(all) }
}

fn member_letter(as_of: AsOf<'_>, member: &Record<Member>, mut content: Map<String, Value>) -> Letter {
    content.insert("member".to_owned(), Value::from(member.name()));
    letter(as_of, member, Recipients::member(as_of, member), Value::Object(content))
}

fn person_letter(as_of: AsOf<'_>, person: &Record<Advocate>, mut content: Map<String, Value>) -> Letter {
    content.insert("name".to_owned(), Value::from(person.name()));
    letter(as_of, person, Recipients::person(as_of, person), Value::Object(content))
}

/// Content with one list.
fn with_list(name: &str, list: Vec<Value>) -> Map<String, Value> {
    Map::from_iter([(name.to_owned(), Value::Array(list))])
}

fn value(date: &Opt<NaiveDate>) -> Option<NaiveDate> {
    date.as_ref().map(|date| date.value)
}

fn signature_letters(request: &ReportRequest<'_>) -> Letters {
    let as_of = request.as_of();
    let mut by_member: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for sheet in signatures::sheets(request) {
        let agreement = as_of.ledger.agreements.find(&sheet.agreement.id);
        let text = agreement.and_then(|agreement| as_of.ledger.words_of(agreement)).map(str::trim);
        for cell in sheet.open_cells() {
            by_member.entry(cell.member.id.clone()).or_default().push(json!({
                "id": sheet.agreement.id,
                "name": sheet.agreement.name,
                "version": sheet.version,
                "text": text,
                "deadline": cell.deadline,
                "is_overdue": cell.deadline.is_some_and(|deadline| deadline < as_of.today),
                "earlier_version": cell.version.filter(|version| *version < sheet.version),
            }));
        }
    }
    let members = by_member.into_iter().filter_map(|(id, agreements)| {
        let member = as_of.ledger.members.find(&id)?;
        Some(member_letter(as_of, member, with_list("agreements", agreements)))
    });
    Letters { letters: members.collect(), unaddressed: Vec::new() }
}

fn action_letters(as_of: AsOf<'_>) -> Letters {
    let mut open: Vec<_> = open_actions(as_of).filter(|open| open.action.what.is_some()).collect();
    open.sort_by_key(|open| (open.action.due.is_none(), value(&open.action.due)));
    let mut by_owner: BTreeMap<&str, (&Record<Advocate>, Vec<Value>)> = BTreeMap::new();
    let mut unaddressed = Vec::new();
    for open in open {
        let what = crate::practice::actions::words(open.action).unwrap_or_default();
        let owner = open.action.owner.as_ref().and_then(|owner| as_of.ledger.advocates.get(&owner.value));
        let Some(owner) = owner.filter(|owner| as_of.serves(owner)) else {
            unaddressed.push(format!("{what} (no owner)"));
            continue;
        };
        by_owner.entry(&*owner.key.id).or_insert_with(|| (owner, Vec::new())).1.push(json!({
            "what": what,
            "from": open.record.name(),
            "due": value(&open.action.due),
            "is_overdue": open.days_overdue.is_some(),
        }));
    }
    let letters =
        by_owner.into_values().map(|(owner, actions)| person_letter(as_of, owner, with_list("actions", actions)));
    Letters { letters: letters.collect(), unaddressed }
}

fn decision_letters(as_of: AsOf<'_>) -> Letters {
    let mut by_member: BTreeMap<&str, (&Record<Member>, Vec<Value>)> = BTreeMap::new();
    let mut open: Vec<_> = as_of.ledger.decisions.iter().filter(|decision| decision.is_open(as_of.today)).collect();
    open.sort_by_key(|decision| (decision.closes.is_none(), value(&decision.closes)));
    for decision in open {
        let content = json!({
            "id": &*decision.key.id,
            "name": decision.name(),
            "text": decision.text.as_ref().map(|text| text.trim()),
            "closes": value(&decision.closes),
            "is_closed": decision.closes.as_ref().is_some_and(|closes| closes.value < as_of.today),
        });
        for member in Hearing::of(as_of, decision).silent() {
            by_member.entry(&*member.key.id).or_insert_with(|| (member, Vec::new())).1.push(content.clone());
        }
    }
    let letters = by_member
        .into_values()
        .map(|(member, decisions)| member_letter(as_of, member, with_list("decisions", decisions)));
    Letters { letters: letters.collect(), unaddressed: Vec::new() }
}

fn contact_letters(as_of: AsOf<'_>) -> Letters {
    let mut all = Letters::default();
    for (caller, calls) in by_caller(calls(as_of, CONTACT_DAYS)) {
        let Some(caller) = caller else {
            all.unaddressed.extend(calls.iter().map(|call| format!("{} (no one keeps in touch)", call.whom.name())));
            continue;
        };
        let contacts = calls.iter().map(|call| {
            json!({
                "name": call.whom.name(),
                "through": call.through.map(|person| person.name()),
                "due": call.due(),
                "is_overdue": call.is_overdue(as_of.today),
                "last": call.last.map(|last| last.date),
                "is_promised": call.promise.is_some(),
            })
        });
        all.letters.push(person_letter(as_of, caller, with_list("contacts", contacts.collect())));
    }
    all
}

/// The minutes of the last meeting of the whole coalition that were not sent to all members yet.
fn minutes_letter(as_of: AsOf<'_>) -> Letters {
    let Some((date, meeting)) = last_of_all(as_of).filter(|(_, meeting)| !as_of.has_come(&meeting.minutes_published))
    else {
        return Letters::default();
    };
    let Some(minutes) = as_of.ledger.minutes_of(meeting) else { return Letters::default() };
    let mut recipients = Recipients::default();
    let mut unaddressed = Vec::new();
    for member in as_of.current_members() {
        let reached = Recipients::member(as_of, member);
        if reached.to.is_empty() {
            unaddressed.push(format!("{} (no email address)", member.name()));
        }
        recipients.to.extend(reached.to);
        recipients.to.extend(reached.copy);
    }
    recipients.to.sort_by_cached_key(|mailbox| (SortKey::of(&mailbox.name), mailbox.address.clone()));
    recipients.to.dedup();
    let actions = meeting.actions.iter().filter_map(|action| action_content(as_of.ledger, action));
    let next = next_of_all(as_of).map(|(date, meeting)| {
        json!({
            "name": meeting.name(),
            "date": date,
            "location": meeting.location.as_ref().map(|location| location.value.as_str()),
        })
    });
    let content = json!({
        "meeting": meeting.name(),
        "date": date,
        "minutes": minutes.trim(),
        "actions": actions.collect::<Vec<_>>(),
        "next_meeting": next,
    });
    let letter = Letter { is_for_all: true, ..letter(as_of, meeting, recipients, content) };
    Letters { letters: vec![letter], unaddressed }
}

fn action_content(ledger: &Ledger, action: &Action) -> Option<Value> {
    Some(json!({
        "what": crate::practice::actions::words(action)?,
        "owner": action.owner.as_ref().map(|owner| ledger.name_of(&owner.value)),
        "due": value(&action.due),
    }))
}

fn thanks_letters(as_of: AsOf<'_>) -> Letters {
    let mut by_giver: BTreeMap<(bool, String), Vec<Value>> = BTreeMap::new();
    let mut unaddressed = Vec::new();
    for gift in uncredited_gifts(as_of) {
        let person = gift.contribution.advocate.as_ref().and_then(|person| as_of.ledger.advocates.get(&person.value));
        let giver = match (gift.member, person) {
            (Some(member), _) => (true, member.key.id.to_string()),
            (None, Some(person)) => (false, person.key.id.to_string()),
            (None, None) => {
                unaddressed.push(format!("{} (no one is named as the giver)", gift.contribution.name()));
                continue;
            }
        };
        by_giver.entry(giver).or_default().push(json!({ "name": gift.contribution.name(), "date": gift.date }));
    }
    let letters = by_giver.into_iter().filter_map(|((is_member, id), gifts)| {
        let mut content = with_list("gifts", gifts);
        if is_member {
            let member = as_of.ledger.members.find(&id)?;
            content.insert("giver".to_owned(), Value::from(member.name()));
            Some(member_letter(as_of, member, content))
        } else {
            let person = as_of.ledger.advocates.find(&id)?;
            content.insert("giver".to_owned(), Value::from("you"));
            Some(person_letter(as_of, person, content))
        }
    });
    Letters { letters: letters.collect(), unaddressed }
}
