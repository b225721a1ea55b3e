//! When a member or a person was last heard from, and how.

use super::attendance::{members_at, people_at};
use super::personal_contact::{Made, all_made};
use crate::kind::{Kind, RecordKey};
use crate::ledger::AsOf;
use crate::record::AnyRecord;
use crate::record::common::Contact;
use crate::record::value::{AdvocateId, MemberId, Opt, RecordId};
use chrono::NaiveDate;
use std::collections::HashMap;

/// How someone was heard of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)] // the words say it
pub(crate) enum Way {
    Contact,
    Attendance,
    Position,
    Answer,
    Request,
    Action,
    Contribution,
}

impl Way {
    /// How, as the end of a sentence: "last heard of through a contact".
    pub(crate) const fn words(self) -> &'static str {
        match self {
            Way::Contact => "a contact",
            Way::Attendance => "attendance at a meeting",
            Way::Position => "a stated position",
            Way::Answer => "an answer to a request",
            Way::Request => "a request for help",
            Way::Action => "a finished action",
            Way::Contribution => "a contribution",
        }
    }
}

/// A time when someone was heard from.
#[derive(Clone, Copy)]
pub(crate) struct ContactSign<'l> {
    /// The day.
    pub date: NaiveDate,
    /// How.
    pub way: Way,
    /// The record that says so.
    pub told_by: &'l dyn AnyRecord,
    /// What was written down of it, where it was a contact.
    pub contact: Option<&'l Contact>,
}

impl<'l> ContactSign<'l> {
    /// A contact as a sign.
    pub(crate) fn of_contact(made: Made<'l>) -> ContactSign<'l> {
        ContactSign { date: made.date.value, way: Way::Contact, told_by: made.with, contact: Some(made.contact) }
    }
}

/// When every member and person was last heard from.
///
/// Signatures are none: they are given once and for years. What was given is kept apart, because a gift can come from
/// an organization that no one has talked to for a year.
#[derive(Default)]
pub(crate) struct Signs<'l> {
    heard: HashMap<RecordKey, ContactSign<'l>>,
    gave: HashMap<RecordKey, ContactSign<'l>>,
}

impl<'l> Signs<'l> {
    /// Goes through the ledger once.
    pub(crate) fn of(as_of: AsOf<'l>) -> Signs<'l> {
        let mut signs = Signs::default();
        signs.contacts(as_of);
        signs.meetings(as_of);
        signs.campaigns(as_of);
        signs.positions(as_of);
        signs.requests(as_of);
        signs.contributions(as_of);
        signs
    }

    /// The contacts alone: with members and their people, and by these people.
    pub(crate) fn of_contacts(as_of: AsOf<'l>) -> Signs<'l> {
        let mut signs = Signs::default();
        signs.contacts(as_of);
        signs
    }

    /// The last time that someone was heard from: a contact, attendance, a position, an answer, a request, an action.
    pub(crate) fn last_sign(&self, who: &RecordKey) -> Option<ContactSign<'l>> {
        self.heard.get(who).copied()
    }

    /// The last time that someone was heard from or gave something.
    pub(crate) fn any(&self, who: &RecordKey) -> Option<ContactSign<'l>> {
        match (self.last_sign(who), self.gave.get(who).copied()) {
            (Some(heard), Some(gave)) if gave.date > heard.date => Some(gave),
            (heard, gave) => heard.or(gave),
        }
    }

    fn hear(&mut self, who: RecordKey, sign: ContactSign<'l>) {
        keep_last(&mut self.heard, who, sign);
    }

    /// Hears of a person and, through the person, of the member.
    fn hear_person(&mut self, as_of: AsOf<'l>, person: &AdvocateId, sign: ContactSign<'l>) {
        self.hear(person.key(), sign);
        if let Some(member) = as_of.ledger.advocates.get(person).and_then(|advocate| advocate.member.as_ref()) {
            self.hear(member.key(), sign);
        }
    }

    fn contacts(&mut self, as_of: AsOf<'l>) {
        for made in all_made(as_of) {
            let sign = ContactSign::of_contact(made);
            match made.with.key().kind {
                Kind::Advocate => self.hear_person(as_of, &AdvocateId::new(&made.with.key().id), sign),
                Kind::Member => self.hear(made.with.key().clone(), sign),
                _ => {}
            }
            if let Some(by) = &made.contact.by {
                self.hear_person(as_of, by, sign);
            }
        }
    }

    fn meetings(&mut self, as_of: AsOf<'l>) {
        for meeting in as_of.ledger.meetings.iter().filter(|meeting| !meeting.is_cancelled()) {
            let Some(date) = as_of.past(&meeting.date) else { continue };
            let sign = ContactSign { date, way: Way::Attendance, told_by: meeting, contact: None };
            for person in people_at(meeting) {
                self.hear(person.key(), sign);
            }
            for member in members_at(as_of.ledger, meeting) {
                self.hear(RecordKey::new(Kind::Member, member), sign);
            }
            for action in &meeting.actions {
                if let (Some(owner), Some(done)) = (&action.owner, as_of.past(&action.done)) {
                    let sign = ContactSign { date: done, way: Way::Action, told_by: meeting, contact: None };
                    self.hear_person(as_of, owner, sign);
                }
            }
        }
    }

    fn campaigns(&mut self, as_of: AsOf<'l>) {
        for campaign in &as_of.ledger.campaigns {
            for action in &campaign.actions {
                if let (Some(owner), Some(done)) = (&action.owner, as_of.past(&action.done)) {
                    let sign = ContactSign { date: done, way: Way::Action, told_by: campaign, contact: None };
                    self.hear_person(as_of, owner, sign);
                }
            }
        }
    }

    fn positions(&mut self, as_of: AsOf<'l>) {
        let mut stated = |member: &Opt<MemberId>, date: &Opt<NaiveDate>, told_by: &'l dyn AnyRecord| {
            if let (Some(member), Some(date)) = (member, as_of.past(date)) {
                self.hear(member.key(), ContactSign { date, way: Way::Position, told_by, contact: None });
            }
        };
        for decision in &as_of.ledger.decisions {
            decision.positions.iter().for_each(|position| stated(&position.member, &position.date, decision));
        }
        for goal in &as_of.ledger.goals {
            goal.positions.iter().for_each(|position| stated(&position.member, &position.date, goal));
        }
    }

    /// Who asks for help is heard, and who answers; an answer without a day came when the request did, or later.
    fn requests(&mut self, as_of: AsOf<'l>) {
        for request in &as_of.ledger.requests {
            let Some(asked) = as_of.past(&request.date) else { continue };
            if let Some(member) = &request.member {
                self.hear(
                    member.key(),
                    ContactSign { date: asked, way: Way::Request, told_by: request, contact: None },
                );
            }
            for response in request.responses.iter().filter(|response| as_of.may_have_come(&response.date)) {
                let date = response.date.as_ref().map_or(asked, |date| date.value);
                if let Some(member) = &response.member {
                    self.hear(member.key(), ContactSign { date, way: Way::Answer, told_by: request, contact: None });
                }
            }
        }
    }

    fn contributions(&mut self, as_of: AsOf<'l>) {
        for contribution in &as_of.ledger.contributions {
            let Some(date) = as_of.past(&contribution.date) else { continue };
            let sign = ContactSign { date, way: Way::Contribution, told_by: contribution, contact: None };
            if let Some(member) = as_of.ledger.on_behalf_of(&contribution.member, &contribution.advocate) {
                keep_last(&mut self.gave, member.key(), sign);
            }
            if let Some(person) = &contribution.advocate {
                keep_last(&mut self.gave, person.key(), sign);
            }
        }
    }
}

/// The last meeting at which each person was.
#[derive(Default)]
pub(crate) struct LastSat<'l>(HashMap<RecordKey, ContactSign<'l>>);

impl<'l> LastSat<'l> {
    /// Goes through all meetings once.
    pub(crate) fn of(as_of: AsOf<'l>) -> LastSat<'l> {
        let mut sat = HashMap::new();
        for meeting in as_of.ledger.meetings.iter().filter(|meeting| !meeting.is_cancelled()) {
            let Some(date) = as_of.past(&meeting.date) else { continue };
            let sign = ContactSign { date, way: Way::Attendance, told_by: meeting, contact: None };
            people_at(meeting).for_each(|person| keep_last(&mut sat, person.key(), sign));
        }
        LastSat(sat)
    }

    /// The last meeting at which this person was.
    pub(crate) fn of_person(&self, advocate: &RecordKey) -> Option<ContactSign<'l>> {
        self.0.get(advocate).copied()
    }
}

/// Of several signs of one day the first that was found stays, so that the order of the files decides.
fn keep_last<'l>(signs: &mut HashMap<RecordKey, ContactSign<'l>>, who: RecordKey, sign: ContactSign<'l>) {
    let last = signs.entry(who).or_insert(sign);
    if last.date < sign.date {
        *last = sign;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::base_ledger;
    use crate::ledger::load;

    /// The last sign of Birch Library, whose people are Ben and Dana, with one more file.
    fn last_sign(path: &str, text: &str) -> Option<(String, Way)> {
        let mut files = base_ledger();
        let quiet = "name = \"X\"\nmember = \"birch-library\"\n";
        files.put("advocates/ben-okoro.toml", quiet.as_bytes());
        files.put("advocates/dana-reyes.toml", quiet.as_bytes());
        files.put(path, text.as_bytes());
        let ledger = load(&files).unwrap();
        let as_of = AsOf::new(&ledger, "2026-06-15".parse().unwrap());
        let sign = Signs::of(as_of).last_sign(&RecordKey::new(Kind::Member, "birch-library"))?;
        Some((sign.date.to_string(), sign.way))
    }

    #[test]
    fn every_way_to_be_heard_counts() {
        let said = |path, text| last_sign(path, text).map(|(_, way)| way);
        assert_eq!(last_sign("goals/x.toml", "name = \"X\"\n"), None, "a signature is no sign");
        for (path, text, way) in [
            ("officials/x.toml", "[[contacts]]\ndate = 2026-06-01\nby = \"dana-reyes\"\n", Way::Contact),
            ("meetings/x.toml", "date = 2026-06-01\n[[attendance]]\nadvocate = \"ben-okoro\"\n", Way::Attendance),
            (
                "meetings/x.toml",
                "date = 2026-05-01\n[[actions]]\nowner = \"ben-okoro\"\ndone = 2026-06-01\n",
                Way::Action,
            ),
            ("goals/x.toml", "[[positions]]\nmember = \"birch-library\"\ndate = 2026-06-01\n", Way::Position),
            ("decisions/x.toml", "[[positions]]\nmember = \"birch-library\"\ndate = 2026-06-01\n", Way::Position),
            ("requests/x.toml", "date = 2026-06-01\n[[responses]]\nmember = \"birch-library\"\n", Way::Answer),
            ("requests/x.toml", "date = 2026-06-01\nmember = \"birch-library\"\n", Way::Request),
        ] {
            assert_eq!(said(path, text), Some(way), "{text}");
        }
    }

    #[test]
    fn what_does_not_count_is_no_sign() {
        for (path, text) in [
            ("meetings/x.toml", "date = 2026-06-01\n[[attendance]]\nadvocate = \"ben-okoro\"\nregrets = true\n"),
            ("meetings/x.toml", "date = 2026-06-01\ncancelled = true\n[[attendance]]\nadvocate = \"ben-okoro\"\n"),
            ("meetings/x.toml", "date = 2026-06-16\n[[attendance]]\nadvocate = \"ben-okoro\"\n"),
            ("goals/x.toml", "[[positions]]\nmember = \"birch-library\"\n"),
            ("contributions/x.toml", "date = 2026-06-01\nmember = \"birch-library\"\n"),
            ("meetings/x.toml", "date = 2026-05-01\n[[actions]]\nowner = \"ben-okoro\"\ndone = 2026-06-16\n"),
            ("meetings/x.toml", "date = 2026-05-01\n[[actions]]\nowner = \"ben-okoro\"\ndue = 2026-06-01\n"),
        ] {
            assert_eq!(last_sign(path, text), None, "{text}");
        }
    }

    #[test]
    fn a_gift_counts_where_any_sign_does() {
        let mut files = base_ledger();
        files.put("contributions/x.toml", b"date = 2026-06-10\nadvocate = \"ana-lopez\"\n");
        let ledger = load(&files).unwrap();
        let signs = Signs::of(AsOf::new(&ledger, "2026-06-15".parse().unwrap()));
        for key in [RecordKey::new(Kind::Member, "alder-friends"), RecordKey::new(Kind::Advocate, "ana-lopez")] {
            assert_eq!(signs.last_sign(&key).map(|sign| sign.date.to_string()).as_deref(), Some("2026-05-28"));
            assert_eq!(signs.any(&key).map(|sign| sign.way), Some(Way::Contribution));
        }
    }
}
