//! The days to come, from one kind of record after the other.

use super::{Occasion, Upcoming};
use crate::agreement::common_deadline;
use crate::document::words;
use crate::ledger::AsOf;
use crate::practice::actions::open_actions;
use crate::practice::calls;
use crate::practice::decision_structure::Hearing;
use crate::practice::diversity::revisits;
use crate::practice::emergency_response::{Drill, committees};
use crate::practice::internal_process::{ask_by, lead_days};
use crate::practice::personal_contact::follow_ups;
use crate::practice::structure::{at_work, role, role_words};
use crate::record::goal::GoalStage;
use crate::record::value::{AgreementId, Opt};
use crate::record::{Member, Record};
use crate::report::{Named, ReportRequest, signatures};
use chrono::NaiveDate;
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;

/// All days to come, in the order of the records.
pub(super) fn entries(request: &ReportRequest<'_>) -> Vec<Upcoming> {
    let as_of = request.as_of();
    let mut entries = Vec::new();
    meetings(as_of, &mut entries);
    decisions(as_of, &mut entries);
    agreements(request, &mut entries);
    goals(as_of, &mut entries);
    requests(as_of, &mut entries);
    campaigns(as_of, &mut entries);
    terms(as_of, &mut entries);
    drills(as_of, &mut entries);
    contacts(as_of, &mut entries);
    entries
}

/// Those of meetings of the whole coalition, decisions, goals and campaigns, without the parts of single people in them.
pub(super) fn entries_for_all(as_of: AsOf<'_>) -> Vec<Upcoming> {
    let mut entries = Vec::new();
    meetings(as_of, &mut entries);
    decisions(as_of, &mut entries);
    goals(as_of, &mut entries);
    campaigns(as_of, &mut entries);
    let is_of_committee = |entry: &Upcoming| {
        let is_meeting = matches!(entry.occasion, Occasion::Meeting | Occasion::MeetingCanceled);
        let meeting = as_of.ledger.meetings.find(&entry.subject.id);
        is_meeting && meeting.is_none_or(|meeting| !meeting.is_assembly())
    };
    entries.retain(|entry| !entry.occasion.is_personal() && !is_of_committee(entry));
    entries
}

/// The day of a field, if it is today or to come.
fn ahead(as_of: AsOf<'_>, date: &Opt<NaiveDate>) -> Option<NaiveDate> {
    date.as_ref().map(|date| date.value).filter(|date| *date >= as_of.today)
}

/// A short name for what has no id: the same words have the same one.
fn fingerprint(words: &str) -> String {
    Sha256::digest(words.trim()).iter().take(6).map(|byte| format!("{byte:02x}")).collect()
}

fn meetings(as_of: AsOf<'_>, entries: &mut Vec<Upcoming>) {
    for meeting in &as_of.ledger.meetings {
        if let Some(date) = ahead(as_of, &meeting.date) {
            let occasion = if meeting.is_cancelled() { Occasion::MeetingCanceled } else { Occasion::Meeting };
            let entry = Upcoming::new(date, occasion, Named::record(meeting));
            entries.push(entry.who(Named::at(as_of.ledger, &meeting.committee)));
        }
    }
    for open in open_actions(as_of) {
        if let (Some(date), Some(what)) = (ahead(as_of, &open.action.due), &open.action.what) {
            let entry = Upcoming::new(date, Occasion::ActionDue, Named::any(open.record)).step(&fingerprint(what));
            entries.push(entry.what(what.trim_end_matches('.')).who(Named::serving(as_of, &open.action.owner)));
        }
    }
}

fn decisions(as_of: AsOf<'_>, entries: &mut Vec<Upcoming>) {
    for decision in as_of.ledger.decisions.iter().filter(|decision| decision.is_open(as_of.today)) {
        if let Some(date) = ahead(as_of, &decision.closes) {
            entries.push(Upcoming::new(date, Occasion::DecisionCloses, Named::record(decision)));
            let unheard = Hearing::of(as_of, decision).silent();
            ask_days(as_of, &Named::record(decision), date, unheard, entries);
        }
    }
    for position in revisits(as_of) {
        if let Some(date) = ahead(as_of, &position.revisit) {
            let member = Named::of(as_of.ledger, position.member);
            let about = Named::subject(&position);
            let entry = Upcoming::new(date, Occasion::ObjectionRevisited, about).step(&member.id);
            entries.push(entry.who([member]));
        }
    }
}

/// The last days on which members can be asked that need some days before they can answer by the last day: one for all who need
/// the same number of days.
fn ask_days<'l>(
    as_of: AsOf<'l>,
    subject: &Named,
    last: NaiveDate,
    members: impl IntoIterator<Item = &'l Record<Member>>,
    entries: &mut Vec<Upcoming>,
) {
    let mut slow: BTreeMap<u32, Vec<Named>> = BTreeMap::new();
    for member in members {
        if let Some(days) = lead_days(member).filter(|days| *days > 0) {
            slow.entry(days).or_default().push(Named::record(member));
        }
    }
    for (days, mut members) in slow {
        if let Some(date) = ask_by(last, days).filter(|date| *date >= as_of.today) {
            members.sort();
            let entry = Upcoming::new(date, Occasion::AskBy, subject.clone()).step(&days.to_string());
            entries.push(entry.what(words::days(i64::from(days))).who(members));
        }
    }
}

/// The last days of agreements, and the last days to sign: one for all who have the agreement's own, and one for each
/// member who has a later one.
fn agreements(request: &ReportRequest<'_>, entries: &mut Vec<Upcoming>) {
    let as_of = request.as_of();
    for sheet in signatures::sheets(request) {
        if let Some(date) = sheet.expires.filter(|expires| *expires >= as_of.today) {
            entries.push(Upcoming::new(date, Occasion::AgreementExpires, sheet.agreement.clone()));
        }
        let agreement = as_of.ledger.agreements.get(&AgreementId::new(&sheet.agreement.id));
        let deadline = agreement.and_then(|agreement| common_deadline(agreement, as_of.today));
        let mut members: BTreeMap<NaiveDate, Vec<Named>> = BTreeMap::new();
        for cell in sheet.open_cells() {
            if let Some(deadline) = cell.deadline.filter(|deadline| *deadline >= as_of.today) {
                members.entry(deadline).or_default().push(cell.member.clone());
            }
        }
        for (date, members) in members {
            let asked = members.iter().filter_map(|member| as_of.ledger.members.find(&member.id));
            ask_days(as_of, &sheet.agreement, date, asked, entries);
            let entry = Upcoming::new(date, Occasion::SignatureDue, sheet.agreement.clone());
            if Some(date) == deadline {
                entries.push(entry.who(members));
            } else {
                entries.extend(members.into_iter().map(|member| entry.clone().step(&member.id).who([member])));
            }
        }
    }
}

fn goals(as_of: AsOf<'_>, entries: &mut Vec<Upcoming>) {
    // A goal that is only proposed has its dates too.
    let is_live = |stage: GoalStage| matches!(stage, GoalStage::Proposed | GoalStage::Adopted);
    for goal in as_of.ledger.goals.iter().filter(|goal| is_live(goal.stage(as_of.today))) {
        for milestone in goal.milestones.iter().filter(|milestone| !as_of.has_come(&milestone.done)) {
            if let (Some(date), Some(name)) = (ahead(as_of, &milestone.due), &milestone.name) {
                let entry = Upcoming::new(date, Occasion::MilestoneDue, Named::record(goal)).step(&fingerprint(name));
                entries.push(entry.what(name.as_str()).who(Named::serving(as_of, &milestone.owner)));
            }
        }
        if let Some(date) = ahead(as_of, &goal.due) {
            let who = Named::serving(as_of, &goal.owner).or_else(|| Named::staying(as_of, &goal.lead));
            entries.push(Upcoming::new(date, Occasion::GoalDue, Named::record(goal)).who(who));
        }
    }
}

fn requests(as_of: AsOf<'_>, entries: &mut Vec<Upcoming>) {
    let open = as_of.ledger.requests.iter().filter(|request| as_of.has_come(&request.date));
    for request in open.filter(|request| !as_of.has_come(&request.closed)) {
        if let Some(date) = ahead(as_of, &request.due) {
            let entry = Upcoming::new(date, Occasion::HelpNeeded, Named::record(request));
            entries.push(entry.who(Named::at(as_of.ledger, &request.member)));
        }
    }
}

fn campaigns(as_of: AsOf<'_>, entries: &mut Vec<Upcoming>) {
    for campaign in &as_of.ledger.campaigns {
        let days = [(Occasion::CampaignOpens, &campaign.opens), (Occasion::CampaignCloses, &campaign.closes)];
        for (occasion, date) in days {
            let entry = ahead(as_of, date).map(|date| Upcoming::new(date, occasion, Named::record(campaign)));
            entries.extend(entry.map(|entry| entry.who(Named::staying(as_of, &campaign.lead))));
        }
    }
}

/// Terms that end: seats on committees, officials, advocates.
fn terms(as_of: AsOf<'_>, entries: &mut Vec<Upcoming>) {
    for committee in at_work(as_of) {
        for seat in committee.seats.iter().filter(|seat| seat.is_current(as_of.today)) {
            let holder = Named::at(as_of.ledger, &seat.advocate);
            if let (Some(date), Some(holder)) = (ahead(as_of, &seat.end_date), holder) {
                let entry = Upcoming::new(date, Occasion::TermEnds, Named::record(committee));
                let entry = entry.step(role(seat)).step(&holder.id);
                entries.push(entry.what(role_words(seat)).who([holder]));
            }
        }
    }
    for official in &as_of.ledger.officials {
        if let Some(date) = ahead(as_of, &official.end_date) {
            let entry = Upcoming::new(date, Occasion::TermEnds, Named::record(official));
            entries.push(Upcoming { what: official.office.as_ref().map(|office| office.value.clone()), ..entry });
        }
    }
    for advocate in as_of.serving_advocates() {
        let ends = ahead(as_of, &advocate.end_date);
        entries.extend(ends.map(|date| Upcoming::new(date, Occasion::TermEnds, Named::record(advocate))));
    }
}

/// The last days to try out an emergency again.
fn drills(as_of: AsOf<'_>, entries: &mut Vec<Upcoming>) {
    for committee in committees(as_of) {
        let drill = Drill::of(as_of, committee);
        if let Some(date) = drill.due.filter(|due| *due >= as_of.today) {
            let entry = Upcoming::new(date, Occasion::DrillDue, Named::record(committee));
            entries.push(Upcoming { what: drill.last.map(words::format_date), ..entry });
        }
    }
}

/// What was promised, and the last days on which people, members and officials should hear from someone again. Who has
/// waited too long has no day to come.
fn contacts(as_of: AsOf<'_>, entries: &mut Vec<Upcoming>) {
    for promise in follow_ups(as_of).into_iter().filter(|promise| promise.due.value >= as_of.today) {
        let entry = Upcoming::new(promise.due.value, Occasion::FollowUpDue, Named::any(promise.with));
        entries.push(entry.who(promise.by.map(|by| Named::of(as_of.ledger, &by.value))));
    }
    for call in calls::all(as_of) {
        if let Some(date) = call.wait.map(|wait| wait.due()).filter(|due| *due >= as_of.today) {
            let entry = Upcoming::new(date, Occasion::ContactDue, Named::any(call.whom));
            entries.push(entry.who(call.caller.map(Named::record)));
        }
    }
}
