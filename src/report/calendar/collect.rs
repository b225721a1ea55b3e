//! The days to come, from one kind of record after the other.

use super::{Occasion, Upcoming};
use crate::agreement::common_deadline;
use crate::document::words;
use crate::ledger::AsOf;
use crate::practice::calls;
use crate::practice::diversity::revisits;
use crate::practice::emergency_response::{Drill, committees};
use crate::practice::meetings::open_actions;
use crate::practice::personal_contact::follow_ups;
use crate::practice::structure::{at_work, role, role_words};
use crate::record::goal::GoalStage;
use crate::record::value::{AgreementId, Opt};
use crate::report::{Named, Request, signatures};
use chrono::NaiveDate;
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;

/// All days to come, in the order of the records.
pub(super) fn entries(request: &Request<'_>) -> Vec<Upcoming> {
    let here = request.here();
    let mut entries = Vec::new();
    meetings(here, &mut entries);
    decisions(here, &mut entries);
    agreements(request, &mut entries);
    goals(here, &mut entries);
    requests(here, &mut entries);
    campaigns(here, &mut entries);
    terms(here, &mut entries);
    drills(here, &mut entries);
    contacts(here, &mut entries);
    entries
}

/// The day of a field, if it is today or to come.
fn ahead(here: AsOf<'_>, date: &Opt<NaiveDate>) -> Option<NaiveDate> {
    date.as_ref().map(|date| date.value).filter(|date| *date >= here.today)
}

/// A short name for what has no id: the same words have the same one.
fn fingerprint(words: &str) -> String {
    Sha256::digest(words.trim()).iter().take(6).map(|byte| format!("{byte:02x}")).collect()
}

fn meetings(here: AsOf<'_>, entries: &mut Vec<Upcoming>) {
    for meeting in here.ledger.meetings.iter().filter(|meeting| !meeting.is_cancelled()) {
        if let Some(date) = ahead(here, &meeting.date) {
            let entry = Upcoming::new(date, Occasion::Meeting, Named::record(meeting));
            entries.push(entry.who(Named::at(here.ledger, &meeting.committee)));
        }
    }
    for open in open_actions(here) {
        if let (Some(date), Some(what)) = (ahead(here, &open.action.due), &open.action.what) {
            let entry = Upcoming::new(date, Occasion::ActionDue, Named::record(open.meeting)).step(&fingerprint(what));
            entries.push(entry.what(what.trim_end_matches('.')).who(Named::serving(here, &open.action.owner)));
        }
    }
}

fn decisions(here: AsOf<'_>, entries: &mut Vec<Upcoming>) {
    for decision in here.ledger.decisions.iter().filter(|decision| decision.is_open(here.today)) {
        if let Some(date) = ahead(here, &decision.closes) {
            entries.push(Upcoming::new(date, Occasion::DecisionCloses, Named::record(decision)));
        }
    }
    for position in revisits(here) {
        if let Some(date) = ahead(here, &position.revisit) {
            let member = Named::of(here.ledger, position.member);
            let about = Named::subject(&position);
            let entry = Upcoming::new(date, Occasion::ObjectionRevisited, about).step(&member.id);
            entries.push(entry.who([member]));
        }
    }
}

/// The last days of agreements, and the last days to sign: one for all who have the agreement's own, and one for each
/// member that has a later one.
fn agreements(request: &Request<'_>, entries: &mut Vec<Upcoming>) {
    let here = request.here();
    for sheet in signatures::sheets(request) {
        if let Some(date) = sheet.expires.filter(|expires| *expires >= here.today) {
            entries.push(Upcoming::new(date, Occasion::AgreementExpires, sheet.agreement.clone()));
        }
        let agreement = here.ledger.agreements.get(&AgreementId::new(&sheet.agreement.id));
        let own = agreement.and_then(|agreement| common_deadline(agreement, here.today));
        let mut members: BTreeMap<NaiveDate, Vec<Named>> = BTreeMap::new();
        for cell in sheet.open() {
            if let Some(deadline) = cell.deadline.filter(|deadline| *deadline >= here.today) {
                members.entry(deadline).or_default().push(cell.member.clone());
            }
        }
        for (date, members) in members {
            let entry = Upcoming::new(date, Occasion::SignatureDue, sheet.agreement.clone());
            if Some(date) == own {
                entries.push(entry.who(members));
            } else {
                entries.extend(members.into_iter().map(|member| entry.clone().step(&member.id).who([member])));
            }
        }
    }
}

fn goals(here: AsOf<'_>, entries: &mut Vec<Upcoming>) {
    for goal in here.ledger.goals.iter().filter(|goal| goal.stage(here.today) == GoalStage::Adopted) {
        for milestone in goal.milestones.iter().filter(|milestone| !here.has_come(&milestone.done)) {
            if let (Some(date), Some(name)) = (ahead(here, &milestone.due), &milestone.name) {
                let entry = Upcoming::new(date, Occasion::MilestoneDue, Named::record(goal)).step(&fingerprint(name));
                entries.push(entry.what(name.as_str()).who(Named::serving(here, &milestone.owner)));
            }
        }
        if let Some(date) = ahead(here, &goal.due) {
            let who = Named::serving(here, &goal.owner).or_else(|| Named::staying(here, &goal.lead));
            entries.push(Upcoming::new(date, Occasion::GoalDue, Named::record(goal)).who(who));
        }
    }
}

fn requests(here: AsOf<'_>, entries: &mut Vec<Upcoming>) {
    let open = here.ledger.requests.iter().filter(|request| here.has_come(&request.date));
    for request in open.filter(|request| !here.has_come(&request.closed)) {
        if let Some(date) = ahead(here, &request.due) {
            let entry = Upcoming::new(date, Occasion::HelpNeeded, Named::record(request));
            entries.push(entry.who(Named::at(here.ledger, &request.member)));
        }
    }
}

fn campaigns(here: AsOf<'_>, entries: &mut Vec<Upcoming>) {
    for campaign in &here.ledger.campaigns {
        let days = [(Occasion::CampaignOpens, &campaign.opens), (Occasion::CampaignCloses, &campaign.closes)];
        for (occasion, date) in days {
            let entry = ahead(here, date).map(|date| Upcoming::new(date, occasion, Named::record(campaign)));
            entries.extend(entry.map(|entry| entry.who(Named::staying(here, &campaign.lead))));
        }
    }
}

/// Terms that end: seats on committees, officials, advocates.
fn terms(here: AsOf<'_>, entries: &mut Vec<Upcoming>) {
    for committee in at_work(here) {
        for seat in committee.seats.iter().filter(|seat| seat.is_current(here.today)) {
            let holder = Named::at(here.ledger, &seat.advocate);
            if let (Some(date), Some(holder)) = (ahead(here, &seat.end_date), holder) {
                let entry = Upcoming::new(date, Occasion::TermEnds, Named::record(committee));
                let entry = entry.step(role(seat)).step(&holder.id);
                entries.push(entry.what(role_words(seat)).who([holder]));
            }
        }
    }
    for official in &here.ledger.officials {
        if let Some(date) = ahead(here, &official.end_date) {
            let entry = Upcoming::new(date, Occasion::TermEnds, Named::record(official));
            entries.push(Upcoming { what: official.office.as_ref().map(|office| office.value.clone()), ..entry });
        }
    }
    for advocate in here.serving_advocates() {
        let ends = ahead(here, &advocate.end_date);
        entries.extend(ends.map(|date| Upcoming::new(date, Occasion::TermEnds, Named::record(advocate))));
    }
}

/// The last days to try out an emergency again.
fn drills(here: AsOf<'_>, entries: &mut Vec<Upcoming>) {
    for committee in committees(here) {
        let drill = Drill::of(here, committee);
        if let Some(date) = drill.due.filter(|due| *due >= here.today) {
            let entry = Upcoming::new(date, Occasion::DrillDue, Named::record(committee));
            entries.push(Upcoming { what: drill.last.map(words::day), ..entry });
        }
    }
}

/// What was promised, and the last days on which people, members and officials should hear from somebody again. Who has
/// waited too long has no day to come.
fn contacts(here: AsOf<'_>, entries: &mut Vec<Upcoming>) {
    for promise in follow_ups(here).into_iter().filter(|promise| promise.due.value >= here.today) {
        let entry = Upcoming::new(promise.due.value, Occasion::FollowUpDue, Named::any(promise.with));
        entries.push(entry.who(promise.by.map(|by| Named::of(here.ledger, &by.value))));
    }
    for call in calls::all(here) {
        if let Some(date) = call.wait.map(|wait| wait.due()).filter(|due| *due >= here.today) {
            let entry = Upcoming::new(date, Occasion::ContactDue, Named::any(call.whom));
            entries.push(entry.who(call.caller.map(Named::record)));
        }
    }
}
